//! Whose a claim is, and against or for whom.

use recoup_language::lexicon::Class;
use recoup_language::{Attribution, Chunk, Determiner, Mood, Name, Sentence, VerbGroup, Voice};
use recoup_model::{SourceRef, Stance};

use crate::candidates::Candidate;
use crate::frames::{Draft, Reader};
use crate::indicator::{ToWhom, Whose, roles};
use crate::places::Found;
use crate::roles::Roles;
use crate::slots::sources;

impl Reader<'_, '_> {
    /// Subject and object of a claim.
    pub(crate) fn parties(
        &self,
        sentence: &Sentence,
        roles_of: &Roles<'_, '_>,
        draft: &mut Draft<'_>,
        attribution: Option<&Attribution>,
        places: &[Found],
    ) -> (Option<String>, Option<String>) {
        let candidate = draft.candidate;
        let spec = roles(&candidate.indicator);
        let chunks = &sentence.chunks;
        let verb = candidate.verb.and_then(|k| chunks[k].verb().map(|v| (k, v)));
        let speaker: Vec<u32> = attribution.iter().flat_map(|a| &a.speakers).filter_map(|s| s.actor).collect();
        let agent = verb.and_then(|(k, v)| roles_of.agent(k, v)).map(|(_, actors)| actors);
        let speaks_for_itself = verb.is_some_and(|(_, v)| matches!(v.mood, Mood::Infinitive));
        let agent =
            agent.or_else(|| (speaks_for_itself && !speaker.is_empty()).then(|| speaker.clone())).or_else(|| {
                let nominal = candidate.verb.is_none() || candidate.agent;
                (nominal && !speaker.is_empty() && spec.subject == Whose::Agent).then(|| speaker.clone())
            });
        let owner = self.owner(roles_of, draft, agent.as_deref());
        let taken_up = self.taken_up(roles_of, candidate);
        let sender = agent.clone().unwrap_or_default();
        let subject = match spec.subject {
            Whose::Nobody => Vec::new(),
            Whose::Agent if candidate.indicator == "agreement.signed" => self.signatories(roles_of, &sender, candidate),
            Whose::Agent if !sender.is_empty() => sender.clone(),
            // 'elle a dû céder du terrain': a pronoun that nothing in the sentence explains.
            Whose::Agent => {
                let pronoun = agent.as_ref().is_some_and(Vec::is_empty);
                let party = self.discourse.parties.first().copied().filter(|_| pronoun);
                if party.is_some() {
                    draft.inherits("subject");
                }
                party.into_iter().collect()
            }
            Whose::Owner if candidate.agent && !sender.is_empty() => sender.clone(),
            // 'Nous avons perdu sept hommes': who speaks.
            Whose::Owner if candidate.agent && !speaker.is_empty() && owner.is_empty() => speaker.clone(),
            Whose::Owner if !owner.is_empty() => owner,
            Whose::Owner if candidate.stance == Some(Stance::Planned) && !sender.is_empty() => sender.clone(),
            Whose::Owner if !taken_up.is_empty() => {
                draft.inherits("subject");
                taken_up
            }
            Whose::Owner
                if candidate.indicator.starts_with("forces.")
                    && !sender.is_empty()
                    && self.sends(&candidate.indicator, verb) =>
            {
                sender.clone()
            }
            Whose::Owner => {
                let fallback = self.fallback(draft, places);
                let fallback = self.not_the_doer(roles_of, candidate, fallback, &sender);
                if fallback.is_some() {
                    draft.inherits("subject");
                }
                fallback.into_iter().collect()
            }
        };
        let host = places.iter().find_map(|f| f.country);
        let recipient = || self.recipient(roles_of, chunks, candidate).or(host);
        if candidate.indicator == "agreement.signed" {
            let (first, second) = subject.split_at(subject.len().min(1));
            return (self.slugs(first), self.slugs(second));
        }
        let object: Vec<u32> = match spec.object {
            ToWhom::Nobody => Vec::new(),
            ToWhom::Agent => sender,
            ToWhom::Recipient => recipient().into_iter().collect(),
            ToWhom::Target => self.target(roles_of, chunks, candidate).into_iter().collect(),
            ToWhom::Owner => host.into_iter().collect(),
        };
        let object: Vec<u32> = object.into_iter().filter(|o| !subject.contains(o)).collect();
        let subject_slug = self.slugs(&subject);
        (subject_slug, self.slugs(&object))
    }

    fn owner(&self, roles_of: &Roles<'_, '_>, draft: &mut Draft<'_>, agent: Option<&[u32]>) -> Vec<u32> {
        let Some(theme) = &draft.candidate.theme else { return Vec::new() };
        let chunks = &roles_of.sentence.chunks;
        let group = theme.group(chunks);
        let possessive = group.is_some_and(|g| g.determiner == Some(Determiner::Possessive) && g.names.is_empty());
        if possessive && let Some(agent) = agent {
            return agent.to_vec();
        }
        let owners = roles_of.owners(theme.at);
        if !owners.is_empty() {
            return owners;
        }
        if theme.anaphor
            && draft.candidate.indicator.starts_with("casualties")
            && let Some(before) = self.discourse.casualties.clone().filter(|c| !c.is_empty())
        {
            return before;
        }
        // Losses without an owner are those of the troops spoken of: 'des pertes parmi les soldats', '(jusqu'à 4 000 morts)'.
        let losses =
            group.is_some_and(|g| g.class.is_some_and(|c| &*self.article.lexicon.noun_class(c).name == "losses"));
        let parenthesis = chunks[..theme.at].iter().rev().take(2).any(|c| c.is_mark('('));
        if losses || parenthesis && draft.candidate.indicator.starts_with("casualties") {
            let near = (theme.at + 1..chunks.len().min(theme.at + 6))
                .find_map(|i| Some(roles_of.owners(i)).filter(|o| !o.is_empty()));
            let near = near.filter(|_| losses);
            let before = || {
                let troops = |i: &usize| chunks[*i].noun().is_some_and(|g| roles_of.in_group(g, "troops"));
                (0..theme.at).rev().filter(troops).map(|i| roles_of.owners(i)).find(|o| !o.is_empty())
            };
            if let Some(owners) = near.or_else(before) {
                return owners;
            }
        }
        if losses { self.discourse.troops.clone() } else { Vec::new() }
    }

    /// Whose troops are taken up: by a pronoun, 'ces soldats', 'les troupes', or a noun of action that says nobody's.
    fn taken_up(&self, roles_of: &Roles<'_, '_>, candidate: &Candidate) -> Vec<u32> {
        let Some(theme) = &candidate.theme else { return Vec::new() };
        let group = theme.group(&roles_of.sentence.chunks);
        let definite = group.is_none_or(|g| {
            matches!(g.determiner, Some(Determiner::Definite | Determiner::Demonstrative | Determiner::Possessive))
        });
        let military = group.is_none_or(|g| roles_of.in_group(g, "troops"));
        if (definite || theme.anaphor) && military { self.discourse.troops.clone() } else { Vec::new() }
    }

    /// Whether the verb's agent has the troops at its disposal: who sends or masses them, not who uses those of another.
    fn sends(&self, indicator: &str, verb: Option<(usize, &VerbGroup)>) -> bool {
        let active = verb.is_some_and(|(_, v)| v.voice == Voice::Active);
        indicator == "forces.sent" || active && matches!(indicator, "forces.present" | "forces.withdrawn")
    }

    /// Whose people where nothing says so: those of the country of the place, else of the article.
    fn fallback(&self, draft: &Draft<'_>, places: &[Found]) -> Option<u32> {
        let by_place = places.iter().find_map(|f| f.country);
        let troops = draft.class.is_some_and(|c| self.article.lexicon.in_group(c, "troops"));
        let moved = draft.candidate.indicator.starts_with("forces");
        if draft.candidate.indicator == "munitions.intercepted" {
            return self.discourse.launcher;
        }
        let nominal = draft.candidate.rule.ends_with(".nominal");
        if (troops || nominal)
            && let Some(last) = self.discourse.troops.first().filter(|_| moved)
        {
            return Some(*last);
        }
        // Those who flee are named with where they go.
        if draft.candidate.indicator == "people.displaced" {
            return self.country.or(by_place);
        }
        by_place.or(self.country)
    }

    /// Who kills, captures or destroys does so to another: where the fallback is the doer, the other party that the
    /// sentence or the text named last, else nobody.
    fn not_the_doer(
        &self,
        roles_of: &Roles<'_, '_>,
        candidate: &Candidate,
        fallback: Option<u32>,
        doer: &[u32],
    ) -> Option<u32> {
        let harmed = ["casualties.", "prisoners.", "equipment.destroyed"];
        let harmed = harmed.iter().any(|prefix| candidate.indicator.starts_with(prefix));
        let chunks = &roles_of.sentence.chunks;
        let active = candidate.verb.and_then(|k| chunks[k].verb()).is_some_and(|v| v.voice == Voice::Active);
        if !(harmed && active) || candidate.agent || fallback.is_none_or(|f| !doer.contains(&f)) {
            return fallback;
        }
        let before = (0..candidate.at).rev().flat_map(|i| roles_of.owners(i));
        before.chain(self.discourse.parties.iter().copied()).find(|actor| !doer.contains(actor))
    }

    /// Aid by a body that is no state has no subject, and the body is who says so (rule 5 of the guide).
    pub(crate) fn aid_by_a_body(
        &self,
        candidate: &Candidate,
        roles: &Roles<'_, '_>,
        sentence: &Sentence,
    ) -> Option<(Option<String>, Option<SourceRef>)> {
        if candidate.indicator != "aid.provided" {
            return None;
        }
        let k = candidate.verb?;
        let (at, _) = roles.agent(k, sentence.chunks[k].verb()?)?;
        let group = sentence.chunks[at].noun()?;
        let actor = group.names.iter().any(|n| n.actor().is_some());
        let body = self.article.speakers.known_source(group).filter(|_| !actor)?;
        Some((None, sources(&[body], None).pop()))
    }

    /// The parties of an agreement: those of the clause, else those that the text spoke of last.
    fn signatories(&self, roles_of: &Roles<'_, '_>, agent: &[u32], candidate: &Candidate) -> Vec<u32> {
        let chunks = &roles_of.sentence.chunks;
        let named = (0..chunks.len()).filter(|i| i.abs_diff(candidate.at) <= 16).flat_map(|i| roles_of.owners(i));
        let mut parties: Vec<u32> = Vec::new();
        for actor in agent.iter().copied().chain(named).chain(self.discourse.parties.iter().copied()) {
            if parties.len() < 2 && !parties.contains(&actor) {
                parties.push(actor);
            }
        }
        parties
    }

    fn recipient(&self, roles_of: &Roles<'_, '_>, chunks: &[Chunk], candidate: &Candidate) -> Option<u32> {
        let from = candidate.verb.unwrap_or(candidate.at);
        (from + 1..chunks.len().min(from + 14)).find_map(|i| {
            if !chunks[i].is(Class::To) {
                return None;
            }
            let group = chunks.get(i + 1).and_then(Chunk::noun)?;
            let place = group.names.iter().find_map(Name::place);
            roles_of.owners(i + 1).first().copied().or_else(|| place.and_then(|p| self.article.atlas.country(p)))
        })
    }

    fn target(&self, roles_of: &Roles<'_, '_>, chunks: &[Chunk], candidate: &Candidate) -> Option<u32> {
        let from = candidate.verb.unwrap_or(candidate.at);
        (from + 1..chunks.len().min(from + 16)).find_map(|i| {
            let preposition = chunks[i].is(Class::Against);
            preposition.then(|| roles_of.owners(i + 1).first().copied()).flatten()
        })
    }

    pub(crate) fn actors(&self, slugs: &str) -> Vec<u32> {
        slugs.split('+').filter_map(|slug| self.article.atlas.actor(slug)).collect()
    }

    fn slugs(&self, actors: &[u32]) -> Option<String> {
        let mut slugs: Vec<&str> = Vec::new();
        for actor in actors {
            let id = self.article.theatre().actors[*actor as usize].id.as_str();
            if !slugs.contains(&id) {
                slugs.push(id);
            }
        }
        (!slugs.is_empty()).then(|| slugs.join("+"))
    }
}

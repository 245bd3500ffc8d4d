//! Whose a claim is, and against or for whom.

use recoup_language::lexicon::{Class, Speech};
use recoup_language::{Attribution, Chunk, Determiner, Mood, Name, NounGroup, Sentence, VerbGroup, Voice};
use recoup_model::{ActorKind, Claim, SourceRef, Stance};

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
        let doer = verb.and_then(|(k, v)| roles_of.doer(k, v));
        let agent = doer.map(|at| self.whose(roles_of, at, &speaker, attribution.is_some(), &mut draft.inherited));
        // 'accuse l'aviation d'avoir largué 60 bombes': who is accused has done it, not who accuses.
        let accused = verb.and_then(|(k, v)| self.accused(chunks, k, v));
        let agent = accused.map_or(agent, |at| Some(self.accused_party(roles_of, at)));
        let speaks_for_itself = accused.is_none() && verb.is_some_and(|(_, v)| matches!(v.mood, Mood::Infinitive));
        let agent = agent.filter(|a| !a.is_empty());
        let agent =
            agent.or_else(|| (speaks_for_itself && !speaker.is_empty()).then(|| speaker.clone())).or_else(|| {
                let nominal = candidate.verb.is_none() || candidate.agent;
                (nominal && !speaker.is_empty() && spec.subject == Whose::Agent).then(|| speaker.clone())
            });
        let owner = self.owner(roles_of, draft, agent.as_deref(), &speaker, attribution);
        let sender = agent.clone().unwrap_or_default();
        // 'the group claimed it killed dozens': not its own.
        let harms =
            verb.is_some_and(|(_, v)| v.voice == Voice::Active) && !candidate.agent && is_harm(&candidate.indicator);
        let taken_up = self.taken_up(roles_of, candidate);
        let taken_up = if harms && taken_up == sender { Vec::new() } else { taken_up };
        let subject = match spec.subject {
            Whose::Nobody => Vec::new(),
            Whose::Agent if candidate.indicator == "agreement.signed" => self.signatories(roles_of, &sender, candidate),
            // 'The army was driven out of Hama': who is driven out has lost it.
            Whose::Agent if candidate.indicator == "territory.lost" && self.is_driven(roles_of, candidate) => owner,
            Whose::Agent if !sender.is_empty() => sender.clone(),
            // 'elle a dû céder du terrain': a pronoun that nothing in the sentence explains.
            Whose::Agent => {
                let pronoun = doer.is_some_and(|at| chunks[at].is(Class::SubjectPronoun));
                let party = self.discourse.parties.first().copied().filter(|_| pronoun);
                let party = party.or_else(|| self.holder(&candidate.indicator, &speaker, places));
                if party.is_some() {
                    draft.inherits("subject");
                }
                party.into_iter().collect()
            }
            // 'L'OIM a enregistré 12 000 déplacés': a body that only counts has no losses of its own.
            Whose::Owner if candidate.agent && sender.iter().any(|a| self.has_people(*a)) => sender.clone(),
            // 'Nous avons perdu sept hommes': who speaks.
            Whose::Owner if candidate.agent && owner.is_empty() && speaker.iter().any(|a| self.has_people(*a)) => {
                speaker.clone()
            }
            Whose::Owner if !owner.is_empty() => owner,
            Whose::Owner if candidate.stance == Some(Stance::Planned) && !sender.is_empty() => sender.clone(),
            Whose::Owner if !taken_up.is_empty() => {
                draft.inherits("subject");
                taken_up
            }
            Whose::Owner
                if candidate.indicator.starts_with("forces.")
                    && !sender.is_empty()
                    && self.sends(&candidate.indicator, verb)
                    && !self.only_says(verb, &sender) =>
            {
                sender.clone()
            }
            Whose::Owner => {
                let active = verb.is_some_and(|(_, v)| v.voice == Voice::Active && !sender.is_empty());
                let same = self.same_toll(candidate, attribution).filter(|_| !active);
                // '60 militants killed; six soldiers died': soldiers and civilians are not the group's.
                let same = same.filter(|a| !(self.article.is_armed_group(*a) && self.is_of_state(draft)));
                // '11 soldiers killed and 32 assailants put out of action': nor are assailants the state's.
                let theme = candidate.theme.as_ref().and_then(|t| t.group(chunks));
                let irregular = theme.is_some_and(|g| self.is_irregular(g));
                let same = same.filter(|a| !irregular || self.article.is_armed_group(*a));
                let fallback = same.or_else(|| {
                    let fallback = self.fallback(roles_of, draft, attribution, places);
                    self.not_the_doer(roles_of, draft, fallback, &sender)
                });
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

    /// Whom a verb of accusing before the infinitive at `k` accuses.
    fn accused(&self, chunks: &[Chunk], k: usize, verb: &VerbGroup) -> Option<usize> {
        let at = chunks[..k].iter().rposition(|c| c.verb().is_some()).filter(|_| verb.mood == Mood::Infinitive)?;
        let accuses = self.article.lexicon.verb(chunks[at].verb()?.verb).speech == Some(Speech::Accuse);
        (at + 1..k).find(|i| accuses && chunks[*i].noun().is_some())
    }

    /// Whose the accused are: by name, for bare troops the country's in question.
    fn accused_party(&self, roles_of: &Roles<'_, '_>, at: usize) -> Vec<u32> {
        let owners = roles_of.owners_together(at);
        let troops = roles_of.sentence.chunks[at].noun().is_some_and(|g| g.role.is_some() && g.names.is_empty());
        if owners.is_empty() { self.article.country.filter(|_| troops).into_iter().collect() } else { owners }
    }

    /// Whose a noun group is that does something: by its own words, by a possessive or pronoun the speaker's or the
    /// party's spoken of last, by its kind the country's in question or the armed group's named last.
    fn whose(
        &self,
        roles_of: &Roles<'_, '_>,
        at: usize,
        speaker: &[u32],
        spoken: bool,
        inherited: &mut Vec<String>,
    ) -> Vec<u32> {
        let chunks = &roles_of.sentence.chunks;
        let owners = roles_of.owners_together(at);
        if !owners.is_empty() {
            return owners;
        }
        let mut taken_up = |actor: Option<u32>| {
            if actor.is_some() && inherited.iter().all(|slot| slot != "subject") {
                inherited.push("subject".to_owned());
            }
            actor.into_iter().collect()
        };
        let last = self.discourse.parties.first().copied();
        let Some(group) = chunks[at].noun() else {
            // 'X affirme qu'il a perdu …': who speaks; elsewhere whoever the sentence names before.
            let reported = at > 0 && (chunks[at - 1].is(Class::Subordinator) || chunks[at - 1].verb().is_some());
            if reported && !speaker.is_empty() {
                return speaker.to_vec();
            }
            let before = (0..at).rev().filter(|p| *p == 0 || !chunks[p - 1].is(Class::Preposition));
            let named = before.map(|p| roles_of.owners(p)).find(|o| !o.is_empty());
            return named.unwrap_or_else(|| speaker.to_vec());
        };
        if group.determiner == Some(Determiner::Possessive) {
            // Somebody whose side nobody knows speaks of his own.
            return if speaker.is_empty() { taken_up(last.filter(|_| !spoken)) } else { speaker.to_vec() };
        }
        // 'the group had used six missiles': the armed group that speaks, or was named last.
        let the_group = group.determiner == Some(Determiner::Definite)
            && group.figure.is_none()
            && group.names.is_empty()
            && group.proper.is_none()
            && group.class.is_some_and(|c| &*self.article.lexicon.noun_class(c).name == "count")
            && self.article.lexicon.is_body(self.article.chunker.tokens, group.head.start)
            && !chunks.get(at + 1).is_some_and(|c| c.is(Class::Of));
        if the_group && speaker.iter().any(|a| self.article.is_armed_group(*a)) {
            return speaker.to_vec();
        }
        if self.is_irregular(group) || the_group {
            return taken_up(self.last_group(roles_of, at));
        }
        // 'government forces'.
        let governmental = || group.tokens.clone().any(|t| self.article.chunker.has(t, Class::Governmental));
        let own =
            roles_of.in_group(group, "troops") && group.figure.is_none() && (group.role.is_some() || governmental());
        taken_up(self.article.country.filter(|_| own))
    }

    /// Fighters of no state: 'rebelles', 'terroristes', 'gunmen'.
    pub(crate) fn is_irregular(&self, group: &NounGroup) -> bool {
        group.class.is_some_and(|c| &*self.article.lexicon.noun_class(c).name == "irregular")
    }

    /// Whether what is counted are soldiers or civilians, which no armed group has.
    fn is_of_state(&self, draft: &Draft<'_>) -> bool {
        let class = draft.class.map(|c| self.article.lexicon.noun_class(c));
        class.is_some_and(|c| matches!(&*c.name, "soldier" | "rank") || c.civilian == Some(true))
    }

    /// The armed group that is named next to a chunk: before it in the sentence, behind it, or before in the text.
    pub(crate) fn last_group(&self, roles_of: &Roles<'_, '_>, at: usize) -> Option<u32> {
        let chunks = &roles_of.sentence.chunks;
        let groups = |i: usize| {
            let names = chunks[i].noun().map_or(&[][..], |g| &g.names);
            names.iter().filter_map(Name::actor).find(|a| self.article.is_armed_group(*a))
        };
        let here = (0..at).rev().chain(at + 1..chunks.len()).find_map(groups);
        let last = || self.discourse.parties.iter().copied().find(|a| self.article.is_armed_group(*a));
        here.or(self.article.main_group).or_else(last)
    }

    /// Whether an actor may have people of its own who die or flee: no organisation.
    fn has_people(&self, actor: u32) -> bool {
        self.article.speakers.kind(self.article.chunker, actor) != Some(ActorKind::Organisation)
    }

    /// Who had the ground that is said to be lost: who speaks of it, else the country that it lies in.
    fn holder(&self, indicator: &str, speaker: &[u32], places: &[Found]) -> Option<u32> {
        let lost = indicator == "territory.lost";
        let place = || places.iter().find_map(|f| f.country);
        speaker.first().copied().or_else(place).or(self.article.country).filter(|_| lost)
    }

    /// What one speaker says of one toll in one sentence is about the same people: '3 soldats tués et 5 blessés'.
    fn same_toll(&self, candidate: &Candidate, attribution: Option<&Attribution>) -> Option<u32> {
        let family = candidate.indicator.split('.').next()?;
        let people = |f: &str| matches!(f, "casualties" | "prisoners");
        let near = |c: &&Claim| {
            let other = c.indicator.split('.').next().unwrap_or_default();
            other == family || people(other) && people(family)
        };
        let before = self.of_sentence().iter().rfind(near)?;
        let same = match attribution {
            Some(a) => before.sources.iter().map(|s| &*s.id).eq(a.speakers.iter().map(|s| &*s.id)),
            None => before.sources.is_empty(),
        };
        let casualties = people(family) || family == "equipment";
        self.actors(before.subject.as_deref()?).first().copied().filter(|_| same && casualties)
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

    /// Whether troops are what a claim about ground is said of.
    fn is_driven(&self, roles_of: &Roles<'_, '_>, candidate: &Candidate) -> bool {
        let group = candidate.theme.as_ref().and_then(|t| t.group(&roles_of.sentence.chunks));
        group.is_some_and(|g| roles_of.in_group(g, "troops"))
    }

    /// 'L'OTAN a confirmé le déploiement d'unités': an alliance or organisation says so, and sends nobody.
    fn only_says(&self, verb: Option<(usize, &VerbGroup)>, sender: &[u32]) -> bool {
        let says = verb.is_some_and(|(_, v)| self.article.lexicon.verb(v.verb).speech.is_some());
        let kind = |a: &u32| self.article.speakers.kind(self.article.chunker, *a);
        says && sender.iter().all(|a| matches!(kind(a), Some(ActorKind::Alliance | ActorKind::Organisation)))
    }

    /// Whether the verb's agent has the troops at its disposal: who sends or masses them, not who uses those of another.
    fn sends(&self, indicator: &str, verb: Option<(usize, &VerbGroup)>) -> bool {
        let active = verb.is_some_and(|(_, v)| v.voice == Voice::Active);
        indicator == "forces.sent" || active && matches!(indicator, "forces.present" | "forces.withdrawn")
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
        let body = self.article.speakers.known_source(self.article.chunker, group).filter(|_| !actor)?;
        Some((None, sources(&[body], None).pop()))
    }

    /// The parties of an agreement: those of the clause, else those that the text spoke of last.
    fn signatories(&self, roles_of: &Roles<'_, '_>, agent: &[u32], candidate: &Candidate) -> Vec<u32> {
        let chunks = &roles_of.sentence.chunks;
        // 'signé à Doha': where it was signed is no party to it.
        let place = |i: usize| {
            i > 0
                && chunks[i - 1].is(Class::To)
                && chunks[i].noun().is_some_and(|g| g.names.iter().any(|n| n.place().is_some()))
        };
        let near = (0..chunks.len()).filter(|i| i.abs_diff(candidate.at) <= 16 && !place(*i));
        let named = near.flat_map(|i| roles_of.owners(i));
        let mut parties: Vec<u32> = Vec::new();
        for actor in agent.iter().copied().chain(named).chain(self.discourse.parties.iter().copied()) {
            if parties.len() < 2 && !parties.contains(&actor) {
                parties.push(actor);
            }
        }
        parties
    }

    pub(crate) fn actors(&self, slugs: &str) -> Vec<u32> {
        slugs.split('+').filter_map(|slug| self.article.actor(slug)).collect()
    }

    pub(crate) fn slugs(&self, actors: &[u32]) -> Option<String> {
        let mut slugs: Vec<&str> = Vec::new();
        for actor in actors {
            let id = self.article.actor_id(*actor);
            if !slugs.contains(&id) {
                slugs.push(id);
            }
        }
        (!slugs.is_empty()).then(|| slugs.join("+"))
    }
}

/// Whether an indicator is of what one party does to another: people killed, hurt or taken, equipment destroyed.
pub(crate) fn is_harm(indicator: &str) -> bool {
    ["casualties.", "prisoners.", "equipment.destroyed"].iter().any(|prefix| indicator.starts_with(prefix))
}

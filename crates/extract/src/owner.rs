//! Whose people, troops and things are counted: by the words around them, else by who speaks and where it happened.

use recoup_language::lexicon::Class;
use recoup_language::{Attribution, Chunk, Determiner, Name, NounGroup, VerbGroup, Voice};
use recoup_model::ActorKind;

use crate::frames::{Draft, Reader};
use crate::parties::is_harm;
use crate::places::Found;
use crate::roles::Roles;

impl Reader<'_, '_> {
    pub(crate) fn owner(
        &self,
        roles_of: &Roles<'_, '_>,
        draft: &mut Draft<'_>,
        agent: Option<&[u32]>,
        speaker: &[u32],
        attribution: Option<&Attribution>,
    ) -> Vec<u32> {
        let Some(theme) = &draft.candidate.theme else { return Vec::new() };
        let chunks = &roles_of.sentence.chunks;
        let group = theme.group(chunks);
        let possessive = group.is_some_and(|g| g.determiner == Some(Determiner::Possessive) && g.names.is_empty());
        if possessive || roles_of.is_own(theme.at) {
            // 'accused X of killing three of its men': nobody kills his own.
            let verb = draft.candidate.verb.and_then(|k| chunks[k].verb());
            let harmed = !draft.candidate.agent
                && is_harm(&draft.candidate.indicator)
                && verb.is_some_and(|v| v.voice == Voice::Active);
            if let Some(agent) = agent.filter(|a| !a.is_empty() && !harmed) {
                return agent.to_vec();
            }
            // 'Ses effectifs': of whose troops was spoken.
            let troops = group.is_some_and(|g| roles_of.in_group(g, "troops"));
            let of_troops = || self.discourse.troops.first().copied().filter(|_| troops);
            let last =
                || of_troops().or_else(|| self.claims_last_subject()).or(self.discourse.parties.first().copied());
            // Somebody whose side nobody knows speaks of his own.
            let unknown = attribution.is_some_and(|a| !a.speakers.is_empty());
            let own: Vec<u32> =
                if speaker.is_empty() && !unknown { last().into_iter().collect() } else { speaker.to_vec() };
            if speaker.is_empty() && !own.is_empty() {
                draft.inherits("subject");
            }
            if !own.is_empty() {
                return own;
            }
        }
        // 'a retiré 300 soldats du Niger': where they leave is nobody's who has them.
        let leave = draft.candidate.indicator == "forces.withdrawn"
            && draft
                .candidate
                .verb
                .is_some_and(|k| k < theme.at && chunks[k].verb().is_some_and(|v| v.voice == Voice::Active));
        // 'Le contingent russe, fort de 1 960 hommes': of what stands before.
        if theme.at > 0 && chunks[theme.at - 1].is(Class::Strong) {
            let before = chunks[..theme.at - 1].iter().rposition(|c| c.noun().is_some());
            let head = before.map(|at| roles_of.head_of(at).unwrap_or(at));
            let owners = head.map(|at| roles_of.owners(at)).unwrap_or_default();
            if !owners.is_empty() {
                return owners;
            }
        }
        let owners = match group.filter(|_| leave) {
            Some(group) => roles_of.named_owners(group),
            None => roles_of.owners(theme.at),
        };
        if !owners.is_empty() {
            return owners;
        }
        // 'La Russie, dont 2 000 hommes sont déployés au Mali': whose they are.
        let whose = theme.at.checked_sub(1).filter(|r| chunks[*r].is(Class::Among) && chunks[*r].is(Class::Relative));
        if let Some(relative) = whose.filter(|_| draft.candidate.part.is_none() && draft.candidate.verb.is_some()) {
            let comma = usize::from(relative > 0 && chunks[relative - 1].is_mark(','));
            let owners = relative.checked_sub(1 + comma).map(|at| roles_of.owners(at)).unwrap_or_default();
            if !owners.is_empty() {
                return owners;
            }
        }
        // 'reconnaît cinq morts': a party concedes losses of its own.
        let concedes = attribution.is_some_and(|a| a.concedes);
        let loses = || is_harm(&draft.candidate.indicator);
        if concedes && agent.is_none_or(<[u32]>::is_empty) && !speaker.is_empty() && loses() {
            return speaker.to_vec();
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

    /// Whose people where nothing says so: those of the country of the place, of the body that speaks of its own, else
    /// of the article; soldiers are of a state of which an army is named.
    pub(crate) fn fallback(
        &self,
        roles_of: &Roles<'_, '_>,
        draft: &Draft<'_>,
        attribution: Option<&Attribution>,
        places: &[Found],
    ) -> Option<u32> {
        let by_place = places.iter().find_map(|f| f.country).or_else(|| self.side(roles_of, draft));
        let theme = draft.candidate.theme.as_ref();
        if let Some(theme) = theme
            && theme.group(&roles_of.sentence.chunks).is_some_and(|g| self.is_irregular(g))
        {
            // 'Les Forces conjointes parlent de 70 assaillants tués': nobody's own.
            let speaks = |actor: &u32| {
                let mut speakers = attribution.iter().flat_map(|a| &a.speakers);
                is_harm(&draft.candidate.indicator) && speakers.any(|s| s.actor == Some(*actor))
            };
            return self.last_group(roles_of, theme.at).filter(|actor| !speaks(actor));
        }
        let troops = draft.class.is_some_and(|c| self.article.lexicon.in_group(c, "troops"));
        let moved = draft.candidate.indicator.starts_with("forces");
        if draft.candidate.indicator == "munitions.intercepted" {
            return self.launched_by(roles_of).or(self.discourse.launcher);
        }
        if let Some(own) = self.own_troops(draft, attribution) {
            return Some(own);
        }
        let nominal = draft.candidate.rule.ends_with(".nominal");
        if (troops || nominal)
            && let Some(last) = self.discourse.troops.first().filter(|_| moved)
        {
            return Some(*last);
        }
        // Those who flee are named with where they go.
        if draft.candidate.indicator == "people.displaced" {
            let chunks = &roles_of.sentence.chunks;
            let goal = |at: usize| at > 0 && chunks[at - 1].is(Class::To);
            let origin = places.iter().filter(|f| !goal(f.at)).find_map(|f| f.country);
            let origin = self.side(roles_of, draft).or(origin);
            // 'fled to Chad': not Chad's own.
            let reached = places.iter().filter(|f| goal(f.at)).find_map(|f| f.country);
            let fled = draft.candidate.verb.is_some();
            let of_speaker = origin.or_else(|| self.people_of(draft, attribution));
            return of_speaker.or(self.article.country.filter(|c| !fled || Some(*c) != reached));
        }
        let country = by_place.or_else(|| self.people_of(draft, attribution)).or(self.article.country);
        let soldiers = draft.class.map(|c| self.article.lexicon.noun_class(c));
        match soldiers.is_some_and(|c| matches!(&*c.name, "soldier" | "rank" | "troops")) {
            true => self.article.army_near(country),
            false => country,
        }
    }

    /// 'Un soldat a péri, a annoncé l'armée indienne', 'L'armée répond que 9 400 hommes patrouillent': the state of an army
    /// that speaks of soldiers of whom nobody says whose they are, and whom it has not harmed.
    fn own_troops(&self, draft: &Draft<'_>, attribution: Option<&Attribution>) -> Option<u32> {
        let speaker = attribution?.speakers.first()?;
        let army = speaker.role.is_some_and(|role| recoup_language::is_military(self.article.lexicon.role(role)));
        let class = draft.class.map(|c| &*self.article.lexicon.noun_class(c).name);
        let moved = draft.candidate.indicator.starts_with("forces.present");
        // 'L'armée reconnaît un repli'.
        let withdraws = draft.candidate.indicator == "forces.withdrawn" && draft.candidate.rule.ends_with(".nominal");
        let soldiers = matches!(class, Some("soldier" | "rank")) || moved && class == Some("men") || withdraws;
        let rule = &draft.candidate.rule;
        let by_itself = draft.candidate.agent || !is_harm(&draft.candidate.indicator) || rule.ends_with(".subject");
        speaker.actor.filter(|_| army && soldiers && by_itself)
    }

    /// The state of a body that speaks of its own people: a police, a health ministry, a governor.
    fn people_of(&self, draft: &Draft<'_>, attribution: Option<&Attribution>) -> Option<u32> {
        let speaker = attribution?.speakers.first()?;
        let counts_its_own = |role: u16| recoup_language::speaks_of_its_people(self.article.lexicon.role(role));
        // Civilians whom a state counts, and nobody who came to harm, are rather its own.
        let civilians = draft.class.and_then(|c| self.article.lexicon.noun_class(c).civilian) == Some(true);
        let nobody = draft.is_of_nobody() && is_harm(&draft.candidate.indicator);
        let state = |actor: &u32| self.article.speakers.kind(self.article.chunker, *actor) == Some(ActorKind::State);
        let own = |actor: &u32| speaker.role.is_some_and(counts_its_own) || (civilians || nobody) && state(actor);
        speaker.actor.filter(own)
    }

    /// '48 des 72 drones lancés par la Russie': who has launched what the sentence says was intercepted.
    fn launched_by(&self, roles_of: &Roles<'_, '_>) -> Option<u32> {
        let chunks = roles_of.chunks();
        let launches = |v: &VerbGroup| {
            let frames = &self.article.lexicon.verb(v.verb).frames;
            let of = |indicator: &str| frames.iter().any(|f| *f.indicator == *indicator);
            of("munitions.launched") && !of("munitions.intercepted")
        };
        let launched = chunks.iter().enumerate().filter_map(|(k, c)| Some((k, c.verb().filter(|v| launches(v))?)));
        launched.filter_map(|(k, v)| roles_of.agent(k, v)).find_map(|(_, actors)| actors.first().copied())
    }

    /// 'Du côté pakistanais, 2 300 familles …': the side that the clause is about.
    fn side(&self, roles_of: &Roles<'_, '_>, draft: &Draft<'_>) -> Option<u32> {
        let before = roles_of.chunks()[draft.clause.start..draft.candidate.at.max(draft.clause.start)].iter();
        let side = |g: &&NounGroup| {
            g.class.is_some_and(|c| &*self.article.lexicon.noun_class(c).name == "side") && g.figure.is_none()
        };
        before.filter_map(Chunk::noun).filter(side).find_map(|g| g.names.iter().find_map(Name::demonym))
    }

    /// Who kills, captures or destroys does so to another: where the fallback is the doer, the other party that the
    /// sentence or the text named last, else nobody.
    pub(crate) fn not_the_doer(
        &self,
        roles_of: &Roles<'_, '_>,
        draft: &Draft<'_>,
        fallback: Option<u32>,
        doer: &[u32],
    ) -> Option<u32> {
        let candidate = draft.candidate;
        // A state can kill its own civilians; where another state is spoken of, rather that one's.
        let civilians = draft.class.and_then(|c| self.article.lexicon.noun_class(c).civilian) == Some(true);
        let state = |actor: &u32| self.article.speakers.kind(self.article.chunker, *actor) == Some(ActorKind::State);
        if civilians && !doer.iter().all(state) {
            return fallback;
        }
        let harmed = is_harm(&candidate.indicator);
        let chunks = &roles_of.sentence.chunks;
        let active = candidate.verb.and_then(|k| chunks[k].verb()).is_some_and(|v| v.voice == Voice::Active);
        if !(harmed && active) || candidate.agent || fallback.is_none_or(|f| !doer.contains(&f)) {
            return fallback;
        }
        let before = (0..candidate.at).rev().flat_map(|i| roles_of.owners(i));
        let mut others = before.chain(self.discourse.parties.iter().copied()).filter(|actor| !doer.contains(actor));
        if civilians { others.find(state).or(fallback) } else { others.next() }
    }
}

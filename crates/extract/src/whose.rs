//! Whose a noun group is, and who does what a verb says.

use recoup_language::lexicon::Class;
use recoup_language::{Chunk, Determiner, Mood, NounGroup, VerbGroup, Voice, is_finite};

use crate::clause::is_strong;
use crate::roles::Roles;

/// How far behind its verb 'aux mains de' or 'sous contrôle' may stand, in chunks.
const CONTROL_WITHIN: usize = 6;

impl Roles<'_, '_> {
    /// The actors that a noun group belongs to, and those of the group that it is coordinated to: 'X et Y ont signé'.
    pub(crate) fn owners_together(&self, at: usize) -> Vec<u32> {
        let chunks = self.chunks();
        let mut owners = self.owners(at);
        if at >= 2 && chunks[at - 1].is(Class::Coordinator) && chunks[at - 2].noun().is_some() {
            owners.splice(0..0, self.owners(at - 2));
        }
        owners
    }

    /// The actors that a noun group belongs to: by demonym, by name, by complement.
    pub(crate) fn owners(&self, at: usize) -> Vec<u32> {
        let chunks = self.chunks();
        let Some(group) = chunks.get(at).and_then(Chunk::noun) else { return Vec::new() };
        let own = self.named_owners(group);
        if !own.is_empty() {
            return own;
        }
        let mut i = at + 1;
        // '« plus de 40 khawarij » du TTP'.
        i += usize::from(matches!(chunks.get(i), Some(Chunk::Mark(_, '»' | '”' | '"'))));
        while chunks.get(i).is_some_and(|c| c.is(Class::Of)) {
            let Some(complement) = chunks.get(i + 1).and_then(Chunk::noun) else { break };
            let place_only = complement.names.iter().all(|n| n.actor().is_none());
            let owners: Vec<u32> = complement.names.iter().filter_map(|n| self.actor_of(n)).collect();
            if !owners.is_empty() {
                return owners;
            }
            if !place_only {
                break;
            }
            i += 2;
        }
        Vec::new()
    }

    /// The actors that the words of a noun group name, its complements left out: by demonym, by name.
    pub(crate) fn named_owners(&self, group: &NounGroup) -> Vec<u32> {
        let demonyms: Vec<u32> = group.names.iter().filter_map(recoup_language::Name::demonym).collect();
        match demonyms.is_empty() {
            true => group.names.iter().filter_map(|n| self.actor_of(n)).collect(),
            false => demonyms,
        }
    }

    /// The actor that a name stands for, by itself or as a body of it.
    fn actor_of(&self, name: &recoup_language::Name) -> Option<u32> {
        let represented = || self.article.atlas.represented(name.source()?);
        let introduced = || self.article.chunker.introduced(name.introduced()?).owner;
        name.actor().or_else(represented).or_else(introduced)
    }

    /// Whether a noun is of whoever is in question: 'cinq de ses soldats', 'cinq morts dans ses rangs', 'position of ours'.
    pub(crate) fn is_own(&self, at: usize) -> bool {
        let chunks = self.chunks();
        let ends = |i: &usize| chunks[*i].verb().is_none() && !matches!(chunks[*i], Chunk::Mark(..));
        let mut behind = (at + 1..chunks.len().min(at + 4)).take_while(ends);
        let ranks = |g: &NounGroup| {
            g.determiner == Some(Determiner::Possessive) && self.article.chunker.has(g.head.start, Class::Ranks)
        };
        behind.any(|i| chunks[i].is(Class::OfOurs) || chunks[i].noun().is_some_and(ranks))
    }

    /// The actors that do what a verb says, where the words name them. Index of the chunk, actors.
    pub(crate) fn agent(&self, k: usize, verb: &VerbGroup) -> Option<(usize, Vec<u32>)> {
        let at = self.doer(k, verb)?;
        Some((at, self.owners_together(at)))
    }

    /// The chunk of whoever does what a verb says: its subject, or the agent of the passive.
    pub(crate) fn doer(&self, k: usize, verb: &VerbGroup) -> Option<usize> {
        let chunks = self.chunks();
        // 'drones launched by X': a form that may be past is a participle where an agent follows.
        let participle = verb.ambiguous && chunks.get(k + 1).is_some_and(|c| c.is(Class::By));
        if verb.voice == Voice::Passive || participle {
            let by = (k + 1..chunks.len().min(k + 8)).find(|i| chunks[*i].is(Class::By))?;
            return chunks.get(by + 1).and_then(Chunk::noun).map(|_| by + 1);
        }
        if let Some(control) = self.in_whose_hands(k) {
            return Some(control);
        }
        let mut i = self.first_of_chain(k);
        if let Some(relative) = i.checked_sub(1).and_then(|comma| self.closed_relative(comma)) {
            i = relative;
        }
        let mut nameless = None;
        while i > 0 {
            i -= 1;
            let chunk = &chunks[i];
            let governs = matches!(verb.mood, Mood::Infinitive | Mood::Gerund);
            if is_strong(chunk) {
                break;
            }
            if is_finite(chunk) && !governs {
                // 'L'Éthiopie, dont l'Égypte est la rivale, maintient …': past the relative clause.
                let Some(relative) = self.relative_of(i) else { break };
                i = relative;
                continue;
            }
            if chunk.is(Class::Subordinator) && !chunk.is(Class::Relative) && verb.mood != Mood::Infinitive {
                break;
            }
            let governed = i > 0 && chunks[i - 1].is(Class::Preposition);
            if chunk.is(Class::SubjectPronoun) && !self.article.chunker.tokens.hyphen(chunk.tokens().start) {
                return Some(i);
            }
            if chunk.noun().is_some() && !governed {
                if !self.owners(i).is_empty() {
                    return Some(i);
                }
                nameless = nameless.or(Some(i));
            }
        }
        nameless
    }

    /// The noun of control that the verb at `k` puts its subject under: 'est tombé mardi aux mains du M23', 'est sous notre
    /// contrôle'. Who has it is who acts.
    pub(crate) fn in_whose_hands(&self, k: usize) -> Option<usize> {
        let chunks = self.chunks();
        let behind = k + 1..chunks.len().min(k + CONTROL_WITHIN);
        let at = behind.into_iter().find(|i| chunks[*i].noun().is_some() || chunks[*i].verb().is_some())?;
        let governed = chunks[at - 1].is(Class::Preposition);
        // "in the army's hands".
        let tokens = self.article.chunker.tokens;
        let possessive = chunks[at].noun().is_some_and(|g| tokens.lower(g.tokens.end - 1) == "s");
        // 'under Chinese control'.
        let demonym =
            chunks[at].noun().is_some_and(|g| g.names.iter().any(|n| n.demonym().is_some() && n.tokens == g.tokens));
        let at =
            if possessive || demonym && chunks.get(at + 1).is_some_and(|c| c.noun().is_some()) { at + 1 } else { at };
        let group = chunks.get(at)?.noun().filter(|_| governed)?;
        self.in_group(group, "control").then_some(at)
    }

    /// The first of the verbs that share the subject of the one at `k`: 'a tué cinq soldats, pris deux chars et capturé
    /// trois autres'. The objects between them are no agents.
    fn first_of_chain(&self, k: usize) -> usize {
        let chunks = self.chunks();
        let mut first = k;
        loop {
            let passed = |c: &Chunk| c.is(Class::Adverb) || c.is(Class::ObjectPronoun) || matches!(c, Chunk::When(..));
            let Some(link) = chunks[..first].iter().rposition(|c| !passed(c)) else { break };
            let links = chunks[link].is(Class::Coordinator) || chunks[link].is(Class::And) || chunks[link].is_mark(',');
            let limit =
                |c: &Chunk| c.verb().is_some() || c.is(Class::Subordinator) && !c.is(Class::Relative) || is_strong(c);
            match chunks[..link].iter().rposition(limit) {
                // But 'L'Éthiopie, dont l'Égypte est la rivale, maintient …'.
                Some(_) if self.closed_relative(link).is_some() => break,
                Some(before) if links && chunks[before].verb().is_some() => first = before,
                _ => break,
            }
        }
        first
    }

    /// The relative of the clause that the comma at a chunk closes: ', dont l'Égypte est la rivale, maintient'.
    fn closed_relative(&self, comma: usize) -> Option<usize> {
        let chunks = self.chunks();
        let verb = chunks[..comma].iter().rposition(is_finite).filter(|_| chunks[comma].is_mark(','))?;
        let relative = self.relative_of(verb)?;
        let plain = !chunks[relative].is(Class::Subordinator) && !chunks[verb..comma].iter().any(|c| c.is_mark(','));
        plain.then_some(relative)
    }

    /// The relative of the clause that the finite verb at `k` stands in, over which its antecedent is still the subject.
    fn relative_of(&self, k: usize) -> Option<usize> {
        let chunks = self.chunks();
        let before = chunks[..k].iter().rposition(|c| c.is(Class::Relative) || is_finite(c));
        before.filter(|r| chunks[*r].is(Class::Relative))
    }
}

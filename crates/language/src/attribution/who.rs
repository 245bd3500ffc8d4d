//! Whom a group of words names, or takes up from before.

use super::reading::Reading;
use super::{Attribution, Attributions};
use crate::chunk::Chunk;
use crate::lexicon::{BodyKind, Class, NounRole};
use crate::speaker::Speaker;

/// How many chunks may lie between a noun and the body that it is of.
const DEEPEST_COMPLEMENT: usize = 6;

impl Attributions<'_> {
    pub(super) fn speakers_after(&self, chunks: &[Chunk], k: usize) -> Option<(Vec<Speaker>, usize)> {
        if let Some(chunk) = chunks.get(k).filter(|c| c.is(Class::SpeakerPronoun) && !self.last.is_empty()) {
            // 'selon ce dernier': of several the last.
            let one = self.chunker.has(chunk.tokens().start, Class::SingularPronoun);
            let last = if one { self.last.last().cloned().into_iter().collect() } else { self.last.clone() };
            return Some((last, k + 1));
        }
        if let Some(named) = chunks.get(k).and_then(Chunk::noun).and_then(|group| self.taken_up(group)) {
            return Some((named, k + 1));
        }
        self.speakers.at(self.chunker, &self.cast, chunks, k).or_else(|| self.whose_document(chunks, k)).or_else(|| {
            let speaker = self.speakers.nameless(self.chunker, chunks.get(k)?.noun()?, true)?;
            Some((vec![speaker], k + 1))
        })
    }

    /// 'la matrice de suivi de l'OIM', 'le dernier pointage d'OCHA': of a noun that nobody knows, the body that it is of.
    fn whose_document(&self, chunks: &[Chunk], k: usize) -> Option<(Vec<Speaker>, usize)> {
        let unknown = |c: &Chunk| match c {
            Chunk::Noun(group) => group.class.is_none() && group.role.is_none() && group.names.is_empty(),
            Chunk::Word(_, classes) => *classes == Default::default() || c.is(Class::Of),
            // 'la matrice de suivi'.
            Chunk::Verb(verb) => verb.mood == crate::Mood::Participle,
            _ => false,
        };
        let end = k + chunks[k..].iter().take(DEEPEST_COMPLEMENT).take_while(|c| unknown(c)).count();
        let of = end > k && chunks[end - 1].is(Class::Of);
        let body = self.speakers.known_source(self.chunker, chunks.get(end)?.noun().filter(|_| of)?)?;
        Some((vec![body], end + 1))
    }

    /// Whom a role takes up that names nobody: 'ces sources' those before, 'les rebelles' the group named last.
    pub(super) fn taken_up(&self, group: &crate::NounGroup) -> Option<Vec<Speaker>> {
        if let Some(body) = self.taken_up_body(group) {
            return Some(vec![body]);
        }
        let Some(NounRole::Speaker(role)) = group.role.filter(|_| group.names.is_empty()) else { return None };
        if group.determiner == Some(crate::Determiner::Demonstrative) {
            return Some(self.last.clone()).filter(|last| !last.is_empty());
        }
        let definite = group.determiner == Some(crate::Determiner::Definite);
        let rebels = crate::speaker::is_group(self.chunker.lexicon.role(role));
        self.group.filter(|_| definite && rebels).map(|actor| vec![self.speakers.actor(self.chunker, actor)])
    }

    /// 'à Moscou, on affirme', 'du côté ukrainien, on dément': the state whose capital or side it is where nobody in
    /// particular says it.
    pub(super) fn somewhere(&self, chunks: &[Chunk], on: usize) -> Option<Speaker> {
        let comma = usize::from(on > 0 && chunks[on - 1].is_mark(','));
        let before = on.checked_sub(1 + comma);
        let is_side = |at: usize| {
            let class = chunks.get(at).and_then(Chunk::noun).and_then(|g| g.class);
            class.is_some_and(|class| &*self.chunker.lexicon.noun_class(class).name == "side")
        };
        let side = before.and_then(|at| {
            let names = &chunks[at].noun()?.names;
            // 'Du côté de Kiev, on nie'.
            let of = at >= 2 && chunks[at - 1].is(Class::Of) && is_side(at - 2);
            let state = names.iter().find_map(|n| if of { n.metonym() } else { n.demonym() });
            Some(self.speakers.actor(self.chunker, state.filter(|_| of || is_side(at))?))
        });
        let state = |at: usize| {
            let before = at.checked_sub(1).and_then(|p| chunks.get(p));
            let placed = before.is_some_and(|c| c.is(Class::To) || c.is(Class::Locative));
            let group = chunks.get(at).and_then(Chunk::noun).filter(|_| placed)?;
            let name = group.names.first()?;
            name.metonym().map(|actor| self.speakers.actor(self.chunker, actor))
        };
        side.or_else(|| before.and_then(state)).or_else(|| state(on + 2))
    }

    /// 'son porte-parole': that of whoever the sentence names, else of whoever spoke before; 'its director' only of a body
    /// that the sentence names.
    pub(super) fn whose_spokesperson(&self, group: &crate::NounGroup, reading: &Reading) -> Option<Vec<Speaker>> {
        let body = |s: &Speaker| !s.is_person;
        let named = reading.named.clone().filter(|named| named.iter().all(body));
        let directs = group.determiner == Some(crate::Determiner::Possessive)
            && group.names.is_empty()
            && matches!(group.role, Some(NounRole::Speaker(role)) if self.chunker.lexicon.role(role) == "leader");
        if let Some(named) = named.filter(|_| directs || self.is_ones_spokesperson(group)) {
            return Some(named);
        }
        Some(self.last.clone()).filter(|last| !last.is_empty() && self.is_ones_spokesperson(group))
    }

    /// 'son porte-parole', 'leur commandement'.
    pub(super) fn is_ones_spokesperson(&self, group: &crate::NounGroup) -> bool {
        let speaks = |role| crate::speaker::speaks_for(self.chunker.lexicon.role(role));
        group.determiner == Some(crate::Determiner::Possessive)
            && matches!(group.role, Some(NounRole::Speaker(role)) if speaks(role))
    }

    /// 'la mission', 'the agency': the body named last of which a name holds the word.
    fn taken_up_body(&self, group: &crate::NounGroup) -> Option<Speaker> {
        let definite = matches!(group.determiner, Some(crate::Determiner::Definite | crate::Determiner::Demonstrative));
        let bare = group.names.is_empty() && group.proper.is_none() && group.head.len() == 1 && group.count().is_none();
        let at = group.head.start;
        let lexicon = self.chunker.lexicon;
        let body = lexicon.bodies.longest(self.chunker.tokens, at).map(|(_, kind)| kind);
        // 'the group' counts nobody without a complement.
        let counts = group.class.is_some_and(|class| &*lexicon.noun_class(class).name == "count");
        let complement = self.chunker.has(group.tokens.end, Class::Of);
        let word = self.chunker.tokens.folded(at);
        if !(definite && bare && (body.is_some() || counts)) || complement {
            return None;
        }
        let called = self.cast.called(word, |speaker| self.speakers.names_of(self.chunker, speaker)).cloned();
        // 'l'armée' is not the 'Armée de libération nationale'.
        let of_state = matches!(group.role, Some(NounRole::Speaker(role))
            if crate::speaker::is_institution(lexicon.role(role)));
        let armed = |s: &Speaker| s.actor.is_some_and(|a| self.speakers.is_armed_group(self.chunker, a));
        let called = called.filter(|s| !(of_state && armed(s)));
        // 'the group': the armed group named last, whatever its name.
        let group = || {
            let fights = (counts || body == Some(BodyKind::Group)) && group.role.is_none();
            self.group.filter(|_| fights).map(|actor| self.speakers.actor(self.chunker, actor))
        };
        called.or_else(group)
    }

    /// 'a constaté un correspondant': the outlet itself.
    pub(super) fn is_outlet(&self, attribution: &Attribution) -> bool {
        let correspondent = |s: &Speaker| self.is_correspondent(s.role.map(NounRole::Speaker));
        !attribution.speakers.is_empty() && attribution.speakers.iter().all(correspondent)
    }

    /// Whether a role is that of somebody who works for an outlet.
    pub(super) fn is_correspondent(&self, role: Option<NounRole>) -> bool {
        matches!(role, Some(NounRole::Speaker(role)) if self.chunker.lexicon.role(role) == "correspondent")
    }

    /// Somebody has spoken, and may be taken up from here on.
    pub(super) fn meet(&mut self, attribution: &Attribution) {
        for speaker in attribution.speakers.iter().chain(&attribution.via) {
            self.cast.hear(speaker);
        }
    }

    /// A body is named, and may be taken up by a word of its name: 'la mission', 'the agency'.
    pub(super) fn meet_body(&mut self, group: &crate::NounGroup) {
        if let Some(body) = self.speakers.known_source(self.chunker, group) {
            self.cast.meet(&body);
        }
    }

    /// Whether a preposition stands before the group; what it governs is no subject.
    pub(super) fn governed(&self, chunks: &[Chunk], k: usize) -> bool {
        // "in Ethiopia's northern region": the possessive is inside what is governed.
        let tokens = self.chunker.tokens;
        let possessive = |p: usize| chunks[p].noun().is_some_and(|g| tokens.lower(g.tokens.end - 1) == "s");
        // 'along the border between Thailand and Cambodia, officials said'.
        let named = |at: usize| {
            chunks[at].noun().is_some_and(|g| g.determiner.is_none() && g.role.is_none() && !g.names.is_empty())
        };
        let between = |p: usize| {
            let first = p >= 2 && chunks[p].is(Class::And) && named(k) && named(p - 1);
            first
                && chunks[p - 2].is(Class::Preposition)
                && !chunks[p - 2].is(Class::Of)
                && !chunks[p - 2].is(Class::Before)
        };
        k.checked_sub(1).is_some_and(|p| {
            chunks[p].is(Class::Preposition) || possessive(p) && self.governed(chunks, p) || between(p)
        })
    }
}

//! What attributes without a verb: a label before a colon, a credit in brackets, *selon*, *de source militaire*.

use recoup_model::ActorKind;

use super::{Attribution, Attributions, Sentence};
use crate::chunk::Chunk;
use crate::lexicon::{Class, NounRole};
use crate::speaker::Speaker;

/// How far before 'auprès de' the verb of learning may stand, in chunks: time and agency fit between.
const LEARNT_WITHIN: usize = 4;

impl Attributions<'_> {
    /// 'Al-Shabaab: 47 soldiers killed', 'Ministère de la Défense : …': whoever stands before the colon, unless it is a
    /// state, which may as well be where it happens.
    pub(super) fn label(&self, index: usize, sentence: &Sentence) -> Option<Attribution> {
        let chunks = &sentence.chunks;
        // Who stands before it need not be read where there is none.
        chunks.iter().find(|c| c.is_mark(':'))?;
        let (speakers, next) = self.speakers.at(self.chunker, &self.cast, chunks, 0)?;
        let colon = (next..chunks.len().min(next + 3)).find(|i| chunks[*i].is_mark(':'))?;
        let only = chunks[next..colon].iter().all(|c| c.verb().is_none());
        if !only || speakers.iter().any(|s| self.is_state(s) || s.is_person) {
            return None;
        }
        let cue = chunks[colon].tokens();
        let content = self.with_quotation(cue.end..sentence.tokens.end, cue.start);
        Some(Attribution::said(speakers, cue, content, index, "attribution.label"))
    }

    /// '… between 21 April and 5 May (UNHCR).': a body in brackets at the end of what it says, and no acronym of words
    /// before it.
    pub(super) fn is_credit(&self, chunks: &[Chunk], k: usize) -> bool {
        let body = chunks.get(k + 1).and_then(Chunk::noun).is_some_and(|g| {
            let body = g.names.iter().any(|n| n.source().is_some() && n.place().is_none());
            // '(ministère tchadien de la Santé)'.
            let institution = matches!(g.role, Some(crate::lexicon::NounRole::Speaker(role))
                    if crate::speaker::is_institution(self.chunker.lexicon.role(role)));
            body || institution && !g.names.is_empty()
        });
        let closes = chunks.get(k + 2).is_some_and(|c| c.is_mark(')'));
        let ends = chunks.get(k + 3).is_none_or(|c| matches!(c, Chunk::Mark(_, '.' | ';')));
        let named =
            k > 0 && chunks[k - 1].noun().is_some_and(|g| g.role.is_some() || g.proper.is_some() || g.class.is_none());
        body && closes && ends && !named
    }

    /// 'La police a revu son bilan : cinq morts': whoever is the subject before the colon, where a figure follows it.
    pub(super) fn told_behind_colon(
        &self,
        index: usize,
        sentence: &Sentence,
        speakers: &[Speaker],
    ) -> Option<Attribution> {
        let chunks = &sentence.chunks;
        let colon = chunks.iter().position(|c| c.is_mark(':'))?;
        let verb = chunks[..colon].iter().any(crate::chunk::is_finite);
        let counted = chunks[colon + 1..].iter().take(2).any(|c| c.noun().is_some_and(|g| g.count().is_some()));
        if !(verb && counted) || speakers.iter().any(|s| self.is_state(s) || s.is_person) {
            return None;
        }
        let cue = chunks[colon].tokens();
        let content = cue.end..sentence.tokens.end;
        Some(Attribution::said(speakers.to_vec(), cue, content, index, "attribution.colon"))
    }

    /// A state by its name alone, which may as well be where it happens.
    fn is_state(&self, speaker: &Speaker) -> bool {
        let state = |actor| {
            let itself = self.speakers.actor(self.chunker, actor).id == speaker.id;
            itself && self.speakers.kind(self.chunker, actor) == Some(ActorKind::State)
        };
        speaker.role.is_none() && speaker.actor.is_some_and(state)
    }

    /// 'pour' attributes only where a clause begins: 'Pour des analystes, …', not 'un soutien pour l'Ukraine'.
    pub(super) fn introduces(&self, chunks: &[Chunk], k: usize) -> bool {
        let initial = k == 0 || matches!(chunks[k - 1], Chunk::Mark(_, ',' | '»' | '”' | '"' | ':' | '('));
        // 'for the fourth time' is nobody's word.
        let somebody = || {
            chunks.get(k + 1).is_some_and(|c| {
                c.is(Class::SpeakerPronoun)
                    || c.noun().is_some_and(|g| g.role.is_some() || g.proper.is_some() || !g.names.is_empty())
            })
        };
        chunks[k].is(Class::Before) || chunks[k].is(Class::BeforeInitial) && initial && somebody()
    }

    /// 'a-t-on appris lundi auprès de X', 'a appris l'AFP de source hospitalière': from whom somebody has it.
    pub(super) fn is_learnt(&self, chunks: &[Chunk], k: usize) -> bool {
        let near =
            chunks[k.saturating_sub(LEARNT_WITHIN)..k].iter().rev().take_while(|c| !matches!(c, Chunk::Mark(..)));
        near.into_iter().any(|c| c.tokens().any(|t| self.chunker.has(t, Class::Learnt)))
    }

    /// 'De source militaire': the noun itself says that it is a source.
    pub(super) fn is_source_phrase(&self, chunks: &[Chunk], k: usize) -> bool {
        let initial = k == 0 || chunks[k - 1].is_mark(',');
        let role = chunks.get(k + 1).and_then(Chunk::noun).and_then(|g| g.role);
        initial && matches!(role, Some(NounRole::Speaker(r)) if self.chunker.lexicon.role(r).contains("source"))
    }
}

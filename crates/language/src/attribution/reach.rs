//! How far the words of a source reach.

use std::ops::Range;

use super::{Attributions, Sentence};
use crate::chunk::{Chunk, Mood};
use crate::lexicon::Class;

impl Attributions<'_> {
    /// 'des combats qui ont fait 350 morts, selon X': a cue at the end speaks for the relative clause before it alone.
    pub(super) fn relative_before(&self, sentence: &Sentence, k: usize) -> Option<usize> {
        let chunks = &sentence.chunks;
        let limit = chunks[..k].iter().rposition(|c| c.is_mark(';')).unwrap_or(0);
        let relative =
            limit + chunks[limit..k].iter().rposition(|c| c.is(Class::Relative) && !c.is(Class::Subordinator))?;
        // 'in Volgograd, where a refinery burned, according to the governor': an aside that is closed.
        let aside = relative > 0 && chunks[relative - 1].is_mark(',') && chunks[k - 1].is_mark(',');
        if aside {
            return None;
        }
        let verbs = chunks[relative..k]
            .iter()
            .filter_map(Chunk::verb)
            .filter(|v| matches!(v.mood, Mood::Indicative | Mood::Conditional));
        let main_before = chunks[..relative]
            .iter()
            .filter_map(Chunk::verb)
            .any(|v| matches!(v.mood, Mood::Indicative | Mood::Conditional));
        (verbs.count() == 1 && main_before).then(|| chunks[relative].tokens().start)
    }

    /// The part of the sentence around a cue that its source can speak for: up to the next semicolon on either side.
    pub(super) fn segment(&self, sentence: &Sentence, k: usize) -> Range<usize> {
        let strong = |c: &Chunk| c.is_mark(';');
        let start = sentence.chunks[..k]
            .iter()
            .rposition(strong)
            .map_or(sentence.tokens.start, |i| sentence.chunks[i].tokens().end);
        let end = sentence.chunks[k..]
            .iter()
            .position(strong)
            .map_or(sentence.tokens.end, |i| sentence.chunks[k + i].tokens().start);
        start..end
    }

    /// Content reaches back over a whole quotation that ends just before the cue, and forward over one that begins
    /// in it.
    pub(super) fn with_quotation(&self, content: Range<usize>, cue: usize) -> Range<usize> {
        let mut content = content;
        // Quotations stand in order: only those that reach to the content can matter.
        let from = self.quotations.partition_point(|q| q.end + 3 < content.start);
        let reach = content.end;
        for quotation in self.quotations[from..].iter().take_while(|q| q.start <= reach) {
            let ends_before = quotation.end < cue && cue - quotation.end <= 3;
            let begins_within = content.contains(&quotation.start) && quotation.start > cue;
            let around = quotation.contains(&cue);
            if ends_before || around {
                content.start = content.start.min(quotation.start);
            }
            if begins_within {
                content.end = content.end.max(quotation.end);
            }
        }
        content
    }

    /// 'Le groupe, qui compterait un millier d'hommes, a incendié …': what a verb says in a relative clause ends with it.
    pub(super) fn end_of_relative(&self, chunks: &[Chunk], k: usize) -> usize {
        let relative = k >= 2
            && chunks[k - 1].is(Class::Relative)
            && !chunks[k - 1].is(Class::Subordinator)
            && chunks[k - 2].is_mark(',');
        let closes = |i: &usize| chunks[*i].is_mark(',') && chunks.get(i + 1).is_some_and(crate::is_finite);
        let comma = (k + 1..chunks.len()).find(closes).filter(|_| relative);
        comma.map_or(usize::MAX, |comma| chunks[comma].tokens().start)
    }

    /// 'Bien que X n'ait pas confirmé Y, Z …': what a concession says ends with its comma.
    pub(super) fn end_of_concession(&self, sentence: &Sentence, k: usize) -> usize {
        let chunks = &sentence.chunks;
        let concedes = chunks[..k].iter().take(3).any(|c| c.is(Class::Concession) || c.is(Class::Hypothesis));
        let comma = chunks[k..].iter().position(|c| c.is_mark(',')).filter(|_| concedes);
        comma.map_or(sentence.tokens.end, |c| chunks[k + c].tokens().start)
    }
}

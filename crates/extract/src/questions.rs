//! Questions: they state nothing, and say what the answer counts.

use std::ops::Range;

use recoup_language::Chunk;
use recoup_language::lexicon::Class;

use crate::candidates::Candidate;
use crate::frames::Reader;

impl Reader<'_, '_> {
    /// What a question asks the number of: 'Combien de victimes dans l'école ?'.
    pub(crate) fn asked(&self, chunks: &[Chunk]) -> Option<String> {
        let asks = chunks.iter().any(|c| c.is_mark('?'));
        let chunker = self.article.chunker;
        let how_many = |c: &Chunk| {
            let tokens = c.tokens();
            (tokens.start.saturating_sub(2)..tokens.end).any(|t| chunker.has(t, Class::HowMany))
        };
        let noun =
            chunks.iter().filter(|_| asks).find(|c| c.noun().is_some_and(|g| g.class.is_some()) && how_many(c))?;
        let class = self.article.lexicon.noun_class(noun.noun()?.class?);
        // 'Combien d'arrestations ?'.
        let of_people =
            |i: &&str| i.starts_with("prisoners.") || i.starts_with("casualties.") || i.starts_with("people.");
        class.indicator.as_deref().filter(|i| class.argument.is_none() || of_people(i)).map(str::to_owned)
    }

    /// 'Combien sont-ils ?': of whom is not said.
    pub(crate) fn asks_a_number(&self, chunks: &[Chunk]) -> bool {
        let asks = chunks.iter().any(|c| c.is_mark('?'));
        asks && chunks.iter().any(|c| self.article.chunker.has(c.tokens().start, Class::HowMany))
    }

    /// 'How many people died may never be known': who are asked about are not counted.
    pub(crate) fn asks_how_many(&self, chunks: &[Chunk], candidate: &Candidate) -> bool {
        let Some(theme) = &candidate.theme else { return false };
        let tokens = theme.tokens(chunks);
        let chunker = self.article.chunker;
        theme.figure(chunks).is_none()
            && (tokens.start.saturating_sub(2)..tokens.end).any(|t| chunker.has(t, Class::HowMany))
    }
}

/// Whether a clause asks.
pub(crate) fn is_question(chunks: &[Chunk], clause: &Range<usize>) -> bool {
    chunks[clause.clone()].iter().any(|c| c.is_mark('?'))
}

//! Reads a text as far as chunks.

use std::ops::Range;

use recoup_language::lexicon::Lexicon;
use recoup_language::{Calendar, Chunker, Names, Sentence, Tokens, When, sentences, world};
use recoup_model::Span;

/// A text and what was read in it.
pub(crate) struct Reading<'a> {
    pub(crate) text: &'a str,
    pub(crate) chunker: &'a Chunker<'a>,
    pub(crate) sentences: &'a [Sentence],
}

/// Reads a text of one paragraph and hands it with its times to `show`: what is read borrows from itself.
pub(crate) fn read(
    language: &str,
    names: &Names,
    text: &str,
    show: impl FnOnce(&Reading<'_>, &[When]) -> String,
) -> String {
    let tokens = Tokens::new(text, lexicon(language).vocabulary());
    let spans = sentences(text, Span::new(0, text.len()).unwrap());
    let ranges: Vec<Range<usize>> = spans.iter().map(|s| tokens.within(*s)).collect();
    let calendar = Calendar::of(language).unwrap();
    let whens: Vec<When> = ranges.iter().flat_map(|range| calendar.find(&tokens, range.clone())).collect();
    let times: Vec<Range<usize>> = whens.iter().map(|w| w.tokens.clone()).collect();
    let chunker = Chunker::new(&tokens, lexicon(language), names, &times);
    let sentences: Vec<Sentence> = ranges
        .into_iter()
        .map(|range| Sentence { chunks: chunker.chunks(range.clone()), tokens: range, block: 0 })
        .collect();
    show(&Reading { text, chunker: &chunker, sentences: &sentences }, &whens)
}

/// The names of the world for texts in a language.
pub(crate) fn world_names(language: &str) -> Names {
    Names::new(world(), lexicon(language))
}

pub(crate) fn lexicon(language: &str) -> &'static Lexicon {
    Lexicon::of(language).unwrap()
}

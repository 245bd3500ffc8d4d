//! Attribution: which words of a text are whose.

mod label;
mod reach;
mod reading;
mod unspoken;
mod verb;
mod who;

use std::ops::Range;

use crate::chunk::{Chunk, Chunker};
use crate::lexicon::Speech;
use crate::speaker::{Cast, Speaker, Speakers};

/// A source, the words that attribute, and the words that are attributed.
#[derive(Debug, Clone)]
pub struct Attribution {
    /// Who says it; several together. Nobody, where a text denies and does not let itself be read as to who.
    pub speakers: Vec<Speaker>,
    /// Who passes it on.
    pub via: Vec<Speaker>,
    /// The tokens of the cue: *selon*, *a déclaré*.
    pub cue: Range<usize>,
    /// What kind of speech.
    pub speech: Speech,
    /// Whether the verb of speech is negated: *n'a pas confirmé*.
    pub negated: bool,
    /// Whether the cue is a verb.
    pub verbal: bool,
    /// Whether who says it concedes it.
    pub concedes: bool,
    /// The tokens that are theirs, over sentences where a quotation reaches over them.
    pub content: Range<usize>,
    /// The sentence of the cue.
    pub sentence: usize,
    /// The colon in its sentence that is nearest to the cue: what lies beyond it is rather another's.
    pub colon: Option<usize>,
    /// What read it.
    pub rule: &'static str,
}

/// What a colon between a cue and what is said adds to their distance, in tokens.
const BEYOND_COLON: usize = 64;

impl Attribution {
    /// Words that somebody says without a verb, in sentence `sentence`.
    fn said(
        speakers: Vec<Speaker>,
        cue: Range<usize>,
        content: Range<usize>,
        sentence: usize,
        rule: &'static str,
    ) -> Self {
        Attribution {
            speakers,
            via: Vec::new(),
            cue,
            speech: Speech::Say,
            negated: false,
            verbal: false,
            concedes: false,
            content,
            sentence,
            colon: None,
            rule,
        }
    }

    /// How far the cue is from a token that is in its content; the nearest cue wins.
    pub fn distance(&self, token: usize) -> Option<usize> {
        if !self.content.contains(&token) {
            return None;
        }
        let distance = if token < self.cue.start { self.cue.start - token } else { token.saturating_sub(self.cue.end) };
        let beyond = self.colon.is_some_and(|colon| (token < colon) != (self.cue.start < colon));
        Some(if beyond { distance + BEYOND_COLON } else { distance })
    }
}

/// A sentence: its tokens, its chunks, and the block that it stands in.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its chunks.
    pub chunks: Vec<Chunk>,
    /// Index of its block.
    pub block: usize,
}

/// Finds the attributions of a text, sentence by sentence.
pub struct Attributions<'a> {
    chunker: &'a Chunker<'a>,
    speakers: &'a Speakers,
    quotations: &'a [Range<usize>],
    /// Who has appeared so far.
    cast: Cast,
    /// Whom pronouns take up.
    last: Vec<Speaker>,
    /// The first whom the sentence before names as its subject, where nobody speaks in it.
    topic: Vec<Speaker>,
    /// The armed group named last: 'les rebelles'.
    group: Option<u32>,
}

impl<'a> Attributions<'a> {
    /// A finder for a text with these quotations, about `country`: institutions of which nobody says whose they are
    /// are its own.
    pub fn new(
        chunker: &'a Chunker<'a>,
        speakers: &'a Speakers,
        quotations: &'a [Range<usize>],
        country: Option<u32>,
    ) -> Self {
        Attributions {
            chunker,
            speakers,
            quotations,
            cast: Cast::new(country),
            last: Vec::new(),
            topic: Vec::new(),
            group: None,
        }
    }

    /// The attributions of all sentences, in order.
    pub fn find(mut self, sentences: &[Sentence]) -> Vec<Attribution> {
        let mut all = Vec::new();
        let mut block = usize::MAX;
        for (index, sentence) in sentences.iter().enumerate() {
            let mut found = self.sentence(index, sentence);
            let first = self.quotations.partition_point(|q| q.end <= sentence.tokens.start);
            let quoted = self.quotations.get(first).is_some_and(|q| q.start <= sentence.tokens.start + 1);
            // A quotation without a cue goes on with the speaker of the one before it in the same block.
            if found.is_empty() && quoted && block == sentence.block && !self.last.is_empty() {
                let cue = sentence.tokens.start..sentence.tokens.start;
                let content = sentence.tokens.clone();
                all.push(Attribution::said(self.last.clone(), cue, content, index, "attribution.quotation"));
            }
            if let Some(last) = found.last().filter(|a| !a.speakers.is_empty()) {
                self.last = last.speakers.clone();
                block = sentence.block;
            }
            found.retain(|a| !self.is_outlet(a));
            for attribution in &mut found {
                attribution.colon = nearest_colon(sentence, &attribution.cue);
                self.meet(attribution);
            }
            all.extend(found);
        }
        all
    }
}

/// The colon of a sentence that is nearest to a cue; one right behind it introduces what is said, and parts nothing.
fn nearest_colon(sentence: &Sentence, cue: &Range<usize>) -> Option<usize> {
    let colons = sentence.chunks.iter().filter(|c| c.is_mark(':')).map(|c| c.tokens().start);
    colons.filter(|at| *at < cue.start || *at > cue.end + 4).min_by_key(|at| at.abs_diff(cue.start))
}

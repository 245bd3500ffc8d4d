//! An article with what was read in it and what was not: the claims, every figure and every word that could carry a
//! claim and carries none, each with its reason, and the names that no pack knows.
//!
//! Nothing is read a second time here: the reasons are told from the chunks, the candidates and what became of them.

mod figures;
mod reason;
mod strangers;
mod triggers;

use std::collections::BTreeSet;
use std::ops::Range;

use recoup_language::Figures;
use recoup_model::{Claim, Span};

use crate::article::Article;
use crate::candidates::Candidate;
use crate::clause::{clause_of, clauses};
use crate::frames::{self, Traced};
use crate::questions::is_question;
use crate::roles::Roles;
use crate::stance::is_hypothetical;

pub use self::reason::{Reason, Untaken, What};
pub use self::strangers::{Standing, Stranger};

/// What was read in a document, and what was not.
#[derive(Debug, Clone, Default)]
pub struct Annotation {
    /// The claims, in the order of the text.
    pub claims: Vec<Claim>,
    /// What made no claim, in the order of the text. Every figure is either here, once, or in a claim.
    pub untaken: Vec<Untaken>,
    /// Names that no pack knows, in the order of the text, each once.
    pub strangers: Vec<Stranger>,
}

/// Annotates an article; `wanted` are the indicators that are asked for, all where it is empty.
pub(crate) fn annotate(article: &Article<'_>, wanted: &[String]) -> Annotation {
    let mut trace = Vec::new();
    let (claims, repeated) = frames::read(article, Some(&mut trace));
    let fates: Vec<Fate> = claims
        .iter()
        .zip(repeated)
        .map(|(claim, repeated)| match repeated {
            true => Fate::Repeated,
            false if wanted.is_empty() || wanted.contains(&claim.indicator) => Fate::Kept,
            false => Fate::NotWanted(claim.indicator.clone()),
        })
        .collect();
    let kept = claims.into_iter().zip(&fates).filter(|(_, fate)| **fate == Fate::Kept);
    let claims: Vec<Claim> = kept.map(|(claim, _)| claim).collect();
    let counted = claims.iter().filter_map(|c| c.evidence.get("quantity")).map(|e| e.span).collect();
    let figures = Figures::new(article.chunker.tokens, article.lexicon);
    let mut annotator = Annotator { article, figures, trace, fates, counted, untaken: Vec::new() };
    annotator.figures_of_text();
    for index in 0..article.sentences.len() {
        annotator.triggers(index);
    }
    let mut untaken = annotator.untaken;
    untaken.sort_by_key(|u| (u.span.start(), u.span.end()));
    Annotation { claims, untaken, strangers: strangers::strangers(article) }
}

/// What became of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fate {
    Kept,
    Repeated,
    NotWanted(String),
}

/// Collects what made no claim.
struct Annotator<'s, 'a> {
    article: &'s Article<'a>,
    figures: Figures<'s>,
    trace: Vec<Traced>,
    /// By claim that was made.
    fates: Vec<Fate>,
    /// The figures of claims.
    counted: BTreeSet<Span>,
    untaken: Vec<Untaken>,
}

/// The chunks that a candidate is made of.
fn uses(candidate: &Candidate, k: usize) -> bool {
    let theme = candidate.theme.as_ref().is_some_and(|t| t.at == k || t.counted_by == Some(k));
    theme || candidate.at == k || candidate.verb == Some(k) || candidate.verb_end == Some(k)
}

impl<'s> Annotator<'s, '_> {
    fn span(&self, tokens: &Range<usize>) -> Span {
        self.article.chunker.tokens.span(tokens)
    }

    fn add(&mut self, tokens: &Range<usize>, what: What, reason: Reason) {
        let quote = self.article.words(tokens).to_owned();
        self.untaken.push(Untaken { span: self.span(tokens), quote, what, reason });
    }

    /// What the rules made of a sentence.
    fn of_sentence(&self, index: usize) -> impl Iterator<Item = &Traced> {
        let from = self.trace.partition_point(|t| t.sentence < index);
        let to = self.trace.partition_point(|t| t.sentence <= index);
        self.trace[from..to].iter()
    }

    fn is_kept(&self, traced: &Traced) -> bool {
        traced.claim.is_some_and(|claim| self.fates[claim] == Fate::Kept)
    }

    fn roles(&self, index: usize) -> Roles<'s, '_> {
        Roles { article: self.article, sentence: &self.article.sentences[index], counted: None }
    }

    /// Where a chunk stands in what states nothing.
    fn unstated(&self, index: usize, k: usize) -> Option<Reason> {
        let chunks = &self.article.sentences[index].chunks;
        if is_question(chunks, &clause_of(&clauses(chunks), k)) {
            return Some(Reason::Question);
        }
        is_hypothetical(chunks, k).then_some(Reason::Hypothesis)
    }

    /// Why a candidate is no claim that is shown.
    fn fate(&self, traced: &Traced) -> Reason {
        match traced.claim.map(|claim| &self.fates[claim]) {
            Some(Fate::Repeated) => Reason::RepeatedHeading,
            Some(Fate::NotWanted(indicator)) => Reason::NotWanted { indicator: indicator.clone() },
            Some(Fate::Kept) => Reason::NoRule,
            None => self.unstated(traced.sentence, traced.candidate.at).unwrap_or_else(|| {
                if traced.candidate.part.is_some() { Reason::PartOfNothing } else { Reason::NoRule }
            }),
        }
    }
}

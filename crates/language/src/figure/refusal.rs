//! What makes a numeral no figure: the words and marks beside it, told to those who ask why nothing was counted.

use std::ops::Range;

use super::{Figure, FigureKind, Figures};
use crate::TokenKind;
use crate::lexicon::Class;

/// Why a numeral counts nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The tokens before it: 'article', 'brigade', '$'.
    Before(Range<usize>),
    /// The tokens behind it: 'mm', 'ans', '%'.
    After(Range<usize>),
    /// It is a part of a longer number or mark: '04 99 00', '4:07', 'T-72'.
    Part,
    /// It is a year.
    Year,
}

/// A numeral of the text, whether it is a figure or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// Its tokens, with the modifier that bounds it.
    pub tokens: Range<usize>,
    /// What makes it no figure; `None` where nothing does.
    pub refusal: Option<Refusal>,
}

impl Figures<'_> {
    /// The numerals between two tokens, in order and without overlap: figures, what is refused as one, and digits inside
    /// other words ('M23'). Articles and 'aucun' are none.
    pub fn numerals(&self, range: Range<usize>) -> Vec<Read> {
        let mut found = Vec::new();
        let mut i = range.start;
        while i < range.end {
            let figure = self.read(i, range.end).filter(|f| f.kind == FigureKind::Count && f.tokens.end <= range.end);
            let read = match figure {
                Some(figure) => Some(Read { refusal: self.refusal(&figure), tokens: figure.tokens }),
                None => self
                    .tokens
                    .raw(i)
                    .contains(|c: char| c.is_ascii_digit())
                    .then_some(Read { tokens: i..i + 1, refusal: Some(Refusal::Part) }),
            };
            i = read.as_ref().map_or(i + 1, |read| read.tokens.end);
            found.extend(read);
        }
        found
    }

    /// What makes a figure none.
    pub(super) fn refusal(&self, figure: &Figure) -> Option<Refusal> {
        let tokens = self.tokens;
        if figure.kind == FigureKind::Zero {
            return None;
        }
        let (first, last) = (figure.core.start, figure.core.end - 1);
        let after = figure.core.end;
        let numeric = tokens.kind(first) == TokenKind::Number;
        let neighbour_digits = |i: usize| tokens.kind(i) == TokenKind::Number && numeric;
        let before = first.checked_sub(1);
        if self.has(after, Class::RefuseAfter) {
            let len = self.class_len(after, Class::RefuseAfter).unwrap_or(1);
            return Some(Refusal::After(after..after + len));
        }
        let sign = |i: usize| matches!(tokens.raw(i), "$" | "€" | "£" | "+" | "¥" | "#" | "№" | "n°" | "=");
        if let Some(i) = before.filter(|i| self.has(*i, Class::RefuseBefore) && numeric || sign(*i)) {
            return Some(Refusal::Before(i..i + 1));
        }
        let part = before.is_some_and(neighbour_digits)
            || neighbour_digits(after)
            || numeric && tokens.hyphen(first)
            || numeric && matches!(tokens.raw(after), ":" | "/" | "=") && !tokens.spaced(after)
            || before.is_some_and(|i| {
                numeric && matches!(tokens.raw(i), ":" | "/" | "-") && !tokens.spaced(i) && !tokens.spaced(first)
            });
        if part {
            return Some(Refusal::Part);
        }
        let year = first == last
            && numeric
            && is_year(tokens.raw(first))
            && figure.tokens.start == figure.core.start
            && self.lexicon.nouns.longest(tokens, after).is_none();
        year.then_some(Refusal::Year)
    }
}

/// Four digits without a separator from 1900 to 2099: a year, unless a modifier or a counted noun makes it a figure.
fn is_year(raw: &str) -> bool {
    raw.len() == 4 && matches!(raw.parse::<u16>(), Ok(1900..=2099))
}

//! Going through the tokens: at each place the longest reading wins, then reading goes on behind it.

use std::ops::Range;

use super::When;
use super::calendar::Calendar;
use super::cursor::{At, Line, Read};
use super::expression::{Expression, Stretch};
use crate::token::Tokens;

/// The grammar of one language: its shapes, each a function, each with the name that `explain` prints.
#[derive(Debug)]
pub(super) struct Grammar {
    /// Whether days and months are written with a capital; without one they are other words then (`may`, `march`).
    pub(super) capitals: bool,
    /// Expressions with what governs them: `depuis ...`, `entre ... et ...`.
    pub(super) expressions: &'static [Rule],
    /// Stretches of the calendar: `le 14 décembre`, `la semaine dernière`.
    pub(super) stretches: &'static [Shape],
}

/// A named shape of expression.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) read: for<'a> fn(At<'a>) -> Read<'a, Expression>,
}

/// A named shape of stretch.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) name: &'static str,
    pub(super) read: for<'a> fn(At<'a>, Stand) -> Read<'a, Stretch>,
}

/// Whether something before a stretch already makes it a time: `mars` alone may be anything, `depuis mars` may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// Nothing read so far speaks for a time.
    Alone,
    /// A preposition of time, or a part of a stretch, stands before.
    Governed,
}

impl Calendar {
    /// The time expressions that lie within a range of tokens, in order and without overlap.
    ///
    /// Words before the range are looked at where they decide (`a été`), but never taken in.
    pub fn find(&self, tokens: &Tokens, range: Range<usize>) -> Vec<When> {
        let range = range.start.min(tokens.len())..range.end.min(tokens.len());
        let line = Line::new(self, tokens, range.clone());
        let mut found = Vec::new();
        let mut index = range.start;
        while index < range.end {
            let at = At::new(&line, index);
            let when = if at.may_start() { self.read(at) } else { None };
            index = when.as_ref().map_or(index + 1, |when| when.tokens.end);
            found.extend(when);
        }
        found
    }

    fn read(&self, at: At) -> Option<When> {
        let governed = self.grammar.expressions.iter().filter_map(|rule| {
            let (expression, behind) = (rule.read)(at)?;
            Some(((rule.name, expression), behind))
        });
        let alone = at.named_stretch(Stand::Alone);
        let alone = alone.map(|((name, stretch), behind)| ((name, Expression::In(stretch)), behind));
        let ((rule, expression), behind) = governed.chain(alone).reduce(longer)?;
        Some(When { tokens: at.index..behind.index, expression, rule })
    }
}

impl<'a> At<'a> {
    /// The longest stretch from here on.
    pub(super) fn stretch(self, stand: Stand) -> Read<'a, Stretch> {
        if !self.may_start() {
            return None;
        }
        let ((_, stretch), behind) = self.named_stretch(stand)?;
        Some((stretch, behind))
    }

    /// The longest stretch from here on, with the name of its shape.
    fn named_stretch(self, stand: Stand) -> Read<'a, (&'static str, Stretch)> {
        self.remembered(stand, || {
            let shapes = self.grammar().stretches.iter();
            let read = shapes.filter_map(|shape| {
                let (stretch, behind) = (shape.read)(self, stand)?;
                Some(((shape.name, stretch), behind))
            });
            read.reduce(longer)
        })
    }
}

/// The reading that goes further; the first of two that go equally far.
fn longer<'a, T>(first: (T, At<'a>), second: (T, At<'a>)) -> (T, At<'a>) {
    if second.1.index > first.1.index { second } else { first }
}

//! Time expressions: finding them, and resolving them to days.
//!
//! [`Calendar::find`] reads a language's words into [`Expression`]s, which say what the text says and no more;
//! [`When::resolve`] lays them on the calendar, against the day of publication and the last time mentioned. What
//! neither the words nor these two settle stays unresolved: no date is ever made up.

mod calendar;
mod cursor;
mod english;
mod expression;
mod find;
mod french;
mod phrases;
mod resolve;
mod role;
mod shapes;
#[cfg(test)]
mod tests;

use std::ops::Range;

use jiff::civil::Date;

pub use calendar::Calendar;
pub use expression::Expression;
pub(crate) use phrases::Word as TimeWord;

/// A time expression as found: a range of tokens and what it says, not yet resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// The tokens it is made of, with the preposition where that carries meaning (`since March`, `depuis mars`).
    pub tokens: Range<usize>,
    /// What it says.
    pub expression: Expression,
    /// The rule that read it: language, then shape (`fr/weekday`).
    pub rule: &'static str,
}

impl When {
    /// Whether it says how long and not when: `en trois jours`, `for two weeks`, `après deux jours de combats`.
    pub fn is_duration(&self) -> bool {
        matches!(self.expression, Expression::Within(_) | Expression::Spell(_) | Expression::Ended(_))
    }

    /// Whether it says by when: `by mid-April`, `d'ici à mai`.
    pub fn is_deadline(&self) -> bool {
        self.rule.ends_with("/until")
    }

    /// The days it stands for; `None` where the anchors do not settle it.
    ///
    /// `direction` decides what the calendar leaves open: `mardi` is the last Tuesday up to the publication in a
    /// clause about the past, the next one from it on in a clause about the future.
    pub fn resolve(&self, anchors: &Anchors, direction: Direction) -> Option<Interval> {
        resolve::resolve(self.expression, anchors, direction)
    }
}

/// What relative expressions are resolved against.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Anchors {
    /// Day of publication of the document; `None` where it is nowhere stated.
    pub published: Option<Date>,
    /// First and last day of the time mentioned last in the document, for `le même jour`, `the day before`.
    pub last: Option<(Date, Date)>,
}

/// Where a clause looks, from its tense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Up to the publication.
    Past,
    /// From the publication on.
    Future,
}

/// Days, both ends included; an end that is `None` is open or unknown. Never both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
}

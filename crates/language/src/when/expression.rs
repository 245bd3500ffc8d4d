//! What a time expression says, before any point of reference is known.

use jiff::civil::Weekday;
use serde::Deserialize;

/// What a time expression says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expression {
    /// Some time in it: `mardi`, `in October`, `la semaine dernière`.
    In(Stretch),
    /// Since its first day, which lies behind: `depuis août dernier`.
    Since(Stretch),
    /// From its first day on, whichever way the clause looks: `à partir de lundi`, `starting Monday`.
    From(Stretch),
    /// Up to its last day: `jusqu’en mars`, `by March`.
    Until(Stretch),
    /// From the publication to its last day, which lies ahead: `d’ici mars`.
    Ahead(Stretch),
    /// Up to the day before it: `avant le 3 mars`.
    Before(Stretch),
    /// From the day after it on: `after 3 March`.
    After(Stretch),
    /// From the first day of the one to the last day of the other: `entre janvier et février 2025`.
    Between(Stretch, Stretch),
    /// For so long up to now: `depuis deux ans`.
    Lasting(Length),
    /// In the course of so long: `en une semaine`.
    Within(Length),
    /// In the window of so long that ends with the publication: `in the past ten days`, `ces derniers mois`.
    Past(Length),
    /// In the full days, weeks... before the publication: `au cours des deux derniers jours`.
    Last(Length),
    /// In the window of so long that begins with the publication: `d’ici trois mois`, `sous peu`.
    Coming(Length),
    /// So long before the time mentioned last: `trois jours plus tôt`.
    Earlier(Length),
    /// So long after the time mentioned last: `two weeks later`.
    Later(Length),
    /// For so long, no matter when: `pendant deux jours`.
    Spell(Length),
    /// For so long up to the time mentioned last: `après deux jours de combats`.
    Ended(Length),
}

/// A length of time; a count that the text leaves open (`quelques`, `several`) is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// How many units.
    pub count: Option<u16>,
    /// Of which unit.
    pub unit: Unit,
}

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Only in lengths, where 24 of them make a day.
    Hour,
    /// A day.
    Day,
    /// The evening of one day and the morning of the next.
    Night,
    /// Saturday and Sunday.
    Weekend,
    /// Monday to Sunday.
    Week,
    /// Two weeks; only in lengths.
    Fortnight,
    /// A month.
    Month,
    /// Three months from January, April, July or October.
    Quarter,
    /// Six months from January or July.
    Half,
    /// A year.
    Year,
    /// Ten years, from one that ends in 0.
    Decade,
}

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The whole.
    pub base: Base,
    /// The part of it that is meant.
    pub part: Part,
}

/// A stretch of the calendar as named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// A day by its number: `le 3`, `16 December`, `1er février 2021`.
    Day {
        /// 1 to 31.
        day: i8,
        /// 1 to 12; `None` where only the number is said.
        month: Option<i8>,
        /// The year it lies in.
        year: Year,
    },
    /// A run of months: one month, a quarter, a half, a season or a year.
    Months {
        /// The first month, 1 to 12.
        first: i8,
        /// How many months, at most 12; winter runs into the next year.
        count: i8,
        /// The year of the first month.
        year: Year,
    },
    /// Ten years from this one.
    Decade(i16),
    /// A day of the week. `Year::Last` is the one before the publication, `Year::Next` the one after it.
    Weekday(Weekday, Year),
    /// The unit around the publication (0), before it (-1), after it (1).
    Now(Unit, i16),
    /// The unit around the time mentioned last (0), before it (-1), after it (1).
    Then(Unit, i16),
    /// So long before the publication: `il y a trois jours`.
    Ago(Length),
    /// So long after the publication: `dans trois jours`.
    Ahead(Length),
}

/// Which of the stretches of one name, that come back year by year or week by week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Year {
    /// Not said: the nearest in the direction of the clause.
    Nearest,
    /// `dernier`, `last`: the nearest that lies wholly behind.
    Last,
    /// `prochain`, `next`: the nearest that lies wholly ahead.
    Next,
    /// The year by its number.
    Said(i16),
    /// The year of publication (0), the one before (-1), after (1).
    Now(i16),
    /// The year of the time mentioned last (0), the one before (-1), after (1).
    Then(i16),
    /// `suivant`, `following`: the nearest after the time mentioned last.
    Following,
    /// `précédent`, `previous`: the nearest before the time mentioned last.
    Preceding,
}

/// Part of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// All of it.
    Whole,
    /// The beginning: of a month days 1 to 10, of a year its first quarter.
    Early,
    /// The middle: of a month days 11 to 20, of a year its second and third quarter.
    Mid,
    /// The end: of a month from day 21 on, of a year its last quarter.
    Late,
    /// The first half; of a month days 1 to 15.
    FirstHalf,
    /// The second half; of a month from day 16 on.
    SecondHalf,
    /// The nth seven days.
    Week(i8),
    /// The last seven days.
    LastWeek,
    /// The evening of its last day and the morning after.
    Night,
    /// The evening before its first day and that day's morning: `overnight into Tuesday`.
    NightInto,
    /// What had passed of it by the publication: `earlier this month`.
    SoFar,
    /// What is left of it from the publication on: `later this year`.
    Rest,
}

impl Stretch {
    /// All of a base.
    pub(super) fn whole(base: Base) -> Self {
        Stretch { base, part: Part::Whole }
    }

    /// The same base, another part.
    pub(super) fn part(self, part: Part) -> Self {
        Stretch { part, ..self }
    }

    /// A day or a month by name, or a year by number: what dates an event by itself.
    pub(super) fn is_dated(&self) -> bool {
        matches!(self.base, Base::Day { month: Some(_), .. } | Base::Months { .. })
    }

    /// Whether the calendar comes back to it: which one is meant depends on the direction.
    pub(super) fn recurs(&self) -> bool {
        matches!(
            self.base,
            Base::Day { year: Year::Nearest, .. }
                | Base::Months { year: Year::Nearest, .. }
                | Base::Weekday(_, Year::Nearest)
        )
    }
}

impl From<Base> for Stretch {
    fn from(base: Base) -> Self {
        Stretch::whole(base)
    }
}

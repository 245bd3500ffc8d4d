//! Reporting periods.

use std::fmt;
use std::iter;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::{Span as Duration, Unit as Of};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A reporting period: both days included. `end` is the cut-off, the last day of what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Period {
    /// First day.
    pub start: Date,
    /// Last day; the cut-off.
    pub end: Date,
}

impl Period {
    /// Whether the day lies in it.
    pub fn contains(self, day: Date) -> bool {
        self.start <= day && day <= self.end
    }

    /// How many days it has.
    pub fn days(self) -> u32 {
        self.start.until(self.end).map_or(0, |span| span.get_days()).unsigned_abs() + 1
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.start, self.end)
    }
}

/// How long periods are, and where they begin.
///
/// - `1 week`, `10 days`: so long up to the cut-off, whatever day that is.
/// - `day`, `week` (Monday to Sunday), `month`, `quarter`, `year`: those of the calendar.
/// - `every 10 days from 2025-01-06`: one after the other from a day on, and before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct PeriodLength(Form);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Ends on the cut-off.
    Rolling(Step),
    /// Of the calendar.
    Calendar(Unit),
    /// From a day on.
    Every(Grid),
}

/// So many units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    count: u16,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// Periods of one length, one after the other, of which one begins on `start`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Grid {
    step: Step,
    start: Date,
}

/// A Monday, and the first day of a month, a quarter and a year.
const EPOCH: Date = jiff::civil::date(2024, 1, 1);

/// A text that is no length of a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPeriod {
    /// Neither a number of units nor a unit of the calendar.
    #[error("`{0}` is no length of a period")]
    Length(String),
    /// Repeated, without a day on which one begins.
    #[error("`{0}` does not say on which day a period begins")]
    NoStart(String),
    /// What stands behind `from` is no day.
    #[error("`{0}` is no day on which a period can begin")]
    Start(String),
}

impl InvalidPeriod {
    /// What to write instead.
    pub fn help(&self) -> String {
        match self {
            InvalidPeriod::Length(_) => "write a number from 1 to 999 and a unit, such as \"1 week\" or \"10 days\", for so \
                                         long up to the cut-off; or \"day\", \"week\", \"month\", \"quarter\" or \"year\" \
                                         for those of the calendar"
                .to_owned(),
            InvalidPeriod::NoStart(text) => format!("write \"{text} from 2025-01-06\""),
            InvalidPeriod::Start(_) => "write a day of the calendar as year, month and day, such as 2025-01-06".to_owned(),
        }
    }
}

impl PeriodLength {
    /// Periods of `length`, such as `10 days` or `week`, one after the other, of which one begins on `start`.
    ///
    /// # Errors
    /// [`InvalidPeriod::Length`] where `length` is neither a number of units nor a unit.
    pub fn every(length: &str, start: Date) -> Result<Self, InvalidPeriod> {
        Ok(PeriodLength(Form::Every(Grid { step: Step::repeated(length)?, start })))
    }

    /// The period whose cut-off is `end`, or `None` where it would leave the calendar. It is the one that contains the
    /// day, as far as the day.
    pub fn ending(self, end: Date) -> Option<Period> {
        let start = match self.grid() {
            Some(grid) => grid.start_of(grid.index(end)?)?,
            None => self.previous(end)?.tomorrow().ok()?,
        };
        Some(Period { start, end })
    }

    /// The cut-off of the period before the one whose cut-off is `end`: its last day.
    pub fn previous(self, end: Date) -> Option<Date> {
        match self.0 {
            Form::Rolling(step) => end.checked_sub(step.times(1)?).ok(),
            Form::Calendar(_) | Form::Every(_) => self.ending(end)?.start.yesterday().ok(),
        }
    }

    /// The last days of all periods that lie wholly between two days, both included, in order. Where a period ends on any
    /// cut-off, the first one begins on `from`.
    pub fn series(self, from: Date, to: Date) -> impl Iterator<Item = Date> {
        let grid = self.grid().unwrap_or_else(|| match self.0 {
            Form::Rolling(step) | Form::Every(Grid { step, .. }) => Grid { step, start: from },
            Form::Calendar(unit) => Grid::of(unit),
        });
        let first = grid.index(from).map(|at| at + i64::from(grid.start_of(at) != Some(from)));
        let mut at = first;
        iter::from_fn(move || {
            let end = grid.last_of(at?)?;
            at = at.map(|at| at + 1);
            (end <= to).then_some(end)
        })
    }

    /// The periods among which that of a day is found; `None` where each cut-off has its own.
    fn grid(self) -> Option<Grid> {
        match self.0 {
            Form::Rolling(_) => None,
            Form::Calendar(unit) => Some(Grid::of(unit)),
            Form::Every(grid) => Some(grid),
        }
    }
}

impl Grid {
    /// The days, weeks, months, quarters or years of the calendar.
    fn of(unit: Unit) -> Self {
        Grid { step: Step { count: 1, unit }, start: EPOCH }
    }

    /// First day of the period with this number; 0 is the one that begins on `start`.
    ///
    /// Counted from `start`, not from the period before: months that begin on a 31st do so again after February.
    fn start_of(self, at: i64) -> Option<Date> {
        self.start.checked_add(self.step.times(at)?).ok()
    }

    /// Last day of the period with this number.
    fn last_of(self, at: i64) -> Option<Date> {
        self.start_of(at + 1)?.yesterday().ok()
    }

    /// The number of the period that contains `day`.
    fn index(self, day: Date) -> Option<i64> {
        let (unit, size) = self.step.measure();
        if unit == Of::Day {
            let days = self.start.until(day).ok()?.get_days();
            return Some(i64::from(days).div_euclid(size));
        }
        let months = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month());
        let at = (months(day) - months(self.start)).div_euclid(size);
        // In the month in which it begins, the days before its first one are those of the period before.
        Some(if self.start_of(at)? <= day { at } else { at - 1 })
    }
}

impl Step {
    /// What stands behind `every`: `10 days`, `week`.
    fn repeated(text: &str) -> Result<Self, InvalidPeriod> {
        match Unit::named(text.trim()) {
            Some(unit) => Ok(Step { count: 1, unit }),
            None => text.parse(),
        }
    }

    /// Its size in days or months.
    fn measure(self) -> (Of, i64) {
        let n = i64::from(self.count);
        match self.unit {
            Unit::Day => (Of::Day, n),
            Unit::Week => (Of::Day, 7 * n),
            Unit::Month => (Of::Month, n),
            Unit::Quarter => (Of::Month, 3 * n),
            Unit::Year => (Of::Month, 12 * n),
        }
    }

    /// So many of it, or `None` where no calendar holds them.
    fn times(self, number: i64) -> Option<Duration> {
        let (unit, size) = self.measure();
        let amount = size.checked_mul(number)?;
        let none = Duration::new();
        if unit == Of::Day { none.try_days(amount).ok() } else { none.try_months(amount).ok() }
    }
}

impl Unit {
    const ALL: [Unit; 5] = [Unit::Day, Unit::Week, Unit::Month, Unit::Quarter, Unit::Year];

    fn name(self) -> &'static str {
        match self {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Quarter => "quarter",
            Unit::Year => "year",
        }
    }

    /// The unit with this name.
    fn named(name: &str) -> Option<Self> {
        Unit::ALL.into_iter().find(|unit| unit.name() == name)
    }
}

impl FromStr for Step {
    type Err = InvalidPeriod;

    fn from_str(text: &str) -> Result<Self, InvalidPeriod> {
        let invalid = || InvalidPeriod::Length(text.to_owned());
        let (count, unit) = text.trim().split_once(' ').ok_or_else(invalid)?;
        let unit = unit.trim();
        let unit = Unit::named(unit.strip_suffix('s').unwrap_or(unit)).ok_or_else(invalid)?;
        match count.parse() {
            Ok(count @ 1..=999) => Ok(Step { count, unit }),
            _ => Err(invalid()),
        }
    }
}

impl FromStr for PeriodLength {
    type Err = InvalidPeriod;

    fn from_str(text: &str) -> Result<Self, InvalidPeriod> {
        let trimmed = text.trim();
        if let Some(unit) = Unit::named(trimmed) {
            return Ok(PeriodLength(Form::Calendar(unit)));
        }
        let Some(repeated) = trimmed.strip_prefix("every ") else {
            return Ok(PeriodLength(Form::Rolling(text.parse()?)));
        };
        match repeated.split_once(" from ") {
            Some((length, start)) => {
                let start = start.trim();
                PeriodLength::every(length, start.parse().map_err(|_| InvalidPeriod::Start(start.to_owned()))?)
            }
            None => {
                // A length that is none is the mistake to mend first.
                Step::repeated(repeated)?;
                Err(InvalidPeriod::NoStart(trimmed.to_owned()))
            }
        }
    }
}

impl TryFrom<String> for PeriodLength {
    type Error = InvalidPeriod;

    fn try_from(text: String) -> Result<Self, InvalidPeriod> {
        text.parse()
    }
}

impl From<PeriodLength> for String {
    fn from(length: PeriodLength) -> String {
        length.to_string()
    }
}

impl fmt::Display for PeriodLength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Form::Rolling(step) => step.fmt(f),
            Form::Calendar(unit) => f.write_str(unit.name()),
            Form::Every(Grid { step, start }) => write!(f, "every {step} from {start}"),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.count, self.unit.name(), if self.count == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests;

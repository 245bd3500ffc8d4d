//! Reporting periods.

use std::fmt;
use std::str::FromStr;

use jiff::Span as Duration;
use jiff::ToSpan;
use jiff::civil::Date;
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

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.start, self.end)
    }
}

/// How long a period is: `1 week`, `10 days`, `1 month`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct PeriodLength {
    count: u16,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// A text that is no length of a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no length of a period: write a number from 1 to 999 and day, week, month or year, such as \"1 week\""
)]
pub struct InvalidPeriod(String);

impl PeriodLength {
    /// The period of this length that ends on `end`, or `None` where it would leave the calendar.
    pub fn ending(self, end: Date) -> Option<Period> {
        let before = end.checked_sub(self.duration()).ok()?;
        Some(Period { start: before.tomorrow().ok()?, end })
    }

    /// The cut-off one period earlier.
    pub fn previous(self, end: Date) -> Option<Date> {
        end.checked_sub(self.duration()).ok()
    }

    fn duration(self) -> Duration {
        let n = i64::from(self.count);
        match self.unit {
            Unit::Day => n.days(),
            Unit::Week => n.weeks(),
            Unit::Month => n.months(),
            Unit::Year => n.years(),
        }
    }
}

impl FromStr for PeriodLength {
    type Err = InvalidPeriod;

    fn from_str(text: &str) -> Result<Self, InvalidPeriod> {
        let invalid = || InvalidPeriod(text.to_owned());
        let (count, unit) = text.trim().split_once(' ').ok_or_else(invalid)?;
        let unit = match unit.trim() {
            "day" | "days" => Unit::Day,
            "week" | "weeks" => Unit::Week,
            "month" | "months" => Unit::Month,
            "year" | "years" => Unit::Year,
            _ => return Err(invalid()),
        };
        match count.parse() {
            Ok(count @ 1..=999) => Ok(PeriodLength { count, unit }),
            _ => Err(invalid()),
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
        let unit = match self.unit {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        };
        write!(f, "{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_period_ends_on_its_cut_off() {
        let week: PeriodLength = "1 week".parse().unwrap();
        let period = week.ending(date(2025, 2, 28)).unwrap();
        assert_eq!(period.to_string(), "2025-02-22_2025-02-28");
        assert_eq!(week.previous(date(2025, 2, 28)), Some(date(2025, 2, 21)));
    }

    #[test]
    fn what_is_no_length_is_refused() {
        for text in ["", "week", "0 weeks", "1 fortnight", "-1 day", "1000 days"] {
            assert!(text.parse::<PeriodLength>().is_err(), "{text}");
        }
    }
}

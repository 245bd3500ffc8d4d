//! Event times: closed or half-open intervals of days.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// When an event took place: an interval of days, both ends included, either end open or unknown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "RawTime")]
#[schemars(!try_from)]
pub struct Time {
    start: Option<Date>,
    end: Option<Date>,
    /// The words of the text that were resolved.
    pub text: Option<String>,
    edtf: Option<String>,
}

/// A time that ends before it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a time cannot end ({end}) before it starts ({start})")]
pub struct InvalidTime {
    start: Date,
    end: Date,
}

#[derive(Deserialize)]
struct RawTime {
    start: Option<Date>,
    end: Option<Date>,
    text: Option<String>,
    edtf: Option<String>,
}

impl TryFrom<RawTime> for Time {
    type Error = InvalidTime;

    fn try_from(raw: RawTime) -> Result<Self, InvalidTime> {
        let mut time = Time::new(raw.start, raw.end, raw.text)?;
        if raw.edtf.is_some() {
            time.edtf = raw.edtf;
        }
        Ok(time)
    }
}

impl Time {
    /// An interval of days; the EDTF form is derived.
    pub fn new(start: Option<Date>, end: Option<Date>, text: Option<String>) -> Result<Self, InvalidTime> {
        if let (Some(start), Some(end)) = (start, end)
            && end < start
        {
            return Err(InvalidTime { start, end });
        }
        Ok(Time { start, end, text, edtf: edtf(start, end) })
    }

    /// Reads the forms that [`Time::edtf`] writes, and intervals of months and years; `None` where it is none.
    pub fn from_edtf(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('/').unwrap_or((text, text));
        let side = |side: &str| if side == ".." { Some(None) } else { days(side).map(Some) };
        let (from, to) = (side(from)?, side(to)?);
        if from.is_none() && to.is_none() {
            return None;
        }
        Time::new(from.map(|(first, _)| first), to.map(|(_, last)| last), None).ok()
    }

    /// First day, or `None` where open or unknown.
    pub fn start(&self) -> Option<Date> {
        self.start
    }

    /// Last day, or `None` where open or unknown.
    pub fn end(&self) -> Option<Date> {
        self.end
    }

    /// The interval in EDTF (ISO 8601-2, level 1): `2024-12-14/2024-12-15`, `2024-12`, `../2024-12-31`.
    pub fn edtf(&self) -> Option<&str> {
        self.edtf.as_deref()
    }

    /// Whether the two intervals share a day; open ends reach without limit.
    pub fn meets(&self, other: &Time) -> bool {
        let starts_by = |a: Option<Date>, b: Option<Date>| a.zip(b).is_none_or(|(a, b)| a <= b);
        starts_by(self.start, other.end) && starts_by(other.start, self.end)
    }

    /// Whether every day of `other` lies within; an open end is only within an open end.
    pub fn contains(&self, other: &Time) -> bool {
        let from = self.start.is_none_or(|start| other.start.is_some_and(|o| start <= o));
        let to = self.end.is_none_or(|end| other.end.is_some_and(|o| o <= end));
        from && to
    }
}

fn edtf(start: Option<Date>, end: Option<Date>) -> Option<String> {
    let (start, end) = match (start, end) {
        (None, None) => return None,
        (Some(start), None) => return Some(format!("{start}/..")),
        (None, Some(end)) => return Some(format!("../{end}")),
        (Some(start), Some(end)) => (start, end),
    };
    let last_of_month = end == end.last_of_month();
    Some(if start == end {
        start.to_string()
    } else if start == start.first_of_year() && end == start.last_of_year() {
        format!("{:04}", start.year())
    } else if start.day() == 1 && last_of_month && (start.year(), start.month()) == (end.year(), end.month()) {
        format!("{:04}-{:02}", start.year(), start.month())
    } else {
        format!("{start}/{end}")
    })
}

/// First and last day of a day, month or year.
fn days(text: &str) -> Option<(Date, Date)> {
    let parts: Vec<i16> = text.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let small = |part: i16| i8::try_from(part).ok();
    match *parts.as_slice() {
        [year] if text.len() == 4 => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
        [year, month] if text.len() == 7 => {
            let first = Date::new(year, small(month)?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        [year, month, day] if text.len() == 10 => {
            let day = Date::new(year, small(month)?, small(day)?).ok()?;
            Some((day, day))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn edtf_takes_the_shortest_form_that_says_the_same() {
        let cases = [
            (Some(date(2024, 12, 14)), Some(date(2024, 12, 15)), Some("2024-12-14/2024-12-15")),
            (Some(date(2024, 12, 14)), Some(date(2024, 12, 14)), Some("2024-12-14")),
            (Some(date(2024, 2, 1)), Some(date(2024, 2, 29)), Some("2024-02")),
            (Some(date(2024, 1, 1)), Some(date(2024, 12, 31)), Some("2024")),
            (Some(date(2024, 8, 1)), None, Some("2024-08-01/..")),
            (None, Some(date(2024, 12, 31)), Some("../2024-12-31")),
            (None, None, None),
        ];
        for (start, end, want) in cases {
            assert_eq!(Time::new(start, end, None).unwrap().edtf(), want);
        }
    }

    #[test]
    fn an_inverted_time_cannot_be_made_or_read() {
        assert!(Time::new(Some(date(2024, 12, 2)), Some(date(2024, 12, 1)), None).is_err());
        assert!(serde_json::from_str::<Time>(r#"{"start":"2024-12-02","end":"2024-12-01"}"#).is_err());
    }

    #[test]
    fn a_time_is_read_as_it_is_written() {
        for text in ["2024-12-14", "2024-02", "2024", "2024-12-14/2024-12-15", "2024-08-01/..", "../2024-12-31"] {
            assert_eq!(Time::from_edtf(text).as_ref().and_then(Time::edtf), Some(text));
        }
        assert_eq!(Time::from_edtf("2024-02/2024-03").as_ref().and_then(Time::edtf), Some("2024-02-01/2024-03-31"));
        for text in ["", "../..", "2024-13", "2024-02-30", "2024-12-15/2024-12-14", "mardi", "24-12-14"] {
            assert_eq!(Time::from_edtf(text), None, "{text}");
        }
    }
}

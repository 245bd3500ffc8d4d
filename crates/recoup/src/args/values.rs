//! Values of options, and what is said of those that cannot be read.

use clap::builder::{StringValueParser, TypedValueParser};
use jiff::Timestamp;
use jiff::civil::Date;

/// Reads a share from 0 to 1.
pub(super) fn rate() -> impl TypedValueParser<Value = f64> {
    StringValueParser::new().try_map(|text| match text.parse::<f64>() {
        Ok(rate) if (0.0..=1.0).contains(&rate) => Ok(rate),
        _ => Err("write a number from 0 to 1, such as 0.85"),
    })
}

/// A moment, or the end of a day in UTC.
pub(super) fn moment() -> impl TypedValueParser<Value = Timestamp> {
    StringValueParser::new().try_map(|text| {
        if let Ok(moment) = text.parse::<Timestamp>() {
            return Ok(moment);
        }
        let day =
            text.parse::<Date>().map_err(|_| "write a day or a moment, such as 2025-03-01 or 2025-03-01T06:00Z")?;
        let end = day.at(23, 59, 59, 0).to_zoned(jiff::tz::TimeZone::UTC);
        end.map(|end| end.timestamp()).map_err(|_| "the calendar has no such day")
    })
}

/// Reads a day, and teaches the form where it cannot.
pub(super) fn day() -> impl TypedValueParser<Value = Date> {
    StringValueParser::new().try_map(|text| {
        // jiff also reads times and compact forms; one form in scripts and reports is enough.
        let digits = |from: usize, to: usize| text.get(from..to).is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit()));
        let form = text.len() == 10 && digits(0, 4) && digits(5, 7) && digits(8, 10);
        if !form || text.as_bytes()[4] != b'-' || text.as_bytes()[7] != b'-' {
            return Err("write year-month-day, such as 2025-02-28");
        }
        text.parse::<Date>().map_err(|_| "the calendar has no such day")
    })
}

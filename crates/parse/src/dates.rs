//! Full calendar dates as French and English datelines write them. A date without a year is none.

use jiff::civil::Date;
use recoup_model::fold;

/// How `03/04/2025` is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumericOrder {
    /// As in French: the day first.
    DayFirst,
    /// As in English, where only a number above twelve tells the day from the month.
    Unknown,
}

/// Months as folded words, shortened or not, in both languages.
const MONTHS: [&[&str]; 12] = [
    &["janvier", "janv", "jan", "january"],
    &["fevrier", "fevr", "fev", "february", "feb"],
    &["mars", "march", "mar"],
    &["avril", "avr", "april", "apr"],
    &["mai", "may"],
    &["juin", "june", "jun"],
    &["juillet", "juil", "july", "jul"],
    &["aout", "august", "aug"],
    &["septembre", "sept", "september", "sep"],
    &["octobre", "oct", "october"],
    &["novembre", "nov", "november"],
    &["decembre", "dec", "december"],
];

const WEEKDAYS: &[&str] = &[
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];

/// The date at the start of `text`, and the rest. Articles, prepositions and a weekday may stand before it.
pub(crate) fn date_at(text: &str, order: NumericOrder) -> Option<(Date, &str)> {
    let text = skip_words(text, &["le", "ce", "on", "the", "du"]);
    let text = skip_words(text, WEEKDAYS).trim_start_matches([',', '.', ' ', '\u{a0}']);
    let text = skip_words(text, &["le", "the"]);
    let (date, rest) = if text.starts_with(|c: char| c.is_ascii_digit()) {
        iso(text).or_else(|| numeric(text, order)).or_else(|| day_month_year(text))?
    } else {
        month_day_year(text)?
    };
    (!rest.starts_with(char::is_alphanumeric)).then_some((date, rest))
}

/// `2024-12-16`
pub(crate) fn iso(text: &str) -> Option<(Date, &str)> {
    let (day, rest) = text.split_at_checked(10)?;
    let shaped =
        day.bytes().enumerate().all(|(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    if shaped { Some((day.parse().ok()?, rest)) } else { None }
}

/// `16/12/2024`, `16.12.2024`
fn numeric(text: &str, order: NumericOrder) -> Option<(Date, &str)> {
    let (first, rest) = number(text, 2)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '/' | '.' | '-'))?;
    let (second, rest) = number(&rest[1..], 2)?;
    let (year, rest) = year(rest.strip_prefix(mark)?)?;
    let (day, month) = match order {
        NumericOrder::DayFirst => (first, second),
        NumericOrder::Unknown if first > 12 || first == second => (first, second),
        NumericOrder::Unknown if second > 12 => (second, first),
        NumericOrder::Unknown => return None,
    };
    Some((date(year, month, day)?, rest))
}

/// `16 décembre 2024`, `1er janvier 2025`, `16th of December, 2024`
fn day_month_year(text: &str) -> Option<(Date, &str)> {
    let (day, rest) = number(text, 2)?;
    let rest = skip_ordinal(rest);
    let (month, rest) = month(skip_words(rest, &["of"]))?;
    let (year, rest) = year(rest)?;
    Some((date(year, month, day)?, rest))
}

/// `December 16, 2024`, `Dec. 16th 2024`
fn month_day_year(text: &str) -> Option<(Date, &str)> {
    let (month, rest) = month(text)?;
    let (day, rest) = number(rest, 2)?;
    let (year, rest) = year(skip_ordinal(rest).trim_start_matches([',', ' ', '\u{a0}']))?;
    Some((date(year, month, day)?, rest))
}

fn month(text: &str) -> Option<(i16, &str)> {
    let (name, rest) = word(text.trim_start());
    let folded = fold(name);
    let index = MONTHS.iter().position(|spellings| spellings.contains(&folded.as_str()))?;
    let rest = rest.trim_start_matches(['.', ',', ' ', '\u{a0}', '\u{202f}']);
    Some((i16::try_from(index).ok()? + 1, rest))
}

fn year(text: &str) -> Option<(i16, &str)> {
    number(text, 4).filter(|(year, _)| (1900..=2199).contains(year))
}

/// The number of at most `longest` digits at the start of `text`.
fn number(text: &str, longest: usize) -> Option<(i16, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=longest).contains(&digits) {
        return None;
    }
    Some((text[..digits].parse().ok()?, &text[digits..]))
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn skip_ordinal(text: &str) -> &str {
    ["er", "st", "nd", "rd", "th"].iter().find_map(|suffix| text.strip_prefix(suffix)).unwrap_or(text)
}

/// `text` without the first word, where that is one of `words`.
fn skip_words<'t>(text: &'t str, words: &[&str]) -> &'t str {
    let text = text.trim_start();
    let (first, rest) = word(text);
    if words.contains(&fold(first).as_str()) { rest.trim_start() } else { text }
}

/// The letters at the start of `text`, and the rest.
pub(crate) fn word(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len()))
}

/// `text` without a time of day at its start, such as `à 14h05`, `, 10:15 a.m. GMT` or ` - 14 h 05`.
pub(crate) fn skip_time(text: &str) -> &str {
    let lead = text.trim_start_matches([',', ' ', '\u{a0}', '-', '–', '—', '(']);
    let lead = skip_words(lead, &["a", "at", "vers"]);
    let Some((_, rest)) = number(lead, 2) else { return text };
    let rest = rest.trim_start();
    let Some(rest) = rest.strip_prefix(['h', 'H', ':']) else { return text };
    let rest = number(rest.trim_start(), 2).map_or(rest, |(_, rest)| rest);
    let rest = rest.trim_start();
    let rest = ["a.m.", "p.m.", "am", "pm", "AM", "PM"].iter().find_map(|half| rest.strip_prefix(half)).unwrap_or(rest);
    skip_words(rest, &["gmt", "utc", "cet", "cest", "est", "edt", "et", "bst", "heure", "min"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_dates_are_read_and_the_rest_is_left() {
        let cases = [
            ("16 décembre 2024 - Suite", "2024-12-16", " - Suite"),
            ("le 1er févr. 2025", "2025-02-01", ""),
            ("lundi 16 Décembre 2024 à 14h05", "2024-12-16", " à 14h05"),
            ("December 16, 2024 (Wire)", "2024-12-16", " (Wire)"),
            ("Mon, Dec. 16th 2024", "2024-12-16", ""),
            ("16th of May, 2024", "2024-05-16", ""),
            ("16/12/2024", "2024-12-16", ""),
            ("03.04.2025", "2025-04-03", ""),
            ("2024-12-16 08:00", "2024-12-16", " 08:00"),
        ];
        for (text, date, rest) in cases {
            let found = date_at(text, NumericOrder::DayFirst).map(|(date, rest)| (date.to_string(), rest));
            assert_eq!(found, Some((date.to_owned(), rest)), "{text}");
        }
    }

    #[test]
    fn what_is_no_full_date_is_none() {
        for text in [
            "16 décembre",
            "décembre 2024",
            "31 février 2024",
            "16 décembre 24",
            "16/13/2024",
            "2024",
            "mardi",
            "2024-12-161",
        ] {
            assert_eq!(date_at(text, NumericOrder::DayFirst), None, "{text}");
        }
    }

    #[test]
    fn an_ambiguous_numeric_date_is_not_guessed() {
        let read = |text| date_at(text, NumericOrder::Unknown).map(|(date, _)| date.to_string());
        assert_eq!(read("03/04/2025"), None);
        assert_eq!(read("12/16/2024").as_deref(), Some("2024-12-16"));
        assert_eq!(read("16/12/2024").as_deref(), Some("2024-12-16"));
        assert_eq!(read("05/05/2025").as_deref(), Some("2025-05-05"));
    }

    #[test]
    fn times_are_skipped() {
        for text in [" à 14h05", ", 14:05", " - 14 h 05", " at 10:15 a.m. GMT", " 9h"] {
            assert_eq!(skip_time(text), "", "{text}");
        }
        assert_eq!(skip_time(" 30 soldats"), " 30 soldats");
    }
}

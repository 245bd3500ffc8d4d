//! Days as feeds, mails and lists write them: the day where it was written, whatever that was in Greenwich.

use jiff::civil::Date;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The day of `2025-01-27T10:00:00+03:00`, `Mon, 27 Jan 2025 10:00:00 GMT`, `January 27, 2025` and their like.
pub(crate) fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    iso(text).or_else(|| worded(text))
}

fn iso(text: &str) -> Option<Date> {
    let day = text.get(..10)?;
    let rest = &text[10..];
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let day = if day.as_bytes()[4] == b'/' { day.replace('/', "-") } else { day.to_owned() };
    day.parse().ok()
}

/// A month by its name, and the numbers around it.
fn worded(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(8).collect();
    let month = |word: &&str| {
        let head = word.get(..3)?.to_ascii_lowercase();
        MONTHS.iter().position(|month| *month == head).filter(|_| word.chars().all(char::is_alphabetic))
    };
    let at = words.iter().position(|word| month(word).is_some())?;
    let number =
        |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit()).then(|| word.parse::<i16>().ok()).flatten();
    let (before, behind) =
        (at.checked_sub(1).and_then(|before| number(&words[before])), words.get(at + 1).and_then(number));
    let day = before.or(behind)?;
    // Hours stand between day and year in some forms: a year of two digits is only one right behind the month.
    let year = words.iter().filter(|word| word.len() == 4).find_map(number).or(behind.filter(|_| before.is_some()))?;
    let year = match year {
        0..=49 => 2000 + year,
        50..=99 => 1900 + year,
        _ => year,
    };
    let month = i8::try_from(month(&words[at])? + 1).ok()?;
    Date::new(year, month, i8::try_from(day).ok()?).ok().filter(|date| (1900..=2200).contains(&date.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_they_are_written() {
        let cases = [
            ("2025-01-27", Some("2025-01-27")),
            ("2025-01-27T00:30:00+03:00", Some("2025-01-27")),
            ("2025/01/27 10:00", Some("2025-01-27")),
            ("Mon, 27 Jan 2025 00:30:00 +0300", Some("2025-01-27")),
            ("27 Jan 25 10:00 EST", Some("2025-01-27")),
            ("Monday, 27-Jan-99 10:00:00 GMT", Some("1999-01-27")),
            ("January 27, 2025", Some("2025-01-27")),
            ("Mon Jan 27 10:00:00 2025", Some("2025-01-27")),
            ("2025-13-27", None),
            ("31 Feb 2025", None),
            ("tomorrow", None),
            ("", None),
            ("20250127é", None),
            ("Maé 1 2025", None),
            ("Jan 27", None),
        ];
        for (text, day_) in cases {
            assert_eq!(day(text).map(|day| day.to_string()).as_deref(), day_, "{text}");
        }
    }
}

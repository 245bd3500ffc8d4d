//! One message of a chat.

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, tz::TimeZone};
use recoup_plugin::serde_json::Value;

/// A message that somebody wrote.
#[derive(Debug, PartialEq)]
pub(crate) struct Message {
    /// Its number in the chat.
    pub(crate) id: i64,
    /// The day on which it was posted, on the clock of the computer that exported it.
    pub(crate) day: Date,
    /// Whether its text is of a later day than that.
    pub(crate) edited_later: bool,
    /// From whom it was passed on.
    pub(crate) forward: Option<Forward>,
    /// Its text without any markup.
    pub(crate) text: String,
}

/// Where a message that was passed on comes from.
#[derive(Debug, PartialEq)]
pub(crate) enum Forward {
    /// From a channel or person of this name.
    From(String),
    /// From somebody whom the export does not name: an account that is gone.
    Unknown,
}

/// Why a message cannot be read.
#[derive(Debug, PartialEq)]
pub(crate) struct Flaw {
    /// Its number, where at least that can be read.
    pub(crate) id: Option<i64>,
    /// What is wrong: 'has no `date`'.
    pub(crate) what: String,
    /// What `what` should be.
    pub(crate) expected: &'static str,
}

impl Message {
    /// Reads an entry of `messages`; `None` for what nobody wrote: members that join, a pinned message, a call.
    ///
    /// # Errors
    /// A message without a number, day or readable text.
    pub(crate) fn read(entry: &Value) -> Result<Option<Message>, Flaw> {
        let number = entry["id"].as_i64();
        let flaw = |what: &str, expected| Flaw { id: number, what: what.to_owned(), expected };
        match &entry["type"] {
            Value::String(kind) if kind == "message" => {}
            // Whatever else later versions of Telegram call by a name, they do not call a message.
            Value::String(_) => return Ok(None),
            _ => return Err(flaw("has no `type`", "`\"type\": \"message\"`")),
        }
        let id = number.ok_or_else(|| flaw("has no `id`", "a whole number"))?;
        let day = day(entry, "date").ok_or_else(|| match &entry["date"] {
            Value::Null => flaw("has no `date`", DATE),
            date => flaw(&format!("has `{date}` for a `date`"), DATE),
        })?;
        let texts = if entry["text"].is_null() { &entry["text_entities"] } else { &entry["text"] };
        let text = flatten(texts).ok_or_else(|| flaw("has a `text` that is none", TEXT))?;
        let forward = match &entry["forwarded_from"] {
            Value::String(name) if !name.trim().is_empty() => Some(Forward::From(name.trim().to_owned())),
            _ if entry.get("forwarded_from").is_some() => Some(Forward::Unknown),
            _ => None,
        };
        Ok(Some(Message {
            id,
            day,
            edited_later: self::day(entry, "edited").is_some_and(|on| on > day),
            forward,
            text,
        }))
    }
}

const DATE: &str = "a day and an hour, such as \"2031-05-04T14:31:00\"";
const TEXT: &str = "a string, or a list of strings and of objects with a `text`";

/// The day of `date` or `edited`, else of the same in seconds since 1970.
fn day(entry: &Value, key: &str) -> Option<Date> {
    let written = entry[key].as_str().and_then(|date| date.parse::<DateTime>().ok()).map(DateTime::date);
    let seconds = || match &entry[format!("{key}_unixtime")] {
        Value::String(digits) => digits.parse().ok(),
        number => number.as_i64(),
    };
    let counted = || Some(Timestamp::from_second(seconds()?).ok()?.to_zoned(TimeZone::UTC).date());
    written.or_else(counted)
}

/// The words of a text with its entities joined: a link keeps what is seen of it. `None` for what is no text.
pub(crate) fn flatten(text: &Value) -> Option<String> {
    match text {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) => {
            let words = |part: &Value| part.as_str().or_else(|| part.get("text")?.as_str()).map(str::to_owned);
            parts.iter().map(words).collect()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use recoup_plugin::serde_json::json;

    #[test]
    fn a_text_is_what_is_seen_of_it() {
        let cases = [
            (json!(null), Some("")),
            (json!("Ferry hit"), Some("Ferry hit")),
            (
                json!(["Ferry hit: ", {"type": "text_link", "text": "photo", "href": "https://x.example"}, "."]),
                Some("Ferry hit: photo."),
            ),
            (json!([]), Some("")),
            (json!([{"type": "bold"}]), None),
            (json!([7]), None),
            (json!(7), None),
            (json!({"text": "Ferry hit"}), None),
        ];
        for (text, want) in cases {
            assert_eq!(flatten(&text).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn the_day_is_that_of_the_date_else_of_its_seconds() {
        let cases = [
            (json!({"date": "2031-05-04T23:59:59", "date_unixtime": "1935792000"}), Some("2031-05-04")),
            (json!({"date_unixtime": "1935705600"}), Some("2031-05-05")),
            (json!({"date": "yesterday", "date_unixtime": 1_935_705_600}), Some("2031-05-05")),
            (json!({"date": 1_935_705_600}), None),
            (json!({"date": "2031-02-30T10:00:00"}), None),
            (json!({"date_unixtime": "99999999999999999"}), None),
        ];
        for (entry, want) in cases {
            assert_eq!(day(&entry, "date").map(|day| day.to_string()).as_deref(), want, "{entry}");
        }
    }
}

//! JSON Feed.

use serde_json::Value;

use super::{Channel, Entry, Reader, Text};
use crate::sink::{End, Flaw, Place, Sink};

/// Reads a JSON Feed: each of its items is an article.
pub(crate) fn read(place: &Place, bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), End> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let feed: Value = serde_json::from_slice(bytes)
        .map_err(|error| Flaw::new("feed.malformed", format!("the feed is no JSON: {error}"), "fetch it again"))?;
    let channel = Channel { title: text(&feed, "title"), publisher: None, language: text(&feed, "language") };
    let mut reader = Reader::new(place);
    for item in feed.get("items").and_then(Value::as_array).into_iter().flatten() {
        reader.entry(&channel, entry(item), sink)?;
    }
    reader.end(None)
}

fn entry(item: &Value) -> Entry {
    let html = text(item, "content_html").map(|text| Text { text, plain: false });
    let plain = text(item, "content_text").map(|text| Text { text, plain: true });
    let address = |key: &str| text(item, key);
    Entry {
        id: text(item, "id"),
        url: address("url").or_else(|| address("external_url")),
        title: text(item, "title"),
        content: html.or(plain),
        summary: text(item, "summary").map(|text| Text { text, plain: true }),
        published: text(item, "date_published"),
        updated: text(item, "date_modified"),
        language: text(item, "language"),
        ..Entry::default()
    }
}

/// A text, or a number as one.
fn text(object: &Value, key: &str) -> Option<String> {
    match object.get(key)? {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

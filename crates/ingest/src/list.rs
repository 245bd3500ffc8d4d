//! Lists of articles: one object a line (JSON Lines), and what the fields of any list mean.

use std::io::BufRead;

use recoup_model::{Level, Sidecar};
use serde_json::Value;

use crate::lines::{Line, chomp, line};
use crate::sink::{Article, End, Flaw, Keys, Place, Sink};
use crate::unpack::too_large;
use crate::{dates, html, key};

/// Which field of a list is what. In JSON, `a.b` is the field `b` of the object `a`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fields {
    /// The text of the article, plain or HTML.
    pub text: String,
    /// Its key.
    pub doc: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// ISO 639-1 code, also with a country behind it.
    pub language: Option<String>,
    /// Who printed it.
    pub outlet: Option<String>,
    /// Where it was found on the web.
    pub url: Option<String>,
    /// The headline.
    pub title: Option<String>,
}

/// One row of a list.
pub(crate) struct Row {
    /// Of its first line in the file, from 1.
    pub(crate) line: u64,
    pub(crate) text: Option<String>,
    pub(crate) doc: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) title: Option<String>,
}

impl Row {
    /// The row in which `field` looks up what a field holds.
    pub(crate) fn new(line: u64, fields: &Fields, field: impl Fn(&str) -> Option<String>) -> Row {
        let filled = |name: &str| field(name).filter(|value| !value.trim().is_empty());
        let look_up = |name: &Option<String>| name.as_deref().and_then(filled);
        Row {
            line,
            text: filled(&fields.text),
            doc: look_up(&fields.doc),
            published: look_up(&fields.published),
            language: look_up(&fields.language),
            outlet: look_up(&fields.outlet),
            url: look_up(&fields.url),
            title: look_up(&fields.title),
        }
    }

    /// Hands the row on as an article.
    pub(crate) fn article(
        self,
        place: &Place,
        keys: &mut Keys,
        fields: &Fields,
        sink: &mut Sink<'_>,
    ) -> Result<(), End> {
        let Row { line, text, doc, published, language, outlet, url, title } = self;
        let number = format!("line {line}");
        let within = place.within(&keys.distinct(doc.as_deref().unwrap_or(&number)));
        let Some(text) = text else {
            let reason = format!("{number}: `{}` holds no text", fields.text);
            return sink.aside(&within.origin, Flaw::new("list.no_text", reason, "see `fields` of the [[input]]"));
        };
        let day = published.as_deref().and_then(dates::day);
        if let (None, Some(published)) = (day, &published) {
            let message = format!("{number}: `{}` is no date that is known here", key::short(published));
            sink.remark(&within.origin, Level::Warning, "list.date", message)?;
        }
        let given = &place.sidecar;
        let names = [url.as_deref(), title.as_deref()];
        let sidecar = Sidecar {
            doc: doc
                .map(|doc| key::short(&doc))
                .or_else(|| key::document(names))
                .unwrap_or_else(|| format!("{}-{line}", given.doc)),
            published: day.or(given.published),
            published_from: None,
            language: language
                .and_then(|tag| tag.trim().get(..2).map(str::to_ascii_lowercase))
                .or_else(|| given.language.clone()),
            outlet: outlet.or_else(|| given.outlet.clone()),
            url,
            fetched: given.fetched,
            title: title.as_deref().map(html::line),
        };
        let media_type = if text.trim_start().starts_with('<') { "text/html" } else { "text/plain" };
        let Place { origin, name, .. } = within;
        let (media_type, bytes) = (Some(media_type.to_owned()), text.into_bytes());
        sink.article(Article { origin, name, media_type, sidecar, bytes })
    }
}

/// Reads JSON Lines.
pub(crate) fn unpack(place: &Place, reader: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), End> {
    let Some(fields) = sink.fields else { return Ok(()) };
    let limit = usize::try_from(sink.limits.article).unwrap_or(usize::MAX);
    let mut keys = Keys::default();
    let mut bytes = Vec::new();
    for number in 1.. {
        let bad = |flaw: Flaw| (place.within(&format!("line {number}")).origin, flaw);
        let (origin, flaw) = match line(reader, &mut bytes, limit)? {
            Line::End => break,
            Line::TooLong => bad(too_large(sink.limits)),
            Line::Whole if chomp(&bytes).trim_ascii().is_empty() => continue,
            Line::Whole => match object(chomp(&bytes)) {
                Ok(value) => {
                    let row = Row::new(number, fields, |path| field(&value, path));
                    row.article(place, &mut keys, fields, sink)?;
                    continue;
                }
                Err(_) if number == 1 && bytes.trim_ascii_start().starts_with(b"[") => {
                    let help = "write one object a line";
                    return Err(
                        Flaw::new("list.not_lines", "is a list in one piece, not one object a line", help).into()
                    );
                }
                Err(reason) => {
                    bad(Flaw::new("list.bad_line", format!("line {number}: {reason}"), "each line is one JSON object"))
                }
            },
        };
        sink.aside(&origin, flaw)?;
    }
    Ok(())
}

fn object(bytes: &[u8]) -> Result<Value, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(object)) => Ok(Value::Object(object)),
        Ok(_) => Err("is no object".to_owned()),
        // The line of the message would be that within the line.
        Err(error) => Err(error.to_string().replace(" at line 1 column ", " at column ")),
    }
}

/// A text or number of an object; `a.b` is looked for as it is, then as `b` in `a`.
fn field(object: &Value, path: &str) -> Option<String> {
    let value = object.get(path).or_else(|| path.split('.').try_fold(object, |value, key| value.get(key)))?;
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

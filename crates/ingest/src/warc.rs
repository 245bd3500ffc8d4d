//! Web archives (WARC), record by record.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Read as _};

use jiff::Timestamp;
use recoup_model::Sidecar;

use crate::http::{self, Answer};
use crate::key;
use crate::lines::{Line, chomp, line};
use crate::sink::{End, Flaw, Place, Sink};
use crate::unpack::{inner, limited, others, too_large};

/// Longest line of a head.
const LINE: usize = 64 << 10;
/// Most lines of a head.
const LINES: usize = 256;
const AGAIN: &str = "fetch or pack it again; what comes before is read";

struct Record {
    headers: Vec<(String, String)>,
    length: u64,
}

impl Record {
    fn header(&self, name: &str) -> &str {
        http::header(&self.headers, name).unwrap_or_default()
    }

    /// Of the record, without the scheme of the name.
    fn id(&self) -> &str {
        let id = self.header("warc-record-id").trim_matches(['<', '>']);
        id.strip_prefix("urn:uuid:").unwrap_or(id)
    }
}

pub(crate) fn unpack(place: &Place, reader: &mut dyn BufRead, depth: usize, sink: &mut Sink<'_>) -> Result<(), End> {
    let mut left_out = BTreeMap::new();
    let mut number = 0;
    let result = loop {
        let record = match head(reader) {
            Ok(Some(record)) => record,
            Ok(None) => break Ok(()),
            Err(flaw) => break Err(End::Flaw(flaw)),
        };
        number += 1;
        if let Err(end) = take(place, &record, number, reader, depth, sink, &mut left_out) {
            break Err(end);
        }
    };
    if !matches!(result, Err(End::Enough)) {
        others(place, &left_out, sink)?;
    }
    result
}

/// The head of the next record, if any.
fn head(reader: &mut dyn BufRead) -> Result<Option<Record>, Flaw> {
    let damaged = |reason: &str| Flaw::new("archive.damaged", reason, AGAIN);
    let mut bytes = Vec::new();
    loop {
        match line(reader, &mut bytes, LINE)? {
            Line::End => return Ok(None),
            Line::Whole if chomp(&bytes).is_empty() => {}
            Line::Whole if bytes.starts_with(b"WARC/") => break,
            _ => return Err(damaged("something that is no WARC record stands where one is expected")),
        }
    }
    let mut text = String::new();
    for _ in 0..LINES {
        match line(reader, &mut bytes, LINE)? {
            Line::Whole if chomp(&bytes).is_empty() => {
                let headers = http::headers(text.lines());
                let length = http::header(&headers, "content-length").and_then(|length| length.parse().ok());
                let length = length.ok_or_else(|| damaged("a record does not say how long it is"))?;
                return Ok(Some(Record { headers, length }));
            }
            Line::Whole => text.push_str(&String::from_utf8_lossy(&bytes)),
            Line::End => return Err(damaged("ends in the head of a record")),
            Line::TooLong => return Err(damaged("the head of a record has a line without end")),
        }
    }
    Err(damaged("the head of a record has too many lines"))
}

fn take(
    place: &Place,
    record: &Record,
    number: usize,
    reader: &mut dyn BufRead,
    depth: usize,
    sink: &mut Sink<'_>,
    left_out: &mut BTreeMap<String, usize>,
) -> Result<(), End> {
    let kind = record.header("warc-type").to_ascii_lowercase();
    let mut block = reader.take(record.length);
    if !matches!(kind.as_str(), "response" | "resource") {
        if kind == "revisit" {
            *left_out.entry("revisit".to_owned()).or_default() += 1;
        }
        return skip(&mut block, 0, record);
    }
    let id = Some(record.id()).filter(|id| !id.is_empty()).map_or_else(|| format!("record {number}"), key::short);
    let url = record.header("warc-target-uri").trim_matches(['<', '>']).to_owned();
    let fetched = record.header("warc-date").parse().ok();
    let place = page_place(place, &id, &url, fetched);
    if record.length > sink.limits.article {
        skip(&mut block, 0, record)?;
        return sink.aside(&place.origin, too_large(sink.limits));
    }
    let bytes = limited(&mut block, sink.limits)?;
    skip(&mut io::empty(), bytes.len() as u64, record)?;
    match page(kind == "response", record, bytes, sink) {
        Ok(Page::Body(bytes, media_type)) => inner(&place, "", bytes, media_type, depth + 1, sink),
        Ok(Page::Other(what)) => {
            *left_out.entry(what).or_default() += 1;
            Ok(())
        }
        Err(flaw) => sink.aside(&place.origin, flaw),
    }
}

/// Reads to the end of a record of which `read` bytes are read.
fn skip(block: &mut dyn io::Read, read: u64, record: &Record) -> Result<(), End> {
    if read + io::copy(block, &mut io::sink())? < record.length {
        return Err(Flaw::new("archive.damaged", "ends in the middle of a record", AGAIN).into());
    }
    Ok(())
}

enum Page {
    /// With its media type.
    Body(Vec<u8>, Option<String>),
    /// No article, but what.
    Other(String),
}

fn page(is_answer: bool, record: &Record, bytes: Vec<u8>, sink: &Sink<'_>) -> Result<Page, Flaw> {
    let (media_type, body) = if is_answer && record.header("content-type").starts_with("application/http") {
        let damaged = || Flaw::new("archive.damaged", "a record holds no answer of a web server", AGAIN);
        let answer = Answer::read(&bytes).ok_or_else(damaged)?;
        if answer.status != 200 {
            return Ok(Page::Other(format!("answers {}", answer.status)));
        }
        let media_type = answer.header("content-type").map(str::to_owned);
        if let Some(other) = other(media_type.as_deref()) {
            return Ok(Page::Other(other));
        }
        (media_type, answer.body(&bytes, sink.limits)?)
    } else if is_answer {
        return Ok(Page::Other("answers of other protocols".to_owned()));
    } else {
        let media_type = Some(record.header("content-type").to_owned()).filter(|media_type| !media_type.is_empty());
        if let Some(other) = other(media_type.as_deref()) {
            return Ok(Page::Other(other));
        }
        (media_type, bytes)
    };
    let is_data = media_type.as_deref().is_some_and(|media_type| {
        matches!(essence(media_type).as_str(), "application/json" | "text/xml" | "application/xml")
    });
    if is_data && !crate::sniff::is_container("", &body[..body.len().min(crate::HEAD)], false) {
        return Ok(Page::Other(essence(&media_type.unwrap_or_default())));
    }
    // What is called text may be a page.
    let media_type = media_type.filter(|media_type| essence(media_type) != "application/octet-stream");
    Ok(Page::Body(body, media_type))
}

fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The media type, where it is none of pages and feeds.
fn other(media_type: Option<&str>) -> Option<String> {
    let essence = essence(media_type?);
    let read = essence.is_empty()
        || matches!(
            essence.as_str(),
            "text/html"
                | "application/xhtml+xml"
                | "text/plain"
                | "text/xml"
                | "application/xml"
                | "application/json"
                | "application/octet-stream"
        )
        || ["rss", "atom", "rdf", "feed"].iter().any(|feed| essence.contains(feed));
    (!read).then(|| key::short(&essence))
}

/// The place of a page, with what its address tells.
fn page_place(place: &Place, id: &str, url: &str, fetched: Option<Timestamp>) -> Place {
    let doc = key::document([Some(url), Some(id)]).unwrap_or_else(|| id.to_owned());
    let url = key::is_address(url).then(|| url.to_owned());
    let Sidecar { language, outlet, .. } = place.sidecar.clone();
    Place { sidecar: Sidecar { doc, url, language, outlet, fetched, ..Sidecar::default() }, ..place.within(id) }
}

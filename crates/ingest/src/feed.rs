//! Feeds: RSS 0.9 to 2.0, Atom and JSON Feed, each entry an article.
//!
//! Dates are kept as they are written, since the day of publication is that of the outlet. Entities that a feed defines
//! are not expanded, and nothing is fetched.

mod json;
mod xml;

use jiff::civil::Date;
use recoup_model::{Level, PublishedFrom, Sidecar};

use crate::sink::{Article, End, Flaw, Keys, Place, Sink};
use crate::{dates, html, key};

pub(crate) use json::read as json;
pub(crate) use xml::read as xml;

/// What a feed says of itself.
#[derive(Debug, Default)]
struct Channel {
    title: Option<String>,
    publisher: Option<String>,
    language: Option<String>,
}

/// What a feed says of one article.
#[derive(Debug, Default)]
struct Entry {
    id: Option<String>,
    url: Option<String>,
    title: Option<String>,
    content: Option<Text>,
    summary: Option<Text>,
    published: Option<String>,
    updated: Option<String>,
    publisher: Option<String>,
    /// Who printed it, where the feed collects what others print.
    source: Option<String>,
    language: Option<String>,
}

/// A text as a feed writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Text {
    text: String,
    /// Whether the feed says that it is plain.
    plain: bool,
}

/// Hands entries on as articles.
struct Reader<'f> {
    place: &'f Place,
    keys: Keys,
    entries: usize,
}

impl<'f> Reader<'f> {
    fn new(place: &'f Place) -> Self {
        Reader { place, keys: Keys::default(), entries: 0 }
    }

    fn entry(&mut self, channel: &Channel, entry: Entry, sink: &mut Sink<'_>) -> Result<(), End> {
        self.entries += 1;
        let title = entry.title.as_deref().map(html::line).filter(|title| !title.is_empty());
        let url = entry.url.as_deref().map(str::trim).filter(|url| key::is_address(url)).map(str::to_owned);
        let id = entry.id.as_deref().map(str::trim).filter(|id| !id.is_empty());
        let number = format!("entry {}", self.entries);
        let named = [id, url.as_deref(), title.as_deref()].into_iter().flatten().next().unwrap_or(&number);
        let within = self.place.within(&self.keys.distinct(named));
        let Some((bytes, media_type)) = body(&entry, title.as_deref()) else {
            let help = "its page, if it has one, can be read instead";
            return sink.aside(&within.origin, Flaw::new("feed.no_text", "the entry has neither text nor title", help));
        };
        let published = self.published(&entry, &within, sink)?;
        let given = &self.place.sidecar;
        let names = [url.as_deref(), id, title.as_deref(), Some(number.as_str())];
        let sidecar = Sidecar {
            doc: key::document(names).unwrap_or_else(|| number.clone()),
            published,
            published_from: published.map(|_| PublishedFrom::Feed),
            language: entry
                .language
                .as_deref()
                .and_then(language)
                .or_else(|| given.language.clone())
                // A feed that collects what others print does not speak for them.
                .or_else(|| channel.language.as_deref().filter(|_| entry.source.is_none()).and_then(language)),
            outlet: outlet(&entry, channel, given),
            url,
            fetched: given.fetched,
            title,
        };
        let Place { origin, name, .. } = within;
        sink.article(Article { origin, name, media_type: Some(media_type.to_owned()), sidecar, bytes })
    }

    fn published(&self, entry: &Entry, within: &Place, sink: &mut Sink<'_>) -> Result<Option<Date>, End> {
        let written = [&entry.published, &entry.updated].into_iter().flatten();
        let found = written.clone().find_map(|text| dates::day(text));
        if let (None, Some(text)) = (found, written.clone().find(|text| !text.trim().is_empty())) {
            let message = format!("`{}` is no date that is known here, so the entry has none", key::short(text));
            sink.remark(&within.origin, Level::Warning, "feed.date", message)?;
        }
        Ok(found)
    }

    /// Nothing more comes; `flaw` where it should have.
    fn end(self, flaw: Option<String>) -> Result<(), End> {
        let help = "fetch it again; the entries before it are read";
        match flaw {
            Some(flaw) => Err(Flaw::new("feed.malformed", flaw, help).into()),
            None if self.entries == 0 => {
                Err(Flaw::new("feed.empty", "the feed has no entries", "look whether it is the right file").into())
            }
            None => Ok(()),
        }
    }
}

/// Who printed the entry: the publisher behind the feed, else the feed itself. A manifest that names an outlet means the
/// feed, not whom it collects.
fn outlet(entry: &Entry, channel: &Channel, given: &Sidecar) -> Option<String> {
    let named = [&entry.source, &entry.publisher, &given.outlet, &channel.publisher, &channel.title];
    named.into_iter().flatten().map(|name| html::line(name)).find(|name| !name.is_empty())
}

/// The fullest text of the entry and its media type.
fn body(entry: &Entry, title: Option<&str>) -> Option<(Vec<u8>, &'static str)> {
    let texts = [&entry.content, &entry.summary].into_iter().flatten();
    for text in texts.filter(|text| !text.text.trim().is_empty()) {
        let is_html = !text.plain && html::is_html(&text.text);
        if is_html && html::line(&text.text).is_empty() {
            // A picture and nothing else.
            continue;
        }
        return Some((text.text.trim().as_bytes().to_vec(), if is_html { "text/html" } else { "text/plain" }));
    }
    title.map(|title| (title.as_bytes().to_vec(), "text/plain"))
}

/// `fr-FR` -> `fr`
fn language(tag: &str) -> Option<String> {
    let code = tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(code)
}

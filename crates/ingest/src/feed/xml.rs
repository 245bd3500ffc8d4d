//! RSS and Atom, as far as they can be read: what stands before a mistake is kept.

use std::borrow::Cow;

use quick_xml::Reader as Xml;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use recoup_model::Level;

use super::{Channel, Entry, Reader, Text};
use crate::sink::{End, Place, Sink};

/// Reads a feed: each of its entries is an article.
pub(crate) fn read(place: &Place, bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), End> {
    let text = recoup_parse::decode_markup(bytes);
    let mut xml = Xml::from_str(text.trim_start());
    let config = xml.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    config.check_comments = false;
    let mut walk = Walk::new(place, sink.limits.elements);
    let line = |xml: &Xml<&[u8]>| {
        let read = usize::try_from(xml.buffer_position()).unwrap_or(usize::MAX).min(text.len());
        1 + text.as_bytes()[..read].iter().filter(|byte| **byte == b'\n').count()
    };
    loop {
        let flaw = match xml.read_event() {
            Ok(Event::Eof) => return walk.finish(),
            Ok(event) => walk.event(event, sink)?,
            Err(error) => Some(error.to_string()),
        };
        if let Some(flaw) = flaw {
            let flaw = format!("line {}: {flaw}", line(&xml));
            return walk.reader.end(Some(flaw));
        }
    }
}

/// What the text of an element is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Id,
    Url,
    Title,
    Content,
    Summary,
    Published,
    Updated,
    Publisher,
    Source,
    Language,
}

/// An element of which the text is being read.
struct Open {
    slot: Slot,
    /// How many elements are open when it is.
    depth: usize,
    text: String,
    /// Whether the text is markup of its own, which must stay markup.
    markup: bool,
    plain: bool,
    /// Whether an id is an address too.
    permalink: bool,
}

struct Walk<'f> {
    reader: Reader<'f>,
    place: &'f Place,
    deepest: usize,
    /// Names of the open elements, without prefix, in lower case.
    path: Vec<String>,
    channel: Channel,
    entry: Option<(Entry, usize)>,
    open: Option<Open>,
}

impl<'f> Walk<'f> {
    fn new(place: &'f Place, deepest: usize) -> Self {
        Walk {
            reader: Reader::new(place),
            place,
            deepest,
            path: Vec::new(),
            channel: Channel::default(),
            entry: None,
            open: None,
        }
    }

    /// Takes up what comes next; what is wrong where the feed cannot be read on.
    fn event(&mut self, event: Event<'_>, sink: &mut Sink<'_>) -> Result<Option<String>, End> {
        match event {
            Event::Start(start) => {
                self.start(&start);
                if self.path.len() > self.deepest {
                    return Ok(Some(format!("its elements are nested more than {} deep", self.deepest)));
                }
            }
            Event::Empty(start) => {
                self.start(&start);
                self.end_of(&local(start.name().as_ref()), sink)?;
            }
            Event::End(end) => self.end_of(&local(end.name().as_ref()), sink)?,
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(data) => self.text(&data.xml10_content()),
            Event::GeneralRef(reference) => self.text(&resolved(&reference)),
            Event::DocType(doctype) if doctype.contains("<!ENTITY") => {
                let message = "the feed defines entities; they are not expanded".to_owned();
                sink.remark(&self.place.origin, Level::Warning, "feed.entities", message)?;
            }
            _ => {}
        }
        Ok(None)
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        let name = start.name();
        let name: &str = name.as_ref();
        let local = local(name);
        // Atom's source has elements where that of RSS has text.
        if self.open.as_ref().is_some_and(|open| open.slot == Slot::Source && open.depth == self.path.len()) {
            self.open = None;
        }
        if let Some(open) = &mut self.open {
            // Markup inside a text: kept, since it is read as HTML.
            open.text.push_str(&format!("<{local}>"));
        } else if self.entry.is_none() && matches!(local.as_str(), "item" | "entry") {
            let entry = Entry {
                language: attribute(start, "lang"),
                // RSS 1.0 names its items so.
                id: attribute(start, "about"),
                ..Entry::default()
            };
            self.entry = Some((entry, self.path.len() + 1));
        } else {
            if self.path.is_empty() {
                self.channel.language = attribute(start, "lang");
            }
            self.open_slot(name, &local, start);
        }
        self.path.push(local);
    }

    fn open_slot(&mut self, name: &str, local: &str, start: &BytesStart<'_>) {
        let prefix = name.rsplit_once(':').map_or("", |(prefix, _)| prefix).to_ascii_lowercase();
        let parent = self.path.last().map(String::as_str).unwrap_or_default();
        let slot = match &self.entry {
            Some((_, depth)) if self.path.len() == *depth => slot_of_entry(&prefix, local),
            Some((_, depth)) if self.path.len() == depth + 1 && parent == "source" && local == "title" => {
                Some(Slot::Source)
            }
            None if matches!(parent, "channel" | "feed") => slot_of_channel(&prefix, local),
            _ => None,
        };
        let Some(slot) = slot else { return };
        let kind = attribute(start, "type").unwrap_or_default().to_ascii_lowercase();
        if slot == Slot::Url {
            let rel = attribute(start, "rel").unwrap_or_default();
            if let (Some((entry, _)), Some(href)) = (&mut self.entry, attribute(start, "href"))
                && matches!(rel.as_str(), "" | "alternate")
            {
                entry.url.get_or_insert(href);
            }
        }
        self.open = Some(Open {
            slot,
            depth: self.path.len() + 1,
            text: String::new(),
            markup: kind == "xhtml",
            plain: kind == "text",
            permalink: attribute(start, "ispermalink").is_none_or(|is| !is.eq_ignore_ascii_case("false")),
        });
    }

    fn text(&mut self, text: &str) {
        if let Some(open) = &mut self.open {
            let text = if open.markup { quick_xml::escape::minimal_escape(text) } else { Cow::Borrowed(text) };
            open.text.push_str(&text);
        }
    }

    /// An element ends, and with it those that were left open inside it.
    fn end_of(&mut self, local: &str, sink: &mut Sink<'_>) -> Result<(), End> {
        let Some(at) = self.path.iter().rposition(|open| open == local) else { return Ok(()) };
        self.path.truncate(at);
        match self.open.take() {
            Some(open) if open.depth > at => self.close(open),
            Some(mut open) => {
                open.text.push_str(&format!("</{local}>"));
                self.open = Some(open);
            }
            None => {}
        }
        if let Some((entry, _)) = self.entry.take_if(|(_, depth)| *depth > at) {
            self.reader.entry(&self.channel, entry, sink)?;
        }
        Ok(())
    }

    fn close(&mut self, open: Open) {
        let Open { slot, text, plain, permalink, .. } = open;
        if text.trim().is_empty() {
            return;
        }
        let body = |text: String| Some(Text { text, plain });
        let Some((entry, _)) = &mut self.entry else {
            let known = match slot {
                Slot::Title => &mut self.channel.title,
                Slot::Publisher => &mut self.channel.publisher,
                Slot::Language => &mut self.channel.language,
                _ => return,
            };
            *known = Some(text);
            return;
        };
        match slot {
            Slot::Id => {
                if permalink && crate::key::is_address(&text) {
                    entry.url.get_or_insert_with(|| text.trim().to_owned());
                }
                entry.id = Some(text);
            }
            Slot::Url => entry.url = Some(text),
            Slot::Title => _ = entry.title.get_or_insert(text),
            Slot::Content => entry.content = body(text),
            Slot::Summary => entry.summary = body(text),
            Slot::Published => _ = entry.published.get_or_insert(text),
            Slot::Updated => _ = entry.updated.get_or_insert(text),
            Slot::Publisher => entry.publisher = Some(text),
            Slot::Source => entry.source = Some(text),
            Slot::Language => entry.language = Some(text),
        }
    }

    fn finish(mut self) -> Result<(), End> {
        let broken_off = self.entry.take().map(|_| format!("ends in the middle of entry {}", self.reader.entries + 1));
        self.reader.end(broken_off)
    }
}

/// Prefixes of elements that describe pictures, films and shops, not the article.
fn is_foreign(prefix: &str) -> bool {
    matches!(prefix, "media" | "itunes" | "podcast" | "googleplay" | "thr" | "slash" | "wfw" | "georss" | "geo" | "g")
}

fn slot_of_entry(prefix: &str, local: &str) -> Option<Slot> {
    if is_foreign(prefix) {
        return None;
    }
    Some(match local {
        "guid" | "id" => Slot::Id,
        "identifier" if prefix == "dc" => Slot::Id,
        "link" | "origlink" => Slot::Url,
        "title" => Slot::Title,
        "content" | "encoded" | "body" => Slot::Content,
        "description" | "summary" | "abstract" => Slot::Summary,
        "pubdate" | "published" | "issued" | "date" | "created" => Slot::Published,
        "updated" | "modified" => Slot::Updated,
        "publisher" => Slot::Publisher,
        "language" => Slot::Language,
        "source" if prefix.is_empty() => Slot::Source,
        _ => return None,
    })
}

fn slot_of_channel(prefix: &str, local: &str) -> Option<Slot> {
    if is_foreign(prefix) {
        return None;
    }
    Some(match local {
        "title" => Slot::Title,
        "publisher" => Slot::Publisher,
        "language" => Slot::Language,
        _ => return None,
    })
}

/// A name without prefix, in lower case.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

/// The value of an attribute, whatever its prefix; nothing of one that is malformed.
fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.html_attributes();
    let found = attributes.with_checks(false).flatten().find(|attribute| local(attribute.key.as_ref()) == name)?;
    let value: &str = &found.value;
    let unescaped = quick_xml::escape::unescape_with(value, resolve_html5_entity);
    Some(unescaped.map_or_else(|_| value.to_owned(), Cow::into_owned)).filter(|value| !value.trim().is_empty())
}

/// What a reference stands for. Of names only those of HTML are known: what a feed defines itself stays as it is written.
fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name = reference.xml10_content();
    resolve_html5_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned)
}

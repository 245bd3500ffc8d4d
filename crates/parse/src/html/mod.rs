//! The stage `html`: saved pages of the web.
//!
//! A page is parsed once within limits ([`page`]); its head is read ([`metadata`], [`dates`]); what is plainly no article
//! is taken out ([`prune`]); the library says which words are the main text, and the page in what paragraphs, lists and
//! captions they stand ([`main_text`]). Pages without an article are told by [`verdict`].

mod article;
mod dates;
mod json_ld;
mod live;
mod main_text;
mod map;
mod metadata;
mod page;
mod prune;
mod quality;
mod units;
mod verdict;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use encoding_rs::Encoding;
use recoup_model::{Body, Diagnostic, Document, Item, Level, Sidecar};
use recoup_plugin::{Context, Error, Out, Result, Stage};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::boilerplate::Cues;
use crate::decode::{Hints, decode};
use crate::function_words::FunctionWords;
use crate::items::{byte_length, declared_encoding, document_key, guessed_encoding, is_markup, refusal, too_large};
use article::Reader;
use verdict::PageCues;

/// Bytes of a page in which it names its encoding.
const HEAD: usize = 4_096;
/// Elements within one another.
const DEPTH: usize = 400;
/// Elements and runs of text of a page.
const NODES: usize = 150_000;
/// Bytes of a page for each of its elements and runs of text, at the least: what has more is made to be slow.
const BYTES_A_NODE: usize = 2;

/// What can be set for the stage `html`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct HtmlOptions {
    /// The encoding of every page, such as `windows-1252`, instead of what the page says. A byte order mark overrules it.
    pub encoding: Option<String>,
    /// Whether subscription calls, credits, related links and author lines are marked, so that no claims are looked for
    /// in them.
    pub boilerplate: bool,
    /// Lowest quality, from 0 to 1, of a page that is read; others are set aside with what they lack.
    pub min_quality: f64,
    /// Whether the openings of articles for subscribers are read rather than set aside.
    pub paywall_stubs: bool,
    /// Whether the headline is the first heading of the text; else it is the title alone.
    pub headline: bool,
    /// Largest page that is read, in bytes; larger ones are set aside.
    pub max_bytes: usize,
}

impl Default for HtmlOptions {
    fn default() -> Self {
        HtmlOptions {
            encoding: None,
            boilerplate: true,
            min_quality: 0.5,
            paywall_stubs: false,
            headline: false,
            max_bytes: 8_000_000,
        }
    }
}

/// The stage `html`.
///
/// It takes every item that is a page or looks like one. Pages that hold no article are reported as `html.error_page`,
/// `html.cookie_wall`, `html.paywall`, `html.no_article`, `html.low_quality` or `html.too_large`.
#[derive(Debug)]
pub struct Html {
    forced: Option<&'static Encoding>,
    reader: Reader,
    max_bytes: usize,
}

impl Stage for Html {
    const NAME: &'static str = "html";
    const SUMMARY: &'static str = "Reads saved web pages: main text, dates, outlet, posts of live blogs.";
    type Options = HtmlOptions;
    type Item = Item;

    fn open(options: HtmlOptions, _: &Context) -> Result<Self> {
        if !(0.0..=1.0).contains(&options.min_quality) {
            return Err(Error::new(format!("`{}` is no quality", options.min_quality))
                .at_option("min_quality")
                .with_help("Give a number from 0 to 1; the default is 0.5."));
        }
        let forced = match &options.encoding {
            Some(label) => Some(Encoding::for_label(label.as_bytes()).ok_or_else(|| {
                Error::new(format!("`{label}` is no known encoding"))
                    .at_option("encoding")
                    .with_help("Use a label of the Encoding Standard, such as `utf-8` or `windows-1252`.")
            })?),
            None => None,
        };
        let unreadable = |error: &dyn std::fmt::Display| Error::new(error.to_string());
        let cues = if options.boilerplate { Some(Cues::built_in().map_err(|e| unreadable(&e))?) } else { None };
        let words = FunctionWords::built_in().map_err(|e| unreadable(&e))?;
        let pages = PageCues::built_in().map_err(|e| unreadable(&e))?;
        let max_bytes = options.max_bytes;
        Ok(Html { forced, reader: Reader { cues, words, pages, options }, max_bytes })
    }

    fn process(&mut self, item: Item, out: &mut Out<'_, Document>) -> Result<()> {
        let kind = kind_of(item.media_type.as_deref());
        if kind == Kind::Other {
            return Ok(());
        }
        let Item { origin, media_type, body, sidecar } = item;
        let doc = document_key(&origin, &sidecar);
        let mut report = |diagnostic: Diagnostic| out.report(diagnostic.in_document(&doc));
        let size = byte_length(&body);
        if size > self.max_bytes {
            if kind == Kind::Page {
                report(too_large(size, self.max_bytes));
            }
            return Ok(());
        }
        let declared = media_type.as_deref().and_then(declared_encoding).or_else(|| encoding_in_page(&body));
        let decoded = match decode(body, Hints { forced: self.forced, declared }) {
            // The body of an entry in a feed is a piece of a page, and the whole of what there is to read: `text` does.
            Ok(decoded) if kind == Kind::Page && is_fragment(&decoded.text) => return Ok(()),
            Ok(decoded) if kind == Kind::Page || is_page(&decoded.text) => decoded,
            Err(no_text) if kind == Kind::Page => {
                report(refusal(&no_text));
                return Ok(());
            }
            Ok(_) | Err(_) => return Ok(()),
        };
        decoded.guessed.map(guessed_encoding).into_iter().for_each(&mut report);
        let limits = page::Limits { depth: DEPTH, nodes: (decoded.text.len() / BYTES_A_NODE + 1_000).min(NODES) };
        match page::parse(&decoded.text, limits) {
            Ok(page) => {
                let read = self.reader.read(page, origin, Sidecar { doc: doc.clone(), ..sidecar }, limits);
                read.remarks.into_iter().for_each(report);
                for document in read.documents {
                    let page = map::map(&decoded.text, &document.text);
                    out.emit(Document { page, ..document });
                }
            }
            Err(too_large) => report(
                Diagnostic::new(Level::Error, "html.too_large", format!("the page is not read: {too_large}"))
                    .with_help("No article looks like this; leave the page out of the input."),
            ),
        }
        Ok(())
    }
}

/// The source of a page as [`PageMap`](recoup_model::PageMap) counts its bytes; `None` where the item is no text.
pub fn page_text(item: Item) -> Option<String> {
    let declared = item.media_type.as_deref().and_then(declared_encoding).or_else(|| encoding_in_page(&item.body));
    decode(item.body, Hints { forced: None, declared }).ok().map(|decoded| decoded.text)
}

/// What the media type of an item says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Page,
    /// It may be one.
    Unknown,
    Other,
}

fn kind_of(media_type: Option<&str>) -> Kind {
    let Some(media_type) = media_type else { return Kind::Unknown };
    match media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => Kind::Page,
        "text/plain" | "application/xml" | "text/xml" => Kind::Unknown,
        _ => Kind::Other,
    }
}

/// Whether a text of unknown kind is a page.
fn is_page(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(1_000)];
    is_markup(text) && (!head.trim_start().starts_with("<?xml") || head.to_ascii_lowercase().contains("<html"))
}

/// Whether a text of HTML has nothing of the frame of a page.
fn is_fragment(text: &str) -> bool {
    let frame = ["<!doctype", "<html", "<head", "<body", "<title", "<meta", "<main", "<article"];
    let tags = text.match_indices('<').map(|(at, _)| &text.as_bytes()[at..]);
    !tags.into_iter().any(|tag| {
        frame.iter().any(|open| tag.get(..open.len()).is_some_and(|t| t.eq_ignore_ascii_case(open.as_bytes())))
    })
}

/// The encoding that bytes which are no UTF-8 name in their head: `<meta charset=…>`, `<?xml encoding=…?>`.
fn encoding_in_page(body: &Body) -> Option<&'static Encoding> {
    let Body::Base64(encoded) = body else { return None };
    let head = STANDARD.decode(encoded.get(..encoded.len().min(HEAD))?).ok()?;
    let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
    ["charset=", "encoding="].iter().find_map(|key| {
        let (_, value) = head.split_once(key)?;
        let value = value.trim_start_matches(['"', '\'', ' ']);
        let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'))?;
        Encoding::for_label(&value.as_bytes()[..end])
    })
}

//! From the tree of a page to documents, or to the reason why there is none.

use recoup_model::{BlockKind, Diagnostic, Document, Level, PageMap, Published, PublishedFrom, Sidecar, Span};
use scraper::Html;
use unicode_normalization::UnicodeNormalization as _;

use super::main_text::{Known, MainText, main_text};
use super::metadata::{self, MARKS, Metadata};
use super::page::Limits;
use super::quality::{self, Signs};
use super::units::{Unit, units};
use super::verdict::{self, Case, PageCues};
use super::{HtmlOptions, dates, live, prune};
use crate::boilerplate::Cues;
use crate::dates::NumericOrder;
use crate::function_words::FunctionWords;
use crate::items::{detected_language, is_address, numeric_order};
use crate::language::{Detected, detect};
use crate::lines::lines;
use crate::{blocks, dateline, published};

/// Lines of the page above its text in which a line of date may stand.
const ABOVE: usize = 4;
/// Paragraphs of the text between which one may stand.
const OPENING: usize = 3;
/// Words from which on the body in JSON-LD is the article where the page itself has not half of it.
const WHOLE: usize = 80;

/// Reads pages.
#[derive(Debug)]
pub(crate) struct Reader {
    pub(crate) cues: Option<Cues>,
    pub(crate) words: FunctionWords,
    pub(crate) pages: PageCues,
    pub(crate) options: HtmlOptions,
}

/// What came of a page.
#[derive(Debug, Default)]
pub(crate) struct Read {
    pub(crate) documents: Vec<Document>,
    pub(crate) remarks: Vec<Diagnostic>,
}

/// What all documents of a page have in common.
struct Frame {
    origin: String,
    sidecar: Sidecar,
    metadata: Metadata,
    published: Option<Published>,
    modified: Option<Published>,
}

impl Reader {
    pub(crate) fn read(&self, mut page: Html, origin: String, sidecar: Sidecar, limits: Limits) -> Read {
        let mut metadata = metadata::read(&page);
        if metadata.url.is_none() && is_address(&origin) {
            metadata.url = Some(origin.clone());
        }
        let order = numeric_order(sidecar.language.as_deref().or(metadata.language.as_deref()));
        let mut days = dates::published(&page, &metadata, order);
        let modified = dates::modified(&page, &metadata, order);
        prune::strip(&mut page);
        let posts = live::posts(&page, &metadata, &self.pages, limits);
        let pruned = prune::prune(&mut page);
        let all = units(&page);
        metadata.title = metadata.title.map(|title| as_printed(title, &all));
        let known = Known { title: metadata.title.as_deref(), descriptions: &metadata.descriptions };
        let mut text = main_text(&page, &all, known);
        let (all, whole) = with_whole_body(all, &mut text, &metadata, limits);
        days.extend(self.days_in_page(&page, &all, &text, &sidecar, &origin, order));
        let too_late = dates::until(&mut days, sidecar.fetched);
        let (published, mut remarks) = dates::choose(days);
        remarks.extend(too_late);
        let modified = modified.filter(|modified| published.is_none_or(|published| modified.date != published.date));
        let frame = Frame { origin, sidecar, metadata, published, modified };
        if posts.len() > 1 {
            let documents = self.posts(posts, &frame, order);
            return Read { documents, remarks };
        }
        let case = Case { metadata: &frame.metadata, units: &all, chosen: &text.chosen, teasers: pruned.teasers };
        let refusal = verdict::refusal(&case, &self.pages).filter(|refusal| !self.is_wanted(refusal));
        let signs = signs(&all, &text, &frame);
        let score = quality::score(signs);
        let too_low =
            || (score < self.options.min_quality).then(|| quality::too_low(score, self.options.min_quality, signs));
        if let Some(refusal) = refusal.or_else(too_low) {
            return Read { documents: Vec::new(), remarks: vec![refusal] };
        }
        remarks.extend(text.lead_restored.then(|| lead_restored(&all, &text)));
        remarks.extend(whole.then(body_from_json));
        let parts = self.parts(&all, &text.chosen, frame.metadata.title.as_deref());
        let (document, unknown) = self.document(&frame, parts);
        remarks.extend(unknown);
        Read { documents: vec![Document { quality: Some(score), ..document }.seal()], remarks }
    }

    fn is_wanted(&self, refusal: &Diagnostic) -> bool {
        self.options.paywall_stubs && refusal.code == "html.paywall"
    }

    fn days_in_page(
        &self,
        page: &Html,
        all: &[Unit],
        text: &MainText,
        sidecar: &Sidecar,
        origin: &str,
        order: NumericOrder,
    ) -> Vec<Published> {
        let mut chosen = text.chosen.clone();
        chosen.sort_unstable();
        let first = chosen.first().copied().unwrap_or_default();
        let opening = chosen.get(OPENING).copied().unwrap_or(all.len());
        let around =
            (first.saturating_sub(ABOVE)..opening).filter(|&at| all.get(at).is_some_and(|unit| unit.linked == 0));
        let rest = chosen.iter().copied().filter(|&at| at >= opening);
        let near: Vec<&str> = around.chain(rest).filter_map(|at| all.get(at)).map(|unit| unit.text.as_str()).collect();
        let near = near.join("\n");
        let near_lines: Vec<_> = lines(&near, 0).collect();
        [
            (sidecar.published, sidecar.published_from.unwrap_or(PublishedFrom::Sidecar)),
            (dates::in_time_element(page, order), PublishedFrom::TimeElement),
            (dateline::find(&near, &near_lines, order), PublishedFrom::Dateline),
            (published::in_file_name(origin).filter(|_| !is_address(origin)), PublishedFrom::FileName),
        ]
        .into_iter()
        .filter_map(|(date, from)| Some(Published { date: date?, from }))
        .collect()
    }

    fn parts(&self, all: &[Unit], chosen: &[usize], title: Option<&str>) -> Vec<(String, BlockKind)> {
        let headline = title.filter(|_| self.options.headline).map(|title| (normal(title), BlockKind::Heading));
        let units = chosen.iter().filter_map(|&at| all.get(at)).map(|unit| (normal(&unit.text), unit.kind));
        headline.into_iter().chain(units).collect()
    }

    fn posts(&self, posts: Vec<live::Post>, frame: &Frame, order: NumericOrder) -> Vec<Document> {
        let mut documents = Vec::with_capacity(posts.len());
        for (at, post) in posts.into_iter().enumerate() {
            let head = post.headline.as_deref().map(|head| (normal(head), BlockKind::Heading));
            let parts = head.into_iter().chain(post.units.iter().map(|unit| (normal(&unit.text), unit.kind))).collect();
            let (mut document, _) = self.document(frame, parts);
            document.doc = format!("{}#{}", frame.sidecar.doc, at + 1);
            let own = post.published.as_deref().and_then(|value| dates::read(value, order));
            let from =
                if frame.metadata.linked.posts.is_empty() { PublishedFrom::TimeElement } else { PublishedFrom::JsonLd };
            let given = frame.sidecar.published.filter(|_| frame.sidecar.published_from.is_none());
            if let (Some(date), None) = (own, given) {
                document.published = Some(Published { date, from });
                document.modified = None;
            }
            document.title = post.headline.map(|head| normal(&head)).or(document.title);
            documents.push(document.seal());
        }
        documents
    }

    /// A document of these parts, without its id, and a remark where its language is not known.
    fn document(&self, frame: &Frame, parts: Vec<(String, BlockKind)>) -> (Document, Option<Diagnostic>) {
        let (text, parts) = joined(parts);
        let Frame { origin, sidecar, metadata, published, modified } = frame;
        let (language, unknown) = match &sidecar.language {
            Some(given) => (Some(given.clone()), None),
            None => self.language(&text, metadata.language.as_deref()),
        };
        let document = Document {
            id: String::new(),
            doc: sidecar.doc.clone(),
            outlet: sidecar.outlet.clone().or_else(|| metadata.outlet.as_deref().map(normal)),
            relays: Vec::new(),
            url: sidecar.url.clone().or_else(|| metadata.url.clone()),
            path: (!is_address(origin)).then(|| origin.clone()),
            language,
            published: *published,
            modified: *modified,
            title: metadata.title.as_deref().map(normal),
            byline: metadata.byline.as_deref().map(normal),
            fetched: sidecar.fetched,
            quality: None,
            page: PageMap::default(),
            blocks: blocks::of_parts(&text, &parts, self.cues.as_ref()),
            text,
        };
        (document, unknown)
    }

    /// The language of a text: its words are surer than what a template says of all pages.
    fn language(&self, text: &str, declared: Option<&str>) -> (Option<String>, Option<Diagnostic>) {
        match (detect(text, &self.words), declared) {
            (Detected::Unclear, Some(declared)) => (Some(declared.to_owned()), None),
            (Detected::Foreign(_), Some(declared)) if !matches!(declared, "fr" | "en") => {
                (Some(declared.to_owned()), None)
            }
            _ => detected_language(text, &self.words),
        }
    }
}

/// Where the page has not half of the article that its JSON-LD holds, the latter is read.
fn with_whole_body(all: Vec<Unit>, text: &mut MainText, metadata: &Metadata, limits: Limits) -> (Vec<Unit>, bool) {
    let Some(body) = &metadata.linked.body else { return (all, false) };
    let whole = live::units_of(body, limits);
    let words = |units: &mut dyn Iterator<Item = &Unit>| units.map(|unit| unit.words.len()).sum::<usize>();
    let in_body = words(&mut whole.iter());
    let in_page = words(&mut text.chosen.iter().filter_map(|&at| all.get(at)));
    if in_body < WHOLE || in_page * 2 >= in_body {
        return (all, false);
    }
    *text = MainText { chosen: (0..whole.len()).collect(), lead: None, lead_restored: false };
    (whole, true)
}

/// A title as the page prints it, where the head puts the name of the site before or behind it.
fn as_printed(title: String, all: &[Unit]) -> String {
    let is_printed = |part: &&str| all.iter().any(|unit| unit.text == part.trim());
    let halves = MARKS
        .iter()
        .filter_map(|mark| title.split_once(mark))
        .chain(MARKS.iter().filter_map(|mark| title.rsplit_once(mark)));
    let part = halves.flat_map(|(head, tail)| [tail, head]).find(is_printed).map(|part| part.trim().to_owned());
    part.unwrap_or(title)
}

fn signs(all: &[Unit], text: &MainText, frame: &Frame) -> Signs {
    let chosen = || text.chosen.iter().filter_map(|&at| all.get(at));
    Signs {
        words: chosen().map(|unit| unit.words.len()).sum(),
        length: chosen().map(|unit| unit.text.len()).sum(),
        linked: chosen().map(|unit| unit.linked).sum(),
        lead: text.lead,
        is_dated: frame.published.is_some(),
        is_titled: frame.metadata.title.is_some(),
    }
}

/// The parts with a blank line between them, and where they stand.
fn joined(parts: Vec<(String, BlockKind)>) -> (String, Vec<(Span, BlockKind)>) {
    let mut text = String::new();
    let mut spans = Vec::with_capacity(parts.len());
    for (part, kind) in parts {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&part);
        spans.extend(Span::new(start, text.len()).ok().map(|span| (span, kind)));
    }
    (text, spans)
}

fn normal(text: &str) -> String {
    text.nfc().collect()
}

fn lead_restored(all: &[Unit], text: &MainText) -> Diagnostic {
    let lead = text.chosen.first().and_then(|&at| all.get(at)).map(|unit| unit.text.as_str()).unwrap_or_default();
    let opening = lead.split_whitespace().take(8).collect::<Vec<_>>().join(" ");
    Diagnostic::new(
        Level::Info,
        "html.lead_restored",
        format!("the lead stood apart from the text and was put before it: `{opening} …`"),
    )
}

fn body_from_json() -> Diagnostic {
    Diagnostic::new(
        Level::Info,
        "html.body_from_json_ld",
        "the page prints less than half of the article, which was read from its JSON-LD",
    )
}

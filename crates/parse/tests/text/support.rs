//! Runs the stage as a host does, and shows what came out as a reader would want to see it.

use std::fmt::Write as _;

use recoup_model::{Block, Body, Diagnostic, Document, Item, Level, PublishedFrom, Sidecar};
use recoup_parse::{Options, Text};
use recoup_plugin::{Context, Out, Sink, Stage};

/// What came out of the stage.
#[derive(Default)]
pub(crate) struct Parsed {
    pub(crate) documents: Vec<Document>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Sink<Document> for Parsed {
    fn emit(&mut self, item: Document) {
        self.documents.push(item);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

/// An item as a host finds it in a file of this name.
pub(crate) fn item(origin: &str, body: Body) -> Item {
    Item { origin: origin.to_owned(), media_type: None, body, sidecar: Sidecar::default() }
}

pub(crate) fn parse(item: Item) -> Parsed {
    parse_with(Options::default(), item)
}

pub(crate) fn parse_with(options: Options, item: Item) -> Parsed {
    through::<Text>(options, item)
}

/// What a stage makes of one item.
pub(crate) fn through<S: Stage<Item = Item>>(options: S::Options, item: Item) -> Parsed {
    let mut parsed = Parsed::default();
    let mut stage = S::open(options, &Context::default()).unwrap();
    let mut out = Out::new(&mut parsed);
    stage.process(item, &mut out).unwrap();
    stage.finish(&mut out).unwrap();
    parsed
}

/// Head, blocks with a line for each sentence, remarks.
pub(crate) fn render(parsed: &Parsed) -> String {
    let mut out = String::new();
    for document in &parsed.documents {
        render_document(&mut out, document).unwrap();
    }
    for diagnostic in &parsed.diagnostics {
        let level = match diagnostic.level {
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
        };
        writeln!(out, "{level} {}: {}", diagnostic.code, diagnostic.message).unwrap();
        if let (Some(span), Some(document)) = (diagnostic.span, parsed.documents.first()) {
            writeln!(out, "  at: {}", span.slice(&document.text).unwrap().replace('\n', " ⏎ ")).unwrap();
        }
        if let Some(help) = &diagnostic.help {
            writeln!(out, "  help: {help}").unwrap();
        }
    }
    if out.is_empty() { "not for this stage\n".to_owned() } else { out }
}

fn render_document(out: &mut String, document: &Document) -> std::fmt::Result {
    let or_unknown = |value: &Option<String>| value.clone().unwrap_or_else(|| "unknown".to_owned());
    let published = document.published.map_or_else(
        || "unknown".to_owned(),
        |published| format!("{} ({})", published.date, provenance(published.from)),
    );
    writeln!(
        out,
        "published {published} | language {} | outlet {}",
        or_unknown(&document.language),
        or_unknown(&document.outlet)
    )?;
    writeln!(out, "title {}", or_unknown(&document.title))?;
    if let Some(byline) = &document.byline {
        writeln!(out, "byline {byline}")?;
    }
    if let Some(modified) = document.modified {
        writeln!(out, "modified {} ({})", modified.date, provenance(modified.from))?;
    }
    if let Some(quality) = document.quality {
        writeln!(out, "quality {quality:.2}")?;
    }
    if let Some(url) = &document.url {
        writeln!(out, "url {url}")?;
    }
    for block in &document.blocks {
        render_block(out, document, block)?;
    }
    writeln!(out)
}

fn render_block(out: &mut String, document: &Document, block: &Block) -> std::fmt::Result {
    let kind = serde_json::to_value(block.kind).unwrap();
    let repeats = block.repeats.map(|at| format!(" repeats block {at}")).unwrap_or_default();
    writeln!(out, "\n{} [{}..{}]{repeats}", kind.as_str().unwrap(), block.span.start(), block.span.end())?;
    if block.sentences.is_empty() {
        for line in block.span.slice(&document.text).unwrap().lines() {
            writeln!(out, "    {line}")?;
        }
    }
    for sentence in &block.sentences {
        writeln!(out, "  | {}", sentence.slice(&document.text).unwrap().replace('\n', " ⏎ "))?;
    }
    Ok(())
}

fn provenance(from: PublishedFrom) -> &'static str {
    match from {
        PublishedFrom::Sidecar => "manifest",
        PublishedFrom::Metadata => "front matter",
        PublishedFrom::JsonLd => "JSON-LD",
        PublishedFrom::Meta => "meta",
        PublishedFrom::Microdata => "microdata",
        PublishedFrom::TimeElement => "time element",
        PublishedFrom::Address => "address",
        PublishedFrom::Feed => "feed",
        PublishedFrom::FeedLink => "feed link",
        PublishedFrom::Dateline => "dateline",
        PublishedFrom::FileName => "file name",
        PublishedFrom::Ruling => "ruling",
    }
}

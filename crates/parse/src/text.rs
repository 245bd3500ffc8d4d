//! The stage `text`: plain text of any encoding, with or without front matter.

use encoding_rs::Encoding;
use recoup_model::{
    Block, BlockKind, Body, Diagnostic, Document, Item, Level, Published, PublishedFrom, Sidecar, Span,
};
use recoup_plugin::{Context, Error, Out, Result, Stage};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::boilerplate::Cues;
use crate::dates::NumericOrder;
use crate::decode::{Decoded, Hints, NoText, decode};
use crate::fragment::fragment_text;
use crate::front_matter;
use crate::function_words::FunctionWords;
use crate::language::{Detected, detect};
use crate::lines::{Line, lines};
use crate::{blocks, credits, dateline, headings, published};

/// What can be set for the stage `text`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// The encoding of every file, such as `windows-1252`, instead of finding it out file by file. A byte order mark
    /// overrules it.
    pub encoding: Option<String>,
    /// Whether subscription calls, credits, related links and author lines are marked, so that no claims are looked for
    /// in them.
    pub boilerplate: bool,
    /// Largest file that is read, in bytes; larger ones are set aside.
    pub max_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options { encoding: None, boilerplate: true, max_bytes: 32_000_000 }
    }
}

/// The stage `text`.
///
/// It takes every item that is text or may be, and leaves pages and feeds to other stages. What is no text after all is
/// reported as `parse.not_text`, `parse.empty` or `parse.too_large`.
#[derive(Debug)]
pub struct Text {
    forced: Option<&'static Encoding>,
    cues: Option<Cues>,
    words: FunctionWords,
    max_bytes: usize,
}

impl Stage for Text {
    const NAME: &'static str = "text";
    const SUMMARY: &'static str = "Reads plain text files, with or without front matter.";
    type Options = Options;
    type Item = Item;

    fn open(options: Options, _: &Context) -> Result<Self> {
        let forced = match &options.encoding {
            Some(label) => Some(Encoding::for_label(label.as_bytes()).ok_or_else(|| {
                Error::new(format!("`{label}` is no known encoding"))
                    .at_option("encoding")
                    .with_help("Use a label of the Encoding Standard, such as `utf-8`, `windows-1252` or `utf-16le`.")
            })?),
            None => None,
        };
        let cues =
            if options.boilerplate { Some(Cues::built_in().map_err(|e| Error::new(e.to_string()))?) } else { None };
        let words = FunctionWords::built_in().map_err(|e| Error::new(e.to_string()))?;
        Ok(Text { forced, cues, words, max_bytes: options.max_bytes })
    }

    fn process(&mut self, item: Item, out: &mut Out<'_, Document>) -> Result<()> {
        if !is_for_text(item.media_type.as_deref()) {
            return Ok(());
        }
        let Item { origin, media_type, body, sidecar } = item;
        let doc = document_key(&origin, &sidecar);
        let mut report = |diagnostic: Diagnostic| out.report(diagnostic.in_document(&doc));
        let size = byte_length(&body);
        if size > self.max_bytes {
            report(too_large(size, self.max_bytes));
            return Ok(());
        }
        let declared = media_type.as_deref().and_then(declared_encoding);
        let decoded = match decode(body, Hints { forced: self.forced, declared }) {
            Ok(decoded) if is_markup(&decoded.text) => return Ok(()),
            // Goes away with a stage that reads HTML, bodies of feeds included.
            Ok(decoded) if is_html(media_type.as_deref()) => Decoded { text: fragment_text(&decoded.text), ..decoded },
            Ok(decoded) => decoded,
            Err(no_text) => {
                report(refusal(&no_text));
                return Ok(());
            }
        };
        let (document, remarks) = self.document(origin, Sidecar { doc: doc.clone(), ..sidecar }, decoded);
        remarks.into_iter().for_each(report);
        out.emit(document);
        Ok(())
    }
}

impl Text {
    fn document(&self, origin: String, sidecar: Sidecar, decoded: Decoded) -> (Document, Vec<Diagnostic>) {
        let Decoded { text, guessed } = decoded;
        let mut remarks: Vec<Diagnostic> = guessed.map(guessed_encoding).into_iter().collect();
        let (front, front_remarks) = front_matter::read(&text);
        remarks.extend(front_remarks);
        let body = front.span.map_or(0, Span::end);
        let lines: Vec<Line> = lines(&text, body).collect();

        let given = sidecar.language.clone().or(front.language.clone());
        let (language, unknown) =
            given.map_or_else(|| detected_language(&text[body..], &self.words), |given| (Some(given), None));
        remarks.extend(unknown);
        let days = [
            (sidecar.published, sidecar.published_from.unwrap_or(PublishedFrom::Sidecar)),
            (front.published, PublishedFrom::Metadata),
            (dateline::find(&text, &lines, numeric_order(language.as_deref())), PublishedFrom::Dateline),
            (published::in_file_name(&origin), PublishedFrom::FileName),
        ];
        let (published, disagreements) =
            published::choose(days.into_iter().filter_map(|(date, from)| Some(Published { date: date?, from })));
        remarks.extend(disagreements);

        let content = blocks::blocks(&text, &lines, self.cues.as_ref());
        let title = front.title.or(sidecar.title).or_else(|| headings::headline(&text, &content));
        let outlet = sidecar.outlet.or(front.outlet);
        let document = Document {
            id: String::new(),
            doc: sidecar.doc,
            relays: credits::relays(&text, &content, outlet.as_deref()),
            outlet,
            url: sidecar.url.or(front.url).or_else(|| is_address(&origin).then(|| origin.clone())),
            path: (!is_address(&origin)).then_some(origin),
            language,
            published,
            title,
            blocks: with_front_matter(front.span, content),
            text,
        };
        (document.seal(), remarks)
    }
}

/// `content` behind a block for the front matter.
fn with_front_matter(span: Option<Span>, content: Vec<Block>) -> Vec<Block> {
    let Some(span) = span else { return content };
    let front = Block { span, kind: BlockKind::FrontMatter, repeats: None, sentences: Vec::new() };
    let moved = content.into_iter().map(|block| Block { repeats: block.repeats.map(|at| at + 1), ..block });
    std::iter::once(front).chain(moved).collect()
}

/// How a date in figures is read in a text of some language.
fn numeric_order(language: Option<&str>) -> NumericOrder {
    if language == Some("fr") { NumericOrder::DayFirst } else { NumericOrder::Unknown }
}

fn detected_language(body: &str, words: &FunctionWords) -> (Option<String>, Option<Diagnostic>) {
    let unknown = |message: String| {
        Diagnostic::new(Level::Warning, "parse.language_unknown", message)
            .with_help("Give the language in the manifest or the front matter: `language = \"fr\"`.")
    };
    match detect(body.trim_start(), words) {
        Detected::Known(code) => (Some(code.to_owned()), None),
        Detected::Foreign(name) => {
            (None, Some(unknown(format!("the text seems to be {name}, which is not read here"))))
        }
        Detected::Unclear => (None, Some(unknown("the language of the text cannot be told".to_owned()))),
    }
}

/// The document's key: from the manifest, else the stem of the file.
fn document_key(origin: &str, sidecar: &Sidecar) -> String {
    if !sidecar.doc.is_empty() {
        return sidecar.doc.clone();
    }
    let name = origin.rsplit(['/', '\\']).next().unwrap_or(origin);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

/// Whether an origin is an address on the web rather than a file.
fn is_address(origin: &str) -> bool {
    origin.starts_with("https://") || origin.starts_with("http://")
}

/// Whether items of this media type may be plain text. HTML is, as long as it is no page.
fn is_for_text(media_type: Option<&str>) -> bool {
    let Some(media_type) = media_type else { return true };
    essence(media_type)
        .strip_prefix("text/")
        .is_some_and(|kind| !matches!(kind, "xml" | "csv" | "tab-separated-values"))
}

fn is_html(media_type: Option<&str>) -> bool {
    media_type.is_some_and(|media_type| essence(media_type) == "text/html")
}

fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn declared_encoding(media_type: &str) -> Option<&'static Encoding> {
    let (_, parameters) = media_type.split_once(';')?;
    let label = parameters.split(';').find_map(|parameter| parameter.trim().strip_prefix("charset="))?;
    Encoding::for_label(label.trim_matches(['"', ' ']).as_bytes())
}

/// Whether a text is a web page or XML, which other stages read.
fn is_markup(text: &str) -> bool {
    let start = text.trim_start();
    ["<!doctype", "<html", "<head", "<body", "<?xml"]
        .iter()
        .any(|open| start.get(..open.len()).is_some_and(|head| head.eq_ignore_ascii_case(open)))
}

/// Bytes of the body, in base64 as many as it stands for.
fn byte_length(body: &Body) -> usize {
    match body {
        Body::Text(text) => text.len(),
        Body::Base64(encoded) => encoded.len() / 4 * 3,
    }
}

fn too_large(size: usize, max_bytes: usize) -> Diagnostic {
    let message = format!("the file is larger ({size} bytes) than what is read ({max_bytes})");
    Diagnostic::new(Level::Error, "parse.too_large", message)
        .with_help("Raise `max_bytes` in the options of this stage.")
}

fn refusal(no_text: &NoText) -> Diagnostic {
    let (code, help) = match no_text {
        NoText::Empty => ("parse.empty", "Remove the file from the input, or fetch the article again."),
        NoText::Base64(_) => {
            ("parse.not_text", "The body of an item is `text`, or `base64` with the standard alphabet.")
        }
        NoText::Binary { .. } => (
            "parse.not_text",
            "If it is an article in a rare encoding, name that in the options (`encoding = \"utf-16le\"`); else remove it.",
        ),
    };
    Diagnostic::new(Level::Error, code, no_text.to_string()).with_help(help)
}

fn guessed_encoding(encoding: &'static Encoding) -> Diagnostic {
    let message = format!("the file is not UTF-8 and was read as {}", encoding.name());
    Diagnostic::new(Level::Info, "parse.encoding_guessed", message)
        .with_help("If letters are wrong, name the encoding in the options of this stage.")
}

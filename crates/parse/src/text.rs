//! The stage `text`: plain text of any encoding, with or without front matter.

use encoding_rs::Encoding;
use recoup_model::{Block, BlockKind, Diagnostic, Document, Item, Published, PublishedFrom, Sidecar, Span};
use recoup_plugin::{Context, Error, Out, Result, Stage};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::boilerplate::Cues;
use crate::decode::{Decoded, Hints, decode};
use crate::fragment::fragment_text;
use crate::front_matter;
use crate::function_words::FunctionWords;
use crate::items::{
    byte_length, declared_encoding, detected_language, document_key, guessed_encoding, is_address, is_markup,
    numeric_order, refusal, too_large,
};
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
            modified: None,
            title,
            byline: None,
            fetched: sidecar.fetched,
            quality: None,
            page: recoup_model::PageMap::default(),
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

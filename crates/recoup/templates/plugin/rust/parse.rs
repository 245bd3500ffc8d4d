//! A parse stage of recoup: reads a log with a message a line, `2025-02-28 | Outlet | Words`, each as a document.

use recoup_plugin::prelude::*;

export_stages!(@TYPE@);

/// What a pipeline can set.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, crate = "recoup_plugin::serde")]
pub struct Options {
    /// Language of the messages where no manifest gives it, such as `fr`.
    language: Option<String>,
}

pub struct @TYPE@(Options);

impl Stage for @TYPE@ {
    const NAME: &str = "@NAME@";
    const SUMMARY: &str = "Reads a log, each of its lines as a document.";
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    type Options = Options;
    type Item = Item;

    fn open(options: Options, _: &Context) -> Result<Self> {
        Ok(@TYPE@(options))
    }

    fn process(&mut self, item: Item, out: &mut Out<'_, Document>) -> Result<()> {
        // What is no log is left to the next stage: neither a document nor a report says so.
        let Body::Text(text) = &item.body else { return Ok(()) };
        if text.lines().next().and_then(message).is_none() {
            return Ok(());
        }
        for (line, number) in text.lines().zip(1..) {
            match message(line) {
                Some((published, outlet, words)) => {
                    out.emit(self.document(&item, number, published, outlet, words));
                }
                None if line.trim().is_empty() => {}
                None => out.report(
                    Diagnostic::new(Level::Warning, "@NAME@.line", format!("line {number} is no message"))
                        .in_document(&item.sidecar.doc)
                        .with_help("write `2025-02-28 | Outlet | Words`"),
                ),
            }
        }
        Ok(())
    }
}

impl @TYPE@ {
    fn document(&self, item: &Item, number: usize, published: Published, outlet: &str, words: &str) -> Document {
        let span = Span::new(0, words.len()).ok();
        let block = |span| Block { span, kind: BlockKind::Paragraph, repeats: None, sentences: vec![span] };
        Document {
            id: String::new(), // recoup gives the id
            doc: format!("{}-{number}", item.sidecar.doc),
            outlet: Some(outlet.to_owned()),
            relays: Vec::new(),
            url: None,
            path: Some(item.origin.clone()),
            language: item.sidecar.language.clone().or_else(|| self.0.language.clone()),
            published: Some(published),
            modified: None,
            title: None,
            byline: None,
            fetched: None,
            quality: None,
            page: PageMap::default(),
            text: words.to_owned(),
            blocks: span.map(block).into_iter().collect(),
        }
    }
}

/// Day, outlet and words of a line; `None` where it is no message.
fn message(line: &str) -> Option<(Published, &str, &str)> {
    let (day, rest) = line.split_once(" | ")?;
    let (outlet, words) = rest.split_once(" | ")?;
    let published = Published { date: day.parse().ok()?, from: PublishedFrom::Metadata };
    Some((published, outlet, words.trim_end()))
}

//! A report stage in a shared library: a bulletin in plain text, one line for each finding.
//!
//! ```text
//! koursk, as of 2025-02-28
//! casualties.killed · North Korea · 300–1,000 · disputed · 2 origins
//! ```
//!
//! A report stage reads a stream of [`ReportItem`]s (the head, then findings, changes, sources, articles set aside) and
//! emits [`File`]s, which recoup writes. In a pipeline:
//!
//! ```toml
//! [[report]]
//! plugin = "../../target/plugins/recoup_report_bulletin"
//! isolate = false
//! path = "out/{period}.txt"
//! options = { minimum_origins = 2 }
//! ```

mod words;

use recoup_plugin::prelude::*;
use words::Language;

export_stages!(Bulletin);

/// What a pipeline can set. Its documentation and its schema come from here; a misspelt option is an error that shows
/// the user the right ones.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, crate = "recoup_plugin::serde")]
pub struct Options {
    /// What stands between the fields of a line.
    pub separator: String,
    /// Leaves out what fewer independent origins say.
    pub minimum_origins: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options { separator: " · ".to_owned(), minimum_origins: 0 }
    }
}

/// The stage: its options, what it needs of the context, and the text so far.
#[derive(Debug)]
pub struct Bulletin {
    options: Options,
    language: Language,
    theatre: std::sync::Arc<Theatre>,
    text: String,
}

impl Stage for Bulletin {
    const NAME: &str = "bulletin";
    const SUMMARY: &str = "Writes a bulletin in plain text, one line for each finding.";
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    type Options = Options;
    type Item = ReportItem;

    fn open(options: Options, context: &Context) -> Result<Self> {
        if options.separator.contains(['\n', '\r']) {
            return Err(Error::new("a separator with a line break would cut the line of a finding in two")
                .at_option("separator")
                .with_help("use something that stays on the line, such as \" | \""));
        }
        Ok(Bulletin {
            options,
            language: Language::of(&context.report.language),
            theatre: context.theatre.clone(),
            text: String::new(),
        })
    }

    fn process(&mut self, item: ReportItem, _: &mut Out<'_, File>) -> Result<()> {
        match item {
            ReportItem::Head(head) => self.line(&self.language.heading(&head.pipeline, head.period.end)),
            ReportItem::Finding(item) if item.finding.independent_origins >= self.options.minimum_origins => {
                self.line(&self.fields(&item.finding).join(&self.options.separator));
            }
            // A bulletin says what is known. Fields and kinds of item that a stage has no use for, it passes over.
            ReportItem::Finding(_)
            | ReportItem::Change(_)
            | ReportItem::Edit(_)
            | ReportItem::Erratum(_)
            | ReportItem::Source(_)
            | ReportItem::SetAside(_) => {}
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_, File>) -> Result<()> {
        let text = std::mem::take(&mut self.text);
        out.emit(File { file: Some("bulletin.txt".to_owned()), body: Body::Text(text) });
        Ok(())
    }
}

impl Bulletin {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn fields(&self, finding: &Finding) -> [String; 5] {
        let language = self.language;
        [
            finding.indicator.clone(),
            finding.subject.as_deref().map_or_else(|| "–".to_owned(), |id| self.actor(id)),
            language.bounds(finding.low, finding.high, finding.approximate),
            language.status(finding.status).to_owned(),
            language.origins(finding.independent_origins),
        ]
    }

    /// The display name of an actor, or of several joined by `+`; the id where the theatre has none.
    fn actor(&self, id: &str) -> String {
        let name = |id| {
            let actor = self.theatre.actor(id);
            actor.and_then(|actor| self.language.choose(actor.name_fr.as_deref(), actor.name.as_deref())).unwrap_or(id)
        };
        id.split('+').map(name).collect::<Vec<_>>().join(" + ")
    }
}

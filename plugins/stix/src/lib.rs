//! A report stage in a shared library: the report as a bundle of STIX 2.1, for platforms of threat intelligence.
//!
//! ```text
//! head, sources --> identity (who made it, who says it, who prints it), report (the period)
//! finding ------> note      (the question, its bounds, every position with its grade and its words)
//! dispute ------> opinion   (who contradicts whom)
//! ```
//!
//! Ids are derived from content (UUID version 5) and times are days of the report, so that the same report gives the
//! same bytes; no property is outside the standard. In a pipeline:
//!
//! ```toml
//! [[report]]
//! plugin = "../../target/plugins/recoup_report_stix"
//! isolate = false
//! path = "out/{period}.stix.json"
//! options = { producer = "Example Desk", tlp = "green" }
//! ```

mod bundle;
mod identity;
mod names;
mod note;
mod object;
mod opinion;
mod tlp;
mod words;

use std::sync::Arc;

use recoup_plugin::prelude::*;

use bundle::Collected;
pub use tlp::Tlp;
pub use words::Language;

export_stages!(Stix);

/// What a pipeline can set.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, crate = "recoup_plugin::serde")]
pub struct Options {
    /// Name of the file where `path` is a folder.
    pub file: String,
    /// Who publishes the bundle, an organisation; without it the pipeline, as a system.
    pub producer: Option<String>,
    /// How far the bundle may travel, put on every object; without it nothing is marked. `clear` is `white`.
    pub tlp: Option<Tlp>,
    /// Language of names, notes and opinions; without it that of the report.
    pub language: Option<Language>,
}

impl Default for Options {
    fn default() -> Self {
        Options { file: "report.stix.json".to_owned(), producer: None, tlp: None, language: None }
    }
}

/// The stage: its options, the theatre, and the report so far.
#[derive(Debug)]
pub struct Stix {
    options: Options,
    theatre: Arc<Theatre>,
    report: Option<Collected>,
}

impl Stage for Stix {
    const NAME: &str = "stix";
    const SUMMARY: &str =
        "Writes the report as a STIX 2.1 bundle: a note for each finding, an opinion for each dispute.";
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    type Options = Options;
    type Item = ReportItem;

    /// # Errors
    /// A file or a producer without a name.
    fn open(options: Options, context: &Context) -> Result<Self> {
        if options.file.is_empty() || options.file.ends_with('/') {
            return Err(Error::new("a file needs a name")
                .at_option("file")
                .with_help("write a name such as \"report.stix.json\", or leave the option out"));
        }
        if options.producer.as_ref().is_some_and(|name| object::one_line(name).is_empty()) {
            return Err(Error::new("a producer needs a name")
                .at_option("producer")
                .with_help("write who publishes the bundle, or leave the option out"));
        }
        Ok(Stix { options, theatre: context.theatre.clone(), report: None })
    }

    /// # Errors
    /// A stream that does not begin with its head, or has two.
    fn process(&mut self, item: ReportItem, _: &mut Out<'_, File>) -> Result<()> {
        match (item, &mut self.report) {
            (ReportItem::Head(head), report @ None) => *report = Some(Collected::new(*head)),
            (ReportItem::Head(_), Some(_)) => {
                return Err(Error::new("a report has one head, and here is a second one"));
            }
            (_, None) => return Err(Error::new("a report begins with its head")),
            (item, Some(report)) => report.take(item),
        }
        Ok(())
    }

    /// # Errors
    /// A stream without a head.
    fn finish(&mut self, out: &mut Out<'_, File>) -> Result<()> {
        let report =
            self.report.take().ok_or_else(|| Error::new("a report needs a head, and the stream ended without one"))?;
        let (bundle, remarks) = bundle::bundle(&report, &self.options, &self.theatre);
        for remark in remarks {
            out.report(remark);
        }
        let text = serde_json::to_string_pretty(&bundle)
            .map_err(|why| Error::new(format!("the bundle cannot be written: {why}")))?;
        out.emit(File { file: Some(self.options.file.clone()), body: Body::Text(text + "\n") });
        Ok(())
    }
}

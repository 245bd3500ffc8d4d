//! The report stage `json`.

use recoup_model::{Body, File, ReportItem};
use recoup_plugin::{Context, Error, Out, Result, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stream::Collector;

/// Options of `json`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct JsonOptions {
    /// Whether the file is laid out for people; otherwise it is one line.
    pub indent: bool,
}

impl Default for JsonOptions {
    fn default() -> Self {
        JsonOptions { indent: true }
    }
}

/// Writes the whole report as one JSON file, `report.json`, in the shape of [`crate::Report`].
#[derive(Debug)]
pub struct Json {
    options: JsonOptions,
    items: Collector,
}

impl Stage for Json {
    const NAME: &str = "json";
    const SUMMARY: &str = "Writes the whole report, with every claim and document, as one JSON file.";
    type Options = JsonOptions;
    type Item = ReportItem;

    fn open(options: JsonOptions, _: &Context) -> Result<Self> {
        Ok(Json { options, items: Collector::default() })
    }

    fn process(&mut self, item: ReportItem, _: &mut Out<'_, File>) -> Result<()> {
        self.items.take(item)
    }

    fn finish(&mut self, out: &mut Out<'_, File>) -> Result<()> {
        let report = self.items.end()?;
        let write = if self.options.indent { serde_json::to_string_pretty } else { serde_json::to_string };
        let mut text =
            write(&report).map_err(|why| Error::new(format!("the report cannot be written as JSON: {why}")))?;
        text.push('\n');
        out.emit(File { file: Some("report.json".to_owned()), body: Body::Text(text) });
        Ok(())
    }
}

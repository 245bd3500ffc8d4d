//! The report stage `markdown`.

mod cited;
mod desk;
mod engine;
mod view;

use std::sync::Arc;

use recoup_model::{Body, File, ReportItem, Theatre};
use recoup_plugin::{Context, Error, Out, Result, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[cfg(test)]
pub(crate) use engine::TEMPLATES;

use crate::names::Names;
use crate::stream::Collector;
use crate::words::Words;
use desk::Desk;
use engine::Template;
use view::View;

/// Options of `markdown`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MarkdownOptions {
    /// A template (Jinja) in place of the built-in one: a path relative to the pipeline's file. The built-in parts can be
    /// included from it, as in `{% include "figures.md.jinja" %}`.
    pub template: Option<String>,
}

/// Writes the report as one Markdown file, `report.md`, in French or English, with an endnote for every figure.
///
/// Sections in order: period and cut-off; what changed; figures, each with its disputes and positions; statements
/// without a figure; replaced and withdrawn figures; what could not be verified, was refused or denied; silent sources;
/// method; notes; articles set aside; hashes of what went in.
#[derive(Debug)]
pub struct Markdown {
    template: Template,
    theatre: Arc<Theatre>,
    items: Collector,
}

impl Stage for Markdown {
    const NAME: &str = "markdown";
    const SUMMARY: &str = "Writes the report as Markdown, with an endnote for every figure.";
    type Options = MarkdownOptions;
    type Item = ReportItem;

    fn open(options: MarkdownOptions, context: &Context) -> Result<Self> {
        let template = match options.template {
            None => Template::built_in(),
            Some(name) => match context.report.files.get(&name) {
                Some(source) => Template::given(name, source.clone()),
                None => {
                    return Err(Error::new(format!("there is no template `{name}`")).at_option("template").with_help(
                        "give the path of a file in the pipeline's folder, relative to the pipeline's file",
                    ));
                }
            },
        };
        template.check()?;
        Ok(Markdown { template, theatre: context.theatre.clone(), items: Collector::default() })
    }

    fn process(&mut self, item: ReportItem, _: &mut Out<'_, File>) -> Result<()> {
        self.items.take(item)
    }

    fn finish(&mut self, out: &mut Out<'_, File>) -> Result<()> {
        let report = self.items.end()?;
        let words = Words::of(&report.head.language)?;
        let names = Names::new(&self.theatre, &words, &report.head.language, &report.findings);
        let view = View::of(&report, &mut Desk::new(&report, &words, &names))?;
        out.emit(File {
            file: Some("report.md".to_owned()),
            body: Body::Text(self.template.render(&view, report.items())?),
        });
        Ok(())
    }
}

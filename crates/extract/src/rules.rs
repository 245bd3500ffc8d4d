//! The stage.

use std::collections::BTreeMap;
use std::sync::Arc;

use recoup_language::Names;
use recoup_language::lexicon::Lexicon;
use recoup_model::{Claim, Diagnostic, Document, Level, Theatre};
use recoup_plugin::{Context, Out, Result, Stage};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::article::Article;
use crate::frames;

/// Options of the extractor `rules`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Indicators to look for; empty means every one that the program and the theatre know.
    pub indicators: Vec<String>,
}

/// Reads claims with the grammar of the program and the vocabulary of its packs.
pub struct Rules {
    options: Options,
    theatre: Arc<Theatre>,
    names: BTreeMap<&'static str, Names>,
}

impl Stage for Rules {
    const NAME: &'static str = "rules";
    const SUMMARY: &'static str =
        "Reads claims by grammar: figures, times, places, actors, sources and stance, bound within a clause.";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    type Options = Options;
    type Item = Document;

    fn open(options: Options, context: &Context) -> Result<Self> {
        Ok(Rules { options, theatre: Arc::clone(&context.theatre), names: BTreeMap::new() })
    }

    fn process(&mut self, document: Document, out: &mut Out<'_, Claim>) -> Result<()> {
        let Some(lexicon) = document.language.as_deref().and_then(Lexicon::of) else {
            let language = document.language.as_deref().unwrap_or("unknown");
            out.report(
                Diagnostic::new(
                    Level::Warning,
                    "extract.language",
                    format!("no claims are read: there is no pack for the language `{language}`"),
                )
                .in_document(&document.id)
                .with_help("packs exist for fr and en; give the language in a manifest or in the front matter"),
            );
            return Ok(());
        };
        let names = self.names.entry(lexicon.language()).or_insert_with(|| Names::new(&self.theatre, lexicon));
        let claims = Article::read(&document, lexicon, names, &self.theatre, frames::claims);
        for claim in claims {
            if self.options.indicators.is_empty() || self.options.indicators.contains(&claim.indicator) {
                out.emit(claim);
            }
        }
        Ok(())
    }
}

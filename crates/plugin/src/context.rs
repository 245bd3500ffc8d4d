//! What a stage is told besides its items.

use std::sync::Arc;

use recoup_model::{CopyGroup, DocumentHead, Theatre};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a stage is told besides its items. Fields are only ever added; a stage ignores what it does not know.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Context {
    /// Actors, places, sources with grades and owners, indicators: the base pack with the pipeline's theatre on top.
    pub theatre: Arc<Theatre>,
    /// For reconcile: every document of the run, without its text.
    pub documents: Arc<Vec<DocumentHead>>,
    /// For reconcile: groups of near-identical texts.
    pub copies: Arc<Vec<CopyGroup>>,
    /// What the report is to look like.
    pub report: ReportContext,
}

/// What the report is to look like.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ReportContext {
    /// `fr` or `en`.
    pub language: String,
    /// The contents of the files that a report stage's options name (templates), by their name in the options.
    pub files: std::collections::BTreeMap<String, String>,
}

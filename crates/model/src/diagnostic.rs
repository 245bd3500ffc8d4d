//! What a stage has to say about its input or its options.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Span;

/// A remark of a stage. The host turns `path` into a place in the user's TOML and `span` into one in the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// How bad it is.
    pub level: Level,
    /// Stable, dotted, lower case: `parse.not_text`.
    pub code: String,
    /// One sentence.
    pub message: String,
    /// The option it is about: `options.separator`.
    pub path: Option<String>,
    /// The document or item it is about.
    pub document: Option<String>,
    /// Bytes of the document's text.
    pub span: Option<Span>,
    /// What to do.
    pub help: Option<String>,
}

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Good to know.
    Info,
    /// Recovered.
    Warning,
    /// The item is set aside.
    Error,
}

impl Diagnostic {
    /// A diagnostic with neither place nor help.
    pub fn new(level: Level, code: impl Into<String>, message: impl Into<String>) -> Self {
        Diagnostic {
            level,
            code: code.into(),
            message: message.into(),
            path: None,
            document: None,
            span: None,
            help: None,
        }
    }

    /// The same with the option it is about.
    pub fn at_option(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// The same with the document it is about.
    pub fn in_document(mut self, document: impl Into<String>) -> Self {
        self.document = Some(document.into());
        self
    }

    /// The same with what to do.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

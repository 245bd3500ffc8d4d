//! The stage trait.

use std::fmt;

use recoup_model::{Claim, Diagnostic, Document, File, Finding, Item, ReportItem};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::Context;

/// Version of the messages between host and stage, apart from recoup's own version: same major required.
pub const PROTOCOL: &str = "1.0";

/// What kind of stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An article as found -> documents.
    Parse,
    /// A document -> claims.
    Extract,
    /// The claims of one group -> findings.
    Reconcile,
    /// A stream of report items -> files.
    Report,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Parse => "parse",
            Kind::Extract => "extract",
            Kind::Reconcile => "reconcile",
            Kind::Report => "report",
        })
    }
}

/// What a stage can be given, and what it makes of it. The type of its items decides the kind of a stage.
pub trait StageItem: Serialize + DeserializeOwned + Send + 'static {
    /// The kind of stage that reads such items.
    const KIND: Kind;
    /// What such a stage emits.
    type Output: Serialize + DeserializeOwned + Send + 'static;
}

impl StageItem for Item {
    const KIND: Kind = Kind::Parse;
    type Output = Document;
}

impl StageItem for Document {
    const KIND: Kind = Kind::Extract;
    type Output = Claim;
}

impl StageItem for Claim {
    const KIND: Kind = Kind::Reconcile;
    type Output = Finding;
}

impl StageItem for ReportItem {
    const KIND: Kind = Kind::Report;
    type Output = File;
}

/// A stage: a pure function over items, with a beginning and an end.
///
/// parse and extract get one instance per worker, reconcile one per group, report one per declared output. An instance is
/// used by one thread at a time and may move. Same items, same output.
pub trait Stage: Sized + Send + 'static {
    /// Name by which a pipeline uses the stage.
    const NAME: &'static str;
    /// One sentence, shown by `recoup stages` and in the report's method.
    const SUMMARY: &'static str;
    /// Version of the stage. The default is that of this crate: a plugin gives its own.
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    /// Options from the pipeline. Derive `Deserialize` with `deny_unknown_fields` and `default`, so that a misspelt
    /// option is an error; documentation and schema come from its doc comments.
    type Options: DeserializeOwned + JsonSchema;
    /// What the stage reads: `Item`, `Document`, `Claim` or `ReportItem`.
    type Item: StageItem;

    /// Makes an instance.
    ///
    /// # Errors
    /// Options that cannot be worked with, best with [`Error::at_option`].
    fn open(options: Self::Options, context: &Context) -> Result<Self>;

    /// Reads one item. An item that cannot be handled is reported through `out` and the call succeeds; for a parse
    /// stage, neither a document nor a report means that the item is not for this stage.
    ///
    /// # Errors
    /// The stage cannot go on at all. Nothing that the failed call emitted is used.
    fn process(&mut self, item: Self::Item, out: &mut Out<'_, <Self::Item as StageItem>::Output>) -> Result<()>;

    /// Called once after the last item.
    ///
    /// # Errors
    /// As for [`Stage::process`].
    fn finish(&mut self, out: &mut Out<'_, <Self::Item as StageItem>::Output>) -> Result<()> {
        let _ = out;
        Ok(())
    }
}

/// Receives what a stage emits and reports.
pub trait Sink<O> {
    /// Takes one output item.
    fn emit(&mut self, item: O);
    /// Takes one diagnostic.
    fn report(&mut self, diagnostic: Diagnostic);
    /// Whether the stage should return soon.
    fn cancelled(&self) -> bool {
        false
    }
}

/// Where a stage puts what it makes.
pub struct Out<'a, O> {
    sink: &'a mut dyn Sink<O>,
}

impl<'a, O> Out<'a, O> {
    /// An output that goes to `sink`.
    pub fn new(sink: &'a mut dyn Sink<O>) -> Self {
        Out { sink }
    }

    /// Hands out one item.
    pub fn emit(&mut self, item: O) {
        self.sink.emit(item);
    }

    /// Says something about the item or the options.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.sink.report(diagnostic);
    }

    /// Whether the host wants the stage to return soon; worth asking in long loops.
    pub fn cancelled(&self) -> bool {
        self.sink.cancelled()
    }
}

/// Why a stage cannot go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// One sentence.
    pub message: String,
    /// The option to blame: `options.separator`.
    pub path: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

/// What a stage returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error with neither place nor help.
    pub fn new(message: impl Into<String>) -> Self {
        Error { message: message.into(), path: None, help: None }
    }

    /// The same with the option to blame, without the leading `options.`.
    pub fn at_option(mut self, option: &str) -> Self {
        self.path = Some(format!("options.{option}"));
        self
    }

    /// The same with what to do.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// What a stage says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Manifest {
    /// [`Stage::NAME`].
    pub name: String,
    /// The kind of stage.
    pub kind: Kind,
    /// [`Stage::VERSION`].
    pub version: String,
    /// [`PROTOCOL`] of the crate it was built with.
    pub protocol: String,
    /// Encodings that it reads: `json`.
    pub codecs: Vec<String>,
    /// Features of the host without which it cannot work.
    #[serde(default)]
    pub needs: Vec<String>,
    /// [`Stage::SUMMARY`].
    pub summary: String,
    /// JSON Schema of its options.
    pub options: serde_json::Value,
}

impl Manifest {
    /// The manifest of a stage.
    pub fn of<S: Stage>() -> Self {
        Manifest {
            name: S::NAME.to_owned(),
            kind: S::Item::KIND,
            version: S::VERSION.to_owned(),
            protocol: PROTOCOL.to_owned(),
            codecs: vec!["json".to_owned()],
            needs: Vec::new(),
            summary: S::SUMMARY.to_owned(),
            options: schemars::schema_for!(S::Options).to_value(),
        }
    }
}

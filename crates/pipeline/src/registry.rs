//! The stages that are linked in: one line each, no magic.

use std::path::Path;

use recoup_model::{Claim, Document, Item, ReportItem};
use recoup_plugin::{Context, Kind, Manifest, Stage, StageItem};
use serde::Deserialize;
use serde_json::Value;

use crate::spanned::{self, Mistake, Spanned, Tree};
use crate::{Builtin, Library, LibraryError, Running, StageFailure};

/// Makes an instance of a stage from its options in JSON.
pub(crate) type OpenStage<I> = fn(&Value, &Context) -> Result<Box<dyn Running<I>>, StageFailure>;

/// One stage that is linked in.
pub struct Entry<I: StageItem> {
    pub(crate) name: &'static str,
    pub(crate) manifest: fn() -> Manifest,
    /// Types the options of a pipeline's file, so that every mistake has its place.
    pub(crate) check: for<'a> fn(&Spanned<Tree<'a>>) -> Vec<Mistake>,
    pub(crate) open: OpenStage<I>,
}

impl<I: StageItem> Entry<I> {
    /// The entry of a stage.
    pub const fn of<S: Stage<Item = I>>() -> Self {
        Entry { name: S::NAME, manifest: Manifest::of::<S>, check: check::<S>, open: open::<S> }
    }
}

fn check<S: Stage>(options: &Spanned<Tree<'_>>) -> Vec<Mistake> {
    spanned::typed::<S::Options>(options).err().unwrap_or_default()
}

fn open<S: Stage>(options: &Value, context: &Context) -> Result<Box<dyn Running<S::Item>>, StageFailure> {
    let options = S::Options::deserialize(options).map_err(|e| StageFailure::new(S::NAME, e.to_string()))?;
    Ok(Box::new(Builtin::<S>::open(options, context)?))
}

/// The stages that a pipeline can `use`, by kind.
pub struct Registry {
    /// An article as found -> documents.
    pub parse: &'static [Entry<Item>],
    /// A document -> claims.
    pub extract: &'static [Entry<Document>],
    /// The claims of one group -> findings.
    pub reconcile: &'static [Entry<Claim>],
    /// A stream of report items -> files.
    pub report: &'static [Entry<ReportItem>],
}

/// The stages of recoup itself.
pub static BUILT_IN: Registry = Registry {
    parse: &[Entry::of::<recoup_parse::Text>(), Entry::of::<recoup_parse::Html>()],
    extract: &[Entry::of::<recoup_extract::Rules>()],
    reconcile: &[Entry::of::<recoup_reconcile::Intervals>(), Entry::of::<recoup_reconcile::AsReported>()],
    report: &[
        Entry::of::<recoup_report::Markdown>(),
        Entry::of::<recoup_report::Csv>(),
        Entry::of::<recoup_report::Json>(),
    ],
};

impl Registry {
    /// The manifests of all stages, in the order of the data and then of declaration.
    pub fn manifests(&self) -> Vec<Manifest> {
        let parse = self.parse.iter().map(|e| (e.manifest)());
        let extract = self.extract.iter().map(|e| (e.manifest)());
        let reconcile = self.reconcile.iter().map(|e| (e.manifest)());
        let report = self.report.iter().map(|e| (e.manifest)());
        parse.chain(extract).chain(reconcile).chain(report).collect()
    }

    /// The kind of the stage called `name`, whichever it is.
    pub(crate) fn kind_of(&self, name: &str) -> Option<Kind> {
        self.manifests().into_iter().find(|manifest| manifest.name == name).map(|manifest| manifest.kind)
    }
}

/// The slice of a registry that holds the stages of one kind.
pub(crate) trait Registered: StageItem {
    fn entries(registry: &Registry) -> &'static [Entry<Self>];
}

impl Registered for Item {
    fn entries(registry: &Registry) -> &'static [Entry<Self>] {
        registry.parse
    }
}

impl Registered for Document {
    fn entries(registry: &Registry) -> &'static [Entry<Self>] {
        registry.extract
    }
}

impl Registered for Claim {
    fn entries(registry: &Registry) -> &'static [Entry<Self>] {
        registry.reconcile
    }
}

impl Registered for ReportItem {
    fn entries(registry: &Registry) -> &'static [Entry<Self>] {
        registry.report
    }
}

/// The manifests of the built-in stages.
pub fn built_in_stages() -> Vec<Manifest> {
    BUILT_IN.manifests()
}

/// The manifests of the stages in a shared library.
///
/// # Errors
/// [`LibraryError`] where the file is missing, is no plugin or speaks another protocol. Loading runs the library's own
/// initialisers: a library is trusted like any program.
pub fn manifest_of(library: &Path) -> Result<Vec<Manifest>, LibraryError> {
    Ok(Library::load(library, None)?.manifests().to_vec())
}

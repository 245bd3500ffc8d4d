//! Reads a pipeline's TOML, loads its stages and runs them.
//!
//! ```text
//! Pipeline::load ── every mistake at once, each with its place ──> Problems
//!       │
//!      run ── gather, parse, extract, reconcile, compare, report ──> Outcome
//! ```
//!
//! A pipeline that loads has been checked as a whole: its stages open with their options, its theatre holds together,
//! its reports stay in their folder. What can still go wrong in a run is an article, which is set aside, or the disk.

mod archive;
mod cage;
mod child;
mod conformance;
mod diff;
mod inputs;
mod library;
mod load;
mod nearest;
mod packs;
mod pipeline;
mod plugins;
mod problem;
mod registry;
mod rulings;
mod run;
mod running;
mod said;
mod schema;
mod spanned;
mod test;
mod theatre;
mod unknown;

pub use archive::{
    BackfillOptions, Exported, Filled, Replayed, ReportOptions, StoreCare, archived, backfill, page, recall, report,
    reports,
};
pub use cage::{PluginHost, plugin_host, set_cage_program};
pub use child::Limits;
pub use conformance::{Check, Given, Outcome as CheckOutcome, Subject, UnreadableItem, conform};
pub use diff::{Diff, DiffSide, Difference, ReportSide, diff};
pub use library::{Library, LibraryError, LibraryStage, Told};
pub use packs::check_packs;
pub use pipeline::{Form, Pipeline, StageInfo};
pub use plugins::{Place, PlaceOf, Shelved, plugins};
pub use problem::{Problem, Problems, Severity, SourceFile};
pub use recoup_store::{Checked, ReportRow, Stats, StoreError};
pub use registry::{BUILT_IN, Entry, Registry, built_in_stages, manifest_of};
pub use rulings::{Rulings, Tally, append as append_ruling};
pub use run::{
    Annotated, Extracted, FindingsOptions, Outcome, Progress, Reconciled, RunError, RunOptions, Weighed, annotate,
    extract, findings, reconcile, run,
};
pub use running::{Builtin, Call, Heard, How, Running, StageFailure};
pub use said::place;
pub use schema::{pipeline_schema, theatre_schema};
pub use test::{Mismatch, Tested, Tests, accept, test};

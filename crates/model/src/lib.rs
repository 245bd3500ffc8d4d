//! What flows between the stages of recoup, and nothing else.
//!
//! ```text
//! bytes -> Item --parse--> Document --extract--> Claim --reconcile--> Finding --report--> File
//! ```
//!
//! Every type here serializes to the JSON of the wire format and carries its invariants in its
//! constructors: a [`Anchor`] slices to its quote, a [`Quantity`] has `low <= high`, a [`Time`]
//! does not end before it starts. No slot has a default: what a text does not say is `None`.

mod claim;
mod diagnostic;
mod document;
mod finding;
mod hash;
mod item;
mod names;
mod page_map;
mod period;
mod report;
mod ruling;
pub mod shown;
mod span;
mod theatre;
mod time;

pub use claim::{Anchor, Claim, Evidence, InvalidQuantity, Measure, PlaceRef, Quantity, SourceRef, Stance};
pub use diagnostic::{Diagnostic, Level};
pub use document::{Block, BlockKind, Document, DocumentHead, Published, PublishedFrom};
pub use finding::{
    Derived, Disagreement, DisagreementClass, Estimates, Finding, FindingTime, Grade, Likelihood, Lineage, Position,
    Status,
};
pub use hash::{ContentHasher, content_hash};
pub use item::{Body, Item, Sidecar};
pub use names::{fold, slug};
pub use page_map::PageMap;
pub use period::{InvalidPeriod, Period, PeriodLength};
pub use report::{
    ArchiveState, ArchivedDocument, Because, Change, ChangeKind, CopyGroup, Edit, EditedFigure, Erratum, File,
    FindingItem, Hashed, Head, MethodStep, ReportItem, RunManifest, SetAside, SourceState,
};
pub use ruling::{AppliedRuling, DECISIONS, Decision, InvalidRuling, Ruling};
pub use span::{InvalidSpan, Span};
pub use theatre::{
    Actor, ActorKind, Demonyms, Indicator, PerLanguage, Place, Precision, Reliability, Source, SourceKind, Theatre,
    Triggers,
};
pub use time::{InvalidTime, Time};

/// The built-in indicators, in the order in which reports print them.
///
/// Source: section 3 of the design; definitions follow the annotation guide.
pub const INDICATORS: [&str; 19] = [
    "forces.sent",
    "forces.present",
    "forces.withdrawn",
    "forces.trained",
    "casualties.killed",
    "casualties.wounded",
    "casualties.killed_or_wounded",
    "casualties.missing",
    "prisoners.captured",
    "people.displaced",
    "equipment.delivered",
    "equipment.destroyed",
    "munitions.launched",
    "munitions.intercepted",
    "territory.captured",
    "territory.held",
    "territory.lost",
    "agreement.signed",
    "aid.provided",
];

/// The indicator of statements that something could not be verified.
pub const VERIFICATION: &str = "verification.unavailable";

/// The family of an indicator: what stands before its first dot (`casualties.killed` -> `casualties`).
pub fn family(indicator: &str) -> &str {
    indicator.split('.').next().unwrap_or(indicator)
}

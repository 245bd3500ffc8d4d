//! What a report stage is given, and the files it makes of it.

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{AppliedRuling, Claim, Document, DocumentHead, Finding, Period};

/// One item of the stream that a report stage reads, in the order of the variants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ReportItem {
    /// First, once.
    Head(Box<Head>),
    /// Each finding with what it rests on.
    Finding(Box<FindingItem>),
    /// How each finding stands against the period before, then those that stand no more.
    Change(Change),
    /// Each article that its outlet changed since the report before.
    Edit(Box<Edit>),
    /// Each figure that an earlier report printed and that stands no more.
    Erratum(Box<Erratum>),
    /// Each outlet and body that was read, and how it stands this period.
    Source(SourceState),
    /// Each article that was set aside.
    SetAside(SetAside),
    /// Each document of an archive. Reports hold none: it is `recoup store export` that hands on documents and claims.
    Document(Box<ArchivedDocument>),
    /// Each claim of an archive, behind its document.
    Claim(Box<Claim>),
    /// A kind that a later version has; a stage passes over what it does not know.
    #[serde(other)]
    #[schemars(skip)]
    Later,
}

/// What a report says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Head {
    /// Name of the pipeline.
    pub pipeline: String,
    /// Language of the report: `fr` or `en`.
    pub language: String,
    /// The days since which something counts as a change; its end is the cut-off.
    pub period: Period,
    /// Cut-off of the report before, where one can be recomputed.
    pub previous: Option<Date>,
    /// The newest day of publication among the documents.
    pub newest: Option<Date>,
    /// How many documents were read.
    pub documents: usize,
    /// Documents of which the day of publication is unknown; they are read in every period.
    pub undated: Vec<String>,
    /// How many claims were found.
    pub claims: usize,
    /// Findings that are not printed because nothing was heard of them for longer than the horizon of the pipeline.
    #[serde(default)]
    pub dormant: usize,
    /// Groups of near-identical texts.
    #[serde(default)]
    pub copies: Vec<CopyGroup>,
    /// How the figures were made, printed from the pipeline itself.
    #[serde(default)]
    pub method: Vec<MethodStep>,
    /// What analysts decided by the cut-off, in the order of the file.
    #[serde(default)]
    pub rulings: Vec<AppliedRuling>,
    /// Hashes of everything that went in.
    pub manifest: RunManifest,
}

/// One step of the method: the stages of one kind, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MethodStep {
    /// `parse`, `extract`, `reconcile` or `report`.
    pub stage: String,
    /// Name of the built-in, the library or the command.
    pub name: String,
    /// One sentence on what it does.
    pub summary: String,
    /// Version of what ran.
    pub version: String,
    /// Its options as given, in JSON.
    pub options: String,
}

/// Hashes of everything that went into a run; no date of the run, no machine, no path outside the pipeline.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RunManifest {
    /// Version of recoup.
    pub version: String,
    /// The pipeline's file.
    pub pipeline: Option<Hashed>,
    /// The file of rulings, as far as they were decided by the cut-off.
    #[serde(default)]
    pub rulings: Option<Hashed>,
    /// Articles, by name; where there is a store, those taken in since the report before.
    #[serde(default)]
    pub inputs: Vec<Hashed>,
    /// What the store held.
    #[serde(default)]
    pub archive: Option<ArchiveState>,
    /// Files of the theatre and the base packs.
    #[serde(default)]
    pub packs: Vec<Hashed>,
    /// Shared libraries.
    #[serde(default)]
    pub plugins: Vec<Hashed>,
}

/// What a store held when a report was made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ArchiveState {
    /// How many articles, every version counted.
    pub articles: usize,
    /// SHA-256 over the hashes of all of them, in the order of their names.
    pub sha256: String,
    /// When the last of them was taken in: nothing later is known to the report.
    pub taken_in: Timestamp,
}

/// A file and its SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Hashed {
    /// Relative to the pipeline where it lies below it.
    pub name: String,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

/// Near-identical texts: one text that several outlets print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CopyGroup {
    /// Ids of the documents, first publisher first, undated ones last.
    pub documents: Vec<String>,
    /// Days between the first and each following one; null where either is undated.
    #[serde(default)]
    pub lag_days: Vec<Option<i32>>,
}

/// A document of an archive. The same article is there once for each version that was taken in, and once more for each
/// time that a version was read again, by other stages or with other packs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ArchivedDocument {
    /// The document.
    #[serde(flatten)]
    pub document: Document,
    /// When this version was taken in.
    pub taken_in: Timestamp,
    /// When it was read.
    pub read_at: Timestamp,
}

/// A finding with everything that its figures rest on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FindingItem {
    /// The finding.
    pub finding: Finding,
    /// The claims of its positions.
    pub claims: Vec<Claim>,
    /// The documents of these claims.
    pub documents: Vec<DocumentHead>,
}

/// How a finding stands against the period before. Each finding has one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// What kind of change. Named `change` on the wire, beside the item's `kind`.
    pub change: ChangeKind,
    /// The finding's id, now or (withdrawn) then.
    pub finding: String,
    /// The finding as it was.
    pub before: Option<Box<Finding>>,
    /// The finding as it is.
    pub after: Option<Box<Finding>>,
    /// Whether only a source that was not read before makes the difference.
    pub coverage_only: bool,
}

/// The kinds of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// The question was not asked before.
    New,
    /// A bound or the best value went up.
    Raised,
    /// A bound or the best value went down.
    Lowered,
    /// The interval became narrower.
    Narrowed,
    /// A position was replaced by its own origin.
    Superseded,
    /// The figure stands no more.
    Withdrawn,
    /// The status changed and the figure did not.
    Status,
    /// Nothing new was said of it in the period.
    Silent,
    /// It was spoken of in the period, or had been replaced before, and its figure and status are the same.
    Unchanged,
}

impl ChangeKind {
    /// Whether the finding says something else than before.
    pub fn is_news(self) -> bool {
        !matches!(self, ChangeKind::Silent | ChangeKind::Unchanged)
    }
}

/// An article that was found again with other figures than before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Edit {
    /// The document as it was.
    pub before: DocumentHead,
    /// The document as it is.
    pub after: DocumentHead,
    /// When the one before was taken in.
    pub taken_in_before: Timestamp,
    /// When this one was taken in.
    pub taken_in: Timestamp,
    /// The figures that differ.
    pub figures: Vec<EditedFigure>,
}

/// A figure of an article that was changed, added (nothing before) or taken out (nothing after).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EditedFigure {
    /// What the article said.
    pub before: Option<Box<Claim>>,
    /// What it says now.
    pub after: Option<Box<Claim>>,
}

/// A figure that an earlier report printed and that stands no more, because what it rested on is gone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Erratum {
    /// Cut-off of the last report that printed it.
    pub printed: Date,
    /// The finding as printed.
    pub before: Finding,
    /// The finding as it is; null where nothing is left of it.
    pub after: Option<Finding>,
    /// Why it stands no more.
    pub because: Because,
    /// The documents that carried what is gone.
    pub documents: Vec<DocumentHead>,
}

/// Why a printed figure stands no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// An outlet changed its article.
    Edited,
    /// An analyst ruled so.
    Ruled,
    /// The articles were read again with other words, rules or stages.
    Reread,
}

/// An outlet or body that was read, and how it stands this period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SourceState {
    /// Canonical id.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Whether it prints (`outlet`) or is quoted (`origin`).
    pub role: String,
    /// Admiralty reliability, `F` where nobody has judged it.
    pub reliability: crate::Reliability,
    /// Documents or claims up to the cut-off.
    pub total: usize,
    /// Those of the period.
    pub in_period: usize,
    /// Those of the period before.
    #[serde(default)]
    pub in_previous: usize,
    /// The newest day.
    pub newest: Option<Date>,
    /// How many days usually lie between the days on which it is heard: the median up to the cut-off; null where it was
    /// heard on fewer than three.
    #[serde(default)]
    pub rhythm_days: Option<f64>,
    /// Whether it was expected and is not heard this period: its rhythm would have it speak twice at least in as many
    /// days, or it spoke in each of the three periods before.
    #[serde(default)]
    pub missing: bool,
    /// Whether it is first heard this period, and others were heard before.
    #[serde(default)]
    pub new: bool,
}

/// An article that was set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SetAside {
    /// Where it was found.
    pub origin: String,
    /// Stable code of the reason.
    pub code: String,
    /// The reason, one sentence.
    pub reason: String,
    /// What to do.
    pub help: Option<String>,
}

/// A file that a report stage makes; the host writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct File {
    /// Name below the output path; null where the path names the single file.
    pub file: Option<String>,
    /// The content.
    #[serde(flatten)]
    pub body: crate::Body,
}

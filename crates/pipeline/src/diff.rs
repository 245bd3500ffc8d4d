//! Any two reports, compared: those of two cut-offs, of two versions of a pipeline, of two rulings.

use std::collections::{BTreeMap, BTreeSet};

use recoup_model::{Change, Claim, DocumentHead, Finding, Period};
use recoup_report::Report;
use serde::Serialize;

use crate::run::changes::{Comparison, Paper, carriers, claims};

/// What a report says, as far as it is known.
#[derive(Debug, Clone, Default)]
pub struct ReportSide {
    /// What it is called where the two are told apart: the path of its file, its cut-off.
    pub name: String,
    /// Its period, where it is known.
    pub period: Option<Period>,
    /// Its findings, in its order.
    pub findings: Vec<Finding>,
    /// The claims on which they rest. Of one that is missing here, the words are not told.
    pub claims: Vec<Claim>,
    /// The documents that carry them. Without the later side's, nothing is known to have changed only because a new
    /// outlet is read.
    pub documents: Vec<DocumentHead>,
}

impl ReportSide {
    /// A whole report, as the stage `json` writes it.
    pub fn of(name: impl Into<String>, report: Report) -> Self {
        let mut side = ReportSide { name: name.into(), period: Some(report.head.period), ..ReportSide::default() };
        for item in report.findings {
            side.findings.push(item.finding);
            side.claims.extend(item.claims);
            side.documents.extend(item.documents);
        }
        side.claims.sort_by(|a, b| a.id.cmp(&b.id));
        side.claims.dedup_by(|a, b| a.id == b.id);
        side.documents.sort_by(|a, b| a.id.cmp(&b.id));
        side.documents.dedup_by(|a, b| a.id == b.id);
        side
    }

    /// Every document that it is known to have read.
    fn read(&self) -> BTreeSet<&str> {
        self.documents.iter().map(|d| d.id.as_str()).chain(self.findings.iter().flat_map(carriers)).collect()
    }

    /// Every claim that its findings rest on.
    fn rests_on(&self) -> BTreeSet<&str> {
        self.findings.iter().flat_map(claims).collect()
    }

    fn told(&self) -> DiffSide {
        DiffSide { name: self.name.clone(), period: self.period, findings: self.findings.len() }
    }
}

/// What differs between two reports.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diff {
    /// The earlier side.
    pub before: DiffSide,
    /// The later side.
    pub after: DiffSide,
    /// One for each finding of the later side, in its order; then those of the earlier one that stand no more.
    pub changes: Vec<Difference>,
}

/// What a comparison says of each report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DiffSide {
    /// See [`ReportSide::name`].
    pub name: String,
    /// Its period, where it is known.
    pub period: Option<Period>,
    /// How many findings it has.
    pub findings: usize,
}

/// How one finding stands against the earlier report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The change, of the same kinds as in a report.
    #[serde(flatten)]
    pub change: Change,
    /// The claims that it rests on, and nothing of the earlier report does.
    pub came: Vec<Claim>,
    /// The claims that it rested on, and nothing of the later report does.
    pub went: Vec<Claim>,
}

impl Difference {
    /// Whether the two reports differ in it: in what they conclude, or in the words it rests on.
    pub fn differs(&self) -> bool {
        self.change.change.is_news() || !self.came.is_empty() || !self.went.is_empty()
    }
}

impl Diff {
    /// Whether the two reports differ.
    pub fn differs(&self) -> bool {
        self.changes.iter().any(Difference::differs)
    }
}

/// Compares two reports as a run compares its findings with those of the period before: a finding is the earlier one
/// that has its id, or else most claims in common. What only the later side is known to have read counts as heard since.
pub fn diff(before: &ReportSide, after: &ReportSide) -> Diff {
    let known = before.read();
    let outlets: BTreeMap<&str, Option<&str>> =
        after.documents.iter().map(|d| (d.id.as_str(), d.outlet.as_deref())).collect();
    let paper = |id| (id, Paper { outlet: outlets.get(id).copied().flatten(), fresh: !known.contains(id) });
    let papers = after.read().into_iter().map(paper).collect();
    let comparison = Comparison::new(&before.findings, papers, !known.is_empty()).and_read(outlets_of(before));
    let mut findings = after.findings.clone();
    let changes = comparison.changes(&mut findings);
    let (came, went) = (Words::of(after, before), Words::of(before, after));
    let difference = |change: Change| Difference {
        came: came.only(change.after.as_deref()),
        went: went.only(change.before.as_deref()),
        change,
    };
    Diff { before: before.told(), after: after.told(), changes: changes.into_iter().map(difference).collect() }
}

fn outlets_of(side: &ReportSide) -> impl Iterator<Item = &str> {
    side.documents.iter().filter_map(|document| document.outlet.as_deref())
}

/// The claims of one side on which the other does not rest.
struct Words<'s> {
    claims: BTreeMap<&'s str, &'s Claim>,
    other: BTreeSet<&'s str>,
}

impl<'s> Words<'s> {
    fn of(side: &'s ReportSide, other: &'s ReportSide) -> Self {
        let claims = side.claims.iter().map(|claim| (claim.id.as_str(), claim)).collect();
        Words { claims, other: other.rests_on() }
    }

    /// Those of a finding, in its order.
    fn only(&self, finding: Option<&Finding>) -> Vec<Claim> {
        let mut seen = BTreeSet::new();
        let ids = finding.into_iter().flat_map(claims).filter(|id| !self.other.contains(id) && seen.insert(*id));
        ids.filter_map(|id| self.claims.get(id)).map(|claim| (*claim).clone()).collect()
    }
}

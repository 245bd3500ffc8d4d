//! The stream of report items, collected.

use recoup_model::{Change, Edit, Erratum, FindingItem, Head, ReportItem, SetAside, SourceState};
use recoup_plugin::{Error, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A whole report, as `report.json` holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// What the report says of itself.
    pub head: Head,
    /// Each finding with the claims and documents that it rests on.
    pub findings: Vec<FindingItem>,
    /// How each finding stands against the period before.
    pub changes: Vec<Change>,
    /// The articles that their outlets changed since the report before; with a store alone.
    #[serde(default)]
    pub edits: Vec<Edit>,
    /// The figures of earlier reports that stand no more because what they rested on is gone; with a store alone.
    #[serde(default)]
    pub errata: Vec<Erratum>,
    /// The outlets and bodies that were read, and how they stand this period.
    pub sources: Vec<SourceState>,
    /// The articles that were set aside.
    pub set_aside: Vec<SetAside>,
}

impl Report {
    /// How many things there are to print.
    pub(crate) fn items(&self) -> usize {
        let claims: usize = self.findings.iter().map(|item| item.claims.len() + 1).sum();
        let hashed =
            self.head.manifest.inputs.len() + self.head.manifest.packs.len() + self.head.manifest.plugins.len();
        let corrections = self.errata.len() + self.edits.iter().map(|edit| edit.figures.len() + 1).sum::<usize>();
        let others =
            corrections + self.changes.len() + self.sources.len() + self.set_aside.len() + self.head.copies.len();
        claims + hashed + others
    }
}

/// Collects the stream into a [`Report`].
#[derive(Debug, Default)]
pub(crate) struct Collector {
    report: Option<Report>,
}

impl Collector {
    /// Takes the next item.
    ///
    /// # Errors
    /// The head does not come first, or comes twice.
    pub(crate) fn take(&mut self, item: ReportItem) -> Result<()> {
        match (item, &mut self.report) {
            (ReportItem::Head(head), report @ None) => {
                let (findings, changes, edits, errata, sources, set_aside) = Default::default();
                *report = Some(Report { head: *head, findings, changes, edits, errata, sources, set_aside });
            }
            (ReportItem::Head(_), Some(_)) => {
                return Err(Error::new("a report has one head, and here is a second one"));
            }
            (_, None) => return Err(Error::new("a report begins with its head")),
            (ReportItem::Finding(item), Some(report)) => report.findings.push(*item),
            (ReportItem::Change(change), Some(report)) => report.changes.push(change),
            (ReportItem::Edit(edit), Some(report)) => report.edits.push(*edit),
            (ReportItem::Erratum(erratum), Some(report)) => report.errata.push(*erratum),
            (ReportItem::Source(source), Some(report)) => report.sources.push(source),
            (ReportItem::SetAside(article), Some(report)) => report.set_aside.push(article),
            (_, Some(_)) => {}
        }
        Ok(())
    }

    /// The report, once the stream has ended.
    ///
    /// # Errors
    /// The stream was empty.
    pub(crate) fn end(&mut self) -> Result<Report> {
        self.report.take().ok_or_else(|| Error::new("a report needs a head, and the stream ended without one"))
    }
}

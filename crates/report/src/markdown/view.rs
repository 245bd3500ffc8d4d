//! What templates see: the report in words, section by section.

mod annex;
mod changes;
mod corrections;
mod figures;
mod head;
mod method;
mod replaced;
mod statements;
mod unverified;

use std::collections::BTreeMap;

use recoup_plugin::Result;
use serde::Serialize;

use super::desk::Desk;
use crate::md::Md;
use crate::stream::Report;

/// The report in words. A template sees each field by its name. A string is text and is escaped when it is printed; a
/// piece of Markdown is printed as it is.
#[derive(Debug, Serialize)]
pub(super) struct View {
    /// Words of the language that stand in templates.
    w: BTreeMap<String, Md>,
    head: head::HeadView,
    changes: changes::ChangesView,
    corrections: corrections::CorrectionsView,
    figures: Vec<figures::FigureView>,
    statements: Vec<Md>,
    replaced: replaced::ReplacedView,
    unverified: unverified::UnverifiedView,
    silent: Vec<annex::SourceView>,
    new_sources: Vec<annex::SourceView>,
    method: method::MethodView,
    notes: Vec<annex::NoteView>,
    set_aside: Vec<annex::SetAsideView>,
    manifest: annex::ManifestView,
}

impl View {
    /// The report in words.
    ///
    /// # Errors
    /// A figure without a reference.
    pub(super) fn of(report: &Report, desk: &mut Desk<'_>) -> Result<Self> {
        for finding in report.findings.iter().map(|item| &item.finding).filter(|finding| finding.positions.is_empty()) {
            desk.figure(finding)?;
        }
        // The order of the report: endnotes are numbered as they are cited.
        let changes = changes::view(report, desk)?;
        let corrections = corrections::view(report, desk)?;
        let figures = figures::view(report, desk)?;
        let statements = statements::view(report, desk)?;
        let replaced = replaced::view(report, desk)?;
        let unverified = unverified::view(report, desk)?;
        Ok(View {
            w: desk.words.label.iter().map(|(key, label)| (key.clone(), Md::trusted(label))).collect(),
            head: head::view(report, desk),
            changes,
            corrections,
            figures,
            statements,
            replaced,
            unverified,
            silent: annex::silent(&report.sources, desk),
            new_sources: annex::new(&report.sources, desk),
            method: method::view(report, desk),
            notes: annex::notes(&report.head.copies, desk),
            set_aside: report.set_aside.iter().map(annex::set_aside).collect(),
            manifest: annex::manifest(&report.head.manifest, desk.words),
        })
    }
}

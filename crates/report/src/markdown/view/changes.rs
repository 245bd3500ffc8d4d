//! What changed since the report before.

use recoup_model::{Change, ChangeKind, Finding};
use recoup_plugin::Result;
use serde::Serialize;

use crate::clocks::said_last;
use crate::markdown::desk::Desk;
use crate::md::Md;
use crate::stream::Report;
use crate::words::{name, text};

#[derive(Debug, Serialize)]
pub(super) struct ChangesView {
    /// Cut-off of the report before; null for a first report.
    since: Option<Md>,
    kinds: Vec<KindView>,
    /// What changed only because a source was read for the first time.
    coverage: Vec<KindView>,
    /// How many findings are the same as before; null where none is.
    unchanged: Option<Md>,
}

#[derive(Debug, Serialize)]
struct KindView {
    name: Md,
    lines: Vec<Md>,
}

pub(super) fn view(report: &Report, desk: &mut Desk<'_>) -> Result<ChangesView> {
    let since = report.head.previous.map(|day| Md::trusted(desk.words.day(day)));
    let (unchanged, told): (Vec<&Change>, Vec<&Change>) =
        report.changes.iter().partition(|change| change.change == ChangeKind::Unchanged);
    let (coverage, told): (Vec<&Change>, Vec<&Change>) = told.into_iter().partition(|change| change.coverage_only);
    let words = desk.words;
    let count = Md::trusted(words.count(unchanged.len(), &words.count.finding));
    let unchanged = (!unchanged.is_empty()).then(|| Md::fill(&words.phrase.unchanged, &[("count", &count)]));
    Ok(ChangesView { since, kinds: kinds(told, desk)?, coverage: kinds(coverage, desk)?, unchanged })
}

/// The changes by kind, in the order in which the kinds are declared.
fn kinds(mut changes: Vec<&Change>, desk: &mut Desk<'_>) -> Result<Vec<KindView>> {
    changes.sort_by_key(|change| change.change);
    let mut kinds = Vec::new();
    for of_kind in changes.chunk_by(|a, b| a.change == b.change) {
        let Some(first) = of_kind.first() else { continue };
        let lines = of_kind.iter().map(|change| line(change, desk)).collect::<Result<Vec<_>>>()?;
        kinds.push(KindView { name: Md::trusted(text(&desk.words.change, first.change)), lines });
    }
    Ok(kinds)
}

fn line(change: &Change, desk: &mut Desk<'_>) -> Result<Md> {
    let Some(finding) = change.after.as_deref().or(change.before.as_deref()) else {
        return Ok(Md::code(&change.finding));
    };
    let before = change.before.as_deref().map(|finding| earlier(finding, change.change, desk)).transpose()?;
    let after = change.after.as_deref().map(|finding| now(finding, change.change, desk)).transpose()?;
    let said = match (change.change, before, after) {
        (ChangeKind::New | ChangeKind::Silent, _, Some(after)) => after,
        (_, Some(before), Some(after)) => {
            Md::fill(&desk.words.phrase.from_to, &[("before", &before), ("after", &after)])
        }
        (_, before, after) => after.or(before).unwrap_or_default(),
    };
    let question = Md::trusted(format!("{}{}", desk.question(finding).as_str(), desk.in_scope(finding).as_str()));
    Ok(Md::join(&[question, said], &desk.words.list.colon))
}

fn earlier(finding: &Finding, kind: ChangeKind, desk: &mut Desk<'_>) -> Result<Md> {
    if tells_status(finding, kind) {
        return Ok(status(finding, desk));
    }
    desk.earlier_figure(finding).map(|figure| figure.md().clone())
}

fn now(finding: &Finding, kind: ChangeKind, desk: &mut Desk<'_>) -> Result<Md> {
    let said = if tells_status(finding, kind) {
        let status = status(finding, desk);
        desk.cite_finding(&status, finding)?
    } else {
        desk.figure(finding)?
    };
    if kind != ChangeKind::Silent {
        return Ok(said.md().clone());
    }
    let last = Md::fill(&desk.words.phrase.as_of, &[("day", &desk.day(said_last(finding)))]);
    Ok(Md::join(&[said.md().clone(), last], &desk.words.list.comma))
}

fn tells_status(finding: &Finding, kind: ChangeKind) -> bool {
    kind == ChangeKind::Status || finding.low.is_none() && finding.high.is_none()
}

fn status(finding: &Finding, desk: &Desk<'_>) -> Md {
    Md::trusted(name(&desk.words.status, finding.status))
}

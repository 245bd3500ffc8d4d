//! Figures that were replaced by their own origin, and figures that stand no more.

use recoup_model::{ChangeKind, Finding, Position};
use recoup_plugin::Result;
use serde::Serialize;

use crate::markdown::desk::Desk;
use crate::md::Md;
use crate::stream::Report;

#[derive(Debug, Serialize)]
pub(super) struct ReplacedView {
    superseded: Vec<Md>,
    withdrawn: Vec<Md>,
}

pub(super) fn view(report: &Report, desk: &mut Desk<'_>) -> Result<ReplacedView> {
    let mut superseded = Vec::new();
    for finding in report.findings.iter().map(|item| &item.finding) {
        for position in &finding.positions {
            if let Some(by) = &position.superseded_by {
                superseded.push(line(finding, position, by, desk)?);
            }
        }
    }
    let mut withdrawn = Vec::new();
    for change in report.changes.iter().filter(|change| change.change == ChangeKind::Withdrawn) {
        if let Some(before) = &change.before {
            let figure = desk.earlier_figure(before)?;
            let pieces =
                [("question", &desk.question(before)), ("scope", &desk.in_scope(before)), ("figure", figure.md())];
            withdrawn.push(Md::fill(&desk.words.phrase.withdrawn, &pieces));
        }
    }
    Ok(ReplacedView { superseded, withdrawn })
}

fn line(finding: &Finding, position: &Position, by: &str, desk: &mut Desk<'_>) -> Result<Md> {
    let figure = desk.position_figure(finding, position)?;
    let pieces = [
        ("question", &desk.question(finding)),
        ("scope", &desk.in_scope(finding)),
        ("origin", &desk.who(position)),
        ("figure", figure.md()),
        ("day", &desk.day(position.reported)),
    ];
    let replaced = Md::fill(&desk.words.phrase.superseded, &pieces);
    let Some((of, newer)) = desk.position(by) else { return Ok(replaced) };
    let figure = desk.position_figure(of, newer)?;
    let pieces = [("figure", figure.md()), ("day", &desk.day(newer.reported))];
    Ok(Md::join(&[replaced, Md::fill(&desk.words.phrase.superseded_by, &pieces)], ""))
}

//! Articles that their outlets changed, and figures of earlier reports that stand no more.

use jiff::Timestamp;
use recoup_model::{Claim, Edit, EditedFigure, Erratum};
use recoup_plugin::Result;
use serde::Serialize;

use crate::markdown::desk::Desk;
use crate::md::Md;
use crate::stream::Report;
use crate::words::text;

#[derive(Debug, Serialize)]
pub(super) struct CorrectionsView {
    errata: Vec<Md>,
    edits: Vec<EditView>,
}

#[derive(Debug, Serialize)]
struct EditView {
    /// Which article, and when its versions were taken in.
    title: Md,
    lines: Vec<Md>,
}

pub(super) fn view(report: &Report, desk: &mut Desk<'_>) -> Result<CorrectionsView> {
    let errata = report.errata.iter().map(|erratum| erratum_line(erratum, desk)).collect::<Result<_>>()?;
    let edits = report.edits.iter().map(|edit| edited(edit, desk)).collect();
    Ok(CorrectionsView { errata, edits })
}

fn erratum_line(erratum: &Erratum, desk: &mut Desk<'_>) -> Result<Md> {
    let before = &erratum.before;
    let printed = desk.printed_figure(before, erratum.printed);
    let outlets: Vec<Md> =
        erratum.documents.iter().map(|head| Md::text(head.outlet.as_deref().unwrap_or(&head.doc))).collect();
    let because = Md::fill(&text(&desk.words.because, erratum.because), &[("who", &desk.words.list(&outlets))]);
    let pieces = [
        ("question", &desk.question(before)),
        ("scope", &desk.in_scope(before)),
        ("figure", printed.md()),
        ("because", &because),
    ];
    let line = Md::fill(&desk.words.phrase.erratum, &pieces);
    let Some(after) = erratum.after.as_ref().filter(|after| after.low.is_some() || after.high.is_some()) else {
        return Ok(line);
    };
    let now = desk.figure(after)?;
    Ok(Md::join(&[line, Md::fill(&desk.words.phrase.erratum_now, &[("figure", now.md())])], " "))
}

fn edited(edit: &Edit, desk: &Desk<'_>) -> EditView {
    let name = Md::text(edit.after.outlet.as_deref().unwrap_or(&edit.after.doc));
    let pieces = [
        ("outlet", &name),
        ("doc", &Md::code(&edit.after.doc)),
        ("before", &moment(edit.taken_in_before)),
        ("after", &moment(edit.taken_in)),
    ];
    let title = Md::fill(&desk.words.phrase.edited, &pieces);
    EditView { title, lines: edit.figures.iter().map(|figure| line(figure, desk)).collect() }
}

fn line(figure: &EditedFigure, desk: &Desk<'_>) -> Md {
    let [before, after] = [&figure.before, &figure.after].map(|claim| {
        claim.as_deref().map_or_else(|| Md::trusted(&desk.words.phrase.nothing), |claim| said(claim, desk))
    });
    Md::fill(&desk.words.phrase.from_to, &[("before", &before), ("after", &after)])
}

/// `30 to 35 soldiers (“between 30 and 35 soldiers”)`.
fn said(claim: &Claim, desk: &Desk<'_>) -> Md {
    let (low, high, approximate, unit) = claim
        .quantity
        .as_ref()
        .map_or((None, None, false, None), |q| (q.low(), q.high(), q.approximate, q.unit.as_deref()));
    let figure = desk.words.quantity(low, high, approximate, unit);
    Md::trusted(format!("{} ({})", figure.as_str(), desk.quote(claim.anchor.quote()).as_str()))
}

/// To the minute, in UTC.
fn moment(at: Timestamp) -> Md {
    Md::trusted(at.strftime("%Y-%m-%d %H:%M UTC").to_string())
}

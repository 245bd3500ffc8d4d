//! What could not be verified, was refused or denied.

use recoup_model::{Finding, Position, Stance, VERIFICATION};
use recoup_plugin::Result;
use serde::Serialize;

use crate::clocks::{has_figure, live};
use crate::markdown::cited::Cited;
use crate::markdown::desk::Desk;
use crate::md::Md;
use crate::stream::Report;

#[derive(Debug, Serialize)]
pub(super) struct UnverifiedView {
    unavailable: Vec<Cited>,
    refused: Vec<Cited>,
    denied: Vec<Cited>,
}

pub(super) fn view(report: &Report, desk: &mut Desk<'_>) -> Result<UnverifiedView> {
    let all = || report.findings.iter().flat_map(|item| live(&item.finding).map(|position| (&item.finding, position)));
    let of = |stance| {
        move |&(finding, position): &(&Finding, &Position)| {
            finding.indicator != VERIFICATION && position.stance == stance
        }
    };
    let words = desk.words;
    let unavailable = all().filter(|(finding, _)| finding.indicator == VERIFICATION);
    let unavailable =
        unavailable.map(|(finding, position)| unavailable_line(finding, position, desk)).collect::<Result<_>>()?;
    let mut lines = |stance, pattern: &str| -> Result<Vec<Cited>> {
        all().filter(of(stance)).map(|(finding, position)| line(pattern, finding, position, desk)).collect()
    };
    Ok(UnverifiedView {
        unavailable,
        refused: lines(Stance::Unconfirmed, &words.phrase.refused)?,
        denied: lines(Stance::Denied, &words.phrase.denied)?,
    })
}

/// One party's refusal to confirm, in words.
pub(super) fn refusal(finding: &Finding, position: &Position, desk: &mut Desk<'_>) -> Result<Cited> {
    let pattern = &desk.words.phrase.refused;
    line(pattern, finding, position, desk)
}

fn line(pattern: &str, finding: &Finding, position: &Position, desk: &mut Desk<'_>) -> Result<Cited> {
    let Position { low, high, approximate, .. } = *position;
    let figure = if has_figure(position) {
        let figure = desk.words.quantity(low, high, approximate, finding.unit.as_deref());
        Md::trusted(format!("{}{}", desk.words.list.comma, figure.as_str()))
    } else {
        Md::default()
    };
    let pieces = [
        ("origin", &desk.who(position)),
        ("question", &desk.question(finding)),
        ("scope", &desk.in_scope(finding)),
        ("figure", &figure),
        ("day", &desk.day(position.reported)),
    ];
    desk.cite(finding, &Md::fill(pattern, &pieces), &position.claims)
}

/// What could not be verified stands in the words of the article alone.
fn unavailable_line(finding: &Finding, position: &Position, desk: &mut Desk<'_>) -> Result<Cited> {
    let quote = position.claims.first().and_then(|id| desk.claim(id)).map(|claim| desk.quote(claim.anchor.quote()));
    let pieces = [
        ("origin", &desk.who(position).capitalised()),
        ("quote", &quote.unwrap_or_default()),
        ("scope", &desk.in_scope(finding)),
        ("day", &desk.day(position.reported)),
    ];
    desk.cite(finding, &Md::fill(&desk.words.phrase.unavailable, &pieces), &position.claims)
}

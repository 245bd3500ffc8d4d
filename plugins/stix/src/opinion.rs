//! A dispute as an opinion.

use std::collections::BTreeMap;

use recoup_plugin::prelude::*;

use crate::bundle::Desk;
use crate::note;
use crate::object::{Opinion, one_line, wire};

/// Every position of the report with its finding, by id: the sides of a dispute may stand in two findings.
pub(crate) type Positions<'a> = BTreeMap<&'a str, (&'a Finding, &'a Position)>;

pub(crate) fn positions<'a>(desk: &Desk<'a>) -> Positions<'a> {
    let findings = desk.report.findings.iter().map(|item| &item.finding);
    findings.flat_map(|finding| finding.positions.iter().map(move |p| (p.id.as_str(), (finding, p)))).collect()
}

/// The disputes of a finding as opinions, and remarks on those whose sides stand nowhere.
pub(crate) fn opinions(
    desk: &Desk<'_>,
    finding: &Finding,
    positions: &Positions<'_>,
) -> (Vec<Opinion>, Vec<Diagnostic>) {
    let (mut opinions, mut lost) = (Vec::new(), Vec::new());
    for disagreement in &finding.disagreements {
        match sides(disagreement, positions) {
            Some(sides) if is_dispute(disagreement, &sides) => {
                opinions.push(opinion(desk, finding, disagreement, &sides));
            }
            Some(_) => {}
            None => {
                let message = format!("a disagreement of finding {} names a position that stands nowhere", finding.id);
                let remark = Diagnostic::new(Level::Warning, "stix.no_position", message);
                lost.push(remark.with_help("the bundle is without it; the reconcile stage should be told"));
            }
        }
    }
    (opinions, lost)
}

/// A disagreement that makes no dispute, in one line; `None` for the others, of which there are opinions.
pub(crate) fn difference(desk: &Desk<'_>, disagreement: &Disagreement, positions: &Positions<'_>) -> Option<String> {
    let sides = sides(disagreement, positions)?;
    (!is_dispute(disagreement, &sides)).then(|| in_words(desk, disagreement, &sides))
}

type Side<'a> = (&'a Finding, &'a Position);

fn sides<'a>(disagreement: &Disagreement, positions: &Positions<'a>) -> Option<Vec<Side<'a>>> {
    disagreement.between.iter().map(|id| positions.get(id.as_str()).copied()).collect()
}

/// A contradiction of figure, date or stance between positions of different origins that both stand.
fn is_dispute(disagreement: &Disagreement, sides: &[Side<'_>]) -> bool {
    let stand = sides.iter().all(|(_, position)| position.superseded_by.is_none());
    let differ = sides.windows(2).any(|pair| pair[0].1.origin != pair[1].1.origin);
    disagreement.class.disputes() && stand && differ
}

/// The finding's own sentence; where it has none in this language, `Contradiction: A (20) against B (100).`
fn in_words(desk: &Desk<'_>, disagreement: &Disagreement, sides: &[Side<'_>]) -> String {
    let language = desk.language;
    let note = one_line(&disagreement.note);
    if !note.is_empty() && language.code() == desk.report.head.language {
        return note;
    }
    let sides: Vec<String> = sides.iter().map(|(of, position)| side(desk, of, position)).collect();
    let sides = sides.join(language.choose(" face à ", " against "));
    format!("{}{}{sides}.", language.class(disagreement.class), language.colon())
}

fn opinion(desk: &Desk<'_>, finding: &Finding, disagreement: &Disagreement, sides: &[Side<'_>]) -> Opinion {
    let denies = |(_, position): &&Side<'_>| position.stance == Stance::Denied;
    let denial = disagreement.class == DisagreementClass::Denial;
    let mut authors: Vec<String> = Vec::new();
    // Who denies disagrees; of two figures, each side disagrees with the other.
    for (_, position) in sides.iter().filter(|side| !denial || denies(side)) {
        for name in position.origin.iter().map(|id| desk.names.source(id)) {
            if !authors.contains(&name) {
                authors.push(name);
            }
        }
    }
    let mut object_refs = vec![note::id(desk, finding)];
    for of in sides.iter().map(|(of, _)| note::id(desk, of)) {
        if !object_refs.contains(&of) {
            object_refs.push(of);
        }
    }
    // Said when the later side spoke, which is what made it a dispute.
    let said = sides.iter().filter_map(|(_, position)| position.reported).max().filter(|day| day.year() > 0);
    let created = said.unwrap_or(desk.cut_off()).min(desk.cut_off());
    let word = wire(disagreement.class);
    let day = created.to_string();
    let key = [finding.id.as_str(), &word, &day].into_iter().chain(disagreement.between.iter().map(String::as_str));
    let mut common = desk.common(desk.id("opinion", &key.collect::<Vec<_>>()), created);
    common.labels = vec![format!("class:{word}"), format!("finding:{}", one_line(&finding.id))];
    let opinion = if denial { "strongly-disagree" } else { "disagree" };
    Opinion { common, explanation: in_words(desk, disagreement, sides), authors, opinion, object_refs }
}

/// One side: who, and the figure or how surely.
fn side(desk: &Desk<'_>, finding: &Finding, position: &Position) -> String {
    let figure = note::position_figure(desk, finding, position).filter(|_| position.stance != Stance::Denied);
    let held = figure.unwrap_or_else(|| desk.language.stance(position.stance).to_owned());
    format!("{} ({held})", desk.names.origin(position))
}

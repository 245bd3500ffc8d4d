//! The figures, each with its positions and what disputes it.

use recoup_model::{Disagreement, Finding, FindingItem, Position, Stance, Status, VERIFICATION};
use recoup_plugin::{Error, Result};
use serde::Serialize;

use super::unverified;
use crate::clocks::{has_figure, live, newest_source, said_last};
use crate::markdown::cited::Cited;
use crate::markdown::desk::Desk;
use crate::md::Md;
use crate::stream::Report;
use crate::words::name;

#[derive(Debug, Serialize)]
pub(super) struct FigureView {
    id: Md,
    title: Md,
    figure: Cited,
    scope: Option<Md>,
    measure: Option<Md>,
    status: Md,
    /// "likely (55 to 80 %)"
    likelihood: Option<Md>,
    /// "at most 3 independent origins"
    origins: Md,
    /// When it was said last.
    as_of: Md,
    newest: Md,
    said_by: Md,
    /// The three rules side by side, where they differ.
    rules: Option<Md>,
    derived: Option<Cited>,
    /// What contradicts what.
    disputes: Vec<Md>,
    /// What differs without contradiction.
    differences: Vec<Md>,
    positions: Vec<PositionView>,
    /// Who declines to confirm what the figure is about.
    refusals: Vec<Cited>,
    /// How many positions have been replaced; null for none.
    replaced: Option<Md>,
    lineage: Vec<Md>,
}

#[derive(Debug, Serialize)]
struct PositionView {
    origin: Md,
    figure: Cited,
    stance: Md,
    said_on: Md,
    grade: String,
    interested: bool,
    addition: bool,
    relayed_by: Md,
}

pub(super) fn view(report: &Report, desk: &mut Desk<'_>) -> Result<Vec<FigureView>> {
    report.findings.iter().filter(|item| is_figure(&item.finding)).map(|item| figure(report, item, desk)).collect()
}

/// Whether a finding has a figure that somebody stands by. What was only denied has a section of its own.
pub(super) fn is_figure(finding: &Finding) -> bool {
    finding.indicator != VERIFICATION
        && !matches!(finding.status, Status::Superseded | Status::Denied)
        && live(finding).any(|position| has_figure(position) && position.stance != Stance::Denied)
}

fn figure(report: &Report, item: &FindingItem, desk: &mut Desk<'_>) -> Result<FigureView> {
    let finding = &item.finding;
    let words = desk.words;
    let figure = desk.figure(finding)?.capitalised();
    let derived = derived(finding, desk)?;
    let (mut disputes, mut differences) = (Vec::new(), Vec::new());
    for disagreement in &finding.disagreements {
        let (line, is_dispute) = self::disagreement(finding, disagreement, desk)?;
        if is_dispute { disputes.push(line) } else { differences.push(line) }
    }
    if is_event_only(finding) {
        differences.insert(0, Md::trusted(&words.phrase.event_only));
    }
    let positions = live(finding).map(|position| self::position(finding, position, desk)).collect::<Result<_>>()?;
    let refusals = refusals(report, finding, desk)?;
    let standing: Vec<&Position> = live(finding).collect();
    let replaced = finding.positions.len() - standing.len();
    let day = |pattern: &str, date| Md::fill(pattern, &[("day", &desk.day(date))]);
    Ok(FigureView {
        id: Md::code(&finding.id),
        title: desk.question(finding),
        figure,
        scope: desk.scope(finding),
        measure: finding.measure.map(|measure| Md::trusted(name(&words.measure, measure))),
        status: status(finding, desk),
        likelihood: finding.likelihood.and_then(|word| words.likelihood.get(&word)).map(|term| {
            Md::fill(
                &words.phrase.likelihood,
                &[("word", &Md::trusted(&term.name)), ("odds", &Md::trusted(&term.meaning))],
            )
        }),
        origins: origins(finding, desk),
        as_of: day(&words.phrase.as_of, said_last(finding)),
        newest: day(&words.phrase.newest, newest_source(item)),
        said_by: desk.said_by(&standing),
        rules: rules(finding, desk),
        derived,
        disputes,
        differences,
        positions,
        refusals,
        replaced: (replaced > 0).then(|| Md::trusted(words.count(replaced, &words.count.replaced))),
        lineage: lineage(finding, desk),
    })
}

/// Whether others corroborate the event and nobody else the figure.
fn is_event_only(finding: &Finding) -> bool {
    let mut origins: Vec<&[String]> =
        live(finding).filter(|p| has_figure(p)).map(|position| position.origin.as_slice()).collect();
    origins.dedup();
    finding.status == Status::Corroborated && origins.len() == 1 && origins[0].len() < 2
}

/// A refusal to confirm is a finding of its own; it stands beside each figure of the same indicator and people too.
fn refusals(report: &Report, finding: &Finding, desk: &mut Desk<'_>) -> Result<Vec<Cited>> {
    let same = |other: &&Finding| {
        other.id != finding.id && other.indicator == finding.indicator && other.subject == finding.subject
    };
    let others = report.findings.iter().map(|item| &item.finding).filter(same);
    let positions = others.flat_map(|other| live(other).map(move |position| (other, position)));
    let refused = positions.filter(|(_, position)| position.stance == Stance::Unconfirmed);
    refused.map(|(other, position)| unverified::refusal(other, position, desk)).collect()
}

/// What can be concluded of a finding.
pub(super) fn status(finding: &Finding, desk: &Desk<'_>) -> Md {
    Md::trusted(name(&desk.words.status, finding.status))
}

/// How many origins are known to be independent.
pub(super) fn origins(finding: &Finding, desk: &Desk<'_>) -> Md {
    let count = Md::trusted(desk.words.count(finding.independent_origins, &desk.words.count.origin));
    Md::fill(&desk.words.phrase.origins, &[("count", &count)])
}

fn position(finding: &Finding, position: &Position, desk: &mut Desk<'_>) -> Result<PositionView> {
    let mut outlets: Vec<Md> = Vec::new();
    for document in &position.relayed_by {
        let outlet = desk.outlet(document);
        if !outlets.contains(&outlet) {
            outlets.push(outlet);
        }
    }
    Ok(PositionView {
        origin: desk.who(position),
        figure: desk.position_figure(finding, position)?,
        stance: Md::trusted(name(&desk.words.stance, position.stance)),
        said_on: desk.day(position.reported),
        grade: position.grade.to_string(),
        interested: position.interested,
        addition: position.addition,
        relayed_by: Md::join(&outlets, &desk.words.list.comma),
    })
}

/// A disagreement in words, and whether it makes a dispute: between positions of different origins that both stand.
fn disagreement(finding: &Finding, disagreement: &Disagreement, desk: &mut Desk<'_>) -> Result<(Md, bool)> {
    let words = desk.words;
    let mut sides = Vec::new();
    let mut parties: Vec<&Position> = Vec::new();
    for id in &disagreement.between {
        let Some((of, position)) = desk.position(id) else {
            return Err(Error::new(format!(
                "a disagreement of finding {} names position {id}, which is nowhere",
                finding.id
            )));
        };
        let figure = desk.position_figure(of, position)?;
        sides.push(Md::trusted(format!("{} ({})", desk.who(position).as_str(), figure.md().as_str())));
        parties.push(position);
    }
    let within = if disagreement.within_document { words.phrase.within_document.as_str() } else { "" };
    let note = [Md::text(&disagreement.note), Md::trusted(within)];
    let class = Md::trusted(name(&words.class, disagreement.class));
    let pieces = [("class", &class), ("sides", &Md::join(&sides, &words.phrase.against))];
    let parts = std::iter::once(Md::fill(&words.phrase.versus, &pieces)).chain(note);
    let parts: Vec<Md> = parts.filter(|part| !part.as_str().is_empty()).collect();
    let stand = parties.iter().all(|position| position.superseded_by.is_none());
    let differ = parties.windows(2).any(|pair| pair[0].origin != pair[1].origin);
    Ok((Md::join(&parts, " "), disagreement.class.disputes() && stand && differ))
}

fn derived(finding: &Finding, desk: &mut Desk<'_>) -> Result<Option<Cited>> {
    let derived = &finding.derived;
    if derived.low.is_none() && derived.high.is_none() {
        return Ok(None);
    }
    let figure = desk.words.quantity(derived.low, derived.high, false, finding.unit.as_deref());
    desk.cite(finding, &figure, &derived.chain).map(Some)
}

fn rules(finding: &Finding, desk: &Desk<'_>) -> Option<Md> {
    let estimates = &finding.estimates;
    let values = [estimates.most_supported, estimates.conservative, estimates.freshest];
    let mut known = values.iter().flatten();
    let first = known.next()?;
    if known.all(|value| value == first) {
        return None;
    }
    let [most_supported, conservative, freshest] =
        values.map(|value| Md::trusted(value.map_or_else(|| "–".to_owned(), |v| desk.words.figure(v))));
    let pieces = [("most_supported", &most_supported), ("conservative", &conservative), ("freshest", &freshest)];
    let mut lines = vec![Md::fill(&desk.words.phrase.rules, &pieces)];
    if finding.rule_sensitive {
        lines.push(Md::trusted(&desk.words.phrase.rule_sensitive));
    }
    Some(Md::join(&lines, " "))
}

fn lineage(finding: &Finding, desk: &Desk<'_>) -> Vec<Md> {
    let line = |pattern: &str, ids: &[String]| {
        let ids: Vec<Md> = ids.iter().map(|id| Md::code(id)).collect();
        (!ids.is_empty()).then(|| Md::fill(pattern, &[("ids", &desk.words.list(&ids))]))
    };
    let merged = line(&desk.words.phrase.merged_from, &finding.lineage.merged_from);
    let split = line(&desk.words.phrase.split_from, finding.lineage.split_from.as_slice());
    merged.into_iter().chain(split).collect()
}

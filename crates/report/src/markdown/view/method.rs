//! How the figures were made.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use recoup_model::{AppliedRuling, CopyGroup, Decision, MethodStep};
use serde::Serialize;

use super::annex::{self, SourceView};
use crate::markdown::desk::Desk;
use crate::md::Md;
use crate::stream::Report;
use crate::words::Term;

#[derive(Debug, Serialize)]
pub(super) struct MethodView {
    sources: Vec<SourceView>,
    steps: Vec<StepView>,
    reliability: Vec<TermView>,
    credibility: Vec<TermView>,
    likelihoods: Vec<TermView>,
    stances: Vec<TermView>,
    statuses: Vec<TermView>,
    /// The classes of disagreement that occur.
    classes: Vec<TermView>,
    /// The measures that occur.
    measures: Vec<TermView>,
    /// The indicators that occur.
    indicators: Vec<TermView>,
    copies: Vec<CopyView>,
    rulings: Vec<RulingView>,
}

#[derive(Debug, Serialize)]
struct StepView {
    stage: String,
    name: String,
    version: String,
    summary: String,
    /// Null where none are given.
    options: Option<Md>,
}

#[derive(Debug, Serialize)]
struct TermView {
    name: Md,
    /// Null where nobody has written it down.
    meaning: Option<Md>,
}

#[derive(Debug, Serialize)]
struct CopyView {
    first: Md,
    others: Md,
}

/// A ruling in words.
#[derive(Debug, Serialize)]
struct RulingView {
    id: Md,
    day: Md,
    author: String,
    /// What was decided, of what.
    decision: Md,
    because: String,
    /// What came of it.
    state: Md,
}

pub(super) fn view(report: &Report, desk: &Desk<'_>) -> MethodView {
    let words = desk.words;
    let findings = || report.findings.iter().map(|item| &item.finding);
    let classes: BTreeSet<_> = findings().flat_map(|finding| &finding.disagreements).map(|d| d.class).collect();
    let measures: BTreeSet<_> = findings().filter_map(|finding| finding.measure).collect();
    let scale =
        |name: String, meaning: &String| TermView { name: Md::trusted(name), meaning: Some(Md::trusted(meaning)) };
    MethodView {
        sources: report.sources.iter().map(|source| annex::source(source, desk)).collect(),
        steps: report.head.method.iter().map(step).collect(),
        reliability: words.reliability.iter().map(|(grade, meaning)| scale(format!("{grade:?}"), meaning)).collect(),
        credibility: words.credibility.iter().zip(1..).map(|(meaning, at)| scale(format!("{at}"), meaning)).collect(),
        likelihoods: terms(&words.likelihood, |_| true),
        stances: terms(&words.stance, |_| true),
        statuses: terms(&words.status, |_| true),
        classes: terms(&words.class, |class| classes.contains(class)),
        measures: terms(&words.measure, |measure| measures.contains(measure)),
        indicators: indicators(report, desk),
        copies: report.head.copies.iter().filter_map(|group| copies(group, desk)).collect(),
        rulings: report.head.rulings.iter().map(|applied| ruling(applied, desk)).collect(),
    }
}

fn terms<K: Ord + Debug>(terms: &BTreeMap<K, Term>, occurs: impl Fn(&K) -> bool) -> Vec<TermView> {
    let view = |term: &Term| TermView { name: Md::trusted(&term.name), meaning: Some(Md::trusted(&term.meaning)) };
    terms.iter().filter(|(key, _)| occurs(key)).map(|(_, term)| view(term)).collect()
}

/// In the order in which the report prints them.
fn indicators(report: &Report, desk: &Desk<'_>) -> Vec<TermView> {
    let mut ids: Vec<&str> = Vec::new();
    for item in &report.findings {
        if !ids.contains(&item.finding.indicator.as_str()) {
            ids.push(&item.finding.indicator);
        }
    }
    let view = |id: &str| TermView {
        name: Md::trusted(format!("{} ({})", Md::text(&desk.names.indicator(id)).as_str(), Md::code(id).as_str())),
        meaning: desk.names.meaning(id).map(Md::trusted),
    };
    ids.into_iter().map(view).collect()
}

fn step(step: &MethodStep) -> StepView {
    let MethodStep { stage, name, summary, version, options } = step.clone();
    let given = !matches!(options.trim(), "" | "{}" | "null");
    StepView { stage, name, version, summary, options: given.then(|| Md::code(&options)) }
}

fn ruling(applied: &AppliedRuling, desk: &Desk<'_>) -> RulingView {
    let words = desk.words;
    let AppliedRuling { ruling, claims, gone, undone_by } = applied;
    let decision = &ruling.decision;
    let codes = |ids: &[String]| {
        let codes: Vec<Md> = ids.iter().map(|id| Md::code(id)).collect();
        Md::join(&codes, &words.list.comma)
    };
    let to = decision.to().map_or_else(Md::default, Md::text);
    let pattern = words.ruling.get(decision.name()).map_or(decision.name(), String::as_str);
    let mut state = match undone_by {
        Some(id) => vec![Md::fill(&words.phrase.ruling_undone, &[("id", &Md::code(id))])],
        None if matches!(decision, Decision::Undo(_)) => Vec::new(),
        None => vec![Md::trusted(words.count(*claims, &words.count.touched))],
    };
    if !gone.is_empty() {
        state.push(Md::fill(&words.phrase.ruling_gone, &[("targets", &codes(gone))]));
    }
    RulingView {
        id: Md::code(&ruling.id),
        day: Md::trusted(words.day(ruling.date)),
        author: ruling.author.clone(),
        decision: Md::fill(pattern, &[("targets", &codes(decision.targets())), ("to", &to)]),
        because: ruling.because.clone(),
        state: Md::join(&state, &words.list.comma),
    }
}

fn copies(group: &CopyGroup, desk: &Desk<'_>) -> Option<CopyView> {
    let (first, others) = group.documents.split_first()?;
    let lags = group.lag_days.iter().copied().chain(std::iter::repeat(None));
    let others: Vec<Md> = others
        .iter()
        .zip(lags)
        .map(|(id, lag)| {
            let lag = match lag.and_then(|days| usize::try_from(days).ok()) {
                Some(days) => desk.words.count(days, &desk.words.count.day),
                None => desk.words.date.undated.clone(),
            };
            Md::fill(&desk.words.phrase.lag, &[("outlet", &desk.printed(id)), ("lag", &Md::trusted(lag))])
        })
        .collect();
    Some(CopyView { first: desk.printed(first), others: Md::join(&others, &desk.words.list.comma) })
}

//! From a question to its finding.

use std::collections::BTreeMap;

use recoup_model::{
    Claim, Derived, Finding, FindingTime, Grade, INDICATORS, Lineage, PlaceRef, Position, Stance, Status,
};

use crate::Options;
use crate::days::Days;
use crate::disagree::disagreements;
use crate::estimate::estimate;
use crate::grade::{grade, likelihood};
use crate::notes::Notes;
use crate::origin::Origins;
use crate::place::{Area, Lie, lie};
use crate::position::{Draft, independent, positions};
use crate::question::{Mode, Question};
use crate::scope::{days, is_reading, is_total};
use crate::series::supersede;
use crate::statement::Statement;
use crate::status::{Parties, status};

/// A finding prints at most so many places: those named most often.
const PLACES: usize = 5;

/// A finding with what comparing it to other findings needs.
pub(crate) struct Answer<'s> {
    pub(crate) finding: Finding,
    pub(crate) mode: Mode,
    pub(crate) areas: Vec<Area>,
    drafts: Vec<Draft<'s>>,
}

impl<'s> Answer<'s> {
    /// What can be concluded on a question.
    pub(crate) fn of(
        question: Question<'s>,
        origins: &Origins<'_>,
        options: &Options,
        notes: &Notes<'_>,
    ) -> Option<Self> {
        question.members.first()?;
        let mut drafts = positions(&question.members, origins);
        supersede(&mut drafts, question.indicator, options.band());
        let parties = Parties {
            origins,
            indicator: question.indicator,
            subject: question.subject,
            object: question.object.as_deref(),
        };
        let disagreements = disagreements(&drafts, origins, options, notes);
        let support = independent(drafts.iter().filter(|d| d.counts() && !d.is_part()));
        let estimate = estimate(&drafts, &parties, options.band());
        let graded = |draft: &Draft<'_>| grade(draft, &drafts, &disagreements, origins, &parties, options.band());
        let grades: Vec<Grade> = drafts.iter().map(graded).collect();
        let positions = drafts
            .iter()
            .zip(&grades)
            .map(|(draft, grade)| Position {
                id: draft.id.clone(),
                origin: draft.origin.ids.clone(),
                low: draft.bound.and_then(|b| b.low),
                high: draft.bound.and_then(|b| b.high),
                approximate: draft.bound.is_some_and(|b| b.approximate),
                stance: draft.stance,
                reported: draft.reported,
                grade: *grade,
                interested: parties.interest(&draft.origin),
                addition: draft.adds(),
                claims: draft.claims(),
                relayed_by: draft.documents().into_iter().map(str::to_owned).collect(),
                superseded_by: draft.superseded_by.map(|by| drafts[by].id.clone()),
            })
            .collect();
        let status = status(&drafts, &disagreements, support);
        let finding = Finding {
            id: String::new(),
            indicator: question.indicator.to_owned(),
            subject: question.subject.map(str::to_owned),
            object: question.object.clone(),
            unit: commonest(&question.members, |c| c.quantity.as_ref().and_then(|q| q.unit.clone())),
            measure: commonest(&question.members, |c| c.measure),
            places: places(&question.members),
            time: time(&drafts),
            low: estimate.low,
            best: estimate.rules.most_supported,
            high: estimate.high,
            approximate: estimate.approximate,
            derived: Derived::default(),
            estimates: estimate.rules,
            rule_sensitive: estimate.rule_sensitive,
            status,
            likelihood: likelihood(&drafts, &grades, status),
            independent_origins: support,
            positions,
            disagreements,
            lineage: Lineage::default(),
        };
        let mut areas: Vec<Area> = drafts.iter().flat_map(|d| d.areas.iter().cloned()).collect();
        areas.sort();
        areas.dedup();
        Some(Answer { finding: finding.seal(), mode: question.mode, areas, drafts })
    }

    /// The statements with a figure.
    pub(crate) fn figures(&self) -> impl Iterator<Item = &'s Statement> {
        self.drafts.iter().flat_map(|d| d.statements.iter().copied()).filter(|s| s.bound.is_some())
    }

    /// The stated low with the claims that state it.
    pub(crate) fn floor(&self) -> Option<(f64, Vec<String>)> {
        let low = self.finding.low.filter(|low| *low > 0.0)?;
        Some((low, self.stating(|d| d.bound.and_then(|b| b.low) == Some(low))))
    }

    /// The stated high with the claims that state it.
    pub(crate) fn ceiling(&self) -> Option<(f64, Vec<String>)> {
        let high = self.finding.high?;
        Some((high, self.stating(|d| d.bound.and_then(|b| b.high) == Some(high))))
            .filter(|(_, chain)| !chain.is_empty())
    }

    fn stating(&self, test: impl Fn(&Draft<'_>) -> bool) -> Vec<String> {
        self.drafts.iter().filter(|d| d.counts() && test(d)).flat_map(Draft::claims).collect()
    }

    /// The days that its figures cover, where both ends are known.
    pub(crate) fn closed_days(&self) -> Option<Days> {
        let days = self.figures().filter_map(days).reduce(Days::cover)?;
        days.closed().map(|_| days)
    }

    /// The days over which it counts: a total without a time runs up to the day on which it was given.
    pub(crate) fn reach(&self) -> Option<Days> {
        let said = self.figures().filter(|s| is_total(s)).filter_map(|s| s.claim.reported).max();
        let total = said.map(|end| Days { start: None, end: Some(end) });
        self.figures().filter_map(days).reduce(Days::cover).or(total)
    }

    /// Whether its figure grows with the time over which it counts.
    pub(crate) fn counts_over_time(&self) -> bool {
        !self.figures().any(is_reading)
    }

    /// Whether some live position of it states that the thing was done after the plan was made, where it was planned.
    fn carries_out(&self, plan: &Answer<'_>) -> Option<&str> {
        let (mine, theirs) = (&self.finding, &plan.finding);
        let same =
            (&mine.indicator, &mine.subject, &mine.object) == (&theirs.indicator, &theirs.subject, &theirs.object);
        let planned =
            plan.drafts.iter().filter_map(|d| d.statements.iter().filter_map(|s| s.claim.reported).min()).min()?;
        let done = self.drafts.iter().find(|d| {
            d.is_live()
                && d.stance == Stance::Asserted
                && d.days.and_then(|t| t.start).is_some_and(|start| start > planned)
        })?;
        let near = !matches!(lie(&self.areas, &plan.areas), Lie::Apart);
        (same && near && self.mode == Mode::Held).then_some(done.id.as_str())
    }
}

/// A plan is superseded once the thing is said to have been done.
pub(crate) fn carry_out(answers: &mut [Answer<'_>]) {
    for at in 0..answers.len() {
        if answers[at].mode != Mode::Planned {
            continue;
        }
        let done = answers.iter().find_map(|answer| answer.carries_out(&answers[at])).map(str::to_owned);
        if let Some(done) = done {
            let finding = &mut answers[at].finding;
            finding.status = Status::Superseded;
            for position in finding.positions.iter_mut().filter(|p| p.superseded_by.is_none()) {
                position.superseded_by = Some(done.clone());
            }
        }
    }
}

/// The order in which findings are handed out: that of the report's indicators, then subject, object, time and id.
pub(crate) fn order(a: &Finding, b: &Finding) -> std::cmp::Ordering {
    let rank = |f: &Finding| INDICATORS.iter().position(|i| *i == f.indicator).unwrap_or(INDICATORS.len());
    let dated = |f: &Finding| f.time.and_then(|t| t.start.or(t.end));
    // Refusals carry neither figure nor time and follow what they refuse to confirm.
    let key = |f: &Finding| (f.status == Status::Unconfirmed, dated(f).is_none(), dated(f));
    rank(a)
        .cmp(&rank(b))
        .then_with(|| (&a.indicator, &a.subject, &a.object).cmp(&(&b.indicator, &b.subject, &b.object)))
        .then_with(|| key(a).cmp(&key(b)))
        .then_with(|| a.id.cmp(&b.id))
}

/// The value most claims give, those with a figure before the others; the first of equals.
fn commonest<T: PartialEq>(members: &[&Statement], slot: impl Fn(&Claim) -> Option<T>) -> Option<T> {
    let figured: Vec<T> = members.iter().filter(|s| s.bound.is_some()).filter_map(|s| slot(&s.claim)).collect();
    let all = || members.iter().filter_map(|s| slot(&s.claim)).collect();
    let values: Vec<T> = if figured.is_empty() { all() } else { figured };
    let votes = |value: &T| values.iter().filter(|v| *v == value).count();
    let most = values.iter().map(&votes).max()?;
    let at = values.iter().position(|value| votes(value) == most)?;
    values.into_iter().nth(at)
}

/// The places that the statements name, the most named first.
pub(crate) fn places(members: &[&Statement]) -> Vec<PlaceRef> {
    let mut named: BTreeMap<(Option<&str>, &str), (usize, &PlaceRef)> = BTreeMap::new();
    for place in members.iter().flat_map(|s| &s.claim.places) {
        // One place under two spellings is one where the gazetteer has given it an id.
        let name = if place.id.is_some() { "" } else { place.name.as_str() };
        named.entry((place.id.as_deref(), name)).or_insert((0, place)).0 += 1;
    }
    let mut places: Vec<(usize, &PlaceRef)> = named.into_values().collect();
    places.sort_by(|a, b| {
        b.0.cmp(&a.0).then_with(|| a.1.precision.cmp(&b.1.precision)).then_with(|| a.1.name.cmp(&b.1.name))
    });
    places.into_iter().take(PLACES).map(|(_, place)| place.clone()).collect()
}

fn time(drafts: &[Draft<'_>]) -> Option<FindingTime> {
    let days = drafts.iter().filter_map(|d| d.days).reduce(Days::cover)?;
    (days.start.is_some() || days.end.is_some()).then_some(FindingTime { start: days.start, end: days.end })
}

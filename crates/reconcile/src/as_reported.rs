//! The reconcile stage `as-reported`: nothing merged, nothing concluded.

use std::collections::BTreeMap;

use recoup_model::{
    Claim, ContentHasher, Derived, Estimates, Finding, FindingTime, Grade, Lineage, Position, Stance, Status,
};
use recoup_plugin::{Context, Out, Result, Stage};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::days::Days;
use crate::finding::{order, places};
use crate::grade::UNJUDGED;
use crate::origin::{Backing, Origins};
use crate::place::Gazetteer;
use crate::register::Register;
use crate::statement::{Statement, prepare};

/// Options of the reconcile stage `as-reported`: none.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AsReportedOptions {}

/// Lists claims under what they are about: one finding for an indicator, subject, object and unit, in which every claim
/// is a position of its own.
///
/// Copies of one text are folded, and origins are counted as [`crate::Intervals`] counts them. Nothing is superseded,
/// no disagreement is classed and no value is best: `low` and `high` are the smallest and the greatest bound that
/// anybody gives. It shows what another reconciler starts from.
#[derive(Debug)]
pub struct AsReported {
    context: Context,
    claims: Vec<Claim>,
}

impl Stage for AsReported {
    const NAME: &'static str = "as-reported";
    const SUMMARY: &'static str =
        "Lists every claim as a position of its own, under what it is about; merges and judges nothing.";
    type Options = AsReportedOptions;
    type Item = Claim;

    fn open(_: AsReportedOptions, context: &Context) -> Result<Self> {
        Ok(AsReported { context: context.clone(), claims: Vec::new() })
    }

    fn process(&mut self, claim: Claim, _: &mut Out<'_, Finding>) -> Result<()> {
        self.claims.push(claim);
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_, Finding>) -> Result<()> {
        let register = Register::of(&self.context.theatre);
        let origins = Origins::new(&self.context, &register);
        let mut gazetteer = Gazetteer::new(&register);
        let statements = prepare(std::mem::take(&mut self.claims), &origins, &mut gazetteer);
        let mut topics: BTreeMap<_, Vec<&Statement>> = BTreeMap::new();
        for statement in &statements {
            let claim = &statement.claim;
            let unit = claim.quantity.as_ref().and_then(|q| q.unit.as_deref());
            topics.entry((&claim.indicator, &claim.subject, &claim.object, unit)).or_default().push(statement);
        }
        let mut findings: Vec<Finding> = topics.into_values().map(|members| finding(&members, &origins)).collect();
        findings.sort_by(order);
        findings.into_iter().for_each(|finding| out.emit(finding));
        Ok(())
    }
}

fn finding(members: &[&Statement], origins: &Origins<'_>) -> Finding {
    let claim = &members[0].claim;
    let said = |s: &&&Statement| matches!(s.claim.stance, Stance::Asserted | Stance::Hedged | Stance::Planned);
    let bounds = || members.iter().filter(said).filter_map(|s| s.bound);
    let support: Vec<&Statement> = members.iter().filter(said).copied().collect();
    let independent = Backing::independent([&origins.testimony(members).backing(&support)]);
    let time = members.iter().filter_map(|s| Days::of(s.claim.time.as_ref())).reduce(Days::cover);
    let all = |stance: Stance| members.iter().all(|s| s.claim.stance == stance);
    let finding = Finding {
        id: String::new(),
        indicator: claim.indicator.clone(),
        subject: claim.subject.clone(),
        object: claim.object.clone(),
        unit: claim.quantity.as_ref().and_then(|q| q.unit.clone()),
        measure: claim.measure.filter(|measure| members.iter().all(|s| s.claim.measure == Some(*measure))),
        places: places(members),
        time: time.map(|days| FindingTime { start: days.start, end: days.end }),
        low: bounds().filter_map(|b| b.low).reduce(f64::min),
        best: None,
        // A floor above every ceiling is the greatest bound there is.
        high: bounds()
            .filter_map(|b| b.high)
            .reduce(f64::max)
            .map(|high| bounds().filter_map(|b| b.low).fold(high, f64::max)),
        approximate: bounds().any(|b| b.approximate),
        derived: Derived::default(),
        estimates: Estimates::default(),
        rule_sensitive: false,
        status: match () {
            () if all(Stance::Denied) => Status::Denied,
            () if all(Stance::Unconfirmed) => Status::Unconfirmed,
            () if independent > 1 => Status::Corroborated,
            () => Status::SingleSource,
        },
        likelihood: None,
        independent_origins: independent,
        positions: members.iter().map(|statement| position(statement, origins)).collect(),
        disagreements: Vec::new(),
        lineage: Lineage::default(),
    };
    finding.seal()
}

fn position(statement: &Statement, origins: &Origins<'_>) -> Position {
    let claim = &statement.claim;
    Position {
        id: ContentHasher::default().field(&claim.id).id("p"),
        origin: statement.origin.ids.clone(),
        low: statement.bound.and_then(|b| b.low),
        high: statement.bound.and_then(|b| b.high),
        approximate: statement.bound.is_some_and(|b| b.approximate),
        stance: claim.stance,
        reported: claim.reported,
        grade: Grade { reliability: origins.reliability(&statement.origin), credibility: UNJUDGED },
        interested: false,
        addition: false,
        claims: vec![claim.id.clone()],
        relayed_by: statement.carried_by.iter().cloned().collect(),
        superseded_by: None,
    }
}

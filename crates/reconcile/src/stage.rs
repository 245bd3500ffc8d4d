//! The reconcile stage `intervals`.

use recoup_model::{Claim, Diagnostic, Finding};
use recoup_plugin::{Context, Error, Out, Result, Stage};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::derive::derive;
use crate::finding::{Answer, carry_out, order};
use crate::notes::Notes;
use crate::origin::Origins;
use crate::place::Gazetteer;
use crate::question::questions;
use crate::register::Register;
use crate::statement::prepare;
use crate::ties::Ties;

/// Options of the reconcile stage `intervals`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// By how many percent 'about' widens a figure, and by how many two estimates may differ before the finding is
    /// called sensitive to the rule. 0 to 100.
    pub band_percent: f64,
    /// For how many days an event is news: an undated claim made within them may be about it.
    pub echo_days: u16,
    /// By how many days two dates of one event may lie apart and still be rival dates of it, rather than two events.
    pub date_gap_days: u16,
}

impl Default for Options {
    fn default() -> Self {
        Options { band_percent: 10.0, echo_days: 14, date_gap_days: 31 }
    }
}

impl Options {
    /// The band as a share.
    pub(crate) fn band(&self) -> f64 {
        self.band_percent / 100.0
    }
}

/// Reconciles one group of claims: copies, origins, scope, then agreement and conflict.
///
/// What counts as one origin: the services, ministries and spokesmen of one state or armed group; an outlet in its own
/// voice, unless it retells whom it quotes in the same article; all outlets without a name together; all who are known
/// by a role alone (residents, analysts) together; a crowd (Western countries, the press) where nobody else speaks;
/// outlets that cite each other in a circle. Who relays is no origin, and copies of one text have one printer.
///
/// Findings come out in a fixed order, whatever the order of the claims.
#[derive(Debug)]
pub struct Intervals {
    options: Options,
    context: Context,
    claims: Vec<Claim>,
}

impl Intervals {
    fn findings(&mut self) -> (Vec<Finding>, Vec<Diagnostic>) {
        let register = Register::of(&self.context.theatre);
        let origins = Origins::new(&self.context, &register);
        let mut gazetteer = Gazetteer::new(&register);
        let notes = Notes { origins: &origins, french: self.context.report.language == "fr" };
        let statements = prepare(std::mem::take(&mut self.claims), &origins, &mut gazetteer);
        let ties = Ties::of(&self.context.rulings, &statements);
        let mut answers: Vec<Answer<'_>> = questions(&statements, &ties, &self.options)
            .into_iter()
            .filter_map(|question| Answer::of(question, &origins, &self.options, &notes))
            .collect();
        let contradictions = derive(&mut answers);
        carry_out(&mut answers);
        let mut findings: Vec<Finding> = answers.into_iter().map(|answer| answer.finding).collect();
        findings.sort_by(order);
        (findings, contradictions)
    }
}

impl Stage for Intervals {
    const NAME: &'static str = "intervals";
    const SUMMARY: &'static str =
        "Counts independent origins, compares figures as intervals within one scope, and classes every disagreement.";
    type Options = Options;
    type Item = Claim;

    fn open(options: Options, context: &Context) -> Result<Self> {
        if !(0.0..=100.0).contains(&options.band_percent) {
            return Err(Error::new("the band is a percentage from 0 to 100")
                .at_option("band_percent")
                .with_help("10 widens 'about 50' to 45 to 55"));
        }
        Ok(Intervals { options, context: context.clone(), claims: Vec::new() })
    }

    fn process(&mut self, claim: Claim, _: &mut Out<'_, Finding>) -> Result<()> {
        self.claims.push(claim);
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_, Finding>) -> Result<()> {
        let (findings, contradictions) = self.findings();
        contradictions.into_iter().for_each(|contradiction| out.report(contradiction));
        findings.into_iter().for_each(|finding| out.emit(finding));
        Ok(())
    }
}

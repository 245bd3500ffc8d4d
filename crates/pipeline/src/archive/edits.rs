//! Articles that their outlets changed: a later version under the same address, with other figures.

use std::collections::BTreeSet;

use jiff::civil::Date;
use recoup_model::{Claim, Edit, EditedFigure};
use recoup_store::{ClaimRow, DocumentRow, ReportRow};

use super::Archive;
use super::knowledge::{Knowledge, Known};
use crate::RunError;

impl Archive<'_> {
    /// The articles of which another version was known when `previous` was written.
    pub(super) fn edits(
        &self,
        knowledge: &Knowledge,
        known: &Known<'_>,
        previous: &ReportRow,
    ) -> Result<Vec<Edit>, RunError> {
        let runs = self.store.runs()?;
        let taken_in = |row: &DocumentRow| runs.iter().find(|run| run.id == row.run).map(|run| run.at);
        let mut edits = Vec::new();
        for (before, after) in replaced(knowledge, known.as_of, previous) {
            let Some((taken_in_before, taken_in)) = taken_in(before).zip(taken_in(after)) else { continue };
            let figures = figures(self.claims_of(knowledge, before)?, self.claims_of(knowledge, after)?);
            if figures.is_empty() {
                continue;
            }
            let after = known.head(after.id).unwrap_or(&after.head).clone();
            edits.push(Edit { before: before.head.clone(), after, taken_in_before, taken_in, figures });
        }
        Ok(edits)
    }

    fn claims_of(&self, knowledge: &Knowledge, document: &DocumentRow) -> Result<Vec<Claim>, RunError> {
        let rows: Vec<i64> = knowledge.said(document.id).iter().map(|topic| topic.id).collect();
        let claims: Result<Vec<Claim>, String> = self.store.claims(&rows)?.iter().map(ClaimRow::claim).collect();
        claims.map_err(|reason| self.store.damaged(reason).into())
    }
}

/// Pairs of versions, of which the first was the newest known to the report before and the second is now.
pub(super) fn replaced<'k>(
    knowledge: &'k Knowledge,
    as_of: Date,
    previous: &ReportRow,
) -> Vec<(&'k DocumentRow, &'k DocumentRow)> {
    let then = knowledge.versions(previous.as_of, previous.run);
    let now = knowledge.versions(as_of, i64::MAX);
    let pair = |(address, at): (&&str, &usize)| {
        let (before, after) = (&knowledge.documents[*then.get(*address)?], &knowledge.documents[*at]);
        (before.item != after.item && before.head.id != after.head.id).then_some((before, after))
    };
    now.iter().filter_map(pair).collect()
}

/// The figures that differ. Two claims are one figure changed where they are about the same: indicator, subject, object,
/// sources, whether civilians; the nearest in the text first.
fn figures(before: Vec<Claim>, after: Vec<Claim>) -> Vec<EditedFigure> {
    let figure = |claim: &Claim| claim.quantity.as_ref().map(|q| (q.low(), q.high(), q.approximate));
    let about = |claim: &Claim| {
        let sources: BTreeSet<String> = claim.sources.iter().map(|source| source.id.clone()).collect();
        (claim.indicator.clone(), claim.subject.clone(), claim.object.clone(), sources, claim.civilian)
    };
    let mut gone: Vec<Claim> = before.into_iter().filter(|claim| claim.quantity.is_some()).collect();
    let mut come: Vec<Claim> = Vec::new();
    for claim in after.into_iter().filter(|claim| claim.quantity.is_some()) {
        let same = |old: &Claim| about(old) == about(&claim) && figure(old) == figure(&claim);
        match gone.iter().position(same) {
            Some(at) => drop(gone.remove(at)),
            None => come.push(claim),
        }
    }
    let mut figures = Vec::new();
    for claim in come {
        let start = |claim: &Claim| claim.anchor.span().start();
        let alike = gone.iter().enumerate().filter(|(_, old)| about(old) == about(&claim));
        let nearest = alike.min_by_key(|(_, old)| start(old).abs_diff(start(&claim))).map(|(at, _)| at);
        let before = nearest.map(|at| Box::new(gone.remove(at)));
        figures.push(EditedFigure { before, after: Some(Box::new(claim)) });
    }
    figures.extend(gone.into_iter().map(|claim| EditedFigure { before: Some(Box::new(claim)), after: None }));
    figures
}

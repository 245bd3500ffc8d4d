//! Claims to findings, as of a day.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use recoup_model::{AppliedRuling, Claim, Diagnostic, Document, Finding, INDICATORS, VERIFICATION, family};
use recoup_plugin::Context;
use tracing::{debug, info_span};

use super::bench::Bench;
use super::outcome::{Extracted, Reconciled, RunError, failed_on};
use super::papers::Papers;
use super::workers;
use crate::{Pipeline, Progress, Rulings, StageFailure};

/// What is known as of `as_of`: of what was published later, nothing.
pub(crate) fn reconcile(
    pipeline: &Pipeline,
    extracted: &Extracted,
    rulings: &Rulings,
    as_of: Date,
    threads: usize,
    progress: &dyn Progress,
) -> Result<Reconciled, RunError> {
    let stage = info_span!("stage", stage = "reconcile", %as_of);
    let Known { documents, claims, applied } = known(pipeline, extracted, rulings, as_of);
    let copies = recoup_reconcile::copies(&documents);
    let papers = Papers::new(documents.iter().map(Document::head), copies.clone());
    let base = pipeline.context();
    let groups = recoup_reconcile::groups_united(claims.clone(), rulings.together());
    progress.phase("reconcile", groups.len());
    let (answers, _) = workers::each(
        threads,
        &groups,
        || Ok::<_, RunError>(()),
        |(), group| {
            let _entered = stage.enter();
            let answer = answer(pipeline, group.clone(), &papers.context(&base, rulings, group));
            progress.step();
            answer
        },
        |()| (),
    )?;
    let mut findings = Vec::new();
    let mut diagnostics = Vec::new();
    let mut set_aside = Vec::new();
    for (group, answer) in groups.iter().zip(answers) {
        match answer {
            Ok((found, said)) => {
                findings.extend(found);
                diagnostics.extend(said);
            }
            Err(failure) => {
                set_aside.push(failed_on(&group_name(group), &failure));
                diagnostics.extend(failure.remarks);
            }
        }
    }
    let added: Vec<&str> = pipeline.theatre.indicators.iter().map(|indicator| indicator.id.as_str()).collect();
    findings.sort_by(|a, b| order(a, b, &added));
    debug!(groups = groups.len(), findings = findings.len(), "Reconciled.");
    Ok(Reconciled { as_of, documents, claims, rulings: applied, copies, findings, set_aside, diagnostics })
}

/// What is known as of a day, as it was ruled on.
struct Known {
    documents: Vec<Document>,
    claims: Vec<Claim>,
    applied: Vec<AppliedRuling>,
}

fn known(pipeline: &Pipeline, extracted: &Extracted, rulings: &Rulings, as_of: Date) -> Known {
    let ruled = |document: &Document| {
        let published = rulings.published(&document.id, document.published);
        published.is_none_or(|published| published.date <= as_of).then(|| Document { published, ..document.clone() })
    };
    let mut documents: Vec<Document> = extracted.documents.iter().filter_map(ruled).collect();
    documents.sort_by(|a, b| {
        let key = |d: &Document| d.published.map(|published| published.date);
        (key(a), &a.outlet, &a.doc, &a.id).cmp(&(key(b), &b.outlet, &b.doc, &b.id))
    });
    let ids: BTreeSet<&str> = documents.iter().map(|d| d.id.as_str()).collect();
    let claims: Vec<Claim> = extracted.claims.iter().filter(|c| ids.contains(c.document.as_str())).cloned().collect();
    let mut tally = rulings.tally();
    documents.iter().for_each(|document| tally.document(&document.head()));
    claims.iter().for_each(|claim| tally.claim(claim));
    let read: HashMap<&str, Option<Date>> =
        extracted.documents.iter().map(|d| (d.id.as_str(), d.published.map(|p| p.date))).collect();
    let claims = rulings.apply_to_claims(claims, |document| read.get(document).copied().flatten());
    let applied = tally.end(&pipeline.theatre);
    Known { documents, claims, applied }
}

pub(crate) type Answer = (Vec<Finding>, Vec<Diagnostic>);

/// The findings of one group.
pub(crate) fn answer(pipeline: &Pipeline, group: Vec<Claim>, context: &Context) -> Result<Answer, StageFailure> {
    let given: BTreeSet<String> = group.iter().map(|claim| claim.id.clone()).collect();
    let heard = Bench::open(std::slice::from_ref(&pipeline.reconcile), context)?.whole(group)?;
    let mut findings = Vec::new();
    for finding in heard.emitted {
        if let Some(id) = finding.positions.iter().flat_map(|p| &p.claims).find(|id| !given.contains(id.as_str())) {
            let message = format!("a position rests on the claim `{id}`, which is not in its group");
            return Err(StageFailure::new(&pipeline.reconcile.manifest.name, message));
        }
        findings.push(if finding.id.is_empty() { finding.seal() } else { finding });
    }
    Ok((findings, heard.reported))
}

/// What a group is about, for whoever must be told that it failed.
pub(crate) fn group_name(group: &[Claim]) -> String {
    let Some(claim) = group.first() else { return "[[reconcile]]".to_owned() };
    let of = claim.subject.as_ref().map(|subject| format!(" of {subject}")).unwrap_or_default();
    format!("[[reconcile]] {}{of}", family(&claim.indicator))
}

/// Built-in indicators in the order of reports, then what could not be verified, then those of the theatre, then any
/// other; below that by question, time and id.
pub(crate) fn order(a: &Finding, b: &Finding, added: &[&str]) -> Ordering {
    let rank = |finding: &Finding| {
        let is = |indicator: &&str| *indicator == finding.indicator;
        let built_in = INDICATORS.iter().position(is);
        let after = |n: usize| INDICATORS.len() + n;
        built_in.unwrap_or_else(|| match added.iter().position(is) {
            _ if finding.indicator == VERIFICATION => after(0),
            Some(n) => after(1 + n),
            None => after(1 + added.len()),
        })
    };
    let time = |finding: &Finding| finding.time.map(|time| (time.start, time.end));
    let question = |f: &Finding| (rank(f), f.indicator.clone(), f.subject.clone(), f.object.clone(), time(f));
    question(a).cmp(&question(b)).then_with(|| a.id.cmp(&b.id))
}

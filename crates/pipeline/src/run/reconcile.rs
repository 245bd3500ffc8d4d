//! Claims to findings, as of a day.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use jiff::civil::Date;
use recoup_model::{Claim, Diagnostic, Document, Finding, INDICATORS, VERIFICATION, family};
use recoup_plugin::Context;
use tracing::{debug, info_span};

use super::bench::Bench;
use super::outcome::{Extracted, Reconciled, RunError, failed_on};
use super::papers::Papers;
use super::workers;
use crate::{Pipeline, Progress, StageFailure};

/// What is known as of `as_of`: of what was published later, nothing.
pub(crate) fn reconcile(
    pipeline: &Pipeline,
    extracted: &Extracted,
    as_of: Date,
    threads: usize,
    progress: &dyn Progress,
) -> Result<Reconciled, RunError> {
    let stage = info_span!("stage", stage = "reconcile", %as_of);
    let known = |document: &&Document| document.published.is_none_or(|published| published.date <= as_of);
    let documents: Vec<Document> = extracted.documents.iter().filter(known).cloned().collect();
    let ids: BTreeSet<&str> = documents.iter().map(|d| d.id.as_str()).collect();
    let claims: Vec<Claim> = extracted.claims.iter().filter(|c| ids.contains(c.document.as_str())).cloned().collect();
    let copies = recoup_reconcile::copies(&documents);
    let papers = Papers::new(documents.iter().map(Document::head), copies.clone());
    let base = pipeline.context();
    let groups = recoup_reconcile::groups(claims.clone());
    progress.phase("reconcile", groups.len());
    let (answers, _) = workers::each(
        threads,
        &groups,
        || Ok::<_, RunError>(()),
        |(), group| {
            let _entered = stage.enter();
            let answer = answer(pipeline, group.clone(), &papers.context(&base, group));
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
    Ok(Reconciled { as_of, documents, claims, copies, findings, set_aside, diagnostics })
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

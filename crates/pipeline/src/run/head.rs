//! What a report says of itself.

use std::collections::BTreeMap;

use jiff::civil::Date;
use recoup_model::{
    Claim, DocumentHead, Finding, FindingItem, Hashed, Head, MethodStep, Period, ReportItem, RunManifest,
};

use super::outcome::{Extracted, Reconciled};
use crate::Rulings;
use crate::pipeline::{Form, Pipeline};

/// The head of the reports of one run.
pub(crate) fn head(
    pipeline: &Pipeline,
    extracted: &Extracted,
    known: &Reconciled,
    rulings: &Rulings,
    period: Period,
    previous: Option<Date>,
) -> Head {
    Head {
        pipeline: pipeline.name.clone(),
        language: pipeline.language.clone(),
        period,
        previous,
        newest: known.documents.iter().filter_map(|d| d.published).map(|p| p.date).max(),
        documents: known.documents.len(),
        undated: known.documents.iter().filter(|d| d.published.is_none()).map(|d| d.doc.clone()).collect(),
        claims: known.claims.len(),
        copies: known.copies.clone(),
        method: method(pipeline),
        rulings: known.rulings.clone(),
        manifest: RunManifest {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            pipeline: pipeline.file.clone(),
            rulings: rulings.hashed(),
            inputs: extracted.inputs.clone(),
            packs: pipeline.packs.clone(),
            plugins: plugins(pipeline),
        },
    }
}

fn method(pipeline: &Pipeline) -> Vec<MethodStep> {
    let step = |stage: crate::StageInfo| MethodStep {
        stage: stage.manifest.kind.to_string(),
        name: stage.manifest.name,
        summary: stage.manifest.summary,
        version: stage.manifest.version,
        options: stage.options.to_string(),
    };
    pipeline.stages().into_iter().map(step).collect()
}

fn plugins(pipeline: &Pipeline) -> Vec<Hashed> {
    let hashed = |stage: crate::StageInfo| match stage.form {
        Form::BuiltIn => Vec::new(),
        Form::Library { path, sha256, .. } => vec![Hashed { name: crate::load::file_name(&path), sha256 }],
        Form::Program { files, .. } => files,
    };
    let mut plugins: Vec<Hashed> = pipeline.stages().into_iter().flat_map(hashed).collect();
    plugins.sort();
    plugins.dedup();
    plugins
}

/// Each finding with the claims of its positions, and the documents that carry or relay them, as report stages read it.
pub(crate) fn findings(known: &Reconciled, findings: &[Finding]) -> impl Iterator<Item = ReportItem> {
    let claims: BTreeMap<&str, &Claim> = known.claims.iter().map(|claim| (claim.id.as_str(), claim)).collect();
    let heads: Vec<DocumentHead> = known.documents.iter().map(recoup_model::Document::head).collect();
    findings.iter().map(move |finding| {
        let mut seen = std::collections::BTreeSet::new();
        let named = finding.positions.iter().flat_map(|position| &position.claims).filter(|id| seen.insert(*id));
        let claims: Vec<Claim> = named.filter_map(|id| claims.get(id.as_str())).map(|claim| (*claim).clone()).collect();
        // A copy carries no claim of its own and is named among those who relay it.
        let relays = |id: &String| finding.positions.iter().any(|position| position.relayed_by.contains(id));
        let carries = |head: &&DocumentHead| relays(&head.id) || claims.iter().any(|claim| claim.document == head.id);
        let documents = heads.iter().filter(carries).cloned().collect();
        ReportItem::Finding(Box::new(FindingItem { finding: finding.clone(), claims, documents }))
    })
}

//! What a report says of itself.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::civil::Date;
use recoup_model::{
    AppliedRuling, ArchiveState, Claim, CopyGroup, DocumentHead, Finding, FindingItem, Hashed, Head, MethodStep,
    Period, ReportItem, RunManifest,
};

use crate::pipeline::{Form, Pipeline};

/// What the head of a report tells of its making.
pub(crate) struct Making<'r> {
    /// The documents that are known.
    pub(crate) documents: &'r [DocumentHead],
    /// How many claims they hold.
    pub(crate) claims: usize,
    /// Near-identical texts among them.
    pub(crate) copies: &'r [CopyGroup],
    /// What was ruled, and what it touched.
    pub(crate) rulings: &'r [AppliedRuling],
    /// The file of the rulings.
    pub(crate) rulings_file: Option<Hashed>,
    /// How many findings are not printed.
    pub(crate) dormant: usize,
    /// The articles, by name.
    pub(crate) inputs: Vec<Hashed>,
    /// What the store held.
    pub(crate) archive: Option<ArchiveState>,
}

/// The head of the reports of one run.
pub(crate) fn head(pipeline: &Pipeline, making: Making<'_>, period: Period, previous: Option<Date>) -> Head {
    Head {
        pipeline: pipeline.name.clone(),
        language: pipeline.language.clone(),
        period,
        previous,
        newest: making.documents.iter().filter_map(|d| d.published).map(|p| p.date).max(),
        documents: making.documents.len(),
        undated: making.documents.iter().filter(|d| d.published.is_none()).map(|d| d.doc.clone()).collect(),
        claims: making.claims,
        dormant: making.dormant,
        copies: making.copies.to_vec(),
        method: method(pipeline),
        rulings: making.rulings.to_vec(),
        manifest: RunManifest {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            pipeline: pipeline.file.clone(),
            rulings: making.rulings_file,
            inputs: making.inputs,
            archive: making.archive,
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
/// Claims that bound it from the scope of another finding come with it where that one is not printed.
pub(crate) fn findings<'r>(
    claims: &'r [Claim],
    documents: &'r [DocumentHead],
    findings: &'r [Finding],
) -> impl Iterator<Item = ReportItem> + 'r {
    let claims: HashMap<&str, &Claim> = claims.iter().map(|claim| (claim.id.as_str(), claim)).collect();
    let places: HashMap<&str, usize> = documents.iter().enumerate().map(|(at, head)| (head.id.as_str(), at)).collect();
    let printed: HashSet<&String> = findings.iter().flat_map(|f| &f.positions).flat_map(|p| &p.claims).collect();
    findings.iter().map(move |finding| {
        let mut seen = HashSet::new();
        let elsewhere = finding.derived.chain.iter().filter(|id| !printed.contains(id));
        let named = finding.positions.iter().flat_map(|position| &position.claims).chain(elsewhere);
        let named = named.filter(|id| seen.insert(*id));
        let claims: Vec<Claim> = named.filter_map(|id| claims.get(id.as_str())).map(|claim| (*claim).clone()).collect();
        // A copy carries no claim of its own and is named among those who relay it.
        let relays = finding.positions.iter().flat_map(|position| &position.relayed_by);
        let carriers = relays.chain(claims.iter().map(|claim| &claim.document));
        let carriers: BTreeSet<usize> = carriers.filter_map(|id| places.get(id.as_str()).copied()).collect();
        let documents = carriers.into_iter().map(|at| documents[at].clone()).collect();
        ReportItem::Finding(Box::new(FindingItem { finding: finding.clone(), claims, documents }))
    })
}

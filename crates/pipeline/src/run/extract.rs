//! Documents to claims.

use std::collections::BTreeMap;

use recoup_model::{Claim, Diagnostic, Document, Level, SetAside};
use recoup_plugin::Kind;
use tracing::{debug, debug_span, info_span};

use super::bench::Bench;
use super::door::admit;
use super::merge::merge;
use super::outcome::{RunError, failed_on, set_aside};
use super::workers;
use crate::{Pipeline, Progress};

/// What was found in the documents.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) documents: Vec<Document>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) set_aside: Vec<SetAside>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// What the extractors said of one document; claims with the extractor that found them.
struct Read {
    claims: Vec<(usize, Claim)>,
    set_aside: Option<SetAside>,
    diagnostics: Vec<Diagnostic>,
}

/// Runs every extractor on every document.
pub(crate) fn extract(
    pipeline: &Pipeline,
    documents: Vec<Document>,
    threads: usize,
    progress: &dyn Progress,
) -> Result<Found, RunError> {
    let stage = info_span!("stage", stage = "extract");
    let context = pipeline.context();
    let portion = Bench::portion(&pipeline.extract, documents.len(), threads);
    let portions: Vec<&[Document]> = documents.chunks(portion).collect();
    let (read, ended) = workers::each(
        threads,
        &portions,
        || Bench::open(&pipeline.extract, &context),
        |bench, portion| {
            let document = if let [document] = portion { Some(document.doc.as_str()) } else { None };
            let _entered = debug_span!(parent: &stage, "document", doc = document).entered();
            let read = read_all(bench, portion);
            portion.iter().for_each(|_| progress.step());
            read
        },
        Bench::finish,
    )
    .map_err(|failure| RunError::stage(Kind::Extract, failure))?;
    let mut found = Found::default();
    let mut claims: Vec<(usize, Claim)> = Vec::new();
    for (document, read) in documents.into_iter().zip(read.into_iter().flatten().collect::<Vec<_>>()) {
        found.diagnostics.extend(read.diagnostics);
        match read.set_aside {
            Some(aside) => found.set_aside.push(aside),
            None => {
                claims.extend(read.claims);
                found.documents.push(document);
            }
        }
    }
    // A stage may hold claims back until it has seen all of its share.
    for bench in ended {
        for (at, (heard, result)) in bench.into_iter().enumerate() {
            result.map_err(|failure| RunError::stage(Kind::Extract, failure))?;
            found.diagnostics.extend(heard.reported);
            claims.extend(heard.emitted.into_iter().map(|claim| (at, claim)));
        }
    }
    let names: Vec<&str> = pipeline.extract.iter().map(|stage| stage.manifest.name.as_str()).collect();
    found.settle(claims, &names);
    Ok(found)
}

/// Gives every document to every stage; one that fails sets the document aside.
fn read_all(bench: &mut Bench<'_, Document>, documents: &[Document]) -> Vec<Read> {
    let nothing = |_: &Document| Read { claims: Vec::new(), set_aside: None, diagnostics: Vec::new() };
    let mut all: Vec<Read> = documents.iter().map(nothing).collect();
    for stage in 0..bench.len() {
        let open: Vec<usize> = (0..all.len()).filter(|at| all[*at].set_aside.is_none()).collect();
        let calls = bench.each(stage, open.iter().map(|at| documents[*at].clone()).collect());
        for (at, (heard, result)) in open.into_iter().zip(calls) {
            let (document, read) = (&documents[at], &mut all[at]);
            let origin = document.path.as_deref().unwrap_or(&document.doc);
            let refused = heard.reported.iter().find(|d| d.level == Level::Error).map(|d| set_aside(origin, d));
            let named = |diagnostic: Diagnostic| match diagnostic.document {
                None => diagnostic.in_document(&document.doc),
                Some(_) => diagnostic,
            };
            read.diagnostics.extend(heard.reported.into_iter().map(named));
            read.set_aside = result.err().map(|failure| failed_on(origin, &failure)).or(refused);
            if read.set_aside.is_none() {
                read.claims.extend(heard.emitted.into_iter().map(|claim| (stage, claim)));
            }
        }
    }
    for read in &all {
        debug!(claims = read.claims.len(), "Extracted.");
    }
    all
}

impl Found {
    /// Checks the claims at the door and puts them in the order of documents and text.
    fn settle(&mut self, claims: Vec<(usize, Claim)>, stages: &[&str]) {
        let at: BTreeMap<&str, usize> = self.documents.iter().enumerate().map(|(n, d)| (d.id.as_str(), n)).collect();
        let mut lists: Vec<Vec<Vec<Claim>>> = vec![vec![Vec::new(); stages.len()]; self.documents.len()];
        for (stage, claim) in claims {
            let Some(&document) = at.get(claim.document.as_str()) else {
                let message = format!("a claim names a document that was not read: `{}`", claim.document);
                self.diagnostics.push(Diagnostic::new(Level::Warning, "claim.document", message));
                continue;
            };
            match admit(claim, &self.documents[document], stages[stage]) {
                Ok(claim) => lists[document][stage].push(claim),
                Err(diagnostic) => self.diagnostics.push(*diagnostic),
            }
        }
        // Claims that were held back come in the order of threads.
        for list in lists.iter_mut().flatten() {
            list.sort_by(|a, b| (a.anchor.span(), &a.id).cmp(&(b.anchor.span(), &b.id)));
        }
        self.claims = lists.into_iter().flat_map(merge).collect();
    }
}

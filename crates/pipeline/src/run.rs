//! Runs a pipeline: articles in, report files out.

mod annotate;
mod bench;
pub(crate) mod changes;
mod door;
pub(crate) mod extract;
mod feeds;
mod findings;
pub(crate) mod head;
mod lines;
mod merge;
mod options;
pub(crate) mod outcome;
pub(crate) mod papers;
pub(crate) mod parse;
pub(crate) mod reconcile;
pub(crate) mod report;
pub(crate) mod sources;
pub(crate) mod workers;
pub(crate) mod write;

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use recoup_model::{Change, Diagnostic, Document, DocumentHead, Finding, Hashed, Item, Level, ReportItem, SetAside};
use serde::Serialize;
use tracing::{info, info_span};

use self::changes::Comparison;
use self::head::Making;
use self::parse::Parsed;
use crate::{Pipeline, Problem, Rulings, archive, inputs};

pub use annotate::{Annotated, annotate};
pub use findings::{FindingsOptions, Weighed, findings};
pub use options::{Progress, RunOptions};
pub use outcome::{Extracted, Outcome, Reconciled, RunError};
pub(crate) use {door::admit, parse::sound, write::Batch};

/// Reads articles, finds and weighs their claims, and writes the reports. Either all files are written or none.
///
/// # Errors
/// [`RunError`] where nothing can be said at all. An article that cannot be read is in [`Outcome::set_aside`].
pub fn run(pipeline: &Pipeline, options: &RunOptions<'_>) -> Result<Outcome, RunError> {
    let _entered = info_span!("run", pipeline = pipeline.name).entered();
    let _done = Done(options);
    if pipeline.store.is_some() && options.store {
        return archive::run(pipeline, options);
    }
    let rulings = pipeline.rulings.as_of(options.as_of);
    let extracted = extract_all(pipeline, options)?;
    let mut known = reconcile_all(pipeline, options, &extracted, &rulings)?;
    let period = pipeline.period.ending(known.as_of).ok_or_else(|| out_of_calendar(pipeline, known.as_of))?;
    let mut findings = std::mem::take(&mut known.findings);
    let previous = pipeline.period.previous(known.as_of).and_then(|day| changes::earlier(&known.documents, day));
    let before = match previous {
        Some(day) => {
            let rulings = pipeline.rulings.as_of(Some(day));
            reconcile::reconcile(pipeline, &extracted, &rulings, day, options.threads, options.progress)?.findings
        }
        None => Vec::new(),
    };
    let comparison = Comparison::since(previous, &before, &known.documents, period);
    let changes = comparison.changes(&mut findings);

    let heads: Vec<DocumentHead> = known.documents.iter().map(Document::head).collect();
    let making = Making {
        documents: &heads,
        claims: known.claims.len(),
        copies: &known.copies,
        rulings: &known.rulings,
        rulings_file: rulings.hashed(),
        dormant: 0,
        inputs: extracted.inputs.clone(),
        archive: None,
    };
    let mut items = vec![ReportItem::Head(Box::new(head::head(pipeline, making, period, previous)))];
    items.extend(head::findings(&known.claims, &heads, &findings));
    items.extend(changes.iter().cloned().map(ReportItem::Change));
    items.extend(
        sources::states(&sources::heard(&known, &pipeline.theatre), pipeline, period)
            .into_iter()
            .map(ReportItem::Source),
    );
    let mut set_aside = extracted.set_aside;
    set_aside.extend(known.set_aside.iter().cloned());
    items.extend(set_aside.iter().cloned().map(ReportItem::SetAside));
    let out = options.out.clone().unwrap_or_else(|| pipeline.folder.clone());
    let out = if out.as_os_str().is_empty() { PathBuf::from(".") } else { out };
    let mut batch = Batch::default();
    let mut diagnostics = extracted.diagnostics;
    diagnostics.extend(known.diagnostics);
    let reported = report::report(pipeline, &items, period, &out, &mut batch, options.progress)?;
    diagnostics.extend(reported.diagnostics);
    // Reports are made by now: who failed to write one can be named here only.
    set_aside.extend(reported.set_aside);
    if let Some(folder) = &options.keep {
        keep(folder, &known.documents, &known.claims, &findings, &changes)?;
    }
    let (mut placed, diagnostics) = crate::place(diagnostics, &known.documents);
    placed.extend(rulings.warnings(&known.rulings));
    placed.extend(pipeline.rulings.later_than(options.as_of));
    let written = batch.commit()?;
    info!(documents = known.documents.len(), findings = findings.len(), files = written.len(), "Done.");
    Ok(Outcome {
        period,
        documents: known.documents.len(),
        claims: known.claims.len(),
        left_out: extracted.left_out,
        findings,
        set_aside,
        placed,
        diagnostics,
        written,
    })
}

/// Reads articles and finds their claims. With a cut-off, documents published later are left out.
///
/// # Errors
/// As [`run`].
pub fn extract(pipeline: &Pipeline, options: &RunOptions<'_>) -> Result<Extracted, RunError> {
    let _done = Done(options);
    extract_all(pipeline, options)
}

/// Weighs claims as of the cut-off of `options`, else of the newest document.
///
/// # Errors
/// As [`run`].
pub fn reconcile(pipeline: &Pipeline, options: &RunOptions<'_>, extracted: &Extracted) -> Result<Reconciled, RunError> {
    let _done = Done(options);
    reconcile_all(pipeline, options, extracted, &pipeline.rulings.as_of(options.as_of))
}

/// Finds the claims of texts that lie in no file.
pub(crate) fn extract_items(
    pipeline: &Pipeline,
    items: &[Item],
    progress: &dyn Progress,
) -> Result<Extracted, RunError> {
    let options = RunOptions { progress, ..RunOptions::default() };
    let _done = Done(&options);
    progress.phase("parse", items.len());
    let parsed = parse::parse_items(pipeline, items, options.threads, progress)?;
    claims_of(pipeline, &options, parsed)
}

/// Tells the progress that the run is over, however it ends.
pub(crate) struct Done<'o, 'p>(pub(crate) &'o RunOptions<'p>);

impl Drop for Done<'_, '_> {
    fn drop(&mut self) {
        self.0.progress.done();
    }
}

fn extract_all(pipeline: &Pipeline, options: &RunOptions<'_>) -> Result<Extracted, RunError> {
    let gathered = inputs::gather(pipeline, options)?;
    options.progress.phase("parse", gathered.sources.len());
    let mut parsed = parse::parse(pipeline, &gathered.sources, options.threads, options.progress)?;
    let mut diagnostics = std::mem::take(&mut parsed.diagnostics);
    let rulings = pipeline.rulings.as_of(options.as_of);
    let left_out = options.as_of.map_or(0, |as_of| parsed.forget_after(as_of, &rulings));
    if let Some(as_of) = options.as_of.filter(|_| left_out > 0 && parsed.documents.is_empty()) {
        diagnostics.push(nothing_known(as_of));
    }
    parsed.diagnostics = diagnostics;
    let mut extracted = claims_of(pipeline, options, parsed)?;
    extracted.left_out = left_out;
    extracted.inputs.extend(gathered.manifests);
    extracted.inputs.sort();
    Ok(extracted)
}

/// Finds the claims of documents.
fn claims_of(pipeline: &Pipeline, options: &RunOptions<'_>, parsed: Parsed) -> Result<Extracted, RunError> {
    options.progress.phase("extract", parsed.documents.len());
    let found = extract::extract(pipeline, parsed.documents, options.threads, options.progress)?;
    let mut diagnostics = parsed.diagnostics;
    let mut set_aside = parsed.set_aside;
    set_aside.extend(found.set_aside);
    set_aside.extend(pipeline.broken.iter().map(|problem| without(pipeline, problem)));
    set_aside.sort_by(|a: &SetAside, b| (&a.origin, &a.code, &a.reason).cmp(&(&b.origin, &b.code, &b.reason)));
    diagnostics.extend(found.diagnostics);
    diagnostics
        .sort_by(|a, b| (&a.document, a.span, &a.code, &a.message).cmp(&(&b.document, b.span, &b.code, &b.message)));
    let mut inputs: Vec<Hashed> = parsed.inputs.into_iter().map(|(input, _)| input).collect();
    inputs.sort();
    Ok(Extracted { documents: found.documents, claims: found.claims, left_out: 0, set_aside, diagnostics, inputs })
}

/// A plugin that the run does without.
pub(crate) fn without(pipeline: &Pipeline, problem: &Problem) -> SetAside {
    let line = problem.file.as_ref().zip(problem.span.as_ref()).map_or(0, |(file, span)| {
        file.inner().as_bytes().iter().take(span.start).filter(|byte| **byte == b'\n').count() + 1
    });
    let name = pipeline.file.as_ref().map_or("pipeline", |file| file.name.as_str());
    let folder = std::fs::canonicalize(&pipeline.folder).unwrap_or_default();
    // The same report on every machine: no folder of this one.
    let reason = problem.message.replace(&format!("{}/", folder.display()), "");
    SetAside { origin: format!("{name}, line {line}"), code: problem.code.clone().into_owned(), reason, help: None }
}

fn reconcile_all(
    pipeline: &Pipeline,
    options: &RunOptions<'_>,
    extracted: &Extracted,
    rulings: &Rulings,
) -> Result<Reconciled, RunError> {
    let days = extracted.documents.iter().filter_map(|d| rulings.published(&d.id, d.published));
    let newest = || days.map(|published| published.date).max();
    let as_of = options.as_of.or_else(newest).ok_or_else(|| no_cut_off(extracted))?;
    reconcile::reconcile(pipeline, extracted, rulings, as_of, options.threads, options.progress)
}

/// A day would not mend a run of which every article was set aside.
fn no_cut_off(extracted: &Extracted) -> RunError {
    if extracted.documents.is_empty() && !extracted.set_aside.is_empty() {
        RunError::NothingRead { set_aside: extracted.set_aside.clone() }
    } else {
        RunError::Undated { documents: extracted.documents.len() }
    }
}

pub(crate) fn nothing_known(as_of: Date) -> Diagnostic {
    let message = format!("every document was published after {as_of}, so none is left to report on");
    Diagnostic::new(Level::Warning, "run.nothing_known", message).with_help("choose a later cut-off")
}

pub(crate) fn out_of_calendar(pipeline: &Pipeline, as_of: Date) -> RunError {
    RunError::Period { length: pipeline.period.to_string(), as_of }
}

/// Writes what went through the stages, as JSON Lines.
pub(crate) fn keep(
    folder: &Path,
    documents: &[Document],
    claims: &[recoup_model::Claim],
    findings: &[Finding],
    changes: &[Change],
) -> Result<(), RunError> {
    let files = [
        ("documents.jsonl", lines(documents)),
        ("claims.jsonl", lines(claims)),
        ("findings.jsonl", lines(findings)),
        ("changes.jsonl", lines(changes)),
    ];
    let mut batch = Batch::default();
    for (name, bytes) in files {
        let path = folder.join(name);
        let bytes = bytes.map_err(|error| RunError::Io { verb: "write", path, source: error.into() })?;
        batch.add(folder, Path::new(name), bytes, "--keep")?;
    }
    batch.commit().map(|_| ())
}

fn lines<T: Serialize>(values: &[T]) -> Result<Vec<u8>, serde_json::Error> {
    let mut out = Vec::new();
    for value in values {
        serde_json::to_writer(&mut out, value)?;
        out.push(b'\n');
    }
    Ok(out)
}

//! Past reports, as they were written, and reports of past days of which none was written.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use recoup_model::{Claim, Finding, Hashed, Head, Period};
use recoup_store::{ClaimRow, FindingRow, Reader, ReportRow, Run, Store};

use super::intake::Taken;
use super::knowledge::Knowledge;
use super::{Archive, identity, no_store};
use crate::run::reconcile;
use crate::run::write::Batch;
use crate::{Outcome, Pipeline, ReportSide, Rulings, RunError, RunOptions};

/// What [`report`] is told.
#[derive(Clone)]
pub struct ReportOptions<'a> {
    /// Last day of what is known; `None` = that of the newest report.
    pub as_of: Option<Date>,
    /// Only what was taken in up to then is known; `None` = as the report of that day knew it.
    pub taken_in: Option<Timestamp>,
    /// Make the report again from what the store holds, even where its bytes are there.
    pub again: bool,
    /// How to compute, and where to write.
    pub run: RunOptions<'a>,
}

/// How a past report came about.
#[derive(Debug, Clone)]
pub enum Replayed {
    /// As it was written then.
    Written {
        /// When what it knows of was taken in.
        taken_in: Timestamp,
        /// Its cut-off.
        as_of: Date,
        /// Its files.
        written: Vec<PathBuf>,
    },
    /// Made now of what was known then.
    Made(Box<Outcome>),
}

/// The reports that were written, oldest cut-off first; of one day only the last.
///
/// # Errors
/// The pipeline has no store, or it cannot be read.
pub fn reports(pipeline: &Pipeline) -> Result<Vec<ReportRow>, RunError> {
    let store = Store::read(&pipeline.store().ok_or_else(|| no_store(pipeline))?)?;
    let mut reports = store.reports()?;
    reports.sort_by_key(|report| (report.as_of, report.id));
    reports.reverse();
    reports.dedup_by_key(|report| report.as_of);
    reports.reverse();
    Ok(reports)
}

/// What the report of a day says, as it was written, for a comparison.
///
/// # Errors
/// The pipeline has no store, it cannot be read, or no report of the day was written.
pub fn archived(pipeline: &Pipeline, as_of: Date) -> Result<ReportSide, RunError> {
    let store = Store::read(&pipeline.store().ok_or_else(|| no_store(pipeline))?)?;
    let written = store.reports()?;
    let Some(report) = written.iter().rfind(|report| report.as_of == as_of) else {
        let days = written.iter().map(|report| report.as_of).collect::<BTreeSet<_>>();
        return Err(RunError::NoReport { as_of, written: days.into_iter().collect() });
    };
    let rows = store.findings(&store.findings_of(report.id)?)?;
    let findings: Result<Vec<Finding>, String> = rows.iter().map(FindingRow::finding).collect();
    let mut findings = findings.map_err(|reason| store.damaged(reason))?;
    let added: Vec<&str> = pipeline.theatre.indicators.iter().map(|indicator| indicator.id.as_str()).collect();
    findings.sort_by(|a, b| reconcile::order(a, b, &added));
    let ids: BTreeSet<String> = findings.iter().flat_map(|f| &f.positions).flat_map(|p| &p.claims).cloned().collect();
    let rows = store.claims_named(report.reader, &ids.into_iter().collect::<Vec<_>>())?;
    let claims: Result<Vec<Claim>, String> = rows.iter().map(ClaimRow::claim).collect();
    let carriers: BTreeSet<i64> = rows.iter().map(|row| row.document).collect();
    Ok(ReportSide {
        name: as_of.to_string(),
        period: Some(Period { start: report.start, end: as_of }),
        findings,
        claims: claims.map_err(|reason| store.damaged(reason))?,
        documents: carriers.into_iter().map(|row| Ok(store.document(row)?.head())).collect::<Result<_, RunError>>()?,
    })
}

/// Writes the report of a past day again: the bytes that were written then; where none were, or where they are asked for
/// again, what is made of the documents published up to the day and taken in up to the moment. The store is only read.
///
/// # Errors
/// As [`crate::run`].
pub fn report(pipeline: &Pipeline, options: &ReportOptions<'_>) -> Result<Replayed, RunError> {
    let store = Store::read(&pipeline.store().ok_or_else(|| no_store(pipeline))?)?;
    let in_time = |report: &ReportRow| options.taken_in.is_none_or(|moment| report.at <= moment);
    let of_day = |report: &ReportRow| options.as_of.is_none_or(|day| report.as_of == day);
    let there = store.reports()?.into_iter().filter(|report| in_time(report) && of_day(report));
    let there = there.max_by_key(|report| (report.as_of, report.id));
    if let Some(report) = there.as_ref().filter(|_| !options.again) {
        let folder = match &options.run.out {
            Some(folder) => folder.clone(),
            None => PathBuf::from(&report.folder),
        };
        let mut batch = Batch::default();
        for file in store.files_of(report.id)? {
            batch.add(&folder, Path::new(&file.path), file.bytes, "the store")?;
        }
        let written = batch.commit()?;
        return Ok(Replayed::Written { taken_in: report.at, as_of: report.as_of, written });
    }
    let run = intake(&store, options.taken_in, there.as_ref())?;
    let reader = reader(pipeline, &store, there.as_ref())?;
    let (rulings, rulings_file) = rulings(pipeline, &store, run, there.as_ref())?;
    let mut archive = Archive {
        pipeline,
        store,
        reader,
        run,
        rulings,
        rulings_file,
        weigher: identity::weigher(pipeline),
        verdicts: std::collections::HashMap::new(),
    };
    let knowledge = Knowledge::load(&archive.store, reader, run.id, &archive.rulings)?;
    let as_of = options.as_of.or(there.map(|report| report.as_of)).or_else(|| knowledge.newest());
    let Some(as_of) = as_of else { return Err(RunError::Undated { documents: knowledge.documents.len() }) };
    let made = archive.make(&knowledge, as_of, &Taken::default(), &options.run)?;
    let mut outcome = made.outcome;
    outcome.written = made.batch.commit()?;
    Ok(Replayed::Made(Box::new(outcome)))
}

/// The last intake that the report may know of.
fn intake(store: &Store, moment: Option<Timestamp>, report: Option<&ReportRow>) -> Result<Run, RunError> {
    let runs = store.runs()?;
    let known = |run: &&Run| match (moment, report) {
        (_, Some(report)) => run.id <= report.run,
        (Some(moment), None) => run.at <= moment,
        (None, None) => true,
    };
    let first = Run { id: 0, at: moment.unwrap_or(Timestamp::UNIX_EPOCH) };
    Ok(runs.iter().rfind(known).copied().unwrap_or(first))
}

/// Who read the articles: for a report that was written, who did then; else this pipeline as it is, if it has read them.
fn reader(pipeline: &Pipeline, store: &Store, report: Option<&ReportRow>) -> Result<Reader, RunError> {
    if let Some(report) = report {
        return Ok(report.reader);
    }
    match store.known_reader(&identity::reader(pipeline))? {
        Some(reader) if store.unread(reader)?.is_empty() => Ok(reader),
        _ => Err(RunError::Unread { name: pipeline.name.clone() }),
    }
}

/// What had been decided: for a report that was written, the rulings that it lists; else those up to the day of the intake.
/// With the hash of their file.
fn rulings(
    pipeline: &Pipeline,
    store: &Store,
    run: Run,
    report: Option<&ReportRow>,
) -> Result<(Rulings, Option<Hashed>), RunError> {
    let Some(report) = report else {
        let rulings = pipeline.rulings.as_of(Some(super::day(run.at)));
        return Ok((rulings.clone(), rulings.hashed()));
    };
    let head: Head = serde_json::from_str(&store.head_of(report.id)?).map_err(|why| store.damaged(why.to_string()))?;
    let rulings = pipeline.rulings.only(&head.rulings.into_iter().map(|applied| applied.ruling.id).collect());
    Ok((rulings, head.manifest.rulings))
}

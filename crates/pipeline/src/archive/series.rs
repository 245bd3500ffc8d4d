//! Reports that follow each other.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use recoup_model::{
    AppliedRuling, Change, Claim, Diagnostic, DocumentHead, Finding, Hashed, Period, ReportItem, SetAside,
};
use recoup_store::{DocumentRow, FindingRow, NewReport, ReportFile, ReportRow};
use tracing::{info, info_span};

use super::Archive;
use super::edits::replaced;
use super::errata::{Gone, errata};
use super::intake::Taken;
use super::knowledge::{Knowledge, Known};
use crate::run::changes::{Comparison, Paper};
use crate::run::head::{self, Making};
use crate::run::sources::{self, Ears};
use crate::run::write::Batch;
use crate::run::{Done, keep, nothing_known, out_of_calendar, report, without};
use crate::{Outcome, Pipeline, RunError, RunOptions};

/// What [`backfill`] is told besides its run.
pub struct BackfillOptions {
    /// The first day of the series.
    pub from: Date,
    /// The last day of the series; `None` = the newest article's day.
    pub to: Option<Date>,
    /// Whether periods of which a report was written get another one, with what is known now.
    pub again: bool,
}

/// One report of a series.
#[derive(Debug, Clone)]
pub struct Filled {
    /// The days of its period.
    pub period: Period,
    /// How many findings it has.
    pub findings: usize,
    /// Its files; empty where a report of this period was there before, and was left as it is.
    pub written: Vec<PathBuf>,
}

/// Takes in what is new and writes the report of the current period.
pub(crate) fn run(pipeline: &Pipeline, options: &RunOptions<'_>) -> Result<Outcome, RunError> {
    let mut archive = Archive::open(pipeline, options.now)?;
    archive.finish_placing()?;
    let taken = archive.take_in(options)?;
    let knowledge = Knowledge::load(&archive.store, archive.reader, archive.run.id, &archive.rulings)?;
    let as_of = options.as_of.or_else(|| knowledge.newest());
    let as_of = as_of.ok_or_else(|| archive.no_cut_off(&knowledge, &taken))?;
    let mut made = archive.make(&knowledge, as_of, &taken, options)?;
    if let Some(folder) = &options.keep {
        archive.keep(folder, &knowledge.as_of(as_of, &archive.rulings), &made)?;
    }
    made.outcome.written = archive.write(&made, &out_folder(pipeline, options))?;
    let mut outcome = made.outcome;
    outcome.placed.extend(taken.placed);
    let Outcome { documents, findings, written, .. } = &outcome;
    info!(documents, findings = findings.len(), files = written.len(), "Done.");
    Ok(outcome)
}

/// Takes in what is new and writes the report of every period that lies wholly between two days, oldest first.
///
/// # Errors
/// As [`crate::run`], and where the pipeline has no store.
pub fn backfill(
    pipeline: &Pipeline,
    options: &RunOptions<'_>,
    series: &BackfillOptions,
    mut each: impl FnMut(&Filled),
) -> Result<Vec<SetAside>, RunError> {
    let _entered = info_span!("backfill", pipeline = pipeline.name).entered();
    let _done = Done(options);
    let mut archive = Archive::open(pipeline, options.now)?;
    archive.finish_placing()?;
    let taken = archive.take_in(options)?;
    let knowledge = Knowledge::load(&archive.store, archive.reader, archive.run.id, &archive.rulings)?;
    let to = series.to.or_else(|| knowledge.newest()).ok_or_else(|| archive.no_cut_off(&knowledge, &taken))?;
    let ends: Vec<Date> = pipeline.period.series(series.from, to).collect();
    options.progress.phase("reports", ends.len());
    let quiet = RunOptions { progress: &(), ..options.clone() };
    let mut set_aside = Vec::new();
    for as_of in ends {
        let period = pipeline.period.ending(as_of).ok_or_else(|| out_of_calendar(pipeline, as_of))?;
        let there = archive.store.reports()?.iter().any(|report| report.as_of == as_of);
        let filled = if there && !series.again {
            Filled { period, findings: 0, written: Vec::new() }
        } else {
            let made = archive.make(&knowledge, as_of, &taken, &quiet)?;
            let written = archive.write(&made, &out_folder(pipeline, options))?;
            set_aside.extend(made.outcome.set_aside);
            Filled { period, findings: made.outcome.findings.len(), written }
        };
        each(&filled);
        options.progress.step();
    }
    set_aside.sort_by(|a: &SetAside, b| (&a.origin, &a.code, &a.reason).cmp(&(&b.origin, &b.code, &b.reason)));
    set_aside.dedup();
    Ok(set_aside)
}

fn out_folder(pipeline: &Pipeline, options: &RunOptions<'_>) -> PathBuf {
    let folder = options.out.clone().unwrap_or_else(|| pipeline.folder.clone());
    if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder }
}

/// A report before it is written.
pub(super) struct Made {
    pub(super) outcome: Outcome,
    pub(super) batch: Batch,
    /// Rows of all findings that are known.
    findings: Vec<i64>,
    previous: Option<i64>,
    head: String,
    changes: Vec<Change>,
}

/// The findings of two cut-offs.
struct Series {
    previous: Option<Date>,
    /// Rows of those before.
    before: BTreeSet<i64>,
    report: Option<ReportRow>,
}

impl Archive<'_> {
    fn no_cut_off(&self, knowledge: &Knowledge, taken: &Taken) -> RunError {
        match self.store.set_aside(self.reader, self.run.id) {
            Err(error) => error.into(),
            Ok(mut set_aside) => {
                set_aside.extend(taken.set_aside.iter().cloned());
                if knowledge.documents.is_empty() && !set_aside.is_empty() {
                    RunError::NothingRead { set_aside }
                } else {
                    RunError::Undated { documents: knowledge.documents.len() }
                }
            }
        }
    }

    /// Makes the report of a cut-off, without writing it.
    pub(super) fn make(
        &mut self,
        knowledge: &Knowledge,
        as_of: Date,
        taken: &Taken,
        options: &RunOptions<'_>,
    ) -> Result<Made, RunError> {
        let pipeline = self.pipeline;
        let period = pipeline.period.ending(as_of).ok_or_else(|| out_of_calendar(pipeline, as_of))?;
        let known = knowledge.as_of(as_of, &self.rulings);
        let weighed = self.weigh(&known, options)?;
        let series = self.series(knowledge, as_of, options)?;
        let all: BTreeSet<i64> = weighed.findings.iter().map(|row| row.id).collect();
        let (shown, dormant) = self.shown(&weighed.findings, &series, as_of);
        let before: Vec<i64> =
            series.before.iter().filter(|row| shown.contains(row) || !all.contains(row)).copied().collect();
        let before: Vec<Finding> = self.load(&before)?.into_iter().map(|(_, finding)| finding).collect();
        let shown: Vec<i64> = shown.into_iter().collect();
        let mut findings: Vec<Finding> = self.load(&shown)?.into_iter().map(|(_, finding)| finding).collect();
        let then = series.report.as_ref().map(|report| knowledge.versions(report.as_of, report.run));
        let papers = papers(knowledge, &known, then.as_ref(), period);
        let comparison = Comparison::new(&before, papers, series.previous.is_some());
        let comparison = comparison.and_read(outlets(knowledge, then.as_ref(), period).into_iter());
        let changes = comparison.changes(&mut findings);
        let claims = self.claims_behind(&findings, &known)?;

        let applied = self.applied(knowledge, &known);
        let making = Making {
            documents: &known.heads,
            claims: known.topics.len(),
            copies: &known.copies,
            rulings: &applied,
            rulings_file: self.rulings_file.clone(),
            dormant,
            inputs: self.inputs(&series, taken)?,
            archive: Some(super::state(&self.store, self.run)?),
        };
        let head = head::head(pipeline, making, period, series.previous);
        let text = serde_json::to_string(&head).unwrap_or_default();
        let mut items = vec![ReportItem::Head(Box::new(head))];
        items.extend(head::findings(&claims, &known.heads, &findings));
        items.extend(changes.iter().cloned().map(ReportItem::Change));
        items.extend(self.broken_since(knowledge, &known, &series, &changes)?);
        items.extend(self.sources(&known, period).into_iter().map(ReportItem::Source));
        let mut set_aside = self.store.set_aside(self.reader, self.run.id)?;
        set_aside.extend(taken.set_aside.iter().cloned());
        set_aside.extend(weighed.set_aside);
        set_aside.extend(pipeline.broken.iter().map(|problem| without(pipeline, problem)));
        set_aside.sort_by(|a, b| (&a.origin, &a.code, &a.reason).cmp(&(&b.origin, &b.code, &b.reason)));
        items.extend(set_aside.iter().cloned().map(ReportItem::SetAside));
        let mut batch = Batch::default();
        let out = out_folder(pipeline, options);
        let reported = report::report(pipeline, &items, period, &out, &mut batch, options.progress)?;
        set_aside.extend(reported.set_aside);
        let mut diagnostics: Vec<Diagnostic> = taken.diagnostics.clone();
        diagnostics.extend(weighed.diagnostics);
        diagnostics.extend(reported.diagnostics);
        if known.heads.is_empty() && known.left_out > 0 {
            diagnostics.push(nothing_known(as_of));
        }
        let outcome = Outcome {
            period,
            documents: known.heads.len(),
            claims: known.topics.len(),
            left_out: known.left_out,
            findings,
            set_aside,
            placed: self.rulings.warnings(&applied),
            diagnostics,
            written: Vec::new(),
        };
        let previous = series.report.map(|report| report.id);
        Ok(Made { outcome, batch, findings: all.into_iter().collect(), previous, head: text, changes })
    }

    /// What the report is compared with: the last one that was written up to the end of the period before; where none
    /// was, what is known now of that day.
    fn series(&mut self, knowledge: &Knowledge, as_of: Date, options: &RunOptions<'_>) -> Result<Series, RunError> {
        let none = Series { previous: None, before: BTreeSet::new(), report: None };
        let Some(day) = self.pipeline.period.previous(as_of) else { return Ok(none) };
        let written =
            self.store.reports()?.into_iter().filter(|report| report.as_of <= day && report.run <= self.run.id);
        if let Some(report) = written.max_by_key(|report| (report.as_of, report.id)) {
            let before = self.store.findings_of(report.id)?.into_iter().collect();
            return Ok(Series { previous: Some(report.as_of), before, report: Some(report) });
        }
        if !knowledge.reaches(day) {
            return Ok(none);
        }
        let known = knowledge.as_of(day, &self.rulings);
        let weighed = self.weigh(&known, options)?;
        Ok(Series { previous: Some(day), before: weighed.findings.iter().map(|row| row.id).collect(), report: None })
    }

    /// The rows of the findings that are printed, and how many are not: those heard of within the horizon, and those that
    /// are not as they were.
    fn shown(&self, findings: &[FindingRow], series: &Series, as_of: Date) -> (BTreeSet<i64>, usize) {
        let since = self.pipeline.horizon.and_then(|length| length.previous(as_of)).map(|day| day.to_string());
        let heard = |row: &FindingRow| match (&since, &row.heard) {
            (Some(since), Some(heard)) => heard > since,
            _ => true,
        };
        let moved = |row: &FindingRow| series.previous.is_some() && !series.before.contains(&row.id);
        let shown: BTreeSet<i64> = findings.iter().filter(|row| heard(row) || moved(row)).map(|row| row.id).collect();
        let dormant = findings.len() - shown.len();
        (shown, dormant)
    }

    /// The claims that the positions of some findings rest on.
    fn claims_behind(&self, findings: &[Finding], known: &Known<'_>) -> Result<Vec<Claim>, RunError> {
        let stated = findings.iter().flat_map(|finding| &finding.positions).flat_map(|position| &position.claims);
        let derived = findings.iter().flat_map(|finding| &finding.derived.chain);
        let needed: HashSet<&str> = stated.chain(derived).map(String::as_str).collect();
        let rows: Vec<i64> =
            known.topics.iter().filter(|topic| needed.contains(topic.claim.as_str())).map(|topic| topic.id).collect();
        self.claims(&rows, known)
    }

    /// Edits and errata since the report before.
    fn broken_since(
        &self,
        knowledge: &Knowledge,
        known: &Known<'_>,
        series: &Series,
        changes: &[Change],
    ) -> Result<Vec<ReportItem>, RunError> {
        let Some(previous) = &series.report else { return Ok(Vec::new()) };
        let edits = self.edits(knowledge, known, previous)?;
        let gone = Gone {
            claims: known.topics.iter().map(|topic| topic.claim.as_str()).collect(),
            replaced: replaced(knowledge, known.as_of, previous)
                .into_iter()
                .map(|(before, _)| (before.head.id.as_str(), before))
                .collect(),
            reread: previous.reader != self.reader,
        };
        let errata = errata(changes, previous, &gone).into_iter().map(|erratum| ReportItem::Erratum(Box::new(erratum)));
        Ok(edits.into_iter().map(|edit| ReportItem::Edit(Box::new(edit))).chain(errata).collect())
    }

    fn claims(&self, rows: &[i64], known: &Known<'_>) -> Result<Vec<Claim>, RunError> {
        let claims = super::weigh::claims(&self.store.claims(rows)?, known, &self.rulings);
        claims.map_err(|reason| self.store.damaged(reason).into())
    }

    fn sources(&self, known: &Known<'_>, period: Period) -> Vec<recoup_model::SourceState> {
        let ears = Ears::of(&self.pipeline.theatre);
        let day = |head: &DocumentHead| head.published.map(|published| published.date);
        let quoted: Vec<_> = known
            .topics
            .iter()
            .map(|topic| {
                let [sources, _] = topic.said();
                (known.head(topic.document).and_then(day), sources)
            })
            .collect();
        let printed = known.heads.iter().filter_map(|head| Some(ears.outlet(head.outlet.as_deref()?, day(head))));
        let said =
            quoted.iter().flat_map(|(day, sources)| sources.iter().map(|(id, name)| ears.origin(id, name, *day)));
        sources::states(&printed.chain(said).collect::<Vec<_>>(), self.pipeline, period)
    }

    /// What each ruling touched.
    fn applied(&self, knowledge: &Knowledge, known: &Known<'_>) -> Vec<AppliedRuling> {
        let mut tally = self.rulings.tally();
        if self.rulings.is_empty() {
            return Vec::new();
        }
        for (row, head) in known.rows.iter().zip(&known.heads) {
            tally.document(head);
            for topic in knowledge.said(*row) {
                let said = topic.said();
                tally.claim_of(&topic.claim, &head.id, said.iter().flatten().map(|(id, _)| id.as_str()));
            }
        }
        tally.end(&self.pipeline.theatre)
    }

    /// The articles taken in since the report before, and the manifests that speak of them.
    fn inputs(&self, series: &Series, taken: &Taken) -> Result<Vec<Hashed>, RunError> {
        let after = series.report.as_ref().map_or(0, |report| report.run);
        let hashed = |(name, hash): (String, [u8; 32])| Hashed { name, sha256: hex(&hash) };
        let mut inputs: Vec<Hashed> = self.store.taken_in(after, self.run.id)?.into_iter().map(hashed).collect();
        inputs.extend(taken.manifests.iter().cloned());
        inputs.sort();
        Ok(inputs)
    }

    /// Keeps the report in the store and puts its files in place. One that is the last of its day, byte for byte, is only
    /// put in place.
    pub(super) fn write(&mut self, made: &Made, folder: &Path) -> Result<Vec<PathBuf>, RunError> {
        let file = |(path, bytes): (PathBuf, &[u8])| ReportFile {
            path: path.to_string_lossy().into_owned(),
            bytes: bytes.to_vec(),
        };
        let mut files: Vec<ReportFile> = made.batch.files(folder).into_iter().map(file).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let period = made.outcome.period;
        // A later run that has to finish this one may be started elsewhere.
        let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let same_day = self.store.reports()?.into_iter().rfind(|report| report.as_of == period.end);
        if let Some(report) = same_day
            && report.reader == self.reader
            && Path::new(&report.folder) == absolute
            && self.store.files_of(report.id)? == files
        {
            return self.place(report.id, folder);
        }
        let report = NewReport {
            as_of: period.end,
            start: period.start,
            reader: self.reader,
            previous: made.previous,
            folder: absolute.to_string_lossy().into_owned(),
            head: made.head.clone(),
            findings: made.findings.clone(),
            files,
        };
        let report = self.store.keep_report(self.run, &report)?;
        self.place(report, folder)
    }

    fn keep(&self, folder: &Path, known: &Known<'_>, made: &Made) -> Result<(), RunError> {
        let mut documents = Vec::with_capacity(known.rows.len());
        for (row, head) in known.rows.iter().zip(&known.heads) {
            documents.push(recoup_model::Document { doc: head.doc.clone(), ..self.store.document(*row)? });
        }
        let mut claims: Vec<Claim> = Vec::new();
        for row in &known.rows {
            let rows: Vec<i64> = known.topics.iter().filter(|t| t.document == *row).map(|t| t.id).collect();
            let mut said = self.claims(&rows, known)?;
            said.sort_by(|a, b| (a.anchor.span(), &a.id).cmp(&(b.anchor.span(), &b.id)));
            claims.extend(said);
        }
        keep(folder, &documents, &claims, &made.outcome.findings, &made.changes)
    }
}

/// What is known of the documents: those are fresh that the report before did not know, `then`, and those of the period.
fn papers<'k>(
    knowledge: &Knowledge,
    known: &'k Known<'_>,
    then: Option<&BTreeMap<&str, usize>>,
    period: Period,
) -> BTreeMap<&'k str, Paper<'k>> {
    let then: Option<HashSet<i64>> = then.map(|then| then.values().map(|at| knowledge.documents[*at].id).collect());
    let paper = |(head, row): (&'k DocumentHead, &i64)| {
        let published = head.published.is_some_and(|published| period.contains(published.date));
        let fresh = published || then.as_ref().is_some_and(|then| !then.contains(row));
        (head.id.as_str(), Paper { outlet: head.outlet.as_deref(), fresh })
    };
    known.heads.iter().zip(&known.rows).map(paper).collect()
}

/// The outlets that had been read when the report before was written, else those of which something was published before
/// the period.
fn outlets<'k>(knowledge: &'k Knowledge, then: Option<&BTreeMap<&str, usize>>, period: Period) -> BTreeSet<&'k str> {
    let outlet = |row: &'k DocumentRow| row.head.outlet.as_deref();
    match then {
        Some(then) => then.values().filter_map(|at| outlet(&knowledge.documents[*at])).collect(),
        None => {
            let before = |row: &&DocumentRow| row.published().is_none_or(|day| day < period.start);
            knowledge.documents.iter().filter(before).filter_map(outlet).collect()
        }
    }
}

fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

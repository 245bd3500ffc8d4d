//! Reads a report: the file of the stage `json`, or what `recoup run --keep` left in a folder.

use std::fs;
use std::io;
use std::path::Path;

use miette::Diagnostic;
use recoup_model::{Claim, Document, DocumentHead, Finding};
use recoup_pipeline::ReportSide;
use recoup_report::Report;
use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::render::plain;

/// Why there is no report to compare.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum NoReport {
    /// A file or folder that is not there or cannot be read.
    #[error("cannot read {file}")]
    #[diagnostic(code(diff::unreadable), help("{HELP}"))]
    Unreadable { file: String, source: io::Error },
    /// A folder of something else.
    #[error("there is no report in the folder {folder}")]
    #[diagnostic(
        code(diff::no_report),
        help("`recoup run PIPELINE --keep {folder}` leaves one there, in findings.jsonl")
    )]
    Empty { folder: String },
    /// A file that does not hold what it should.
    #[error("{file}, line {line}: this is no {what}: {reason}")]
    #[diagnostic(code(diff::line), help("{help}"))]
    Line { file: String, line: usize, what: &'static str, reason: String, help: String },
}

const HELP: &str = "name a file that the report stage `json` wrote, or a folder that `recoup run --keep` filled";

/// The report at `path`.
pub(crate) fn report(path: &Path) -> Result<ReportSide, NoReport> {
    if !path.is_dir() {
        return whole(path, path);
    }
    let (kept, whole_report) = (path.join("findings.jsonl"), path.join("report.json"));
    if kept.exists() {
        return Ok(ReportSide {
            name: shown(path),
            period: None,
            findings: lines::<Finding>(&kept, "finding")?,
            claims: optional(lines::<Claim>(&path.join("claims.jsonl"), "claim"))?,
            documents: heads(&path.join("documents.jsonl"))?,
        });
    }
    if whole_report.exists() {
        return whole(&whole_report, path);
    }
    Err(NoReport::Empty { folder: shown(path) })
}

/// The file of the stage `json`, called by the path that was given for it.
fn whole(file: &Path, called: &Path) -> Result<ReportSide, NoReport> {
    let text = text(file)?;
    let report: Report = serde_json::from_str(&text).map_err(|error| {
        // Of a text with one object a line, the first is whole: it is of another shape.
        let kept = file.extension().is_some_and(|extension| extension == "jsonl");
        let help =
            if kept { "of what `recoup run --keep` left, name the folder".to_owned() } else { describe("report") };
        broken(file, error.line(), "report", &error, help)
    })?;
    Ok(ReportSide::of(shown(called), report))
}

fn heads(file: &Path) -> Result<Vec<DocumentHead>, NoReport> {
    let documents = optional(lines::<Document>(file, "document"))?;
    Ok(documents.iter().map(Document::head).collect())
}

/// What may be missing.
fn optional<T>(read: Result<Vec<T>, NoReport>) -> Result<Vec<T>, NoReport> {
    match read {
        Err(NoReport::Unreadable { source, .. }) if source.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        other => other,
    }
}

/// The objects of a file with one a line.
fn lines<T: DeserializeOwned>(file: &Path, what: &'static str) -> Result<Vec<T>, NoReport> {
    let text = text(file)?;
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            serde_json::from_str(line).map_err(|error| broken(file, number, what, &error, describe(what)))
        })
        .collect()
}

fn text(file: &Path) -> Result<String, NoReport> {
    fs::read_to_string(file).map_err(|source| NoReport::Unreadable { file: shown(file), source })
}

fn broken(file: &Path, line: usize, what: &'static str, error: &serde_json::Error, help: String) -> NoReport {
    let reason = error.to_string();
    // serde counts lines within what it was given; the message names the line of the file.
    let reason = reason.split_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason);
    // The name of a type of ours tells a user nothing.
    let reason = reason.split_once(", expected struct ").map_or(reason, |(reason, _)| reason);
    NoReport::Line { file: shown(file), line, what, reason: plain(reason), help }
}

fn describe(what: &str) -> String {
    format!("`recoup schema {what}` says what it should be; {HELP}")
}

fn shown(path: &Path) -> String {
    plain(&path.display().to_string())
}

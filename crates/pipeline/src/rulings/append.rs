//! Adds a ruling to the file.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use miette::NamedSource;
use recoup_model::Ruling;
use toml::Value;

use super::read::{self, Atlas};
use crate::run::{Batch, RunError};
use crate::{Pipeline, Problem, Problems, Severity};

/// What stands at the head of a new file.
const HEAD: &str = "\
# What analysts decided about claims, documents and sources. Rulings are added at the end, by `recoup rule` or by hand, and
# never changed: a later one takes an earlier one back. They are applied at every run and listed in the report.
";

/// Writes a ruling at the end of the pipeline's file of rulings, which is made where it is not there yet. The file is
/// replaced at once: who reads it sees all of the ruling or none.
///
/// # Errors
/// [`RunError`] where the pipeline names no file of rulings, it cannot be read or written, or the ruling cannot be read back:
/// nothing is written then.
pub fn append(pipeline: &Pipeline, ruling: &Ruling) -> Result<PathBuf, RunError> {
    let Some(file) = &pipeline.rulings.file else { return Err(RunError::Problems(no_file().into())) };
    let failed = |source| RunError::Io { verb: "read", path: file.path.clone(), source };
    let before = match fs::read_to_string(&file.path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => HEAD.to_owned(),
        Err(error) => return Err(failed(error)),
    };
    let gap = match before.as_str() {
        "" => "",
        text if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let text = format!("{before}{gap}{}", table(ruling));
    check(pipeline, &text)?;
    let folder = file.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut batch = Batch::default();
    batch.add(folder, Path::new(&crate::load::file_name(&file.path)), text.into_bytes(), "recoup rule")?;
    batch.commit()?;
    Ok(file.path.clone())
}

/// Whether the file can be read with the new ruling in it. What is wrong has no place yet: it is not written.
fn check(pipeline: &Pipeline, text: &str) -> Result<(), Problems> {
    let source = Arc::new(NamedSource::new("rulings", text.to_owned()));
    let atlas = Atlas { theatre: &pipeline.theatre, language: &pipeline.language };
    let (_, problems) = read::entries(text, &source, atlas);
    let mut wrong = Problems::default();
    for problem in problems.into_iter().filter(|problem| problem.severity == Severity::Error) {
        let help: Vec<&str> = [&problem.label, &problem.help].into_iter().flatten().map(|text| &**text).collect();
        let help = help.join("; ");
        let placeless = Problem::new(problem.code, problem.message);
        wrong.push(if help.is_empty() { placeless } else { placeless.help(help) });
    }
    if wrong.is_fatal() { Err(wrong) } else { Ok(()) }
}

fn no_file() -> Problem {
    Problem::new("ruling::no_file", "this pipeline has no file of rulings")
        .help("add this line to the top of pipeline.toml, above the first section: rulings = \"rulings.toml\"")
}

/// A ruling as a table of the file.
fn table(ruling: &Ruling) -> String {
    let quoted = |text: &str| Value::from(text).to_string();
    let list = |texts: &[String]| format!("[{}]", texts.iter().map(|t| quoted(t)).collect::<Vec<_>>().join(", "));
    let mut out = format!("[[ruling]]\nid = {}\ndate = {}\n", quoted(&ruling.id), ruling.date);
    let mut line = |key: &str, value: String| {
        // A string takes all that is written.
        let _ = writeln!(out, "{key} = {value}");
    };
    line("author", quoted(&ruling.author));
    line(ruling.decision.name(), list(ruling.decision.targets()));
    if let Some(to) = ruling.decision.to() {
        line("to", quoted(to));
    }
    if !ruling.claims.is_empty() {
        line("claims", format!("[{}]", ruling.claims.iter().map(|claims| list(claims)).collect::<Vec<_>>().join(", ")));
    }
    line("because", quoted(&ruling.because));
    out
}

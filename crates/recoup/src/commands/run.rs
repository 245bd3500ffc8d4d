//! `recoup run`: runs a pipeline and says in short what came out.

use std::io::{self, Write};

use jiff::Timestamp;
use recoup_model::{Finding, Status};
use recoup_pipeline::{Outcome, Pipeline, RunOptions};

use super::report::print_files;
use super::{log, print_set_aside, show, warn};
use crate::args::{Format, RunArgs};
use crate::failure::{Exit, Failure};
use crate::progress::Bar;
use crate::words;

/// In the order in which a reader wants to know.
const STATUSES: [Status; 6] = [
    Status::Corroborated,
    Status::SingleSource,
    Status::Disputed,
    Status::Unconfirmed,
    Status::Denied,
    Status::Superseded,
];

pub(crate) fn run(args: &RunArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let pipeline = Pipeline::load_for_run(&args.pipeline)?;
    warn(pipeline.broken());
    warn(pipeline.warnings());
    let bar = Bar::new();
    let outcome = recoup_pipeline::run(
        &pipeline,
        &RunOptions {
            as_of: args.as_of,
            inputs: args.input.clone(),
            manifest: args.manifest.clone(),
            out: args.out.clone(),
            keep: args.keep.clone(),
            store: !args.no_store,
            fetch: !args.offline,
            now: args.taken_in.unwrap_or_else(Timestamp::now),
            threads: args.threads.threads,
            progress: &bar,
        },
    )?;
    show(&outcome.placed);
    log(&outcome.diagnostics);
    match args.format {
        Format::Text => summarise(pipeline.name(), &outcome, out)?,
        Format::Json => summarise_json(pipeline.name(), &outcome, out)?,
    }
    Ok(if outcome.set_aside.is_empty() { Exit::Done } else { Exit::SetAside })
}

pub(super) fn summarise(name: &str, outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{name}, {} to {}", outcome.period.start, outcome.period.end)?;
    writeln!(out)?;
    writeln!(out, "  documents  {}", outcome.documents)?;
    if outcome.left_out > 0 {
        writeln!(out, "  left out   {} (published after {})", outcome.left_out, outcome.period.end)?;
    }
    writeln!(out, "  claims     {}", outcome.claims)?;
    writeln!(out, "  findings   {}{}", outcome.findings.len(), by_status(&outcome.findings))?;
    let disputes = outcome.findings.iter().flat_map(|f| &f.disagreements).filter(|d| d.class.disputes()).count();
    writeln!(out, "  disputes   {disputes}")?;
    writeln!(out, "  set aside  {}", outcome.set_aside.len())?;
    print_disputes(&outcome.findings, out)?;
    print_set_aside(&outcome.set_aside, out)?;
    print_files(&outcome.written, out)
}

/// One JSON object on one line, for programs that start recoup.
fn summarise_json(name: &str, outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let statuses: serde_json::Map<String, serde_json::Value> = STATUSES
        .iter()
        .map(|status| {
            let count = outcome.findings.iter().filter(|f| f.status == *status).count();
            (words::status(*status).replace([' ', '-'], "_"), count.into())
        })
        .collect();
    let summary = serde_json::json!({
        "pipeline": name,
        "period": outcome.period,
        "documents": outcome.documents,
        "left_out": outcome.left_out,
        "claims": outcome.claims,
        "findings": outcome.findings.len(),
        "statuses": statuses,
        "set_aside": outcome.set_aside,
        "written": outcome.written.iter().map(|file| words::path(file)).collect::<Vec<_>>(),
    });
    writeln!(out, "{summary}")
}

fn by_status(findings: &[Finding]) -> String {
    let counts: Vec<String> = STATUSES
        .iter()
        .map(|status| (findings.iter().filter(|f| f.status == *status).count(), words::status(*status)))
        .filter(|(count, _)| *count > 0)
        .map(|(count, status)| format!("{count} {status}"))
        .collect();
    if counts.is_empty() { String::new() } else { format!(" ({})", counts.join(", ")) }
}

fn print_disputes(findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
    let disputed: Vec<&Finding> = findings.iter().filter(|f| f.status == Status::Disputed).collect();
    if disputed.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nDisputed (more with `recoup explain`):")?;
    for finding in disputed {
        let origins = words::count(finding.independent_origins, "independent origin", "independent origins");
        let figure = words::bounds(finding.low, finding.high, finding.approximate);
        writeln!(out, "  {}  {}: {figure}, {origins}", finding.id, words::question(finding))?;
    }
    Ok(())
}

//! `recoup report`: past reports, byte for byte, and reports of past days.

use std::io::Write;

use recoup_pipeline::{Pipeline, Replayed, ReportOptions, RunOptions};

use super::run::summarise;
use super::{log, warn};
use crate::args::ReportArgs;
use crate::failure::{Exit, Failure};
use crate::progress::Bar;
use crate::words;

pub(crate) fn run(args: &ReportArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let pipeline = Pipeline::load_for_run(&args.pipeline)?;
    warn(pipeline.warnings());
    if args.list {
        return list(&pipeline, out);
    }
    let bar = Bar::new();
    let run =
        RunOptions { out: args.out.clone(), threads: args.threads.threads, progress: &bar, ..RunOptions::default() };
    let options = ReportOptions { as_of: args.as_of, taken_in: args.taken_in, again: args.again, run };
    match recoup_pipeline::report(&pipeline, &options)? {
        Replayed::Written { taken_in, as_of, written } => {
            let moment = taken_in.strftime("%Y-%m-%d %H:%M UTC");
            writeln!(out, "{}, as of {as_of}, as it was written with what was known on {moment}", pipeline.name())?;
            print_files(&written, out)?;
            Ok(Exit::Done)
        }
        Replayed::Made(outcome) => {
            log(&outcome.diagnostics);
            summarise(pipeline.name(), &outcome, out)?;
            Ok(if outcome.set_aside.is_empty() { Exit::Done } else { Exit::SetAside })
        }
    }
}

fn list(pipeline: &Pipeline, out: &mut dyn Write) -> Result<Exit, Failure> {
    let reports = recoup_pipeline::reports(pipeline)?;
    if reports.is_empty() {
        writeln!(out, "No report has been written yet; `recoup run` writes one.")?;
    }
    for report in reports {
        let moment = report.at.strftime("%Y-%m-%d %H:%M UTC");
        writeln!(out, "{} to {}  known on {moment}", report.start, report.as_of)?;
    }
    Ok(Exit::Done)
}

/// The files that were written.
pub(super) fn print_files(written: &[std::path::PathBuf], out: &mut dyn Write) -> std::io::Result<()> {
    if !written.is_empty() {
        writeln!(out, "\nWritten:")?;
    }
    written.iter().try_for_each(|file| writeln!(out, "  {}", words::path(file)))
}

//! `recoup backfill`: the whole series of reports between two days.

use std::io::Write;

use jiff::Timestamp;
use recoup_pipeline::{BackfillOptions, Filled, Pipeline, RunOptions};

use super::{print_set_aside, warn};
use crate::args::BackfillArgs;
use crate::failure::{Exit, Failure};
use crate::progress::Bar;
use crate::words;

pub(crate) fn run(args: &BackfillArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let pipeline = Pipeline::load_for_run(&args.pipeline)?;
    warn(pipeline.broken());
    warn(pipeline.warnings());
    let bar = Bar::new();
    let options = RunOptions {
        out: args.out.clone(),
        now: args.taken_in.unwrap_or_else(Timestamp::now),
        threads: args.threads.threads,
        progress: &bar,
        ..RunOptions::default()
    };
    let series = BackfillOptions { from: args.from, to: args.to, again: args.again };
    let mut filled = Vec::new();
    let set_aside = recoup_pipeline::backfill(&pipeline, &options, &series, |report| filled.push(report.clone()))?;
    if filled.is_empty() {
        writeln!(out, "No period of {} lies wholly between these days.", pipeline.period())?;
    }
    filled.iter().try_for_each(|report| line(report, out))?;
    print_set_aside(&set_aside, out)?;
    Ok(if set_aside.is_empty() { Exit::Done } else { Exit::SetAside })
}

fn line(report: &Filled, out: &mut dyn Write) -> std::io::Result<()> {
    let period = format!("{} to {}", report.period.start, report.period.end);
    if report.written.is_empty() {
        return writeln!(out, "{period}  has a report, left as it is (--again writes it with what is known now)");
    }
    let files: Vec<String> = report.written.iter().map(|file| words::path(file)).collect();
    writeln!(out, "{period}  {} in {}", words::count(report.findings, "finding", "findings"), files.join(", "))
}

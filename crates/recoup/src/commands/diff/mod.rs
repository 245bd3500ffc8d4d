//! `recoup diff`: what differs between two reports.

mod print;
mod read;

use std::io::{self, Write};
use std::path::Path;

use jiff::civil::Date;
use recoup_pipeline::{Pipeline, ReportSide};

use crate::args::{DiffArgs, Format};
use crate::failure::{Exit, Failure};

pub(crate) use self::read::NoReport;

pub(crate) fn run(args: &DiffArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let pipeline = args.pipeline.as_deref().map(Pipeline::load_for_run).transpose()?;
    let side = |name: &Path| side(name, pipeline.as_ref());
    let diff = recoup_pipeline::diff(&side(&args.before)?, &side(&args.after)?);
    match args.format {
        Format::Text => print::text(&diff, out)?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &diff).map_err(io::Error::from)?;
            writeln!(out)?;
        }
    }
    Ok(if args.exit_code && diff.differs() { Exit::Differs } else { Exit::Done })
}

/// A day is that of a report in the store of the pipeline, unless a file has such a name.
fn side(name: &Path, pipeline: Option<&Pipeline>) -> Result<ReportSide, Failure> {
    let day = name.to_str().and_then(|name| name.parse::<Date>().ok()).filter(|_| !name.exists());
    match pipeline.zip(day) {
        Some((pipeline, day)) => Ok(recoup_pipeline::archived(pipeline, day)?),
        None => Ok(read::report(name)?),
    }
}

//! `recoup check`: every mistake of a pipeline, without running it.

use std::io::Write;

use recoup_pipeline::Pipeline;

use super::warn;
use crate::args::CheckArgs;
use crate::failure::{Exit, Failure};
use crate::words;

pub(crate) fn run(args: &CheckArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let pipeline = Pipeline::load(&args.pipeline)?;
    warn(pipeline.warnings());
    let stages = words::count(pipeline.stages().len(), "stage", "stages");
    match pipeline.warnings().len() {
        0 => writeln!(out, "{}: no mistakes in {stages}.", pipeline.name())?,
        n => {
            writeln!(out, "{}: no mistakes in {stages}, {}.", pipeline.name(), words::count(n, "warning", "warnings"))?
        }
    }
    Ok(Exit::Done)
}

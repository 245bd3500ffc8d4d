//! `recoup check`: every mistake of a pipeline, without running it.

use std::io::Write;

use recoup_pipeline::{Pipeline, Problems};

use super::warn;
use crate::args::CheckArgs;
use crate::failure::{Exit, Failure};
use crate::words;

pub(crate) fn run(args: &CheckArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    if args.packs {
        let problems = recoup_pipeline::check_packs();
        warn(problems.warnings());
        let warnings = words::count(problems.warnings().len(), "warning", "warnings");
        writeln!(out, "built-in packs: {warnings}.")?;
    }
    let Some(pipeline) = &args.pipeline else { return Ok(Exit::Done) };
    let pipeline = Pipeline::load(pipeline)?;
    let mut warnings = Problems::default();
    warnings.extend(pipeline.warnings().iter().chain(pipeline.lint()).cloned());
    warn(warnings.warnings());
    let stages = words::count(pipeline.stages().len(), "stage", "stages");
    match warnings.warnings().len() {
        0 => writeln!(out, "{}: no mistakes in {stages}.", pipeline.name())?,
        n => {
            writeln!(out, "{}: no mistakes in {stages}, {}.", pipeline.name(), words::count(n, "warning", "warnings"))?
        }
    }
    Ok(Exit::Done)
}

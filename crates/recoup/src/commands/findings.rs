//! `recoup findings`: what can be concluded from the claims of a file.

use std::io::{self, Write};

use recoup_pipeline::{FindingsOptions, Pipeline};

use super::{log, print_set_aside, warn};
use crate::args::FindingsArgs;
use crate::failure::{Exit, Failure};
use crate::progress::Bar;

pub(crate) fn run(args: &FindingsArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let pipeline = match &args.pipeline {
        Some(path) => Pipeline::load(path)?,
        None => Pipeline::built_in(),
    };
    warn(pipeline.warnings());
    let bar = Bar::new();
    let options = FindingsOptions {
        claims: args.claims.clone(),
        documents: args.documents.clone(),
        as_of: args.as_of,
        threads: args.threads.threads,
        progress: &bar,
    };
    let weighed = recoup_pipeline::findings(&pipeline, &options, out)?;
    log(&weighed.diagnostics);
    // What goes to stdout may be piped into another program, so this does not.
    print_set_aside(&weighed.set_aside, &mut io::stderr())?;
    Ok(if weighed.set_aside.is_empty() { Exit::Done } else { Exit::SetAside })
}

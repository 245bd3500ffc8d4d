//! `recoup diff`: what differs between two reports.

mod print;
mod read;

use std::io::{self, Write};

use crate::args::{DiffArgs, Format};
use crate::failure::{Exit, Failure};

pub(crate) use self::read::NoReport;

pub(crate) fn run(args: &DiffArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let diff = recoup_pipeline::diff(&read::report(&args.before)?, &read::report(&args.after)?);
    match args.format {
        Format::Text => print::text(&diff, out)?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &diff).map_err(io::Error::from)?;
            writeln!(out)?;
        }
    }
    Ok(if args.exit_code && diff.differs() { Exit::Differs } else { Exit::Done })
}

//! `recoup man`: the man pages.

use std::fs;
use std::io::Write;

use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::args::{Cli, ManArgs};
use crate::failure::{Exit, Failure};

pub(crate) fn run(args: &ManArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let Some(folder) = &args.folder else {
        Man::new(Cli::command()).render(out)?;
        return Ok(Exit::Done);
    };
    fs::create_dir_all(folder).map_err(Failure::writing(folder))?;
    clap_mangen::generate_to(Cli::command(), folder).map_err(Failure::writing(folder))?;
    writeln!(out, "The man pages are in {}.", folder.display())?;
    Ok(Exit::Done)
}

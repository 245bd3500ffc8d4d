//! `recoup completions`: completions for a shell.

use std::io::Write;

use clap::CommandFactory as _;

use crate::args::{Cli, CompletionsArgs};
use crate::failure::{Exit, Failure};

pub(crate) fn run(args: &CompletionsArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    // clap_complete panics where it cannot write, so it writes into memory.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "recoup", &mut script);
    out.write_all(&script)?;
    Ok(Exit::Done)
}

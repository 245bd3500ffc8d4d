//! The command line of recoup.

mod args;
mod commands;
mod failure;
mod logging;
mod progress;
mod render;
mod score;
mod terminal;
mod words;

use std::io::{BufWriter, Write as _};
use std::process::ExitCode;

use clap::Parser as _;

use crate::args::{Cli, Command};
use crate::failure::{Exit, Failure};

/// Claims are many small strings: with this allocator they are read a tenth faster than with the C library's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Command::PluginHost(args) = &cli.command {
        return commands::plugin_host(args);
    }
    terminal::render_errors(cli.global.color);
    match run(&cli) {
        Ok(exit) => exit.into(),
        // Whoever reads the output has seen enough; there is nobody left to tell.
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            let report = miette::Report::new(failure);
            let _ = writeln!(std::io::stderr(), "{report:?}");
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli) -> Result<Exit, Failure> {
    logging::start(&cli.global)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let exit = commands::run(cli, &mut out)?;
    out.flush()?;
    Ok(exit)
}

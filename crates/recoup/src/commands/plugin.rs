//! `recoup plugin`: where plugins lie, and whether one does what every stage must do.

mod check;
mod list;

use std::io::Write;

use crate::args::PluginCommand;
use crate::failure::{Exit, Failure};

pub(crate) fn run(command: &PluginCommand, out: &mut dyn Write) -> Result<Exit, Failure> {
    match command {
        PluginCommand::List(args) => list::run(args, out),
        PluginCommand::Check(args) => check::run(args, out),
    }
}

//! `recoup plugin`: begins a stage, shows where plugins lie, and whether one does what every stage must do.

mod check;
mod list;
mod new;

use std::io::Write;

pub(crate) use new::NewError;

use crate::args::PluginCommand;
use crate::failure::{Exit, Failure};

pub(crate) fn run(command: &PluginCommand, out: &mut dyn Write) -> Result<Exit, Failure> {
    match command {
        PluginCommand::List(args) => list::run(args, out),
        PluginCommand::Check(args) => check::run(args, out),
        PluginCommand::New(args) => new::run(args, out),
    }
}

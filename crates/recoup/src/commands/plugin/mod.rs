//! `recoup plugin`: stages that others write.

mod new;

use std::io::Write;

pub(crate) use new::NewError;

use crate::args::{PluginArgs, PluginCommand};
use crate::failure::{Exit, Failure};

pub(crate) fn run(args: &PluginArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    match &args.command {
        PluginCommand::New(args) => new::run(args, out),
    }
}

//! `recoup plugin`: its subcommands and their options.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Arguments of `recoup plugin`.
#[derive(Debug, Args)]
pub(crate) struct PluginArgs {
    /// What to do with plugins.
    #[command(subcommand)]
    pub(crate) command: PluginCommand,
}

/// What to do with plugins.
#[derive(Debug, Subcommand)]
pub(crate) enum PluginCommand {
    /// Start a stage of your own
    ///
    /// Writes a small stage that works, with an option, a sample of its items and a test that says what it makes of them:
    /// a report writes a table, an extract stage reads figures before a word, a parse stage a log, a reconcile stage makes a
    /// finding of each claim. Nothing that exists is overwritten: what stands in the way is listed, and nothing is written.
    #[command(after_help = "\
Examples:
  recoup plugin new lines --kind report --recoup ../recoup
  recoup plugin new lines --kind report --language python
  recoup plugin new harbour-log --kind parse --language c --path stages/harbour-log

In Rust and C a stage is a shared library, in Python a program that needs nothing but Python 3.9.")]
    New(PluginNewArgs),
}

/// Arguments of `recoup plugin new`.
#[derive(Debug, Args)]
pub(crate) struct PluginNewArgs {
    /// What pipelines and reports will call the stage: small letters, digits and hyphens
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// What the stage reads and makes
    #[arg(long, value_enum, value_name = "KIND")]
    pub(crate) kind: PluginKind,
    /// What the stage is written in
    #[arg(long, value_enum, value_name = "LANGUAGE", default_value_t = PluginLanguage::Rust)]
    pub(crate) language: PluginLanguage,
    /// Folder to write into; made where it is missing [default: NAME]
    #[arg(long, value_name = "DIR")]
    pub(crate) path: Option<PathBuf>,
    /// For Rust: a checkout of recoup's source, in which the stage finds the crate `recoup-plugin`
    #[arg(long, value_name = "PATH")]
    pub(crate) recoup: Option<PathBuf>,
}

/// What a stage reads and makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PluginKind {
    /// An article as found becomes documents
    Parse,
    /// A document becomes claims
    Extract,
    /// The claims of a group become findings
    Reconcile,
    /// The findings become files
    Report,
}

/// What a stage is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PluginLanguage {
    Rust,
    Python,
    C,
}

//! Arguments of `recoup plugin`.

use std::path::PathBuf;

use clap::builder::{StringValueParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::Value;

/// What to do with plugins.
#[derive(Debug, Subcommand)]
pub(crate) enum PluginCommand {
    /// List the places where plugins are looked for, and what lies there
    ///
    /// The pipeline's folder, the folders of RECOUP_PLUGIN_PATH, and the two beside recoup itself, in the order of the
    /// search. Of each shared library its stages and its SHA-256, or why it is no plugin: it is looked at in a process of
    /// its own.
    #[command(after_help = "\
Examples:
  recoup plugin list
  recoup plugin list --pipeline red-sea --json | jq '.[].libraries[]?.sha256'")]
    List(PluginListArgs),
    /// Try a plugin: whether it does what every stage must do
    ///
    /// Runs each stage in a process of its own, with invented items: what it says of itself, how it takes options, items,
    /// their absence and nonsense, whether its output is sound and the same every time, and how it ends. A library is
    /// tried with all its stages, unless --stage names one; with --run, PLUGIN is a program that speaks frames.
    #[command(after_help = "\
Examples:
  recoup plugin check target/debug/libdrones.so
  recoup plugin check target/debug/libdrones.so --stage drones --options '{\"language\": \"fr\"}'
  recoup plugin check --run python3 lines.py
  recoup plugin check --items articles.jsonl --run -- python3 -u lines.py

Exit code 1: a check failed. Exit code 2: there is no such plugin, or it does not say what it is.")]
    Check(PluginCheckArgs),
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

/// Arguments of `recoup plugin list`.
#[derive(Debug, Args)]
pub(crate) struct PluginListArgs {
    /// Also look into the folder of this pipeline
    #[arg(long, value_name = "PIPELINE")]
    pub(crate) pipeline: Option<PathBuf>,
    /// Print it as JSON, with the stages' manifests
    #[arg(long)]
    pub(crate) json: bool,
}

/// Arguments of `recoup plugin check`.
#[derive(Debug, Args)]
pub(crate) struct PluginCheckArgs {
    /// The shared library; with --run, the program
    pub(crate) plugin: PathBuf,
    /// Arguments of the program; behind `--` where one begins with `-`
    #[arg(requires = "run")]
    pub(crate) args: Vec<String>,
    /// PLUGIN is a program and no library; without `/` it is looked for in the folders of PATH
    #[arg(long, conflicts_with = "stage")]
    pub(crate) run: bool,
    /// Only this stage of the library
    #[arg(long, value_name = "NAME")]
    pub(crate) stage: Option<String>,
    /// Open the stage with these options, a JSON object
    #[arg(long, value_name = "JSON", value_parser = object())]
    pub(crate) options: Option<Value>,
    /// Items to try it with, one JSON object a line [default: invented ones of its kind]
    #[arg(long, value_name = "FILE")]
    pub(crate) items: Option<PathBuf>,
    /// Seconds that one answer may take
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) timeout: u64,
    /// Print it as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Reads a JSON object.
pub(super) fn object() -> impl TypedValueParser<Value = Value> {
    StringValueParser::new().try_map(|text| match serde_json::from_str::<Value>(&text) {
        Ok(value) if value.is_object() => Ok(value),
        Ok(_) => Err("write a JSON object, such as {\"separator\": \";\"}".to_owned()),
        Err(why) => Err(format!("write a JSON object, such as {{\"separator\": \";\"}}: {why}")),
    })
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

/// Arguments of `recoup plugin-host`, which recoup calls by itself.
#[derive(Debug, Args)]
pub(crate) struct PluginHostArgs {
    /// The library
    #[arg(value_name = "LIBRARY")]
    pub(crate) library: PathBuf,
    /// Which of its stages
    #[arg(long, value_name = "NAME")]
    pub(crate) stage: Option<String>,
    /// SHA-256 of the library
    #[arg(long, value_name = "HASH")]
    pub(crate) sha256: Option<String>,
    /// Bytes of memory that it may use
    #[arg(long, value_name = "BYTES")]
    pub(crate) memory: Option<u64>,
    /// List the stages of the library
    #[arg(long)]
    pub(crate) list: bool,
}

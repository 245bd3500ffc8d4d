//! Arguments of the commands that work on the store of a pipeline.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use super::plugin::object;
use super::{Format, Threads, day, moment};

/// Arguments of `recoup report`.
#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    /// The pipeline's file, or the folder with its pipeline.toml
    pub(crate) pipeline: PathBuf,
    /// Cut-off of the report: the last day of what had been published [default: that of the newest report]
    #[arg(long, value_name = "DATE", value_parser = day())]
    pub(crate) as_of: Option<Date>,
    /// Only what had been taken in by then is known: a day, or a moment such as 2025-03-01T06:00Z
    #[arg(long, value_name = "TIME", value_parser = moment())]
    pub(crate) taken_in: Option<Timestamp>,
    /// Make the report again from what the store holds, instead of giving out the bytes that were written
    #[arg(long)]
    pub(crate) again: bool,
    /// List the reports that were written, and write none
    #[arg(long, conflicts_with_all = ["as_of", "taken_in", "again", "out"])]
    pub(crate) list: bool,
    /// Folder below which report files are written [default: where they were written then]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// How to compute.
    #[command(flatten)]
    pub(crate) threads: Threads,
}

/// Arguments of `recoup backfill`.
#[derive(Debug, Args)]
pub(crate) struct BackfillArgs {
    /// The pipeline's file, or the folder with its pipeline.toml
    pub(crate) pipeline: PathBuf,
    /// First day of the series
    #[arg(long, value_name = "DATE", value_parser = day())]
    pub(crate) from: Date,
    /// Last day of the series; periods that are not over by then are left out [default: the newest article's day]
    #[arg(long, value_name = "DATE", value_parser = day())]
    pub(crate) to: Option<Date>,
    /// Also write periods again of which there is a report, with what is known now
    #[arg(long)]
    pub(crate) again: bool,
    /// Folder below which report files are written [default: the pipeline's folder]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// When the articles are taken in: a day or a moment [default: now]
    #[arg(long, value_name = "TIME", value_parser = moment())]
    pub(crate) taken_in: Option<Timestamp>,
    /// How to compute.
    #[command(flatten)]
    pub(crate) threads: Threads,
}

/// What to do with a store.
#[derive(Debug, Subcommand)]
pub(crate) enum StoreCommand {
    /// Look at every row of the store: pages, links, hashes, quotes
    ///
    /// Exit code 1 where something is wrong. Nothing is changed.
    #[command(after_help = "Example:\n  recoup store check red-sea")]
    Check(StoreArgs),
    /// Say how much the store holds
    #[command(after_help = "Example:\n  recoup store stats red-sea --format json | jq .claims")]
    Stats(StatsArgs),
    /// Write all documents and claims, as JSON Lines or in the form of a plugin
    ///
    /// Every version that was ever read, in the order in which they were read. Each line is as `recoup schema` describes
    /// it, so that the archive can be read by DuckDB, pandas or `recoup findings`.
    ///
    /// With --plugin, a report stage of that library writes its files into the folder DIR, all or none. `parquet`, which
    /// `cargo xtask plugins` builds, writes documents.parquet and claims.parquet for DuckDB, pandas and Spark: numbers,
    /// days and lists as such, and beside each row when it was taken in and read.
    #[command(after_help = "\
Examples:
  recoup store export red-sea claims > claims.jsonl
  recoup store export red-sea documents --out documents.jsonl
  duckdb -c \"select indicator, count(*) from read_json_auto('claims.jsonl') group by 1\"
  recoup store export red-sea --plugin parquet --out archive
  duckdb -c \"select indicator, count(*) from 'archive/claims.parquet' group by 1\"")]
    Export(ExportArgs),
    /// Give up what can be computed again, and the room of it
    ///
    /// Articles, documents, claims and reports stay. What goes are conclusions that no report rests on.
    #[command(after_help = "Example:\n  recoup store compact red-sea")]
    Compact(StoreArgs),
}

/// The pipeline of a store.
#[derive(Debug, Args)]
pub(crate) struct StoreArgs {
    /// The pipeline's file, or the folder with its pipeline.toml
    pub(crate) pipeline: PathBuf,
}

/// Arguments of `recoup store stats`.
#[derive(Debug, Args)]
pub(crate) struct StatsArgs {
    /// The pipeline's file, or the folder with its pipeline.toml
    pub(crate) pipeline: PathBuf,
    /// Text to read or JSON to work on
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(crate) format: Format,
}

/// Arguments of `recoup store export`.
#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// The pipeline's file, or the folder with its pipeline.toml
    pub(crate) pipeline: PathBuf,
    /// What to write as JSON Lines
    #[arg(value_enum, required_unless_present = "plugin", conflicts_with = "plugin")]
    pub(crate) what: Option<Exported>,
    /// File to write [default: stdout]; with --plugin, the folder for its files
    #[arg(long, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
    /// Give all documents and claims to a report stage of this library, found as that of a pipeline
    #[arg(long, value_name = "LIBRARY", requires = "out")]
    pub(crate) plugin: Option<String>,
    /// Open the stage with these options, a JSON object
    #[arg(long, value_name = "JSON", value_parser = object(), requires = "plugin")]
    pub(crate) options: Option<Value>,
}

/// What is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Exported {
    Documents,
    Claims,
}

//! Arguments of `recoup diff`.

use std::path::PathBuf;

use clap::Args;

use super::Format;

pub(super) const EXAMPLES: &str = "\
Examples:
  recoup diff out/2025-02-14.json out/2025-02-21.json
  recoup diff 2025-02-14 2025-02-21 --pipeline red-sea
  recoup run red-sea --keep before
  recoup run red-sea --keep after     # with another theatre, other articles, another cut-off
  recoup diff before after
  recoup diff before after --format json | jq '.changes[] | select(.change == \"withdrawn\")'

A report is a file that the stage `json` wrote, or a folder: one that `recoup run --keep` filled, or one with a report.json.
Exit code 1, with --exit-code: they differ.";

/// Arguments of `recoup diff`.
#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// The earlier report: a JSON file, a folder that `recoup run --keep` filled, or with --pipeline a day
    #[arg(value_name = "A")]
    pub(crate) before: PathBuf,
    /// The later report
    #[arg(value_name = "B")]
    pub(crate) after: PathBuf,
    /// The pipeline with the store that keeps the reports which are named by their day
    #[arg(long, value_name = "PIPELINE")]
    pub(crate) pipeline: Option<PathBuf>,
    /// Text to read or JSON to work on
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// End with exit code 1 where the reports differ
    #[arg(long)]
    pub(crate) exit_code: bool,
}

//! Arguments of `recoup rule`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::{Threads, day};

/// What to decide.
#[derive(Debug, Subcommand)]
pub(crate) enum RuleCommand {
    /// Claims do not count: a source withdrew them, or they were misread
    ///
    /// The claims of a document (d_…), finding (f_…) or position (p_…) stand for it, those of its copies with them. Rejected
    /// claims are dropped before anything is weighed.
    #[command(after_help = "\
Examples:
  recoup rule reject c_09af --because \"the outlet withdrew the article\"
  recoup rule reject d_77e1 --because \"satire\" --author \"L. Martin\" --pipeline red-sea")]
    Reject(Ruled),
    /// Claims were checked against their source
    ///
    /// Takes back an earlier rejection of them; otherwise it changes no figure, and the report says that somebody looked.
    #[command(after_help = "Example:\n  recoup rule accept c_09af --because \"read in the printed edition\"")]
    Accept(Ruled),
    /// Findings or claims answer one question
    ///
    /// The first says which: what it is about, the finding is about. Groups that are otherwise weighed apart are weighed
    /// together.
    #[command(
        after_help = "Example:\n  recoup rule merge f_5be8 f_0c11 --because \"both speak of the strike on the port\""
    )]
    Merge(Ruled),
    /// Two findings, positions or claims answer two questions
    #[command(after_help = "Example:\n  recoup rule apart c_09af c_51d0 --because \"two boats, two days\"")]
    Apart(Ruled),
    /// Sources are one origin, and corroborate nothing together
    #[command(after_help = "\
Example:
  recoup rule depend tihama-wire coast-radio --because \"one owner, one newsroom\"

Sources are named by the ids that stand in claims and in the theatre.")]
    Depend(Ruled),
    /// Set the day of publication of documents, or the time of the event of claims
    ///
    /// What was said on the day of publication goes with it. Other times that an article counts from its day (`yesterday`)
    /// are not read again: set these for the claims.
    #[command(after_help = "\
Examples:
  recoup rule date d_77e1 --to 2025-01-03 --because \"the page bears the day of its archive\"
  recoup rule date c_09af --to 2025-01-03/2025-01-05 --because \"the week-end before\"")]
    Date(SetArgs),
    /// Set the place of the event of claims
    #[command(after_help = "\
Examples:
  recoup rule place c_09af --to ru-kursk --because \"the village of that name in the oblast\"
  recoup rule place c_09af --to - --because \"the place named is the speaker's\"

A place is an id or a name of the theatre, the world pack or the gazetteer; `-` is no place.")]
    Place(SetArgs),
    /// Take earlier rulings back
    #[command(after_help = "Example:\n  recoup rule undo r_a1b2 --because \"the article is back\"")]
    Undo(Ruled),
    /// List all rulings and what they do
    #[command(after_help = "Example:\n  recoup rule list --pipeline red-sea")]
    List(RuleListArgs),
}

/// A decision.
#[derive(Debug, Args)]
pub(crate) struct Ruled {
    /// What it is about: ids, or their first characters
    #[arg(value_name = "TARGET", required = true)]
    pub(crate) targets: Vec<String>,
    /// Why; readers of the report are told
    #[arg(long, value_name = "REASON")]
    pub(crate) because: String,
    /// Who decides; readers of the report are told [default: the environment variable RECOUP_AUTHOR]
    #[arg(long, value_name = "NAME")]
    pub(crate) author: Option<String>,
    /// The day of the decision [default: today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = day())]
    pub(crate) date: Option<Date>,
    /// The pipeline [default: pipeline.toml here]
    #[arg(long, value_name = "PIPELINE", default_value = ".", hide_default_value = true)]
    pub(crate) pipeline: PathBuf,
    /// Look up findings and positions as of this day [default: the newest article's day]
    #[arg(long, value_name = "DATE", value_parser = day())]
    pub(crate) as_of: Option<Date>,
    /// How to compute.
    #[command(flatten)]
    pub(crate) threads: Threads,
}

/// A decision that sets something.
#[derive(Debug, Args)]
pub(crate) struct SetArgs {
    /// What to set it to
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    pub(crate) to: String,
    /// The rest of it.
    #[command(flatten)]
    pub(crate) ruled: Ruled,
}

/// Arguments of `recoup rule list`.
#[derive(Debug, Args)]
pub(crate) struct RuleListArgs {
    /// The pipeline [default: pipeline.toml here]
    #[arg(long, value_name = "PIPELINE", default_value = ".", hide_default_value = true)]
    pub(crate) pipeline: PathBuf,
    /// How to compute.
    #[command(flatten)]
    pub(crate) threads: Threads,
}

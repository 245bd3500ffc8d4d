//! The command line: every command, its options, and the help that goes with them.
//!
//! Help, completions and man pages are all made from these types, so they cannot disagree.

mod archive;
mod diff;
mod global;
mod plugin;
mod rule;
mod values;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;

pub(crate) use self::archive::{BackfillArgs, ExportArgs, Exported, ReportArgs, StatsArgs, StoreArgs, StoreCommand};
pub(crate) use self::diff::DiffArgs;
pub(crate) use self::global::{Color, Format, Global, LogFormat};
pub(crate) use self::plugin::{
    PluginCheckArgs, PluginCommand, PluginHostArgs, PluginKind, PluginLanguage, PluginListArgs, PluginNewArgs,
};
pub(crate) use self::rule::{RuleCommand, RuleListArgs, Ruled};
use self::values::{day, moment, rate};

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  done, but not all is well: an article was set aside, a score is below its floor, a test failed
  2  not done: the command line, the pipeline or a stage is at fault, and nothing was written

Begin with:
  recoup init my-theatre
  recoup run my-theatre";

/// Cross-checks what several sources say about a conflict.
///
/// recoup reads articles, finds the figures in them, and writes a situation report in which every figure carries who
/// said it, when, how sure they were, and what disputes it. What it does is described by a pipeline: a TOML file that
/// can be read aloud.
#[derive(Debug, Parser)]
#[command(name = "recoup", version, max_term_width = 100, after_help = EXIT_CODES, arg_required_else_help = true)]
pub(crate) struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub(crate) global: Global,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start a pipeline in a folder
    ///
    /// Writes a pipeline.toml, a small theatre (who fights, where, who speaks of it) and one invented article, all with
    /// comments. Nothing that exists is overwritten: what stands in the way is listed, and nothing is written.
    #[command(after_help = "Example:\n  recoup init red-sea --language en")]
    Init(InitArgs),
    /// Run a pipeline and write its reports
    ///
    /// Report files appear whole or not at all. The same input gives the same bytes, on any day and with any number of
    /// threads: the cut-off comes from --as-of or from the newest article, never from the clock.
    #[command(after_help = "Examples:\n  recoup run red-sea\n  recoup run red-sea --as-of 2025-02-28 --keep kept")]
    Run(RunArgs),
    /// Write a past report again, byte for byte
    ///
    /// Gives out what was written on a past day, whatever was taken in, changed or ruled since. Where no report of the day
    /// was written, it is made of what was published by then and, with --taken-in, known by then. Needs a pipeline with a
    /// `store`, which is only read.
    #[command(after_help = "\
Examples:
  recoup report red-sea --list
  recoup report red-sea --as-of 2025-02-28 --out then
  recoup report red-sea --as-of 2025-02-28 --taken-in 2025-03-01")]
    Report(ReportArgs),
    /// Write the whole series of reports between two days
    ///
    /// Takes in what is new, then writes the report of every period that lies wholly between the days, each compared with
    /// the one before. Reports that were written before are left as they are.
    #[command(after_help = "Example:\n  recoup backfill red-sea --from 2024-01-01 --to 2024-12-31")]
    Backfill(BackfillArgs),
    /// Look after the store of a pipeline
    #[command(subcommand, arg_required_else_help = true)]
    Store(StoreCommand),
    /// Find every mistake in a pipeline, without running it
    ///
    /// Each mistake is shown with its place in the file, what was expected and the nearest valid name. Names of the
    /// theatre that can never be found, are given twice or stand for two, and triggers that the language pack has for
    /// another indicator, are warnings.
    #[command(after_help = "Examples:\n  recoup check red-sea/pipeline.toml\n  recoup check --packs")]
    Check(CheckArgs),
    /// Print the claims of some articles
    ///
    /// A claim is one thing that one source says in one place of one article. Without --pipeline, articles are read
    /// by the built-in stages `text` and `rules`, knowing the world's states and bodies but no theatre of your own.
    #[command(after_help = "\
Examples:
  recoup claims article.txt
  recoup claims --pipeline red-sea --format jsonl red-sea/articles/*.txt | jq .quote
  recoup claims --manifest articles.toml

A manifest gives what an article does not say of itself; without FILE it is also the list of articles:
  [documents.\"port-strike\"]
  file = \"port-strike.txt\"        # relative to the manifest
  published = 2025-02-28
  language = \"en\"
  outlet = \"Tihama Wire\"
  url = \"https://tihama.example/port-strike\"")]
    Claims(ClaimsArgs),
    /// Reconcile the claims of a file and print the findings
    ///
    /// A finding is one question, every position taken on it, and what can be concluded. Claims come from a file, so
    /// that a reconciler can be measured without an extractor, and so that the claims of other programs can be weighed.
    /// Without --documents nobody knows who printed a claim, and no copy is found.
    #[command(after_help = "\
Examples:
  recoup run red-sea --keep kept
  recoup findings --pipeline red-sea --claims kept/claims.jsonl --documents kept/documents.jsonl | jq .status
  recoup claims article.txt | recoup findings --claims -

Findings are JSON Lines, in the order of their groups; `recoup schema finding` describes a line. A line of a file that
cannot be read is set aside and named, and the rest is weighed.")]
    Findings(FindingsArgs),
    /// Show an article with what was read in it, and what was not
    ///
    /// Every sentence with the words of its claims underlined and a line of slots for each; below it every figure, and
    /// every verb and noun that could carry a claim, of which none was made, with the reason; at the end the names that
    /// no pack knows, as TOML for the theatre.
    #[command(after_help = "\
Examples:
  recoup annotate article.txt
  recoup annotate --pipeline red-sea red-sea/articles/port-strike.txt
  recoup annotate --pipeline red-sea --format json | jq '.documents[].untaken[]'
  recoup annotate --pipeline red-sea --names > red-sea/theatre/new.toml

Kinds of unknown names are guesses: read them before you keep them.")]
    Annotate(AnnotateArgs),
    /// Show what a finding, position or claim rests on
    ///
    /// Computes the pipeline again and follows the figure back: finding, positions with their grade and origins,
    /// claims, and the sentence of the article with the words that carry the figure underlined and the rule that read
    /// each slot.
    #[command(after_help = "\
Examples:
  recoup explain f_5be8 --pipeline red-sea
  recoup explain c_09af article.txt

Ids stand in the reports, and in what `recoup claims` and `recoup run --keep DIR` write. Their first characters are enough.")]
    Explain(ExplainArgs),
    /// Show what differs between two reports
    ///
    /// Compares any two reports, as a report compares itself with the period before: what is new, raised, lowered,
    /// narrowed, superseded or withdrawn, with the words that came or went.
    #[command(after_help = diff::EXAMPLES)]
    Diff(DiffArgs),
    /// Decide something about claims, documents or sources, for all runs to come
    #[command(subcommand, arg_required_else_help = true)]
    Rule(RuleCommand),
    /// Measure how well claims are found
    ///
    /// Compares claims with a gold file: what people say an article claims, a JSON object a line. Claims are matched by
    /// document, indicator and words, one to one; then every slot is compared. What lies beside the gold is used
    /// unasked: manifest.toml (languages and articles), and names.json, sources.json and places.json (other names).
    #[command(after_help = "\
Examples:
  recoup claims --pipeline red-sea --manifest gold/manifest.toml --format jsonl | recoup score gold/gold.jsonl -
  recoup score gold/gold.jsonl claims.jsonl --by language --verbose
  recoup score gold/gold.jsonl claims.jsonl --floor 0.85 --floor-strict 0.5

With --verbose every wrong slot, every miss and every false alarm is listed. Exit code 1: a score is below its floor.")]
    Score(ScoreArgs),
    /// Run the tests of a pipeline
    ///
    /// Each [[test]] of the pipeline is a text and what its parse and extract stages should find in it: `expect`, the
    /// claims by any of their slots, or `expect_text`, every sentence with its claims as a failing test shows them.
    #[command(after_help = "\
Examples:
  recoup test red-sea
  recoup test red-sea --filter dockers
  recoup test red-sea --accept

Exit code 1: a test failed.")]
    Test(TestArgs),
    /// List the stages that a pipeline can use, with their options
    ///
    /// Built-in stages, and with --pipeline those of the shared libraries that it loads.
    #[command(after_help = "Examples:\n  recoup stages\n  recoup stages --pipeline red-sea --json")]
    Stages(StagesArgs),
    /// List plugins, try one, or start a stage of your own
    #[command(subcommand, arg_required_else_help = true)]
    Plugin(PluginCommand),
    /// Serve one stage of a shared library to another recoup
    #[command(hide = true)]
    PluginHost(PluginHostArgs),
    /// Print the JSON Schema of what recoup reads or writes
    ///
    /// The schema of the pipeline lets an editor complete and check pipeline.toml; the others describe the lines of
    /// `recoup claims` and `recoup run --keep DIR`.
    #[command(after_help = "Example:\n  recoup schema pipeline > pipeline.schema.json")]
    Schema(SchemaArgs),
    /// Print completions for a shell
    #[command(after_help = "\
Examples:
  recoup completions bash > ~/.local/share/bash-completion/completions/recoup
  recoup completions fish > ~/.config/fish/completions/recoup.fish")]
    Completions(CompletionsArgs),
    /// Write the man pages
    ///
    /// With DIR one page for each command; without, the page of recoup itself on stdout.
    #[command(after_help = "Examples:\n  recoup man | man -l -\n  recoup man ~/.local/share/man/man1")]
    Man(ManArgs),
}

/// Arguments of `recoup init`.
#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// Folder to start in; made where it is missing
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) folder: PathBuf,
    /// Language of the report and of the sample article
    #[arg(long, value_enum, default_value_t = Language::Fr, value_name = "LANGUAGE")]
    pub(crate) language: Language,
}

/// Language of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    Fr,
    En,
}

/// Arguments of `recoup run`.
#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// The pipeline's file, or the folder with its pipeline.toml
    pub(crate) pipeline: PathBuf,
    /// Last day of what is known; articles published later are left out [default: the newest article's day]
    #[arg(long, value_name = "DATE", value_parser = day())]
    pub(crate) as_of: Option<Date>,
    /// Read these articles instead of the pipeline's inputs; may be repeated
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) input: Vec<PathBuf>,
    /// What the articles do not say of themselves; see `recoup claims --help`
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest: Option<PathBuf>,
    /// Folder below which report files are written [default: the pipeline's folder]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Keep what went through the stages in DIR, as JSON Lines: documents, claims, findings, changes
    #[arg(long, value_name = "DIR")]
    pub(crate) keep: Option<PathBuf>,
    /// Fetch nothing: of the pipeline's feeds, what was fetched before is known
    #[arg(long)]
    pub(crate) offline: bool,
    /// Run as if the pipeline had no store: nothing is fetched or kept, and nothing that was kept is known
    #[arg(long)]
    pub(crate) no_store: bool,
    /// When the articles are taken in, for a pipeline with a store: a day or a moment [default: now]
    #[arg(long, value_name = "TIME", value_parser = moment())]
    pub(crate) taken_in: Option<Timestamp>,
    /// How to say what came out: text to read or a JSON object to work on
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// How to compute.
    #[command(flatten)]
    pub(crate) threads: Threads,
}

/// Arguments of `recoup check`.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// The pipeline's file, or the folder with its pipeline.toml
    #[arg(required_unless_present = "packs")]
    pub(crate) pipeline: Option<PathBuf>,
    /// Also look over the words of the built-in packs: the world and the languages
    #[arg(long)]
    pub(crate) packs: bool,
}

/// Arguments of `recoup claims`.
#[derive(Debug, Args)]
pub(crate) struct ClaimsArgs {
    /// Articles [default: those of the manifest, else of the pipeline]
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Use the parse and extract stages and the theatre of this pipeline
    #[arg(long, value_name = "PIPELINE")]
    pub(crate) pipeline: Option<PathBuf>,
    /// What the articles do not say of themselves: see the example below
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest: Option<PathBuf>,
    /// A table to read or JSON Lines to work on [default: table on a terminal, else jsonl]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<ClaimsFormat>,
    /// How to compute.
    #[command(flatten)]
    pub(crate) threads: Threads,
}

/// Arguments of `recoup findings`.
#[derive(Debug, Args)]
pub(crate) struct FindingsArgs {
    /// The claims, a JSON object a line, as `recoup claims` prints them; `-` is stdin
    #[arg(long, value_name = "FILE")]
    pub(crate) claims: PathBuf,
    /// Their documents, a JSON object a line, as `recoup run --keep` leaves them
    #[arg(long, value_name = "FILE")]
    pub(crate) documents: Option<PathBuf>,
    /// Use the reconcile stage and the theatre of this pipeline [default: `intervals` and the world's theatre]
    #[arg(long, value_name = "PIPELINE")]
    pub(crate) pipeline: Option<PathBuf>,
    /// Last day of what is known; what was published or said later is left out [default: everything]
    #[arg(long, value_name = "DATE", value_parser = day())]
    pub(crate) as_of: Option<Date>,
    /// How to compute.
    #[command(flatten)]
    pub(crate) threads: Threads,
}

/// How claims are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ClaimsFormat {
    Jsonl,
    Table,
}

/// Arguments of `recoup annotate`.
#[derive(Debug, Args)]
pub(crate) struct AnnotateArgs {
    /// Articles [default: those of the manifest, else of the pipeline]
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Use the parse and extract stages and the theatre of this pipeline
    #[arg(long, value_name = "PIPELINE")]
    pub(crate) pipeline: Option<PathBuf>,
    /// What the articles do not say of themselves; see `recoup claims --help`
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest: Option<PathBuf>,
    /// Text to read or JSON to work on
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Print only the names that no pack knows, as TOML for the theatre
    #[arg(long, conflicts_with = "format")]
    pub(crate) names: bool,
    /// How to compute.
    #[command(flatten)]
    pub(crate) threads: Threads,
}

/// Arguments of `recoup explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// Id of a finding (f_…), position (p_…) or claim (c_…), or its first characters
    pub(crate) id: String,
    /// Articles to compute from instead of the pipeline's own
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The pipeline to compute [default: pipeline.toml here; with FILE, the built-in stages]
    #[arg(long, value_name = "PIPELINE")]
    pub(crate) pipeline: Option<PathBuf>,
    /// What the articles do not say of themselves; see `recoup claims --help`
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest: Option<PathBuf>,
    /// Last day of what is known; articles published later are left out [default: the newest article's day]
    #[arg(long, value_name = "DATE", value_parser = day())]
    pub(crate) as_of: Option<Date>,
    /// How to compute.
    #[command(flatten)]
    pub(crate) threads: Threads,
}

/// Arguments of `recoup score`.
#[derive(Debug, Args)]
pub(crate) struct ScoreArgs {
    /// What people found in the articles, a JSON object a line
    pub(crate) gold: PathBuf,
    /// The claims to measure, as `recoup claims --format jsonl` prints them; `-` is stdin
    pub(crate) claims: PathBuf,
    /// Also count by this; may be repeated [default: indicator]
    #[arg(long, value_enum, value_name = "KEY")]
    pub(crate) by: Vec<ScoreBy>,
    /// Fail where the F1 of finding a claim at all is lower, from 0 to 1
    #[arg(long, value_name = "F1", value_parser = rate())]
    pub(crate) floor: Option<f64>,
    /// Fail where the F1 of finding a claim with every slot right is lower, from 0 to 1
    #[arg(long, value_name = "F1", value_parser = rate())]
    pub(crate) floor_strict: Option<f64>,
    /// Ignore the further answers of the gold (`time_alt` and the like)
    #[arg(long)]
    pub(crate) primary_only: bool,
    /// Figures of the articles that are no claim: JSON Lines with doc, quote, start, end, kind
    #[arg(long, value_name = "FILE")]
    pub(crate) distractors: Option<PathBuf>,
    /// More names: JSON tables `sources`, `places`, `subjects` from a name to the others for it; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(crate) aliases: Vec<PathBuf>,
    /// The names that are read first [default: names.json beside GOLD or in the folder above]
    #[arg(long, value_name = "FILE")]
    pub(crate) names: Option<PathBuf>,
    /// Languages and articles of the documents [default: manifest.toml beside GOLD]
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest: Option<PathBuf>,
    /// Print the numbers as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// By what claims are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ScoreBy {
    Indicator,
    Language,
    Document,
    Tag,
}

/// Arguments of `recoup test`.
#[derive(Debug, Args)]
pub(crate) struct TestArgs {
    /// The pipeline's file, or the folder with its pipeline.toml
    #[arg(default_value = ".")]
    pub(crate) pipeline: PathBuf,
    /// Only the tests with this in their name
    #[arg(long, value_name = "NAME")]
    pub(crate) filter: Option<String>,
    /// Write what was found into the pipeline as `expect_text`, where it differs or nothing is expected yet
    #[arg(long)]
    pub(crate) accept: bool,
}

/// Arguments of `recoup stages`.
#[derive(Debug, Args)]
pub(crate) struct StagesArgs {
    /// Also list the stages of the libraries that this pipeline loads
    #[arg(long, value_name = "PIPELINE")]
    pub(crate) pipeline: Option<PathBuf>,
    /// Print the stages' manifests as JSON, with the JSON Schema of their options
    #[arg(long)]
    pub(crate) json: bool,
}

/// Arguments of `recoup schema`.
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// What to describe
    #[arg(value_enum)]
    pub(crate) of: SchemaOf,
}

/// What a JSON Schema is printed of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// A pipeline's TOML file, with the options of the built-in stages
    Pipeline,
    /// One thing that one source says in one place of one document
    Claim,
    /// One question, every position taken on it, and what can be concluded
    Finding,
    /// What the built-in report stage `json` writes
    Report,
    /// An article as the extractors see it
    Document,
    /// The files of a theatre folder
    Theatre,
}

/// Arguments of `recoup completions`.
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

/// Arguments of `recoup man`.
#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// Folder to write into; made where it is missing
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
}

/// How to compute; changes the time that it takes, never the result.
#[derive(Debug, Args)]
pub(crate) struct Threads {
    /// Threads to use; 0 = as many as the machine has
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) threads: usize,
}

//! What comes out of a run, and why one cannot be done.

use std::io;
use std::path::PathBuf;

use jiff::civil::Date;
use recoup_model::{AppliedRuling, Claim, CopyGroup, Diagnostic, Document, Finding, Hashed, Period, SetAside};
use recoup_plugin::Kind;
use recoup_store::StoreError;

use crate::{LibraryError, Problem, Problems, StageFailure};

/// What a run did.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The days since which something counts as a change; its end is the cut-off.
    pub period: Period,
    /// How many documents were read.
    pub documents: usize,
    /// How many claims were found in them.
    pub claims: usize,
    /// How many documents were left out because they were published after the cut-off.
    pub left_out: usize,
    /// The findings, in the order of the report.
    pub findings: Vec<Finding>,
    /// Articles that could not be read, with the reason.
    pub set_aside: Vec<SetAside>,
    /// What the stages said of a place in an article.
    pub placed: Vec<Problem>,
    /// What the stages said besides.
    pub diagnostics: Vec<Diagnostic>,
    /// The files written, in the order of the pipeline.
    pub written: Vec<PathBuf>,
}

/// Documents and their claims.
#[derive(Debug, Clone, Default)]
pub struct Extracted {
    /// Sorted by day of publication (undated first), outlet, key and id.
    pub documents: Vec<Document>,
    /// In the order of the documents, then of the text.
    pub claims: Vec<Claim>,
    /// How many documents were left out because they were published after the cut-off.
    pub left_out: usize,
    /// Articles that could not be read, with the reason.
    pub set_aside: Vec<SetAside>,
    /// What the stages said besides.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that were read, with their hashes, by name.
    pub inputs: Vec<Hashed>,
}

/// What is known as of a day.
#[derive(Debug, Clone)]
pub struct Reconciled {
    /// The cut-off.
    pub as_of: Date,
    /// The documents published up to the cut-off, and the undated ones.
    pub documents: Vec<Document>,
    /// Their claims, without those that were rejected.
    pub claims: Vec<Claim>,
    /// What came of each ruling, in the order of the file.
    pub rulings: Vec<AppliedRuling>,
    /// Near-identical texts among them.
    pub copies: Vec<CopyGroup>,
    /// The findings, in the order of the report.
    pub findings: Vec<Finding>,
    /// Groups of claims on which the stage failed, with the reason.
    pub set_aside: Vec<SetAside>,
    /// What the stage said besides.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why a run cannot be done. What is wrong with one article is no such reason: it is set aside.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum RunError {
    /// A file of the user's has mistakes.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Problems(#[from] Problems),
    /// Neither the pipeline nor the command line names an article.
    #[error("there is nothing to read: no article was named, and no file matches an [[input]] of the pipeline")]
    #[diagnostic(
        code(run::no_input),
        help("add an [[input]] with `files = \"articles/*.txt\"`, relative to the pipeline, or name the articles")
    )]
    NoInput,
    /// No cut-off can be found.
    #[error("the report has no cut-off: {}", undated(*documents))]
    #[diagnostic(
        code(run::undated),
        help("give the last day of what is known, such as `--as-of 2025-02-28`, or the days in a manifest")
    )]
    Undated {
        /// How many documents were read.
        documents: usize,
    },
    /// Every article was set aside.
    #[error("no document was read\n{}", reasons(set_aside))]
    #[diagnostic(code(run::nothing_read))]
    NothingRead {
        /// The articles, with the reason.
        set_aside: Vec<SetAside>,
    },
    /// The period leaves the calendar.
    #[error("the period (`{length}`) that ends on {as_of} leaves the calendar")]
    #[diagnostic(code(run::period), help("choose another cut-off or a shorter `period`"))]
    Period {
        /// The pipeline's `period`.
        length: String,
        /// The cut-off.
        as_of: Date,
    },
    /// A stage cannot go on.
    #[error("the run cannot go on: in [[{kind}]], {failure}")]
    #[diagnostic(code(run::stage_failed))]
    Stage {
        /// Kind of the stage.
        kind: Kind,
        /// What it said.
        failure: Box<StageFailure>,
        /// What to do.
        #[help]
        help: Option<String>,
    },
    /// What a report stage made cannot be written as the pipeline says.
    #[error("{message}")]
    #[diagnostic(code(run::output))]
    Output {
        /// What is wrong.
        message: String,
        /// What to do.
        #[help]
        help: String,
    },
    /// The store of the pipeline cannot be used.
    #[error("{why}")]
    #[diagnostic(code(run::store))]
    Store {
        /// Why.
        why: Box<StoreError>,
        /// What to do.
        #[help]
        help: Option<String>,
    },
    /// What was asked for needs a store.
    #[error("the pipeline `{name}` has no store")]
    #[diagnostic(
        code(run::no_store),
        help("add `store = \"recoup.db\"` below its name: it keeps what was read and reported")
    )]
    NoStore {
        /// Name of the pipeline.
        name: String,
    },
    /// No report of a day was written.
    #[error("no report as of {as_of} was written")]
    #[diagnostic(code(run::no_report), help("{}", days(written)))]
    NoReport {
        /// The day.
        as_of: Date,
        /// The days of which one was.
        written: Vec<Date>,
    },
    /// The articles in the store have not been read by the pipeline as it now is.
    #[error("the articles in the store have not been read by the pipeline `{name}` as it now is")]
    #[diagnostic(
        code(run::unread),
        help(
            "its stages, packs or theatre changed since; `recoup run` reads them again, and reports that were written stay"
        )
    )]
    Unread {
        /// Name of the pipeline.
        name: String,
    },
    /// There is nothing to hand on.
    #[error("the store of the pipeline `{name}` holds no document yet")]
    #[diagnostic(code(run::empty_store), help("`recoup run` takes in the articles that its [[input]] names"))]
    EmptyStore {
        /// Name of the pipeline.
        name: String,
    },
    /// The stage that was handed the archive cannot go on.
    #[error("nothing was exported: {failure}")]
    #[diagnostic(code(run::export))]
    Export {
        /// What it said.
        failure: Box<StageFailure>,
        /// What to do.
        #[help]
        help: Option<String>,
    },
    /// The plugin that was asked for cannot be used.
    #[error("{why}")]
    #[diagnostic(code(run::plugin))]
    Plugin {
        /// Why.
        why: Box<LibraryError>,
        /// What to do.
        #[help]
        help: String,
    },
    /// A file cannot be read or written.
    #[error("cannot {verb} {}: {source}", path.display())]
    #[diagnostic(code(run::io))]
    Io {
        /// `read`, `write`, `create`.
        verb: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl From<StoreError> for RunError {
    fn from(error: StoreError) -> Self {
        RunError::Store { help: error.help(), why: Box::new(error) }
    }
}

/// The days that can be named instead.
fn days(written: &[Date]) -> String {
    match written {
        [] => "none was written at all: `recoup run` writes one".to_owned(),
        [only] => format!("one was written as of {only}"),
        [first, .., last] => {
            format!("{} were written, from {first} to {last}: `recoup report PIPELINE --list`", written.len())
        }
    }
}

fn undated(documents: usize) -> String {
    match documents {
        0 => "no document was read".to_owned(),
        1 => "its one document has no known day of publication".to_owned(),
        several => format!("none of its {several} documents has a known day of publication"),
    }
}

/// One line an article, and below it what to do.
fn reasons(set_aside: &[SetAside]) -> String {
    let reason = |article: &SetAside| {
        let help = article.help.as_ref().map(|help| format!("\n  {help}")).unwrap_or_default();
        format!("- {}: {} ({}){help}", article.origin, article.reason, article.code)
    };
    set_aside.iter().map(reason).collect::<Vec<_>>().join("\n")
}

impl RunError {
    /// A stage without which the run cannot go on.
    pub(crate) fn stage(kind: Kind, failure: StageFailure) -> Self {
        let help = failure.help.clone();
        RunError::Stage { kind, failure: Box::new(failure), help }
    }
}

/// An article on which a stage failed.
pub(crate) fn failed_on(origin: &str, failure: &StageFailure) -> SetAside {
    SetAside {
        origin: origin.to_owned(),
        code: failure.how.code().to_owned(),
        reason: failure.to_string(),
        help: failure.help.clone(),
    }
}

/// An article of which a stage said that it cannot be handled.
pub(crate) fn set_aside(origin: &str, diagnostic: &Diagnostic) -> SetAside {
    SetAside {
        origin: origin.to_owned(),
        code: diagnostic.code.clone(),
        reason: diagnostic.message.clone(),
        help: diagnostic.help.clone(),
    }
}

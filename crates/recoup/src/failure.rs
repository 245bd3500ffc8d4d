//! How a command ends: done, done with something set aside, or not done and why.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use miette::Diagnostic;
use recoup_model::{InvalidRuling, SetAside};
use recoup_pipeline::{LibraryError, Problems, RunError, UnreadableItem};
use thiserror::Error;

use crate::commands::{NewError, NoReport};
use crate::render::plain;
use crate::score::ScoreError;

/// A command that did its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All of it.
    Done,
    /// All but what was set aside and named in the output.
    SetAside,
    /// All of it, and what was measured lies below what was asked for.
    Below,
    /// All of it, and some tests failed.
    Failed,
    /// All of it, and what was compared differs.
    Differs,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        match exit {
            Exit::Done => ExitCode::SUCCESS,
            Exit::SetAside | Exit::Below | Exit::Failed | Exit::Differs => ExitCode::from(1),
        }
    }
}

/// Why a command did not do its work.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum Failure {
    /// stdout is closed or full.
    #[error("cannot write the output")]
    Output(#[from] io::Error),
    /// A file or folder that the command itself writes.
    #[error("cannot write {}", path.display())]
    Write {
        /// What could not be written.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file that the command line names.
    #[error("cannot read {}", path.display())]
    Read {
        /// What could not be read.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A plugin that cannot be tried at all.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Plugin(Box<LibraryError>),
    /// Items to try a plugin with that are none.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Items(#[from] UnreadableItem),
    /// A pipeline whose folder is asked for.
    #[error("there is no pipeline at {}", path.display())]
    #[diagnostic(help("name the pipeline's file, or the folder with its pipeline.toml"))]
    NoSuchPipeline {
        /// As given.
        path: PathBuf,
    },
    /// The pipeline's files are wrong.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Pipeline(#[from] Problems),
    /// The pipeline could not be run to its end.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Run(Box<RunError>),
    /// No test has such a name.
    #[error("no test has `{filter}` in its name")]
    #[diagnostic(help("{}", tests(names)))]
    NoTest {
        /// As given.
        filter: String,
        /// The names of all tests.
        names: Vec<String>,
    },
    /// Gold or claims that cannot be read.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Score(#[from] ScoreError),
    /// A report that cannot be read.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Report(#[from] NoReport),
    /// RECOUP_LOG is no filter.
    #[error("RECOUP_LOG=`{value}` is no log filter: {reason}")]
    #[diagnostic(help(
        "write a level (error, warn, info, debug, trace) or `target=level` pairs: RECOUP_LOG=warn,recoup_pipeline=debug"
    ))]
    LogFilter {
        /// As given.
        value: String,
        /// What is wrong with it.
        reason: String,
    },
    /// No stage was begun.
    #[error(transparent)]
    #[diagnostic(transparent)]
    New(#[from] NewError),
    /// Something would be overwritten.
    #[error("nothing was written: {} in the way\n{}", stands(existing.len()), list(existing))]
    #[diagnostic(help("{elsewhere}, or move {} aside", if existing.len() == 1 { "it" } else { "them" }))]
    InTheWay {
        /// Files that exist.
        existing: Vec<String>,
        /// How to name another place.
        elsewhere: &'static str,
    },
    /// Neither a pipeline nor articles to explain from.
    #[error("there is no pipeline to explain from: no pipeline.toml in this folder")]
    #[diagnostic(help("name it with --pipeline, or name the articles: recoup explain {id} article.txt"))]
    NoPipeline {
        /// The id asked for.
        id: String,
    },
    /// Nothing has this id.
    #[error("nothing has the id `{id}`, nor one that begins so{}", nearest_ids(nearest))]
    #[diagnostic(help("{help}"))]
    UnknownId {
        /// The id asked for.
        id: String,
        /// Ids that resemble it.
        nearest: Vec<String>,
        /// Where ids are found.
        help: String,
    },
    /// A ruling of nobody.
    #[error("a ruling has an author, and this one has none")]
    #[diagnostic(help(
        "name yourself with --author \"L. Martin\", or once for all: export RECOUP_AUTHOR=\"L. Martin\""
    ))]
    NoAuthor,
    /// A ruling that sets what cannot be set.
    #[error("{error}")]
    #[diagnostic(help(
        "a time is a day, month or year, or an interval of them: 2025-01, 2025-01-03/2025-01-05, ../2025-01-31"
    ))]
    Ruling {
        /// What is wrong.
        error: InvalidRuling,
    },
    /// Several ids begin so.
    #[error("`{id}` is the beginning of {} ids\n{}", candidates.len(), list(candidates))]
    #[diagnostic(help("write more characters of the one you mean"))]
    AmbiguousId {
        /// The prefix asked for.
        id: String,
        /// Each id with a few words on it.
        candidates: Vec<String>,
    },
}

impl From<LibraryError> for Failure {
    fn from(error: LibraryError) -> Self {
        Failure::Plugin(Box::new(error))
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        Failure::Run(Box::new(match error {
            RunError::NothingRead { set_aside } => {
                RunError::NothingRead { set_aside: set_aside.into_iter().map(harmless).collect() }
            }
            other => other,
        }))
    }
}

impl Failure {
    /// Whether the reader of the output went away.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        match self {
            Failure::Output(error) => error.kind() == io::ErrorKind::BrokenPipe,
            Failure::Run(error) => {
                matches!(&**error, RunError::Io { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
            }
            _ => false,
        }
    }

    /// For `map_err` on what is written at `path`.
    pub(crate) fn writing(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Failure {
        move |source| Failure::Write { path: path.into(), source }
    }
}

/// The same, safe to print: names of files and words of stages come from elsewhere.
fn harmless(article: SetAside) -> SetAside {
    SetAside {
        origin: plain(&article.origin),
        reason: plain(&article.reason),
        help: article.help.as_deref().map(plain),
        ..article
    }
}

fn stands(count: usize) -> String {
    if count == 1 { "a file stands".to_owned() } else { format!("{count} files stand") }
}

/// A long list is cut: the first ten say enough.
fn list(entries: &[String]) -> String {
    let mut lines: Vec<String> = entries.iter().take(10).map(|entry| format!("- {entry}")).collect();
    if entries.len() > 10 {
        lines.push(format!("- and {} more", entries.len() - 10));
    }
    lines.join("\n")
}

fn tests(names: &[String]) -> String {
    match names {
        [] => "the pipeline has no [[test]]; docs/pipeline.md shows one".to_owned(),
        names => format!("its tests:\n{}", list(&names.iter().map(|name| plain(name)).collect::<Vec<_>>())),
    }
}

fn nearest_ids(ids: &[String]) -> String {
    if ids.is_empty() { String::new() } else { format!("; nearest: {}", ids.join(", ")) }
}

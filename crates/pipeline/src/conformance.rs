//! The conformance suite: what every stage must do, tried on a stranger's.
//!
//! A stage is tried where a run would have it, in a process of its own: a library in its cage, a program as it is. The
//! suite speaks frames, not types, so that it sees what a stage says before anything mends it.

mod checks;
mod samples;
mod session;
mod sound;

use std::path::{Path, PathBuf};

use recoup_plugin::Manifest;
use serde_json::Value;

use self::checks::Suite;
use crate::child::Launch;
use crate::library::pick;
use crate::load::start_program;
use crate::{LibraryError, Limits, cage};

pub use samples::UnreadableItem;

/// One thing that a stage must do, and whether it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What a sound stage does, as the end of a sentence about it: `opens without options`.
    pub name: &'static str,
    /// Whether it does.
    pub outcome: Outcome,
}

/// How a check ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The stage does it.
    Passed,
    /// It does not.
    Failed {
        /// What it did instead.
        message: String,
        /// What to do.
        help: String,
    },
    /// That could not be tried, and why.
    Skipped(String),
}

impl Outcome {
    fn failed(message: impl Into<String>, help: impl Into<String>) -> Self {
        Outcome::Failed { message: message.into(), help: help.into() }
    }

    fn skipped(reason: impl Into<String>) -> Self {
        Outcome::Skipped(reason.into())
    }
}

/// What a stage is tried with instead of what the suite has.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Options that it opens with; `None` = none.
    pub options: Option<Value>,
    /// Items for it, one JSON object a line; `None` = the suite's own for its kind.
    pub items: Option<String>,
}

/// A stage that is tried.
#[derive(Debug, Clone)]
pub struct Subject {
    manifest: Manifest,
    launch: Launch,
    /// Whether it is a library in a cage.
    caged: bool,
}

impl Subject {
    /// The stages of a shared library in the library's order, or only the one called `stage`. The library is looked at
    /// in a cage, and not loaded into this process.
    ///
    /// # Errors
    /// [`LibraryError`] where the file is missing, is no sound library of stages, or has no such stage.
    pub fn library(path: &Path, stage: Option<&str>, limits: Limits) -> Result<Vec<Subject>, LibraryError> {
        let seen = cage::look(path, None, limits)?;
        pick(&seen.manifests, &seen.path, stage)?
            .iter()
            .map(|manifest| {
                let launch = cage::launch(&seen, &manifest.name, Path::new("."), limits)
                    .map_err(|source| LibraryError::NotStarted { path: seen.path.clone(), source })?;
                Ok(Subject { manifest: manifest.clone(), launch, caged: true })
            })
            .collect()
    }

    /// The stage that a program serves: its name, and what it is called with. A name without `/` is looked for in the
    /// folders of PATH.
    ///
    /// # Errors
    /// [`LibraryError`] where there is no such program, it does not say hello, or this recoup cannot work with it.
    pub fn program(command: &[&str], limits: Limits) -> Result<Subject, LibraryError> {
        let (launch, _, manifest) = start_program(command, Path::new("."), limits)?;
        Ok(Subject { manifest, launch, caged: false })
    }

    /// What the stage says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The file that is started or loaded.
    pub fn file(&self) -> PathBuf {
        let library = self.launch.arguments.get(1).filter(|_| self.caged);
        library.map_or_else(|| self.launch.program.clone(), PathBuf::from)
    }
}

/// Tries a stage: every check, in order, each with its outcome. Nothing that the stage does ends the suite, and once it
/// has hung twice it is tried no further.
///
/// # Errors
/// [`UnreadableItem`] where `given` has a line that is no item for this kind of stage.
pub fn conform(subject: &Subject, given: &Given) -> Result<Vec<Check>, UnreadableItem> {
    Ok(Suite::new(subject, given)?.run())
}

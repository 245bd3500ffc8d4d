//! What chores share: how they fail, where the workspace is, how they call other programs.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

/// Why a chore was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ChoreError {
    /// An unknown chore or flag.
    #[error("{0}")]
    Usage(String),
    /// A program that is not there.
    #[error("cannot run `{program}`: {source}; {help}")]
    Missing {
        /// Its name.
        program: String,
        /// Why.
        source: io::Error,
        /// What to do.
        help: &'static str,
    },
    /// A program that failed; it has said why on stderr.
    #[error("`{0}` failed")]
    Failed(String),
    /// A program that did not say what was expected of it.
    #[error("cannot understand what `{program}` says: {reason}")]
    Garbled {
        /// Its name.
        program: String,
        /// What is wrong.
        reason: String,
    },
    /// A file that cannot be read or written.
    #[error("cannot use {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The floor's file is not as it should be.
    #[error("{}: {reason}", path.display())]
    Floor {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Data that are not as they should be.
    #[error("{}: {reason}", path.display())]
    Input {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A page of which a command does not work.
    #[error("{page}: block {number} fails\n\n{block}\n{output}")]
    Page {
        /// The page.
        page: &'static str,
        /// Which of its blocks of commands, from 1.
        number: usize,
        /// The commands.
        block: String,
        /// What they said.
        output: String,
    },
    /// Texts that took too long.
    #[error("too slow:\n{0}")]
    TooSlow(String),
    /// Findings that are too far from the truth.
    #[error("out of bounds:\n{0}")]
    OutOfBounds(String),
    /// Extraction got worse.
    #[error("below the floor:\n{0}")]
    BelowFloor(String),
}

impl ChoreError {
    /// 2 where the chore could not even begin, 1 where it found something.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            ChoreError::Missing { .. } => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }
}

/// The folder of the workspace.
pub(crate) fn workspace() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Cargo, the one that runs this chore.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(workspace());
    cargo
}

/// Runs a program and returns its stdout; stderr goes to the user. `help` is said where the program is missing.
pub(crate) fn output(command: &mut Command, help: &'static str) -> Result<Vec<u8>, ChoreError> {
    let program = command.get_program().to_string_lossy().into_owned();
    let arguments: Vec<_> = command.get_args().map(|argument| argument.to_string_lossy()).collect();
    let shown = format!("{program} {}", arguments.join(" "));
    let done = command.stderr(Stdio::inherit()).output().map_err(|source| ChoreError::Missing {
        program: program.clone(),
        source,
        help,
    })?;
    if done.status.success() { Ok(done.stdout) } else { Err(ChoreError::Failed(shown)) }
}

/// For `map_err` on what is done with `path`.
pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> ChoreError {
    let path = path.to_owned();
    move |source| ChoreError::File { path, source }
}

//! Why the store cannot be used.

use std::io;
use std::path::PathBuf;

use rusqlite::ErrorCode;

/// Why the store cannot be used. What was in it before is as it was.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another recoup writes to it.
    #[error("the store {} is in use{}", path.display(), by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default())]
    Locked {
        /// The store.
        path: PathBuf,
        /// What the lock says of who holds it.
        by: Option<String>,
    },
    /// It does not exist.
    #[error("there is no store at {}", path.display())]
    Missing {
        /// The store.
        path: PathBuf,
    },
    /// A file, but none of recoup's.
    #[error("{} is no store of recoup", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// Written by a later version.
    #[error("the store {} has form {found}, and this recoup knows forms up to {known}", path.display())]
    Newer {
        /// The store.
        path: PathBuf,
        /// Its form.
        found: u32,
        /// The newest form that is known.
        known: u32,
    },
    /// Written by an earlier version, and opened for reading alone.
    #[error("the store {} has form {found}, and this recoup reads form {known}", path.display())]
    Older {
        /// The store.
        path: PathBuf,
        /// Its form.
        found: u32,
        /// The form that is read.
        known: u32,
    },
    /// Bytes on the disk are not what was written.
    #[error("the store {} is damaged: {reason}", path.display())]
    Damaged {
        /// The store.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// No room on the disk.
    #[error("there is no room left for the store {}", path.display())]
    Full {
        /// The store.
        path: PathBuf,
    },
    /// It may not be written.
    #[error("the store {} cannot be written", path.display())]
    ReadOnly {
        /// The store.
        path: PathBuf,
    },
    /// A file beside it cannot be used.
    #[error("cannot {verb} {}: {source}", path.display())]
    Io {
        /// `open`, `write`, `lock`.
        verb: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The database refused for another reason.
    #[error("the store {} cannot be used: {source}", path.display())]
    Database {
        /// The store.
        path: PathBuf,
        /// What the database says.
        source: rusqlite::Error,
    },
    /// The clock was put back, or the moment given lies before the last intake.
    #[error("the store {} last took articles in at {last}, which is later than {now}", path.display())]
    Backwards {
        /// The store.
        path: PathBuf,
        /// Moment of the last intake.
        last: String,
        /// The moment given.
        now: String,
    },
}

impl StoreError {
    /// What to do.
    pub fn help(&self) -> Option<String> {
        let help = match self {
            StoreError::Locked { .. } => "wait until the other run has ended; the lock goes with it, however it ends",
            StoreError::Missing { .. } => "`recoup run` makes it; check `store` in the pipeline",
            StoreError::Foreign { .. } => "name another file as `store` in the pipeline; this one was left as it is",
            StoreError::Newer { .. } => "use the recoup that wrote it, or a later one; nothing was changed",
            StoreError::Older { .. } => "the next `recoup run` of its pipeline brings it forward; nothing is lost",
            StoreError::Damaged { .. } => {
                "reports that were written are files of their own and intact; restore the store from a backup, or see \
                 what can be read with `recoup store check` and `recoup store export`"
            }
            StoreError::Full { .. } => {
                "make room and run again: what had been taken in is kept, and nothing counts twice"
            }
            StoreError::ReadOnly { .. } => "check that you may write the file, its folder, and the disk",
            StoreError::Io { .. } => "check the path and that you may use it",
            StoreError::Database { .. } => "see `recoup store check`",
            StoreError::Backwards { .. } => {
                "set the clock, or give a later moment; the order of intakes is what reports of past days rest on"
            }
        };
        Some(help.to_owned())
    }

    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            StoreError::Locked { .. } => "store.locked",
            StoreError::Missing { .. } => "store.missing",
            StoreError::Foreign { .. } => "store.foreign",
            StoreError::Newer { .. } => "store.newer",
            StoreError::Older { .. } => "store.older",
            StoreError::Damaged { .. } => "store.damaged",
            StoreError::Full { .. } => "store.full",
            StoreError::ReadOnly { .. } => "store.read_only",
            StoreError::Io { .. } => "store.io",
            StoreError::Database { .. } => "store.database",
            StoreError::Backwards { .. } => "store.backwards",
        }
    }
}

/// Says of which store the database speaks.
pub(crate) fn at(path: &std::path::Path) -> impl Fn(rusqlite::Error) -> StoreError + '_ {
    move |source| {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StoreError::Full { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => StoreError::ReadOnly { path },
            Some(ErrorCode::NotADatabase) => StoreError::Foreign { path },
            Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged { path, reason: source.to_string() },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Locked { path, by: None },
            _ => StoreError::Database { path, source },
        }
    }
}

//! Stages in child processes, the host's side of the child form: programs in any language, and libraries in a cage.
//!
//! A child that crashes, hangs or talks nonsense costs the item in hand and nothing else: another child is started, and
//! what was not acknowledged is given to it one by one.

mod end;
mod process;
mod stage;
mod stream;

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

pub(crate) use end::told;
pub(crate) use process::{Answer, Expected, Gone, Process, Start};
pub(crate) use stage::Kennel;
pub(crate) use stream::Stream;

/// What a child may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long it may take to answer: for one item, or to open.
    pub timeout: Duration,
    /// Bytes of address space, for a library in a cage; `None` = no limit.
    pub memory: Option<u64>,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { timeout: Duration::from_secs(60), memory: Some(4 << 30) }
    }
}

/// How a child is started.
#[derive(Debug, Clone)]
pub(crate) struct Launch {
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<OsString>,
    /// Its working folder.
    pub(crate) folder: PathBuf,
    pub(crate) limits: Limits,
    /// Whether a child that has ended one session may begin another.
    pub(crate) reusable: bool,
}

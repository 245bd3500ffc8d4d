//! What one run is told besides its pipeline.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Date;

/// What one run is told besides its pipeline.
#[derive(Clone)]
pub struct RunOptions<'a> {
    /// The cut-off: what was published later is left out. `None` = the newest day of publication of the input.
    pub as_of: Option<Date>,
    /// Articles that take the place of the pipeline's `[[input]]`, when there are any.
    pub inputs: Vec<PathBuf>,
    /// A manifest that says of the articles what they do not say themselves; without `inputs` it is the list of articles.
    pub manifest: Option<PathBuf>,
    /// Folder below which reports are written. `None` = the pipeline's folder.
    pub out: Option<PathBuf>,
    /// Folder for what went through the stages, as JSON Lines. `None` = nothing is kept.
    pub keep: Option<PathBuf>,
    /// Whether the store of the pipeline is used, where it has one.
    pub store: bool,
    /// When the articles are taken in: the third clock beside event and publication. Only a store looks at it.
    pub now: Timestamp,
    /// Whether the feeds that the pipeline names are fetched; what was fetched before is known without it.
    pub fetch: bool,
    /// Threads for documents and groups; 0 = as many as the machine offers. No result depends on it.
    pub threads: usize,
    /// Who is told how far the run is.
    pub progress: &'a dyn Progress,
}

impl Default for RunOptions<'_> {
    fn default() -> Self {
        RunOptions {
            as_of: None,
            inputs: Vec::new(),
            manifest: None,
            out: None,
            keep: None,
            store: true,
            now: Timestamp::UNIX_EPOCH,
            fetch: false,
            threads: 0,
            progress: &(),
        }
    }
}

/// Is told how far a run is. `()` ignores it.
pub trait Progress: Sync {
    /// A phase of `total` steps begins.
    fn phase(&self, name: &str, total: usize);
    /// One step is done; called from any thread.
    fn step(&self);
    /// The run is over.
    fn done(&self);
}

impl Progress for () {
    fn phase(&self, _: &str, _: usize) {}
    fn step(&self) {}
    fn done(&self) {}
}

//! Puts the files of a report in place. The store holds every byte of them before the first is written: what a killed run
//! leaves undone, the next one does.

use std::path::{Path, PathBuf};

use recoup_model::content_hash;
use tracing::warn;

use super::Archive;
use crate::RunError;
use crate::run::write::Batch;

impl Archive<'_> {
    /// Puts in place what an earlier run did not come to.
    pub(super) fn finish_placing(&mut self) -> Result<(), RunError> {
        for report in self.store.unplaced()? {
            warn!(as_of = %report.as_of, "The last run was cut short: its report is put in place now.");
            let folder = PathBuf::from(&report.folder);
            self.batch(report.id, &folder)?.sweep();
            self.place(report.id, &folder)?;
        }
        Ok(())
    }

    /// Writes the files of a report below `folder`.
    pub(super) fn place(&mut self, report: i64, folder: &Path) -> Result<Vec<PathBuf>, RunError> {
        let written = self.batch(report, folder)?.commit()?;
        self.store.placed(report)?;
        Ok(written)
    }

    fn batch(&self, report: i64, folder: &Path) -> Result<Batch, RunError> {
        let store = std::path::absolute(self.store.path()).unwrap_or_default();
        let mut batch = Batch::of(&content_hash(store.as_os_str().as_encoded_bytes())[..8]);
        for file in self.store.files_of(report)? {
            batch.add(folder, Path::new(&file.path), file.bytes, "the store")?;
        }
        Ok(batch)
    }
}

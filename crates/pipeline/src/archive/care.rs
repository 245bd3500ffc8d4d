//! Looking after the store of a pipeline.

use recoup_model::{Claim, Document};
use recoup_store::{Checked, Stats, Store};

use super::no_store;
use crate::{Pipeline, RunError};

/// The store of a pipeline, open for reading.
#[derive(Debug)]
pub struct StoreCare(pub(super) Store);

impl StoreCare {
    /// Opens the store of a pipeline for reading.
    ///
    /// # Errors
    /// The pipeline has no store, or it cannot be read.
    pub fn open(pipeline: &Pipeline) -> Result<Self, RunError> {
        Ok(StoreCare(Store::read(&pipeline.store().ok_or_else(|| no_store(pipeline))?)?))
    }

    /// Looks at every row.
    ///
    /// # Errors
    /// The store cannot be read on.
    pub fn check(&self) -> Result<Checked, RunError> {
        Ok(self.0.check()?)
    }

    /// How much there is.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn stats(&self) -> Result<Stats, RunError> {
        Ok(self.0.stats()?)
    }

    /// Hands on every document with its claims, in the order in which they were read, as long as `each` wants more.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn each_document(&self, mut each: impl FnMut(&Document, &[Claim]) -> bool) -> Result<(), RunError> {
        self.0.each_document(|kept, claims| each(&kept.document, claims))?;
        Ok(())
    }

    /// Gives up what can be computed again; says by how many bytes the file is smaller.
    ///
    /// # Errors
    /// As [`crate::run`] says of the store.
    pub fn compact(pipeline: &Pipeline) -> Result<u64, RunError> {
        Ok(Store::open(&pipeline.store().ok_or_else(|| no_store(pipeline))?)?.compact()?)
    }
}

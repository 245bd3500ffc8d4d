//! Near-identical texts in the store: every text is compared once.

use std::collections::BTreeMap;

use recoup_reconcile::{Likeness, Sketch, likenesses};
use recoup_store::{LikenessRow, Store, StoreError};

use super::Archive;
use crate::RunError;

/// Texts that are compared at once: some hundred megabytes. Each time those known before are read again.
const CHUNK: usize = 8_192;

impl Archive<'_> {
    /// Compares the texts that have not been compared, and keeps what comes of it.
    pub(super) fn compare(&mut self) -> Result<(), RunError> {
        for rows in self.store.uncompared()?.chunks(CHUNK) {
            let known = known(&self.store)?;
            let found = compare(&self.store, rows, &known)?;
            let row = |(document, Likeness { twin, near })| LikenessRow { document, twin, near };
            self.store.keep_likenesses(&found.into_iter().map(row).collect::<Vec<_>>())?;
        }
        Ok(())
    }
}

/// What every document of a store is to those of lower rows; what has not been compared is compared now.
pub(super) fn all(store: &Store) -> Result<BTreeMap<i64, Likeness>, RunError> {
    let mut known = known(store)?;
    known.extend(compare(store, &store.uncompared()?, &known)?);
    Ok(known)
}

fn known(store: &Store) -> Result<BTreeMap<i64, Likeness>, RunError> {
    let likeness = |LikenessRow { document, twin, near }| (document, Likeness { twin, near });
    Ok(store.likenesses()?.into_iter().map(likeness).collect())
}

fn compare(store: &Store, rows: &[i64], known: &BTreeMap<i64, Likeness>) -> Result<BTreeMap<i64, Likeness>, RunError> {
    if rows.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sketch = |row: i64| Ok::<_, StoreError>((row, Sketch::from_numbers(&store.sketch(row)?)));
    let new = rows.iter().map(|row| sketch(*row)).collect::<Result<Vec<_>, _>>()?;
    let firsts = known.iter().filter(|(row, likeness)| **row == likeness.twin);
    Ok(likenesses(new, firsts.map(|(row, _)| sketch(*row)))?)
}

//! Which documents resemble each other.

use crate::pack::{pack_numbers, unpack_numbers};
use crate::{Result, Store};

/// What the text of a document is to those of lower rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikenessRow {
    /// Row of the document.
    pub document: i64,
    /// Row of the first document with the same sketch.
    pub twin: i64,
    /// Rows of the others that it resembles.
    pub near: Vec<i64>,
}

impl Store {
    /// What is known of the likeness of documents, by row.
    ///
    /// # Errors
    /// As the database says.
    pub fn likenesses(&self) -> Result<Vec<LikenessRow>> {
        self.rows("SELECT document, twin, near FROM likeness ORDER BY document", [], |row| {
            Ok(LikenessRow {
                document: row.get(0)?,
                twin: row.get(1)?,
                near: unpack_numbers(row.get_ref(2)?.as_blob()?),
            })
        })
    }

    /// Rows of the documents whose likeness is not known, ascending; they are the last.
    ///
    /// # Errors
    /// As the database says.
    pub fn uncompared(&self) -> Result<Vec<i64>> {
        let sql = "SELECT id FROM document WHERE id > (SELECT ifnull(max(document), 0) FROM likeness) ORDER BY id";
        self.rows(sql, [], |row| row.get(0))
    }

    /// Keeps the likeness of documents, all or nothing.
    ///
    /// # Errors
    /// As the database says.
    pub fn keep_likenesses(&mut self, rows: &[LikenessRow]) -> Result<()> {
        let path = self.path.clone();
        let mut write = || {
            let transaction = self.db.transaction()?;
            for row in rows {
                let sql = "INSERT INTO likeness (document, twin, near) VALUES (?1, ?2, ?3)";
                transaction.prepare_cached(sql)?.execute((row.document, row.twin, pack_numbers(&row.near)))?;
            }
            transaction.commit()
        };
        write().map_err(crate::error::at(&path))
    }

    /// What a document is compared by.
    ///
    /// # Errors
    /// As the database says.
    pub fn sketch(&self, row: i64) -> Result<Vec<u64>> {
        let number = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().unwrap_or_default());
        let read = || {
            let mut sketch = self.db.prepare_cached("SELECT sketch FROM document WHERE id = ?1")?;
            sketch.query_row([row], |row| Ok(row.get_ref(0)?.as_blob()?.chunks_exact(8).map(number).collect()))
        };
        read().map_err(|error| self.explain(error))
    }
}

//! Articles as found.

use std::collections::HashMap;

use recoup_model::Sidecar;
use rusqlite::OptionalExtension as _;

use crate::pack::{pack, sha256, unpack};
use crate::{Result, Run, Store};

/// An article as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Where: a path as the user named it, or an address.
    pub origin: String,
    /// Name for manifests.
    pub name: String,
    /// Media type where one is known.
    pub media_type: Option<String>,
    /// What stands beside it.
    pub sidecar: Sidecar,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// An article in the store.
#[derive(Debug, Clone)]
pub struct ItemRow {
    /// Number of the row.
    pub id: i64,
    /// The article.
    pub seen: Seen,
    /// The intake that brought it in.
    pub run: i64,
}

/// The newest version of every origin, so that what is found again unchanged is known without a look into the store.
#[derive(Debug, Default)]
pub struct Latest(HashMap<String, ([u8; 32], String)>);

impl Latest {
    /// Whether the store holds no article.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the article differs from the newest version of its origin.
    pub fn is_new(&self, seen: &Seen) -> bool {
        let known = self.0.get(&seen.origin);
        known.is_none_or(|(hash, sidecar)| *hash != sha256(&seen.bytes) || *sidecar != said(&seen.sidecar))
    }
}

/// The same without when it was fetched: a page that is fetched again unchanged is no new version.
fn said(sidecar: &Sidecar) -> String {
    if sidecar.fetched.is_none() { beside(sidecar) } else { beside(&Sidecar { fetched: None, ..sidecar.clone() }) }
}

fn beside(sidecar: &Sidecar) -> String {
    serde_json::to_string(sidecar).unwrap_or_default()
}

impl Store {
    /// The newest version of every origin.
    ///
    /// # Errors
    /// As the database says.
    pub fn latest(&self) -> Result<Latest> {
        let sql = "SELECT item.origin, blob.sha256, item.sidecar FROM item JOIN blob ON blob.id = item.blob
                   ORDER BY item.id";
        let rows =
            self.rows(sql, [], |row| Ok((row.get(0)?, (row.get::<_, [u8; 32]>(1)?, row.get::<_, String>(2)?))))?;
        let mut latest = HashMap::with_capacity(rows.len());
        for (origin, (hash, mut sidecar)) in rows {
            if sidecar.contains("\"fetched\"") {
                sidecar = said(&self.json(&sidecar)?);
            }
            latest.insert(origin, (hash, sidecar));
        }
        Ok(Latest(latest))
    }

    /// Takes articles in, all or none.
    ///
    /// # Errors
    /// As the database says.
    pub fn take_in(&mut self, run: Run, articles: &[Seen]) -> Result<()> {
        let path = self.path.clone();
        let mut write = || {
            let transaction = self.db.transaction()?;
            for seen in articles {
                let blob = keep(&transaction, &seen.bytes)?;
                let sql = "INSERT INTO item (origin, name, media_type, sidecar, blob, run)
                           VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
                let values = (&seen.origin, &seen.name, &seen.media_type, beside(&seen.sidecar), blob, run.id);
                transaction.prepare_cached(sql)?.execute(values)?;
            }
            transaction.commit()
        };
        write().map_err(crate::error::at(&path))
    }

    /// Articles by the numbers of their rows.
    ///
    /// # Errors
    /// As the database says, and where the bytes are not those that were taken in.
    pub fn items(&self, ids: &[i64]) -> Result<Vec<ItemRow>> {
        let sql = "SELECT item.origin, item.name, item.media_type, item.sidecar, item.run, blob.size, blob.packed
                   FROM item JOIN blob ON blob.id = item.blob WHERE item.id = ?1";
        let mut items = Vec::with_capacity(ids.len());
        for id in ids {
            let rows = self.rows(sql, [id], |row| {
                let (origin, name, media_type) = (row.get(0)?, row.get(1)?, row.get(2)?);
                let (sidecar, run, size): (String, i64, i64) = (row.get(3)?, row.get(4)?, row.get(5)?);
                let bytes = unpack(row.get_ref(6)?.as_blob()?, usize::try_from(size).unwrap_or_default());
                Ok((origin, name, media_type, sidecar, run, bytes))
            })?;
            for (origin, name, media_type, sidecar, run, bytes) in rows {
                let bytes = bytes.ok_or_else(|| self.damaged(format!("the bytes of `{origin}` cannot be unpacked")))?;
                let sidecar = self.json(&sidecar)?;
                items.push(ItemRow { id: *id, seen: Seen { origin, name, media_type, sidecar, bytes }, run });
            }
        }
        Ok(items)
    }

    /// The article in which a document was found, by the document's id: the newest of several.
    ///
    /// # Errors
    /// As [`Store::items`].
    pub fn article_of(&self, document: &str) -> Result<Option<Seen>> {
        let sql = "SELECT reading.item FROM document JOIN reading ON reading.id = document.reading
                   WHERE document.document = ?1 ORDER BY document.id DESC LIMIT 1";
        let rows = self.rows(sql, [document], |row| row.get::<_, i64>(0))?;
        Ok(self.items(&rows)?.pop().map(|item| item.seen))
    }

    /// The last intake, up to one, that brought an article.
    ///
    /// # Errors
    /// As the database says.
    pub fn last_taken_in(&self, up_to: i64) -> Result<Option<Run>> {
        let sql = "SELECT max(run) FROM item WHERE run <= ?1";
        let last = self.rows(sql, [up_to], |row| row.get::<_, Option<i64>>(0))?.into_iter().flatten().next();
        Ok(self.runs()?.into_iter().find(|run| Some(run.id) == last))
    }

    /// Names and SHA-256 of the articles taken in after one intake, up to another, by name.
    ///
    /// # Errors
    /// As the database says.
    pub fn taken_in(&self, after: i64, up_to: i64) -> Result<Vec<(String, [u8; 32])>> {
        let sql = "SELECT DISTINCT item.name, blob.sha256 FROM item JOIN blob ON blob.id = item.blob
                   WHERE item.run > ?1 AND item.run <= ?2 ORDER BY item.name, blob.sha256";
        self.rows(sql, [after, up_to], |row| Ok((row.get(0)?, row.get(1)?)))
    }
}

/// Keeps bytes, once; gives the number of their row.
pub(crate) fn keep(db: &rusqlite::Connection, bytes: &[u8]) -> rusqlite::Result<i64> {
    let hash = sha256(bytes);
    let known =
        db.prepare_cached("SELECT id FROM blob WHERE sha256 = ?1")?.query_row([hash], |row| row.get(0)).optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    db.prepare_cached("INSERT INTO blob (sha256, size, packed) VALUES (?1, ?2, ?3)")?.execute((
        hash,
        size,
        pack(bytes),
    ))?;
    Ok(db.last_insert_rowid())
}

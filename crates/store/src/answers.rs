//! What servers gave.

use jiff::Timestamp;
use rusqlite::OptionalExtension as _;

use crate::items::keep;
use crate::pack::unpack;
use crate::{Result, Run, Store};

/// A body as a server gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// What was asked for.
    pub address: String,
    /// Where it was in the end.
    pub landed: String,
    /// As the server calls it.
    pub media_type: Option<String>,
    /// The server's name of this version.
    pub etag: Option<String>,
    /// When the server says that it changed last, as it says it.
    pub modified: Option<String>,
    /// The body.
    pub bytes: Vec<u8>,
    /// When the intake began that brought it.
    pub at: Timestamp,
}

impl Store {
    /// Keeps a body.
    ///
    /// # Errors
    /// As the database says.
    pub fn keep_answer(&mut self, run: Run, answer: &Answered) -> Result<()> {
        let path = self.path.clone();
        let mut write = || {
            let transaction = self.db.transaction()?;
            let blob = keep(&transaction, &answer.bytes)?;
            let Answered { address, landed, media_type, etag, modified, .. } = answer;
            let sql = "INSERT INTO answer (address, landed, media_type, etag, modified, blob, run)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            let values = (address, landed, media_type, etag, modified, blob, run.id);
            transaction.prepare_cached(sql)?.execute(values)?;
            transaction.commit()
        };
        write().map_err(crate::error::at(&path))
    }

    /// The newest body that an address gave.
    ///
    /// # Errors
    /// As the database says, and where its bytes are not those that were kept.
    pub fn answer(&self, address: &str) -> Result<Option<Answered>> {
        let sql = "SELECT landed, media_type, etag, modified, blob.size, blob.packed, run.at
                   FROM answer JOIN blob ON blob.id = answer.blob JOIN run ON run.id = answer.run WHERE address = ?1 ORDER BY answer.id DESC LIMIT 1";
        let read = || {
            let mut select = self.db.prepare_cached(sql)?;
            let row = |row: &rusqlite::Row<'_>| {
                let size = usize::try_from(row.get::<_, i64>(4)?).unwrap_or_default();
                let bytes = unpack(row.get_ref(5)?.as_blob()?, size);
                let (landed, media_type, etag, modified) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
                let address = address.to_owned();
                let at = row.get_ref(6)?.as_str()?.parse().ok();
                Ok(bytes.zip(at).map(|(bytes, at)| Answered { address, landed, media_type, etag, modified, bytes, at }))
            };
            select.query_row([address], row).optional()
        };
        match read().map_err(|error| self.explain(error))? {
            Some(None) => Err(self.damaged(format!("what `{address}` gave cannot be unpacked"))),
            answer => Ok(answer.flatten()),
        }
    }
}

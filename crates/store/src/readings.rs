//! What was read in the articles, by whom.

use jiff::civil::Date;
use recoup_model::{Claim, Document, DocumentHead, SetAside};
use rusqlite::{OptionalExtension as _, Transaction};
use serde::Serialize;

use crate::pack::{pack, sha256, unpack};
use crate::{Result, Run, Store};

/// Who reads: stages with their options, packs and code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader(pub(crate) i64);

/// What one article holds.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Row of the article.
    pub item: i64,
    /// Its documents.
    pub documents: Vec<ReadDocument>,
    /// Why it, or a part of it, could not be read.
    pub set_aside: Vec<SetAside>,
}

/// A document with its claims.
#[derive(Debug, Clone)]
pub struct ReadDocument {
    /// The document.
    pub document: Document,
    /// What it is a version of: its address on the web, else where its article was found.
    pub address: String,
    /// What it is compared by when copies are looked for.
    pub sketch: Vec<u64>,
    /// Its claims, in the order of the text.
    pub claims: Vec<Claim>,
}

/// A document in the store, without its text.
#[derive(Debug, Clone)]
pub struct DocumentRow {
    /// Number of the row.
    pub id: i64,
    /// Row of its article; a later version has a higher one.
    pub item: i64,
    /// The intake that brought it in.
    pub run: i64,
    /// See [`ReadDocument::address`].
    pub address: String,
    /// The document.
    pub head: DocumentHead,
}

impl DocumentRow {
    /// Its day of publication.
    pub fn published(&self) -> Option<Date> {
        self.head.published.map(|published| published.date)
    }
}

impl Store {
    /// The reader that is made of these parts: names and hashes, in a fixed order.
    ///
    /// # Errors
    /// As the database says.
    pub fn reader(&mut self, parts: &[(String, String)]) -> Result<Reader> {
        if let Some(known) = self.known_reader(parts)? {
            return Ok(known);
        }
        let (hash, text) = identity(parts);
        let sql = "INSERT INTO reader (sha256, parts) VALUES (?1, ?2)";
        self.db.execute(sql, (hash, text)).map_err(|error| self.explain(error))?;
        Ok(Reader(self.db.last_insert_rowid()))
    }

    /// The reader that is made of these parts, if it has read anything here.
    ///
    /// # Errors
    /// As the database says.
    pub fn known_reader(&self, parts: &[(String, String)]) -> Result<Option<Reader>> {
        let read = self.db.query_row("SELECT id FROM reader WHERE sha256 = ?1", [identity(parts).0], |row| row.get(0));
        Ok(read.optional().map_err(|error| self.explain(error))?.map(Reader))
    }

    /// Rows of the articles that a reader has not read, oldest first.
    ///
    /// # Errors
    /// As the database says.
    pub fn unread(&self, reader: Reader) -> Result<Vec<i64>> {
        let sql = "SELECT id FROM item WHERE NOT EXISTS
                   (SELECT 1 FROM reading WHERE reading.reader = ?1 AND reading.item = item.id) ORDER BY id";
        self.rows(sql, [reader.0], |row| row.get(0))
    }

    /// Keeps what was read, all or nothing.
    ///
    /// # Errors
    /// As the database says.
    pub fn keep_readings(&mut self, run: Run, reader: Reader, readings: &[Reading]) -> Result<()> {
        let path = self.path.clone();
        let mut write = || {
            let transaction = self.db.transaction()?;
            for reading in readings {
                let sql = "INSERT INTO reading (item, reader, run) VALUES (?1, ?2, ?3)";
                transaction.prepare_cached(sql)?.execute((reading.item, reader.0, run.id))?;
                let row = transaction.last_insert_rowid();
                for document in &reading.documents {
                    keep_document(&transaction, row, document)?;
                }
                for aside in &reading.set_aside {
                    let sql = "INSERT INTO set_aside (reading, json) VALUES (?1, ?2)";
                    transaction.prepare_cached(sql)?.execute((row, json(aside)))?;
                }
            }
            transaction.commit()
        };
        write().map_err(crate::error::at(&path))
    }

    /// The documents that a reader found in what was taken in up to an intake, every version of each, oldest first.
    ///
    /// # Errors
    /// As the database says.
    pub fn documents(&self, reader: Reader, up_to: i64) -> Result<Vec<DocumentRow>> {
        let sql = "SELECT document.id, item.id, item.run, document.address, document.head
                   FROM reading JOIN item ON item.id = reading.item JOIN document ON document.reading = reading.id
                   WHERE reading.reader = ?1 AND item.run <= ?2 ORDER BY item.id, document.id";
        let row = |row: &rusqlite::Row<'_>| {
            let head = serde_json::from_str(row.get_ref(4)?.as_str()?);
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, head))
        };
        let rows = self.rows(sql, [reader.0, up_to], row)?;
        rows.into_iter()
            .map(|(id, item, run, address, head): (_, _, _, _, serde_json::Result<DocumentHead>)| {
                let head = head.map_err(|error| self.damaged(error.to_string()))?;
                Ok(DocumentRow { id, item, run, address, head })
            })
            .collect()
    }

    /// A document with its text.
    ///
    /// # Errors
    /// As the database says, and where its text cannot be read.
    pub fn document(&self, row: i64) -> Result<Document> {
        let sql = "SELECT document, packed FROM document WHERE id = ?1";
        let read = self.db.query_row(sql, [row], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)));
        let (id, packed) = read.map_err(|error| self.explain(error))?;
        let text = packed
            .split_first_chunk()
            .and_then(|(size, packed)| unpack(packed, u32::from_le_bytes(*size) as usize))
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .ok_or_else(|| self.damaged(format!("the document {id} cannot be unpacked")))?;
        self.json(&text)
    }

    /// What a reader could not read of the newest version of each article taken in up to an intake.
    ///
    /// # Errors
    /// As the database says.
    pub fn set_aside(&self, reader: Reader, up_to: i64) -> Result<Vec<SetAside>> {
        let sql = "SELECT set_aside.json FROM set_aside JOIN reading ON reading.id = set_aside.reading
                   JOIN item ON item.id = reading.item
                   WHERE reading.reader = ?1 AND item.run <= ?2 AND item.id =
                   (SELECT max(newer.id) FROM item AS newer WHERE newer.origin = item.origin AND newer.run <= ?2)
                   ORDER BY item.origin, set_aside.rowid";
        let rows = self.rows(sql, [reader.0, up_to], |row| row.get::<_, String>(0))?;
        rows.iter().map(|text| self.json(text)).collect()
    }
}

fn identity(parts: &[(String, String)]) -> (String, String) {
    let text = json(&parts);
    (sha256(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect(), text)
}

fn keep_document(db: &Transaction<'_>, reading: i64, read: &ReadDocument) -> rusqlite::Result<()> {
    let document = &read.document;
    let body = json(document);
    let mut packed = u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes().to_vec();
    packed.extend(pack(body.as_bytes()));
    let sketch: Vec<u8> = read.sketch.iter().flat_map(|shingle| shingle.to_le_bytes()).collect();
    let published = document.published.map(|published| published.date.to_string());
    let sql = "INSERT INTO document (reading, document, address, published, head, sketch, packed)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let values = (reading, &document.id, &read.address, published, json(&document.head()), sketch, packed);
    db.prepare_cached(sql)?.execute(values)?;
    let row = db.last_insert_rowid();
    let sql = "INSERT INTO claim (document, claim, indicator, subject, object, part_of, sources, json)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let mut insert = db.prepare_cached(sql)?;
    for claim in &read.claims {
        insert.execute((
            row,
            &claim.id,
            &claim.indicator,
            &claim.subject,
            &claim.object,
            &claim.part_of,
            json(&[&claim.sources, &claim.via].map(|said| said.iter().map(|s| (&s.id, &s.name)).collect::<Vec<_>>())),
            json(claim),
        ))?;
    }
    Ok(())
}

/// Values of the model hold nothing that JSON cannot say.
pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

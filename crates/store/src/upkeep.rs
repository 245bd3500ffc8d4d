//! Looking after the store.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use recoup_model::{ArchivedDocument, Claim, DocumentHead, Period};

use crate::pack::{sha256, unpack, unpack_numbers};
use crate::{Result, Store, StoreError};

/// How much the store holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    /// What is counted, with its number, in the order of the data.
    pub counts: Vec<(&'static str, u64)>,
    /// Bytes of the file.
    pub bytes: u64,
    /// Bytes in it that hold nothing.
    pub free: u64,
}

/// The documents and claims of a store, every version and reading counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Extent {
    /// How many documents.
    pub documents: usize,
    /// How many claims.
    pub claims: usize,
    /// From the first day of publication to the last; `None` where none is known.
    pub published: Option<Period>,
    /// The documents of which the day of publication is unknown.
    pub undated: Vec<DocumentHead>,
}

/// What is wrong with the store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many rows were looked at.
    pub rows: u64,
    /// One sentence each.
    pub faults: Vec<String>,
}

/// How many faults are told.
const FAULTS: usize = 100;

impl Store {
    /// How much the store holds.
    ///
    /// # Errors
    /// As the database says.
    pub fn stats(&self) -> Result<Stats> {
        let tables = [
            ("intakes", "run"),
            ("answers", "answer"),
            ("articles", "item"),
            ("readers", "reader"),
            ("documents", "document"),
            ("claims", "claim"),
            ("set aside", "set_aside"),
            ("compared", "likeness"),
            ("findings", "finding"),
            ("reports", "report"),
            ("report files", "report_file"),
        ];
        let mut counts = Vec::new();
        for (name, table) in tables {
            counts.push((name, self.number(&format!("SELECT count(*) FROM {table}"))?));
        }
        let page = self.number("PRAGMA page_size")?;
        let pages = self.number("PRAGMA page_count")?;
        Ok(Stats { counts, bytes: page * pages, free: page * self.number("PRAGMA freelist_count")? })
    }

    /// Looks at every row: the pages of the database, the links between its tables, every hash, every report.
    ///
    /// # Errors
    /// As the database says, where it cannot go on.
    pub fn check(&self) -> Result<Checked> {
        let mut checked = Checked::default();
        let said = self.rows("PRAGMA integrity_check(100)", [], |row| row.get::<_, String>(0))?;
        checked.faults.extend(said.into_iter().filter(|line| line != "ok"));
        let broken = self.rows("PRAGMA foreign_key_check", [], |row| {
            Ok(format!(
                "row {} of `{}` leads to a row of `{}` that is not there",
                row.get::<_, Option<i64>>(1)?.unwrap_or_default(),
                row.get::<_, String>(0)?,
                row.get::<_, String>(2)?
            ))
        })?;
        checked.faults.extend(broken);
        self.check_blobs(&mut checked)?;
        self.check_documents(&mut checked)?;
        self.check_reports(&mut checked)?;
        checked.faults.truncate(FAULTS);
        Ok(checked)
    }

    fn check_blobs(&self, checked: &mut Checked) -> Result<()> {
        let faults = self.rows("SELECT id, sha256, size, packed FROM blob", [], |row| {
            let (id, hash): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
            let size = usize::try_from(row.get::<_, i64>(2)?).unwrap_or_default();
            let bytes = unpack(row.get_ref(3)?.as_blob()?, size);
            let sound = bytes.is_some_and(|bytes| sha256(&bytes)[..] == hash[..]);
            Ok((!sound).then(|| format!("the bytes of blob {id} are not those of its hash")))
        })?;
        checked.rows += faults.len() as u64;
        checked.faults.extend(faults.into_iter().flatten());
        Ok(())
    }

    fn check_documents(&self, checked: &mut Checked) -> Result<()> {
        let mut told = Vec::new();
        let rows = self.each_document(|ArchivedDocument { document, .. }, claims| {
            for claim in claims {
                let span = claim.anchor.span();
                if span.slice(&document.text) != Some(claim.anchor.quote()) {
                    told.push(format!("the claim {} quotes what `{}` does not say", claim.id, document.doc));
                }
            }
            true
        })?;
        checked.rows += rows;
        checked.faults.extend(told);
        Ok(())
    }

    fn check_reports(&self, checked: &mut Checked) -> Result<()> {
        for report in self.reports()? {
            checked.rows += 1;
            let known = "SELECT count(*) FROM finding WHERE id = ?1";
            for row in self.findings_of(report.id)? {
                if self.rows(known, [row], |row| row.get::<_, i64>(0))? == [0] {
                    checked.faults.push(format!("the report of {} rests on a finding that is gone", report.as_of));
                    break;
                }
            }
        }
        for report in self.unplaced()? {
            checked.faults.push(format!(
                "the files of the report of {} were not put in place; the next run does it",
                report.as_of
            ));
        }
        Ok(())
    }

    /// Hands every document with its claims to `each`, in the order in which they were read, as long as `each` wants
    /// more; says how many it was given.
    ///
    /// # Errors
    /// As the database says.
    pub fn each_document(&self, mut each: impl FnMut(&ArchivedDocument, &[Claim]) -> bool) -> Result<u64> {
        let sql = "SELECT document.id, taken.at, reader.at FROM document
                   JOIN reading ON reading.id = document.reading JOIN item ON item.id = reading.item
                   JOIN run AS taken ON taken.id = item.run JOIN run AS reader ON reader.id = reading.run
                   ORDER BY document.id";
        let texts = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let rows: Vec<(i64, String, String)> = self.rows(sql, [], texts)?;
        let moment = |text: &str| text.parse::<Timestamp>().map_err(|why| self.damaged(why.to_string()));
        let mut given = 0;
        for (row, taken_in, read_at) in &rows {
            let document = ArchivedDocument {
                document: self.document(*row)?,
                taken_in: moment(taken_in)?,
                read_at: moment(read_at)?,
            };
            let texts = self
                .rows("SELECT json FROM claim WHERE document = ?1 ORDER BY id", [row], |row| row.get::<_, String>(0))?;
            let claims = texts.iter().map(|text| self.json(text)).collect::<Result<Vec<Claim>>>()?;
            given += 1;
            if !each(&document, &claims) {
                break;
            }
        }
        Ok(given)
    }

    /// How much there is of documents and claims, and how far they reach.
    ///
    /// # Errors
    /// As the database says.
    pub fn extent(&self) -> Result<Extent> {
        let count = |table: &str| {
            let rows = self.number(&format!("SELECT count(*) FROM {table}"))?;
            Ok::<_, StoreError>(usize::try_from(rows).unwrap_or(usize::MAX))
        };
        let days = self.rows("SELECT min(published), max(published) FROM document", [], |row| {
            Ok((row.get::<_, Option<String>>(0)?, row.get::<_, Option<String>>(1)?))
        })?;
        let days = days.into_iter().find_map(|(first, last)| Some((first?, last?)));
        let day = |text: &str| text.parse::<Date>().map_err(|why| self.damaged(why.to_string()));
        let published = days.map(|(first, last)| Ok(Period { start: day(&first)?, end: day(&last)? })).transpose()?;
        let sql = "SELECT head FROM document WHERE published IS NULL ORDER BY id";
        let heads = self.rows(sql, [], |row| row.get::<_, String>(0))?;
        let undated = heads.iter().map(|head| self.json(head)).collect::<Result<Vec<DocumentHead>>>()?;
        Ok(Extent { documents: count("document")?, claims: count("claim")?, published, undated })
    }

    /// Gives up what can be computed again, the findings that no report rests on, and the room of it; says how many bytes
    /// the file is smaller.
    ///
    /// # Errors
    /// As the database says.
    pub fn compact(&mut self) -> Result<u64> {
        let before = self.stats()?.bytes;
        let packed = self.rows("SELECT findings FROM report", [], |row| row.get::<_, Vec<u8>>(0))?;
        let needed: BTreeSet<i64> = packed.iter().flat_map(|packed| unpack_numbers(packed)).collect();
        let spare = self.rows("SELECT id FROM finding", [], |row| row.get::<_, i64>(0))?;
        let spare: Vec<i64> = spare.into_iter().filter(|id| !needed.contains(id)).collect();
        let verdicts = self.rows("SELECT print, findings FROM verdict", [], |row| {
            Ok((row.get::<_, [u8; 32]>(0)?, unpack_numbers(row.get_ref(1)?.as_blob()?)))
        })?;
        let path = self.path.clone();
        let mut write = || {
            let transaction = self.db.transaction()?;
            for (print, _) in verdicts.iter().filter(|(_, findings)| !findings.iter().all(|id| needed.contains(id))) {
                transaction.prepare_cached("DELETE FROM verdict WHERE print = ?1")?.execute([print])?;
            }
            for id in &spare {
                transaction.prepare_cached("DELETE FROM finding WHERE id = ?1")?.execute([id])?;
            }
            transaction.commit()?;
            self.db.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")
        };
        write().map_err(crate::error::at(&path))?;
        Ok(before.saturating_sub(self.stats()?.bytes))
    }

    fn number(&self, sql: &str) -> Result<u64> {
        let read = self.db.query_row(sql, [], |row| row.get::<_, i64>(0));
        Ok(u64::try_from(read.map_err(|error| self.explain(error))?).unwrap_or_default())
    }
}

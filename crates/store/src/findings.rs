//! Findings, by what they were made of: what has been weighed once is not weighed again.

use rusqlite::OptionalExtension as _;

use crate::pack::{pack_numbers, sha256, unpack_numbers};
use crate::{Result, Store};

/// Hash of a group of claims, of what the reconciler was told of them, and of the reconciler.
pub type Print = [u8; 32];

/// What came out of one group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Its findings.
    pub findings: Vec<FindingRow>,
    /// What the reconciler said besides: JSON.
    pub said: String,
}

/// A finding in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingRow {
    /// Number of the row; 0 before it is kept.
    pub id: i64,
    /// Id of the finding.
    pub finding: String,
    /// The newest day of publication among the documents that speak of it, as an ISO date.
    pub heard: Option<String>,
    /// The finding in JSON; empty where it was not asked for.
    pub json: String,
}

impl Store {
    /// What came out of a group when it was weighed before; without the findings themselves.
    ///
    /// # Errors
    /// As the database says.
    pub fn verdict(&self, print: &Print) -> Result<Option<Verdict>> {
        let read = || {
            let mut select = self.db.prepare_cached("SELECT findings, said FROM verdict WHERE print = ?1")?;
            let head = |row: &rusqlite::Row<'_>| Ok((unpack_numbers(row.get_ref(0)?.as_blob()?), row.get(1)?));
            let Some((rows, said)) = select.query_row([print], head).optional()? else { return Ok(None) };
            let mut select = self.db.prepare_cached("SELECT finding, heard FROM finding WHERE id = ?1")?;
            let row = |id: i64| {
                let row = |row: &rusqlite::Row<'_>| {
                    Ok(FindingRow { id, finding: row.get(0)?, heard: row.get(1)?, json: String::new() })
                };
                select.query_row([id], row)
            };
            let findings = rows.into_iter().map(row).collect::<rusqlite::Result<_>>()?;
            Ok(Some(Verdict { findings, said }))
        };
        read().map_err(|error| self.explain(error))
    }

    /// Keeps what came out of some groups, all or nothing, and fills in the numbers of the rows.
    ///
    /// # Errors
    /// As the database says.
    pub fn keep_verdicts(&mut self, verdicts: &mut [(Print, Verdict)]) -> Result<()> {
        let path = self.path.clone();
        let mut write = || {
            let transaction = self.db.transaction()?;
            for (print, verdict) in verdicts.iter_mut() {
                for finding in &mut verdict.findings {
                    finding.id = keep_finding(&transaction, finding)?;
                }
                let rows: Vec<i64> = verdict.findings.iter().map(|finding| finding.id).collect();
                let sql = "INSERT OR REPLACE INTO verdict (print, findings, said) VALUES (?1, ?2, ?3)";
                transaction.prepare_cached(sql)?.execute((&*print, pack_numbers(&rows), &verdict.said))?;
            }
            transaction.commit()
        };
        write().map_err(crate::error::at(&path))
    }

    /// Findings by their rows, in JSON.
    ///
    /// # Errors
    /// As the database says.
    pub fn findings(&self, rows: &[i64]) -> Result<Vec<FindingRow>> {
        let read = || {
            let mut select = self.db.prepare_cached("SELECT finding, heard, json FROM finding WHERE id = ?1")?;
            let row = |id: &i64| {
                let row = |row: &rusqlite::Row<'_>| {
                    Ok(FindingRow { id: *id, finding: row.get(0)?, heard: row.get(1)?, json: row.get(2)? })
                };
                select.query_row([id], row)
            };
            rows.iter().map(row).collect::<rusqlite::Result<_>>()
        };
        read().map_err(|error| self.explain(error))
    }

    /// Rows of the findings that were known when a report was written, ascending.
    ///
    /// # Errors
    /// As the database says.
    pub fn findings_of(&self, report: i64) -> Result<Vec<i64>> {
        let read = self.db.query_row("SELECT findings FROM report WHERE id = ?1", [report], |row| {
            Ok(unpack_numbers(row.get_ref(0)?.as_blob()?))
        });
        read.map_err(|error| self.explain(error))
    }
}

fn keep_finding(db: &rusqlite::Connection, finding: &FindingRow) -> rusqlite::Result<i64> {
    let hash = sha256(format!("{}\n{}", finding.heard.as_deref().unwrap_or_default(), finding.json).as_bytes());
    let known = "SELECT id FROM finding WHERE sha256 = ?1";
    if let Some(id) = db.prepare_cached(known)?.query_row([hash], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    let sql = "INSERT INTO finding (sha256, finding, heard, json) VALUES (?1, ?2, ?3, ?4)";
    db.prepare_cached(sql)?.execute((hash, &finding.finding, &finding.heard, &finding.json))?;
    Ok(db.last_insert_rowid())
}

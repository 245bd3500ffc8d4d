//! Findings, by what they were made of: what has been weighed once is not weighed again.

use recoup_model::Finding;
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

impl FindingRow {
    /// The finding.
    ///
    /// # Errors
    /// What is wrong with it, for [`Store::damaged`].
    pub fn finding(&self) -> std::result::Result<Finding, String> {
        serde_json::from_str(&self.json)
            .map_err(|error| format!("the finding {} cannot be read: {error}", self.finding))
    }

    /// Of what it says, and of when it was heard of.
    fn hash(&self) -> [u8; 32] {
        sha256(format!("{}\n{}", self.heard.as_deref().unwrap_or_default(), self.json).as_bytes())
    }
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
        if self.is_read_only() {
            return self.lay_over(verdicts);
        }
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

    /// What is computed from a store that is only read lasts as long as it is open. A finding that is there keeps its row.
    fn lay_over(&mut self, verdicts: &mut [(Print, Verdict)]) -> Result<()> {
        let last = self.rows("SELECT ifnull(max(id), 0) FROM finding", [], |row| row.get::<_, i64>(0))?;
        let last = last.first().copied().unwrap_or_default();
        for finding in verdicts.iter_mut().flat_map(|(_, verdict)| &mut verdict.findings) {
            let there = self.rows("SELECT id FROM finding WHERE sha256 = ?1", [finding.hash()], |row| row.get(0))?;
            finding.id = match there.first() {
                Some(id) => *id,
                None => last + 1 + i64::try_from(self.overlay.len()).unwrap_or_default(),
            };
            if there.is_empty() {
                self.overlay.insert(finding.id, finding.clone());
            }
        }
        Ok(())
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
                match self.overlay.get(id) {
                    Some(finding) => Ok(finding.clone()),
                    None => select.query_row([id], row),
                }
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
    let hash = finding.hash();
    let known = "SELECT id FROM finding WHERE sha256 = ?1";
    if let Some(id) = db.prepare_cached(known)?.query_row([hash], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    let sql = "INSERT INTO finding (sha256, finding, heard, json) VALUES (?1, ?2, ?3, ?4)";
    db.prepare_cached(sql)?.execute((hash, &finding.finding, &finding.heard, &finding.json))?;
    Ok(db.last_insert_rowid())
}

//! Claims, of which there may be more than fit into memory.

use recoup_model::Claim;

use crate::{Reader, Result, Store};

/// What grouping looks at in a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Number of the claim's row.
    pub id: i64,
    /// Row of its document.
    pub document: i64,
    /// Id of the claim.
    pub claim: String,
    /// Its indicator.
    pub indicator: String,
    /// Whose people, equipment or ground.
    pub subject: Option<String>,
    /// To, with or against whom.
    pub object: Option<String>,
    /// Id of the claim that it is a part of.
    pub part_of: Option<String>,
    sources: String,
}

impl Topic {
    /// Id and name of who says it, and of who relays it.
    pub fn said(&self) -> [Vec<(String, String)>; 2] {
        serde_json::from_str(&self.sources).unwrap_or_default()
    }
}

/// A claim as it lies in the store: reading many of them is work for several threads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimRow {
    /// Number of the row.
    pub id: i64,
    /// Row of its document.
    pub document: i64,
    /// The claim in JSON.
    pub json: String,
}

impl ClaimRow {
    /// The claim.
    ///
    /// # Errors
    /// What is wrong with it, for [`Store::damaged`].
    pub fn claim(&self) -> std::result::Result<Claim, String> {
        serde_json::from_str(&self.json)
            .map_err(|error| format!("the claim of row {} cannot be read: {error}", self.id))
    }
}

impl Store {
    /// The topics of all claims that a reader found in what was taken in up to an intake.
    ///
    /// # Errors
    /// As the database says.
    pub fn topics(&self, reader: Reader, up_to: i64) -> Result<Vec<Topic>> {
        let sql = "SELECT claim.id, claim.document, claim, indicator, subject, object, part_of, sources
                   FROM reading JOIN item ON item.id = reading.item JOIN document ON document.reading = reading.id
                   JOIN claim ON claim.document = document.id
                   WHERE reading.reader = ?1 AND item.run <= ?2 ORDER BY claim.id";
        self.rows(sql, [reader.0, up_to], |row| {
            Ok(Topic {
                id: row.get(0)?,
                document: row.get(1)?,
                claim: row.get(2)?,
                indicator: row.get(3)?,
                subject: row.get(4)?,
                object: row.get(5)?,
                part_of: row.get(6)?,
                sources: row.get(7)?,
            })
        })
    }

    /// The newest claim of each id that a reader found; one that it did not find is left out.
    ///
    /// # Errors
    /// As the database says.
    pub fn claims_named(&self, reader: Reader, ids: &[String]) -> Result<Vec<ClaimRow>> {
        let sql = "SELECT claim.id, claim.document, claim.json FROM claim JOIN document ON document.id = claim.document
                   JOIN reading ON reading.id = document.reading
                   WHERE claim.claim = ?1 AND reading.reader = ?2 ORDER BY claim.id DESC LIMIT 1";
        let mut claims = Vec::with_capacity(ids.len());
        for id in ids {
            claims.extend(self.rows(sql, (id, reader.0), |row| {
                Ok(ClaimRow { id: row.get(0)?, document: row.get(1)?, json: row.get(2)? })
            })?);
        }
        Ok(claims)
    }

    /// Claims by their rows.
    ///
    /// # Errors
    /// As the database says.
    pub fn claims(&self, rows: &[i64]) -> Result<Vec<ClaimRow>> {
        let read = || {
            let mut select = self.db.prepare_cached("SELECT document, json FROM claim WHERE id = ?1")?;
            let row = |id: &i64| {
                select.query_row([id], |row| Ok(ClaimRow { id: *id, document: row.get(0)?, json: row.get(1)? }))
            };
            rows.iter().map(row).collect::<rusqlite::Result<_>>()
        };
        read().map_err(|error| self.explain(error))
    }
}

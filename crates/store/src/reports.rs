//! Reports that were written, with every byte of their files.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::items::keep;
use crate::pack::{pack_numbers, unpack};
use crate::{Reader, Result, Run, Store};

/// A report about to be written.
#[derive(Debug, Clone)]
pub struct NewReport {
    /// The cut-off: the last day of its period.
    pub as_of: Date,
    /// First day of its period.
    pub start: Date,
    /// Who read the articles.
    pub reader: Reader,
    /// The report that it was compared with.
    pub previous: Option<i64>,
    /// Folder below which its files go.
    pub folder: String,
    /// What it says of itself: JSON.
    pub head: String,
    /// Rows of all findings that were known.
    pub findings: Vec<i64>,
    /// Its files.
    pub files: Vec<ReportFile>,
}

/// A file of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFile {
    /// Below the report's folder.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A report that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// Number of the row; a later one was written later.
    pub id: i64,
    /// The cut-off.
    pub as_of: Date,
    /// First day of its period.
    pub start: Date,
    /// The last intake that it knows of.
    pub run: i64,
    /// When that intake began.
    pub at: Timestamp,
    /// Who read the articles.
    pub reader: Reader,
    /// The report that it was compared with.
    pub previous: Option<i64>,
    /// Folder below which its files go.
    pub folder: String,
}

impl Store {
    /// Keeps a report. Its files are not in place until [`Store::placed`].
    ///
    /// # Errors
    /// As the database says.
    pub fn keep_report(&mut self, run: Run, report: &NewReport) -> Result<i64> {
        let path = self.path.clone();
        let mut write = || {
            let transaction = self.db.transaction()?;
            let sql = "INSERT INTO report (as_of, start, run, reader, previous, folder, head, findings, placed)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0)";
            transaction.prepare_cached(sql)?.execute((
                report.as_of.to_string(),
                report.start.to_string(),
                run.id,
                report.reader.0,
                report.previous,
                &report.folder,
                &report.head,
                pack_numbers(&report.findings),
            ))?;
            let row = transaction.last_insert_rowid();
            for file in &report.files {
                let blob = keep(&transaction, &file.bytes)?;
                let sql = "INSERT INTO report_file (report, path, blob) VALUES (?1, ?2, ?3)";
                transaction.prepare_cached(sql)?.execute((row, &file.path, blob))?;
            }
            transaction.commit()?;
            Ok(row)
        };
        write().map_err(crate::error::at(&path))
    }

    /// Notes that the files of a report are in place.
    ///
    /// # Errors
    /// As the database says.
    pub fn placed(&mut self, report: i64) -> Result<()> {
        let written = self.db.execute("UPDATE report SET placed = 1 WHERE id = ?1", [report]);
        written.map(|_| ()).map_err(|error| self.explain(error))
    }

    /// Reports of which a killed run did not put the files in place, oldest first.
    ///
    /// # Errors
    /// As the database says.
    pub fn unplaced(&self) -> Result<Vec<ReportRow>> {
        self.select_reports("WHERE placed = 0")
    }

    /// Every report that was written, oldest first.
    ///
    /// # Errors
    /// As the database says.
    pub fn reports(&self) -> Result<Vec<ReportRow>> {
        self.select_reports("")
    }

    /// The files of a report, by path.
    ///
    /// # Errors
    /// As the database says, and where their bytes are not those that were written.
    pub fn files_of(&self, report: i64) -> Result<Vec<ReportFile>> {
        let sql = "SELECT path, size, packed FROM report_file JOIN blob ON blob.id = report_file.blob
                   WHERE report = ?1 ORDER BY path";
        let rows = self.rows(sql, [report], |row| {
            let size: i64 = row.get(1)?;
            Ok((row.get(0)?, unpack(row.get_ref(2)?.as_blob()?, usize::try_from(size).unwrap_or_default())))
        })?;
        rows.into_iter()
            .map(|(path, bytes): (String, Option<Vec<u8>>)| {
                let bytes = bytes.ok_or_else(|| self.damaged(format!("the report `{path}` cannot be unpacked")))?;
                Ok(ReportFile { path, bytes })
            })
            .collect()
    }

    /// What a report says of itself, in JSON.
    ///
    /// # Errors
    /// As the database says.
    pub fn head_of(&self, report: i64) -> Result<String> {
        let read = self.db.query_row("SELECT head FROM report WHERE id = ?1", [report], |row| row.get(0));
        read.map_err(|error| self.explain(error))
    }

    fn select_reports(&self, filter: &str) -> Result<Vec<ReportRow>> {
        let sql = format!(
            "SELECT report.id, as_of, start, run, run.at, reader, previous, folder
             FROM report JOIN run ON run.id = report.run {filter} ORDER BY report.id"
        );
        let rows = self.rows(&sql, [], |row| {
            let texts: [String; 3] = [row.get(1)?, row.get(2)?, row.get(4)?];
            Ok((row.get(0)?, texts, row.get(3)?, row.get(5)?, row.get(6)?, row.get(7)?))
        })?;
        rows.into_iter()
            .map(|(id, [as_of, start, at], run, reader, previous, folder)| {
                let bad = |text: &str| self.damaged(format!("`{text}` is no day or moment"));
                Ok(ReportRow {
                    id,
                    as_of: as_of.parse().map_err(|_| bad(&as_of))?,
                    start: start.parse().map_err(|_| bad(&start))?,
                    run,
                    at: at.parse().map_err(|_| bad(&at))?,
                    reader: Reader(reader),
                    previous,
                    folder,
                })
            })
            .collect()
    }
}

//! Opening the store, and who may write to it.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};

use crate::error::at;
use crate::{FindingRow, Result, StoreError};

/// The form of the tables that this version writes. Older forms are brought forward when the store is opened for
/// writing.
pub const FORM: u32 = 2;

/// `reco`: tells a store from any other SQLite file.
const APPLICATION: i32 = 0x7265_636f;

/// What makes form n of form n - 1.
const STEPS: [&str; FORM as usize] = [include_str!("form1.sql"), include_str!("form2.sql")];

/// How long a reader waits for a writer that is just ending its transaction.
const PATIENCE: Duration = Duration::from_secs(5);

/// One intake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    /// Its number; a later intake has a higher one.
    pub id: i64,
    /// When it began.
    pub at: Timestamp,
}

/// An open store.
#[derive(Debug)]
pub struct Store {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
    /// Findings that a store which is only read was given; they last as long as it is open.
    pub(crate) overlay: HashMap<i64, FindingRow>,
    /// Held as long as the store is open for writing; the system lets go of it however the process ends.
    _lock: Option<File>,
}

impl Store {
    /// Opens the store for writing, makes it where it is missing, and brings an older form forward.
    ///
    /// # Errors
    /// [`StoreError`]: another process writes, the file is foreign, newer or damaged, or may not be written.
    pub fn open(path: &Path) -> Result<Store> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            let failed = |source| StoreError::Io { verb: "make the folder", path: folder.to_owned(), source };
            fs::create_dir_all(folder).map_err(failed)?;
        }
        if fs::metadata(path).is_ok_and(|there| there.permissions().readonly()) {
            return Err(StoreError::ReadOnly { path: path.to_owned() });
        }
        let lock = lock(path)?;
        let db = Connection::open(path).map_err(at(path))?;
        let mut store = Store { db, path: path.to_owned(), overlay: HashMap::new(), _lock: Some(lock) };
        // Before anything is written: a file that is none of recoup's stays as it is.
        let form = store.form()?;
        let tables = "SELECT count(*) FROM sqlite_schema";
        let tables = store.db.query_row(tables, [], |row| row.get::<_, i64>(0)).map_err(|e| store.explain(e))?;
        if form > FORM {
            return Err(StoreError::Newer { path: path.to_owned(), found: form, known: FORM });
        }
        if form == 0 && tables > 0 {
            return Err(StoreError::Foreign { path: path.to_owned() });
        }
        store.prepare().map_err(|error| store.explain(error))?;
        store.bring_forward(form)?;
        Ok(store)
    }

    /// Opens the store for reading alone.
    ///
    /// # Errors
    /// [`StoreError`], as [`Store::open`], and where it is missing or of an older form.
    pub fn read(path: &Path) -> Result<Store> {
        if !path.exists() {
            return Err(StoreError::Missing { path: path.to_owned() });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut db = Connection::open_with_flags(path, flags).map_err(at(path))?;
        if !is_readable(&db) && !beside(path, "-wal").exists() {
            // In a folder that may not be written, what SQLite keeps beside the file cannot be made; without it the file
            // is all there is.
            let name = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
            let flags = flags | OpenFlags::SQLITE_OPEN_URI;
            db = Connection::open_with_flags(format!("file:{name}?immutable=1"), flags).map_err(at(path))?;
        }
        db.busy_timeout(PATIENCE).map_err(at(path))?;
        let store = Store { db, path: path.to_owned(), overlay: HashMap::new(), _lock: None };
        match store.form()? {
            FORM => Ok(store),
            0 => Err(StoreError::Foreign { path: path.to_owned() }),
            found if found < FORM => Err(StoreError::Older { path: path.to_owned(), found, known: FORM }),
            found => Err(StoreError::Newer { path: path.to_owned(), found, known: FORM }),
        }
    }

    /// Whether it was opened for reading alone.
    pub(crate) fn is_read_only(&self) -> bool {
        self._lock.is_none()
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Begins an intake at `now`.
    ///
    /// # Errors
    /// [`StoreError::Backwards`] where the last intake began later, else as the database says.
    pub fn begin(&mut self, now: Timestamp, version: &str) -> Result<Run> {
        if let Some(last) = self.runs()?.last()
            && last.at > now
        {
            let (last, now) = (last.at.to_string(), now.to_string());
            return Err(StoreError::Backwards { path: self.path.clone(), last, now });
        }
        let written = self.db.execute("INSERT INTO run (at, version) VALUES (?1, ?2)", (now.to_string(), version));
        written.map_err(|error| self.explain(error))?;
        Ok(Run { id: self.db.last_insert_rowid(), at: now })
    }

    /// Every intake, oldest first.
    ///
    /// # Errors
    /// As the database says.
    pub fn runs(&self) -> Result<Vec<Run>> {
        self.rows("SELECT id, at FROM run ORDER BY id", [], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?
            .into_iter()
            .map(|(id, at)| Ok(Run { id, at: at.parse().map_err(|_| self.damaged(format!("`{at}` is no moment")))? }))
            .collect()
    }

    /// The rows of a query.
    pub(crate) fn rows<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        row: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let read = || self.db.prepare_cached(sql)?.query_map(params, row)?.collect::<rusqlite::Result<_>>();
        read().map_err(|error| self.explain(error))
    }

    pub(crate) fn explain(&self, error: rusqlite::Error) -> StoreError {
        at(&self.path)(error)
    }

    /// That something in the store is not what was written.
    pub fn damaged(&self, reason: impl Into<String>) -> StoreError {
        StoreError::Damaged { path: self.path.clone(), reason: reason.into() }
    }

    /// A value that was written as JSON.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self, text: &str) -> Result<T> {
        serde_json::from_str(text).map_err(|error| self.damaged(error.to_string()))
    }

    /// The form of the tables; 0 where the file has none of recoup's.
    fn form(&self) -> Result<u32> {
        let number = |name| self.db.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        let application = number("application_id").map_err(|error| self.explain(error))?;
        let form = number("user_version").map_err(|error| self.explain(error))?;
        Ok(if application == APPLICATION { u32::try_from(form).unwrap_or_default() } else { 0 })
    }

    fn prepare(&self) -> rusqlite::Result<()> {
        self.db.busy_timeout(PATIENCE)?;
        self.db.pragma_update(None, "foreign_keys", true)?;
        // Readers go on while one writes.
        self.db.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
        self.db.pragma_update(None, "synchronous", "full")?;
        self.db.pragma_update(None, "cache_size", -64_000)
    }

    /// Makes the tables of a new store, and those of a later form of an older one.
    fn bring_forward(&mut self, form: u32) -> Result<()> {
        for (step, form) in STEPS.iter().zip(1_u32..).skip(form as usize) {
            let path = self.path.clone();
            let mut migrate = || {
                let transaction = self.db.transaction()?;
                transaction.execute_batch(step)?;
                transaction.pragma_update(None, "application_id", APPLICATION)?;
                transaction.pragma_update(None, "user_version", form)?;
                transaction.commit()
            };
            migrate().map_err(at(&path))?;
        }
        Ok(())
    }
}

fn is_readable(db: &Connection) -> bool {
    db.pragma_query_value(None, "schema_version", |row| row.get::<_, i64>(0)).is_ok()
}

/// A file beside the store.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The lock beside the store.
fn lock(path: &Path) -> Result<File> {
    let name = beside(path, ".lock");
    let failed = |verb| {
        let (path, name) = (path.to_owned(), name.clone());
        move |source: std::io::Error| match source.kind() {
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                StoreError::ReadOnly { path }
            }
            std::io::ErrorKind::StorageFull => StoreError::Full { path },
            _ => StoreError::Io { verb, path: name, source },
        }
    };
    let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&name);
    let mut file = open.map_err(failed("open"))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut by = String::new();
            // Who holds it is worth a word, and no more than that.
            let _ = file.take(200).read_to_string(&mut by);
            let by = Some(by.trim().to_owned()).filter(|by| !by.is_empty());
            return Err(StoreError::Locked { path: path.to_owned(), by });
        }
        Err(TryLockError::Error(source)) => return Err(failed("lock")(source)),
    }
    let tell = |file: &mut File| {
        file.set_len(0)?;
        file.rewind()?;
        write!(file, "process {}", std::process::id())
    };
    tell(&mut file).map_err(failed("write"))?;
    Ok(file)
}

//! Files that are written where none stand: what exists is never overwritten.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::words;

/// Says of all files whether they can be written; `elsewhere` is how to name another place.
///
/// # Errors
/// [`Failure::InTheWay`] with every file that exists.
pub(crate) fn all_new(files: &[PathBuf], elsewhere: &'static str) -> Result<(), Failure> {
    let existing: Vec<String> = files.iter().filter(|file| file.exists()).map(|file| words::path(file)).collect();
    if existing.is_empty() { Ok(()) } else { Err(Failure::InTheWay { existing, elsewhere }) }
}

/// Writes a file that does not exist yet, also where another program makes it at this moment; and its folders.
///
/// # Errors
/// [`Failure::Write`].
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Failure::writing(folder))?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(Failure::writing(path))?;
    file.write_all(text.as_bytes()).map_err(Failure::writing(path))
}

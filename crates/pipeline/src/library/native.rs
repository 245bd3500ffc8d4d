//! What differs between systems: how bytes become a loaded library.

use std::error::Error as _;
use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::path::Path;

use recoup_plugin::abi::{Entry, SYMBOL};
use tempfile::TempDir;

use super::LibraryError;

/// Loads `bytes`, read from `path`, and looks the symbol up.
///
/// The bytes are written to a private folder and loaded from there. So what runs is what was hashed, whatever happens
/// to the file in between; a library that is rebuilt during a run does not pull the ground from under it; and Windows,
/// which locks a library in use, lets it be rebuilt at all. The price: a library cannot find others beside itself, and
/// a backtrace that it prints has no names.
pub(super) fn entry(path: &Path, bytes: &[u8]) -> Result<Entry, LibraryError> {
    let no_copy = |source| LibraryError::NoCopy { path: path.to_owned(), source };
    let folder = tempfile::Builder::new().prefix("recoup-").tempdir().map_err(no_copy)?;
    let copy = folder.path().join(path.file_name().unwrap_or(path.as_os_str()));
    write(&copy, bytes).map_err(no_copy)?;
    let library = open(&copy).map_err(|error| {
        let said = error.source().map_or_else(|| error.to_string(), ToString::to_string);
        let reason = said.replace(&*copy.to_string_lossy(), "").trim_start_matches(": ").to_owned();
        LibraryError::NotALibrary { path: path.to_owned(), reason }
    })?;
    release(folder);
    // Never unloaded, even if it is of no use: its initialisers have run.
    let library = ManuallyDrop::new(library);
    // SAFETY: the name carries the major version of the boundary, and with it the type of the function.
    let symbol = unsafe { library.get::<Entry>(SYMBOL) };
    symbol.map(|symbol| *symbol).map_err(|_| LibraryError::NoSymbol { path: path.to_owned() })
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = std::fs::File::create_new(path)?;
    file.write_all(bytes)?;
    file.flush()
}

#[cfg(unix)]
fn open(path: &Path) -> Result<libloading::Library, libloading::Error> {
    use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};
    // SAFETY: loading runs the library's initialisers. That is the trust that a pipeline puts into a library which it
    // names with `isolate = false`, and it is documented as such.
    unsafe { Library::open(Some(path), RTLD_NOW | RTLD_LOCAL) }.map(Into::into)
}

#[cfg(not(unix))]
fn open(path: &Path) -> Result<libloading::Library, libloading::Error> {
    // SAFETY: loading runs the library's initialisers. That is the trust that a pipeline puts into a library which it
    // names with `isolate = false`, and it is documented as such.
    unsafe { libloading::Library::new(path) }
}

/// Lets the copy go: where a file in use can be removed, at once; elsewhere it stays in the temporary folder.
fn release(folder: TempDir) {
    if cfg!(unix) {
        drop(folder);
    } else {
        let _ = folder.keep();
    }
}

//! The handshake: a library's tables and manifests are checked before anything of them is used.

use std::ffi::c_void;
use std::path::Path;

use recoup_plugin::abi::{ABI, Bytes, Entry, Host, Preamble, StageTable};
use recoup_plugin::{Manifest, PROTOCOL, json};

use super::LibraryError;

/// The four functions of a stage, none of them null.
#[derive(Debug, Clone, Copy)]
pub(super) struct Verbs {
    pub(super) open: unsafe extern "C" fn(*const Host, Bytes, *mut *mut c_void) -> i32,
    pub(super) process: unsafe extern "C" fn(*mut c_void, *const Host, Bytes) -> i32,
    pub(super) finish: unsafe extern "C" fn(*mut c_void, *const Host) -> i32,
    pub(super) close: unsafe extern "C" fn(*mut c_void),
}

/// Reads every table that `entry` hands out.
pub(super) fn read(entry: Entry, path: &Path) -> Result<(Vec<Manifest>, Vec<Verbs>), LibraryError> {
    let mut manifests: Vec<Manifest> = Vec::new();
    let mut verbs = Vec::new();
    for index in 0.. {
        // SAFETY: `entry` is the library's symbol, and may be called with any index.
        let table = unsafe { entry(index) };
        if table.is_null() {
            break;
        }
        // SAFETY: a table that is not null is static, begins with a preamble, and is as long as that says.
        let table = unsafe { checked(table, index, path) }?;
        let manifest = manifest(table.manifest, index, path)?;
        // A library that forgets the closing null hands out its last table for ever: this ends it.
        if manifests.iter().any(|earlier| earlier.name == manifest.name) {
            return Err(LibraryError::SameName { path: path.to_owned(), stage: manifest.name });
        }
        verbs.push(complete(table, index, path)?);
        manifests.push(manifest);
    }
    if manifests.is_empty() {
        return Err(LibraryError::Empty { path: path.to_owned() });
    }
    Ok((manifests, verbs))
}

/// # Safety
/// `table` points to a table that is static, begins with a preamble, and has as many bytes as its preamble says.
unsafe fn checked(table: *const StageTable, index: u32, path: &Path) -> Result<StageTable, LibraryError> {
    if !table.is_aligned() {
        return Err(broken(path, index, "it does not lie at an address for a table"));
    }
    // SAFETY: aligned, and every table begins with a preamble.
    let Preamble { abi, size } = unsafe { table.cast::<Preamble>().read() };
    if abi != ABI {
        return Err(LibraryError::Abi { path: path.to_owned(), index, found: abi });
    }
    let needed = Preamble::of::<StageTable>().size;
    if size < needed {
        return Err(broken(path, index, format!("it has {size} bytes, a table of ABI {ABI} has {needed}")));
    }
    // SAFETY: as long as a table of this ABI, by its preamble.
    Ok(unsafe { table.read() })
}

fn complete(table: StageTable, index: u32, path: &Path) -> Result<Verbs, LibraryError> {
    let missing = |verb| broken(path, index, format!("its function `{verb}` is null"));
    Ok(Verbs {
        open: table.open.ok_or_else(|| missing("open"))?,
        process: table.process.ok_or_else(|| missing("process"))?,
        finish: table.finish.ok_or_else(|| missing("finish"))?,
        close: table.close.ok_or_else(|| missing("close"))?,
    })
}

fn manifest(bytes: Bytes, index: u32, path: &Path) -> Result<Manifest, LibraryError> {
    let unreadable = |reason: String| LibraryError::Manifest { path: path.to_owned(), index, reason };
    // SAFETY: a manifest is static for the life of the process.
    let bytes = unsafe { bytes.as_slice() }.ok_or_else(|| unreadable("it is a null pointer".to_owned()))?;
    checked_manifest(bytes, index, path)
}

/// Reads a manifest, and refuses one that this program cannot work with.
pub(super) fn checked_manifest(bytes: &[u8], index: u32, path: &Path) -> Result<Manifest, LibraryError> {
    let unreadable = |reason: String| LibraryError::Manifest { path: path.to_owned(), index, reason };
    let value: serde_json::Value = json::read(bytes).map_err(|why| unreadable(why.to_string()))?;
    // The protocol first: a manifest of another major version may have another shape.
    let text = |field| value.get(field).and_then(serde_json::Value::as_str).unwrap_or("?").to_owned();
    let (stage, protocol) = (text("name"), text("protocol"));
    let path = path.to_owned();
    if major(&protocol) != major(PROTOCOL) {
        return Err(LibraryError::Protocol { path, stage, found: protocol });
    }
    let manifest: Manifest = json::typed(value).map_err(|why| unreadable(why.to_string()))?;
    if !manifest.needs.is_empty() {
        return Err(LibraryError::Needs { path, stage, needs: manifest.needs });
    }
    if !manifest.codecs.iter().any(|codec| codec == "json") {
        return Err(LibraryError::Codec { path, stage, codecs: manifest.codecs });
    }
    Ok(manifest)
}

fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or(version)
}

fn broken(path: &Path, index: u32, reason: impl Into<String>) -> LibraryError {
    LibraryError::Table { path: path.to_owned(), index, reason: reason.into() }
}

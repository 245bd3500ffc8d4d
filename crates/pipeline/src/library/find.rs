//! From the name of a library in a pipeline to its file.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::{Path, PathBuf};

use super::LibraryError;

pub(super) fn find(name: &str, base_dir: &Path, search: &[PathBuf]) -> Result<PathBuf, LibraryError> {
    let bare = Path::new(name).components().count() == 1 && !name.starts_with('.');
    let folders = search.iter().map(PathBuf::as_path).filter(|_| bare);
    let mut tried = Vec::new();
    for folder in [base_dir].into_iter().chain(folders) {
        for candidate in candidates(&folder.join(name)) {
            if candidate.is_file() {
                return Ok(candidate);
            }
            tried.push(candidate);
        }
    }
    Err(LibraryError::NotFound { name: name.to_owned(), tried })
}

/// The path as it stands, and with the system's prefix and suffix around its last part.
fn candidates(path: &Path) -> Vec<PathBuf> {
    let decorated =
        path.file_name().map(|file| path.with_file_name(format!("{DLL_PREFIX}{}{DLL_SUFFIX}", file.to_string_lossy())));
    [Some(path.to_owned()), decorated].into_iter().flatten().collect()
}

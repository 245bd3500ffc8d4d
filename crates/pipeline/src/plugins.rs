//! Where plugins are looked for, and what lies there.

use std::env::consts::DLL_SUFFIX;
use std::io;
use std::path::{Path, PathBuf};

use recoup_plugin::Manifest;

use crate::load::{SEARCH, beside_the_program};
use crate::{LibraryError, Limits, cage};

/// A folder in which a pipeline's plugins are looked for.
#[derive(Debug)]
pub struct Place {
    /// The folder.
    pub folder: PathBuf,
    /// Why it is searched.
    pub of: PlaceOf,
    /// The shared libraries in it, by name.
    ///
    /// # Errors
    /// Where there is no such folder, or it cannot be read.
    pub libraries: io::Result<Vec<Shelved>>,
}

/// Why a folder is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceOf {
    /// It is the pipeline's own.
    Pipeline,
    /// RECOUP_PLUGIN_PATH names it.
    Variable,
    /// Plugins that come with the program lie there.
    Program,
}

/// A shared library in one of the folders.
#[derive(Debug)]
pub struct Shelved {
    /// The file.
    pub file: PathBuf,
    /// SHA-256 of its bytes and the manifests of its stages.
    ///
    /// # Errors
    /// Why it is no library of stages.
    pub seen: Result<(String, Vec<Manifest>), LibraryError>,
}

/// Every place in which the plugins of a pipeline are looked for, in the order of the search, with what lies there.
/// `pipeline` is the pipeline's folder. A library is looked at in a cage, and not loaded into this process.
pub fn plugins(pipeline: Option<&Path>, limits: Limits) -> Vec<Place> {
    let own = pipeline.map(|folder| (folder.to_owned(), PlaceOf::Pipeline));
    let paths = std::env::var_os(SEARCH).unwrap_or_default();
    // An empty variable is split into one empty path, and that is no folder.
    let named = std::env::split_paths(&paths).filter(|path| !path.as_os_str().is_empty());
    let named = named.map(|folder| (folder, PlaceOf::Variable));
    let program = beside_the_program().into_iter().map(|folder| (folder, PlaceOf::Program));
    let places = own.into_iter().chain(named).chain(program);
    places.map(|(folder, of)| Place { libraries: libraries(&folder, limits), folder, of }).collect()
}

fn libraries(folder: &Path, limits: Limits) -> io::Result<Vec<Shelved>> {
    let mut files = Vec::new();
    for entry in folder.read_dir()? {
        let file = entry?.path();
        if file.to_string_lossy().ends_with(DLL_SUFFIX) && file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    let look = |file: PathBuf| {
        let seen = cage::look(&file, None, limits).map(|seen| (seen.sha256, seen.manifests));
        Shelved { file, seen }
    };
    Ok(files.into_iter().map(look).collect())
}

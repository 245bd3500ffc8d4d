//! Stages from shared libraries, the host's side of the C table.
//!
//! A library is loaded into the process and can do there all that the user can: a hash in the pipeline says which bytes
//! are meant, not that they mean well. It stays loaded until the process ends, because thread-local destructors make
//! unloading unsound; what was loaded once is found again by its hash.
//!
//! The paths for Windows and macOS are written with care and untested.
//!
//! The only module of this crate with unsafe code.
#![allow(unsafe_code)]

mod caged;
mod error;
mod find;
mod heard;
mod native;
mod stage;
mod tables;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{fs, io};

use recoup_model::content_hash;
use recoup_plugin::{Context, Kind, Manifest, StageItem};

pub(crate) use caged::Caged;
pub use error::{LibraryError, Told};
pub use stage::LibraryStage;
use tables::Verbs;

/// A shared library whose tables and manifests were found sound.
#[derive(Debug, Clone)]
pub struct Library {
    path: PathBuf,
    loaded: &'static Loaded,
}

/// What a process keeps of a library, to its end.
#[derive(Debug)]
struct Loaded {
    sha256: String,
    manifests: Vec<Manifest>,
    /// In the order of the manifests.
    verbs: Vec<Verbs>,
}

/// The libraries of the process by their hash.
static LOADED: Mutex<BTreeMap<String, &'static Loaded>> = Mutex::new(BTreeMap::new());

impl Library {
    /// Finds the file of a library: `name` itself or with the system's prefix and suffix (`drones` -> `libdrones.so`),
    /// relative to `base_dir`, the pipeline's folder; a bare name also in each folder of `search`, in order.
    ///
    /// # Errors
    /// [`LibraryError::NotFound`] with every place that was tried.
    pub fn find(name: &str, base_dir: &Path, search: &[PathBuf]) -> Result<PathBuf, LibraryError> {
        find::find(name, base_dir, search)
    }

    /// Loads a library. `expected_sha256` is the hash of its file in hexadecimal; any other bytes are refused before
    /// they can run.
    ///
    /// # Errors
    /// [`LibraryError`] where the file cannot be read, has another hash, or is not a sound library of stages.
    pub fn load(path: &Path, expected_sha256: Option<&str>) -> Result<Library, LibraryError> {
        let unreadable = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound => {
                LibraryError::NotFound { name: path.display().to_string(), tried: vec![path.to_owned()] }
            }
            _ => LibraryError::Unreadable { path: path.to_owned(), source },
        };
        let canonical = fs::canonicalize(path).map_err(unreadable)?;
        let bytes = fs::read(&canonical).map_err(unreadable)?;
        let path = canonical;
        let sha256 = content_hash(&bytes);
        if let Some(expected) = expected_sha256
            && !expected.eq_ignore_ascii_case(&sha256)
        {
            return Err(LibraryError::WrongHash { path, expected: expected.to_owned(), found: sha256 });
        }
        // Held while loading, so that two threads do not load the same bytes twice.
        let mut known = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
        let loaded = match known.get(&sha256) {
            Some(loaded) => loaded,
            None => {
                let entry = native::entry(&path, &bytes)?;
                let (manifests, verbs) = tables::read(entry, &path)?;
                let loaded: &Loaded = Box::leak(Box::new(Loaded { sha256: sha256.clone(), manifests, verbs }));
                known.insert(sha256, loaded);
                loaded
            }
        };
        Ok(Library { path, loaded })
    }

    /// What its stages say of themselves, in the library's order.
    pub fn manifests(&self) -> &[Manifest] {
        &self.loaded.manifests
    }

    /// SHA-256 of the bytes that were loaded, in lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.loaded.sha256
    }

    /// The canonical path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The manifest of the stage called `name`, or of the only stage of that kind.
    ///
    /// # Errors
    /// [`LibraryError`] where there is no such stage, it is of another kind, or the kind leaves a choice.
    pub fn manifest(&self, name: Option<&str>, kind: Kind) -> Result<&Manifest, LibraryError> {
        self.choose(name, kind).map(|at| &self.loaded.manifests[at])
    }

    /// Opens the stage called `name`, or the only stage that reads such items.
    ///
    /// # Errors
    /// As for [`Library::manifest`], and [`LibraryError::Stage`] where the stage refuses its options.
    pub fn open<I: StageItem>(
        &self,
        name: Option<&str>,
        options: &serde_json::Value,
        context: &Context,
    ) -> Result<LibraryStage<I>, LibraryError> {
        let at = self.choose(name, I::KIND)?;
        let name = &self.loaded.manifests[at].name;
        Ok(LibraryStage::open(name, self.loaded.verbs[at], options, context)?)
    }

    /// The stage called `name`, to be served to another process; the only one where no name is given.
    pub(crate) fn caged(&self, name: Option<&str>) -> Result<Caged, LibraryError> {
        let manifests = &self.loaded.manifests;
        let at = match name {
            Some(name) => manifests.iter().position(|manifest| manifest.name == name),
            None => (manifests.len() == 1).then_some(0),
        };
        let at = at.ok_or_else(|| LibraryError::UnknownStage {
            path: self.path.clone(),
            stage: name.unwrap_or_default().to_owned(),
            known: error::list(manifests),
        })?;
        let unwritable = |why: serde_json::Error| LibraryError::Manifest {
            path: self.path.clone(),
            index: u32::try_from(at).unwrap_or(u32::MAX),
            reason: why.to_string(),
        };
        Ok(Caged {
            name: manifests[at].name.clone(),
            manifest: serde_json::to_vec(&manifests[at]).map_err(unwritable)?,
            verbs: self.loaded.verbs[at],
            instance: None,
        })
    }

    fn choose(&self, name: Option<&str>, kind: Kind) -> Result<usize, LibraryError> {
        choose(&self.loaded.manifests, &self.path, name, kind)
    }
}

/// Which of the stages of a library or program is meant.
pub(crate) fn choose(
    manifests: &[Manifest],
    path: &Path,
    name: Option<&str>,
    kind: Kind,
) -> Result<usize, LibraryError> {
    let path = || path.to_owned();
    let Some(name) = name else {
        let fitting: Vec<usize> = (0..manifests.len()).filter(|&at| manifests[at].kind == kind).collect();
        return match fitting[..] {
            [at] => Ok(at),
            [] => Err(LibraryError::NoStageOfKind { path: path(), kind, known: error::list(manifests) }),
            _ => {
                let fitting = error::list(fitting.iter().map(|&at| &manifests[at]));
                Err(LibraryError::SeveralStages { path: path(), kind, known: fitting })
            }
        };
    };
    match manifests.iter().position(|manifest| manifest.name == name) {
        Some(at) if manifests[at].kind == kind => Ok(at),
        Some(at) => Err(LibraryError::WrongKind {
            path: path(),
            stage: name.to_owned(),
            found: manifests[at].kind,
            wanted: kind,
        }),
        None => Err(LibraryError::UnknownStage { path: path(), stage: name.to_owned(), known: error::list(manifests) }),
    }
}

/// The manifest of a stage in JSON, checked before anything of the stage is used.
pub(crate) fn manifest(bytes: &[u8], path: &Path) -> Result<Manifest, LibraryError> {
    tables::checked_manifest(bytes, 0, path)
}

/// The stage called `name`, or all of them where no name is given.
pub(crate) fn pick<'m>(
    manifests: &'m [Manifest],
    path: &Path,
    name: Option<&str>,
) -> Result<&'m [Manifest], LibraryError> {
    let Some(name) = name else { return Ok(manifests) };
    match manifests.iter().position(|manifest| manifest.name == name) {
        Some(at) => Ok(&manifests[at..=at]),
        None => {
            let (stage, known) = (name.to_owned(), error::list(manifests));
            Err(LibraryError::UnknownStage { path: path.to_owned(), stage, known })
        }
    }
}

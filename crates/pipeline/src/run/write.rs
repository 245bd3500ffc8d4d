//! Files that appear whole or not at all, and only below their folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::outcome::RunError;

/// How the names of files begin that are not whole yet.
const PREFIX: &str = ".recoup-";

/// Files to be written together.
pub(crate) struct Batch {
    files: Vec<(PathBuf, PathBuf, Vec<u8>)>,
    taken: BTreeMap<PathBuf, String>,
    prefix: String,
}

impl Default for Batch {
    fn default() -> Self {
        Batch { files: Vec::new(), taken: BTreeMap::new(), prefix: PREFIX.to_owned() }
    }
}

impl Batch {
    /// Files of which those that are not whole yet can be told from everybody else's, for [`Batch::sweep`].
    pub(crate) fn of(owner: &str) -> Self {
        Batch { prefix: format!("{PREFIX}{owner}-"), ..Batch::default() }
    }

    /// Removes what a killed run left in the folders of these files: the owner is known not to be at work.
    pub(crate) fn sweep(&self) {
        let folders: BTreeSet<&Path> = self.files.iter().filter_map(|(_, path, _)| path.parent()).collect();
        for entry in folders.into_iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(&self.prefix) {
                // What cannot be removed is in nobody's way.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Adds a file at `name`, a plain relative path, below `folder`. `who` makes it.
    pub(crate) fn add(&mut self, folder: &Path, name: &Path, bytes: Vec<u8>, who: &str) -> Result<(), RunError> {
        let path = folder.join(name);
        if let Some(other) = self.taken.insert(path.clone(), who.to_owned()) {
            return Err(RunError::Output {
                message: format!("`{other}` and `{who}` both write {}", path.display()),
                help: "give each [[report]] its own path or folder".to_owned(),
            });
        }
        self.files.push((folder.to_owned(), path, bytes));
        Ok(())
    }

    /// The files, each by its path below `folder`, with its bytes.
    pub(crate) fn files(&self, folder: &Path) -> Vec<(PathBuf, &[u8])> {
        let below = |path: &PathBuf| path.strip_prefix(folder).unwrap_or(path).to_owned();
        self.files.iter().map(|(_, path, bytes)| (below(path), bytes.as_slice())).collect()
    }

    /// Writes them all: first every byte to disk under another name, then every name.
    pub(crate) fn commit(self) -> Result<Vec<PathBuf>, RunError> {
        let mut ready = Vec::new();
        for (folder, path, bytes) in self.files {
            let parent = path.parent().unwrap_or(&folder).to_owned();
            inside(&folder, &parent)?;
            let failed = |source| RunError::Io { verb: "write", path: path.clone(), source };
            fs::create_dir_all(&parent).map_err(failed)?;
            ready.push((stage(&parent, &self.prefix, &bytes).map_err(failed)?, parent, path));
        }
        let mut written = Vec::new();
        for (file, parent, path) in ready {
            let failed = |source| RunError::Io { verb: "write", path: path.clone(), source };
            file.persist(&path).map_err(|error| failed(error.error))?;
            sync(&parent).map_err(failed)?;
            written.push(path);
        }
        Ok(written)
    }
}

fn stage(folder: &Path, prefix: &str, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(prefix);
    // A report is as readable as any file of the user's; the default is for secrets.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// A new name lasts once its folder is on the disk.
fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

/// A folder below the output folder may be a link that leads out of it.
fn inside(folder: &Path, parent: &Path) -> Result<(), RunError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| RunError::Io { verb: "create", path, source }
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let folder = fs::canonicalize(folder).map_err(failed(folder))?;
    let there = parent.ancestors().find(|ancestor| ancestor.exists()).unwrap_or(&folder);
    let real = fs::canonicalize(there).map_err(failed(there))?;
    // Above the output folder nothing has been created yet, and nothing leads anywhere.
    if real.starts_with(&folder) {
        return Ok(());
    }
    Err(RunError::Output {
        message: format!("{} leads out of the output folder", parent.display()),
        help: "a report cannot be written through a link to another folder; choose another path, or --out".to_owned(),
    })
}

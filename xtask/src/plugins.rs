//! `cargo xtask plugins`: builds the crates of plugins/ that are shared libraries, and puts them where pipelines
//! look for them.

use std::collections::BTreeMap;
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::chore::{ChoreError, at, cargo, output, workspace};

const HELP: &str = "is the Rust toolchain installed?";

/// What is read of `cargo metadata`.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    target_directory: PathBuf,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    crate_types: Vec<String>,
}

/// What is read of the messages of `cargo build`; other messages have none of it.
#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    filenames: Vec<PathBuf>,
    #[serde(default)]
    manifest_path: PathBuf,
}

pub(crate) fn run(flags: &[&str]) -> Result<(), ChoreError> {
    if let Some(flag) = flags.iter().find(|flag| **flag != "--release") {
        return Err(ChoreError::Usage(format!("plugins takes --release, not `{flag}`")));
    }
    let metadata = output(cargo().args(["metadata", "--no-deps", "--format-version", "1"]), HELP)?;
    let metadata: Metadata = serde_json::from_slice(&metadata).map_err(garbled("cargo metadata"))?;
    let folder = workspace().join("plugins");
    let plugins: Vec<&Package> =
        metadata.packages.iter().filter(|p| p.manifest_path.starts_with(&folder) && p.is_library()).collect();
    if plugins.is_empty() {
        println!("plugins/ holds no crate of type cdylib.");
        return Ok(());
    }

    let mut build = cargo();
    build.args(["build", "--message-format=json-render-diagnostics"]).args(flags);
    for plugin in &plugins {
        build.args(["--package", &plugin.name]);
    }
    let messages = output(&mut build, HELP)?;

    // Beside the program that was built in the same way: there it looks for libraries by name.
    let profile = if flags.contains(&"--release") { "release" } else { "debug" };
    let into = metadata.target_directory.join(profile).join("plugins");
    fs::create_dir_all(&into).map_err(at(&into))?;
    let mut sums = BTreeMap::new();
    for line in messages.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let message: Message = serde_json::from_slice(line).map_err(garbled("cargo build"))?;
        let Some(plugin) = plugins.iter().find(|plugin| plugin.manifest_path == message.manifest_path) else {
            continue;
        };
        for library in message.filenames.iter().filter(|file| file.to_string_lossy().ends_with(DLL_SUFFIX)) {
            let target = install(library, &into, &plugin.library_name())?;
            let bytes = fs::read(&target).map_err(at(&target))?;
            let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
            sums.insert(name, recoup_model::content_hash(&bytes));
        }
    }
    let lines: String = sums.iter().map(|(name, sha256)| format!("{sha256}  {name}\n")).collect();
    let file = into.join("SHA256SUMS");
    fs::write(&file, &lines).map_err(at(&file))?;
    print!("{}:\n{lines}", into.display());
    Ok(())
}

impl Package {
    fn is_library(&self) -> bool {
        self.targets.iter().any(|target| target.crate_types.iter().any(|kind| kind == "cdylib"))
    }

    /// The name by which a pipeline calls the library: that of its folder, `plugins/stix`.
    fn library_name(&self) -> String {
        let folder = self.manifest_path.parent().and_then(Path::file_name).unwrap_or_default();
        format!("{DLL_PREFIX}{}{DLL_SUFFIX}", folder.to_string_lossy())
    }
}

/// Copies beside, then renames: a program that has the old library loaded keeps it whole, and one that starts now
/// finds the old or the new one, never half of it.
fn install(library: &Path, into: &Path, name: &str) -> Result<PathBuf, ChoreError> {
    let target = into.join(name);
    let beside = into.join(format!(".{name}.new"));
    fs::copy(library, &beside).map_err(at(&beside))?;
    fs::rename(&beside, &target).map_err(at(&target))?;
    Ok(target)
}

fn garbled(program: &'static str) -> impl FnOnce(serde_json::Error) -> ChoreError {
    move |error| ChoreError::Garbled { program: program.to_owned(), reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_installed_library_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("plugins");
        fs::create_dir(&into).unwrap();
        let built = folder.path().join("libridge.so");
        for bytes in ["first build", "second"] {
            fs::write(&built, bytes).unwrap();
            let target = install(&built, &into, "libridge.so").unwrap();
            assert_eq!(target, into.join("libridge.so"));
            assert_eq!(fs::read_to_string(target).unwrap(), bytes);
        }
        assert_eq!(fs::read_dir(&into).unwrap().count(), 1, "nothing is left beside");
    }
}

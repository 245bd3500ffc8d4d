//! Which packages the gazetteer is made of: names, versions, licences, hashes.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::build::Places;
use crate::chore::{ChoreError, at};

/// `xtask/data/sources.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sources {
    /// People that a town has to have.
    pub(crate) population: u64,
    /// People from which on a town is looked for under all of its names.
    pub(crate) population_for_alternates: u64,
    /// Countries of which every town and division counts, under all names, by ISO 3166 code.
    pub(crate) dense: Vec<String>,
    /// Further countries of which every division of the second level counts.
    pub(crate) divided: Vec<String>,
    /// The packages.
    pub(crate) package: Vec<Package>,
}

/// A package of a registry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Package {
    /// Its name in the registry, and the folder that it is unpacked into.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// Whose data they are.
    pub(crate) data: String,
    /// Their licence, as an SPDX expression.
    pub(crate) licence: String,
    /// What is taken from it.
    pub(crate) used: String,
    /// How to fetch and unpack it.
    pub(crate) get: Vec<String>,
    /// Hash of the file that the registry gives.
    pub(crate) sha256: String,
    /// Files that are read, below the folder, and their hashes.
    pub(crate) files: BTreeMap<String, String>,
}

/// The files of the packages, as they were when the manifest was written.
pub(crate) struct Packages {
    folder: PathBuf,
}

impl Sources {
    pub(crate) fn read(path: &Path) -> Result<Self, ChoreError> {
        let text = fs::read_to_string(path).map_err(at(path))?;
        toml::from_str(&text).map_err(|error| ChoreError::Input { path: path.to_owned(), reason: error.to_string() })
    }

    /// Whether every town and division of a country counts.
    pub(crate) fn is_dense(&self, country: &str) -> bool {
        self.dense.iter().any(|dense| dense == country)
    }

    /// Whether the divisions of the second level of a country count.
    pub(crate) fn is_divided(&self, country: &str) -> bool {
        self.is_dense(country) || self.divided.iter().any(|divided| divided == country)
    }

    /// Checks that all files are there and are those that the manifest means.
    pub(crate) fn open(&self, folder: &Path) -> Result<Packages, ChoreError> {
        for package in &self.package {
            for (file, expected) in &package.files {
                let path = folder.join(&package.name).join(file);
                let bytes = fs::read(&path).map_err(|source| ChoreError::Input {
                    path: path.clone(),
                    reason: format!("{source}; fetch it with `{}`", package.get.join("; ")),
                })?;
                let found = hex(&bytes);
                if found != *expected {
                    let reason = format!(
                        "this is not {} {}: its SHA-256 is {found}, not {expected}",
                        package.name, package.version
                    );
                    return Err(ChoreError::Input { path, reason });
                }
            }
        }
        Ok(Packages { folder: folder.to_owned() })
    }

    /// What the run manifest names: the hash of the table, and what it is made of.
    pub(crate) fn about(&self, places: &Places, table: &[u8]) -> String {
        let mut about =
            String::from("# What gazetteer.bin is: built by `cargo xtask world`, and not to be edited by hand.\n\n");
        let _ = writeln!(about, "sha256 = \"{}\"", hex(table));
        let _ = writeln!(about, "places = {}", places.list.len());
        let _ = writeln!(about, "names = {}", places.names.len());
        for package in &self.package {
            let _ = writeln!(about, "\n[[source]]");
            for (key, value) in [
                ("package", format!("{} {}", package.name, package.version)),
                ("data", package.data.clone()),
                ("licence", package.licence.clone()),
                ("used", package.used.clone()),
                ("sha256", package.sha256.clone()),
            ] {
                let _ = writeln!(about, "{key} = {}", toml::Value::String(value));
            }
        }
        about
    }
}

impl Packages {
    /// A file of a package as text.
    pub(crate) fn text(&self, package: &str, file: &str) -> Result<String, ChoreError> {
        let path = self.folder.join(package).join(file);
        fs::read_to_string(&path).map_err(at(&path))
    }

    /// A file of a package as JSON.
    pub(crate) fn json<T: DeserializeOwned>(&self, package: &str, file: &str) -> Result<T, ChoreError> {
        let path = self.folder.join(package).join(file);
        serde_json::from_str(&self.text(package, file)?)
            .map_err(|error| ChoreError::Input { path, reason: error.to_string() })
    }
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

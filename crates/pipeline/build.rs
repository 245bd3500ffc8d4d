//! Hashes of the code that reads articles and of the code that weighs claims: what a store keeps is known by who made
//! it, and a version alone does not tell two builds apart.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

fn main() {
    println!("cargo::rustc-env=RECOUP_READS={}", hash(&["model", "plugin", "language", "ingest", "parse", "extract"]));
    println!("cargo::rustc-env=RECOUP_WEIGHS={}", hash(&["model", "plugin", "reconcile"]));
}

/// Hash of the sources and data of some crates of this workspace.
fn hash(crates: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for name in crates {
        for part in ["src", "data", "packs"] {
            let folder = Path::new("..").join(name).join(part);
            if !folder.is_dir() {
                continue;
            }
            println!("cargo::rerun-if-changed={}", folder.display());
            for file in files(&folder) {
                let bytes = fs::read(&file).unwrap_or_default();
                let name = file.to_string_lossy().replace('\\', "/");
                hasher.update((name.len() as u64).to_le_bytes());
                hasher.update(name);
                hasher.update((bytes.len() as u64).to_le_bytes());
                hasher.update(bytes);
            }
        }
    }
    hasher.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

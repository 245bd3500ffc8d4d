//! Manifests: what articles do not say of themselves.
//!
//! ```toml
//! [documents."003"]
//! file = "articles/003.txt"        # relative to the manifest
//! published = 2024-12-16
//! language = "fr"
//! outlet = "Le Quotidien"
//! url = "https://quotidien.example/003"
//! ```

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use miette::NamedSource;
use recoup_model::{Sidecar, content_hash};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::nearest::advice;
use crate::problem::{Problem, SourceFile};
use crate::spanned::{self, Table, Tree};

/// An article that a manifest lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    /// `file` as the manifest has it.
    pub(crate) origin: String,
    pub(crate) path: PathBuf,
    pub(crate) sidecar: Sidecar,
}

/// Why a manifest cannot be used.
pub(crate) enum Flawed {
    /// It cannot be read.
    Missing(io::Error),
    /// It has mistakes, each with its place.
    Mistakes(Vec<Problem>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    file: String,
    #[serde(default, deserialize_with = "day")]
    published: Option<Date>,
    language: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
}

fn day<'de, D: Deserializer<'de>>(text: D) -> Result<Option<Date>, D::Error> {
    let text = String::deserialize(text)?;
    let day = text.parse().map_err(|_| D::Error::custom(format!("`{text}` is no day, expected such as 2024-12-16")))?;
    Ok(Some(day))
}

/// Reads a manifest: its articles in the order of their keys, and its hash.
pub(crate) fn manifest(path: &Path) -> Result<(Vec<Listed>, String), Flawed> {
    let text = std::fs::read_to_string(path).map_err(Flawed::Missing)?;
    let file: SourceFile = Arc::new(NamedSource::new(path.display().to_string(), text.clone()));
    let tree = spanned::parse(&text, &file).map_err(|problem| Flawed::Mistakes(vec![problem]))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut reader = Reader { folder, file: &file, listed: Vec::new(), problems: Vec::new() };
    reader.file(tree.get_ref());
    if reader.problems.is_empty() {
        Ok((reader.listed, content_hash(text.as_bytes())))
    } else {
        Err(Flawed::Mistakes(reader.problems))
    }
}

struct Reader<'f> {
    folder: &'f Path,
    file: &'f SourceFile,
    listed: Vec<Listed>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn file(&mut self, table: &Table<'_>) {
        for (key, value) in table {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("documents", Tree::Table(documents)) => self.documents(documents),
                ("documents", _) => {
                    let problem = Problem::new("manifest::documents", "`documents` holds one table for each article");
                    self.problems.push(problem.at(self.file, value.span()).label("expected [documents.\"KEY\"]"));
                }
                (other, _) => {
                    let problem =
                        Problem::new("pipeline::unknown_key", format!("`{other}` is not a key of a manifest"));
                    let help = advice(other, "valid keys", &["documents"]);
                    self.problems.push(problem.at(self.file, key.span()).label("unknown key").help(help));
                }
            }
        }
    }

    fn documents(&mut self, documents: &Table<'_>) {
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        for (key, value) in documents {
            let entry = match spanned::typed::<Entry>(value) {
                Ok(entry) => entry,
                Err(mistakes) => {
                    self.problems.extend(mistakes.into_iter().map(|mistake| mistake.in_file(self.file)));
                    continue;
                }
            };
            let doc = key.get_ref().to_string();
            if let Some(first) = files.insert(entry.file.clone(), doc.clone()) {
                let message = format!("`{}` is listed twice, as {first:?} and as {doc:?}", entry.file);
                let problem = Problem::new("manifest::listed_twice", message);
                self.problems.push(problem.at(self.file, key.span()).help("one article has one key"));
            }
            self.listed.push(Listed {
                path: self.folder.join(&entry.file),
                origin: entry.file,
                sidecar: Sidecar {
                    doc,
                    published: entry.published,
                    language: entry.language,
                    outlet: entry.outlet,
                    url: entry.url,
                    ..Sidecar::default()
                },
            });
        }
    }
}

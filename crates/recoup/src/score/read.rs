//! Reads what a comparison needs: gold, claims, names, manifest, articles. What cannot be read is told with its line.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use miette::Diagnostic;
use serde::Deserialize;
use serde_json::Value;
use thiserror::Error;

use super::distractors::Distractor;
use super::gold::Entry;
use super::names::{Kind, Names};

/// Why nothing can be compared.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum ScoreError {
    /// A file that is not there or not text.
    #[error("cannot read {file}")]
    #[diagnostic(code(score::unreadable), help("{help}"))]
    Unreadable { file: String, source: io::Error, help: &'static str },
    /// A line that is no JSON, or not what it should be.
    #[error("{file}, line {line}: {reason}")]
    #[diagnostic(code(score::line), help("{help}"))]
    Line { file: String, line: usize, reason: String, help: &'static str },
    /// A file of names or a manifest that is not as it should be.
    #[error("{file}: {reason}")]
    #[diagnostic(code(score::file), help("{help}"))]
    File { file: String, reason: String, help: &'static str },
}

const GOLD: &str = "a gold file has one claim a line, as `recoup claims --format jsonl` prints them, read and corrected by a person; docs/score.md shows one";
const CLAIMS: &str = "print the claims with `recoup claims --format jsonl --manifest manifest.toml`";
const NAMES: &str = "write {\"sources\": {\"Coast Guard\": [\"garde-côtes\"]}, \"places\": {}, \"subjects\": {}}: a name, and the others for it";
const MANIFEST: &str =
    "a manifest has a table for each document: [documents.\"port-strike\"] with `file`; see `recoup claims --help`";
const DISTRACTORS: &str =
    "a line has `doc`, `quote`, `start`, `end` and `kind`: a figure of the article that is no claim";

/// The gold.
pub(crate) fn gold(path: &Path, names: &Names, alternates: bool) -> Result<Vec<Entry>, ScoreError> {
    let read = |line: &Value, number| Entry::read(line, number, names, alternates);
    lines(&shown(path), &text(path, GOLD)?, GOLD, read)
}

/// The claims; `-` is stdin.
pub(crate) fn claims(path: &Path, names: &Names) -> Result<Vec<Entry>, ScoreError> {
    let read = |line: &Value, number| Entry::read(line, number, names, false);
    if path.as_os_str() == "-" {
        let mut input = String::new();
        let unreadable = |source| ScoreError::Unreadable { file: "stdin".to_owned(), source, help: CLAIMS };
        io::stdin().read_to_string(&mut input).map_err(unreadable)?;
        return lines("stdin", &input, CLAIMS, read);
    }
    lines(&shown(path), &text(path, CLAIMS)?, CLAIMS, read)
}

/// Figures that are no claim.
pub(crate) fn distractors(path: &Path) -> Result<Vec<Distractor>, ScoreError> {
    lines(&shown(path), &text(path, DISTRACTORS)?, DISTRACTORS, |line, _| Distractor::read(line))
}

/// Files of names, one after the other.
pub(crate) fn names(paths: &[PathBuf]) -> Result<Names, ScoreError> {
    let mut names = Names::default();
    for path in paths {
        let wrong = |reason: String| ScoreError::File { file: shown(path), reason, help: NAMES };
        let file: Value = serde_json::from_str(&text(path, NAMES)?).map_err(|error| wrong(error.to_string()))?;
        let table = file.as_object().ok_or_else(|| wrong("this is no table of names".to_owned()))?;
        if table.keys().all(|key| Kind::ALL.iter().any(|(_, name)| name == key)) {
            for (key, entries) in table {
                // The condition above found it.
                if let Some((kind, _)) = Kind::ALL.iter().find(|(_, name)| name == key) {
                    add(&mut names, *kind, entries).map_err(wrong)?;
                }
            }
        } else {
            add(&mut names, Kind::Sources, &file).map_err(wrong)?;
        }
    }
    names.settle();
    Ok(names)
}

fn add(names: &mut Names, kind: Kind, entries: &Value) -> Result<(), String> {
    let entries = entries.as_object().ok_or("a kind of names is a table")?;
    for (canonical, others) in entries {
        let wrong = || format!("the names of `{canonical}` must be a list of texts");
        let others: Option<Vec<&str>> = others.as_array().ok_or_else(wrong)?.iter().map(Value::as_str).collect();
        names.add(kind, canonical, &others.ok_or_else(wrong)?);
    }
    Ok(())
}

/// What a manifest says of the documents.
#[derive(Debug, Default)]
pub(crate) struct Manifest {
    /// Key -> language.
    pub(crate) languages: BTreeMap<String, String>,
    /// Key -> text, for the files that are there.
    pub(crate) texts: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct ManifestFile {
    documents: BTreeMap<String, ManifestEntry>,
}

#[derive(Deserialize)]
struct ManifestEntry {
    file: PathBuf,
    language: Option<String>,
}

/// A manifest and the articles that it lists.
pub(crate) fn manifest(path: &Path) -> Result<Manifest, ScoreError> {
    let file: ManifestFile = toml::from_str(&text(path, MANIFEST)?).map_err(|error: toml::de::Error| {
        ScoreError::File { file: shown(path), reason: error.to_string().trim_end().to_owned(), help: MANIFEST }
    })?;
    let mut out = Manifest::default();
    for (key, entry) in file.documents {
        let article = path.with_file_name("").join(&entry.file);
        // An article that is not there is compared by the words of its quotes alone.
        if let Ok(bytes) = fs::read(&article) {
            out.texts.insert(key.clone(), String::from_utf8_lossy(&bytes).into_owned());
        }
        out.languages.extend(entry.language.map(|language| (key, language)));
    }
    Ok(out)
}

fn lines<T>(
    file: &str,
    text: &str,
    help: &'static str,
    read: impl Fn(&Value, usize) -> Result<T, String>,
) -> Result<Vec<T>, ScoreError> {
    let mut out = Vec::new();
    for (line, content) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let (line, content) = (line + 1, content.trim());
        if content.is_empty() || content.starts_with("//") {
            continue;
        }
        let wrong = |reason| ScoreError::Line { file: file.to_owned(), line, reason, help };
        let value: Value = serde_json::from_str(content).map_err(|error| wrong(not_json(&error)))?;
        if !value.is_object() {
            return Err(wrong("this is no claim: a line is a table in { }".to_owned()));
        }
        out.push(read(&value, line).map_err(wrong)?);
    }
    Ok(out)
}

/// The reason and its column; to the reader, the line is that of the file.
fn not_json(error: &serde_json::Error) -> String {
    format!("this is not JSON: {error}").replace(" at line 1 column", " at column")
}

fn text(path: &Path, help: &'static str) -> Result<String, ScoreError> {
    fs::read_to_string(path).map_err(|source| ScoreError::Unreadable { file: shown(path), source, help })
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

//! The theatre of a pipeline: TOML files that say who fights, where, and who speaks of it.

mod check;
mod lint;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use recoup_model::{Hashed, Theatre, content_hash};
use serde::de::DeserializeOwned;
use serde_json::Value;

use self::check::{Entry, Word};
use crate::load;
use crate::nearest::advice;
use crate::problem::{Problem, SourceFile};
use crate::schema::theatre_schema;
use crate::spanned::{self, Spanned, Table, Tree};
use crate::unknown::unknown_keys;

/// Why a theatre cannot be used.
pub(crate) enum Flawed {
    /// It is not there: to be shown where the pipeline names it.
    Missing(Problem),
    /// Its files have mistakes, each with its place.
    Mistakes(Vec<Problem>),
}

/// The tables that may stand several times in a file of a theatre.
const TABLES: [&str; 4] = ["actor", "place", "source", "indicator"];

/// The tables of values that words have, by language.
const WORDS: [&str; 2] = ["vague", "collectives"];

/// The base pack, and what identifies it in a run's manifest.
pub(crate) fn base() -> (Theatre, Vec<Hashed>) {
    let hashed =
        |(name, text): (&str, &str)| Hashed { name: format!("packs/{name}"), sha256: content_hash(text.as_bytes()) };
    (
        recoup_language::world().clone(),
        recoup_language::pack_files().chain(recoup_parse::pack_files()).map(hashed).collect(),
    )
}

/// Reads the theatre at `path`, a folder of `*.toml` in the order of their names or a single file, which the pipeline
/// calls `name`. References may lead to its own entries or to those of `base`.
/// What is odd about its names and stops nothing comes with it.
pub(crate) fn load(path: &Path, name: &str, base: &Theatre) -> Result<(Theatre, Vec<Hashed>, Vec<Problem>), Flawed> {
    let files = files(path, name)?;
    let mut reader = Reader::new();
    let mut hashes = Vec::new();
    for file in &files {
        match load::read(file) {
            Ok((source, text)) => {
                hashes.push(Hashed { name: hash_name(name, path, file), sha256: content_hash(text.as_bytes()) });
                reader.file(&text, &source);
            }
            Err(problem) => reader.problems.push(problem),
        }
    }
    reader.problems.extend(check::check(&reader.entries, &reader.theatre, base));
    if !reader.problems.is_empty() {
        return Err(Flawed::Mistakes(reader.problems));
    }
    let odd = lint::lint(&reader.entries, base);
    Ok((reader.theatre, hashes, odd))
}

/// What is odd about the names in these files, and stops nothing.
pub(crate) fn lint_files(files: &[(SourceFile, &str)], base: &Theatre) -> Vec<Problem> {
    let mut reader = Reader::new();
    for (file, text) in files {
        reader.file(text, file);
    }
    lint::lint(&reader.entries, base)
}

fn files(path: &Path, name: &str) -> Result<Vec<PathBuf>, Flawed> {
    let missing = |message: String| {
        let problem = Problem::new("pipeline::theatre", message).label("no theatre here");
        Flawed::Missing(problem.help("a theatre is a folder of *.toml files, relative to the pipeline's folder"))
    };
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = fs::read_dir(path).map_err(|error| missing(format!("cannot read the theatre `{name}`: {error}")))?;
    // Paths that cannot be listed cannot be read either, and are no files of the theatre.
    let files: BTreeSet<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|file| file.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    if files.is_empty() {
        return Err(missing(format!("there is no *.toml in the theatre `{name}`")));
    }
    Ok(files.into_iter().collect())
}

fn hash_name(name: &str, path: &Path, file: &Path) -> String {
    let below = file.strip_prefix(path).ok().filter(|below| !below.as_os_str().is_empty());
    let name = if Path::new(name).is_absolute() { load::file_name(Path::new(name)) } else { name.to_owned() };
    match below {
        Some(below) => format!("{}/{}", name.trim_end_matches('/'), below.display()),
        None => name,
    }
}

/// Collects what the files of a theatre hold, and what is wrong with them.
struct Reader {
    /// What the keys of the files are checked by.
    schema: Value,
    theatre: Theatre,
    entries: Vec<Entry>,
    problems: Vec<Problem>,
}

impl Reader {
    fn new() -> Self {
        let theatre = Theatre::default();
        Reader { schema: theatre_schema(), theatre, entries: Vec::new(), problems: Vec::new() }
    }

    fn file(&mut self, text: &str, file: &SourceFile) {
        let tree = match spanned::parse(text, file) {
            Ok(tree) => tree,
            Err(problem) => return self.problems.push(problem),
        };
        for (key, value) in tree.get_ref() {
            if let Some(words) = WORDS.into_iter().find(|words| words == key.get_ref()) {
                self.words(words, value, file);
                continue;
            }
            let Some(table) = TABLES.into_iter().find(|table| table == key.get_ref()) else {
                let valid: Vec<&str> = TABLES.into_iter().chain(WORDS).collect();
                let problem = Problem::new("pipeline::unknown_key", format!("`{}` is not a table here", key.get_ref()));
                let help = advice(key.get_ref(), "valid tables", &valid);
                self.problems.push(problem.at(file, key.span()).label("unknown table").help(help));
                continue;
            };
            let Tree::Array(items) = value.get_ref() else {
                let message = format!("`{table}` can stand several times, so its heading has two brackets");
                let problem = Problem::new("pipeline::wrong_type", message).at(file, value.span());
                self.problems.push(problem.label(format!("expected [[{table}]]")));
                continue;
            };
            for item in items.iter() {
                self.entry(table, item, file);
            }
        }
    }

    /// What words stand for, by language.
    fn words(&mut self, table: &'static str, value: &Spanned<Tree<'_>>, file: &SourceFile) {
        let theatre = &mut self.theatre;
        let typed = match table {
            "vague" => spanned::typed(value).map(|words| theatre.vague.extend(words)),
            _ => spanned::typed(value).map(|words| theatre.collectives.extend(words)),
        };
        let unknown = unknown_keys(&self.schema, &self.schema["properties"][table], value);
        let mistakes = typed.err().into_iter().flatten().chain(unknown);
        self.problems.extend(mistakes.map(|mistake| mistake.in_file(file)));
        self.problems.extend(check::values(value, file));
    }

    fn entry(&mut self, table: &'static str, item: &Spanned<Tree<'_>>, file: &SourceFile) {
        if let Tree::Table(values) = item.get_ref() {
            self.entries.extend(Entry::of(table, values, file));
        }
        let theatre = &mut self.theatre;
        let mistakes = match table {
            "actor" => add(&mut theatre.actors, item),
            "place" => add(&mut theatre.places, item),
            "source" => add(&mut theatre.sources, item),
            _ => add(&mut theatre.indicators, item),
        };
        let unknown = unknown_keys(&self.schema, &self.schema["properties"][table]["items"], item);
        self.problems.extend(unknown.into_iter().chain(mistakes).map(|mistake| mistake.in_file(file)));
    }
}

fn add<T: DeserializeOwned>(to: &mut Vec<T>, item: &Spanned<Tree<'_>>) -> Vec<spanned::Mistake> {
    match spanned::typed(item) {
        Ok(typed) => {
            to.push(typed);
            Vec::new()
        }
        Err(mistakes) => mistakes,
    }
}

impl Entry {
    /// What the checks need of a table; `None` without an id, which is a mistake of its own.
    fn of(table: &'static str, values: &Table<'_>, file: &SourceFile) -> Option<Entry> {
        let text = |key: &str| {
            let value = values.get(key)?;
            Some((value.get_ref().as_str()?.to_owned(), value.span()))
        };
        let (id, span) = text("id")?;
        let references = check::references(table)
            .iter()
            .filter_map(|(key, target)| text(key).map(|(value, span)| (*key, *target, value, span)))
            .collect();
        let number = |key: &str| values.get(key).map(|value| (spanned::to_json(value.get_ref()), value.span()));
        let degrees = ["lat", "lon"].map(|key| number(key).and_then(|(n, span)| Some((n.as_f64()?, span))));
        let mut words = Vec::new();
        for key in ["names", "metonyms", "demonyms", "triggers"] {
            if let Some(value) = values.get(key) {
                collect(key, value, &mut words);
            }
        }
        Some(Entry { table, id, span, file: SourceFile::clone(file), references, words, degrees })
    }
}

/// The texts of a list, or of lists by key.
fn collect(key: &str, value: &Spanned<Tree<'_>>, words: &mut Vec<Word>) {
    match value.get_ref() {
        Tree::Array(items) => words.extend(items.iter().filter_map(|item| {
            Some(Word { key: key.to_owned(), text: item.get_ref().as_str()?.to_owned(), span: item.span() })
        })),
        Tree::Table(lists) => {
            for (name, list) in lists {
                collect(&format!("{key}.{}", name.get_ref()), list, words);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_base_pack_is_a_theatre_without_mistakes() {
        let folder = Path::new("../language/data/world");
        let (theatre, ..) = load(folder, "world", &Theatre::default())
            .map_err(|flawed| match flawed {
                Flawed::Missing(problem) => vec![problem],
                Flawed::Mistakes(problems) => problems,
            })
            .unwrap();
        assert_eq!(&theatre, recoup_language::world());
    }
}

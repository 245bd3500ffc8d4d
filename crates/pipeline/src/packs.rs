//! The embedded packs under the eyes of those who own their words: what stands in them twice, or means two things.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use miette::NamedSource;
use recoup_model::Theatre;

use crate::problem::{Problem, Problems, SourceFile};
use crate::spanned::{self, Spanned, Table, Tree};
use crate::theatre;

/// Everything that is odd about the embedded packs: the world and the languages. All of it are warnings.
pub fn check_packs() -> Problems {
    let mut problems = Problems::default();
    let world: Vec<(SourceFile, &str)> =
        files().filter(|(name, _)| !name.contains('/') && is_theatre(name)).map(source).collect();
    problems.extend(theatre::lint_files(&world, &Theatre::default()));
    let classes = classes();
    for language in ["fr", "en"] {
        let nouns = format!("{language}/nouns.toml");
        let known = noun_classes(&nouns);
        for (name, text) in files() {
            let (file, text) = source((name, text));
            let Ok(tree) = spanned::parse(text, &file) else { continue };
            let found = match name.strip_prefix(language) {
                Some("/nouns.toml") => nouns_twice(tree.get_ref(), &file),
                Some("/verbs.toml") => verbs(tree.get_ref(), &file, &known, &classes),
                Some("/words.toml") => words_twice(tree.get_ref(), &file),
                _ => continue,
            };
            problems.extend(found.into_iter().map(Problem::warning));
        }
    }
    problems
}

fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    recoup_language::pack_files()
}

/// Files that hold the tables of a theatre.
fn is_theatre(name: &str) -> bool {
    !matches!(name, "classes.toml" | "gazetteer.toml")
}

fn source((name, text): (&'static str, &'static str)) -> (SourceFile, &'static str) {
    (Arc::new(NamedSource::new(format!("packs/{name}"), text.to_owned())), text)
}

fn text_of(name: &str) -> &'static str {
    files().find(|(known, _)| *known == name).map_or("", |(_, text)| text)
}

/// The groups of noun classes that frames may ask for.
fn classes() -> BTreeSet<String> {
    let table: toml::Table = toml::from_str(text_of("classes.toml")).unwrap_or_default();
    table.keys().cloned().collect()
}

fn noun_classes(file: &str) -> BTreeSet<String> {
    let table: toml::Table = toml::from_str(text_of(file)).unwrap_or_default();
    table.keys().cloned().collect()
}

/// What the words of a language pack carry: indicators by verb and by noun.
pub(crate) struct Vocabulary {
    pub(crate) verbs: BTreeMap<String, BTreeSet<String>>,
    pub(crate) nouns: BTreeMap<String, BTreeSet<String>>,
}

impl Vocabulary {
    /// Of a language by its code; empty where there is no pack for it.
    pub(crate) fn of(language: &str) -> Self {
        let mut vocabulary = Vocabulary { verbs: BTreeMap::new(), nouns: BTreeMap::new() };
        let verbs: toml::Table = toml::from_str(text_of(&format!("{language}/verbs.toml"))).unwrap_or_default();
        for (lemma, verb) in &verbs {
            let frames = verb.get("f").and_then(toml::Value::as_array).into_iter().flatten();
            for indicator in frames.filter_map(toml::Value::as_str).filter_map(|f| f.split(' ').next()) {
                vocabulary.verbs.entry(lemma_of(lemma).to_owned()).or_default().insert(indicator.to_owned());
            }
        }
        let nouns: toml::Table = toml::from_str(text_of(&format!("{language}/nouns.toml"))).unwrap_or_default();
        for class in nouns.values() {
            let Some(indicator) = class.get("indicator").and_then(toml::Value::as_str) else { continue };
            let words = class.get("words").and_then(toml::Value::as_array).into_iter().flatten();
            for word in words.filter_map(toml::Value::as_str) {
                vocabulary.nouns.entry(singular(word).to_owned()).or_default().insert(indicator.to_owned());
            }
        }
        vocabulary
    }
}

/// A homograph carries a number.
fn lemma_of(lemma: &str) -> &str {
    lemma.split('.').next().unwrap_or(lemma)
}

/// Without an irregular plural.
fn singular(word: &str) -> &str {
    word.split('/').next().unwrap_or(word)
}

fn texts<'t>(value: &'t Spanned<Tree<'t>>) -> Vec<(&'t str, Range<usize>)> {
    match value.get_ref() {
        Tree::Array(items) => items.iter().filter_map(|i| Some((i.get_ref().as_str()?, i.span()))).collect(),
        _ => Vec::new(),
    }
}

fn inner<'t>(value: &'t Spanned<Tree<'t>>) -> Option<&'t Table<'t>> {
    match value.get_ref() {
        Tree::Table(table) => Some(table),
        _ => None,
    }
}

/// Reports a word that is listed twice, in the place of the second.
struct Once<'t> {
    file: &'t SourceFile,
    seen: BTreeMap<(String, String), String>,
    problems: Vec<Problem>,
}

impl<'t> Once<'t> {
    fn of(file: &'t SourceFile) -> Self {
        Once { file, seen: BTreeMap::new(), problems: Vec::new() }
    }

    /// `kind` keeps apart what may share words.
    fn add(&mut self, kind: &str, word: &str, place: &str, span: Range<usize>) {
        let key = (kind.to_owned(), word.to_lowercase());
        let Some(first) = self.seen.get(&key) else {
            self.seen.insert(key, place.to_owned());
            return;
        };
        let message = match first == place {
            true => format!("`{word}` stands twice in `{place}`"),
            false => format!("`{word}` stands in `{first}` and in `{place}`"),
        };
        let problem = Problem::new("pack::listed_twice", message).label("second time");
        self.problems.push(problem.at(self.file, span).help("a word has one reading: leave one of them out"));
    }
}

/// A noun of two classes, or twice in one.
fn nouns_twice(table: &Table<'_>, file: &SourceFile) -> Vec<Problem> {
    let mut once = Once::of(file);
    for (class, value) in table {
        // Speakers may be counted too, and the names of bodies begin with any word.
        let Some(words) = inner(value).and_then(|class| class.get("words")) else { continue };
        if matches!(class.get_ref().as_ref(), "bodies" | "roles" | "documents") {
            continue;
        }
        for (word, span) in texts(words) {
            once.add("noun", singular(word), class.get_ref(), span);
        }
    }
    once.problems
}

/// Verbs with a number that have the forms of another, and frames that ask for a class that is not there.
fn verbs(table: &Table<'_>, file: &SourceFile, nouns: &BTreeSet<String>, groups: &BTreeSet<String>) -> Vec<Problem> {
    let mut once = Once::of(file);
    let mut problems = Vec::new();
    for (lemma, value) in table {
        let Some(verb) = inner(value) else { continue };
        if let Some(conjugation) = verb.get("c") {
            let forms = spanned::to_json(conjugation.get_ref()).to_string();
            once.add(&forms, lemma_of(lemma.get_ref()), lemma_of(lemma.get_ref()), lemma.span());
        }
        for (frame, span) in verb.get("f").map(texts).unwrap_or_default() {
            let (text, object) = frame.split_once(" + ").map_or((frame, None), |(text, object)| (text, Some(object)));
            let classes = text.split(' ').nth(2).into_iter().flat_map(|classes| classes.split('|'));
            let known = |class: &str| {
                matches!(class, "any" | "none" | "place")
                    || class.starts_with("unit:")
                    || nouns.contains(class)
                    || groups.contains(class)
            };
            for class in classes.chain(object).filter(|class| !known(class)) {
                let message = format!("`{}` asks for the class `{class}`, which is not there", lemma.get_ref());
                problems.push(Problem::new("pack::unknown_class", message).at(file, span.clone()));
            }
        }
    }
    problems.extend(once.problems);
    problems
}

/// A phrase of two bounds, or of two intervals.
fn words_twice(table: &Table<'_>, file: &SourceFile) -> Vec<Problem> {
    let mut once = Once::of(file);
    for (class, value) in table.get("bounds").and_then(inner).into_iter().flatten() {
        // What stands before a figure and behind it may differ.
        let side = if class.get_ref().ends_with("_after") { "behind" } else { "before" };
        for (word, span) in texts(value) {
            once.add(side, word, class.get_ref(), span);
        }
    }
    for (name, side) in [("vague", "interval"), ("collectives", "interval")] {
        for (word, _) in table.get(name).and_then(inner).into_iter().flatten() {
            once.add(side, word.get_ref(), name, word.span());
        }
    }
    once.problems
}

//! What no type can tell of a theatre: names that name nothing, ids given twice, places off the globe.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use recoup_model::Theatre;
use serde_json::Value;

use crate::nearest::nearest;
use crate::problem::{Problem, SourceFile};
use crate::spanned::{self, Spanned, Tree};

/// One entry of a theatre with the places of what is checked.
pub(super) struct Entry {
    pub(super) table: &'static str,
    pub(super) id: String,
    pub(super) span: Range<usize>,
    pub(super) file: SourceFile,
    /// Key, table that it leads to, id, place.
    pub(super) references: Vec<(&'static str, &'static str, String, Range<usize>)>,
    /// Every name or trigger.
    pub(super) words: Vec<Word>,
    /// Latitude and longitude with their places.
    pub(super) degrees: [Option<(f64, Range<usize>)>; 2],
}

/// A name or trigger as written, with the key that it stands under: `names`, `demonyms.fr`, `triggers.fr.nouns`.
pub(super) struct Word {
    pub(super) key: String,
    pub(super) text: String,
    pub(super) span: Range<usize>,
}

/// The keys of a table that hold an id, with the table where it is looked up.
pub(super) fn references(table: &str) -> &'static [(&'static str, &'static str)] {
    match table {
        "actor" => &[("side", "actor"), ("place", "place")],
        "place" => &[("within", "place")],
        "source" => &[("actor", "actor"), ("side", "actor"), ("of", "source")],
        _ => &[],
    }
}

/// Everything that is wrong with the entries of a theatre on top of `base`.
pub(super) fn check(entries: &[Entry], own: &Theatre, base: &Theatre) -> Vec<Problem> {
    let mut known: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for theatre in [own, base] {
        known.entry("actor").or_default().extend(theatre.actors.iter().map(|a| a.id.as_str()));
        known.entry("place").or_default().extend(theatre.places.iter().map(|p| p.id.as_str()));
        known.entry("source").or_default().extend(theatre.sources.iter().map(|s| s.id.as_str()));
    }
    // An entry with another mistake has an id all the same.
    for entry in entries {
        known.entry(entry.table).or_default().push(&entry.id);
    }
    let within: BTreeMap<&str, &str> = (base.places.iter().chain(&own.places))
        .filter_map(|place| Some((place.id.as_str(), place.within.as_deref()?)))
        .collect();
    let mut seen: BTreeMap<(&str, &str), &Entry> = BTreeMap::new();
    let mut problems = Vec::new();
    for entry in entries {
        if let Some(first) = seen.insert((entry.table, &entry.id), entry) {
            problems.push(duplicate(entry, first));
        }
        if entry.table == "indicator" && !is_dotted(&entry.id) {
            let message =
                format!("the indicator `{}` needs a name of two lower-case words with a dot between", entry.id);
            let problem = Problem::new("theatre::indicator", message).at(&entry.file, entry.span.clone());
            problems.push(problem.label("expected such as \"water.cut_off\""));
        }
        for (key, table, id, span) in &entry.references {
            let known = known.get(table).map(Vec::as_slice).unwrap_or_default();
            if let Some(part) = id.split('+').find(|part| !known.contains(part)) {
                problems.push(dangling(key, table, part, known).at(&entry.file, span.clone()));
            } else if *key == "within" && in_circle(&entry.id, &within) {
                let problem =
                    Problem::new("theatre::circle", format!("`{}` lies within itself, by way of `{id}`", entry.id));
                let help = "`within` names the next larger place, and a country stands in none or in a theatre";
                problems.push(problem.at(&entry.file, span.clone()).help(help));
            }
        }
        problems.extend(off_the_globe(entry));
    }
    problems
}

/// The values of words that no figure can have: below nothing, or from more to less.
pub(super) fn values(languages: &Spanned<Tree<'_>>, file: &SourceFile) -> Vec<Problem> {
    (entries(languages).flat_map(|(_, words)| entries(words)))
        .filter_map(|(word, value)| {
            let numbers = match spanned::to_json(value.get_ref()) {
                Value::Array(numbers) => numbers.iter().filter_map(Value::as_f64).collect(),
                number => Vec::from_iter(number.as_f64()),
            };
            let ordered = numbers.is_sorted() && numbers.iter().all(|number| *number >= 0.0);
            let expected = match numbers.len() {
                1 => "expected 0 or more",
                _ => "expected such as [20, 99], the lower number first",
            };
            let problem = Problem::new("theatre::interval", format!("`{}` cannot stand for this", word.get_ref()));
            (!ordered).then(|| problem.at(file, value.span()).label(expected))
        })
        .collect()
}

/// What stands in a table; nothing where it is none.
fn entries<'t>(
    tree: &'t Spanned<Tree<'_>>,
) -> impl Iterator<Item = (&'t Spanned<Cow<'t, str>>, &'t Spanned<Tree<'t>>)> {
    let table = if let Tree::Table(table) = tree.get_ref() { Some(table) } else { None };
    table.into_iter().flatten()
}

fn duplicate(entry: &Entry, first: &Entry) -> Problem {
    let line = |e: &Entry| e.file.inner().get(..e.span.start).map_or(0, |text| text.matches('\n').count()) + 1;
    Problem::new("theatre::duplicate_id", format!("the {} `{}` is given twice", entry.table, entry.id))
        .at(&entry.file, entry.span.clone())
        .label("second entry with this id")
        .help(format!("the first is on line {} of {}; make one entry of the two", line(first), first.file.name()))
}

fn dangling(key: &str, table: &str, id: &str, known: &[&str]) -> Problem {
    let an = if table.starts_with('a') { "an" } else { "a" };
    let problem = Problem::new("theatre::unknown_id", format!("`{key}` names {an} {table} that is not there: `{id}`"));
    let problem = problem.label(format!("no {table} has this id"));
    match nearest(id, known.iter().copied()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help(format!("add a [[{table}]] with `id = \"{id}\"`, or correct the name")),
    }
}

fn is_dotted(id: &str) -> bool {
    let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    id.split('.').count() >= 2 && id.split('.').all(word)
}

fn in_circle<'t>(id: &'t str, within: &BTreeMap<&'t str, &'t str>) -> bool {
    let mut at = id;
    for _ in 0..=within.len() {
        match within.get(at) {
            Some(outer) if *outer == id => return true,
            Some(outer) => at = outer,
            None => return false,
        }
    }
    false
}

fn off_the_globe(entry: &Entry) -> Vec<Problem> {
    let [lat, lon] = &entry.degrees;
    let mut problems = Vec::new();
    for (name, degrees, limit) in [("lat", lat, 90.0), ("lon", lon, 180.0)] {
        if let Some((value, span)) = degrees
            && !(-limit..=limit).contains(value)
        {
            let problem =
                Problem::new("theatre::off_the_globe", format!("`{name}` is {value}, and ends at {limit} degrees"));
            let problem = problem.at(&entry.file, span.clone()).label(format!("expected -{limit} to {limit}"));
            problems.push(problem.help("decimal degrees, north and east are positive"));
        }
    }
    if let (Some((_, span)), None) | (None, Some((_, span))) = (lat, lon) {
        let problem = Problem::new("theatre::half_a_point", format!("`{}` has only one of `lat` and `lon`", entry.id));
        problems.push(problem.at(&entry.file, span.clone()).label("half of a point").help("give both, or none"));
    }
    problems
}

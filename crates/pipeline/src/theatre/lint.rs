//! What a theatre can do without or cannot mean: names that match nothing, that are given twice, that stand for two.
//! None of it stops a pipeline.

use std::collections::BTreeMap;

use recoup_language::Tokens;
use recoup_language::lexicon::Vocabulary;
use recoup_model::{Theatre, fold};

use super::check::{Entry, Word};
use crate::packs;
use crate::problem::Problem;

/// The mark of names that are found in exactly their spelling.
const EXACT: &str = "case:";

/// Everything that is odd about the names of a theatre on top of `base`.
pub(super) fn lint(entries: &[Entry], base: &Theatre) -> Vec<Problem> {
    let mut problems = Vec::new();
    for entry in entries {
        for word in &entry.words {
            problems.extend(dead(entry, word));
        }
        problems.extend(repeated(entry));
    }
    problems.extend(shared(entries, base));
    problems.extend(triggers(entries));
    problems.into_iter().map(Problem::warning).collect()
}

fn at(entry: &Entry, word: &Word, problem: Problem) -> Problem {
    problem.at(&entry.file, word.span.clone())
}

/// A name that no text can hold.
fn dead(entry: &Entry, word: &Word) -> Option<Problem> {
    let problem = |message: String, help: &'static str| {
        Some(at(entry, word, Problem::new("theatre::dead_name", message).label("matches nothing").help(help)))
    };
    let bare = word.text.strip_prefix(EXACT).unwrap_or(&word.text);
    if fold(bare).is_empty() {
        return problem(format!("`{}` has no letter or digit", word.text), "leave it out, or write a name");
    }
    if bare.starts_with(char::is_whitespace) && bare.len() < word.text.len() {
        return problem(
            format!("`{}` has a blank behind `case:`", word.text),
            "the name follows at once: \"case:AIDE\"",
        );
    }
    let marked = word.text.get(..EXACT.len()).is_some_and(|start| start.eq_ignore_ascii_case(EXACT));
    if marked && bare.len() == word.text.len() {
        return problem(format!("`{}` begins with another spelling of `case:`", word.text), "write `case:` so");
    }
    if marked && entry.table == "indicator" {
        return problem(
            format!("`{}` is a trigger, and triggers have no `case:`", word.text),
            "triggers are matched without case, in their dictionary form",
        );
    }
    if word.text.contains('|') && word.key != "demonyms.fr" {
        return problem(
            format!("`{}` has a bar, which only French demonyms have", word.text),
            "give each form as a name of its own",
        );
    }
    None
}

/// How a name is matched: its words, folded; in this spelling only or not; with a capital or not.
fn matched(text: &str) -> (Vec<String>, Option<&str>, bool) {
    let exact = text.strip_prefix(EXACT);
    let bare = exact.unwrap_or(text);
    let tokens = Tokens::new(bare, &Vocabulary::default());
    let words = (0..tokens.len()).map(|i| tokens.folded(i).to_owned()).collect();
    (words, exact, bare.chars().next().is_some_and(char::is_uppercase))
}

/// A name that an entry has already.
fn repeated(entry: &Entry) -> Vec<Problem> {
    let mut seen: BTreeMap<_, &Word> = BTreeMap::new();
    let mut problems = Vec::new();
    for word in &entry.words {
        let (words, exact, capital) = matched(&word.text);
        if fold(&word.text).is_empty() {
            continue;
        }
        if let Some(first) = seen.get(&(word.key.clone(), words.clone(), exact, capital)) {
            let message = format!("`{}` is given twice for the {} `{}`", word.text, entry.table, entry.id);
            let problem = Problem::new("theatre::repeated_name", message).label("adds nothing");
            let help = match first.text == word.text {
                true => "leave one of them out".to_owned(),
                false => {
                    format!(
                        "names are matched without case, diacritics, hyphens and the dots of acronyms, so `{}` finds it too",
                        first.text
                    )
                }
            };
            problems.push(at(entry, word, problem.help(help)));
        } else {
            seen.insert((word.key.clone(), words, exact, capital), word);
        }
    }
    problems
}

/// A name of two actors, or of two sources.
fn shared(entries: &[Entry], base: &Theatre) -> Vec<Problem> {
    let mut problems = Vec::new();
    for table in ["actor", "source"] {
        // By the words: the id, the spelling where no other is meant, and whether the world pack has it.
        let mut owners: BTreeMap<Vec<String>, (&str, Option<&str>, bool)> = BTreeMap::new();
        // Of two sources the theatre's is meant, so that it may take a name from the world.
        for actor in base.actors.iter().filter(|_| table == "actor") {
            for name in &actor.names {
                let (words, exact, _) = matched(name);
                owners.entry(words).or_insert((&actor.id, exact, true));
            }
        }
        for entry in entries.iter().filter(|entry| entry.table == table) {
            // Of two actors the one that takes part in the conflict is meant.
            let sided = entry.references.iter().any(|(key, ..)| *key == "side");
            for word in entry.words.iter().filter(|word| word.key == "names") {
                let (words, exact, _) = matched(&word.text);
                let (owner, other, in_base) = *owners.entry(words).or_insert((&entry.id, exact, false));
                let apart = exact.is_some() && other.is_some() && exact != other;
                if owner == entry.id || apart || in_base && sided {
                    continue;
                }
                let whose = if in_base { " of the world pack" } else { "" };
                let message = format!("`{}` is also a name of the {table} `{owner}`{whose}", word.text);
                let label = format!("stands for `{}` here", entry.id);
                let help = match table {
                    "actor" => {
                        "who has a `side` is meant, else whose country the text names most: if neither tells, one is never found"
                    }
                    _ => "the one that stands last is meant: give the name to one of the two",
                };
                let problem = Problem::new("theatre::shared_name", message).label(label).help(help);
                problems.push(at(entry, word, problem));
            }
        }
    }
    problems
}

/// A trigger that the language pack or another indicator has already.
fn triggers(entries: &[Entry]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut own: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    let mut packs: BTreeMap<&str, packs::Vocabulary> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.table == "indicator") {
        for word in &entry.words {
            let mut parts = word.key.split('.').skip(1);
            let (Some(language), Some(kind)) = (parts.next(), parts.next()) else { continue };
            let pack = match language {
                "fr" | "en" => packs.entry(language).or_insert_with_key(|l| packs::Vocabulary::of(l)),
                _ => continue,
            };
            let used = if kind == "nouns" { pack.nouns.get(&word.text) } else { pack.verbs.get(&word.text) };
            if let Some(indicators) = used.filter(|used| !used.contains(&entry.id)) {
                let indicators: Vec<String> = indicators.iter().map(|i| format!("`{i}`")).collect();
                let message = format!("`{}` already carries {} in the pack", word.text, indicators.join(", "));
                let problem = Problem::new("theatre::shadowed_trigger", message).label("read before that");
                let help =
                    "where both fit, a word says one thing, the indicator of the theatre: the other loses claims";
                problems.push(at(entry, word, problem.help(help)));
            }
            match own.get(&(word.key.as_str(), word.text.as_str())) {
                Some(other) if *other != entry.id => {
                    let message = format!("`{}` is also a trigger of `{other}`", word.text);
                    let problem = Problem::new("theatre::shadowed_trigger", message).label("read before that");
                    problems.push(at(entry, word, problem.help("give it to one of the two")));
                }
                Some(_) => {}
                None => {
                    own.insert((&word.key, &word.text), &entry.id);
                }
            }
        }
    }
    problems
}

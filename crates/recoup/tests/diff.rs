//! `recoup diff`.

#![allow(clippy::unwrap_used)]

mod common;

use common::{Desk, ENGLISH, ridge};
use insta::assert_snapshot;
use serde_json::Value;

/// The next day the front gives more, and speaks of prisoners for the first time.
const NEXT_DAY: &str = "+++
published = 2025-03-22
language = \"en\"
outlet = \"Gao Courier\"
+++

The Sahel Front said on Saturday that sixty Malian soldiers were killed on Tuesday near Tessit. It captured four Malian
soldiers near Tessit on Tuesday, the Sahel Front said.
";

/// A folder with the reports of two days, each as a file and as what was kept.
fn two_days() -> Desk {
    let desk = ridge();
    desk.output(&["run", ".", "--keep", "before"]);
    desk.write("articles/next.txt", NEXT_DAY);
    desk.output(&["run", ".", "--keep", "after"]);
    desk
}

const BEFORE: &str = "out/2025-03-15_2025-03-21.json";
const AFTER: &str = "out/2025-03-16_2025-03-22.json";

#[test]
fn two_reports_differ_by_the_words_that_came() {
    assert_snapshot!(two_days().session(&["diff", BEFORE, AFTER]));
}

#[test]
fn what_came_goes_when_the_sides_change_places() {
    assert_snapshot!(two_days().session(&["diff", AFTER, BEFORE, "--exit-code"]));
}

#[test]
fn a_folder_that_was_kept_says_the_same_as_the_report() {
    let desk = two_days();
    let changes = |from: &str, to: &str| {
        let diff: Value = serde_json::from_str(&desk.stdout(&["diff", from, to, "--format", "json"])).unwrap();
        diff["changes"].clone()
    };
    assert!(!changes(BEFORE, AFTER).as_array().unwrap().is_empty());
    assert_eq!(changes(BEFORE, AFTER), changes("before", "after"));
    assert_eq!(changes(BEFORE, AFTER), changes("before", AFTER));
}

#[test]
fn findings_alone_can_be_compared() {
    let desk = two_days();
    let whole = desk.stdout(&["diff", "before", "after"]);
    for file in ["before/claims.jsonl", "before/documents.jsonl", "after/claims.jsonl", "after/documents.jsonl"] {
        std::fs::remove_file(desk.path(file)).unwrap();
    }
    let without_words: Vec<&str> = whole.lines().filter(|line| !line.trim_start().starts_with('+')).collect();
    assert!(without_words.len() < whole.lines().count());
    assert_eq!(desk.stdout(&["diff", "before", "after"]).lines().collect::<Vec<_>>(), without_words);
}

#[test]
fn the_comparison_as_json_names_both_sides_and_the_claims() {
    let desk = two_days();
    let diff: Value = serde_json::from_str(&desk.stdout(&["diff", BEFORE, AFTER, "--format", "json"])).unwrap();
    let in_short = |change: &Value| {
        let words = |of: &str| change[of].as_array().unwrap().iter().map(|c| c["quote"].clone()).collect::<Vec<_>>();
        format!(
            "{} {} came {:?} went {:?}",
            change["change"],
            change["after"]["indicator"],
            words("came"),
            words("went")
        )
    };
    let changes: Vec<String> = diff["changes"].as_array().unwrap().iter().map(in_short).collect();
    assert_snapshot!(format!("{}\n{}\n{}", diff["before"], diff["after"], changes.join("\n")));
}

#[test]
fn a_report_does_not_differ_from_itself() {
    let desk = two_days();
    assert_snapshot!(desk.session(&["diff", AFTER, AFTER, "--exit-code"]));
    assert!(desk.output(&["diff", "after", "after", "--exit-code"]).status.success());
}

#[test]
fn a_run_compares_itself_with_the_report_before() {
    // What a report says of the period before is what `diff` says of the two reports.
    let desk = ridge();
    desk.write("articles/earlier.txt", ENGLISH.replace("2025-03-20", "2025-03-12").replace("seventeen", "three"));
    desk.output(&["run", ".", "--as-of", "2025-03-14"]);
    desk.output(&["run", "."]);
    let report: Value =
        serde_json::from_str(&std::fs::read_to_string(desk.path("out/2025-03-15_2025-03-21.json")).unwrap()).unwrap();
    let arguments = ["diff", "out/2025-03-08_2025-03-14.json", "out/2025-03-15_2025-03-21.json", "--format", "json"];
    let diff: Value = serde_json::from_str(&desk.stdout(&arguments)).unwrap();
    let kinds = |of: &Value| -> Vec<(Value, Value)> {
        of["changes"].as_array().unwrap().iter().map(|c| (c["change"].clone(), c["finding"].clone())).collect()
    };
    assert!(!kinds(&report).is_empty());
    assert_eq!(kinds(&report), kinds(&diff));
}

#[test]
fn what_is_no_report_is_told_with_its_place() {
    let desk = two_days();
    desk.write("empty/notes.txt", "nothing");
    desk.write("broken/findings.jsonl", "{\"id\": \"f_1\"}\n");
    desk.write("broken.json", "{\n  \"head\": 7\n}\n");
    let sessions = ["absent.json", "empty", "broken", "broken.json", "after/findings.jsonl"]
        .map(|report| desk.session(&["diff", report, AFTER]));
    assert_snapshot!(sessions.join("\n"));
}

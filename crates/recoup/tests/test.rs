//! `recoup test`: what a pipeline's own texts should yield.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;

use common::{Desk, PIPELINE, ridge};
use insta::assert_snapshot;

/// Two tests that hold.
const SOUND: &str = r#"
[[test]]
name = "a floor and its source"
text = "At least seventeen Malian soldiers were killed on Tuesday near Tessit, the Malian army staff said."
published = 2025-03-20
expect = [{ quote = "At least seventeen Malian soldiers", figure = "17..", subject = "mali", places = ["Tessit"], time = 2025-03-18, sources = ["Malian army staff"], stance = "asserted", part_of = false }]

[[test]]
name = "a market is no claim"
text = "The market of Gao opened at nine on Tuesday."
expect = []
"#;

/// Tests that do not hold, each in its way.
const BROKEN: &str = r#"
[[test]]
name = "another figure and another place"
text = "Nine Malian soldiers were killed on Tuesday near Tessit, and twelve were wounded."
published = 2025-03-20

[[test.expect]]
indicator = "casualties.wounded"
figure = "12"

[[test.expect]]
indicator = "casualties.killed"
figure = "9.."
places = ["Gao"]

[[test]]
name = "one too many"
text = "Nine Malian soldiers were killed near Tessit."
expect = []

[[test]]
name = "one that is not there"
text = "The market of Gao opened at nine."
expect = [{ indicator = "casualties.killed", object = "-" }]

[[test]]
name = "shown otherwise"
text = "Nine Malian soldiers were killed near Tessit."
expect_text = """
Nine Malian soldiers were killed near Tessit.
no claim
"""
"#;

fn with_tests(tests: &str) -> Desk {
    let desk = ridge();
    desk.write("pipeline.toml", format!("{PIPELINE}{tests}"));
    desk
}

#[test]
fn tests_that_hold_take_a_line_each() {
    assert_snapshot!(with_tests(SOUND).session(&["test"]));
}

#[test]
fn tests_that_do_not_hold_show_what_differs() {
    assert_snapshot!(with_tests(BROKEN).session(&["test", "."]));
}

#[test]
fn differences_are_coloured_where_that_is_wanted() {
    let shown = with_tests(BROKEN).stdout(&["test", "--filter", "shown otherwise", "--color", "always"]);
    assert!(shown.contains("\u{1b}[31m  - no claim\u{1b}[0m\n"), "{shown}");
    assert!(shown.contains("\u{1b}[32m  + ^^^^^^^^^^^^^^^^^^^^\u{1b}[0m\n"), "{shown}");
}

#[test]
fn some_tests_are_chosen_by_name() {
    let desk = with_tests(SOUND);
    assert_snapshot!(desk.session(&["test", "--filter", "market"]) + &desk.session(&["test", "--filter", "harbour"]));
}

#[test]
fn a_pipeline_without_tests_passes() {
    let desk = ridge();
    assert_snapshot!(desk.session(&["test"]) + &desk.session(&["test", "--filter", "harbour"]));
}

#[test]
fn what_is_accepted_stands_in_the_file_and_all_else_stays() {
    let tests = r#"
[[test]]   # shown otherwise
name = "shown otherwise"
expect_text = "no claim"   # written by hand
text = "Nine Malian soldiers were killed near Tessit."

[[test]]
name = "nothing expected yet"
text = """
Près de quarante soldats maliens auraient été tués mardi près de Tessit, affirme le Front du Sahel."""   # two lines
language = "fr"
published = 2025-03-21   # a Friday

[[test]]
name = "one too many"
text = "Nine Malian soldiers were killed near Tessit."
expect = []
"#;
    let desk = with_tests(tests);
    let mut seen = desk.session(&["test", "--accept"]);
    let written = fs::read_to_string(desk.path("pipeline.toml")).unwrap();
    seen += written.strip_prefix(PIPELINE).unwrap();
    seen += &desk.session(&["test", "--accept", "--filter", "o"]);
    assert_eq!(fs::read_to_string(desk.path("pipeline.toml")).unwrap(), written, "nothing is left to accept");
    assert_snapshot!(seen);
}

#[test]
fn tests_in_braces_and_files_of_another_system_are_accepted_too() {
    let tests = "test = [{ name = \"in braces\", text = \"Nine Malian soldiers were \\\"killed\\\" near Tessit.\" }]\n";
    for (tests, end) in [(tests.to_owned(), "\n"), ("[[test]]\ntext = \"The market opened.\"\n".to_owned(), "\r\n")] {
        let (head, rest) = PIPELINE.split_once("\n[[").unwrap();
        let text = match tests.starts_with("test") {
            true => format!("{head}\n{tests}\n[[{rest}"),
            false => format!("{PIPELINE}\n{tests}"),
        };
        let desk = ridge();
        desk.write("pipeline.toml", text.replace('\n', end));
        assert_eq!(desk.output(&["test", "--accept"]).status.code(), Some(0));
        let written = fs::read_to_string(desk.path("pipeline.toml")).unwrap();
        assert_eq!(written.matches('\n').count(), written.matches(end).count(), "{written}");
        assert_eq!(desk.output(&["test"]).status.code(), Some(0), "{written}");
    }
}

#[test]
fn a_mistake_in_what_is_expected_is_shown_where_it_stands() {
    let tests = SOUND.replace("figure = \"17..\"", "figure = \"at least 17\"").replace("subject =", "subjct =");
    assert_snapshot!(with_tests(&tests).session(&["test"]));
}

#[test]
fn a_text_that_cannot_be_read_fails_with_the_reason() {
    assert_snapshot!(with_tests("\n[[test]]\ntext = \" \"\nexpect = []\n").session(&["test"]));
}

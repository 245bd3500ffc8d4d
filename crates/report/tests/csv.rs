//! The tables.

#![allow(clippy::unwrap_used)]

mod common;

use common::{context, files, sample, told};
use recoup_report::Csv;
use serde_json::{Value, json};

/// The files, line ends made visible.
fn tables(options: Value, language: &str) -> Vec<(String, String)> {
    let made = files::<Csv>(options, &context(), sample(language)).unwrap();
    made.into_iter().map(|(name, text)| (name, text.replace("\r\n", "\n"))).collect()
}

fn table(name: &str, language: &str) -> String {
    let mut made = tables(json!({"table": name}), language);
    assert_eq!(made.len(), 1);
    made.remove(0).1
}

#[test]
fn findings() {
    insta::assert_snapshot!(table("findings", "en"));
}

#[test]
fn positions_in_french() {
    insta::assert_snapshot!(table("positions", "fr"));
}

#[test]
fn positions_in_english() {
    insta::assert_snapshot!(table("positions", "en"));
}

#[test]
fn disagreements() {
    insta::assert_snapshot!(table("disagreements", "en"));
}

#[test]
fn claims() {
    insta::assert_snapshot!(table("claims", "en"));
}

#[test]
fn dictionary_in_french() {
    insta::assert_snapshot!(table("dictionary", "fr"));
}

#[test]
fn dictionary_in_english() {
    insta::assert_snapshot!(table("dictionary", "en"));
}

#[test]
fn all_tables_are_files_of_their_own() {
    let names: Vec<String> = tables(json!({}), "en").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["findings.csv", "positions.csv", "disagreements.csv", "claims.csv", "dictionary.csv"]);
}

#[test]
fn rows_end_as_the_standard_says() {
    let made = files::<Csv>(json!({"table": "positions"}), &context(), sample("en")).unwrap().remove(0).1;
    assert_eq!(made.matches("\r\n").count(), 12);
    assert_eq!(made.replace("\r\n", "").matches(['\r', '\n']).count(), 0);
}

#[test]
fn a_separator_and_a_mark_for_a_french_excel() {
    let made = tables(json!({"separator": ";", "bom": true, "table": "disagreements"}), "fr");
    insta::assert_snapshot!(made[0].1.replace('\u{feff}', "<BOM>"));
}

#[test]
fn a_row_of_hashtags_below_the_header() {
    let made = tables(json!({"hxl": true}), "en");
    let top = |text: &str| text.lines().take(2).collect::<Vec<_>>().join("\n");
    let tops: Vec<String> = made.iter().map(|(name, text)| format!("{name}\n{}\n", top(text))).collect();
    insta::assert_snapshot!(tops.join("\n"));
    for ((name, tagged), (_, plain)) in made.iter().zip(tables(json!({}), "en")).take(4) {
        let without: Vec<&str> = tagged.lines().take(1).chain(tagged.lines().skip(2)).collect();
        assert_eq!(without, plain.lines().collect::<Vec<_>>(), "{name} differs by more than the row of hashtags");
    }
}

/// By the HXL tagging conventions; a tag that stands twice in a table would leave two columns apart by their order alone.
#[test]
fn hashtags_are_well_formed_and_stand_once_in_a_table() {
    let word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    for (name, text) in tables(json!({"hxl": true}), "en").iter().take(4) {
        let tags: Vec<&str> = text.lines().nth(1).unwrap().split(',').collect();
        assert_eq!(tags.len(), text.lines().next().unwrap().split(',').count(), "{name}");
        for tag in &tags {
            assert!(tag.strip_prefix('#').unwrap().split('+').all(word), "{name}: {tag}");
            assert_eq!(tags.iter().filter(|other| other == &tag).count(), 1, "{name}: {tag}");
        }
    }
}

#[test]
fn what_cannot_separate_is_refused() {
    let separators = ["", ",,", "\"", "\n", "a", "é"];
    let errors = separators.map(|s| told(&files::<Csv>(json!({"separator": s}), &context(), Vec::new()).unwrap_err()));
    insta::assert_snapshot!(errors.join("\n"));
}

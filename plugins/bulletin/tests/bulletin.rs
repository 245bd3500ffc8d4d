//! The stage through its trait, as its author tests it: items in from a file, and what came out.
#![allow(clippy::unwrap_used)]

use recoup_plugin::prelude::*;
use recoup_plugin::testing::{self, insta};
use recoup_report_bulletin::Bulletin;
use serde_json::json;

fn bulletin(options: serde_json::Value, language: &str) -> String {
    let theatre = json!({"actor": [
        {"id": "norland", "name": "Norland", "name_fr": "Norlande"},
        {"id": "ostmark", "name": "Ostmark", "name_fr": "Ostmarche"},
    ]});
    let theatre = serde_json::from_value::<Theatre>(theatre).unwrap().into();
    let report = recoup_plugin::ReportContext { language: language.to_owned(), ..Default::default() };
    let context = Context { theatre, report, ..Context::default() };
    testing::run::<Bulletin>(options, &context, include_str!("stream.jsonl"))
}

#[test]
fn a_line_for_each_finding() {
    insta::assert_snapshot!(bulletin(json!({}), "en"));
}

#[test]
fn in_french() {
    insta::assert_snapshot!(bulletin(json!({}), "fr"));
}

#[test]
fn options_choose_findings_and_separate_fields() {
    insta::assert_snapshot!(bulletin(json!({"separator": " | ", "minimum_origins": 2}), "en"));
}

#[test]
fn a_separator_stays_on_the_line() {
    insta::assert_snapshot!(bulletin(json!({"separator": "\n"}), "en"));
}

//! `recoup stages` and `recoup schema`.
#![allow(clippy::unwrap_used)]

mod common;

use common::Desk;
use insta::assert_snapshot;
use serde_json::Value;

#[test]
fn the_built_in_stages_with_their_options() {
    assert_snapshot!(Desk::empty().session(&["stages"]));
}

#[test]
fn the_manifests_of_the_stages_name_kind_and_options() {
    let manifests: Value = serde_json::from_str(&Desk::empty().stdout(&["stages", "--json"])).unwrap();
    let lines: Vec<String> = manifests
        .as_array()
        .unwrap()
        .iter()
        .map(|stage| format!("{} {} {}", stage["kind"], stage["name"], stage["options"]["type"]))
        .collect();
    assert_snapshot!(lines.join("\n"));
}

#[test]
fn every_schema_says_what_it_describes() {
    let desk = Desk::empty();
    let lines: Vec<String> = ["pipeline", "claim", "finding", "report", "document", "theatre"]
        .iter()
        .map(|of| {
            let schema: Value = serde_json::from_str(&desk.stdout(&["schema", of])).unwrap();
            let description = schema["description"].as_str().unwrap_or_default().lines().next().unwrap_or_default();
            format!("{of}: {} - {description}", schema["title"].as_str().unwrap_or_default())
        })
        .collect();
    assert_snapshot!(lines.join("\n"));
}

#[test]
fn a_schema_that_does_not_exist_lists_those_that_do() {
    assert_snapshot!(Desk::empty().session(&["schema", "claims"]));
}

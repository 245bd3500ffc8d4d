//! `recoup findings`.

#![allow(clippy::unwrap_used)]

mod common;

use common::{Desk, ridge};
use insta::assert_snapshot;

/// A claim as `recoup claims` prints it.
fn claim(id: &str, document: &str, day: &str, source: &str, low: &str, high: &str) -> String {
    format!(
        r#"{{"id":"{id}","doc":"{document}","document":"d_{document}","span":{{"start":0,"end":4}},"quote":"dead","indicator":"casualties.killed","subject":"mali","object":null,"quantity":{{"low":{low},"high":{high},"approximate":false,"unit":"person","item":null,"text":null}},"places":[],"time":{{"start":"2025-03-18","end":"2025-03-18","text":null,"edtf":"2025-03-18"}},"reported":"{day}","sources":[{{"id":"{source}","name":"{source}","cue":null}}],"via":[],"stance":"asserted","measure":"increment","civilian":null,"part_of":null,"rule":"test"}}"#
    )
}

fn two_sides() -> [String; 3] {
    [
        claim("c_1", "a", "2025-03-19", "malian-army-staff", "17", "17"),
        claim("c_2", "b", "2025-03-20", "sahel-front", "40", "null"),
        claim("c_3", "c", "2025-03-20", "sahel-front", "40", "null"),
    ]
}

/// Status, bounds and origins of each finding, a line each.
fn in_short(desk: &Desk, arguments: &[&str]) -> String {
    let mut out = String::new();
    for line in desk.stdout(arguments).lines() {
        let finding: serde_json::Value = serde_json::from_str(line).unwrap();
        let positions = finding["positions"].as_array().unwrap();
        let origins: Vec<String> = positions.iter().map(|p| p["origin"].to_string()).collect();
        out += &format!(
            "{} {} low {} high {} origins {} of {}\n",
            finding["indicator"],
            finding["status"],
            finding["low"],
            finding["high"],
            finding["independent_origins"],
            origins.join(" ")
        );
    }
    out
}

#[test]
fn two_sides_and_one_communique_of_two_papers() {
    let desk = ridge();
    desk.write("claims.jsonl", two_sides().join("\n"));
    assert_snapshot!(in_short(&desk, &["findings", "--pipeline", ".", "--claims", "claims.jsonl"]));
}

#[test]
fn the_order_of_the_lines_and_the_number_of_threads_change_nothing() {
    let desk = ridge();
    let [a, b, c] = two_sides();
    desk.write("claims.jsonl", [a.clone(), b.clone(), c.clone()].join("\n"));
    desk.write("shuffled.jsonl", [c, a, b].join("\n"));
    let one = desk.stdout(&["findings", "--claims", "claims.jsonl", "--threads", "1"]);
    let other = desk.stdout(&["findings", "--claims", "shuffled.jsonl", "--threads", "3"]);
    assert!(!one.is_empty());
    assert_eq!(one, other);
}

#[test]
fn what_run_keeps_gives_the_findings_of_the_run() {
    let desk = ridge();
    desk.output(&["run", ".", "--keep", "kept"]);
    let arguments =
        ["findings", "--pipeline", ".", "--claims", "kept/claims.jsonl", "--documents", "kept/documents.jsonl"];
    assert_eq!(desk.stdout(&arguments), std::fs::read_to_string(desk.path("kept/findings.jsonl")).unwrap());
}

#[test]
fn what_was_said_after_the_cut_off_is_left_out() {
    let desk = ridge();
    desk.write("claims.jsonl", two_sides().join("\n"));
    let arguments = ["findings", "--pipeline", ".", "--claims", "claims.jsonl", "--as-of", "2025-03-19"];
    assert_snapshot!(in_short(&desk, &arguments));
}

#[test]
fn a_line_that_is_no_claim_costs_that_line() {
    let desk = ridge();
    let [a, ..] = two_sides();
    let broken = a.replace(r#""low":17,"high":17"#, r#""low":17,"high":3"#);
    desk.write("claims.jsonl", format!("{a}\n\n// a note\n{{\"id\": \"c_9\"\nnothing\n{broken}\n"));
    let output = desk.output(&["findings", "--pipeline", ".", "--claims", "claims.jsonl"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 1);
    assert_eq!(output.status.code(), Some(1));
    assert_snapshot!(String::from_utf8(output.stderr).unwrap());
}

#[test]
fn a_file_that_is_not_there_is_named() {
    assert_snapshot!(Desk::empty().session(&["findings", "--claims", "claims.jsonl"]));
}

#[test]
fn every_claim_as_a_position() {
    let desk = ridge();
    desk.write("claims.jsonl", two_sides().join("\n"));
    let pipeline = common::PIPELINE.replace("\"intervals\"", "\"as-reported\"");
    desk.write("pipeline.toml", pipeline);
    assert_snapshot!(in_short(&desk, &["findings", "--pipeline", ".", "--claims", "claims.jsonl"]));
}

//! `recoup run`.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::io::Read as _;
use std::process::Stdio;

use common::{Desk, FRENCH, ridge};
use insta::assert_snapshot;

#[test]
fn a_run_says_in_short_what_came_out() {
    let desk = ridge();
    assert_snapshot!(desk.session(&["run", "."]));
    assert_eq!(desk.files("out"), ["out/2025-03-15_2025-03-21.json"]);
}

#[test]
fn what_is_published_after_the_cut_off_is_left_out() {
    assert_snapshot!(ridge().session(&["run", "pipeline.toml", "--as-of", "2025-03-20", "--out", "reports"]));
}

#[test]
fn an_article_of_random_bytes_costs_that_article() {
    let desk = ridge();
    let mut state = 0x2545_f491_u32;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    })
    .take(4096)
    .collect();
    desk.write("articles/noise.txt", noise);
    assert_snapshot!(desk.session(&["run", "."]));
}

#[test]
fn an_input_without_any_day_needs_a_cut_off() {
    let desk = ridge();
    desk.write("undated.txt", "Seven soldiers were killed near Tessit.\n");
    assert_snapshot!(desk.session(&["run", ".", "--input", "undated.txt"]));
}

#[test]
fn where_nothing_was_read_every_article_is_named_with_its_reason() {
    let desk = ridge();
    desk.write("empty.txt", "\n");
    desk.write("archive.txt", b"PK\x03\x04\0\0\0\0");
    let inputs = ["--input", "missing.txt", "--input", "empty.txt", "--input", "archive.txt"];
    assert_snapshot!(desk.session(&[["run", "."].as_slice(), &inputs].concat()));
}

#[test]
fn a_cut_off_before_every_article_is_told() {
    assert_snapshot!(ridge().session(&["run", ".", "--as-of", "2020-01-01"]));
}

#[test]
fn an_article_that_was_read_before_is_told() {
    let desk = ridge();
    desk.write("articles/tessit-again.txt", FRENCH);
    assert_snapshot!(desk.session(&["run", "."]));
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let desk = ridge();
    for threads in ["1", "3"] {
        let output =
            desk.output(&["run", ".", "--threads", threads, "--out", threads, "--keep", &format!("kept-{threads}")]);
        assert!(output.status.success());
    }
    let read = |path: String| fs::read(desk.path(&path)).unwrap();
    let report = "out/2025-03-15_2025-03-21.json";
    assert_eq!(read(format!("1/{report}")), read(format!("3/{report}")));
    for kept in ["documents", "claims", "findings", "changes"] {
        assert_eq!(read(format!("kept-1/{kept}.jsonl")), read(format!("kept-3/{kept}.jsonl")), "{kept}");
    }
}

#[test]
fn a_missing_pipeline_is_named() {
    assert_snapshot!(Desk::empty().session(&["run", "nowhere"]));
}

#[test]
fn a_reader_that_leaves_early_hears_no_complaint() {
    let desk = Desk::empty();
    let mut child = desk.command(&["schema", "finding"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut complaint = String::new();
    child.stderr.take().unwrap().read_to_string(&mut complaint).unwrap();
    assert_eq!((complaint.as_str(), child.wait().unwrap().code()), ("", Some(0)));
}

//! `recoup init`, and the first run after it.
#![allow(clippy::unwrap_used)]

mod common;

use common::Desk;
use insta::assert_snapshot;

#[test]
fn what_init_writes_runs_at_once() {
    for language in ["fr", "en"] {
        let desk = Desk::empty();
        let mut session = desk.session(&["init", "red-sea", "--language", language]);
        session += &desk.session(&["check", "red-sea"]);
        session += &desk.session(&["test", "red-sea"]);
        session += &desk.session(&["claims", "--pipeline", "red-sea", "--format", "table"]);
        session += &desk.session(&["run", "red-sea"]);
        assert_snapshot!(format!("init-and-run-{language}"), session);
        assert!(desk.files("red-sea/out").contains(&"red-sea/out/2025-02-21_2025-02-27.md".to_owned()));
    }
}

#[test]
fn nothing_is_overwritten() {
    let desk = Desk::with(&[("pipeline.toml", "name = \"mine\"\n"), ("theatre/actors.toml", "")]);
    assert_snapshot!(desk.session(&["init"]));
    assert_eq!(desk.files("."), ["pipeline.toml", "theatre/actors.toml"]);
    assert_eq!(std::fs::read_to_string(desk.path("pipeline.toml")).unwrap(), "name = \"mine\"\n");
}

//! What the program says of itself, and of a command line that it cannot follow.

mod common;

use common::{Desk, ridge};
use insta::assert_snapshot;

#[test]
fn every_command_teaches_its_use() {
    let desk = Desk::empty();
    assert_snapshot!("help", desk.session(&["--help"]));
    for command in [
        "init",
        "run",
        "check",
        "claims",
        "findings",
        "annotate",
        "explain",
        "diff",
        "score",
        "test",
        "stages",
        "plugin",
        "schema",
        "completions",
        "man",
    ] {
        assert_snapshot!(format!("help-{command}"), desk.session(&[command, "--help"]));
    }
    for command in ["list", "check"] {
        assert_snapshot!(format!("help-plugin-{command}"), desk.session(&["plugin", command, "--help"]));
    }
    assert_snapshot!("help-plugin", desk.session(&["plugin", "--help"]));
    assert_snapshot!("help-plugin-new", desk.session(&["plugin", "new", "--help"]));
}

#[test]
fn a_misspelt_command_is_recognised() {
    assert_snapshot!(Desk::empty().session(&["explian", "f_12"]));
}

#[test]
fn a_day_in_another_form_teaches_the_form() {
    let desk = Desk::empty();
    for (name, day) in [("slashes", "28/02/2025"), ("compact", "20250228"), ("no-such-day", "2025-02-30")] {
        assert_snapshot!(format!("as-of-{name}"), desk.session(&["run", ".", "--as-of", day]));
    }
}

#[test]
fn a_log_filter_that_cannot_be_read_teaches_the_form() {
    let desk = ridge();
    assert_snapshot!(desk.seen(desk.command(&["check", "."]).env("RECOUP_LOG", "loud=very=much")));
}

#[test]
fn the_man_pages_cover_every_command() {
    let desk = Desk::empty();
    assert_snapshot!(desk.session(&["man", "pages"]));
    assert_snapshot!("man-files", desk.files("pages").join("\n"));
}

#[test]
fn completions_know_the_commands() {
    let desk = Desk::empty();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = desk.stdout(&["completions", shell]);
        assert!(script.contains("explain") && script.contains("as-of"), "{shell}");
    }
}

//! `recoup annotate`: what was read, what was not and why, and names for the theatre.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Desk, PIPELINE, THEATRE, ridge};
use insta::assert_snapshot;

const ARTICLE: &str = "+++
published = 2025-03-20
language = \"en\"
outlet = \"Gao Courier\"
+++

At least seventeen Malian soldiers were killed on Tuesday near Tessit, Aissata Maiga told reporters.

The convoy had 40 tables, a 122 mm howitzer and 14 tanks. If 30 soldiers were killed, the mission would leave.

Fighters of Jabhat Wassoul had camped near Tolgoum since 2019.
";

#[test]
fn an_article_with_what_was_read_and_what_was_not() {
    assert_snapshot!(Desk::with(&[("gao.txt", ARTICLE)]).session(&["annotate", "gao.txt"]));
}

#[test]
fn annotations_as_json() {
    let desk = Desk::with(&[("gao.txt", ARTICLE)]);
    let printed: serde_json::Value =
        serde_json::from_str(&desk.stdout(&["annotate", "--format", "json", "gao.txt"])).unwrap();
    let document = &printed["documents"][0];
    assert_eq!(document["claims"][0]["indicator"], "casualties.killed");
    let untaken = serde_json::to_string_pretty(&document["untaken"]).unwrap();
    let names = serde_json::to_string_pretty(&document["names"]).unwrap();
    assert_snapshot!(format!("{untaken}\n{names}"));
}

#[test]
fn unknown_names_are_a_theatre() {
    let desk = ridge();
    desk.write("articles/convoy.txt", ARTICLE);
    let names = desk.stdout(&["annotate", "--pipeline", ".", "--names"]);
    assert_snapshot!(names);
    desk.write("theatre/new.toml", &names);
    assert!(desk.output(&["check", "."]).status.success());
    assert_eq!(desk.stdout(&["annotate", "--pipeline", ".", "--names"]), "");
}

#[test]
fn a_language_without_a_pack_is_told() {
    let desk = Desk::with(&[("notes.txt", "+++\nlanguage = \"pt\"\n+++\n\nMorreram 12 soldados.\n")]);
    assert_snapshot!(desk.session(&["annotate", "notes.txt"]));
}

#[test]
fn an_indicator_that_is_not_asked_for_is_told() {
    let desk = Desk::empty();
    desk.write("theatre/theatre.toml", THEATRE);
    desk.write(
        "pipeline.toml",
        PIPELINE.replace("use = \"rules\"", "use = \"rules\"\noptions = { indicators = [\"forces.sent\"] }"),
    );
    desk.write("articles/gao.txt", ARTICLE);
    assert_snapshot!(desk.session(&["annotate", "--pipeline", "."]));
}

//! `recoup check`: every mistake at once, each with its place.

mod common;

use common::{Desk, PIPELINE, THEATRE, ridge};
use insta::assert_snapshot;

#[test]
fn a_pipeline_without_mistakes_takes_one_line() {
    assert_snapshot!(ridge().session(&["check", "pipeline.toml"]));
}

#[test]
fn all_mistakes_are_shown_at_once() {
    let pipeline = r#"name = "ridge"
period = "1 fortnight"
langage = "en"
theatre = "theatre"

[[input]]
files = "articles/*.txt"

[[parse]]
use = "text"

[[extract]]
use = "rulse"

[[reconcile]]
use = "intervals"

[[report]]
use = "json"
path = "../{period}.json"

[[report]]
use = "csv"
path = "out/"
options = { seperator = ";" }
"#;
    let desk = Desk::with(&[
        ("pipeline.toml", pipeline),
        ("theatre/theatre.toml", THEATRE),
        ("articles/gao.txt", common::ENGLISH),
    ]);
    assert_snapshot!(desk.session(&["check", "."]));
}

#[test]
fn a_mistake_in_the_theatre_is_shown_there() {
    let theatre = THEATRE.replace("actor = \"mali\"", "actor = \"malli\"").replace("lat = 15.2", "lat = 152");
    let desk = Desk::with(&[
        ("pipeline.toml", PIPELINE),
        ("theatre/theatre.toml", &theatre),
        ("articles/gao.txt", common::ENGLISH),
    ]);
    assert_snapshot!(desk.session(&["check", "."]));
}

#[test]
fn options_beside_options_are_shown_their_place() {
    let pipeline = PIPELINE
        .replace("use = \"intervals\"\n", "use = \"intervals\"\nband_percent = 5\n")
        .replace("use = \"json\"\n", "use = \"csv\"\nseperator = \";\"\n");
    let desk = ridge();
    desk.write("pipeline.toml", pipeline);
    assert_snapshot!(desk.session(&["check", "."]));
}

#[test]
fn names_that_match_nothing_or_two_are_warnings() {
    let theatre = r#"
[[actor]]
id = "sahel-front"
kind = "armed-group"
names = ["Sahel Front", "Sahel-Front", "…", "case: SF"]

[[actor]]
id = "river-front"
kind = "armed-group"
names = ["River Front", "Sahel Front", "Case:RF"]
demonyms = { en = ["frontist|frontiste"] }

[[source]]
id = "desk"
names = ["The Desk"]

[[source]]
id = "other-desk"
names = ["the desk"]

[[indicator]]
id = "bridges.blown_up"
triggers = { en = { passive = ["kill"], nouns = ["case:bridge"] } }
"#;
    let desk = Desk::with(&[
        ("pipeline.toml", PIPELINE),
        ("theatre/theatre.toml", theatre),
        ("articles/gao.txt", common::ENGLISH),
    ]);
    assert_snapshot!(desk.session(&["check", "."]));
}

#[test]
fn the_built_in_packs_can_be_looked_over_without_a_pipeline() {
    let output = Desk::empty().output(&["check", "--packs"]);
    assert!(output.status.success());
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.starts_with("built-in packs: "), "{said}");
}

//! `recoup claims`.

mod common;

use common::{Desk, ENGLISH, ridge};
use insta::assert_snapshot;

const MANIFEST: &str = r#"
[documents.gao-17]
file = "gao.txt"
published = 2025-03-20
language = "en"
outlet = "Gao Courier"
"#;

const BARE: &str = "At least seventeen Malian soldiers were killed on Tuesday, the Malian army said.\n";

#[test]
fn claims_of_a_file_without_a_pipeline() {
    assert_snapshot!(Desk::with(&[("gao.txt", ENGLISH)]).session(&["claims", "gao.txt"]));
}

#[test]
fn claims_as_a_table_with_the_theatre_of_a_pipeline() {
    assert_snapshot!(ridge().session(&["claims", "--pipeline", ".", "--format", "table"]));
}

#[test]
fn a_manifest_names_the_documents_and_their_days() {
    let desk = Desk::with(&[("gao.txt", BARE), ("articles.toml", MANIFEST)]);
    assert_snapshot!(desk.session(&["claims", "--manifest", "articles.toml"]));
}

#[test]
fn an_article_without_claims_is_shown_as_such() {
    let desk = Desk::with(&[("calm.txt", "The market of Gao opened at nine on Tuesday.\n")]);
    assert_snapshot!(desk.session(&["claims", "--format", "table", "calm.txt"]));
}

#[test]
fn nothing_to_read_teaches_what_to_name() {
    assert_snapshot!(Desk::empty().session(&["claims"]));
}

//! `recoup explain`.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;

use common::{Desk, ENGLISH, STAGES_FOR_PAGES, ridge};
use insta::assert_snapshot;

/// The id of the first finding that a run keeps.
fn first_finding(desk: &Desk) -> String {
    assert!(desk.output(&["run", ".", "--keep", "kept"]).status.success());
    let findings = fs::read_to_string(desk.path("kept/findings.jsonl")).unwrap();
    let at = findings.find("f_").unwrap();
    findings[at..at + 18].to_owned()
}

fn first_claim(desk: &Desk, arguments: &[&str]) -> String {
    let claims = desk.stdout(arguments);
    let at = claims.find("c_").unwrap();
    claims[at..at + 18].to_owned()
}

#[test]
fn a_finding_is_followed_down_to_the_words() {
    let desk = ridge();
    let finding = first_finding(&desk);
    assert_snapshot!(desk.session(&["explain", &finding]));
}

#[test]
fn the_beginning_of_a_claim_is_enough() {
    let desk = Desk::with(&[("gao.txt", ENGLISH)]);
    let claim = first_claim(&desk, &["claims", "gao.txt"]);
    assert_eq!(desk.stdout(&["explain", &claim[..8], "gao.txt"]), desk.stdout(&["explain", &claim, "gao.txt"]));
    assert_snapshot!(desk.session(&["explain", &claim, "gao.txt"]));
}

#[test]
fn an_article_without_a_day_shows_its_claims_all_the_same() {
    let desk = Desk::with(&[("undated.txt", "Près de quarante soldats maliens ont été tués.\n")]);
    let claim = first_claim(&desk, &["claims", "undated.txt"]);
    assert_snapshot!(desk.session(&["explain", &claim, "undated.txt"]));
}

#[test]
fn a_slip_in_an_id_names_the_one_that_was_meant() {
    let desk = Desk::with(&[("gao.txt", ENGLISH)]);
    let claim = first_claim(&desk, &["claims", "gao.txt"]);
    let slip = format!("{}x{}", &claim[..9], &claim[10..]);
    let complaint = String::from_utf8(desk.output(&["explain", &slip, "gao.txt"]).stderr).unwrap();
    assert!(complaint.contains(&format!("nearest: {claim}")), "{complaint}");
}

#[test]
fn an_unknown_id_teaches_where_ids_are() {
    let desk = ridge();
    assert_snapshot!(desk.session(&["explain", "f_zzzz"]));
    assert_snapshot!("explain-document", desk.session(&["explain", "d_0000"]));
}

#[test]
fn the_beginning_of_several_ids_lists_them() {
    assert_snapshot!(ridge().session(&["explain", "c_"]));
}

#[test]
fn without_pipeline_or_articles_there_is_nothing_to_explain() {
    assert_snapshot!(Desk::empty().session(&["explain", "f_12"]));
}

const PAGE: &str = "<html><head><title>Strike at Tessit</title></head>
<body><nav><a href='/'>At least the weather</a></nav>
<article><h1>Strike at Tessit</h1>
<p class='lead'>The Malian army said on Tuesday that <b>at&nbsp;least <i>12</i> soldiers</b> had been
   killed near T&eacute;ssit.</p><p>The village has been contested since last year, when the ferry was sold and the boats
were moved to the southern shore, where most of the families who live from fishing have their houses and nets.</p>
</article></body></html>
";

#[test]
fn a_claim_from_a_page_is_shown_in_the_page_also_where_the_page_is_gone_from_the_disk() {
    let head = "name = \"sahel\"\nlanguage = \"en\"\n";
    let pipeline = |store: &str| format!("{head}{store}\n[[input]]\nfiles = \"in/**\"\n{STAGES_FOR_PAGES}");
    let desk = Desk::with(&[("pipeline.toml", &pipeline("")), ("in/tessit.html", PAGE)]);
    let arguments = ["claims", "--pipeline", ".", "--format", "jsonl"];
    let id = first_claim(&desk, &arguments);
    let shown = desk.session(&["explain", &id, "--pipeline", ".", "--as-of", "2025-03-09"]);
    assert_snapshot!(desk.without_ids(&shown));

    desk.write("pipeline.toml", pipeline("store = \"recoup.db\"\n"));
    desk.output(&["run", ".", "--as-of", "2025-03-09", "--taken-in", "2025-03-10"]);
    std::fs::remove_file(desk.path("in/tessit.html")).unwrap();
    let kept = desk.session(&["explain", &id, "--pipeline", ".", "--as-of", "2025-03-09"]);
    assert!(kept.contains("in its page, bytes"), "{kept}");
}

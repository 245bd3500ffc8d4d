//! `recoup rule`: each decision changes the report as it should, and one that takes it back restores every byte.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;

use common::{Desk, PIPELINE, THEATRE};
use insta::assert_snapshot;
use serde_json::Value;

const ARTICLES: [(&str, &str); 4] = [
    (
        "articles/army.txt",
        "2025-03-20|Gao Courier|Twelve civilians were killed on Tuesday near Tessit, the Malian army staff said on Wednesday.",
    ),
    (
        "articles/front.txt",
        "2025-03-21|River Post|At least thirty civilians were killed on Tuesday near Tessit, the Sahel Front said.",
    ),
    (
        "articles/medics.txt",
        "2025-03-21|Oasis Radio|Twelve civilians were killed on Tuesday near Tessit, the Red Cross said.",
    ),
    (
        "articles/old.txt",
        "2025-03-10|Gao Courier|Three Malian soldiers were captured near Tessit, the Sahel Front said.",
    ),
];

/// A pipeline with rulings, and four articles in English on one strike and on prisoners.
fn desk() -> Desk {
    let pipeline =
        PIPELINE.replacen("theatre = \"theatre\"\n", "theatre = \"theatre\"\nrulings = \"rulings.toml\"\n", 1);
    let pipeline = format!("{pipeline}\n[[report]]\nuse = \"markdown\"\npath = \"out/report.md\"\n");
    let desk = Desk::with(&[("pipeline.toml", &pipeline), ("theatre/theatre.toml", THEATRE)]);
    for (path, line) in ARTICLES {
        let [day, outlet, text] = line.splitn(3, '|').collect::<Vec<_>>().try_into().unwrap();
        let head = format!("+++\npublished = {day}\nlanguage = \"en\"\noutlet = \"{outlet}\"\n+++\n\n");
        desk.write(path, format!("{head}{text}\n"));
    }
    desk
}

fn report(desk: &Desk) -> Value {
    let output = desk.output(&["run", ".", "--keep", "kept"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_str(&fs::read_to_string(desk.path(&desk.files("out")[0])).unwrap()).unwrap()
}

/// Each finding in one line: what, how much, how sure, who.
fn figures(report: &Value) -> Vec<String> {
    let figure = |item: &Value| {
        let finding = &item["finding"];
        let number = |key: &str| finding[key].as_f64().map_or("-".to_owned(), |n| n.to_string());
        let origins = finding["positions"].as_array().unwrap().iter();
        let origins: Vec<&str> = origins.map(|p| p["origin"][0].as_str().unwrap_or("?")).collect();
        let place = finding["places"][0]["name"].as_str().unwrap_or("-");
        let time = &finding["time"]["start"].as_str().unwrap_or("-");
        format!(
            "{} {} to {} at {place}, {time}: {}, {} independent ({})",
            finding["indicator"].as_str().unwrap(),
            number("low"),
            number("high"),
            finding["status"].as_str().unwrap(),
            finding["independent_origins"],
            origins.join(", ")
        )
    };
    report["findings"].as_array().unwrap().iter().map(figure).collect()
}

/// The id of the claim of an article.
fn claim(report: &Value, doc: &str) -> String {
    let claims = || report["findings"].as_array().unwrap().iter().flat_map(|f| f["claims"].as_array().unwrap());
    let found = claims().find(|claim| claim["doc"] == doc);
    found.unwrap()["id"].as_str().unwrap().to_owned()
}

fn document(report: &Value, doc: &str) -> String {
    let heads = report["findings"].as_array().unwrap().iter().flat_map(|f| f["documents"].as_array().unwrap());
    heads.into_iter().find(|head| head["doc"] == doc).unwrap()["id"].as_str().unwrap().to_owned()
}

/// Adds a ruling and gives its id.
fn rule(desk: &Desk, arguments: &[&str]) -> String {
    let signed = ["--author", "L. Martin", "--date", "2025-03-21", "--because", "the desk says so"];
    let output = desk.output(&[&["rule"], arguments, &signed].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().split(' ').next().unwrap().to_owned()
}

#[test]
fn every_decision_changes_the_report_and_can_be_taken_back() {
    let desk = desk();
    let before = report(&desk);
    let findings = |report: &Value| report["findings"].clone();
    let [army, front, old] = ["army", "front", "old"].map(|doc| claim(&before, doc));
    let medics = document(&before, "medics");
    let finding = |at: usize| before["findings"][at]["finding"]["id"].as_str().unwrap().to_owned();
    let (killed, captured) = (finding(0), finding(1));
    let decisions: Vec<Vec<&str>> = vec![
        vec!["reject", &front],
        vec!["reject", &medics],
        vec!["reject", &killed],
        vec!["accept", &army],
        vec!["merge", &killed, &captured],
        vec!["apart", &army, &front],
        vec!["depend", "malian-army-staff", "red-cross"],
        vec!["date", &medics, "--to", "2025-03-19"],
        vec!["date", &old, "--to", "2025-03-08/2025-03-09"],
        vec!["place", &old, "--to", "Gao"],
        vec!["place", &old, "--to", "-"],
    ];
    let words = |arguments: &[&str]| {
        let names = [(&army, "ARMY"), (&front, "FRONT"), (&old, "OLD"), (&medics, "MEDICS"), (&killed, "KILLED")];
        let names = names.into_iter().chain([(&captured, "CAPTURED")]);
        names.fold(arguments.join(" "), |text, (id, name)| text.replace(id.as_str(), name))
    };
    let mut seen = format!("nothing decided\n  {}\n", figures(&before).join("\n  "));
    for arguments in decisions {
        let id = rule(&desk, &arguments);
        let ruled = report(&desk);
        let applied = ruled["head"]["rulings"].as_array().unwrap().last().unwrap();
        let claims = applied["claims"].as_u64().unwrap();
        seen += &format!("\n{} (concerns {claims})\n  {}\n", words(&arguments), figures(&ruled).join("\n  "));
        rule(&desk, &["undo", &id]);
        assert_eq!(findings(&report(&desk)), findings(&before), "{arguments:?}");
    }
    assert_snapshot!(seen);
}

#[test]
fn a_ruling_that_is_undone_leaves_every_byte_of_what_was_found() {
    let desk = desk();
    let before = report(&desk);
    let kept = |desk: &Desk| -> Vec<Vec<u8>> {
        desk.files("kept").iter().map(|file| fs::read(desk.path(file)).unwrap()).collect()
    };
    let bytes = kept(&desk);
    let id = rule(&desk, &["reject", &document(&before, "army")]);
    report(&desk);
    assert_ne!(kept(&desk), bytes);
    rule(&desk, &["undo", &id]);
    report(&desk);
    assert_eq!(kept(&desk), bytes);
}

#[test]
fn a_report_of_a_past_day_does_not_know_of_later_rulings() {
    let desk = desk();
    let as_of = ["run", ".", "--as-of", "2025-03-21"];
    let front = claim(&report(&desk), "front");
    rule(&desk, &["reject", &front]);
    desk.output(&as_of);
    let read = |desk: &Desk| fs::read_to_string(desk.path("out/report.md")).unwrap();
    let before = read(&desk);
    let signed = ["--author", "L. Martin", "--date", "2025-03-25", "--because", "it was right"];
    desk.output(&[["rule", "accept", front.as_str()].as_slice(), &signed].concat());
    assert_snapshot!(desk.session(&as_of));
    assert_eq!(read(&desk), before);
    desk.output(&["run", "."]);
    assert_ne!(read(&desk), before);
}

#[test]
fn the_report_lists_what_was_decided() {
    let desk = desk();
    let before = report(&desk);
    let army = claim(&before, "army");
    let id = rule(&desk, &["reject", &army]);
    rule(&desk, &["undo", &id]);
    rule(&desk, &["accept", &army]);
    rule(&desk, &["depend", "malian-army-staff", "red-cross"]);
    let listed = |language: &str| {
        let pipeline = fs::read_to_string(desk.path("pipeline.toml")).unwrap();
        desk.write("pipeline.toml", pipeline.replace("language = \"en\"", &format!("language = \"{language}\"")));
        report(&desk);
        let text = fs::read_to_string(desk.path("out/report.md")).unwrap();
        let from = text.find(if language == "en" { "Rulings: what" } else { "Décisions des" }).unwrap();
        let to = text[from..].find("\n## ").unwrap();
        desk.without_ids(text[from..from + to].trim_end())
    };
    assert_snapshot!(format!("{}\n\n{}", listed("en"), listed("fr")));
    assert_snapshot!("list", desk.session(&["rule", "list"]));
}

#[test]
fn a_rejected_claim_can_still_be_explained() {
    let desk = desk();
    let army = claim(&report(&desk), "army");
    rule(&desk, &["reject", &army]);
    let shown = desk.stdout(&["explain", &army]);
    assert!(shown.starts_with(&format!("claim {army}\n")), "{shown}");
    assert!(shown.ends_with("No finding rests on this claim. `recoup rule list` shows what was decided.\n"), "{shown}");
}

#[test]
fn a_target_that_is_gone_is_a_warning_in_its_place() {
    let desk = desk();
    let army = claim(&report(&desk), "army");
    rule(&desk, &["reject", &army]);
    fs::remove_file(desk.path("articles/army.txt")).unwrap();
    assert_snapshot!(desk.session(&["run", "."]));
    assert_snapshot!("gone-list", desk.session(&["rule", "list"]));
}

#[test]
fn the_file_is_made_and_grows_at_its_end() {
    let desk = desk();
    let report = report(&desk);
    let finding = report["findings"][0]["finding"]["id"].as_str().unwrap();
    rule(&desk, &["reject", &finding[..6]]);
    let first = fs::read_to_string(desk.path("rulings.toml")).unwrap();
    rule(&desk, &["place", &claim(&report, "old"), "--to", "ml-tessit"]);
    let second = fs::read_to_string(desk.path("rulings.toml")).unwrap();
    assert!(second.starts_with(&first));
    assert_snapshot!(desk.without_ids(&second));
    assert_snapshot!("check", desk.session(&["check", "."]));
}

#[test]
fn what_cannot_be_decided_is_told_and_not_written() {
    let desk = desk();
    let report = report(&desk);
    let (army, medics) = (claim(&report, "army"), document(&report, "medics"));
    let sessions: [&[&str]; 12] = [
        &["reject", "c_zz", "--because", "no", "--author", "L"],
        &["reject", "d_zz", "--because", "no", "--author", "L"],
        &["reject", "c_", "--because", "no", "--author", "L"],
        &["reject", &army, "--because", "no"],
        &["reject", &army, "--because", " ", "--author", "L"],
        &["reject", &army],
        &["apart", &army, "--because", "no", "--author", "L"],
        &["place", &medics, "--to", "Gao", "--because", "no", "--author", "L"],
        &["place", &army, "--to", "Nowhereville", "--because", "no", "--author", "L"],
        &["date", &army, "--to", "soon", "--because", "no", "--author", "L"],
        &["depend", "malian-armee", "icrc", "--because", "no", "--author", "L"],
        &["undo", "r_1", "--because", "no", "--author", "L"],
    ];
    let seen = sessions.map(|session| desk.session(&[&["rule"], session].concat()));
    assert_snapshot!(seen.join("\n"));
    assert!(!desk.path("rulings.toml").exists());
}

#[test]
fn a_pipeline_without_rulings_says_which_line_to_add() {
    let desk = common::ridge();
    let sessions: [&[&str]; 2] = [
        &["rule", "reject", "d_", "--because", "no", "--author", "L", "--pipeline", "pipeline.toml"],
        &["rule", "list"],
    ];
    fs::remove_file(desk.path("articles/gao.txt")).unwrap();
    assert_snapshot!(sessions.map(|session| desk.session(session)).join("\n"));
}

#[test]
fn findings_of_a_file_are_ruled_on_too() {
    let desk = desk();
    let before = report(&desk);
    let weigh = ["findings", "--pipeline", ".", "--claims", "kept/claims.jsonl", "--documents", "kept/documents.jsonl"];
    let all = desk.stdout(&weigh);
    rule(&desk, &["reject", &claim(&before, "front")]);
    let finding = |at: usize| before["findings"][at]["finding"]["id"].as_str().unwrap().to_owned();
    rule(&desk, &["merge", &finding(1), &finding(0)]);
    let ruled = desk.stdout(&weigh);
    assert_eq!((all.lines().count(), ruled.lines().count()), (2, 1));
    let one: Value = serde_json::from_str(&ruled).unwrap();
    let said: Vec<&str> =
        one["positions"].as_array().unwrap().iter().map(|p| p["origin"][0].as_str().unwrap()).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert_eq!(one["indicator"], "prisoners.captured");
}

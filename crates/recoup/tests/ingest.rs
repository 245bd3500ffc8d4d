//! Folders as they are: feeds, archives, lists, texts and rubbish.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs::{self, File};
use std::process::Stdio;

use common::{Desk, FRENCH, ridge};
use insta::assert_snapshot;

const FEED: &str = r#"<rss version="2.0"><channel><title>Le Courrier</title><language>fr</language>
<item><title>Tessit</title><link>https://courrier.example/tessit</link><pubDate>Wed, 19 Mar 2025 08:00:00 +0100</pubDate>
<description>&lt;p&gt;Au moins douze soldats ont &#233;t&#233; tu&#233;s pr&#232;s de Tessit. (avec AFP)&lt;/p&gt;</description></item>
<item><title>Le marché</title><link>https://courrier.example/marche</link><pubDate>Thu, 20 Mar 2025 08:00:00 +0100</pubDate>
<description>Neuf civils ont été tués au marché.</description></item>
</channel></rss>"#;

/// The pipeline of the ridge with another input.
fn desk(input: &str) -> Desk {
    let desk = ridge();
    let pipeline = fs::read_to_string(desk.path("pipeline.toml")).unwrap();
    let files = pipeline.lines().find(|line| line.starts_with("files")).unwrap();
    desk.write("pipeline.toml", pipeline.replace(files, input));
    desk
}

#[test]
fn a_mixed_folder_runs_and_names_what_it_leaves_out() {
    let desk = desk("files = \"in/**\"");
    desk.write("in/tessit.txt", FRENCH);
    desk.write("in/deep/down/feed", FEED);
    let page =
        "+++\nurl = \"https://www.courrier.example/marche/\"\n+++\nNeuf civils ont été tués au marché de Tessit.\n";
    desk.write("in/marche.txt", page);
    desk.write("in/page.html", "<!doctype html><p>Une page.</p>");
    desk.write("in/logo.png", b"\x89PNG\r\n\x1a\n\0\0");
    desk.write("in/broken.zip", b"PK\x03\x04\0\0\0\0");
    desk.write("in/dump.jsonl", "{\"body\": \"x\"}\n");
    desk.write("in/empty", "");
    assert_snapshot!(desk.session(&["run", ".", "--keep", "kept"]));
    let documents = fs::read_to_string(desk.path("kept/documents.jsonl")).unwrap();
    let known = documents.lines().map(|line| {
        let document: serde_json::Value = serde_json::from_str(line).unwrap();
        ["doc", "outlet", "published", "relays", "path"].map(|key| document[key].to_string()).join(" | ")
    });
    assert_snapshot!("documents_of_a_mixed_folder", known.collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_list_is_read_by_its_fields() {
    let desk = desk("files = \"dump.jsonl\"\nfields = { text = \"body\", published = \"date\" }");
    let article = r#"{"body": "Seven soldiers were killed near Tessit.", "date": "2025-03-20"}"#;
    desk.write("dump.jsonl", format!("{article}\n{{\"date\": 1}}\nnot json\n"));
    assert_snapshot!(desk.session(&["run", "."]));
}

#[test]
fn fields_that_are_misspelt_are_shown() {
    let desk = desk("files = \"dump.jsonl\"\nfields = { txt = \"body\", published = 7 }");
    desk.write("dump.jsonl", "{}");
    assert_snapshot!(desk.session(&["check", "."]));
}

#[test]
fn what_is_piped_in_is_read() {
    let desk = ridge();
    desk.write("feed.xml", FEED);
    let mut command = desk.command(&["run", ".", "--input", "-"]);
    let output = command.stdin(Stdio::from(File::open(desk.path("feed.xml")).unwrap())).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

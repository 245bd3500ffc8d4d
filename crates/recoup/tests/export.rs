//! The archive in the form of a plugin: `recoup store export --plugin`.
#![allow(clippy::unwrap_used)]

mod common;

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs::{self, File};
use std::process::Command;

use common::{Desk, ENGLISH, FRENCH, PIPELINE, THEATRE, plugin};
use insta::assert_snapshot;
use parquet::file::reader::SerializedFileReader;
use parquet::record::Field;
use serde_json::Value;

/// Two articles, of which one is changed later: three documents.
fn archive() -> Desk {
    let desk = empty();
    desk.write("articles/gao.txt", ENGLISH);
    desk.write("articles/tessit.txt", FRENCH);
    run(&desk, "2025-03-22");
    desk.write("articles/gao.txt", ENGLISH.replace("seventeen", "nineteen"));
    run(&desk, "2025-03-24");
    desk
}

fn empty() -> Desk {
    let pipeline = PIPELINE.replace("language", "store = \"recoup.db\"\nlanguage");
    Desk::with(&[("pipeline.toml", &pipeline), ("theatre/theatre.toml", THEATRE)])
}

fn run(desk: &Desk, taken_in: &str) {
    let output = desk.output(&["run", ".", "--as-of", taken_in, "--taken-in", taken_in]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Puts the plugin where recoup is told to look for it.
fn shelve(desk: &Desk) {
    let library = fs::read(plugin("recoup-report-parquet")).unwrap();
    desk.write(&format!("shelf/{DLL_PREFIX}parquet{DLL_SUFFIX}"), library);
}

fn export(desk: &Desk, arguments: &[&str]) -> Command {
    let mut command = desk.command(&[&["store", "export", "."], arguments].concat());
    command.env("RECOUP_PLUGIN_PATH", desk.path("shelf"));
    command
}

/// One column of a file.
fn column(desk: &Desk, file: &str, name: &str) -> Vec<Field> {
    let rows = SerializedFileReader::new(File::open(desk.path(file)).unwrap()).unwrap().into_iter();
    let cell = |columns: Vec<(String, Field)>| columns.into_iter().find(|(column, _)| column == name).unwrap().1;
    rows.map(|row| cell(row.unwrap().into_columns())).collect()
}

/// One member of each line that an export as JSON Lines has.
fn lines(desk: &Desk, what: &str, member: &str) -> Vec<Field> {
    let text = desk.stdout(&["store", "export", ".", what]);
    let value = |line: &str| serde_json::from_str::<Value>(line).unwrap()[member].clone();
    text.lines().map(|line| Field::Str(value(line).as_str().unwrap().to_owned())).collect()
}

#[test]
fn an_archive_is_exported_as_parquet() {
    let desk = archive();
    shelve(&desk);
    let parquet = ["--plugin", "parquet", "--out", "archive"];
    assert_snapshot!(desk.seen(&mut export(&desk, &parquet)));
    let (documents, claims) = ("archive/documents.parquet", "archive/claims.parquet");
    for (name, member) in [("document", "id"), ("text", "text"), ("language", "language")] {
        assert_eq!(column(&desk, documents, name), lines(&desk, "documents", member), "{name}");
    }
    for (name, member) in [("claim", "id"), ("quote", "quote"), ("indicator", "indicator")] {
        assert_eq!(column(&desk, claims, name), lines(&desk, "claims", member), "{name}");
    }
    let days = |name: &str| -> Vec<String> {
        column(&desk, documents, name).iter().map(|moment| moment.to_string()[..10].to_owned()).collect()
    };
    assert_eq!(days("taken_in"), ["2025-03-22", "2025-03-22", "2025-03-24"]);
    assert_eq!(days("published"), ["2025-03-20", "2025-03-21", "2025-03-20"]);
    let lows = [Field::Double(17.0), Field::Null, Field::Double(19.0)];
    assert_eq!(column(&desk, claims, "low"), lows);

    let before = fs::read(desk.path(claims)).unwrap();
    assert!(export(&desk, &parquet).status().unwrap().success());
    assert_eq!(fs::read(desk.path(claims)).unwrap(), before, "the same archive is the same bytes");
}

#[test]
fn an_export_that_cannot_be_says_why_and_writes_nothing() {
    let desk = archive();
    let out = ["--out", "archive"];
    let mut seen = desk.session(&[&["store", "export", ".", "--plugin", "columns"], &out[..]].concat());
    shelve(&desk);
    for arguments in [
        &["--plugin", "parquet", "--options", "{\"row_group\": 0}", "--out", "archive"][..],
        &["--plugin", "parquet", "--options", "{\"rows\": 9}", "--out", "archive"],
        &["--plugin", "parquet"],
        &["claims", "--plugin", "parquet", "--out", "archive"],
        &["--out", "archive"],
    ] {
        seen += &desk.seen(&mut export(&desk, arguments));
    }
    assert!(!desk.path("archive").exists(), "{seen}");
    let bare = empty();
    bare.write("articles/empty.txt", "\n");
    bare.output(&["run", ".", "--as-of", "2025-03-22", "--taken-in", "2025-03-22"]);
    seen += &bare.session(&[&["store", "export", ".", "--plugin", "parquet"], &out[..]].concat());
    assert_snapshot!(seen);
}

#[test]
fn the_plugin_is_sound() {
    let desk = Desk::empty();
    let library = plugin("recoup-report-parquet");
    let output = desk.output(&["plugin", "check", &library.display().to_string()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

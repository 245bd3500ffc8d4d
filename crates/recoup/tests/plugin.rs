//! `recoup plugin`: what lies where plugins are looked for, and the conformance suite on real ones.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use common::Desk;
use insta::assert_snapshot;
use serde_json::Value;

/// Copies a plugin of the workspace to `name` in a desk's folder.
fn put(desk: &Desk, package: &str, name: &str) {
    desk.write(name, fs::read(common::plugin(package)).unwrap());
}

/// Without what differs between machines: hashes and the folder of the program.
fn filtered(session: &str) -> String {
    let program = fs::canonicalize(env!("CARGO_BIN_EXE_recoup")).unwrap();
    let folder = program.parent().unwrap();
    let prefix = folder.parent().unwrap();
    let session = session.replace(&*folder.to_string_lossy(), "[program]");
    let session = session.replace(&*prefix.to_string_lossy(), "[prefix]");
    let session = as_if_nothing_were_installed(&session);
    let hash = |word: &&str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let hashes: Vec<&str> = session.split(|c: char| !c.is_ascii_alphanumeric()).filter(hash).collect();
    hashes.iter().fold(session.clone(), |session, hash| session.replace(hash, "[sha256]"))
}

/// What lies beside the program depends on what was built before the test.
fn as_if_nothing_were_installed(session: &str) -> String {
    let mut out = String::new();
    let mut beside = false;
    for line in session.split_inclusive('\n') {
        if line.trim_end().ends_with("(beside recoup)") {
            beside = true;
            out.push_str(line);
            out.push_str("  no such folder\n");
            continue;
        }
        beside &= line.starts_with("  ");
        if !beside {
            out.push_str(line);
        }
    }
    out
}

/// Whether Python is here; says so where it is not.
fn python() -> bool {
    let run = Command::new("python3").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let there = run.is_ok_and(|status| status.success());
    if !there {
        eprintln!("skipped: there is no python3");
    }
    there
}

#[test]
fn every_place_is_listed_with_what_lies_there() {
    let desk = Desk::with(&[("shared/notes.so", "Remember to build the plugin.\n"), ("shared/readme.txt", "")]);
    put(&desk, "recoup-report-bulletin", "shared/libbulletin.so");
    put(&desk, "recoup-misbehaving", "red-sea/libmisbehaving.so");
    desk.write("red-sea/pipeline.toml", "");
    let path = std::env::join_paths([desk.path("shared"), desk.path("nowhere")]).unwrap();
    let list = |arguments: &[&str]| {
        let mut command = desk.command(arguments);
        command.env("RECOUP_PLUGIN_PATH", &path);
        command
    };
    let session = desk.seen(&mut list(&["plugin", "list", "--pipeline", "red-sea/pipeline.toml"]));
    assert_snapshot!(filtered(&session));

    let output = list(&["plugin", "list", "--json"]).output().unwrap();
    let places: Value = serde_json::from_slice(&output.stdout).unwrap();
    let [bulletin, notes] = &places[0]["libraries"].as_array().unwrap()[..] else { panic!("{places}") };
    assert_eq!(bulletin["stages"][0]["name"], "bulletin");
    assert_eq!(bulletin["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(notes["refused"]["code"], "plugin::not_a_library");
    assert_eq!((&places[1]["of"], &places[2]["of"]), (&Value::from("variable"), &Value::from("program")));
    assert!(places[1]["unreadable"].is_string());
}

#[test]
fn a_pipeline_that_is_not_there_has_no_folder() {
    assert_snapshot!(Desk::empty().session(&["plugin", "list", "--pipeline", "red-sea"]));
}

#[test]
fn a_sound_library_passes() {
    let desk = Desk::empty();
    put(&desk, "recoup-report-bulletin", "libbulletin.so");
    assert_snapshot!(desk.session(&["plugin", "check", "libbulletin.so"]));
    let options = r#"{"separator": "\n"}"#;
    assert_snapshot!("options-refused", desk.session(&["plugin", "check", "libbulletin.so", "--options", options]));
}

#[test]
fn a_library_is_told_what_is_wrong_with_each_of_its_stages() {
    let desk = Desk::empty();
    put(&desk, "recoup-misbehaving", "libmisbehaving.so");
    assert_snapshot!(desk.session(&["plugin", "check", "libmisbehaving.so"]));
    let panic = ["plugin", "check", "libmisbehaving.so", "--stage", "misbehaving", "--options"];
    for behaviour in ["panic", "panic_in_finish", "panic_in_open", "emit_no_file"] {
        let options = format!("{{\"behaviour\": \"{behaviour}\"}}");
        let session = desk.session(&[&panic[..], &[&options]].concat());
        let told: Vec<&str> = session.lines().filter(|line| !line.starts_with("  ok")).collect();
        assert_snapshot!(format!("misbehaving-{behaviour}"), told.join("\n"));
    }
    assert_snapshot!("no-such-stage", desk.session(&["plugin", "check", "libmisbehaving.so", "--stage", "tally"]));
}

#[test]
fn what_is_no_plugin_cannot_be_tried() {
    let desk = Desk::with(&[("notes.so", "Remember to build the plugin.\n")]);
    let mut session = desk.session(&["plugin", "check", "notes.so"]);
    session += &desk.session(&["plugin", "check", "nowhere.so"]);
    session += &desk.session(&["plugin", "check", "notes.so", "--options", "7"]);
    assert_snapshot!(session);
}

const LINES: &str = r#"
import json, sys

def say(kind, what):
    print(json.dumps({kind: what}), flush=True)

def error(message, **place):
    say("report", {"level": "error", "code": "lines.error", "message": message, **place})

say("hello", {"name": "lines", "kind": "report", "version": "1.0.0", "protocol": "1.0", "codecs": ["json"],
              "summary": "Writes one line for each finding.", "options": {"type": "object", "properties": {
                  "separator": {"type": "string", "default": ";", "description": "Between fields."}}}})
for line in sys.stdin:
    (kind, what), = json.loads(line).items()
    if kind == "open":
        lines, options = [], what["options"]
        for name in options.keys() - {"separator"}:
            error("there is no such option", path="options." + name)
            sys.exit(1)
    elif kind == "item" and not (isinstance(what, dict) and isinstance(what.get("finding", {}), (dict, str))):
        error("this is no report item")
    elif kind == "item" and what["kind"] == "finding":
        lines.append(what["finding"]["indicator"] + options.get("separator", ";") + what["finding"]["status"])
    elif kind == "flush":
        say("ok", what)
    elif kind == "finish":
        say("emit", {"file": "lines.txt", "text": "\n".join(lines)})
        say("done", 1)
"#;

#[test]
fn a_program_is_tried_like_a_library() {
    if !python() {
        return;
    }
    let desk = Desk::with(&[("lines.py", LINES)]);
    assert_snapshot!(desk.session(&["plugin", "check", "--run", "python3", "lines.py"]));
    let json = desk.stdout(&["plugin", "check", "--json", "--run", "python3", "lines.py"]);
    let stages: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&stages[0]["stage"], &stages[0]["kind"]), (&Value::from("lines"), &Value::from("report")));
    assert!(stages[0]["checks"].as_array().unwrap().iter().all(|check| check["outcome"] != "failed"));
}

#[test]
fn a_program_is_told_what_is_wrong_with_it() {
    if !python() {
        return;
    }
    // It writes logs on stdout, and the number of its process into the report.
    let wrong = LINES
        .replace("        lines, options", "        print('opening')\n        lines, options")
        .replace("\"\\n\".join(lines)", "str(__import__('os').getpid()).zfill(8)");
    let desk = Desk::with(&[("wrong.py", &wrong)]);
    let session = desk.session(&["plugin", "check", "--run", "python3", "wrong.py"]);
    let pid = |line: &str| {
        if line.contains("another time") || line.contains("` once") { "[…]".to_owned() } else { line.to_owned() }
    };
    assert_snapshot!(session.lines().map(pid).collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_program_that_hangs_or_says_nothing_is_given_up() {
    if !python() {
        return;
    }
    let desk = Desk::with(&[
        ("hangs.py", &LINES.replace("        say(\"done\", 1)", "        import time; time.sleep(60)")),
        ("mute.py", "print('hello')\n"),
        ("dies.py", &LINES.replace("        lines.append(", "        raise ValueError(")),
    ]);
    let mut session = desk.session(&["plugin", "check", "--timeout", "1", "--run", "python3", "hangs.py"]);
    session += &desk.session(&["plugin", "check", "--run", "python3", "dies.py"]);
    session += &desk.session(&["plugin", "check", "--run", "python3", "mute.py"]);
    let python = Path::new("/").join("python3");
    session += &desk.session(&["plugin", "check", "--run", &python.to_string_lossy()]);
    assert_snapshot!(without_program(&session));
}

/// Where Python is differs between machines.
fn without_program(session: &str) -> String {
    let word = |word: &str| match word.ends_with("/python3") && word != "/python3" {
        true => "[python3]".to_owned(),
        false => word.to_owned(),
    };
    session.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn items_of_ones_own_must_be_items() {
    let desk = Desk::with(&[("items.jsonl", "{\"kind\": \"finding\"}\n")]);
    put(&desk, "recoup-report-bulletin", "libbulletin.so");
    let mut session = desk.session(&["plugin", "check", "libbulletin.so", "--items", "items.jsonl"]);
    session += &desk.session(&["plugin", "check", "libbulletin.so", "--items", "nowhere.jsonl"]);
    assert_snapshot!(session);
}

//! Stages from libraries and programs, as their users meet them: each form says the same, and one that breaks costs no
//! report.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use common::{Desk, plugin};
use serde_json::Value;

/// Compiles the C stage of the host's tests with some definitions.
fn c_stage(desk: &Desk, name: &str, definitions: &[&str]) {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let status = Command::new("cc")
        .args(["-std=c11", "-shared", "-fPIC", "-w", "-include", "stdio.h", "-I"])
        .arg(crates.join("plugin/include"))
        .args(definitions.iter().map(|definition| format!("-D{definition}")))
        .arg(crates.join("pipeline/tests/library/stage.c"))
        .arg("-o")
        .arg(desk.path(&format!("{name}.so")))
        .status()
        .unwrap();
    assert!(status.success(), "{name} does not compile");
}

fn has_python() -> bool {
    let there = Command::new("python3").arg("--version").stdout(Stdio::null()).status().is_ok_and(|s| s.success());
    if !there {
        eprintln!("python3 is not there: this is not tested");
    }
    there
}

/// A pipeline with these stages for extraction and reports.
fn pipeline(extract: &str, reports: &str) -> String {
    format!(
        "name = \"ridge\"\n\n[[input]]\nfiles = \"articles/*.txt\"\n\n[[parse]]\nuse = \"text\"\n\n\
         [[extract]]\n{extract}\n\n[[reconcile]]\nuse = \"intervals\"\n\n{reports}"
    )
}

const CSV: &str = "[[report]]\nuse = \"csv\"\npath = \"out/\"\n";

fn article(word: &str) -> String {
    format!(
        "2031-01-02\n\nTwelve soldiers of Mali were killed {word} in Tessit on Monday, said the Malian army staff.\n"
    )
}

fn without_paths(text: &str, libraries: &[&Path]) -> String {
    libraries.iter().fold(text.to_owned(), |text, path| {
        let folder = path.parent().unwrap().display().to_string();
        text.replace(&format!("{folder}/"), "[target]/")
    })
}

#[test]
fn an_extractor_that_breaks_costs_the_article_in_hand() {
    let library = plugin("recoup-misbehaving");
    let desk = Desk::empty();
    for word in ["sound", "abort", "allocate", "exit", "fail", "leave", "loop", "panic", "print", "too"] {
        desk.write(&format!("articles/{word}.txt"), article(word));
    }
    let stage = format!(
        "plugin = {:?}\nstage = \"fragile\"\ntimeout = \"700 ms\"\nmemory = \"2 GB\"",
        library.display().to_string()
    );
    desk.write("pipeline.toml", pipeline(&stage, CSV));
    insta::assert_snapshot!(without_paths(&desk.session(&["run", ".", "--threads", "1"]), &[&library]));
    let claims = std::fs::read_to_string(desk.path("out/claims.csv")).unwrap();
    assert_eq!(claims.lines().count(), 1 + 4, "the sound articles are reported on");
}

#[test]
fn a_writer_that_breaks_costs_its_own_file() {
    if !has_python() {
        return;
    }
    let desk = Desk::with(&[("articles/a.txt", &article("here")), ("child.py", CHILD)]);
    c_stage(&desk, "null-write", &["ON_PROCESS=*(volatile int *)0 = 1;"]);
    c_stage(&desk, "unguarded", &["ON_PROCESS=abort();"]);
    c_stage(&desk, "prints", &["ON_PROCESS=puts(\"loading\"); fflush(stdout);"]);
    let caged = |name: &str| format!("plugin = \"{name}.so\"");
    let child = |what: &str| format!("run = [\"python3\", \"child.py\", \"{what}\"]");
    let cases = [
        ("null-write", caged("null-write")),
        ("unguarded", caged("unguarded")),
        ("prints", caged("prints")),
        ("sound", child("sound")),
        ("garbage", child("garbage")),
        ("half", child("half")),
        ("wrong-number", child("wrong-number")),
        ("no-file", child("no-file")),
        ("dies", child("dies")),
        ("raises", child("raises")),
        ("slow", format!("{}\ntimeout = \"400 ms\"", child("slow"))),
        ("silent", format!("{}\ntimeout = \"400 ms\"", child("silent"))),
        ("no-hello", child("no-hello")),
        ("old", child("old")),
    ];
    let mut shown = String::new();
    for (name, stage) in cases {
        desk.write(
            "pipeline.toml",
            pipeline("use = \"rules\"", &format!("{CSV}\n[[report]]\n{stage}\npath = \"out/x.txt\"\n")),
        );
        let _ = std::fs::remove_dir_all(desk.path("out"));
        let python = Command::new("sh").args(["-c", "command -v python3"]).output().unwrap();
        let python = String::from_utf8(python.stdout).unwrap();
        let session = desk.session(&["run", "."]).replace(python.trim(), "[python3]");
        writeln!(shown, "# {name}\n{}", brief(&session)).unwrap();
        assert!(desk.path("out/findings.csv").is_file(), "{name}: the other report is written");
    }
    insta::assert_snapshot!(shown);
}

/// What a session says of stages: not the counts of the run.
fn brief(session: &str) -> String {
    let counts = ["ridge, ", "  documents", "  claims", "  findings", "  disputes", "$ recoup", "  out/"];
    // Plugins that were built beside the program are one more place in which is looked.
    let beside = |line: &&str| line.contains("/plugins/") && line.starts_with("          ");
    let lines = session.lines().filter(|line| !line.is_empty() && !counts.iter().any(|count| line.starts_with(count)));
    let lines = lines.filter(|line| !beside(line));
    lines.map(|line| format!("{line}\n")).collect()
}

/// A report stage in a process, written to the letter of the protocol, and what it can do wrong.
const CHILD: &str = r#"import json, sys, time
what = sys.argv[1]
def put(key, value): print(json.dumps({key: value}), flush=True)
if what == "no-hello": sys.exit(3)
if what == "silent": time.sleep(9)
put("hello", {"name": "lines", "kind": "report", "version": "1", "protocol": "7.0" if what == "old" else "1.0",
              "codecs": ["json"], "needs": [], "summary": "Counts.", "options": {"type": "object"}, "of the future": 1})
items = 0
for line in sys.stdin:
    frame = json.loads(line)
    if "item" in frame: items += 1
    if "flush" in frame: put("ok", frame["flush"] + (7 if what == "wrong-number" else 0))
    if "finish" in frame:
        if what == "garbage": print("3 items done"); print("4 items done")
        if what == "half": sys.stdout.write('{"emit":{"file":"x'); sys.stdout.flush(); sys.exit(0)
        if what == "no-file": put("emit", {"file": 7, "text": "x"})
        if what == "dies": print("I am out of ink", file=sys.stderr); sys.exit(9)
        if what == "raises": put("report", {"level": "error", "code": "plugin.panicked", "message": "KeyError: 'ink'"}); sys.exit(1)
        if what == "slow": time.sleep(9)
        put("emit", {"file": "x.txt", "text": f"{items} items\n"})
        put("done", 1)
"#;

#[test]
fn a_plugin_that_cannot_be_loaded_costs_no_report() {
    let bulletin = plugin("recoup-report-bulletin");
    let desk = Desk::with(&[("articles/a.txt", &article("here")), ("notes.so", "no library at all")]);
    c_stage(&desk, "abi-7", &["ABI=7"]);
    c_stage(&desk, "short", &["SIZE=16"]);
    c_stage(&desk, "stranger", &["SYMBOL=something_else"]);
    c_stage(&desk, "sound", &[]);
    let file = bulletin.display().to_string();
    let wrong = "0".repeat(64);
    let cases = [
        ("abi-7", "plugin = \"abi-7.so\"".to_owned()),
        ("short", "plugin = \"short.so\"".to_owned()),
        ("stranger", "plugin = \"stranger.so\"".to_owned()),
        ("notes", "plugin = \"notes.so\"".to_owned()),
        ("missing", "plugin = \"drones\"".to_owned()),
        ("hash", format!("plugin = \"sound.so\"\nsha256 = \"{wrong}\"")),
        ("misspelt", format!("plugin = {file:?}\noptions = {{ seperator = \";\" }}")),
        ("refused", format!("plugin = {file:?}\noptions = {{ separator = \"\\n\" }}")),
    ];
    let mut shown = String::new();
    for (name, stage) in cases {
        desk.write(
            "pipeline.toml",
            pipeline("use = \"rules\"", &format!("{CSV}\n[[report]]\n{stage}\npath = \"out/x.txt\"\n")),
        );
        let _ = std::fs::remove_dir_all(desk.path("out"));
        let session = without_paths(&desk.session(&["run", "."]), &[&bulletin]);
        writeln!(shown, "# {name}\n{}", brief(&without_hashes(&session))).unwrap();
        assert!(desk.path("out/findings.csv").is_file(), "{name}: the other report is written");
        assert_eq!(desk.output(&["check", "."]).status.code(), Some(2), "{name}: check is strict");
    }
    insta::assert_snapshot!(shown);
}

/// Libraries have other bytes with every compiler.
fn without_hashes(text: &str) -> String {
    let is_hash =
        |word: &str| word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit()) && !word.starts_with("000");
    let words = text.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
    words
        .map(|word| {
            let bare = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
            if is_hash(bare) { word.replace(bare, "[hash]") } else { word.to_owned() }
        })
        .collect()
}

#[test]
fn the_extractor_says_the_same_built_in_loaded_and_in_a_cage() {
    let library = plugin("recoup-extract-rules").display().to_string();
    let desk = Desk::with(&[("articles/a.txt", &article("here")), ("articles/b.txt", &article("on the road"))]);
    let mut first: Option<Vec<String>> = None;
    for stage in [
        "use = \"rules\"".to_owned(),
        format!("plugin = {library:?}\nisolate = false"),
        format!("plugin = {library:?}"),
    ] {
        desk.write("pipeline.toml", pipeline(&stage, CSV));
        let output = desk.output(&["run", ".", "--keep", "kept"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let files =
            ["out/findings.csv", "out/claims.csv", "kept/documents.jsonl", "kept/claims.jsonl", "kept/findings.jsonl"];
        let texts: Vec<String> = files.iter().map(|file| std::fs::read_to_string(desk.path(file)).unwrap()).collect();
        assert!(texts[1].lines().count() > 2, "{}", texts[1]);
        match &first {
            None => first = Some(texts),
            Some(first) => assert_eq!(*first, texts, "{stage}"),
        }
    }
}

#[test]
fn another_writer_is_one_line_of_the_pipeline() {
    let bulletin = plugin("recoup-report-bulletin").display().to_string();
    let desk = Desk::with(&[("articles/a.txt", &article("here"))]);
    let with = |stage: &str| pipeline("use = \"rules\"", &format!("[[report]]\n{stage}\npath = \"out/report.txt\"\n"));
    let (built_in, swapped) = (with("use = \"markdown\""), with(&format!("plugin = {bulletin:?}")));
    let changed = built_in.lines().zip(swapped.lines()).filter(|(a, b)| a != b).count();
    assert_eq!(changed, 1);
    let report = |text: String| {
        desk.write("pipeline.toml", text);
        assert!(desk.output(&["run", "."]).status.success());
        std::fs::read_to_string(desk.path("out/report.txt")).unwrap()
    };
    assert!(report(built_in).starts_with("# ridge"));
    assert!(report(swapped).starts_with("ridge, as of 2031-01-02\n"));
}

#[test]
fn every_document_comes_out_once_however_often_the_stage_dies() {
    const DOCUMENTS: usize = 10_000;
    let library = plugin("recoup-misbehaving").display().to_string();
    let desk = Desk::empty();
    for number in 0..DOCUMENTS {
        desk.write(&format!("articles/{number:05}.txt"), format!("Line{number} of the ledger.\n"));
    }
    let stage = format!("plugin = {library:?}\nstage = \"fragile\"\noptions = {{ abort_after = 500 }}");
    desk.write("pipeline.toml", pipeline(&stage, CSV));
    let output = desk.output(&["claims", "--pipeline", ".", "--format", "jsonl"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let claims = String::from_utf8(output.stdout).unwrap();
    let quotes: Vec<String> = claims
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["quote"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(quotes.len(), DOCUMENTS);
    assert_eq!(quotes.iter().collect::<BTreeSet<_>>().len(), DOCUMENTS);
}

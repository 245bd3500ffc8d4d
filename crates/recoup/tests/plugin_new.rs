//! `recoup plugin new`: what it writes, and that it works.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::Desk;
use insta::assert_snapshot;

const KINDS: [&str; 4] = ["parse", "extract", "reconcile", "report"];

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// A desk with a new stage in each folder, named after its kind.
fn desk(language: &str) -> Desk {
    let desk = Desk::empty();
    for kind in KINDS {
        let name = format!("my-{kind}");
        let mut arguments = vec!["plugin", "new", &name, "--kind", kind, "--language", language];
        let checkout = checkout();
        if language == "rust" {
            arguments.extend(["--recoup", checkout.to_str().unwrap()]);
        }
        assert!(desk.output(&arguments).status.success(), "{language} {kind}");
    }
    desk
}

fn read(desk: &Desk, file: &str) -> String {
    fs::read_to_string(desk.path(file)).unwrap()
}

fn done(command: &mut Command) {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}\n{said}");
}

fn is_there(tool: &str) -> bool {
    let there = Command::new(tool).arg("--version").output().is_ok();
    if !there {
        eprintln!("skipped: there is no `{tool}`");
    }
    there
}

#[test]
fn each_kind_in_each_language() {
    for language in ["rust", "python", "c"] {
        let desk = Desk::empty();
        let mut session = String::new();
        for kind in KINDS {
            let name = format!("my-{kind}");
            session += &desk.session(&["plugin", "new", &name, "--kind", kind, "--language", language]);
        }
        let files = desk.files(".").join("\n");
        assert_snapshot!(format!("new-{language}"), format!("{session}\n{files}\n"));
        let main = match language {
            "rust" => "my-extract/src/lib.rs",
            "python" => "my-extract/my-extract.py",
            _ => "my-report/my-report.c",
        };
        assert_snapshot!(format!("main-{language}"), read(&desk, main));
    }
}

#[test]
fn nothing_is_overwritten() {
    let desk = Desk::with(&[("lines/lines.py", "mine"), ("lines/notes.txt", "")]);
    assert_snapshot!(desk.session(&["plugin", "new", "lines", "--kind", "report", "--language", "python"]));
    assert_eq!((desk.files(".").len(), read(&desk, "lines/lines.py").as_str()), (2, "mine"));
}

#[test]
fn names_and_folders_that_will_not_do() {
    let desk = Desk::empty();
    let session: String = [
        ["Brèves du port", "--language", "rust"],
        ["2lines", "--language", "c"],
        ["match", "--language", "rust"],
        ["json5", "--recoup", "nowhere"],
        ["csv", "--language", "c"],
        ["calendar", "--language", "python"],
    ]
    .iter()
    .map(|[name, option, value]| desk.session(&["plugin", "new", name, "--kind", "report", option, value]))
    .collect();
    let session =
        session + &desk.session(&["plugin", "new", "a", "--kind", "parse", "--language", "c", "--recoup", "."]);
    assert_snapshot!(session);
    assert!(desk.files(".").is_empty());
}

#[test]
fn crates_build_and_pass_their_tests() {
    let desk = desk("rust");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stages");
    for kind in KINDS {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["test", "--quiet", "--offline"]).current_dir(desk.path(&format!("my-{kind}")));
        cargo.env("CARGO_TARGET_DIR", &target).env("INSTA_UPDATE", "no").env_remove("INSTA_WORKSPACE_ROOT");
        done(cargo.env("RUSTFLAGS", "-D warnings"));
    }
}

#[test]
fn python_runs_a_session() {
    if !is_there("python3") {
        return;
    }
    let desk = desk("python");
    for kind in KINDS {
        let test = format!("test_my_{kind}.py");
        done(Command::new("python3").arg(test).current_dir(desk.path(&format!("my-{kind}"))));
    }
}

#[test]
fn c_compiles_and_runs_a_session() {
    if !is_there("cc") {
        return;
    }
    let desk = desk("c");
    for kind in KINDS {
        let mut sh = Command::new("sh");
        sh.arg("test.sh").env("CC", "cc -Wpedantic -Werror").env("RECOUP", env!("CARGO_BIN_EXE_recoup"));
        done(sh.current_dir(desk.path(&format!("my-{kind}"))));
    }
}

/// The first block of a language on a page.
fn shown(page: &str, language: &str) -> String {
    let page = fs::read_to_string(checkout().join("docs").join(page)).unwrap();
    let (_, rest) = page.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```\n").unwrap().0.to_owned()
}

#[test]
fn a_whole_writer_is_short_and_stands_on_its_page() {
    let desk = Desk::empty();
    for language in ["rust", "python"] {
        let path = format!("in-{language}");
        let arguments = ["plugin", "new", "lines", "--kind", "report", "--language", language, "--path", &path];
        assert!(desk.output(&arguments).status.success());
    }
    let rust = read(&desk, "in-rust/src/lib.rs");
    assert_eq!(rust, shown("first-plugin-rust.md", "rust"));
    let lines = rust.lines().filter(|line| !line.is_empty()).count();
    assert!(lines <= 40 && !rust.contains("unsafe"), "{lines} lines");
    let python = read(&desk, "in-python/lines.py");
    assert_eq!(python, shown("first-plugin-python.md", "python"));
    assert!(python.lines().filter(|line| !line.is_empty()).count() <= 15);
    println!("{} {}", rust.lines().count(), python.lines().count());
}

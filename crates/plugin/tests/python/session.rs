//! A talk with a stage in Python, written down.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// A Python that is new enough.
pub(crate) struct Session;

/// Looks for `python3`; says that the test is skipped where there is none, or an old one.
pub(crate) fn python() -> Option<Session> {
    let version = Command::new("python3").args(["-c", "import sys; print(sys.version_info >= (3, 9))"]).output();
    match version {
        Ok(output) if output.stdout.starts_with(b"True") => Some(Session),
        _ => {
            eprintln!("skipped: there is no `python3` of version 3.9 or later");
            None
        }
    }
}

impl Session {
    /// Starts a script and sends it `lines`, each answered flush before the next; closes its stdin at the end. What the
    /// host says begins with `>`, what the stage says with `<`, its stderr (of a traceback the last line) with `!`. A
    /// line that begins with `half ` is sent without that and without an end.
    pub(crate) fn talk(&self, script: &str, lines: &[&str]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("stage.py");
        std::fs::write(&file, script).unwrap();
        let mut child = Command::new("python3")
            .arg("stage.py")
            .current_dir(folder.path())
            .env("PYTHONPATH", Path::new(env!("CARGO_MANIFEST_DIR")).join("python"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env_remove("PYTHONUNBUFFERED")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        answers(&mut stdout, "{\"hello\"", &mut said);
        for line in lines {
            writeln!(said, "> {line}").unwrap();
            // A stage that has ended reads no more; its answers say why.
            let _ = match line.strip_prefix("half ") {
                Some(half) => stdin.write_all(half.as_bytes()),
                None => stdin.write_all(format!("{line}\n").as_bytes()),
            };
            if line.starts_with("{\"flush\"") {
                answers(&mut stdout, "{\"ok\"", &mut said);
            } else if line.starts_with("{\"finish\"") {
                answers(&mut stdout, "{\"done\"", &mut said);
            }
        }
        drop(stdin);
        answers(&mut stdout, "nothing", &mut said);
        let mut stderr = String::new();
        child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        let from = if stderr.contains("Traceback") { stderr.lines().count() - 1 } else { 0 };
        stderr.lines().skip(from).for_each(|line| writeln!(said, "! {line}").unwrap());
        writeln!(said, "exit status {}", child.wait().unwrap().code().unwrap()).unwrap();
        said
    }

    /// The same without the items, where they are long and well known.
    pub(crate) fn without_items(said: &str) -> String {
        said.lines().filter(|line| !line.starts_with("> {\"item\"")).map(|line| format!("{line}\n")).collect()
    }
}

/// Notes the lines of the stage up to one that begins with `last`, or to the end.
fn answers(stdout: &mut impl BufRead, last: &str, said: &mut String) {
    for line in stdout.lines() {
        let line = line.unwrap();
        writeln!(said, "< {line}").unwrap();
        if line.starts_with(last) {
            break;
        }
    }
}

//! `cargo xtask memcheck`: the tests of the boundary of shared libraries, both sides, under valgrind.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use serde::Deserialize;

use crate::chore::{ChoreError, cargo, output, workspace};

/// Package, and the test in it that goes through the C table.
const TESTS: [(&str, &str); 2] = [("recoup-plugin", "table"), ("recoup-pipeline", "library")];

const MISSING: &str = "install valgrind (it is a package of most systems), this chore runs the tests in it";

/// What is read of the messages of `cargo test --no-run`; other messages have none of it.
#[derive(Deserialize)]
struct Message {
    executable: Option<PathBuf>,
}

pub(crate) fn run(flags: &[&str]) -> Result<(), ChoreError> {
    if !flags.is_empty() {
        return Err(ChoreError::Usage("memcheck takes no flags".to_owned()));
    }
    output(Command::new("valgrind").arg("--version"), MISSING)?;
    for (package, test) in TESTS {
        let started = Instant::now();
        valgrind(package, test)?;
        println!("{package}, test {test}: no errors, {} s", started.elapsed().as_secs());
    }
    Ok(())
}

fn valgrind(package: &str, test: &str) -> Result<(), ChoreError> {
    let mut build = cargo();
    build.args(["test", "--no-run", "--message-format=json-render-diagnostics", "--package", package, "--test", test]);
    let messages = output(&mut build, "is the Rust toolchain installed?")?;
    let garbled = |reason: String| ChoreError::Garbled { program: "cargo test --no-run".to_owned(), reason };
    let lines = messages.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let messages: Result<Vec<Message>, _> = lines.map(serde_json::from_slice).collect();
    let mut messages = messages.map_err(|error| garbled(error.to_string()))?.into_iter();
    let executable = messages.find_map(|message| message.executable);
    let executable = executable.ok_or_else(|| garbled(format!("it has built no test `{test}`")))?;

    let folder = workspace().join("crates").join(package.trim_start_matches("recoup-"));
    let mut command = Command::new("valgrind");
    command
        // Libraries stay loaded and manifests are leaked by design, so leaks are not looked for. What the tests start
        // (compilers) is not watched. The tests run in one thread: valgrind has only one, and loses time on changing it.
        .args(["--quiet", "--error-exitcode=1", "--leak-check=no", "--trace-children=no"])
        .arg(executable)
        .arg("--test-threads=1")
        .current_dir(folder);
    // Reading debug information for a backtrace takes longer than everything else.
    command.env("RUST_BACKTRACE", "0");
    // Where the tests find their snapshots.
    command.env("INSTA_WORKSPACE_ROOT", workspace()).env("INSTA_UPDATE", "no");
    let status = command.status().map_err(|source| ChoreError::Missing {
        program: "valgrind".to_owned(),
        source,
        help: MISSING,
    })?;
    if status.success() { Ok(()) } else { Err(ChoreError::Failed(format!("valgrind on test {test} of {package}"))) }
}

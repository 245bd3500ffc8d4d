//! `cargo xtask bench`: how fast, how much memory, and what texts cost that are made to be slow.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

mod hostile;

use crate::chore::{ChoreError, at, cargo, output, workspace};

const HELP: &str = "is the Rust toolchain installed?";

/// How many times the program is started.
const STARTS: usize = 20;

/// How long any text of [`hostile::texts`] may take, on a machine that does nothing else: several times what it takes,
/// and far less than what anything that grows with the square of the text would.
const LIMIT: Duration = Duration::from_secs(20);

pub(crate) fn run(flags: &[&str]) -> Result<(), ChoreError> {
    let quick = match flags {
        [] => false,
        ["--quick"] => true,
        [flag, ..] => return Err(ChoreError::Usage(format!("bench takes --quick, not `{flag}`"))),
    };
    if !quick {
        bench("extract")?;
    }
    bench("throughput")?;

    let messages = output(
        cargo().args(["build", "--release", "--package", "recoup", "--message-format=json-render-diagnostics"]),
        HELP,
    )?;
    let program = executable(&messages)?;
    let folder = workspace().join("target/bench");
    fs::create_dir_all(&folder).map_err(at(&folder))?;
    println!("start-up of `recoup claims` on one line, median of {STARTS}: {:.1} ms", start_up(&program, &folder)?);

    let mut slow = Vec::new();
    for (name, text) in hostile::texts() {
        let file = folder.join(format!("{name}.txt"));
        fs::write(&file, &text).map_err(at(&file))?;
        let took = claims(&program, &file)?;
        println!("{name:<18} {:>5.1} MB {:>6.2} s", text.len() as f64 / 1e6, took.as_secs_f64());
        if took > LIMIT {
            slow.push(format!("  {name} took {:.1} s", took.as_secs_f64()));
        }
    }
    if slow.is_empty() { Ok(()) } else { Err(ChoreError::TooSlow(slow.join("\n"))) }
}

/// Runs a benchmark of the extractor and shows what it says.
fn bench(name: &str) -> Result<(), ChoreError> {
    let said = output(cargo().args(["bench", "--quiet", "--package", "recoup-extract", "--bench", name]), HELP)?;
    println!("{}", String::from_utf8_lossy(&said));
    Ok(())
}

/// The program that cargo has built.
fn executable(messages: &[u8]) -> Result<PathBuf, ChoreError> {
    let garbled = |reason: String| ChoreError::Garbled { program: "cargo build".to_owned(), reason };
    let mut program = None;
    for line in messages.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let message: serde_json::Value = serde_json::from_slice(line).map_err(|error| garbled(error.to_string()))?;
        if let Some(path) = message["executable"].as_str() {
            program = Some(PathBuf::from(path));
        }
    }
    program.ok_or_else(|| garbled("it names no executable".to_owned()))
}

/// Milliseconds from start to end on one line of text.
fn start_up(program: &Path, folder: &Path) -> Result<f64, ChoreError> {
    let file = folder.join("line.txt");
    fs::write(&file, "Au moins 30 soldats maliens ont été tués mardi, selon l’armée.\n").map_err(at(&file))?;
    let mut took = Vec::with_capacity(STARTS);
    for _ in 0..STARTS {
        took.push(claims(program, &file)?.as_secs_f64() * 1e3);
    }
    took.sort_by(f64::total_cmp);
    Ok((took[STARTS / 2 - 1] + took[STARTS / 2]) / 2.0)
}

/// How long `recoup claims` takes on a file; its output goes nowhere.
fn claims(program: &Path, file: &Path) -> Result<Duration, ChoreError> {
    let mut command = Command::new(program);
    command.arg("claims").arg(file).args(["--format", "jsonl"]).stdout(Stdio::null()).stderr(Stdio::null());
    let started = Instant::now();
    let status = command.status().map_err(|source| ChoreError::Missing {
        program: program.display().to_string(),
        source,
        help: HELP,
    })?;
    let took = started.elapsed();
    if status.success() { Ok(took) } else { Err(ChoreError::Failed(format!("recoup claims {}", file.display()))) }
}

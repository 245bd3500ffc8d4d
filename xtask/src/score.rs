//! `cargo xtask score`: how well claims are found, measured on articles that people annotated.
//!
//! The annotated articles are third parties' and not in the repository; RECOUP_GOLD names their folder.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::chore::{ChoreError, at, cargo, output, workspace};
use crate::floor::{Floor, Scores};

const VARIABLE: &str = "RECOUP_GOLD";
const PIPELINE: &str = "pipelines/koursk/pipeline.toml";
const FLOOR: &str = "xtask/score-floor.toml";

/// One set of annotated articles; paths are relative to the gold's folder.
struct Set {
    name: &'static str,
    gold: &'static str,
    manifest: &'static str,
    distractors: Option<&'static str>,
}

const SEEDS: Set = Set { name: "seeds", gold: "seeds.jsonl", manifest: "manifest.toml", distractors: None };

const PRACTICE: Set = Set {
    name: "practice",
    gold: "practice/gold.jsonl",
    manifest: "practice/manifest.toml",
    distractors: Some("practice/distractors.jsonl"),
};

/// What is read of the scorer's JSON.
#[derive(Deserialize)]
struct Numbers {
    f1: f64,
    strict_f1: f64,
}

pub(crate) fn run(flags: &[&str]) -> Result<(), ChoreError> {
    let (mut raise, mut verbose) = (false, false);
    for flag in flags {
        match *flag {
            "--raise" => raise = true,
            "--verbose" => verbose = true,
            other => return Err(ChoreError::Usage(format!("score takes --raise and --verbose, not `{other}`"))),
        }
    }
    let Some(gold) = std::env::var_os(VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from) else {
        println!("{VARIABLE} is not set: there are no annotated articles to score against.");
        return Ok(());
    };
    // recoup and the scorer run in other folders than the one that the variable was written for.
    let gold = gold.canonicalize().map_err(at(&gold))?;
    let recoup = build()?;
    let reached = Floor {
        practice: measure(&PRACTICE, &recoup, &gold, verbose)?,
        seeds: measure(&SEEDS, &recoup, &gold, verbose)?,
    };
    let path = workspace().join(FLOOR);
    let floor = Floor::read(&path)?;
    let broken = floor.broken_by(&reached);
    if raise {
        floor.raised(&reached).write(&path)?;
    }
    if broken.is_empty() { Ok(()) } else { Err(ChoreError::BelowFloor(broken.join("\n"))) }
}

/// Builds recoup as users have it, and returns its place.
fn build() -> Result<PathBuf, ChoreError> {
    let arguments = ["build", "--release", "--package", "recoup", "--message-format=json-render-diagnostics"];
    let messages = output(cargo().args(arguments), "is the Rust toolchain installed?")?;
    messages
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice::<serde_json::Value>(line).ok())
        .filter_map(|message| Some(PathBuf::from(message.get("executable")?.as_str()?)))
        .next_back()
        .ok_or_else(|| ChoreError::Garbled { program: "cargo build".to_owned(), reason: "no executable".to_owned() })
}

/// Runs recoup over a set, prints what the scorer says of its claims, and returns the numbers that are watched.
fn measure(set: &Set, recoup: &Path, gold: &Path, verbose: bool) -> Result<Scores, ChoreError> {
    let claims = claims(set, recoup, gold)?;
    println!("== {}", set.name);
    let flags: &[&str] = if verbose { &["--verbose"] } else { &[] };
    print!("{}", String::from_utf8_lossy(&score(set, gold, &claims, flags)?));
    let numbers = score(set, gold, &claims, &["--json"])?;
    let numbers: Numbers = serde_json::from_slice(&numbers)
        .map_err(|error| ChoreError::Garbled { program: "score.py --json".to_owned(), reason: error.to_string() })?;
    Ok(Scores { detection_f1: numbers.f1, strict_f1: numbers.strict_f1 })
}

/// Writes the claims of a set's articles, one a line, and returns the file.
fn claims(set: &Set, recoup: &Path, gold: &Path) -> Result<PathBuf, ChoreError> {
    let path = recoup.with_file_name(format!("score-{}.jsonl", set.name));
    let file = File::create(&path).map_err(at(&path))?;
    let mut command = Command::new(recoup);
    command.current_dir(workspace()).args(["claims", "--format", "jsonl", "--pipeline", PIPELINE, "--manifest"]);
    let status = command.arg(gold.join(set.manifest)).stdout(file).status().map_err(at(recoup))?;
    // Exit code 1 names an article that could not be read; its claims then count as missed.
    match status.code() {
        Some(0 | 1) => Ok(path),
        _ => Err(ChoreError::Failed(format!("recoup claims, on the {} set,", set.name))),
    }
}

fn score(set: &Set, gold: &Path, claims: &Path, flags: &[&str]) -> Result<Vec<u8>, ChoreError> {
    let mut python = Command::new("python3");
    python.arg(gold.join("score.py")).arg(gold.join(set.gold)).arg(claims).args(flags);
    if let Some(distractors) = set.distractors {
        python.arg("--distractors").arg(gold.join(distractors));
    }
    output(&mut python, "the scorer is a Python program: install Python 3.11 or later")
}

//! `cargo xtask score`: how well claims are found, measured on articles that people annotated.
//!
//! The annotated articles are third parties' and not in the repository; RECOUP_GOLD names their folder.

mod findings;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use self::findings::Conclusions;
use crate::chore::{ChoreError, at, cargo, output, workspace};
use crate::floor::{FindingFloor, Floor, Scores};

const VARIABLE: &str = "RECOUP_GOLD";
const PIPELINE: &str = "pipelines/koursk/pipeline.toml";
const FLOOR: &str = "xtask/score-floor.toml";
const HELP: &str = "is the Rust toolchain installed?";

/// One set of annotated articles.
struct Set {
    name: String,
    gold: PathBuf,
    manifest: PathBuf,
    distractors: Option<PathBuf>,
    /// Names that hold for several sets; the scorer finds those beside the gold by itself.
    names: Option<PathBuf>,
}

impl Set {
    /// A set in `folder`; distractors and names are used where they are there.
    fn new(name: &str, folder: &Path, gold: &str, general: Option<&Path>) -> Self {
        let there = |path: PathBuf| Some(path).filter(|path| path.is_file());
        let own = there(folder.join("names.json"));
        Set {
            name: name.to_owned(),
            gold: folder.join(gold),
            manifest: folder.join("manifest.toml"),
            distractors: there(folder.join("distractors.jsonl")),
            names: own.or_else(|| there(general?.join("names.json"))),
        }
    }
}

/// What is read of the scorer's JSON.
#[derive(Deserialize)]
struct Numbers {
    f1: f64,
    strict_f1: f64,
}

/// What was asked for.
#[derive(Default)]
struct Flags {
    raise: bool,
    verbose: bool,
    folders: Vec<PathBuf>,
}

impl Flags {
    fn read(flags: &[&str]) -> Result<Flags, ChoreError> {
        let mut out = Flags::default();
        let mut rest = flags.iter();
        while let Some(flag) = rest.next() {
            match *flag {
                "--raise" => out.raise = true,
                "--verbose" => out.verbose = true,
                "--gold" => {
                    let folder = rest.next().ok_or_else(|| ChoreError::Usage("--gold takes a folder".to_owned()))?;
                    out.folders.push(PathBuf::from(folder));
                }
                other => {
                    let takes = "score takes --raise, --verbose and --gold DIR";
                    return Err(ChoreError::Usage(format!("{takes}, not `{other}`")));
                }
            }
        }
        Ok(out)
    }
}

pub(crate) fn run(flags: &[&str]) -> Result<(), ChoreError> {
    let Flags { raise, verbose, folders } = Flags::read(flags)?;
    // recoup runs in another folder than the one that these were written for.
    let absolute = |folder: PathBuf| folder.canonicalize().map_err(at(&folder));
    let variable = std::env::var_os(VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from);
    let gold = variable.map(absolute).transpose()?;
    let folders: Vec<PathBuf> = folders.into_iter().map(absolute).collect::<Result<_, _>>()?;
    if gold.is_none() {
        println!("{VARIABLE} is not set: there are no annotated articles to score against.");
        if folders.is_empty() {
            return Ok(());
        }
    }
    let recoup = build()?;
    for folder in &folders {
        let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy();
        measure(&Set::new(&name, folder, "gold.jsonl", gold.as_deref()), &recoup, verbose)?;
    }
    let Some(gold) = gold else { return Ok(()) };
    let practice = Set::new("practice", &gold.join("practice"), "gold.jsonl", Some(&gold));
    let seeds = Set::new("seeds", &gold, "seeds.jsonl", None);
    let path = workspace().join(FLOOR);
    let floor = Floor::read(&path)?;
    let reached = Floor {
        practice: measure(&practice, &recoup, verbose)?,
        seeds: measure(&seeds, &recoup, verbose)?,
        findings: conclusions(&gold, &recoup, verbose)?.unwrap_or(floor.findings),
    };
    let broken = floor.broken_by(&reached);
    if raise {
        floor.raised(&reached).write(&path)?;
    }
    if broken.is_empty() { Ok(()) } else { Err(ChoreError::BelowFloor(broken.join("\n"))) }
}

/// How findings of annotated claims compare; nothing where their scorer cannot run.
fn conclusions(gold: &Path, recoup: &Path, verbose: bool) -> Result<Option<FindingFloor>, ChoreError> {
    if !findings::has_python() {
        println!("Python 3 is missing: findings are not scored.");
        return Ok(None);
    }
    let set = |name, folder: &Path, claims, pipeline| Conclusions {
        name,
        claims: folder.join(claims),
        findings: folder.join("findings.json"),
        pipeline,
    };
    let practice = set("practice", &gold.join("practice"), "gold.jsonl", None);
    let seeds = set("seeds", gold, "seeds.jsonl", Some(PIPELINE));
    Ok(Some(FindingFloor {
        practice: findings::measure(&practice, gold, recoup, verbose)?,
        seeds: findings::measure(&seeds, gold, recoup, verbose)?,
    }))
}

/// Builds recoup as users have it, and returns its place.
fn build() -> Result<PathBuf, ChoreError> {
    let arguments = ["build", "--release", "--package", "recoup", "--message-format=json-render-diagnostics"];
    let messages = output(cargo().args(arguments), HELP)?;
    messages
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice::<serde_json::Value>(line).ok())
        .filter_map(|message| Some(PathBuf::from(message.get("executable")?.as_str()?)))
        .next_back()
        .ok_or_else(|| ChoreError::Garbled { program: "cargo build".to_owned(), reason: "no executable".to_owned() })
}

/// Runs recoup over a set, prints what it says of its own claims, and returns the numbers that are watched.
fn measure(set: &Set, recoup: &Path, verbose: bool) -> Result<Scores, ChoreError> {
    let claims = claims(set, recoup)?;
    println!("== {}", set.name);
    let flags: &[&str] = if verbose { &["--verbose"] } else { &[] };
    print!("{}", String::from_utf8_lossy(&score(set, recoup, &claims, flags)?));
    let numbers = score(set, recoup, &claims, &["--json"])?;
    let numbers: Numbers = serde_json::from_slice(&numbers)
        .map_err(|error| ChoreError::Garbled { program: "recoup score".to_owned(), reason: error.to_string() })?;
    Ok(Scores { detection_f1: numbers.f1, strict_f1: numbers.strict_f1 })
}

/// Writes the claims of a set's articles, one a line, and returns the file.
fn claims(set: &Set, recoup: &Path) -> Result<PathBuf, ChoreError> {
    let path = recoup.with_file_name(format!("score-{}.jsonl", set.name));
    let file = File::create(&path).map_err(at(&path))?;
    let mut command = Command::new(recoup);
    command.current_dir(workspace()).args(["claims", "--format", "jsonl", "--pipeline", PIPELINE, "--manifest"]);
    let status = command.arg(&set.manifest).stdout(file).status().map_err(at(recoup))?;
    // Exit code 1 names an article that could not be read; its claims then count as missed.
    match status.code() {
        Some(0 | 1) => Ok(path),
        _ => Err(ChoreError::Failed(format!("recoup claims, on the {} set,", set.name))),
    }
}

fn score(set: &Set, recoup: &Path, claims: &Path, flags: &[&str]) -> Result<Vec<u8>, ChoreError> {
    let mut command = Command::new(recoup);
    command.arg("score").arg(&set.gold).arg(claims).args(flags);
    for (option, file) in [("--distractors", &set.distractors), ("--names", &set.names)] {
        if let Some(file) = file {
            command.arg(option).arg(file);
        }
    }
    output(&mut command, HELP)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn folders_can_be_named_several_times() {
        let flags = Flags::read(&["--gold", "a", "--verbose", "--gold", "b"]).unwrap();
        assert_eq!(flags.folders, [PathBuf::from("a"), PathBuf::from("b")]);
        assert!(flags.verbose && !flags.raise);
        assert!(Flags::read(&["--gold"]).is_err());
        assert!(Flags::read(&["--fast"]).is_err());
    }

    #[test]
    fn what_lies_in_a_folder_is_used_and_what_does_not_is_not() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("names.json"), "{}").unwrap();
        let own = folder.path().join("held-out");
        let set = Set::new("held-out", &own, "gold.jsonl", Some(folder.path()));
        assert_eq!(set.gold, own.join("gold.jsonl"));
        assert_eq!(set.distractors, None);
        assert_eq!(set.names, Some(folder.path().join("names.json")));
    }
}

//! What is concluded from annotated claims, compared with what people concluded from them.
//!
//! The scorer lies beside the annotated articles and is a program in Python without dependencies.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::chore::{ChoreError, at, output, workspace};
use crate::floor::FindingScores;

const PYTHON: &str = "python3";
const HELP: &str = "the scorer of findings needs Python 3";

/// Claims of a set, what people concluded from them, and the theatre to conclude in.
pub(super) struct Conclusions {
    pub(super) name: &'static str,
    pub(super) claims: PathBuf,
    pub(super) findings: PathBuf,
    pub(super) pipeline: Option<&'static str>,
}

#[derive(Deserialize)]
struct Numbers {
    recall: f64,
    precision: f64,
    status: Share,
    low_high_figured: Share,
    origins: Share,
    disagreement_recall: f64,
    disagreement_precision: f64,
    compatible: Compatible,
}

#[derive(Deserialize)]
struct Share {
    right: f64,
    n: f64,
}

impl Share {
    fn of(&self) -> f64 {
        if self.n > 0.0 { self.right / self.n } else { 1.0 }
    }
}

#[derive(Deserialize)]
struct Compatible {
    n: f64,
    called_genuine: f64,
}

impl Compatible {
    fn share(&self) -> f64 {
        if self.n > 0.0 { self.called_genuine / self.n } else { 0.0 }
    }
}

/// Whether the scorer can run here.
pub(super) fn has_python() -> bool {
    Command::new(PYTHON).arg("--version").output().is_ok_and(|done| done.status.success())
}

/// Has recoup conclude from the annotated claims of a set, prints how that compares, and returns what is watched.
pub(super) fn measure(
    set: &Conclusions,
    gold: &Path,
    recoup: &Path,
    verbose: bool,
) -> Result<FindingScores, ChoreError> {
    let python = |script: &str| {
        let mut command = Command::new(PYTHON);
        command.arg(gold.join(script));
        command
    };
    let file = |kind: &str| recoup.with_file_name(format!("score-{kind}-{}.jsonl", set.name));
    let (claims, findings) = (file("gold"), file("findings"));
    let wire = output(python("gold_claims_as_wire.py").arg(&set.claims), HELP)?;
    std::fs::write(&claims, wire).map_err(at(&claims))?;
    let mut command = Command::new(recoup);
    command.current_dir(workspace()).arg("findings").arg("--claims").arg(&claims);
    if let Some(pipeline) = set.pipeline {
        command.args(["--pipeline", pipeline]);
    }
    std::fs::write(&findings, output(&mut command, HELP)?).map_err(at(&findings))?;
    let score =
        |flags: &[&str]| output(python("score_findings.py").arg(&set.findings).arg(&findings).args(flags), HELP);
    println!("== {}, findings of annotated claims", set.name);
    print!("{}", String::from_utf8_lossy(&score(if verbose { &["--verbose"] } else { &[] })?));
    let numbers: Numbers = serde_json::from_slice(&score(&["--json"])?)
        .map_err(|error| ChoreError::Garbled { program: "score_findings.py".to_owned(), reason: error.to_string() })?;
    Ok(FindingScores {
        recall: numbers.recall,
        precision: numbers.precision,
        status: numbers.status.of(),
        low_and_high: numbers.low_high_figured.of(),
        origins: numbers.origins.of(),
        disagreement_recall: numbers.disagreement_recall,
        disagreement_precision: numbers.disagreement_precision,
        agreement: 1.0 - numbers.compatible.share(),
    })
}

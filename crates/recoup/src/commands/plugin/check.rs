//! `recoup plugin check`: the conformance suite on a plugin.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use recoup_pipeline::{Check, CheckOutcome, Given, Limits, Subject, conform};
use serde_json::{Value, json};

use crate::args::PluginCheckArgs;
use crate::failure::{Exit, Failure};
use crate::render::{hanging, plain};
use crate::terminal::WIDTH;

pub(crate) fn run(args: &PluginCheckArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let limits = Limits { timeout: Duration::from_secs(args.timeout), ..Limits::default() };
    let read = |path: &PathBuf| fs::read_to_string(path).map_err(|source| Failure::Read { path: path.clone(), source });
    let given = Given { options: args.options.clone(), items: args.items.as_ref().map(read).transpose()? };
    let program = args.plugin.to_string_lossy();
    let command: Vec<&str> = [&*program].into_iter().chain(args.args.iter().map(String::as_str)).collect();
    let subjects = match args.run {
        true => vec![Subject::program(&command, limits)?],
        false => Subject::library(&args.plugin, args.stage.as_deref(), limits)?,
    };
    let mut tried: Vec<(&Subject, Vec<Check>)> = Vec::new();
    for subject in &subjects {
        tried.push((subject, conform(subject, &given)?));
    }
    if args.json {
        let stages: Value = tried.iter().map(|(subject, checks)| stage_json(subject, checks)).collect();
        writeln!(out, "{stages:#}")?;
    } else {
        for (subject, checks) in &tried {
            print(subject, &command.join(" "), checks, out)?;
        }
        let count = |word| tried.iter().flat_map(|(_, checks)| checks).filter(|check| label(check) == word).count();
        writeln!(out, "{} ok, {} failed, {} skipped", count("ok"), count("FAILED"), count("skipped"))?;
    }
    let failed = tried.iter().flat_map(|(_, checks)| checks).any(|check| label(check) == "FAILED");
    Ok(if failed { Exit::Failed } else { Exit::Done })
}

fn print(subject: &Subject, plugin: &str, checks: &[Check], out: &mut dyn Write) -> io::Result<()> {
    let manifest = subject.manifest();
    let head = format!("{} ({}) {}, {plugin}", manifest.name, manifest.kind, manifest.version);
    writeln!(out, "{}\n", plain(&head))?;
    for check in checks {
        let head = format!("  {:8} ", label(check));
        match &check.outcome {
            CheckOutcome::Passed => writeln!(out, "{head}{}", check.name)?,
            CheckOutcome::Failed { message, help } => {
                writeln!(out, "{}", hanging(&head, &format!("{}: {message}", check.name), WIDTH))?;
                writeln!(out, "{}", hanging(&format!("{:11}help: ", ""), help, WIDTH))?;
            }
            CheckOutcome::Skipped(reason) => {
                writeln!(out, "{}", hanging(&head, &format!("{}: {reason}", check.name), WIDTH))?;
            }
        }
    }
    writeln!(out)
}

fn label(check: &Check) -> &'static str {
    match check.outcome {
        CheckOutcome::Passed => "ok",
        CheckOutcome::Failed { .. } => "FAILED",
        CheckOutcome::Skipped(_) => "skipped",
    }
}

fn stage_json(subject: &Subject, checks: &[Check]) -> Value {
    let check = |check: &Check| match &check.outcome {
        CheckOutcome::Passed => json!({ "name": check.name, "outcome": "passed" }),
        CheckOutcome::Failed { message, help } => {
            json!({ "name": check.name, "outcome": "failed", "message": message, "help": help })
        }
        CheckOutcome::Skipped(reason) => json!({ "name": check.name, "outcome": "skipped", "message": reason }),
    };
    let manifest = subject.manifest();
    json!({
        "stage": manifest.name,
        "kind": manifest.kind,
        "version": manifest.version,
        "file": subject.file().display().to_string(),
        "checks": checks.iter().map(check).collect::<Value>(),
    })
}

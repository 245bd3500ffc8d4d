//! `recoup rule`: adds an analyst's decision to the pipeline's file of rulings, and lists them.

mod list;
mod targets;

use std::env;
use std::io::Write;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use recoup_model::{Claim, Decision, Ruling};
use recoup_pipeline::{Extracted, Pipeline, Reconciled, RunError, RunOptions};

use self::targets::Desk;
use super::warn;
use crate::args::{RuleCommand, Ruled};
use crate::failure::{Exit, Failure};
use crate::progress::Bar;
use crate::render::short;
use crate::words;

pub(crate) fn run(command: &RuleCommand, out: &mut dyn Write) -> Result<Exit, Failure> {
    match command {
        RuleCommand::Reject(ruled) => rule("reject", ruled, None, out),
        RuleCommand::Accept(ruled) => rule("accept", ruled, None, out),
        RuleCommand::Merge(ruled) => rule("merge", ruled, None, out),
        RuleCommand::Apart(ruled) => rule("apart", ruled, None, out),
        RuleCommand::Depend(ruled) => rule("depend", ruled, None, out),
        RuleCommand::Date(set) => rule("set_date", &set.ruled, Some(&set.to), out),
        RuleCommand::Place(set) => rule("set_place", &set.ruled, Some(&set.to), out),
        RuleCommand::Undo(ruled) => rule("undo", ruled, None, out),
        RuleCommand::List(args) => list::run(args, out),
    }
}

/// Adds a ruling, once its targets are found.
fn rule(decision: &str, ruled: &Ruled, to: Option<&str>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let author = author(ruled.author.as_deref())?;
    let pipeline = Pipeline::load(&ruled.pipeline)?;
    warn(pipeline.warnings());
    let options = RunOptions { as_of: ruled.as_of, threads: ruled.threads.threads, ..RunOptions::default() };
    let (extracted, known) = if decision == "undo" { (Extracted::default(), None) } else { read(&pipeline, options)? };
    let desk = Desk { pipeline: &pipeline, extracted: &extracted, known: known.as_ref() };
    let targets = desk.targets(decision, &ruled.targets)?;
    let claims = desk.claims(&targets);
    let date = ruled.date.unwrap_or_else(today);
    let decision = Decision::new(decision, targets, to).map_err(|error| Failure::Ruling { error })?;
    let because = ruled.because.clone();
    let ruling = Ruling { id: String::new(), date, author, because, decision, claims }.seal();
    let file = recoup_pipeline::append_ruling(&pipeline, &ruling)?;
    let touched = touched(&ruling, &extracted.claims);
    writeln!(out, "{}  {} {}", ruling.id, ruling.decision.name(), ruling.decision.targets().join(" "))?;
    for claim in touched {
        writeln!(out, "  {}  “{}”", claim.id, short(claim.anchor.quote(), 60))?;
    }
    writeln!(out, "Written to {}.", words::path(&file))?;
    Ok(Exit::Done)
}

/// The claims that it is about, as far as it names some.
fn touched<'c>(ruling: &Ruling, claims: &'c [Claim]) -> Vec<&'c Claim> {
    let ids: Vec<&String> = ruling.resolved().flat_map(|(_, claims)| claims).collect();
    claims.iter().filter(|claim| ids.contains(&&claim.id)).collect()
}

/// What is there to rule on. Without a cut-off there are no findings, but there are claims.
fn read(pipeline: &Pipeline, options: RunOptions<'_>) -> Result<(Extracted, Option<Reconciled>), Failure> {
    let bar = Bar::new();
    let options = RunOptions { progress: &bar, ..options };
    let extracted = recoup_pipeline::recall(pipeline, &options)?;
    match recoup_pipeline::reconcile(pipeline, &options, &extracted) {
        Ok(known) => Ok((extracted, Some(known))),
        Err(RunError::Undated { .. }) => Ok((extracted, None)),
        Err(error) => Err(error.into()),
    }
}

fn author(given: Option<&str>) -> Result<String, Failure> {
    let named = given.map(str::to_owned).or_else(|| env::var("RECOUP_AUTHOR").ok());
    named.filter(|name| !name.trim().is_empty()).ok_or(Failure::NoAuthor)
}

/// The one place where recoup looks at the calendar: no report depends on it, for the file says the day from now on.
fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

//! `recoup rule list`: all rulings and what they do.

use std::io::Write;

use recoup_model::{AppliedRuling, Decision};
use recoup_pipeline::{Pipeline, RunOptions};

use super::super::warn;
use crate::args::RuleListArgs;
use crate::failure::{Exit, Failure};
use crate::progress::Bar;
use crate::render::plain;
use crate::words;

pub(super) fn run(args: &RuleListArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let pipeline = Pipeline::load(&args.pipeline)?;
    warn(pipeline.warnings());
    let Some(file) = pipeline.rulings().file() else {
        writeln!(out, "This pipeline has no file of rulings. Add a line to the top of pipeline.toml for one:")?;
        writeln!(out, "  rulings = \"rulings.toml\"")?;
        return Ok(Exit::Done);
    };
    if pipeline.rulings().is_empty() {
        writeln!(out, "{}: nothing was decided yet.", plain(file))?;
        return Ok(Exit::Done);
    }
    let bar = Bar::new();
    let options = RunOptions { threads: args.threads.threads, progress: &bar, ..RunOptions::default() };
    let extracted = recoup_pipeline::recall(&pipeline, &options)?;
    let mut tally = pipeline.rulings().tally();
    extracted.documents.iter().for_each(|document| tally.document(&document.head()));
    extracted.claims.iter().for_each(|claim| tally.claim(claim));
    for applied in tally.end(pipeline.theatre()) {
        let ruling = &applied.ruling;
        let to = ruling.decision.to().map(|to| format!(" to {to}")).unwrap_or_default();
        writeln!(out, "{}  {}  {}", ruling.id, ruling.date, plain(&ruling.author))?;
        writeln!(out, "  {} {}{}", ruling.decision.name(), plain(&ruling.decision.targets().join(" ")), plain(&to))?;
        writeln!(out, "  because {}", plain(&ruling.because))?;
        writeln!(out, "  {}", state(&applied))?;
    }
    Ok(Exit::Done)
}

/// What came of it, in a few words.
fn state(applied: &AppliedRuling) -> String {
    let claims = || words::count(applied.claims, "claim", "claims");
    match (&applied.undone_by, &applied.ruling.decision) {
        (Some(by), _) => format!("undone by {by}"),
        (None, Decision::Undo(_)) => "applies".to_owned(),
        (None, _) if applied.gone.is_empty() => format!("applies to {}", claims()),
        (None, _) => format!("applies to {}; target gone: {}", claims(), plain(&applied.gone.join(" "))),
    }
}

//! `recoup explain`: what a finding, position or claim rests on, down to the words of the article.

mod lookup;
mod slots;
mod tree;

use std::io::Write;
use std::path::Path;

use recoup_model::{Claim, Document, Finding};
use recoup_pipeline::{Pipeline, RunError, RunOptions};

pub(super) use self::lookup::Lookup;
use self::lookup::NotFound;
use self::tree::Tree;
use super::warn;
use crate::args::ExplainArgs;
use crate::failure::{Exit, Failure};
use crate::progress::Bar;

pub(crate) fn run(args: &ExplainArgs, color: bool, out: &mut dyn Write) -> Result<Exit, Failure> {
    let pipeline = pipeline(args)?;
    warn(pipeline.warnings());
    let bar = Bar::new();
    let options = RunOptions {
        as_of: args.as_of,
        inputs: args.files.clone(),
        manifest: args.manifest.clone(),
        threads: args.threads.threads,
        progress: &bar,
        ..RunOptions::default()
    };
    let extracted = recoup_pipeline::recall(&pipeline, &options)?;
    // A page that is gone since is no reason to show nothing.
    let page = |document: &Document| recoup_pipeline::page(&pipeline, &options, document).ok().flatten();
    let known = match recoup_pipeline::reconcile(&pipeline, &options, &extracted) {
        Ok(known) => known,
        // Without a cut-off nothing can be concluded, but what an article says can still be shown.
        Err(RunError::Undated { .. }) if args.id.starts_with("c_") => {
            let known = Known { findings: &[], claims: &extracted.claims, documents: &extracted.documents };
            explain(args, known, &page, color, out)?;
            writeln!(out, "\nNo day of publication is known, so nothing was concluded: give one with --as-of.")?;
            return Ok(Exit::Done);
        }
        Err(error) => return Err(error.into()),
    };
    let rulings = pipeline.rulings().as_of(args.as_of);
    let rejected = extracted.claims.iter().filter(|claim| rulings.rejects(&claim.id, &claim.document));
    let rejected: Vec<Claim> = rejected.cloned().collect();
    let claims = [known.claims, rejected].concat();
    let shown = Known { findings: &known.findings, claims: &claims, documents: &known.documents };
    if !explain(args, shown, &page, color, out)? {
        let why = if rulings.is_empty() { "" } else { " `recoup rule list` shows what was decided." };
        writeln!(out, "\nNo finding rests on this claim.{why}")?;
    }
    Ok(Exit::Done)
}

/// What there is to explain.
struct Known<'k> {
    findings: &'k [Finding],
    claims: &'k [Claim],
    documents: &'k [Document],
}

/// Shows what the id stands for; returns whether it is in a finding.
fn explain(
    args: &ExplainArgs,
    known: Known<'_>,
    page: &dyn Fn(&Document) -> Option<String>,
    color: bool,
    out: &mut dyn Write,
) -> Result<bool, Failure> {
    let Known { findings, claims, documents } = known;
    let found = Lookup::new(findings, claims).find(&args.id).map_err(|error| failure(error, &args.id))?;
    Ok(Tree { findings, claims, documents, page, color }.print(&found, out)?)
}

/// The pipeline that is named; else the one of this folder; else, for articles on their own, the built-in stages.
fn pipeline(args: &ExplainArgs) -> Result<Pipeline, Failure> {
    let here = Path::new("pipeline.toml");
    match &args.pipeline {
        Some(path) => Ok(Pipeline::load(path)?),
        None if !args.files.is_empty() || args.manifest.is_some() => Ok(Pipeline::built_in()),
        None if here.exists() => Ok(Pipeline::load(here)?),
        None => Err(Failure::NoPipeline { id: args.id.clone() }),
    }
}

/// What is said of an id that does not stand for one thing.
pub(super) fn failure(error: NotFound, id: &str) -> Failure {
    let id = id.to_owned();
    match error {
        NotFound::Ambiguous(candidates) => Failure::AmbiguousId { id, candidates },
        NotFound::Unknown(nearest) => {
            let help = if id.starts_with("d_") {
                "documents cannot be explained, but what they say can: `recoup claims` lists the claims of an article"
            } else {
                "list the claims with `recoup claims --pipeline PIPELINE`, and the findings with \
                 `recoup run PIPELINE --keep DIR`, in DIR/findings.jsonl; ids depend on --as-of and on the articles"
            };
            Failure::UnknownId { id, nearest, help: help.to_owned() }
        }
    }
}

#[cfg(test)]
mod tests;

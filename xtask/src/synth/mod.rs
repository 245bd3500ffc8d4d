//! `cargo xtask synth`: invented worlds of which the truth is known, and how close findings come to it.
//!
//! The same seed and size give the same bytes. What is drawn: events with true values (`event`), who speaks and where
//! (`cast`), who reports on an event and who prints it (`coverage`), the texts (`article`, `wording`), and what is so
//! (`truth`).

mod article;
mod cast;
mod coverage;
mod english;
mod event;
mod figure;
mod french;
mod judge;
mod names;
mod random;
mod set;
#[cfg(test)]
mod tests;
mod truth;
mod verdict;
mod wording;
mod write;

use std::path::PathBuf;

use self::set::Kind;
use crate::chore::ChoreError;

const USAGE: &str = "\
synth takes one of
  claims --seed N --size CLAIMS --out DIR      claims, documents, theatre and truth
  articles --seed N --size ARTICLES --out DIR  articles, pipeline with theatre, and truth
  judge DIR --findings FILE                    compares findings with the truth in DIR";

pub(crate) fn run(flags: &[&str]) -> Result<(), ChoreError> {
    match flags {
        ["judge", flags @ ..] => verdict::run(flags),
        ["claims", flags @ ..] => write(Kind::Claims, flags),
        ["articles", flags @ ..] => write(Kind::Articles, flags),
        _ => Err(usage()),
    }
}

fn usage() -> ChoreError {
    ChoreError::Usage(USAGE.to_owned())
}

fn write(kind: Kind, flags: &[&str]) -> Result<(), ChoreError> {
    let (seed, size, folder) = read(flags).ok_or_else(usage)?;
    let counts = write::write(kind, seed, size, &folder)?;
    println!(
        "{}: {} groups, {} questions, {} documents, {} claims",
        folder.display(),
        counts.groups,
        counts.questions,
        counts.documents,
        counts.claims
    );
    Ok(())
}

/// Seed, size and folder, in any order.
fn read(flags: &[&str]) -> Option<(u64, usize, PathBuf)> {
    let (mut seed, mut size, mut folder) = (None, None, None);
    for pair in flags.chunks(2) {
        match pair {
            ["--seed", value] => seed = Some(value.parse().ok()?),
            ["--size", value] => size = Some(value.parse().ok()?),
            ["--out", value] => folder = Some(PathBuf::from(value)),
            _ => return None,
        }
    }
    Some((seed?, size?, folder?))
}

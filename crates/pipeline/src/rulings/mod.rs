//! Rulings: what analysts decided about documents, claims and sources, from a file beside the pipeline.
//!
//! The file is the truth and only grows. It is read with the pipeline ([`read`]), reduced to what holds in the end
//! ([`effects`]), and applied to documents and claims before they are reconciled ([`apply`]): pure functions, so that a
//! caller may apply them to the claims of a run or to those of a database, group by group. What came of each ruling is
//! counted by a [`Tally`]; [`append`] adds one to the file.

mod append;
mod apply;
mod effects;
mod place;
mod read;
mod tally;

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::PathBuf;

use jiff::civil::Date;
use recoup_model::{AppliedRuling, Hashed, PlaceRef, Ruling, content_hash};

use self::effects::Effects;
use crate::problem::{Problem, SourceFile};

pub use append::append;
pub(crate) use read::{Atlas, read};
pub use tally::Tally;

/// The rulings of a pipeline, in the order of their file, and what they come to.
#[derive(Debug, Clone, Default)]
pub struct Rulings {
    file: Option<File>,
    entries: Vec<Entry>,
    effects: Effects,
}

/// The file that a pipeline names.
#[derive(Debug, Clone)]
struct File {
    path: PathBuf,
    /// As the pipeline names it.
    name: String,
    /// `None` where there is no file yet.
    source: Option<SourceFile>,
    /// Bytes of it that hold what was decided by the cut-off.
    length: usize,
}

/// One ruling and its place in the file.
#[derive(Debug, Clone)]
struct Entry {
    ruling: Ruling,
    /// The heading.
    span: Range<usize>,
    /// Of each target.
    targets: Vec<Range<usize>>,
    /// The place that it sets, where it does and that is one.
    place: Option<PlaceRef>,
}

impl Rulings {
    fn new(file: Option<File>, entries: Vec<Entry>) -> Self {
        Rulings { effects: Effects::of(&entries), file, entries }
    }

    /// What had been decided by a day: later rulings do not exist. `None` = everything.
    pub fn as_of(&self, cut_off: Option<Date>) -> Rulings {
        let Some(cut_off) = cut_off else { return self.clone() };
        let known = |entry: &&Entry| entry.ruling.date <= cut_off;
        let first_later = self.entries.iter().find(|entry| !known(entry)).map(|entry| entry.span.start);
        let file = self.file.clone().map(|file| File { length: first_later.unwrap_or(file.length), ..file });
        Rulings::new(file, self.entries.iter().filter(known).cloned().collect())
    }

    /// Those of some ids alone.
    pub(crate) fn only(&self, ids: &BTreeSet<String>) -> Rulings {
        let named = self.entries.iter().filter(|entry| ids.contains(&entry.ruling.id)).cloned().collect();
        Rulings::new(self.file.clone(), named)
    }

    /// The rulings, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Ruling> {
        self.entries.iter().map(|entry| &entry.ruling)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The file as the pipeline names it; `None` where it names none.
    pub fn file(&self) -> Option<&str> {
        self.file.as_ref().map(|file| file.name.as_str())
    }

    /// Name and hash of the file. Of a past day it is the hash that the file had then, so that a ruling of today changes no
    /// byte of yesterday's report.
    pub fn hashed(&self) -> Option<Hashed> {
        let file = self.file.as_ref()?;
        let text = file.source.as_ref()?.inner();
        let sha256 = match text.get(..file.length).filter(|part| part.len() < text.len()) {
            Some(part) => content_hash(format!("{}\n", part.trim_end()).as_bytes()),
            None => content_hash(text.as_bytes()),
        };
        Some(Hashed { name: file.name.clone(), sha256 })
    }

    /// Warnings, each with its place in the file, of targets that are not there.
    pub fn warnings(&self, applied: &[AppliedRuling]) -> Vec<Problem> {
        let Some(source) = self.file.as_ref().and_then(|file| file.source.as_ref()) else { return Vec::new() };
        let mut warnings = Vec::new();
        for (entry, applied) in self.entries.iter().zip(applied) {
            let targets = entry.ruling.decision.targets().iter().zip(&entry.targets);
            for (target, span) in targets.filter(|(target, _)| applied.gone.contains(target)) {
                let problem = Problem::new("ruling::target_gone", format!("`{target}` is not there: nothing was done"));
                let help = "its article is not among those read, or is read otherwise now; `recoup rule undo` takes the \
                            ruling back";
                warnings.push(problem.at(source, span.clone()).label("no such target").help(help).warning());
            }
        }
        warnings
    }

    /// A warning where some were decided after a cut-off, and so do not hold in a report as of that day.
    pub(crate) fn later_than(&self, cut_off: Option<Date>) -> Option<Problem> {
        let source = self.file.as_ref()?.source.as_ref()?;
        let cut_off = cut_off?;
        let mut later = self.entries.iter().filter(|entry| entry.ruling.date > cut_off);
        let first = later.next()?;
        let message = match later.count() {
            0 => format!("a ruling was decided after the cut-off, {cut_off}, and is left out"),
            n => format!("{} rulings were decided after the cut-off, {cut_off}, and are left out", n + 1),
        };
        let problem = Problem::new("ruling::later", message).at(source, first.span.clone());
        let help = "a report as of a past day says what was known and decided by then; a later --as-of takes them in";
        Some(problem.label(format!("decided on {}", first.ruling.date)).help(help).warning())
    }
}

//! Runs of a pipeline that has a store: articles are taken in once, what has been read or weighed is not read or weighed
//! again, and reports follow each other.
//!
//! A report hangs on two cut-offs: its documents were published up to one day, and taken in up to one intake. Both are
//! arguments, so that any past report can be made again.

mod care;
mod edits;
mod errata;
mod export;
mod fetch;
mod identity;
mod intake;
mod knowledge;
mod likeness;
mod placing;
mod recall;
mod replay;
mod series;
mod weigh;

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use recoup_model::{ArchiveState, Hashed, content_hash};
use recoup_store::{Print, Reader, Run, Store, Verdict};

use crate::{Pipeline, Rulings, RunError};

pub use care::StoreCare;
pub use export::Exported;
pub use recall::{page, recall};
pub use replay::{Replayed, ReportOptions, archived, report, reports};
pub(crate) use series::run;
pub use series::{BackfillOptions, Filled, backfill};

/// A store that is open for one run.
pub(crate) struct Archive<'p> {
    pipeline: &'p Pipeline,
    store: Store,
    reader: Reader,
    run: Run,
    /// What had been decided when the intake began.
    rulings: Rulings,
    /// Their file, as it was then.
    rulings_file: Option<Hashed>,
    /// Hash of what weighs claims.
    weigher: [u8; 32],
    /// What has been weighed in this run or before.
    verdicts: HashMap<Print, Verdict>,
}

impl<'p> Archive<'p> {
    /// Opens the store of a pipeline for writing and begins an intake at `now`.
    fn open(pipeline: &'p Pipeline, now: Timestamp) -> Result<Self, RunError> {
        let path = pipeline.store().ok_or_else(|| no_store(pipeline))?;
        let mut store = Store::open(&path)?;
        let reader = store.reader(&identity::reader(pipeline))?;
        let run = store.begin(now, env!("CARGO_PKG_VERSION"))?;
        let rulings = pipeline.rulings.as_of(Some(day(run.at)));
        Ok(Archive {
            pipeline,
            store,
            reader,
            run,
            rulings_file: rulings.hashed(),
            rulings,
            weigher: identity::weigher(pipeline),
            verdicts: HashMap::new(),
        })
    }
}

/// Rulings carry a day, and hold from an intake of that day on.
fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// What a store holds of what was taken in up to an intake.
fn state(store: &Store, up_to: Run) -> Result<ArchiveState, RunError> {
    let all = store.taken_in(0, up_to.id)?;
    let bytes: Vec<u8> = all.iter().flat_map(|(_, hash)| *hash).collect();
    let last = store.last_taken_in(up_to.id)?;
    Ok(ArchiveState {
        articles: all.len(),
        sha256: content_hash(&bytes),
        taken_in: last.map_or(up_to.at, |run| run.at),
    })
}

fn no_store(pipeline: &Pipeline) -> RunError {
    RunError::NoStore { name: pipeline.name.clone() }
}

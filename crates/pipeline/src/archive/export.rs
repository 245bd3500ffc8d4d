//! The archive in a form of its own: a report stage of a library is handed every document with its claims.

use std::path::{Path, PathBuf};

use recoup_model::{ArchivedDocument, Claim, Diagnostic, Head, Period, ReportItem};
use recoup_store::{Extent, Run};
use serde_json::Value;

use super::{StoreCare, day, state};
use crate::child::Stream;
use crate::load::Resolver;
use crate::pipeline::{Declared, Opener};
use crate::run::head::{self, Making};
use crate::run::{Batch, report};
use crate::{BUILT_IN, LibraryError, Pipeline, RunError, StageFailure};

/// What was written of an archive.
#[derive(Debug, Clone)]
pub struct Exported {
    /// How many documents, every version and reading counted.
    pub documents: usize,
    /// How many claims.
    pub claims: usize,
    /// The files, in the order of the stage.
    pub written: Vec<PathBuf>,
    /// What the stage said besides.
    pub diagnostics: Vec<Diagnostic>,
}

impl StoreCare {
    /// Hands the archive to a report stage of the library `plugin`, in a cage, and writes its files below `out`, all or
    /// none. The library is found as if `pipeline` named it. The stage is given a head, then each document with its
    /// claims behind it, in the order in which they were read; neither side has to hold them all.
    ///
    /// # Errors
    /// The store is empty or cannot be read, there is no such library, the stage fails, or its files cannot be written.
    pub fn export_with(
        &self,
        pipeline: &Pipeline,
        plugin: &str,
        options: Value,
        out: &Path,
    ) -> Result<Exported, RunError> {
        let extent = self.0.extent()?;
        let head = self.head(pipeline, &extent)?;
        let resolver = Resolver { registry: &BUILT_IN, folder: pipeline.folder(), context: pipeline.context() };
        let stage = resolver.library::<ReportItem>(plugin, options).map_err(no_plugin)?;
        let mut stream = open(&stage, pipeline).map_err(failed)?;
        stream.give(&ReportItem::Head(Box::new(head))).map_err(failed)?;
        let mut given = Ok(());
        self.0.each_document(|document, claims| {
            given = give(&mut stream, document, claims);
            given.is_ok()
        })?;
        given.map_err(failed)?;
        let heard = stream.finish().map_err(failed)?;
        let name = &stage.manifest.name;
        let mut batch = Batch::default();
        for file in heard.emitted {
            let (path, body) = report::own_name(name, &out.to_string_lossy(), file)?;
            batch.add(out, &path, report::bytes(body, name)?, name)?;
        }
        let written = batch.commit()?;
        Ok(Exported { documents: extent.documents, claims: extent.claims, written, diagnostics: heard.reported })
    }

    /// What the archive says of itself: its period reaches from the first day of publication to the last.
    fn head(&self, pipeline: &Pipeline, extent: &Extent) -> Result<Head, RunError> {
        let last = self.0.last_taken_in(i64::MAX)?.filter(|_| extent.documents > 0);
        let last: Run = last.ok_or_else(|| RunError::EmptyStore { name: pipeline.name.clone() })?;
        let making = Making {
            documents: &extent.undated,
            claims: extent.claims,
            copies: &[],
            rulings: &[],
            rulings_file: None,
            dormant: 0,
            inputs: Vec::new(),
            archive: Some(state(&self.0, last)?),
        };
        let period = extent.published.unwrap_or(Period { start: day(last.at), end: day(last.at) });
        Ok(Head {
            newest: extent.published.map(|published| published.end),
            documents: extent.documents,
            ..head::head(pipeline, making, period, None)
        })
    }
}

fn open(stage: &Declared<ReportItem>, pipeline: &Pipeline) -> Result<Stream<ReportItem>, StageFailure> {
    match &stage.opener {
        Opener::Child(kennel, _) => Stream::open(kennel, &stage.options, &stage.context(&pipeline.context())),
        Opener::BuiltIn(_) | Opener::Library(_) => {
            Err(StageFailure::new(&stage.manifest.name, "it does not run in a process of its own"))
        }
    }
}

fn give(stream: &mut Stream<ReportItem>, document: &ArchivedDocument, claims: &[Claim]) -> Result<(), StageFailure> {
    stream.give(&ReportItem::Document(Box::new(document.clone())))?;
    claims.iter().try_for_each(|claim| stream.give(&ReportItem::Claim(Box::new(claim.clone()))))
}

fn failed(failure: StageFailure) -> RunError {
    RunError::Export { help: failure.help.clone(), failure: Box::new(failure) }
}

/// The help of a library speaks of the pipeline's file; here the command line names it.
fn no_plugin(why: LibraryError) -> RunError {
    let help = match &why {
        LibraryError::NotFound { .. } => {
            "`cargo xtask plugins` builds the plugins that come with recoup; where they lie elsewhere, name the folder in \
             RECOUP_PLUGIN_PATH. `recoup plugin list` shows where is looked, and what is there"
        }
        _ => "`recoup plugin list` shows the plugins that are found, and `recoup plugin check` what is wrong with one",
    };
    RunError::Plugin { why: Box::new(why), help: help.to_owned() }
}

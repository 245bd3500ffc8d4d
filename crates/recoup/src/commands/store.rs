//! `recoup store`: looking after the store of a pipeline.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use recoup_pipeline::{Pipeline, StoreCare};
use serde::Serialize;

use super::report::print_files;
use crate::args::{ExportArgs, Exported, Format, StatsArgs, StoreArgs, StoreCommand};
use crate::failure::{Exit, Failure};
use crate::words;

pub(crate) fn run(command: &StoreCommand, out: &mut dyn Write) -> Result<Exit, Failure> {
    match command {
        StoreCommand::Check(args) => check(args, out),
        StoreCommand::Stats(args) => stats(args, out),
        StoreCommand::Export(args) => export(args, out),
        StoreCommand::Compact(args) => compact(args, out),
    }
}

fn check(args: &StoreArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let checked = care(&args.pipeline)?.check()?;
    if checked.faults.is_empty() {
        writeln!(out, "The store is sound; {} rows were looked at.", checked.rows)?;
        return Ok(Exit::Done);
    }
    for fault in &checked.faults {
        writeln!(out, "- {fault}")?;
    }
    Ok(Exit::Failed)
}

fn stats(args: &StatsArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let stats = care(&args.pipeline)?.stats()?;
    if args.format == Format::Json {
        let mut object: serde_json::Map<String, serde_json::Value> =
            stats.counts.iter().map(|(name, count)| (name.replace(' ', "_"), (*count).into())).collect();
        object.insert("bytes".to_owned(), stats.bytes.into());
        object.insert("free_bytes".to_owned(), stats.free.into());
        writeln!(out, "{}", serde_json::Value::Object(object))?;
        return Ok(Exit::Done);
    }
    for (name, count) in &stats.counts {
        writeln!(out, "{name:<13}{count:>12}")?;
    }
    writeln!(out, "{:<13}{:>12}  ({} free)", "bytes", stats.bytes, stats.free)?;
    Ok(Exit::Done)
}

fn export(args: &ExportArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let pipeline = Pipeline::load_for_run(&args.pipeline)?;
    let care = StoreCare::open(&pipeline)?;
    match (args.what, &args.plugin, &args.out) {
        (Some(what), _, None) => write_lines(&care, what, out)?,
        (Some(what), _, Some(path)) => {
            let failed = |source| Failure::Write { path: path.clone(), source };
            let mut file = BufWriter::new(File::create(path).map_err(failed)?);
            write_lines(&care, what, &mut file)?;
            file.flush().map_err(failed)?;
        }
        (None, Some(plugin), Some(folder)) => {
            let options = args.options.clone().unwrap_or_else(|| serde_json::json!({}));
            let exported = care.export_with(&pipeline, plugin, options, folder)?;
            super::log(&exported.diagnostics);
            let documents = words::count(exported.documents, "document", "documents");
            let claims = words::count(exported.claims, "claim", "claims");
            writeln!(out, "{documents}, {claims}")?;
            print_files(&exported.written, out)?;
        }
        // The command line asks for one of both, and for a folder with a plugin.
        (None, ..) => {}
    }
    Ok(Exit::Done)
}

fn write_lines(care: &StoreCare, what: Exported, out: &mut dyn Write) -> Result<(), Failure> {
    let mut written = Ok(());
    care.each_document(|document, claims| {
        written = match what {
            Exported::Documents => line(document, out),
            Exported::Claims => claims.iter().try_for_each(|claim| line(claim, out)),
        };
        written.is_ok()
    })?;
    Ok(written?)
}

fn line<T: Serialize>(value: &T, out: &mut dyn Write) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

fn compact(args: &StoreArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let pipeline = Pipeline::load_for_run(&args.pipeline)?;
    let freed = StoreCare::compact(&pipeline)?;
    writeln!(out, "The store is {freed} bytes smaller.")?;
    Ok(Exit::Done)
}

fn care(pipeline: &Path) -> Result<StoreCare, Failure> {
    Ok(StoreCare::open(&Pipeline::load_for_run(pipeline)?)?)
}

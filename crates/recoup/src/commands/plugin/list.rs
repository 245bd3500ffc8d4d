//! `recoup plugin list`: the places where plugins are looked for, and what lies there.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use miette::Diagnostic as _;
use recoup_pipeline::{LibraryError, Limits, Place, PlaceOf, Shelved, plugins};
use serde_json::{Value, json};

use crate::args::PluginListArgs;
use crate::failure::{Exit, Failure};
use crate::render::{hanging, plain};
use crate::terminal::WIDTH;
use crate::words;

pub(crate) fn run(args: &PluginListArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let folder = args.pipeline.as_deref().map(folder).transpose()?;
    let places = plugins(folder.as_deref(), Limits::default());
    if args.json {
        writeln!(out, "{:#}", places.iter().map(place_json).collect::<Value>())?;
        return Ok(Exit::Done);
    }
    for (index, place) in places.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        print(place, out)?;
    }
    Ok(Exit::Done)
}

/// The folder of a pipeline, which need not be sound for that.
fn folder(pipeline: &Path) -> Result<PathBuf, Failure> {
    let folder = match pipeline {
        path if path.is_dir() => path,
        path if path.is_file() => path.parent().unwrap_or(Path::new("")),
        path => return Err(Failure::NoSuchPipeline { path: path.to_owned() }),
    };
    Ok(if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() })
}

fn print(place: &Place, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} ({})", plain(&place.folder.display().to_string()), of(place.of))?;
    match &place.libraries {
        Ok(libraries) if libraries.is_empty() => writeln!(out, "  no shared library"),
        Ok(libraries) => libraries.iter().try_for_each(|library| print_library(library, out)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => writeln!(out, "  no such folder"),
        Err(error) => writeln!(out, "  cannot be read: {error}"),
    }
}

fn print_library(library: &Shelved, out: &mut dyn Write) -> io::Result<()> {
    let name = library.file.file_name().unwrap_or(library.file.as_os_str()).to_string_lossy();
    writeln!(out, "  {}", plain(&name))?;
    match &library.seen {
        Ok((sha256, manifests)) => {
            writeln!(out, "    sha256 {sha256}")?;
            for manifest in manifests {
                let head = format!("    {} ({}) {}: ", manifest.name, manifest.kind, manifest.version);
                writeln!(out, "{}", hanging(&plain(&head), &manifest.summary, WIDTH))?;
            }
        }
        Err(error) => {
            writeln!(out, "{}", hanging("    no plugin: ", &error.to_string(), WIDTH))?;
            if let Some(help) = error.help() {
                writeln!(out, "{}", hanging("    help: ", &help.to_string(), WIDTH))?;
            }
        }
    }
    Ok(())
}

const fn of(of: PlaceOf) -> &'static str {
    match of {
        PlaceOf::Pipeline => "the pipeline's folder",
        PlaceOf::Variable => "RECOUP_PLUGIN_PATH",
        PlaceOf::Program => "beside recoup",
    }
}

fn place_json(place: &Place) -> Value {
    let of = match place.of {
        PlaceOf::Pipeline => "pipeline",
        PlaceOf::Variable => "variable",
        PlaceOf::Program => "program",
    };
    let folder = words::path(&place.folder);
    match &place.libraries {
        Ok(libraries) => {
            let libraries: Value = libraries.iter().map(library_json).collect();
            json!({ "folder": folder, "of": of, "libraries": libraries })
        }
        Err(error) => json!({ "folder": folder, "of": of, "unreadable": error.to_string() }),
    }
}

fn library_json(library: &Shelved) -> Value {
    let file = words::path(&library.file);
    match &library.seen {
        Ok((sha256, manifests)) => json!({ "file": file, "sha256": sha256, "stages": manifests }),
        Err(error) => json!({ "file": file, "refused": refused(error) }),
    }
}

fn refused(error: &LibraryError) -> Value {
    json!({
        "code": error.code().map(|code| code.to_string()),
        "message": error.to_string(),
        "help": error.help().map(|help| help.to_string()),
    })
}

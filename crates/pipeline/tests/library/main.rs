//! Stages from shared libraries: sound ones, and every way in which one can be unsound.
#![allow(clippy::unwrap_used)]

mod build;
mod failures;
mod forms;
mod loading;

use std::path::Path;

use recoup_pipeline::{Library, LibraryError, LibraryStage, Running, StageFailure};
use recoup_plugin::model::{Body, Diagnostic, File, ReportItem};
use recoup_plugin::{Context, Sink};

/// Everything that a stage said.
#[derive(Default)]
struct Said {
    files: Vec<File>,
    diagnostics: Vec<Diagnostic>,
    cancelled: bool,
}

impl Sink<File> for Said {
    fn emit(&mut self, file: File) {
        self.files.push(file);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn cancelled(&self) -> bool {
        self.cancelled
    }
}

impl Said {
    fn text(&self) -> &str {
        match &self.files[..] {
            [File { body: Body::Text(text), .. }] => text,
            files => panic!("{} files", files.len()),
        }
    }
}

/// The report of a made-up week: a head, three findings, an article set aside.
fn stream() -> Vec<ReportItem> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins/bulletin/tests/stream.jsonl");
    let lines = std::fs::read_to_string(path).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Opens the only report stage of a library.
fn open(library: &Path) -> Result<LibraryStage<ReportItem>, LibraryError> {
    Library::load(library, None)?.open(None, &serde_json::json!({}), &Context::default())
}

/// Runs a stage to its end.
fn run(stage: &mut dyn Running<ReportItem>, items: Vec<ReportItem>, said: &mut Said) -> Result<(), StageFailure> {
    stage.process(items, said)?;
    stage.finish(said)
}

/// An error as the user reads it, without what differs between machines.
fn shown(error: &dyn miette::Diagnostic, folder: &Path) -> String {
    let code = error.code().map(|code| code.to_string()).unwrap_or_default();
    let help = error.help().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    let native = std::env::consts::DLL_SUFFIX;
    format!("{code}\n{error}{help}\n").replace(&*folder.to_string_lossy(), "[folder]").replace(native, ".so")
}

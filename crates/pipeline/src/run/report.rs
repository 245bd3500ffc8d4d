//! Findings to files.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use recoup_model::{Body, Diagnostic, File, Period, ReportItem, SetAside};
use tracing::{debug, info_span};

use super::bench::Bench;
use super::outcome::{RunError, failed_on};
use super::write::Batch;
use crate::pipeline::{Pipeline, Report};
use crate::running::Heard;
use crate::{Progress, StageFailure, load};

/// What the report stages said, and which of them failed.
#[derive(Default)]
pub(crate) struct Reported {
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) set_aside: Vec<SetAside>,
}

/// Runs every report stage and puts its files into `batch`, below `out`. One that fails costs its own files.
pub(crate) fn report(
    pipeline: &Pipeline,
    items: &[ReportItem],
    period: Period,
    out: &Path,
    batch: &mut Batch,
    progress: &dyn Progress,
) -> Result<Reported, RunError> {
    let _entered = info_span!("stage", stage = "report").entered();
    progress.phase("report", pipeline.report.len());
    let mut reported = Reported::default();
    for report in &pipeline.report {
        let name = &report.stage.manifest.name;
        match files(pipeline, report, items) {
            Ok(heard) => {
                debug!(stage = name, files = heard.emitted.len(), "Reported.");
                reported.diagnostics.extend(heard.reported);
                for (path, body) in place(report, heard.emitted, period)? {
                    batch.add(out, &path, bytes(body, name)?, name)?;
                }
            }
            Err(failure) => {
                reported.set_aside.push(failed_on(&format!("[[report]] {}", report.path), &failure));
                reported.diagnostics.extend(failure.remarks);
            }
        }
        progress.step();
    }
    Ok(reported)
}

fn files(pipeline: &Pipeline, report: &Report, items: &[ReportItem]) -> Result<Heard<File>, StageFailure> {
    Bench::open(std::slice::from_ref(&report.stage), &pipeline.context())?.whole(items.to_vec())
}

/// Where each file goes, relative to the output folder.
fn place(report: &Report, files: Vec<File>, period: Period) -> Result<Vec<(PathBuf, Body)>, RunError> {
    let stage = &report.stage.manifest.name;
    let path = load::expand(&report.path, period);
    if load::is_folder(&path) {
        return files.into_iter().map(|file| named(stage, &path, file)).collect();
    }
    let count = files.len();
    let Ok([file]) = <[File; 1]>::try_from(files) else {
        return Err(RunError::Output {
            message: format!("the report stage `{stage}` makes {count} files, and its path `{path}` names one"),
            help: "end the path in `/` for the stage to name its files below it; `recoup stages` shows whether an \
                   option of the stage makes it write one file"
                .to_owned(),
        });
    };
    let plain = load::below(&path).ok_or_else(|| leaves(stage, &path))?;
    Ok(vec![(plain, file.body)])
}

fn named(stage: &str, folder: &str, file: File) -> Result<(PathBuf, Body), RunError> {
    // Its own name must stay below its own folder, not only below the output folder.
    let (below, body) = own_name(stage, folder, file)?;
    let folder = load::below(folder).ok_or_else(|| leaves(stage, folder))?;
    Ok((folder.join(below), body))
}

/// The name that a stage gives to a file below `folder`.
pub(crate) fn own_name(stage: &str, folder: &str, file: File) -> Result<(PathBuf, Body), RunError> {
    let Some(name) = file.file else {
        return Err(RunError::Output {
            message: format!(
                "the report stage `{stage}` makes a file without a name, and its path is the folder `{folder}`"
            ),
            help: "give it the path of a file, without `/` at the end".to_owned(),
        });
    };
    let below = load::below(&name).ok_or_else(|| leaves(stage, &name))?;
    Ok((below, file.body))
}

fn leaves(stage: &str, path: &str) -> RunError {
    RunError::Output {
        message: format!("the report stage `{stage}` names a file outside its folder: `{path}`"),
        help: "this is a mistake in the stage; nothing was written".to_owned(),
    }
}

/// The bytes of a file that a stage made.
pub(crate) fn bytes(body: Body, stage: &str) -> Result<Vec<u8>, RunError> {
    match body {
        Body::Text(text) => Ok(text.into_bytes()),
        Body::Base64(text) => STANDARD.decode(text).map_err(|error| RunError::Output {
            message: format!("a file of the report stage `{stage}` is not base64: {error}"),
            help: "this is a mistake in the stage; nothing was written".to_owned(),
        }),
    }
}

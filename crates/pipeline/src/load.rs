//! From a pipeline's file to a pipeline, or to everything that is wrong with it.
//!
//! First what the file alone tells, then what needs the disk; both always, so that one run of `recoup check` shows all.

mod expectations;
mod inputs;
mod keys;
mod limits;
mod paths;
mod section;
mod stages;
mod structure;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use miette::NamedSource;
use recoup_model::{Hashed, content_hash};
use recoup_plugin::{Context, ReportContext};

use self::structure::Written;
use crate::pipeline::{self, Pipeline};
use crate::problem::{Problem, Problems, SourceFile};
use crate::{Registry, Rulings, rulings, spanned, theatre};

pub(crate) use keys::{Key, PIPELINE, RULINGS, Shape};
pub(crate) use paths::{below, expand, is_folder};
pub(crate) use section::{Report, Section};
pub(crate) use stages::{Resolver, SEARCH, beside_the_program, start_program};
pub(crate) use structure::default_period;

/// Reads and checks a pipeline; a folder stands for its `pipeline.toml`.
/// What is wrong with plugins is an error, unless it is `lenient` and the pipeline has enough without them.
pub(crate) fn load(path: &Path, registry: &Registry, lenient: bool) -> Result<Pipeline, Problems> {
    let path = if path.is_dir() { path.join("pipeline.toml") } else { path.to_owned() };
    let (file, text) = read(&path)?;
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let tree = spanned::parse(&text, &file)?;
    let mut report = Report { file: &file, problems: Vec::new(), aside: Vec::new() };
    let section = Section::read(tree.get_ref(), 0..0, PIPELINE, &mut report);
    let written = structure::check(&section, &mut report);
    let inputs = inputs::read(&section, &folder, &mut report);
    let tests = expectations::read(&section, &text, &mut report);
    let hashed = Hashed { name: file_name(&path), sha256: content_hash(text.as_bytes()) };
    let pipeline = complete(written, folder, hashed, inputs, registry, &mut report);
    let mut problems = Problems::default();
    problems.extend(report.problems);
    match pipeline {
        Some(pipeline) if !problems.is_fatal() && (report.aside.is_empty() || lenient && works(&pipeline)) => {
            let warnings = problems.warnings().to_vec();
            Ok(Pipeline { tests, warnings, broken: report.aside, ..pipeline })
        }
        _ => {
            problems.extend(report.aside);
            Err(problems)
        }
    }
}

/// Whether every kind of stage is left that a run needs.
fn works(pipeline: &Pipeline) -> bool {
    !pipeline.parse.is_empty() && !pipeline.extract.is_empty()
}

/// A text file of the user's.
pub(crate) fn read(path: &Path) -> Result<(SourceFile, String), Problem> {
    let shown = path.display().to_string();
    let bytes = fs::read(path).map_err(|error| {
        let problem = Problem::new("pipeline::unreadable", format!("cannot read {shown}: {error}"));
        problem.help("name a pipeline's file, or the folder that holds its `pipeline.toml`")
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
        Problem::new("pipeline::encoding", format!("{shown} is not UTF-8: the first wrong byte is on line {line}"))
            .help("save the file as UTF-8")
    })?;
    Ok((Arc::new(NamedSource::new(shown, text.clone())), text))
}

/// The last part of a path, as text.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// What needs the disk: the theatre, then the stages that read it.
fn complete(
    written: Written<'_>,
    folder: PathBuf,
    file: Hashed,
    inputs: Vec<pipeline::Input>,
    registry: &Registry,
    report: &mut Report<'_>,
) -> Option<Pipeline> {
    let (mut theatre, mut packs) = theatre::base();
    let mut lint = Vec::new();
    if let Some((name, span)) = written.theatre {
        match theatre::load(&folder.join(name), name, &theatre) {
            Ok((own, hashes, odd)) => {
                lint = odd;
                theatre.extend(own);
                packs.extend(hashes);
            }
            Err(theatre::Flawed::Missing(problem)) => report.at(span, problem),
            Err(theatre::Flawed::Mistakes(problems)) => report.problems.extend(problems),
        }
    }
    let rulings = written.rulings.map_or_else(Rulings::default, |name| {
        let atlas = rulings::Atlas { theatre: &theatre, language: &written.language };
        rulings::read(&folder, name, atlas, report)
    });
    let theatre = Arc::new(theatre);
    let context = Context {
        theatre: Arc::clone(&theatre),
        report: ReportContext { language: written.language.clone(), ..ReportContext::default() },
        ..Context::default()
    };
    let resolver = Resolver { registry, folder: &folder, context };
    let parse = written.parse.iter().filter_map(|stage| resolver.resolve(stage, report)).collect();
    let extract = written.extract.iter().filter_map(|stage| resolver.resolve(stage, report)).collect();
    let reconcile = written.reconcile.and_then(|stage| resolver.resolve(&stage, report));
    let reports = written.report.into_iter().filter_map(|(stage, path)| {
        let stage = resolver.resolve(&stage, report)?;
        Some(pipeline::Report { stage, path: path? })
    });
    let reports: Vec<pipeline::Report> = reports.collect();
    let vocabulary = packs.clone();
    let templates = reports.iter().flat_map(|r| &r.stage.files);
    packs.extend(templates.map(|(name, text)| Hashed { name: name.clone(), sha256: content_hash(text.as_bytes()) }));
    packs.sort();
    packs.dedup();
    Some(Pipeline {
        file: Some(file),
        folder,
        name: written.name,
        period: written.period,
        language: written.language,
        theatre,
        packs,
        vocabulary,
        store: written.store,
        horizon: written.horizon,
        fetch: written.fetch,
        rulings,
        inputs,
        parse,
        extract,
        reconcile: reconcile?,
        report: reports,
        tests: Vec::new(),
        warnings: Vec::new(),
        lint,
        broken: Vec::new(),
    })
}

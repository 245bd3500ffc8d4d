//! From a stage as written to one that opens.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use miette::Diagnostic as _;
use recoup_plugin::{Context, Kind, StageItem};
use serde_json::Value;

use super::section::Report;
use super::structure::{Origin, WrittenStage, unknown_stage};
use crate::nearest::nearest;
use crate::pipeline::{Declared, Opener};
use crate::registry::{Entry, Registered};
use crate::spanned::{Spanned, Tree, locate, to_json};
use crate::unknown::{keys, unknown_keys};
use crate::{Library, LibraryError, Problem, Registry, StageFailure};

/// Folders in which libraries are looked for by name, in the form of `PATH`.
const SEARCH: &str = "RECOUP_PLUGIN_PATH";

/// Finds the stages that a pipeline names and tries their options.
pub(crate) struct Resolver<'r> {
    pub(crate) registry: &'r Registry,
    pub(crate) folder: &'r Path,
    /// What stages are opened with to try their options: the theatre and the language of the report.
    pub(crate) context: Context,
}

impl Resolver<'_> {
    /// The stage, or `None` where something is wrong with it, which is then reported.
    pub(crate) fn resolve<I: Registered>(
        &self,
        written: &WrittenStage<'_>,
        report: &mut Report<'_>,
    ) -> Option<Declared<I>> {
        let options = written.options.map_or_else(no_options, |options| to_json(options.get_ref()));
        let files = if I::KIND == Kind::Report { self.files(&options) } else { BTreeMap::new() };
        let declared = match &written.origin {
            Origin::BuiltIn { name, span } => {
                let Some(entry) = I::entries(self.registry).iter().find(|entry| entry.name == *name) else {
                    let known: Vec<&str> = I::entries(self.registry).iter().map(|entry| entry.name).collect();
                    report.at(span.clone(), unknown_stage(name, I::KIND, &known, self.registry.kind_of(name)));
                    return None;
                };
                misplaced_options(&(entry.manifest)().options, written, report);
                if !well_typed(entry, written.options, report) {
                    return None;
                }
                Declared { manifest: (entry.manifest)(), options, files, opener: Opener::BuiltIn(entry.open) }
            }
            Origin::Library { library, span, sha256, stage } => {
                let loaded = self.find(library).and_then(|path| Library::load(&path, sha256.as_ref().map(|(h, _)| *h)));
                let manifest = |library: Library| {
                    let manifest = library.manifest(stage.as_ref().map(|(name, _)| *name), I::KIND)?.clone();
                    Ok((library, manifest))
                };
                match loaded.and_then(manifest) {
                    Ok((library, manifest)) => {
                        let schema = &manifest.options;
                        misplaced_options(schema, written, report);
                        let unknown = written.options.map(|options| unknown_keys(schema, schema, options));
                        let unknown = unknown.unwrap_or_default();
                        if !unknown.is_empty() {
                            report.problems.extend(unknown.into_iter().map(|mistake| mistake.in_file(report.file)));
                            return None;
                        }
                        Declared { manifest, options, files, opener: Opener::Library(Arc::new(library)) }
                    }
                    Err(error) => {
                        let place = match (&error, sha256, stage) {
                            (LibraryError::WrongHash { .. }, Some((_, hash)), _) => hash,
                            (
                                LibraryError::UnknownStage { .. } | LibraryError::WrongKind { .. },
                                _,
                                Some((_, stage)),
                            ) => stage,
                            _ => span,
                        };
                        report.at(place.clone(), library_problem(&error));
                        return None;
                    }
                }
            }
        };
        match declared.open(&declared.context(&self.context)) {
            Ok(_) => Some(declared),
            Err(failure) => {
                refused(&failure, written, report);
                None
            }
        }
    }

    fn find(&self, library: &str) -> Result<PathBuf, LibraryError> {
        let search: Vec<PathBuf> =
            std::env::var_os(SEARCH).map(|paths| std::env::split_paths(&paths).collect()).unwrap_or_default();
        Library::find(library, self.folder, &search)
    }

    /// The files below the pipeline's folder that texts in the options name, such as a template. A writer reads no
    /// file itself.
    fn files(&self, options: &Value) -> BTreeMap<String, String> {
        let mut names = Vec::new();
        texts(options, &mut names);
        let read = |name: &str| {
            let path = self.folder.join(super::paths::below(name)?);
            path.is_file().then(|| fs::read_to_string(path).ok()).flatten()
        };
        names.into_iter().filter_map(|name| Some((name.to_owned(), read(name)?))).collect()
    }
}

impl<I: StageItem> Declared<I> {
    /// What the stage is told: `shared`, and the files that are its own.
    pub(crate) fn context(&self, shared: &Context) -> Context {
        let mut context = shared.clone();
        context.report.files.clone_from(&self.files);
        context
    }
}

fn no_options() -> Value {
    Value::Object(serde_json::Map::new())
}

fn texts<'v>(value: &'v Value, out: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => out.push(text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, out)),
        Value::Object(map) => map.values().for_each(|item| texts(item, out)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn well_typed<I: StageItem>(entry: &Entry<I>, options: Option<&Spanned<Tree<'_>>>, report: &mut Report<'_>) -> bool {
    let mistakes = options.map(|options| (entry.check)(options)).unwrap_or_default();
    let fine = mistakes.is_empty();
    for mistake in mistakes {
        report.problems.push(mistake.in_file(report.file));
    }
    fine
}

/// Tells of the keys that stand beside `options` and belong into it.
fn misplaced_options(schema: &Value, written: &WrittenStage<'_>, report: &mut Report<'_>) {
    let known = keys(schema);
    for key in &written.unknown {
        if known.contains(&key.name) {
            let help = format!("`{0}` is an option of the stage: write `options = {{ {0} = … }}`", key.name);
            report.advise(&key.span, help);
        } else if let Some(near) = nearest(key.name, known.iter().copied()).filter(|_| !key.resembles) {
            let help = format!("did you mean the option `{near}`? write `options = {{ {near} = … }}`");
            report.advise(&key.span, help);
        }
    }
}

/// A stage does not know the file: it names the option, and here it becomes a place.
fn refused(failure: &StageFailure, written: &WrittenStage<'_>, report: &mut Report<'_>) {
    let remarks: Vec<_> = failure.remarks.iter().filter(|r| r.path.is_some() && r.path != failure.path).collect();
    let place = |path: Option<&str>| match (written.options, path) {
        (Some(options), Some(path)) => locate(options, path),
        (Some(options), None) => options.span(),
        (None, _) => written.span.clone(),
    };
    for remark in &remarks {
        let problem = Problem::new("pipeline::option", remark.message.clone()).label("refused by the stage");
        report.at(place(remark.path.as_deref()), Problem { help: remark.help.clone().map(Into::into), ..problem });
    }
    if failure.path.is_some() || remarks.is_empty() {
        let message = format!("stage `{}` refuses its options: {}", failure.stage, failure.message);
        let problem = Problem::new("pipeline::option", message).label("refused by the stage");
        report.at(place(failure.path.as_deref()), Problem { help: failure.help.clone().map(Into::into), ..problem });
    }
}

fn library_problem(error: &LibraryError) -> Problem {
    let code = error.code().map_or_else(|| "plugin::failed".to_owned(), |code| code.to_string());
    let problem = Problem::new(code, error.to_string());
    Problem { help: error.help().map(|help| help.to_string().into()), ..problem }
}

//! From a stage as written to one that opens.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use miette::Diagnostic as _;
use recoup_model::{Hashed, content_hash};
use recoup_plugin::{Context, Kind, Manifest, StageItem};
use serde_json::Value;

use super::section::Report;
use super::structure::{Origin, WrittenStage, unknown_stage};
use crate::child::{Gone, Kennel, Launch, Process, Start};
use crate::library::{self, choose};
use crate::nearest::nearest;
use crate::pipeline::{Declared, Form, Opener};
use crate::registry::{Entry, Registered};
use crate::spanned::{Spanned, Tree, locate, to_json};
use crate::unknown::{keys, unknown_keys};
use crate::{How, Library, LibraryError, Limits, Problem, Registry, StageFailure, cage};

/// Folders in which libraries are looked for by name, in the form of `PATH`.
pub(crate) const SEARCH: &str = "RECOUP_PLUGIN_PATH";

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
            Origin::Library { library, span, sha256, stage, isolate, limits } => {
                let name = stage.as_ref().map(|(name, _)| *name);
                let hash = sha256.as_ref().map(|(hash, _)| *hash);
                let loaded = self.find(library).and_then(|path| match isolate {
                    true => self.caged(&path, hash, name, I::KIND, *limits),
                    false => in_process(&path, hash, name, I::KIND),
                });
                match loaded {
                    Ok((manifest, opener)) => {
                        if !self.known_options(&manifest, written, report) {
                            return None;
                        }
                        Declared { manifest, options, files, opener }
                    }
                    Err(error) => {
                        let code = library_problem(&error).code.into_owned();
                        let place = match (code.as_str(), sha256, stage) {
                            ("plugin::wrong_hash", Some((_, hash)), _) => hash,
                            ("plugin::unknown_stage" | "plugin::wrong_kind", _, Some((_, stage))) => stage,
                            _ => span,
                        };
                        report.broken(place.clone(), library_problem(&error));
                        return None;
                    }
                }
            }
            Origin::Program { command, span, limits } => match self.program(command, I::KIND, *limits) {
                Ok((manifest, opener)) => {
                    if !self.known_options(&manifest, written, report) {
                        return None;
                    }
                    Declared { manifest, options, files, opener }
                }
                Err(error) => {
                    report.broken(span.clone(), library_problem(&error));
                    return None;
                }
            },
        };
        match declared.open(&declared.context(&self.context)) {
            Ok(_) => Some(declared),
            Err(failure) => {
                let refused = refused(&failure, written);
                let own = matches!(written.origin, Origin::BuiltIn { .. });
                for (place, problem) in refused {
                    if own { report.at(place, problem) } else { report.broken(place, problem) }
                }
                None
            }
        }
    }

    /// The stage of a library that no pipeline names, in a cage: found, and told of its options, as if one did.
    ///
    /// # Errors
    /// [`LibraryError`] where there is no such library, or no such stage in it.
    pub(crate) fn library<I: StageItem>(&self, library: &str, options: Value) -> Result<Declared<I>, LibraryError> {
        let (manifest, opener) = self.caged(&self.find(library)?, None, None, I::KIND, Limits::default())?;
        let files = self.files(&options);
        Ok(Declared { manifest, options, files, opener })
    }

    fn find(&self, library: &str) -> Result<PathBuf, LibraryError> {
        let mut search: Vec<PathBuf> =
            std::env::var_os(SEARCH).map(|paths| std::env::split_paths(&paths).collect()).unwrap_or_default();
        search.extend(beside_the_program().into_iter().filter(|folder| folder.is_dir()));
        Library::find(library, self.folder, &search)
    }

    /// A library in a cage of its own: it is not loaded here.
    fn caged<I: StageItem>(
        &self,
        path: &Path,
        sha256: Option<&str>,
        name: Option<&str>,
        kind: Kind,
        limits: Limits,
    ) -> Result<(Manifest, Opener<I>), LibraryError> {
        let seen = cage::look(path, sha256, limits)?;
        let manifest = seen.manifests[choose(&seen.manifests, &seen.path, name, kind)?].clone();
        let launch = cage::launch(&seen, &manifest.name, &self.working_folder(), limits)
            .map_err(|source| LibraryError::NotStarted { path: seen.path.clone(), source })?;
        let kennel = Arc::new(Kennel::new(&manifest.name, launch, None));
        let form = Form::Library { path: seen.path, sha256: seen.sha256, isolated: true };
        Ok((manifest, Opener::Child(kennel, form)))
    }

    /// A program that speaks as a stage; it is started to hear what it is.
    fn program<I: StageItem>(
        &self,
        command: &[&str],
        kind: Kind,
        limits: Limits,
    ) -> Result<(Manifest, Opener<I>), LibraryError> {
        let (launch, process, manifest) = start_program(command, &self.working_folder(), limits)?;
        choose(std::slice::from_ref(&manifest), &launch.program, Some(&manifest.name), kind)?;
        let files = command.iter().filter_map(|word| self.hashed(word)).collect();
        let form = Form::Program { command: command.iter().map(|word| (*word).to_owned()).collect(), files };
        let kennel = Arc::new(Kennel::new(&manifest.name, launch, Some(process)));
        Ok((manifest, Opener::Child(kennel, form)))
    }

    /// The file below the pipeline's folder that a word of a command names, with its hash.
    fn hashed(&self, word: &str) -> Option<Hashed> {
        let path = self.folder.join(super::paths::below(word)?);
        let bytes = fs::read(path).ok()?;
        Some(Hashed { name: word.to_owned(), sha256: content_hash(&bytes) })
    }

    fn working_folder(&self) -> PathBuf {
        if self.folder.as_os_str().is_empty() { PathBuf::from(".") } else { self.folder.to_owned() }
    }

    /// Whether the schema of a stage that is not built in knows its options; what it does not know is reported.
    fn known_options(&self, manifest: &Manifest, written: &WrittenStage<'_>, report: &mut Report<'_>) -> bool {
        let schema = &manifest.options;
        misplaced_options(schema, written, report);
        let unknown = written.options.map(|options| unknown_keys(schema, schema, options)).unwrap_or_default();
        let known = unknown.is_empty();
        for mistake in unknown {
            let problem = mistake.in_file(report.file);
            report.aside.push(problem);
        }
        known
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
fn refused(failure: &StageFailure, written: &WrittenStage<'_>) -> Vec<(Range<usize>, Problem)> {
    let remarks: Vec<_> = failure.remarks.iter().filter(|r| r.path.is_some() && r.path != failure.path).collect();
    let place = |path: Option<&str>| match (written.options, path) {
        (Some(options), Some(path)) => locate(options, path),
        (Some(options), None) => options.span(),
        (None, _) => written.span.clone(),
    };
    let mut out = Vec::new();
    for remark in &remarks {
        let problem = Problem::new("pipeline::option", remark.message.clone()).label("refused by the stage");
        out.push((place(remark.path.as_deref()), Problem { help: remark.help.clone().map(Into::into), ..problem }));
    }
    if failure.path.is_some() || remarks.is_empty() {
        let message = match failure.how {
            How::Failed => format!("stage `{}` refuses its options: {}", failure.stage, failure.message),
            _ => failure.to_string(),
        };
        let label = if failure.how == How::Failed { "refused by the stage" } else { "the stage does not open" };
        let problem = Problem::new("pipeline::option", message).label(label);
        out.push((place(failure.path.as_deref()), Problem { help: failure.help.clone().map(Into::into), ..problem }));
    }
    out
}

/// A library in this process.
fn in_process<I: StageItem>(
    path: &Path,
    sha256: Option<&str>,
    name: Option<&str>,
    kind: Kind,
) -> Result<(Manifest, Opener<I>), LibraryError> {
    let library = Library::load(path, sha256)?;
    let manifest = library.manifest(name, kind)?.clone();
    Ok((manifest, Opener::Library(Arc::new(library))))
}

/// Starts a program in `folder` and hears what it is.
///
/// # Errors
/// [`LibraryError`] where there is no such program, it does not say hello, or this recoup cannot work with it.
pub(crate) fn start_program(
    command: &[&str],
    folder: &Path,
    limits: Limits,
) -> Result<(Launch, Process, Manifest), LibraryError> {
    let (name, arguments) = command.split_first().map_or(("", command), |(name, rest)| (*name, rest));
    let program = find_program(name, folder)?;
    let launch = Launch {
        program: program.clone(),
        arguments: arguments.iter().map(OsString::from).collect(),
        folder: folder.to_owned(),
        limits,
        reusable: false,
    };
    let silent = |reason: String| LibraryError::NoHello { path: program.clone(), reason };
    let (process, hello) = Process::start(&launch).map_err(|error| match error {
        Start::Spawn(source) => LibraryError::NotStarted { path: program.clone(), source },
        Start::Silent(Gone::Died(ended, _)) => silent(ended),
        Start::Silent(Gone::Hung(timeout)) => silent(format!("nothing came within {} s", timeout.as_secs_f64())),
        Start::Silent(Gone::Astray(message)) => silent(message),
    })?;
    let manifest = library::manifest(&hello, &program)?;
    Ok((launch, process, manifest))
}

/// The folders in which plugins that come with the program would lie.
pub(crate) fn beside_the_program() -> Vec<PathBuf> {
    let program = std::env::current_exe().and_then(fs::canonicalize).ok();
    let Some(folder) = program.as_deref().and_then(Path::parent) else { return Vec::new() };
    let beside = folder.join("plugins");
    let library = folder.parent().map(|prefix| prefix.join("lib").join("recoup").join("plugins"));
    [Some(beside), library].into_iter().flatten().collect()
}

/// A name without `/` is looked for in `PATH`, any other is relative to the pipeline's folder.
fn find_program(name: &str, folder: &Path) -> Result<PathBuf, LibraryError> {
    let path = Path::new(name);
    let candidates: Vec<PathBuf> = if path.components().count() > 1 || path.is_absolute() {
        vec![folder.join(path)]
    } else {
        let paths = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&paths).map(|folder| folder.join(path)).collect()
    };
    match candidates.iter().find(|candidate| candidate.is_file()) {
        // The child is started in the pipeline's folder, to which the path would be relative once more. Links stay: some
        // programs go by the name they are called by.
        Some(found) => Ok(std::path::absolute(found).unwrap_or_else(|_| found.clone())),
        None => Err(LibraryError::NoProgram { name: name.to_owned(), tried: candidates }),
    }
}

fn library_problem(error: &LibraryError) -> Problem {
    let code = error.code().map_or_else(|| "plugin::failed".to_owned(), |code| code.to_string());
    let problem = Problem::new(code, error.to_string());
    Problem { help: error.help().map(|help| help.to_string().into()), ..problem }
}

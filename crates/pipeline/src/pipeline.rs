//! A pipeline that has been read and checked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use recoup_ingest::Fields;
use recoup_model::{Claim, Document, Hashed, Item, PeriodLength, ReportItem, Theatre};
use recoup_plugin::{Context, Manifest, ReportContext, StageItem};
use serde_json::Value;

use crate::child::Kennel;
use crate::registry::{BUILT_IN, Entry, OpenStage};
use crate::test::Test;
use crate::{Library, LibraryError, Problem, Problems, Registry, Rulings, Running, StageFailure, load, theatre};

/// A pipeline that has been read and checked: its stages open, its theatre holds together.
pub struct Pipeline {
    pub(crate) file: Option<Hashed>,
    pub(crate) folder: PathBuf,
    pub(crate) name: String,
    pub(crate) period: PeriodLength,
    pub(crate) language: String,
    pub(crate) theatre: Arc<Theatre>,
    pub(crate) packs: Vec<Hashed>,
    /// Those of the packs that articles are read with: all but the templates of reports.
    pub(crate) vocabulary: Vec<Hashed>,
    /// Relative to the folder.
    pub(crate) store: Option<PathBuf>,
    /// How long a finding is printed after it was last heard of.
    pub(crate) horizon: Option<PeriodLength>,
    pub(crate) rulings: Rulings,
    pub(crate) inputs: Vec<Input>,
    /// How servers are asked for what the inputs name.
    pub(crate) fetch: recoup_fetch::Options,
    pub(crate) parse: Vec<Declared<Item>>,
    pub(crate) extract: Vec<Declared<Document>>,
    pub(crate) reconcile: Declared<Claim>,
    pub(crate) report: Vec<Report>,
    pub(crate) tests: Vec<Test>,
    pub(crate) warnings: Vec<Problem>,
    pub(crate) lint: Vec<Problem>,
    /// Plugins that could not be loaded, where the pipeline may run without them.
    pub(crate) broken: Vec<Problem>,
}

/// One `[[input]]`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Input {
    /// Glob patterns, relative to the pipeline's folder.
    pub(crate) files: Vec<String>,
    /// Manifest, relative to the pipeline's folder.
    pub(crate) manifest: Option<PathBuf>,
    /// What the fields of lists mean.
    pub(crate) fields: Option<Arc<Fields>>,
    /// Addresses of feeds, or of pages.
    pub(crate) feeds: Vec<String>,
    /// Whether the pages of the feeds' entries are fetched too.
    pub(crate) pages: bool,
}

/// One `[[report]]`.
pub(crate) struct Report {
    pub(crate) stage: Declared<ReportItem>,
    pub(crate) path: String,
}

/// A stage as a pipeline declares it: what it is, and its options.
pub(crate) struct Declared<I: StageItem> {
    pub(crate) manifest: Manifest,
    pub(crate) options: Value,
    /// The files that its options name, by that name.
    pub(crate) files: BTreeMap<String, String>,
    pub(crate) opener: Opener<I>,
}

/// Where a stage comes from.
pub(crate) enum Opener<I: StageItem> {
    BuiltIn(OpenStage<I>),
    /// In this process.
    Library(Arc<Library>),
    /// In processes of its own.
    Child(Arc<Kennel>, Form),
}

/// One stage of a pipeline, as `recoup stages` lists it.
#[derive(Debug, Clone)]
pub struct StageInfo {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Where it comes from.
    pub form: Form,
    /// Its options as the pipeline gives them.
    pub options: Value,
}

/// Where a stage comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// Linked in.
    BuiltIn,
    /// A shared library.
    Library {
        /// The file that was loaded.
        path: PathBuf,
        /// SHA-256 of its bytes in lower-case hexadecimal.
        sha256: String,
        /// Whether it runs in a process of its own.
        isolated: bool,
    },
    /// A program.
    Program {
        /// With its arguments.
        command: Vec<String>,
        /// The files below the pipeline's folder that the command names.
        files: Vec<Hashed>,
    },
}

impl Pipeline {
    /// Reads a pipeline's file (or the `pipeline.toml` of a folder) and checks everything in it.
    ///
    /// # Errors
    /// [`Problems`]: everything that is wrong, each with its place.
    pub fn load(path: &Path) -> Result<Pipeline, Problems> {
        Pipeline::load_with(path, &BUILT_IN)
    }

    /// [`Pipeline::load`] with other stages linked in.
    ///
    /// # Errors
    /// As [`Pipeline::load`].
    pub fn load_with(path: &Path, registry: &Registry) -> Result<Pipeline, Problems> {
        load::load(path, registry, false)
    }

    /// [`Pipeline::load`] for a run: a plugin that cannot be loaded is set aside where the pipeline can do without it,
    /// and told of in [`Pipeline::broken`]. Mistakes in the file itself are errors as before.
    ///
    /// # Errors
    /// As [`Pipeline::load`].
    pub fn load_for_run(path: &Path) -> Result<Pipeline, Problems> {
        load::load(path, &BUILT_IN, true)
    }

    /// The plugins that could not be loaded, each as an error with its place.
    pub fn broken(&self) -> &[Problem] {
        &self.broken
    }

    /// The pipeline for articles that have none: the built-in stages with their own options, the base pack, no input
    /// and no report. Paths are relative to the working directory.
    pub fn built_in() -> Pipeline {
        let (theatre, packs) = theatre::base();
        Pipeline {
            file: None,
            folder: PathBuf::new(),
            name: "recoup".to_owned(),
            period: load::default_period(),
            language: "en".to_owned(),
            theatre: Arc::new(theatre),
            vocabulary: packs.clone(),
            packs,
            store: None,
            horizon: None,
            rulings: Rulings::default(),
            inputs: Vec::new(),
            fetch: recoup_fetch::Options::default(),
            parse: BUILT_IN.parse.iter().map(Declared::built_in).collect(),
            extract: BUILT_IN.extract.iter().map(Declared::built_in).collect(),
            reconcile: Declared::built_in(&BUILT_IN.reconcile[0]),
            report: Vec::new(),
            tests: Vec::new(),
            warnings: Vec::new(),
            lint: Vec::new(),
            broken: Vec::new(),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The folder to which its paths are relative.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How long a period is, and where one begins.
    pub fn period(&self) -> PeriodLength {
        self.period
    }

    /// Where its store lies, if it has one.
    pub fn store(&self) -> Option<PathBuf> {
        self.store.as_ref().map(|path| self.folder.join(path))
    }

    /// Language of the report: `fr` or `en`.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The base pack with the pipeline's theatre on top.
    pub fn theatre(&self) -> &Arc<Theatre> {
        &self.theatre
    }

    /// What analysts decided, all of it: see [`Rulings::as_of`].
    pub fn rulings(&self) -> &Rulings {
        &self.rulings
    }

    /// The names of its tests, in the order of the file.
    pub fn tests(&self) -> impl Iterator<Item = &str> {
        self.tests.iter().map(|test| test.name.as_str())
    }

    /// What is worth knowing and stops nothing.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// What is odd about the names of its theatre: warnings for those who look after it, of no interest to a run.
    pub fn lint(&self) -> &[Problem] {
        &self.lint
    }

    /// What every stage is told: the theatre and the language of the report.
    pub(crate) fn context(&self) -> Context {
        Context {
            theatre: Arc::clone(&self.theatre),
            report: ReportContext { language: self.language.clone(), ..ReportContext::default() },
            ..Context::default()
        }
    }

    /// Its stages, in the order of the data and then of the file.
    pub fn stages(&self) -> Vec<StageInfo> {
        let parse = self.parse.iter().map(Declared::info);
        let extract = self.extract.iter().map(Declared::info);
        let report = self.report.iter().map(|r| r.stage.info());
        parse.chain(extract).chain([self.reconcile.info()]).chain(report).collect()
    }
}

impl<I: StageItem> Declared<I> {
    fn built_in(entry: &Entry<I>) -> Self {
        Declared {
            manifest: (entry.manifest)(),
            options: Value::Object(serde_json::Map::new()),
            files: BTreeMap::new(),
            opener: Opener::BuiltIn(entry.open),
        }
    }

    /// An instance of the stage.
    pub(crate) fn open(&self, context: &Context) -> Result<Box<dyn Running<I>>, StageFailure> {
        match &self.opener {
            Opener::BuiltIn(open) => open(&self.options, context),
            Opener::Child(kennel, _) => Ok(Box::new(kennel.open::<I>(&self.options, context)?)),
            Opener::Library(library) => match library.open::<I>(Some(&self.manifest.name), &self.options, context) {
                Ok(stage) => Ok(Box::new(stage)),
                Err(LibraryError::Stage(failure)) => Err(failure),
                Err(other) => Err(StageFailure::new(&self.manifest.name, other.to_string())),
            },
        }
    }

    /// Whether it runs in processes of its own.
    pub(crate) fn is_child(&self) -> bool {
        matches!(self.opener, Opener::Child(..))
    }

    fn info(&self) -> StageInfo {
        let form = match &self.opener {
            Opener::BuiltIn(_) => Form::BuiltIn,
            Opener::Library(library) => {
                Form::Library { path: library.path().to_owned(), sha256: library.sha256().to_owned(), isolated: false }
            }
            Opener::Child(_, form) => form.clone(),
        };
        StageInfo { manifest: self.manifest.clone(), form, options: self.options.clone() }
    }
}

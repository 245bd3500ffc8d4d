//! Which articles a run reads, and what is known of each besides its text.

mod containers;
mod manifest;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use recoup_ingest::{Fields, Limits};
use recoup_model::{Body, Hashed, Item, SetAside, Sidecar};
use recoup_store::Seen;

pub(crate) use self::containers::{Batch, held, opened};
pub(crate) use self::manifest::{Flawed, Listed, manifest};
use crate::pipeline::Input;
use crate::{Pipeline, Problems, RunError, RunOptions, load};

/// The name that stands for what is piped in.
const STDIN: &str = "-";

/// An article to be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Source {
    /// As the user named it.
    origin: String,
    path: PathBuf,
    /// Name for the run's manifest: no path outside the pipeline.
    name: String,
    /// What its fields mean, where it is a list.
    fields: Option<Arc<Fields>>,
}

/// The articles of a run in a fixed order, and the manifests that speak of them.
#[derive(Default)]
pub(crate) struct Gathered {
    pub(crate) sources: Vec<(Source, Sidecar)>,
    pub(crate) manifests: Vec<Hashed>,
}

/// Finds the articles of a run: those of the command line, else those of the pipeline.
pub(crate) fn gather(pipeline: &Pipeline, options: &RunOptions<'_>) -> Result<Gathered, RunError> {
    let below = canonical(own(&pipeline.folder));
    let mut gathering = Gathering { folder: &pipeline.folder, below, known: HashSet::new(), out: Gathered::default() };
    if options.inputs.is_empty() && options.manifest.is_none() {
        for input in &pipeline.inputs {
            gathering.input(input)?;
        }
    } else {
        let listed = options.manifest.as_deref().map(|path| gathering.manifest(path)).transpose()?;
        let named = options.inputs.iter().map(|path| (path.display().to_string(), path.clone())).collect();
        // A list on the command line is one that the pipeline knows how to read.
        let fields = pipeline.inputs.iter().find_map(|input| input.fields.clone());
        gathering.files(named, listed.as_deref(), fields.as_ref());
    }
    let mut out = gathering.out;
    if out.sources.is_empty() {
        return Err(RunError::NoInput);
    }
    out.sources.sort_by(|(a, _), (b, _)| a.cmp(b));
    out.manifests.sort();
    Ok(out)
}

/// The article of a run that was found at a place, also within a container.
pub(crate) fn find(pipeline: &Pipeline, options: &RunOptions<'_>, origin: &str) -> Result<Option<Seen>, RunError> {
    for (source, sidecar) in gather(pipeline, options)?.sources {
        if source.origin == origin {
            return Ok(source.see(&sidecar).ok());
        }
        let within = origin.strip_prefix(&source.origin).is_some_and(|rest| rest.starts_with('#'));
        if !within || source.is_piped() {
            continue;
        }
        let mut found = None;
        source.batches(&sidecar, |batch| {
            found = found.take().or_else(|| batch.articles.into_iter().find(|seen| seen.origin == origin));
            Ok(())
        })?;
        return Ok(found);
    }
    Ok(None)
}

struct Gathering<'p> {
    folder: &'p Path,
    /// Its canonical path.
    below: PathBuf,
    /// Canonical paths of the articles so far: one that is named twice is read once.
    known: HashSet<PathBuf>,
    out: Gathered,
}

impl Gathering<'_> {
    fn input(&mut self, input: &Input) -> Result<(), RunError> {
        let listed = input.manifest.as_ref().map(|path| self.manifest(&self.folder.join(path))).transpose()?;
        let mut named = Vec::new();
        for pattern in &input.files {
            // A pattern that is none was refused when the pipeline was loaded.
            for path in matching(self.folder, pattern).unwrap_or_default() {
                let origin = path.strip_prefix(self.folder).unwrap_or(&path).display().to_string();
                named.push((origin, path));
            }
        }
        // A pattern that matches nothing does not turn the manifest into the list.
        if input.files.is_empty() || !named.is_empty() {
            self.files(named, listed.as_deref(), input.fields.as_ref());
        }
        Ok(())
    }

    fn manifest(&mut self, path: &Path) -> Result<Vec<Listed>, RunError> {
        let (listed, sha256) = manifest(path).map_err(|flawed| match flawed {
            Flawed::Missing(source) => RunError::Io { verb: "read the manifest", path: path.to_owned(), source },
            Flawed::Mistakes(problems) => {
                let mut all = Problems::default();
                all.extend(problems);
                RunError::Problems(all)
            }
        })?;
        self.out.manifests.push(Hashed { name: name_below(&self.below, &canonical(path)), sha256 });
        Ok(listed)
    }

    /// Adds the files `named`, with what a manifest says of them; without any, the manifest is the list.
    fn files(&mut self, named: Vec<(String, PathBuf)>, listed: Option<&[Listed]>, fields: Option<&Arc<Fields>>) {
        let listed = listed.unwrap_or_default();
        if named.is_empty() {
            for entry in listed {
                self.add(entry.origin.clone(), entry.path.clone(), entry.sidecar.clone(), fields);
            }
            return;
        }
        let sidecars: BTreeMap<PathBuf, &Sidecar> =
            listed.iter().map(|entry| (canonical(&entry.path), &entry.sidecar)).collect();
        for (origin, path) in named {
            let sidecar = (!sidecars.is_empty()).then(|| sidecars.get(&canonical(&path))).flatten();
            let sidecar = sidecar.map(|sidecar| (*sidecar).clone());
            let stem = || match path.as_os_str() == STDIN {
                true => "stdin".to_owned(),
                false => path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            };
            let sidecar = sidecar.unwrap_or_else(|| Sidecar { doc: stem(), ..Sidecar::default() });
            self.add(origin, path, sidecar, fields);
        }
    }

    fn add(&mut self, origin: String, path: PathBuf, sidecar: Sidecar, fields: Option<&Arc<Fields>>) {
        let canonical = canonical(&path);
        let (origin, name) = match path.as_os_str() == STDIN {
            true => ("stdin".to_owned(), "stdin".to_owned()),
            false => (origin, name_below(&self.below, &canonical)),
        };
        if self.known.insert(canonical) {
            self.out.sources.push((Source { origin, path, name, fields: fields.cloned() }, sidecar));
        }
    }
}

/// The files that match a pattern relative to `folder`, sorted by name; `a/**` is every file below `a`.
pub(crate) fn matching(folder: &Path, pattern: &str) -> Result<Vec<PathBuf>, glob::PatternError> {
    let full = if Path::new(pattern).is_absolute() || folder.as_os_str().is_empty() {
        pattern.to_owned()
    } else {
        format!("{}/{pattern}", glob::Pattern::escape(&folder.to_string_lossy()))
    };
    let full = if full.ends_with("/**") || full == "**" { format!("{full}/*") } else { full };
    // What cannot be listed is not there to be read.
    let mut files: Vec<PathBuf> = glob::glob(&full)?.filter_map(Result::ok).filter(|path| path.is_file()).collect();
    files.sort();
    Ok(files)
}

fn canonical(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// The pipeline's folder; the working directory where it has none.
fn own(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// The name of a file below `folder`; of a file elsewhere its last part, so that no report tells where somebody's
/// folders are. Both are canonical.
fn name_below(folder: &Path, path: &Path) -> String {
    match path.strip_prefix(folder) {
        Ok(below) => below.to_string_lossy().replace('\\', "/"),
        Err(_) => load::file_name(path),
    }
}

impl Source {
    /// The article as an item, and its hash.
    ///
    /// # Errors
    /// Why it must be set aside.
    pub(crate) fn read(&self, sidecar: &Sidecar) -> Result<(Item, Hashed), SetAside> {
        let seen = self.see(sidecar)?;
        Ok(opened(seen))
    }

    /// The article as it is found.
    ///
    /// # Errors
    /// Why it must be set aside.
    pub(crate) fn see(&self, sidecar: &Sidecar) -> Result<Seen, SetAside> {
        // Well above any page of print, well below what would exhaust the memory.
        let largest = Limits::default().article;
        let unreadable = |error| self.unreadable(&error);
        if fs::metadata(&self.path).map_err(unreadable)?.len() > largest {
            let reason = format!("is larger than {} MiB", largest >> 20);
            return Err(self.aside("input.too_large", reason, "split it into its articles"));
        }
        let bytes = fs::read(&self.path).map_err(unreadable)?;
        Ok(Seen {
            origin: self.origin.clone(),
            name: self.name.clone(),
            media_type: recoup_ingest::media_type(&self.origin, &bytes).map(str::to_owned),
            sidecar: sidecar.clone(),
            bytes,
        })
    }

    fn unreadable(&self, error: &std::io::Error) -> SetAside {
        self.aside("input.unreadable", format!("cannot be read: {error}"), "check the name and that you may read it")
    }

    fn aside(&self, code: &str, reason: String, help: &str) -> SetAside {
        SetAside { origin: self.origin.clone(), code: code.to_owned(), reason, help: Some(help.to_owned()) }
    }
}

/// What was found, as parse stages want it.
pub(crate) fn item(seen: Seen) -> Item {
    let body = match String::from_utf8(seen.bytes) {
        Ok(text) => Body::Text(text),
        Err(error) => Body::Base64(STANDARD.encode(error.as_bytes())),
    };
    Item { origin: seen.origin, media_type: seen.media_type, body, sidecar: seen.sidecar }
}

//! The sample articles of `pipelines/`, and how a stage is run on them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use recoup_model::{Body, Diagnostic, Document, Item, Sidecar};
use recoup_parse::Text;
use recoup_plugin::{Context, Out, Sink, Stage, StageItem};

/// Keeps what a stage emits.
struct Kept<T>(Vec<T>);

impl<T> Sink<T> for Kept<T> {
    fn emit(&mut self, item: T) {
        self.0.push(item);
    }

    fn report(&mut self, _: Diagnostic) {}
}

/// What a stage makes of an item.
pub(crate) fn through<S: Stage>(stage: &mut S, item: S::Item) -> Vec<<S::Item as StageItem>::Output> {
    let mut kept = Kept(Vec::new());
    stage.process(item, &mut Out::new(&mut kept)).expect("the sample articles can be read");
    kept.0
}

/// The world without a theatre.
pub(crate) fn context() -> Context {
    Context { theatre: Arc::new(recoup_language::world().clone()), ..Context::default() }
}

/// The articles of `pipelines/*/articles`, in the order of their paths.
pub(crate) fn articles() -> Vec<(PathBuf, String)> {
    let pipelines = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pipelines");
    let folders = std::fs::read_dir(pipelines).expect("the workspace has pipelines");
    let mut files: Vec<PathBuf> = folders
        .filter_map(|folder| std::fs::read_dir(folder.ok()?.path().join("articles")).ok())
        .flatten()
        .filter_map(|file| Some(file.ok()?.path()))
        .collect();
    files.sort();
    let text = |path: &PathBuf| std::fs::read_to_string(path).expect("an article is UTF-8");
    files.iter().map(|path| (path.clone(), text(path))).collect()
}

/// An article as a file that was found.
pub(crate) fn item(path: &Path, text: &str) -> Item {
    let body = Body::Text(text.to_owned());
    Item { origin: path.display().to_string(), media_type: None, body, sidecar: Sidecar::default() }
}

/// The articles, parsed.
pub(crate) fn documents() -> Vec<Document> {
    let mut stage = Text::open(Default::default(), &context()).expect("the stage `text` opens");
    articles().iter().flat_map(|(path, text)| through(&mut stage, item(path, text))).collect()
}

//! How fast claims are read: the sample articles of `pipelines/`, one by one and all together, as documents that are
//! parsed already. Bytes are those of the articles' UTF-8 text.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use recoup_extract::Rules;
use recoup_model::{Body, Claim, Diagnostic, Document, Item, Sidecar};
use recoup_parse::Text;
use recoup_plugin::{Context, Out, Sink, Stage, StageItem};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// Keeps what a stage emits.
struct Kept<T>(Vec<T>);

impl<T> Sink<T> for Kept<T> {
    fn emit(&mut self, item: T) {
        self.0.push(item);
    }

    fn report(&mut self, _: Diagnostic) {}
}

fn through<S: Stage>(stage: &mut S, item: S::Item) -> Vec<<S::Item as StageItem>::Output> {
    let mut kept = Kept(Vec::new());
    stage.process(item, &mut Out::new(&mut kept)).expect("the sample articles can be read");
    kept.0
}

fn context() -> Context {
    Context { theatre: Arc::new(recoup_language::world().clone()), ..Context::default() }
}

/// The articles of `pipelines/*/articles`, in the order of their paths.
fn articles() -> Vec<(PathBuf, String)> {
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

fn item(path: &Path, text: &str) -> Item {
    let body = Body::Text(text.to_owned());
    Item { origin: path.display().to_string(), media_type: None, body, sidecar: Sidecar::default() }
}

fn documents() -> Vec<Document> {
    let mut stage = Text::open(Default::default(), &context()).expect("the stage `text` opens");
    articles().iter().flat_map(|(path, text)| through(&mut stage, item(path, text))).collect()
}

fn bytes<'a>(documents: impl IntoIterator<Item = &'a Document>) -> BytesCount {
    BytesCount::new(documents.into_iter().map(|d| d.text.len()).sum::<usize>())
}

/// All articles, one after the other.
#[divan::bench]
fn extract_all(bencher: Bencher<'_, '_>) {
    let documents = documents();
    let mut stage = Rules::open(Default::default(), &context()).expect("the stage `rules` opens");
    let mut run = || -> Vec<Claim> { documents.iter().flat_map(|d| through(&mut stage, d.clone())).collect() };
    run();
    bencher.counter(bytes(&documents)).bench_local(|| black_box(run()));
}

/// One article of each language.
#[divan::bench(args = ["fr", "en"])]
fn extract_one(bencher: Bencher<'_, '_>, language: &str) {
    let documents = documents();
    let document = documents.iter().find(|d| d.language.as_deref() == Some(language)).expect("a sample article");
    let mut stage = Rules::open(Default::default(), &context()).expect("the stage `rules` opens");
    through(&mut stage, document.clone());
    bencher.counter(bytes([document])).bench_local(|| black_box(through(&mut stage, document.clone())));
}

/// Reading articles into documents.
#[divan::bench]
fn parse_all(bencher: Bencher<'_, '_>) {
    let articles = articles();
    let mut stage = Text::open(Default::default(), &context()).expect("the stage `text` opens");
    let size: usize = articles.iter().map(|(_, text)| text.len()).sum();
    bencher.counter(BytesCount::new(size)).bench_local(|| {
        for (path, text) in &articles {
            black_box(through(&mut stage, item(path, text)));
        }
    });
}

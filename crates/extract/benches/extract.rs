//! How fast claims are read: the sample articles of `pipelines/`, one by one and all together, as documents that are
//! parsed already. Bytes are those of the articles' UTF-8 text.

mod samples;

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use recoup_extract::Rules;
use recoup_model::{Claim, Document};
use recoup_parse::Text;
use recoup_plugin::Stage;

use samples::{articles, context, documents, item, through};

#[global_allocator]
static ALLOCATIONS: AllocProfiler<mimalloc::MiMalloc> = AllocProfiler::new(mimalloc::MiMalloc);

fn main() {
    divan::main();
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

/// Reading one article of each language into a document.
#[divan::bench(args = ["fr", "en"])]
fn parse_one(bencher: Bencher<'_, '_>, language: &str) {
    let spoken: Vec<_> = documents().into_iter().map(|d| d.language).collect();
    let at = spoken.iter().position(|l| l.as_deref() == Some(language)).expect("a sample article");
    let (path, text) = &articles()[at];
    let mut stage = Text::open(Default::default(), &context()).expect("the stage `text` opens");
    bencher.counter(BytesCount::new(text.len())).bench_local(|| black_box(through(&mut stage, item(path, text))));
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

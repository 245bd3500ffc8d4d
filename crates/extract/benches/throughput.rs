//! Megabytes and documents a second on one core, for parse and for extract, beside what the machine needs to pass over
//! the same bytes at all; then the memory that many documents need. Bytes are those of the articles' UTF-8 text.

mod samples;

use std::hint::black_box;
use std::time::{Duration, Instant};

use aho_corasick::{AhoCorasick, MatchKind};
use recoup_extract::Rules;
use recoup_language::lexicon::Lexicon;
use recoup_parse::Text;
use recoup_plugin::Stage;

use samples::{articles, context, documents, item, through};

/// The allocator of the program `recoup`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long each is measured, at least.
const WHILE: Duration = Duration::from_secs(3);

fn main() {
    // Cargo hands on its own arguments, such as `--bench`; there are none of ours.
    let documents = documents();
    let size: usize = documents.iter().map(|d| d.text.len()).sum();
    println!("{} sample articles, {size} bytes of text", documents.len());

    let mut text = Text::open(Default::default(), &context()).expect("the stage `text` opens");
    let mut rules = Rules::open(Default::default(), &context()).expect("the stage `rules` opens");
    let articles = articles();
    let parse = seconds(|| {
        for (path, article) in &articles {
            black_box(through(&mut text, item(path, article)));
        }
    });
    let extract = seconds(|| {
        for document in &documents {
            black_box(through(&mut rules, document.clone()));
        }
    });
    let chars = seconds(|| {
        for document in &documents {
            black_box(black_box(&document.text).chars().filter(|c| c.is_alphabetic()).count());
        }
    });
    let vocabularies = vocabularies();
    let search = seconds(|| {
        for document in &documents {
            for vocabulary in
                vocabularies.iter().filter(|(language, _)| document.language.as_deref() == Some(*language))
            {
                black_box(vocabulary.1.find_iter(&document.text).count());
            }
        }
    });
    let line = |name: &str, took: f64| {
        let (rate, count) = (size as f64 / 1e6 / took, documents.len() as f64 / took);
        let (plain, found) = (took / chars, took / search);
        println!("{name:<32} {rate:>8.2} MB/s {count:>9.0} documents/s {plain:>7.1} x letters {found:>6.1} x search");
    };
    line("parse", parse);
    line("extract", extract);
    line("both", parse + extract);
    line("letters counted", chars);
    line("vocabulary searched", search);

    let mut done = 0;
    for count in [10_000, 100_000] {
        for document in documents.iter().cycle().skip(done % documents.len()).take(count - done) {
            black_box(through(&mut rules, document.clone()));
        }
        done = count;
        if let Some(peak) = peak() {
            println!("peak memory after {count} documents: {peak}");
        }
    }
}

/// Seconds that the fastest run takes over [`WHILE`], after one to warm up: what else the machine does makes a run
/// slower, and none faster.
fn seconds(mut run: impl FnMut()) -> f64 {
    run();
    let started = Instant::now();
    let mut best = f64::INFINITY;
    while started.elapsed() < WHILE {
        let before = Instant::now();
        run();
        best = best.min(before.elapsed().as_secs_f64());
    }
    best
}

/// By language, one automaton of all words of its pack.
fn vocabularies() -> Vec<(&'static str, AhoCorasick)> {
    let automaton = |lexicon: &Lexicon| {
        AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(lexicon.vocabulary().words())
            .expect("the words of a pack fit")
    };
    let lexicons = ["fr", "en"].into_iter().filter_map(Lexicon::of);
    lexicons.map(|lexicon| (lexicon.language(), automaton(lexicon))).collect()
}

/// The most memory that this process has held; `None` where the system does not say.
fn peak() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map(|size| size.trim().to_owned())
}

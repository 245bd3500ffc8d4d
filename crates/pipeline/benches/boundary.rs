//! What the boundary of a stage costs: CPU of host and children, for one extractor linked in, loaded and in a cage.
//!
//! `cargo bench --package recoup-pipeline --bench boundary`. Documents of 4 KB, of each of which the stage makes twenty
//! claims; all three forms in one run, the stage linked in taken off. Linux only: CPU time comes from /proc.
#![allow(clippy::unwrap_used)]

use std::env::consts::DLL_SUFFIX;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use recoup_misbehaving::Fragile;
use recoup_pipeline::{BUILT_IN, Entry, Pipeline, Registry, RunOptions, extract, set_cage_program};
use recoup_plugin::model::Document;

const DOCUMENTS: usize = 4_000;
const BYTES: usize = 4_096;
const ROUNDS: usize = 3;

/// What the boundary may cost, microseconds of CPU a document.
const BOUND: f64 = 100.0;

static EXTRACT: [Entry<Document>; 1] = [Entry::of::<Fragile>()];

fn main() {
    // `cargo test --benches` runs this too, and has nothing to measure.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let target = build();
    set_cage_program(target.join("recoup"));
    let library = target.join(format!("librecoup_misbehaving{DLL_SUFFIX}"));
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("articles");
    fs::create_dir(&articles).unwrap();
    let line = "The ledger of the harbour master says nothing of the kind, and nobody asked him on that day. ";
    for number in 0..DOCUMENTS {
        let text = format!("Line{number} {}", line.repeat(BYTES / line.len()));
        fs::write(articles.join(format!("{number:05}.txt")), text).unwrap();
    }
    let library = library.display();
    let forms = [
        ("linked in", "use = \"fragile\"".to_owned()),
        ("in the process", format!("plugin = {:?}\nstage = \"fragile\"\nisolate = false", library.to_string())),
        ("in a cage", format!("plugin = {:?}\nstage = \"fragile\"", library.to_string())),
    ];
    let mut best = [f64::INFINITY; 3];
    for _ in 0..ROUNDS {
        for (at, (_, stage)) in forms.iter().enumerate() {
            best[at] = best[at].min(cpu_of_a_run(folder.path(), stage));
        }
    }
    println!(
        "{DOCUMENTS} documents of {BYTES} bytes, 20 claims each; the best of {ROUNDS} rounds, CPU of host and children"
    );
    let mut dear = false;
    for ((name, _), seconds) in forms.iter().zip(best) {
        let each = |seconds: f64| seconds * 1e6 / DOCUMENTS as f64;
        let boundary = each(seconds - best[0]);
        println!("  {name:<16}{:>8.1} µs a document{:>10.1} µs of it the boundary", each(seconds), boundary);
        dear |= boundary > BOUND;
    }
    assert!(!dear, "the boundary costs more than {BOUND} µs a document");
}

/// Builds the program that is the cage, and the library; gives their folder.
fn build() -> PathBuf {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--release", "--quiet", "--package", "recoup", "--package", "recoup-misbehaving"]);
    assert!(cargo.current_dir(env!("CARGO_MANIFEST_DIR")).status().unwrap().success());
    let this = std::env::current_exe().unwrap();
    this.parent().and_then(Path::parent).unwrap().to_owned()
}

/// Seconds of CPU that a run takes, its children included.
fn cpu_of_a_run(folder: &Path, stage: &str) -> f64 {
    let text = format!(
        "name = \"cost\"\n[[input]]\nfiles = \"articles/*.txt\"\n[[parse]]\nuse = \"text\"\n[[extract]]\n{stage}\n\
         options = {{ claims = 20 }}\n[[reconcile]]\nuse = \"intervals\"\n"
    );
    fs::write(folder.join("pipeline.toml"), text).unwrap();
    let registry = Registry { extract: &EXTRACT, ..BUILT_IN };
    let pipeline = Pipeline::load_with(folder, &registry).unwrap_or_else(|problems| {
        panic!("{:?}", problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>())
    });
    let before = cpu();
    let extracted = extract(&pipeline, &RunOptions::default()).unwrap();
    assert_eq!(extracted.claims.len(), 20 * DOCUMENTS, "{:?}", extracted.set_aside.first());
    // Children count once they have ended.
    drop(pipeline);
    cpu() - before
}

/// Seconds of CPU of this process and of its children that have ended.
fn cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    // utime, stime, cutime, cstime; the numbers of proc(5) less the two before the parenthesis. Ticks are hundredths.
    fields[11..15].iter().map(|ticks| ticks.parse::<f64>().unwrap()).sum::<f64>() / 100.0
}

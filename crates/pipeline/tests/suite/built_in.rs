//! The pipelines that come with recoup, with the stages that they use.

use std::path::PathBuf;

use proptest::prelude::*;
use recoup_pipeline::{Pipeline, RunOptions, run};
use tempfile::TempDir;

use crate::run::files;

fn shipped(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../pipelines").join(name)
}

#[test]
fn every_shipped_pipeline_is_without_mistake_and_runs() {
    for name in ["koursk", "soudan"] {
        let pipeline = Pipeline::load(&shipped(name)).unwrap();
        assert_eq!(pipeline.warnings().iter().map(ToString::to_string).collect::<Vec<_>>(), [""; 0], "{name}");
        let out = TempDir::new().unwrap();
        let options = RunOptions { out: Some(out.path().to_owned()), ..RunOptions::default() };
        let outcome = run(&pipeline, &options).unwrap();
        assert_eq!(outcome.set_aside, [], "{name}");
        assert!(!outcome.findings.is_empty(), "{name}");
        assert!(!outcome.diagnostics.iter().any(|said| said.code.starts_with("claim.")), "{:?}", outcome.diagnostics);
        assert_eq!(files(out.path()).len(), outcome.written.len(), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn neither_the_order_of_articles_nor_threads_change_a_byte_of_a_report(seed in any::<u64>(), threads in 2..5_usize) {
        let pipeline = Pipeline::load(&shipped("koursk")).unwrap();
        let mut inputs: Vec<PathBuf> =
            std::fs::read_dir(shipped("koursk/articles")).unwrap().map(|entry| entry.unwrap().path()).collect();
        inputs.sort();
        let done = |inputs: Vec<PathBuf>, threads: usize| {
            let out = TempDir::new().unwrap();
            let keep = Some(out.path().join("kept"));
            let options =
                RunOptions { inputs, threads, keep, out: Some(out.path().to_owned()), ..RunOptions::default() };
            assert!(run(&pipeline, &options).unwrap().claims > 0);
            files(out.path())
        };
        let one = done(inputs.clone(), 1);
        inputs.sort_by_key(|path| recoup_model::content_hash(format!("{seed}{}", path.display()).as_bytes()));
        prop_assert_eq!(one, done(inputs, threads));
    }
}

//! One stage, two forms, the same bytes.

use recoup_pipeline::{Builtin, Library, Running};
use recoup_plugin::model::{ReportItem, Theatre};
use recoup_plugin::{Context, Kind, ReportContext};
use recoup_report_bulletin::Bulletin;
use serde_json::{Value, json};

use crate::{Said, build, run, stream};

fn context(language: &str) -> Context {
    let theatre = json!({"actor": [{"id": "norland", "name": "Norland", "name_fr": "Norlande"}]});
    let theatre = serde_json::from_value::<Theatre>(theatre).unwrap().into();
    Context {
        theatre,
        report: ReportContext { language: language.to_owned(), ..Default::default() },
        ..Context::default()
    }
}

fn said_by(stage: &mut dyn Running<ReportItem>, batch: usize) -> Said {
    let mut said = Said::default();
    for items in stream().chunks(batch) {
        stage.process(items.to_vec(), &mut said).unwrap();
    }
    stage.finish(&mut said).unwrap();
    said
}

#[test]
fn a_stage_says_the_same_linked_in_and_as_a_library() {
    let library = Library::load(&build::plugin("recoup-report-bulletin"), None).unwrap();
    let cases: [(Value, &str); 3] =
        [(json!({}), "en"), (json!({}), "fr"), (json!({"separator": "\t", "minimum_origins": 1}), "fr")];
    for (options, language) in cases {
        let context = context(language);
        let typed = serde_json::from_value(options.clone()).unwrap();
        let linked_in = said_by(&mut Builtin::<Bulletin>::open(typed, &context).unwrap(), 64);
        assert!(linked_in.text().contains("5\u{202f}000") || linked_in.text().contains("5,000"));
        for batch in [1, 3, 64] {
            let loaded = said_by(&mut library.open(Some("bulletin"), &options, &context).unwrap(), batch);
            assert_eq!(loaded.files, linked_in.files, "{options}, {language}, batches of {batch}");
            assert_eq!(loaded.diagnostics, linked_in.diagnostics);
        }
    }
}

#[test]
fn the_manifest_is_that_of_the_stage() {
    let library = Library::load(&build::plugin("recoup-report-bulletin"), None).unwrap();
    assert_eq!(library.manifests(), [recoup_plugin::Manifest::of::<Bulletin>()]);
    assert_eq!(library.manifest(None, Kind::Report).unwrap().name, "bulletin");
}

#[test]
fn instances_work_side_by_side_and_move_between_threads() {
    let library = Library::load(&build::plugin("recoup-report-bulletin"), None).unwrap();
    let open = || library.open(None, &json!({}), &context("en")).unwrap();
    let expected = said_by(&mut open(), 64).files;
    std::thread::scope(|scope| {
        let workers: Vec<_> =
            (0..4).map(|_| open()).map(|mut stage| scope.spawn(move || said_by(&mut stage, 1).files)).collect();
        for worker in workers {
            assert_eq!(worker.join().unwrap(), expected);
        }
    });
}

#[test]
fn a_stage_in_c_needs_the_table_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let library = build::c_stage(folder.path(), "tally", &[]);
    for (cancelled, expected) in [(false, "5, n"), (true, "5, y")] {
        let mut said = Said { cancelled, ..Said::default() };
        run(&mut crate::open(&library).unwrap(), stream(), &mut said).unwrap();
        assert_eq!(said.text(), expected, "the lines read, and whether the host wants the stage to return");
    }
}

#[test]
fn the_example_in_c_counts_findings() {
    let folder = tempfile::tempdir().unwrap();
    let library = build::c_example(folder.path());
    for batch in [1, 64] {
        let said = said_by(&mut crate::open(&library).unwrap(), batch);
        assert_eq!(said.text(), "3\n");
        assert_eq!(said.diagnostics, []);
    }
}

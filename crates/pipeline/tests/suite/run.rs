//! What a run makes of articles.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use recoup_pipeline::{Outcome, Pipeline, RunError, RunOptions, extract, reconcile, run};
use tempfile::TempDir;

use crate::stages::REGISTRY;

const PIPELINE: &str = r#"
name = "norland"
period = "1 week"

[[input]]
files = "articles/*"

[[parse]]
use = "text"

[[extract]]
use = "rules"

[[reconcile]]
use = "weigh"

[[report]]
use = "list"
path = "out/{period}.txt"
"#;

/// A folder with a pipeline and articles.
struct Case(TempDir);

impl Case {
    fn new(pipeline: &str, articles: &[(&str, &str)]) -> Self {
        let case = Case(TempDir::new().unwrap());
        case.write("pipeline.toml", pipeline.as_bytes());
        for (name, text) in articles {
            case.write(&format!("articles/{name}"), text.as_bytes());
        }
        case
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn pipeline(&self) -> Pipeline {
        Pipeline::load_with(self.0.path(), &REGISTRY).unwrap()
    }

    fn run(&self) -> Result<Outcome, RunError> {
        run(&self.pipeline(), &RunOptions::default())
    }

    /// Every file below the folder of reports with its content.
    fn written(&self) -> String {
        let mut out = String::new();
        for (name, text) in files(&self.path("out")) {
            out.push_str(&format!("--- {name}\n{text}"));
        }
        out
    }
}

pub(crate) fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(files(&path).into_iter().map(|(name, text)| (format!("{}/{name}", leaf(&path)), text)));
        } else {
            out.insert(leaf(&path), fs::read_to_string(&path).unwrap());
        }
    }
    out
}

fn leaf(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

const WAR: &[(&str, &str)] = &[
    ("a.txt", "2024-12-10 Morning Post\ngur: at least 30 norland killed\nstaff: 500 norland sent\n"),
    ("b.txt", "2024-12-16 Morning Post\ngur: at least 100 norland killed\nmedics: 20 southland killed\n"),
    ("c.txt", "2024-12-15 Evening Star\nstaff: 500 norland sent\nembassy: 500 norland sent\n"),
    ("undated.txt", "Unsigned\ngur: 7 westland killed\n"),
];

#[test]
fn a_report_says_what_is_known_and_what_changed() {
    let case = Case::new(PIPELINE, WAR);
    let outcome = case.run().unwrap();
    assert_eq!(outcome.period.to_string(), "2024-12-10_2024-12-16");
    assert_eq!(outcome.written, [case.path("out/2024-12-10_2024-12-16.txt")]);
    insta::assert_snapshot!(case.written());
}

#[test]
fn what_changed_is_told_against_the_cut_off_before() {
    let pipeline = PIPELINE.replace("1 week", "3 days");
    let case = Case::new(&pipeline, WAR);
    case.run().unwrap();
    insta::assert_snapshot!(case.written());
}

#[test]
fn a_period_of_the_calendar_begins_where_the_calendar_says() {
    // Monday 16 December is the first day of its week; the Saturday before in a week before which nothing was read.
    for (period, as_of, days, before) in [
        ("\"week\"", "2024-12-16", "2024-12-16_2024-12-16", "2024-12-15"),
        ("\"week\"", "2024-12-14", "2024-12-09_2024-12-14", "None"),
        ("\"month\"", "2025-02-11", "2025-02-01_2025-02-11", "2025-01-31"),
        ("\"every 5 days from 2025-01-01\"", "2024-12-16", "2024-12-12_2024-12-16", "2024-12-11"),
        ("{ every = \"2 weeks\", start = 2024-12-02 }", "2024-12-16", "2024-12-16_2024-12-16", "2024-12-15"),
    ] {
        let case = Case::new(&PIPELINE.replace("\"1 week\"", period), WAR);
        let options = RunOptions { as_of: Some(as_of.parse().unwrap()), ..RunOptions::default() };
        let outcome = run(&case.pipeline(), &options).unwrap();
        assert_eq!(outcome.period.to_string(), days, "{period}");
        assert_eq!(outcome.written, [case.path(&format!("out/{days}.txt"))]);
        let (_, rest) = case.written().split_once("(before: ").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        assert!(rest.starts_with(before) || rest.starts_with(&format!("Some(\"{before}\")")), "{period}: {rest}");
    }
}

#[test]
fn what_was_published_after_the_cut_off_is_not_known() {
    let case = Case::new(PIPELINE, WAR);
    let options = RunOptions { as_of: Some("2024-12-12".parse().unwrap()), ..RunOptions::default() };
    let outcome = run(&case.pipeline(), &options).unwrap();
    assert_eq!((outcome.documents, outcome.left_out), (2, 2));
    insta::assert_snapshot!(case.written());
}

#[test]
fn a_broken_article_costs_that_article() {
    let case = Case::new(PIPELINE, WAR);
    case.write("articles/bytes.txt", b"\xff\xfe\x00\x01");
    case.write("articles/page.html", b"<html>");
    case.write("articles/panic.txt", b"2024-12-16 Morning Post\nPANIC\n");
    let outcome = case.run().unwrap();
    let aside: String = outcome
        .set_aside
        .iter()
        .map(|s| format!("{} ({}): {}\n  {}\n", s.origin, s.code, s.reason, s.help.as_deref().unwrap_or("-")))
        .collect();
    insta::assert_snapshot!(aside);
    assert_eq!(outcome.documents, WAR.len());
}

#[test]
fn a_manifest_says_what_articles_do_not() {
    let case =
        Case::new(PIPELINE, &[("x.txt", "?\ngur: 7 westland killed\n"), ("y.txt", "?\ngur: 8 westland killed\n")]);
    let manifest = r#"
        [documents."first"]
        file = "../articles/x.txt"
        published = 2024-12-02
        outlet = "Gazette"
        url = "https://gazette.example/1"
    "#;
    case.write("lists/manifest.toml", manifest.as_bytes());
    let listed = RunOptions { manifest: Some(case.path("lists/manifest.toml")), ..RunOptions::default() };
    let named = RunOptions { inputs: vec![case.path("articles/y.txt"), case.path("articles/x.txt")], ..listed.clone() };
    for (options, want) in [(listed, "first 2024-12-02 Gazette"), (named, "y - -; first 2024-12-02 Gazette")] {
        let extracted = extract(&case.pipeline(), &options).unwrap();
        let heads: Vec<String> = (extracted.documents.iter())
            .map(|d| {
                let day = d.published.map_or_else(|| "-".to_owned(), |p| p.date.to_string());
                format!("{} {day} {}", d.doc, d.outlet.as_deref().unwrap_or("-"))
            })
            .collect();
        assert_eq!(heads.join("; "), want);
    }
}

#[test]
fn two_articles_of_one_name_have_two_keys_and_one_text_counts_once() {
    let case = Case::new(PIPELINE, &[("x.txt", "2024-12-02 Post\ngur: 7 westland killed\n")]);
    case.write("articles/copy.txt", b"2024-12-02 Post\ngur: 7 westland killed\n");
    case.write("more/x.txt", b"2024-12-03 Post\ngur: 8 westland killed\n");
    let inputs = ["articles/x.txt", "articles/../articles/x.txt", "articles/copy.txt", "more/x.txt"];
    let options = RunOptions { inputs: inputs.iter().map(|name| case.path(name)).collect(), ..RunOptions::default() };
    let extracted = extract(&case.pipeline(), &options).unwrap();
    let keys: Vec<&str> = extracted.documents.iter().map(|d| d.doc.as_str()).collect();
    assert_eq!(keys, ["copy", "x"]);
    assert_eq!(extracted.diagnostics.len(), 1);
    assert_eq!(extracted.diagnostics[0].code, "run.identical");
    assert_eq!(
        extracted.diagnostics[0].message.replace(&case.0.path().display().to_string(), ""),
        "`/articles/x.txt` holds the same document as `/articles/copy.txt`: it counts once"
    );

    case.write("again/x.txt", b"2024-12-04 Post\ngur: 9 westland killed\n");
    let options = RunOptions { inputs: [options.inputs, vec![case.path("again/x.txt")]].concat(), ..options };
    let extracted = extract(&case.pipeline(), &options).unwrap();
    let keys: Vec<&str> = extracted.claims.iter().map(|claim| claim.doc.as_str()).collect();
    assert_eq!(keys, ["copy", "x", "x-2"]);
    assert_eq!(extracted.diagnostics[1].message, "two documents have the key `x`: this one is `x-2` in the report");
}

#[test]
fn what_two_extractors_find_counts_once() {
    let both = PIPELINE.replace("[[reconcile]]", "[[extract]]\nuse = \"second\"\n\n[[reconcile]]");
    let case = Case::new(&both, WAR);
    let extracted = extract(&case.pipeline(), &RunOptions::default()).unwrap();
    assert_eq!(extracted.claims.len(), 7);
    assert!(extracted.claims.iter().all(|claim| claim.rule == "rules"));
}

#[test]
fn a_run_without_a_cut_off_says_how_to_give_one() {
    let case = Case::new(PIPELINE, &[("x.txt", "gur: 7 westland killed\n")]);
    let error = case.run().unwrap_err();
    insta::assert_snapshot!(shown(&error));
    assert!(!case.path("out").exists());
    let options = RunOptions { as_of: Some("2024-12-12".parse().unwrap()), ..RunOptions::default() };
    let pipeline = case.pipeline();
    let extracted = extract(&pipeline, &options).unwrap();
    assert_eq!(reconcile(&pipeline, &options, &extracted).unwrap().findings.len(), 1);
}

#[test]
fn a_missing_cut_off_is_told_of_any_number_of_documents() {
    for (documents, told) in [
        (0, "the report has no cut-off: no document was read"),
        (1, "the report has no cut-off: its one document has no known day of publication"),
        (3, "the report has no cut-off: none of its 3 documents has a known day of publication"),
    ] {
        assert_eq!(RunError::Undated { documents }.to_string(), told);
    }
}

#[test]
fn a_run_without_articles_says_how_to_name_them() {
    let case = Case::new(PIPELINE, &[]);
    insta::assert_snapshot!(shown(&case.run().unwrap_err()));
}

#[test]
fn reports_are_written_all_or_none_and_inside_their_folder() {
    let report = |path: &str, names: &str| {
        format!("{PIPELINE}\n[[report]]\nuse = \"parts\"\npath = \"{path}\"\noptions = {{ names = {names} }}\n")
    };
    let cases = [
        ("out/", r#"["a.csv", "sub/b.csv"]"#),
        ("out/", r#"["../a.csv"]"#),
        ("out/", r#"["/etc/a.csv"]"#),
        ("out/", r#"["2024-12-10_2024-12-16.txt"]"#),
        ("out/one.csv", r#"["a.csv", "b.csv"]"#),
        ("out/one.csv", "[]"),
    ];
    let mut seen = String::new();
    for (path, names) in cases {
        let case = Case::new(&report(path, names), WAR);
        let result = case.run().map(|outcome| outcome.written.len());
        let files: Vec<String> = files(&case.path("out")).into_keys().collect();
        let result = result.map_or_else(|error| shown(&error), |n| format!("{n} files"));
        let result = result.replace(&case.0.path().display().to_string(), "");
        seen.push_str(&format!("{path} {names}\n  {result}\n  there: {files:?}\n"));
    }
    insta::assert_snapshot!(seen);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let elsewhere = TempDir::new().unwrap();
    let case = Case::new(PIPELINE, WAR);
    std::os::unix::fs::symlink(elsewhere.path(), case.path("out")).unwrap();
    let error = case.run().unwrap_err();
    assert!(error.to_string().ends_with("out leads out of the output folder"), "{error}");
    assert!(files(elsewhere.path()).is_empty());
}

#[test]
fn what_went_through_the_stages_can_be_kept() {
    let case = Case::new(PIPELINE, WAR);
    let options = RunOptions { keep: Some(case.path("kept")), out: Some(case.path("else")), ..RunOptions::default() };
    let outcome = run(&case.pipeline(), &options).unwrap();
    assert_eq!(outcome.written, [case.path("else/out/2024-12-10_2024-12-16.txt")]);
    let counts: Vec<(String, usize)> =
        files(&case.path("kept")).into_iter().map(|(name, text)| (name, text.lines().count())).collect();
    let want = [("changes.jsonl", 4), ("claims.jsonl", 7), ("documents.jsonl", 4), ("findings.jsonl", 4)];
    assert_eq!(counts, want.map(|(name, n)| (name.to_owned(), n)));
}

fn shown(error: &RunError) -> String {
    let help = miette::Diagnostic::help(error).map(|help| help.to_string()).unwrap_or_default();
    format!("{error}\n  help: {help}")
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn neither_the_order_of_articles_nor_threads_change_a_byte(
            order in Just((0..WAR.len()).collect::<Vec<_>>()).prop_shuffle(),
            threads in 0..4_usize,
        ) {
            let case = Case::new(PIPELINE, WAR);
            let pipeline = case.pipeline();
            let inputs = |order: &[usize]| -> Vec<PathBuf> {
                order.iter().map(|at| case.path(&format!("articles/{}", WAR[*at].0))).collect()
            };
            let done = |inputs: Vec<PathBuf>, threads: usize, folder: &str| {
                let keep = Some(case.path(&format!("{folder}/kept")));
                let options =
                    RunOptions { inputs, threads, keep, out: Some(case.path(folder)), ..RunOptions::default() };
                run(&pipeline, &options).unwrap();
                files(&case.path(folder))
            };
            let one = done(inputs(&[0, 1, 2, 3]), 1, "one");
            prop_assert_eq!(one.len(), 5);
            prop_assert_eq!(one, done(inputs(&order), threads, "other"));
        }

        #[test]
        fn what_comes_later_changes_no_byte_of_a_past_day(later in 1..28_u8) {
            let case = Case::new(PIPELINE, WAR);
            let options = RunOptions { as_of: Some("2024-12-16".parse().unwrap()), ..RunOptions::default() };
            run(&case.pipeline(), &options).unwrap();
            let before = files(&case.path("out"));
            let text = format!("2025-01-{later:02} Morning Post\ngur: 300 norland killed\n");
            case.write("articles/0.txt", text.as_bytes());
            run(&case.pipeline(), &options).unwrap();
            prop_assert_eq!(before, files(&case.path("out")));
        }
    }
}

//! Every mistake that `recoup check` can find, as it is printed.

use std::fs;
use std::path::Path;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme};
use proptest::prelude::*;
use recoup_pipeline::Pipeline;
use tempfile::TempDir;

use crate::stages::REGISTRY;

#[test]
fn every_mistake_is_shown_where_it_stands() {
    insta::glob!("..", "check/*.toml", |path| {
        // Tests run in the crate's folder.
        let path = Path::new("tests/check").join(path.file_name().unwrap());
        let shown = match Pipeline::load_with(&path, &REGISTRY) {
            Ok(pipeline) if pipeline.warnings().is_empty() => "No mistake.\n".to_owned(),
            Ok(pipeline) => pipeline.warnings().iter().map(|warning| render(warning)).collect(),
            Err(problems) => {
                problems.iter().map(|problem| render(problem)).collect::<String>() + &format!("{problems}\n")
            }
        };
        insta::assert_snapshot!(shown);
    });
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let problems = Pipeline::load_with(Path::new("tests/check/absent.toml"), &REGISTRY).err().unwrap();
    insta::assert_snapshot!(problems.iter().map(|problem| render(problem)).collect::<String>());
}

#[test]
fn a_library_of_other_bytes_is_refused_where_its_hash_stands() {
    let folder = TempDir::new().unwrap();
    let hash = "0".repeat(64);
    fs::write(folder.path().join("pages.so"), "no library").unwrap();
    let text = format!("name = \"norland\"\n[[parse]]\nplugin = \"pages.so\"\nisolate = false\nsha256 = \"{hash}\"\n");
    fs::write(folder.path().join("pipeline.toml"), &text).unwrap();
    let problems = Pipeline::load_with(folder.path(), &REGISTRY).err().unwrap();
    let refused = problems.errors().iter().find(|problem| problem.code == "plugin::wrong_hash").unwrap();
    assert_eq!(&text[refused.span.clone().unwrap()], format!("\"{hash}\""));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_wrong_with_a_file_can_be_shown(
        from in any::<prop::sample::Index>(), cut in 0..40_usize, put in "[a-zé\\[\\]{}=\".\n]{0,6}"
    ) {
        let text = fs::read_to_string("tests/check/sound.toml").unwrap();
        let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let at = from.index(boundaries.len());
        let end = boundaries.get(at + cut).copied().unwrap_or(text.len());
        let broken = format!("{}{put}{}", &text[..boundaries[at]], &text[end..]);
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("pipeline.toml"), broken).unwrap();
        if let Err(problems) = Pipeline::load_with(folder.path(), &REGISTRY) {
            prop_assert!(problems.is_fatal());
            problems.iter().for_each(|problem| assert!(!render(problem).is_empty()));
        }
    }
}

pub(crate) fn render(problem: &dyn Diagnostic) -> String {
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_width(100);
    let mut out = String::new();
    handler.render_report(&mut out, problem).unwrap();
    out + "\n"
}

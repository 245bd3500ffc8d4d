//! A stage in a library: what it says of its options is shown in the user's file, and what it writes is a report.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use recoup_pipeline::{Form, Pipeline, RunOptions, run};
use tempfile::TempDir;

use crate::check::render;
use crate::stages::REGISTRY;

/// The worked example of a plugin, built as its author would.
static BULLETIN: LazyLock<PathBuf> = LazyLock::new(|| {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--message-format=json", "--package", "recoup-report-bulletin"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let messages = String::from_utf8(output.stdout).unwrap();
    let of_package = messages.lines().filter(|line| line.contains("recoup_report_bulletin"));
    let mut files = of_package.flat_map(|line| line.split('"')).filter(|word| word.ends_with(DLL_SUFFIX));
    PathBuf::from(files.next().unwrap())
});

fn file_name() -> String {
    format!("{DLL_PREFIX}bulletin{DLL_SUFFIX}")
}

/// A folder with one article, the library and a pipeline that gives it some options.
fn folder(options: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::copy(&*BULLETIN, folder.path().join(file_name())).unwrap();
    fs::write(folder.path().join("a.txt"), "2024-12-16 Post\ngur: 30 norland killed\n").unwrap();
    let pipeline = format!(
        r#"name = "norland"

[[input]]
files = "*.txt"

[[parse]]
use = "text"

[[extract]]
use = "rules"

[[reconcile]]
use = "weigh"

[[report]]
plugin = "bulletin"
isolate = false
path = "out/bulletin.txt"
options = {options}
"#
    );
    fs::write(folder.path().join("pipeline.toml"), pipeline).unwrap();
    folder
}

#[test]
fn options_that_a_library_refuses_are_shown_where_they_stand() {
    let mut shown = String::new();
    for options in ["{ seperator = \";\", origins = 2 }", "{ minimum_origins = -1 }", "{ separator = \"\\n\" }"] {
        let folder = folder(options);
        let problems = Pipeline::load_with(folder.path(), &REGISTRY).err().unwrap();
        let rendered: String = problems.iter().map(|problem| render(problem)).collect();
        shown.push_str(&rendered.replace(&format!("{}/", folder.path().display()), ""));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn a_library_writes_a_report() {
    let folder = folder("{ separator = \" | \" }");
    let pipeline = Pipeline::load_with(folder.path(), &REGISTRY).unwrap();
    let Form::Library { path, .. } = &pipeline.stages()[3].form else { unreachable!() };
    assert_eq!(path.file_name(), Path::new(&file_name()).file_name());
    let outcome = run(&pipeline, &RunOptions::default()).unwrap();
    let text = fs::read_to_string(&outcome.written[0]).unwrap();
    assert_eq!(text, "norland, as of 2024-12-16\ncasualties.killed | norland | 30 | single source | 1 origin\n");
}

//! Finding, checking and loading a library: each refusal as the user reads it.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;

use recoup_pipeline::{Library, LibraryError};
use recoup_plugin::Context;
use recoup_plugin::model::{Claim, ReportItem};
use serde_json::json;

use crate::{Said, build, open, run, shown, stream};

fn refused<T>(result: Result<T, LibraryError>) -> LibraryError {
    match result {
        Ok(_) => panic!("the library was accepted"),
        Err(error) => error,
    }
}

#[test]
fn a_name_is_found_with_and_without_prefix_and_suffix() {
    let root = tempfile::tempdir().unwrap();
    let folder = fs::canonicalize(root.path()).unwrap();
    let ferries = format!("{DLL_PREFIX}ferries{DLL_SUFFIX}");
    for below in ["pipelines/strait", "built", "shared"] {
        fs::create_dir_all(folder.join(below)).unwrap();
    }
    for file in ["built/drones.bin", &format!("built/{ferries}"), &format!("shared/{ferries}")] {
        fs::write(folder.join(file), "").unwrap();
    }
    let base = folder.join("pipelines/strait");
    let search = [folder.join("shared"), folder.join("built")];
    let find = |name: &str| Library::find(name, &base, &search);
    let cases = [
        ("../../built/drones.bin", "built/drones.bin".to_owned()),
        ("../../built/ferries", format!("built/{ferries}")),
        ("ferries", format!("shared/{ferries}")),
    ];
    for (name, expected) in cases {
        let found = fs::canonicalize(find(name).unwrap()).unwrap();
        assert_eq!(found, folder.join(expected), "{name}");
    }
    let missing = [find("drones"), find("../built/drones")].map(|found| shown(&refused(found), &folder));
    insta::assert_snapshot!(missing.join("\n"));
}

#[test]
fn what_is_no_library_of_stages() {
    let root = tempfile::tempdir().unwrap();
    let folder = fs::canonicalize(root.path()).unwrap();
    let text = folder.join("notes.so");
    fs::write(&text, "Remember to build the plugin.\n").unwrap();
    let cases = [
        folder.join("nowhere.so"),
        folder.clone(),
        text,
        build::c_stage(&folder, "no-symbol", &["SYMBOL=recoup_plugin_v2"]),
        build::c_stage(&folder, "no-stage", &["STAGES=0"]),
    ];
    let messages = cases.map(|path| shown(&refused(open(&path)), &folder));
    insta::assert_snapshot!(messages.join("\n"));
}

#[test]
fn tables_and_manifests_that_are_not_sound() {
    let root = tempfile::tempdir().unwrap();
    let folder = fs::canonicalize(root.path()).unwrap();
    let cases: [(&str, &str); 11] = [
        ("abi-7", "ABI=7"),
        ("abi-0", "ABI=0"),
        ("short-table", "SIZE=48"),
        ("null-function", "FINISH=NULL"),
        ("null-manifest", "MANIFEST={NULL,64}"),
        ("no-json", "MANIFEST=TEXT(\"name: tally\")"),
        ("no-kind", r#"MANIFEST=TEXT("{\"name\":\"tally\",\"protocol\":\"1.0\",\"kind\":\"other\"}")"#),
        ("protocol-2", "PROTOCOL=\"2.0\""),
        ("needs", "NEEDS=\"\\\"images\\\",\\\"network\\\"\""),
        ("no-codec", "CODECS=\"\\\"cbor\\\"\""),
        ("no-closing-null", "STAGES=(index + 1)"),
    ];
    let messages = cases.map(|(name, definition)| {
        let library = build::c_stage(&folder, name, &[definition]);
        shown(&refused(Library::load(&library, None)), &folder)
    });
    insta::assert_snapshot!(messages.join("\n"));
}

#[test]
fn a_stage_is_chosen_by_name_and_kind() {
    let path = fs::canonicalize(build::plugin("recoup-misbehaving")).unwrap();
    let folder = path.parent().unwrap();
    let library = Library::load(&path, None).unwrap();
    let (options, context) = (json!({}), Context::default());
    let messages = [
        refused(library.open::<ReportItem>(Some("mishaving"), &options, &context)),
        refused(library.open::<ReportItem>(None, &options, &context)),
        refused(library.open::<Claim>(Some("spare"), &options, &context)),
        refused(library.open::<Claim>(None, &options, &context)),
    ]
    .map(|error| shown(&error, folder));
    insta::assert_snapshot!(messages.join("\n"));
}

#[test]
fn other_bytes_than_those_asked_for_are_refused() {
    let root = tempfile::tempdir().unwrap();
    let folder = fs::canonicalize(root.path()).unwrap();
    let file = folder.join("notes.so");
    fs::write(&file, "not even a library: it is the hash that is looked at first\n").unwrap();
    let error = refused(Library::load(&file, Some(&"0f".repeat(32))));
    insta::assert_snapshot!(shown(&error, &folder));
}

#[test]
fn the_hash_is_that_of_the_file_in_either_case() {
    let folder = tempfile::tempdir().unwrap();
    let file = build::c_stage(folder.path(), "tally", &["PROTOCOL=\"1.11\""]);
    let sha256 = recoup_plugin::model::content_hash(&fs::read(&file).unwrap());
    let library = Library::load(&file, Some(&sha256.to_uppercase())).unwrap();
    assert_eq!(library.sha256(), sha256);
    assert_eq!(library.path(), fs::canonicalize(&file).unwrap());
}

#[test]
fn a_library_outlives_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = build::c_stage(folder.path(), "tally", &["PROTOCOL=\"1.12\""]);
    let mut stage = open(&file).unwrap();
    fs::write(&file, "rebuilt in place, in the middle of a run").unwrap();
    let mut said = Said::default();
    run(&mut stage, stream(), &mut said).unwrap();
    assert_eq!(said.text(), "5, n");
}

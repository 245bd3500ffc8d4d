//! The stage through its trait: items in from a file, the bundle that comes out.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::io::Write;
use std::process::Command;

use recoup_plugin::Sink;
use recoup_plugin::prelude::*;
use recoup_report_stix::{Options, Stix};
use serde_json::{Value, json};

#[derive(Default)]
struct Written {
    files: Vec<File>,
    remarks: Vec<Diagnostic>,
}

impl Sink<File> for Written {
    fn emit(&mut self, file: File) {
        self.files.push(file);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.remarks.push(diagnostic);
    }
}

fn context() -> Context {
    let theatre = json!({
        "actor": [
            {"id": "norland", "name": "Norland", "name_fr": "Norlande", "kind": "state"},
            {"id": "ostmark", "name": "Ostmark", "name_fr": "Ostmarche", "kind": "armed-group"},
        ],
        "place": [{"id": "nl-narrows", "name": "The Narrows", "name_fr": "Les Étroits"}],
        "source": [
            {"id": "norland-staff", "name": "Norland’s general staff", "name_fr": "l’état-major norlandais", "kind": "military", "reliability": "D"},
            {"id": "ivo-brandt", "name": "Ivo Brandt", "kind": "person"},
            {"id": "harbour-clinic", "kind": "medical", "reliability": "B"},
        ],
        "indicator": [{"id": "ferries.stopped", "name": "Ferries stopped", "name_fr": "Bacs arrêtés"}],
    });
    Context { theatre: serde_json::from_value::<Theatre>(theatre).unwrap().into(), ..Context::default() }
}

fn stream() -> Vec<Value> {
    include_str!("stream.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn run(options: Value, items: Vec<Value>) -> Result<Written> {
    let options: Options = serde_json::from_value(options).map_err(|why| Error::new(why.to_string()))?;
    let mut stage = Stix::open(options, &context())?;
    let mut written = Written::default();
    for item in items {
        stage.process(serde_json::from_value(item).unwrap(), &mut Out::new(&mut written))?;
    }
    stage.finish(&mut Out::new(&mut written))?;
    Ok(written)
}

fn text(options: Value, items: Vec<Value>) -> String {
    let written = run(options, items).unwrap();
    assert_eq!(written.remarks, []);
    match &written.files[..] {
        [File { body: Body::Text(text), .. }] => text.clone(),
        files => panic!("{} files", files.len()),
    }
}

fn objects(options: Value, items: Vec<Value>) -> Vec<Value> {
    let bundle: Value = serde_json::from_str(&text(options, items)).unwrap();
    bundle["objects"].as_array().unwrap().clone()
}

fn of_kind(kind: &str, objects: Vec<Value>) -> Vec<Value> {
    objects.into_iter().filter(|object| object["type"] == kind).collect()
}

#[test]
fn a_bundle() {
    insta::assert_snapshot!(text(json!({}), stream()));
}

#[test]
fn notes_and_opinions_in_french() {
    let lines = objects(json!({"language": "fr"}), stream()).into_iter().filter_map(|object| {
        let read = |key: &str| object[key].as_str().map(str::to_owned);
        let lines = ["name", "description", "abstract", "content", "explanation"].map(read);
        let lines: Vec<String> = lines.into_iter().flatten().collect();
        (object["lang"] == "fr").then(|| lines.join("\n"))
    });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n\n"));
}

#[test]
fn a_producer_and_a_marking_stand_on_every_object() {
    let objects = objects(json!({"producer": "Example Desk", "tlp": "amber"}), stream());
    let marking = &objects[0];
    assert_eq!(marking["name"], "TLP:AMBER");
    let producer = &objects[1];
    assert_eq!((&producer["name"], &producer["identity_class"]), (&json!("Example Desk"), &json!("organization")));
    assert_eq!(producer.get("created_by_ref"), None);
    for object in &objects[1..] {
        assert_eq!(object["object_marking_refs"], json!([marking["id"]]), "{object}");
        assert!(object["id"] == producer["id"] || object["created_by_ref"] == producer["id"], "{object}");
    }
}

#[test]
fn clear_is_white() {
    let marking = |tlp: &str| objects(json!({"tlp": tlp}), stream()).swap_remove(0);
    assert_eq!(marking("clear"), marking("white"));
    assert_eq!(marking("white")["definition"], json!({"tlp": "white"}));
}

#[test]
fn the_same_report_gives_the_same_bytes_and_another_producer_other_objects() {
    assert_eq!(text(json!({}), stream()), text(json!({}), stream()));
    let ids = |options: Value| -> BTreeSet<String> {
        objects(options, stream()).iter().map(|object| object["id"].as_str().unwrap().to_owned()).collect()
    };
    let (of_pipeline, of_desk) = (ids(json!({})), ids(json!({"producer": "Example Desk"})));
    assert!(of_pipeline.is_disjoint(&of_desk));
    assert!(of_pipeline.is_disjoint(&ids(json!({"language": "fr"}))));
}

/// The standard: versions of one object have one `created` and differ in `modified`.
#[test]
fn a_week_later_the_same_objects_are_newer_versions() {
    let mut later = stream();
    later[0]["period"] = json!({"start": "2031-05-10", "end": "2031-05-16"});
    later[0]["previous"] = json!("2031-05-09");
    let (now, later) = (objects(json!({}), stream()), objects(json!({}), later));
    let mut versions = 0;
    for new in &later {
        if let Some(old) = now.iter().find(|old| old["id"] == new["id"]) {
            assert_eq!(old["created"], new["created"], "{new}");
            assert!(old["modified"].as_str() < new["modified"].as_str(), "{new}");
            versions += 1;
        }
    }
    // All but the report and the note of a finding that nobody dates, which are new each time.
    assert_eq!(versions, now.len() - 2);
}

/// The note of a finding that no longer stands is the one that the report before printed.
#[test]
fn what_is_withdrawn_revokes_the_note_of_the_report_before() {
    let mut before = stream();
    let gone = before[5]["before"].clone();
    before[0]["period"] = json!({"start": "2031-04-26", "end": "2031-05-02"});
    before.truncate(1);
    before.push(json!({"kind": "finding", "finding": gone, "claims": [], "documents": []}));
    let printed = of_kind("note", objects(json!({}), before)).swap_remove(0);
    let revoked = of_kind("note", objects(json!({}), stream())).pop().unwrap();
    assert_eq!((&revoked["id"], &revoked["created"]), (&printed["id"], &printed["created"]));
    assert_eq!((&revoked["revoked"], printed.get("revoked")), (&json!(true), None));
}

#[test]
fn a_report_without_findings_is_a_bundle_all_the_same() {
    let objects = objects(json!({}), stream().into_iter().take(1).collect());
    let kinds: Vec<&Value> = objects.iter().map(|object| &object["type"]).collect();
    assert_eq!(kinds, ["identity", "report"]);
    assert_eq!(objects[1]["object_refs"], json!([objects[0]["id"]]));
}

#[test]
fn a_disagreement_without_its_positions_is_told() {
    let mut items = stream();
    items[2]["finding"]["disagreements"][0]["between"][0] = json!("p_nowhere");
    let written = run(json!({}), items).unwrap();
    assert_eq!(written.files.len(), 1);
    assert_eq!(written.remarks[0].message, "a disagreement of finding f_02 names a position that stands nowhere");
}

#[test]
fn mistakes_are_told() {
    let cases = [
        (json!({"tlp": "purple"}), stream()),
        (json!({"marking": "red"}), stream()),
        (json!({"language": "de"}), stream()),
        (json!({"file": "out/"}), stream()),
        (json!({"producer": " \n"}), stream()),
        (json!({}), stream().into_iter().skip(1).collect()),
        (json!({}), stream().into_iter().cycle().take(12).collect()),
        (json!({}), Vec::new()),
    ];
    let told = cases.map(|(options, items)| {
        let error = run(options, items).err().unwrap();
        format!("{}\nat: {}", error.message, error.path.as_deref().unwrap_or("no option"))
    });
    insta::assert_snapshot!(told.join("\n\n"));
}

/// With `RECOUP_PYTHON=…/bin/python3`, an interpreter that has `tests/requirements.txt` installed.
#[test]
fn stix2_reads_it_back() {
    let Some(python) = std::env::var_os("RECOUP_PYTHON") else {
        // Not by `println!`, which a passing test keeps to itself.
        let why = "skipped: RECOUP_PYTHON names no interpreter with plugins/stix/tests/requirements.txt installed";
        writeln!(std::io::stderr(), "{why}").unwrap();
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let tests = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");
    let unmarked = [("en", None), ("fr", None)];
    let marked = ["white", "green", "amber", "red"].map(|tlp| ("en", Some(tlp)));
    for (language, tlp) in unmarked.into_iter().chain(marked) {
        let options = json!({"language": language, "tlp": tlp, "producer": "Example Desk"});
        let bundle = text(options.clone(), stream());
        let file = folder.path().join("bundle.json");
        std::fs::write(&file, &bundle).unwrap();
        let count = objects(options, stream()).len().to_string();
        let mut reader = Command::new(&python);
        reader.arg(format!("{tests}/read_back.py")).arg(&file).arg(count).args(tlp);
        let out = reader.output().unwrap();
        assert!(out.status.success(), "{language} {tlp:?}: {}", String::from_utf8_lossy(&out.stderr));
    }
}

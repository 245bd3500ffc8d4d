//! The stage through its trait: a stream in, and what another reader finds in the files that come out.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use proptest::prelude::*;
use recoup_plugin::Sink;
use recoup_plugin::prelude::{Result, *};
use recoup_report_parquet::{Options, Parquet};
use serde_json::{Value, json};

#[derive(Default)]
struct Written(Vec<File>);

impl Sink<File> for Written {
    fn emit(&mut self, file: File) {
        self.0.push(file);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        panic!("{diagnostic:?}");
    }
}

fn open(options: Value) -> Result<Parquet> {
    let options: Options = serde_json::from_value(options).map_err(|why| Error::new(why.to_string()))?;
    Parquet::open(options, &Context::default())
}

/// The files that come of some items, by name.
fn files(items: impl IntoIterator<Item = ReportItem>, options: Value) -> BTreeMap<String, Vec<u8>> {
    let mut stage = open(options).unwrap();
    let mut written = Written::default();
    for item in items {
        stage.process(item, &mut Out::new(&mut written)).unwrap();
    }
    stage.finish(&mut Out::new(&mut written)).unwrap();
    let bytes = |file: File| match file.body {
        Body::Base64(text) => (file.file.unwrap(), STANDARD.decode(text).unwrap()),
        Body::Text(text) => panic!("{text}"),
    };
    written.0.into_iter().map(bytes).collect()
}

fn reader(bytes: &[u8]) -> SerializedFileReader<std::fs::File> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    SerializedFileReader::new(file).unwrap()
}

/// The cells of every row, by column.
fn rows(bytes: &[u8]) -> Vec<BTreeMap<String, Field>> {
    let rows = reader(bytes).into_iter().map(|row| row.unwrap().into_columns().into_iter().collect());
    rows.collect()
}

/// Every row with one cell a line, and how the file describes its columns.
fn shown(bytes: &[u8]) -> String {
    let reader = reader(bytes);
    let mut text = Vec::new();
    parquet::schema::printer::print_schema(&mut text, reader.metadata().file_metadata().schema());
    let mut text = String::from_utf8(text).unwrap();
    for row in reader.get_row_iter(None).unwrap() {
        text.push('\n');
        row.unwrap().get_column_iter().for_each(|(name, field)| writeln!(text, "{name}: {field}").unwrap());
    }
    text
}

/// The report with which every report stage is tried.
fn report() -> Vec<ReportItem> {
    let text = include_str!("../../../crates/pipeline/data/conformance/report.jsonl");
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn document(id: &str, title: Option<&str>, relays: &[String]) -> ReportItem {
    let document = json!({
        "kind": "document", "id": id, "doc": id, "outlet": "Skerry Gazette", "relays": relays, "url": null, "path": null,
        "language": "en", "published": {"date": "2031-05-02", "from": "sidecar"}, "title": title,
        "text": "At least thirty sailors were hurt.", "blocks": [],
        "taken_in": "2031-05-03T06:00:00Z", "read_at": "2031-06-01T06:00:00.25Z",
    });
    serde_json::from_value(document).unwrap()
}

fn claim(document: &str) -> ReportItem {
    let claim = json!({
        "kind": "claim", "id": "c_01", "doc": document, "document": document, "span": {"start": 0, "end": 23},
        "quote": "At least thirty sailors", "indicator": "casualties.wounded", "subject": "norland", "object": null,
        "quantity": {"low": 30, "high": null, "approximate": false, "unit": "person", "item": "sailors", "text": null},
        "places": [
            {"name": "Skerry", "id": "skerry", "precision": "locality", "lat": 51.5, "lon": 4.25},
            {"name": "the strait", "id": null, "precision": null, "lat": null, "lon": null},
        ],
        "time": null, "reported": "2031-05-02", "stance": "asserted", "measure": null, "civilian": false,
        "part_of": null, "rule": "en/casualties",
    });
    serde_json::from_value(claim).unwrap()
}

#[test]
fn a_report_is_two_tables() {
    let files = files(report(), json!({}));
    assert_eq!(files.keys().collect::<Vec<_>>(), ["claims.parquet", "findings.parquet"]);
    insta::assert_snapshot!("findings", shown(&files["findings.parquet"]));
    insta::assert_snapshot!("claims", shown(&files["claims.parquet"]));
}

#[test]
fn an_archive_is_its_documents_and_claims() {
    let archive =
        || [document("d_1", None, &[]), claim("d_1"), document("d_2", Some("Unrest"), &["Harbour Watch".to_owned()])];
    let with_text = files(archive(), json!({}));
    assert_eq!(with_text.keys().collect::<Vec<_>>(), ["claims.parquet", "documents.parquet"]);
    insta::assert_snapshot!("archived_documents", shown(&with_text["documents.parquet"]));
    insta::assert_snapshot!("archived_claims", shown(&with_text["claims.parquet"]));
    let without = files(archive(), json!({"without_text": true}));
    assert_eq!(rows(&without["documents.parquet"])[0]["text"], Field::Null);
    assert_eq!(with_text["claims.parquet"], without["claims.parquet"]);
}

#[test]
fn a_file_says_where_it_comes_from() {
    let files = files(report(), json!({}));
    let reader = reader(&files["claims.parquet"]);
    let said = reader.metadata().file_metadata().key_value_metadata().unwrap();
    let said: Value = serde_json::from_str(said[0].value.as_ref().unwrap()).unwrap();
    assert_eq!(said["pipeline"], "strait");
    assert_eq!(said["period"], json!({"start": "2031-05-01", "end": "2031-05-07"}));
}

#[test]
fn a_report_without_findings_is_two_empty_tables() {
    let files = files(None, json!({}));
    assert_eq!(files.keys().collect::<Vec<_>>(), ["claims.parquet", "findings.parquet"]);
    for bytes in files.values() {
        assert_eq!(rows(bytes), []);
    }
}

#[test]
fn options_that_are_none_are_refused() {
    assert_eq!(open(json!({"row_group": 0})).err().unwrap().path.as_deref(), Some("options.row_group"));
    assert!(open(json!({"rowgroup": 5})).is_err());
}

fn text(field: &Field) -> Option<String> {
    match field {
        Field::Null => None,
        Field::Str(text) => Some(text.clone()),
        other => panic!("{other}"),
    }
}

fn texts(field: &Field) -> Vec<String> {
    let Field::ListInternal(list) = field else { panic!("{field}") };
    list.elements().iter().map(|element| text(element).unwrap()).collect()
}

proptest! {
    /// Whatever is null, however long lists are and wherever a row group ends.
    #[test]
    fn what_goes_in_comes_back(
        given in prop::collection::vec((prop::option::of(".{0,8}"), prop::collection::vec(".{0,5}", 0..4)), 0..12),
        row_group in 1_usize..6,
    ) {
        let items = given.iter().map(|(title, relays)| document("d_1", title.as_deref(), relays));
        let files = files(items, json!({"row_group": row_group}));
        prop_assume!(!given.is_empty());
        let bytes = &files["documents.parquet"];
        let back: Vec<_> = rows(bytes).iter().map(|row| (text(&row["title"]), texts(&row["relays"]))).collect();
        prop_assert_eq!(&back, &given);
        prop_assert_eq!(reader(bytes).num_row_groups(), given.len().div_ceil(row_group));
    }
}

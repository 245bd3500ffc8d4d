//! The report as JSON.

#![allow(clippy::unwrap_used)]

mod common;

use common::{context, files, sample};
use recoup_model::ReportItem;
use recoup_report::{Json, Report};
use serde_json::json;

fn written(options: serde_json::Value, items: Vec<ReportItem>) -> String {
    files::<Json>(options, &context(), items).unwrap().remove(0).1
}

#[test]
fn one_finding() {
    let kept = sample("en").into_iter().filter(|item| match item {
        ReportItem::Finding(item) => item.finding.id == "f_sent",
        ReportItem::Change(_) => false,
        _ => true,
    });
    insta::assert_snapshot!(written(json!({}), kept.collect()));
}

#[test]
fn on_one_line() {
    let text = written(json!({"indent": false}), sample("fr"));
    assert_eq!(text.lines().count(), 1);
    assert!(text.ends_with("}\n"));
}

#[test]
fn what_is_written_reads_back() {
    let report: Report = serde_json::from_str(&written(json!({}), sample("en"))).unwrap();
    assert_eq!(serde_json::to_string_pretty(&report).unwrap() + "\n", written(json!({}), sample("en")));
    assert_eq!((report.findings.len(), report.changes.len(), report.set_aside.len()), (6, 5, 2));
}

#[test]
fn the_schema_has_the_parts_of_the_file() {
    let schema = schemars::schema_for!(Report).to_value();
    let parts: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
    assert_eq!(parts, ["head", "findings", "changes", "edits", "errata", "sources", "set_aside"]);
}

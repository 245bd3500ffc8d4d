//! The Markdown report, as its readers see it.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;

use common::{context, files, sample, told};
use pulldown_cmark::{Event, Options, Parser, Tag};
use recoup_model::ReportItem;
use recoup_plugin::Context;
use recoup_report::Markdown;
use serde_json::{Value, json};

fn report(items: Vec<ReportItem>) -> String {
    files::<Markdown>(json!({}), &context(), items).unwrap().remove(0).1
}

#[test]
fn a_report_in_french() {
    insta::assert_snapshot!(report(sample("fr")));
}

#[test]
fn a_report_in_english() {
    insta::assert_snapshot!(report(sample("en")));
}

#[test]
fn a_first_report_without_findings() {
    let mut items = sample("en");
    items.truncate(1);
    if let Some(ReportItem::Head(head)) = items.first_mut() {
        head.previous = None;
        head.copies.clear();
        head.undated.clear();
    }
    let report = report(items);
    let (before_method, _) = report.split_once("## Method").unwrap();
    insta::assert_snapshot!(before_method);
}

#[test]
fn the_same_stream_gives_the_same_bytes() {
    assert_eq!(report(sample("fr")), report(sample("fr")));
}

#[test]
fn an_article_cannot_bring_markup_into_the_report() {
    let report = report(sample("en"));
    let (mut references, mut definitions) = (BTreeSet::new(), BTreeSet::new());
    let dialects = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    for event in Parser::new_ext(&report, dialects) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("markup of an article: {html}"),
            Event::Start(Tag::Link { dest_url, .. }) => assert_eq!(&*dest_url, "https://valley.example/a_b"),
            Event::Start(Tag::Image { dest_url, .. }) => panic!("an image: {dest_url}"),
            Event::FootnoteReference(note) => drop(references.insert(note.to_string())),
            Event::Start(Tag::FootnoteDefinition(note)) => drop(definitions.insert(note.to_string())),
            _ => {}
        }
    }
    assert_eq!(references, definitions);
    assert_eq!(references.len(), 12);
}

#[test]
fn a_long_report_is_rendered_too() {
    let mut items = sample("en");
    let finding = items.remove(1);
    items.extend(std::iter::repeat_n(finding, 300));
    assert_eq!(report(items).matches("### Killed: Norland").count(), 300);
}

/// The error for the sample report with one thing changed.
fn refused(change: impl FnOnce(&mut Value)) -> String {
    let mut items: Vec<Value> = sample("en").iter().map(|item| serde_json::to_value(item).unwrap()).collect();
    change(&mut items[1]);
    let items = items.into_iter().map(|item| serde_json::from_value(item).unwrap()).collect();
    told(&files::<Markdown>(json!({}), &context(), items).unwrap_err())
}

#[test]
fn a_figure_without_a_reference_is_not_printed() {
    let no_claim = refused(|item| {
        for position in item["finding"]["positions"].as_array_mut().unwrap() {
            position["claims"] = json!([]);
        }
    });
    let no_position = refused(|item| {
        item["finding"]["positions"] = json!([]);
        item["finding"]["disagreements"] = json!([]);
    });
    let lost_claim = refused(|item| item["claims"] = json!([]));
    let no_chain = refused(|item| item["finding"]["derived"]["chain"] = json!([]));
    let lost_position = refused(|item| item["finding"]["disagreements"][0]["between"] = json!(["p_nowhere"]));
    insta::assert_snapshot!([no_claim, no_position, lost_claim, no_chain, lost_position].join("\n"));
}

/// The report, or the error, with a template of one's own.
fn own(template: &str) -> String {
    let mut context = context();
    context.report.files.insert("own.md.jinja".to_owned(), template.to_owned());
    let made = files::<Markdown>(json!({"template": "own.md.jinja"}), &context, sample("en"));
    made.map_or_else(|error| told(&error), |mut files| files.remove(0).1)
}

#[test]
fn a_template_of_ones_own() {
    insta::assert_snapshot!(own(
        "{% for f in figures %}\n- {{ f.title }}: {{ f.figure }}\n{% endfor %}\n{% include \"notes.md.jinja\" %}"
    ));
}

#[test]
fn mistakes_in_a_template_are_told_with_their_line() {
    let mistakes = [
        "# Report\n\n{{ head.titel }}\n",
        "{% for f in figures %}\n{{ f.figure }}\n",
        "{{ figures | largest }}",
        "{% include \"/etc/passwd\" %}",
        "{% set figures = [{}] %}\n{% include \"figures.md.jinja\" %}",
        "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}x{% endfor %}{% endfor %}{% endfor %}",
        "{% macro again() %}{{ again() }}{% endmacro %}\n{{ again() }}",
    ];
    insta::assert_snapshot!(mistakes.map(|template| format!("{template}\n---\n{}", own(template))).join("\n"));
}

#[test]
fn a_template_that_is_not_there() {
    let error = files::<Markdown>(json!({"template": "gone.jinja"}), &Context::default(), Vec::new()).unwrap_err();
    insta::assert_snapshot!(told(&error));
}

#[test]
fn a_stream_that_is_no_report() {
    let twice = vec![sample("en").remove(0), sample("en").remove(0)];
    let headless = vec![sample("en").remove(1)];
    let german = sample("de");
    let told = [Vec::new(), twice, headless, german]
        .map(|items| told(&files::<Markdown>(json!({}), &context(), items).unwrap_err()));
    insta::assert_snapshot!(told.join("\n"));
}

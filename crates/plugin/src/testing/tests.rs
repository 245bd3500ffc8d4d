//! How each kind of output is shown, and each way to fail.
#![allow(clippy::unwrap_used)]

use recoup_model::{Body, Claim, Document, File, Finding, Item, Level, ReportItem};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::run;
use crate::{Context, Error, Out, Result, Stage, StageItem};

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Options {
    /// What is emitted for each item.
    emit: Value,
    /// What is reported for each item.
    report: Value,
    /// Why each call fails.
    fail: Option<String>,
}

/// Emits what its options hold, for each item.
struct Echo<I> {
    options: Options,
    items: std::marker::PhantomData<I>,
}

impl<I: StageItem> Stage for Echo<I>
where
    Echo<I>: Send,
{
    const NAME: &'static str = "echo";
    const SUMMARY: &'static str = "Emits what it is told.";
    type Options = Options;
    type Item = I;

    fn open(options: Options, _: &Context) -> Result<Self> {
        Ok(Echo { options, items: std::marker::PhantomData })
    }

    fn process(&mut self, _: I, out: &mut Out<'_, I::Output>) -> Result<()> {
        for output in self.options.emit.as_array().into_iter().flatten() {
            out.emit(serde_json::from_value(output.clone()).map_err(|why| Error::new(why.to_string()))?);
        }
        for said in self.options.report.as_array().into_iter().flatten() {
            out.report(serde_json::from_value(said.clone()).unwrap());
        }
        let failed = |why: &String| Error::new(why).at_option("fail").with_help("do not");
        self.options.fail.as_ref().map_or(Ok(()), |why| Err(failed(why)))
    }
}

fn echo<I: StageItem>(options: Value, items: &str) -> String {
    run::<Echo<I>>(options, &Context::default(), items)
}

const DOCUMENT: &str = r#"{"id":"d_1","doc":"port","text":"À Norville, 30 morts. Il pleut.","blocks":[{"span":{"start":0,"end":32},"kind":"paragraph","sentences":[{"start":0,"end":22},{"start":23,"end":32}]}]}"#;

fn claim(start: usize, quote: &str) -> Value {
    json!({
        "doc": "port", "document": "d_1", "span": { "start": start, "end": start + quote.len() }, "quote": quote,
        "indicator": "casualties.killed", "quantity": { "low": 30, "unit": "person" }, "stance": "asserted", "rule": "echo",
    })
}

#[test]
fn claims_stand_beside_their_words() {
    let claims = json!([claim(13, "30 morts"), claim(13, "31 morts"), claim(90, "nowhere")]);
    insta::assert_snapshot!(echo::<Document>(json!({ "emit": claims }), DOCUMENT));
}

#[test]
fn claims_outside_of_every_sentence_are_told() {
    let bare = r#"{"id":"d_1","doc":"port","text":"30 morts"}"#;
    insta::assert_snapshot!(echo::<Document>(json!({ "emit": [claim(0, "30 morts")] }), bare));
}

#[test]
fn documents_by_their_blocks() {
    let item = r#"{"origin":"port.txt","text":"…","sidecar":{"doc":"port"}}"#;
    let mut document: Value = serde_json::from_str(DOCUMENT).unwrap();
    document["published"] = json!({ "date": "2031-05-03", "from": "sidecar" });
    document["outlet"] = json!("Harbour Wire");
    document["title"] = json!("Au port");
    let heading = json!({ "span": { "start": 3, "end": 11 }, "kind": "heading", "repeats": 0 });
    let astray = json!({ "span": { "start": 30, "end": 99 }, "kind": "list_item" });
    document["blocks"].as_array_mut().unwrap().extend([heading, astray]);
    insta::assert_snapshot!(echo::<Item>(json!({ "emit": [document] }), &format!("{item}\n\n{item}\n")));
}

#[test]
fn findings_as_they_cross_the_boundary() {
    let finding = json!({
        "indicator": "forces.sent", "approximate": false, "derived": {}, "estimates": {}, "rule_sensitive": false,
        "status": "denied", "independent_origins": 1, "positions": [],
    });
    let shown = echo::<Claim>(json!({ "emit": [finding] }), &claim(13, "30 morts").to_string());
    assert_eq!(shown.lines().count(), 1);
    let again: Finding = serde_json::from_str(&shown).unwrap();
    assert_eq!((again.indicator.as_str(), again.independent_origins), ("forces.sent", 1));
}

const SET_ASIDE: &str = r#"{"kind":"set_aside","origin":"a","code":"b.c","reason":"d"}"#;

#[test]
fn files_by_name_and_diagnostics_by_place() {
    let file = |file: Option<&str>, body| serde_json::to_value(File { file: file.map(str::to_owned), body }).unwrap();
    let text = |text: &str| Body::Text(text.to_owned());
    let files = [
        file(Some("a.txt"), text("one\ntwo\n")),
        file(None, text("no end")),
        file(Some("b.bin"), Body::Base64("AAEC".to_owned())),
    ];
    let place = json!({
        "level": "warning", "code": "echo.far", "message": "too far", "path": "options.emit", "document": "port",
        "span": { "start": 1, "end": 2 }, "help": "come nearer",
    });
    let report = json!([place, { "level": Level::Info, "code": "echo.note", "message": "noted" }]);
    insta::assert_snapshot!(echo::<ReportItem>(json!({ "emit": files, "report": report }), SET_ASIDE));
}

#[test]
fn what_fails_is_told_as_a_host_would() {
    let file = json!([{ "file": "lost.txt", "text": "lost" }]);
    let cases = [
        ("a call", json!({ "emit": file, "fail": "no more" }), SET_ASIDE),
        ("an unknown option", json!({ "emmit": [] }), SET_ASIDE),
        ("another item", json!({}), r#"{"kind":"set_aside","origin":7}"#),
    ];
    let told = cases.map(|(title, options, items)| format!("{title}: {}", echo::<ReportItem>(options, items)));
    insta::assert_snapshot!(told.concat());
}

#[test]
fn a_case_may_open_with_its_settings() {
    let (settings, items) = super::split("{\"open\":{\"options\":{\"a\":1}}}\n{}\n").unwrap();
    assert_eq!((settings.options, items), (json!({ "a": 1 }), "{}\n"));
    let (settings, items) = super::split("{}").unwrap();
    assert_eq!((settings.options, items), (json!({}), "{}"));
    let wrong = super::split("{\"open\":{\"context\":{\"theatre\":1}}}").err().unwrap();
    assert_eq!(wrong.path.as_deref(), Some("open.context.theatre"));
}

//! The stage through its trait, as its author tests it: items in from a file, the text that comes out.
#![allow(clippy::unwrap_used)]

use recoup_plugin::Sink;
use recoup_plugin::prelude::*;
use recoup_report_bulletin::{Bulletin, Options};

#[derive(Default)]
struct Written(Vec<File>);

impl Sink<File> for Written {
    fn emit(&mut self, file: File) {
        self.0.push(file);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        panic!("{}", diagnostic.message);
    }
}

fn context(language: &str) -> Context {
    let theatre = serde_json::json!({"actor": [
        {"id": "norland", "name": "Norland", "name_fr": "Norlande"},
        {"id": "ostmark", "name": "Ostmark", "name_fr": "Ostmarche"},
    ]});
    let theatre = serde_json::from_value::<Theatre>(theatre).unwrap().into();
    let report = recoup_plugin::ReportContext { language: language.to_owned(), ..Default::default() };
    Context { theatre, report, ..Context::default() }
}

fn bulletin(options: serde_json::Value, language: &str) -> Result<String> {
    let options: Options = serde_json::from_value(options).map_err(|why| Error::new(why.to_string()))?;
    let mut stage = Bulletin::open(options, &context(language))?;
    let mut written = Written::default();
    for line in include_str!("stream.jsonl").lines() {
        stage.process(serde_json::from_str(line).unwrap(), &mut Out::new(&mut written))?;
    }
    stage.finish(&mut Out::new(&mut written))?;
    match &written.0[..] {
        [File { body: Body::Text(text), .. }] => Ok(text.clone()),
        files => panic!("{} files", files.len()),
    }
}

#[test]
fn a_line_for_each_finding() {
    insta::assert_snapshot!(bulletin(serde_json::json!({}), "en").unwrap());
}

#[test]
fn in_french() {
    insta::assert_snapshot!(bulletin(serde_json::json!({}), "fr").unwrap());
}

#[test]
fn options_choose_findings_and_separate_fields() {
    let options = serde_json::json!({"separator": " | ", "minimum_origins": 2});
    insta::assert_snapshot!(bulletin(options, "en").unwrap());
}

#[test]
fn a_separator_stays_on_the_line() {
    let refused = bulletin(serde_json::json!({"separator": "\n"}), "en").unwrap_err();
    assert_eq!(refused.path.as_deref(), Some("options.separator"));
}

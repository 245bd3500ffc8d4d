//! A stage in a process of its own, as its host hears it.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::io::Cursor;

use recoup_plugin::child::serve_on;
use recoup_plugin::prelude::*;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Options {
    /// A word that no document may hold.
    forbidden: String,
}

/// Reports every document, and fails or panics over some.
struct Reader(Options);

impl Stage for Reader {
    const NAME: &str = "reader";
    const SUMMARY: &str = "Reads documents and claims nothing.";
    const VERSION: &str = "0.7.0";
    type Options = Options;
    type Item = Document;

    fn open(options: Options, _: &Context) -> Result<Self> {
        if options.forbidden == " " {
            return Err(Error::new("a blank is no word").at_option("forbidden"));
        }
        Ok(Reader(options))
    }

    fn process(&mut self, document: Document, out: &mut Out<'_, Claim>) -> Result<()> {
        if document.text.contains("panic") {
            panic!("I cannot bear this");
        }
        if !self.0.forbidden.is_empty() && document.text.contains(&self.0.forbidden) {
            return Err(Error::new("this word is forbidden").with_help("use another"));
        }
        out.report(Diagnostic::new(Level::Info, "reader.read", document.text).in_document(&document.doc));
        Ok(())
    }
}

/// What host and child say to each other: `>` is the host.
fn transcript(host: &[&str]) -> String {
    let mut said = Vec::new();
    let ended = serve_on::<Reader>(&mut Cursor::new(host.join("\n")), &mut said).unwrap();
    let said = String::from_utf8(said).unwrap();
    let mut out = String::new();
    host.iter().for_each(|line| writeln!(out, "> {line}").unwrap());
    for line in said.lines().skip(1) {
        writeln!(out, "{line}").unwrap();
    }
    writeln!(out, "{ended:?}").unwrap();
    out
}

const SOUND: &str = r#"{"item":{"doc":"a","text":"All is well.","mood":"a field of the future"}}"#;

#[test]
fn every_answer_of_a_stage() {
    let open = r#"{"open":{"options":{"forbidden":"war"},"context":{"weather":"a field of the future"}}}"#;
    let sessions: [(&str, Vec<&str>); 9] = [
        ("sound", vec![open, r#"{"flush":0}"#, SOUND, r#"{"flush":1}"#, SOUND, r#"{"flush":2}"#, r#"{"finish":1}"#]),
        ("two sessions", vec![open, r#"{"finish":1}"#, open, SOUND, r#"{"finish":1}"#]),
        ("misspelt option", vec![r#"{"open":{"options":{"forbiden":"war"}}}"#, r#"{"flush":0}"#]),
        ("refused option", vec![r#"{"open":{"options":{"forbidden":" "}}}"#]),
        ("wrong type", vec![open, r#"{"item":{"doc":"a","text":7}}"#, r#"{"flush":1}"#]),
        ("failure", vec![open, r#"{"item":{"doc":"a","text":"It is war."}}"#]),
        ("panic", vec![open, r#"{"item":{"doc":"a","text":"Do not panic."}}"#]),
        ("an item too early", vec![SOUND]),
        ("no frame", vec![open, "", "hello?"]),
    ];
    let shown: Vec<String> = sessions.iter().map(|(name, host)| format!("# {name}\n{}", transcript(host))).collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn the_first_line_is_the_manifest() {
    let mut said = Vec::new();
    serve_on::<Reader>(&mut Cursor::new(""), &mut said).unwrap();
    insta::assert_snapshot!(String::from_utf8(said).unwrap());
}

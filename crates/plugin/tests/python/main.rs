//! The Python module as the host sees it: lines in, lines out, exit status.
#![allow(clippy::unwrap_used)]

mod session;

use std::fs;
use std::path::Path;

use session::{Session, python};

const OPEN: &str = r#"{"open":{"options":{},"context":{}}}"#;

/// Runs scripts against lines of the host and shows what was said; skips where there is no Python.
fn talks<'a>(cases: impl IntoIterator<Item = (&'a str, &'a str, &'a [&'a str])>) -> Option<String> {
    let python = python()?;
    let mut manifest = None;
    let talks = cases.into_iter().map(|(title, script, lines)| {
        let said = python.talk(script, lines);
        let hello = said.lines().next().unwrap_or_default().to_owned();
        // The same manifest is shown once.
        let said = if manifest.as_ref() == Some(&hello) { said.replace(&hello, "< {\"hello\":...}") } else { said };
        manifest = Some(hello);
        format!("# {title}\n{said}")
    });
    Some(talks.collect::<Vec<_>>().join("\n"))
}

/// A recorded report: a head, three findings, an article set aside, as the host sends them.
fn stream() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins/bulletin/tests/stream.jsonl");
    let items = fs::read_to_string(path).unwrap();
    let items = items.lines().zip(1..).flat_map(|(item, n)| [format!("{{\"item\":{item}}}"), flush(n)]);
    [OPEN.to_owned(), flush(0)].into_iter().chain(items).chain([FINISH.to_owned()]).collect()
}

const FINISH: &str = r#"{"finish":1}"#;

fn flush(number: usize) -> String {
    format!("{{\"flush\":{number}}}")
}

/// A report stage that says what it is given, with an option that it refuses at one value.
const LINES: &str = r#"
from recoup_plugin import Failed, serve, stage, warn

@stage("lines", "report", "Tells its items.", "1.2.0", {
    "separator": (", ", "Between fields."), "limit": (10, "Lines at most."), "ratio": (0.5, "Any number."),
    "mark": (None, "Anything."), "order": ("up", "How to sort.", {"enum": ["up", "down"]}),
})
def lines(items, options, context):
    if options["separator"] == "":
        raise Failed("fields need something between them", path="options.separator", help="such as \";\"")
    if "\n" in options["separator"]:
        warn("lines will be cut", path="options.separator")
    yield {"file": "context.txt", "text": str(context.get("report", {}).get("language"))}
    names = [item["name"] for item in items]
    yield {"file": "names.txt", "text": options["separator"].join(names[:options["limit"]])}
    yield {"file": "options.txt", "text": str(options)}

serve()
"#;

#[test]
fn the_example_writes_a_table() {
    let example = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/lines.py")).unwrap();
    let lines = stream();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    if let Some(said) = talks([("lines.py", example.as_str(), &lines[..])]) {
        insta::assert_snapshot!(Session::without_items(&said));
    }
}

#[test]
fn the_example_of_the_documentation_works() {
    let module = recoup_plugin::bindings::python();
    let (_, rest) = module.split_once("A complete stage:\n\n").unwrap();
    let (example, _) = rest.split_once("\n- ").unwrap();
    // As Python reads it: a docstring has its own backslashes.
    let example = example.lines().map(|line| format!("{}\n", line.strip_prefix("    ").unwrap_or(line)));
    let example: String = example.collect();
    let example = example.replace("\\\\n", "\\n");
    let lines = stream();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    if let Some(said) = talks([("docstring", example.as_str(), &lines[..])]) {
        insta::assert_snapshot!(Session::without_items(&said));
    }
}

#[test]
fn options_are_checked_and_completed() {
    let open =
        |options: &str| format!(r#"{{"open":{{"options":{options},"context":{{"report":{{"language":"fr"}}}}}}}}"#);
    let cases = [
        ("as they are", "{}"),
        ("set", r#"{"separator":" | ","limit":1,"ratio":1,"mark":[1],"order":"down"}"#),
        ("with a warning", r#"{"separator":"\n"}"#),
        ("misspelt", r#"{"seperator":";"}"#),
        ("nothing like it", r#"{"colour":"red"}"#),
        ("of another type", r#"{"separator":7}"#),
        ("yes is no number", r#"{"limit":true}"#),
        ("refused by the stage", r#"{"separator":""}"#),
    ]
    .map(|(title, options)| (title, open(options)));
    let item = |name: &str| format!(r#"{{"item":{{"name":"{name}","since":"protocol 1.7"}}}}"#);
    let (first, second, flushes) = (item("é"), item("b"), [flush(0), flush(1), flush(2)]);
    let cases: Vec<(&str, Vec<&str>)> = cases
        .iter()
        .map(|(title, open)| {
            (*title, vec![open.as_str(), &flushes[0], &first, &flushes[1], &second, &flushes[2], FINISH])
        })
        .collect();
    if let Some(said) = talks(cases.iter().map(|(title, lines)| (*title, LINES, &lines[..]))) {
        insta::assert_snapshot!(said);
    }
}

/// An extract stage that finds a word, and takes some badly.
const WORDS: &str = r#"
from recoup_plugin import Failed, error, info, serve, span, stage, warn

@stage("words", kind="extract", summary="Finds words.")
def words(document, options, context):
    for word in document["text"].split():
        if word == "raise":
            warn("a word to come", document=document["id"], span=(0, 5))
            raise ValueError("cannot bear " + word)
        if word == "fail":
            raise Failed("there is no going on", help="leave it out")
        if word == "skip":
            return error("not for us", code="words.skip", document=document["id"])
        at = document["text"].index(word)
        yield {"quote": word, "span": span(document["text"], at, at + len(word))}
    info("all read")

serve()
"#;

#[test]
fn items_one_after_the_other() {
    let flat = ["{\"flush\":0}", "{\"flush\":1}", "{\"flush\":2}", "{\"flush\":3}"];
    let good = r#"{"item":{"id":"d_1","text":"été deux","blocks":[]}}"#;
    let skipped = r#"{"item":{"id":"d_2","text":"un skip deux"}}"#;
    let bad = r#"{"item":{"id":"d_3","text":"un raise"}}"#;
    let failing = r#"{"item":{"id":"d_4","text":"un fail"}}"#;
    let typed = r#"{"item":{"id":"d_5","text":7}}"#;
    let cases: [(&str, &[&str]); 6] = [
        ("good ones", &[OPEN, flat[0], good, flat[1], skipped, flat[2], FINISH]),
        ("two to one flush", &[OPEN, flat[0], skipped, good, flat[2], FINISH]),
        (
            "an exception costs the item in hand only",
            &[OPEN, flat[0], good, flat[1], bad, flat[2], good, flat[3], FINISH],
        ),
        ("a stage that gives up", &[OPEN, flat[0], failing, flat[1], FINISH]),
        ("an item of the wrong type", &[OPEN, flat[0], typed, flat[1], FINISH]),
        ("no items", &[OPEN, flat[0], FINISH]),
    ];
    if let Some(said) = talks(cases.map(|(title, lines)| (title, WORDS, lines))) {
        insta::assert_snapshot!(said);
    }
}

#[test]
fn what_is_printed_stays_off_the_wire() {
    let script = r#"
print("printed before")
import os, sys
from recoup_plugin import serve, stage

@stage("loud", kind="report", summary="Prints.")
def loud(items, options, context):
    for item in items:
        print("printed", item)
        sys.__stdout__.write("written\n")
        os.write(1, b"from below\n")
        os.system("echo by another program; cat")
        try:
            input()
        except EOFError:
            print("nothing to read")
    yield {"text": "é"}

serve()
"#;
    let lines = [OPEN, r#"{"flush":0}"#, r#"{"item":{}}"#, r#"{"flush":1}"#, FINISH];
    if let Some(said) = talks([("loud", script, &lines[..])]) {
        insta::assert_snapshot!(said);
    }
}

#[test]
fn hosts_that_leave_or_talk_nonsense() {
    let cases: [(&str, &[&str]); 9] = [
        ("gone before it opened", &[]),
        ("gone in the middle", &[OPEN, r#"{"flush":0}"#, r#"{"item":{"name":"a"}}"#, r#"{"flush":1}"#]),
        ("gone in half a line", &[OPEN, r#"{"flush":0}"#, r#"half {"item":{"na"#]),
        ("a field of the future", &[r#"{"since":"1.7","open":{}}"#, r#"{"flush":0}"#, FINISH]),
        ("an unknown frame", &[OPEN, r#"{"pause":1}"#]),
        ("no frame", &[OPEN, "[]"]),
        ("no JSON", &[OPEN, "open, please"]),
        ("an item first", &[r#"{"item":{}}"#]),
        ("opened twice", &[OPEN, OPEN]),
    ];
    if let Some(said) = talks(cases.map(|(title, lines)| (title, LINES, lines))) {
        insta::assert_snapshot!(said);
    }
}

#[test]
fn outputs_of_every_sort() {
    let stage = |body: &str| {
        format!(
            "from recoup_plugin import serve, stage\n\n\
             @stage('sort', kind='report', summary='Tries.')\ndef sort(items, options, context):\n    {body}\n\nserve()\n"
        )
    };
    let cases = [
        ("a list", "return [{'text': str(len(list(items)))}]"),
        ("nothing", "return"),
        ("after the first item", "yield {'text': next(items)['name']}"),
        ("a dict where dicts should be", "return {'text': 'a'}"),
        ("text", "yield 'a'"),
        ("no number", "next(items); yield {'high': float('nan')}"),
        ("no JSON", "yield {'names': {1, 2}}"),
        ("half a character", "yield {'text': '\\ud800'}"),
    ]
    .map(|(title, body)| (title, stage(body)));
    let lines =
        [OPEN, r#"{"flush":0}"#, r#"{"item":{"name":"a"}}"#, r#"{"flush":1}"#, r#"{"item":{"name":"b"}}"#, FINISH];
    if let Some(said) = talks(cases.iter().map(|(title, script)| (*title, script.as_str(), &lines[..]))) {
        // Later versions of Python name the number.
        insta::assert_snapshot!(said.replace("JSON compliant: nan", "JSON compliant"));
    }
}

#[test]
fn files_that_serve_no_stage() {
    let two = "from recoup_plugin import *\nfor name in 'ab':\n    stage(name, 'report', '')(print)\nserve()\n";
    let cases = [
        ("none", "from recoup_plugin import serve\nserve()\n"),
        ("two", two),
        ("of no kind", "from recoup_plugin import stage\nstage('a', kind='reports', summary='')\n"),
    ];
    if let Some(said) = talks(cases.map(|(title, script)| (title, script, &[][..]))) {
        insta::assert_snapshot!(said);
    }
}

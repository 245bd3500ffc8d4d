//! The stage through its trait: an export in, its documents and what is said of it out.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use recoup_parse_telegram::{Options, Telegram};
use recoup_plugin::Sink;
use recoup_plugin::prelude::*;
use serde_json::{Value, json};

const CHANNEL: &str = include_str!("channel.json");
const ACCOUNT: &str = include_str!("account.json");

/// Documents and remarks in the order in which they came.
#[derive(Default)]
struct Written {
    documents: Vec<Document>,
    remarks: Vec<Diagnostic>,
}

impl Sink<Document> for Written {
    fn emit(&mut self, document: Document) {
        self.documents.push(document);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.remarks.push(diagnostic);
    }
}

fn options(options: Value) -> Result<Options> {
    serde_json::from_value(options).map_err(|why| Error::new(why.to_string()))
}

fn item(text: &str, sidecar: Sidecar) -> Item {
    let body = Body::Text(text.to_owned());
    Item { origin: "exports/result.json".to_owned(), media_type: Some("application/json".to_owned()), body, sidecar }
}

fn result() -> Sidecar {
    Sidecar { doc: "result".to_owned(), ..Sidecar::default() }
}

fn read_with(item: Item, set: Value) -> Written {
    let mut stage = Telegram::open(options(set).unwrap(), &Context::default()).unwrap();
    let mut written = Written::default();
    stage.process(item, &mut Out::new(&mut written)).unwrap();
    stage.finish(&mut Out::new(&mut written)).unwrap();
    written
}

fn read(text: &str, set: Value) -> Written {
    read_with(item(text, result()), set)
}

fn shown(written: &Written) -> String {
    let mut out = String::new();
    for d in &written.documents {
        let published = d.published.unwrap();
        let (outlet, url) = (d.outlet.as_deref().unwrap_or("-"), d.url.as_deref().unwrap_or("-"));
        let language = d.language.as_deref().unwrap_or("-");
        writeln!(out, "{} | {outlet} | {} {:?} | {language} | {url}", d.doc, published.date, published.from).unwrap();
        if !d.relays.is_empty() {
            writeln!(out, "  passed on by {}", d.relays.join(", ")).unwrap();
        }
        for block in &d.blocks {
            let sentences = block.sentences.len();
            writeln!(out, "  {:?}, {sentences}: {}", block.kind, block.span.slice(&d.text).unwrap()).unwrap();
        }
    }
    for r in &written.remarks {
        let about = r.document.as_deref().map(|document| format!(" [{document}]")).unwrap_or_default();
        let help = r.help.as_deref().unwrap_or("-");
        writeln!(out, "{:?} {}{about}: {}\n  help: {help}", r.level, r.code, r.message).unwrap();
    }
    out
}

fn keys(written: &Written) -> Vec<&str> {
    written.documents.iter().map(|document| document.doc.as_str()).collect()
}

#[test]
fn each_message_of_a_channel_is_a_document() {
    insta::assert_snapshot!(shown(&read(CHANNEL, json!({}))));
}

#[test]
fn of_an_account_channels_and_groups_are_read() {
    insta::assert_snapshot!(shown(&read(ACCOUNT, json!({}))));
}

#[test]
fn short_messages_and_forwards_can_be_left_out() {
    let written = read(CHANNEL, json!({"min_length": 30, "forwards": "skip"}));
    assert_eq!(keys(&written), ["harbour-watch-43"]);
    let codes: Vec<&str> = written.remarks.iter().map(|remark| remark.code.as_str()).collect();
    assert!(codes.contains(&"telegram.short") && codes.contains(&"telegram.forwards"), "{codes:?}");
}

#[test]
fn what_is_no_running_text_costs_its_message() {
    let texts =
        ["<html><body>12 killed</body></html>", "\u{fffd}\u{fffd} x", "Twelve sailors were killed in the strait."];
    let message = |(at, text): (usize, &&str)| json!({"id": at, "type": "message", "date": "2031-05-04", "text": text});
    let messages: Vec<Value> = texts.iter().enumerate().map(message).collect();
    let export = json!({"name": "Any", "type": "private_group", "id": 3, "messages": messages});
    insta::assert_snapshot!(shown(&read(&export.to_string(), json!({}))));
}

#[test]
fn the_chats_to_read_can_be_named() {
    let written = read(ACCOUNT, json!({"chats": ["Brother"]}));
    assert_eq!(keys(&written), ["brother-5"]);
    let other = read(CHANNEL, json!({"chats": ["Brother"]}));
    assert_eq!((other.documents.len(), other.remarks[0].code.as_str()), (0, "telegram.chat_left_out"));
}

#[test]
fn a_manifest_knows_better_than_the_export() {
    let sidecar = Sidecar {
        doc: "hw".to_owned(),
        published: Some("2031-06-01".parse().unwrap()),
        language: Some("fr".to_owned()),
        outlet: Some("Harbour Watch (Norburg)".to_owned()),
        url: Some("https://t.me/harbourwatch/".to_owned()),
        ..Sidecar::default()
    };
    let written = read_with(item(CHANNEL, sidecar), json!({}));
    let first = &written.documents[0];
    assert_eq!(first.doc, "hw-40");
    assert_eq!(first.outlet.as_deref(), Some("Harbour Watch (Norburg)"));
    assert_eq!(first.url.as_deref(), Some("https://t.me/harbourwatch/40"));
    assert_eq!(first.language.as_deref(), Some("fr"));
    assert_eq!(
        first.published.unwrap().date.to_string(),
        "2031-05-03",
        "a file has a day, and its messages have others"
    );
}

#[test]
fn what_is_no_export_is_left_to_the_next_stage() {
    let others = [
        "",
        "{",
        "[]",
        "{\"messages\": []}",
        "{\"messages\": [{\"role\": \"user\", \"content\": \"public_channel\"}], \"type\": \"dialogue\"}",
        "{\"messages\": {\"1\": \"a\"}, \"type\": \"public_channel\", \"id\": 4}",
        "{\"chats\": {\"list\": [{\"messages\": []}]}}",
        "{\"messages\"",
        "The channel \"messages\" of type public_channel.",
    ];
    for text in others {
        let written = read(text, json!({}));
        assert!(written.documents.is_empty() && written.remarks.is_empty(), "{text}: {}", shown(&written));
    }
    let bytes = Item { body: Body::Base64("e30=".to_owned()), ..item("", result()) };
    assert!(read_with(bytes, json!({})).remarks.is_empty());
}

#[test]
fn half_an_export_says_so() {
    let whole = CHANNEL.trim_end();
    let begun = whole.find("\"messages\"").unwrap() + "\"messages\"".len();
    for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        let written = read(&whole[..end], json!({}));
        assert!(written.documents.is_empty());
        let said: Vec<_> = written.remarks.iter().map(|remark| (remark.level, remark.code.as_str())).collect();
        let want: &[_] = if end < begun { &[] } else { &[(Level::Error, "telegram.damaged")] };
        assert_eq!(said, want, "cut at byte {end}");
    }
}

#[test]
fn an_export_without_messages_says_so() {
    let written = read(r#"{"name": "Quiet", "type": "public_channel", "id": 1, "messages": []}"#, json!({}));
    assert_eq!(written.remarks[0].code, "telegram.empty");
}

#[test]
fn options_that_are_none_are_refused() {
    for set in [json!({"min_lenght": 3}), json!({"forwards": "drop"}), json!({"min_length": -1})] {
        assert!(options(set.clone()).is_err(), "{set}");
    }
    let refused = Telegram::open(options(json!({"chats": [" "]})).unwrap(), &Context::default()).unwrap_err();
    assert_eq!(refused.path.as_deref(), Some("options.chats"));
}

/// Any message, as an export may hold it: sound, or with anything in the place of anything.
mod any {
    use proptest::prelude::*;

    use super::*;

    fn words() -> impl Strategy<Value = String> {
        prop_oneof!["[a-zé ,.\n]{0,12}", "\\PC{0,6}", Just("Twelve soldiers were killed in Norburg. ".to_owned())]
    }

    /// A text, cut into entities anywhere.
    fn split() -> impl Strategy<Value = (String, Value)> {
        prop::collection::vec((words(), any::<bool>()), 0..6).prop_map(|parts| {
            let joined = parts.iter().map(|(words, _)| words.as_str()).collect();
            let entity = |(words, plain): (String, bool)| match plain {
                true => json!(words),
                false => json!({"type": "text_link", "text": words, "href": "https://x.example"}),
            };
            (joined, parts.into_iter().map(entity).collect())
        })
    }

    fn odd() -> impl Strategy<Value = Value> {
        let atoms =
            [json!(null), json!(true), json!(-7), json!(1e99), json!(""), json!("x"), json!([[]]), json!({"a": 1})];
        prop::sample::select(atoms.to_vec())
    }

    fn message() -> impl Strategy<Value = Value> {
        let keys = ["id", "type", "date", "edited", "forwarded_from", "text", "text_entities", "date_unixtime"];
        let spoilt = prop::option::weighted(0.5, (prop::sample::select(keys.to_vec()), odd()));
        (0..50_i64, split(), spoilt).prop_map(|(id, (_, text), spoilt)| {
            let mut message = json!({"id": id, "type": "message", "date": "2031-05-04T14:31:00", "text": text});
            if let Some((key, value)) = spoilt {
                message[key] = value;
            }
            message
        })
    }

    fn export(messages: &[Value]) -> String {
        json!({"name": "Any", "type": "private_group", "id": 3, "messages": messages}).to_string()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn a_text_in_pieces_is_the_text((joined, pieces) in split()) {
            let message = |text: Value| json!({"id": 1, "type": "message", "date": "2031-05-04T14:31:00", "text": text});
            let whole = read(&export(&[message(json!(joined))]), json!({}));
            let cut = read(&export(&[message(pieces.clone())]), json!({}));
            let entities = json!({"id": 1, "type": "message", "date": "2031-05-04T14:31:00", "text_entities": pieces});
            let entities = read(&export(&[entities]), json!({}));
            prop_assert_eq!(&whole.documents, &cut.documents);
            prop_assert_eq!(&whole.documents, &entities.documents);
            let codes: Vec<&str> = whole.remarks.iter().map(|remark| remark.code.as_str()).collect();
            match whole.documents.len() {
                0 if joined.contains(char::is_alphanumeric) => prop_assert_eq!(codes, ["telegram.broken_message"]),
                0 => prop_assert_eq!(codes, ["telegram.no_text"]),
                _ => prop_assert_eq!(whole.documents.len(), 1),
            }
        }

        #[test]
        fn a_broken_message_costs_that_message(messages in prop::collection::vec(message(), 0..6)) {
            let written = read(&export(&messages), json!({}));
            prop_assert!(!written.documents.is_empty() || !written.remarks.is_empty(), "nobody is told");
            prop_assert!(written.remarks.iter().all(|remark| remark.level < Level::Error && remark.help.is_some()));
            let alone = |message: &Value| read(&export(std::slice::from_ref(message)), json!({})).documents;
            let one_by_one: Vec<Document> = messages.iter().flat_map(alone).collect();
            prop_assert_eq!(&written.documents, &one_by_one);
            for document in &written.documents {
                let number = document.doc.rsplit('-').next().and_then(|id| id.parse::<i64>().ok());
                prop_assert!(number.is_some() && document.published.is_some() && !document.id.is_empty());
            }
        }
    }
}

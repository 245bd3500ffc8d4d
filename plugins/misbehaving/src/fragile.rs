//! An extract stage that breaks over certain words of a document.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use recoup_plugin::prelude::*;
use serde_json::json;

/// Documents that this process has read.
static READ: AtomicU32 = AtomicU32::new(0);

/// The options.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, crate = "recoup_plugin::serde")]
pub struct Options {
    /// After so many documents the process is aborted, whatever they say; 0 = never.
    abort_after: u32,
    /// Claims made of each document, all on the same words.
    claims: u32,
}

/// Makes a claim of the first word of a document, unless a word of it says what is to go wrong: `panic`, `fail`,
/// `abort`, `exit`, `loop`, `allocate`, `print`, `leave` (a little later, between two documents), `no-claim`.
pub struct Fragile(Options);

impl Stage for Fragile {
    const NAME: &str = "fragile";
    const SUMMARY: &str = "Breaks over certain words.";
    type Options = Options;
    type Item = Document;

    fn open(options: Options, _: &Context) -> Result<Self> {
        Ok(Fragile(options))
    }

    fn process(&mut self, document: Document, out: &mut Out<'_, Claim>) -> Result<()> {
        let read = READ.fetch_add(1, Ordering::Relaxed) + 1;
        if self.0.abort_after > 0 && read > self.0.abort_after {
            std::process::abort();
        }
        for word in document.text.split_whitespace() {
            match word {
                "panic" => panic!("this word is too much for me"),
                "fail" => return Err(Error::new("I do not read such words").with_help("leave the word out")),
                "abort" => std::process::abort(),
                "exit" => std::process::exit(3),
                "loop" => loop {
                    std::thread::sleep(Duration::from_secs(1));
                },
                "allocate" => drop(std::hint::black_box(vec![1_u8; 10_000_000_000])),
                "print" => println!("I print what I like"),
                "leave" => drop(std::thread::spawn(|| {
                    std::thread::sleep(Duration::from_millis(20));
                    std::process::exit(4)
                })),
                _ => {}
            }
        }
        let end = document.text.find(char::is_whitespace).unwrap_or(document.text.len());
        let indicator = if document.text.contains("no-claim") { json!(7) } else { json!("casualties.killed") };
        for number in 0..self.0.claims.max(1) {
            let claim = json!({
                "doc": document.doc, "document": document.id, "span": {"start": 0, "end": end},
                "quote": document.text[..end], "indicator": indicator, "subject": "norland", "rule": "fragile",
                "quantity": {"low": number + 1, "high": number + 1, "approximate": false, "unit": "person"},
                "stance": "asserted",
            });
            let claim: Claim = serde_json::from_value(claim).map_err(|error| Error::new(error.to_string()))?;
            out.emit(claim.seal());
        }
        Ok(())
    }
}

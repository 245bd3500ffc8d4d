//! Prints the findings of claims: `findings CLAIMS.jsonl [DOCUMENTS.jsonl] [THEATRE.toml ...]`, to measure the reconciler
//! without an extractor.

use std::error::Error;
use std::fs::read_to_string;
use std::sync::Arc;

use recoup_model::{Claim, Document, Finding, Theatre};
use recoup_plugin::{Context, Out, Sink, Stage};
use recoup_reconcile::{Intervals, Options, copies, groups};
use serde_json::Value;

struct Findings;

impl Sink<Finding> for Findings {
    fn emit(&mut self, finding: Finding) {
        println!("{}", serde_json::to_string(&finding).unwrap_or_default());
    }

    fn report(&mut self, diagnostic: recoup_model::Diagnostic) {
        eprintln!("{}", diagnostic.message);
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut claims = Vec::new();
    let mut documents: Vec<Document> = Vec::new();
    let mut theatre = Theatre::default();
    for (at, path) in std::env::args().skip(1).enumerate() {
        let text = read_to_string(&path)?;
        match path.rsplit('.').next() {
            Some("toml") => theatre.extend(toml::from_str(&text)?),
            _ if at == 0 => claims = text.lines().map(claim).collect::<Result<_, _>>()?,
            _ => documents = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?,
        }
    }
    let context = Context {
        theatre: Arc::new(theatre),
        copies: Arc::new(copies(&documents)),
        documents: Arc::new(documents.iter().map(Document::head).collect()),
        ..Context::default()
    };
    for group in groups(claims) {
        let mut sink = Findings;
        let mut stage = Intervals::open(Options::default(), &context)?;
        for claim in group {
            stage.process(claim, &mut Out::new(&mut sink))?;
        }
        stage.finish(&mut Out::new(&mut sink))?;
    }
    Ok(())
}

/// Annotated claims write an absent figure as a quantity without bounds.
fn claim(line: &str) -> Result<Claim, serde_json::Error> {
    let mut value: Value = serde_json::from_str(line)?;
    let bare = |q: &Value| q["low"].is_null() && q["high"].is_null();
    if value.get("quantity").is_some_and(bare) {
        value["quantity"] = Value::Null;
    }
    serde_json::from_value(value)
}

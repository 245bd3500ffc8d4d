//! What a stage makes, as text.

use std::fmt::Write as _;

use recoup_model::shown::{shown, slots};
use recoup_model::{Anchor, Body, Claim, Diagnostic, Document, File, Level};
use serde_json::Result;

use crate::{Error, Kind};

/// The outputs of one call; `item` is what it was given, none at the end.
pub(super) fn outputs(kind: Kind, item: Option<&str>, emitted: &[String]) -> Result<String> {
    let mut out = String::new();
    match (kind, item) {
        (Kind::Extract, Some(item)) => {
            let document: Document = serde_json::from_str(item)?;
            let claims = emitted.iter().map(|claim| serde_json::from_str(claim)).collect::<Result<Vec<Claim>>>()?;
            out.push_str(&annotated(&document, claims));
        }
        // A claim at the end has lost its document.
        (Kind::Extract, None) => emitted.iter().for_each(|claim| line(&mut out, claim)),
        (Kind::Parse, _) => {
            for document in emitted {
                out.push_str(&article(&serde_json::from_str(document)?));
            }
        }
        (Kind::Reconcile, _) => emitted.iter().for_each(|finding| line(&mut out, finding)),
        (Kind::Report, _) => {
            for written in emitted {
                out.push_str(&file(&serde_json::from_str(written)?));
            }
        }
    }
    Ok(out)
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn file(file: &File) -> String {
    let name = file.file.as_deref().unwrap_or("(named by the pipeline)");
    let (name, text) = match &file.body {
        Body::Text(text) => (name.to_owned(), text),
        Body::Base64(text) => (format!("{name}, in base64"), text),
    };
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n(no line break at the end)\n" };
    format!("--- {name}\n{text}{end}")
}

/// `=== DOC` with what is known of the article, then its blocks.
fn article(document: &Document) -> String {
    let mut known = vec![document.doc.clone()];
    known.extend(document.published.map(|published| published.date.to_string()));
    known.extend(document.outlet.clone());
    known.extend((!document.relays.is_empty()).then(|| format!("via {}", document.relays.join(", "))));
    known.extend(document.language.clone());
    known.extend(document.url.clone().or_else(|| document.path.clone()));
    let mut out = format!("=== {}\n", known.join(" | "));
    if let Some(title) = &document.title {
        line(&mut out, &format!("title: {title}"));
    }
    for block in &document.blocks {
        let kind = format!("{:?}", block.kind).to_lowercase();
        let repeats = block.repeats.map(|earlier| format!(", repeats block {earlier}")).unwrap_or_default();
        line(&mut out, &format!("[{kind}{repeats}]"));
        let whole = [block.span];
        for span in if block.sentences.is_empty() { &whole[..] } else { &block.sentences } {
            match span.slice(&document.text) {
                Some(text) => line(&mut out, &text.replace('\n', " ")),
                None => line(&mut out, &format!("(bytes {}..{} are not in the text)", span.start(), span.end())),
            }
        }
    }
    out
}

/// The article with its claims, in the notation of recoup's own cases; after it, claims that stand in none of its
/// sentences, and such as are not sound.
fn annotated(document: &Document, claims: Vec<Claim>) -> String {
    let quoted = |claim: &Claim| {
        let there = Anchor::new(document, claim.anchor.span());
        there.is_some_and(|anchor| anchor.quote() == claim.anchor.quote() && !anchor.quote().is_empty())
    };
    let (mut sound, unsound): (Vec<Claim>, Vec<Claim>) = claims.into_iter().partition(quoted);
    sound.sort_by_key(|claim| claim.anchor.span());
    let readable = document.blocks.iter().filter(|block| block.carries_claims());
    let sentences: Vec<_> = readable.flat_map(|block| &block.sentences).collect();
    let mut out = format!("=== {}\n", document.doc);
    out.push_str(&shown(document, &sound));
    for claim in &sound {
        let start = claim.anchor.span().start();
        if !sentences.iter().any(|sentence| (sentence.start()..sentence.end()).contains(&start)) {
            let _ = writeln!(out, "in no sentence: «{}»\n{}\n", claim.anchor.quote(), slots(document, claim, &sound));
        }
    }
    for claim in &unsound {
        let span = claim.anchor.span();
        let found = span.slice(&document.text).map_or_else(|| "no text".to_owned(), |text| format!("«{text}»"));
        let quote = claim.anchor.quote();
        let _ = writeln!(out, "not sound: «{quote}», where bytes {}..{} have {found}\n", span.start(), span.end());
    }
    out
}

pub(super) fn diagnostic(said: &Diagnostic) -> String {
    let level = match said.level {
        Level::Info => "info",
        Level::Warning => "warning",
        Level::Error => "error",
    };
    let span = said.span.map(|span| format!("bytes {}..{}", span.start(), span.end()));
    let places: Vec<String> = [said.document.clone(), span, said.path.clone()].into_iter().flatten().collect();
    let place = if places.is_empty() { String::new() } else { format!(" [{}]", places.join(", ")) };
    let help = said.help.as_ref().map(|help| format!(" help: {help}")).unwrap_or_default();
    format!("{level} {}: {}{place}{help}\n", said.code, said.message)
}

pub(super) fn failure(error: &Error) -> String {
    let place = error.path.as_ref().map(|path| format!(" [{path}]")).unwrap_or_default();
    let help = error.help.as_ref().map(|help| format!(" help: {help}")).unwrap_or_default();
    format!("failed: {}{place}{help}\n", error.message)
}

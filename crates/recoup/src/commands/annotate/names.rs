//! Names that no pack knows, as TOML that a theatre takes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use recoup_extract::{Annotation, Standing, Stranger};
use recoup_model::{Document, slug};
use serde::Serialize;

use crate::render::plain;

/// One entry on its way.
struct Entry<'a> {
    stranger: &'a Stranger,
    /// Its spellings, the first one first.
    names: Vec<String>,
    /// Keys of the documents that have it.
    documents: Vec<&'a str>,
}

/// The unknown names of all documents, sources before actors before places, each once under one id.
pub(super) fn toml<'a>(documents: impl Iterator<Item = (&'a Document, Option<&'a Annotation>)>) -> String {
    let mut entries: BTreeMap<(u8, &str), Entry<'_>> = BTreeMap::new();
    for (document, annotation) in documents {
        for stranger in annotation.iter().flat_map(|a| &a.strangers) {
            let entry = entries.entry((rank(&stranger.standing), &stranger.id)).or_insert_with(|| Entry {
                stranger,
                names: Vec::new(),
                documents: Vec::new(),
            });
            let name = plain(&stranger.name);
            // Spellings that fold to one are one name to whoever reads the theatre.
            if entry.names.iter().all(|known| slug(known) != slug(&name)) {
                entry.names.push(name);
            }
            if !entry.documents.contains(&document.doc.as_str()) {
                entry.documents.push(&document.doc);
            }
        }
    }
    let mut out = String::new();
    for entry in entries.values() {
        // A string takes all that is written.
        let _ = write(&mut out, entry);
    }
    out
}

fn rank(standing: &Standing) -> u8 {
    match standing {
        Standing::Source { .. } => 0,
        Standing::Actor { .. } => 1,
        Standing::Place { .. } => 2,
    }
}

fn write(out: &mut String, entry: &Entry<'_>) -> std::fmt::Result {
    let documents: Vec<String> = entry.documents.iter().map(|doc| plain(doc)).collect();
    let (table, name) = (table(&entry.stranger.standing), &entry.names[0]);
    writeln!(out, "# in {}", documents.join(", "))?;
    writeln!(out, "[[{table}]]\nid = {}\nname = {}", text(&entry.stranger.id), text(name))?;
    let mut guess = |key: &str, value: Option<String>| match value {
        Some(value) => writeln!(out, "{key} = {}  # a guess", text(&value)),
        None => Ok(()),
    };
    match &entry.stranger.standing {
        Standing::Source { kind, actor } => {
            guess("kind", kind.as_ref().and_then(word))?;
            guess("actor", actor.clone())?;
        }
        Standing::Actor { kind } => guess("kind", kind.as_ref().and_then(word))?,
        Standing::Place { within } => {
            guess("precision", Some("locality".to_owned()))?;
            guess("within", within.clone())?;
        }
    }
    let names: Vec<String> = entry.names.iter().map(|name| text(name)).collect();
    writeln!(out, "names = [{}]\n", names.join(", "))
}

fn table(standing: &Standing) -> &'static str {
    match standing {
        Standing::Source { .. } => "source",
        Standing::Actor { .. } => "actor",
        Standing::Place { .. } => "place",
    }
}

/// A kind as the theatre writes it.
fn word(kind: &impl Serialize) -> Option<String> {
    serde_json::to_value(kind).ok()?.as_str().map(str::to_owned)
}

/// A string of TOML.
fn text(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

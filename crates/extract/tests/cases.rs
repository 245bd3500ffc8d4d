//! One small behaviour a file: a few sentences, and the claims that are read in them.
//!
//! A case is front matter between two lines `+++` (`published`, `language`, `outlet`, `relays`, `note` for the reviewer,
//! `theatre` for TOML on top of the world's) and its text. The snapshot shows them as [`shown`] does.
#![allow(clippy::unwrap_used)]

mod support;

use std::cell::RefCell;
use std::fmt::Write as _;

use recoup_extract::shown;
use recoup_model::{Sidecar, Theatre};
use serde::Deserialize;

use support::Extractor;

/// What a case says of itself.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Head {
    published: Option<toml::value::Datetime>,
    language: Option<String>,
    outlet: Option<String>,
    relays: Vec<String>,
    note: Option<String>,
    theatre: Option<String>,
}

#[test]
fn cases() {
    let world = RefCell::new(Extractor::new(Theatre::default()));
    insta::glob!("cases/*/*.txt", |path| {
        let case = std::fs::read_to_string(path).unwrap();
        let (head, text) = case.strip_prefix("+++\n").unwrap().split_once("\n+++\n").unwrap();
        let head: Head = toml::from_str(head).unwrap();
        let shown = match &head.theatre {
            Some(toml) => show(&mut Extractor::new(toml::from_str(toml).unwrap()), &head, text.trim()),
            None => show(&mut world.borrow_mut(), &head, text.trim()),
        };
        let mut settings = insta::Settings::clone_current();
        settings.set_omit_expression(true);
        if let Some(note) = &head.note {
            settings.set_description(note);
        }
        settings.bind(|| insta::assert_snapshot!(shown));
    });
}

fn show(extractor: &mut Extractor, head: &Head, text: &str) -> String {
    let sidecar = Sidecar {
        doc: "case".to_owned(),
        published: head.published.map(|day| day.to_string().parse().unwrap()),
        language: head.language.clone(),
        outlet: head.outlet.clone(),
        url: None,
        ..Sidecar::default()
    };
    let mut out = String::new();
    for mut document in extractor.documents(text, sidecar).items {
        document.relays.clone_from(&head.relays);
        let claims = extractor.claims(document.clone());
        out += &shown(&document, &claims.items);
        for diagnostic in claims.diagnostics {
            writeln!(out, "{}", diagnostic.message).unwrap();
        }
    }
    out
}

//! The phrases of `tests/fr.txt` and `tests/en.txt`: what is taken of each, and the figure that it is.

#![allow(clippy::unwrap_used)]

use super::{FigureKind, Figures};
use crate::lexicon::Lexicon;
use crate::token::Tokens;
use crate::when::Calendar;

#[test]
fn french_phrases() {
    check("fr", include_str!("tests/fr.txt"));
}

#[test]
fn english_phrases() {
    check("en", include_str!("tests/en.txt"));
}

/// Every line: phrase -> figures, each with its words. Spaces that look like others are written as in Rust.
fn check(language: &str, table: &str) {
    let wrong: Vec<String> = table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter_map(|line| {
            let (phrase, want) = line.split_once(" -> ").unwrap();
            let got = read(language, phrase);
            (got != want).then(|| format!("{phrase} -> {got}\n    want {want}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The figures of a phrase, read from left to right outside of its expressions of time.
fn read(language: &str, phrase: &str) -> String {
    let spaces = [("\\u{a0}", "\u{a0}"), ("\\u{202f}", "\u{202f}"), ("\\u{2009}", "\u{2009}")];
    let phrase = &spaces.iter().fold(phrase.to_owned(), |phrase, (written, space)| phrase.replace(written, space));
    let lexicon = Lexicon::of(language).unwrap();
    let tokens = Tokens::new(phrase, lexicon.vocabulary());
    let whens = Calendar::of(language).unwrap().find(&tokens, 0..tokens.len());
    let figures = Figures::new(&tokens, lexicon);
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        if let Some(when) = whens.iter().find(|when| when.tokens.start == i) {
            i = when.tokens.end;
            continue;
        }
        let end = whens.iter().map(|when| when.tokens.start).find(|start| *start > i).unwrap_or(tokens.len());
        let Some(figure) = figures.at(i, end) else {
            i += 1;
            continue;
        };
        let side = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
        let span = tokens.span(&figure.tokens);
        let about = if figure.approximate { "~" } else { "" };
        let article = if figure.kind == FigureKind::One { " (article)" } else { "" };
        let words = &phrase[span.start()..span.end()];
        found.push(format!("{words} = {}..{}{about}{article}", side(figure.low), side(figure.high)));
        i = figure.tokens.end;
    }
    let found = if found.is_empty() { "-".to_owned() } else { found.join("; ") };
    spaces.iter().fold(found, |found, (written, space)| found.replace(space, written))
}

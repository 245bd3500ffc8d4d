//! The phrases of `tests/fr.txt` and `tests/en.txt`: what is taken of each, and the figure that it is.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

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

/// Words of both vocabularies in any order, with marks and numbers between them.
fn soup() -> impl Strategy<Value = String> {
    let words: Vec<&str> = [include_str!("../../data/fr/words.toml"), include_str!("../../data/en/words.toml")]
        .into_iter()
        .flat_map(|pack| pack.split(|c: char| c.is_whitespace() || "\"=,[]{}#".contains(c)))
        .filter(|word| !word.is_empty())
        .chain(["3", "31", "2024", "99999", "12 000", "0", "1,5", "40k", "-", "/", ".", ",", "’", "«", "$", "(", "é"])
        .collect();
    prop::collection::vec((prop::sample::select(words), prop::sample::select(vec![" ", " ", " ", "-", "’", ""])), 0..24)
        .prop_map(|words| words.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_soup_of_words_makes_a_figure_that_cannot_be(text in soup(), upto in 0usize..40) {
        for language in ["fr", "en"] {
            let lexicon = Lexicon::of(language).unwrap();
            let tokens = Tokens::new(&text, lexicon.vocabulary());
            let figures = Figures::new(&tokens, lexicon);
            let end = upto.min(tokens.len());
            for figure in (0..end).filter_map(|i| figures.at(i, end)) {
                prop_assert!(figure.tokens.start < figure.tokens.end && figure.tokens.end <= end);
                prop_assert!(figure.tokens.start <= figure.core.start && figure.core.end <= figure.tokens.end);
                prop_assert!(figure.low.is_some() || figure.high.is_some());
                prop_assert!(figure.low.zip(figure.high).is_none_or(|(low, high)| low <= high), "{figure:?}");
            }
        }
    }
}

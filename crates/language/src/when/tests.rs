//! The phrases of `tests/fr.txt` and `tests/en.txt`: what is taken of each, and the days it resolves to.

#![allow(clippy::unwrap_used)]

use jiff::civil::Date;
use proptest::prelude::*;
use recoup_model::Time;

use super::{Anchors, Calendar, Direction};
use crate::lexicon::Vocabulary;
use crate::token::Tokens;

#[test]
fn french_phrases() {
    check("fr", include_str!("tests/fr.txt"));
}

#[test]
fn english_phrases() {
    check("en", include_str!("tests/en.txt"));
}

/// Every line: phrase | published | last | direction -> expressions taken, each with its days.
fn check(language: &str, table: &str) {
    let wrong: Vec<String> = table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter_map(|line| {
            let (case, want) = line.split_once(" -> ").unwrap();
            let got = read(language, case);
            (got != want).then(|| format!("{case} -> {got}\n    want {want}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn read(language: &str, case: &str) -> String {
    let [phrase, published, last, direction] = case.split('|').map(str::trim).collect::<Vec<_>>().try_into().unwrap();
    let last: Vec<Date> = last.split('/').filter_map(day).collect();
    let anchors = Anchors { published: day(published), last: last.first().copied().zip(last.last().copied()) };
    let direction = match direction {
        "past" => Direction::Past,
        "future" => Direction::Future,
        other => panic!("no direction: {other}"),
    };
    let tokens = Tokens::new(phrase, &Vocabulary::default());
    let found = Calendar::of(language).unwrap().find(&tokens, 0..tokens.len());
    let shown = found.iter().map(|when| {
        let span = tokens.span(&when.tokens);
        let days = when.resolve(&anchors, direction).map(|days| Time::new(days.start, days.end, None).unwrap());
        let edtf = days.as_ref().and_then(Time::edtf).unwrap_or("unresolved");
        let duration = if when.is_duration() { " (duration)" } else { "" };
        format!("{} = {edtf}{duration}", &phrase[span.start()..span.end()])
    });
    let shown: Vec<String> = shown.collect();
    if shown.is_empty() { "none".to_owned() } else { shown.join("; ") }
}

fn day(text: &str) -> Option<Date> {
    (text != "-").then(|| text.parse().unwrap())
}

#[test]
fn a_language_is_known_by_its_tag() {
    assert!(Calendar::of("fr-FR").is_some() && Calendar::of("en_GB").is_some());
    assert!(Calendar::of("xx").is_none());
}

/// Words of both vocabularies in any order, with marks and numbers between them.
fn soup() -> impl Strategy<Value = String> {
    let words: Vec<&str> = [include_str!("../../data/fr/time.toml"), include_str!("../../data/en/time.toml")]
        .into_iter()
        .flat_map(|pack| pack.split(|c: char| c.is_whitespace() || "\"=,[]{}#".contains(c)))
        .filter(|word| !word.is_empty())
        .chain(["3", "31", "2024", "99999", "1er", "0", "1,5", "14.12", "-", "/", ".", ",", "’", "s", "M23", "«", "é"])
        .collect();
    prop::collection::vec((prop::sample::select(words), prop::sample::select(vec![" ", " ", " ", "-", "’", ""])), 0..24)
        .prop_map(|words| words.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

fn any_day() -> impl Strategy<Value = Option<Date>> {
    let day = (-9999i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| Date::new(year, month, day).unwrap());
    prop::option::of(prop_oneof![day, Just(Date::MIN), Just(Date::MAX)])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_soup_of_words_breaks_the_order_or_the_bounds(
        text in soup(), published in any_day(), last in any_day(), from in 0usize..8, upto in 0usize..40,
    ) {
        let tokens = Tokens::new(&text, &Vocabulary::default());
        for language in ["fr", "en"] {
            let found = Calendar::of(language).unwrap().find(&tokens, from..upto);
            let mut behind = from;
            for when in found {
                prop_assert!(when.tokens.start >= behind && when.tokens.start < when.tokens.end);
                prop_assert!(when.tokens.end <= upto.min(tokens.len()));
                behind = when.tokens.end;
                for direction in [Direction::Past, Direction::Future] {
                    let anchors = Anchors { published, last: last.zip(last) };
                    if let Some(days) = when.resolve(&anchors, direction) {
                        prop_assert!(Time::new(days.start, days.end, None).is_ok_and(|time| time.edtf().is_some()));
                    }
                }
            }
        }
    }

    #[test]
    fn without_anchors_only_what_names_its_year_resolves(text in soup()) {
        let tokens = Tokens::new(&text, &Vocabulary::default());
        for language in ["fr", "en"] {
            for when in Calendar::of(language).unwrap().find(&tokens, 0..tokens.len()) {
                let days = when.resolve(&Anchors::default(), Direction::Past);
                let taken = &text[tokens.start(when.tokens.start)..tokens.end(when.tokens.end - 1)];
                prop_assert!(days.is_none() || taken.contains(|c: char| c.is_ascii_digit()), "{taken}");
            }
        }
    }
}

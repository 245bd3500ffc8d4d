//! The day of publication as the text itself prints it: in its first lines or its last ones.

use jiff::civil::Date;
use recoup_model::fold;

use crate::dates::{NumericOrder, date_at, skip_time, word};
use crate::lines::Line;

/// How many lines from the top are looked at.
const FIRST: usize = 6;
/// How many lines from the bottom are looked at.
const LAST: usize = 3;
/// Longest line, in bytes, that can be a line of publication rather than running text.
const LONGEST: usize = 160;
/// Longest place, in bytes, before the date of a city dateline.
const LONGEST_PLACE: usize = 60;

/// Words before a day of publication, folded, and how they read `03/04/2025`. Longer ones first.
const PUBLISHED: &[(&str, NumericOrder)] = &[
    ("date de publication", NumericOrder::DayFirst),
    ("mis en ligne", NumericOrder::DayFirst),
    ("publiee", NumericOrder::DayFirst),
    ("publie", NumericOrder::DayFirst),
    ("paru", NumericOrder::DayFirst),
    ("poste", NumericOrder::DayFirst),
    ("publication date", NumericOrder::Unknown),
    ("first published", NumericOrder::Unknown),
    ("published", NumericOrder::Unknown),
    ("posted", NumericOrder::Unknown),
];

/// Words before a day that is not the first publication.
const UPDATED: &[&str] = &[
    "mis a jour",
    "mise a jour",
    "modifie",
    "actualise",
    "maj",
    "updated",
    "last updated",
    "last modified",
    "modified",
];

/// Words that open a byline.
const BYLINE: &[&str] = &["publie par", "ecrit par", "par", "published by", "posted by", "written by", "by"];

/// The surest dateline of a text: a line that says so, else the one before the first dash, else a line that is a date.
/// Without a year there is no date.
pub(crate) fn find(text: &str, lines: &[Line], order: NumericOrder) -> Option<Date> {
    let lines: Vec<&str> =
        lines.iter().filter_map(|line| line.span.slice(text)).filter(|line| !line.is_empty()).collect();
    let edges = lines.iter().enumerate().filter(|(at, _)| *at < FIRST || at + LAST >= lines.len());
    edges.filter_map(|(_, line)| read(line, order)).min_by_key(|&(rank, _)| rank).map(|(_, date)| date)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Said,
    City,
    Bare,
}

fn read(line: &str, order: NumericOrder) -> Option<(Rank, Date)> {
    if line.len() <= LONGEST {
        let found = segments(line).find_map(|segment| said(segment).or_else(|| byline(segment, order)));
        if let Some(date) = found {
            return Some((Rank::Said, date));
        }
    }
    if let Some(date) = city(line, order) {
        return Some((Rank::City, date));
    }
    let bare = |segment| date_at(segment, order).filter(|(_, rest)| is_tail(rest)).map(|(date, _)| date);
    (line.len() <= LONGEST).then(|| segments(line).find_map(bare)).flatten().map(|date| (Rank::Bare, date))
}

/// The parts of a line of publication: `By Ana Roe | December 16, 2024 | World`.
fn segments(line: &str) -> impl Iterator<Item = &str> {
    line.split(['|', '•', '·']).flat_map(|part| part.split(" – ")).flat_map(|part| part.split(" - ")).map(str::trim)
}

/// `Publié le 16/12/2024 à 14h05`, `Mis à jour le 17/12/2024, publié le 16/12/2024`
fn said(segment: &str) -> Option<Date> {
    let mut rest = segment;
    if let Some(after) = UPDATED.iter().find_map(|cue| after_phrase(segment, cue)) {
        let (_, after) = date_at(after.trim_start_matches([' ', ':']), NumericOrder::DayFirst)?;
        rest = skip_time(after).trim_start_matches([',', ';', ' ', '(', ')']);
    }
    let (after, order) = PUBLISHED.iter().find_map(|&(cue, order)| Some((after_phrase(rest, cue)?, order)))?;
    let (date, after) = date_at(after.trim_start_matches([' ', '\u{a0}', ':']), order)?;
    is_tail(after).then_some(date)
}

/// `Par Ana Roe, le 16 décembre 2024`: nothing but names between the cue and the date.
fn byline(segment: &str, order: NumericOrder) -> Option<Date> {
    let mut rest = BYLINE.iter().find_map(|cue| after_phrase(segment, cue))?;
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        if let Some((date, after)) = date_at(rest, order) {
            return is_tail(after).then_some(date);
        }
        let (name, after) = word(rest);
        let joins = matches!(fold(name).as_str(), "et" | "and" | "de" | "du" | "publie" | "published");
        if name.is_empty() || !(joins || name.starts_with(char::is_uppercase)) {
            return None;
        }
        rest = after;
    }
}

/// `KIEV, 16 décembre 2024 -`, `KYIV, Ukraine, Dec. 16, 2024 (Wire) —`, `Paris, le 16 décembre 2024`
fn city(line: &str, order: NumericOrder) -> Option<Date> {
    let head = &line[..line.floor_char_boundary(LONGEST_PLACE)];
    head.match_indices(',').find_map(|(comma, _)| {
        let (date, rest) = date_at(&line[comma + 1..], order).filter(|_| is_place(&line[..comma]))?;
        let rest = skip_time(rest).trim_start();
        let rest = match rest.strip_prefix('(') {
            Some(agency) => agency.split_once(')')?.1.trim_start(),
            None => rest,
        };
        (rest.is_empty() || rest.starts_with(['-', '–', '—', ':'])).then_some(date)
    })
}

fn is_place(text: &str) -> bool {
    let mut words = text.split([' ', ',', '/', '-', '\'', '’', '(', ')']).filter(|word| !word.is_empty()).peekable();
    let joins =
        |word: &str| matches!(fold(word).as_str(), "de" | "du" | "des" | "la" | "le" | "sur" | "of" | "el" | "al");
    words.peek().is_some_and(|word| word.starts_with(char::is_uppercase))
        && words.all(|word| joins(word) || word.starts_with(char::is_uppercase))
}

/// Whether what follows a date belongs to a line of publication and is no running text.
fn is_tail(rest: &str) -> bool {
    const MORE: &[&str] = &["par", "by", "lecture", "temps de lecture", "reading time"];
    let rest = skip_time(rest);
    let words = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    words.is_empty()
        || UPDATED.iter().chain(MORE).any(|cue| after_phrase(words, cue).is_some()) && !rest.trim_end().ends_with('.')
}

/// What follows `phrase` at the start of `text`; `phrase` is folded, words joined by single blanks.
fn after_phrase<'t>(text: &'t str, phrase: &str) -> Option<&'t str> {
    let mut rest = text;
    for expected in phrase.split(' ') {
        let (found, after) = word(rest.trim_start_matches([' ', '\u{a0}', '\'', '’']));
        if fold(found) != expected {
            return None;
        }
        rest = after;
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::lines;

    fn dateline(text: &str) -> Option<String> {
        let lines: Vec<_> = lines(text, 0).collect();
        find(text, &lines, NumericOrder::DayFirst).map(|date| date.to_string())
    }

    #[test]
    fn lines_of_publication_give_the_day() {
        let cases = [
            "Publié le 16/12/2024",
            "Publié le 16 décembre 2024 à 14h05 - Mis à jour le 17 décembre 2024 à 9h",
            "Mis à jour le 17/12/2024 à 10:20, publié le 16/12/2024 à 08:00",
            "Le 16 décembre 2024 à 14h05",
            "Lundi 16 décembre 2024",
            "Published December 16, 2024",
            "Published on Dec. 16, 2024 at 10:15 a.m. GMT",
            "World | Posted: 16 December 2024 | 3 min",
            "By Ana Roe | December 16, 2024",
            "Par Ana Roe, le 16 décembre 2024",
            "KHARTOUM, 16 décembre 2024 - Les combats ont repris au nord.",
            "KHARTOUM (Soudan), lundi 16 déc. 2024 (Le Fil) – Les combats ont repris.",
            "PORT SUDAN, Sudan, December 16, 2024 (Wire) — Fighting resumed.",
            "Paris, le 16 décembre 2024",
            "Un titre\n\nUn texte qui dit peu de choses.\n\nMis en ligne le 16.12.2024",
        ];
        for text in cases {
            assert_eq!(dateline(text).as_deref(), Some("2024-12-16"), "{text}");
        }
    }

    #[test]
    fn running_text_and_dates_without_a_year_give_none() {
        let cases = [
            "KHARTOUM, 16 déc - Les combats ont repris au nord.",
            "Publié le 16 décembre 2024, le rapport fait état de trente morts.",
            "Le 16 décembre 2024, trente soldats ont été tués.",
            "On December 16, 2024, thirty soldiers were killed.",
            "Le rapport, publié le 16 décembre 2024, est contesté.",
            "Mis à jour le 16/12/2024 à 9h",
            "Par ailleurs, le 16 décembre 2024, la trêve a pris fin.",
            "Khartoum, le 16 décembre 2024, a basculé.",
            "By December 16, 2024, the town had fallen.",
            "Le maire, 16 décembre 2024 - dit-il",
        ];
        for text in cases {
            assert_eq!(dateline(text), None, "{text}");
        }
    }

    #[test]
    fn a_line_that_says_so_beats_a_bare_date() {
        let text = "Mercredi 18 décembre 2024\nUn titre\nPublié le 16 décembre 2024\nUn texte.";
        assert_eq!(dateline(text).as_deref(), Some("2024-12-16"));
    }

    #[test]
    fn only_the_edges_of_a_text_are_read() {
        let filler = "Une phrase.\n".repeat(12);
        assert_eq!(dateline(&format!("{filler}Publié le 16/12/2024\n{filler}")), None);
    }
}

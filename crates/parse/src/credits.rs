//! News agencies that an outlet credits with its text: `(AFP)`, `Le Courrier avec Reuters`, `SEOUL (Yonhap) --`.
//!
//! A credit stands alone: on a line, in a sentence or in brackets of its own. A sentence that mentions an agency is none,
//! and the credit of a picture is not one of the text. Which agencies there are, the world pack says.

use std::sync::OnceLock;

use recoup_language::world;
use recoup_model::{Block, BlockKind, SourceKind, fold};

/// How many blocks from either end credits stand in.
const EDGE: usize = 5;
/// How far into a paragraph a dateline reaches, in bytes.
const DATELINE: usize = 120;
/// Longest unit that can be a credit, in bytes.
const LONGEST: usize = 120;

/// Words before the agencies of a credit.
const CUES: &[&str] = &["avec", "with", "source", "sources", "par", "by", "from", "via"];
/// Words between or behind them.
const JOINS: &[&str] = &["et", "and", "agences", "agencies", "agence", "agency", "news", "plus"];
/// Words that make a credit one of a picture.
const PICTURES: &[&str] = &[
    "photo",
    "photos",
    "photographie",
    "image",
    "images",
    "picture",
    "pictures",
    "video",
    "getty",
    "archives",
    "file",
];

/// The agencies that `outlet` credits with a text, in the order in which they are named.
pub(crate) fn relays(text: &str, blocks: &[Block], outlet: Option<&str>) -> Vec<String> {
    let mut found: Vec<&'static str> = Vec::new();
    let last = blocks.len();
    let paragraphs = blocks.iter().position(|block| block.kind == BlockKind::Paragraph);
    for (at, block) in blocks.iter().enumerate().filter(|(at, _)| *at < EDGE || at + EDGE >= last) {
        let Some(raw) = block.span.slice(text) else { continue };
        raw.lines().for_each(|line| found.extend(whole(line)));
        for sentence in block.sentences.iter().filter(|_| block.kind == BlockKind::Credit) {
            found.extend(sentence.slice(text).map(whole).unwrap_or_default());
        }
        if block.kind == BlockKind::Paragraph {
            if paragraphs.is_some_and(|first| at <= first + 1) {
                found.extend(dateline(raw));
            }
            found.extend(closing(raw));
        }
    }
    let own = outlet.map(fold);
    let mut relays: Vec<String> = Vec::new();
    for agency in found {
        if own.as_deref() != Some(&fold(agency)) && !relays.iter().any(|relay| relay == agency) {
            relays.push(agency.to_owned());
        }
    }
    relays
}

/// A unit that holds nothing but a credit: `Source: AFP`, `Le Courrier avec Reuters et AP`, `© 2025 AFP`, `AFP/Le Courrier`.
fn whole(unit: &str) -> Vec<&'static str> {
    let unit =
        unit.trim().trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '*' | '_' | '-' | '–' | '—' | '.'));
    let unit = unit.trim();
    if unit.len() > LONGEST || is_of_picture(unit) {
        return Vec::new();
    }
    if let Some(rest) = unit.strip_prefix('©').or_else(|| unit.strip_prefix("(c)")) {
        let rest = rest.trim();
        let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        // Without a year it is the right to a picture.
        return if behind.len() == rest.len() { Vec::new() } else { list(behind).unwrap_or_default() };
    }
    let cue = cue(unit).or_else(|| behind_outlet(unit)).unwrap_or(unit);
    list(cue).or_else(|| shared(unit)).unwrap_or_default()
}

fn is_of_picture(unit: &str) -> bool {
    fold(unit).split(' ').any(|word| PICTURES.contains(&word))
}

/// What stands behind the cue that a unit begins with.
fn cue(unit: &str) -> Option<&str> {
    let end = unit.find(|c: char| !c.is_alphabetic())?;
    CUES.contains(&unit[..end].to_lowercase().as_str()).then(|| unit[end..].trim_start_matches([' ', ':', '\u{a0}']))
}

/// `Le Courrier avec AFP` -> `AFP`
fn behind_outlet(unit: &str) -> Option<&str> {
    let (outlet, rest) = [" avec ", " with ", ", avec ", ", with "].iter().find_map(|joint| unit.split_once(joint))?;
    let name =
        |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "de" | "du" | "la" | "le" | "of" | "the");
    let words: Vec<&str> = outlet.split_whitespace().collect();
    (words.len() <= 5 && words.iter().all(|word| name(word))).then_some(rest)
}

/// `AFP/Le Courrier`
fn shared(unit: &str) -> Option<Vec<&'static str>> {
    let (first, other) = unit.split_once('/')?;
    let names = other.split_whitespace().all(|word| word.starts_with(char::is_uppercase)) && other.len() <= 40;
    list(first).filter(|_| names)
}

/// `SEOUL, Jan. 27 (Yonhap) -- …`, `(AFP) - …`
fn dateline(paragraph: &str) -> Vec<&'static str> {
    let Some((before, rest)) = paragraph.split_once('(').filter(|(before, _)| before.len() <= DATELINE) else {
        return Vec::new();
    };
    let Some((inside, after)) = rest.split_once(')').filter(|(inside, _)| inside.len() <= LONGEST) else {
        return Vec::new();
    };
    let is_dateline = after.trim_start().starts_with(['-', '–', '—', ':']) && before.split_whitespace().count() <= 8;
    if (is_dateline || before.trim().is_empty()) && !is_of_picture(inside) {
        list(inside).unwrap_or_default()
    } else {
        Vec::new()
    }
}

/// `… au marché. (avec AFP)`
fn closing(paragraph: &str) -> Vec<&'static str> {
    let inside = || {
        let (before, inside) = paragraph.trim_end().strip_suffix(')')?.rsplit_once('(')?;
        before.trim_end().ends_with(['.', '!', '?', '»', '”', '"', '…']).then_some(inside)
    };
    inside().map(whole).unwrap_or_default()
}

/// Agencies with nothing but commas, slashes and joining words between them; `None` where there is anything else.
fn list(text: &str) -> Option<Vec<&'static str>> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, ',' | ';' | '/' | '&' | '+' | '.' | ')' | '-')
        });
        rest = rest.strip_prefix("l'").or_else(|| rest.strip_prefix("l’")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(found).filter(|found| !found.is_empty());
        }
        let (agency, length) = match agency(rest) {
            Some((name, length)) => (Some(name), length),
            None => (None, rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())),
        };
        if agency.is_none() && !JOINS.contains(&rest[..length].to_lowercase().as_str()) {
            return None;
        }
        found.extend(agency);
        rest = &rest[length..];
    }
}

/// The agency with whose name a text begins, and the length of the name.
fn agency(text: &str) -> Option<(&'static str, usize)> {
    let stands = |name: &str| {
        text.strip_prefix(name)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
            .then_some(name.len())
    };
    agencies().iter().find_map(|(spelling, name)| Some((*name, stands(spelling)?)))
}

/// Spellings of agencies, longest first, with the name by which each is known.
fn agencies() -> &'static [(String, &'static str)] {
    static AGENCIES: OnceLock<Vec<(String, &'static str)>> = OnceLock::new();
    AGENCIES.get_or_init(|| {
        let agencies = world().sources.iter().filter(|source| source.kind == Some(SourceKind::Agency));
        let mut spellings: Vec<(String, &'static str)> = Vec::new();
        for source in agencies {
            let names = source.names.iter().chain(&source.name).chain(&source.name_fr);
            let name = source.name.as_deref().unwrap_or(&source.id);
            for spelling in names.map(|name| name.trim_start_matches("case:")) {
                spellings.push((spelling.to_owned(), name));
                spellings.push((spelling.to_uppercase(), name));
            }
        }
        spellings.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        spellings.dedup();
        spellings
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::boilerplate::Cues;
    use crate::lines::{Line, lines};

    fn credited(text: &str) -> String {
        let lines: Vec<Line> = lines(text, 0).collect();
        let blocks = crate::blocks::blocks(text, &lines, Some(&Cues::built_in().unwrap()));
        relays(text, &blocks, Some("Le Courrier")).join(" + ")
    }

    #[test]
    fn credits_of_the_text() {
        let news = "Trois personnes ont été tuées mardi près du pont de Zabid.";
        let cases = [
            (format!("(AFP) - {news}"), "AFP"),
            (format!("ZABID, 27 jan 2025 (AFP) – {news}"), "AFP"),
            ("SEOUL, Jan. 27 (Yonhap) -- Three people were killed on Tuesday near the bridge.".to_owned(), "Yonhap"),
            (format!("{news}\n\n(avec AFP)"), "AFP"),
            (format!("{news} (AFP)"), "AFP"),
            (format!("{news}\n\nLe Courrier avec AFP"), "AFP"),
            (format!("{news}\n\nAvec Reuters et AP"), "Reuters + AP"),
            (format!("Un titre\n\nLe Courrier avec AFP et Reuters\n\n{news}"), "AFP + Reuters"),
            (format!("{news}\n\nSource : AFP"), "AFP"),
            (format!("{news}\n\nSource: Associated Press"), "AP"),
            ("Three people were killed near the bridge on Tuesday.\n\nWith Reuters".to_owned(), "Reuters"),
            (format!("{news}\n\n© 2025 AFP"), "AFP"),
            (format!("{news}\n\nAFP/Le Courrier"), "AFP"),
        ];
        for (text, agencies) in cases {
            assert_eq!(credited(&text), agencies, "{text}");
        }
    }

    #[test]
    fn mentions_and_pictures_are_no_credits() {
        let cases = [
            "Trois personnes ont été tuées mardi, a appris l'AFP de source hospitalière.",
            "Le maire s'est entretenu avec l'AFP mardi soir après la frappe.",
            "Three people were killed on Tuesday, a doctor told AFP.",
            "According to Reuters, the bridge at Zabid was hit twice on Tuesday.",
            "L'agence Yonhap (citée par Reuters) parle de trois morts mardi.",
            "Avec AFP et Reuters, trois journalistes ont visité le pont mardi.",
            "Un char devant le pont de Zabid (AFP)",
            "Trois morts mardi près du pont.\n\nPhoto : AFP",
            "Trois morts mardi près du pont.\n\n(AFP/Getty Images)",
            "Trois morts mardi près du pont.\n\n© AFP",
            "Three killed on Tuesday near the bridge.\n\nWith winter coming, AP Moller ships stay away.",
        ];
        for text in cases {
            assert_eq!(credited(text), "", "{text}");
        }
    }
}

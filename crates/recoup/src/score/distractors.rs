//! Figures that are no claim: dates, prices, calibres. Which of them were taken for one?

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;
use serde_json::Value;

use super::gold::Entry;
use super::json::{at, text};
use super::matching::{joined_figures, overlap, run, tokens};
use super::names::fold;
use super::words::WORDS;

/// A figure of an article that is no claim.
#[derive(Debug)]
pub(crate) struct Distractor {
    pub(crate) doc: String,
    pub(crate) quote: String,
    pub(crate) kind: String,
    start: u64,
    end: Option<u64>,
}

/// How many were taken for claims.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Taken {
    pub(crate) n: usize,
    pub(crate) taken: usize,
    /// Claims that rest on one.
    pub(crate) predictions: usize,
    pub(crate) share: f64,
    pub(crate) kinds: BTreeMap<String, usize>,
    pub(crate) list: Vec<String>,
}

impl Distractor {
    /// Reads a line.
    ///
    /// # Errors
    /// What is missing, in words.
    pub(crate) fn read(line: &Value) -> Result<Distractor, String> {
        let needed = |key: &str| match text(at(line, key)) {
            found if found.is_empty() => Err(format!("`{key}` is missing")),
            found => Ok(found),
        };
        let start = at(line, "start").as_u64().ok_or("`start` is missing: the first character in the article")?;
        let end = at(line, "end").as_u64();
        Ok(Distractor { doc: needed("doc")?, quote: needed("quote")?, kind: needed("kind")?, start, end })
    }

    fn span(&self) -> Option<(usize, usize)> {
        Some((usize::try_from(self.start).ok()?, usize::try_from(self.end?).ok()?))
    }
}

/// Finds the claims with a figure that rest on a distractor; `suspects` are those that nothing of the gold explains.
pub(crate) fn taken(distractors: &[Distractor], suspects: &[&Entry]) -> Taken {
    let mut places = BTreeSet::new();
    let mut claims = BTreeSet::new();
    let mut list = Vec::new();
    for distractor in distractors {
        let stated = values(&distractor.quote);
        let words = tokens(&distractor.quote);
        for claim in suspects.iter().filter(|claim| claim.doc == distractor.doc) {
            let figure = claim.figures[0];
            let same = [figure.low, figure.high].into_iter().flatten().any(|bound| stated.contains(&bound));
            let near = || match distractor.span().filter(|_| !claim.spans.is_empty()) {
                Some(span) => overlap(&[span], &claim.spans) > 0.0,
                None => run(&words, &claim.tokens) == words.len().min(claim.tokens.len()),
            };
            if same && near() {
                places.insert((distractor.doc.as_str(), distractor.start));
                claims.insert(claim.line);
                list.push(format!(
                    "{}: {} “{}” taken for {} “{}”",
                    distractor.doc, distractor.kind, distractor.quote, claim.indicator, claim.quote
                ));
            }
        }
    }
    let mut kinds = BTreeMap::new();
    for distractor in distractors.iter().filter(|d| places.contains(&(d.doc.as_str(), d.start))) {
        *kinds.entry(distractor.kind.clone()).or_default() += 1;
    }
    let share = if distractors.is_empty() { 0.0 } else { places.len() as f64 / distractors.len() as f64 };
    Taken { n: distractors.len(), taken: places.len(), predictions: claims.len(), share, kinds, list }
}

static FIGURE: LazyLock<Regex> = LazyLock::new(|| pattern(r"[0-9]+(?:[.,][0-9]+)?"));
static SCALED: LazyLock<Regex> = LazyLock::new(|| pattern(r"([0-9]+(?:[.,][0-9]+)?) *([a-z]+)"));

fn pattern(pattern: &str) -> Regex {
    match Regex::new(pattern) {
        Ok(regex) => regex,
        // Written above.
        Err(error) => unreachable!("{error}"),
    }
}

/// The numbers that a short text states, in digits and in words.
fn values(text: &str) -> Vec<f64> {
    let chars: Vec<char> = text.chars().collect();
    let text: String = joined_figures(&chars, &['\u{a0}', '\u{202f}', ' ', '.', ',']).into_iter().collect();
    let mut out: Vec<f64> = FIGURE.find_iter(&text).filter_map(|m| m.as_str().replace(',', ".").parse().ok()).collect();
    // The point of a decimal survives the folding as a letter.
    let folded = fold(&text.replace([',', '.'], "p")).replace('p', ".");
    for found in SCALED.captures_iter(&folded) {
        if let (Some(scale), Ok(value)) = (WORDS.numerals.scales.get(&found[2]), found[1].parse::<f64>()) {
            out.push(value * *scale as f64);
        }
    }
    out.extend(spelt(&fold(&text)).map(|value| value as f64));
    out
}

/// The numbers that are spelt out.
fn spelt(folded: &str) -> impl Iterator<Item = u64> {
    let numerals = &WORDS.numerals;
    let mut out = Vec::new();
    let (mut total, mut part, mut open) = (0u64, 0u64, false);
    let words = folded.split(|c: char| !c.is_ascii_lowercase()).filter(|word| !word.is_empty());
    for word in words.chain(["."]) {
        if let Some(unit) = numerals.units.get(word) {
            open = true;
            // quatre-vingts
            part = if *unit == 20 && part % 100 == 4 { part - part % 100 + 80 } else { part + unit };
        } else if let Some(scale) = numerals.scales.get(word) {
            open = true;
            if *scale == 100 {
                part = part.max(1).saturating_mul(100);
            } else {
                (total, part) = (total.saturating_add(part.max(1).saturating_mul(*scale)), 0);
            }
        } else if !(open && numerals.and.iter().any(|and| and == word)) {
            if open {
                out.push(total.saturating_add(part));
            }
            (total, part, open) = (0, 0, false);
        }
    }
    out.into_iter()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::score::names::Names;
    use serde_json::json;

    #[test]
    fn a_text_states_numbers_in_digits_and_in_words() {
        let cases = [
            ("3 500 à 6 000 francs", vec![3500.0, 6000.0]),
            ("1,5 million de sacs", vec![1.5, 1_500_000.0, 1_000_000.0]),
            ("quatre-vingt-dix-sept sacs", vec![97.0]),
            ("two hundred and six crates", vec![206.0]),
            ("le quai 12", vec![12.0]),
        ];
        for (text, want) in cases {
            assert_eq!(values(text), want, "{text}");
        }
    }

    #[test]
    fn a_claim_on_a_distractor_is_found() {
        let claim = json!({"doc": "a", "indicator": "forces.sent", "quote": "240 mm mortars", "low": 240, "high": 240});
        let claim = Entry::read(&claim, 1, &Names::default(), false).unwrap();
        let line = json!({"doc": "a", "quote": "240 mm", "start": 4, "end": 10, "kind": "calibre"});
        let it = taken(&[Distractor::read(&line).unwrap()], &[&claim]);
        assert_eq!((it.taken, it.predictions, it.share), (1, 1, 1.0));
        assert_eq!(it.kinds, BTreeMap::from([("calibre".to_owned(), 1)]));
        assert_eq!(it.list, ["a: calibre “240 mm” taken for forces.sent “240 mm mortars”"]);
    }
}

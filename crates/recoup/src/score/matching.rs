//! Which claim is which line of the gold: one to one, best pair first.

use super::gold::Entry;
use super::names::unmarked;
use super::slots::{Compared, Figure, Slot, compare};

/// A quote of more words than any sentence has matches nothing.
const LONGEST: usize = 120;

/// A line of the gold and a claim.
pub(crate) struct Pair<'e> {
    pub(crate) gold: &'e Entry,
    pub(crate) claim: &'e Entry,
}

/// What became of every claim.
#[derive(Default)]
pub(crate) struct Matched<'e> {
    /// Claims that are in the gold.
    pub(crate) pairs: Vec<Pair<'e>>,
    /// Claims that count neither way.
    pub(crate) optional: Vec<Pair<'e>>,
    /// Further claims on a sentence that stands several times.
    pub(crate) repeats: usize,
    /// Claims that are not in the gold.
    pub(crate) spurious: Vec<&'e Entry>,
}

/// Matches claims with the gold.
pub(crate) fn matched<'e>(gold: &'e [Entry], claims: &'e [Entry]) -> Matched<'e> {
    let (optional, core): (Vec<&Entry>, Vec<&Entry>) = gold.iter().partition(|entry| entry.optional);
    let all: Vec<&Entry> = claims.iter().collect();
    let mut out = Matched { pairs: greedy(&core, &all), ..Matched::default() };
    let left: Vec<&Entry> = all.into_iter().filter(|claim| !is_taken(&out.pairs, claim)).collect();
    out.optional = greedy(&optional, &left);
    let left: Vec<&Entry> = left.into_iter().filter(|claim| !is_taken(&out.optional, claim)).collect();

    let repeated = out.pairs.iter().chain(&out.optional).map(|pair| (pair.gold, pair.gold.occurrences - 1));
    let mut room: Vec<(&Entry, u64)> = repeated.filter(|(_, room)| *room > 0).collect();
    for claim in left {
        if let Some(home) = home(gold, claim, &mut room) {
            *home -= 1;
            out.repeats += 1;
            continue;
        }
        let within = optional
            .iter()
            .find(|line| line.doc == claim.doc && line.indicators.contains(&claim.indicator) && holds(line, claim));
        let claimed = || core.iter().any(|line| line.doc == claim.doc && likeness(line, claim).is_some());
        match within {
            Some(line) if !claimed() => out.optional.push(Pair { gold: line, claim }),
            _ => out.spurious.push(claim),
        }
    }
    out
}

/// The room that the likeliest line with room for one more has left.
fn home<'r>(gold: &[Entry], claim: &Entry, room: &'r mut [(&Entry, u64)]) -> Option<&'r mut u64> {
    let mut best: Option<(f64, usize)> = None;
    for line in gold.iter().filter(|line| line.doc == claim.doc) {
        let at = room.iter().position(|(entry, left)| std::ptr::eq(*entry, line) && *left > 0);
        if let Some((score, at)) = likeness(line, claim).zip(at)
            && best.is_none_or(|(most, _)| score > most)
        {
            best = Some((score, at));
        }
    }
    best.map(|(_, at)| &mut room[at].1)
}

fn is_taken(pairs: &[Pair<'_>], claim: &Entry) -> bool {
    pairs.iter().any(|pair| std::ptr::eq(pair.claim, claim))
}

fn greedy<'e>(gold: &[&'e Entry], claims: &[&'e Entry]) -> Vec<Pair<'e>> {
    let mut candidates = Vec::new();
    for (i, line) in gold.iter().enumerate() {
        for (j, claim) in claims.iter().enumerate().filter(|(_, claim)| claim.doc == line.doc) {
            candidates.extend(likeness(line, claim).map(|score| (-score, i, j)));
        }
    }
    candidates.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_gold, mut used_claims) = (vec![false; gold.len()], vec![false; claims.len()]);
    let mut pairs = Vec::new();
    for (_, i, j) in candidates {
        if !used_gold[i] && !used_claims[j] {
            (used_gold[i], used_claims[j]) = (true, true);
            pairs.push(Pair { gold: gold[i], claim: claims[j] });
        }
    }
    pairs
}

/// How alike a line and a claim are, to order the pairs by; none where they cannot be one claim.
fn likeness(gold: &Entry, claim: &Entry) -> Option<f64> {
    if !gold.indicators.contains(&claim.indicator) {
        return None;
    }
    let (shared, sure) = quote_overlap(gold, claim);
    let meet = gold.figures.iter().any(|figure: &Figure| figure.meets(claim.figures[0]));
    if shared < 0.5 && !(meet && (shared > 0.0 || claim.tokens.is_empty()) && !sure) {
        return None;
    }
    let dice = match (gold.tokens.is_empty(), claim.tokens.is_empty()) {
        (false, false) => {
            (2 * run(&gold.tokens, &claim.tokens)) as f64 / (gold.tokens.len() + claim.tokens.len()) as f64
        }
        _ => 0.0,
    };
    let it: Compared = compare(gold, claim);
    let right = |slot| if it.is_right(slot) { 1.0 } else { 0.0 };
    let figure = if it.is_right(Slot::Figure) {
        1.5
    } else if meet {
        0.5
    } else {
        0.0
    };
    let indicator = if claim.indicator == gold.indicator { 0.5 } else { 0.0 };
    Some(
        2.0 * shared
            + dice
            + figure
            + indicator
            + 0.3 * right(Slot::Sources)
            + 0.2 * right(Slot::Time)
            + 0.2 * right(Slot::Subject)
            + 0.1 * right(Slot::Stance)
            + 0.2 * it.places_jaccard,
    )
}

/// The share of the shorter quote that both have, and whether it was measured in the article itself.
fn quote_overlap(gold: &Entry, claim: &Entry) -> (f64, bool) {
    if claim.tokens.len() > LONGEST {
        return (0.0, true);
    }
    if !gold.spans.is_empty() && !claim.spans.is_empty() {
        return (overlap(&gold.spans, &claim.spans), true);
    }
    let (a, b) = (&gold.tokens, &claim.tokens);
    let shorter = a.len().min(b.len());
    let common = run(a, b);
    // One word in common is not much, unless there is only one.
    if shorter == 0 || common < shorter.min(2) {
        return (0.0, false);
    }
    (common as f64 / shorter as f64, false)
}

/// The greatest share of the shorter of two spans that both have.
pub(crate) fn overlap(a: &[(usize, usize)], b: &[(usize, usize)]) -> f64 {
    let share = |x: &(usize, usize), y: &(usize, usize)| {
        let shared = x.1.min(y.1).saturating_sub(x.0.max(y.0));
        let shorter = x.1.saturating_sub(x.0).min(y.1.saturating_sub(y.0)).max(1);
        shared as f64 / shorter as f64
    };
    a.iter().flat_map(|x| b.iter().map(move |y| share(x, y))).fold(0.0, f64::max)
}

/// Whether a claim's quote holds the whole of the gold's.
fn holds(gold: &Entry, claim: &Entry) -> bool {
    if claim.tokens.len() > LONGEST || gold.tokens.is_empty() {
        return false;
    }
    if !gold.spans.is_empty() && !claim.spans.is_empty() {
        return gold.spans.iter().any(|x| claim.spans.iter().any(|y| y.0 <= x.0 && x.1 <= y.1));
    }
    run(&gold.tokens, &claim.tokens) == gold.tokens.len()
}

/// The words of a quote: lower case, no diacritics, figures without separators.
pub(crate) fn tokens(quote: &str) -> Vec<String> {
    let mut text: Vec<char> = unmarked(quote).chars().filter(|c| *c != '-').collect();
    loop {
        let joined = joined_figures(&text, &[' ', '.', ',']);
        if joined.len() == text.len() {
            break;
        }
        text = joined;
    }
    let text: String = text.into_iter().collect();
    let words = text.split(|c: char| !c.is_ascii_digit() && !c.is_ascii_lowercase());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Without the separators between a digit and a group of exactly three.
pub(crate) fn joined_figures(text: &[char], separators: &[char]) -> Vec<char> {
    let digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    let separates = |at: usize| {
        separators.contains(&text[at])
            && at > 0
            && digit(at - 1)
            && (1..=3).all(|ahead| digit(at + ahead))
            && !digit(at + 4)
    };
    (0..text.len()).filter(|at| !separates(*at)).map(|at| text[at]).collect()
}

/// Length of the longest run of words that both have.
pub(crate) fn run(a: &[String], b: &[String]) -> usize {
    let mut best = 0;
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut next = vec![0; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            if x == y {
                next[j + 1] = row[j] + 1;
                best = best.max(next[j + 1]);
            }
        }
        row = next;
    }
    best
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::score::names::Names;
    use serde_json::{Value, json};

    fn entries(lines: &[Value]) -> Vec<Entry> {
        let read = |line: &Value| {
            let mut line = line.clone();
            line["doc"] = json!("a");
            line["indicator"] = json!("casualties.killed");
            Entry::read(&line, 1, &Names::default(), true).unwrap()
        };
        lines.iter().map(read).collect()
    }

    /// Pairs, optional pairs, repeats, spurious claims.
    fn counts(gold: &[Value], claims: &[Value]) -> (usize, usize, usize, usize) {
        let (gold, claims) = (entries(gold), entries(claims));
        let it = matched(&gold, &claims);
        (it.pairs.len(), it.optional.len(), it.repeats, it.spurious.len())
    }

    #[test]
    fn figures_are_one_token() {
        assert_eq!(tokens("Près de 12\u{a0}000 nord-coréens"), ["pres", "de", "12000", "nordcoreens"]);
        assert_eq!(tokens("1,234,567 or 1.5"), ["1234567", "or", "1", "5"]);
    }

    #[test]
    fn quotes_that_share_half_of_the_shorter_match() {
        let gold = [json!({"quote": "nine dockers were killed"})];
        assert_eq!(counts(&gold, &[json!({"quote": "nine dockers"})]), (1, 0, 0, 0));
        assert_eq!(counts(&gold, &[json!({"quote": "were missing"})]), (0, 0, 0, 1));
    }

    #[test]
    fn a_claim_without_a_quote_matches_by_its_figure() {
        let gold = [json!({"quote": "nine dockers", "low": 9, "high": 9})];
        assert_eq!(counts(&gold, &[json!({"low": 9, "high": 9})]), (1, 0, 0, 0));
        assert_eq!(counts(&gold, &[json!({"low": 8, "high": 8})]), (0, 0, 0, 1));
    }

    #[test]
    fn the_best_pair_goes_first() {
        let gold = [
            json!({"id": "g1", "quote": "nine dockers died", "low": 9, "high": 9}),
            json!({"id": "g2", "quote": "nine dockers died", "low": 9}),
        ];
        let claims = [
            json!({"id": "c1", "quote": "nine dockers died", "low": 9}),
            json!({"id": "c2", "quote": "nine dockers", "low": 9, "high": 9}),
        ];
        let (gold, claims) = (entries(&gold), entries(&claims));
        let it = matched(&gold, &claims);
        let pairs: Vec<(&str, &str)> = it.pairs.iter().map(|p| (p.gold.id.as_str(), p.claim.id.as_str())).collect();
        assert_eq!(pairs, [("g2", "c1"), ("g1", "c2")]);
    }

    #[test]
    fn optional_lines_take_what_counts_neither_way() {
        let gold = [json!({"quote": "nine dockers killed"}), json!({"quote": "the dead", "optional": true})];
        assert_eq!(counts(&gold, &[json!({"quote": "the dead"})]), (0, 1, 0, 0));
        let twice = [json!({"quote": "the dead"}), json!({"quote": "for the dead of the port"})];
        assert_eq!(counts(&gold, &twice), (0, 2, 0, 0), "a claim that holds all of it is ignored too");
    }

    #[test]
    fn a_sentence_that_stands_twice_takes_two_claims() {
        let gold = [json!({"quote": "nine dockers killed", "occurrences": 2})];
        let claim = json!({"quote": "nine dockers killed"});
        assert_eq!(counts(&gold, &[claim.clone(), claim.clone(), claim]), (1, 0, 1, 1));
    }
}

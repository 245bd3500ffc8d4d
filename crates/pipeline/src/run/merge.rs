//! What several extractors found in one place counts once.

use std::collections::{BTreeMap, BTreeSet};

use recoup_model::Claim;

/// The claims of one document, each list from one extractor in the order of the pipeline, as one list in the order of
/// the text. One indicator and figure with spans that overlap by half of the shorter is one claim, and the first
/// declared extractor's form of it stays.
///
/// `part_of` follows a claim to the form that stayed, and is null where nothing stayed.
pub(crate) fn merge(lists: Vec<Vec<Claim>>) -> Vec<Claim> {
    let mut kept: Vec<Claim> = Vec::new();
    let mut stands_for: BTreeMap<String, String> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for list in lists {
        let earlier = kept.len();
        for claim in list {
            match kept[..earlier].iter().find(|first| same(first, &claim)) {
                Some(first) => {
                    stands_for.insert(claim.id, first.id.clone());
                }
                None if ids.insert(claim.id.clone()) => kept.push(claim),
                None => {}
            }
        }
    }
    for claim in &mut kept {
        let whole = claim.part_of.take();
        let whole = whole.map(|id| stands_for.get(&id).cloned().unwrap_or(id));
        claim.part_of = whole.filter(|id| ids.contains(id) && *id != claim.id);
    }
    kept.sort_by(|a, b| order(a).cmp(&order(b)));
    kept
}

fn order(claim: &Claim) -> (usize, usize, &str, &str) {
    (claim.anchor.span().start(), claim.anchor.span().end(), &claim.indicator, &claim.id)
}

fn same(a: &Claim, b: &Claim) -> bool {
    let figure = |c: &Claim| c.quantity.as_ref().map(|q| (q.low(), q.high()));
    let (at, other) = (a.anchor.span(), b.anchor.span());
    a.indicator == b.indicator && figure(a) == figure(b) && 2 * at.overlap(other) >= at.len().min(other.len())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// A claim `id` on bytes `at` with a figure, or none.
    fn claim(id: &str, at: (usize, usize), figure: Option<u32>) -> Claim {
        let json = serde_json::json!({
            "id": id, "doc": "x", "document": "d_x",
            "span": { "start": at.0, "end": at.1 }, "quote": "x".repeat(at.1 - at.0),
            "indicator": "casualties.killed", "stance": "asserted", "rule": "test",
            "quantity": figure.map(|n| serde_json::json!({ "low": n, "high": n })),
        });
        serde_json::from_value(json).unwrap()
    }

    fn ids(claims: &[Claim]) -> Vec<&str> {
        claims.iter().map(|claim| claim.id.as_str()).collect()
    }

    #[test]
    fn half_of_the_shorter_span_makes_one_claim() {
        let first = || claim("first", (10, 30), Some(7));
        for (second, want) in [
            (claim("same", (10, 30), Some(7)), vec!["first"]),
            (claim("half", (20, 40), Some(7)), vec!["first"]),
            (claim("less", (21, 41), Some(7)), vec!["first", "less"]),
            (claim("inside", (12, 14), Some(7)), vec!["first"]),
            (claim("other", (10, 30), Some(8)), vec!["first", "other"]),
            (claim("none", (10, 30), None), vec!["first", "none"]),
            (claim("before", (0, 9), Some(7)), vec!["before", "first"]),
        ] {
            assert_eq!(ids(&merge(vec![vec![first()], vec![second.clone()]])), want, "{}", second.id);
        }
    }

    #[test]
    fn one_extractor_may_find_two_claims_in_one_place() {
        let two = vec![claim("a", (10, 30), Some(7)), claim("b", (10, 30), Some(7))];
        assert_eq!(ids(&merge(vec![two])), ["a", "b"]);
    }

    #[test]
    fn a_part_follows_its_whole() {
        let part = |of: &str| Claim { part_of: Some(of.to_owned()), ..claim("part", (40, 50), Some(2)) };
        let whole = |id: &str| claim(id, (10, 30), Some(7));
        for (of, want) in [("second", Some("first")), ("first", Some("first")), ("absent", None), ("part", None)] {
            let merged = merge(vec![vec![whole("first")], vec![whole("second"), part(of)]]);
            assert_eq!(merged[1].part_of.as_deref(), want, "{of}");
        }
    }
}

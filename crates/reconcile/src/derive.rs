//! What follows from other scopes: printed beside what was stated, with its chain, and never instead of it.
//!
//! Three rules: a scope that lies within another one bounds it from below; the killed alone, or the wounded alone, are no
//! more than the killed and wounded; a part ('of them N') is no more than its whole. Each also bounds the lesser from above.

use std::collections::BTreeSet;

use recoup_model::Derived;

use crate::finding::Answer;
use crate::place::{Lie, lie};
use crate::scope::same_people;

/// Fills in the derived bounds of the answers.
pub(crate) fn derive(answers: &mut [Answer<'_>]) {
    let derived: Vec<Derived> = (0..answers.len())
        .map(|at| {
            let (low, high) = (floor(answers, at), ceiling(answers, at));
            let chain: BTreeSet<String> =
                [&low, &high].into_iter().flatten().flat_map(|(_, ids)| ids.clone()).collect();
            Derived { low: low.map(|l| l.0), high: high.map(|h| h.0), chain: chain.into_iter().collect() }
        })
        .collect();
    for (answer, derived) in answers.iter_mut().zip(derived) {
        answer.finding.derived = derived;
    }
}

/// The greatest lower bound that the other answers give this one, beyond what is stated.
fn floor(answers: &[Answer<'_>], whole: usize) -> Option<(f64, Vec<String>)> {
    let stated = answers[whole].finding.low;
    (0..answers.len())
        .filter(|part| *part != whole && is_part(&answers[*part], &answers[whole]))
        .filter_map(|part| answers[part].floor())
        .filter(|(low, _)| stated.is_none_or(|stated| *low > stated))
        .reduce(|a, b| if b.0 > a.0 { b } else { a })
}

/// The smallest upper bound that the other answers give this one, beyond what is stated.
fn ceiling(answers: &[Answer<'_>], part: usize) -> Option<(f64, Vec<String>)> {
    let stated = answers[part].finding.high;
    (0..answers.len())
        .filter(|whole| *whole != part && is_part(&answers[part], &answers[*whole]))
        .filter_map(|whole| answers[whole].ceiling())
        .filter(|(high, _)| stated.is_none_or(|stated| *high < stated))
        .reduce(|a, b| if b.0 < a.0 { b } else { a })
}

/// Whether everything that the first counts is counted by the second.
fn is_part(part: &Answer<'_>, whole: &Answer<'_>) -> bool {
    if part.figures().next().is_none() || whole.figures().next().is_none() {
        return false;
    }
    let named = part.figures().any(|p| {
        let of = p.claim.part_of.as_ref();
        whole.figures().any(|w| of == Some(&w.claim.id))
    });
    named && part.finding.unit == whole.finding.unit || lies_in(part, whole)
}

fn lies_in(part: &Answer<'_>, whole: &Answer<'_>) -> bool {
    let (p, w) = (&part.finding, &whole.finding);
    let kinds = match (p.indicator.as_str(), w.indicator.as_str()) {
        (a, b) if a == b => Some(false),
        ("casualties.killed" | "casualties.wounded", "casualties.killed_or_wounded") => Some(true),
        _ => None,
    };
    let Some(lesser_kind) = kinds else { return false };
    let same = p.subject == w.subject && p.object == w.object && p.unit == w.unit && part.mode == whole.mode;
    let people = part.figures().all(|a| whole.figures().all(|b| same_people(a, b)));
    let place = match lie(&part.areas, &whole.areas) {
        Lie::Shared | Lie::Within => true,
        Lie::Unsaid => whole.areas.is_empty(),
        Lie::Contains | Lie::Unknown | Lie::Apart => false,
    };
    let (Some(inner), Some(outer)) = (part.closed_days(), whole.reach()) else { return false };
    let wider = outer != inner && whole.counts_over_time();
    same && people && place && outer.contains(inner) && (wider || lesser_kind)
}

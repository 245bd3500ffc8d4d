//! What follows from other scopes: printed beside what was stated, with its chain, and never instead of it.
//!
//! Three rules: a scope that lies within another one bounds it from below; the killed alone, or the wounded alone, are no
//! more than the killed and wounded; a part ('of them N') is no more than its whole. Each also bounds the lesser from above.
//! What follows is followed further, until nothing new does: a village bounds its district, and the district its region.

use recoup_model::{Derived, Diagnostic, Level};

use crate::finding::Answer;
use crate::place::{Lie, lie};
use crate::scope::same_people;
use crate::statement::Statement;

/// A bound with the claims that it follows from.
#[derive(Debug, Clone, PartialEq)]
struct Reason {
    value: f64,
    chain: Vec<String>,
}

/// Fills in the derived bounds of the answers. Says where a bound that follows excludes one that was stated.
pub(crate) fn derive(answers: &mut [Answer<'_>]) -> Vec<Diagnostic> {
    let pairs = pairs(answers);
    if pairs.is_empty() {
        return Vec::new();
    }
    let mut contradictions = Vec::new();
    let reason = |(value, chain): (f64, Vec<String>)| Reason { value, chain };
    let stated_low: Vec<Option<Reason>> = answers.iter().map(|a| a.floor().map(reason)).collect();
    let stated_high: Vec<Option<Reason>> = answers.iter().map(|a| a.ceiling().map(reason)).collect();
    let up: Vec<(usize, usize)> = pairs.clone();
    let down: Vec<(usize, usize)> = pairs.iter().map(|(part, whole)| (*whole, *part)).collect();
    let lows = propagate(&stated_low, &up, |new, old| new > old);
    let highs = propagate(&stated_high, &down, |new, old| new < old);
    for (at, answer) in answers.iter_mut().enumerate() {
        let low = lows[at].as_ref().filter(|r| answer.finding.low.is_none_or(|stated| r.value > stated));
        let high = highs[at].as_ref().filter(|r| answer.finding.high.is_none_or(|stated| r.value < stated));
        contradictions.extend(low.and_then(|low| contradiction(answer, low)));
        let mut chain: Vec<String> = [low, high].into_iter().flatten().flat_map(|r| r.chain.iter().cloned()).collect();
        chain.sort();
        chain.dedup();
        answer.finding.derived = Derived { low: low.map(|r| r.value), high: high.map(|r| r.value), chain };
    }
    contradictions
}

/// What is said where a floor that follows lies beyond the ceiling that was stated. That a ceiling which follows lies
/// below a floor is the same contradiction, seen from the part.
fn contradiction(answer: &Answer<'_>, floor: &Reason) -> Option<Diagnostic> {
    let (ceiling, claims) = answer.ceiling().filter(|(ceiling, _)| floor.value > *ceiling)?;
    let finding = &answer.finding;
    let asked = [Some(&finding.indicator), finding.subject.as_ref(), finding.object.as_ref()];
    let asked: Vec<&str> = asked.into_iter().flatten().map(String::as_str).collect();
    let message = format!(
        "{} ({}): at least {} follows from {}, and at most {ceiling} is stated by {}",
        finding.id,
        asked.join(" "),
        floor.value,
        some(&floor.chain),
        some(&claims),
    );
    Some(Diagnostic::new(Level::Warning, "reconcile.contradiction", message))
}

/// The first claims of a list that may be long.
fn some(claims: &[String]) -> String {
    const SHOWN: usize = 4;
    let shown = claims.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if claims.len() > SHOWN { format!("{shown} and {} more", claims.len() - SHOWN) } else { shown }
}

/// Hands bounds on along `edges` as long as one is better than what is there. Values come from what was stated, each
/// step makes one bound strictly better, and so it ends; `better` is the order, so that more input never loosens a bound.
fn propagate(
    stated: &[Option<Reason>],
    edges: &[(usize, usize)],
    better: impl Fn(f64, f64) -> bool,
) -> Vec<Option<Reason>> {
    let mut known = stated.to_vec();
    loop {
        let mut changed = false;
        for (from, to) in edges {
            let Some(reason) = &known[*from] else { continue };
            if known[*to].as_ref().is_none_or(|old| better(reason.value, old.value)) {
                known[*to] = Some(reason.clone());
                changed = true;
            }
        }
        if !changed {
            return known;
        }
    }
}

/// Part and whole, by index.
fn pairs(answers: &[Answer<'_>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for part in 0..answers.len() {
        for whole in 0..answers.len() {
            if part != whole && is_part(&answers[part], &answers[whole]) {
                pairs.push((part, whole));
            }
        }
    }
    pairs
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
    // Who counts civilians, or some of a whole ("among them a commander"), counts nobody else's people.
    let counts_all = |b: &Statement, a: &Statement| b.claim.civilian.is_none() || b.claim.civilian == a.claim.civilian;
    let people = part.figures().all(|a| whole.figures().all(|b| same_people(a, b) && counts_all(b, a)));
    if whole.figures().all(|s| s.claim.part_of.is_some()) {
        return false;
    }
    let place = match lie(&part.areas, &whole.areas) {
        Lie::Shared | Lie::Within => true,
        Lie::Unsaid => whole.areas.is_empty(),
        Lie::Contains | Lie::Unknown | Lie::Apart => false,
    };
    let (Some(inner), Some(outer)) = (part.closed_days(), whole.reach()) else { return false };
    let wider = outer != inner && whole.counts_over_time();
    same && people && place && outer.contains(inner) && (wider || lesser_kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(value: f64) -> Option<Reason> {
        Some(Reason { value, chain: vec![format!("c_{value}")] })
    }

    #[test]
    fn a_bound_is_handed_on_from_scope_to_scope() {
        let edges = [(0, 1), (1, 2)];
        let known = propagate(&[reason(30.0), None, reason(10.0)], &edges, |new, old| new > old);
        assert_eq!(known, [reason(30.0), reason(30.0), reason(30.0)]);
    }

    #[test]
    fn more_input_never_loosens_and_a_circle_ends() {
        let edges = [(0, 1), (1, 0), (2, 1)];
        let fewer = propagate(&[reason(5.0), reason(7.0), None], &edges, |new, old| new > old);
        let more = propagate(&[reason(5.0), reason(7.0), reason(6.0)], &edges, |new, old| new > old);
        for (fewer, more) in fewer.iter().zip(&more) {
            let value = |r: &Option<Reason>| r.as_ref().map(|r| r.value);
            assert!(value(more) >= value(fewer));
        }
    }
}

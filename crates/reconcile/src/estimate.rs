//! Estimates: the bounds as stated, and three named rules for one value.

use std::cmp::Reverse;

use recoup_model::Estimates;

use crate::bound::Bound;
use crate::position::{Draft, independent};
use crate::status::Parties;

/// What the live positions say in figures.
#[derive(Debug, Default)]
pub(crate) struct Estimate {
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) approximate: bool,
    pub(crate) rules: Estimates,
    pub(crate) rule_sensitive: bool,
}

/// The estimate over the positions of a question.
pub(crate) fn estimate(drafts: &[Draft<'_>], parties: &Parties<'_>, band: f64) -> Estimate {
    let live: Vec<(&Draft<'_>, Bound)> =
        drafts.iter().filter(|d| d.counts()).filter_map(|d| d.bound.map(|bound| (d, bound))).collect();
    let sums: Vec<(&Draft<'_>, Bound)> = live.iter().copied().filter(|(d, _)| !d.adds() && !d.is_part()).collect();
    let live = if sums.is_empty() { live } else { sums };
    let (low, high) = bounds(&live.iter().map(|(_, bound)| *bound).collect::<Vec<_>>());
    let rules = Estimates {
        conservative: conservative(&live, band).or(low),
        most_supported: most_supported(&live, parties, band),
        freshest: freshest(&live),
    };
    let values = [rules.conservative, rules.most_supported, rules.freshest];
    let values = values.iter().flatten().copied();
    let (least, most) = (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max));
    Estimate {
        low,
        high,
        approximate: live.iter().any(|(_, bound)| bound.approximate),
        rule_sensitive: most > least && most - least > most.abs() * band,
        rules,
    }
}

/// The smallest lower and the greatest upper bound. A vague plural bounds nothing where somebody gives a number. A floor
/// is not the low of the finding where a bare ceiling lies below it; it is the high where it lies above every ceiling.
fn bounds(live: &[Bound]) -> (Option<f64>, Option<f64>) {
    let sharp: Vec<Bound> = live.iter().copied().filter(|bound| !bound.is_vague()).collect();
    let live = if sharp.is_empty() { live } else { &sharp[..] };
    let lows = || live.iter().filter_map(|bound| bound.low);
    let highs = || live.iter().filter_map(|bound| bound.high);
    let ceilings = live.iter().filter(|bound| bound.low.is_none()).filter_map(|bound| bound.high);
    let low = lows().reduce(f64::min).filter(|low| !ceilings.clone().any(|ceiling| ceiling < *low));
    let high = highs().reduce(f64::max).map(|high| lows().fold(high, f64::max));
    (low, high)
}

/// The smallest value that every position allows which has a lower bound.
fn conservative(live: &[(&Draft<'_>, Bound)], band: f64) -> Option<f64> {
    let value = live.iter().filter_map(|(_, bound)| bound.low).reduce(f64::max)?;
    let floors = live.iter().filter(|(_, bound)| bound.low.is_some());
    floors.clone().all(|(_, bound)| bound.allows(value, band)).then_some(value)
}

/// The stated value that most independent origins allow; a tie goes to who takes no part in the fighting, then to what
/// was said last, and stays open after that. Bare bounds of one origin are no value.
fn most_supported(live: &[(&Draft<'_>, Bound)], parties: &Parties<'_>, band: f64) -> Option<f64> {
    let mut candidates: Vec<f64> = live.iter().flat_map(|(_, bound)| [bound.low, bound.high]).flatten().collect();
    candidates.sort_by(f64::total_cmp);
    candidates.dedup();
    let rank = |value: f64| {
        let allow: Vec<&(&Draft<'_>, Bound)> = live.iter().filter(|(_, bound)| bound.allows(value, band)).collect();
        let stated: Vec<&&(&Draft<'_>, Bound)> =
            allow.iter().filter(|(_, bound)| bound.low == Some(value) || bound.high == Some(value)).collect();
        let support = independent(allow.iter().map(|(draft, _)| *draft));
        let neutral = stated.iter().any(|(draft, _)| !parties.speak_in(&draft.origin));
        let sharp = stated.iter().any(|(_, bound)| !bound.is_vague());
        let is_value = support > 1 || stated.iter().any(|(_, bound)| bound.is_value() && !bound.is_vague());
        let said = stated.iter().map(|(draft, _)| draft.reported).max().flatten();
        (is_value, (sharp, support, neutral, said))
    };
    let ranked: Vec<(f64, _)> = candidates
        .into_iter()
        .map(|v| (v, rank(v)))
        .filter(|(_, (is_value, _))| *is_value)
        .map(|(v, r)| (v, r.1))
        .collect();
    let best = ranked.iter().map(|(_, rank)| *rank).max()?;
    let mut winners = ranked.iter().filter(|(_, rank)| *rank == best);
    let (first, last) = (winners.next()?, winners.next_back());
    match last {
        None => Some(first.0),
        // Several ends of what one position states are one answer, of which the greater is printed.
        Some(last) => live
            .iter()
            .any(|(_, bound)| bound.allows(first.0, band) && bound.allows(last.0, band) && bound.is_value())
            .then_some(last.0),
    }
}

/// The value of what was said last: the upper end of a range, the number of a bare bound; open where several positions
/// of that day differ.
fn freshest(live: &[(&Draft<'_>, Bound)]) -> Option<f64> {
    let mut dated: Vec<_> = live.iter().filter(|(draft, _)| draft.reported.is_some()).collect();
    dated.sort_by_key(|(draft, _)| Reverse(draft.reported));
    let day = dated.first()?.0.reported;
    let mut values: Vec<f64> =
        dated.iter().filter(|(d, _)| d.reported == day).filter_map(|(_, b)| b.high.or(b.low)).collect();
    values.dedup();
    if let [only] = values[..] { Some(only) } else { None }
}

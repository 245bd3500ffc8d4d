//! Series: an origin's later figure replaces its earlier one. Both stay in the finding.

use std::cmp::Ordering;

use recoup_model::{Measure, Stance};

use crate::position::Draft;
use crate::question::{carries_out, is_forecast};
use crate::scope::{is_toll, is_total};
use crate::statement::Statement;

/// Marks every position that its own origin has replaced, with the one that stands at the end as its successor.
pub(crate) fn supersede(drafts: &mut [Draft<'_>], indicator: &str, band: f64) {
    let newer: Vec<Vec<usize>> = drafts
        .iter()
        .map(|old| (0..drafts.len()).filter(|new| replaces(&drafts[*new], old, indicator, band)).collect())
        .collect();
    let last = |new: &&usize| (newer[**new].is_empty(), drafts[**new].first, drafts[**new].reported, **new);
    let replaced: Vec<Option<usize>> = newer.iter().map(|by| by.iter().max_by_key(last).copied()).collect();
    for (draft, by) in drafts.iter_mut().zip(replaced) {
        draft.superseded_by = by;
    }
}

/// Whether `new` takes the place of `old`:
/// - the same named speakers, no more and no fewer: a joint statement replaces nobody's own;
/// - a figure by a later figure, or a figure by a later denial, or a denial by a later figure;
/// - a refusal to confirm by a figure, and a plan by what was done of it, whoever says so;
/// - what the article itself calls a former count by one that is none;
/// - of two figures of one day that exclude each other, in a toll the higher, for a toll only rises; elsewhere the exact
///   one over the rounded one.
///
/// A vague plural said later does not replace a figure that it allows.
fn replaces(new: &Draft<'_>, old: &Draft<'_>, indicator: &str, band: f64) -> bool {
    if fulfils(new, old) {
        return true;
    }
    let speaks = |d: &Draft<'_>| matches!(d.stance, Stance::Asserted | Stance::Hedged | Stance::Planned);
    let denies = |d: &Draft<'_>| d.stance == Stance::Denied && d.bound.is_none();
    if !new.origin.is_certainly(&old.origin) || new.adds() || old.adds() {
        return false;
    }
    let later = order(new, old);
    match (new.bound, old.bound) {
        (Some(new_bound), Some(old_bound)) if speaks(new) && speaks(old) => {
            let former = |d: &Draft<'_>| d.statements.iter().all(|s| s.former);
            if new_bound.key() == old_bound.key() || !same_count(new, old, indicator) {
                return false;
            }
            if former(new) != former(old) {
                return former(old);
            }
            let values = new_bound.is_value() && old_bound.is_value();
            let fits = if values { new_bound.agrees(old_bound, band) } else { new_bound.meets(old_bound, band) };
            match later {
                Some(Ordering::Greater) => !(fits && new_bound.is_vague()),
                Some(Ordering::Equal) if fits => false,
                Some(Ordering::Equal) if is_toll(indicator) => {
                    new_bound.high.or(new_bound.low) > old_bound.high.or(old_bound.low)
                }
                Some(Ordering::Equal) => !new_bound.approximate && old_bound.approximate,
                _ => false,
            }
        }
        (Some(_), None) if speaks(new) && denies(old) => {
            let conceded = is_toll(indicator) && old.statements.iter().all(|s| s.is_zero());
            later == Some(Ordering::Greater) || later == Some(Ordering::Equal) && conceded
        }
        // Who gives his figure and denies in one article denies somebody else's.
        (None, Some(_)) if denies(new) && speaks(old) => {
            later == Some(Ordering::Greater) && new.sources.is_disjoint(&old.sources)
        }
        (Some(_), None) if speaks(new) && old.stance == Stance::Unconfirmed => later != Some(Ordering::Less),
        _ => false,
    }
}

fn fulfils(new: &Draft<'_>, old: &Draft<'_>) -> bool {
    let done = |plan: &&Statement| new.statements.iter().any(|done| carries_out(done, plan));
    let forecast = old.statements.iter().all(|s| is_forecast(s));
    forecast && new.stance == Stance::Asserted && old.statements.iter().any(done)
}

/// Which is the later word: what was said for the first time later, for papers print an old count on; `None` where
/// nobody can tell.
fn order(new: &Draft<'_>, old: &Draft<'_>) -> Option<Ordering> {
    match (new.first, old.first) {
        (Some(newer), Some(older)) => Some(newer.cmp(&older).then_with(|| new.reported.cmp(&old.reported))),
        (None, None) if !new.sources.is_disjoint(&old.sources) => Some(Ordering::Equal),
        _ => None,
    }
}

/// A reading does not replace a total. The kinds of count of one toll differ by its wording alone.
fn same_count(new: &Draft<'_>, old: &Draft<'_>, indicator: &str) -> bool {
    let measure = |d: &Draft<'_>| {
        let total = d.statements.iter().all(|s| is_total(s)).then_some(Measure::Cumulative);
        total.or_else(|| d.statements.iter().find_map(|s| s.claim.measure))
    };
    is_toll(indicator) || measure(new).zip(measure(old)).is_none_or(|(a, b)| a == b)
}

//! The numbers: precision, recall and F1, overall, by slot and by group.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::gold::Entry;
use super::json::truthy;
use super::matching::{Matched, Pair};
use super::slots::{Compared, PLACE_ELSEWHERE, Slot, TIME_ELSEWHERE, compare};

/// Precision, recall and their harmonic mean, from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Rates {
    pub(crate) precision: f64,
    pub(crate) recall: f64,
    pub(crate) f1: f64,
}

impl Rates {
    /// Of `right` claims among `claims`, where the gold has `gold`. Nothing found where there is nothing is perfect.
    pub(crate) fn new(right: usize, claims: usize, gold: usize) -> Rates {
        let share = |of: usize, other: usize| match of {
            0 if other == 0 => 1.0,
            0 => 0.0,
            of => right as f64 / of as f64,
        };
        let (precision, recall) = (share(claims, gold), share(gold, claims));
        let sum = precision + recall;
        Rates { precision, recall, f1: if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 } }
    }
}

/// A pair with what is right about it.
pub(crate) struct Judged<'e> {
    pub(crate) gold: &'e Entry,
    pub(crate) claim: &'e Entry,
    pub(crate) it: Compared,
}

/// Slots that are told apart and are never part of strict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Apart {
    Object,
    Civilian,
    Measure,
    PartOf,
}

impl Apart {
    /// In the order in which they are printed.
    pub(crate) const ALL: [Apart; 4] = [Apart::Object, Apart::Civilian, Apart::Measure, Apart::PartOf];

    /// As on the wire.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Apart::Object => "object",
            Apart::Civilian => "civilian",
            Apart::Measure => "measure",
            Apart::PartOf => "part_of",
        }
    }

    /// Whether the gold gives this slot.
    fn is_asked(self, gold: &Entry) -> bool {
        match self {
            Apart::Object => !gold.objects[0].is_empty(),
            Apart::Civilian => !gold.civilian[0].is_null(),
            Apart::Measure => !gold.measure[0].is_null(),
            Apart::PartOf => !gold.part_of.is_null(),
        }
    }

    fn is_right(self, it: &Compared) -> bool {
        match self {
            Apart::Object => it.object,
            Apart::Civilian => it.civilian,
            Apart::Measure => it.measure,
            Apart::PartOf => it.part_of,
        }
    }
}

/// A share of some pairs, and how many they are.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Share {
    pub(crate) right: f64,
    pub(crate) of: usize,
}

impl Share {
    fn of<'j>(some: impl Iterator<Item = &'j Judged<'j>>, right: impl Fn(&Compared) -> f64) -> Share {
        let (mut sum, mut of) = (0.0, 0);
        for judged in some {
            sum += right(&judged.it);
            of += 1;
        }
        Share { right: if of == 0 { 0.0 } else { sum / of as f64 }, of }
    }
}

/// All numbers of a comparison.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    pub(crate) gold: usize,
    pub(crate) gold_optional: usize,
    pub(crate) claims: usize,
    pub(crate) matched: usize,
    pub(crate) missed: usize,
    pub(crate) spurious: usize,
    pub(crate) ignored_optional: usize,
    pub(crate) ignored_repeats: usize,
    pub(crate) detection: Rates,
    pub(crate) strict: Rates,
    pub(crate) strict_local: Rates,
    pub(crate) strict_inherited: Rates,
    pub(crate) strict_time_overlap: Rates,
    /// In the order of [`Slot::ALL`].
    pub(crate) slots: [f64; 6],
    /// The figure where the gold has one.
    pub(crate) figure_numeric: Share,
    pub(crate) places_equal: f64,
    pub(crate) places_jaccard: f64,
    pub(crate) time_overlap: f64,
    /// In the order of [`Apart::ALL`].
    pub(crate) apart: [Share; 4],
    /// Claims that are said to be a part where the gold has none.
    pub(crate) part_of_invented: usize,
    /// Lines whose place or time stands elsewhere in the article: of the gold, matched, and carried over.
    pub(crate) elsewhere: (usize, usize, usize),
    /// Mean length of a claim's quote, measured in the gold's.
    pub(crate) quote_length: f64,
    /// Quotes that the article does not have; none where no article is there.
    pub(crate) not_verbatim: Option<usize>,
}

/// Judges every pair.
pub(crate) fn judge<'e>(matched: &Matched<'e>) -> Vec<Judged<'e>> {
    let all = matched.pairs.iter().chain(&matched.optional);
    let named = all.filter(|pair| !pair.claim.id.is_empty());
    let of: HashMap<&str, &str> = named.map(|pair| (pair.claim.id.as_str(), pair.gold.id.as_str())).collect();
    let judged = |pair: &Pair<'e>| {
        let mut it = compare(pair.gold, pair.claim);
        let whole = pair.claim.part_of.as_str().and_then(|id| of.get(id)).map(|id| Value::from(*id));
        it.part_of = whole.as_ref().unwrap_or(&pair.claim.part_of) == &pair.gold.part_of;
        Judged { gold: pair.gold, claim: pair.claim, it }
    };
    matched.pairs.iter().map(judged).collect()
}

impl Numbers {
    /// Counts. `verbatim` says whether the articles were there to find the quotes in.
    pub(crate) fn new(
        gold: &[Entry],
        claims: &[Entry],
        matched: &Matched<'_>,
        judged: &[Judged<'_>],
        verbatim: bool,
    ) -> Numbers {
        let core = gold.iter().filter(|entry| !entry.optional).count();
        let found = judged.len() + matched.spurious.len();
        let rates =
            |right: fn(&Compared) -> bool| Rates::new(judged.iter().filter(|j| right(&j.it)).count(), found, core);
        let mean = |value: &dyn Fn(&Compared) -> f64| Share::of(judged.iter(), value).right;
        let elsewhere = |entry: &Entry| entry.has_tag(PLACE_ELSEWHERE) || entry.has_tag(TIME_ELSEWHERE);
        let far: Vec<&Judged<'_>> = judged.iter().filter(|j| elsewhere(j.gold)).collect();
        let quotes = judged.iter().filter(|j| !j.gold.quote.is_empty() && !j.claim.quote.is_empty());
        let lengths: Vec<f64> =
            quotes.map(|j| j.claim.quote.chars().count() as f64 / j.gold.quote.chars().count() as f64).collect();
        Numbers {
            gold: core,
            gold_optional: gold.len() - core,
            claims: claims.len(),
            matched: judged.len(),
            missed: core - judged.len(),
            spurious: matched.spurious.len(),
            ignored_optional: matched.optional.len(),
            ignored_repeats: matched.repeats,
            detection: rates(|_| true),
            strict: rates(|it| it.strict),
            strict_local: rates(|it| it.strict_local),
            strict_inherited: rates(|it| it.strict_inherited),
            strict_time_overlap: rates(|it| it.strict_time_overlap),
            slots: Slot::ALL.map(|slot| mean(&|it| one(it.is_right(slot)))),
            figure_numeric: Share::of(judged.iter().filter(|j| j.gold.figures[0].is_some()), |it| {
                one(it.is_right(Slot::Figure))
            }),
            places_equal: mean(&|it| one(it.places_equal)),
            places_jaccard: mean(&|it| it.places_jaccard),
            time_overlap: mean(&|it| one(it.time_overlap)),
            apart: Apart::ALL
                .map(|slot| Share::of(judged.iter().filter(|j| slot.is_asked(j.gold)), |it| one(slot.is_right(it)))),
            part_of_invented: judged.iter().filter(|j| j.gold.part_of.is_null() && truthy(&j.claim.part_of)).count(),
            elsewhere: (
                gold.iter().filter(|entry| !entry.optional && elsewhere(entry)).count(),
                far.len(),
                far.iter().filter(|j| j.it.inherited).count(),
            ),
            quote_length: match lengths.len() {
                0 => 0.0,
                count => lengths.iter().sum::<f64>() / count as f64,
            },
            not_verbatim: verbatim
                .then(|| claims.iter().filter(|claim| !claim.quote.is_empty() && claim.spans.is_empty()).count()),
        }
    }
}

fn one(right: bool) -> f64 {
    if right { 1.0 } else { 0.0 }
}

/// Counts of one group of claims.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) gold: usize,
    pub(crate) claims: usize,
    pub(crate) matched: usize,
    pub(crate) strict: usize,
    pub(crate) strict_local: usize,
}

impl Group {
    /// Of finding a claim at all.
    pub(crate) fn detection(&self) -> Rates {
        Rates::new(self.matched, self.claims, self.gold)
    }

    /// Of finding it with every slot right.
    pub(crate) fn strict(&self) -> Rates {
        Rates::new(self.strict, self.claims, self.gold)
    }
}

/// Counts by some key. An entry may have several, as tags; a false alarm has none then.
pub(crate) fn groups(
    gold: &[Entry],
    judged: &[Judged<'_>],
    spurious: &[&Entry],
    keys: impl Fn(&Entry) -> Vec<String>,
) -> BTreeMap<String, Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for key in gold.iter().filter(|entry| !entry.optional).flat_map(&keys) {
        groups.entry(key).or_default().gold += 1;
    }
    for judged in judged {
        for key in keys(judged.gold) {
            let group = groups.entry(key).or_default();
            group.claims += 1;
            group.matched += 1;
            group.strict += usize::from(judged.it.strict);
            group.strict_local += usize::from(judged.it.strict_local);
        }
    }
    for key in spurious.iter().flat_map(|claim| keys(claim)) {
        groups.entry(key).or_default().claims += 1;
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_of_nothing_are_perfect_and_rates_of_something_are_shares() {
        assert_eq!(Rates::new(0, 0, 0), Rates { precision: 1.0, recall: 1.0, f1: 1.0 });
        assert_eq!(Rates::new(0, 0, 4), Rates { precision: 0.0, recall: 0.0, f1: 0.0 });
        assert_eq!(Rates::new(2, 4, 2), Rates { precision: 0.5, recall: 1.0, f1: 2.0 / 3.0 });
    }
}

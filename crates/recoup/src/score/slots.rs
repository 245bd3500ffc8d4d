//! When two claims say the same, slot by slot.

use jiff::civil::Date;
use serde_json::Value;

use super::gold::Entry;
use super::json::{at, number, text, truthy};
use super::names::{Set, canonical, settle};

/// Tags of the gold: the place, or the time, stands elsewhere in the article.
pub(crate) const PLACE_ELSEWHERE: &str = "place-nonlocal";
/// See [`PLACE_ELSEWHERE`].
pub(crate) const TIME_ELSEWHERE: &str = "time-nonlocal";

/// The bounds of a figure. Without a bound nothing is approximate.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Figure {
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) approximate: bool,
}

impl Figure {
    /// Reads the bounds of a line: under `quantity`, or beside the other slots.
    pub(crate) fn read(line: &Value) -> Figure {
        let bounds = if at(line, "quantity").is_object() { at(line, "quantity") } else { line };
        let (low, high) = (number(at(bounds, "low")), number(at(bounds, "high")));
        let said = bounds.get("approximate").or(bounds.get("approx")).unwrap_or(at(line, "approximate"));
        Figure { low, high, approximate: truthy(said) && (low.is_some() || high.is_some()) }
    }

    /// Whether there is any bound.
    pub(crate) fn is_some(self) -> bool {
        self.low.is_some() || self.high.is_some()
    }

    fn is_zero(self) -> bool {
        self.low == Some(0.0) && self.high == Some(0.0)
    }

    /// Whether some value fits both.
    pub(crate) fn meets(self, other: Figure) -> bool {
        if !self.is_some() || !other.is_some() {
            return false;
        }
        let low = self.low.unwrap_or(-1.0).max(other.low.unwrap_or(-1.0));
        let high = self.high.unwrap_or(f64::INFINITY).min(other.high.unwrap_or(f64::INFINITY));
        low <= high
    }
}

/// First and last day as they are compared, either open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) start: Option<String>,
    pub(crate) end: Option<String>,
}

impl Period {
    /// A table with `start` and `end`, or a text `start/end`; a month or a year stands for its days.
    pub(crate) fn read(value: &Value) -> Option<Period> {
        let (start, end) = match value {
            Value::String(text) => {
                let (start, end) = text.split_once('/').unwrap_or((text, ""));
                (day(start, false), day(if end.is_empty() { start } else { end }, true))
            }
            Value::Object(_) => {
                let side = |key: &str, last| day(&text(at(value, key)), last);
                (side("start", false), side("end", true))
            }
            _ => return None,
        };
        (start.is_some() || end.is_some()).then_some(Period { start, end })
    }

    fn meets(&self, other: &Period) -> bool {
        let start = |p: &Period| p.start.clone().unwrap_or_else(|| "0000".to_owned());
        let end = |p: &Period| p.end.clone().unwrap_or_else(|| "9999".to_owned());
        start(self).max(start(other)) <= end(self).min(end(other))
    }
}

fn day(text: &str, last: bool) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    let text = text.trim();
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    if digits(text, 4) {
        return Some(format!("{text}{}", if last { "-12-31" } else { "-01-01" }));
    }
    if let Some((year, month)) = text.split_once('-').filter(|(year, month)| digits(year, 4) && digits(month, 2)) {
        let first = year.parse().ok().zip(month.parse().ok()).and_then(|(y, m)| Date::new(y, m, 1).ok());
        if let Some(first) = first {
            return Some(if last { first.last_of_month() } else { first }.to_string());
        }
    }
    Some(text.chars().take(10).collect())
}

/// The slots of which each must be right for a claim to be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    Figure,
    Subject,
    Places,
    Time,
    Sources,
    Stance,
}

impl Slot {
    /// In the order in which they are printed.
    pub(crate) const ALL: [Slot; 6] =
        [Slot::Figure, Slot::Subject, Slot::Places, Slot::Time, Slot::Sources, Slot::Stance];

    /// As on the wire, `figure` for the quantity.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Slot::Figure => "figure",
            Slot::Subject => "subject",
            Slot::Places => "places",
            Slot::Time => "time",
            Slot::Sources => "sources",
            Slot::Stance => "stance",
        }
    }
}

/// What is right about a claim, measured on the line of the gold that it was matched with.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Compared {
    right: [bool; 6],
    pub(crate) places_equal: bool,
    pub(crate) places_jaccard: f64,
    pub(crate) time_overlap: bool,
    pub(crate) strict: bool,
    /// With times that meet in place of times that are equal.
    pub(crate) strict_time_overlap: bool,
    /// Without the place or time that only the rest of the article gives.
    pub(crate) strict_local: bool,
    /// Whether a place or time that only the rest of the article gives was carried over.
    pub(crate) inherited: bool,
    pub(crate) strict_inherited: bool,
    pub(crate) object: bool,
    pub(crate) civilian: bool,
    pub(crate) measure: bool,
    pub(crate) part_of: bool,
}

impl Compared {
    /// Whether a slot is right.
    pub(crate) fn is_right(&self, slot: Slot) -> bool {
        self.right[slot as usize]
    }
}

/// Compares a claim with a line of the gold. `part_of` needs all pairs, and is filled in when they are known.
pub(crate) fn compare(gold: &Entry, claim: &Entry) -> Compared {
    let gold_places: Vec<Set> = gold.places.iter().map(|answer| canonical(answer)).collect();
    let places: Vec<(&Set, Set)> =
        gold_places.iter().map(|answer| (answer, settle(&claim.places[0], answer))).collect();
    let meet = |a: &Set, b: &Set| a.intersection(b).next().is_some();
    let time = &claim.times[0];
    let parties_agree = gold.indicator == "agreement.signed" && gold.parties() == claim.parties();
    let mut it = Compared::default();
    let right = |slot| match slot {
        Slot::Figure => figure_right(gold, claim),
        Slot::Subject => {
            let open = gold.indicator == "verification.unavailable"
                && (claim.subjects[0].is_empty() || gold.subjects[0].is_empty());
            gold.subjects.contains(&claim.subjects[0]) || parties_agree || open
        }
        Slot::Places => places.iter().any(|(a, b)| a.is_empty() && b.is_empty() || meet(a, b)),
        Slot::Time => gold.times.contains(time),
        Slot::Sources => gold.sources.iter().any(|answer| {
            let answer = canonical(answer);
            settle(&claim.sources[0], &answer) == answer
        }),
        Slot::Stance => gold.stances.contains(&claim.stances[0]),
    };
    it.right = Slot::ALL.map(right);
    it.places_equal = places.iter().any(|(a, b)| *a == b);
    it.places_jaccard = places.iter().map(|(a, b)| jaccard(a, b)).fold(0.0, f64::max);
    it.time_overlap = gold.times.iter().any(|answer| match (answer, time) {
        (Some(a), Some(b)) => a.meets(b),
        (a, b) => a.is_none() && b.is_none(),
    });
    let far_place = gold.has_tag(PLACE_ELSEWHERE);
    let far_time = gold.has_tag(TIME_ELSEWHERE);
    let all = |passed: &dyn Fn(Slot) -> bool| Slot::ALL.into_iter().all(|slot| it.is_right(slot) || passed(slot));
    let strict = all(&|_| false);
    let strict_time_overlap = all(&|slot| slot == Slot::Time && it.time_overlap);
    let strict_local = all(&|slot| slot == Slot::Places && far_place || slot == Slot::Time && far_time);
    it.inherited = (!far_place || places.iter().any(|(a, b)| meet(a, b)))
        && (!far_time || (time.is_some() && it.is_right(Slot::Time)));
    it.strict = strict;
    it.strict_time_overlap = strict_time_overlap && it.time_overlap;
    it.strict_local = strict_local;
    it.strict_inherited = strict && it.inherited;
    let (asked, said) = (&gold.objects[0], &claim.objects[0]);
    it.object = asked.is_empty() || said.is_empty() || gold.objects.contains(said) || parties_agree;
    it.civilian = gold.civilian.contains(&claim.civilian[0]);
    it.measure = gold.measure.contains(&claim.measure[0]);
    it
}

/// A zero that is asserted and a denial without a figure are one answer; an assertion without a figure is not.
fn figure_right(gold: &Entry, claim: &Entry) -> bool {
    let said = claim.figures[0];
    let denial = gold.figures.iter().any(|figure| figure.is_zero()) && !said.is_some();
    gold.figures.contains(&said) && (!denial || claim.stances[0] == "denied")
}

fn jaccard(a: &Set, b: &Set) -> f64 {
    match a.union(b).count() {
        0 => 1.0,
        all => a.intersection(b).count() as f64 / all as f64,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::score::names::Names;
    use serde_json::json;

    fn compared(gold: Value, claim: Value) -> Compared {
        let with = |mut line: Value, base: Value| {
            let Value::Object(base) = base else { unreachable!() };
            for (key, value) in base {
                line.as_object_mut().unwrap().entry(key).or_insert(value);
            }
            line
        };
        let base = json!({"doc": "a", "indicator": "casualties.killed", "quote": "nine dockers"});
        let names = Names::default();
        let gold = Entry::read(&with(gold, base.clone()), 1, &names, true).unwrap();
        let claim = Entry::read(&with(claim, base), 1, &names, false).unwrap();
        compare(&gold, &claim)
    }

    #[test]
    fn figures_are_equal_as_bounds() {
        let right = |gold, claim| compared(gold, claim).is_right(Slot::Figure);
        assert!(right(
            json!({"low": 9, "high": 9}),
            json!({"quantity": {"low": 9.0, "high": 9.0, "approximate": false}})
        ));
        assert!(!right(json!({"low": 9}), json!({"low": 9, "high": 9})));
        assert!(!right(json!({"low": 9, "approximate": true}), json!({"low": 9})));
        assert!(right(json!({"low": 9, "figure_alt": [{"high": 9}]}), json!({"high": "9"})));
    }

    #[test]
    fn zero_is_the_same_as_a_denial_without_a_figure() {
        let gold = json!({"low": 0, "high": 0, "figure_alt": [{}]});
        assert!(compared(gold.clone(), json!({"stance": "denied"})).is_right(Slot::Figure));
        assert!(!compared(gold, json!({"stance": "asserted"})).is_right(Slot::Figure));
    }

    #[test]
    fn months_and_years_stand_for_their_days() {
        let right = |gold, claim| compared(json!({ "time": gold }), json!({ "time": claim })).is_right(Slot::Time);
        assert!(right(json!("2024-02"), json!({"start": "2024-02-01", "end": "2024-02-29", "text": "in February"})));
        assert!(right(json!({"start": "2024", "end": null}), json!({"start": "2024-01-01"})));
        assert!(right(Value::Null, json!({"start": null, "end": null})));
        assert!(!right(json!("2024-02"), json!("2024-02-01")));
        assert!(compared(json!({"time": "2024-02"}), json!({"time": "2024-02-01"})).time_overlap);
    }

    #[test]
    fn one_place_in_common_is_enough() {
        let it =
            compared(json!({"places": ["Tessit", "Mali"]}), json!({"places": [{"name": "Tessit", "id": "ml-tessit"}]}));
        assert!(it.is_right(Slot::Places) && !it.places_equal);
        assert_eq!(it.places_jaccard, 0.5);
    }

    #[test]
    fn what_only_the_article_gives_may_stay_unbound_and_must_not_be_wrong() {
        let gold = json!({"places": ["Tessit"], "places_alt": [[]], "tags": [PLACE_ELSEWHERE]});
        let unbound = compared(gold.clone(), json!({}));
        assert!(unbound.strict && unbound.strict_local && !unbound.strict_inherited);
        let carried = compared(gold.clone(), json!({"places": ["Tessit"]}));
        assert!(carried.strict && carried.strict_inherited);
        let wrong = compared(gold, json!({"places": ["Gao"]}));
        assert!(!wrong.strict && wrong.strict_local);
    }

    #[test]
    fn an_agreement_has_no_direction() {
        let gold = json!({"indicator": "agreement.signed", "subject": "mali", "object": "niger"});
        let claim = json!({"indicator": "agreement.signed", "subject": "niger", "object": "mali"});
        let it = compared(gold, claim);
        assert!(it.is_right(Slot::Subject) && it.object);
    }
}

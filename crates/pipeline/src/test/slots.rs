//! The slots of an expected claim.

use jiff::civil::Date;
use recoup_model::{Claim, Measure, PlaceRef, SourceRef, Stance, Time, fold, slug};
use serde::Serialize;

use super::Figure;

/// A claim of which some slots are known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Expected {
    /// In the order in which they are shown.
    pub(crate) slots: Vec<Slot>,
}

/// One slot and what should be in it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Slot {
    Quote(String),
    Indicator(String),
    Figure(Option<Figure>),
    Low(Option<f64>),
    High(Option<f64>),
    Approximate(bool),
    Unit(Option<String>),
    Item(Option<String>),
    Subject(Option<String>),
    Object(Option<String>),
    Places(Vec<String>),
    Time(Option<Time>),
    Reported(Option<Date>),
    Sources(Vec<String>),
    Via(Vec<String>),
    Stance(Stance),
    Measure(Option<Measure>),
    Civilian(Option<bool>),
    PartOf(bool),
    Inherited(Vec<String>),
}

impl Slot {
    /// The same slot of a claim.
    fn of(&self, claim: &Claim) -> Slot {
        let quantity = claim.quantity.as_ref();
        let ids = |sources: &[SourceRef]| sources.iter().map(|source| source.id.clone()).collect();
        match self {
            Slot::Quote(_) => Slot::Quote(claim.anchor.quote().to_owned()),
            Slot::Indicator(_) => Slot::Indicator(claim.indicator.clone()),
            Slot::Figure(_) => Slot::Figure(quantity.map(Figure::from)),
            Slot::Low(_) => Slot::Low(quantity.and_then(|q| q.low())),
            Slot::High(_) => Slot::High(quantity.and_then(|q| q.high())),
            Slot::Approximate(_) => Slot::Approximate(quantity.is_some_and(|q| q.approximate)),
            Slot::Unit(_) => Slot::Unit(quantity.and_then(|q| q.unit.clone())),
            Slot::Item(_) => Slot::Item(quantity.and_then(|q| q.item.clone())),
            Slot::Subject(_) => Slot::Subject(claim.subject.clone()),
            Slot::Object(_) => Slot::Object(claim.object.clone()),
            Slot::Places(_) => Slot::Places(claim.places.iter().map(|place| place.name.clone()).collect()),
            Slot::Time(_) => Slot::Time(claim.time.clone()),
            Slot::Reported(_) => Slot::Reported(claim.reported),
            Slot::Sources(_) => Slot::Sources(ids(&claim.sources)),
            Slot::Via(_) => Slot::Via(ids(&claim.via)),
            Slot::Stance(_) => Slot::Stance(claim.stance),
            Slot::Measure(_) => Slot::Measure(claim.measure),
            Slot::Civilian(_) => Slot::Civilian(claim.civilian),
            Slot::PartOf(_) => Slot::PartOf(claim.part_of.is_some()),
            Slot::Inherited(_) => Slot::Inherited(claim.inherited.clone()),
        }
    }

    /// Whether a claim has this in the slot.
    pub(crate) fn fits(&self, claim: &Claim) -> bool {
        // Ids are slugs, so `GUR` and `gur` are one.
        let place = |place: &PlaceRef, name: &str| {
            place.id.as_deref() == Some(slug(name).as_str()) || fold(&place.name) == fold(name)
        };
        let source = |source: &SourceRef, name: &str| source.id == slug(name) || fold(&source.name) == fold(name);
        match self {
            Slot::Places(names) => same(names, &claim.places, place),
            Slot::Sources(names) => same(names, &claim.sources, source),
            Slot::Via(names) => same(names, &claim.via, source),
            Slot::Inherited(names) => same(names, &claim.inherited, |slot, name| slot == name),
            // The words of a time, and the form in which it is written, are not compared.
            Slot::Time(time) => {
                let days = |time: &Option<Time>| time.as_ref().map(|time| (time.start(), time.end()));
                days(time) == days(&claim.time)
            }
            other => *other == other.of(claim),
        }
    }

    /// The slot as a line of the pipeline's file.
    pub(crate) fn line(&self) -> String {
        let (name, value) = match self {
            Slot::Quote(text) => ("quote", quoted(text)),
            Slot::Indicator(text) => ("indicator", quoted(text)),
            Slot::Figure(figure) => ("figure", quoted(&figure.map_or_else(none, |figure| figure.to_string()))),
            Slot::Low(bound) => ("low", bound.map_or_else(|| quoted("-"), |bound| bound.to_string())),
            Slot::High(bound) => ("high", bound.map_or_else(|| quoted("-"), |bound| bound.to_string())),
            Slot::Approximate(flag) => ("approximate", flag.to_string()),
            Slot::Unit(text) => ("unit", optional(text)),
            Slot::Item(text) => ("item", optional(text)),
            Slot::Subject(text) => ("subject", optional(text)),
            Slot::Object(text) => ("object", optional(text)),
            Slot::Places(names) => ("places", list(names)),
            Slot::Time(time) => ("time", quoted(time.as_ref().and_then(Time::edtf).unwrap_or("-"))),
            Slot::Reported(day) => ("reported", day.map_or_else(|| quoted("-"), |day| day.to_string())),
            Slot::Sources(names) => ("sources", list(names)),
            Slot::Via(names) => ("via", list(names)),
            Slot::Stance(stance) => ("stance", quoted(&word(stance))),
            Slot::Measure(measure) => ("measure", quoted(&measure.as_ref().map_or_else(none, word))),
            Slot::Civilian(flag) => ("civilian", flag.map_or_else(|| quoted("-"), |flag| flag.to_string())),
            Slot::PartOf(flag) => ("part_of", flag.to_string()),
            Slot::Inherited(names) => ("inherited", list(names)),
        };
        format!("{name} = {value}")
    }

    /// The same slot of a claim as a line; where it fits, in the words that were expected.
    pub(crate) fn found(&self, claim: &Claim) -> String {
        if self.fits(claim) { self.line() } else { self.of(claim).line() }
    }
}

/// What tells a claim that nobody expected from others.
pub(crate) fn telling(claim: &Claim) -> Vec<String> {
    let slots = [
        Slot::Quote(String::new()),
        Slot::Indicator(String::new()),
        Slot::Figure(None),
        Slot::Subject(None),
        Slot::Object(None),
        Slot::Places(Vec::new()),
        Slot::Time(None),
        Slot::Sources(Vec::new()),
        Slot::Stance(claim.stance),
    ];
    slots.iter().map(|slot| slot.of(claim).line()).collect()
}

/// Whether each name stands for another of the items, and none is left.
fn same<T>(names: &[String], items: &[T], is: impl Fn(&T, &str) -> bool) -> bool {
    let mut left: Vec<&T> = items.iter().collect();
    let all = names.iter().all(|name| {
        let at = left.iter().position(|item| is(item, name));
        at.map(|at| left.remove(at)).is_some()
    });
    all && left.is_empty()
}

fn none() -> String {
    "-".to_owned()
}

fn optional(text: &Option<String>) -> String {
    quoted(text.as_deref().unwrap_or("-"))
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn list(names: &[String]) -> String {
    format!("[{}]", names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", "))
}

/// A value of an enumeration, as on the wire.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_all_items_and_for_each_once() {
        let is = |item: &&str, name: &str| *item == name;
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert!(same(&names(&["b", "a"]), &["a", "b"], is));
        assert!(!same(&names(&["a"]), &["a", "b"], is));
        assert!(!same(&names(&["a", "a"]), &["a"], is));
        assert!(same::<&str>(&[], &[], is));
    }
}

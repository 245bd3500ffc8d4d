//! Places as regions that contain one another.

use std::collections::{BTreeMap, BTreeSet};

use recoup_model::{PlaceRef, fold};

use crate::register::Register;
use crate::toponym;

/// A place with everything that contains it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Area {
    /// Id in the gazetteer, else how the name sounds: see [`toponym::key`].
    pub(crate) key: String,
    /// Ids of what contains it; empty where the gazetteer does not know it.
    within: BTreeSet<String>,
    /// Whether the gazetteer knows it.
    known: bool,
}

impl Area {
    /// Whether it is named by a common noun.
    pub(crate) fn is_kind(&self) -> bool {
        self.key.starts_with(toponym::KIND)
    }
}

/// How the places of two statements lie to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lie {
    /// One of them names none.
    Unsaid,
    /// They name a place in common.
    Shared,
    /// The first lies within the second.
    Within,
    /// The second lies within the first.
    Contains,
    /// Both name places, and no gazetteer knows how these lie.
    Unknown,
    /// They lie apart.
    Apart,
}

/// Resolves places once each.
pub(crate) struct Gazetteer<'t> {
    register: &'t Register,
    known: BTreeMap<(Option<String>, String), Area>,
}

impl<'t> Gazetteer<'t> {
    pub(crate) fn new(register: &'t Register) -> Self {
        Gazetteer { register, known: BTreeMap::new() }
    }

    /// The places themselves, without those that merely contain another one of the list.
    pub(crate) fn leaves(&mut self, places: &[PlaceRef]) -> Vec<Area> {
        let areas: BTreeSet<Area> = places.iter().map(|place| self.area(place)).collect();
        areas.iter().filter(|area| !areas.iter().any(|other| other.within.contains(&area.key))).cloned().collect()
    }

    fn area(&mut self, place: &PlaceRef) -> Area {
        let key = (place.id.clone(), fold(&place.name));
        if let Some(area) = self.known.get(&key) {
            return area.clone();
        }
        let entry = match place.id.as_deref() {
            Some(id) => self.register.place(id),
            None => self.register.place_named(&key.1).or_else(|| self.register.territory_named(&key.1)),
        };
        let own = entry.map(|p| p.id.clone()).or_else(|| place.id.clone());
        let mut within = BTreeSet::new();
        let mut at = own.as_deref().and_then(|id| self.register.next_larger(id));
        while let Some(id) = at {
            if own.as_deref() == Some(id) || !within.insert(id.to_owned()) {
                break;
            }
            at = self.register.next_larger(id);
        }
        let area = Area { key: own.unwrap_or_else(|| toponym::key(&place.name)), within, known: entry.is_some() };
        self.known.insert(key, area.clone());
        area
    }
}

/// How the places `a` lie to the places `b`.
pub(crate) fn lie(a: &[Area], b: &[Area]) -> Lie {
    if a.is_empty() || b.is_empty() {
        return Lie::Unsaid;
    }
    let inside = |x: &[Area], y: &[Area]| x.iter().any(|x| y.iter().any(|y| x.within.contains(&y.key)));
    if a.iter().any(|x| b.iter().any(|y| x.key == y.key)) {
        Lie::Shared
    } else if inside(a, b) {
        Lie::Within
    } else if inside(b, a) {
        Lie::Contains
    } else if a.iter().chain(b).all(|area| area.known) {
        Lie::Apart
    } else {
        Lie::Unknown
    }
}

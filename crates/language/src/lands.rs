//! Which state a name belongs to, how often a text names each, and what that says of names that stand for several.

use std::collections::{BTreeMap, HashMap};

use recoup_model::{ActorKind, Precision, Theatre};

use crate::names::{Known, Name};

/// The state to which each entry of a theatre belongs: the one whose territory it shares.
#[derive(Debug, Default)]
pub(crate) struct Lands {
    /// States by the id of their territory.
    states: BTreeMap<Box<str>, u32>,
    actors: Vec<Option<u32>>,
    sources: Vec<Option<u32>>,
    places: Vec<Option<u32>>,
    /// By place.
    countries: Vec<bool>,
    /// By actor: takes part in the theatre's conflict.
    sided: Vec<bool>,
}

impl Lands {
    pub(crate) fn new(theatre: &Theatre) -> Self {
        let mut states: BTreeMap<Box<str>, u32> = BTreeMap::new();
        let mut ids = HashMap::new();
        for (actor, i) in theatre.actors.iter().zip(0u32..) {
            ids.entry(actor.id.as_str()).or_insert(i);
            if let Some(place) = actor.place.as_deref().filter(|_| actor.kind == Some(ActorKind::State)) {
                states.entry(place.into()).or_insert(i);
            }
        }
        let actors: Vec<Option<u32>> =
            theatre.actors.iter().map(|a| states.get(a.place.as_deref()?).copied()).collect();
        let land = |id: &str| actors.get(*ids.get(id)? as usize).copied().flatten();
        Lands {
            sources: theatre.sources.iter().map(|s| land(s.actor.as_deref()?)).collect(),
            places: theatre.places.iter().map(|p| states.get(code(&p.id)).copied()).collect(),
            countries: theatre.places.iter().map(|p| p.precision == Some(Precision::Country)).collect(),
            sided: theatre.actors.iter().map(|a| a.side.is_some()).collect(),
            states,
            actors,
        }
    }

    /// The state to which what a name stands for belongs.
    fn of(&self, known: Known) -> Option<u32> {
        let (lands, i) = match known {
            Known::Actor(i) | Known::Demonym(i) | Known::Metonym(i) => (&self.actors, i),
            Known::Source(i) => (&self.sources, i),
            Known::Place(i) => (&self.places, i),
            Known::West(_) | Known::Introduced(_) => return None,
        };
        lands.get(i as usize).copied().flatten()
    }

    fn takes_part(&self, known: Known) -> bool {
        match known {
            Known::Actor(i) | Known::Demonym(i) | Known::Metonym(i) => self.sided.get(i as usize) == Some(&true),
            _ => false,
        }
    }

    /// The state to which all that a name stands for belongs.
    pub(crate) fn only(&self, name: &Name) -> Option<u32> {
        let mut lands = name.known.iter().filter_map(|k| self.of(*k));
        let first = lands.next()?;
        lands.all(|land| land == first).then_some(first)
    }

    /// Counts the states that the names of a text belong to, and settles the names that stand for several
    /// ('congolais', the acronym of two armies): what takes part in the theatre's conflict, else what belongs to the
    /// state that the other names of the text name most. Where neither decides, a name keeps all that it stands for.
    /// Of places only countries are settled so: between two towns of one name the theatre's goes first.
    pub(crate) fn settle(&self, names: &mut [Name]) -> Votes<'_> {
        let mut counts: HashMap<u32, usize> = HashMap::new();
        for land in names.iter().filter_map(|name| self.only(name)) {
            *counts.entry(land).or_default() += 1;
        }
        let kind = std::mem::discriminant::<Known>;
        let weight = |known: Known| match known {
            Known::Place(i) if self.countries.get(i as usize) != Some(&true) => (false, 0),
            _ => (self.takes_part(known), self.of(known).and_then(|land| counts.get(&land)).copied().unwrap_or(0)),
        };
        for name in names.iter_mut().filter(|name| name.known.len() > 1) {
            let all = name.known.clone();
            name.known.retain(|k| all.iter().filter(|o| kind(o) == kind(k)).all(|o| weight(*o) <= weight(*k)));
        }
        Votes { lands: self, counts }
    }
}

/// The country's code, with which the id of a place begins.
pub(crate) fn code(id: &str) -> &str {
    id.split_once('-').map_or(id, |(code, _)| code)
}

/// How often a text names each state.
#[derive(Debug)]
pub struct Votes<'a> {
    lands: &'a Lands,
    counts: HashMap<u32, usize>,
}

impl Votes<'_> {
    /// The state in which a place lies, by the place's id.
    pub(crate) fn state(&self, id: &str) -> Option<u32> {
        self.lands.states.get(code(id)).copied()
    }

    /// Whether the theatre is about the state in which a place lies, and how often the text names that state.
    pub(crate) fn weight(&self, id: &str) -> (bool, usize) {
        self.state(id).map_or((false, 0), |state| {
            let sided = self.lands.sided.get(state as usize) == Some(&true);
            (sided, self.counts.get(&state).copied().unwrap_or(0))
        })
    }

    /// Whether the text names no state more often than that in which a place lies.
    pub(crate) fn most(&self, id: &str) -> bool {
        let own = self.state(id).and_then(|state| self.counts.get(&state));
        own.is_some_and(|own| self.counts.values().all(|count| count <= own))
    }

    /// Whether the text names any state.
    pub(crate) fn any(&self) -> bool {
        !self.counts.is_empty()
    }
}

//! A theatre with its references followed once: whose a place is, for whom a source speaks.

use std::collections::HashMap;
use std::sync::Arc;

use recoup_model::{Actor, ActorKind, Precision, Theatre};

/// A theatre and where its references lead, as indices into its lists.
#[derive(Debug)]
pub struct Atlas {
    theatre: Arc<Theatre>,
    actors: HashMap<String, u32>,
    places: HashMap<String, u32>,
    /// By place.
    countries: Vec<Option<u32>>,
    /// By actor.
    territories: Vec<Option<u32>>,
    /// By source.
    represented: Vec<Option<u32>>,
}

/// How many places can lie one in the other: a chain that is longer is a circle.
const DEEPEST: usize = 8;

impl Atlas {
    /// Follows the references of a theatre; those that lead nowhere are `None`.
    pub fn new(theatre: Arc<Theatre>) -> Self {
        let mut actors = HashMap::with_capacity(theatre.actors.len());
        let mut owners = HashMap::with_capacity(theatre.actors.len());
        for (actor, i) in theatre.actors.iter().zip(0u32..) {
            actors.entry(actor.id.clone()).or_insert(i);
        }
        // A territory is its state's, also where armed groups are at home in it.
        let is_state = |(actor, _): &(&Actor, u32)| actor.kind == Some(ActorKind::State);
        let (states, others): (Vec<_>, Vec<_>) = theatre.actors.iter().zip(0u32..).partition(is_state);
        for (actor, i) in states.into_iter().chain(others) {
            if let Some(place) = &actor.place {
                owners.entry(place.as_str()).or_insert(i);
            }
        }
        let mut places: HashMap<String, u32> = HashMap::with_capacity(theatre.places.len());
        for (place, i) in theatre.places.iter().zip(0u32..) {
            places.entry(place.id.clone()).or_insert(i);
        }
        let country = |place: &recoup_model::Place| {
            let mut at = place;
            for _ in 0..DEEPEST {
                if let Some(owner) = owners.get(at.id.as_str()) {
                    return Some(*owner);
                }
                if at.precision == Some(Precision::Country) {
                    return None;
                }
                at = theatre.places.get(*places.get(at.within.as_deref()?)? as usize)?;
            }
            None
        };
        let countries = theatre.places.iter().map(country).collect();
        let territories = theatre.actors.iter().map(|actor| places.get(actor.place.as_deref()?).copied()).collect();
        let represented = theatre.sources.iter().map(|source| actors.get(source.actor.as_deref()?).copied()).collect();
        drop(owners);
        Atlas { theatre, actors, places, countries, territories, represented }
    }

    /// The theatre.
    pub fn theatre(&self) -> &Theatre {
        &self.theatre
    }

    /// The actor with an id.
    pub fn actor(&self, id: &str) -> Option<u32> {
        self.actors.get(id).copied()
    }

    /// The place with an id.
    pub fn place(&self, id: &str) -> Option<u32> {
        self.places.get(id).copied()
    }

    /// The actor whose territory holds a place.
    pub fn country(&self, place: u32) -> Option<u32> {
        self.countries.get(place as usize).copied().flatten()
    }

    /// The territory of an actor among the places.
    pub fn territory(&self, actor: u32) -> Option<u32> {
        self.territories.get(actor as usize).copied().flatten()
    }

    /// The actor for whom a source speaks.
    pub fn represented(&self, source: u32) -> Option<u32> {
        self.represented.get(source as usize).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_lies_in_its_country() {
        let atlas = Atlas::new(Arc::new(crate::world().clone()));
        let place = |id: &str| atlas.theatre().places.iter().position(|p| p.id == id).map(|i| i as u32).unwrap();
        let owner = atlas.country(place("ru-kursk")).unwrap();
        assert_eq!(atlas.theatre().actors[owner as usize].id, "russia");
        assert_eq!(atlas.territory(owner).map(|p| atlas.theatre().places[p as usize].id.as_str()), Some("ru"));
    }
}

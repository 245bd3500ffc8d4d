//! The theatre, indexed: groups are many and the theatre is one.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use recoup_model::{Actor, Place, Source, SourceRef, Theatre, fold};

use crate::toponym;

/// Words of the longest spelling that is looked for inside a name.
const LONGEST: usize = 5;

/// A theatre whose entries are found by id and by name.
#[derive(Debug)]
pub(crate) struct Register {
    theatre: Arc<Theatre>,
    sources: HashMap<String, usize>,
    actors: HashMap<String, usize>,
    places: HashMap<String, usize>,
    /// Folded names; of two that share one the theatre's own, which comes last.
    source_names: HashMap<String, usize>,
    place_names: HashMap<String, usize>,
    /// Folded names, metonyms and demonyms of the actors.
    spellings: HashMap<String, usize>,
}

/// The theatre that was indexed last. A run has one.
static LAST: Mutex<Option<(Weak<Theatre>, Arc<Register>)>> = Mutex::new(None);

impl Register {
    /// The index of a theatre, which is made once.
    pub(crate) fn of(theatre: &Arc<Theatre>) -> Arc<Register> {
        let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, register)) = &*last
            && of.upgrade().is_some_and(|of| Arc::ptr_eq(&of, theatre))
        {
            return Arc::clone(register);
        }
        let register = Arc::new(Register::new(theatre));
        *last = Some((Arc::downgrade(theatre), Arc::clone(&register)));
        register
    }

    fn new(theatre: &Arc<Theatre>) -> Self {
        fn ids<T>(entries: &[T], id: fn(&T) -> &String) -> HashMap<String, usize> {
            entries.iter().enumerate().rev().map(|(at, entry)| (id(entry).clone(), at)).collect()
        }
        let plain = |name: &String| fold(name.trim_start_matches("case:"));
        let sources = theatre.sources.iter().enumerate();
        let places = theatre.places.iter().enumerate().rev();
        Register {
            sources: ids(&theatre.sources, |s| &s.id),
            actors: ids(&theatre.actors, |a| &a.id),
            places: ids(&theatre.places, |p| &p.id),
            source_names: sources
                .flat_map(|(at, s)| s.names.iter().chain(&s.name).chain(&s.name_fr).map(move |n| (plain(n), at)))
                .collect(),
            place_names: places
                .flat_map(|(at, p)| p.names.iter().chain(&p.name).map(move |name| (plain(name), at)))
                .collect(),
            spellings: spellings(&theatre.actors),
            theatre: Arc::clone(theatre),
        }
    }

    /// The source with this id.
    pub(crate) fn source(&self, id: &str) -> Option<&Source> {
        self.sources.get(id).map(|at| &self.theatre.sources[*at])
    }

    /// The source that has this name among its own.
    pub(crate) fn source_named(&self, name: &str) -> Option<&Source> {
        self.source_names.get(&fold(name)).map(|at| &self.theatre.sources[*at])
    }

    /// The source that a claim speaks of: by id, else by name, for other programs have ids of their own.
    pub(crate) fn source_of(&self, speaker: &SourceRef) -> Option<&Source> {
        self.source(&speaker.id)
            .or_else(|| if self.actor(&speaker.id).is_some() { None } else { self.source_named(&speaker.name) })
    }

    /// The actor with this id.
    pub(crate) fn actor(&self, id: &str) -> Option<&Actor> {
        self.actors.get(id).map(|at| &self.theatre.actors[*at])
    }

    /// The actor that has exactly this name.
    pub(crate) fn actor_named(&self, name: &str) -> Option<&Actor> {
        self.spellings.get(&fold(name)).map(|at| &self.theatre.actors[*at])
    }

    /// The actor that a folded text mentions by the longest spelling: "South Korean" before "Korean". The last word may
    /// end in two more letters, which covers the feminine and the plural of a French adjective.
    pub(crate) fn actor_in(&self, text: &str) -> Option<&Actor> {
        let words: Vec<&str> = text.split(' ').collect();
        let mut best: Option<(usize, Reverse<&str>, usize)> = None;
        for from in 0..words.len() {
            for to in from..words.len().min(from + LONGEST) {
                let phrase = words[from..=to].join(" ");
                let inflected = [0, 1, 2].into_iter().filter_map(|cut| phrase.get(..phrase.len().checked_sub(cut)?));
                let found = inflected
                    .filter(|stem| stem.len() == phrase.len() || stem.len() > 4)
                    .filter_map(|stem| self.spellings.get(stem).map(|at| (stem.len(), *at)));
                for (length, at) in found {
                    let rank = (length, Reverse(self.theatre.actors[at].id.as_str()), at);
                    best = best.max(Some(rank));
                }
            }
        }
        best.map(|(_, _, at)| &self.theatre.actors[at])
    }

    /// The actor whose territory is the place with this id.
    pub(crate) fn actor_at(&self, place: &str) -> Option<&Actor> {
        self.theatre.actors.iter().find(|actor| actor.place.as_deref() == Some(place))
    }

    /// The place with this id.
    pub(crate) fn place(&self, id: &str) -> Option<&Place> {
        self.places.get(id).map(|at| &self.theatre.places[*at])
    }

    /// The place that has this name, folded, among its own.
    pub(crate) fn place_named(&self, folded: &str) -> Option<&Place> {
        self.place_names.get(folded).map(|at| &self.theatre.places[*at])
    }

    /// The ground of the actor whose territory a folded name speaks of.
    pub(crate) fn territory_named(&self, folded: &str) -> Option<&Place> {
        let whose = self.actor_in(&toponym::territory_of(folded)?)?;
        self.place(whose.place.as_deref()?)
    }

    /// See [`Theatre::next_larger`].
    pub(crate) fn next_larger(&self, id: &str) -> Option<&str> {
        match self.place(id) {
            Some(place) => place.within.as_deref(),
            None => self.place(id.split_once('-')?.0).map(|country| country.id.as_str()),
        }
    }
}

/// Where two actors share a spelling, the one with the smaller id has it.
fn spellings(actors: &[Actor]) -> HashMap<String, usize> {
    let mut out: HashMap<String, usize> = HashMap::new();
    let mut order: Vec<usize> = (0..actors.len()).collect();
    order.sort_by_key(|at| &actors[*at].id);
    let mut add = |spelling: String, at: usize| {
        if !spelling.is_empty() {
            out.entry(spelling).or_insert(at);
        }
    };
    for at in &order {
        let actor = &actors[*at];
        let written = actor.names.iter().chain(&actor.metonyms).chain(&actor.demonyms.en).chain(&actor.demonyms.fr);
        for spelling in written.chain([&actor.id]).flat_map(|s| s.split('|')) {
            add(fold(spelling), *at);
        }
    }
    // The attribute of a plural name is its singular: the Houthis, the Houthi ministry. It yields to a name.
    for at in &order {
        for name in &actors[*at].names {
            if let Some(singular) = fold(name).strip_suffix('s').filter(|s| s.len() > 3) {
                add(singular.to_owned(), *at);
            }
        }
    }
    out
}

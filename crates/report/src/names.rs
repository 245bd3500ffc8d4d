//! Names that a reader knows, for ids.

use std::collections::BTreeMap;

use recoup_model::{FindingItem, Indicator, PlaceRef, Theatre, slug};

use crate::words::Words;

/// Display names: the theatre's, else as the articles have them, else the id.
pub(crate) struct Names<'a> {
    theatre: &'a Theatre,
    words: &'a Words,
    french: bool,
    /// Sources and outlets by id, as the articles have them.
    given: BTreeMap<String, &'a str>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(theatre: &'a Theatre, words: &'a Words, language: &str, findings: &'a [FindingItem]) -> Self {
        let mut given = BTreeMap::new();
        for item in findings {
            for outlet in item.documents.iter().filter_map(|document| document.outlet.as_deref()) {
                given.insert(slug(outlet), outlet);
            }
            for source in item.claims.iter().flat_map(|claim| claim.sources.iter().chain(&claim.via)) {
                given.insert(source.id.clone(), source.name.as_str());
            }
        }
        Names { theatre, words, french: language == "fr", given }
    }

    /// A state, armed group, alliance; several are joined by `+`, in the id as in the name.
    pub(crate) fn actor(&self, id: &str) -> String {
        let name = |id| self.known_actor(id).unwrap_or(id);
        id.split('+').map(name).collect::<Vec<_>>().join(" + ")
    }

    /// Somebody who says something: a source of the theatre, an actor, an outlet.
    pub(crate) fn source(&self, id: &str) -> String {
        self.source_or(id, self.given.get(id).copied().unwrap_or(id))
    }

    /// The same, or `given` where the theatre does not know the id.
    pub(crate) fn source_or(&self, id: &str, given: &str) -> String {
        let source = self.theatre.source(id).and_then(|s| self.choose(s.name_fr.as_deref(), s.name.as_deref()));
        source.or_else(|| self.known_actor(id)).unwrap_or(given).to_owned()
    }

    /// A place: the theatre's name for it, else as the text has it.
    pub(crate) fn place(&self, place: &PlaceRef) -> String {
        let known = place.id.as_deref().and_then(|id| self.theatre.place(id));
        let name = known.and_then(|p| self.choose(p.name_fr.as_deref(), p.name.as_deref()));
        name.unwrap_or(&place.name).to_owned()
    }

    /// What an indicator is called.
    pub(crate) fn indicator(&self, id: &str) -> String {
        let added = self.added(id).and_then(|i| self.choose(i.name_fr.as_deref(), i.name.as_deref()));
        added.or_else(|| self.words.indicator.get(id).map(|term| term.name.as_str())).unwrap_or(id).to_owned()
    }

    /// What an indicator counts, where that is written down.
    pub(crate) fn meaning(&self, id: &str) -> Option<&str> {
        self.words.indicator.get(id).map(|term| term.meaning.as_str())
    }

    fn known_actor(&self, id: &str) -> Option<&str> {
        self.theatre.actor(id).and_then(|a| self.choose(a.name_fr.as_deref(), a.name.as_deref()))
    }

    fn added(&self, id: &str) -> Option<&Indicator> {
        self.theatre.indicators.iter().find(|indicator| indicator.id == id)
    }

    /// The name in the language of the report; a name in the other language is better than an id.
    fn choose<'n>(&self, french: Option<&'n str>, english: Option<&'n str>) -> Option<&'n str> {
        if self.french { french.or(english) } else { english.or(french) }
    }
}

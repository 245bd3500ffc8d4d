//! The theatre: who fights, where, and who speaks of it. Data, given by the base pack and the pipeline's theatre folder.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Actors, places, sources and indicators. Theatres are layered: a later one adds to an earlier one.
///
/// Fields are only ever added, and unknown ones are ignored, so that a plugin reads the theatre of a later version. Who
/// reads the file of a user checks its keys.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Theatre {
    /// Who fights, sends, suffers.
    #[serde(default, rename = "actor")]
    pub actors: Vec<Actor>,
    /// Where.
    #[serde(default, rename = "place")]
    pub places: Vec<Place>,
    /// Who says.
    #[serde(default, rename = "source")]
    pub sources: Vec<Source>,
    /// Indicators that the program does not have built in.
    #[serde(default, rename = "indicator")]
    pub indicators: Vec<Indicator>,
    /// What vague words stand for, where not for what the language pack says.
    #[serde(default, skip_serializing_if = "PerLanguage::is_empty")]
    pub vague: PerLanguage<[f64; 2]>,
    /// About how many a collective is, where not as many as the language pack says.
    #[serde(default, skip_serializing_if = "PerLanguage::is_empty")]
    pub collectives: PerLanguage<f64>,
}

/// Values of words, by language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "PerLanguage_of_{T}")]
pub struct PerLanguage<T> {
    /// French: `"des dizaines" = [20, 99]`.
    #[serde(default)]
    pub fr: BTreeMap<String, T>,
    /// English: `"dozens" = [20, 99]`.
    #[serde(default)]
    pub en: BTreeMap<String, T>,
}

impl<T> Default for PerLanguage<T> {
    fn default() -> Self {
        PerLanguage { fr: BTreeMap::new(), en: BTreeMap::new() }
    }
}

impl<T> PerLanguage<T> {
    /// Whether there is no word in any language.
    pub fn is_empty(&self) -> bool {
        self.fr.is_empty() && self.en.is_empty()
    }

    /// The words of a language by its ISO 639-1 code; `None` where there can be none.
    pub fn of(&self, language: &str) -> Option<&BTreeMap<String, T>> {
        match language {
            "fr" => Some(&self.fr),
            "en" => Some(&self.en),
            _ => None,
        }
    }

    /// Adds the words of `other`, which hold over those that were there.
    pub fn extend(&mut self, other: PerLanguage<T>) {
        self.fr.extend(other.fr);
        self.en.extend(other.en);
    }
}

/// A state, armed group, alliance or organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// Slug of the usual English short name.
    pub id: String,
    /// English display name.
    pub name: Option<String>,
    /// French display name.
    pub name_fr: Option<String>,
    /// What kind of actor.
    pub kind: Option<ActorKind>,
    /// The side it is on in this conflict; null for who takes no part.
    pub side: Option<String>,
    /// Nouns for it, in every language.
    #[serde(default)]
    pub names: Vec<String>,
    /// Capital, palace, regime: what stands for it as a speaker or sender.
    #[serde(default)]
    pub metonyms: Vec<String>,
    /// Adjectives and nouns for its people.
    #[serde(default)]
    pub demonyms: Demonyms,
    /// Id of its territory among the places.
    pub place: Option<String>,
}

/// Demonyms by language: masculine singular, an irregular feminine behind a bar.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Demonyms {
    /// French: `nord-coréen`, `grec|grecque`.
    #[serde(default)]
    pub fr: Vec<String>,
    /// English: `North Korean`.
    #[serde(default)]
    pub en: Vec<String>,
}

/// What kind of actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ActorKind {
    /// A state; its slug stands for its army and its people alike.
    State,
    /// An armed group, with a slug of its own.
    ArmedGroup,
    /// Several states together.
    Alliance,
    /// Any other body.
    Organisation,
}

/// A place of the gazetteer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Id: the country's ISO 3166 code, then a slug (`ru-kursk`).
    pub id: String,
    /// English display name.
    pub name: Option<String>,
    /// French display name.
    pub name_fr: Option<String>,
    /// Every spelling, in every language.
    #[serde(default)]
    pub names: Vec<String>,
    /// How fine it is.
    pub precision: Option<Precision>,
    /// Id of the place that contains it.
    pub within: Option<String>,
    /// Latitude in degrees.
    pub lat: Option<f64>,
    /// Longitude in degrees.
    pub lon: Option<f64>,
}

/// How fine a place is, finest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// A building, a crossing, a base.
    Point,
    /// A village, a town.
    Locality,
    /// A district.
    District,
    /// A province, an oblast.
    Region,
    /// A country.
    Country,
    /// A sea, a front, several countries.
    Theatre,
}

/// A body, person or outlet that says things.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Id.
    pub id: String,
    /// The short name that a reader knows.
    pub name: Option<String>,
    /// The same in French.
    pub name_fr: Option<String>,
    /// What kind of source.
    pub kind: Option<SourceKind>,
    /// The actor whose body it is.
    pub actor: Option<String>,
    /// The side from which it speaks.
    pub side: Option<String>,
    /// The source it belongs to: a person's service, a title's owner.
    pub of: Option<String>,
    /// Admiralty reliability; null where nobody has judged it.
    pub reliability: Option<Reliability>,
    /// The forms that stand in running text, in every language.
    #[serde(default)]
    pub names: Vec<String>,
}

/// What kind of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// A government, ministry, president's office.
    Government,
    /// An army or armed group.
    Military,
    /// An intelligence service.
    Intelligence,
    /// A named person.
    Person,
    /// A newspaper, broadcaster, site.
    Media,
    /// A news agency.
    Agency,
    /// A non-governmental organisation.
    Ngo,
    /// An intergovernmental organisation.
    Igo,
    /// A research institute.
    ThinkTank,
    /// An expert or analyst.
    Expert,
    /// Doctors, hospitals, rescuers.
    Medical,
    /// Local officials, residents, witnesses.
    Local,
}

/// Reliability of a source on the Admiralty scale (NATO AJP-2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

/// An indicator that a theatre adds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Indicator {
    /// Dotted name.
    pub id: String,
    /// English display name.
    pub name: Option<String>,
    /// French display name.
    pub name_fr: Option<String>,
    /// Words that trigger it, by language code.
    #[serde(default)]
    pub triggers: BTreeMap<String, Triggers>,
    /// The unit that it counts; what counts another unit is refused.
    pub unit: Option<String>,
}

/// The words that trigger an indicator in one language, in their dictionary form.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Triggers {
    /// Verbs whose subject is the claim's subject.
    #[serde(default)]
    pub active: Vec<String>,
    /// Verbs whose object, or passive subject, is the claim's subject.
    #[serde(default)]
    pub passive: Vec<String>,
    /// Nouns.
    #[serde(default)]
    pub nouns: Vec<String>,
}

impl Theatre {
    /// Adds `other` on top: an entry with a known id extends it (lists are added, other fields replaced where
    /// `other` has them), a new id is appended. The value of a word replaces the one before.
    pub fn extend(&mut self, other: Theatre) {
        self.vague.extend(other.vague);
        self.collectives.extend(other.collectives);
        layer(
            &mut self.actors,
            other.actors,
            |a| &a.id,
            |old, new| {
                add(&mut old.names, new.names);
                add(&mut old.metonyms, new.metonyms);
                add(&mut old.demonyms.fr, new.demonyms.fr);
                add(&mut old.demonyms.en, new.demonyms.en);
                replace(&mut old.name, new.name);
                replace(&mut old.name_fr, new.name_fr);
                replace(&mut old.kind, new.kind);
                replace(&mut old.side, new.side);
                replace(&mut old.place, new.place);
            },
        );
        layer(
            &mut self.places,
            other.places,
            |p| &p.id,
            |old, new| {
                add(&mut old.names, new.names);
                replace(&mut old.name, new.name);
                replace(&mut old.name_fr, new.name_fr);
                replace(&mut old.precision, new.precision);
                replace(&mut old.within, new.within);
                replace(&mut old.lat, new.lat);
                replace(&mut old.lon, new.lon);
            },
        );
        layer(
            &mut self.sources,
            other.sources,
            |s| &s.id,
            |old, new| {
                add(&mut old.names, new.names);
                replace(&mut old.name, new.name);
                replace(&mut old.name_fr, new.name_fr);
                replace(&mut old.kind, new.kind);
                replace(&mut old.actor, new.actor);
                replace(&mut old.side, new.side);
                replace(&mut old.of, new.of);
                replace(&mut old.reliability, new.reliability);
            },
        );
        layer(
            &mut self.indicators,
            other.indicators,
            |i| &i.id,
            |old, new| {
                replace(&mut old.name, new.name);
                replace(&mut old.name_fr, new.name_fr);
                replace(&mut old.unit, new.unit);
                for (language, triggers) in new.triggers {
                    let into = old.triggers.entry(language).or_default();
                    add(&mut into.active, triggers.active);
                    add(&mut into.passive, triggers.passive);
                    add(&mut into.nouns, triggers.nouns);
                }
            },
        );
    }

    /// The actor with this id.
    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.actors.iter().find(|a| a.id == id)
    }

    /// The place with this id.
    pub fn place(&self, id: &str) -> Option<&Place> {
        self.places.iter().find(|p| p.id == id)
    }

    /// The source with this id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|s| s.id == id)
    }

    /// The source that has this name among its own; where several have, the one that was added last: the theatre's.
    pub fn source_named(&self, name: &str) -> Option<&Source> {
        let name = crate::fold(name);
        let own = |n: &String| crate::fold(n.trim_start_matches("case:")) == name;
        self.sources.iter().rev().find(|s| s.names.iter().chain(&s.name).chain(&s.name_fr).any(own))
    }

    /// The id of the next larger place: as its entry says, else the country with whose code an id begins that is not
    /// of this theatre but of the built-in gazetteer.
    pub fn next_larger(&self, id: &str) -> Option<&str> {
        match self.place(id) {
            Some(place) => place.within.as_deref(),
            None => self.place(id.split_once('-')?.0).map(|country| country.id.as_str()),
        }
    }

    /// Whether the place `inner` is `outer` or lies within it, by the chain of `within`.
    pub fn lies_within(&self, inner: &str, outer: &str) -> bool {
        let mut at = Some(inner);
        // A chain longer than the gazetteer is a cycle.
        for _ in 0..=self.places.len() {
            match at {
                Some(id) if id == outer => return true,
                Some(id) => at = self.next_larger(id),
                None => return false,
            }
        }
        false
    }
}

fn layer<T>(base: &mut Vec<T>, over: Vec<T>, id: fn(&T) -> &String, merge: fn(&mut T, T)) {
    let index: BTreeMap<String, usize> = base.iter().enumerate().map(|(i, t)| (id(t).clone(), i)).collect();
    for new in over {
        match index.get(id(&new)) {
            Some(&at) => merge(&mut base[at], new),
            None => match base.iter().skip(index.len()).position(|t| id(t) == id(&new)) {
                Some(at) => merge(&mut base[index.len() + at], new),
                None => base.push(new),
            },
        }
    }
}

fn add(into: &mut Vec<String>, more: Vec<String>) {
    for name in more {
        if !into.contains(&name) {
            into.push(name);
        }
    }
}

fn replace<T>(slot: &mut Option<T>, new: Option<T>) {
    if new.is_some() {
        *slot = new;
    }
}

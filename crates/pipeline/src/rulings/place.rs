//! The place that a ruling names.

use recoup_language::Tokens;
use recoup_language::gazetteer::{Candidate, gazetteer};
use recoup_language::lexicon::Vocabulary;
use recoup_model::{Place, PlaceRef, Theatre, fold};

use crate::nearest::advice;
use crate::problem::Problem;

/// The place with an id, else with a name: of the theatre and the world pack, else of the gazetteer.
pub(super) fn find(text: &str, theatre: &Theatre, language: &str) -> Result<PlaceRef, Problem> {
    let named = || theatre.places.iter().rev().find(|place| names(place).any(|name| fold(name) == fold(text)));
    if let Some(place) = theatre.place(text).or_else(named) {
        return Ok(known(place, language));
    }
    if let Some(candidate) = gazetteer().place(text) {
        return Ok(town(text.to_owned(), from_id(text), &candidate));
    }
    let towns = towns(text);
    match towns.as_slice() {
        [(id, candidate)] => Ok(town(id.clone(), text.to_owned(), candidate)),
        [] => Err(unknown(text, theatre)),
        several => Err(ambiguous(text, several)),
    }
}

fn names(place: &Place) -> impl Iterator<Item = &String> {
    place.names.iter().chain(&place.name).chain(&place.name_fr)
}

fn known(place: &Place, language: &str) -> PlaceRef {
    let french = place.name_fr.as_ref().filter(|_| language == "fr");
    let name = french.or(place.name.as_ref()).or(place.names.first()).unwrap_or(&place.id);
    PlaceRef {
        name: name.clone(),
        id: Some(place.id.clone()),
        precision: place.precision,
        lat: place.lat,
        lon: place.lon,
    }
}

fn town(id: String, name: String, candidate: &Candidate) -> PlaceRef {
    let (lat, lon) = candidate.at.unzip();
    PlaceRef { name, id: Some(id), precision: Some(candidate.precision), lat, lon }
}

/// `sd-el-fasher` is El Fasher: the gazetteer gives ids names, and not the other way.
fn from_id(id: &str) -> String {
    let words = id.split('-').skip(1).map(|word| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    });
    words.collect::<Vec<_>>().join(" ")
}

/// All towns and divisions of the gazetteer that have exactly this name, with their ids.
fn towns(name: &str) -> Vec<(String, Candidate)> {
    let tokens = Tokens::new(name, &Vocabulary::default());
    let Some(found) = gazetteer().at(&tokens, 0).filter(|found| found.tokens.end == tokens.len()) else {
        return Vec::new();
    };
    let candidates = gazetteer().candidates(&found).into_iter();
    candidates.filter_map(|candidate| Some((gazetteer().id(&candidate)?, candidate))).collect()
}

fn ambiguous(name: &str, towns: &[(String, Candidate)]) -> Problem {
    const SHOWN: usize = 8;
    let ids: Vec<String> = towns.iter().take(SHOWN).map(|(id, _)| format!("`{id}`")).collect();
    let problem = Problem::new("ruling::place", format!("{} places are called `{name}`", towns.len()));
    problem.label("which one?").help(format!("write the id of one: {}", ids.join(", ")))
}

fn unknown(name: &str, theatre: &Theatre) -> Problem {
    let ids: Vec<&str> = theatre.places.iter().map(|place| place.id.as_str()).collect();
    let nearest = crate::nearest::nearest(name, ids.iter().copied());
    let meant = nearest.map_or_else(String::new, |_| advice(name, "places", &[nearest.unwrap_or_default()]) + "; ");
    let help =
        format!("{meant}write the id or a name of a place of the theatre or the gazetteer, or \"-\" for no place");
    Problem::new("ruling::place", format!("no place is called `{name}`")).label("unknown place").help(help)
}

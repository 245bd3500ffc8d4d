//! Places that a clause names, as written.

use std::ops::Range;

use recoup_language::lexicon::Class;
use recoup_language::{Chunk, NounGroup, Sentence};
use recoup_model::{PlaceRef, Precision};

use crate::article::Article;
use crate::towns::town;

/// A place and the chunk that names it.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) at: usize,
    pub(crate) place: PlaceRef,
    /// Whose territory it lies in: index into the theatre's actors.
    pub(crate) country: Option<u32>,
    pub(crate) tokens: Range<usize>,
    /// Whether its name stands for a state as well.
    pub(crate) capital: bool,
}

/// The places that the chunks of a range name, most specific first. A capital counts as a place only behind a
/// preposition of place: elsewhere it stands for its state.
pub(crate) fn places(article: &Article<'_>, sentence: &Sentence, range: Range<usize>) -> Vec<Found> {
    let chunks = &sentence.chunks;
    let mut found: Vec<Found> = Vec::new();
    let body = dateline(chunks);
    for at in range.filter(|at| *at >= body) {
        let Some(group) = chunks[at].noun() else { continue };
        let preposition = at.checked_sub(1).map(|p| &chunks[p]).filter(|c| c.is(Class::PlacePreposition));
        let listed = at >= 2
            && (chunks[at - 1].is(Class::And) || chunks[at - 1].is_mark(','))
            && found.last().is_some_and(|f| f.at + 2 == at)
            // 'at the hospital in X, Abdul B., said': who speaks is no place.
            && !(chunks.get(at + 1).is_some_and(|c| c.is_mark(',')) && chunks.get(at + 2).is_some_and(|c| c.verb().is_some()));
        // 'à X', 'près de X'.
        let locative = at.checked_sub(1).is_some_and(|p| {
            chunks[p].is(Class::Locative)
                || chunks[p].is(Class::Of) && p.checked_sub(1).is_some_and(|q| chunks[q].is(Class::Locative))
        });
        let of_place = preposition.is_some_and(|p| !p.is(Class::Of));
        let named = || named(article, group, of_place, is_ground(article, chunks, at), listed, locative);
        if let Some(place) = town(article, chunks, at, listed, locative).or_else(named) {
            let known = place.1;
            let tokens = place.2.clone();
            let country = known
                .map_or_else(|| article.chunker.country(place.0.id.as_deref()?), |known| article.atlas.country(known));
            if !found.iter().any(|f| f.place.name == place.0.name) {
                let capital = group.names.iter().any(|n| n.place().is_some() && n.actor().is_some());
                found.push(Found { at, place: place.0, country, tokens, capital });
            }
        }
    }
    found.sort_by_key(|f| f.place.precision.unwrap_or(Precision::Locality));
    found
}

/// Where a sentence begins behind its dateline: 'ADEN, 12 mars (Agence) - Dix hommes ont …'. What stands before the dash
/// says where it was written.
fn dateline(chunks: &[Chunk]) -> usize {
    let dash = chunks.iter().take(16).position(|c| matches!(c, Chunk::Mark(_, '-' | '—' | '–')));
    dash.filter(|d| chunks[..*d].iter().all(|c| c.verb().is_none())).map_or(0, |d| d + 1)
}

/// Whether a place noun governs the group: 'la région de X', 'près des villages de A, B et C'.
fn is_ground(article: &Article<'_>, chunks: &[Chunk], at: usize) -> bool {
    let ground = |g: &NounGroup| g.class.is_some_and(|c| article.lexicon.in_group(c, "ground"));
    let start = chunks[at].tokens().start;
    // 'le quartier Chevtchenkivsky', 'Rathedaung township'.
    let plain = |g: &NounGroup| ground(g) && g.count().is_none() && g.names.is_empty();
    let before = at >= 1 && chunks[at - 1].tokens().end == start && chunks[at - 1].noun().is_some_and(plain);
    let behind = chunks.get(at + 1).is_some_and(|c| {
        c.tokens().start == chunks[at].tokens().end && c.noun().is_some_and(|g| plain(g) && g.determiner.is_none())
    });
    before || behind || at >= 2 && chunks[at - 1].is(Class::Of) && chunks[at - 2].noun().is_some_and(ground)
}

fn named(
    article: &Article<'_>,
    group: &NounGroup,
    preposition: bool,
    ground: bool,
    listed: bool,
    locative: bool,
) -> Option<(PlaceRef, Option<u32>, Range<usize>)> {
    let name = group.names.iter().find(|n| n.place().is_some() && n.demonym().is_none());
    if let Some(name) = name {
        let stands_for_state = name.actor().is_some() || name.source().is_some();
        if stands_for_state && !(preposition || ground || listed) {
            return None;
        }
        let index = name.place()?;
        let known = &article.theatre().places[index as usize];
        let place = PlaceRef {
            name: article.words(&name.tokens).to_owned(),
            id: Some(known.id.clone()),
            precision: known.precision,
            lat: known.lat,
            lon: known.lon,
        };
        return Some((place, Some(index), name.tokens.clone()));
    }
    // 'le territoire russe', 'le sol congolais': ground and whose.
    if group.class.is_some_and(|c| &*article.lexicon.noun_class(c).name == "ground")
        && let Some(place) = group.names.iter().find_map(recoup_language::Name::demonym)
        && let Some(index) = article.atlas.territory(place)
        && group.tokens.end - group.head.start <= 4
    {
        let known = &article.theatre().places[index as usize];
        let first = group.names.iter().map(|n| n.tokens.start).min().unwrap_or(group.head.start);
        let tokens = first.min(group.head.start)..group.tokens.end;
        let place = PlaceRef {
            name: article.words(&tokens).to_owned(),
            id: Some(known.id.clone()),
            precision: known.precision,
            lat: known.lat,
            lon: known.lon,
        };
        return Some((place, Some(index), tokens));
    }
    // Unknown names are places by form: behind a place noun, in a list with one, or behind 'à', 'près de'.
    let proper = group.proper.clone().filter(|_| ground || listed || locative && group.class.is_none())?;
    let place = PlaceRef {
        name: article.words(&proper).to_owned(),
        id: None,
        precision: Some(Precision::Locality),
        lat: None,
        lon: None,
    };
    Some((place, None, proper))
}

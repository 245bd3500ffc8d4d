//! Places that no theatre knows and the gazetteer does, where the text uses their names as those of places.

use std::ops::Range;

use recoup_language::lexicon::Class;
use recoup_language::{Chunk, NounGroup};
use recoup_model::PlaceRef;

use crate::article::Article;

/// The place that a group of unknown capitalised words names, with its index in the theatre where that has it under
/// another name. A name that is a common word or that of people as well needs 'à', 'near', a list of places or a noun
/// like 'the town of' before it; others any preposition of place, and 'of' where the text names the country too.
pub(crate) fn town(
    article: &Article<'_>,
    chunks: &[Chunk],
    at: usize,
    listed: bool,
    locative: bool,
) -> Option<(PlaceRef, Option<u32>, Range<usize>)> {
    let group = chunks[at].noun()?;
    let proper = group.proper.clone()?;
    let before = at.checked_sub(1).map(|p| &chunks[p]);
    let governor = at.checked_sub(2).and_then(|p| chunks[p].noun()).filter(|_| before.is_some_and(|c| c.is(Class::Of)));
    let ground = |g: &NounGroup| g.class.is_some_and(|c| article.lexicon.in_group(c, "ground"));
    let part = |g: &NounGroup| g.class.is_some_and(|c| &*article.lexicon.noun_class(c).name == "ground");
    let follows = chunks.get(at + 1).and_then(Chunk::noun).filter(|g| g.determiner.is_none() && g.figure.is_none());
    let division = governor.is_some_and(part) || follows.is_some_and(part);
    let plain = governor.is_some_and(ground) || listed || locative && group.class.is_none();
    // 'La Paz', 'Les Cayes': the article is a part of the name.
    let article_in_name = group.tokens.start..proper.start;
    let town = article_in_name.chain([proper.start]).find_map(|i| article.chunker.town(i, division))?;
    // 'près d'Ali Hassan' is no town called Ali.
    if town.tokens.end < proper.end {
        return None;
    }
    let of = before.is_some_and(|c| c.is(Class::Of)) && town.named_country;
    let somewhere = before.is_some_and(|c| c.is(Class::PlacePreposition) && !c.is(Class::Of));
    if !(plain || !town.weak && (of || somewhere)) {
        return None;
    }
    let known = article.atlas.place(&town.id);
    let entry = known.map(|p| &article.theatre().places[p as usize]);
    let place = PlaceRef {
        name: article.words(&town.tokens).to_owned(),
        precision: entry.map_or(Some(town.precision), |p| p.precision),
        lat: entry.map_or(town.at.map(|(lat, _)| lat), |p| p.lat),
        lon: entry.map_or(town.at.map(|(_, lon)| lon), |p| p.lon),
        id: Some(town.id),
    };
    Some((place, known, town.tokens))
}

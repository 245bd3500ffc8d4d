//! Which of the places of one name a text means.

use std::ops::Range;

use recoup_model::Precision;

use super::{Candidate, Gazetteer, Match, division};
use crate::lands::{Votes, code};

/// A place of the gazetteer that a text names.
#[derive(Debug, Clone, PartialEq)]
pub struct Town {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The country's ISO 3166 code, then a slug.
    pub id: String,
    /// How fine it is.
    pub precision: Precision,
    /// Latitude and longitude in degrees.
    pub at: Option<(f64, f64)>,
    /// The state that it lies in: index into the theatre's actors.
    pub country: Option<u32>,
    /// Whether the text names that country, or the theatre is about it.
    pub named_country: bool,
    /// Whether the name is a common word or that of people as well.
    pub weak: bool,
}

/// From this number of people on (binary logarithm), a place needs no mention of its country: some 130 000.
const KNOWN_EVERYWHERE: u8 = 17;
/// Below this number of people (binary logarithm), a town is not told from its namesakes that the table does not hold.
const LITTLE: u8 = 14;
/// By so much (binary logarithm) the greatest of several places has to exceed the next in another country: four times.
const EXCEEDS: u8 = 2;

impl Gazetteer {
    /// The place that a name means: one in a country of the theatre, else in the country that the text names most, else
    /// one that is known everywhere and much greater than its namesakes. A little town has to lie in the country that
    /// the text names most. `None` where nothing decides. `wants_division` where a noun beside the name says so: 'the
    /// province of X'.
    pub fn choose(&self, found: &Match, votes: &Votes<'_>, wants_division: bool) -> Option<Town> {
        let mut places: Vec<(Candidate, String, (bool, usize))> = Vec::new();
        for candidate in self.candidates(found) {
            let id = self.id(&candidate)?;
            let weight = votes.weight(&id);
            // A village has namesakes in the next country; a district is meant where the text says so, or where its
            // name is of several words and no town's.
            let little = candidate.precision == Precision::Locality && candidate.rank < LITTLE && !votes.most(&id);
            let unsaid = candidate.precision == Precision::District && !wants_division && found.tokens.len() < 2;
            if !(little || unsaid) {
                places.push((candidate, id, weight));
            }
        }
        let most = places.iter().map(|(.., weight)| *weight).max()?;
        places.retain(|(.., weight)| *weight == most);
        if places.iter().any(|(c, ..)| division(c.precision) == wants_division) {
            places.retain(|(c, ..)| division(c.precision) == wants_division);
        }
        let (candidate, id) = if most > (false, 0) {
            let (candidate, id, _) = places.into_iter().next()?;
            (candidate, id)
        } else {
            self.known_everywhere(places, found.weak, votes.any())?
        };
        Some(Town {
            tokens: found.tokens.clone(),
            precision: candidate.precision,
            at: candidate.at,
            country: votes.state(&id),
            named_country: most > (false, 0),
            weak: found.weak,
            id,
        })
    }

    fn known_everywhere(
        &self,
        places: Vec<(Candidate, String, (bool, usize))>,
        weak: bool,
        others_named: bool,
    ) -> Option<(Candidate, String)> {
        let mut places = places.into_iter();
        let (first, id, _) = places.next().filter(|_| !weak)?;
        let next = places.filter(|(_, other, _)| code(other) != code(&id)).map(|(c, ..)| c).max_by_key(|c| c.rank);
        let exceeds = next.is_none_or(|next| first.rank >= next.rank + EXCEEDS);
        let known = first.rank >= KNOWN_EVERYWHERE || !others_named;
        (exceeds && known).then_some((first, id))
    }
}

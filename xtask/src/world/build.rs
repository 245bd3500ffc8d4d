//! From what the packages hold to places and names.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use recoup_language::lexicon::Vocabulary;
use recoup_language::{Tokens, world};
use recoup_model::{Precision, slug};

use super::read::{self, City, Division};
use super::sources::{Packages, Sources};
use super::words::Words;
use crate::chore::ChoreError;

/// A place of the table.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) id: String,
    pub(crate) precision: Precision,
    pub(crate) rank: u8,
    pub(crate) at: Option<(f64, f64)>,
}

/// A place that a name can stand for: its number, and whether the name is its usual one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Use {
    pub(crate) place: u32,
    pub(crate) usual: bool,
}

/// What the table holds.
pub(crate) struct Places {
    /// In the order of their ids.
    pub(crate) list: Vec<Place>,
    /// By folded name: its places, the likeliest first, and whether it is a common word as well.
    pub(crate) names: BTreeMap<String, (Vec<Use>, bool)>,
}

/// A place with its names, before all are numbered.
struct Draft {
    place: Place,
    /// Folded; the first is the usual one.
    names: Vec<String>,
}

/// Words for the kind of a division, folded: behind its name, and before it.
const BEHIND: [&str; 34] = [
    "autonomous oblast",
    "autonomous okrug",
    "autonomous province",
    "autonomous region",
    "canton",
    "city",
    "city district",
    "county",
    "department",
    "district",
    "division",
    "governorate",
    "krai",
    "kray",
    "local government area",
    "metropolitan city",
    "municipal district",
    "municipality",
    "oblast",
    "okrug",
    "parish",
    "prefecture",
    "province",
    "raion",
    "rayon",
    "region",
    "regency",
    "rural",
    "special region",
    "state",
    "territory",
    "township",
    "urban okrug",
    "voivodeship",
];
const BEFORE: [&str; 33] = [
    "arrondissement de",
    "arrondissement du",
    "cercle de",
    "city of",
    "commune de",
    "comuna",
    "departamento de",
    "departement de",
    "departement du",
    "departement de la",
    "district de",
    "district of",
    "kabupaten",
    "kota",
    "municipio de",
    "municipio",
    "oras",
    "partido de",
    "prefecture de",
    "prefecture du",
    "province de",
    "province du",
    "province of",
    "provincia de",
    "raion",
    "region de",
    "region of",
    "region du",
    "republic of",
    "state of",
    "territoire de",
    "ville de",
    "wilaya de",
];

/// Rank of a place that the hand-written pack has too, at the least: it is no village that nobody knows.
const KNOWN_RANK: u8 = 14;

/// Builds the table.
pub(crate) fn places(packages: &Packages, sources: &Sources, words: &Words) -> Result<Places, ChoreError> {
    let known = Known::new();
    let mut drafts = Vec::new();
    let mut taken = BTreeSet::new();
    // Alternate names of the towns, by country, first level and usual name: a division named after its seat has them too.
    let mut seats: HashMap<(String, String), Vec<String>> = HashMap::new();
    let mut people: HashMap<String, u64> = HashMap::new();
    for city in read::cities(packages)? {
        let dense = sources.is_dense(&city.countrycode);
        if city.population < sources.population && !dense {
            continue;
        }
        let names = city_names(&city, dense || city.population >= sources.population_for_alternates);
        let Some(usual) = names.first() else { continue };
        let first = format!("{}.{}", city.countrycode, city.admin1code);
        *people.entry(first.clone()).or_default() += city.population;
        seats.entry((first.clone(), usual.clone())).or_insert_with(|| names.clone());
        let at = (city.latitude, city.longitude);
        let country = city.countrycode.to_lowercase();
        let own = known.town(&country, &names, at).filter(|id| !taken.contains(*id));
        let id = own.map_or_else(
            || free_id(&taken, &country, usual, &[&city.admin1code, &city.geonameid.to_string()]),
            str::to_owned,
        );
        taken.insert(id.clone());
        let rank = rank(city.population).max(if own.is_some() { KNOWN_RANK } else { 0 });
        let place = Place { id, precision: Precision::Locality, rank, at: Some(at) };
        drafts.push(Draft { place, names });
    }
    let middles = read::middles(packages)?;
    for division in read::divisions(packages)?.iter().filter(|d| d.is_first() || sources.is_divided(d.country())) {
        drafts.extend(division_draft(division, &known, &middles, &people, &seats, &mut taken));
    }
    drafts.extend(territories(packages, &known, &middles)?);
    Ok(number(drafts, &known, words))
}

/// The names of a town in Latin letters, folded, the usual one first. Codes of airports and names in other scripts are
/// no names; romanisations that a machine made begin with a small letter. Without `alternates` the usual one alone.
fn city_names(city: &City, alternates: bool) -> Vec<String> {
    let code = |name: &str| name.len() <= 4 && name.chars().all(|c| c.is_ascii_uppercase());
    let alternates = city
        .alternatenames
        .iter()
        .filter(|_| alternates)
        .filter(|n| n.chars().next().is_some_and(char::is_uppercase) && !code(n));
    let mut names = Vec::new();
    for name in [&city.name].into_iter().chain(alternates) {
        if let Some(key) = key(name).filter(|key| !names.contains(key)) {
            names.push(key);
        }
    }
    names
}

/// A name as the text is looked up: its folded words with one space between them. `None` for what is no name of a
/// place in French or English: other letters, digits, or more than five words.
fn key(name: &str) -> Option<String> {
    let name: String = name.chars().map(|c| if matches!(c, 'ʻ' | 'ʾ' | 'ʿ' | '`' | '´') { '’' } else { c }).collect();
    let tokens = Tokens::new(name.trim_matches(['’', '\'']), &Vocabulary::default());
    let words: Vec<&str> = (0..tokens.len()).map(|i| tokens.folded(i)).filter(|w| !matches!(*w, "'" | "’")).collect();
    let key = words.join(" ");
    let letters = key.chars().all(|c| c.is_ascii_lowercase() || c == ' ');
    (letters && (1..=5).contains(&words.len()) && key.len() >= 3).then_some(key)
}

fn division_draft(
    division: &Division,
    known: &Known,
    middles: &BTreeMap<String, (f64, f64)>,
    people: &HashMap<String, u64>,
    seats: &HashMap<(String, String), Vec<String>>,
    taken: &mut BTreeSet<String>,
) -> Option<Draft> {
    let mut levels = division.code.split('.');
    let (country, first, second) = (levels.next()?.to_lowercase(), levels.next()?, levels.next());
    let whole = key(division.name.split(" (").next()?)?;
    let short = without_kind(&whole).to_owned();
    let above = format!("{}.{first}", country.to_uppercase());
    let mut names = vec![short.clone()];
    names.extend(seats.get(&(above.clone(), short.clone())).into_iter().flatten().filter(|n| **n != short).cloned());
    if whole != short {
        names.push(whole);
    }
    let precision = if second.is_some() { Precision::District } else { Precision::Region };
    let at = middles.get(&division.code).or_else(|| middles.get(&above)).copied();
    let own = known.division(&country, &names, at).filter(|id| !taken.contains(*id));
    let kind = if second.is_some() { "district" } else { "region" };
    let id = own.map_or_else(
        || free_id(taken, &country, &format!("{short} {kind}"), &[first, second.unwrap_or_default()]),
        str::to_owned,
    );
    taken.insert(id.clone());
    let people = if second.is_some() { 0 } else { people.get(&above).copied().unwrap_or_default() };
    Some(Draft { place: Place { id, precision, rank: rank(people), at }, names })
}

/// The name of a division without the word for what it is.
fn without_kind(key: &str) -> &str {
    let mut name = key;
    let behind = BEHIND.iter().filter_map(|kind| name.strip_suffix(kind)?.strip_suffix(' ')).min_by_key(|n| n.len());
    name = behind.unwrap_or(name);
    let before = BEFORE.iter().filter_map(|kind| name.strip_prefix(kind)?.strip_prefix(' ')).min_by_key(|n| n.len());
    name = before.unwrap_or(name);
    if name.len() >= 3 { name } else { key }
}

/// Territories that are no state of the pack: 'Mayotte', 'Greenland'.
fn territories(
    packages: &Packages,
    known: &Known,
    middles: &BTreeMap<String, (f64, f64)>,
) -> Result<Vec<Draft>, ChoreError> {
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (code, name) in read::territories(packages)? {
        let (code, plain) = (code.split('-').next().unwrap_or(&code).to_owned(), !name.contains(['(', '&', '.']));
        let Some(key) = key(&name).filter(|_| plain && middles.contains_key(&code)) else { continue };
        names.entry(code).or_default().push(key);
    }
    names.retain(|code, _| !known.countries.contains(&code.to_lowercase()));
    let draft = |(code, mut names): (String, Vec<String>)| {
        names.dedup();
        let at = middles.get(&code).copied();
        Draft { place: Place { id: code.to_lowercase(), precision: Precision::Country, rank: 31, at }, names }
    };
    Ok(names.into_iter().map(draft).collect())
}

/// Numbers the places by their ids, and orders what each name can stand for.
fn number(mut drafts: Vec<Draft>, known: &Known, words: &Words) -> Places {
    drafts.sort_by(|a, b| a.place.id.cmp(&b.place.id));
    let mut names: BTreeMap<String, (Vec<Use>, bool)> = BTreeMap::new();
    for (draft, number) in drafts.iter().zip(0u32..) {
        for (i, name) in draft.names.iter().enumerate() {
            if !words.never(name) && !known.names.contains(name) {
                let entry = names.entry(name.clone()).or_insert_with(|| (Vec::new(), words.weak(name)));
                entry.0.push(Use { place: number, usual: i == 0 });
            }
        }
    }
    let list: Vec<Place> = drafts.into_iter().map(|draft| draft.place).collect();
    for (uses, _) in names.values_mut() {
        uses.sort_by_key(|u| (!u.usual, std::cmp::Reverse(list[u.place as usize].rank), u.place));
    }
    Places { list, names }
}

/// Binary logarithm of a number of people.
fn rank(people: u64) -> u8 {
    people.checked_ilog2().unwrap_or(0) as u8
}

/// An id that no other place has.
fn free_id(taken: &BTreeSet<String>, country: &str, name: &str, further: &[&str]) -> String {
    let mut id = format!("{country}-{}", slug(name));
    for more in further {
        if !taken.contains(&id) {
            break;
        }
        id = format!("{id}-{}", slug(more));
    }
    id
}

/// The hand-written pack: its places keep their ids, and its names are found before those of the table.
struct Known {
    names: BTreeSet<String>,
    countries: BTreeSet<String>,
    /// By country and name.
    places: HashMap<(String, String), Vec<usize>>,
}

impl Known {
    fn new() -> Self {
        let world = world();
        let actors = world.actors.iter().flat_map(|a| a.names.iter().chain(&a.metonyms));
        let sources = world.sources.iter().flat_map(|s| &s.names);
        let places = world.places.iter().flat_map(|p| &p.names);
        // A name in one spelling only does not stand in the way of others.
        let names = actors.chain(sources).chain(places).filter(|n| !n.starts_with("case:")).filter_map(|n| key(n));
        let countries = world.places.iter().filter(|p| p.precision == Some(Precision::Country)).map(|p| p.id.clone());
        let mut by_name: HashMap<(String, String), Vec<usize>> = HashMap::new();
        for (i, place) in world.places.iter().enumerate() {
            let country = place.id.split('-').next().unwrap_or_default().to_owned();
            for key in place.names.iter().filter_map(|n| key(n.trim_start_matches("case:"))) {
                by_name.entry((country.clone(), key)).or_default().push(i);
            }
        }
        Known { names: names.collect(), countries: countries.collect(), places: by_name }
    }

    fn town(&self, country: &str, names: &[String], at: (f64, f64)) -> Option<&str> {
        let town = |p: Precision| matches!(p, Precision::Point | Precision::Locality | Precision::District);
        self.find(country, names, Some(at), 0.5, town)
    }

    fn division(&self, country: &str, names: &[String], at: Option<(f64, f64)>) -> Option<&str> {
        self.find(country, names, at, 3.0, |p| matches!(p, Precision::Region | Precision::District))
    }

    /// The hand-written place of one of these names in a country, of a fitting kind, no further away than so many
    /// degrees.
    fn find(
        &self,
        country: &str,
        names: &[String],
        at: Option<(f64, f64)>,
        degrees: f64,
        fits: impl Fn(Precision) -> bool,
    ) -> Option<&'static str> {
        let places = &world().places;
        let near = |i: &&usize| match (places[**i].lat, places[**i].lon, at) {
            (Some(lat), Some(lon), Some(at)) => (lat - at.0).abs() <= degrees && (lon - at.1).abs() <= degrees,
            _ => true,
        };
        let found = names.iter().filter_map(|name| self.places.get(&(country.to_owned(), name.clone()))).flatten();
        found.filter(|i| places[**i].precision.is_some_and(&fits)).find(near).map(|i| places[*i].id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_keyed_as_texts_are_read() {
        assert_eq!(key("Deir ez-Zor").as_deref(), Some("deir ez zor"));
        assert_eq!(key("Al Fāshir").as_deref(), Some("al fashir"));
        assert_eq!(key("Fada N’Gourma").as_deref(), Some("fada n gourma"));
        assert_eq!(key("Киев"), None);
        assert_eq!(key("Rural 12"), None);
    }

    #[test]
    fn a_division_goes_by_its_name_without_its_kind() {
        assert_eq!(without_kind("sumy oblast"), "sumy");
        assert_eq!(without_kind("ville de kisangani"), "kisangani");
        assert_eq!(without_kind("new south wales"), "new south wales");
        assert_eq!(without_kind("xi district"), "xi district");
    }

    #[test]
    fn a_second_place_of_one_name_has_another_id() {
        let taken = BTreeSet::from(["us-springfield".to_owned()]);
        assert_eq!(free_id(&taken, "us", "springfield", &["il", "1"]), "us-springfield-il");
        assert_eq!(free_id(&taken, "us", "shelbyville", &["il", "1"]), "us-shelbyville");
    }
}

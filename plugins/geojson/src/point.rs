//! Where a finding is on the map.

use recoup_plugin::prelude::*;

/// A position as GeoJSON has it: longitude, then latitude, in degrees (RFC 7946, section 3.1.1).
pub(crate) type Point = [f64; 2];

/// Decimals of a coordinate: six are a tenth of a metre, more than any report knows (RFC 7946, section 11.2).
const DECIMALS: f64 = 1e6;

/// The place that stands for a finding on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Located<'f> {
    /// The place, in the words of the text.
    pub(crate) name: &'f str,
    pub(crate) point: Point,
    /// How fine the place is; `None` where nobody says.
    pub(crate) precision: Option<Precision>,
}

impl<'f> Located<'f> {
    /// The most precise place of a finding with coordinates, its own or the theatre's; of several the first. One of
    /// which nobody knows how fine it is stands behind all others. Coordinates that are none go to `nowhere`, with the
    /// name of the place.
    pub(crate) fn of(
        finding: &'f Finding,
        theatre: &Theatre,
        mut nowhere: impl FnMut(&str, f64, f64),
    ) -> Option<Located<'f>> {
        let mut best: Option<Located<'f>> = None;
        for place in &finding.places {
            let known = place.id.as_deref().and_then(|id| theatre.place(id));
            let own = place.lat.zip(place.lon);
            let Some((lat, lon)) = own.or_else(|| known.and_then(|known| known.lat.zip(known.lon))) else { continue };
            let Some(point) = point(lat, lon) else {
                nowhere(&place.name, lat, lon);
                continue;
            };
            let precision = place.precision.or_else(|| known.and_then(|known| known.precision));
            let coarseness = |precision: Option<Precision>| (precision.is_none(), precision);
            if best.is_none_or(|best| coarseness(precision) < coarseness(best.precision)) {
                best = Some(Located { name: &place.name, point, precision });
            }
        }
        best
    }
}

/// Coordinates in the order and precision of GeoJSON; `None` for what is nowhere on earth.
pub(crate) fn point(lat: f64, lon: f64) -> Option<Point> {
    // Adding zero turns a negative zero, which some programs refuse, into zero.
    let rounded = |degrees: f64| (degrees * DECIMALS).round() / DECIMALS + 0.0;
    ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then(|| [rounded(lon), rounded(lat)])
}

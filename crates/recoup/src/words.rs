//! Figures, times and sources in the words of the command line.

use std::path::Path;

use jiff::civil::Date;
use recoup_model::{
    DisagreementClass, Document, Finding, Likelihood, PlaceRef, Position, Precision, PublishedFrom, Quantity,
    Reliability, SourceRef, Status,
};

use crate::render::plain;

/// A number as people write it: groups of three, no more decimals than it has.
pub(crate) fn number(value: f64) -> String {
    let text = value.abs().to_string();
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::from(if value < 0.0 { "-" } else { "" });
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

/// A bound in words: `at least 30`, `10,000 to 12,000`, `about 3,000`; `no figure` where there is none.
pub(crate) fn bounds(low: Option<f64>, high: Option<f64>, approximate: bool) -> String {
    let about = if approximate { "about " } else { "" };
    match (low, high) {
        (None, None) => "no figure".to_owned(),
        (Some(low), None) => format!("at least {about}{}", number(low)),
        (None, Some(high)) => format!("at most {about}{}", number(high)),
        (Some(low), Some(high)) if low == high => format!("{about}{}", number(low)),
        (Some(low), Some(high)) => format!("{about}{} to {}", number(low), number(high)),
    }
}

/// The figure of a claim with its unit.
pub(crate) fn quantity(quantity: &Quantity) -> String {
    let figure = bounds(quantity.low(), quantity.high(), quantity.approximate);
    match &quantity.unit {
        Some(unit) => format!("{figure} ({unit})"),
        None => figure,
    }
}

/// The places of a claim or finding, with how fine each is.
pub(crate) fn places(places: &[PlaceRef]) -> String {
    let fine = |place: &PlaceRef| place.precision.map_or(String::new(), |p| format!(" ({})", precision(p)));
    places.iter().map(|place| format!("{}{}", place.name, fine(place))).collect::<Vec<_>>().join(", ")
}

/// What a finding asks: indicator, whose, with or against whom, in what unit, where.
pub(crate) fn question(finding: &Finding) -> String {
    let mut parts = vec![finding.indicator.clone()];
    match (&finding.subject, &finding.object) {
        (Some(subject), Some(object)) => parts.push(format!("{subject} -> {object}")),
        (Some(subject), None) => parts.push(subject.clone()),
        (None, Some(object)) => parts.push(format!("-> {object}")),
        (None, None) => {}
    }
    parts.extend(finding.unit.clone());
    if !finding.places.is_empty() {
        parts.push(places(&finding.places));
    }
    parts.join(", ")
}

/// A word of probability with its interval.
pub(crate) const fn likelihood(likelihood: Likelihood) -> &'static str {
    match likelihood {
        Likelihood::VeryLikely => "very likely (80 to 95 %)",
        Likelihood::Likely => "likely (55 to 80 %)",
        Likelihood::EvenChance => "roughly even chance (45 to 55 %)",
        Likelihood::Unlikely => "unlikely (20 to 45 %)",
        Likelihood::VeryUnlikely => "very unlikely (5 to 20 %)",
    }
}

/// An interval of days, either end open or unknown.
pub(crate) fn days(start: Option<Date>, end: Option<Date>) -> String {
    match (start, end) {
        (None, None) => "not known".to_owned(),
        (Some(start), None) => format!("{start} or later"),
        (None, Some(end)) => format!("{end} or earlier"),
        (Some(start), Some(end)) if start == end => start.to_string(),
        (Some(start), Some(end)) => format!("{start} to {end}"),
    }
}

/// The names of sources that speak together.
pub(crate) fn sources(sources: &[SourceRef]) -> String {
    sources.iter().map(|source| source.name.as_str()).collect::<Vec<_>>().join(" + ")
}

/// Who first made a position's statement.
pub(crate) fn origin(position: &Position) -> String {
    if position.origin.is_empty() { "an unnamed outlet".to_owned() } else { position.origin.join(" + ") }
}

/// As on the wire.
pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::Superseded => "superseded",
        Status::Denied => "denied",
        Status::Disputed => "disputed",
        Status::Corroborated => "corroborated",
        Status::Unconfirmed => "unconfirmed",
        Status::SingleSource => "single-source",
    }
}

/// As on the wire.
pub(crate) fn class(class: DisagreementClass) -> &'static str {
    match class {
        DisagreementClass::Definition => "definition",
        DisagreementClass::Scope => "scope",
        DisagreementClass::Place => "place",
        DisagreementClass::Period => "period",
        DisagreementClass::Date => "date",
        DisagreementClass::Stale => "stale",
        DisagreementClass::BoundCompatible => "bound-compatible",
        DisagreementClass::Hedge => "hedge",
        DisagreementClass::Headline => "headline",
        DisagreementClass::Attribution => "attribution",
        DisagreementClass::Denial => "denial",
        DisagreementClass::Genuine => "genuine",
    }
}

/// Where a day of publication was found.
pub(crate) fn published_from(from: PublishedFrom) -> &'static str {
    match from {
        PublishedFrom::Sidecar => "from the manifest",
        PublishedFrom::Metadata => "from the article's own metadata",
        PublishedFrom::JsonLd => "from the page's JSON-LD",
        PublishedFrom::Meta => "from a meta element of the page",
        PublishedFrom::Microdata => "from the page's microdata",
        PublishedFrom::TimeElement => "from a time element of the page",
        PublishedFrom::Address => "from the address",
        PublishedFrom::Feed | PublishedFrom::FeedLink => "from the feed",
        PublishedFrom::Dateline => "from the dateline",
        PublishedFrom::FileName => "from the file's name",
        PublishedFrom::Ruling => "by a ruling",
    }
}

/// The reliability of a source in the words of NATO AJP-2.1.
pub(crate) fn reliability(reliability: Reliability) -> &'static str {
    match reliability {
        Reliability::A => "completely reliable",
        Reliability::B => "usually reliable",
        Reliability::C => "fairly reliable",
        Reliability::D => "not usually reliable",
        Reliability::E => "unreliable",
        Reliability::F => "source cannot be judged",
    }
}

/// The credibility of information in the words of NATO AJP-2.1.
pub(crate) fn credibility(credibility: u8) -> &'static str {
    match credibility {
        1 => "confirmed by other sources",
        2 => "probably true",
        3 => "possibly true",
        4 => "doubtful",
        5 => "improbable",
        _ => "truth cannot be judged",
    }
}

fn precision(precision: Precision) -> &'static str {
    match precision {
        Precision::Point => "point",
        Precision::Locality => "locality",
        Precision::District => "district",
        Precision::Region => "region",
        Precision::Country => "country",
        Precision::Theatre => "theatre",
    }
}

/// A document: key, outlet, day and where the day was found.
pub(crate) fn document(document: &Document) -> String {
    let day = match document.published {
        Some(published) => format!("{} ({})", published.date, published_from(published.from)),
        None => "day unknown".to_owned(),
    };
    let outlet = document.outlet.as_deref().unwrap_or("unnamed outlet");
    plain(&format!("{}: {outlet}, {day}", document.doc))
}

/// A path without the `./` that the folder `.` would put before every file.
pub(crate) fn path(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

/// `1 article`, `2 articles`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_read_like_the_text_they_came_from() {
        let cases = [
            (Some(30.0), None, false, "at least 30"),
            (None, Some(12_000.0), true, "at most about 12,000"),
            (Some(10_000.0), Some(12_000.0), false, "10,000 to 12,000"),
            (Some(3_000.0), Some(3_000.0), true, "about 3,000"),
            (Some(0.5), Some(0.5), false, "0.5"),
            (Some(1_234_567.25), Some(1_234_567.25), false, "1,234,567.25"),
            (Some(100.0), Some(999.0), true, "about 100 to 999"),
            (None, None, false, "no figure"),
        ];
        for (low, high, approximate, want) in cases {
            assert_eq!(bounds(low, high, approximate), want);
        }
    }
}

//! One finding as a feature.

use std::collections::BTreeSet;

use recoup_plugin::prelude::*;
use serde_json::{Map, Value, json};

use crate::point::Located;

/// The feature of a finding: a point or nothing, and what is known. `minimal` leaves out what the figure rests on.
///
/// Map programs filter, colour and label by properties that are plain values, so bounds and days are no objects; names are
/// the same as on the wire where there is one.
pub(crate) fn feature(item: &FindingItem, located: Option<&Located<'_>>, minimal: bool) -> Value {
    let finding = &item.finding;
    let geometry = located.map(|located| json!({"type": "Point", "coordinates": located.point}));
    let mut properties = properties(finding, located);
    if !minimal {
        properties.insert("derived_from".to_owned(), json!(finding.derived.chain));
        properties.insert("claims".to_owned(), item.claims.iter().map(claim).collect());
        properties.insert("documents".to_owned(), item.documents.iter().map(document).collect());
    }
    json!({"type": "Feature", "id": finding.id, "geometry": geometry, "properties": properties})
}

fn properties(finding: &Finding, located: Option<&Located<'_>>) -> Map<String, Value> {
    let classes = finding.disagreements.iter().map(|between| between.class);
    let disputed: BTreeSet<DisagreementClass> = classes.filter(|class| class.disputes()).collect();
    let names: Vec<&str> = finding.places.iter().map(|place| place.name.as_str()).collect();
    let days = finding.time.as_ref();
    let values = [
        ("indicator", json!(finding.indicator)),
        ("subject", json!(finding.subject)),
        ("object", json!(finding.object)),
        ("unit", json!(finding.unit)),
        ("measure", json!(finding.measure)),
        ("places", json!(names)),
        ("place", json!(located.map(|located| located.name))),
        ("precision", json!(located.and_then(|located| located.precision))),
        ("start", json!(days.and_then(|days| days.start))),
        ("end", json!(days.and_then(|days| days.end))),
        ("low", number(finding.low)),
        ("best", number(finding.best)),
        ("high", number(finding.high)),
        ("approximate", json!(finding.approximate)),
        ("derived_low", number(finding.derived.low)),
        ("derived_high", number(finding.derived.high)),
        ("status", json!(finding.status)),
        ("independent_origins", json!(finding.independent_origins)),
        ("disputed", json!(disputed)),
        ("positions", json!(finding.positions.len())),
    ];
    values.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// A figure without the `.0` that makes people look like measurements.
fn number(value: Option<f64>) -> Value {
    /// Whole numbers up to here are exact.
    const EXACT: f64 = 9e15;
    match value {
        Some(whole) if whole.fract() == 0.0 && whole.abs() < EXACT => json!(whole as i64),
        other => json!(other),
    }
}

/// A claim as far as it takes to find its words again.
fn claim(claim: &Claim) -> Value {
    let ids = |sources: &[SourceRef]| sources.iter().map(|source| source.id.clone()).collect::<Vec<_>>();
    json!({
        "id": claim.id,
        "document": claim.document,
        "quote": claim.anchor.quote(),
        "sources": ids(&claim.sources),
        "via": ids(&claim.via),
    })
}

fn document(head: &DocumentHead) -> Value {
    json!({
        "id": head.id,
        "doc": head.doc,
        "outlet": head.outlet,
        "date": head.published.map(|published| published.date),
        "url": head.url,
    })
}

//! The tables and their columns. Names and meaning are those of the stage `csv` where it has the same.

use jiff::Timestamp;
use recoup_plugin::prelude::*;

use crate::column::{Cell, Column};

/// A claim with what is known around it: its finding in a report, its document, and the clocks of an archive.
#[derive(Debug)]
pub(crate) struct ClaimRow {
    pub(crate) finding: Option<String>,
    pub(crate) position: Option<String>,
    pub(crate) claim: Claim,
    pub(crate) document: Option<DocumentHead>,
    pub(crate) taken_in: Option<Timestamp>,
    pub(crate) read_at: Option<Timestamp>,
}

/// The rows of a finding's claims.
pub(crate) fn claims_of(item: FindingItem) -> impl Iterator<Item = ClaimRow> {
    let FindingItem { finding, claims, documents } = item;
    claims.into_iter().map(move |claim| ClaimRow {
        finding: Some(finding.id.clone()),
        position: finding.positions.iter().find(|p| p.claims.contains(&claim.id)).map(|p| p.id.clone()),
        document: documents.iter().find(|document| document.id == claim.document).cloned(),
        claim,
        taken_in: None,
        read_at: None,
    })
}

pub(crate) fn finding_columns() -> Vec<Column<FindingItem>> {
    use Cell::{Count, Day, Number, Text, Texts, Truth};
    let column = Column::new;
    vec![
        column("finding", Text(|r| Some(r.finding.id.clone()))),
        column("indicator", Text(|r| Some(r.finding.indicator.clone()))),
        column("subject", Text(|r| r.finding.subject.clone())),
        column("object", Text(|r| r.finding.object.clone())),
        column("unit", Text(|r| r.finding.unit.clone())),
        column("measure", Text(|r| word(r.finding.measure))),
        column("places", Texts(|r| names(&r.finding.places))),
        column("place_ids", Texts(|r| ids(&r.finding.places))),
        column("place_precision", Texts(|r| precisions(&r.finding.places))),
        column("time_start", Day(|r| r.finding.time.and_then(|time| time.start))),
        column("time_end", Day(|r| r.finding.time.and_then(|time| time.end))),
        column("low", Number(|r| r.finding.low)),
        column("best", Number(|r| r.finding.best)),
        column("high", Number(|r| r.finding.high)),
        column("approximate", Truth(|r| Some(r.finding.approximate))),
        column("derived_low", Number(|r| r.finding.derived.low)),
        column("derived_high", Number(|r| r.finding.derived.high)),
        column("derived_from", Texts(|r| known(&r.finding.derived.chain))),
        column("best_most_supported", Number(|r| r.finding.estimates.most_supported)),
        column("best_conservative", Number(|r| r.finding.estimates.conservative)),
        column("best_freshest", Number(|r| r.finding.estimates.freshest)),
        column("rule_sensitive", Truth(|r| Some(r.finding.rule_sensitive))),
        column("status", Text(|r| word(Some(r.finding.status)))),
        column("likelihood", Text(|r| word(r.finding.likelihood))),
        column("independent_origins", Count(|r| Some(r.finding.independent_origins))),
        column("positions", Count(|r| Some(r.finding.positions.len()))),
        column(
            "said_last",
            Day(|r| {
                let live = r.finding.positions.iter().filter(|position| position.superseded_by.is_none());
                live.filter_map(|position| position.reported).max()
            }),
        ),
        column("newest_source", Day(|r| r.documents.iter().filter_map(|d| d.published).map(|p| p.date).max())),
        column("merged_from", Texts(|r| known(&r.finding.lineage.merged_from))),
        column("split_from", Text(|r| r.finding.lineage.split_from.clone())),
    ]
}

pub(crate) fn claim_columns() -> Vec<Column<ClaimRow>> {
    use Cell::{Count, Day, Moment, Number, Text, Texts, Truth};
    let column = Column::new;
    vec![
        column("finding", Text(|r| r.finding.clone())),
        column("position", Text(|r| r.position.clone())),
        column("claim", Text(|r| Some(r.claim.id.clone()))),
        column("doc", Text(|r| Some(r.claim.doc.clone()))),
        column("document", Text(|r| Some(r.claim.document.clone()))),
        column("outlet", Text(|r| r.document.as_ref().and_then(|d| d.outlet.clone()))),
        column("published", Day(|r| r.document.as_ref().and_then(|d| d.published).map(|p| p.date))),
        column("published_from", Text(|r| word(r.document.as_ref().and_then(|d| d.published).map(|p| p.from)))),
        column("url", Text(|r| r.document.as_ref().and_then(|d| d.url.clone()))),
        column("span_start", Count(|r| Some(r.claim.anchor.span().start()))),
        column("span_end", Count(|r| Some(r.claim.anchor.span().end()))),
        column("quote", Text(|r| Some(r.claim.anchor.quote().to_owned()))),
        column("indicator", Text(|r| Some(r.claim.indicator.clone()))),
        column("subject", Text(|r| r.claim.subject.clone())),
        column("object", Text(|r| r.claim.object.clone())),
        column("low", Number(|r| r.claim.quantity.as_ref().and_then(Quantity::low))),
        column("high", Number(|r| r.claim.quantity.as_ref().and_then(Quantity::high))),
        column("approximate", Truth(|r| r.claim.quantity.as_ref().map(|q| q.approximate))),
        column("unit", Text(|r| r.claim.quantity.as_ref().and_then(|q| q.unit.clone()))),
        column("item", Text(|r| r.claim.quantity.as_ref().and_then(|q| q.item.clone()))),
        column("places", Texts(|r| names(&r.claim.places))),
        column("place_ids", Texts(|r| ids(&r.claim.places))),
        column("place_precision", Texts(|r| precisions(&r.claim.places))),
        column("time_start", Day(|r| r.claim.time.as_ref().and_then(Time::start))),
        column("time_end", Day(|r| r.claim.time.as_ref().and_then(Time::end))),
        column("reported", Day(|r| r.claim.reported)),
        column("sources", Texts(|r| r.claim.sources.iter().map(|source| Some(source.id.clone())).collect())),
        column("via", Texts(|r| r.claim.via.iter().map(|source| Some(source.id.clone())).collect())),
        column("stance", Text(|r| word(Some(r.claim.stance)))),
        column("measure", Text(|r| word(r.claim.measure))),
        column("civilian", Truth(|r| r.claim.civilian)),
        column("part_of", Text(|r| r.claim.part_of.clone())),
        column("inherited", Texts(|r| known(&r.claim.inherited))),
        column("rule", Text(|r| Some(r.claim.rule.clone()))),
        column("taken_in", Moment(|r| r.taken_in)),
        column("read_at", Moment(|r| r.read_at)),
    ]
}

pub(crate) fn document_columns() -> Vec<Column<ArchivedDocument>> {
    use Cell::{Day, Moment, Text, Texts};
    let column = Column::new;
    vec![
        column("document", Text(|r| Some(r.document.id.clone()))),
        column("doc", Text(|r| Some(r.document.doc.clone()))),
        column("outlet", Text(|r| r.document.outlet.clone())),
        column("relays", Texts(|r| known(&r.document.relays))),
        column("url", Text(|r| r.document.url.clone())),
        column("path", Text(|r| r.document.path.clone())),
        column("language", Text(|r| r.document.language.clone())),
        column("published", Day(|r| r.document.published.map(|p| p.date))),
        column("published_from", Text(|r| word(r.document.published.map(|p| p.from)))),
        column("title", Text(|r| r.document.title.clone())),
        column("text", Text(|r| Some(r.document.text.clone()).filter(|text| !text.is_empty()))),
        column("taken_in", Moment(|r| Some(r.taken_in))),
        column("read_at", Moment(|r| Some(r.read_at))),
    ]
}

fn known(texts: &[String]) -> Vec<Option<String>> {
    texts.iter().cloned().map(Some).collect()
}

fn names(places: &[PlaceRef]) -> Vec<Option<String>> {
    places.iter().map(|place| Some(place.name.clone())).collect()
}

fn ids(places: &[PlaceRef]) -> Vec<Option<String>> {
    places.iter().map(|place| place.id.clone()).collect()
}

fn precisions(places: &[PlaceRef]) -> Vec<Option<String>> {
    places.iter().map(|place| word(place.precision)).collect()
}

/// A word of the wire format, such as `single-source`.
fn word(word: Option<impl Serialize>) -> Option<String> {
    match serde_json::to_value(word?) {
        Ok(serde_json::Value::String(word)) => Some(word),
        _ => None,
    }
}

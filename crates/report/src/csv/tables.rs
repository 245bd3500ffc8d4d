//! The tables and their columns.

use recoup_model::{Claim, Disagreement, DocumentHead, Finding, FindingItem, PlaceRef, Position};
use serde::Serialize;

use super::cell::{maybe, plain, several, text};
use crate::clocks;
use crate::names::Names;
use crate::stream::Report;

/// A column: its name, the type of its cells, and how a cell is read from what makes a row.
pub(super) struct Column<R> {
    pub(super) name: &'static str,
    pub(super) kind: &'static str,
    cell: fn(&R) -> String,
}

pub(super) struct PositionRow<'a> {
    finding: &'a Finding,
    position: &'a Position,
    names: &'a Names<'a>,
}

pub(super) struct DisagreementRow<'a> {
    finding: &'a Finding,
    disagreement: &'a Disagreement,
}

pub(super) struct ClaimRow<'a> {
    finding: &'a Finding,
    claim: &'a Claim,
    document: Option<&'a DocumentHead>,
}

pub(super) fn findings(report: &Report) -> Vec<Vec<String>> {
    rows(&finding_columns(), report.findings.iter())
}

pub(super) fn positions(report: &Report, names: &Names<'_>) -> Vec<Vec<String>> {
    let of = |item: &FindingItem| item.finding.positions.len();
    let mut made = Vec::with_capacity(report.findings.iter().map(of).sum());
    for FindingItem { finding, .. } in &report.findings {
        made.extend(finding.positions.iter().map(|position| PositionRow { finding, position, names }));
    }
    rows(&position_columns(), made)
}

pub(super) fn disagreements(report: &Report) -> Vec<Vec<String>> {
    let made = report.findings.iter().flat_map(|FindingItem { finding, .. }| {
        finding.disagreements.iter().map(move |disagreement| DisagreementRow { finding, disagreement })
    });
    rows(&disagreement_columns(), made)
}

pub(super) fn claims(report: &Report) -> Vec<Vec<String>> {
    let made = report.findings.iter().flat_map(|FindingItem { finding, claims, documents }| {
        claims.iter().map(move |claim| {
            let document = documents.iter().find(|document| document.id == claim.document);
            ClaimRow { finding, claim, document }
        })
    });
    rows(&claim_columns(), made)
}

fn rows<R>(columns: &[Column<R>], made: impl IntoIterator<Item = impl std::borrow::Borrow<R>>) -> Vec<Vec<String>> {
    let header = columns.iter().map(|column| column.name.to_owned()).collect();
    let body = made.into_iter().map(|row| columns.iter().map(|column| (column.cell)(row.borrow())).collect());
    std::iter::once(header).chain(body).collect()
}

pub(super) fn finding_columns() -> Vec<Column<FindingItem>> {
    vec![
        column("finding", "id", |r| text(&r.finding.id)),
        column("indicator", "word", |r| text(&r.finding.indicator)),
        column("subject", "id", |r| maybe(r.finding.subject.as_deref())),
        column("object", "id", |r| maybe(r.finding.object.as_deref())),
        column("unit", "word", |r| maybe(r.finding.unit.as_deref())),
        column("measure", "word", |r| wire(r.finding.measure)),
        column("places", "texts", |r| place_names(&r.finding.places)),
        column("place_ids", "ids", |r| place_ids(&r.finding.places)),
        column("place_precision", "words", |r| place_precisions(&r.finding.places)),
        column("time_start", "date", |r| plain(r.finding.time.and_then(|time| time.start))),
        column("time_end", "date", |r| plain(r.finding.time.and_then(|time| time.end))),
        column("low", "number", |r| plain(r.finding.low)),
        column("best", "number", |r| plain(r.finding.best)),
        column("high", "number", |r| plain(r.finding.high)),
        column("approximate", "boolean", |r| plain(Some(r.finding.approximate))),
        column("derived_low", "number", |r| plain(r.finding.derived.low)),
        column("derived_high", "number", |r| plain(r.finding.derived.high)),
        column("derived_from", "ids", |r| ids(&r.finding.derived.chain)),
        column("best_most_supported", "number", |r| plain(r.finding.estimates.most_supported)),
        column("best_conservative", "number", |r| plain(r.finding.estimates.conservative)),
        column("best_freshest", "number", |r| plain(r.finding.estimates.freshest)),
        column("rule_sensitive", "boolean", |r| plain(Some(r.finding.rule_sensitive))),
        column("status", "word", |r| wire(Some(r.finding.status))),
        column("likelihood", "word", |r| wire(r.finding.likelihood)),
        column("independent_origins", "integer", |r| plain(Some(r.finding.independent_origins))),
        column("positions", "integer", |r| plain(Some(r.finding.positions.len()))),
        column("said_last", "date", |r| plain(clocks::said_last(&r.finding))),
        column("newest_source", "date", |r| plain(clocks::newest_source(r))),
        column("merged_from", "ids", |r| ids(&r.finding.lineage.merged_from)),
        column("split_from", "id", |r| maybe(r.finding.lineage.split_from.as_deref())),
    ]
}

pub(super) fn position_columns<'a>() -> Vec<Column<PositionRow<'a>>> {
    vec![
        column("finding", "id", |r| text(&r.finding.id)),
        column("position", "id", |r| text(&r.position.id)),
        column("origin", "ids", |r| ids(&r.position.origin)),
        column("origin_name", "texts", |r| {
            let names: Vec<String> = r.position.origin.iter().map(|id| r.names.source(id)).collect();
            ids(&names)
        }),
        column("low", "number", |r| plain(r.position.low)),
        column("high", "number", |r| plain(r.position.high)),
        column("approximate", "boolean", |r| plain(Some(r.position.approximate))),
        column("stance", "word", |r| wire(Some(r.position.stance))),
        column("reported", "date", |r| plain(r.position.reported)),
        column("reliability", "word", |r| wire(Some(r.position.grade.reliability))),
        column("credibility", "integer", |r| plain(Some(r.position.grade.credibility))),
        column("interested", "boolean", |r| plain(Some(r.position.interested))),
        column("addition", "boolean", |r| plain(Some(r.position.addition))),
        column("claims", "ids", |r| ids(&r.position.claims)),
        column("relayed_by", "ids", |r| ids(&r.position.relayed_by)),
        column("superseded_by", "id", |r| maybe(r.position.superseded_by.as_deref())),
    ]
}

pub(super) fn disagreement_columns<'a>() -> Vec<Column<DisagreementRow<'a>>> {
    vec![
        column("finding", "id", |r| text(&r.finding.id)),
        column("class", "word", |r| wire(Some(r.disagreement.class))),
        column("between", "ids", |r| ids(&r.disagreement.between)),
        column("within_document", "boolean", |r| plain(Some(r.disagreement.within_document))),
        column("note", "text", |r| text(&r.disagreement.note)),
    ]
}

pub(super) fn claim_columns<'a>() -> Vec<Column<ClaimRow<'a>>> {
    vec![
        column("finding", "id", |r| text(&r.finding.id)),
        column("position", "id", |r| maybe(position_of(r).map(|position| position.id.as_str()))),
        column("claim", "id", |r| text(&r.claim.id)),
        column("doc", "id", |r| text(&r.claim.doc)),
        column("document", "id", |r| text(&r.claim.document)),
        column("outlet", "text", |r| maybe(r.document.and_then(|d| d.outlet.as_deref()))),
        column("published", "date", |r| plain(r.document.and_then(|d| d.published).map(|p| p.date))),
        column("published_from", "word", |r| wire(r.document.and_then(|d| d.published).map(|p| p.from))),
        column("url", "text", |r| maybe(r.document.and_then(|d| d.url.as_deref()))),
        column("span_start", "integer", |r| plain(Some(r.claim.anchor.span().start()))),
        column("span_end", "integer", |r| plain(Some(r.claim.anchor.span().end()))),
        column("quote", "text", |r| text(r.claim.anchor.quote())),
        column("indicator", "word", |r| text(&r.claim.indicator)),
        column("subject", "id", |r| maybe(r.claim.subject.as_deref())),
        column("object", "id", |r| maybe(r.claim.object.as_deref())),
        column("low", "number", |r| plain(r.claim.quantity.as_ref().and_then(|q| q.low()))),
        column("high", "number", |r| plain(r.claim.quantity.as_ref().and_then(|q| q.high()))),
        column("approximate", "boolean", |r| plain(r.claim.quantity.as_ref().map(|q| q.approximate))),
        column("unit", "word", |r| maybe(r.claim.quantity.as_ref().and_then(|q| q.unit.as_deref()))),
        column("item", "text", |r| maybe(r.claim.quantity.as_ref().and_then(|q| q.item.as_deref()))),
        column("places", "texts", |r| place_names(&r.claim.places)),
        column("place_ids", "ids", |r| place_ids(&r.claim.places)),
        column("place_precision", "words", |r| place_precisions(&r.claim.places)),
        column("time_start", "date", |r| plain(r.claim.time.as_ref().and_then(|time| time.start()))),
        column("time_end", "date", |r| plain(r.claim.time.as_ref().and_then(|time| time.end()))),
        column("reported", "date", |r| plain(r.claim.reported)),
        column("sources", "ids", |r| several(r.claim.sources.iter().map(|source| source.id.as_str()))),
        column("via", "ids", |r| several(r.claim.via.iter().map(|source| source.id.as_str()))),
        column("stance", "word", |r| wire(Some(r.claim.stance))),
        column("measure", "word", |r| wire(r.claim.measure)),
        column("civilian", "boolean", |r| plain(r.claim.civilian)),
        column("part_of", "id", |r| maybe(r.claim.part_of.as_deref())),
        column("inherited", "words", |r| ids(&r.claim.inherited)),
        column("rule", "text", |r| text(&r.claim.rule)),
    ]
}

fn column<R>(name: &'static str, kind: &'static str, cell: fn(&R) -> String) -> Column<R> {
    Column { name, kind, cell }
}

fn position_of<'a>(row: &ClaimRow<'a>) -> Option<&'a Position> {
    row.finding.positions.iter().find(|position| position.claims.contains(&row.claim.id))
}

fn ids(ids: &[String]) -> String {
    several(ids.iter().map(String::as_str))
}

fn place_names(places: &[PlaceRef]) -> String {
    several(places.iter().map(|place| place.name.as_str()))
}

fn place_ids(places: &[PlaceRef]) -> String {
    several(places.iter().map(|place| place.id.as_deref().unwrap_or_default()))
}

fn place_precisions(places: &[PlaceRef]) -> String {
    let words: Vec<String> = places.iter().map(|place| wire(place.precision)).collect();
    ids(&words)
}

/// A word of the wire format, such as `single-source`.
fn wire(word: Option<impl Serialize>) -> String {
    let word = word.and_then(|word| serde_json::to_value(word).ok());
    word.as_ref().and_then(serde_json::Value::as_str).map(text).unwrap_or_default()
}

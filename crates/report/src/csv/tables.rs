//! The tables and their columns.

use recoup_model::{Claim, Disagreement, DocumentHead, Finding, FindingItem, PlaceRef, Position};
use serde::Serialize;

use super::cell::{maybe, plain, several, text};
use crate::clocks;
use crate::names::Names;
use crate::stream::Report;

/// A column: its name, the type of its cells, its hashtag in HXL, and how a cell is read from what makes a row.
///
/// Hashtags and the attributes behind them are those of HXL 1.1 as far as it has them. Which indicator a figure counts
/// is said by its row, so all figures are `#indicator+num`, and none is `#affected+killed`.
pub(super) struct Column<R> {
    pub(super) name: &'static str,
    pub(super) kind: &'static str,
    pub(super) hxl: &'static str,
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

pub(super) fn findings(report: &Report, hxl: bool) -> Vec<Vec<String>> {
    rows(&finding_columns(), report.findings.iter(), hxl)
}

pub(super) fn positions(report: &Report, names: &Names<'_>, hxl: bool) -> Vec<Vec<String>> {
    let of = |item: &FindingItem| item.finding.positions.len();
    let mut made = Vec::with_capacity(report.findings.iter().map(of).sum());
    for FindingItem { finding, .. } in &report.findings {
        made.extend(finding.positions.iter().map(|position| PositionRow { finding, position, names }));
    }
    rows(&position_columns(), made, hxl)
}

pub(super) fn disagreements(report: &Report, hxl: bool) -> Vec<Vec<String>> {
    let made = report.findings.iter().flat_map(|FindingItem { finding, .. }| {
        finding.disagreements.iter().map(move |disagreement| DisagreementRow { finding, disagreement })
    });
    rows(&disagreement_columns(), made, hxl)
}

pub(super) fn claims(report: &Report, hxl: bool) -> Vec<Vec<String>> {
    let made = report.findings.iter().flat_map(|FindingItem { finding, claims, documents }| {
        claims.iter().map(move |claim| {
            let document = documents.iter().find(|document| document.id == claim.document);
            ClaimRow { finding, claim, document }
        })
    });
    rows(&claim_columns(), made, hxl)
}

/// The rows of a table: its header, with `hxl` the hashtags, then one row for each of what is `made`.
fn rows<R>(
    columns: &[Column<R>],
    made: impl IntoIterator<Item = impl std::borrow::Borrow<R>>,
    hxl: bool,
) -> Vec<Vec<String>> {
    let header = columns.iter().map(|column| column.name.to_owned()).collect();
    let hashtags = hxl.then(|| columns.iter().map(|column| column.hxl.to_owned()).collect());
    let body = made.into_iter().map(|row| columns.iter().map(|column| (column.cell)(row.borrow())).collect());
    std::iter::once(header).chain(hashtags).chain(body).collect()
}

pub(super) fn finding_columns() -> Vec<Column<FindingItem>> {
    vec![
        column("finding", "id", "#meta+id+finding", |r| text(&r.finding.id)),
        column("indicator", "word", "#indicator+code", |r| text(&r.finding.indicator)),
        column("subject", "id", "#group+code+subject", |r| maybe(r.finding.subject.as_deref())),
        column("object", "id", "#group+code+object", |r| maybe(r.finding.object.as_deref())),
        column("unit", "word", "#indicator+type+unit", |r| maybe(r.finding.unit.as_deref())),
        column("measure", "word", "#indicator+type+measure", |r| wire(r.finding.measure)),
        column("places", "texts", "#loc+name", |r| place_names(&r.finding.places)),
        column("place_ids", "ids", "#loc+code", |r| place_ids(&r.finding.places)),
        column("place_precision", "words", "#loc+type", |r| place_precisions(&r.finding.places)),
        column("time_start", "date", "#date+start", |r| plain(r.finding.time.and_then(|time| time.start))),
        column("time_end", "date", "#date+end", |r| plain(r.finding.time.and_then(|time| time.end))),
        column("low", "number", "#indicator+num+min", |r| plain(r.finding.low)),
        column("best", "number", "#indicator+num+best", |r| plain(r.finding.best)),
        column("high", "number", "#indicator+num+max", |r| plain(r.finding.high)),
        column("approximate", "boolean", "#indicator+approximate", |r| plain(Some(r.finding.approximate))),
        column("derived_low", "number", "#indicator+num+min+derived", |r| plain(r.finding.derived.low)),
        column("derived_high", "number", "#indicator+num+max+derived", |r| plain(r.finding.derived.high)),
        column("derived_from", "ids", "#meta+id+claim+derived", |r| ids(&r.finding.derived.chain)),
        column("best_most_supported", "number", "#indicator+num+best+supported", |r| {
            plain(r.finding.estimates.most_supported)
        }),
        column("best_conservative", "number", "#indicator+num+best+conservative", |r| {
            plain(r.finding.estimates.conservative)
        }),
        column("best_freshest", "number", "#indicator+num+best+freshest", |r| plain(r.finding.estimates.freshest)),
        column("rule_sensitive", "boolean", "#indicator+rule_sensitive", |r| plain(Some(r.finding.rule_sensitive))),
        column("status", "word", "#status+code", |r| wire(Some(r.finding.status))),
        column("likelihood", "word", "#status+likelihood", |r| wire(r.finding.likelihood)),
        column("independent_origins", "integer", "#meta+origins+num", |r| plain(Some(r.finding.independent_origins))),
        column("positions", "integer", "#meta+positions+num", |r| plain(Some(r.finding.positions.len()))),
        column("said_last", "date", "#date+reported", |r| plain(clocks::said_last(&r.finding))),
        column("newest_source", "date", "#date+published", |r| plain(clocks::newest_source(r))),
        column("merged_from", "ids", "#meta+id+finding+merged", |r| ids(&r.finding.lineage.merged_from)),
        column("split_from", "id", "#meta+id+finding+split", |r| maybe(r.finding.lineage.split_from.as_deref())),
    ]
}

pub(super) fn position_columns<'a>() -> Vec<Column<PositionRow<'a>>> {
    vec![
        column("finding", "id", "#meta+id+finding", |r| text(&r.finding.id)),
        column("position", "id", "#meta+id+position", |r| text(&r.position.id)),
        column("origin", "ids", "#meta+source+code", |r| ids(&r.position.origin)),
        column("origin_name", "texts", "#meta+source+name", |r| {
            let names: Vec<String> = r.position.origin.iter().map(|id| r.names.source(id)).collect();
            ids(&names)
        }),
        column("low", "number", "#indicator+num+min", |r| plain(r.position.low)),
        column("high", "number", "#indicator+num+max", |r| plain(r.position.high)),
        column("approximate", "boolean", "#indicator+approximate", |r| plain(Some(r.position.approximate))),
        column("stance", "word", "#status+code+stance", |r| wire(Some(r.position.stance))),
        column("reported", "date", "#date+reported", |r| plain(r.position.reported)),
        column("reliability", "word", "#meta+source+reliability", |r| wire(Some(r.position.grade.reliability))),
        column("credibility", "integer", "#meta+credibility", |r| plain(Some(r.position.grade.credibility))),
        column("interested", "boolean", "#meta+source+interested", |r| plain(Some(r.position.interested))),
        column("addition", "boolean", "#indicator+addition", |r| plain(Some(r.position.addition))),
        column("claims", "ids", "#meta+id+claim", |r| ids(&r.position.claims)),
        column("relayed_by", "ids", "#meta+id+document", |r| ids(&r.position.relayed_by)),
        column("superseded_by", "id", "#meta+id+position+superseding", |r| maybe(r.position.superseded_by.as_deref())),
    ]
}

pub(super) fn disagreement_columns<'a>() -> Vec<Column<DisagreementRow<'a>>> {
    vec![
        column("finding", "id", "#meta+id+finding", |r| text(&r.finding.id)),
        column("class", "word", "#description+type+difference", |r| wire(Some(r.disagreement.class))),
        column("between", "ids", "#meta+id+position", |r| ids(&r.disagreement.between)),
        column("within_document", "boolean", "#meta+within_document", |r| plain(Some(r.disagreement.within_document))),
        column("note", "text", "#description+difference", |r| text(&r.disagreement.note)),
    ]
}

pub(super) fn claim_columns<'a>() -> Vec<Column<ClaimRow<'a>>> {
    vec![
        column("finding", "id", "#meta+id+finding", |r| text(&r.finding.id)),
        column("position", "id", "#meta+id+position", |r| maybe(position_of(r).map(|position| position.id.as_str()))),
        column("claim", "id", "#meta+id+claim", |r| text(&r.claim.id)),
        column("doc", "id", "#meta+id+doc", |r| text(&r.claim.doc)),
        column("document", "id", "#meta+id+document", |r| text(&r.claim.document)),
        column("outlet", "text", "#meta+source+name+outlet", |r| maybe(r.document.and_then(|d| d.outlet.as_deref()))),
        column("published", "date", "#date+published", |r| plain(r.document.and_then(|d| d.published).map(|p| p.date))),
        column("published_from", "word", "#meta+published_from", |r| {
            wire(r.document.and_then(|d| d.published).map(|p| p.from))
        }),
        column("url", "text", "#meta+url", |r| maybe(r.document.and_then(|d| d.url.as_deref()))),
        column("span_start", "integer", "#meta+span+start", |r| plain(Some(r.claim.anchor.span().start()))),
        column("span_end", "integer", "#meta+span+end", |r| plain(Some(r.claim.anchor.span().end()))),
        column("quote", "text", "#description+quote", |r| text(r.claim.anchor.quote())),
        column("indicator", "word", "#indicator+code", |r| text(&r.claim.indicator)),
        column("subject", "id", "#group+code+subject", |r| maybe(r.claim.subject.as_deref())),
        column("object", "id", "#group+code+object", |r| maybe(r.claim.object.as_deref())),
        column("low", "number", "#indicator+num+min", |r| plain(r.claim.quantity.as_ref().and_then(|q| q.low()))),
        column("high", "number", "#indicator+num+max", |r| plain(r.claim.quantity.as_ref().and_then(|q| q.high()))),
        column("approximate", "boolean", "#indicator+approximate", |r| {
            plain(r.claim.quantity.as_ref().map(|q| q.approximate))
        }),
        column("unit", "word", "#indicator+type+unit", |r| {
            maybe(r.claim.quantity.as_ref().and_then(|q| q.unit.as_deref()))
        }),
        column("item", "text", "#indicator+text+item", |r| {
            maybe(r.claim.quantity.as_ref().and_then(|q| q.item.as_deref()))
        }),
        column("places", "texts", "#loc+name", |r| place_names(&r.claim.places)),
        column("place_ids", "ids", "#loc+code", |r| place_ids(&r.claim.places)),
        column("place_precision", "words", "#loc+type", |r| place_precisions(&r.claim.places)),
        column("time_start", "date", "#date+start", |r| plain(r.claim.time.as_ref().and_then(|time| time.start()))),
        column("time_end", "date", "#date+end", |r| plain(r.claim.time.as_ref().and_then(|time| time.end()))),
        column("reported", "date", "#date+reported", |r| plain(r.claim.reported)),
        column("sources", "ids", "#meta+source+code", |r| {
            several(r.claim.sources.iter().map(|source| source.id.as_str()))
        }),
        column("via", "ids", "#meta+source+code+via", |r| several(r.claim.via.iter().map(|source| source.id.as_str()))),
        column("stance", "word", "#status+code+stance", |r| wire(Some(r.claim.stance))),
        column("measure", "word", "#indicator+type+measure", |r| wire(r.claim.measure)),
        column("civilian", "boolean", "#indicator+civilian", |r| plain(r.claim.civilian)),
        column("part_of", "id", "#meta+id+claim+whole", |r| maybe(r.claim.part_of.as_deref())),
        column("inherited", "words", "#meta+inherited", |r| ids(&r.claim.inherited)),
        column("rule", "text", "#meta+rule", |r| text(&r.claim.rule)),
    ]
}

fn column<R>(name: &'static str, kind: &'static str, hxl: &'static str, cell: fn(&R) -> String) -> Column<R> {
    Column { name, kind, hxl, cell }
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

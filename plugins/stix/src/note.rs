//! A finding as a note.

use std::collections::BTreeMap;

use jiff::civil::Date;
use recoup_plugin::prelude::*;

use crate::bundle::Desk;
use crate::identity::Identities;
use crate::object::{ExternalReference, Note, one_line, web_address, wire};
use crate::opinion::{self, Positions};

/// The note of a finding: bounds and status in its abstract, every position with its words in its content, the articles
/// as references.
pub(crate) fn note(
    desk: &Desk<'_>,
    item: &FindingItem,
    changes: &[&Change],
    identities: &Identities<'_>,
    positions: &Positions<'_>,
) -> Note {
    let mut note = bare(desk, &item.finding, desk.cut_off(), identities);
    note.content = content(desk, item, positions);
    note.common.external_references = articles(desk, item);
    for change in changes {
        note.common.labels.push(format!("change:{}", wire(change.change)));
        if change.coverage_only {
            note.common.labels.push("coverage-only".to_owned());
        }
    }
    note
}

/// The notes of findings that stood in the report before and no longer stand, revoked.
pub(crate) fn withdrawn(desk: &Desk<'_>, identities: &Identities<'_>) -> impl Iterator<Item = Note> {
    let gone = desk.report.changes.iter().filter(|change| change.after.is_none());
    gone.filter_map(|change| change.before.as_deref()).map(|finding| {
        let mut note = bare(desk, finding, desk.report.head.previous.unwrap_or(desk.cut_off()), identities);
        note.content = desk.language.choose("Ce chiffre ne tient plus.", "This figure no longer stands.").to_owned();
        note.common.revoked = true;
        note.common.labels.push("change:withdrawn".to_owned());
        note
    })
}

/// The id of a finding's note in this report.
pub(crate) fn id(desk: &Desk<'_>, finding: &Finding) -> String {
    id_as_of(desk, finding, desk.cut_off())
}

fn id_as_of(desk: &Desk<'_>, finding: &Finding, as_of: Date) -> String {
    desk.id("note", &[&finding.id, &created(finding, as_of).to_string()])
}

/// When a finding was said first. It is part of the note's id, so that no id has two days of creation: an older article
/// that is read later makes another note. Where no position is dated it is the cut-off of the report.
fn created(finding: &Finding, as_of: Date) -> Date {
    // Years that the standard cannot write are mistakes of reading.
    let dated = finding.positions.iter().filter_map(|position| position.reported).filter(|day| day.year() > 0);
    dated.min().map_or(as_of, |day| day.min(as_of))
}

/// The note without what its claims and documents give.
fn bare(desk: &Desk<'_>, finding: &Finding, as_of: Date, identities: &Identities<'_>) -> Note {
    let mut common = desk.common(id_as_of(desk, finding, as_of), created(finding, as_of));
    common.labels = labels(finding);
    let origins = (finding.independent_origins > 0).then(|| desk.language.origins(finding.independent_origins));
    let said: Vec<String> = [desk.language.status(finding.status).to_owned()].into_iter().chain(origins).collect();
    let figure = bounds(desk, finding).map(|figure| format!("{}{figure}", desk.language.colon())).unwrap_or_default();
    let origins = finding.positions.iter().flat_map(|position| &position.origin);
    Note {
        common,
        summary: format!("{}{figure} ({})", desk.names.question(finding), said.join(", ")),
        content: String::new(),
        object_refs: std::iter::once(desk.report_id()).chain(identities.refs(desk, origins)).collect(),
    }
}

fn bounds(desk: &Desk<'_>, finding: &Finding) -> Option<String> {
    desk.language.quantity(finding.low, finding.high, finding.approximate, finding.unit.as_deref())
}

/// What can be searched for, in the words of the wire.
fn labels(finding: &Finding) -> Vec<String> {
    let label = |name: &str, value: &str| format!("{name}:{}", one_line(value));
    let maybe = |name, value: Option<&str>| value.map(|value| label(name, value));
    let places = finding.places.iter().filter_map(|place| maybe("place", place.id.as_deref()));
    [label("indicator", &finding.indicator), label("status", &wire(finding.status))]
        .into_iter()
        .chain(maybe("subject", finding.subject.as_deref()))
        .chain(maybe("object", finding.object.as_deref()))
        .chain(maybe("measure", finding.measure.map(Measure::as_str)))
        .chain(places)
        .chain(finding.rule_sensitive.then(|| "rule-sensitive".to_owned()))
        .chain([label("finding", &finding.id)])
        .collect()
}

/// Plain text in lines: what is known, then each position with its words below it, then what differs without being a
/// dispute.
fn content(desk: &Desk<'_>, item: &FindingItem, positions: &Positions<'_>) -> String {
    let FindingItem { finding, claims, documents } = item;
    let language = desk.language;
    let claims: BTreeMap<&str, &Claim> = claims.iter().map(|claim| (claim.id.as_str(), claim)).collect();
    let documents: BTreeMap<&str, &DocumentHead> = documents.iter().map(|d| (d.id.as_str(), d)).collect();
    let mut lines = vec![figure(desk, finding)];
    for position in &finding.positions {
        let replaced = position.superseded_by.as_deref().map(|by| {
            let by = positions.get(by).and_then(|(of, by)| position_figure(desk, of, by));
            match by {
                Some(by) => format!("{} {by}", language.choose("remplacé par", "replaced by")),
                None => language.choose("remplacé", "replaced").to_owned(),
            }
        });
        lines.push(format!("- {}", held(desk, finding, position, replaced)));
        for claim in position.claims.iter().filter_map(|id| claims.get(id.as_str())) {
            let document = documents.get(claim.document.as_str());
            let outlet = document.and_then(|document| document.outlet.as_deref()).unwrap_or(&claim.doc);
            let day = document.and_then(|document| document.published).map(|p| format!(", {}", p.date));
            let quote = language.quote(&one_line(claim.anchor.quote()));
            lines.push(format!("  {quote} ({}{})", one_line(outlet), day.unwrap_or_default()));
        }
    }
    lines.extend(finding.disagreements.iter().filter_map(|d| opinion::difference(desk, d, positions)));
    lines.join("\n")
}

/// The first line: bounds, best estimate, what follows from other scopes.
fn figure(desk: &Desk<'_>, finding: &Finding) -> String {
    let language = desk.language;
    let colon = language.colon();
    let stated = bounds(desk, finding);
    let exact = finding.best.is_some() && finding.best == finding.low && finding.best == finding.high;
    let best = match finding.best {
        Some(best) => Some(format!(
            "{}{colon}{}",
            language.choose("meilleure estimation", "best estimate"),
            language.figure(best)
        )),
        None => stated.is_some().then(|| language.choose("pas de meilleure estimation", "no best estimate").to_owned()),
    };
    let derived = language.quantity(finding.derived.low, finding.derived.high, false, finding.unit.as_deref());
    let follows = language.choose("déduit d’autres périmètres", "follows from other scopes");
    let none = language.choose("sans chiffre", "no figure");
    let parts = [stated.or_else(|| Some(none.to_owned())), best.filter(|_| !exact)];
    let parts = parts.into_iter().chain([derived.map(|derived| format!("{follows}{colon}{derived}"))]).flatten();
    parts.collect::<Vec<_>>().join(language.semicolon())
}

/// Who holds what, how surely, when, and how it is graded.
fn held(desk: &Desk<'_>, finding: &Finding, position: &Position, replaced: Option<String>) -> String {
    let language = desk.language;
    let addition = position.addition.then(|| language.choose("en plus des autres", "on top of the others").to_owned());
    let grade = format!("{} {}", language.choose("cote", "grade"), position.grade);
    let party = position.interested.then(|| language.choose("partie intéressée", "interested party").to_owned());
    let parts = [
        position_figure(desk, finding, position),
        addition,
        Some(language.stance(position.stance).to_owned()),
        position.reported.map(|day| day.to_string()),
        Some(grade),
        party,
        replaced,
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{}{}{}", desk.names.origin(position), language.colon(), parts.join(language.semicolon()))
}

/// The bounds of a position; `None` without a figure.
pub(crate) fn position_figure(desk: &Desk<'_>, finding: &Finding, position: &Position) -> Option<String> {
    desk.language.quantity(position.low, position.high, position.approximate, finding.unit.as_deref())
}

/// The articles of a finding, each with the file that it was read from where that is known.
fn articles(desk: &Desk<'_>, item: &FindingItem) -> Vec<ExternalReference> {
    let mut references = Vec::new();
    for document in &item.documents {
        let unnamed = desk.language.choose("un média non nommé", "an unnamed outlet");
        let outlet = one_line(document.outlet.as_deref().unwrap_or(unnamed));
        let title = document.title.as_deref().map(one_line).filter(|title| !title.is_empty());
        let day = document.published.map(|published| published.date.to_string());
        let description: Vec<String> = title.into_iter().chain(day).collect();
        let file = document.path.as_deref().and_then(|path| read_from(&desk.report.head.manifest.inputs, path));
        references.push(ExternalReference {
            source_name: outlet.clone(),
            description: (!description.is_empty()).then(|| description.join(", ")),
            url: document.url.as_deref().and_then(web_address),
            hashes: BTreeMap::new(),
            external_id: document.id.clone(),
        });
        let read = desk.language.choose("le fichier lu", "the file as it was read");
        references.extend(file.map(|file| ExternalReference::file(&outlet, read, file)));
    }
    references
}

/// The input that a document was read from: the manifest names files from the pipeline's folder on, a document as the
/// user did. `None` where two inputs have the name, as files outside that folder can.
fn read_from<'a>(inputs: &'a [Hashed], path: &str) -> Option<&'a Hashed> {
    let path = path.replace('\\', "/");
    let names =
        |input: &&Hashed| path.strip_suffix(&input.name).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
    let longest = inputs.iter().filter(names).max_by_key(|input| input.name.len())?;
    let same = inputs.iter().filter(|input| input.name == longest.name).count();
    (same == 1).then_some(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_found_among_the_inputs_by_the_end_of_its_path() {
        let hashed = |name: &str| Hashed { name: name.to_owned(), sha256: String::new() };
        let inputs = ["a/1.txt", "1.txt", "b/2.txt", "3.txt", "3.txt"].map(hashed);
        let cases = [
            ("strait/a/1.txt", Some("a/1.txt")),
            ("elsewhere\\1.txt", Some("1.txt")),
            ("b/2.txt", Some("b/2.txt")),
            ("bb/2.txt", None),
            ("2.txt", None),
            ("3.txt", None),
        ];
        for (path, want) in cases {
            assert_eq!(read_from(&inputs, path).map(|input| input.name.as_str()), want, "{path}");
        }
    }
}

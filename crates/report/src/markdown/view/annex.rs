//! Sources, endnotes, articles set aside, hashes.

use std::collections::BTreeMap;

use recoup_model::{ArchiveState, Claim, CopyGroup, Hashed, RunManifest, SetAside, SourceRef, SourceState};
use serde::Serialize;

use crate::markdown::desk::Desk;
use crate::md::Md;
use crate::words::{Words, text};

/// An outlet that was read or a body that was quoted.
#[derive(Debug, Serialize)]
pub(super) struct SourceView {
    name: String,
    /// `outlet` or `origin`.
    role: String,
    reliability: String,
    total: Md,
    in_period: Md,
    newest: Md,
    /// How often it is usually heard; null where it was heard on fewer than three days.
    rhythm: Option<Md>,
    /// Whether it was expected this period and is not heard.
    missing: bool,
}

/// An endnote: where a claim stands.
#[derive(Debug, Serialize)]
pub(super) struct NoteView {
    number: usize,
    quote: Md,
    /// Who says it and who relays it; null where the outlet itself does.
    said_by: Option<Md>,
    outlet: Md,
    /// The day of publication and where it was found.
    published: Md,
    /// Key of the document.
    doc: Md,
    /// Place of the quote in the document's text.
    bytes: Md,
    url: Option<Md>,
    /// The first publisher of the text, where the document is a copy.
    copy_of: Option<Md>,
    /// Id of the claim.
    claim: Md,
}

#[derive(Debug, Serialize)]
pub(super) struct SetAsideView {
    origin: String,
    code: Md,
    reason: String,
    help: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct ManifestView {
    version: String,
    pipeline: Option<HashedView>,
    /// What the store held; null without one.
    archive: Option<Md>,
    rulings: Option<HashedView>,
    inputs: Vec<HashedView>,
    packs: Vec<HashedView>,
    plugins: Vec<HashedView>,
}

#[derive(Debug, Serialize)]
struct HashedView {
    name: String,
    sha256: Md,
}

#[expect(clippy::cast_precision_loss, reason = "nobody reads 2^53 articles")]
pub(super) fn source(source: &SourceState, desk: &Desk<'_>) -> SourceView {
    let count = |number: usize| Md::trusted(desk.words.figure(number as f64));
    SourceView {
        name: desk.names.source_or(&source.id, &source.name),
        role: source.role.clone(),
        reliability: format!("{:?}", source.reliability),
        total: count(source.total),
        in_period: count(source.in_period),
        newest: desk.day(source.newest),
        rhythm: source.rhythm_days.map(|days| Md::trusted(rhythm(days, desk.words))),
        missing: source.missing,
    }
}

/// The sources that are not heard this period, first those that were expected.
pub(super) fn silent(sources: &[SourceState], desk: &Desk<'_>) -> Vec<SourceView> {
    let silent = |missing: bool| sources.iter().filter(move |s| s.in_period == 0 && s.missing == missing);
    silent(true).chain(silent(false)).map(|s| source(s, desk)).collect()
}

/// The sources that are heard for the first time this period.
pub(super) fn new(sources: &[SourceState], desk: &Desk<'_>) -> Vec<SourceView> {
    sources.iter().filter(|s| s.new).map(|s| source(s, desk)).collect()
}

/// `usually heard every 2.5 days`.
fn rhythm(days: f64, words: &Words) -> String {
    let interval = format!("{}\u{a0}{}", words.figure(days), words.plural(&words.count.day, days));
    words.phrase.rhythm.replace("{days}", &interval)
}

/// The endnotes of everything that was cited up to now.
pub(super) fn notes(copies: &[CopyGroup], desk: &Desk<'_>) -> Vec<NoteView> {
    let mut firsts: BTreeMap<&str, &str> = BTreeMap::new();
    for (first, others) in copies.iter().filter_map(|group| group.documents.split_first()) {
        firsts.extend(others.iter().map(|other| (other.as_str(), first.as_str())));
    }
    let first = |claim: &Claim| firsts.get(claim.document.as_str()).copied();
    desk.cited().iter().zip(1..).map(|(claim, number)| note(claim, number, first(claim), desk)).collect()
}

fn note(claim: &Claim, number: usize, first: Option<&str>, desk: &Desk<'_>) -> NoteView {
    let words = desk.words;
    let document = desk.document(&claim.document);
    let span = claim.anchor.span();
    let [start, end] = [span.start(), span.end()].map(|at| Md::trusted(at.to_string()));
    let outlet = document.and_then(|d| d.outlet.as_deref());
    NoteView {
        number,
        quote: desk.quote(claim.anchor.quote()),
        said_by: said_by(claim, desk),
        outlet: outlet.map_or_else(|| Md::trusted(&words.phrase.unnamed_outlet), Md::text),
        published: match document.and_then(|d| d.published) {
            None => Md::trusted(&words.date.undated),
            Some(published) => {
                let from = Md::trusted(text(&words.published_from, published.from));
                let day = Md::trusted(words.day(published.date));
                Md::fill(&words.phrase.date_from, &[("day", &day), ("from", &from)])
            }
        },
        doc: Md::code(&claim.doc),
        bytes: Md::fill(&words.phrase.bytes, &[("start", &start), ("end", &end)]),
        url: document.and_then(|d| d.url.as_deref()).map(Md::address),
        copy_of: first.map(|first| Md::fill(&words.phrase.copy_of, &[("first", &desk.printed(first))])),
        claim: Md::code(&claim.id),
    }
}

fn said_by(claim: &Claim, desk: &Desk<'_>) -> Option<Md> {
    let names = |sources: &[SourceRef]| {
        let names: Vec<Md> =
            sources.iter().map(|source| Md::text(&desk.names.source_or(&source.id, &source.name))).collect();
        (!names.is_empty()).then(|| desk.words.list(&names))
    };
    let phrase = &desk.words.phrase;
    match (names(&claim.sources), names(&claim.via)) {
        (None, None) => None,
        (Some(source), Some(via)) => Some(Md::fill(&phrase.relays, &[("source", &source), ("via", &via)])),
        (source, via) => Some(Md::fill(&phrase.printed_by, &[("source", &source.or(via).unwrap_or_default())])),
    }
}

pub(super) fn set_aside(article: &SetAside) -> SetAsideView {
    let SetAside { origin, code, reason, help } = article.clone();
    SetAsideView { origin, code: Md::text(&code), reason, help }
}

pub(super) fn manifest(manifest: &RunManifest, words: &Words) -> ManifestView {
    let hashed = |file: &Hashed| HashedView { name: file.name.clone(), sha256: Md::code(&file.sha256) };
    let all = |files: &[Hashed]| files.iter().map(hashed).collect();
    ManifestView {
        version: manifest.version.clone(),
        pipeline: manifest.pipeline.as_ref().map(hashed),
        archive: manifest.archive.as_ref().map(|archive| store(archive, words)),
        rulings: manifest.rulings.as_ref().map(hashed),
        inputs: all(&manifest.inputs),
        packs: all(&manifest.packs),
        plugins: all(&manifest.plugins),
    }
}

fn store(archive: &ArchiveState, words: &Words) -> Md {
    let articles = Md::trusted(words.count(archive.articles, &words.count.article));
    let moment = Md::trusted(archive.taken_in.strftime("%Y-%m-%d %H:%M:%S UTC").to_string());
    let pieces = [("count", &articles), ("moment", &moment), ("sha256", &Md::code(&archive.sha256))];
    Md::fill(&words.phrase.archive, &pieces)
}

//! Articles to documents.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use recoup_model::{Diagnostic, Document, Hashed, Item, Level, Published, SetAside, Sidecar};
use recoup_plugin::Kind;
use recoup_store::Seen;
use tracing::{Span, debug, debug_span, info_span};

use super::bench::Bench;
use super::feeds;
use super::outcome::{RunError, failed_on, set_aside};
use super::workers;
use crate::inputs::{self, Source};
use crate::running::Call;
use crate::{Pipeline, Progress, Rulings};

/// A document of a file, by id, and its day of publication.
type Held = (String, Option<Published>);

/// What was made of the articles.
#[derive(Default)]
pub(crate) struct Parsed {
    pub(crate) documents: Vec<Document>,
    pub(crate) set_aside: Vec<SetAside>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The files that were read, with the documents that they held and their days of publication.
    pub(crate) inputs: Vec<(Hashed, Vec<Held>)>,
}

impl Parsed {
    fn add(&mut self, (read, held): (Vec<Read>, HeldBack)) {
        for one in read {
            let found = one.documents.iter().map(|document| (document.id.clone(), document.published)).collect();
            self.inputs.extend(one.input.map(|input| (input, found)));
            self.documents.extend(one.documents);
            self.set_aside.extend(one.set_aside);
            self.diagnostics.extend(one.diagnostics);
        }
        self.documents.extend(held.documents);
        self.set_aside.extend(held.set_aside);
        self.diagnostics.extend(held.diagnostics);
    }

    /// Leaves out what was published later: a report as of a past day does not tell what came after, not even that
    /// something did. How many documents that were is for who runs the pipeline.
    pub(crate) fn forget_after(&mut self, as_of: Date, rulings: &Rulings) -> usize {
        let read = self.documents.len();
        let known = |id: &str, read| rulings.published(id, read).is_none_or(|published| published.date <= as_of);
        self.documents.retain(|document| known(&document.id, document.published));
        self.inputs.retain(|(_, held)| held.is_empty() || held.iter().any(|(id, read)| known(id, *read)));
        read - self.documents.len()
    }
}

/// What was made of one article.
#[derive(Default)]
pub(crate) struct Read {
    pub(crate) documents: Vec<Document>,
    pub(crate) set_aside: Option<SetAside>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    input: Option<Hashed>,
}

/// Reads every article with the first stage that accepts it.
pub(crate) fn parse(
    pipeline: &Pipeline,
    sources: &[(Source, Sidecar)],
    threads: usize,
    progress: &dyn Progress,
) -> Result<Parsed, RunError> {
    let (containers, files): (Vec<_>, Vec<_>) = sources.iter().partition(|(source, _)| source.is_container());
    let mut parsed = Parsed::default();
    if !files.is_empty() {
        let open =
            |(source, sidecar): &&(Source, Sidecar)| source.read(sidecar).map(|(item, hashed)| (item, Some(hashed)));
        parsed.add(read_each(pipeline, &files, open, threads, progress)?);
    }
    for (source, sidecar) in containers {
        source.batches(sidecar, |batch| {
            parsed.set_aside.extend(batch.set_aside);
            parsed.diagnostics.extend(batch.diagnostics);
            if !batch.articles.is_empty() {
                let open = |seen: &Seen| {
                    let (item, hashed) = inputs::opened(seen.clone());
                    Ok((item, Some(hashed)))
                };
                parsed.add(read_each(pipeline, &batch.articles, open, threads, &())?);
            }
            Ok(())
        })?;
        progress.step();
    }
    feeds::join(&mut parsed.documents, &mut parsed.diagnostics);
    settle(&mut parsed);
    Ok(parsed)
}

/// Reads texts that lie in no file.
pub(crate) fn parse_items(
    pipeline: &Pipeline,
    items: &[Item],
    threads: usize,
    progress: &dyn Progress,
) -> Result<Parsed, RunError> {
    let mut parsed = Parsed::default();
    parsed.add(read_each(pipeline, items, |item| Ok((item.clone(), None)), threads, progress)?);
    settle(&mut parsed);
    Ok(parsed)
}

/// What an article holds, with the hash of its file; or why it must be set aside.
pub(crate) type Opened = Result<(Item, Option<Hashed>), SetAside>;

/// What stages held back until they had seen all of their share.
#[derive(Default)]
pub(crate) struct HeldBack {
    pub(crate) documents: Vec<Document>,
    pub(crate) set_aside: Vec<SetAside>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Reads every article with the first stage that accepts it, and gives what was made of each, in their order.
pub(crate) fn read_each<T: Sync>(
    pipeline: &Pipeline,
    articles: &[T],
    open: impl Fn(&T) -> Opened + Sync,
    threads: usize,
    progress: &dyn Progress,
) -> Result<(Vec<Read>, HeldBack), RunError> {
    let stage = info_span!("stage", stage = "parse");
    let context = pipeline.context();
    let portions: Vec<&[T]> = articles.chunks(Bench::portion(&pipeline.parse, articles.len(), threads)).collect();
    let (read, ended) = workers::each(
        threads,
        &portions,
        || Bench::open(&pipeline.parse, &context),
        |bench, portion| {
            let read = read_all(bench, portion.iter().map(&open), &stage);
            portion.iter().for_each(|_| progress.step());
            read
        },
        Bench::finish,
    )
    .map_err(|failure| RunError::stage(Kind::Parse, failure))?;
    let mut held = HeldBack::default();
    for (heard, result) in ended.into_iter().flatten() {
        result.map_err(|failure| RunError::stage(Kind::Parse, failure))?;
        held.diagnostics.extend(heard.reported);
        for document in heard.emitted {
            let doc = document.doc.clone();
            match sound(document) {
                Ok(document) => held.documents.push(document),
                Err(reason) => held.set_aside.push(unsound(&doc, reason)),
            }
        }
    }
    Ok((read.into_iter().flatten().collect(), held))
}

/// Gives each article to one stage after the other until one takes it.
fn read_all(bench: &mut Bench<'_, Item>, articles: impl Iterator<Item = Opened>, parent: &Span) -> Vec<Read> {
    let mut all = Vec::new();
    // What no stage has taken yet, with its place.
    let mut open: Vec<(usize, Item)> = Vec::new();
    for (at, opened) in articles.enumerate() {
        all.push(match opened {
            Ok((item, input)) => {
                open.push((at, item));
                Read { input, ..Read::default() }
            }
            Err(aside) => Read { set_aside: Some(aside), ..Read::default() },
        });
    }
    for stage in 0..bench.len() {
        let document = if let [(_, item)] = &open[..] { Some(item.sidecar.doc.clone()) } else { None };
        let _entered = debug_span!(parent: parent, "document", doc = document).entered();
        let calls = bench.each(stage, open.iter().map(|(_, item)| item.clone()).collect());
        let mut rest = Vec::new();
        for ((at, item), call) in open.into_iter().zip(calls) {
            if all[at].takes(&item, call) {
                debug!(documents = all[at].documents.len(), "Read.");
            } else {
                rest.push((at, item));
            }
        }
        open = rest;
    }
    for (at, item) in open {
        all[at].set_aside = Some(no_stage(&item));
    }
    all
}

impl Read {
    /// Takes up what a stage said of the article; whether that settles it.
    fn takes(&mut self, item: &Item, (heard, result): Call<Document>) -> bool {
        let worst = heard.reported.iter().min_by_key(|diagnostic| Reverse(diagnostic.level));
        // Whatever is said of an article of which no document is made, it says why.
        let refused = worst.filter(|worst| worst.level == Level::Error || heard.emitted.is_empty());
        let refused = refused.map(|diagnostic| set_aside(&item.origin, diagnostic));
        let named = |diagnostic: Diagnostic| match diagnostic.document {
            None => diagnostic.in_document(&item.origin),
            Some(_) => diagnostic,
        };
        self.diagnostics.extend(heard.reported.into_iter().map(named));
        if let Err(failure) = result {
            self.set_aside = Some(failed_on(&item.origin, &failure));
        } else if refused.is_some() {
            self.set_aside = refused;
        } else if !heard.emitted.is_empty() {
            documents(heard.emitted, &item.origin, self);
        } else {
            return false;
        }
        true
    }
}

fn no_stage(item: &Item) -> SetAside {
    let help = match item.media_type.as_deref() {
        Some("application/jsonl" | "text/csv" | "text/tab-separated-values") => {
            "say in its [[input]] which field holds the text, such as `fields = { text = \"body\" }`"
        }
        _ => "add a [[parse]] stage that reads it, or leave the file out of [[input]]",
    };
    SetAside {
        origin: item.origin.clone(),
        code: "parse.no_stage".to_owned(),
        reason: match &item.media_type {
            Some(media_type) => format!("no parse stage reads {media_type}"),
            None => "no parse stage reads this".to_owned(),
        },
        help: Some(help.to_owned()),
    }
}

fn documents(emitted: Vec<Document>, origin: &str, read: &mut Read) {
    for document in emitted {
        match sound(document) {
            Ok(document) => read.documents.push(document),
            Err(reason) => {
                read.documents.clear();
                read.set_aside = Some(unsound(origin, reason));
                return;
            }
        }
    }
}

/// The document with an id, if all its spans slice its text.
pub(crate) fn sound(document: Document) -> Result<Document, &'static str> {
    let mut end = 0;
    for block in &document.blocks {
        if block.span.slice(&document.text).is_none() {
            return Err("a block that leaves its text");
        }
        if block.span.start() < end {
            return Err("blocks that overlap");
        }
        end = block.span.end();
        if block.sentences.iter().any(|s| !block.span.contains(*s) || s.slice(&document.text).is_none()) {
            return Err("a sentence that leaves its block");
        }
    }
    Ok(if document.id.is_empty() { document.seal() } else { document })
}

fn unsound(origin: &str, reason: &str) -> SetAside {
    SetAside {
        origin: origin.to_owned(),
        code: "parse.unsound".to_owned(),
        reason: format!("the parse stage made a document with {reason}"),
        help: Some("this is a mistake in the stage, not in the article".to_owned()),
    }
}

/// Where a document was read.
fn place(document: &Document) -> &str {
    document.path.as_ref().or(document.url.as_ref()).unwrap_or(&document.doc)
}

fn identical(again: &str, kept: &str) -> Diagnostic {
    let message = match again == kept {
        true => format!("`{again}` holds the same document twice: it counts once"),
        false => format!("`{again}` holds the same document as `{kept}`: it counts once"),
    };
    let warning = Diagnostic::new(Level::Warning, "run.identical", message).in_document(again);
    warning.with_help("leave one of them out of the input")
}

/// Puts documents in their order, counts the same one once, and gives each a key of its own.
fn settle(parsed: &mut Parsed) {
    let order = |d: &Document| {
        (d.published.map(|p| p.date), d.outlet.clone(), d.doc.clone(), d.id.clone(), d.path.clone(), d.title.clone())
    };
    parsed.documents.sort_by_cached_key(order);
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    let Parsed { documents, diagnostics, .. } = parsed;
    documents.retain(|document| match first.get(&document.id) {
        Some(kept) => {
            diagnostics.push(identical(place(document), kept));
            false
        }
        None => first.insert(document.id.clone(), place(document).to_owned()).is_none(),
    });
    let Parsed { documents, diagnostics, .. } = parsed;
    let keys = documents.iter_mut().map(|document| (&mut document.doc, document.id.as_str())).collect();
    diagnostics.extend(distinct_keys(keys));
}

/// Gives each of some documents, key and id, a key of its own.
pub(crate) fn distinct_keys(documents: Vec<(&mut String, &str)>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut keys: BTreeMap<String, usize> = documents.iter().map(|(key, _)| ((**key).clone(), 0)).collect();
    for (doc, id) in documents {
        let taken = keys.get(doc).copied().unwrap_or_default();
        keys.insert(doc.clone(), taken + 1);
        if taken == 0 {
            continue;
        }
        let key = (2..).map(|n| format!("{doc}-{n}")).find(|key| !keys.contains_key(key));
        let key = key.unwrap_or_else(|| id.to_owned());
        let message = format!("two documents have the key `{doc}`: this one is `{key}` in the report");
        let warning = Diagnostic::new(Level::Warning, "input.same_key", message).in_document(&key);
        diagnostics.push(warning.with_help("give the files names of their own, or keys in a manifest"));
        keys.insert(key.clone(), 1);
        *doc = key;
    }
    diagnostics
}

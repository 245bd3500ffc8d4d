//! Takes in what is new, and reads what has not been read.

use std::collections::{BTreeMap, HashMap};

use recoup_model::{Claim, Diagnostic, Document, Hashed, PublishedFrom, SetAside};
use recoup_reconcile::Sketch;
use recoup_store::{ItemRow, ReadDocument, Reading, Seen};
use tracing::{debug, info};

use super::Archive;
use crate::inputs::{self, Source};
use crate::run::{extract, parse, workers};
use crate::{Problem, RunError, RunOptions};

/// Articles that are taken in or read together: what a killed run loses.
const BATCH: usize = 512;

/// What an intake brought.
#[derive(Default)]
pub(super) struct Taken {
    /// Articles that are new, or found again with another text.
    pub(super) new: usize,
    /// Files that could not be opened.
    pub(super) set_aside: Vec<SetAside>,
    pub(super) placed: Vec<Problem>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) manifests: Vec<Hashed>,
}

impl Archive<'_> {
    /// Takes in the articles of the pipeline, else those of `options`, and reads everything that this pipeline has not
    /// read as it now is.
    pub(super) fn take_in(&mut self, options: &RunOptions<'_>) -> Result<Taken, RunError> {
        let mut taken = Taken::default();
        if options.fetch && options.inputs.is_empty() && options.manifest.is_none() {
            self.fetch(options, &mut taken)?;
        }
        let gathered = match inputs::gather(self.pipeline, options) {
            // What was taken in before is still known, and why nothing was fetched is told.
            Err(RunError::NoInput) if !taken.set_aside.is_empty() || !self.store.latest()?.is_empty() => {
                inputs::Gathered::default()
            }
            gathered => gathered?,
        };
        taken.manifests = gathered.manifests;
        self.collect(&gathered.sources, options, &mut taken)?;
        let unread = self.store.unread(self.reader)?;
        info!(new = taken.new, unread = unread.len(), "Taken in.");
        options.progress.phase("read", unread.len());
        for rows in unread.chunks(BATCH) {
            let items = self.store.items(rows)?;
            let readings = self.read(&items, options, &mut taken)?;
            self.store.keep_readings(self.run, self.reader, &readings)?;
        }
        self.compare()?;
        Ok(taken)
    }

    fn collect(
        &mut self,
        sources: &[(Source, recoup_model::Sidecar)],
        options: &RunOptions<'_>,
        taken: &mut Taken,
    ) -> Result<(), RunError> {
        let latest = self.store.latest()?;
        options.progress.phase("take in", sources.len());
        let (containers, files): (Vec<_>, Vec<_>) = sources.iter().partition(|(source, _)| source.is_container());
        for batch in files.chunks(4 * BATCH) {
            let see = |(source, sidecar): &&(Source, recoup_model::Sidecar)| {
                let seen = source.see(sidecar).map(|seen| Some(seen).filter(|seen| latest.is_new(seen)));
                options.progress.step();
                seen
            };
            let (found, _) = workers::each(options.threads, batch, || Ok::<_, RunError>(()), |(), s| see(s), |()| ())?;
            let mut new: Vec<Seen> = Vec::new();
            for seen in found {
                match seen {
                    Ok(seen) => new.extend(seen),
                    Err(aside) => taken.set_aside.push(aside),
                }
            }
            taken.new += new.len();
            if !new.is_empty() {
                self.store.take_in(self.run, &new)?;
            }
        }
        for (source, sidecar) in containers {
            source.batches(sidecar, |batch| {
                taken.set_aside.extend(batch.set_aside);
                taken.diagnostics.extend(batch.diagnostics);
                let new: Vec<Seen> = batch.articles.into_iter().filter(|seen| latest.is_new(seen)).collect();
                taken.new += new.len();
                if !new.is_empty() {
                    self.store.take_in(self.run, &new)?;
                }
                Ok(())
            })?;
            options.progress.step();
        }
        Ok(())
    }

    fn read(&self, items: &[ItemRow], options: &RunOptions<'_>, taken: &mut Taken) -> Result<Vec<Reading>, RunError> {
        let open = |item: &ItemRow| Ok((inputs::item(item.seen.clone()), None));
        let (read, held) = parse::read_each(self.pipeline, items, open, options.threads, options.progress)?;
        let mut readings = Vec::with_capacity(items.len());
        // Where each document was found, by its place among all; one that is found twice is read once.
        let mut found: Vec<(usize, Document)> = Vec::new();
        for (at, (item, one)) in items.iter().zip(read).enumerate() {
            found.extend(one.documents.into_iter().map(|document| (at, document)));
            taken.diagnostics.extend(one.diagnostics);
            readings.push(Reading { item: item.id, set_aside: Vec::from_iter(one.set_aside), ..Reading::default() });
        }
        let last = items.len().saturating_sub(1);
        found.extend(held.documents.into_iter().map(|document| (last, document)));
        taken.diagnostics.extend(held.diagnostics);
        if let Some(reading) = readings.last_mut() {
            reading.set_aside.extend(held.set_aside);
        }
        self.extract(items, found, &mut readings, options, taken)?;
        Ok(readings)
    }

    /// Finds the claims of documents and puts both into the readings of their articles.
    fn extract(
        &self,
        items: &[ItemRow],
        found: Vec<(usize, Document)>,
        readings: &mut [Reading],
        options: &RunOptions<'_>,
        taken: &mut Taken,
    ) -> Result<(), RunError> {
        let mut once: BTreeMap<&str, &Document> = BTreeMap::new();
        let mut several: HashMap<usize, usize> = HashMap::new();
        for (at, document) in &found {
            once.insert(&document.id, document);
            *several.entry(*at).or_default() += 1;
        }
        let documents: Vec<Document> = once.into_values().cloned().collect();
        let extracted = extract::extract(self.pipeline, documents.clone(), options.threads, &())?;
        let mut claims: HashMap<&str, Vec<Claim>> = HashMap::new();
        for document in &extracted.documents {
            claims.insert(&document.id, Vec::new());
        }
        for claim in &extracted.claims {
            claims.entry(&claim.document).or_default().push(claim.clone());
        }
        let sketch = |(_, document): &(usize, Document)| Sketch::of(document).numbers();
        let (sketches, _) =
            workers::each(options.threads, &found, || Ok::<_, RunError>(()), |(), found| sketch(found), |()| ())?;
        let (placed, rest) = crate::place(extracted.diagnostics, &documents);
        taken.placed.extend(placed);
        taken.diagnostics.extend(rest);
        for ((at, document), sketch) in found.into_iter().zip(sketches) {
            let Some(claims) = claims.get(document.id.as_str()) else {
                let origin = document.path.as_deref().unwrap_or(&document.doc);
                let mine = extracted.set_aside.iter().filter(|aside| aside.origin == origin);
                readings[at].set_aside.extend(mine.cloned());
                continue;
            };
            let address = address(&document, &items[at], several.get(&at) != Some(&1));
            let claims = claims.clone();
            readings[at].documents.push(ReadDocument { document, address, sketch, claims });
        }
        debug!(articles = items.len(), claims = extracted.claims.len(), "Read.");
        Ok(())
    }
}

/// What a document is a version of: a text under the address of an earlier one replaces it.
fn address(document: &Document, item: &ItemRow, one_of_several: bool) -> String {
    // A page that was fetched for a feed's entry replaces the entry, wherever the entry's address led.
    if item.seen.sidecar.published_from == Some(PublishedFrom::FeedLink) && !one_of_several {
        return item.seen.origin.clone();
    }
    match &document.url {
        Some(url) => url.clone(),
        None if one_of_several => format!("{}#{}", item.seen.origin, document.doc),
        None => item.seen.origin.clone(),
    }
}

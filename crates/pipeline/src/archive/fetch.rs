//! Feeds on the web, and the pages of their entries.

use std::collections::BTreeMap;

use recoup_fetch::{Answer, Fetcher, Got, Wanted};
use recoup_ingest::key_of;
use recoup_model::{Diagnostic, Level, PublishedFrom, SetAside, Sidecar};
use recoup_store::{Answered, Latest, Seen};
use tracing::info;

use super::Archive;
use super::intake::Taken;
use crate::inputs::{Batch, held};
use crate::{RunError, RunOptions};

/// Pages of one feed that are fetched in one run: at a page in two seconds, some minutes.
const PAGES: usize = 200;

impl Archive<'_> {
    /// Fetches the feeds that the pipeline names, and the pages of their new entries where it wants them, and takes in
    /// what is new. What cannot be fetched is set aside; what it gave before is known.
    pub(super) fn fetch(&mut self, options: &RunOptions<'_>, taken: &mut Taken) -> Result<(), RunError> {
        let mut feeds: BTreeMap<&str, bool> = BTreeMap::new();
        for input in &self.pipeline.inputs {
            for feed in &input.feeds {
                *feeds.entry(feed).or_default() |= input.pages;
            }
        }
        if feeds.is_empty() {
            return Ok(());
        }
        let fetcher = Fetcher::new(self.pipeline.fetch.clone());
        let latest = self.store.latest()?;
        options.progress.phase("fetch", feeds.len());
        let addresses: Vec<&str> = feeds.keys().copied().collect();
        let answers = self.ask(&fetcher, &addresses, options, taken)?;
        let mut wanted: BTreeMap<String, Sidecar> = BTreeMap::new();
        let mut found: Vec<Seen> = Vec::new();
        for answer in &answers {
            let articles = opened(answer, Sidecar::default(), taken);
            if feeds.get(answer.address.as_str()) == Some(&true) {
                self.pages(answer, &articles, &latest, &mut wanted, taken)?;
            }
            found.extend(articles);
        }
        if !wanted.is_empty() {
            options.progress.phase("fetch pages", wanted.len());
        }
        let addresses: Vec<&str> = wanted.keys().map(String::as_str).collect();
        for answer in self.ask(&fetcher, &addresses, options, taken)? {
            let beside = wanted.get(&answer.address).cloned().unwrap_or_default();
            found.extend(opened(&answer, beside, taken));
        }
        let new: Vec<Seen> = found.into_iter().filter(|seen| latest.is_new(seen)).collect();
        taken.new += new.len();
        self.store.take_in(self.run, &new)?;
        info!(feeds = feeds.len(), pages = wanted.len(), new = new.len(), "Fetched.");
        Ok(())
    }

    /// What some addresses give now, or gave when they last changed.
    fn ask(
        &mut self,
        fetcher: &Fetcher,
        addresses: &[&str],
        options: &RunOptions<'_>,
        taken: &mut Taken,
    ) -> Result<Vec<Answered>, RunError> {
        let mut known = Vec::with_capacity(addresses.len());
        for address in addresses {
            known.push(self.store.answer(address)?);
        }
        let wanted = addresses.iter().zip(&known).map(|(address, known)| Wanted {
            address: (*address).to_owned(),
            etag: known.as_ref().and_then(|known| known.etag.clone()),
            modified: known.as_ref().and_then(|known| known.modified.clone()),
        });
        let got = fetcher.fetch(&wanted.collect::<Vec<_>>(), || options.progress.step());
        let mut answers = Vec::new();
        for ((address, known), got) in addresses.iter().zip(known).zip(got) {
            match got {
                Ok(Got::Page(Answer { address: landed, media_type, etag, modified, bytes })) => {
                    let address = (*address).to_owned();
                    let at = known.as_ref().map_or(self.run.at, |known| known.at);
                    let mut answer = Answered { address, landed, media_type, etag, modified, bytes, at };
                    if known.as_ref() != Some(&answer) {
                        answer.at = self.run.at;
                        self.store.keep_answer(self.run, &answer)?;
                    }
                    answers.push(answer);
                }
                Ok(Got::Unchanged) => answers.extend(known),
                Err(error) => taken.set_aside.push(SetAside {
                    origin: (*address).to_owned(),
                    code: error.code().to_owned(),
                    reason: error.to_string(),
                    help: Some(error.help().to_owned()),
                }),
            }
        }
        Ok(answers)
    }

    /// Adds the pages of entries that are new, or of which the page has not been had yet.
    fn pages(
        &self,
        feed: &Answered,
        entries: &[Seen],
        latest: &Latest,
        wanted: &mut BTreeMap<String, Sidecar>,
        taken: &mut Taken,
    ) -> Result<(), RunError> {
        let mut pages = 0;
        let mut left = 0;
        for entry in entries {
            let Some(url) = &entry.sidecar.url else { continue };
            if !latest.is_new(entry) && self.store.answer(url)?.is_some() || wanted.contains_key(url) {
                continue;
            }
            if pages == PAGES {
                left += 1;
                continue;
            }
            pages += 1;
            // The page says the rest of itself.
            let Sidecar { doc, language, published, .. } = entry.sidecar.clone();
            let published_from = Some(PublishedFrom::FeedLink);
            let beside = Sidecar { doc, language, published, published_from, ..Sidecar::default() };
            wanted.insert(url.clone(), beside);
        }
        if left > 0 {
            let message = format!("{left} pages of its entries are left for the next run, which fetches {PAGES} more");
            taken.diagnostics.push(Diagnostic::new(Level::Warning, "fetch.later", message).in_document(&feed.address));
        }
        Ok(())
    }
}

/// What lies at an address.
fn opened(answer: &Answered, beside: Sidecar, taken: &mut Taken) -> Vec<Seen> {
    let doc =
        if beside.doc.is_empty() { key_of([Some(answer.landed.as_str())]).unwrap_or_default() } else { beside.doc };
    let sidecar = Sidecar { doc, url: Some(answer.landed.clone()), fetched: Some(answer.at), ..beside };
    let Batch { articles, set_aside, diagnostics, .. } =
        held(&answer.address, &sidecar, answer.media_type.as_deref(), &answer.bytes);
    taken.set_aside.extend(set_aside);
    taken.diagnostics.extend(diagnostics);
    articles
}

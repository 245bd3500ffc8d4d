//! Feeds, archives and lists among the files of a run, unpacked in batches.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::ops::ControlFlow;

use recoup_ingest::{Article, HEAD, Input, Limits, Piece, is_container, unpack};
use recoup_model::{Diagnostic, Hashed, Item, SetAside, Sidecar, content_hash};
use recoup_store::Seen;

use super::{STDIN, Source, item};
use crate::RunError;

/// Articles that are read together.
const ARTICLES: usize = 512;
/// Bytes of articles that are read together: what is in memory at a time.
const BYTES: usize = 16 << 20;

/// A part of what a container holds.
#[derive(Default)]
pub(crate) struct Batch {
    pub(crate) articles: Vec<Seen>,
    pub(crate) set_aside: Vec<SetAside>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    bytes: usize,
}

impl Batch {
    fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Article(Article { origin, name, media_type, sidecar, bytes }) => {
                self.bytes += bytes.len();
                self.articles.push(Seen { origin, name, media_type, sidecar, bytes });
            }
            Piece::SetAside(aside) => self.set_aside.push(aside),
            Piece::Remark(remark) => self.diagnostics.push(remark),
        }
    }

    fn is_full(&self) -> bool {
        self.articles.len() >= ARTICLES || self.bytes >= BYTES
    }
}

impl Source {
    /// Whether it holds articles rather than being one. What cannot be opened does not.
    pub(crate) fn is_container(&self) -> bool {
        if self.is_piped() {
            return true;
        }
        let mut head = Vec::new();
        let read = File::open(&self.path).and_then(|file| file.take(HEAD as u64).read_to_end(&mut head));
        read.is_ok() && is_container(&self.origin, &head, self.fields.is_some())
    }

    pub(super) fn is_piped(&self) -> bool {
        self.path.as_os_str() == STDIN
    }

    /// Hands on what it holds, in its order.
    ///
    /// # Errors
    /// Those of `each`, after which nothing more is read.
    pub(crate) fn batches(
        &self,
        sidecar: &Sidecar,
        mut each: impl FnMut(Batch) -> Result<(), RunError>,
    ) -> Result<(), RunError> {
        let opened: io::Result<(Box<dyn BufRead>, _)> = if self.is_piped() {
            Ok((Box::new(io::stdin().lock()), None))
        } else {
            let file = || File::open(&self.path);
            file().and_then(|again| {
                Ok((Box::new(BufReader::with_capacity(1 << 16, file()?)) as _, Some(Box::new(again) as _)))
            })
        };
        let mut batch = Batch::default();
        let mut result = Ok(());
        match opened {
            Ok((mut reader, seekable)) => {
                let Source { origin, name, fields, .. } = self;
                let input = Input { origin, name, sidecar, media_type: None, fields: fields.as_deref(), seekable };
                unpack(input, &mut reader, &Limits::default(), &mut |piece| {
                    batch.take(piece);
                    if batch.is_full() {
                        result = each(std::mem::take(&mut batch));
                    }
                    if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
                });
            }
            Err(error) => batch.set_aside.push(self.unreadable(&error)),
        }
        result?;
        each(batch)
    }
}

/// Everything that was found at an address: a page, or the entries of a feed.
pub(crate) fn held(address: &str, sidecar: &Sidecar, media_type: Option<&str>, bytes: &[u8]) -> Batch {
    let mut batch = Batch::default();
    let input = Input { origin: address, name: address, sidecar, media_type, fields: None, seekable: None };
    unpack(input, &mut &*bytes, &Limits::default(), &mut |piece| {
        batch.take(piece);
        ControlFlow::Continue(())
    });
    batch
}

/// An article of a container as an item, and its hash.
pub(crate) fn opened(seen: Seen) -> (Item, Hashed) {
    let hashed = Hashed { name: seen.name.clone(), sha256: content_hash(&seen.bytes) };
    (item(seen), hashed)
}

//! What is packed with gzip or deflate, with a limit on how far it unfolds.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;

/// Below that, nothing is a bomb: a page of blanks packs very well.
const HARMLESS: u64 = 1 << 20;

/// Something unfolds to far more than it was packed.
#[derive(Debug)]
pub(crate) struct Bomb(u64);

impl std::fmt::Display for Bomb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "unfolds to more than {} times its size", self.0)
    }
}

impl std::error::Error for Bomb {}

/// Counts what is read.
struct Counted<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

/// Reads what was unpacked and fails where it is too much for what was packed.
pub(crate) struct Guarded<R> {
    inner: R,
    packed: Rc<Cell<u64>>,
    unpacked: u64,
    expansion: u64,
}

impl<R: Read> Guarded<R> {
    /// What `inner` unpacks of `packed` bytes.
    pub(crate) fn new(inner: R, packed: u64, expansion: u64) -> Self {
        Guarded { inner, packed: Rc::new(Cell::new(packed)), unpacked: 0, expansion }
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.unpacked += read as u64;
        if self.unpacked > HARMLESS && self.unpacked / self.expansion > self.packed.get() {
            return Err(io::Error::other(Bomb(self.expansion)));
        }
        Ok(read)
    }
}

/// All members of a gzip file, one after the other.
pub(crate) fn members<'r>(reader: impl BufRead + 'r, expansion: u64) -> impl BufRead + 'r {
    let packed = Rc::new(Cell::new(0));
    let counted = Counted { inner: reader, count: Rc::clone(&packed) };
    let decoder = MultiGzDecoder::new(BufReader::with_capacity(1 << 16, counted));
    BufReader::with_capacity(1 << 16, Guarded { inner: decoder, packed, unpacked: 0, expansion })
}

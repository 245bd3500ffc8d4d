//! What documents are compared by: the hashes of their shingles.

use recoup_model::{Document, fold};

/// Words of a shingle.
const SHINGLE: usize = 5;

/// A body of fewer words says too little to be called a copy.
const MIN_WORDS: usize = 30;

/// Share of the smaller body's shingles that the other must hold.
const CONTAINED: f64 = 0.8;

/// A sketch holds at most so many shingles on average: on this many, a share of 80 % is known to some three points.
const SKETCH: usize = 256;

/// Of a short body beside a much longer one, of which only a sample is kept, fewer shingles can be compared than its words
/// have. On fewer than this nothing is known.
const LEAST: usize = 6;

/// What a document is compared by: hashes of its shingles, all of a short body, every second, fourth, eighth ... of a
/// longer one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Sketch {
    /// Hashes that are no multiples of two to this power are left out.
    level: u32,
    /// Ascending, each once.
    shingles: Vec<u64>,
}

impl Sketch {
    /// The sketch of a document's body: the blocks that carry claims, with case, accents and punctuation folded away.
    pub fn of(document: &Document) -> Self {
        let mut shingles = shingles(document);
        let mut level = 0;
        while shingles.len() >> level > SKETCH {
            level += 1;
        }
        shingles.retain(|shingle| is_multiple(*shingle, level));
        Sketch { level, shingles }
    }

    /// As numbers, for a store.
    pub fn numbers(&self) -> Vec<u64> {
        [u64::from(self.level)].into_iter().chain(self.shingles.iter().copied()).collect()
    }

    /// Back from [`Sketch::numbers`].
    pub fn from_numbers(numbers: &[u64]) -> Self {
        let Some((level, shingles)) = numbers.split_first() else { return Sketch::default() };
        Sketch { level: u32::try_from(*level).unwrap_or(0).min(63), shingles: shingles.to_vec() }
    }

    /// Whether at least 80 % of the smaller one's shingles are among the other's, as far as both keep them.
    pub fn resembles(&self, other: &Sketch) -> bool {
        let level = self.level.max(other.level);
        let smaller = self.at(level).count().min(other.at(level).count());
        smaller >= LEAST && self.common(other) >= needed(smaller)
    }

    /// Hashes that are no multiples of two to this power are left out.
    pub(crate) fn level(&self) -> u32 {
        self.level
    }

    /// Ascending, each once.
    pub(crate) fn shingles(&self) -> &[u64] {
        &self.shingles
    }

    /// The levels at which it can be compared, with the number of its shingles that count there.
    pub(crate) fn levels(&self) -> impl Iterator<Item = (u32, usize)> {
        (self.level..u64::BITS).map(|level| (level, self.at(level).count())).take_while(|(_, count)| *count >= LEAST)
    }

    /// The shingles that a sketch of this level keeps.
    fn at(&self, level: u32) -> impl Iterator<Item = u64> {
        self.shingles.iter().copied().filter(move |shingle| is_multiple(*shingle, level))
    }

    /// What both hold: of either only what the other's level keeps.
    fn common(&self, other: &Sketch) -> usize {
        let (a, b) = (&self.shingles, &other.shingles);
        let (mut i, mut j, mut common) = (0, 0, 0);
        while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
            common += usize::from(x == y);
            i += usize::from(x <= y);
            j += usize::from(y <= x);
        }
        common
    }
}

/// How many of so many shingles make a copy.
pub(crate) fn needed(shingles: usize) -> usize {
    (CONTAINED * shingles as f64).ceil() as usize
}

/// Whether a sketch of this level keeps a shingle.
pub(crate) fn is_multiple(shingle: u64, level: u32) -> bool {
    shingle.trailing_zeros() >= level
}

/// The hashes of the shingles of a body, ascending, each once.
fn shingles(document: &Document) -> Vec<u64> {
    let blocks = document.blocks.iter().filter(|b| b.carries_claims()).filter_map(|b| b.span.slice(&document.text));
    // A document of which nobody marked the blocks is all body.
    let text = if document.blocks.is_empty() { document.text.clone() } else { blocks.collect::<Vec<_>>().join(" ") };
    let folded = fold(&text);
    let words: Vec<&str> = folded.split(' ').filter(|w| !w.is_empty()).collect();
    if words.len() < MIN_WORDS {
        return Vec::new();
    }
    let mut shingles: Vec<u64> = words.windows(SHINGLE).map(hash).collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// FNV-1a over the words: the same on every machine.
fn hash(words: &[&str]) -> u64 {
    let bytes = words.iter().flat_map(|w| w.bytes().chain([b' ']));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

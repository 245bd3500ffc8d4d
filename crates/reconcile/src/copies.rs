//! Copies: near-identical texts, found by their shingles.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use recoup_model::{CopyGroup, Document, DocumentHead, fold};
use smallvec::SmallVec;

use crate::days::between;

/// Words of a shingle.
const SHINGLE: usize = 5;

/// A body of fewer words says too little to be called a copy.
const MIN_WORDS: usize = 30;

/// Share of the smaller body's shingles that the other must hold.
const CONTAINED: f64 = 0.8;

/// A sketch holds at most so many shingles on average: on this many, a share of 80 % is known to some three points.
const SKETCH: usize = 256;

/// Pairs of longer bodies are looked for by every second shingle: copies that share but ten which are no stock phrases
/// miss each other once in a thousand.
const COARSE: u64 = 2;

/// Bodies of fewer shingles are looked for by each of them.
const SHORT: usize = 64;

/// A shingle that more bodies hold is a house phrase (a signature, a legal notice): a body is compared with the first of
/// its holders only. True copies share shingles that are rarer.
const HOLDERS: usize = 8;

/// Two bodies are compared in full only where the smaller shares so much of its coarse shingles: a body of 64 shingles that
/// is a copy fails this once in a thousand, and stock phrases seldom pass it.
const GLANCE: f64 = 0.35;

/// What a document is compared by: hashes of its shingles, all of a short body, every second, fourth, eighth ... of a
/// longer one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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

    fn is_short(&self) -> bool {
        self.shingles.len() < SHORT
    }

    fn resembles(&self, other: &Sketch) -> bool {
        let level = self.level.max(other.level);
        let of = |sketch: &Sketch| -> Vec<u64> {
            sketch.shingles.iter().copied().filter(|shingle| is_multiple(*shingle, level)).collect()
        };
        share(&of(self), &of(other), CONTAINED)
    }

    fn coarse(&self) -> Vec<u64> {
        self.shingles.iter().copied().filter(|shingle| shingle.is_multiple_of(COARSE)).collect()
    }
}

/// Whether two ascending lists have at least this share of the shorter in common.
fn share(a: &[u64], b: &[u64], part: f64) -> bool {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        common += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    common > 0 && common as f64 >= part * a.len().min(b.len()) as f64
}

fn is_multiple(shingle: u64, level: u32) -> bool {
    shingle.trailing_zeros() >= level
}

/// Groups of near-identical texts, first publisher first: by day of publication (unknown last), then outlet, then key.
///
/// Two texts are copies where at least 80 % of the five-word shingles of the smaller body stand in the other; bodies are
/// of thirty words at least. Groups of one are left out. The result does not depend on the order of the input.
pub fn copies(documents: &[Document]) -> Vec<CopyGroup> {
    let heads: Vec<DocumentHead> = documents.iter().map(Document::head).collect();
    let mut once: Vec<(&DocumentHead, &Document)> = heads.iter().zip(documents).collect();
    once.sort_by(|(a, _), (b, _)| precedence(a).cmp(&precedence(b)));
    once.dedup_by(|(a, _), (b, _)| a.id == b.id);
    let sketches: Vec<Sketch> = once.iter().map(|(_, document)| Sketch::of(document)).collect();
    let pairs = resemblances(&sketches.iter().collect::<Vec<_>>());
    let heads: Vec<&DocumentHead> = once.into_iter().map(|(head, _)| head).collect();
    copy_groups(&heads, &pairs)
}

/// The order in which [`resemblances`] wants documents: by day, undated ones first, so that the pairs among all up to a
/// day are pairs among all up to a later one.
pub fn precedence(head: &DocumentHead) -> (Option<Date>, Option<&str>, &str, &str) {
    (head.published.map(|p| p.date), head.outlet.as_deref(), &head.doc, &head.id)
}

/// Pairs of copies, by index, the smaller first, in the order of the second. Whether two are a pair hangs on themselves
/// and on what stands before the second alone.
pub fn resemblances(sketches: &[&Sketch]) -> Vec<(usize, usize)> {
    let short = sketches.iter().filter(|sketch| sketch.is_short());
    let rare: HashSet<u64> = short.flat_map(|sketch| sketch.shingles.iter().copied()).collect();
    let coarse: Vec<Vec<u64>> = sketches.iter().map(|sketch| sketch.coarse()).collect();
    let mut holders: HashMap<u64, SmallVec<[u32; 4]>> = HashMap::new();
    let mut pairs = Vec::new();
    let mut candidates: Vec<u32> = Vec::new();
    for (at, sketch) in sketches.iter().enumerate() {
        let number = u32::try_from(at).unwrap_or(u32::MAX);
        candidates.clear();
        for shingle in sketch.shingles.iter().filter(|s| s.is_multiple_of(COARSE) || rare.contains(s)) {
            let known = holders.entry(*shingle).or_default();
            // Of a shingle that is not coarse, only pairs with a short body are owed.
            let owed = |other: &&u32| {
                shingle.is_multiple_of(COARSE) || sketch.is_short() || sketches[**other as usize].is_short()
            };
            candidates.extend(known.iter().filter(owed));
            if known.len() < HOLDERS {
                known.push(number);
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        let glance = |other: &usize| {
            sketch.is_short() || sketches[*other].is_short() || share(&coarse[*other], &coarse[at], GLANCE)
        };
        let alike = candidates.iter().map(|other| *other as usize).filter(glance);
        let alike = alike.filter(|other| sketches[*other].resembles(sketch));
        pairs.extend(alike.map(|other| (other, at)));
    }
    pairs
}

/// The groups that pairs of documents make, first publisher first.
pub fn copy_groups(documents: &[&DocumentHead], pairs: &[(usize, usize)]) -> Vec<CopyGroup> {
    let mut leader: HashMap<usize, usize> = HashMap::new();
    for (a, b) in pairs {
        let (a, b) = (root(&leader, *a), root(&leader, *b));
        if a != b {
            leader.insert(a.max(b), a.min(b));
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in leader.keys() {
        groups.entry(root(&leader, *at)).or_default().push(*at);
    }
    let mut groups: Vec<Vec<&DocumentHead>> = groups
        .into_iter()
        .map(|(first, rest)| rest.into_iter().chain([first]).map(|at| documents[at]).collect())
        .collect();
    for group in &mut groups {
        group.sort_by(|a, b| rank(a).cmp(&rank(b)));
    }
    groups.sort_by(|a, b| rank(a[0]).cmp(&rank(b[0])));
    groups.iter().map(|group| copy_group(group)).collect()
}

fn copy_group(group: &[&DocumentHead]) -> CopyGroup {
    let date = |d: &DocumentHead| d.published.map(|p| p.date);
    let first = group.first().and_then(|d| date(d));
    let lag = |d: &DocumentHead| first.zip(date(d)).map(|(a, b)| i32::try_from(between(a, b)).unwrap_or(i32::MAX));
    CopyGroup {
        documents: group.iter().map(|d| d.id.clone()).collect(),
        lag_days: group.iter().skip(1).map(|d| lag(d)).collect(),
    }
}

/// First publisher first.
fn rank(document: &DocumentHead) -> (bool, Option<Date>, Option<&str>, &str, &str) {
    let date = document.published.map(|p| p.date);
    (date.is_none(), date, document.outlet.as_deref(), &document.doc, &document.id)
}

fn root(leader: &HashMap<usize, usize>, mut at: usize) -> usize {
    while let Some(next) = leader.get(&at) {
        at = *next;
    }
    at
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

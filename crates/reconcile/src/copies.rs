//! Copies: near-identical texts, found by their shingles.

use std::collections::BTreeMap;

use jiff::civil::Date;
use recoup_model::{CopyGroup, Document, fold};

use crate::days::between;

/// Words of a shingle.
const SHINGLE: usize = 5;

/// A body of fewer words says too little to be called a copy.
const MIN_WORDS: usize = 30;

/// Share of the smaller body's shingles that the other must hold.
const CONTAINED: f64 = 0.8;

/// A shingle in more bodies than this is a house phrase (a signature, a legal notice) and points to no pair. The
/// comparison of a pair still counts it.
const COMMON: usize = 50;

/// Groups of near-identical texts, first publisher first: by day of publication (unknown last), then outlet, then key.
///
/// Two texts are copies where at least 80 % of the five-word shingles of the smaller body stand in the other; bodies are
/// the blocks that carry claims, with case, accents and punctuation folded away, and of thirty words at least. Groups of
/// one are left out. The result does not depend on the order of the input.
pub fn copies(documents: &[Document]) -> Vec<CopyGroup> {
    let mut documents: Vec<&Document> = documents.iter().collect();
    documents.sort_by(|a, b| rank(a).cmp(&rank(b)));
    documents.dedup_by(|a, b| a.id == b.id);
    let bodies: Vec<Vec<u64>> = documents.iter().map(|d| shingles(d)).collect();

    let mut leader: Vec<usize> = (0..documents.len()).collect();
    for (a, b) in pairs(&bodies) {
        if resemble(&bodies[a], &bodies[b]) {
            let (a, b) = (root(&leader, a), root(&leader, b));
            leader[a.max(b)] = a.min(b);
        }
    }
    let mut groups: BTreeMap<usize, Vec<&Document>> = BTreeMap::new();
    for (at, document) in documents.iter().enumerate() {
        groups.entry(root(&leader, at)).or_default().push(document);
    }
    groups.into_values().filter(|group| group.len() > 1).map(|group| copy_group(&group)).collect()
}

fn copy_group(group: &[&Document]) -> CopyGroup {
    let date = |d: &Document| d.published.map(|p| p.date);
    let first = group.first().and_then(|d| date(d));
    let lag = |d: &Document| first.zip(date(d)).map(|(a, b)| i32::try_from(between(a, b)).unwrap_or(i32::MAX));
    CopyGroup {
        documents: group.iter().map(|d| d.id.clone()).collect(),
        lag_days: group.iter().skip(1).map(|d| lag(d)).collect(),
    }
}

/// First publisher first.
fn rank(document: &Document) -> (bool, Option<Date>, Option<&str>, &str, &str) {
    let date = document.published.map(|p| p.date);
    (date.is_none(), date, document.outlet.as_deref(), &document.doc, &document.id)
}

fn root(leader: &[usize], mut at: usize) -> usize {
    while leader[at] != at {
        at = leader[at];
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

/// Pairs worth comparing: those with a shingle in common, each once.
fn pairs(bodies: &[Vec<u64>]) -> Vec<(usize, usize)> {
    let mut holders: Vec<(u64, usize)> =
        bodies.iter().enumerate().flat_map(|(at, body)| body.iter().map(move |shingle| (*shingle, at))).collect();
    holders.sort_unstable();
    let mut pairs = Vec::new();
    for same in holders.chunk_by(|a, b| a.0 == b.0).filter(|same| (2..=COMMON).contains(&same.len())) {
        for (i, (_, a)) in same.iter().enumerate() {
            pairs.extend(same[i + 1..].iter().map(|(_, b)| (*a, *b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn resemble(a: &[u64], b: &[u64]) -> bool {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        common += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    common as f64 >= CONTAINED * a.len().min(b.len()) as f64
}

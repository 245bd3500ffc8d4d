//! Copies: groups of near-identical texts.

use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;

use jiff::civil::Date;
use recoup_model::{CopyGroup, Document, DocumentHead};

use crate::days::between;
use crate::likeness::{Likeness, likenesses};
use crate::sketch::Sketch;

/// Groups of near-identical texts, first publisher first: by day of publication (unknown last), then outlet, then key.
///
/// Two texts are copies where at least 80 % of the five-word shingles of the smaller body stand in the other; bodies are
/// of thirty words at least. Groups of one are left out. The result does not depend on the order of the input.
pub fn copies(documents: &[Document]) -> Vec<CopyGroup> {
    let heads: Vec<DocumentHead> = documents.iter().map(Document::head).collect();
    let mut once: Vec<(&DocumentHead, &Document)> = heads.iter().zip(documents).collect();
    once.sort_by(|(a, _), (b, _)| rank(a).cmp(&rank(b)));
    once.dedup_by(|(a, _), (b, _)| a.id == b.id);
    let sketches = (0..).zip(&once).map(|(at, (_, document))| (at, Sketch::of(document))).collect();
    let Ok(likenesses) = likenesses(sketches, std::iter::empty::<Result<_, Infallible>>());
    let heads: Vec<(&DocumentHead, i64)> = once.into_iter().map(|(head, _)| head).zip(0..).collect();
    copy_groups(&heads, &likenesses)
}

/// The groups among some documents, each with the number by which it was compared, first publisher first.
pub fn copy_groups(documents: &[(&DocumentHead, i64)], likenesses: &BTreeMap<i64, Likeness>) -> Vec<CopyGroup> {
    let twin = |number: i64| likenesses.get(&number).map_or(number, |likeness| likeness.twin);
    let mut first: HashMap<i64, usize> = HashMap::new();
    let mut pairs = Vec::new();
    for (at, (_, number)) in documents.iter().enumerate() {
        pairs.push((*first.entry(twin(*number)).or_insert(at), at));
    }
    for (twin, at) in &first {
        let near = likenesses.get(twin).into_iter().flat_map(|likeness| &likeness.near);
        pairs.extend(near.filter_map(|other| Some((*first.get(other)?, *at))));
    }
    let mut leader: HashMap<usize, usize> = HashMap::new();
    for (a, b) in pairs {
        let (a, b) = (root(&leader, a), root(&leader, b));
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
        .map(|(first, rest)| rest.into_iter().chain([first]).map(|at| documents[at].0).collect())
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

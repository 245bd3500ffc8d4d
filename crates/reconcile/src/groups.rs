//! Groups: claims that can be reconciled without knowing of any other.

use std::collections::{BTreeMap, BTreeSet};

use recoup_model::{Claim, VERIFICATION, family};

type Key = (String, Option<String>, Option<String>);

/// Cuts the claims of a run into groups: one family of indicators, one subject, one object. A claim without an object
/// goes with the only object that its family and subject have, else with the others without one. A part goes with its
/// whole. Statements that something could not be verified are a family of their own.
///
/// The order of the groups, and of the claims in them, does not depend on the order of the input.
pub fn groups(mut claims: Vec<Claim>) -> Vec<Vec<Claim>> {
    claims.sort_by(|a, b| {
        let place = |c: &Claim| (c.anchor.span().start(), c.anchor.span().end());
        let key = |c: &Claim| (c.reported, c.document.clone(), place(c), c.id.clone());
        key(a).cmp(&key(b))
    });
    let keys = keys(&claims);
    let mut sets = Sets((0..claims.len()).collect());
    let mut first_of: BTreeMap<&Key, usize> = BTreeMap::new();
    for (at, key) in keys.iter().enumerate() {
        let first = *first_of.entry(key).or_insert(at);
        sets.unite(first, at);
    }
    let by_id: BTreeMap<&str, usize> = claims.iter().enumerate().map(|(at, c)| (c.id.as_str(), at)).collect();
    for (at, claim) in claims.iter().enumerate() {
        if let Some(whole) = claim.part_of.as_deref().and_then(|id| by_id.get(id)) {
            sets.unite(*whole, at);
        }
    }
    let roots: Vec<usize> = (0..claims.len()).map(|at| sets.root(at)).collect();
    // A group is named by the least key in it, so that its place does not hang on dates.
    let mut names: BTreeMap<usize, &Key> = BTreeMap::new();
    for (root, key) in roots.iter().zip(&keys) {
        let name = names.entry(*root).or_insert(key);
        *name = (*name).min(key);
    }
    let mut order: Vec<(&Key, usize)> = names.iter().map(|(root, key)| (*key, *root)).collect();
    order.sort();
    let slots: BTreeMap<usize, usize> = order.iter().enumerate().map(|(slot, (_, root))| (*root, slot)).collect();
    let mut groups: Vec<Vec<Claim>> = vec![Vec::new(); slots.len()];
    for (claim, root) in claims.into_iter().zip(roots) {
        groups[slots[&root]].push(claim);
    }
    groups
}

fn keys(claims: &[Claim]) -> Vec<Key> {
    let topic = |c: &Claim| (family(&c.indicator).to_owned(), c.subject.clone());
    let mut objects: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
    for claim in claims {
        objects.entry(topic(claim)).or_default().extend(claim.object.as_deref());
    }
    claims
        .iter()
        .map(|claim| {
            if claim.indicator == VERIFICATION {
                return (VERIFICATION.to_owned(), claim.subject.clone(), None);
            }
            let (family, subject) = topic(claim);
            let known = &objects[&(family.clone(), subject.clone())];
            let sole = known.first().filter(|_| known.len() == 1).map(|object| (*object).to_owned());
            (family, subject, claim.object.clone().or(sole))
        })
        .collect()
}

/// Disjoint sets of claims, the root of each being its smallest index.
struct Sets(Vec<usize>);

impl Sets {
    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

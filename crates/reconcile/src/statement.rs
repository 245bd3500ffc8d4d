//! Claims made ready for comparison: origin, figure and places resolved, copies folded into their first printing.

use std::collections::{BTreeMap, BTreeSet};

use recoup_model::{Claim, Stance, fold};

use crate::bound::Bound;
use crate::origin::{Origin, Origins};
use crate::place::{Area, Gazetteer};

/// Words by which an article calls a count a former one, folded.
const FORMER: [&str; 14] = [
    "announced at first", "announced earlier", "annonce d abord", "annonces d abord", "bilan initial", "bilan precedent",
    "earlier count", "earlier toll", "initial count", "initial toll", "premier bilan", "precedent bilan",
    "previous count", "previous toll",
];

/// A claim with everything that comparing it needs.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    pub(crate) claim: Claim,
    pub(crate) origin: Origin,
    pub(crate) bound: Option<Bound>,
    pub(crate) areas: Vec<Area>,
    /// Every document that carries it: its own, and copies of it.
    pub(crate) carried_by: BTreeSet<String>,
}

impl Statement {
    /// 'None at all', said as a figure.
    pub(crate) fn is_zero(&self) -> bool {
        self.bound.is_some_and(Bound::is_zero)
    }

    /// Whether the article itself gives the figure as a former one ("against 25 the day before"), by the rule that read
    /// it or by its own words.
    pub(crate) fn is_former(&self) -> bool {
        let names_it = |rule: &str| rule.contains("former") || rule.contains("superseded");
        let quote = fold(self.claim.anchor.quote());
        let says_it = FORMER.iter().any(|words| quote.contains(words) && quote.len() > words.len());
        names_it(&self.claim.rule) || says_it || self.claim.evidence.values().any(|e| names_it(&e.rule))
    }

    /// Whether it counts combatants, and says so.
    pub(crate) fn is_of_soldiers(&self) -> bool {
        self.claim.civilian == Some(false)
    }
}

/// The statements of some claims in an order of their own, whatever the order they come in: by day of saying (unknown
/// first), document, and place in the document. A claim repeated by a copy of the text becomes another carrier of the
/// first printing's claim.
pub(crate) fn prepare(mut claims: Vec<Claim>, origins: &Origins<'_>, gazetteer: &mut Gazetteer<'_>) -> Vec<Statement> {
    claims.sort_by(|a, b| {
        let key = |c: &Claim| (c.reported, c.anchor.span().start(), c.anchor.span().end());
        let documents = (&a.document, key(a), &a.id).cmp(&(&b.document, key(b), &b.id));
        // Only a broken extractor gives two claims one id; even so the first in a fixed order must win.
        a.reported.cmp(&b.reported).then(documents).then_with(|| format!("{a:?}").cmp(&format!("{b:?}")))
    });
    let mut seen = BTreeSet::new();
    claims.retain(|claim| seen.insert(claim.id.clone()));

    let carriers = carriers(&claims, origins);
    let folded: BTreeSet<String> = carriers.values().flatten().map(|(id, _)| id.clone()).collect();
    claims
        .into_iter()
        .filter(|claim| !folded.contains(&claim.id))
        .map(|claim| {
            let copies = carriers.get(&claim.id).into_iter().flatten().map(|(_, document)| document.clone());
            Statement {
                origin: origins.of(&claim),
                bound: claim.quantity.as_ref().map(Bound::of),
                areas: gazetteer.leaves(&claim.places),
                carried_by: copies.chain([claim.document.clone()]).collect(),
                claim,
            }
        })
        .collect()
}

/// Id of a claim in the first printing -> the same claim in later copies, with their documents. Where an article says
/// the same thing twice, the first of a copy repeats the first, and so on.
fn carriers(claims: &[Claim], origins: &Origins<'_>) -> BTreeMap<String, Vec<(String, String)>> {
    let mut printings: BTreeMap<_, BTreeMap<usize, Vec<&Claim>>> = BTreeMap::new();
    for claim in claims {
        if let Some((group, rank)) = origins.copy(&claim.document) {
            printings.entry((group, content(claim))).or_default().entry(rank).or_default().push(claim);
        }
    }
    let mut carriers: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for printing in printings.values_mut() {
        for same in printing.values_mut() {
            same.sort_by_key(|claim| (claim.anchor.span(), claim.id.as_str()));
        }
        let mut in_order = printing.values();
        let Some(first) = in_order.next() else { continue };
        for (at, copy) in in_order.flat_map(|same| same.iter().enumerate()) {
            if let Some(original) = first.get(at).or(first.last()) {
                carriers.entry(original.id.clone()).or_default().push((copy.id.clone(), copy.document.clone()));
            }
        }
    }
    carriers
}

type Content<'c> =
    (&'c str, Option<&'c str>, Option<&'c str>, Option<(Option<u64>, Option<u64>)>, Stance, Vec<&'c str>);

/// What a copy of a claim repeats; dates may differ where the copy bears none.
fn content(claim: &Claim) -> Content<'_> {
    (
        claim.indicator.as_str(),
        claim.subject.as_deref(),
        claim.object.as_deref(),
        claim.quantity.as_ref().map(|q| Bound::of(q).key()),
        claim.stance,
        claim.sources.iter().map(|s| s.id.as_str()).collect(),
    )
}

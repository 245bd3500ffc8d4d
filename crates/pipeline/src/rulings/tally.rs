//! What came of each ruling.

use std::collections::{BTreeMap, BTreeSet};

use recoup_model::{AppliedRuling, Claim, Decision, DocumentHead, Theatre, slug};

use super::Rulings;

/// Is told every document and claim, as they were read, and counts what each ruling touches. It remembers only what rulings
/// name, however many claims there are.
#[derive(Debug)]
pub struct Tally<'r> {
    rulings: &'r Rulings,
    /// What rulings name -> how many claims it is; `None` while it has not been seen.
    named: BTreeMap<&'r str, Option<usize>>,
}

impl Rulings {
    /// Begins to count.
    pub fn tally(&self) -> Tally<'_> {
        let mut named = BTreeMap::new();
        for ruling in self.iter() {
            named.extend(ruling.resolved().flat_map(|(_, claims)| claims).map(|id| (id.as_str(), None)));
        }
        Tally { rulings: self, named }
    }
}

impl<'r> Tally<'r> {
    /// Takes a document.
    pub fn document(&mut self, document: &DocumentHead) {
        self.see(&document.id, 0);
        if let Some(outlet) = &document.outlet {
            self.see(&slug(outlet), 0);
        }
    }

    /// Takes a claim, also one that is rejected.
    pub fn claim(&mut self, claim: &Claim) {
        let said = claim.sources.iter().chain(&claim.via).map(|source| source.id.as_str());
        self.claim_of(&claim.id, &claim.document, said);
    }

    /// Takes a claim by its id, that of its document, and those who say or relay it.
    pub(crate) fn claim_of<'c>(&mut self, id: &str, document: &str, said: impl Iterator<Item = &'c str>) {
        self.see(id, 1);
        self.see(document, 1);
        said.for_each(|source| self.see(source, 1));
    }

    fn count(&self, id: &str) -> Option<usize> {
        self.named.get(id).copied().flatten()
    }

    fn see(&mut self, id: &str, claims: usize) {
        if let Some(count) = self.named.get_mut(id) {
            *count = Some(count.unwrap_or_default() + claims);
        }
    }

    /// The rulings, in the order of the file. Sources that nobody quoted are there if the theatre has them.
    pub fn end(self, theatre: &Theatre) -> Vec<AppliedRuling> {
        let undone_by = &self.rulings.effects.undone_by;
        let applied = self.rulings.iter().zip(undone_by).map(|(ruling, undone_by)| AppliedRuling {
            claims: 0,
            gone: Vec::new(),
            undone_by: undone_by.clone(),
            ruling: ruling.clone(),
        });
        applied.map(|applied| self.counted(applied, theatre)).collect()
    }

    fn counted(&self, applied: AppliedRuling, theatre: &Theatre) -> AppliedRuling {
        if applied.undone_by.is_some() || matches!(applied.ruling.decision, Decision::Undo(_)) {
            return applied;
        }
        let source = matches!(applied.ruling.decision, Decision::Depend(_));
        let known = |id: &str| {
            self.count(id).is_some() || source && (theatre.source(id).is_some() || theatre.actor(id).is_some())
        };
        let resolved = || applied.ruling.resolved();
        let gone = resolved().filter(|(_, claims)| !claims.iter().any(|id| known(id)));
        let ids: BTreeSet<&str> = resolved().flat_map(|(_, claims)| claims).map(String::as_str).collect();
        AppliedRuling {
            claims: ids.iter().filter_map(|id| self.count(id)).sum(),
            gone: gone.map(|(target, _)| target.to_owned()).collect(),
            ..applied
        }
    }
}

//! Rulings applied to what is known, before it is reconciled.

use std::collections::BTreeSet;

use jiff::civil::Date;
use recoup_model::{Claim, DocumentHead, Published, PublishedFrom};
use recoup_plugin::GroupRulings;

use super::Rulings;

impl Rulings {
    /// The day on which a document was published: as decided, else as it was read.
    pub fn published(&self, document: &str, read: Option<Published>) -> Option<Published> {
        let decided = self.effects.days.get(document).map(|day| Published { date: *day, from: PublishedFrom::Ruling });
        decided.or(read)
    }

    /// Sets what was decided of a document. Its id stays.
    pub fn apply_to_document(&self, document: &mut DocumentHead) {
        document.published = self.published(&document.id, document.published);
    }

    /// Whether a claim, by its id and that of its document, does not count.
    pub fn rejects(&self, claim: &str, document: &str) -> bool {
        self.effects.rejects(claim, document)
    }

    /// The claims that count, with the times and places that were decided. Their ids stay. What was said on the day of
    /// publication, `published` of the document as it was read, goes with the day that was decided; other times that an
    /// article counts from its day are not read again.
    pub fn apply_to_claims(&self, claims: Vec<Claim>, published: impl Fn(&str) -> Option<Date>) -> Vec<Claim> {
        if self.is_empty() {
            return claims;
        }
        let counts = |claim: &Claim| !self.rejects(&claim.id, &claim.document);
        claims.into_iter().filter(counts).map(|claim| self.set(claim, &published)).collect()
    }

    fn set(&self, mut claim: Claim, published: impl Fn(&str) -> Option<Date>) -> Claim {
        if let Some(day) = self.effects.days.get(&claim.document)
            && claim.reported == published(&claim.document)
        {
            claim.reported = Some(*day);
        }
        if let Some(time) = self.effects.times.get(&claim.id) {
            claim.time = Some(time.clone());
            decided(&mut claim, "time");
        }
        if let Some(place) = self.effects.places.get(&claim.id) {
            claim.places = place.iter().cloned().collect();
            decided(&mut claim, "places");
        }
        claim
    }

    /// Sets of claims that answer one question, by id: they must be reconciled together.
    pub fn together(&self) -> &[Vec<String>] {
        &self.effects.together
    }

    /// What the reconciler of some claims has to see to.
    pub fn for_group(&self, claims: &[Claim]) -> GroupRulings {
        if self.is_empty() {
            return GroupRulings::default();
        }
        self.for_ids(&claims.iter().map(|claim| claim.id.as_str()).collect())
    }

    /// Everything that was decided of some claims, by id, as a text: two groups of the same claims and documents are
    /// reconciled alike where it is the same.
    pub(crate) fn mark(&self, ids: &BTreeSet<&str>) -> String {
        if self.is_empty() {
            return String::new();
        }
        let times: Vec<_> = ids.iter().filter_map(|id| self.effects.times.get_key_value(*id)).collect();
        let places: Vec<_> = ids.iter().filter_map(|id| self.effects.places.get_key_value(*id)).collect();
        serde_json::to_string(&(self.for_ids(ids), times, places)).unwrap_or_default()
    }

    fn for_ids(&self, ids: &BTreeSet<&str>) -> GroupRulings {
        let known =
            |set: &Vec<String>| -> Vec<String> { set.iter().filter(|id| ids.contains(id.as_str())).cloned().collect() };
        let together = self.effects.together.iter().map(known).filter(|set| set.len() > 1);
        let apart = self.effects.apart.iter().map(|sides| sides.each_ref().map(known));
        GroupRulings {
            together: together.collect(),
            apart: apart.filter(|sides| sides.iter().all(|side| !side.is_empty())).collect(),
            one_origin: self.effects.one_origin.clone(),
        }
    }
}

/// A slot that was decided has no words of its own any more.
fn decided(claim: &mut Claim, slot: &str) {
    claim.evidence.remove(slot);
    claim.inherited.retain(|inherited| inherited != slot);
}

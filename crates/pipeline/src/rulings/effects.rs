//! What rulings come to: of two on one target the later holds, and what was undone does not count.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use recoup_model::{Decision, PlaceRef, Ruling, Time};

use super::Entry;

/// What holds in the end.
#[derive(Debug, Clone, Default)]
pub(super) struct Effects {
    /// By entry, the ruling that undid it.
    pub(super) undone_by: Vec<Option<String>>,
    /// Claim or document -> number of the ruling that says so, and whether it is rejected.
    verdicts: BTreeMap<String, (usize, bool)>,
    /// Document -> day of publication.
    pub(super) days: BTreeMap<String, Date>,
    /// Claim -> time of its event.
    pub(super) times: BTreeMap<String, Time>,
    /// Claim -> its place, or none.
    pub(super) places: BTreeMap<String, Option<PlaceRef>>,
    /// Claims that answer one question, the first-named first; no claim is in two sets.
    pub(super) together: Vec<Vec<String>>,
    /// Claims that answer two questions.
    pub(super) apart: Vec<[Vec<String>; 2]>,
    /// Sources that are one origin.
    pub(super) one_origin: Vec<Vec<String>>,
}

impl Effects {
    pub(super) fn of(entries: &[Entry]) -> Self {
        let mut effects = Effects { undone_by: undone(entries), ..Effects::default() };
        for (at, entry) in entries.iter().enumerate() {
            if effects.undone_by[at].is_none() {
                effects.take(at, &entry.ruling, entry.place.as_ref());
            }
        }
        effects
    }

    /// Whether a claim is rejected: by what was decided last of it or of its document.
    pub(super) fn rejects(&self, claim: &str, document: &str) -> bool {
        let last = [claim, document].into_iter().filter_map(|id| self.verdicts.get(id)).max();
        last.is_some_and(|(_, rejected)| *rejected)
    }

    fn take(&mut self, at: usize, ruling: &Ruling, place: Option<&PlaceRef>) {
        let mut claims = ruling.resolved().flat_map(|(_, claims)| claims).cloned();
        match &ruling.decision {
            Decision::Reject(_) => self.verdicts.extend(claims.map(|id| (id, (at, true)))),
            Decision::Accept(_) => self.verdicts.extend(claims.map(|id| (id, (at, false)))),
            Decision::Merge(_) => self.merge(claims.collect()),
            Decision::Apart(_) => {
                let mut sides = ruling.resolved().map(|(_, claims)| claims.to_vec());
                if let (Some(one), Some(other)) = (sides.next(), sides.next()) {
                    self.part(one, other);
                }
            }
            Decision::Depend(sources) => self.one_origin.push(sources.clone()),
            Decision::SetDate(_, time) => claims.for_each(|id| match time.start().filter(|_| id.starts_with("d_")) {
                Some(day) => drop(self.days.insert(id, day)),
                None => drop(self.times.insert(id, time.clone())),
            }),
            Decision::SetPlace(..) => self.places.extend(claims.by_ref().map(|id| (id, place.cloned()))),
            Decision::Undo(_) => {}
        }
    }

    /// Sets that share a claim become one; what was kept apart of it no longer is.
    fn merge(&mut self, claims: Vec<String>) {
        let shares = |set: &Vec<String>| set.iter().any(|id| claims.contains(id));
        let (sharing, mut sets): (Vec<_>, Vec<_>) = std::mem::take(&mut self.together).into_iter().partition(shares);
        let mut seen = BTreeSet::new();
        let set: Vec<String> =
            sharing.into_iter().flatten().chain(claims).filter(|id| seen.insert(id.clone())).collect();
        for [one, other] in &mut self.apart {
            if one.iter().any(|id| seen.contains(id)) && other.iter().any(|id| seen.contains(id)) {
                one.retain(|id| !seen.contains(id));
                other.retain(|id| !seen.contains(id));
            }
        }
        self.apart.retain(|[one, other]| !one.is_empty() && !other.is_empty());
        sets.push(set);
        self.together = sets;
    }

    /// What was merged of both sides is cut: the second side is a set of its own.
    fn part(&mut self, one: Vec<String>, other: Vec<String>) {
        let mut sets = Vec::new();
        for set in std::mem::take(&mut self.together) {
            if set.iter().any(|id| one.contains(id)) {
                let (away, rest): (Vec<_>, Vec<_>) = set.into_iter().partition(|id| other.contains(id));
                sets.extend([rest, away]);
            } else {
                sets.push(set);
            }
        }
        sets.retain(|set| set.len() > 1);
        self.together = sets;
        self.apart.push([one, other]);
    }
}

/// For each ruling the later one that undid it. Who was undone himself undoes nothing, so they are read from the last.
fn undone(entries: &[Entry]) -> Vec<Option<String>> {
    let mut undone_by: Vec<Option<String>> = vec![None; entries.len()];
    for at in (0..entries.len()).rev() {
        let ruling = &entries[at].ruling;
        let Decision::Undo(targets) = &ruling.decision else { continue };
        if undone_by[at].is_some() {
            continue;
        }
        for (earlier, by) in entries[..at].iter().zip(&mut undone_by) {
            if targets.contains(&earlier.ruling.id) && by.is_none() {
                *by = Some(ruling.id.clone());
            }
        }
    }
    undone_by
}

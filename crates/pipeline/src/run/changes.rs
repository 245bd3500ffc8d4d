//! How findings stand against those of an earlier cut-off.
//!
//! A finding is the one before if it has its id, or else most claims in common, or else alone asks the same question. What it was merged or split from is
//! written into its lineage.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use recoup_model::{Change, ChangeKind, Document, Finding, Period, Status};

/// Findings of an earlier cut-off, and what is known of the documents of a later one.
pub(crate) struct Comparison<'r> {
    before: &'r [Finding],
    /// The later documents, by id.
    papers: BTreeMap<&'r str, Paper<'r>>,
    /// The outlets of which something had been read before.
    read: BTreeSet<&'r str>,
    /// Whether there was a report before.
    reported: bool,
}

/// What is known of a document.
pub(crate) struct Paper<'r> {
    pub(crate) outlet: Option<&'r str>,
    /// Whether it was not known before.
    pub(crate) fresh: bool,
}

impl<'r> Comparison<'r> {
    /// Against the report of the cut-off `previous`, `None` where nothing had been read by then; what was published in
    /// the period is fresh.
    pub(crate) fn since(
        previous: Option<Date>,
        before: &'r [Finding],
        documents: &'r [Document],
        period: Period,
    ) -> Self {
        let paper = |document: &'r Document| {
            let fresh = document.published.is_some_and(|published| period.contains(published.date));
            (document.id.as_str(), Paper { outlet: document.outlet.as_deref(), fresh })
        };
        Comparison::new(before, documents.iter().map(paper).collect(), previous.is_some())
    }

    /// Against any report. Outlets whose papers are not fresh had been read before.
    pub(crate) fn new(before: &'r [Finding], papers: BTreeMap<&'r str, Paper<'r>>, reported: bool) -> Self {
        let read = papers.values().filter(|paper| !paper.fresh).filter_map(|paper| paper.outlet).collect();
        Comparison { before, papers, read, reported }
    }

    /// The same with more outlets that had been read before.
    pub(crate) fn and_read(mut self, outlets: impl Iterator<Item = &'r str>) -> Self {
        self.read.extend(outlets);
        self
    }

    /// One change for each finding, in their order; what stands no more comes last. Completes the lineage of `after`.
    pub(crate) fn changes(&self, after: &mut [Finding]) -> Vec<Change> {
        let pairs = self.pair(after);
        let mut changes = Vec::new();
        for (finding, before) in after.iter().zip(&pairs) {
            let before = before.map(|at| &self.before[at]);
            let change = self.kind(before, finding);
            changes.push(Change {
                change,
                finding: finding.id.clone(),
                before: before.cloned().map(Box::new),
                after: Some(Box::new(finding.clone())),
                coverage_only: change.is_news() && self.is_coverage_only(before, finding),
            });
        }
        let merged: BTreeSet<&str> = after.iter().flat_map(|f| &f.lineage.merged_from).map(String::as_str).collect();
        let placed: BTreeSet<usize> = pairs.iter().flatten().copied().collect();
        for (at, finding) in self.before.iter().enumerate() {
            if !placed.contains(&at) && !merged.contains(finding.id.as_str()) {
                changes.push(Change {
                    change: ChangeKind::Withdrawn,
                    finding: finding.id.clone(),
                    before: Some(Box::new(finding.clone())),
                    after: None,
                    coverage_only: false,
                });
            }
        }
        changes
    }

    /// For each finding the one that it was; each of before is at most one of after.
    fn pair(&self, after: &mut [Finding]) -> Vec<Option<usize>> {
        let mut home: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, finding) in self.before.iter().enumerate() {
            home.extend(claims(finding).map(|claim| (claim, at)));
        }
        let named: BTreeMap<&str, usize> =
            self.before.iter().enumerate().map(|(at, finding)| (finding.id.as_str(), at)).collect();
        // Common claims of each pair, most first; the same id goes before any number of claims.
        let mut common: Vec<(usize, usize, usize)> = Vec::new();
        for (now, finding) in after.iter().enumerate() {
            let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
            for claim in claims(finding) {
                if let Some(&was) = home.get(claim) {
                    *shared.entry(was).or_default() += 1;
                }
            }
            if let Some(was) = named.get(finding.id.as_str()) {
                shared.insert(*was, usize::MAX);
            }
            common.extend(shared.into_iter().map(|(was, n)| (n, now, was)));
        }
        common.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut pairs = vec![None; after.len()];
        let mut placed = BTreeSet::new();
        for &(_, now, was) in &common {
            if pairs[now].is_none() && placed.insert(was) {
                pairs[now] = Some(was);
            }
        }
        // All that a finding rested on may be gone: an article was changed, or read again.
        let open = |taken: &dyn Fn(usize) -> bool, findings: &[Finding]| {
            let mut open: BTreeMap<String, Option<usize>> = BTreeMap::new();
            for (at, finding) in findings.iter().enumerate().filter(|(at, _)| !taken(*at)) {
                open.entry(question(finding)).and_modify(|sole| *sole = None).or_insert(Some(at));
            }
            open
        };
        let asked_before = open(&|at| placed.contains(&at), self.before);
        let asked_now = open(&|at| pairs[at].is_some(), after);
        for (question, now) in asked_now {
            if let (Some(now), Some(Some(was))) = (now, asked_before.get(&question)) {
                pairs[now] = Some(*was);
                placed.insert(*was);
            }
        }
        for &(_, now, was) in &common {
            let lineage = &mut after[now].lineage;
            let id = &self.before[was].id;
            let continued = pairs[now] == Some(was);
            if !continued && placed.contains(&was) {
                lineage.split_from.get_or_insert_with(|| id.clone());
            } else if *id != after[now].id && !after[now].lineage.merged_from.contains(id) {
                after[now].lineage.merged_from.push(id.clone());
            }
        }
        for finding in after {
            finding.lineage.merged_from.sort();
        }
        pairs
    }

    /// The kind of change, the most telling first.
    fn kind(&self, before: Option<&Finding>, now: &Finding) -> ChangeKind {
        let Some(before) = before else { return ChangeKind::New };
        if stands(before) && !stands(now) {
            return ChangeKind::Withdrawn;
        }
        if let Some(moved) = moved(before, now) {
            return moved;
        }
        let lived: BTreeSet<&str> = before
            .positions
            .iter()
            .filter(|p| p.superseded_by.is_none())
            .flat_map(|p| &p.claims)
            .map(String::as_str)
            .collect();
        let replaced = now.positions.iter().filter(|p| p.superseded_by.is_some());
        if replaced.flat_map(|p| &p.claims).any(|claim| lived.contains(claim.as_str())) {
            return ChangeKind::Superseded;
        }
        if before.status != now.status {
            ChangeKind::Status
        } else if now.status != Status::Superseded && !self.was_heard_of(now) {
            ChangeKind::Silent
        } else {
            ChangeKind::Unchanged
        }
    }

    /// Whether a fresh document speaks of it.
    fn was_heard_of(&self, finding: &Finding) -> bool {
        carriers(finding).any(|id| self.papers.get(id).is_some_and(|paper| paper.fresh))
    }

    /// Whether what is new in the finding comes only from outlets of which nothing had been read before.
    fn is_coverage_only(&self, before: Option<&Finding>, now: &Finding) -> bool {
        let old: BTreeSet<&str> = before.into_iter().flat_map(carriers).collect();
        let added = carriers(now).filter(|id| !old.contains(id));
        let mut added = added.filter_map(|id| self.papers.get(id)).peekable();
        self.reported
            && added.peek().is_some()
            && added.all(|paper| paper.outlet.is_some_and(|outlet| !self.read.contains(outlet)))
    }
}

/// The claims on which it rests.
/// What a finding asks, where and when included: whoever answers it with other claims answers the same.
fn question(finding: &Finding) -> String {
    let Finding { indicator, subject, object, unit, measure, time, .. } = finding;
    let places: BTreeSet<&str> =
        finding.places.iter().map(|place| place.id.as_deref().unwrap_or(&place.name)).collect();
    format!("{indicator} {subject:?} {object:?} {unit:?} {measure:?} {time:?} {places:?}")
}

pub(crate) fn claims(finding: &Finding) -> impl Iterator<Item = &str> {
    finding.positions.iter().flat_map(|position| &position.claims).map(String::as_str)
}

/// The documents that carry it.
pub(crate) fn carriers(finding: &Finding) -> impl Iterator<Item = &str> {
    finding.positions.iter().flat_map(|position| &position.relayed_by).map(String::as_str)
}

/// Whether the finding has a figure that holds.
fn stands(finding: &Finding) -> bool {
    finding.status != Status::Superseded && [finding.low, finding.best, finding.high].iter().any(Option::is_some)
}

/// How the figure moved: the best value tells, and where it stays, the bounds.
fn moved(before: &Finding, now: &Finding) -> Option<ChangeKind> {
    if let (Some(was), Some(is)) = (before.best, now.best)
        && was != is
    {
        return Some(if is > was { ChangeKind::Raised } else { ChangeKind::Lowered });
    }
    let interval = |f: &Finding| (f.low.unwrap_or(f64::NEG_INFINITY), f.high.unwrap_or(f64::INFINITY));
    let ((low, high), (now_low, now_high)) = (interval(before), interval(now));
    if (low, high) == (now_low, now_high) {
        None
    } else if low <= now_low && now_high <= high && now_low.is_finite() && now_high.is_finite() {
        Some(ChangeKind::Narrowed)
    } else if now_high > high || now_low > low {
        Some(ChangeKind::Raised)
    } else {
        Some(ChangeKind::Lowered)
    }
}

/// The last day of a period of which something was read, where there is one: a report that was never written cannot
/// be compared with.
pub(crate) fn earlier(documents: &[Document], cut_off: Date) -> Option<Date> {
    documents.iter().any(|d| d.published.is_some_and(|p| p.date <= cut_off)).then_some(cut_off)
}

#[cfg(test)]
mod tests;

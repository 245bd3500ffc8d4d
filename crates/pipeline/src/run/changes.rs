//! What changed in the findings since the cut-off before.
//!
//! A finding is the one before if it has its id, or else most claims in common. What it was merged or split from is
//! written into its lineage.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use recoup_model::{Change, ChangeKind, Document, Finding, Period, Status};

/// The findings of two cut-offs, and the documents of the later one.
pub(crate) struct Comparison<'r> {
    pub(crate) before: &'r [Finding],
    pub(crate) documents: &'r [Document],
    pub(crate) period: Period,
    /// The cut-off before; `None` where nothing had been read by then, so that there was no report.
    pub(crate) previous: Option<Date>,
}

impl Comparison<'_> {
    /// What changed, in the order of the findings; what stands no more comes last. Completes the lineage of `after`.
    pub(crate) fn changes(&self, after: &mut [Finding]) -> Vec<Change> {
        let pairs = self.pair(after);
        let mut changes = Vec::new();
        for (finding, before) in after.iter().zip(&pairs) {
            let before = before.map(|at| &self.before[at]);
            let Some(change) = self.kind(before, finding) else { continue };
            changes.push(Change {
                change,
                finding: finding.id.clone(),
                before: before.cloned().map(Box::new),
                after: Some(Box::new(finding.clone())),
                coverage_only: change != ChangeKind::Silent && self.is_coverage_only(before, finding),
            });
        }
        let merged: BTreeSet<&str> = after.iter().flat_map(|f| &f.lineage.merged_from).map(String::as_str).collect();
        for (at, finding) in self.before.iter().enumerate() {
            if !pairs.contains(&Some(at)) && !merged.contains(finding.id.as_str()) {
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
        // Common claims of each pair, most first; the same id goes before any number of claims.
        let mut common: Vec<(usize, usize, usize)> = Vec::new();
        for (now, finding) in after.iter().enumerate() {
            let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
            for claim in claims(finding) {
                if let Some(&was) = home.get(claim) {
                    *shared.entry(was).or_default() += 1;
                }
            }
            if let Some(was) = self.before.iter().position(|before| before.id == finding.id) {
                shared.insert(was, usize::MAX);
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
        for &(_, now, was) in &common {
            let lineage = &mut after[now].lineage;
            let id = &self.before[was].id;
            let continued = pairs[now] == Some(was);
            if !continued && pairs.contains(&Some(was)) {
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
    fn kind(&self, before: Option<&Finding>, now: &Finding) -> Option<ChangeKind> {
        let Some(before) = before else { return Some(ChangeKind::New) };
        if stands(before) && !stands(now) {
            return Some(ChangeKind::Withdrawn);
        }
        if let Some(moved) = moved(before, now) {
            return Some(moved);
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
            return Some(ChangeKind::Superseded);
        }
        if before.status != now.status {
            return Some(ChangeKind::Status);
        }
        (now.status != Status::Superseded && !self.was_heard_of(now)).then_some(ChangeKind::Silent)
    }

    /// Whether a document of the period speaks of it.
    fn was_heard_of(&self, finding: &Finding) -> bool {
        let carriers: BTreeSet<&str> = carriers(finding).collect();
        self.documents.iter().any(|document| {
            carriers.contains(document.id.as_str())
                && document.published.is_some_and(|p| self.period.start <= p.date && p.date <= self.period.end)
        })
    }

    /// Whether what is new in the finding comes only from outlets of which nothing had been read before.
    fn is_coverage_only(&self, before: Option<&Finding>, now: &Finding) -> bool {
        let old: BTreeSet<&str> = before.into_iter().flat_map(carriers).collect();
        let fresh: BTreeSet<&str> = carriers(now).filter(|id| !old.contains(id)).collect();
        let earlier = |document: &&Document| document.published.is_none_or(|p| p.date < self.period.start);
        let read: BTreeSet<&str> =
            self.documents.iter().filter(earlier).filter_map(|document| document.outlet.as_deref()).collect();
        let mut fresh = self.documents.iter().filter(|document| fresh.contains(document.id.as_str())).peekable();
        self.previous.is_some()
            && fresh.peek().is_some()
            && fresh.all(|document| document.outlet.as_deref().is_some_and(|outlet| !read.contains(outlet)))
    }
}

fn claims(finding: &Finding) -> impl Iterator<Item = &str> {
    finding.positions.iter().flat_map(|position| &position.claims).map(String::as_str)
}

fn carriers(finding: &Finding) -> impl Iterator<Item = &str> {
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

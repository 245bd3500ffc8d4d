//! Figures that an earlier report printed and that stand no more, because what they rested on is gone.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use recoup_model::{Because, Change, ChangeKind, DocumentHead, Erratum, Finding};
use recoup_store::{DocumentRow, ReportRow};

/// What has gone since the report before.
pub(super) struct Gone<'k> {
    /// Ids of the claims that are known now.
    pub(super) claims: HashSet<&'k str>,
    /// Documents that a later version replaced, by id.
    pub(super) replaced: BTreeMap<&'k str, &'k DocumentRow>,
    /// Whether somebody else read the articles then.
    pub(super) reread: bool,
}

/// The errata among some changes: the figure moved or fell, and a claim of a position that stood is not known any more. A
/// figure that newer articles moved is a change and no mistake.
pub(super) fn errata(changes: &[Change], previous: &ReportRow, gone: &Gone<'_>) -> Vec<Erratum> {
    changes.iter().filter_map(|change| erratum(change, previous, gone)).collect()
}

fn erratum(change: &Change, previous: &ReportRow, gone: &Gone<'_>) -> Option<Erratum> {
    let before = change.before.as_deref()?;
    let after = change.after.as_deref();
    let figure = |finding: &Finding| (finding.low, finding.best, finding.high);
    let moved = after.is_none_or(|after| figure(before) != figure(after)) || change.change == ChangeKind::Withdrawn;
    if figure(before) == (None, None, None) || !moved {
        return None;
    }
    let stood = before.positions.iter().filter(|position| position.superseded_by.is_none());
    let lost: Vec<_> =
        stood.filter(|position| position.claims.iter().any(|claim| !gone.claims.contains(claim.as_str()))).collect();
    if lost.is_empty() {
        return None;
    }
    let carriers: BTreeSet<&str> = lost.iter().flat_map(|position| &position.relayed_by).map(String::as_str).collect();
    let edited: Vec<&&DocumentRow> = carriers.iter().filter_map(|id| gone.replaced.get(id)).collect();
    let because = match (edited.is_empty(), gone.reread) {
        (false, _) => Because::Edited,
        (true, true) => Because::Reread,
        (true, false) => Because::Ruled,
    };
    let documents: Vec<DocumentHead> = edited.iter().map(|row| row.head.clone()).collect();
    Some(Erratum { printed: previous.as_of, before: before.clone(), after: after.cloned(), because, documents })
}

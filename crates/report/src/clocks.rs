//! The two clocks of a figure: when it was said last, and how new its newest source is.

use jiff::civil::Date;
use recoup_model::{Finding, FindingItem, Position};

/// The positions that have not been replaced.
pub(crate) fn live(finding: &Finding) -> impl Iterator<Item = &Position> {
    finding.positions.iter().filter(|position| position.superseded_by.is_none())
}

/// Whether a position has a figure.
pub(crate) fn has_figure(position: &Position) -> bool {
    position.low.is_some() || position.high.is_some()
}

/// The day on which a position that still stands was said last; null where none is dated.
pub(crate) fn said_last(finding: &Finding) -> Option<Date> {
    live(finding).filter_map(|position| position.reported).max()
}

/// The newest day of publication among the documents of a finding; null where none is dated.
pub(crate) fn newest_source(item: &FindingItem) -> Option<Date> {
    item.documents.iter().filter_map(|document| document.published).map(|published| published.date).max()
}

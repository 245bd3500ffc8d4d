//! What must outlive a run: articles as found, documents and claims as read, findings, and the reports that were written.
//!
//! One SQLite file. Nothing in it is overwritten: an article found again with other text is a new version beside the old
//! one, claims are kept by who made them, findings by what they were made of. Three clocks stand apart on everything:
//! when it happened ([`recoup_model::Claim::time`]), when it was published or said, and the intake that brought it in
//! ([`Run`]).
//!
//! Whoever writes holds a lock, of which there is one; readers need none.

mod answers;
mod claims;
mod error;
mod findings;
mod items;
mod likeness;
mod open;
mod pack;
mod readings;
mod reports;
mod upkeep;

pub use answers::Answered;
pub use claims::{ClaimRow, Topic};
pub use error::StoreError;
pub use findings::{FindingRow, Print, Verdict};
pub use items::{ItemRow, Latest, Seen};
pub use likeness::LikenessRow;
pub use open::{FORM, Run, Store};
pub use readings::{DocumentRow, ReadDocument, Reader, Reading};
pub use reports::{NewReport, ReportFile, ReportRow};
pub use upkeep::{Checked, Extent, Stats};

/// A result of the store.
pub type Result<T> = std::result::Result<T, StoreError>;

#[cfg(test)]
mod tests;

//! From claims to findings: the built-in reconcile stages `intervals` and `as-reported`.
//!
//! The order matters: copies, then origins, then scope, and only then agreement and conflict. [`copies`] finds
//! near-identical texts, [`groups`] cuts the claims of a run into groups that know nothing of each other, and
//! [`Intervals`] makes the findings of one group. [`AsReported`] lists what there is to reconcile and concludes nothing.

mod as_reported;
mod bound;
mod copies;
mod days;
mod derive;
mod disagree;
mod estimate;
mod finding;
mod grade;
mod groups;
mod likeness;
mod nameless;
mod notes;
mod origin;
mod place;
mod position;
mod question;
mod register;
mod rules;
mod scope;
mod series;
mod sketch;
mod stage;
mod statement;
mod status;
mod ties;
mod toponym;

pub use as_reported::{AsReported, AsReportedOptions};
pub use copies::{copies, copy_groups};
pub use grade::{CREDIBILITY, CredibilityRule, LIKELIHOOD};
pub use groups::{Grouping, Topic, groups, groups_united, sort};
pub use likeness::{Likeness, likenesses};
pub use rules::{DERIVED, ESTIMATES, LIKELIHOOD_CAP, REPLACED, class_rule, status_rule};
pub use sketch::Sketch;
pub use stage::{Intervals, Options};

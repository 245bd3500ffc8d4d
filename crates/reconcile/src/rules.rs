//! The rules in words: why a finding has the status, the numbers and the disagreements that it has.

use recoup_model::{DisagreementClass as Class, Status};

/// Why a finding has this status: the first that holds, in the order superseded, denied, disputed, unconfirmed,
/// corroborated, single-source.
pub const fn status_rule(status: Status) -> &'static str {
    match status {
        Status::Superseded => "every position has been replaced",
        Status::Denied => "every live position is a denial",
        Status::Disputed => {
            "live positions of different origins exclude each other: by figure, by date, or because one denies"
        }
        Status::Unconfirmed => "somebody named refuses to confirm, and nobody asserts it without a reserve",
        Status::Corroborated => "two or more independent origins state it, and none is contradicted",
        Status::SingleSource => "one origin states it, however many print it",
    }
}

/// When two positions have a disagreement of this class.
pub const fn class_rule(class: Class) -> &'static str {
    match class {
        Class::Genuine => {
            "different origins, one question, and intervals that do not meet, the band of approximate figures included"
        }
        Class::Denial => "one denies what the other states, and nobody has withdrawn",
        Class::Date => "one event without a figure, dated to days that do not meet",
        Class::Definition => {
            "one counts civilians, or the state of a day, where the other counts all; or one origin has lowered a count \
             that only rises"
        }
        Class::Scope => "one counts a part of what the other counts",
        Class::Place => "one origin names places that lie apart or are not the same",
        Class::Period => "the periods are not the same and one holds the other",
        Class::Stale => "two readings whose days lie further apart than an event is news",
        Class::BoundCompatible => "the bounds are worded differently and meet",
        Class::Hedge => "one is stated as a fact and the other with a reserve",
        Class::Headline => {
            "one stands in the title, or sums up in the article's own voice, what the other says in its text"
        }
        Class::Attribution => "one number is credited to some of its authors here and to others of them there",
    }
}

/// The named rules for one value: name, and what it takes.
pub const ESTIMATES: [(&str, &str); 3] = [
    ("most supported", "the stated value that most independent origins allow; a tie goes to who does not fight"),
    ("conservative", "the smallest value that every position with a floor allows"),
    ("freshest", "the value of what was said last"),
];

/// How bounds follow from other findings.
pub const DERIVED: &str = "a part bounds its whole from below and is bounded by it from above: a place within a place, \
                           a time within a time, the killed among the killed and wounded, 'of them N'";

/// Why a position has been replaced.
pub const REPLACED: &str = "the same origin has said otherwise later, or has done what was planned";

/// What holds a word of probability back.
pub const LIKELIHOOD_CAP: &str = "by the best credibility among who states it; no more than likely where all of them \
                                  give it with a reserve, or others contradict them";

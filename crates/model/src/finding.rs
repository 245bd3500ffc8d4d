//! Findings: one question, every position taken on it, and what can be concluded.

use std::fmt;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ContentHasher, Measure, PlaceRef, Reliability, Stance};

/// One question ("how many were sent by then?"), every position taken on it, and what can be concluded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// `f_` and a hash of indicator, subject, object, unit and one claim: see [`Finding::seal`].
    #[serde(default)]
    pub id: String,
    /// The indicator of its claims.
    pub indicator: String,
    /// Whose people, equipment or ground.
    pub subject: Option<String>,
    /// To, with or against whom.
    pub object: Option<String>,
    /// What is counted.
    pub unit: Option<String>,
    /// What kind of count.
    pub measure: Option<Measure>,
    /// Where.
    #[serde(default)]
    pub places: Vec<PlaceRef>,
    /// The period that the positions cover.
    pub time: Option<FindingTime>,
    /// Smallest lower bound of the live positions; null where a bare ceiling lies below it.
    pub low: Option<f64>,
    /// The most supported value; may be null.
    pub best: Option<f64>,
    /// Greatest upper bound of the live positions.
    pub high: Option<f64>,
    /// Whether any bound is approximate.
    pub approximate: bool,
    /// What follows from other scopes; printed beside, never instead.
    pub derived: Derived,
    /// The named rules side by side.
    pub estimates: Estimates,
    /// Whether the rules differ by more than the band.
    pub rule_sensitive: bool,
    /// What can be concluded.
    pub status: Status,
    /// How probable it is on a scale of words, never stronger than its sources' own; null where nothing is stated.
    #[serde(default)]
    pub likelihood: Option<Likelihood>,
    /// How many origins are known to be independent.
    pub independent_origins: usize,
    /// Every position, live and superseded.
    pub positions: Vec<Position>,
    /// What differs between them.
    #[serde(default)]
    pub disagreements: Vec<Disagreement>,
    /// From which earlier findings it comes.
    #[serde(default)]
    pub lineage: Lineage,
}

impl Finding {
    /// Gives the finding its id, derived from the question it answers and the smallest id among its claims: findings
    /// that ask the same of different scopes differ by it. The pipeline carries ids over from one period to the next.
    pub fn seal(mut self) -> Self {
        let anchor = self.positions.iter().flat_map(|p| &p.claims).min().cloned().unwrap_or_default();
        self.id = ContentHasher::default()
            .field(&self.indicator)
            .field(self.subject.as_deref().unwrap_or_default())
            .field(self.object.as_deref().unwrap_or_default())
            .field(self.unit.as_deref().unwrap_or_default())
            .field(anchor)
            .id("f");
        self
    }
}

/// Days that the positions of a finding cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FindingTime {
    /// First day, or null where open or unknown.
    pub start: Option<Date>,
    /// Last day, or null where open or unknown.
    pub end: Option<Date>,
}

/// Bounds that follow from contained or containing scopes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Derived {
    /// Lower bound.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// Ids of the claims it follows from.
    #[serde(default)]
    pub chain: Vec<String>,
}

/// Three named rules, side by side.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Estimates {
    /// The smallest value that all live positions with a lower bound allow.
    pub conservative: Option<f64>,
    /// The value with most independent origins; printed as `best`.
    pub most_supported: Option<f64>,
    /// The value of the position said last.
    pub freshest: Option<f64>,
}

/// What can be concluded, the first that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Every position was replaced.
    Superseded,
    /// Only denials.
    Denied,
    /// Live positions of different origins contradict each other.
    Disputed,
    /// Two or more independent origins.
    Corroborated,
    /// Named parties refuse to confirm, and nobody independent asserts.
    Unconfirmed,
    /// One origin.
    SingleSource,
}

/// A word of probability, on the scale of the Intelligence Community Directive 203 (2015), whose intervals are printed
/// with it. Its two ends, almost certain and almost no chance, are left to analysts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Likelihood {
    /// 80 to 95 %.
    VeryLikely,
    /// 55 to 80 %.
    Likely,
    /// 45 to 55 %.
    EvenChance,
    /// 20 to 45 %.
    Unlikely,
    /// 5 to 20 %.
    VeryUnlikely,
}

/// What one origin holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    /// `p_` and a hash of its claims.
    pub id: String,
    /// Who first made it, canonical ids; several where they speak together; empty = an unnamed outlet.
    pub origin: Vec<String>,
    /// Lower bound.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// Whether the text says so.
    pub approximate: bool,
    /// As worded.
    pub stance: Stance,
    /// When it was said.
    pub reported: Option<Date>,
    /// Admiralty grade.
    pub grade: Grade,
    /// Whether the origin is a party that speaks of its own or its enemy's losses or gains.
    pub interested: bool,
    /// Whether its figure comes on top of what its origin counted before ('three more'): it bounds nothing and rivals
    /// nobody.
    #[serde(default)]
    pub addition: bool,
    /// Ids of the claims.
    pub claims: Vec<String>,
    /// Ids of the documents that carry it.
    pub relayed_by: Vec<String>,
    /// Id of the position that replaced it.
    pub superseded_by: Option<String>,
}

/// An Admiralty grade: reliability of the source, credibility of the information; never averaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Grade {
    /// A to F.
    pub reliability: Reliability,
    /// 1 (confirmed) to 6 (cannot be judged).
    pub credibility: u8,
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}{}", self.reliability, self.credibility)
    }
}

impl From<Grade> for String {
    fn from(grade: Grade) -> String {
        grade.to_string()
    }
}

impl TryFrom<String> for Grade {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let invalid =
            || format!("`{text}` is no Admiralty grade: a letter from A to F and a digit from 1 to 6, such as B2");
        let [letter, digit @ b'1'..=b'6'] = text.as_bytes() else { return Err(invalid()) };
        let reliability = match letter {
            b'A' => Reliability::A,
            b'B' => Reliability::B,
            b'C' => Reliability::C,
            b'D' => Reliability::D,
            b'E' => Reliability::E,
            b'F' => Reliability::F,
            _ => return Err(invalid()),
        };
        Ok(Grade { reliability, credibility: digit - b'0' })
    }
}

/// What differs between two positions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Disagreement {
    /// What kind of difference.
    pub class: DisagreementClass,
    /// Ids of the two positions.
    pub between: Vec<String>,
    /// Whether both stand in one document.
    pub within_document: bool,
    /// One sentence in the language of the report.
    pub note: String,
}

/// The classes of a disagreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DisagreementClass {
    /// They count different things under one word.
    Definition,
    /// One counts a part of what the other counts.
    Scope,
    /// They name different places.
    Place,
    /// They cover different periods.
    Period,
    /// They date the same event differently.
    Date,
    /// One is older, and things may have changed.
    Stale,
    /// Their bounds differ and meet.
    BoundCompatible,
    /// They differ in certainty alone.
    Hedge,
    /// Headline against body.
    Headline,
    /// One figure is credited to two origins.
    Attribution,
    /// One denies what the other asserts.
    Denial,
    /// Their figures exclude each other.
    Genuine,
}

impl DisagreementClass {
    /// Whether the class, between live positions of different origins, makes a dispute.
    pub fn disputes(self) -> bool {
        matches!(self, Self::Genuine | Self::Date | Self::Denial)
    }
}

/// From which earlier findings a finding comes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Lineage {
    /// Ids of findings that became this one.
    #[serde(default)]
    pub merged_from: Vec<String>,
    /// Id of the finding that this one was split from.
    pub split_from: Option<String>,
}

//! The floor under the scores: what extraction reached once, it keeps.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::chore::{ChoreError, at};

/// The floor's file: a table for each set of articles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Floor {
    /// Invented articles from several theatres.
    pub(crate) practice: Scores,
    /// Articles as they were printed.
    pub(crate) seeds: Scores,
    /// What is concluded from their annotated claims.
    #[serde(default)]
    pub(crate) findings: FindingFloor,
}

/// The two sets again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FindingFloor {
    /// Invented articles from several theatres.
    pub(crate) practice: FindingScores,
    /// Articles as they were printed.
    pub(crate) seeds: FindingScores,
}

/// Shares from 0 to 1, and a number that must be none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FindingScores {
    /// Of the findings that people drew, how many were drawn.
    pub(crate) recall: f64,
    /// Of the findings drawn, how many people drew.
    pub(crate) precision: f64,
    /// How many have the right status.
    pub(crate) status: f64,
    /// How many have both bounds right, of those with a figure.
    pub(crate) low_and_high: f64,
    /// How many have the right number of independent origins.
    pub(crate) origins: f64,
    /// Of the disagreements that people saw, how many were named, class and all.
    pub(crate) disagreement_recall: f64,
    /// Of the disagreements named, how many people saw.
    pub(crate) disagreement_precision: f64,
    /// Of the pairs that agree, how many were not said to contradict each other.
    pub(crate) agreement: f64,
}

impl FindingScores {
    fn named(&self) -> [(&'static str, f64); 8] {
        [
            ("findings recall", self.recall),
            ("findings precision", self.precision),
            ("findings status", self.status),
            ("findings low and high", self.low_and_high),
            ("findings origins", self.origins),
            ("disagreements recall", self.disagreement_recall),
            ("disagreements precision", self.disagreement_precision),
            ("findings agreement", self.agreement),
        ]
    }

    fn raised(self, reached: FindingScores) -> FindingScores {
        let raise = |floor: f64, reached: f64| floor.max(thousandths(reached));
        FindingScores {
            recall: raise(self.recall, reached.recall),
            precision: raise(self.precision, reached.precision),
            status: raise(self.status, reached.status),
            low_and_high: raise(self.low_and_high, reached.low_and_high),
            origins: raise(self.origins, reached.origins),
            disagreement_recall: raise(self.disagreement_recall, reached.disagreement_recall),
            disagreement_precision: raise(self.disagreement_precision, reached.disagreement_precision),
            agreement: raise(self.agreement, reached.agreement),
        }
    }
}

/// The two numbers that are watched, from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scores {
    /// F1 of finding a claim at all.
    pub(crate) detection_f1: f64,
    /// F1 of finding it with every slot right.
    pub(crate) strict_f1: f64,
}

const HEADING: &str = "\
# What extraction reached on the annotated articles: `cargo xtask score` fails below it, `cargo xtask score --raise` lifts it.

";

impl Floor {
    /// Reads the floor.
    pub(crate) fn read(path: &Path) -> Result<Floor, ChoreError> {
        let text = fs::read_to_string(path).map_err(at(path))?;
        toml::from_str(&text)
            .map_err(|error: toml::de::Error| ChoreError::Floor { path: path.to_owned(), reason: error.to_string() })
    }

    /// Writes the floor.
    pub(crate) fn write(&self, path: &Path) -> Result<(), ChoreError> {
        let tables = toml::to_string(self)
            .map_err(|error| ChoreError::Floor { path: path.to_owned(), reason: error.to_string() })?;
        fs::write(path, format!("{HEADING}{tables}")).map_err(at(path))
    }

    /// The floor lifted to what was reached; it never sinks.
    pub(crate) fn raised(&self, reached: &Floor) -> Floor {
        let (findings, reached_findings) = (self.findings, reached.findings);
        Floor {
            practice: self.practice.raised(reached.practice),
            seeds: self.seeds.raised(reached.seeds),
            findings: FindingFloor {
                practice: findings.practice.raised(reached_findings.practice),
                seeds: findings.seeds.raised(reached_findings.seeds),
            },
        }
    }

    /// One line for each number that lies below the floor.
    pub(crate) fn broken_by(&self, reached: &Floor) -> Vec<String> {
        let numbers = |floor: &Floor| {
            let claims = |set, scores: Scores| {
                [(set, "detection F1", scores.detection_f1), (set, "strict F1", scores.strict_f1)]
            };
            let findings = |set, scores: FindingScores| scores.named().map(|(name, value)| (set, name, value));
            let mut all = [claims("seeds", floor.seeds), claims("practice", floor.practice)].concat();
            all.extend(findings("seeds", floor.findings.seeds));
            all.extend(findings("practice", floor.findings.practice));
            all
        };
        let pairs = numbers(self).into_iter().zip(numbers(reached));
        pairs
            .filter(|((_, _, floor), (_, _, reached))| reached < floor)
            .map(|((set, name, floor), (_, _, reached))| {
                format!("  {set}: {name} is {reached:.3}, the floor is {floor:.3}")
            })
            .collect()
    }
}

impl Scores {
    fn raised(self, reached: Scores) -> Scores {
        Scores {
            detection_f1: self.detection_f1.max(thousandths(reached.detection_f1)),
            strict_f1: self.strict_f1.max(thousandths(reached.strict_f1)),
        }
    }
}

/// Rounded down: a floor that was rounded up would be broken by the run that set it.
fn thousandths(score: f64) -> f64 {
    (score * 1000.0).floor() / 1000.0
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn floor(detection_f1: f64, strict_f1: f64) -> Floor {
        Floor {
            practice: Scores { detection_f1, strict_f1 },
            seeds: Scores { detection_f1, strict_f1 },
            ..Floor::default()
        }
    }

    #[test]
    fn a_floor_rises_and_never_sinks() {
        assert_eq!(floor(0.5, 0.25).raised(&floor(0.61289, 0.1)), floor(0.612, 0.25));
    }

    #[test]
    fn what_set_the_floor_does_not_break_it() {
        for reached in [0.0, 0.9999, 1.0, 0.29, 0.57142857] {
            let reached = floor(reached, reached);
            assert!(Floor::default().raised(&reached).broken_by(&reached).is_empty(), "{reached:?}");
        }
    }

    #[test]
    fn every_number_below_the_floor_is_named() {
        let reached = Floor { seeds: Scores { detection_f1: 0.5, strict_f1: 0.3 }, ..floor(0.4, 0.3) };
        let lines = floor(0.5, 0.3).broken_by(&reached);
        assert_eq!(lines, ["  practice: detection F1 is 0.400, the floor is 0.500"]);
    }

    #[test]
    fn a_floor_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("floor.toml");
        floor(0.612, 0.25).write(&path).unwrap();
        assert_eq!(Floor::read(&path).unwrap(), floor(0.612, 0.25));
    }
}

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
        Floor { practice: self.practice.raised(reached.practice), seeds: self.seeds.raised(reached.seeds) }
    }

    /// One line for each number that lies below the floor.
    pub(crate) fn broken_by(&self, reached: &Floor) -> Vec<String> {
        [("seeds", self.seeds, reached.seeds), ("practice", self.practice, reached.practice)]
            .iter()
            .flat_map(|(set, floor, reached)| {
                [
                    (set, "detection F1", floor.detection_f1, reached.detection_f1),
                    (set, "strict F1", floor.strict_f1, reached.strict_f1),
                ]
            })
            .filter(|(_, _, floor, reached)| reached < floor)
            .map(|(set, name, floor, reached)| format!("  {set}: {name} is {reached:.3}, the floor is {floor:.3}"))
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
        Floor { practice: Scores { detection_f1, strict_f1 }, seeds: Scores { detection_f1, strict_f1 } }
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

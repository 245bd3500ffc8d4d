//! What a stage is told besides its items.

use std::sync::Arc;

use recoup_model::{CopyGroup, DocumentHead, Theatre};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a stage is told besides its items. Fields are only ever added; a stage ignores what it does not know.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Context {
    /// Actors, places, sources with grades and owners, indicators: the base pack with the pipeline's theatre on top.
    pub theatre: Arc<Theatre>,
    /// For reconcile: the documents of the group's claims and every copy of them, without their texts.
    pub documents: Arc<Vec<DocumentHead>>,
    /// For reconcile: groups of near-identical texts among them.
    pub copies: Arc<Vec<CopyGroup>>,
    /// For reconcile: what analysts decided about the group.
    #[serde(skip_serializing_if = "GroupRulings::is_empty")]
    pub rulings: Arc<GroupRulings>,
    /// What the report is to look like.
    pub report: ReportContext,
}

/// What analysts decided about the claims of a group, as far as the reconciler has to see to it: claims that were rejected
/// are not in the group, and times and places are already as they were set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct GroupRulings {
    /// Claims, by id, that answer one question; of each set the first says what it is about.
    pub together: Vec<Vec<String>>,
    /// Claims, by id, that answer two questions: none of the first with any of the second.
    pub apart: Vec<[Vec<String>; 2]>,
    /// Sources, by canonical id, that are one origin.
    pub one_origin: Vec<Vec<String>>,
}

impl GroupRulings {
    /// Whether nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.together.is_empty() && self.apart.is_empty() && self.one_origin.is_empty()
    }
}

/// What the report is to look like.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ReportContext {
    /// `fr` or `en`.
    pub language: String,
    /// The contents of the files that a report stage's options name (templates), by their name in the options.
    pub files: std::collections::BTreeMap<String, String>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn fields_of_a_later_version_are_ignored_wherever_they_stand() {
        let later = r#"{
            "theatre": {
                "actor": [{
                    "id": "norland", "names": ["Norland"], "founded": 1920,
                    "demonyms": {"en": ["Norlandic"], "de": ["norländisch"]}
                }],
                "place": [{"id": "nl-norburg", "elevation": 12}],
                "source": [{"id": "norstaff", "reliability": "C", "languages": ["no"]}],
                "indicator": [{"id": "water.cut_off", "plural": true, "triggers": {"en": {"nouns": ["cut"], "adverbs": []}}}],
                "alliance": [{"id": "northern-pact"}]
            },
            "documents": [{"id": "d_1", "doc": "1", "mood": "grave"}],
            "copies": [{"documents": ["d_1"], "lag_days": [], "method": "shingles"}],
            "report": {"language": "fr", "files": {}, "paper": "A4"},
            "weather": "snow"
        }"#;
        let now = r#"{
            "theatre": {
                "actor": [{"id": "norland", "names": ["Norland"], "demonyms": {"en": ["Norlandic"]}}],
                "place": [{"id": "nl-norburg"}],
                "source": [{"id": "norstaff", "reliability": "C"}],
                "indicator": [{"id": "water.cut_off", "triggers": {"en": {"nouns": ["cut"]}}}]
            },
            "documents": [{"id": "d_1", "doc": "1"}],
            "copies": [{"documents": ["d_1"], "lag_days": []}],
            "report": {"language": "fr", "files": {}}
        }"#;
        let read = |json: &str| serde_json::to_string(&serde_json::from_str::<Context>(json).unwrap()).unwrap();
        assert_eq!(read(later), read(now));
    }
}

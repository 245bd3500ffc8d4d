//! The words of a report, in its language.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Debug;

use recoup_model::{
    Because, ChangeKind, DisagreementClass, Likelihood, Measure, PublishedFrom, Reliability, Stance, Status,
};
use recoup_plugin::{Error, Result};
use serde::Deserialize;

/// Everything that differs from one language to another. Patterns name their pieces in braces.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) number: NumberWords,
    pub(crate) date: DateWords,
    pub(crate) bound: BoundWords,
    pub(crate) list: ListWords,
    pub(crate) count: CountWords,
    pub(crate) phrase: Phrases,
    /// Who says it, by the stance: for one origin, for several.
    pub(crate) said: BTreeMap<Stance, [String; 2]>,
    /// The same as headline of a finding without a figure.
    pub(crate) stated: BTreeMap<Stance, String>,
    pub(crate) stance: BTreeMap<Stance, Term>,
    pub(crate) status: BTreeMap<Status, Term>,
    /// Words of probability with their intervals.
    pub(crate) likelihood: BTreeMap<Likelihood, Term>,
    pub(crate) class: BTreeMap<DisagreementClass, Term>,
    pub(crate) measure: BTreeMap<Measure, Term>,
    pub(crate) published_from: BTreeMap<PublishedFrom, String>,
    pub(crate) change: BTreeMap<ChangeKind, String>,
    /// Why a printed figure stands no more.
    pub(crate) because: BTreeMap<Because, String>,
    pub(crate) reliability: BTreeMap<Reliability, String>,
    /// Credibility 1 to 6.
    pub(crate) credibility: [String; 6],
    pub(crate) indicator: BTreeMap<String, Term>,
    /// What is counted: singular and plural.
    pub(crate) unit: BTreeMap<String, [String; 2]>,
    /// What was decided, by the name of the decision.
    pub(crate) ruling: BTreeMap<String, String>,
    /// Words that stand in the templates.
    pub(crate) label: BTreeMap<String, String>,
    /// What each column means, by table; those of `any` mean the same in every table.
    pub(crate) column: BTreeMap<String, BTreeMap<String, ColumnWords>>,
}

/// A name that reports print, and what it means.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Term {
    pub(crate) name: String,
    pub(crate) meaning: String,
}

/// What a column of a table means.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ColumnWords {
    pub(crate) meaning: String,
    pub(crate) unit: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NumberWords {
    /// Between groups of three digits.
    pub(crate) group: String,
    /// Before the decimals.
    pub(crate) decimal: String,
    pub(crate) plural: Plural,
}

/// Which numbers take the plural.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Plural {
    /// Two and more: `0 personne`, `1,5 personne`.
    FromTwo,
    /// Every number but one: `0 people`, `1.5 people`.
    AllButOne,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DateWords {
    pub(crate) months: [String; 12],
    /// The first day of a month.
    pub(crate) first: String,
    pub(crate) day: String,
    pub(crate) day_and_month: String,
    pub(crate) month: String,
    pub(crate) on: String,
    pub(crate) in_month: String,
    pub(crate) range: String,
    pub(crate) period: String,
    pub(crate) since: String,
    pub(crate) until: String,
    pub(crate) unknown: String,
    pub(crate) undated: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BoundWords {
    pub(crate) point: String,
    pub(crate) about: String,
    pub(crate) range: String,
    pub(crate) about_range: String,
    pub(crate) floor: String,
    pub(crate) about_floor: String,
    pub(crate) ceiling: String,
    pub(crate) about_ceiling: String,
    pub(crate) none: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListWords {
    pub(crate) and: String,
    pub(crate) comma: String,
    pub(crate) semicolon: String,
    pub(crate) colon: String,
}

/// Things counted: singular and plural.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CountWords {
    pub(crate) document: [String; 2],
    pub(crate) article: [String; 2],
    pub(crate) claim: [String; 2],
    pub(crate) finding: [String; 2],
    pub(crate) disputed: [String; 2],
    pub(crate) origin: [String; 2],
    pub(crate) set_aside: [String; 2],
    pub(crate) replaced: [String; 2],
    pub(crate) day: [String; 2],
    pub(crate) undated: [String; 2],
    pub(crate) touched: [String; 2],
}

/// Sentences and their parts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Phrases {
    pub(crate) title: String,
    pub(crate) pair: String,
    pub(crate) best: String,
    pub(crate) no_best: String,
    pub(crate) origins: String,
    pub(crate) likelihood: String,
    pub(crate) as_of: String,
    pub(crate) newest: String,
    pub(crate) rules: String,
    pub(crate) rule_sensitive: String,
    pub(crate) versus: String,
    pub(crate) against: String,
    pub(crate) within_document: String,
    pub(crate) merged_from: String,
    pub(crate) split_from: String,
    pub(crate) unnamed_outlet: String,
    pub(crate) quote: String,
    pub(crate) bytes: String,
    pub(crate) date_from: String,
    pub(crate) copy_of: String,
    pub(crate) lag: String,
    pub(crate) relays: String,
    pub(crate) printed_by: String,
    pub(crate) from_to: String,
    pub(crate) unchanged: String,
    pub(crate) rhythm: String,
    pub(crate) earlier_report: String,
    pub(crate) superseded: String,
    pub(crate) superseded_by: String,
    pub(crate) withdrawn: String,
    pub(crate) erratum: String,
    pub(crate) erratum_now: String,
    pub(crate) edited: String,
    pub(crate) nothing: String,
    pub(crate) dormant: String,
    pub(crate) archive: String,
    pub(crate) refused: String,
    /// Said of a figure that one origin gives, where others corroborate the event alone.
    pub(crate) event_only: String,
    pub(crate) denied: String,
    pub(crate) unavailable: String,
    pub(crate) ruling_undone: String,
    pub(crate) ruling_gone: String,
}

impl Words {
    /// The words of a language.
    ///
    /// # Errors
    /// A language in which no report can be written.
    pub(crate) fn of(language: &str) -> Result<Self> {
        let data = match language {
            "fr" => include_str!("../data/words.fr.toml"),
            "en" => include_str!("../data/words.en.toml"),
            other => {
                return Err(Error::new(format!("a report cannot be written in `{other}`"))
                    .with_help("write `language = \"fr\"` or `language = \"en\"` in the pipeline"));
            }
        };
        toml::from_str(data).map_err(|why| Error::new(format!("the words of `{language}` cannot be read: {why}")))
    }

    /// Singular or plural for this number of things.
    pub(crate) fn plural<'w>(&self, forms: &'w [String; 2], number: f64) -> &'w str {
        let plural = match self.number.plural {
            Plural::FromTwo => number.abs() >= 2.0,
            Plural::AllButOne => number.abs() != 1.0,
        };
        &forms[usize::from(plural)]
    }
}

/// The name of a term; where the words have none, the wire's.
pub(crate) fn name<K: Ord + Debug>(terms: &BTreeMap<K, Term>, key: K) -> Cow<'_, str> {
    terms
        .get(&key)
        .map_or_else(|| Cow::Owned(format!("{key:?}").to_lowercase()), |term| Cow::Borrowed(term.name.as_str()))
}

/// A text by its key; where the words have none, the wire's name of the key.
pub(crate) fn text<K: Ord + Debug>(texts: &BTreeMap<K, String>, key: K) -> Cow<'_, str> {
    texts.get(&key).map_or_else(|| Cow::Owned(format!("{key:?}").to_lowercase()), |text| Cow::Borrowed(text.as_str()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn both() -> [Words; 2] {
        ["fr", "en"].map(|language| Words::of(language).unwrap())
    }

    #[test]
    fn another_language_is_refused_with_what_can_be_written() {
        let error = Words::of("de").unwrap_err();
        assert_eq!(error.message, "a report cannot be written in `de`");
        assert!(error.help.unwrap().contains("`language = \"fr\"`"));
    }

    #[test]
    fn both_languages_have_a_word_for_everything() {
        for words in both() {
            assert_eq!(words.stance.len(), 5);
            assert_eq!(words.said.len(), 5);
            assert_eq!(words.stated.len(), 5);
            assert_eq!(words.status.len(), 6);
            assert_eq!(words.class.len(), 12);
            assert_eq!(words.measure.len(), 3);
            assert_eq!(words.published_from.len(), 6);
            assert_eq!(words.change.len(), 9);
            assert_eq!(words.because.len(), 3);
            assert_eq!(words.reliability.len(), 6);
            assert!(recoup_model::DECISIONS.iter().all(|name| words.ruling.contains_key(*name)));
            for indicator in recoup_model::INDICATORS.iter().chain([&recoup_model::VERIFICATION]) {
                assert!(words.indicator.contains_key(*indicator), "{indicator}");
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_keys() {
        let [fr, en] = both();
        assert!(fr.label.keys().eq(en.label.keys()));
        assert!(fr.unit.keys().eq(en.unit.keys()));
        assert!(fr.indicator.keys().eq(en.indicator.keys()));
    }

    #[test]
    fn every_label_stands_in_a_template() {
        let templates: String = crate::markdown::TEMPLATES.iter().map(|(_, source)| *source).collect();
        for label in Words::of("en").unwrap().label.keys() {
            assert!(templates.contains(&format!("w.{label}")), "no template prints `{label}`");
        }
    }

    #[test]
    fn singular_and_plural() {
        let [fr, en] = both();
        let cases = [
            (0.0, "document", "documents"),
            (1.0, "document", "document"),
            (1.5, "document", "documents"),
            (2.0, "documents", "documents"),
        ];
        for (number, french, english) in cases {
            assert_eq!(fr.plural(&fr.count.document, number), french, "{number}");
            assert_eq!(en.plural(&en.count.document, number), english, "{number}");
        }
    }
}

//! The words that the comparison knows; they stand in words.toml.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The file as it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    /// Canonical names of sources that are also found inside a longer name, in the order in which they are tried.
    pub(crate) inside: Vec<String>,
    /// Words for a kind of place.
    pub(crate) place: PlaceWords,
    /// Words that do not tell names apart at their beginning.
    pub(crate) articles: Articles,
    /// Figures in words.
    pub(crate) numerals: Numerals,
}

/// Words for a kind of place.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaceWords {
    /// Before or behind a name.
    pub(crate) kinds: Vec<String>,
    /// Only before a name.
    pub(crate) before: Vec<String>,
    /// Between the kind and the name.
    pub(crate) between: Vec<String>,
    /// Only behind a name.
    pub(crate) after: Vec<String>,
}

/// Articles and prepositions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Articles {
    pub(crate) leading: Vec<String>,
}

/// Figures in words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Numerals {
    /// What may stand between the words of one figure.
    pub(crate) and: Vec<String>,
    /// Words that are added.
    pub(crate) units: BTreeMap<String, u64>,
    /// Words that multiply what stands before them.
    pub(crate) scales: BTreeMap<String, u64>,
}

/// The words, read once.
pub(crate) static WORDS: LazyLock<Words> = LazyLock::new(|| match toml::from_str(include_str!("words.toml")) {
    Ok(words) => words,
    // Compiled in: it can be read by every program or by none.
    Err(error) => unreachable!("{error}"),
});

//! Reads a pack.

use std::collections::{BTreeMap, HashMap};

use recoup_model::Theatre;
use serde::Deserialize;

use super::conjugate::UnknownConjugation;
use super::{ByWord, Lexicon, PhraseTable, Phrases, Vocabulary};
use crate::figure::{FigureWords, NumberTable};

/// A pack that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// A file is no TOML of the expected shape.
    #[error("{file}: {source}")]
    Toml {
        /// Which file.
        file: &'static str,
        /// What is wrong and where.
        source: Box<toml::de::Error>,
    },
    /// A verb that cannot be conjugated.
    #[error(transparent)]
    Conjugation(#[from] UnknownConjugation),
    /// A frame that cannot be read.
    #[error(
        "`{lemma}`: `{frame}` is no frame; write indicator, role (subject, object, de, par, receive) and class, such as \"casualties.killed object people\""
    )]
    Frame {
        /// The verb.
        lemma: String,
        /// The frame as written.
        frame: String,
    },
    /// A word of a closed set that is not in it.
    #[error("`{word}` is not known as {what}")]
    Unknown {
        /// The word.
        word: String,
        /// What it should be.
        what: &'static str,
    },
}

pub(crate) struct West {
    pub(crate) name: Box<str>,
    pub(crate) adjective: Box<str>,
    pub(crate) names: Vec<String>,
    pub(crate) demonyms: Vec<String>,
}

/// Every file of the language packs, by name.
pub(crate) const FILES: [(&str, &str); 9] = [
    ("classes.toml", include_str!("../../data/classes.toml")),
    ("fr/verbs.toml", include_str!("../../data/fr/verbs.toml")),
    ("fr/nouns.toml", include_str!("../../data/fr/nouns.toml")),
    ("fr/words.toml", include_str!("../../data/fr/words.toml")),
    ("fr/time.toml", include_str!("../../data/fr/time.toml")),
    ("en/verbs.toml", include_str!("../../data/en/verbs.toml")),
    ("en/nouns.toml", include_str!("../../data/en/nouns.toml")),
    ("en/words.toml", include_str!("../../data/en/words.toml")),
    ("en/time.toml", include_str!("../../data/en/time.toml")),
];

pub(super) fn file(name: &str) -> &'static str {
    FILES.iter().find(|(n, _)| *n == name).map_or("", |(_, text)| text)
}

pub(super) fn embedded(language: &'static str) -> Lexicon {
    // The packs are part of the program: a test loads both, so this cannot fail on any input.
    let mut lexicon = load(language).unwrap_or_else(|e| unreachable!("the embedded pack `{language}` is broken: {e}"));
    lexicon.seal();
    lexicon
}

/// The pack of a language with what a theatre adds: indicators, and values of vague words over those of the pack.
pub(super) fn extended(language: &'static str, theatre: &Theatre) -> Result<Lexicon, PackError> {
    let mut lexicon = load(language)?;
    for indicator in &theatre.indicators {
        if let Some(triggers) = indicator.triggers.get(language) {
            lexicon.add_indicator(indicator, triggers)?;
        }
    }
    for (phrase, [low, high]) in theatre.vague.of(language).into_iter().flatten() {
        lexicon.figures.add_vague(&mut lexicon.vocabulary, phrase, (*low, *high));
    }
    for (word, value) in theatre.collectives.of(language).into_iter().flatten() {
        lexicon.add_collective(word, *value);
    }
    lexicon.seal();
    Ok(lexicon)
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VerbEntry {
    pub(super) c: String,
    #[serde(default)]
    pub(super) f: Vec<String>,
    pub(super) speech: Option<String>,
    pub(super) aux: Option<String>,
    pub(super) modal: Option<String>,
    #[serde(default)]
    pub(super) plan: bool,
    #[serde(default)]
    pub(super) light: bool,
    #[serde(default)]
    pub(super) through: bool,
    #[serde(default)]
    pub(super) etre: bool,
    #[serde(default)]
    pub(super) active: bool,
    #[serde(default)]
    pub(super) suffers: bool,
    #[serde(default)]
    pub(super) concedes: bool,
    #[serde(default)]
    pub(super) stands: bool,
    #[serde(default)]
    pub(super) revises: bool,
    pub(super) measures: Option<String>,
    #[serde(default)]
    pub(super) releases: bool,
    #[serde(default)]
    pub(super) tells: bool,
    #[serde(default)]
    pub(super) confirms: bool,
    #[serde(default)]
    pub(super) more: Vec<String>,
    #[serde(default)]
    pub(super) past: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NounEntry {
    pub(super) unit: Option<String>,
    pub(super) civilian: Option<bool>,
    pub(super) indicator: Option<String>,
    pub(super) argument: Option<String>,
    #[serde(default)]
    pub(super) also: Vec<String>,
    pub(super) words: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct NounFile {
    pub(super) roles: BTreeMap<String, Vec<String>>,
    pub(super) documents: NounEntry,
    pub(super) bodies: Bodies,
    #[serde(flatten)]
    pub(super) classes: toml::Table,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bodies {
    pub(super) words: Vec<String>,
    pub(super) groups: Vec<String>,
    pub(super) links: Vec<String>,
    pub(super) adjectives_follow: bool,
}

pub(super) type Table = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordFile {
    pub(super) bounds: Table,
    pub(super) vague: BTreeMap<String, (f64, f64)>,
    pub(super) collectives: BTreeMap<String, f64>,
    pub(super) numbers: NumberWords,
    pub(super) refuse: Table,
    pub(super) prepositions: Table,
    pub(super) determiners: Table,
    pub(super) negation: Table,
    pub(super) reflexive: Table,
    pub(super) relative: Table,
    pub(super) subordinators: Table,
    pub(super) coordination: Table,
    pub(super) pronouns: Table,
    pub(super) attribution: Table,
    pub(super) stance: Table,
    pub(super) west: BTreeMap<String, WestEntry>,
    #[serde(default)]
    pub(super) endings: Table,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WestEntry {
    pub(super) demonyms: Vec<String>,
    pub(super) names: Vec<String>,
    pub(super) adjective: String,
}

#[derive(Deserialize)]
pub(super) struct NumberWords {
    #[serde(flatten)]
    pub(super) table: NumberTable,
    pub(super) join: Vec<String>,
    pub(super) half: Vec<String>,
    pub(super) zero: Vec<String>,
    pub(super) article: Vec<String>,
    pub(super) partitive: Vec<String>,
    pub(super) to: Vec<String>,
    pub(super) and: Vec<String>,
    pub(super) or: Vec<String>,
    pub(super) among: Vec<String>,
    pub(super) of_them: Vec<String>,
    pub(super) included: Vec<String>,
    pub(super) other: Vec<String>,
    #[serde(default)]
    pub(super) infinitive: Vec<String>,
}

pub(super) fn parse<T: serde::de::DeserializeOwned>(file: &'static str, text: &str) -> Result<T, PackError> {
    toml::from_str(text).map_err(|e| PackError::Toml { file, source: Box::new(e) })
}

/// The pack of a language; its tables are not sealed yet.
fn load(language: &'static str) -> Result<Lexicon, PackError> {
    let text = |name: &str| file(&format!("{language}/{name}"));
    let words: WordFile = parse("words.toml", text("words.toml"))?;
    let verbs: BTreeMap<String, VerbEntry> = parse("verbs.toml", text("verbs.toml"))?;
    let nouns: NounFile = parse("nouns.toml", text("nouns.toml"))?;
    let mut lexicon = Lexicon {
        language,
        vocabulary: Vocabulary::of(language),
        classes: Phrases::new(PhraseTable::Classes),
        opens: Vec::new(),
        bounds: Phrases::new(PhraseTable::Bounds),
        bounds_after: Phrases::new(PhraseTable::BoundsAfter),
        figures: FigureWords::new(),
        nouns: Phrases::new(PhraseTable::Nouns),
        noun_roles: Phrases::new(PhraseTable::Roles),
        bodies: Phrases::new(PhraseTable::Bodies),
        body_links: nouns.bodies.links.iter().map(|link| link.as_str().into()).collect(),
        adjectives_follow: nouns.bodies.adjectives_follow,
        forms: ByWord::default(),
        other_forms: Vec::new(),
        verbs: Vec::new(),
        noun_classes: Vec::new(),
        groups: HashMap::default(),
        roles: Vec::new(),
        west: Vec::new(),
        adverb_endings: words.endings.get("adverb").into_iter().flatten().map(|e| e.as_str().into()).collect(),
        negates_twice: words.negation.get("particles").is_some_and(|p| !p.is_empty()),
        inverts: words.pronouns.get("tied").is_some_and(|tied| !tied.is_empty()),
    };
    lexicon.add_words(&words)?;
    lexicon.add_nouns(&nouns)?;
    lexicon.add_groups()?;
    // Their many forms come last, so that the words of the other tables have the low numbers.
    for (lemma, entry) in &verbs {
        lexicon.add_verb(lemma, entry)?;
    }
    for (name, west) in words.west {
        lexicon.west.push(West {
            name: name.into(),
            adjective: west.adjective.into(),
            names: west.names,
            demonyms: west.demonyms,
        });
    }
    Ok(lexicon)
}

//! How many function words of each language stand in a text.

use std::collections::BTreeMap;

use serde::Deserialize;

const FILE: &str = "function_words.toml";
const SOURCE: &str = include_str!("../data/function_words.toml");

/// The data file cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{FILE} cannot be read: {0}")]
pub(crate) struct InvalidWords(Box<toml::de::Error>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    fr: Vec<String>,
    en: Vec<String>,
    neighbours: BTreeMap<String, Vec<String>>,
}

/// The closed lists of the data file. See its head for what they hold.
#[derive(Debug)]
pub(crate) struct FunctionWords {
    neighbours: Vec<String>,
    /// The lists that hold a word, by the word.
    lists: BTreeMap<String, Vec<List>>,
}

#[derive(Debug, Clone, Copy)]
enum List {
    French,
    English,
    /// By its place among the neighbours.
    Neighbour(usize),
}

/// What was counted in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hits<'w> {
    pub(crate) french: usize,
    pub(crate) english: usize,
    /// Those of the neighbour that has most.
    pub(crate) neighbour: usize,
    /// Its English name.
    pub(crate) neighbour_name: &'w str,
    /// Words of any kind, figures among them.
    pub(crate) words: usize,
}

impl FunctionWords {
    /// The lists that come with the program.
    ///
    /// # Errors
    /// A data file that is no valid TOML, or lacks a list.
    pub(crate) fn built_in() -> Result<Self, InvalidWords> {
        let Lists { fr, en, neighbours } = toml::from_str(SOURCE).map_err(|cause| InvalidWords(Box::new(cause)))?;
        let mut lists: BTreeMap<String, Vec<List>> = BTreeMap::new();
        let mut add = |list, words: Vec<String>| {
            words.into_iter().for_each(|word| lists.entry(word).or_default().push(list));
        };
        add(List::French, fr);
        add(List::English, en);
        let mut names = Vec::new();
        for (place, (name, words)) in neighbours.into_iter().enumerate() {
            add(List::Neighbour(place), words);
            names.push(name);
        }
        Ok(FunctionWords { neighbours: names, lists })
    }

    /// Counts in the whole of `text`.
    pub(crate) fn count(&self, text: &str) -> Hits<'_> {
        let (mut french, mut english, mut words) = (0, 0, 0);
        let mut neighbours = vec![0; self.neighbours.len()];
        for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            words += 1;
            for list in self.lists.get(word).into_iter().flatten() {
                match list {
                    List::French => french += 1,
                    List::English => english += 1,
                    List::Neighbour(place) => neighbours[*place] += 1,
                }
            }
        }
        // Of several with as many, the first by name.
        let most = neighbours.into_iter().zip(&self.neighbours).rev().max_by_key(|(hits, _)| *hits);
        let (neighbour, neighbour_name) = most.map_or((0, ""), |(hits, name)| (hits, name.as_str()));
        Hits { french, english, neighbour, neighbour_name, words }
    }
}

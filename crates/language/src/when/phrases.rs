//! Phrases as numbers: each token of a text is looked up once, and from then on words are compared as numbers.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::lexicon::Vocabulary;
use crate::token::Tokens;

/// The number of a word of the vocabulary; [`Word::OTHER`] for all that are not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Word(u16);

impl Word {
    /// Any word that no phrase has.
    pub(super) const OTHER: Word = Word(0);

    /// Its place in a table of all words, of which [`Words::count`] is the length.
    pub(super) fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// The words that occur in the phrases of one language.
#[derive(Debug, Default)]
pub(super) struct Words {
    numbers: HashMap<String, Word, FixedState>,
}

impl Words {
    /// The number of a folded word.
    pub(super) fn number(&self, folded: &str) -> Word {
        self.numbers.get(folded).copied().unwrap_or(Word::OTHER)
    }

    /// How many numbers there are, with that of [`Word::OTHER`].
    pub(super) fn count(&self) -> usize {
        self.numbers.len() + 1
    }

    /// The words of a phrase, new ones numbered.
    fn learn(&mut self, phrase: &str) -> Vec<Word> {
        let tokens = Tokens::new(phrase, &Vocabulary::default());
        let mut words = Vec::with_capacity(tokens.len());
        for i in 0..tokens.len() {
            let next = Word(self.numbers.len() as u16 + 1);
            words.push(*self.numbers.entry(tokens.folded(i).to_owned()).or_insert(next));
        }
        words
    }
}

/// Phrases of one class, each with what it says; the longest that fits is read.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    /// By the number of the first word; the longest first.
    by_first: Vec<Vec<(Vec<Word>, T)>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases { by_first: Vec::new() }
    }
}

impl<T: Copy> Phrases<T> {
    /// A table of phrases as written in a pack.
    pub(super) fn new(words: &mut Words, phrases: impl IntoIterator<Item = (String, T)>) -> Self {
        Phrases::of(phrases.into_iter().map(|(phrase, value)| (words.learn(&phrase), value)))
    }

    fn of(phrases: impl Iterator<Item = (Vec<Word>, T)>) -> Self {
        let mut by_first: Vec<Vec<(Vec<Word>, T)>> = Vec::new();
        for (phrase, value) in phrases {
            if let Some(first) = phrase.first().map(|first| first.index()) {
                by_first.resize_with(by_first.len().max(first + 1), Vec::new);
                by_first[first].push((phrase, value));
            }
        }
        for phrases in &mut by_first {
            phrases.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        }
        Phrases { by_first }
    }

    /// What the longest phrase at the beginning of some words says, and how many words it has.
    pub(super) fn read(&self, words: &[Word]) -> Option<(T, usize)> {
        let phrases = self.by_first.get(words.first()?.index())?;
        let fits = |phrase: &[Word]| phrase.len() == 1 || words.starts_with(phrase);
        let (phrase, value) = phrases.iter().find(|(phrase, _)| fits(phrase))?;
        Some((*value, phrase.len()))
    }

    /// The words of each phrase; it has one at least.
    pub(super) fn phrases(&self) -> impl Iterator<Item = &[Word]> {
        self.by_first.iter().flatten().map(|(phrase, _)| &**phrase)
    }
}

impl Phrases<()> {
    /// The phrases of other tables, without what they say.
    pub(super) fn joined<'p>(phrases: impl Iterator<Item = &'p [Word]>) -> Self {
        Phrases::of(phrases.map(|phrase| (phrase.to_vec(), ())))
    }
}

//! A table of phrases, matched word by word.

use super::vocabulary::{ByWord, PhraseTable, Vocabulary, Word};
use crate::Tokens;

/// Phrases of one or more words, each with what it stands for. Words are matched without capitals, diacritics kept.
#[derive(Debug, Clone)]
pub(crate) struct Phrases<T> {
    table: PhraseTable,
    by_first: ByWord<Phrase<T>>,
    /// *à*, which capitals often leave without its accent: `A la mi-mars`.
    grave: Word,
}

#[derive(Debug, Clone)]
struct Phrase<T> {
    /// The second word: most phrases end here, or are told apart by it.
    second: Option<Word>,
    /// The words behind the second.
    rest: Box<[Word]>,
    value: T,
}

impl<T> Phrase<T> {
    /// How many words it has.
    fn len(&self) -> usize {
        1 + usize::from(self.second.is_some()) + self.rest.len()
    }

    /// Whether its words behind the first are those that stand from token `i` on.
    fn goes_on_at(&self, tokens: &Tokens<'_>, i: usize) -> bool {
        self.second.is_none_or(|second| tokens.word(i) == second)
            && self.rest.iter().zip(i + 1..).all(|(word, k)| tokens.word(k) == *word)
    }
}

impl<T: Copy> Phrases<T> {
    pub(crate) fn new(table: PhraseTable) -> Self {
        Phrases { table, by_first: ByWord::default(), grave: Word::OTHER }
    }

    /// Adds a phrase as it is written, and returns its first word and how many it has. It is found once the table is
    /// sealed.
    pub(crate) fn add(&mut self, vocabulary: &mut Vocabulary, phrase: &str, value: T) -> (Word, usize) {
        let tokens = Tokens::new(phrase, &Vocabulary::default());
        let mut words = (0..tokens.len()).map(|i| vocabulary.learn(tokens.lower(i)));
        let Some(first) = words.next() else { return (Word::OTHER, 0) };
        let second = words.next();
        self.by_first.add(first, Phrase { second, rest: words.collect(), value });
        vocabulary.begin(first, self.table);
        self.grave = vocabulary.grave();
        (first, tokens.len())
    }

    /// Makes what was added ready to be found.
    pub(crate) fn seal(&mut self) {
        self.by_first.seal();
    }

    /// Every phrase that begins at token `i`: its length in tokens and its value.
    pub(crate) fn at<'a>(&'a self, tokens: &'a Tokens<'_>, i: usize) -> impl Iterator<Item = (usize, T)> + 'a {
        let begins = tokens.begins(i).has(self.table);
        let mut found = if begins { self.by_first.of(tokens.word(i)) } else { &[] };
        if begins && found.is_empty() && self.grave != Word::OTHER && tokens.raw(i) == "A" {
            found = self.by_first.of(self.grave);
        }
        let fits = move |phrase: &&Phrase<T>| phrase.goes_on_at(tokens, i + 1);
        found.iter().filter(fits).map(|phrase| (phrase.len(), phrase.value))
    }

    /// Whether any phrase begins at token `i`.
    #[inline]
    pub(crate) fn has(&self, tokens: &Tokens<'_>, i: usize) -> bool {
        tokens.begins(i).has(self.table) && self.at(tokens, i).next().is_some()
    }

    /// The longest phrase that begins at token `i`.
    #[inline]
    pub(crate) fn longest(&self, tokens: &Tokens<'_>, i: usize) -> Option<(usize, T)> {
        if !tokens.begins(i).has(self.table) {
            return None;
        }
        self.at(tokens, i).max_by_key(|(len, _)| *len)
    }

    /// The longest phrase of several words of which the first stands at token `i` and the rest behind `gap` more
    /// tokens: 'ministère (ougandais) de la Défense'.
    pub(crate) fn longest_around(&self, tokens: &Tokens<'_>, i: usize, gap: usize) -> Option<(usize, T)> {
        let fits = |phrase: &&Phrase<T>| phrase.second.is_some() && phrase.goes_on_at(tokens, i + 1 + gap);
        let longest = self.by_first.of(tokens.word(i)).iter().filter(fits).max_by_key(|phrase| phrase.len());
        longest.map(|phrase| (phrase.len() + gap, phrase.value))
    }
}

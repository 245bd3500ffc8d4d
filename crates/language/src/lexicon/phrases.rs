//! A table of phrases, matched word by word.

use std::collections::HashMap;

use crate::Tokens;

/// Which form of a token a table is matched with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Matching {
    /// Without capitals, diacritics kept: vocabulary.
    Lower,
    /// Without capitals and diacritics: names.
    Folded,
}

/// Phrases of one or more words, each with what it stands for.
#[derive(Debug, Clone)]
pub(crate) struct Phrases<T> {
    matching: Matching,
    by_first: HashMap<Box<str>, Vec<Phrase<T>>>,
}

#[derive(Debug, Clone)]
struct Phrase<T> {
    rest: Box<[Box<str>]>,
    value: T,
}

impl<T: Copy> Phrases<T> {
    pub(crate) fn new(matching: Matching) -> Self {
        Phrases { matching, by_first: HashMap::new() }
    }

    /// Adds a phrase as it is written.
    pub(crate) fn add(&mut self, phrase: &str, value: T) {
        let tokens = Tokens::new(phrase);
        let word = |i: usize| -> Box<str> { self.form(&tokens, i).into() };
        if tokens.is_empty() {
            return;
        }
        let (first, rest) = (word(0), (1..tokens.len()).map(word).collect());
        self.by_first.entry(first).or_default().push(Phrase { rest, value });
    }

    /// Every phrase that begins at token `i`: its length in tokens and its value.
    pub(crate) fn at<'a>(&'a self, tokens: &'a Tokens<'_>, i: usize) -> impl Iterator<Item = (usize, T)> + 'a {
        let found = self.by_first.get(self.form(tokens, i)).or_else(|| {
            // `A la mi-mars`, `ETATS`: capitals often stand without their diacritics.
            (self.matching == Matching::Lower && tokens.raw(i) == "A").then(|| self.by_first.get("à")).flatten()
        });
        found.into_iter().flatten().filter_map(move |phrase| {
            let rest = phrase.rest.iter().enumerate();
            let fits = rest.into_iter().all(|(k, word)| self.form(tokens, i + 1 + k) == &**word);
            fits.then_some((phrase.rest.len() + 1, phrase.value))
        })
    }

    /// The longest phrase of several words of which the first stands at token `i` and the rest behind `gap` more
    /// tokens: 'ministère (ougandais) de la Défense'.
    pub(crate) fn longest_around(&self, tokens: &Tokens<'_>, i: usize, gap: usize) -> Option<(usize, T)> {
        let found = self.by_first.get(self.form(tokens, i)).into_iter().flatten();
        let fits = |phrase: &&Phrase<T>| {
            let mut rest = phrase.rest.iter().enumerate();
            !phrase.rest.is_empty() && rest.all(|(k, word)| self.form(tokens, i + 1 + gap + k) == &**word)
        };
        let longest = found.filter(fits).max_by_key(|phrase| phrase.rest.len());
        longest.map(|phrase| (phrase.rest.len() + 1 + gap, phrase.value))
    }

    /// The longest phrase that begins at token `i`.
    pub(crate) fn longest(&self, tokens: &Tokens<'_>, i: usize) -> Option<(usize, T)> {
        self.at(tokens, i).max_by_key(|(len, _)| *len)
    }

    fn form<'a>(&self, tokens: &'a Tokens<'_>, i: usize) -> &'a str {
        match self.matching {
            Matching::Lower => tokens.lower(i),
            Matching::Folded => tokens.folded(i),
        }
    }
}

//! Words as numbers: each token of a text is looked up once, and from then on words are compared as numbers.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::forms::{Forms, Mask};

/// The number of a word of a [`Vocabulary`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word(u32);

impl Word {
    /// Any word that is not in the vocabulary.
    pub(crate) const OTHER: Word = Word(0);

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// The tables of phrases that a lexicon has.
#[derive(Debug, Clone, Copy)]
#[repr(u8)]
pub(crate) enum PhraseTable {
    Classes,
    Bounds,
    BoundsAfter,
    Vague,
    Cues,
    Nouns,
    Roles,
    Bodies,
}

/// In which tables a word begins a phrase: most questions about a token end here.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Begins(u8);

impl Begins {
    /// Whether it begins a phrase of a table.
    pub(crate) fn has(self, table: PhraseTable) -> bool {
        self.0 & (1 << table as u8) != 0
    }
}

/// The words that a lexicon knows, in lower case with their diacritics.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    numbers: HashMap<Box<str>, Word, FixedState>,
    /// Verbs of which the pack says nothing; none in a vocabulary of bare words.
    forms: Option<Forms>,
    /// By word, whether the pack settles what it is: the general lexicon is not asked then.
    settled: Vec<bool>,
    /// By word; empty behind the last that begins a phrase.
    begins: Vec<Begins>,
    /// *à*, which capitals often leave without its accent: `A la mi-mars`.
    grave: Word,
}

impl Vocabulary {
    /// A vocabulary that knows the verbs of a language besides what it learns.
    pub(super) fn of(language: &str) -> Self {
        Vocabulary { forms: Some(Forms::of(language)), ..Vocabulary::default() }
    }

    /// The pack says what a word is.
    pub(super) fn settle(&mut self, word: Word) {
        if self.settled.len() <= word.index() {
            self.settled.resize(word.index() + 1, false);
        }
        self.settled[word.index()] = true;
    }

    /// What a word that the pack does not settle may be as a form of some verb.
    pub(crate) fn other_verb(&self, lower: &str, word: Word) -> Mask {
        match &self.forms {
            Some(forms) if lower.len() > 2 && !self.settled.get(word.index()).is_some_and(|s| *s) => {
                forms.look_up(lower)
            }
            _ => Mask::default(),
        }
    }

    /// A word begins a phrase of a table.
    pub(super) fn begin(&mut self, word: Word, table: PhraseTable) {
        if self.begins.len() <= word.index() {
            self.begins.resize(word.index() + 1, Begins::default());
        }
        self.begins[word.index()].0 |= 1 << table as u8;
    }

    /// In which tables a word that is written as `raw` begins a phrase.
    pub(crate) fn begins(&self, word: Word, raw: &str) -> Begins {
        let of = |word: Word| self.begins.get(word.index()).copied().unwrap_or_default();
        if raw == "A" { Begins(of(word).0 | of(self.grave).0) } else { of(word) }
    }

    /// The number of *à*.
    pub(crate) fn grave(&self) -> Word {
        self.grave
    }

    /// Every word of the pack, in alphabetical order.
    pub fn words(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.numbers.keys().map(|word| &**word).collect();
        words.sort_unstable();
        words
    }

    /// The number of a word; [`Word::OTHER`] where it is not known.
    pub(crate) fn number(&self, word: &str) -> Word {
        self.numbers.get(word).copied().unwrap_or(Word::OTHER)
    }

    /// The number of a word, which is known from now on.
    pub(crate) fn learn(&mut self, word: &str) -> Word {
        if let Some(known) = self.numbers.get(word) {
            return *known;
        }
        let new = Word(self.numbers.len() as u32 + 1);
        self.numbers.insert(word.into(), new);
        if word == "à" {
            self.grave = new;
        }
        new
    }
}

/// What a lexicon knows of words, found by their number: some values for each, in the order in which they were added.
#[derive(Debug, Clone)]
pub(crate) struct ByWord<T> {
    /// What was added and cannot be found yet.
    pending: Vec<(Word, T)>,
    /// Sorted by word.
    values: Vec<T>,
    /// By word, where its values begin; one more than there are words.
    starts: Vec<u32>,
}

impl<T> Default for ByWord<T> {
    fn default() -> Self {
        ByWord { pending: Vec::new(), values: Vec::new(), starts: Vec::new() }
    }
}

impl<T> ByWord<T> {
    /// Adds a value. It is found once the table is sealed.
    pub(crate) fn add(&mut self, word: Word, value: T) {
        self.pending.push((word, value));
    }

    /// Makes what was added ready to be found; nothing can be added any more.
    pub(crate) fn seal(&mut self) {
        self.pending.sort_by_key(|(word, _)| *word);
        let words = self.pending.last().map_or(0, |(word, _)| word.index() + 1);
        self.starts = vec![0; words + 1];
        for (word, _) in &self.pending {
            self.starts[word.index() + 1] += 1;
        }
        for i in 1..self.starts.len() {
            self.starts[i] += self.starts[i - 1];
        }
        self.values = std::mem::take(&mut self.pending).into_iter().map(|(_, value)| value).collect();
    }

    /// The values of a word.
    pub(crate) fn of(&self, word: Word) -> &[T] {
        match self.starts.get(word.index()..word.index() + 2) {
            Some([from, to]) => &self.values[*from as usize..*to as usize],
            _ => &[],
        }
    }
}

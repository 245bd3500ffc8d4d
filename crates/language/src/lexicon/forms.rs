//! Verbs that a pack says nothing of: the forms of a general lexicon, so that what is a verb is known as one.

use std::sync::OnceLock;

use fst::Map;

use super::{Form, Tense};

/// What the general lexicon says of a word, as bits; none where it is no form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Mask(u16);

/// Bits of the table that `cargo xtask verbs` builds, in this order.
const FORMS: [Form; 8] = [
    Form::Infinitive,
    Form::Finite(Tense::Present),
    Form::Finite(Tense::Imperfect),
    Form::Finite(Tense::Past),
    Form::Finite(Tense::Future),
    Form::Finite(Tense::Conditional),
    Form::Participle,
    Form::Gerund,
];
const PRESENT: u16 = 2;
const PAST: u16 = 8;
const PARTICIPLE: u16 = 64;
const PLURAL: u16 = 256;

impl Mask {
    pub(crate) fn new(bits: u16) -> Self {
        Mask(bits)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn index(self) -> usize {
        usize::from(self.0 & 255)
    }

    /// The forms, the same for every word with this mask.
    pub(crate) fn forms(self) -> impl Iterator<Item = Form> {
        FORMS.into_iter().enumerate().filter(move |(i, _)| self.0 & (1 << i) != 0).map(|(_, form)| form)
    }

    /// Whether it may be a finite form.
    pub(crate) fn is_finite(self) -> bool {
        self.0 & (PRESENT | 4 | PAST | 16 | 32) != 0
    }

    /// Whether the word is an infinitive and no other form, as in French.
    pub(crate) fn is_infinitive_alone(self) -> bool {
        self.0 & 1 != 0 && self.0 & PRESENT == 0
    }

    /// Whether it may be a past as well as a participle: English *attacked*.
    pub(crate) fn is_past_or_participle(self) -> bool {
        self.0 & PAST != 0 && self.0 & PARTICIPLE != 0
    }

    /// Whether the word can be read as a finite verb by its form alone. The present singular looks like nouns and
    /// adjectives (*cible*, *calme*), and a past that is a participle too may be either.
    pub(crate) fn is_surely_finite(self) -> bool {
        let finite = self.0 & (4 | PAST | 16 | 32) != 0 && !(self.0 & PAST != 0 && self.0 & PARTICIPLE != 0);
        finite || self.0 & PRESENT != 0 && self.0 & PLURAL != 0
    }
}

/// The table of a language.
#[derive(Clone, Copy)]
pub(crate) struct Forms(&'static OnceLock<Map<&'static [u8]>>, &'static [u8]);

impl Forms {
    pub(super) fn of(language: &str) -> Self {
        static FRENCH: OnceLock<Map<&'static [u8]>> = OnceLock::new();
        static ENGLISH: OnceLock<Map<&'static [u8]>> = OnceLock::new();
        match language {
            "fr" => Forms(&FRENCH, include_bytes!("../../data/fr/verbs.fst")),
            _ => Forms(&ENGLISH, include_bytes!("../../data/en/verbs.fst")),
        }
    }

    /// What a word in lower case may be.
    pub(crate) fn look_up(&self, word: &str) -> Mask {
        let map = self
            .0
            .get_or_init(|| Map::new(self.1).unwrap_or_else(|e| unreachable!("a table that is compiled in: {e}")));
        Mask(map.get(word).unwrap_or(0) as u16)
    }
}

impl std::fmt::Debug for Forms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Forms")
    }
}

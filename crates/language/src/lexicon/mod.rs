//! The words of one language: closed classes, verbs with their frames, nouns with their classes.
//!
//! Everything comes from the data files of the pack; the program knows no word of any language.

mod build;
mod classes;
pub(crate) mod conjugate;
mod forms;
mod frame;
mod load;
mod phrases;
mod vocabulary;

use std::collections::HashMap;
use std::sync::OnceLock;

pub use classes::{BodyKind, ClassId, Frame, Helper, NounClass, NounRole, Role, Speech, Verb, VerbId};
pub use conjugate::UnknownConjugation;
pub(crate) use forms::Mask;
pub(crate) use load::FILES;
pub use load::PackError;
pub(crate) use phrases::Phrases;
pub(crate) use vocabulary::{Begins, ByWord, PhraseTable};
pub use vocabulary::{Vocabulary, Word};

use foldhash::fast::FixedState;
use recoup_model::Theatre;

use crate::Tokens;
use crate::figure::FigureWords;

/// A form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// *tuer*, *kill*.
    Infinitive,
    /// A finite form.
    Finite(Tense),
    /// Past participle.
    Participle,
    /// Present participle.
    Gerund,
}

/// Tense and mood of a finite form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tense {
    /// Present, indicative or subjunctive.
    Present,
    /// French imperfect.
    Imperfect,
    /// Past historic, English past.
    Past,
    /// Future.
    Future,
    /// French conditional.
    Conditional,
}

/// Closed classes of words, as bits of [`Classes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs, reason = "each is named after the class of the pack's `words.toml`")]
pub enum Class {
    Definite,
    Indefinite,
    Demonstrative,
    Possessive,
    Quantifier,
    Preposition,
    Of,
    To,
    By,
    Against,
    With,
    Between,
    PlacePreposition,
    NegationParticle,
    Negation,
    Neither,
    Without,
    Reflexive,
    Relative,
    Subordinator,
    Hypothesis,
    Coordinator,
    And,
    Or,
    SpeakerPronoun,
    SubjectPronoun,
    Hedge,
    Officially,
    Adverb,
    NumberWord,
    NumberJoin,
    Zero,
    Article,
    Partitive,
    RangeTo,
    RangeFrom,
    Among,
    OfThem,
    Included,
    Any,
    MadeKnown,
    OfOurs,
    Ranks,
    SingularPronoun,
    There,
    Other,
    Silent,
    Inactive,
    Engaged,
    Independent,
    WithdrawnFigure,
    NegatedFigure,
    Unquantified,
    Before,
    Relay,
    Half,
    InfinitiveMark,
    Locative,
    Anchor,
    Concession,
    Says,
    BeforeInitial,
    RelayedBy,
    ObjectPronoun,
    TiedConsonant,
    PluralPronoun,
    Since,
    Outlet,
    Learnt,
    LearntFrom,
    Compounded,
    Ruled,
    Governmental,
    Prospective,
    Likely,
    Simultaneous,
    Per,
    Then,
    ByThem,
    Someone,
    AsFor,
    HowMany,
    Where,
    Alive,
    Impartial,
    Strong,
    Unverifiable,
    Hard,
    Yet,
    Restriction,
}

/// A set of [`Class`]es.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Classes(u128);

impl Classes {
    /// Whether the class is in the set.
    pub fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u8) != 0
    }

    /// Whether any of the classes is in the set.
    pub fn any(self, classes: &[Class]) -> bool {
        classes.iter().any(|class| self.has(*class))
    }

    /// These classes.
    pub(crate) const fn of<const N: usize>(classes: [Class; N]) -> Classes {
        let (mut bits, mut i) = (0, 0);
        while i < N {
            bits |= 1 << classes[i] as u8;
            i += 1;
        }
        Classes(bits)
    }

    /// Whether the sets have a class in common.
    pub(crate) fn meet(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// The classes of both sets.
    pub fn with(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }

    pub(crate) fn insert(&mut self, class: Class) {
        self.0 |= 1 << class as u8;
    }
}

/// A modifier that makes a figure a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// 'au moins'.
    Floor,
    /// "jusqu'à".
    Ceiling,
    /// 'près de': a ceiling, approximate.
    Nearly,
    /// 'environ'.
    About,
    /// 'exactement'.
    Exact,
    /// 'entre A et B'.
    Between,
}

/// What the phrases are that begin with a word.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Opens {
    /// The classes of all of them.
    pub(crate) all: Classes,
    /// Whether one of them has more words.
    pub(crate) longer: bool,
}

/// The words of one language.
pub struct Lexicon {
    pub(crate) language: &'static str,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) classes: Phrases<Class>,
    /// By word, the classes of all phrases that begin with it; empty behind the last that begins one.
    pub(crate) opens: Vec<Opens>,
    pub(crate) bounds: Phrases<Bound>,
    pub(crate) bounds_after: Phrases<Bound>,
    pub(crate) figures: FigureWords,
    pub(crate) nouns: Phrases<ClassId>,
    pub(crate) noun_roles: Phrases<NounRole>,
    pub(crate) bodies: Phrases<BodyKind>,
    /// Prepositions that may stand inside the name of a body.
    pub(crate) body_links: Vec<Box<str>>,
    /// Whether adjectives stand behind their noun.
    pub(crate) adjectives_follow: bool,
    pub(crate) forms: ByWord<(VerbId, Form)>,
    /// By mask, the forms of a verb of which the pack says nothing.
    pub(crate) other_forms: Vec<Box<[(VerbId, Form)]>>,
    pub(crate) verbs: Vec<Verb>,
    pub(crate) noun_classes: Vec<NounClass>,
    pub(crate) groups: HashMap<Box<str>, u128, FixedState>,
    pub(crate) roles: Vec<Box<str>>,
    pub(crate) west: Vec<load::West>,
    pub(crate) adverb_endings: Vec<Box<str>>,
    /// Whether a negation needs a particle before the verb ('ne … plus'); without it the word is no negation.
    pub(crate) negates_twice: bool,
    /// Whether who says something may stand behind whatever verb says how: ', s'indigne X'. So it is where pronouns are
    /// tied to the verb before them.
    pub(crate) inverts: bool,
}

impl Lexicon {
    /// The lexicon of a language by its ISO 639-1 code; `None` where there is no pack for it.
    pub fn of(language: &str) -> Option<&'static Lexicon> {
        static FRENCH: OnceLock<Lexicon> = OnceLock::new();
        static ENGLISH: OnceLock<Lexicon> = OnceLock::new();
        match language {
            "fr" => Some(FRENCH.get_or_init(|| load::embedded("fr"))),
            "en" => Some(ENGLISH.get_or_init(|| load::embedded("en"))),
            _ => None,
        }
    }

    /// The lexicon of a language with the indicators that a theatre adds and the values that it gives to vague words;
    /// `None` where there is no pack for it.
    ///
    /// # Errors
    /// A trigger that cannot be conjugated.
    pub fn extended(language: &str, theatre: &Theatre) -> Option<Result<Lexicon, PackError>> {
        let language = Lexicon::of(language)?.language;
        Some(load::extended(language, theatre))
    }

    /// Whether the noun at a token is that of a body: a mission, a movement, an agency.
    pub fn is_body(&self, tokens: &crate::Tokens<'_>, at: usize) -> bool {
        self.bodies.has(tokens, at)
    }

    /// The class of the noun that begins at a token.
    pub fn noun_at(&self, tokens: &crate::Tokens<'_>, at: usize) -> Option<ClassId> {
        self.nouns.longest(tokens, at).map(|(_, class)| class)
    }

    /// Whether *be* before a participle can only make a passive: not where *sont partis* is a perfect.
    pub fn be_is_passive(&self) -> bool {
        !self.inverts
    }

    /// Whether a negation needs a particle before the verb besides: *aucun n'a confirmé*, but *none has confirmed*.
    pub fn negates_twice(&self) -> bool {
        self.negates_twice
    }

    /// ISO 639-1 code.
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// The words that it knows, by which texts are read.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The verb behind an id.
    pub fn verb(&self, id: VerbId) -> &Verb {
        &self.verbs[usize::from(id.0)]
    }

    /// The class behind an id.
    pub fn noun_class(&self, id: ClassId) -> &NounClass {
        &self.noun_classes[usize::from(id.0)]
    }

    /// The class of a name.
    pub fn class_named(&self, name: &str) -> Option<&NounClass> {
        self.class_id(name).map(|id| self.noun_class(id))
    }

    /// Whether nouns of a class are things of war: equipment or munitions.
    pub fn is_thing(&self, class: ClassId) -> bool {
        ["equipment", "munition"].iter().any(|group| self.in_group(class, group))
    }

    /// The index of the class of nouns with this name.
    pub fn class_id(&self, name: &str) -> Option<ClassId> {
        self.noun_classes.iter().position(|c| *c.name == *name).map(|i| ClassId(i as u8))
    }

    /// The English head noun of a speaker's role.
    pub fn role(&self, role: u16) -> &str {
        &self.roles[usize::from(role)]
    }

    /// The role with this English head noun.
    pub fn role_named(&self, name: &str) -> Option<u16> {
        self.roles.iter().position(|r| **r == *name).map(|i| i as u16)
    }

    /// Whether a noun class belongs to a group that a frame may ask for; a class is a group of its own.
    pub fn in_group(&self, class: ClassId, group: &str) -> bool {
        let entry = self.noun_class(class);
        self.groups.get(group).is_some_and(|set| set & (1 << class.0) != 0)
            || *entry.name == *group
            || group == "any"
            || group.strip_prefix("unit:").is_some_and(|unit| entry.unit.as_deref() == Some(unit))
    }

    /// The closed classes of every phrase that begins at a token.
    pub(crate) fn classes_at(&self, tokens: &Tokens<'_>, i: usize) -> Classes {
        let opens = self.opens(tokens, i);
        if !opens.longer && opens.all != Classes::default() {
            return opens.all;
        }
        let mut classes = Classes::default();
        for (_, class) in self.classes.at(tokens, i) {
            classes.insert(class);
        }
        classes
    }

    /// By token, the closed classes of every phrase that begins at it.
    pub(crate) fn classes_of(&self, tokens: &Tokens<'_>) -> Vec<Classes> {
        (0..tokens.len()).map(|i| self.classes_at(tokens, i)).collect()
    }

    /// The closed classes of the phrases of `len` tokens that begin at a token.
    pub(crate) fn classes_of_length(&self, tokens: &Tokens<'_>, i: usize, len: usize) -> Classes {
        let mut classes = Classes::default();
        for (_, class) in self.classes.at(tokens, i).filter(|(l, _)| *l == len) {
            classes.insert(class);
        }
        classes
    }

    /// Whether a word that nobody knows has the ending of an adverb.
    pub(crate) fn ends_like_adverb(&self, word: &str) -> bool {
        word.len() > 5 && self.adverb_endings.iter().any(|ending| word.ends_with(&**ending))
    }

    /// How many tokens the longest phrase of a class takes that begins at a token.
    pub(crate) fn class_len(&self, tokens: &Tokens<'_>, i: usize, class: Class) -> Option<usize> {
        let opens = self.opens(tokens, i).all;
        if opens != Classes::default() && !opens.has(class) {
            return None;
        }
        self.classes.at(tokens, i).filter(|(_, c)| *c == class).map(|(len, _)| len).max()
    }

    /// How many tokens the longest phrase of any of some classes takes that begins at a token.
    pub(crate) fn len_of_any(&self, tokens: &Tokens<'_>, i: usize, classes: Classes) -> Option<usize> {
        self.classes.at(tokens, i).filter(|(_, c)| classes.has(*c)).map(|(len, _)| len).max()
    }

    /// What the phrases are that begin with the word of a token; nothing for an *A*, which may be an *à*.
    fn opens(&self, tokens: &Tokens<'_>, i: usize) -> Opens {
        self.opens.get(tokens.word(i).index()).copied().unwrap_or_default()
    }

    /// The readings of a token as a verb.
    pub fn verb_forms(&self, tokens: &Tokens<'_>, i: usize) -> &[(VerbId, Form)] {
        match self.forms.of(tokens.word(i)) {
            [] => &self.other_forms[tokens.other_verb(i).index()],
            known => known,
        }
    }

    /// Whether a token is a verb, as far as its form alone tells: one of the pack, or one that looks like nothing else.
    pub fn is_verb(&self, tokens: &Tokens<'_>, i: usize) -> bool {
        !self.forms.of(tokens.word(i)).is_empty() || tokens.other_verb(i).is_surely_finite()
    }

    /// Whether a token may be a form of a verb of which the pack says nothing.
    pub fn is_other_verb(&self, tokens: &Tokens<'_>, i: usize) -> bool {
        self.forms.of(tokens.word(i)).is_empty() && !tokens.other_verb(i).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_packs_are_sound() {
        for language in ["fr", "en"] {
            let lexicon = Lexicon::of(language).unwrap();
            assert!(lexicon.verbs.len() > 100, "{language}");
            assert!(lexicon.noun_classes.len() < 128, "a group is a set of 128 bits");
            for verb in &lexicon.verbs {
                for frame in &verb.frames {
                    assert!(
                        frame.classes.iter().all(|class| lexicon.groups.contains_key(class)
                            || lexicon.noun_classes.iter().any(|c| c.name == *class)),
                        "{language}: {} asks for an unknown class: {:?}",
                        verb.lemma,
                        frame.classes
                    );
                }
            }
        }
    }
}

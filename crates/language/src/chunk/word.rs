//! What a word that no pack lists may be beside a noun: an adjective, a noun, a verb.

use super::{Chunk, Chunker, NounGroup};
use crate::TokenKind;
use crate::lexicon::{Class, Form};

impl Chunker<'_> {
    /// A word without capital of which nothing is known.
    pub(super) fn is_unknown(&self, i: usize) -> bool {
        self.tokens.kind(i) == TokenKind::Word
            && !self.tokens.capital(i)
            && self.classes(i) == Default::default()
            && self.is_no_verb(i, |form| *form == Form::Participle)
            && !self.is_head(i)
    }

    /// A word that may be an adjective before its noun: one that nobody knows, and in English a participle or what a hyphen
    /// ties to it: '20 living hostages', 'three booby-trapped drones'.
    pub(super) fn is_adjective(&self, i: usize, counted: bool) -> bool {
        let forms = self.lexicon.verb_forms(self.tokens, i);
        let participle = || {
            self.tokens.kind(i) == TokenKind::Word
                && !self.tokens.capital(i)
                && self.classes(i) == Default::default()
                && !forms.is_empty()
                // 'of whom at least 40 had been killed'.
                && forms.iter().all(|(verb, _)| self.lexicon.verb(*verb).helper.is_none())
                && (self.tokens.hyphen(i)
                    || forms.iter().all(|(_, form)| *form == Form::Gerund)
                    // 'four burnt armoured vehicles'.
                    || counted
                        && forms.iter().any(|(_, form)| *form == Form::Participle)
                        && !forms.iter().any(|(_, form)| *form == Form::Infinitive))
        };
        self.is_unknown(i) || !self.lexicon.adjectives_follow && participle()
    }

    /// 'six cruise and ballistic missiles': a word behind a figure that shares the noun with the one behind 'and'.
    pub(super) fn is_coordinated_adjective(&self, i: usize) -> bool {
        !self.lexicon.adjectives_follow
            && self.is_unknown(i)
            && !self.tokens.lower(i).ends_with('s')
            && self.has(i + 1, Class::And)
            && self.is_noun(i + 2)
            && !self.tokens.capital(i + 2)
    }

    /// Whether a plural stands behind 'et' and a noun that is counted.
    pub(super) fn is_second_of_counted(&self, i: usize, before: &[Chunk]) -> bool {
        let [.., Chunk::Noun(first), Chunk::Word(_, link)] = before else { return false };
        let plural = self.tokens.lower(i).ends_with(['s', 'x']);
        plural && link.has(Class::And) && first.count().is_some() && first.class.is_some()
    }

    /// 'quatre annoncés jusqu'ici', '40 reported so far': what a figure is said to be is none of its nouns.
    pub(super) fn is_reported(&self, i: usize) -> bool {
        let says = |verb| self.lexicon.verb(verb).speech.is_some();
        let forms = self.lexicon.verb_forms(self.tokens, i);
        forms.iter().any(|(verb, form)| *form == Form::Participle && says(*verb))
    }

    /// Whether no reading of a word as a verb stands against another: of the verbs of the pack only `harmless` forms,
    /// of others those that look like nouns and adjectives.
    pub(super) fn is_no_verb(&self, i: usize, harmless: fn(&Form) -> bool) -> bool {
        if self.lexicon.is_other_verb(self.tokens, i) {
            return !self.lexicon.is_verb(self.tokens, i) && !self.tokens.other_verb(i).is_infinitive_alone();
        }
        self.lexicon.verb_forms(self.tokens, i).iter().all(|(_, form)| harmless(form))
    }

    /// A word that may be a noun that no pack knows. What is an infinitive and nothing else is none: 'les authentifier'.
    pub(super) fn is_plain(&self, i: usize) -> bool {
        let forms = self.lexicon.verb_forms(self.tokens, i);
        let infinitive = !forms.is_empty() && forms.iter().all(|(_, form)| matches!(form, Form::Infinitive));
        self.classes(i) == Default::default()
            && !infinitive
            && self.is_no_verb(i, |form| !matches!(form, Form::Finite(_)))
    }

    /// Behind a determiner a form of a verb is a noun ('le contrôle'), but for auxiliaries ('les a tués').
    pub(super) fn is_noun_of_verb(&self, i: usize, group: &NounGroup) -> bool {
        let forms = self.lexicon.verb_forms(self.tokens, i);
        group.determiner.is_some()
            && self.classes(i) == Default::default()
            && !forms.is_empty()
            && forms.iter().all(|(verb, form)| {
                self.lexicon.verb(*verb).helper.is_none()
                    && matches!(form, Form::Finite(crate::lexicon::Tense::Present) | Form::Participle)
            })
            && !self.lexicon.verb_forms(self.tokens, i + 1).iter().any(|(_, form)| matches!(form, Form::Participle))
    }
}

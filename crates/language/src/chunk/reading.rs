//! Whether a word is a verb where it stands, or rather a noun.

use super::{Chunk, Chunker, is_finite};
use crate::TokenKind;
use crate::chunk::verb::Mood;
use crate::lexicon::{Class, Form, Helper, Tense, VerbId};

impl Chunker<'_> {
    /// Whether a word with a capital is a name that is spelt as a verb.
    pub(super) fn is_name_by_place(&self, i: usize) -> bool {
        let tokens = self.tokens;
        if i == 0 || !tokens.capital(i) {
            return false;
        }
        // "Puntland's president, Said Abdullahi Deni, has …": behind a title, and before the rest of the name.
        let unknown = self.classes(i + 1) == Default::default()
            && !self.is_head(i + 1)
            && self.lexicon.verb_forms(tokens, i + 1).is_empty();
        let goes_on = tokens.capital(i + 1) && tokens.spaced(i + 1) && unknown;
        let titled = i > 1 && tokens.is_mark(i - 1, ',') && self.lexicon.noun_roles.has(tokens, i - 2);
        // 'dans les régions de Gara et de Metina'.
        let inside = tokens.kind(i - 1) == TokenKind::Word && !tokens.capital(i - 1);
        goes_on && titled || inside && self.lexicon.is_other_verb(tokens, i)
    }

    /// Whether a token is a past before its object: 'killed at least 14 people'.
    pub(super) fn acts_on_object(&self, i: usize) -> bool {
        let forms = self.lexicon.verb_forms(self.tokens, i);
        forms.iter().any(|(_, f)| *f == Form::Finite(Tense::Past)) && self.opens_object(i + 1)
    }

    /// Whether an object begins here: a determiner or a figure, and no preposition.
    pub(super) fn opens_object(&self, i: usize) -> bool {
        let figures = crate::figure::Figures::new(self.tokens, self.lexicon);
        let quotation = usize::from(self.tokens.is_quotation_mark(i));
        self.classes(i).any(&[Class::Definite, Class::Indefinite, Class::Possessive, Class::Quantifier])
            && !self.has(i, Class::Partitive)
            || figures.at(i + quotation, self.tokens.len()).is_some()
    }

    pub(super) fn is_ambiguous(&self, i: usize) -> bool {
        let forms = self.lexicon.verb_forms(self.tokens, i);
        forms.iter().any(|(_, f)| *f == Form::Participle) && forms.iter().any(|(_, f)| *f == Form::Finite(Tense::Past))
    }

    /// Whether a noun of a class stands at a token.
    fn names_class(&self, i: usize, name: &str) -> bool {
        let class = self.lexicon.nouns.longest(self.tokens, i).map(|(_, class)| class);
        class.is_some_and(|class| &*self.lexicon.noun_class(class).name == name)
    }

    /// Whether a finite auxiliary follows on a token.
    pub(super) fn precedes_helper(&self, i: usize) -> bool {
        let helps = |verb| self.lexicon.verb(verb).helper.is_some_and(|helper| helper != Helper::Do);
        let next = self.lexicon.verb_forms(self.tokens, i + 1);
        next.iter().any(|(verb, form)| matches!(form, Form::Finite(_)) && helps(*verb))
    }

    /// 'pulled back', 'withdrew from': a past, and no object behind it.
    fn is_past_with_particle(&self, i: usize) -> bool {
        let past = |(_, form): &(VerbId, Form)| *form == Form::Finite(Tense::Past);
        self.lexicon.verb_forms(self.tokens, i).iter().any(past)
            && self.classes(i + 1).any(&[Class::Adverb, Class::Preposition])
    }

    /// Whether a token may be some form of a verb.
    pub(super) fn may_be_verb(&self, i: usize) -> bool {
        !self.lexicon.verb_forms(self.tokens, i).is_empty()
    }

    /// Whether a token is a form of a verb of the pack.
    pub(super) fn is_pack_verb(&self, i: usize) -> bool {
        self.may_be_verb(i) && !self.lexicon.is_other_verb(self.tokens, i)
    }

    /// Whether a word behind a noun that may be a verb of which the pack says nothing is one by what follows: its
    /// object, or what it says.
    pub(super) fn is_verb_by_place(&self, i: usize) -> bool {
        let mask = self.tokens.other_verb(i);
        if !self.lexicon.is_other_verb(self.tokens, i) || self.tokens.hyphen(i) {
            return false;
        }
        let follows = self.classes(i + 1);
        let object = follows.any(&[Class::Definite, Class::Possessive, Class::Demonstrative, Class::Subordinator])
            && !follows.has(Class::Of)
            || self.tokens.kind(i + 1) == TokenKind::Number;
        let english_object = mask.is_past_or_participle() && follows.has(Class::Article);
        mask.is_surely_finite() || mask.is_finite() && (object || english_object)
    }

    /// The reading of a token as a verb of which the pack says nothing.
    fn other_reading(&self, i: usize, clitics: bool, last: Option<&Chunk>, after_to: bool) -> Option<(VerbId, Form)> {
        let mask = self.tokens.other_verb(i);
        let forms = self.lexicon.verb_forms(self.tokens, i);
        let find = |wanted: fn(&Form) -> bool| forms.iter().find(|(_, form)| wanted(form)).copied();
        let finite = || find(|form| matches!(form, Form::Finite(_)));
        if after_to || mask.is_infinitive_alone() {
            return find(|form| *form == Form::Infinitive);
        }
        let noun = self.lexicon.nouns.has(self.tokens, i) || self.lexicon.noun_roles.has(self.tokens, i);
        if noun && !clitics {
            return None;
        }
        let subject = last.is_some_and(|c| c.is(Class::Relative) || c.is(Class::SubjectPronoun));
        let after_noun = last.and_then(Chunk::noun).is_some_and(|group| !group.head.is_empty());
        if clitics || subject || mask.is_surely_finite() || after_noun && self.is_verb_by_place(i) {
            return finite();
        }
        if after_noun && mask.is_past_or_participle() {
            return find(|form| *form == Form::Finite(Tense::Past));
        }
        find(|form| *form == Form::Gerund).filter(|_| !mask.is_finite())
    }

    /// The reading of a token as a verb, or `None` where it is rather a noun.
    pub(super) fn reading(&self, i: usize, clitics: bool, before: &[Chunk]) -> Option<(VerbId, Form)> {
        // 'dans l'Est, la ville est tombée': a capital inside a sentence.
        let inside = matches!(before.last(), Some(Chunk::Word(..)));
        if self.lexicon.adjectives_follow && inside && self.tokens.capital(i) {
            return None;
        }
        let adverb = |c: &&Chunk| c.is(Class::Hedge) || c.is(Class::Adverb) || matches!(c, Chunk::When(..));
        let last = before.iter().rev().find(|c| !adverb(c));
        let forms = self.lexicon.verb_forms(self.tokens, i);
        let rank = |form: &Form| match form {
            Form::Finite(Tense::Present) => 1,
            Form::Finite(_) => 0,
            Form::Participle => 2,
            Form::Gerund => 3,
            Form::Infinitive => 4,
        };
        let after_to = matches!(last, Some(Chunk::Word(_, classes)) if classes.has(Class::InfinitiveMark));
        if self.lexicon.is_other_verb(self.tokens, i) {
            return self.other_reading(i, clitics, last, after_to);
        }
        let infinitive = forms.iter().find(|(_, f)| *f == Form::Infinitive).filter(|_| after_to);
        let (verb, form) = infinitive.or_else(|| forms.iter().min_by_key(|(_, form)| rank(form))).copied()?;
        let noun = self.lexicon.nouns.has(self.tokens, i) || self.lexicon.noun_roles.has(self.tokens, i);
        if !noun || clitics {
            return Some((verb, form));
        }
        // "in the army's hands".
        let possessed = i > 0 && self.tokens.lower(i - 1) == "s" && !self.tokens.spaced(i - 1);
        if possessed && matches!(form, Form::Finite(_)) {
            return None;
        }
        // 'Islamic State suspects are detained', 'Interior Ministry forces pulled back': two verbs do not follow each other.
        let helped = self.precedes_helper(i) || self.is_past_with_particle(i + 1);
        // "in Sudan's North Kordofan state killed 38 people".
        if (helped || self.acts_on_object(i + 1))
            && form == Form::Finite(Tense::Present)
            && !self.lexicon.adjectives_follow
        {
            return None;
        }
        if let [.., Chunk::Verb(_), Chunk::Word(_, link)] = before
            && link.any(&[Class::And, Class::Or])
            && let Some(participle) = forms.iter().find(|(_, f)| *f == Form::Participle)
        {
            return Some(*participle);
        }
        // 'the total number of people': a noun, unless its complement is what a verb takes.
        let entry = self.lexicon.verb(verb);
        if self.has(i + 1, Class::Of) && entry.frames.is_empty() && entry.speech.is_none() {
            return None;
        }
        // 'trois autres grièvement blessés'.
        let after_noun = last.and_then(Chunk::noun).is_some_and(|group| !group.head.is_empty() || group.other);
        let governed = match before {
            // 'under Chinese control'.
            [.., Chunk::Word(_, classes), Chunk::Noun(group)]
                if group.names.iter().any(|n| n.demonym().is_some() && n.tokens == group.tokens) =>
            {
                classes.has(Class::Preposition) && !classes.has(Class::Of)
            }
            _ => matches!(last, Some(Chunk::Word(_, classes)) if classes.has(Class::Preposition)),
        };
        let takes_verb = match form {
            Form::Participle => {
                // 'a tué 21 civils et blessé 70 autres'.
                let shares =
                    last.is_some_and(|c| c.is(Class::And)) && before.iter().rev().take(6).any(|c| c.verb().is_some());
                // 'Neuf civils, dont deux enfants, tués par des tirs'.
                let done = last.is_some_and(|c| c.is_mark(',')) && self.has(i + 1, Class::By);
                after_noun || done || shares && self.opens_object(i + 1)
            }
            Form::Finite(_) => {
                let subject = last.is_some_and(|c| {
                    c.is(Class::Relative) || c.is(Class::SubjectPronoun) || c.is(Class::SpeakerPronoun)
                });
                // 'shattered windows but injured nobody'.
                let links = |c: &Chunk| c.is(Class::And) || c.is(Class::Coordinator) && self.opens_object(i + 1);
                let coordinated = last.is_some_and(links) && before.iter().rev().take(6).any(|c| c.verb().is_some());
                let intends =
                    self.has(i + 1, Class::InfinitiveMark) && last.is_none_or(|c| matches!(c, Chunk::Mark(..)));
                // 'the front, in a statement, counts 47 soldiers killed'.
                let aside = last.is_some_and(|c| c.is_mark(','))
                    && before.first().is_some_and(|c| c.noun().is_some())
                    && !before.iter().any(is_finite)
                    && (self.opens_object(i + 1) || self.has(i + 1, Class::Subordinator));
                // ', note l'ONG Acaps': who says so stands behind.
                let inverted = last.is_some_and(|c| matches!(c, Chunk::Mark(_, ',' | '»' | '”' | '"')))
                    && entry.speech.is_some()
                    && self.opens_object(i + 1);
                // 'A drone strike on a funeral gathering killed 38 people': behind words that end the subject.
                let ends_subject = last.is_some_and(|c| match c {
                    // But 'le calibre de 152 mm équipe …'.
                    Chunk::Word(tokens, classes) => {
                        let measure = tokens.start > 0 && self.tokens.kind(tokens.start - 1) == TokenKind::Number;
                        *classes == Default::default() && !measure
                    }
                    Chunk::Verb(verb) => verb.mood == Mood::Gerund,
                    // 'the Allied Democratic Forces (ADF) killed at least 60 civilians'.
                    Chunk::Mark(_, ')' | ']') => true,
                    _ => false,
                });
                let transitive = ends_subject && before.len() > 1 && self.opens_object(i + 1);
                // 'crossed the river, killed two guards and wounded another'.
                let serial = !self.lexicon.adjectives_follow
                    && last.is_some_and(|c| c.is_mark(','))
                    && before.iter().any(is_finite)
                    && self.opens_object(i + 1);
                let transitive = transitive || serial;
                after_noun && !governed || subject || coordinated || intends || aside || inverted || transitive
            }
            // "in Saturday's fighting".
            Form::Gerund if possessed => false,
            // 'have gone missing'.
            Form::Gerund if last.is_some_and(|c| c.verb().is_some()) && self.names_class(i, "missing") => false,
            // 'lists 63,000 people as missing'.
            Form::Gerund if last.is_some_and(|c| c.is(Class::Simultaneous)) => false,
            // 'three women remain missing': what they are.
            Form::Gerund
                if last
                    .and_then(Chunk::verb)
                    .is_some_and(|v| self.lexicon.verb(v.verb).speech == Some(crate::lexicon::Speech::Remain)) =>
            {
                false
            }
            // 'accused of killing three of them'.
            Form::Gerund | Form::Infinitive => !governed || after_to || self.opens_object(i + 1),
        };
        takes_verb.then_some((verb, form))
    }
}

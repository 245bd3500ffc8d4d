//! Verb groups.

use std::ops::Range;

use super::{Chunk, Chunker, is_finite};
use crate::TokenKind;
use crate::lexicon::{Class, Form, Helper, Tense, VerbId};

/// Who does what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// The subject does it.
    Active,
    /// The subject has it done to it.
    Passive,
    /// The subject does it to itself: *se sont repliés*.
    Reflexive,
}

/// Mood of the finite verb, or the form where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// A fact as worded.
    Indicative,
    /// Reportive or hypothetical.
    Conditional,
    /// Governed by another verb or a preposition.
    Infinitive,
    /// Past participle without auxiliary.
    Participle,
    /// Present participle.
    Gerund,
}

/// What a modal adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modality {
    /// pouvoir, may.
    Possible,
    /// devoir, should.
    Expected,
    /// aller, will, or a future tense.
    Future,
}

/// A verb with its auxiliaries, negation and adverbs.
#[derive(Debug, Clone)]
pub struct VerbGroup {
    /// All of its tokens, clitics and negation included.
    pub tokens: Range<usize>,
    /// The token of the verb itself.
    pub head: usize,
    /// The verb.
    pub verb: VerbId,
    /// Who does what.
    pub voice: Voice,
    /// Mood.
    pub mood: Mood,
    /// Tense of the finite form.
    pub tense: Option<Tense>,
    /// Whether the perfect is used.
    pub perfect: bool,
    /// Whether it is negated.
    pub negated: bool,
    /// What a modal adds.
    pub modality: Option<Modality>,
    /// Whether an adverb hedges it.
    pub hedged: bool,
    /// Whether a pronoun subject is tied behind it: *a-t-il déclaré*.
    pub inverted: bool,
    /// Whether the form may be a past tense as well as a participle: English *killed*.
    pub ambiguous: bool,
}

struct Chain {
    at: usize,
    negated: bool,
    hedged: bool,
    inverted: bool,
    reflexive: bool,
}

impl Chunker<'_> {
    pub(super) fn verb_group(&self, at: usize, end: usize, before: &[Chunk]) -> Option<VerbGroup> {
        let mut i = at;
        let (mut particle, mut reflexive) = (false, false);
        while i < end && (self.has(i, Class::NegationParticle) || self.has(i, Class::Reflexive)) {
            particle |= self.has(i, Class::NegationParticle);
            reflexive |= self.has(i, Class::Reflexive);
            i += 1;
            // Object pronouns stand between the particle and the verb: *ne l'a pas confirmé*, *n'en a pas*.
            if self.has(i, Class::ObjectPronoun) && self.may_be_verb(i + 1) {
                i += 1;
            }
        }
        let clitics = i > at;
        // 'Iranian-supplied drones': behind a hyphen it is an adjective.
        if i >= end
            || self.tokens.hyphen(i)
            || self.tokens.kind(i) != TokenKind::Word
            // 'F/A-18'.
            || self.tokens.hyphen(i + 1) && self.tokens.kind(i + 1) == TokenKind::Number
            || self.name(i).is_some() && self.tokens.capital(i)
            // "Puntland's president, Said Abdullahi Deni, has …": so are names of several words.
            || self.tokens.capital(i)
                && self.tokens.capital(i + 1)
                && self.tokens.spaced(i + 1)
                && self.classes(i + 1) == Default::default()
                && !self.is_head(i + 1)
                && self.lexicon.verb_forms(self.tokens, i + 1).is_empty()
                && i > 1
                && self.tokens.is_mark(i - 1, ',')
                && self.lexicon.noun_roles.has(self.tokens, i - 2)
            // 'dans les régions de Gara et de Metina': a name that is spelt as a verb.
            || i > 0
                && self.tokens.capital(i)
                && self.tokens.kind(i - 1) == TokenKind::Word
                && !self.tokens.capital(i - 1)
                && self.lexicon.is_other_verb(self.tokens, i)
        {
            return None;
        }
        if self.has(i, Class::Coordinator) && !clitics {
            return None;
        }
        let (verb, form) = self.reading(i, clitics, before)?;
        let mut group = VerbGroup {
            tokens: at..i + 1,
            head: i,
            verb,
            voice: if reflexive { Voice::Reflexive } else { Voice::Active },
            mood: mood(form),
            tense: if let Form::Finite(tense) = form { Some(tense) } else { None },
            perfect: false,
            negated: false,
            modality: (form == Form::Finite(Tense::Future)).then_some(Modality::Future),
            hedged: false,
            inverted: false,
            ambiguous: self.is_ambiguous(i),
        };
        if form == Form::Participle {
            group.voice = Voice::Passive;
        }
        let mut able = false;
        // 'cannot' negates by itself.
        let negated = self.has(i, Class::Negation);
        let mut chain = Chain { at: i + 1, negated, hedged: false, inverted: false, reflexive: false };
        while let Some(helper) = self.lexicon.verb(group.verb).helper {
            able |= helper == Helper::Possible;
            self.skip_adverbs(&mut chain, end);
            let wanted: fn(Form) -> bool = match helper {
                Helper::Have | Helper::Be => |form| matches!(form, Form::Participle | Form::Gerund),
                Helper::Possible | Helper::Expected | Helper::Future | Helper::Do => |form| form == Form::Infinitive,
            };
            // 'are due to be sent', 'sont censés arriver'.
            if helper == Helper::Be
                && let Some((class, len)) = self.prospect(chain.at)
                && let Some((verb, _)) = self.infinitive(chain.at + len, end)
            {
                group.modality = Some(if class == Class::Likely { Modality::Expected } else { Modality::Future });
                (group.verb, group.head, group.ambiguous) = (verb, chain.at + len, false);
                chain.at += len + 1;
                group.tokens.end = chain.at;
                continue;
            }
            // 'affirme avoir « éliminé » dix hommes': the quotation begins with the verb.
            let head = chain.at + usize::from(self.tokens.is_quotation_mark(chain.at));
            let next = self.lexicon.verb_forms(self.tokens, head).iter().find(|(_, form)| wanted(*form));
            let Some((verb, next_form)) = next.copied().filter(|_| head < end) else { break };
            chain.at = head;
            let main = self.lexicon.verb(verb);
            match helper {
                Helper::Have if next_form == Form::Gerund => break,
                Helper::Have => group.perfect = true,
                Helper::Be if next_form == Form::Gerund => {}
                Helper::Be if group.voice == Voice::Reflexive || main.be_perfect => group.perfect = true,
                Helper::Be => group.voice = Voice::Passive,
                // 'a dû céder' is a fact; only the modal itself, not its perfect, leaves it open.
                Helper::Possible if !group.perfect => group.modality = Some(Modality::Possible),
                Helper::Expected if !group.perfect => group.modality = Some(Modality::Expected),
                Helper::Future => group.modality = Some(Modality::Future),
                Helper::Possible | Helper::Expected | Helper::Do => {}
            }
            if std::mem::take(&mut chain.reflexive) && group.voice == Voice::Active {
                group.voice = Voice::Reflexive;
            }
            group.verb = verb;
            group.head = chain.at;
            chain.at += 1;
            group.tokens.end = chain.at;
            group.ambiguous = false;
        }
        self.skip_adverbs(&mut chain, end);
        if chain.negated || chain.inverted {
            group.tokens.end = group.tokens.end.max(chain.at);
        }
        // An expletive 'ne' ('craignent que la Russie ne transfère') has no second word of negation.
        // 'ne peut être confirmé': with *pouvoir* the particle alone negates.
        group.negated = chain.negated && (particle || !self.lexicon.negates_twice) || particle && able;
        group.hedged = chain.hedged;
        group.inverted = chain.inverted;
        if form == Form::Participle
            && let [.., Chunk::Verb(first), Chunk::Word(_, link)] = before
            && link.any(&[Class::And, Class::Or])
            && first.mood != Mood::Participle
            && (first.perfect || first.voice == Voice::Passive)
        {
            // 'ont été tués ou blessés': the auxiliaries of the first are those of the second.
            (group.voice, group.mood, group.tense) = (first.voice, first.mood, first.tense);
            (group.perfect, group.negated, group.modality) = (first.perfect, first.negated, first.modality);
            group.ambiguous = first.ambiguous;
        }
        if form == Form::Participle
            && group.mood == Mood::Participle
            && let Some(helper) = self.helper_before_aside(before)
        {
            // 'a, selon lui, neutralisé neuf hommes'.
            (group.voice, group.mood, group.tense, group.perfect) = (Voice::Active, helper.mood, helper.tense, true);
            (group.negated, group.ambiguous) = (helper.negated, false);
        }
        if form == Form::Participle
            && group.mood == Mood::Participle
            && before
                .iter()
                // 'et « éliminé des centaines de mercenaires »'.
                .rfind(|c| !matches!(c, Chunk::Mark(_, '«' | '“' | '"')))
                .is_some_and(|c| c.is(Class::And) || c.is(Class::Or) || c.is_mark(','))
            && self.opens_object(group.tokens.end)
            // 'had killed 100 militants, lost five men and retaken the village'.
            && let Some(first) = before
                .iter()
                .rev()
                .filter_map(Chunk::verb)
                .find(|v| v.perfect || !v.ambiguous)
                .filter(|v| v.perfect && v.voice == Voice::Active)
        {
            // 'a tué 17 soldats et capturé huit hommes': the auxiliary is shared, the object its own.
            (group.voice, group.mood, group.tense, group.perfect) = (first.voice, first.mood, first.tense, true);
            group.ambiguous = first.ambiguous;
        }
        Some(group)
    }

    /// What 'être' or 'be' announces with an infinitive behind it, and its length: 'due to', 'sur le point de'.
    fn prospect(&self, i: usize) -> Option<(Class, usize)> {
        [Class::Prospective, Class::Likely].into_iter().find_map(|class| Some((class, self.class_len(i, class)?)))
    }

    fn infinitive(&self, i: usize, end: usize) -> Option<(VerbId, Form)> {
        let forms = self.lexicon.verb_forms(self.tokens, i);
        forms.iter().find(|(_, form)| *form == Form::Infinitive).copied().filter(|_| i < end)
    }

    /// An auxiliary alone that an aside between commas parts from its participle: 'a, selon lui, neutralisé'.
    fn helper_before_aside<'b>(&self, before: &'b [Chunk]) -> Option<&'b VerbGroup> {
        let quotation = usize::from(matches!(before.last(), Some(Chunk::Mark(_, '«' | '“' | '"'))));
        let close = before.len().checked_sub(quotation + 1).filter(|at| before[*at].is_mark(','))?;
        let open = before[..close].iter().rposition(|c| c.is_mark(','))?;
        let verb = before[open.checked_sub(1)?].verb()?;
        let alone = self.lexicon.verb(verb.verb).helper == Some(Helper::Have) && !verb.perfect;
        (alone && before[open..close].iter().all(|c| c.verb().is_none())).then_some(verb)
    }

    /// Whether an object begins here: a determiner or a figure, and no preposition.
    /// Whether a token is a past before its object: 'killed at least 14 people'.
    pub(super) fn acts_on_object(&self, i: usize) -> bool {
        let forms = self.lexicon.verb_forms(self.tokens, i);
        forms.iter().any(|(_, f)| *f == Form::Finite(Tense::Past)) && self.opens_object(i + 1)
    }

    fn opens_object(&self, i: usize) -> bool {
        let figures = crate::figure::Figures::new(self.tokens, self.lexicon);
        let quotation = usize::from(self.tokens.is_quotation_mark(i));
        self.classes(i).any(&[Class::Definite, Class::Indefinite, Class::Possessive, Class::Quantifier])
            && !self.has(i, Class::Partitive)
            || figures.at(i + quotation, self.tokens.len()).is_some()
    }

    /// Passes over adverbs, words of negation and tied pronouns.
    fn skip_adverbs(&self, chain: &mut Chain, end: usize) {
        while chain.at < end {
            let i = chain.at;
            let classes = self.classes(i);
            let bound = self.lexicon.bounds.longest(self.tokens, i);
            // 'a seulement évoqué'.
            let of_verb = |len: usize| {
                let forms = self.lexicon.verb_forms(self.tokens, i + len);
                forms.iter().any(|(_, form)| *form == Form::Participle)
            };
            if let Some((len, _)) = bound.filter(|(len, _)| of_verb(*len)) {
                chain.at += len;
                continue;
            }
            if bound.is_some() {
                // 'a envoyé plus de 10 000 soldats' negates nothing.
                break;
            }
            if self.tokens.hyphen(i) && (classes.any(&[Class::SpeakerPronoun, Class::TiedConsonant])) {
                chain.inverted = true;
                chain.at += 1;
            } else if classes.has(Class::Reflexive) && i > 0 && self.may_be_verb(i + 1) {
                chain.reflexive = true;
                chain.at += 1;
            } else if classes.has(Class::Neither) {
                // 'n'a ni confirmé ni démenti'.
                chain.negated = true;
                chain.at += 1;
            } else if classes.has(Class::Restriction) {
                chain.at += 1;
            } else if classes.has(Class::Negation) && !classes.has(Class::Zero) {
                chain.negated = true;
                chain.at += self.class_len(i, Class::Negation).unwrap_or(1);
            } else if classes.has(Class::Hedge) {
                chain.hedged = true;
                chain.at += self.class_len(i, Class::Hedge).unwrap_or(1);
            } else if let Some(len) = self.class_len(i, Class::Adverb).or(self.class_len(i, Class::Officially)) {
                chain.at += len;
            } else if self.lexicon.ends_like_adverb(self.tokens.lower(i)) && classes == Default::default() {
                chain.at += 1;
            } else {
                break;
            }
        }
    }

    fn is_ambiguous(&self, i: usize) -> bool {
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

    /// Whether a token may be some form of a verb.
    fn may_be_verb(&self, i: usize) -> bool {
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
    fn reading(&self, i: usize, clitics: bool, before: &[Chunk]) -> Option<(VerbId, Form)> {
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
        // 'Islamic State suspects are detained': two verbs do not follow each other.
        let helped = self.precedes_helper(i);
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
        let after_noun = last.and_then(Chunk::noun).is_some_and(|group| !group.head.is_empty());
        let governed = matches!(last, Some(Chunk::Word(_, classes)) if classes.has(Class::Preposition));
        let takes_verb = match form {
            Form::Participle => {
                // 'a tué 21 civils et blessé 70 autres'.
                let shares =
                    last.is_some_and(|c| c.is(Class::And)) && before.iter().rev().take(6).any(|c| c.verb().is_some());
                after_noun || shares && self.opens_object(i + 1)
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
                    && self.opens_object(i + 1);
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
                    _ => false,
                });
                let transitive = ends_subject && before.len() > 1 && self.opens_object(i + 1);
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

fn mood(form: Form) -> Mood {
    match form {
        Form::Infinitive => Mood::Infinitive,
        Form::Finite(Tense::Conditional) => Mood::Conditional,
        Form::Finite(_) => Mood::Indicative,
        Form::Participle => Mood::Participle,
        Form::Gerund => Mood::Gerund,
    }
}

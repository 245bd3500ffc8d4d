//! Verb groups.

use std::ops::Range;

use super::{Chunk, Chunker};
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
    /// Whether a modal of being able is among its auxiliaries, in its perfect too: *n'a pu être établi*.
    pub able: bool,
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
            || self.is_name_by_place(i)
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
            able: false,
        };
        if form == Form::Participle {
            group.voice = Voice::Passive;
        }
        // 'cannot' negates by itself.
        let negated = self.has(i, Class::Negation);
        let mut chain = Chain { at: i + 1, negated, hedged: false, inverted: false, reflexive: false };
        while let Some(helper) = self.lexicon.verb(group.verb).helper {
            group.able |= helper == Helper::Possible;
            self.skip_adverbs(&mut chain, end);
            // 'doivent y être envoyés', 'n'a pu la confirmer'.
            let infinitive =
                |i: usize| self.lexicon.verb_forms(self.tokens, i).iter().any(|(_, f)| *f == Form::Infinitive);
            let modal = !matches!(helper, Helper::Have | Helper::Be);
            if modal && self.has(chain.at, Class::ObjectPronoun) && infinitive(chain.at + 1) {
                chain.at += 1;
            }
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
            // 'il n'y a ni mort ni blessé': what there is not is a noun.
            let exists = helper == Helper::Have && group.head > at && self.has(group.head - 1, Class::There);
            if exists && self.has(head - 1, Class::Neither) && self.is_noun(head) {
                break;
            }
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
        group.negated = chain.negated && (particle || !self.lexicon.negates_twice) || particle && group.able;
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

//! Chunks: noun groups, verb groups and what stands between them, read over the tokens of one sentence.
//!
//! No grammar here knows an indicator; what a frame needs of a sentence is roles and classes.

mod before;
mod noun;
mod reading;
mod verb;
mod word;

use std::collections::HashMap;
use std::ops::Range;

pub use noun::{Determiner, NounGroup};
pub use verb::{Modality, Mood, VerbGroup, Voice};

use crate::figure::Figures;
use crate::gazetteer::{Town, gazetteer};
use crate::introduced::{Introduced, introduce};
use crate::lands::Votes;
use crate::lexicon::{Class, Classes, Lexicon};
use crate::names::{Found, Name, Names};
use crate::{TokenKind, Tokens};

/// A piece of a sentence.
#[derive(Debug, Clone)]
pub enum Chunk {
    /// A noun with its determiner, figure and adjectives.
    Noun(NounGroup),
    /// A verb with its auxiliaries.
    Verb(VerbGroup),
    /// Index of a time expression, and its tokens.
    When(usize, Range<usize>),
    /// A mark.
    Mark(usize, char),
    /// A word of a closed class, or one that nobody knows; its tokens and classes.
    Word(Range<usize>, Classes),
}

impl Chunk {
    /// Its tokens.
    pub fn tokens(&self) -> Range<usize> {
        match self {
            Chunk::Noun(group) => group.tokens.clone(),
            Chunk::Verb(group) => group.tokens.clone(),
            Chunk::When(_, tokens) | Chunk::Word(tokens, _) => tokens.clone(),
            Chunk::Mark(i, _) => *i..*i + 1,
        }
    }

    /// The noun group.
    pub fn noun(&self) -> Option<&NounGroup> {
        if let Chunk::Noun(group) = self { Some(group) } else { None }
    }

    /// The verb group.
    pub fn verb(&self) -> Option<&VerbGroup> {
        if let Chunk::Verb(group) = self { Some(group) } else { None }
    }

    /// Whether it is a word of this class.
    pub fn is(&self, class: Class) -> bool {
        matches!(self, Chunk::Word(_, classes) if classes.has(class))
    }

    /// Whether it is this mark.
    pub fn is_mark(&self, mark: char) -> bool {
        matches!(self, Chunk::Mark(_, m) if *m == mark)
    }
}

/// Whether a chunk is a verb that makes a clause of its own.
pub fn is_finite(chunk: &Chunk) -> bool {
    chunk.verb().is_some_and(|v| matches!(v.mood, Mood::Indicative | Mood::Conditional))
}

/// The classes of which a phrase of several words is one chunk.
const PHRASES: Classes = Classes::of([
    Class::Before,
    Class::Relay,
    Class::Hypothesis,
    Class::Among,
    Class::OfThem,
    Class::WithdrawnFigure,
    Class::NegatedFigure,
    Class::Coordinator,
    Class::Concession,
    Class::LearntFrom,
    Class::Adverb,
    Class::Preposition,
    Class::SpeakerPronoun,
    Class::Independent,
    Class::Strong,
    Class::Unverifiable,
]);

/// Reads chunks from the tokens of one text.
pub struct Chunker<'a> {
    /// The tokens.
    pub tokens: &'a Tokens<'a>,
    /// The words of the language.
    pub lexicon: &'a Lexicon,
    /// The names of the theatre.
    pub names: &'a Names,
    classes: Vec<Classes>,
    /// Time expressions by first token.
    whens: &'a [Range<usize>],
    found: Found,
    introduced: Vec<Introduced>,
    /// Whom the text introduces by id, and the armed groups among them: the first of each.
    introduced_ids: HashMap<String, u32>,
    introduced_groups: HashMap<String, u32>,
    votes: Votes<'a>,
}

/// Classes of phrases that attribute.
const ATTRIBUTING: [Class; 7] =
    [Class::SpeakerPronoun, Class::Relay, Class::RelayedBy, Class::ByThem, Class::AsFor, Class::Before, Class::Says];

/// How many words a compound such as 'South Korea-backed' has at most.
const LONGEST_COMPOUND: usize = 4;

impl<'a> Chunker<'a> {
    /// A reader for a text of which the time expressions are known, in order.
    pub fn new(tokens: &'a Tokens<'a>, lexicon: &'a Lexicon, names: &'a Names, whens: &'a [Range<usize>]) -> Self {
        let classes = lexicon.classes_of(tokens);
        let mut found = Found::new(tokens.len());
        let mut i = 0;
        while i < tokens.len() {
            // 'de 1,2 million' and marks hold no name; a name does not begin inside another.
            let name = if tokens.kind(i) == TokenKind::Mark { None } else { names.at(tokens, i) };
            match name {
                // 'Santiago de Cuba' is not Santiago.
                Some(name) if let Some(place) = gazetteer().longer(tokens, &name.tokens) => i = place.end,
                // 'Iran-backed': says nothing of whose it is.
                Some(name) if is_compounded(tokens, &classes, name.tokens.end) => i = name.tokens.end,
                Some(name) => {
                    i = name.tokens.end;
                    found.set(name);
                }
                None => i += 1,
            }
        }
        let votes = names.lands().settle(found.names_mut());
        let introduced = introduce(tokens, lexicon, &classes, names, &mut found);
        let (mut introduced_ids, mut introduced_groups) = (HashMap::new(), HashMap::new());
        for (body, at) in introduced.iter().zip(0u32..) {
            introduced_ids.entry(body.id.clone()).or_insert(at);
            if body.is_group {
                introduced_groups.entry(body.id.clone()).or_insert(at);
            }
        }
        Chunker { tokens, lexicon, names, classes, whens, found, introduced, introduced_ids, introduced_groups, votes }
    }

    /// The end of a compound such as 'Iran-backed', 'South Korea-based', that begins at a token.
    fn compound(&self, i: usize) -> Option<usize> {
        let last = (i + 1..self.tokens.len().min(i + LONGEST_COMPOUND)).find(|k| self.tokens.hyphen(*k))?;
        let capitals = (i..last).all(|k| self.tokens.capital(k));
        // 'the state-run National News Agency'.
        let known =
            last == i + 1 && !self.tokens.capital(last) && self.name(last + 1).is_some_and(|n| n.source().is_some());
        (known || capitals && is_compounded(self.tokens, &self.classes, last)).then_some(last + 1)
    }

    /// The closed classes of the phrases that begin at a token.
    pub fn classes(&self, i: usize) -> Classes {
        self.classes.get(i).copied().unwrap_or_default()
    }

    /// Whether a phrase of the class begins at a token.
    pub fn has(&self, i: usize, class: Class) -> bool {
        self.classes(i).has(class)
    }

    /// Length of the phrase of a class that begins at a token.
    pub fn class_len(&self, i: usize, class: Class) -> Option<usize> {
        if self.has(i, class) { self.lexicon.class_len(self.tokens, i, class) } else { None }
    }

    /// The known name that begins at a token.
    pub fn name(&self, i: usize) -> Option<&Name> {
        self.found.get(i)
    }

    /// Whom the text itself introduces.
    pub fn introduced(&self, i: u32) -> &Introduced {
        &self.introduced[i as usize]
    }

    /// Whom the text itself introduces under an id.
    pub(crate) fn introduced_as(&self, id: &str) -> Option<&Introduced> {
        self.introduced_ids.get(id).map(|at| self.introduced(*at))
    }

    /// The number as an actor of an armed group that the text itself introduces, by its slug.
    pub fn introduced_group(&self, slug: &str) -> Option<u32> {
        self.introduced_groups.get(slug).map(|at| self.names.actors() + at)
    }

    /// The armed group that the text itself introduces, by its number as an actor; `None` for actors of the theatre.
    pub fn introduced_actor(&self, actor: u32) -> Option<&Introduced> {
        self.introduced.get(actor.checked_sub(self.names.actors())? as usize)
    }

    /// The place that only the gazetteer knows of which the name begins at a token; `wants_division` behind 'the
    /// province of'.
    pub fn town(&self, i: usize, wants_division: bool) -> Option<Town> {
        let found = gazetteer().at(self.tokens, i)?;
        gazetteer().choose(&found, &self.votes, wants_division)
    }

    /// The state in which a place lies, by the place's id: index into the theatre's actors.
    pub fn country(&self, place: &str) -> Option<u32> {
        self.votes.state(place)
    }

    /// The chunks of a sentence.
    pub fn chunks(&self, sentence: Range<usize>) -> Vec<Chunk> {
        let mut chunks: Vec<Chunk> = Vec::with_capacity(sentence.len() / 2);
        let figures = Figures::with_classes(self.tokens, self.lexicon, &self.classes);
        let mut at = sentence.start;
        while at < sentence.end {
            let chunk = self.chunk(at, sentence.end, &figures, &chunks);
            at = chunk.tokens().end.max(at + 1);
            chunks.push(chunk);
        }
        chunks
    }

    /// Whether no noun or adjective goes on with what stands before: 'le service a dit', not 'le service national'.
    fn stands_alone(&self, i: usize) -> bool {
        self.tokens.kind(i) == TokenKind::Mark
            || self.lexicon.is_verb(self.tokens, i)
            || self.classes(i).any(&[Class::NegationParticle, Class::Reflexive, Class::Adverb])
    }

    fn chunk(&self, at: usize, end: usize, figures: &Figures<'_>, before: &[Chunk]) -> Chunk {
        if let Ok(w) = self.whens.binary_search_by_key(&at, |w| w.start)
            && self.whens[w].end <= end
        {
            return Chunk::When(w, self.whens[w].clone());
        }
        if self.tokens.kind(at) == TokenKind::Mark {
            return Chunk::Mark(at, self.tokens.raw(at).chars().next().unwrap_or(' '));
        }
        // Phrases of several words that attribute come before the nouns and verbs that they are made of.
        let classes = self.classes(at);
        for class in ATTRIBUTING.into_iter().filter(|class| classes.has(*class)) {
            let whole = |len: &usize| {
                *len > 1 && at + len <= end && (class != Class::SpeakerPronoun || self.stands_alone(at + len))
            };
            if let Some(len) = self.class_len(at, class).filter(whole) {
                return Chunk::Word(at..at + len, self.lexicon.classes_of_length(self.tokens, at, len));
            }
        }
        let next = self.whens.partition_point(|w| w.start <= at);
        let end = self.whens.get(next).map_or(end, |w| w.start.min(end));
        if let Some(group) = self.verb_group(at, end, before) {
            return Chunk::Verb(group);
        }
        // 'handed over 230 prisoners', 'shot dead two men'.
        if matches!(before.last(), Some(Chunk::Verb(_))) && figures.is_particle(at) {
            return Chunk::Word(at..at + 1, Classes::default());
        }
        if let Some(group) = self.noun_group(at, end, figures, before) {
            return Chunk::Noun(group);
        }
        if classes == Classes::default() {
            return Chunk::Word(at..at + 1, classes);
        }
        let phrases = classes.meet(PHRASES).then(|| self.lexicon.len_of_any(self.tokens, at, PHRASES));
        let len = phrases.flatten().unwrap_or(1);
        let classes = if len > 1 { self.lexicon.classes_of_length(self.tokens, at, len) } else { classes };
        Chunk::Word(at..(at + len).min(end.max(at + 1)), classes)
    }
}

/// Whether a token ends a compound such as 'Iran-backed'.
fn is_compounded(tokens: &Tokens<'_>, classes: &[Classes], i: usize) -> bool {
    tokens.hyphen(i) && classes.get(i).is_some_and(|c| c.has(Class::Compounded))
}

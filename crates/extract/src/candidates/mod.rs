//! Candidates: the frames that a sentence fills, before their slots are.

use std::ops::Range;

mod both;
mod measured;
mod nominals;
mod nouns;
mod parts;
mod presence;
mod sequel;
mod unsaid;
mod verbs;
mod verification;

use recoup_language::lexicon::{
    Bound, Class, ClassId, Classes, Frame, Helper, NounClass, NounRole, Role, Speech, Tense,
};
use recoup_language::{
    Attribution, Chunk, Determiner, Figure, FigureKind, Modality, Mood, NounGroup, TokenKind, VerbGroup, Voice,
    is_finite,
};
use recoup_model::{Stance, VERIFICATION};

use crate::article::Article;
use crate::clause::is_strong;
use crate::discourse::Discourse;
use crate::indicator::counts_one;
use crate::roles::{Roles, Theme};

/// What a part is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whole {
    /// What this chunk of the same sentence counts.
    Here(usize),
    /// What the claim before counts.
    Before,
}

/// A frame that a sentence fills.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) indicator: String,
    /// What is counted.
    pub(crate) theme: Option<Theme>,
    /// The chunk of the verb.
    pub(crate) verb: Option<usize>,
    /// The last chunk of the predicate: the verb itself, or one coordinated to it.
    pub(crate) verb_end: Option<usize>,
    /// The chunk that decides clause, time and place.
    pub(crate) at: usize,
    /// The tokens of a verb of which the frame makes the claim.
    pub(crate) verb_tokens: Option<Range<usize>>,
    /// A token of what is said, by which the attribution is found.
    pub(crate) said_at: usize,
    /// Whether the verb's agent is the subject of the claim (*perdre*).
    pub(crate) agent: bool,
    /// The whole, where it is a part (*dont N*).
    pub(crate) part: Option<Whole>,
    /// The class of what is counted, where the theme's noun is not it: 'effectifs' are no unit of theirs, but men.
    pub(crate) class: Option<ClassId>,
    /// What its verb makes of the figure: *dépasser* a floor.
    pub(crate) bound: Option<Bound>,
    /// Whether a figure stands alone and goes on with the claim before.
    pub(crate) bare: bool,
    /// Whether the figure alone has a time and place of its own: 'contre 25 en juin', 'et 900 en Syrie'.
    pub(crate) apart: bool,
    /// Whether the outlet says it itself, whoever speaks around it: 'a claim that could not be verified'.
    pub(crate) of_outlet: bool,
    /// A stance that the frame itself brings.
    pub(crate) stance: Option<Stance>,
    /// The words of the noun.
    pub(crate) item: Option<Range<usize>>,
    pub(crate) rule: String,
}

impl Candidate {
    /// A candidate about the chunk `at`, with nothing but its words found yet.
    fn about(at: usize, said_at: usize, indicator: impl Into<String>, rule: String) -> Self {
        Candidate {
            indicator: indicator.into(),
            theme: None,
            verb: None,
            verb_end: None,
            at,
            verb_tokens: None,
            said_at,
            agent: false,
            part: None,
            class: None,
            bound: None,
            bare: false,
            apart: false,
            of_outlet: false,
            stance: None,
            item: None,
            rule,
        }
    }

    /// A candidate of which a noun elsewhere says what is counted: the theme is all of it.
    fn counting(theme: Theme, chunks: &[Chunk], indicator: impl Into<String>, rule: String) -> Self {
        Candidate {
            theme: Some(theme),
            item: theme.group(chunks).map(|g| g.head.start..g.tokens.end),
            ..Candidate::about(theme.at, theme.tokens(chunks).start, indicator, rule)
        }
    }

    /// The figure; the article 'un' counts only where the noun is of a kind that is counted one by one.
    pub(crate) fn figure<'c>(&self, article: &Article<'_>, chunks: &'c [Chunk]) -> Option<&'c Figure> {
        let theme = self.theme.as_ref()?;
        let figure = theme.figure(chunks)?;
        let class = theme.group(chunks).and_then(|g| g.class).map(|c| article.lexicon.noun_class(c));
        // Ground is counted, not who is driven from it.
        let people = |c: &NounClass| c.unit.as_deref().is_some_and(|unit| matches!(unit, "person" | "unit"));
        if self.indicator.starts_with("territory.") && class.is_some_and(people) {
            return None;
        }
        // 'a battalion' is one of them; 'a force' is none.
        let unit = class.is_some_and(|c| c.unit.as_deref() == Some("unit"));
        (figure.kind != FigureKind::One || counts_one(&self.indicator, unit)).then_some(figure)
    }

    /// The shortest words that hold figure and counted noun, or the predicate where there is no figure.
    pub(crate) fn quote(&self, article: &Article<'_>, chunks: &[Chunk]) -> Range<usize> {
        let counted = self.figure(article, chunks).is_some();
        let theme = self.theme.as_ref().map(|t| t.tokens(chunks));
        let verb = self.verb.map(|k| {
            let end = self.verb_end.unwrap_or(k);
            chunks[k].tokens().start..complements(chunks, self.theme.as_ref().map_or(end, |t| end.max(t.at)))
        });
        // A subject that another predicate stands between is left out: 'ils ont reçu X et seraient engagés'.
        let far = self
            .theme
            .as_ref()
            .zip(self.verb)
            .is_some_and(|(t, k)| t.at < k && chunks[t.at + 1..k].iter().any(is_finite));
        // 'Tenue par les rebelles depuis 2012, Kidal …'.
        let apart = self.theme.as_ref().zip(self.verb).is_some_and(|(t, k)| {
            t.at > k
                && chunks[k].verb().is_some_and(|v| v.mood == Mood::Participle || v.ambiguous)
                && chunks[k + 1..t.at].iter().any(|c| c.is_mark(','))
        });
        let verb = if apart { self.verb.map(|k| chunks[k].tokens().start..complements(chunks, k)) } else { verb };
        let range = match (theme.filter(|_| counted || !(far || apart)), verb) {
            (Some(theme), _) if counted => theme,
            (Some(theme), Some(verb)) => theme.start.min(verb.start)..theme.end.max(verb.end),
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => chunks[self.at].tokens(),
        };
        trim(article, range)
    }
}

/// The end of the complements behind a chunk: prepositions with their nouns, times and adverbs, up to the next verb,
/// mark or link.
fn complements(chunks: &[Chunk], from: usize) -> usize {
    let belongs = |c: &Chunk| match c {
        Chunk::Noun(_) => true,
        Chunk::Word(_, classes) => {
            !classes.any(&[Class::Relative, Class::Subordinator, Class::Coordinator, Class::Among, Class::Before])
        }
        _ => false,
    };
    let mut end = from;
    for i in from + 1..chunks.len() {
        let governed = chunks[i - 1].is(Class::Preposition);
        if !belongs(&chunks[i]) || chunks[i].noun().is_some() && !governed {
            break;
        }
        if chunks[i].noun().is_some() {
            end = i;
        }
    }
    chunks[end].tokens().end
}

/// Without quotation marks that open and do not close in the range, or close and did not open.
fn trim(article: &Article<'_>, range: Range<usize>) -> Range<usize> {
    let tokens = article.chunker.tokens;
    let mut range = range;
    while range.len() > 1 && matches!(tokens.raw(range.start), "»" | "”" | "," | ")") {
        range.start += 1;
    }
    range
}

/// How many frames one sentence fills at most. A list of tolls fills a dozen; one that fills more repeats a word without
/// end.
const MOST_IN_SENTENCE: usize = 32;

/// The candidates of a sentence, in the order of the text.
pub(crate) fn candidates(roles: &Roles<'_, '_>, index: usize, discourse: &Discourse) -> Vec<Candidate> {
    let outline = Outline::of(roles.chunks());
    let heading = roles.article.is_heading(index);
    let mut finder = Finder { roles, outline: &outline, index, heading, found: Vec::new(), measured: Vec::new() };
    finder.verification();
    finder.verbs();
    finder.measured();
    finder.nouns();
    finder.nominals(discourse);
    finder.predicates();
    finder.engaged();
    finder.stationed(discourse);
    finder.controlled(discourse);
    finder.spoken_of_somewhere();
    finder.strength();
    finder.clefts();
    finder.tolls();
    finder.restated();
    finder.parts(discourse);
    finder.ellipses(discourse);
    finder.refusals(discourse);
    let mut found = finder.found;
    found.sort_by_key(|c| (c.theme.as_ref().map_or(c.at, |t| t.at), c.part.is_some()));
    found.truncate(MOST_IN_SENTENCE);
    found
}

/// What a sentence holds: each kind of frame looks at the chunks that may fill it, and at none where there are none.
struct Outline {
    /// The verbs.
    verbs: Vec<usize>,
    /// The nouns of which the class is known.
    nouns: Vec<usize>,
    /// The nouns that are counted, and the figures without one.
    counted: Vec<usize>,
    /// The classes of all words of closed classes.
    classes: Classes,
}

impl Outline {
    fn of(chunks: &[Chunk]) -> Self {
        let mut outline =
            Outline { verbs: Vec::new(), nouns: Vec::new(), counted: Vec::new(), classes: Classes::default() };
        for (k, chunk) in chunks.iter().enumerate() {
            match chunk {
                Chunk::Verb(_) => outline.verbs.push(k),
                Chunk::Noun(group) => {
                    outline.nouns.extend(group.class.map(|_| k));
                    outline.counted.extend(group.count().map(|_| k));
                }
                Chunk::Word(_, classes) => outline.classes = outline.classes.with(*classes),
                Chunk::When(..) | Chunk::Mark(..) => {}
            }
        }
        outline
    }
}

struct Finder<'r, 's, 'a> {
    roles: &'r Roles<'s, 'a>,
    outline: &'r Outline,
    /// Index of the sentence.
    index: usize,
    heading: bool,
    found: Vec<Candidate>,
    /// The nouns that a verb gives a number.
    measured: Vec<usize>,
}

impl<'r, 's> Finder<'r, 's, '_> {
    /// The verbs of the sentence, each with its chunk.
    fn verbs_of(&self) -> impl Iterator<Item = (usize, &'s Chunk, &'s VerbGroup)> + use<'r, 's> {
        let chunks = self.roles.chunks();
        self.outline.verbs.iter().filter_map(|k| Some((*k, &chunks[*k], chunks[*k].verb()?)))
    }

    /// The nouns of the sentence of which the class is known, each with its chunk.
    fn nouns_of(&self) -> impl Iterator<Item = (usize, &'s Chunk, &'s NounGroup, ClassId)> + use<'r, 's> {
        let chunks = self.roles.chunks();
        self.outline.nouns.iter().filter_map(|k| {
            let group = chunks[*k].noun()?;
            Some((*k, &chunks[*k], group, group.class?))
        })
    }

    fn chunks(&self) -> &'s [Chunk] {
        &self.roles.sentence.chunks
    }

    fn language(&self) -> &'static str {
        self.roles.article.lexicon.language()
    }

    fn class_name(&self, group: &NounGroup) -> Option<&str> {
        group.class.map(|c| &*self.roles.article.lexicon.noun_class(c).name)
    }

    /// The chunk behind the one at `k`, past a quotation mark: 'la mort de « quatre soldats »'.
    fn behind(&self, k: usize) -> usize {
        k + 1 + usize::from(matches!(self.chunks().get(k + 1), Some(Chunk::Mark(_, '«' | '“' | '"'))))
    }

    /// Whether a candidate has its figure from the chunk at `k`.
    fn is_counter(&self, k: usize) -> bool {
        self.found.iter().any(|c| c.theme.as_ref().is_some_and(|t| t.counted_by == Some(k)))
    }

    fn push(&mut self, candidate: Candidate) {
        let same = |c: &Candidate| {
            c.indicator == candidate.indicator
                && match (&c.theme, &candidate.theme) {
                    (Some(a), Some(b)) => a.at == b.at,
                    (None, None) => c.at == candidate.at,
                    _ => false,
                }
        };
        if !self.found.iter().any(same) {
            self.found.push(candidate);
        }
    }
}

/// A noun of action as a frame: its complement is what it acts on.
fn nominal_frame(indicator: &str, argument: &str) -> Frame {
    Frame {
        indicator: indicator.into(),
        role: Role::Of,
        classes: vec![argument.into()],
        object: None,
        agent: false,
        negated: false,
    }
}

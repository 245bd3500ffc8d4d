//! Figures: numerals in digits and words with what makes them bounds, and what makes them no figure at all.

use std::borrow::Cow;
use std::ops::Range;

use crate::lexicon::{Bound, Class, Classes, Form, Lexicon, VerbId};
use crate::{TokenKind, Tokens};

mod numeral;
mod refused;
#[cfg(test)]
mod tests;
mod words;

use numeral::Numeral;
pub use refused::{Read, Refusal};
pub(crate) use words::{Cue, FigureWords, NumberTable};

/// What kind of figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureKind {
    /// A numeral or a vague plural.
    Count,
    /// The article 'un', which counts only where the noun is counted.
    One,
    /// 'aucun': zero of what follows.
    Zero,
}

/// A figure as a bound, with the tokens that say it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Modifier and numeral.
    pub tokens: Range<usize>,
    /// The numeral alone.
    pub core: Range<usize>,
    /// Lower bound.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// Whether the text says 'about', 'nearly', or a vague plural.
    pub approximate: bool,
    /// What kind.
    pub kind: FigureKind,
    /// What read it.
    pub rule: &'static str,
}

impl Figure {
    /// Whether it says that there is but one: 'a single', 'un seul'.
    pub fn is_single(&self) -> bool {
        self.kind == FigureKind::Count && self.tokens.len() > 1 && (self.low, self.high) == (Some(1.0), Some(1.0))
    }

    /// No one of what it counts.
    pub fn none(self) -> Self {
        Figure { low: Some(0.0), high: Some(0.0), kind: FigureKind::Zero, rule: "figure.zero", ..self }
    }

    /// Applies a modifier that stands behind ('au bas mot').
    pub fn bounded(mut self, bound: Bound) -> Self {
        let (low, high) = (self.low, self.high);
        match bound {
            Bound::Floor => self.high = None,
            Bound::Ceiling => self.low = None,
            Bound::Nearly => (self.low, self.approximate) = (None, true),
            Bound::About => self.approximate = true,
            Bound::Exact | Bound::Between => {}
        }
        if self.low.is_none() && self.high.is_none() {
            (self.low, self.high) = (low.or(high), None);
        }
        self
    }
}

/// Reads figures from the tokens of one language.
pub struct Figures<'a> {
    tokens: &'a Tokens<'a>,
    lexicon: &'a Lexicon,
    /// By token, the closed classes of the phrases that begin at it.
    classes: Cow<'a, [Classes]>,
}

impl<'a> Figures<'a> {
    /// A reader for these tokens.
    pub fn new(tokens: &'a Tokens<'a>, lexicon: &'a Lexicon) -> Self {
        Figures { tokens, lexicon, classes: Cow::Owned(lexicon.classes_of(tokens)) }
    }

    /// A reader for tokens of which the classes are known.
    pub(crate) fn with_classes(tokens: &'a Tokens<'a>, lexicon: &'a Lexicon, classes: &'a [Classes]) -> Self {
        Figures { tokens, lexicon, classes: Cow::Borrowed(classes) }
    }

    /// The figure that begins at token `i` and ends before `end`, or `None` where there is none or what stands
    /// there counts nothing: calibres, ages, distances, money, times, years, numbers of articles and units.
    pub fn at(&self, i: usize, end: usize) -> Option<Figure> {
        let opens = match self.tokens.kind(i) {
            TokenKind::Number => true,
            TokenKind::Mixed => self.tokens.raw(i).starts_with(|c: char| c.is_ascii_digit()),
            TokenKind::Word | TokenKind::Mark => self.words().may_begin(self.tokens.word(i)),
        };
        if !opens {
            return None;
        }
        let figure = self.read(i, end)?;
        (figure.tokens.end <= end && self.refusal(&figure).is_none()).then_some(figure)
    }

    /// The modifier that begins at token `i`, behind a figure or what it counts.
    pub fn bound_after(&self, i: usize) -> Option<(usize, Bound)> {
        let (len, bound) = self.lexicon.bounds_after.longest(self.tokens, i)?;
        // '344 morts et plus de 150 disparus': the word belongs to the figure that follows.
        let last = i + len - 1;
        let before = self.lexicon.bounds.longest(self.tokens, last).filter(|(n, _)| last + n > i + len);
        let number = |at| self.tokens.kind(at) == TokenKind::Number || self.words().may_begin(self.tokens.word(at));
        let next = before.map(|(n, _)| last + n).filter(|at| *at < self.tokens.len());
        next.is_none_or(|at| !number(at)).then_some((len, bound))
    }

    /// Whether the word at token `i` belongs to the verb before it: 'over' in 'handed over 230 prisoners'.
    pub(crate) fn is_particle(&self, i: usize) -> bool {
        i > 0 && self.words().cue(self.tokens, i - 1, Cue::Particle).is_some()
    }

    fn words(&self) -> &'a FigureWords {
        &self.lexicon.figures
    }

    fn read(&self, i: usize, end: usize) -> Option<Figure> {
        // 'no fewer than 30', 'pas moins de 30' begin with a word that alone would be a zero.
        let bound = self.lexicon.bounds.longest(self.tokens, i).map_or(0, |(len, _)| len);
        if let Some(len) = self.class_len(i, Class::Zero).filter(|len| *len > bound && self.is_zero(i, *len)) {
            // 'personne n'est mort': the particle is the verb's.
            let len = if len > 1 && self.has(i + len - 1, Class::NegationParticle) { len - 1 } else { len };
            let tokens = i..i + len;
            return Some(Figure {
                core: tokens.clone(),
                tokens,
                low: Some(0.0),
                high: Some(0.0),
                approximate: false,
                kind: FigureKind::Zero,
                rule: "figure.zero",
            });
        }
        if let Some(len) = self.nth(i) {
            let tokens = i..i + len;
            return Some(Figure {
                core: tokens.clone(),
                tokens,
                low: Some(1.0),
                high: Some(1.0),
                approximate: false,
                kind: FigureKind::Count,
                rule: "figure.nth",
            });
        }
        let (at, bounds) = self.bounds(i, end);
        if bounds.is_empty()
            && self.has(i, Class::RangeFrom)
            && !self.is_change(i)
            && let Some(len) = self.class_len(i, Class::RangeFrom)
            && let Some(range) = self.range(i, i + len, Class::RangeTo)
        {
            return Some(range);
        }
        if bounds.contains(&Bound::Between)
            && let Some(range) = self.range(i, at, Class::And)
        {
            return Some(bounds.iter().fold(range, |figure, bound| figure.bounded(*bound)));
        }
        let first = self.numeral(at, !bounds.is_empty())?;
        // 'près d'une ville', 'over a bridge': before the article a modifier of place is what it says.
        if first.one && !bounds.is_empty() && !(bounds.all == [Some(Bound::Floor), None, None] && at > i + 1) {
            return None;
        }
        let core = at..at + first.len;
        // The first of 'passé de 20 à 25' is a figure of its own.
        let changes = i > 0 && self.has(i - 1, Class::RangeFrom) && self.is_change(i - 1);
        if !changes && let Some(range) = self.range(i, at, Class::RangeTo) {
            return Some(self.bounded_behind(bounds.iter().fold(range, |figure, bound| figure.bounded(*bound))));
        }
        let kind = if first.one && bounds.is_empty() { FigureKind::One } else { FigureKind::Count };
        let figure = Figure {
            tokens: i..core.end,
            core,
            low: Some(first.low),
            high: Some(first.high),
            approximate: first.approximate,
            kind,
            rule: rule(&bounds, &first),
        };
        Some(self.bounded_behind(bounds.iter().fold(figure, |figure, bound| figure.bounded(*bound))))
    }

    /// The length of 'un sixième' beside a verb: one more of those who were counted. Before a plural it is a fraction.
    fn nth(&self, i: usize) -> Option<usize> {
        let len = self.words().cue(self.tokens, i, Cue::Nth)?;
        let next = i + len;
        let plural = self.words().cue(self.tokens, next, Cue::Plural).is_some();
        // 'killed two guards and wounded another'.
        let ends = next >= self.tokens.len()
            || self.tokens.kind(next) == TokenKind::Mark
            || [Class::Preposition, Class::And, Class::Adverb].into_iter().any(|class| self.has(next, class));
        let harms = |verb: VerbId| {
            let of = |indicator: &str| ["casualties.", "prisoners."].iter().any(|family| indicator.starts_with(family));
            self.lexicon.verb(verb).frames.iter().any(|frame| of(&frame.indicator))
        };
        let forms = || self.lexicon.verb_forms(self.tokens, i - 1);
        let object = i > 0 && ends && forms().iter().any(|(verb, _)| harms(*verb));
        (object || self.lexicon.is_verb(self.tokens, next) && !plural).then_some(len)
    }

    /// Whether a zero counts what follows: 'pas un soldat', but not what is denied in 'ce n'est pas un soldat'.
    fn is_zero(&self, i: usize, len: usize) -> bool {
        let helps = |(verb, _): &(VerbId, Form)| self.lexicon.verb(*verb).helper.is_some();
        let denied = len == 2 && i > 0 && self.lexicon.verb_forms(self.tokens, i - 1).iter().any(helps);
        !denied && self.tokens.kind(i + len) == TokenKind::Word
    }

    /// The modifiers from token `i` on and the place behind them: 'au moins quelque 50' piles them up; a quotation may
    /// open between them and the numeral.
    fn bounds(&self, i: usize, end: usize) -> (usize, Bounds) {
        let mut bounds = Bounds::default();
        let mut at = i;
        let particle = self.is_particle(i);
        while at < end
            && !particle
            && let Some((len, bound)) = self.lexicon.bounds.longest(self.tokens, at)
            // 'quelques dizaines' is no 'about' of something else.
            && self.words().vague(self.tokens, at).is_none_or(|(vague, _)| vague <= len)
            && bounds.push(bound)
        {
            at += len;
            if self.tokens.is_quotation_mark(at) {
                at += 1;
            }
        }
        (at, bounds)
    }

    /// A figure with the modifier that follows on it: '30 or more'; that of '29, at least ten of them' belongs to the
    /// figure behind it.
    fn bounded_behind(&self, mut figure: Figure) -> Figure {
        let end = figure.tokens.end;
        match self.bound_after(end) {
            Some((len, bound)) if figure.kind != FigureKind::One && self.numeral(end + len, true).is_none() => {
                figure.tokens.end += len;
                figure.bounded(bound)
            }
            _ => figure,
        }
    }

    /// Two numerals that are the ends of a range: 'A à B', 'A-B', 'entre A et B', 'A, voire B'. `from` is where the
    /// first stands.
    fn range(&self, i: usize, from: usize, link: Class) -> Option<Figure> {
        let about = |bounds: &Bounds| bounds.iter().any(|bound| matches!(bound, Bound::About | Bound::Nearly));
        let (at, before) = if from > i { self.bounds(from, from + LONGEST_RANGE) } else { (from, Bounds::default()) };
        let first = self.numeral(at, !before.is_empty())?;
        let behind = at + first.len;
        let (second_at, closed) = self.link(behind, link)?;
        let (at, bounds) = self.bounds(second_at, second_at + LONGEST_RANGE);
        let second = self.numeral(at, !bounds.is_empty())?;
        let low = first.low_before(&second);
        if low >= second.high {
            return None;
        }
        let mut end = at + second.len;
        // 'dozens, if not hundreds, of': the comma closes what the first one opened.
        if closed && self.tokens.is_mark(end, ',') && self.has(end + 1, Class::Partitive) {
            end += 1;
        }
        let open = bounds.contains(&Bound::Floor);
        Some(Figure {
            tokens: i..end,
            core: from..end,
            low: Some(low),
            high: (!open).then_some(second.high),
            approximate: first.approximate || second.approximate || about(&before) || about(&bounds),
            kind: FigureKind::Count,
            rule: "figure.range",
        })
    }

    /// The place behind what links the ends of a range, and whether a comma opened it.
    fn link(&self, at: usize, link: Class) -> Option<(usize, bool)> {
        if self.has(at, link) {
            return Some((at + 1, false));
        }
        if link != Class::RangeTo {
            return None;
        }
        let dash =
            matches!(self.tokens.raw(at), "-" | "–" | "—") && self.tokens.spaced(at) == self.tokens.spaced(at + 1);
        if dash || self.has(at, Class::Or) && self.cue(at, Cue::Even).is_none() {
            return Some((at + 1, false));
        }
        // 'deux-trois cents'.
        if self.tokens.hyphen(at) && self.tokens.kind(at) == TokenKind::Word {
            return Some((at, false));
        }
        let comma = self.tokens.is_mark(at, ',');
        let at = at + usize::from(comma);
        Some((at + self.cue(at, Cue::Even)?, comma))
    }

    /// Whether the words before 'from A to B' say that A became B.
    fn is_change(&self, i: usize) -> bool {
        // 'raised its toll twice, from four to 15'.
        i > 0 && self.tokens.is_mark(i - 1, ',') && !self.has(i, Class::Of)
            || (1..=2.min(i)).any(|back| self.cue(i - back, Cue::Change).is_some())
    }

    /// Whether something that is counted stands at `i`, or adjectives and then it.
    fn counts(&self, i: usize) -> bool {
        /// How far from its number a noun may stand: 'two thousand tired North Korean soldiers'.
        const ADJECTIVES: usize = 4;
        for k in i..i + ADJECTIVES {
            if self.lexicon.nouns.has(self.tokens, k) {
                return true;
            }
            let classes = self.classes.get(k).copied().unwrap_or_default();
            let passed = classes == Classes::default()
                || classes.any(&[Class::Quantifier, Class::Other, Class::Partitive]) && !classes.has(Class::And);
            if self.tokens.kind(k) != TokenKind::Word || !passed || self.lexicon.is_verb(self.tokens, k) {
                return false;
            }
        }
        false
    }

    fn cue(&self, i: usize, cue: Cue) -> Option<usize> {
        self.words().cue(self.tokens, i, cue)
    }

    fn has(&self, i: usize, class: Class) -> bool {
        self.classes.get(i).is_some_and(|classes| classes.has(class))
    }

    fn class_len(&self, i: usize, class: Class) -> Option<usize> {
        if self.has(i, class) { self.lexicon.class_len(self.tokens, i, class) } else { None }
    }
}

/// How many tokens the longest range has, far more than it ever takes.
const LONGEST_RANGE: usize = 40;

/// The modifiers before a numeral, three at most.
#[derive(Debug, Clone, Copy, Default)]
struct Bounds {
    all: [Option<Bound>; 3],
    len: usize,
}

impl Bounds {
    /// Takes one more; false where there is no room.
    fn push(&mut self, bound: Bound) -> bool {
        let Some(slot) = self.all.get_mut(self.len) else { return false };
        *slot = Some(bound);
        self.len += 1;
        true
    }

    fn is_empty(&self) -> bool {
        self.len == 0
    }

    fn contains(&self, bound: &Bound) -> bool {
        self.iter().any(|b| b == bound)
    }

    fn iter(&self) -> impl DoubleEndedIterator<Item = &Bound> {
        self.all.iter().flatten()
    }
}

fn rule(bounds: &Bounds, numeral: &Numeral) -> &'static str {
    match bounds.iter().next_back() {
        Some(Bound::Floor) => "figure.floor",
        Some(Bound::Ceiling) => "figure.ceiling",
        Some(Bound::Nearly) => "figure.nearly",
        Some(Bound::About) => "figure.about",
        _ if numeral.low < numeral.high => "figure.vague",
        _ if numeral.approximate => "figure.collective",
        _ => "figure.point",
    }
}

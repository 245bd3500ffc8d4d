//! What stands like a figure and counts nothing: calibres, ages, distances, money, times, years, labels, ratios, votes.

use std::ops::Range;

use super::words::Cue;
use super::{Figure, FigureKind, Figures};
use crate::lexicon::{Bound, Class};
use crate::{TokenKind, numeral};

/// How many words a phrase of the tables has at most that stands before a number.
const LOOK_BEHIND: usize = 4;

/// Why a numeral counts nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The tokens before it: 'article', 'brigade', '$'.
    Before(Range<usize>),
    /// The tokens behind it: 'mm', 'ans', '%'.
    After(Range<usize>),
    /// It is a part of a longer number or word: '04 99 00', '4:07', 'T-72'.
    Part,
    /// It is a year.
    Year,
    /// It is the age behind a name.
    Age,
    /// It is a share or a ratio: 'one in three', '7.7'.
    Share,
    /// It is a score or a vote: '312 voix contre 41'.
    Score,
    /// It is a name: 'les Vingt-Sept'.
    Name,
    /// It belongs to a phrase in which it is no number: 'one another'.
    Idiom,
}

/// A numeral of the text, whether it is a figure or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// Its tokens, with the modifier that bounds it.
    pub tokens: Range<usize>,
    /// What makes it no figure; `None` where nothing does.
    pub refusal: Option<Refusal>,
}

impl Figures<'_> {
    /// The numerals between two tokens, in order and without overlap: figures, what is refused as one, and digits inside
    /// other words ('M23'). Articles and 'aucun' are none.
    pub fn numerals(&self, range: Range<usize>) -> Vec<Read> {
        let mut found = Vec::new();
        let mut i = range.start;
        while i < range.end {
            let figure = self.read(i, range.end).filter(|f| f.kind == FigureKind::Count && f.tokens.end <= range.end);
            let digits = || self.tokens.raw(i).contains(|c: char| c.is_ascii_digit());
            let read = match figure {
                Some(figure) => Some(Read { refusal: self.refusal(&figure), tokens: figure.tokens }),
                None => digits().then_some(Read { tokens: i..i + 1, refusal: Some(Refusal::Part) }),
            };
            i = read.as_ref().map_or(i + 1, |read| read.tokens.end);
            found.extend(read);
        }
        found
    }

    /// What makes the numeral that was read count nothing.
    pub(super) fn refusal(&self, figure: &Figure) -> Option<Refusal> {
        let (first, after) = (figure.core.start, figure.core.end);
        if self.in_idiom(first) {
            return Some(Refusal::Idiom);
        }
        if figure.kind == FigureKind::Zero {
            return None;
        }
        let measured = || Refusal::After(after..after + self.cue(after, Cue::RefuseAfter).unwrap_or(1));
        if figure.kind == FigureKind::One {
            return if self.is_measured(after) {
                Some(measured())
            } else if self.is_compound(figure, after) {
                Some(Refusal::Part)
            } else {
                self.is_ratio(figure).then_some(Refusal::Share)
            };
        }
        let numeric = self.tokens.kind(first) != TokenKind::Word;
        let counted = self.counts(figure.tokens.end);
        // 'aged between 18 and 25'.
        let labelled = || {
            self.is_label(first, numeric, counted)
                || figure.tokens.start < first && self.is_label(figure.tokens.start, false, counted)
        };
        Some(if self.is_measured(after) || self.is_first_of_measured(figure) {
            measured()
        } else if self.is_compound(figure, after) || numeric && self.is_part_of_code(first, after) {
            Refusal::Part
        } else if labelled() {
            Refusal::Before(first.saturating_sub(1)..first)
        } else if numeric && self.is_year(figure, counted) {
            Refusal::Year
        } else if numeric && self.is_age(figure) {
            Refusal::Age
        } else if !numeric && self.is_name(first, counted) {
            Refusal::Name
        } else if self.is_homograph(figure, counted) || self.is_second_of_one_or_two(first) {
            Refusal::Idiom
        } else if self.is_ratio(figure) || numeric && self.is_bare_fraction(figure, counted) {
            Refusal::Share
        } else if self.is_vote(first) || numeric && self.is_score(figure) {
            Refusal::Score
        } else if numeric && self.is_calibre(first, counted) {
            Refusal::Before(first.saturating_sub(2)..first)
        } else {
            return None;
        })
    }

    /// 'pour cent', 'one another', 'la guerre de Cent Ans'.
    fn in_idiom(&self, first: usize) -> bool {
        (0..=LOOK_BEHIND.min(first)).any(|back| {
            let start = first - back;
            self.cue(start, Cue::Idiom).is_some_and(|len| start + len > first)
        })
    }

    /// '30 km', 'des centaines de kilomètres', '2 milliards d'euros'; but '30 km²' is ground.
    fn is_measured(&self, after: usize) -> bool {
        let of = self.class_len(after, Class::Partitive).unwrap_or(0);
        let noun = |at: usize| self.lexicon.nouns.longest(self.tokens, at).map_or(0, |(len, _)| len);
        let refuse = |at: usize| self.cue(at, Cue::RefuseAfter).is_some_and(|len| len >= noun(at));
        refuse(after) || of > 0 && refuse(after + of)
    }

    /// The first of '122 et 152 mm', '3 ou 4 jours', '7,62 ou 5,56 mm', '43 of 120 seats'.
    fn is_first_of_measured(&self, figure: &Figure) -> bool {
        let mut at = figure.core.end;
        for _ in 0..LOOK_BEHIND {
            let linked =
                [Class::And, Class::Or, Class::RangeTo, Class::Partitive].into_iter().any(|class| self.has(at, class))
                    || self.tokens.is_mark(at, ',');
            let Some(next) = self.numeral(at + 1, false).filter(|next| linked && !next.one) else { return false };
            at += 1 + next.len;
            if self.is_measured(at) {
                return true;
            }
        }
        false
    }

    /// '40-year-old', 'four-storey', 'vingt-cinquième', 'T-72': tied to a word that is no noun of its own.
    fn is_compound(&self, figure: &Figure, after: usize) -> bool {
        let tied =
            self.tokens.hyphen(after) && figure.tokens.end == after && !self.lexicon.nouns.has(self.tokens, after);
        tied || self.tokens.hyphen(figure.core.start)
    }

    /// 'article 4', 'brigade 47', 'No. 5', '$5', 'numéro deux'.
    fn is_label(&self, first: usize, numeric: bool, counted: bool) -> bool {
        let Some(before) = first.checked_sub(1) else { return false };
        // What stands in the line or paragraph above labels nothing.
        let between = self.tokens.text().get(self.tokens.end(before)..self.tokens.start(first)).unwrap_or_default();
        let lines = between.matches('\n').count();
        if lines > 1 {
            return false;
        }
        let mark = self.tokens.raw(before);
        let symbol =
            matches!(mark, "$" | "€" | "£" | "+" | "¥" | "#" | "№" | "=" | "§" | "°" | "º" | "₹" | "₽" | "₴" | "@");
        // 'au moins 5' behind a symbol is labelled by none.
        if symbol && lines == 0 && self.tokens.kind(first) == TokenKind::Number {
            return true;
        }
        if numeric
            && mark == "."
            && !self.tokens.spaced(before)
            && before > 0
            && self.cue(before - 1, Cue::Abbreviation) == Some(1)
        {
            return true;
        }
        let Some(at) = self.label_before(first) else { return numeric && self.goes_on_with_label(first) };
        if self.is_unit_that_passes(at) {
            return false;
        }
        let unit = self.cue(at, Cue::RefuseAfter).is_some();
        // Where adjectives follow their noun, a label does not stand before what is counted.
        if numeric { !(counted && (self.lexicon.adjectives_follow || unit)) } else { !counted && !unit }
    }

    /// Where the phrase begins that makes the number at `first` a label, over what leads to a range: 'aged between 18'.
    fn label_before(&self, first: usize) -> Option<usize> {
        let label = |end: usize| {
            let starts = (1..=LOOK_BEHIND.min(end)).map(|back| (end - back, back));
            let mut labels =
                starts.filter(|(start, len)| self.words().is_cue(self.tokens, *start, *len, Cue::RefuseBefore));
            labels.next().map(|(start, _)| start)
        };
        let between = |back: &usize| {
            let mut bounds = self.lexicon.bounds.at(self.tokens, first - back);
            bounds.any(|(len, bound)| len == *back && bound == Bound::Between)
        };
        label(first).or_else(|| (1..=LOOK_BEHIND.min(first)).find(between).and_then(|back| label(first - back)))
    }

    /// 'that day 12 were killed': a time that is said and no label, as 'day 12' is one.
    fn is_unit_that_passes(&self, at: usize) -> bool {
        self.cue(at, Cue::RefuseAfter).is_some()
            && at > 0
            && [Class::Demonstrative, Class::Quantifier].into_iter().any(|class| self.has(at - 1, class))
    }

    /// The second of 'articles 4 et 5', 'brigades 47 et 82', 'aged 18 to 25'.
    fn goes_on_with_label(&self, first: usize) -> bool {
        let Some(previous) = first.checked_sub(2) else { return false };
        let linked = self.has(first - 1, Class::And) || self.has(first - 1, Class::RangeTo);
        linked
            && self.tokens.kind(previous) == TokenKind::Number
            && self.label_before(previous).is_some()
            && !self.counts(first + 1)
    }

    /// '18:40', '24/7', '04 99 00 56 78', '3-1', '0400'.
    fn is_part_of_code(&self, first: usize, after: usize) -> bool {
        let tokens = self.tokens;
        let raw = tokens.raw(first).as_bytes();
        let padded = raw.first() == Some(&b'0') && raw.get(1).is_some_and(u8::is_ascii_digit);
        let number = |i: usize| tokens.kind(i) == TokenKind::Number;
        let tied = |i: usize| matches!(tokens.raw(i), ":" | "/" | "=" | "-" | "–") && !tokens.spaced(i);
        let behind = tied(after) && !tokens.spaced(after + 1);
        let before = first.checked_sub(1).is_some_and(|before| {
            // 'En 2024 300 hommes': a year ends before the number begins.
            let year = is_year(tokens.raw(before)) && !before.checked_sub(1).is_some_and(number);
            number(before) && !year || tied(before) && !tokens.spaced(first)
        });
        padded || behind || before || number(after)
    }

    /// Four digits without a separator are a year, unless a modifier or what is counted makes them a figure.
    fn is_year(&self, figure: &Figure, counted: bool) -> bool {
        let (first, last) = (figure.core.start, figure.core.end - 1);
        // 'the war of 1992-1993 uprooted …': a verb is not counted.
        let verb = self.lexicon.is_verb(self.tokens, figure.tokens.end) && first < last;
        if counted && !verb {
            return false;
        }
        let year = |i: usize| is_year(self.tokens.raw(i));
        if first < last {
            // '2014-2022', 'entre 2014 et 2022', '2023-24'.
            let starts = (first..last).find(|i| self.tokens.kind(*i) == TokenKind::Number);
            let short = self.tokens.raw(last).len() == 2;
            return starts.is_some_and(year) && (year(last) || short);
        }
        let led = first > 0 && self.cue(first - 1, Cue::BeforeYear) == Some(1);
        let old = matches!(self.tokens.raw(first).parse::<u16>(), Ok(1000..=2199)) && self.tokens.raw(first).len() == 4;
        figure.tokens.start == first && (year(first) || led && old)
    }

    /// The age behind a name: 'Jean Dupont, 34, …', 'John Smith (34)'.
    fn is_age(&self, figure: &Figure) -> bool {
        let (first, after) = (figure.core.start, figure.core.end);
        if figure.tokens.start != first || after != first + 1 || first < 3 {
            return false;
        }
        let mark = |i: usize, mark: char| self.tokens.is_mark(i, mark);
        let set_off =
            mark(first - 1, ',') && (mark(after, ',') || mark(after, '.')) || mark(first - 1, '(') && mark(after, ')');
        let name = |i: usize| self.tokens.kind(i) == TokenKind::Word && self.tokens.capital(i);
        set_off && name(first - 2) && name(first - 3) && figure.high.is_some_and(|age| age <= 120.0)
    }

    /// 'les Vingt-Sept', 'the Big Four': a number word with a capital inside a sentence.
    fn is_name(&self, first: usize, counted: bool) -> bool {
        let Some(before) = first.checked_sub(1).filter(|_| self.tokens.capital(first) && !counted) else {
            return false;
        };
        let determined = self.has(before, Class::Definite);
        self.tokens.kind(before) == TokenKind::Word && (determined || !self.tokens.capital(before))
    }

    /// 'un char neuf': behind its noun the word is no number.
    fn is_homograph(&self, figure: &Figure, counted: bool) -> bool {
        let first = figure.core.start;
        figure.tokens.start == first
            && figure.core.len() == 1
            && !counted
            && first > 0
            && self.cue(first, Cue::Homograph).is_some()
            && self.lexicon.nouns.has(self.tokens, first - 1)
    }

    /// 'un soldat sur dix', 'one in three', 'nine out of ten': shares count nothing.
    fn is_ratio(&self, figure: &Figure) -> bool {
        let (first, after) = (figure.core.start, figure.core.end);
        let ratio = |at: usize| self.cue(at, Cue::Ratio);
        let parts = |whole: f64| [10.0, 100.0, 1000.0, 10_000.0, 100_000.0].contains(&whole);
        // Whether the number at `i` is such a part of a whole. In digits it may be counted: '3 drones sur 5'.
        let part = |i: usize, direct: bool, whole: f64| {
            let word = self.tokens.kind(i) == TokenKind::Word;
            let one = self.has(i, Class::Article) || self.value(i) == Some(1.0);
            let small = one || self.value(i).is_some_and(|value| value <= 10.0 && value < whole);
            small && (parts(whole) || (one || word && direct) && whole <= 10.0) && (direct || word)
        };
        let is_part = figure.core.len() == 1
            && [after, after + 1].into_iter().any(|at| {
                let Some(len) = ratio(at) else { return false };
                let whole = self.numeral(at + len, false).filter(|whole| !whole.one);
                let passed = at == after || self.tokens.kind(after) == TokenKind::Word;
                // 'killed two in three days' is none.
                passed
                    && whole.is_some_and(|whole| {
                        part(first, at == after, whole.high) && !self.is_measured(at + len + whole.len)
                    })
            });
        let is_whole = (1..=3.min(first)).any(|back| {
            let link = first - back;
            let whole = figure.high.filter(|_| figure.low == figure.high && ratio(link) == Some(back));
            whole.is_some_and(|whole| {
                // '43 sièges sur 120'.
                let measured = link > 1
                    && self.cue(link - 1, Cue::RefuseAfter).is_some()
                    && self.value(link - 2).is_some_and(|part| part < whole);
                measured
                    || link > 0 && part(link - 1, true, whole)
                    || link > 1 && self.tokens.kind(link - 1) == TokenKind::Word && part(link - 2, false, whole)
            })
        });
        is_part || is_whole
    }

    fn value(&self, i: usize) -> Option<f64> {
        match self.tokens.kind(i) {
            TokenKind::Number => numeral(self.tokens.raw(i)),
            _ => self.words().value(self.tokens, i),
        }
    }

    /// The second of '312 voix contre 41', '28 points to 17'.
    fn is_vote(&self, first: usize) -> bool {
        let Some(noun) = first.checked_sub(2).filter(|noun| *noun > 0) else { return false };
        let against = self.has(first - 1, Class::WithdrawnFigure) || self.has(first - 1, Class::RangeTo);
        against
            && self.tokens.kind(noun) == TokenKind::Word
            && self.cue(noun, Cue::RefuseAfter).is_some()
            && self.value(noun - 1).is_some()
    }

    /// 'des obus de 155'.
    fn is_calibre(&self, first: usize, counted: bool) -> bool {
        const FIRED: [&str; 5] = ["shell", "rocket", "bomb", "missile", "system"];
        if counted || first < 2 || !self.has(first - 1, Class::Partitive) {
            return false;
        }
        let noun = self.lexicon.nouns.longest(self.tokens, first - 2).filter(|(len, _)| *len == 1);
        let unit = noun.and_then(|(_, class)| self.lexicon.noun_class(class).unit.as_deref());
        unit.is_some_and(|unit| FIRED.contains(&unit))
    }

    /// '312 to 41', which is no range and no change: a vote, a match.
    fn is_score(&self, figure: &Figure) -> bool {
        let (first, after) = (figure.core.start, figure.core.end);
        let from = |at: usize| at > 0 && self.has(at - 1, Class::RangeFrom);
        let Some(value) = figure.high else { return false };
        let forward = self.has(after, Class::RangeTo)
            && self.value(after + 1).is_some_and(|second| second < value)
            && !from(first)
            && !self.counts(after + 2);
        let back = first >= 2
            && self.has(first - 1, Class::RangeTo)
            && self.tokens.kind(first - 2) == TokenKind::Number
            && self.value(first - 2).is_some_and(|before| before > value)
            && !from(first - 2)
            && !self.counts(after);
        forward || back
    }

    /// The last of 'un mort ou deux', 'a week or two'.
    fn is_second_of_one_or_two(&self, first: usize) -> bool {
        first >= 3
            && self.has(first - 1, Class::Or)
            && self.has(first - 3, Class::Article)
            && self.tokens.kind(first - 2) == TokenKind::Word
    }

    /// A decimal that nothing follows that could be counted: '7.7', 'version 2.3', '48,85'.
    fn is_bare_fraction(&self, figure: &Figure, counted: bool) -> bool {
        !counted && [figure.low, figure.high].into_iter().flatten().any(|value| value.fract() != 0.0)
    }
}

/// Four digits without a separator from 1900 to 2099.
fn is_year(raw: &str) -> bool {
    raw.len() == 4 && matches!(raw.parse::<u16>(), Ok(1900..=2099))
}

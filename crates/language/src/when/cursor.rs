//! Reading tokens as words of time, one step at a time.

mod count;

use std::cell::Cell;
use std::ops::Range;

use jiff::civil::Weekday;

use super::calendar::{Calendar, Number, Turn};
use super::expression::{Base, Part, Stretch, Unit, Year};
use super::find::{Grammar, Stand};
use super::phrases::{Phrases, Word};
use super::role::Role;
use crate::token::{TokenKind, Tokens};

/// How many tokens before the range decide what its first ones are: `a été`, `Mouvement du 23 mars`.
const LOOK_BEHIND: usize = 4;

/// The tokens of a range, their words looked up.
pub(super) struct Line<'a> {
    calendar: &'a Calendar,
    tokens: &'a Tokens<'a>,
    /// The words from `first` to the end of the range.
    words: Vec<Word>,
    first: usize,
    /// By word, what comes behind it.
    ahead: Vec<Ahead>,
    /// The stretch that was read last of each [`Stand`]: one rule after the other asks for the same.
    last: [Cell<Option<Remembered>>; 2],
}

/// What the words from one on come to: most places are told apart by it before any shape is tried there.
#[derive(Debug, Clone, Copy, Default)]
struct Ahead {
    /// Whether they come to what makes a time, with nothing between that no expression has there.
    promising: bool,
    /// Of a numeral, whether an expression may begin with it: it may be a year, a date in numbers follows, or a word of
    /// time comes with nothing between but numerals, marks and what links them.
    dates: bool,
}

/// Where a stretch was looked for, and what was read there: the name of its shape, the stretch, and the index behind it.
type Remembered = (usize, Option<(&'static str, Stretch, usize)>);

impl<'a> Line<'a> {
    /// Looks up a range of tokens that lies within the text, and what decides before it.
    pub(super) fn new(calendar: &'a Calendar, tokens: &'a Tokens<'a>, range: Range<usize>) -> Self {
        let first = range.start.saturating_sub(LOOK_BEHIND);
        let words = (first..range.end).map(|i| calendar.word_at(tokens, i)).collect();
        let mut line = Line { calendar, tokens, words, first, ahead: Vec::new(), last: Default::default() };
        line.ahead = line.look_ahead();
        line
    }

    fn look_ahead(&self) -> Vec<Ahead> {
        let mut ahead = vec![Ahead::default(); self.words.len()];
        let (mut promising, mut time) = (false, false);
        for (k, word) in self.words.iter().enumerate().rev() {
            let kind = self.tokens.kind(self.first + k);
            let (links, is_time) = (self.calendar.links(*word), self.calendar.is_time(&self.words[k..]));
            let mixed = kind == TokenKind::Mixed;
            promising = is_time || self.makes(k) || promising && links;
            ahead[k] = Ahead { promising, dates: time || mixed || kind == TokenKind::Number && self.is_date(k) };
            time = is_time || mixed || time && (links || kind != TokenKind::Word);
        }
        ahead
    }

    /// Whether the numeral at `k` may be a year, or the first of a date in numbers.
    fn is_date(&self, k: usize) -> bool {
        let at = self.first + k;
        let digits = self.tokens.folded(at);
        let mark = self.tokens.kind(at + 1) == TokenKind::Mark;
        digits.len() == 4
            || digits.contains('.')
            || mark && matches!(self.tokens.raw(at + 1), "-" | "–" | "—" | "/" | ".")
    }

    /// Whether the word at `k` is a numeral that may make a time: not one before a common word that the calendar does
    /// not know, of which it says how many there are, unless four digits may be a year: `en 2024 douze hommes`.
    fn makes(&self, k: usize) -> bool {
        let at = self.first + k;
        match self.tokens.kind(at) {
            TokenKind::Mixed => true,
            TokenKind::Number => {
                let counts = self.words.get(k + 1) == Some(&Word::OTHER)
                    && self.tokens.kind(at + 1) == TokenKind::Word
                    && !self.tokens.capital(at + 1);
                !counts || self.tokens.folded(at).len() == 4
            }
            TokenKind::Word | TokenKind::Mark => false,
        }
    }
}

/// A place between two tokens. Every method that reads gives the value and the place behind it, or nothing; the
/// place itself never moves, so alternatives are tried without undoing anything.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    line: &'a Line<'a>,
    /// Index of the token behind the place.
    pub(super) index: usize,
}

/// What was read, and the place behind it.
pub(super) type Read<'a, T> = Option<(T, At<'a>)>;

/// Years that are read as such where four digits stand for one.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2099;

impl<'a> At<'a> {
    /// The place before a token of a line.
    pub(super) fn new(line: &'a Line<'a>, index: usize) -> Self {
        At { line, index }
    }

    /// Whether an expression may begin here: most tokens are told apart by one look at them and the one behind.
    pub(super) fn may_start(self) -> bool {
        let Some(word) = self.ahead().first() else { return false };
        let calendar = self.line.calendar;
        let ahead = self.line.ahead[self.index - self.line.first];
        let leads = || calendar.leads(*word) && self.skip(1).is_known();
        (ahead.promising || calendar.is_since(*word))
            && if self.is_numeral() { ahead.dates } else { calendar.opens(*word) || leads() }
    }

    /// The stretch from here on, by `read` unless the last one that was asked for is the same.
    pub(super) fn remembered(
        self,
        stand: Stand,
        read: impl FnOnce() -> Read<'a, (&'static str, Stretch)>,
    ) -> Read<'a, (&'static str, Stretch)> {
        let last = &self.line.last[stand as usize];
        let found = match last.get() {
            Some((index, found)) if index == self.index => found,
            _ => {
                let found = read().map(|((name, stretch), behind)| (name, stretch, behind.index));
                last.set(Some((self.index, found)));
                found
            }
        };
        found.map(|(name, stretch, index)| ((name, stretch), At { index, ..self }))
    }

    fn is_numeral(self) -> bool {
        !self.is_at_end() && matches!(self.line.tokens.kind(self.index), TokenKind::Number | TokenKind::Mixed)
    }

    fn is_known(self) -> bool {
        self.is_numeral() || self.ahead().first().is_some_and(|word| *word != Word::OTHER)
    }

    /// The words from here on.
    fn ahead(self) -> &'a [Word] {
        self.line.words.get(self.index - self.line.first..).unwrap_or_default()
    }

    /// The place behind `n` more tokens.
    pub(super) fn skip(self, n: usize) -> Self {
        At { index: self.index + n.min(self.ahead().len()), ..self }
    }

    /// Whether nothing is left to read.
    pub(super) fn is_at_end(self) -> bool {
        self.ahead().is_empty()
    }

    /// The folded form of the next token; empty at the end.
    pub(super) fn word(self) -> &'a str {
        if self.is_at_end() { "" } else { self.line.tokens.folded(self.index) }
    }

    /// Whether the next token is a mark, or nothing is left.
    pub(super) fn is_at_mark(self) -> bool {
        self.is_at_end() || self.line.tokens.kind(self.index) == TokenKind::Mark
    }

    /// Whether a hyphen ties the next token to the one before.
    pub(super) fn is_tied(self) -> bool {
        !self.is_at_end() && self.line.tokens.hyphen(self.index)
    }

    /// Whether the next token has a capital.
    pub(super) fn is_capital(self) -> bool {
        self.line.tokens.capital(self.index)
    }

    /// The place one token back; `None` where nothing that decides stands so early.
    pub(super) fn back(self) -> Option<Self> {
        (self.index > self.line.first).then(|| At { index: self.index - 1, ..self })
    }

    /// Whether the token before has a role, alone.
    pub(super) fn follows(self, role: Role) -> bool {
        self.back().is_some_and(|before| before.has(role).is_some_and(|after| after.index == self.index))
    }

    /// Whether the token two before has a role, alone.
    pub(super) fn follows_at_two(self, role: Role) -> bool {
        self.back().is_some_and(|before| before.follows(role))
    }

    fn read<T: Copy>(self, phrases: &Phrases<T>) -> Read<'a, T> {
        let (value, words) = phrases.read(self.ahead())?;
        Some((value, self.skip(words)))
    }

    /// The place behind the longest phrase of a role.
    pub(super) fn has(self, role: Role) -> Option<Self> {
        let ((), at) = self.read(self.line.calendar.role(role, *self.ahead().first()?)?)?;
        Some(at)
    }

    /// The place behind a phrase of a role, or this place where there is none.
    pub(super) fn maybe(self, role: Role) -> Self {
        self.has(role).unwrap_or(self)
    }

    /// The place behind this mark.
    pub(super) fn mark(self, mark: char) -> Option<Self> {
        (!self.is_at_end() && self.line.tokens.is_mark(self.index, mark)).then(|| self.skip(1))
    }

    /// The place behind this mark, or this place where there is none.
    pub(super) fn maybe_mark(self, mark: char) -> Self {
        self.mark(mark).unwrap_or(self)
    }

    /// The place behind a dash between two numbers.
    pub(super) fn dash(self) -> Option<Self> {
        ['-', '–', '—', '/'].into_iter().find_map(|dash| self.mark(dash))
    }

    /// Whether a possessive ending comes next: `Tuesday’s`.
    pub(super) fn is_at_possessive(self) -> bool {
        !self.is_at_end() && self.word() == "s" && !self.line.tokens.spaced(self.index)
    }

    /// Whether a number that ends here counts nothing: a sentence mark, a function word or a capital comes next.
    pub(super) fn ends_number(self) -> bool {
        if self.is_at_mark() {
            let address = self.mark(',').is_some_and(|at| at.has(Role::Named).is_some());
            return !address
                && (self.is_at_end() || !matches!(self.word(), "%" | "°" | "€" | "$" | "£" | "-" | "–" | "/"));
        }
        self.is_capital() || self.has(Role::AfterDay).is_some()
    }

    /// Whether a word in small letters comes next that is no function word.
    pub(super) fn is_at_noun(self) -> bool {
        !self.is_at_end() && self.line.tokens.kind(self.index) == TokenKind::Word && !self.ends_number()
    }

    /// A month in full. A name that a hyphen ties to it makes it another name (`Mai-Ndombe`).
    pub(super) fn month(self) -> Read<'a, i8> {
        let (month, at) = self.read(&self.line.calendar.months)?;
        let other_name =
            at.is_tied() && at.read(&self.line.calendar.months).is_none() && at.year().is_none() && at.part().is_none();
        (!other_name && self.is_name_like()).then_some((month, at))
    }

    /// A month in full or abbreviated: only for where a number stands beside it. The dot of an abbreviation is left.
    pub(super) fn month_or_short(self) -> Read<'a, i8> {
        self.month().or_else(|| self.read(&self.line.calendar.short_months).filter(|_| self.is_name_like()))
    }

    /// The place behind the dot of the abbreviated month just read.
    pub(super) fn behind_short_month(self) -> Option<Self> {
        self.back()?.read(&self.line.calendar.short_months)?;
        self.mark('.')
    }

    /// Whether the next word is written as the language writes names of days and months.
    fn is_name_like(self) -> bool {
        !self.grammar().capitals || self.is_capital()
    }

    /// A day of the week in full.
    pub(super) fn weekday(self) -> Read<'a, Weekday> {
        self.read(&self.line.calendar.weekdays).filter(|_| self.is_name_like())
    }

    /// A day of the week, in full or abbreviated: only for where a date follows.
    pub(super) fn weekday_or_short(self) -> Read<'a, Weekday> {
        let short = || {
            let (weekday, at) = self.read(&self.line.calendar.short_weekdays).filter(|_| self.is_name_like())?;
            Some((weekday, at.maybe_mark('.')))
        };
        self.weekday().or_else(short)
    }

    /// First month of a season.
    pub(super) fn season(self) -> Read<'a, i8> {
        self.read(&self.line.calendar.seasons)
    }

    /// A unit, whatever its number.
    pub(super) fn unit(self) -> Read<'a, (Unit, Number)> {
        self.read(&self.line.calendar.units)
    }

    /// A unit in the singular.
    pub(super) fn one_unit(self) -> Read<'a, Unit> {
        let ((unit, number), at) = self.unit()?;
        (number != Number::Plural).then_some((unit, at))
    }

    /// A unit in the plural.
    pub(super) fn units(self) -> Read<'a, Unit> {
        let ((unit, number), at) = self.unit()?;
        (number != Number::Singular).then_some((unit, at))
    }

    /// A quarter or half by its letter and number: `T1`, `Q3`, `H2`; its first month and how many it has.
    pub(super) fn period(self) -> Read<'a, (i8, i8)> {
        let word = self.word();
        let letter = word.get(..1)?;
        let number: i8 = word.get(1..)?.parse().ok()?;
        let count = *self.line.calendar.period_letters.get(letter)?;
        (1..=12 / count).contains(&number).then(|| (((number - 1) * count + 1, count), self.skip(1)))
    }

    /// A part with what leads to its whole: `au début de`.
    pub(super) fn part(self) -> Read<'a, Part> {
        self.read(&self.line.calendar.parts)
    }

    /// `dernier`, `next`.
    pub(super) fn turn(self) -> Read<'a, Turn> {
        self.read(&self.line.calendar.turns)
    }

    /// A phrase that does not vary.
    pub(super) fn fixed(self) -> Read<'a, super::Expression> {
        self.read(&self.line.calendar.fixed)
    }

    /// Plain digits.
    pub(super) fn digits(self) -> Read<'a, u16> {
        if !self.is_numeral() {
            return None;
        }
        Some((self.word().parse().ok()?, self.skip(1)))
    }

    /// Two numbers around a dot, which the tokens keep as one decimal: the day and month of `14.12.2024`.
    pub(super) fn decimal(self) -> Option<(i8, u16, Self)> {
        let (day, month) = self.word().split_once('.')?;
        Some((day.parse().ok().filter(|day| (1..=31).contains(day))?, month.parse().ok()?, self.skip(1)))
    }

    /// Digits with the ending of an ordinal: `1er`, `2nd`.
    pub(super) fn ordinal_digits(self) -> Read<'a, i8> {
        if !self.is_numeral() {
            return None;
        }
        let word = self.word();
        let suffix = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let known = self.line.calendar.ordinal_suffixes.contains(suffix);
        let value = word.strip_suffix(suffix)?.parse().ok().filter(|_| known)?;
        Some((value, self.skip(1)))
    }

    /// The number of a day in its month.
    pub(super) fn day(self) -> Read<'a, i8> {
        let plain = || {
            let (day, at) = self.digits()?;
            Some((i8::try_from(day).ok()?, at))
        };
        plain().or_else(|| self.ordinal_digits()).filter(|(day, _)| (1..=31).contains(day))
    }

    /// Two digits that stand for a year of this century or the last, as dates in numbers have it.
    pub(super) fn short_year(self) -> Read<'a, i16> {
        let (year, at) = self.digits().filter(|_| self.word().len() == 2)?;
        let year = i16::try_from(year).ok()?;
        Some((if year < 70 { 2000 + year } else { 1900 + year }, at))
    }

    /// Four digits that stand for a year.
    pub(super) fn year(self) -> Read<'a, i16> {
        let (year, at) = self.digits()?;
        let year = i16::try_from(year).ok().filter(|year| YEARS.contains(year))?;
        (self.word().len() == 4).then_some((year, at))
    }

    /// An ordinal up to 31, in words or digits.
    pub(super) fn ordinal(self) -> Read<'a, i8> {
        let compound = || {
            let (tens, at) = self.read(&self.line.calendar.cardinals)?;
            let (unit, behind) = at.maybe(Role::And).read(&self.line.calendar.ordinals)?;
            let value = i8::try_from(tens).ok().filter(|tens| matches!(tens, 20 | 30))? + unit;
            (unit < 10 && value <= 31).then_some((value, behind))
        };
        compound().or_else(|| self.read(&self.line.calendar.ordinals)).or_else(|| self.ordinal_digits())
    }

    /// The number of a day without its month, with its weekday or not: the first of `du lundi 14 au 15 décembre`.
    pub(super) fn day_number(self) -> Read<'a, Stretch> {
        let at = self.weekday_or_short().map_or(self, |(_, at)| at);
        let (day, at) = at.maybe(Role::The).day()?;
        Some((Base::Day { day, month: None, year: Year::Nearest }.into(), at))
    }

    /// What leads to a window of time: `au cours de`, `dans`, `over`.
    pub(super) fn window_lead(self) -> Option<Self> {
        [Role::In, Role::Point, Role::Within, Role::Spell].into_iter().find_map(|role| self.has(role))
    }

    /// The grammar of the language.
    pub(super) fn grammar(self) -> &'static Grammar {
        self.line.calendar.grammar
    }
}

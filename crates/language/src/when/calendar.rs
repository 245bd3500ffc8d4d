//! The vocabulary of time of one language, read once from its data pack.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::Weekday;
use serde::Deserialize;

use super::expression::{Base, Expression, Length, Part, Stretch, Unit, Year};
use super::phrases::{Phrases, Word, Words};
use super::role::Role;
use super::{english, find, french};
use crate::token::{TokenKind, Tokens};

/// Vocabulary and grammar of time of one language.
#[derive(Debug)]
pub struct Calendar {
    pub(super) grammar: &'static find::Grammar,
    pub(super) months: Phrases<i8>,
    pub(super) short_months: Phrases<i8>,
    pub(super) weekdays: Phrases<Weekday>,
    pub(super) short_weekdays: Phrases<Weekday>,
    /// First month of each season, by the meteorological calendar.
    pub(super) seasons: Phrases<i8>,
    pub(super) units: Phrases<(Unit, Number)>,
    pub(super) cardinals: Phrases<u16>,
    pub(super) ordinals: Phrases<i8>,
    pub(super) ordinal_suffixes: BTreeSet<String>,
    /// How many months a period has that is written as a letter with its number.
    pub(super) period_letters: BTreeMap<String, i8>,
    pub(super) parts: Phrases<Part>,
    pub(super) turns: Phrases<Turn>,
    pub(super) fixed: Phrases<Expression>,
    /// By role, its phrases; none for a role that the pack does not have.
    roles: Vec<Phrases<()>>,
    /// Every phrase that makes a time; numerals do so too.
    makers: Phrases<()>,
    words: Words,
    /// What each word can begin, by its number.
    begins: Vec<Begins>,
}

/// What a word can begin: most questions about a token end here.
#[derive(Debug, Clone, Copy, Default)]
struct Begins {
    /// The roles that have a phrase with this first word, one bit each.
    roles: u64,
    /// Whether it is a word of time that an expression may begin with.
    expression: bool,
    /// Whether an expression may have it before what makes it a time.
    links: bool,
    /// Whether what makes a time may begin with it.
    makes: bool,
}

/// Whether a noun names one or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// `semaine`.
    Singular,
    /// `semaines`.
    Plural,
    /// `mois`.
    Either,
}

/// `dernier`, `next`, `suivant`: which unit, counted from where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Turn {
    /// The one before the publication.
    Last,
    /// The one around the publication.
    This,
    /// The one after the publication.
    Next,
    /// The one before the time mentioned last.
    Preceding,
    /// The one after the time mentioned last.
    Following,
}

impl Turn {
    /// The unit that is meant.
    pub(super) fn of(self, unit: Unit) -> Base {
        match self {
            Turn::Last => Base::Now(unit, -1),
            Turn::This => Base::Now(unit, 0),
            Turn::Next => Base::Now(unit, 1),
            Turn::Preceding => Base::Then(unit, -1),
            Turn::Following => Base::Then(unit, 1),
        }
    }

    /// The one that is meant of what comes back year by year or week by week.
    pub(super) fn year(self) -> Year {
        match self {
            Turn::Last => Year::Last,
            Turn::This => Year::Nearest,
            Turn::Next => Year::Next,
            Turn::Preceding => Year::Preceding,
            Turn::Following => Year::Following,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    months: BTreeMap<String, i8>,
    short_months: BTreeMap<String, i8>,
    weekdays: BTreeMap<String, i8>,
    short_weekdays: BTreeMap<String, i8>,
    seasons: BTreeMap<String, i8>,
    units: Units,
    cardinals: BTreeMap<String, u16>,
    ordinals: BTreeMap<String, i8>,
    ordinal_suffixes: BTreeSet<String>,
    period_letters: BTreeMap<String, i8>,
    parts: BTreeMap<String, Part>,
    turns: BTreeMap<String, Turn>,
    fixed: BTreeMap<String, Fixed>,
    words: BTreeMap<Role, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Units {
    singular: BTreeMap<String, Unit>,
    plural: BTreeMap<String, Unit>,
    either: BTreeMap<String, Unit>,
}

/// What a phrase that does not vary says.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Fixed {
    /// A unit counted from the publication.
    Now(Unit, i16),
    /// A unit counted from the time mentioned last.
    Then(Unit, i16),
    /// What has passed of a unit.
    SoFar(Unit),
    /// What is left of a unit.
    Rest(Unit),
    /// From the time mentioned last on.
    SinceThen(Unit),
    /// Up to the publication.
    ToDate(Unit),
    /// From the publication on.
    Soon(Unit),
    /// The end of a unit.
    End(Unit),
    /// The unit that ends with the publication.
    Past(Unit),
    /// A day that has a name: day, month.
    Day(i8, i8),
}

impl Fixed {
    fn expression(self) -> Expression {
        match self {
            Fixed::Now(unit, offset) => Expression::In(Base::Now(unit, offset).into()),
            Fixed::Then(unit, offset) => Expression::In(Base::Then(unit, offset).into()),
            Fixed::SoFar(unit) => Expression::In(Stretch::from(Base::Now(unit, 0)).part(Part::SoFar)),
            Fixed::Rest(unit) => Expression::In(Stretch::from(Base::Now(unit, 0)).part(Part::Rest)),
            Fixed::End(unit) => Expression::In(Stretch::from(Base::Now(unit, 0)).part(Part::Late)),
            Fixed::SinceThen(unit) => Expression::Since(Base::Then(unit, 0).into()),
            Fixed::ToDate(unit) => Expression::Past(Length { count: None, unit }),
            Fixed::Past(unit) => Expression::Past(Length { count: Some(1), unit }),
            Fixed::Day(day, month) => Expression::In(Base::Day { day, month: Some(month), year: Year::Nearest }.into()),
            Fixed::Soon(unit) => Expression::Coming(Length { count: None, unit }),
        }
    }
}

impl Calendar {
    /// The calendar of a language, by its tag (`fr`, `en-GB`); `None` where there is no pack.
    pub fn of(language: &str) -> Option<&'static Calendar> {
        static FRENCH: LazyLock<Calendar> =
            LazyLock::new(|| Calendar::built_in(include_str!("../../data/fr/time.toml"), &french::GRAMMAR));
        static ENGLISH: LazyLock<Calendar> =
            LazyLock::new(|| Calendar::built_in(include_str!("../../data/en/time.toml"), &english::GRAMMAR));
        match language.split(['-', '_']).next()? {
            "fr" => Some(&FRENCH),
            "en" => Some(&ENGLISH),
            _ => None,
        }
    }

    fn built_in(pack: &str, grammar: &'static find::Grammar) -> Calendar {
        let pack = toml::from_str(pack).unwrap_or_else(|error| unreachable!("a pack that is compiled in: {error}"));
        Calendar::new(pack, grammar)
    }

    fn new(pack: Pack, grammar: &'static find::Grammar) -> Calendar {
        let weekday = |n: i8| {
            Weekday::from_monday_one_offset(n).unwrap_or_else(|_| unreachable!("a pack counts weekdays from 1 to 7"))
        };
        let number =
            |units: BTreeMap<String, Unit>, number| units.into_iter().map(move |(word, u)| (word, (u, number)));
        let units = number(pack.units.singular, Number::Singular)
            .chain(number(pack.units.plural, Number::Plural))
            .chain(number(pack.units.either, Number::Either));
        let mut learnt = Words::default();
        let words = &mut learnt;
        let mut calendar = Calendar {
            grammar,
            months: Phrases::new(words, pack.months),
            short_months: Phrases::new(words, pack.short_months),
            weekdays: Phrases::new(words, pack.weekdays.into_iter().map(|(word, n)| (word, weekday(n)))),
            short_weekdays: Phrases::new(words, pack.short_weekdays.into_iter().map(|(word, n)| (word, weekday(n)))),
            seasons: Phrases::new(words, pack.seasons),
            units: Phrases::new(words, units),
            cardinals: Phrases::new(words, pack.cardinals),
            ordinals: Phrases::new(words, pack.ordinals),
            ordinal_suffixes: pack.ordinal_suffixes,
            period_letters: pack.period_letters,
            parts: Phrases::new(words, pack.parts),
            turns: Phrases::new(words, pack.turns),
            fixed: Phrases::new(words, pack.fixed.into_iter().map(|(phrase, fixed)| (phrase, fixed.expression()))),
            roles: roles(words, pack.words),
            makers: Phrases::default(),
            words: Words::default(),
            begins: Vec::new(),
        };
        calendar.words = learnt;
        calendar.makers = Phrases::joined(calendar.times().chain(calendar.aftermath()));
        let mut begins = vec![Begins::default(); calendar.words.count()];
        for (role, phrases) in (0..).zip(&calendar.roles) {
            for word in phrases.phrases().map(|phrase| phrase[0]) {
                begins[word.index()].roles |= 1 << role;
            }
            for word in phrases.phrases().flatten().filter(|_| Role::LINKING & 1 << role != 0) {
                begins[word.index()].links = true;
            }
        }
        for word in calendar.numbers().flatten() {
            begins[word.index()].links = true;
        }
        for word in calendar.numbers().chain(calendar.times()).map(|phrase| phrase[0]) {
            begins[word.index()].expression = true;
        }
        for word in calendar.makers.phrases().map(|phrase| phrase[0]) {
            begins[word.index()].makes = true;
        }
        calendar.begins = begins;
        calendar
    }

    /// The phrases of a role, where one of them begins with the word.
    pub(super) fn role(&self, role: Role, first: Word) -> Option<&Phrases<()>> {
        let begins = self.begins[first.index()].roles & role.bit() != 0;
        if begins { self.roles.get(role.index()) } else { None }
    }

    /// The number of a folded word; numerals and marks have none.
    pub(crate) fn word(&self, kind: TokenKind, folded: &str) -> Word {
        match kind {
            TokenKind::Word => self.words.number(folded),
            TokenKind::Number | TokenKind::Mixed | TokenKind::Mark => Word::OTHER,
        }
    }

    /// The number of the word of a token.
    pub(super) fn word_at(&self, tokens: &Tokens, at: usize) -> Word {
        tokens.time_word(at).unwrap_or_else(|| self.word(tokens.kind(at), tokens.folded(at)))
    }

    /// Whether an expression may begin with the word, as a word of time.
    pub(super) fn opens(&self, word: Word) -> bool {
        self.begins[word.index()].expression
    }

    /// Whether an expression may begin with the word, as a function word: it says nothing without what is behind it.
    pub(super) fn leads(&self, word: Word) -> bool {
        self.begins[word.index()].roles & Role::LEADING != 0
    }

    /// Whether some words begin with a phrase that makes a time.
    pub(super) fn is_time(&self, words: &[Word]) -> bool {
        let may = |word: &Word| self.begins[word.index()].makes;
        words.first().is_some_and(may) && self.makers.read(words).is_some()
    }

    /// Whether an expression may have the word before what makes it a time.
    pub(super) fn links(&self, word: Word) -> bool {
        self.begins[word.index()].links
    }

    /// Whether `since` begins with the word, or another that takes up an event: unknown words may follow.
    pub(super) fn is_since(&self, word: Word) -> bool {
        self.begins[word.index()].roles & Role::Since.bit() != 0
    }

    /// The phrases that are numbers.
    fn numbers(&self) -> impl Iterator<Item = &[Word]> {
        self.cardinals.phrases().chain(self.ordinals.phrases())
    }

    /// The phrases that are words of time, by themselves or with others.
    fn times(&self) -> impl Iterator<Item = &[Word]> {
        (self.units.phrases().chain(self.months.phrases()).chain(self.short_months.phrases()))
            .chain(self.weekdays.phrases())
            .chain(self.short_weekdays.phrases())
            .chain(self.seasons.phrases())
            .chain(self.parts.phrases())
            .chain(self.turns.phrases())
            .chain(self.fixed.phrases())
    }

    /// The phrases of the one role that is a time without any word of the tables.
    fn aftermath(&self) -> impl Iterator<Item = &[Word]> {
        self.roles.get(Role::Aftermath.index()).into_iter().flat_map(Phrases::phrases)
    }
}

/// By role, its phrases.
fn roles(words: &mut Words, pack: BTreeMap<Role, Vec<String>>) -> Vec<Phrases<()>> {
    let mut roles = Vec::new();
    for (role, phrases) in pack {
        roles.resize_with(roles.len().max(role.index() + 1), Phrases::default);
        roles[role.index()] = Phrases::new(words, phrases.into_iter().map(|phrase| (phrase, ())));
    }
    roles
}

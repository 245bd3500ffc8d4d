//! The vocabulary of time of one language, read once from its data pack.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::Weekday;
use serde::Deserialize;

use super::expression::{Base, Expression, Length, Part, Stretch, Unit, Year};
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
    pub(super) parts: Phrases<Part>,
    pub(super) turns: Phrases<Turn>,
    pub(super) fixed: Phrases<Expression>,
    words: BTreeMap<Role, Phrases<()>>,
    starts: BTreeSet<String>,
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

/// What a function word does in the grammar. The pack lists the words of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Role {
    /// `depuis`, `since`.
    Since,
    /// `à partir de`, `starting`.
    From,
    /// `jusqu’à`, `by`.
    Until,
    /// `d’ici`.
    Ahead,
    /// `avant`, `before`.
    Before,
    /// `après`, `after`.
    After,
    /// Prepositions that make a month or a year a time: `en`, `in`, `au cours de`.
    In,
    /// `on`: before days only.
    On,
    /// `entre`, `between`.
    Between,
    /// Between the two of `entre`, and of a list.
    And,
    /// The first of a range: `de`, `from`.
    Of,
    /// Between the two of a range: `à`, `to`.
    To,
    /// Between a part and its whole: `du mois de`, `of`.
    Genitive,
    /// Articles, alone or with the preposition that carries no more than they do: `le`, `à la`.
    The,
    /// `ce`, `this`.
    This,
    /// After the noun of `ce`: `-ci`.
    Here,
    /// After the noun of `ce`: `-là`. English: `that`.
    There,
    /// `même`, `same`.
    Same,
    /// `dernier`, `past`: before or after a count.
    Past,
    /// `derniers`: several without a count. English: `recent`.
    Recent,
    /// `prochains`, `coming`: several to come.
    Coming,
    /// `dans` three days: a point ahead.
    Point,
    /// `en` three days, `within`: in the course of.
    Within,
    /// `pendant` three days, `for`.
    Spell,
    /// `il y a`, `ago`.
    Ago,
    /// `plus tôt`, `earlier`.
    Earlier,
    /// `plus tard`, `later`.
    Later,
    /// Counts that say no number: `quelques`, `several`.
    Few,
    /// Before a count: `plus de`, `nearly`.
    About,
    /// `et demi`, `and a half`.
    AndHalf,
    /// Times of the day: `matin`, `au soir`.
    DayPart,
    /// `tôt`, `late`: before a day.
    DayEdge,
    /// `la nuit de`, `the night of`.
    NightOf,
    /// `nuit`, `night`: after a day.
    Night,
    /// `au lendemain de`, `a day after`.
    Aftermath,
    /// `année` before its number.
    YearWord,
    /// `années` before a decade.
    DecadeWord,
    /// `mois de`.
    MonthOf,
    /// What may stand before a month without number, year or turn.
    BeforeMonth,
    /// What makes a unit or weekday no date when it stands before: `chaque`, `every`.
    Every,
    /// Before `été` these make it a participle.
    Auxiliary,
    /// Words that may follow a day without month (`le 3 à`), and no counted noun.
    AfterDay,
    /// Words that carry a date as a name: `rue`, `Mouvement`; before it in French, behind it in English.
    Named,
    /// What behind a month, weekday or season makes it a name: `noir`, `arabe`.
    Epithet,
    /// Words behind which four digits are a year: `en`, `early`.
    YearLead,
    /// `overnight into`.
    NightInto,
    /// What may follow `the day before` where nothing depends on it.
    AfterPhrase,
    /// Nouns of events that date what follows: `depuis le coup d’État de février 2021`.
    Event,
    /// The second half, the first fortnight: `moitié`, `half`.
    HalfOf,
    /// Words after which an hour is the clock: `sur`.
    ClockAfter,
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
        let number = |units: BTreeMap<String, Unit>, number| units.into_iter().map(move |(word, u)| (word, (u, number)));
        let units = number(pack.units.singular, Number::Singular)
            .chain(number(pack.units.plural, Number::Plural))
            .chain(number(pack.units.either, Number::Either));
        let mut calendar = Calendar {
            grammar,
            months: Phrases::new(pack.months),
            short_months: Phrases::new(pack.short_months),
            weekdays: Phrases::new(pack.weekdays.into_iter().map(|(word, n)| (word, weekday(n)))),
            short_weekdays: Phrases::new(pack.short_weekdays.into_iter().map(|(word, n)| (word, weekday(n)))),
            seasons: Phrases::new(pack.seasons),
            units: Phrases::new(units),
            cardinals: Phrases::new(pack.cardinals),
            ordinals: Phrases::new(pack.ordinals),
            ordinal_suffixes: pack.ordinal_suffixes,
            parts: Phrases::new(pack.parts),
            turns: Phrases::new(pack.turns),
            fixed: Phrases::new(pack.fixed.into_iter().map(|(phrase, fixed)| (phrase, fixed.expression()))),
            words: pack
                .words
                .into_iter()
                .map(|(role, words)| (role, Phrases::new(words.into_iter().map(|word| (word, ())))))
                .collect(),
            starts: BTreeSet::new(),
        };
        calendar.starts = calendar.first_words();
        calendar
    }

    /// The phrases of a role.
    pub(super) fn role(&self, role: Role) -> Option<&Phrases<()>> {
        self.words.get(&role)
    }

    /// Whether an expression can begin with the token: most cannot, and cost one look-up.
    pub(super) fn may_start(&self, tokens: &Tokens, at: usize) -> bool {
        match tokens.kind(at) {
            TokenKind::Number | TokenKind::Mixed => true,
            TokenKind::Mark => false,
            TokenKind::Word => self.starts.contains(tokens.folded(at)),
        }
    }

    fn first_words(&self) -> BTreeSet<String> {
        const LEADING: [Role; 27] = [
            Role::Since,
            Role::From,
            Role::Until,
            Role::Ahead,
            Role::Before,
            Role::After,
            Role::In,
            Role::On,
            Role::Between,
            Role::Of,
            Role::The,
            Role::This,
            Role::There,
            Role::Past,
            Role::Recent,
            Role::Coming,
            Role::Point,
            Role::Within,
            Role::Spell,
            Role::Ago,
            Role::Few,
            Role::About,
            Role::DayEdge,
            Role::NightOf,
            Role::NightInto,
            Role::Aftermath,
            Role::YearWord,
        ];
        let tables: [&mut dyn Iterator<Item = &String>; 10] = [
            &mut self.months.first_words(),
            &mut self.short_months.first_words(),
            &mut self.weekdays.first_words(),
            &mut self.short_weekdays.first_words(),
            &mut self.seasons.first_words(),
            &mut self.cardinals.first_words(),
            &mut self.ordinals.first_words(),
            &mut self.parts.first_words(),
            &mut self.turns.first_words(),
            &mut self.fixed.first_words(),
        ];
        let words = LEADING.iter().filter_map(|role| self.words.get(role)).flat_map(Phrases::first_words);
        tables.into_iter().flatten().chain(words).cloned().collect()
    }
}

/// Phrases of one class, each with what it says; the longest that fits is read.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    /// By first word; the longest first.
    by_first: BTreeMap<String, Vec<(Vec<String>, T)>>,
}

impl<T: Copy> Phrases<T> {
    fn new(phrases: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut by_first: BTreeMap<String, Vec<(Vec<String>, T)>> = BTreeMap::new();
        for (phrase, value) in phrases {
            let tokens = Tokens::new(&phrase);
            let mut words = (0..tokens.len()).map(|i| tokens.folded(i).to_owned());
            if let Some(first) = words.next() {
                by_first.entry(first).or_default().push((words.collect(), value));
            }
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        }
        Phrases { by_first }
    }

    /// What the longest phrase from `at` on says, and the token after it; nothing past `end` is read.
    pub(super) fn read(&self, tokens: &Tokens, at: usize, end: usize) -> Option<(T, usize)> {
        if at >= end {
            return None;
        }
        let phrases = self.by_first.get(tokens.folded(at))?;
        phrases.iter().find_map(|(rest, value)| {
            let next = at + 1 + rest.len();
            let fits = next <= end && rest.iter().enumerate().all(|(k, word)| tokens.folded(at + 1 + k) == word);
            fits.then_some((*value, next))
        })
    }

    fn first_words(&self) -> impl Iterator<Item = &String> {
        self.by_first.keys()
    }
}

//! What function words do in the grammar of time.

use serde::Deserialize;

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
    /// Nouns of events that date what follows: `depuis le coup d’État de juillet 2023`.
    Event,
    /// `premiers` three months.
    First,
    /// The second half, the first fortnight: `moitié`, `half`.
    HalfOf,
    /// Words after which an hour is the clock: `sur`.
    ClockAfter,
}

impl Role {
    /// What an expression may have before the word or numeral that makes it a time: one bit a role. The others stand
    /// behind that, or are only looked at; words behind `since` are looked through one by one.
    pub(super) const LINKING: u64 = bits(&[
        Role::From,
        Role::Until,
        Role::Ahead,
        Role::Before,
        Role::After,
        Role::In,
        Role::On,
        Role::Between,
        Role::And,
        Role::Of,
        Role::Genitive,
        Role::The,
        Role::This,
        Role::There,
        Role::Same,
        Role::Past,
        Role::Recent,
        Role::Coming,
        Role::Point,
        Role::Within,
        Role::Spell,
        Role::Ago,
        Role::Few,
        Role::About,
        Role::AndHalf,
        Role::DayEdge,
        Role::NightOf,
        Role::NightInto,
        Role::YearWord,
        Role::DecadeWord,
        Role::MonthOf,
        Role::First,
        Role::HalfOf,
    ]);

    /// What an expression may begin with, besides the words of the tables: one bit a role.
    pub(super) const LEADING: u64 = bits(&[
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
        Role::MonthOf,
        Role::DecadeWord,
        Role::Same,
    ]);

    /// Its place in a table of all roles.
    pub(super) const fn index(self) -> usize {
        self as usize
    }

    /// The bit that stands for the role.
    pub(super) const fn bit(self) -> u64 {
        1 << self.index()
    }
}

const fn bits(roles: &[Role]) -> u64 {
    let mut bits = 0;
    let mut i = 0;
    while i < roles.len() {
        bits |= roles[i].bit();
        i += 1;
    }
    bits
}

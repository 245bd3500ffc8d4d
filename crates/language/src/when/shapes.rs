//! The shapes that the languages share: prepositions, ranges, lengths, windows.

use super::calendar::Number;
use super::cursor::{At, Read};
use super::expression::{Base, Expression, Length, Part, Stretch, Unit, Year};
use super::find::Stand;
use super::role::Role;

/// How many words may stand between `since` and the date of the event: `depuis le début de la guerre en avril 2023`.
const EVENT_WORDS: usize = 8;

/// How many days are listed before their month; a table of numbers goes on for ever.
pub(super) const LISTED_DAYS: usize = 8;

fn governed<'a>(at: At<'a>, role: Role, of: fn(Stretch) -> Expression) -> Read<'a, Expression> {
    let (stretch, at) = at.has(role)?.stretch(Stand::Governed)?;
    Some((of(stretch), at))
}

/// `en octobre`, `during the first quarter`; `in this week’s battle` leaves its preposition to the battle.
pub(super) fn within_stretch(at: At<'_>) -> Read<'_, Expression> {
    governed(at, Role::In, Expression::In).filter(|(_, at)| !at.is_at_possessive())
}

/// `depuis août dernier`, `since the coup in 2021`, `depuis deux ans`.
pub(super) fn since(at: At<'_>) -> Read<'_, Expression> {
    let at = at.has(Role::Since)?;
    if let Some((length, at)) = at.length() {
        return Some((Expression::Lasting(length), at));
    }
    let (stretch, at) = at.stretch(Stand::Governed).or_else(|| event(at))?;
    Some((Expression::Since(stretch), at))
}

/// The date of the event that is named first.
fn event(at: At<'_>) -> Read<'_, Stretch> {
    let mut named = false;
    for k in 0..EVENT_WORDS {
        let at = at.skip(k);
        if at.is_at_mark() {
            return None;
        }
        named |= at.has(Role::Event).is_some();
        // `the October 7 attacks` has its date before the event.
        let dated =
            |(stretch, at): &(Stretch, At)| stretch.is_dated() && (named || k <= 1 && at.has(Role::Event).is_some());
        let governing = at.has(Role::In).or_else(|| at.has(Role::Genitive)).unwrap_or(at);
        if let Some(read) = governing.stretch(Stand::Governed).filter(dated) {
            return Some(read);
        }
    }
    None
}

/// `à partir de lundi`, `starting Monday`. Not with a unit, of which `from last year` is a comparison, and not the
/// first half of a range that could not be read.
pub(super) fn from(at: At<'_>) -> Read<'_, Expression> {
    let (stretch, at) = at.has(Role::From)?.stretch(Stand::Governed)?;
    let is_point = stretch.is_dated() || matches!(stretch.base, Base::Weekday(..));
    (is_point && at.has(Role::To).is_none()).then_some((Expression::From(stretch), at))
}

/// `jusqu’à mardi`, `by March`.
pub(super) fn until(at: At<'_>) -> Read<'_, Expression> {
    governed(at, Role::Until, Expression::Until)
}

/// `d’ici mars`, `d’ici trois mois`.
pub(super) fn ahead(at: At<'_>) -> Read<'_, Expression> {
    let at = at.has(Role::Ahead)?;
    if let Some((length, at)) = at.length() {
        return Some((Expression::Coming(length), at));
    }
    let (stretch, at) = at.stretch(Stand::Governed)?;
    Some((Expression::Ahead(stretch), at))
}

/// `avant le 3 mars`.
pub(super) fn before(at: At<'_>) -> Read<'_, Expression> {
    governed(at, Role::Before, Expression::Before).filter(|(_, at)| !at.is_at_possessive())
}

/// `after 3 March`; `after Tuesday’s strike` is not after Tuesday.
pub(super) fn after(at: At<'_>) -> Read<'_, Expression> {
    governed(at, Role::After, Expression::After).filter(|(_, at)| !at.is_at_possessive())
}

/// `entre janvier et février 2025`.
pub(super) fn between(at: At<'_>) -> Read<'_, Expression> {
    let at = at.has(Role::Between)?;
    pair(at, Role::And)
}

/// `de lundi à mercredi`, `from 2014 to 2022`.
pub(super) fn range(at: At<'_>) -> Read<'_, Expression> {
    let at = at.has(Role::Of)?;
    pair(at, Role::To)
}

/// `janvier-mars 2025`, `2014-2022`.
pub(super) fn dashed(at: At<'_>) -> Read<'_, Expression> {
    let at = at.maybe(Role::In);
    let (first, at) = match at.month() {
        Some((month, at)) => (Base::Months { first: month, count: 1, year: Year::Nearest }, at),
        None => at.year().map(|(year, at)| (year_of(year), at))?,
    };
    let at = if at.is_tied() { at } else { at.dash()? };
    let (second, at) = at.stretch(Stand::Governed)?;
    let alike = match (first, second.base) {
        (Base::Months { count: a, .. }, Base::Months { count: b, .. }) => a == b,
        _ => false,
    };
    (alike && at.ends_number()).then_some((Expression::Between(first.into(), second), at))
}

/// `samedi et dimanche`, `en mars et avril 2024`: what follows one another; others of a list are read one by one.
pub(super) fn consecutive(at: At<'_>) -> Read<'_, Expression> {
    let (at, stand) = at.has(Role::In).map_or((at, Stand::Alone), |at| (at, Stand::Governed));
    let (first, at) = at.stretch(stand)?;
    let at = at.has(Role::And).or_else(|| at.is_tied().then_some(at)).or_else(|| at.dash())?;
    let (second, at) = at.stretch(stand)?;
    let consecutive = match (first.base, second.base) {
        (Base::Weekday(a, Year::Nearest), Base::Weekday(b, Year::Nearest)) => a.next() == b,
        (Base::Months { first: a, count: 1, year: Year::Nearest }, Base::Months { first: b, count: 1, .. }) => {
            a % 12 + 1 == b
        }
        _ => false,
    };
    // `fin janvier-début février`.
    let parts = first.part == Part::Late && second.part == Part::Early && first.is_dated() && second.is_dated();
    (consecutive || parts).then_some((Expression::Between(first, second), at))
}

/// So many months from the beginning of a year: `mois de 2024`, `months of the year`.
pub(super) fn months_of_year(count: u16, at: At<'_>) -> Read<'_, Stretch> {
    let count = i8::try_from(count).ok().filter(|count| (1..=12).contains(count))?;
    let (_, at) = at.units().filter(|(unit, _)| *unit == Unit::Month)?;
    let at = at.has(Role::Genitive)?;
    let whole = at.stretch(Stand::Governed).and_then(|(stretch, at)| match stretch.base {
        Base::Months { first: 1, count: 12, year } => Some((year, at)),
        Base::Now(Unit::Year, offset) => Some((Year::Now(offset), at)),
        Base::Then(Unit::Year, offset) => Some((Year::Then(offset), at)),
        _ => None,
    });
    let this_year = || {
        let (_, at) = at.maybe(Role::The).one_unit().filter(|(unit, _)| *unit == Unit::Year)?;
        Some((Year::Now(0), at))
    };
    let (year, at) = whole.or_else(this_year)?;
    Some((Base::Months { first: 1, count, year }.into(), at))
}

fn pair(at: At<'_>, link: Role) -> Read<'_, Expression> {
    let whole = at.stretch(Stand::Governed).and_then(|first| second_of(first, link));
    let number = || second_of(at.day_number()?, link).filter(|((_, b), _)| matches!(b.base, Base::Day { .. }));
    let ((first, second), at) = whole.or_else(number)?;
    let numbers = is_year(first) && is_year(second);
    (!numbers || at.ends_number()).then_some((Expression::Between(first, second), at))
}

fn second_of<'a>((first, at): (Stretch, At<'a>), link: Role) -> Read<'a, (Stretch, Stretch)> {
    let (second, at) = at.has(link)?.stretch(Stand::Governed)?;
    Some(((first, second), at))
}

fn is_year(stretch: Stretch) -> bool {
    matches!(stretch.base, Base::Months { count: 12, year: Year::Said(_), .. })
}

/// A year by its number.
pub(super) fn year_of(year: i16) -> Base {
    Base::Months { first: 1, count: 12, year: Year::Said(year) }
}

/// A bare year: only where something before it makes four digits a year.
pub(super) fn year(at: At<'_>, stand: Stand) -> Read<'_, Stretch> {
    let worded = at.maybe(Role::The).has(Role::YearWord).and_then(At::year);
    let bare = || {
        let (year, behind) = at.year().filter(|_| stand == Stand::Governed)?;
        let sure = at.follows(Role::YearLead);
        (sure || behind.ends_number()).then_some((year, behind))
    };
    let (year, at) = worded.or_else(bare)?;
    Some((year_of(year).into(), at))
}

/// `2024-12-14`.
pub(super) fn iso(at: At<'_>, _: Stand) -> Read<'_, Stretch> {
    let (year, at) = at.year()?;
    let (month, at) = at.mark('-')?.digits()?;
    let (day, at) = at.mark('-')?.day()?;
    date(day, month, year, at)
}

/// The numbers of `14/12/2024`, `14.12.2024`, `14-12-2024`, `14/12/24`, as they stand.
pub(super) fn numbers(at: At<'_>) -> Read<'_, (i8, i8, i16)> {
    if let Some((first, second, behind)) = at.decimal() {
        let (year, behind) = behind.mark('.')?.year()?;
        return Some(((first, i8::try_from(second).ok()?, year), behind));
    }
    let (first, at) = at.day()?;
    ['/', '-'].into_iter().find_map(|mark| {
        let (second, at) = at.mark(mark)?.day()?;
        let at = at.mark(mark)?;
        let (year, at) = at.year().or_else(|| at.short_year().filter(|_| mark == '/'))?;
        Some(((first, second, year), at))
    })
}

/// `T1 2024`, `Q3 2024`; without its year only behind a preposition of time.
pub(super) fn period<'a>(at: At<'a>, stand: Stand, tail: fn(At<'a>) -> Read<'a, Year>) -> Read<'a, Stretch> {
    let ((first, count), behind) = at.maybe(Role::The).period()?;
    let alone = || (stand == Stand::Governed && behind.ends_number()).then_some((Year::Nearest, behind));
    let (year, behind) = tail(behind).or_else(alone)?;
    Some((Base::Months { first, count, year }.into(), behind))
}

/// The days of `3, 4 et 5 mars` before the last: the first of them, and the place before the last.
pub(super) fn listed_days<'a>(at: At<'a>, link: fn(At<'a>) -> Option<At<'a>>) -> Read<'a, Stretch> {
    let (first, mut at) = at.day_number()?;
    for _ in 0..LISTED_DAYS {
        if let Some(at) = link(at) {
            return Some((first, at));
        }
        at = at.mark(',')?.maybe(Role::The).day_number()?.1;
    }
    None
}

/// A date in numbers; nothing where there is no such month.
pub(super) fn date(day: i8, month: u16, year: i16, at: At<'_>) -> Read<'_, Stretch> {
    let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
    Some((Base::Day { day, month: Some(month), year: Year::Said(year) }.into(), at))
}

/// `en une semaine`, `within three days`; `in a weekend strike` says no length.
pub(super) fn within(at: At<'_>) -> Read<'_, Expression> {
    let (length, at) = at.has(Role::Within)?.length()?;
    let attribute = matches!(length.unit, Unit::Night | Unit::Weekend) && at.is_at_noun();
    (!attribute).then_some((Expression::Within(length), at))
}

/// `pendant deux jours`, `for weeks`.
pub(super) fn spell(at: At<'_>) -> Read<'_, Expression> {
    let at = at.has(Role::Spell)?;
    let many = || {
        at.units().map(|(unit, at)| (Length { count: None, unit }, at)).filter(|(length, _)| length.unit != Unit::Hour)
    };
    let (length, at) = at.length().or_else(many)?;
    Some((Expression::Spell(length), at))
}

/// `après deux jours de combats`.
pub(super) fn ended(at: At<'_>) -> Read<'_, Expression> {
    let (length, at) = at.has(Role::After)?.length()?;
    at.has(Role::Genitive)?;
    Some((Expression::Ended(length), at))
}

/// `trois jours plus tôt`, `two weeks later`; `two days before the attack` depends on what is not known here.
pub(super) fn shifted(at: At<'_>) -> Read<'_, Expression> {
    let (length, at) = at.length()?;
    let earlier = at.has(Role::Earlier).map(|at| (Expression::Earlier(length), at));
    let (expression, at) = earlier.or_else(|| Some((Expression::Later(length), at.has(Role::Later)?)))?;
    let depends = (at.follows(Role::Before) || at.follows(Role::After)) && !at.is_at_mark();
    (!depends).then_some((expression, at))
}

/// `ces derniers mois`, `au cours des deux derniers jours`, `in the past ten days`, `over the past week`.
pub(super) fn recent(at: At<'_>) -> Read<'_, Expression> {
    let (Window { length, many, hours }, at) = window(at, |at| match at.has(Role::Recent) {
        Some(at) => Some((true, at)),
        None => Some((false, at.has(Role::Past)?)),
    })?;
    let full_days = many && !hours && length.unit == Unit::Day && length.count.is_some();
    Some((if full_days { Expression::Last(length) } else { Expression::Past(length) }, at))
}

/// `dans les prochains jours`, `over the next two weeks`, `dans les semaines à venir`.
pub(super) fn coming(at: At<'_>) -> Read<'_, Expression> {
    if let Some((window, at)) = window(at, |at| Some((true, at.has(Role::Coming)?))) {
        return Some((Expression::Coming(window.length), at));
    }
    let (unit, at) = at.window_lead().unwrap_or(at).has(Role::The)?.units()?;
    Some((Expression::Coming(Length { count: None, unit }), at.has(Role::Coming)?))
}

struct Window {
    length: Length,
    /// Whether the qualifier is one of several: `derniers`, not `dernier`.
    many: bool,
    /// Whether the days were said as hours.
    hours: bool,
}

/// A unit that a word such as `derniers` ties to the publication, with a count before or behind that word.
fn window(at: At<'_>, qualifier: for<'b> fn(At<'b>) -> Read<'b, bool>) -> Read<'_, Window> {
    let led = at.window_lead();
    let inner = led.unwrap_or(at);
    let these = inner.has(Role::This);
    let determined = inner.has(Role::The).or(these);
    let (before, at) = determined.or(led)?.count();
    let (many, at) = qualifier(at)?;
    if let Some((length, at)) = at.hours() {
        return Some((Window { length, many, hours: true }, at));
    }
    let (behind, at) = at.count();
    let ((unit, number), at) = at.unit()?;
    let plural = number == Number::Plural || many && number == Number::Either;
    let count = match before.or(behind) {
        Some(count) => count,
        // `les derniers jours du régime` are of the régime and not of the publication.
        None if these.is_none() && at.has(Role::Genitive).is_some() => return None,
        None if plural => None,
        None if (determined.is_some() || !many) && !matches!(unit, Unit::Day | Unit::Night | Unit::Weekend) => Some(1),
        None => return None,
    };
    let (length, at) = at.in_days(Length { count, unit })?;
    Some((Window { length, many, hours: unit == Unit::Hour }, at))
}

//! English: `December 16, 2024`, `last week`, `in late November`, `the night of 14 December`.

use super::calendar::Turn;
use super::cursor::{At, Read};
use super::expression::{Base, Expression, Part, Stretch, Unit, Year};
use super::find::{Grammar, Rule, Shape, Stand};
use super::role::Role;
use super::shapes;

pub(super) static GRAMMAR: Grammar = Grammar {
    capitals: true,
    expressions: &[
        Rule { name: "en/fixed", read: fixed },
        Rule { name: "en/since", read: shapes::since },
        Rule { name: "en/from", read: shapes::from },
        Rule { name: "en/until", read: shapes::until },
        Rule { name: "en/before", read: shapes::before },
        Rule { name: "en/after", read: shapes::after },
        Rule { name: "en/between", read: shapes::between },
        Rule { name: "en/range", read: shapes::range },
        Rule { name: "en/dashed", read: shapes::dashed },
        Rule { name: "en/consecutive", read: shapes::consecutive },
        Rule { name: "en/days", read: days },
        Rule { name: "en/night", read: night },
        Rule { name: "en/ago", read: ago },
        Rule { name: "en/shifted", read: shapes::shifted },
        Rule { name: "en/recent", read: shapes::recent },
        Rule { name: "en/coming", read: shapes::coming },
        Rule { name: "en/within", read: shapes::within },
        Rule { name: "en/spell", read: shapes::spell },
        Rule { name: "en/ended", read: shapes::ended },
        Rule { name: "en/aftermath", read: aftermath },
        Rule { name: "en/in", read: shapes::within_stretch },
    ],
    stretches: &[
        Shape { name: "en/day", read: day },
        Shape { name: "en/day-number", read: day_number },
        Shape { name: "en/numeric-date", read: numeric_date },
        Shape { name: "en/iso-date", read: shapes::iso },
        Shape { name: "en/part", read: part },
        Shape { name: "en/nth", read: nth },
        Shape { name: "en/quarter", read: quarter },
        Shape { name: "en/period", read: period },
        Shape { name: "en/first-months", read: first_months },
        Shape { name: "en/month", read: month },
        Shape { name: "en/season", read: season },
        Shape { name: "en/unit", read: unit },
        Shape { name: "en/weekday", read: weekday },
        Shape { name: "en/fixed", read: fixed_stretch },
        Shape { name: "en/year", read: shapes::year },
        Shape { name: "en/decade", read: decade },
    ],
};

/// `December 16, 2024`, `on Tuesday, 16 December`, `the 16th of December`; `March 23 Movement` is a name.
fn day(at: At<'_>, _: Stand) -> Read<'_, Stretch> {
    let inner = at.maybe(Role::On);
    let inner = inner.has(Role::DayEdge).map_or(inner, |at| at.maybe(Role::On));
    let inner = inner.weekday_or_short().map_or(inner, |(_, at)| at.maybe_mark(','));
    let ((day, month), behind) = day_first(inner).or_else(|| month_first(inner).filter(|_| !at.follows(Role::In)))?;
    if behind.has(Role::Named).is_some() {
        return None;
    }
    let tail = tail(behind).or_else(|| {
        let (year, at) = behind.mark(',').or_else(|| behind.behind_short_month())?.year()?;
        Some((Year::Said(year), at))
    });
    let (year, behind) = tail.unwrap_or((Year::Nearest, behind));
    Some((Base::Day { day, month: Some(month), year }.into(), behind))
}

fn day_first(at: At<'_>) -> Read<'_, (i8, i8)> {
    let the = at.maybe(Role::The);
    let worded = || the.ordinal().filter(|(_, at)| at.has(Role::Genitive).is_some());
    let (day, at) = the.day().or_else(worded)?;
    let (month, at) = at.maybe(Role::Genitive).month_or_short()?;
    Some(((day, month), at))
}

/// `In March 12 soldiers` names no day: the caller looks at what stands before.
fn month_first(at: At<'_>) -> Read<'_, (i8, i8)> {
    let (month, at) = at.month_or_short()?;
    let (day, at) = at.behind_short_month().unwrap_or(at).maybe(Role::The).day()?;
    Some(((day, month), at))
}

/// `on the 3rd`: what follows shows that the number counts nothing.
fn day_number(at: At<'_>, _: Stand) -> Read<'_, Stretch> {
    let (day, at) = at.has(Role::On)?.has(Role::The)?.ordinal_digits().filter(|(day, _)| (1..=31).contains(day))?;
    at.ends_number().then_some((Base::Day { day, month: None, year: Year::Nearest }.into(), at))
}

/// `14/12/2024`, `14-12-2024`, `14.12.2024`, in either order where only one is a date.
fn numeric_date(at: At<'_>, _: Stand) -> Read<'_, Stretch> {
    let ((first, second, year), at) = shapes::numbers(at.maybe(Role::On))?;
    let (day, month) = match (first, second) {
        (day, month @ ..=12) if day > 12 || day == month => (day, month),
        (month @ ..=12, day) if day > 12 => (day, month),
        _ => return None,
    };
    shapes::date(day, u16::try_from(month).ok()?, year, at)
}

/// `December 14-15`, `Dec. 14 and 15, 2024`, `14 to 16 December`.
fn days(at: At<'_>) -> Read<'_, Expression> {
    fn link(at: At<'_>) -> Option<At<'_>> {
        at.has(Role::And).or_else(|| at.has(Role::To)).or_else(|| at.dash())
    }
    let at = at.maybe(Role::On);
    if let Some((first, at)) = shapes::listed_days(at.maybe(Role::The), link) {
        let (second, at) = at.stretch(Stand::Alone)?;
        let dated = matches!(second.base, Base::Day { month: Some(_), .. });
        return dated.then_some((Expression::Between(first, second), at));
    }
    let ((first, month), mut at) = month_first(at)?;
    for _ in 0..shapes::LISTED_DAYS {
        let Some((_, behind)) = at.mark(',').and_then(At::day).filter(|_| link(at).is_none()) else { break };
        at = behind;
    }
    let (second, at) = link(at)?.day()?;
    if !at.ends_number() {
        return None;
    }
    let (year, at) = tail(at.maybe_mark(',')).unwrap_or((Year::Nearest, at));
    let on = |day| Stretch::from(Base::Day { day, month: Some(month), year });
    (first < second).then_some((Expression::Between(on(first), on(second)), at))
}

/// `early March`, `in late November`, `mid-January`, `the end of the year`, `late last year`.
fn part(at: At<'_>, _: Stand) -> Read<'_, Stretch> {
    let lead = at.has(Role::The).unwrap_or(at);
    let (part, at) = lead.part()?;
    let (whole, at) = whole(at.maybe(Role::Genitive))?;
    Some((whole.part(part), at))
}

/// What has a beginning, a middle and an end; `year` alone only with its article.
fn whole(at: At<'_>) -> Read<'_, Stretch> {
    let named = at.stretch(Stand::Governed).filter(|(stretch, _)| {
        let divisible = match stretch.base {
            Base::Months { .. } | Base::Decade(_) => true,
            Base::Now(unit, _) | Base::Then(unit, _) => is_divisible(unit),
            _ => false,
        };
        divisible && stretch.part == Part::Whole
    });
    let bare = || {
        let (unit, at) = at.has(Role::The)?.one_unit().filter(|(unit, _)| is_divisible(*unit))?;
        Some((Base::Now(unit, 0).into(), at))
    };
    named.or_else(bare)
}

fn is_divisible(unit: Unit) -> bool {
    matches!(unit, Unit::Week | Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade)
}

/// `the first week of February`, `the second half of May`, `the last week of January`.
fn nth(at: At<'_>, _: Stand) -> Read<'_, Stretch> {
    let at = at.maybe(Role::The);
    let ordinal = at.ordinal().map(|(ordinal, at)| (Some(ordinal), at));
    let (ordinal, at) = ordinal.or_else(|| Some((None, at.has(Role::Recent)?)))?;
    let (part, at) = match (ordinal, at.has(Role::HalfOf)) {
        (Some(1), Some(at)) => (Part::FirstHalf, at),
        (Some(2), Some(at)) => (Part::SecondHalf, at),
        (_, Some(_)) => return None,
        (ordinal, None) => {
            let (_, at) = at.one_unit().filter(|(unit, _)| *unit == Unit::Week)?;
            (ordinal.map_or(Part::LastWeek, Part::Week), at)
        }
    };
    let (whole, at) = whole(at.has(Role::Genitive)?)?;
    Some((whole.part(part), at))
}

/// `the first quarter`, `the third quarter of 2024`, `first-quarter`.
fn quarter(at: At<'_>, _: Stand) -> Read<'_, Stretch> {
    let (n, at) = at.maybe(Role::The).ordinal().filter(|(n, _)| (1..=4).contains(n))?;
    let (_, at) = at.one_unit().filter(|(unit, _)| *unit == Unit::Quarter)?;
    let (year, at) = tail(at).unwrap_or((Year::Nearest, at));
    Some((Base::Months { first: (n - 1) * 3 + 1, count: 3, year }.into(), at))
}

/// `Q1 2024`, `in H2 of 2024`.
fn period(at: At<'_>, stand: Stand) -> Read<'_, Stretch> {
    shapes::period(at, stand, tail)
}

/// `the first six months of the year`, `the first three months of 2024`.
fn first_months(at: At<'_>, _: Stand) -> Read<'_, Stretch> {
    let (count, at) = at.maybe(Role::The).has(Role::First)?.cardinal()?;
    shapes::months_of_year(count, at)
}

/// `March 2024`, `last August`, `the month of March`; `March` alone only where something else makes it a month.
fn month(at: At<'_>, stand: Stand) -> Read<'_, Stretch> {
    let worded = at.maybe(Role::The).has(Role::MonthOf);
    let turned = at.turn();
    let inner = worded.or(turned.map(|(_, at)| at)).unwrap_or(at);
    let (month, behind) =
        inner.month().or_else(|| inner.month_or_short().filter(|(_, at)| tail_after_dot(*at).is_some()))?;
    if behind.has(Role::Named).is_some() {
        return None;
    }
    // `January, 2024`.
    let behind_comma = || {
        let (year, at) = behind.mark(',')?.year()?;
        at.ends_number().then_some((Year::Said(year), at))
    };
    let tail = tail_after_dot(behind).or_else(behind_comma);
    // `the March offensive`, but not `the March on Rome`.
    let attribute = at.follows(Role::The) && behind.is_at_noun();
    let alone = attribute || at.follows(Role::BeforeMonth) || worded.is_some();
    if tail.is_none() && turned.is_none() && stand == Stand::Alone && !alone {
        return None;
    }
    let turned = turned.map_or(Year::Nearest, |(turn, _)| turn.year());
    let (year, behind) = tail.unwrap_or((turned, behind));
    Some((Base::Months { first: month, count: 1, year }.into(), behind))
}

/// `summer 2024`, `the spring of 2023`, `last winter`, `in the autumn`; `the fall of the town` is none.
fn season(at: At<'_>, stand: Stand) -> Read<'_, Stretch> {
    let turned = at.turn();
    let inner = turned.map_or_else(|| at.maybe(Role::The), |(_, at)| at);
    let (first, behind) = inner.season()?;
    let tail = tail(behind);
    if tail.is_none() && (behind.has(Role::Genitive).is_some() || turned.is_none() && stand == Stand::Alone) {
        return None;
    }
    let turned = turned.map_or(Year::Nearest, |(turn, _)| turn.year());
    let (year, behind) = tail.unwrap_or((turned, behind));
    Some((Base::Months { first, count: 3, year }.into(), behind))
}

/// `last week`, `this year`, `the previous month`, `the week before`, `the same day`, `that week`.
fn unit(at: At<'_>, _: Stand) -> Read<'_, Stretch> {
    if let Some(at) = at.maybe(Role::The).has(Role::Same).or_else(|| at.has(Role::There)) {
        let (unit, at) = at.one_unit()?;
        return Some((Base::Then(unit, 0).into(), at));
    }
    let inner = at.maybe(Role::The);
    let Some((turn, inner)) = inner.turn() else {
        let (unit, behind) = at.has(Role::The)?.one_unit()?;
        let before = behind.has(Role::Before).map(|at| (Turn::Preceding, at));
        let (turn, behind) = before.or_else(|| Some((Turn::Following, behind.has(Role::After)?)))?;
        return ends_phrase(behind).then_some((turn.of(unit).into(), behind));
    };
    let (unit, behind) = inner.one_unit()?;
    let counted_from_now = matches!(turn, Turn::Last | Turn::This | Turn::Next);
    if unit == Unit::Hour || counted_from_now && (unit == Unit::Day || at.has(Role::The).is_some()) {
        return None;
    }
    Some((turn.of(unit).into(), behind))
}

/// `Tuesday`, `on Sunday evening`, `early Monday`, `last Thursday`, `the following Friday`; `every Monday` is a habit.
fn weekday(at: At<'_>, _: Stand) -> Read<'_, Stretch> {
    let inner = at.maybe(Role::On);
    let inner = inner.has(Role::DayEdge).map_or(inner, |at| at.maybe(Role::On));
    let turned = inner.maybe(Role::The).turn();
    let inner = turned.map_or(inner, |(_, at)| at);
    let (weekday, behind) = inner.weekday()?;
    if behind.has(Role::Named).is_some() || at.follows(Role::Every) {
        return None;
    }
    let year = turned.map_or(Year::Nearest, |(turn, _)| turn.year());
    let whole = Stretch::from(Base::Weekday(weekday, year));
    Some(match behind.has(Role::Night) {
        Some(behind) => (whole.part(Part::Night), behind),
        None => (whole, behind.maybe(Role::DayPart)),
    })
}

/// `the 1990s`, `the early 2010s`.
fn decade(at: At<'_>, stand: Stand) -> Read<'_, Stretch> {
    let at = at.has(Role::The).or_else(|| (stand == Stand::Governed).then_some(at))?;
    let year: i16 = at.word().strip_suffix('s')?.parse().ok()?;
    ((1900..2100).contains(&year) && year % 10 == 0).then_some((Base::Decade(year).into(), at.skip(1)))
}

/// `during the night from Monday to Tuesday`, `the night of December 14`, `overnight on Sunday`, `overnight into Tuesday`.
fn night(at: At<'_>) -> Read<'_, Expression> {
    let at = at.maybe(Role::In).maybe(Role::On);
    if let Some((morning, at)) = at.has(Role::NightInto).and_then(|at| at.stretch(Stand::Governed)) {
        return Some((Expression::In(morning.part(Part::NightInto)), at));
    }
    let (evening, at) = at.has(Role::NightOf)?.stretch(Stand::Governed)?;
    let is_day = matches!(evening.base, Base::Day { .. } | Base::Weekday(..) | Base::Now(Unit::Day, _));
    match at.has(Role::To).or_else(|| at.has(Role::And)).and_then(|at| at.stretch(Stand::Governed)) {
        _ if !is_day => None,
        Some((morning, at)) => Some((Expression::Between(evening, morning), at)),
        None => Some((Expression::In(evening.part(Part::Night)), at)),
    }
}

/// `three days ago`.
fn ago(at: At<'_>) -> Read<'_, Expression> {
    let (length, at) = at.length()?;
    Some((Expression::In(Base::Ago(length).into()), at.has(Role::Ago)?))
}

/// `a day after strikes that...`: the day of the strikes, the one before the time mentioned last.
fn aftermath(at: At<'_>) -> Read<'_, Expression> {
    let behind = at.has(Role::Aftermath)?;
    (!ends_phrase(behind)).then_some((Expression::In(Base::Then(Unit::Day, -1).into()), behind))
}

/// `yesterday`, `the next day`, `earlier this month`; `the day before the attack` depends on what is not known here.
fn fixed(at: At<'_>) -> Read<'_, Expression> {
    let (expression, behind) = at.fixed()?;
    let dangling = behind.follows(Role::Before) || behind.follows(Role::After);
    let soon_after =
        matches!(expression, Expression::Coming(_)) && (behind.has(Role::After).or(behind.has(Role::Before))).is_some();
    if dangling && !ends_phrase(behind) || soon_after {
        return None;
    }
    Some((expression, behind.maybe(Role::DayPart)))
}

fn fixed_stretch(at: At<'_>, _: Stand) -> Read<'_, Stretch> {
    match fixed(at)? {
        (Expression::In(stretch), at) => Some((stretch, at)),
        _ => None,
    }
}

/// Whether nothing behind depends on the words before: `the day before, ...`, not `the day before the attack`.
fn ends_phrase(at: At<'_>) -> bool {
    at.is_at_mark() || at.has(Role::AfterPhrase).is_some()
}

/// What says the year of a day, month, quarter or season: `2024`, `of 2024`, `last year`, `of the same year`.
fn tail(at: At<'_>) -> Read<'_, Year> {
    let at = at.maybe(Role::Genitive);
    if let Some((year, at)) = at.year() {
        return Some((Year::Said(year), at));
    }
    match unit(at, Stand::Governed)? {
        (Stretch { base: Base::Now(Unit::Year, offset), .. }, at) => Some((Year::Now(offset), at)),
        (Stretch { base: Base::Then(Unit::Year, offset), .. }, at) => Some((Year::Then(offset), at)),
        _ => None,
    }
}

/// The year behind the dot of an abbreviation, or behind a month in full.
fn tail_after_dot(at: At<'_>) -> Read<'_, Year> {
    tail(at).or_else(|| tail(at.behind_short_month()?))
}

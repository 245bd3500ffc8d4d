//! French: `le 14 décembre`, `la semaine dernière`, `à la mi-février`, `dans la nuit de lundi à mardi`.

use super::calendar::Turn;
use super::cursor::{At, Read};
use super::expression::{Base, Expression, Part, Stretch, Unit, Year};
use super::find::{Grammar, Rule, Shape, Stand};
use super::role::Role;
use super::shapes;

pub(super) static GRAMMAR: Grammar = Grammar {
    capitals: false,
    expressions: &[
        Rule { name: "fr/fixed", read: fixed },
        Rule { name: "fr/since", read: shapes::since },
        Rule { name: "fr/from", read: shapes::from },
        Rule { name: "fr/until", read: shapes::until },
        Rule { name: "fr/ahead", read: shapes::ahead },
        Rule { name: "fr/before", read: shapes::before },
        Rule { name: "fr/after", read: shapes::after },
        Rule { name: "fr/between", read: shapes::between },
        Rule { name: "fr/range", read: shapes::range },
        Rule { name: "fr/dashed", read: shapes::dashed },
        Rule { name: "fr/consecutive", read: shapes::consecutive },
        Rule { name: "fr/days", read: days },
        Rule { name: "fr/night", read: night },
        Rule { name: "fr/ago", read: ago },
        Rule { name: "fr/ahead-by", read: ahead_by },
        Rule { name: "fr/shifted", read: shapes::shifted },
        Rule { name: "fr/recent", read: shapes::recent },
        Rule { name: "fr/coming", read: shapes::coming },
        Rule { name: "fr/within", read: shapes::within },
        Rule { name: "fr/spell", read: shapes::spell },
        Rule { name: "fr/ended", read: shapes::ended },
        Rule { name: "fr/aftermath", read: aftermath },
        Rule { name: "fr/in", read: shapes::within_stretch },
    ],
    stretches: &[
        Shape { name: "fr/day", read: day },
        Shape { name: "fr/day-number", read: day_number },
        Shape { name: "fr/numeric-date", read: numeric_date },
        Shape { name: "fr/iso-date", read: shapes::iso },
        Shape { name: "fr/part", read: part },
        Shape { name: "fr/nth", read: nth },
        Shape { name: "fr/quarter", read: quarter },
        Shape { name: "fr/period", read: period },
        Shape { name: "fr/first-months", read: first_months },
        Shape { name: "fr/month", read: month },
        Shape { name: "fr/season", read: season },
        Shape { name: "fr/unit", read: unit },
        Shape { name: "fr/weekday", read: weekday },
        Shape { name: "fr/fixed", read: fixed_stretch },
        Shape { name: "fr/year", read: shapes::year },
        Shape { name: "fr/decade", read: decade },
    ],
};

/// `le 14 décembre`, `mardi 3 mars 2020`, `1er févr. 2021`; no date is the one of `rue du 8 mai 1945`.
fn day(at: At<'_>, _: Stand) -> Read<'_, Stretch> {
    if is_name(at) {
        return None;
    }
    let at = at.has(Role::The).or_else(|| at.has(Role::This)).unwrap_or(at);
    let at = at.weekday_or_short().map_or(at, |(_, at)| at.maybe(Role::The));
    let (day, at) = at.day().or_else(|| worded_day(at))?;
    let (month, at) = at.maybe(Role::MonthOf).month_or_short()?;
    let (year, at) = tail_or_dot(at);
    Some((Base::Day { day, month: Some(month), year }.into(), at.maybe(Role::DayPart)))
}

/// `le premier`, `le quatorze`: behind its article.
fn worded_day(at: At<'_>) -> Read<'_, i8> {
    if !at.follows(Role::The) && !at.follows(Role::This) {
        return None;
    }
    let first = || at.ordinal().filter(|(day, _)| *day == 1);
    let other = || {
        let (day, at) = at.cardinal().filter(|(day, _)| (2..=31).contains(day))?;
        Some((i8::try_from(day).ok()?, at))
    };
    first().or_else(other)
}

/// `Mouvement du`, before a date.
fn is_name(at: At<'_>) -> bool {
    at.follows(Role::Genitive) && at.follows_at_two(Role::Named)
}

/// `le 3`, `mardi 3`: what follows shows that the number counts nothing.
fn day_number(at: At<'_>, _: Stand) -> Read<'_, Stretch> {
    let determined = at.has(Role::This).or_else(|| at.has(Role::The).filter(|_| at.word() == "le"));
    let inner = determined.unwrap_or(at);
    if determined.is_none() && inner.weekday_or_short().is_none() || is_name(at) {
        return None;
    }
    inner.day_number().filter(|(_, at)| at.ends_number())
}

/// `14/12/2024`, `14.12.2024`, `14-12-2024`, `14/12/24`.
fn numeric_date(at: At<'_>, _: Stand) -> Read<'_, Stretch> {
    let ((day, month, year), at) = shapes::numbers(at.maybe(Role::The))?;
    shapes::date(day, month.unsigned_abs().into(), year, at)
}

/// `les 14 et 15 décembre`, `les 3, 4 et 5 mars`, `14-15 décembre`.
fn days(at: At<'_>) -> Read<'_, Expression> {
    let (first, at) = shapes::listed_days(at.maybe(Role::The), |at| at.has(Role::And).or_else(|| at.dash()))?;
    let (second, at) = at.maybe(Role::The).stretch(Stand::Alone)?;
    let dated = matches!(second.base, Base::Day { month: Some(_), .. });
    dated.then_some((Expression::Between(first, second), at))
}

/// `début janvier`, `à la mi-février`, `en fin de semaine`, `au début du mois de février`.
fn part(at: At<'_>, _: Stand) -> Read<'_, Stretch> {
    let lead = at.has(Role::The).or_else(|| at.has(Role::This)).unwrap_or(at);
    let (part, at) = lead.part()?;
    let (whole, at) = whole(at.maybe(Role::Genitive))?;
    Some((whole.part(part), at))
}

/// What has a beginning, a middle and an end.
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
        let (unit, at) = at.one_unit().filter(|(unit, _)| is_divisible(*unit))?;
        Some((Base::Now(unit, 0).into(), at))
    };
    named.or_else(bare)
}

fn is_divisible(unit: Unit) -> bool {
    matches!(unit, Unit::Week | Unit::Month | Unit::Quarter | Unit::Half | Unit::Year | Unit::Decade)
}

/// `la première semaine de février`, `la seconde quinzaine de mars`, `la dernière semaine de janvier`.
fn nth(at: At<'_>, _: Stand) -> Read<'_, Stretch> {
    let at = at.maybe(Role::The);
    let (ordinal, at) = nth_or_last(at)?;
    let (part, at) = match (ordinal, at.has(Role::HalfOf)) {
        (Some(1), Some(at)) => (Part::FirstHalf, at),
        (Some(2) | None, Some(at)) => (Part::SecondHalf, at),
        (Some(_), Some(_)) => return None,
        (ordinal, None) => {
            let (_, at) = at.one_unit().filter(|(unit, _)| *unit == Unit::Week)?;
            (ordinal.map_or(Part::LastWeek, Part::Week), at)
        }
    };
    let (whole, at) = whole(at.has(Role::Genitive)?)?;
    Some((whole.part(part), at))
}

/// An ordinal, or `None` for `dernier`.
fn nth_or_last(at: At<'_>) -> Read<'_, Option<i8>> {
    let ordinal = at.ordinal().map(|(ordinal, at)| (Some(ordinal), at));
    ordinal.or_else(|| Some((None, at.has(Role::Past)?)))
}

/// `au premier trimestre`, `le second semestre 2024`; `le dernier trimestre` only with its year.
fn quarter(at: At<'_>, _: Stand) -> Read<'_, Stretch> {
    let (ordinal, at) = nth_or_last(at.maybe(Role::The))?;
    let (unit, at) = at.one_unit()?;
    let (count, last) = match unit {
        Unit::Quarter => (3, 4),
        Unit::Half => (6, 2),
        _ => return None,
    };
    let tail = tail(at);
    let n = match ordinal {
        None => tail.map(|_| last)?,
        ordinal => ordinal.filter(|n| *n <= last)?,
    };
    let (year, at) = tail.unwrap_or((Year::Nearest, at));
    Some((Base::Months { first: (n - 1) * count + 1, count, year }.into(), at))
}

/// `au T1 2024`.
fn period(at: At<'_>, stand: Stand) -> Read<'_, Stretch> {
    shapes::period(at, stand, tail)
}

/// `les six premiers mois de l’année`, `les trois premiers mois de 2024`.
fn first_months(at: At<'_>, _: Stand) -> Read<'_, Stretch> {
    let (count, at) = at.maybe(Role::The).cardinal()?;
    shapes::months_of_year(count, at.has(Role::First)?)
}

/// `mars 2024`, `août dernier`, `le mois d’août`; `mars` alone only where something else makes it a month.
fn month(at: At<'_>, stand: Stand) -> Read<'_, Stretch> {
    let worded = at.has(Role::The).or_else(|| at.has(Role::This)).unwrap_or(at).has(Role::MonthOf);
    let inner = worded.unwrap_or(at);
    let (month, behind) =
        inner.month().or_else(|| inner.month_or_short().filter(|(_, at)| tail_after_dot(*at).is_some()))?;
    let month_of_name = || at.back().is_some_and(|day| day.day().is_some() && is_name(day));
    if behind.has(Role::Epithet).is_some() || is_name(at) || month_of_name() {
        return None;
    }
    let tail = tail_after_dot(behind);
    let alone = at.follows(Role::BeforeMonth) && !inner.is_capital();
    if tail.is_none() && worded.is_none() && stand == Stand::Alone && !alone {
        return None;
    }
    let (year, behind) = tail.unwrap_or((Year::Nearest, behind));
    Some((Base::Months { first: month, count: 1, year }.into(), behind))
}

/// `l’été 2024`, `cet hiver`, `au printemps`; never the participle of `a été`.
fn season(at: At<'_>, stand: Stand) -> Read<'_, Stretch> {
    if at.follows(Role::Auxiliary) || at.follows(Role::Every) && at.has(Role::The).is_none() {
        return None;
    }
    let this = at.has(Role::This);
    let article = at.has(Role::The);
    let (first, behind) = this.or(article).unwrap_or(at).season()?;
    if behind.has(Role::Epithet).is_some() {
        return None;
    }
    let tail = tail(behind);
    // `l’été` alone is every summer; `à l’été` and `au printemps` are one.
    let placed = article.is_some() && matches!(at.word(), "a" | "au");
    if tail.is_none() && this.is_none() && !placed && stand == Stand::Alone {
        return None;
    }
    let (year, behind) = tail.map_or((Year::Nearest, behind), |(year, behind)| (year, second_year(year, behind)));
    Some((Base::Months { first, count: 3, year }.into(), behind))
}

/// The place behind the second year of `hiver 2024-2025`.
fn second_year(year: Year, at: At<'_>) -> At<'_> {
    match (year, at.dash().and_then(At::year)) {
        (Year::Said(year), Some((next, behind))) if next == year + 1 => behind,
        _ => at,
    }
}

/// `la semaine dernière`, `cette année`, `ce mois-ci`, `le même jour`, `cette année-là`.
fn unit(at: At<'_>, stand: Stand) -> Read<'_, Stretch> {
    let at_unit = at.has(Role::The).or_else(|| at.has(Role::This)).unwrap_or(at);
    if let Some(same) = at_unit.has(Role::Same) {
        let (unit, at) = same.one_unit()?;
        return Some((Base::Then(unit, 0).into(), at));
    }
    let (unit, behind) = at_unit.one_unit().filter(|(unit, _)| *unit != Unit::Hour)?;
    if let Some(behind) = behind.has(Role::There).filter(|_| behind.is_tied()) {
        return Some((Base::Then(unit, 0).into(), behind));
    }
    let base = |turn: Turn| {
        let counted_from_now = matches!(turn, Turn::Last | Turn::This | Turn::Next);
        (unit != Unit::Day || !counted_from_now).then(|| turn.of(unit))
    };
    if let Some((turn, behind)) = behind.turn() {
        return Some((base(turn)?.into(), behind));
    }
    // `depuis le week-end` is since one of them, `le week-end` may be all of them.
    if at.has(Role::This).is_none() && (unit != Unit::Weekend || stand == Stand::Alone) {
        return None;
    }
    let behind = behind.has(Role::Here).filter(|_| behind.is_tied()).unwrap_or(behind);
    Some((base(Turn::This)?.into(), behind))
}

/// `mardi`, `ce lundi`, `jeudi dernier`, `samedi soir`; `le lundi` and `chaque lundi` are habits.
fn weekday(at: At<'_>, _: Stand) -> Read<'_, Stretch> {
    let this = at.has(Role::This);
    let article = at.has(Role::The);
    let (weekday, behind) = this.or(article).unwrap_or(at).weekday()?;
    if behind.has(Role::Epithet).is_some() {
        return None;
    }
    if let Some((turn, behind)) = behind.turn() {
        return Some((Base::Weekday(weekday, turn.year()).into(), behind.maybe(Role::DayPart)));
    }
    if article.is_some() || this.is_none() && at.follows(Role::Every) {
        return None;
    }
    let whole = Stretch::from(Base::Weekday(weekday, Year::Nearest));
    Some(match behind.has(Role::Night) {
        Some(behind) => (whole.part(Part::Night), behind),
        None => (whole, behind.maybe(Role::DayPart)),
    })
}

/// `les années 1990`, `les années 90`.
fn decade(at: At<'_>, _: Stand) -> Read<'_, Stretch> {
    let at = at.maybe(Role::The).has(Role::DecadeWord)?;
    let short =
        || at.digits().and_then(|(year, at)| Some((1900 + i16::try_from(year).ok().filter(|year| *year < 100)?, at)));
    let (year, at) = at.year().or_else(short).filter(|(year, _)| year % 10 == 0)?;
    Some((Base::Decade(year).into(), at))
}

/// `dans la nuit de lundi à mardi`, `la nuit du 14 au 15 décembre`, `dans la nuit de dimanche`.
fn night(at: At<'_>) -> Read<'_, Expression> {
    let at = at.maybe(Role::Point).has(Role::NightOf)?;
    let evening = side_of_night(at);
    let both = evening.and_then(morning).or_else(|| morning(at.day_number()?));
    both.or_else(|| {
        let (evening, at) = evening?;
        Some((Expression::In(evening.part(Part::Night)), at))
    })
}

/// The night from an evening that was read to the morning that follows in the text.
fn morning<'a>((evening, at): (Stretch, At<'a>)) -> Read<'a, Expression> {
    let (morning, at) = side_of_night(at.has(Role::To)?)?;
    Some((Expression::Between(evening, morning), at))
}

/// A day; behind `la nuit du` a weekday is no habit.
fn side_of_night(at: At<'_>) -> Read<'_, Stretch> {
    at.stretch(Stand::Governed).or_else(|| {
        let weekday = at.weekday().map(|(weekday, at)| (Base::Weekday(weekday, Year::Nearest).into(), at));
        weekday.or_else(|| at.day_number().filter(|(_, at)| at.ends_number()))
    })
}

/// `il y a trois jours`.
fn ago(at: At<'_>) -> Read<'_, Expression> {
    let (length, at) = at.has(Role::Ago)?.length()?;
    Some((Expression::In(Base::Ago(length).into()), at))
}

/// `dans trois jours`.
fn ahead_by(at: At<'_>) -> Read<'_, Expression> {
    let (length, at) = at.has(Role::Point)?.length()?;
    Some((Expression::In(Base::Ahead(length).into()), at))
}

/// `au lendemain de frappes`: the day of the strikes, the one before the time mentioned last.
fn aftermath(at: At<'_>) -> Read<'_, Expression> {
    let behind = at.has(Role::Aftermath)?;
    (!behind.is_at_mark()).then_some((Expression::In(Base::Then(Unit::Day, -1).into()), behind))
}

/// `hier`, `la veille`, `sous peu`; `la veille du scrutin` depends on what is not known here.
fn fixed(at: At<'_>) -> Read<'_, Expression> {
    let (expression, behind) = at.fixed()?;
    // `dans la nuit des tirs`, `à l’aube du conflit` depend on what is not known here; `cette nuit` does not.
    let base = if let Expression::In(stretch) = expression { Some(stretch.base) } else { None };
    let of_event = match base {
        Some(Base::Then(..)) => true,
        Some(Base::Now(Unit::Night, _)) => at.has(Role::This).is_none(),
        _ => false,
    };
    if of_event && behind.has(Role::Genitive).is_some() {
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

/// What says the year of a day, month, quarter or season: `2024`, `dernier`, `de l’année dernière`, `de 2023`.
fn tail(at: At<'_>) -> Read<'_, Year> {
    if let Some((year, at)) = at.year() {
        return Some((Year::Said(year), at));
    }
    if let Some((turn, at)) = at.turn() {
        return Some((turn.year(), at));
    }
    // `mai 68`: more than a day, and nothing that it counts.
    if let Some((short, at)) = at.digits().filter(|(short, at)| (32..100).contains(short) && at.ends_number()) {
        return Some((Year::Said(1900 + i16::try_from(short).ok()?), at));
    }
    let at = at.has(Role::Genitive)?;
    if let Some((year, at)) = at.maybe(Role::YearWord).year() {
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

/// The same, or no year: then the dot may end the sentence and is left.
fn tail_or_dot(at: At<'_>) -> (Year, At<'_>) {
    tail_after_dot(at).unwrap_or((Year::Nearest, at))
}

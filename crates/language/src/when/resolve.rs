//! Laying expressions on the calendar.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::expression::{Base, Expression, Length, Part, Stretch, Unit, Year};
use super::{Anchors, Direction, Interval};

/// First and last day.
type Days = (Date, Date);

/// How many years are gone through for a day that not every year has; a leap day is at most eight years off.
const YEARS_AROUND: i16 = 9;

/// The days of an expression; `None` where the anchors do not settle them.
pub(super) fn resolve(expression: Expression, anchors: &Anchors, direction: Direction) -> Option<Interval> {
    use Direction::{Future, Past};
    let around = Around { anchors: *anchors, direction };
    let published = anchors.published;
    match expression {
        Expression::In(stretch) => closed(around.days(stretch)?),
        Expression::Since(stretch) => open(Some(around.looking(Past).days(stretch)?.0), None),
        Expression::From(stretch) => open(Some(around.days(stretch)?.0), None),
        Expression::Until(stretch) => around.up_to(around.days(stretch)?.1),
        Expression::Ahead(stretch) => {
            let around = around.looking(Future);
            around.up_to(around.days(stretch)?.1)
        }
        // `avant la fin de l’année` is before its last day is over, not before its last quarter begins.
        Expression::Before(stretch) if stretch.part == Part::Late => around.up_to(around.days(stretch)?.1),
        Expression::Before(stretch) => around.up_to(around.days(stretch)?.0.yesterday().ok()?),
        Expression::After(stretch) => open(Some(around.days(stretch)?.1.tomorrow().ok()?), None),
        Expression::Between(first, last) => closed(around.between(first, last)?),
        Expression::Lasting(length) => open(Some(length.before(published?)?), None),
        Expression::Within(length) if direction == Future => open(published, length.after(published?)),
        Expression::Within(length) | Expression::Past(length) => open(length.before(published?), published),
        Expression::Last(length) => closed((length.before(published?)?, published?.yesterday().ok()?)),
        Expression::Coming(length) => open(published, length.after(published?)),
        Expression::Earlier(length) => closed(around.shifted(length, -1)?),
        Expression::Later(length) => closed(around.shifted(length, 1)?),
        Expression::Spell(_) => None,
        Expression::Ended(length) => {
            let (_, last) = anchors.last?;
            open(Some(length.before(last)?.tomorrow().ok()?), Some(last))
        }
    }
}

fn closed((start, end): Days) -> Option<Interval> {
    open(Some(start), Some(end))
}

/// Nothing where both ends are open, or where the words contradict the calendar.
fn open(start: Option<Date>, end: Option<Date>) -> Option<Interval> {
    let said = start.is_some() || end.is_some();
    let ordered = start.zip(end).is_none_or(|(start, end)| start <= end);
    (said && ordered).then_some(Interval { start, end })
}

impl Length {
    /// So long before a day; `None` where the count is open.
    fn before(self, date: Date) -> Option<Date> {
        shift(date, self, -1)
    }

    /// So long after a day; `None` where the count is open.
    fn after(self, date: Date) -> Option<Date> {
        shift(date, self, 1)
    }
}

/// The anchors, and the direction of the clause.
#[derive(Clone, Copy)]
struct Around {
    anchors: Anchors,
    direction: Direction,
}

impl Around {
    fn looking(self, direction: Direction) -> Self {
        Around { direction, ..self }
    }

    /// The same with another day to look from.
    fn from(self, day: Date) -> Self {
        Around { anchors: Anchors { published: Some(day), ..self.anchors }, ..self }
    }

    /// Up to a day: in a clause about the future, from the publication.
    fn up_to(self, end: Date) -> Option<Interval> {
        let start = self.anchors.published.filter(|published| self.direction == Direction::Future && *published <= end);
        open(start, Some(end))
    }

    fn days(self, stretch: Stretch) -> Option<Days> {
        let part = stretch.part;
        match stretch.base {
            Base::Day { day, month: Some(month), year } => {
                self.in_year(year, |year| part.of(one(Date::new(year, month, day).ok()?)))
            }
            Base::Day { day, month: None, .. } => self.in_month(day).and_then(|days| part.of(days)),
            Base::Months { first, count, year } => self.in_year(year, |year| part.of(months(year, first, count)?)),
            Base::Decade(year) => part.of((Date::new(year, 1, 1).ok()?, Date::new(year.checked_add(9)?, 12, 31).ok()?)),
            Base::Weekday(weekday, year) => part.of(one(self.weekday(weekday, year)?)).map(|days| self.seen(days)),
            Base::Now(unit, offset) => self.now(unit, offset, part),
            Base::Then(unit, offset) => part.of(self.then(unit, offset)?),
            Base::Ago(length) => part.of(unit_around(length.before(self.anchors.published?)?, length.unit)?),
            Base::Ahead(length) => part.of(unit_around(length.after(self.anchors.published?)?, length.unit)?),
        }
    }

    /// What was published cannot tell of a night that had not ended by then beyond its first day.
    fn seen(self, (start, end): Days) -> Days {
        match (self.anchors.published, self.direction) {
            (Some(published), Direction::Past) if start <= published => (start, end.min(published)),
            _ => (start, end),
        }
    }

    /// Which of the stretches that come back every year is meant.
    fn in_year(self, year: Year, of: impl Fn(i16) -> Option<Days>) -> Option<Days> {
        let published = self.anchors.published;
        let offset = |date: Option<Date>, years: i16| date.and_then(|date| of(date.year().checked_add(years)?));
        match year {
            Year::Said(year) => of(year),
            Year::Now(years) => offset(published, years),
            Year::Then(years) => offset(self.anchors.last.map(|(start, _)| start), years),
            year => self.nearest(year, |date, step| of(date.year().checked_add(step)?)),
        }
    }

    /// The day of that number in the nearest month that has it.
    fn in_month(self, day: i8) -> Option<Days> {
        self.nearest(Year::Nearest, |date, step| {
            let month = date.first_of_month().checked_add(i32::from(step).months()).ok()?;
            Some(one(Date::new(month.year(), month.month(), day).ok()?))
        })
    }

    fn weekday(self, weekday: Weekday, year: Year) -> Option<Date> {
        let days = self.nearest(year, |date, step| {
            let monday = monday(date)?.checked_add(i32::from(step).weeks()).ok()?;
            Some(one(monday.checked_add(i32::from(weekday.to_monday_zero_offset()).days()).ok()?))
        })?;
        Some(days.0)
    }

    /// The nearest of what comes back: `step` counts the years, months or weeks from the one around a day.
    fn nearest(self, year: Year, of: impl Fn(Date, i16) -> Option<Days>) -> Option<Days> {
        /// Which days fit, seen from another: the first that do are taken, going back or on.
        type Fits = fn(Days, Date) -> bool;
        let published = self.anchors.published;
        let last = self.anchors.last;
        let (day, back, fits): (Option<Date>, bool, Fits) = match (year, self.direction) {
            (Year::Last, _) => (published, true, |(_, end), day| end < day),
            (Year::Next, _) => (published, false, |(start, _), day| start > day),
            (Year::Preceding, _) => (last.map(|(start, _)| start), true, |(_, end), day| end < day),
            (Year::Following, _) => (last.map(|(_, end)| end), false, |(start, _), day| start > day),
            (_, Direction::Past) => (published, true, |(start, _), day| start <= day),
            (_, Direction::Future) => (published, false, |(_, end), day| end >= day),
        };
        let day = day?;
        let steps = (-1..=YEARS_AROUND).map(|step| if back { -step } else { step });
        steps.filter_map(|step| of(day, step)).find(|days| fits(*days, day))
    }

    /// A unit counted from the publication. The one around it reaches up to it, or from it on.
    fn now(self, unit: Unit, offset: i16, part: Part) -> Option<Days> {
        let published = self.anchors.published?;
        let at = |offset| self.unit_from(published, unit, offset);
        if offset != 0 || unit == Unit::Weekend {
            return part.of(at(offset)?);
        }
        let (start, end) = at(0)?;
        match (part, self.direction) {
            (Part::Whole | Part::SoFar, Direction::Past) | (Part::SoFar, _) => Some((start, end.min(published))),
            (Part::Whole | Part::Rest, Direction::Future) | (Part::Rest, _) => Some((start.max(published), end)),
            (part, Direction::Past) => {
                part.of((start, end)).filter(|days| days.0 <= published).or_else(|| part.of(at(-1)?))
            }
            (part, Direction::Future) => {
                part.of((start, end)).filter(|days| days.1 >= published).or_else(|| part.of(at(1)?))
            }
        }
    }

    fn unit_from(self, day: Date, unit: Unit, offset: i16) -> Option<Days> {
        match unit {
            Unit::Night => {
                // The night before the day; in a clause about the future the night after it.
                let ahead = offset > 0 || offset == 0 && self.direction == Direction::Future;
                let evening = if ahead { day } else { day.yesterday().ok()? };
                Some((evening, evening.tomorrow().ok()?))
            }
            Unit::Weekend => {
                let saturday = match (offset, self.direction) {
                    (0, Direction::Past) => saturday_up_to(day)?,
                    (0, Direction::Future) if day.weekday() == Weekday::Sunday => day.yesterday().ok()?,
                    (0, Direction::Future) => saturday_up_to(day.checked_add(6.days()).ok()?)?,
                    (1.., _) => saturday_up_to(day.checked_add(7.days()).ok()?)?,
                    // One whose Sunday has passed.
                    (..0, _) => saturday_up_to(day.checked_sub(2.days()).ok()?)?,
                };
                Some((saturday, saturday.tomorrow().ok()?))
            }
            _ => {
                let count = Some(offset.unsigned_abs());
                unit_around(shift(unit_around(day, unit)?.0, Length { count, unit }, offset.signum().into())?, unit)
            }
        }
    }

    /// A unit counted from the time mentioned last. One that lies before it may be counted from the publication.
    fn then(self, unit: Unit, offset: i16) -> Option<Days> {
        let Some((start, end)) = self.last_within(Length { count: Some(1), unit }) else {
            return if offset < 0 { self.unit_from(self.anchors.published?, unit, offset) } else { None };
        };
        match offset {
            0 if unit == Unit::Day => Some((start, end)),
            0 if unit == Unit::Night => Some((end, end.tomorrow().ok()?)),
            0 => Some((unit_around(start, unit)?.0, unit_around(end, unit)?.1)),
            ..0 => self.looking(Direction::Past).unit_from(start, unit, offset),
            1.. => self.looking(Direction::Future).unit_from(end, unit, offset),
        }
    }

    /// The time mentioned last, unless it is longer than what is counted from it: no day follows on a year. A night
    /// and a week-end still have a day after.
    fn last_within(self, length: Length) -> Option<Days> {
        let (start, end) = self.anchors.last?;
        let reach = length.after(start)?;
        (end < reach || end <= start.tomorrow().ok()?).then_some((start, end))
    }

    fn shifted(self, length: Length, sign: i32) -> Option<Days> {
        let earlier_than_now = || self.anchors.published.filter(|_| sign < 0).map(one);
        let (start, end) = self.last_within(length).or_else(earlier_than_now)?;
        // A whole month stays a whole month: six months after August is February.
        let end_of_month = start.day() == 1 && end == end.last_of_month();
        let shifted = shift(end, length, sign)?;
        let by_months = matches!(length.unit, Unit::Month | Unit::Quarter | Unit::Half | Unit::Year);
        Some((shift(start, length, sign)?, if end_of_month && by_months { shifted.last_of_month() } else { shifted }))
    }

    /// From the first day of one to the last day of the other; what only one of them says holds for both.
    fn between(self, first: Stretch, last: Stretch) -> Option<Days> {
        if last.recurs() && !first.recurs() {
            let (start, reached) = self.days(first)?;
            let (_, end) = self.from(reached).looking(Direction::Future).days(last)?;
            return Some((start, end));
        }
        let (reached, end) = self.days(last)?;
        let around = if first.recurs() { self.from(reached).looking(Direction::Past) } else { self };
        Some((around.days(first)?.0, end))
    }
}

impl Part {
    /// The part of these days.
    fn of(self, (start, end): Days) -> Option<Days> {
        let nth_day = |n: i64| start.checked_add((n - 1).days()).ok();
        let length = i64::from((end - start).get_days()) + 1;
        let days = match self {
            Part::Whole | Part::SoFar | Part::Rest => (start, end),
            Part::Night => (end, end.tomorrow().ok()?),
            Part::NightInto => (start.yesterday().ok()?, start),
            Part::Week(n) => (nth_day(i64::from(n) * 7 - 6)?, nth_day(i64::from(n) * 7)?.min(end)),
            Part::LastWeek => (end.checked_sub(6.days()).ok()?.max(start), end),
            Part::Early => (start, self.cut(start, length)?.0),
            Part::Mid => {
                let (early, mid) = self.cut(start, length)?;
                (early.tomorrow().ok()?, mid)
            }
            Part::Late => (self.cut(start, length)?.1.tomorrow().ok()?, end),
            Part::FirstHalf => (start, half(start, length)?),
            Part::SecondHalf => (half(start, length)?.tomorrow().ok()?, end),
        };
        (days.0 <= days.1).then_some(days)
    }

    /// The last days of the beginning and of the middle.
    fn cut(self, start: Date, length: i64) -> Option<Days> {
        let day = |n: i64| start.checked_add((n - 1).days()).ok();
        let month = |n: i32| start.checked_add(n.months()).ok()?.yesterday().ok();
        match length {
            ..3 => None,
            3..=9 => Some((day(2)?, day(4.min(length - 1))?)),
            10..=31 => Some((day(10)?, day(20)?)),
            32..=99 => Some((month(1)?, month(2)?)),
            100..=199 => Some((month(2)?, month(4)?)),
            200..=366 => Some((month(3)?, month(9)?)),
            _ => Some((month(36)?, month(72)?)),
        }
    }
}

/// The last day of the first half.
fn half(start: Date, length: i64) -> Option<Date> {
    match length {
        ..28 => start.checked_add((length / 2 - 1).max(0).days()).ok(),
        28..=31 => start.checked_add(14.days()).ok(),
        32..=99 => start.checked_add(1.months()).ok()?.checked_add(14.days()).ok(),
        // Of years with 365 days as well.
        _ => start.checked_add(i32::try_from((length + 30) / 61).ok()?.months()).ok()?.yesterday().ok(),
    }
}

fn one(day: Date) -> Days {
    (day, day)
}

fn monday(day: Date) -> Option<Date> {
    day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days()).ok()
}

fn saturday_up_to(day: Date) -> Option<Date> {
    day.checked_sub(i32::from(Weekday::Saturday.until(day.weekday())).days()).ok()
}

/// A run of months; winter goes on in the next year.
fn months(year: i16, first: i8, count: i8) -> Option<Days> {
    let start = Date::new(year, first, 1).ok()?;
    Some((start, start.checked_add(i32::from(count).months()).ok()?.yesterday().ok()?))
}

/// The unit of the calendar that a day lies in.
fn unit_around(day: Date, unit: Unit) -> Option<Days> {
    Some(match unit {
        Unit::Hour | Unit::Day | Unit::Night => one(day),
        Unit::Week | Unit::Weekend | Unit::Fortnight => {
            let monday = monday(day)?;
            (monday, monday.checked_add(6.days()).ok()?)
        }
        Unit::Month => (day.first_of_month(), day.last_of_month()),
        Unit::Quarter => months(day.year(), (day.month() - 1) / 3 * 3 + 1, 3)?,
        Unit::Half => months(day.year(), (day.month() - 1) / 6 * 6 + 1, 6)?,
        Unit::Year => (day.first_of_year(), day.last_of_year()),
        Unit::Decade => {
            let first = day.year().div_euclid(10) * 10;
            (Date::new(first, 1, 1).ok()?, Date::new(first.checked_add(9)?, 12, 31).ok()?)
        }
    })
}

/// A day so long before (-1) or after (1) another; `None` where the count is open or the calendar ends.
fn shift(day: Date, length: Length, sign: i32) -> Option<Date> {
    let n = i32::from(length.count?) * sign;
    let span = jiff::Span::new();
    let span = match length.unit {
        Unit::Hour => span.try_days(n / 24),
        Unit::Day | Unit::Night => span.try_days(n),
        Unit::Week | Unit::Weekend => span.try_weeks(n),
        Unit::Fortnight => span.try_weeks(n * 2),
        Unit::Month => span.try_months(n),
        Unit::Quarter => span.try_months(n * 3),
        Unit::Half => span.try_months(n * 6),
        Unit::Year => span.try_years(n),
        Unit::Decade => span.try_years(n * 10),
    };
    day.checked_add(span.ok()?).ok()
}

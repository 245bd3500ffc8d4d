//! Numbers and lengths of time, read one step at a time.

use super::{At, Read};
use crate::token::{TokenKind, numeral};
use crate::when::calendar::Number;
use crate::when::expression::{Length, Unit};
use crate::when::role::Role;

impl<'a> At<'a> {
    /// Digits that may be grouped: `1 000`.
    fn grouped(self) -> Read<'a, u16> {
        if self.is_at_end() || self.line.tokens.kind(self.index) != TokenKind::Number {
            return None;
        }
        let value = numeral(self.line.tokens.raw(self.index)).filter(|value| value.fract() == 0.0)?;
        (value <= f64::from(u16::MAX)).then(|| (value as u16, self.skip(1)))
    }

    /// Hours in one piece, those that make days: `24h`.
    pub(in crate::when) fn hours(self) -> Read<'a, Length> {
        let hours = self.word().strip_suffix('h')?.parse().ok()?;
        self.skip(1).in_days(Length { count: Some(hours), unit: Unit::Hour })
    }

    /// A cardinal up to 99 in words, or any in digits.
    pub(in crate::when) fn cardinal(self) -> Read<'a, u16> {
        if let Some(digits) = self.digits().or_else(|| self.grouped()) {
            return Some(digits);
        }
        let (first, at) = self.read(&self.line.calendar.cardinals)?;
        // `soixante-dix` and `quatre-vingt-dix` count on to 19, `dix-sept` to 9; the others take units only.
        let room = match first {
            60 | 80 => 20,
            10 if at.is_tied() => 10,
            20 | 30 | 40 | 50 | 70 | 90 => 10,
            _ => return Some((first, at)),
        };
        match at.maybe(Role::And).read(&self.line.calendar.cardinals) {
            Some((10, behind)) if room == 20 => match behind.read(&self.line.calendar.cardinals) {
                Some((unit @ 7..=9, behind)) => Some((first + 10 + unit, behind)),
                _ => Some((first + 10, behind)),
            },
            Some((unit, behind)) if unit < room => Some((first + unit, behind)),
            _ => Some((first, at)),
        }
    }

    /// A count that may be open (`quelques`), where there is one.
    pub(in crate::when) fn count(self) -> (Option<Option<u16>>, Self) {
        let few = || self.has(Role::Few).map(|at| (Some(None), at));
        let number = || self.cardinal().map(|(count, at)| (Some(Some(count)), at));
        few().or_else(number).unwrap_or((None, self))
    }

    /// A length of time with its count: `trois jours`, `a year and a half`, `plusieurs semaines`, `48 heures`.
    pub(in crate::when) fn length(self) -> Read<'a, Length> {
        let at = self.maybe(Role::About);
        if let Some((unit, at)) = at.has(Role::Few).and_then(At::units) {
            return Some((Length { count: None, unit }, at));
        }
        if let Some(hours) = at.hours() {
            return Some(hours);
        }
        let (count, at) = at.cardinal()?;
        let (half, at) = at.half();
        let ((unit, number), at) = at.unit()?;
        let (half, at) = if half { (true, at) } else { at.half() };
        if count == 1 && number == Number::Plural {
            return None;
        }
        let length = Length { count: Some(count), unit };
        at.in_days(if half { with_half(length)? } else { length })
    }

    fn half(self) -> (bool, Self) {
        self.has(Role::AndHalf).map_or((false, self), |at| (true, at))
    }

    /// Hours are read only where they make days: less than a day of them may be the clock, and so is `24 heures sur 24`.
    pub(in crate::when) fn in_days(self, length: Length) -> Read<'a, Length> {
        let count = match (length.unit, length.count) {
            (Unit::Hour, Some(hours)) if hours < 24 || self.has(Role::ClockAfter).is_some() => return None,
            (Unit::Hour, Some(hours)) => Length { count: Some(hours.div_ceil(24)), unit: Unit::Day },
            (Unit::Hour, None) => Length { count: None, unit: Unit::Day },
            _ => length,
        };
        Some((count, self))
    }
}

/// Half a unit more, where a smaller unit says it exactly.
fn with_half(length: Length) -> Option<Length> {
    let count = length.count?;
    match length.unit {
        Unit::Year => Some(Length { count: Some(count.checked_mul(12)?.checked_add(6)?), unit: Unit::Month }),
        Unit::Day => Some(Length { count: Some(count.checked_add(1)?), unit: Unit::Day }),
        _ => None,
    }
}

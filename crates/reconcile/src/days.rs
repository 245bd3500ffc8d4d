//! Event times as intervals of days.

use jiff::civil::Date;
use recoup_model::Time;

/// Whole days from `a` to `b`; negative where `b` comes first.
pub(crate) fn between(a: Date, b: Date) -> i64 {
    i64::from((b - a).get_days())
}

/// An event time of which at least one end is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Days {
    pub(crate) start: Option<Date>,
    pub(crate) end: Option<Date>,
}

impl Days {
    /// The days of a time; `None` where neither end is known.
    pub(crate) fn of(time: Option<&Time>) -> Option<Self> {
        let time = time?;
        (time.start().is_some() || time.end().is_some()).then(|| Days { start: time.start(), end: time.end() })
    }

    /// First and last day of an interval with two ends.
    pub(crate) fn closed(self) -> Option<(Date, Date)> {
        self.start.zip(self.end)
    }

    /// How many days it holds, where both ends are known.
    pub(crate) fn width(self) -> Option<i64> {
        self.closed().map(|(start, end)| between(start, end) + 1)
    }

    /// The day that dates it best: its first, else its last.
    pub(crate) fn anchor(self) -> Option<Date> {
        self.start.or(self.end)
    }

    /// Days that lie between the two; 0 where they meet or touch, open ends reaching without limit.
    pub(crate) fn gap(self, other: Days) -> i64 {
        let after = |a: Days, b: Days| a.end.zip(b.start).map_or(0, |(end, start)| (between(end, start) - 1).max(0));
        after(self, other).max(after(other, self))
    }

    /// Whether they share a day.
    pub(crate) fn meets(self, other: Days) -> bool {
        let by = |a: Option<Date>, b: Option<Date>| a.zip(b).is_none_or(|(a, b)| a <= b);
        by(self.start, other.end) && by(other.start, self.end)
    }

    /// Whether every day of `other` lies within; an open end is only within an open end.
    pub(crate) fn contains(self, other: Days) -> bool {
        let from = self.start.is_none_or(|start| other.start.is_some_and(|o| start <= o));
        let to = self.end.is_none_or(|end| other.end.is_some_and(|o| o <= end));
        from && to
    }

    /// Whether two closed intervals are the same stretch told a little differently: one in the other and at most three
    /// times as long, or overlapping by half of what they cover together.
    pub(crate) fn resembles(self, other: Days) -> bool {
        let (Some((a_start, a_end)), Some((b_start, b_end))) = (self.closed(), other.closed()) else { return false };
        let common = between(a_start.max(b_start), a_end.min(b_end)) + 1;
        let cover = between(a_start.min(b_start), a_end.max(b_end)) + 1;
        if self.contains(other) || other.contains(self) { common * 3 >= cover } else { common * 2 >= cover }
    }

    /// The shortest interval that holds both.
    pub(crate) fn cover(self, other: Days) -> Days {
        Days {
            start: self.start.zip(other.start).map(|(a, b)| a.min(b)),
            end: self.end.zip(other.end).map(|(a, b)| a.max(b)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_of_days_told_a_little_differently() {
        let days = |from: i8, to: i8| Days {
            start: Some(Date::constant(2021, 5, from)),
            end: Some(Date::constant(2021, 5, to)),
        };
        let cases = [
            // a, b, one stretch, days between
            (days(2, 3), days(2, 3), true, 0),
            (days(2, 3), days(1, 6), true, 0),
            (days(3, 3), days(1, 7), false, 0),
            (days(1, 4), days(2, 5), true, 0),
            (days(1, 4), days(4, 8), false, 0),
            (days(1, 10), days(11, 20), false, 0),
            (days(1, 5), days(9, 9), false, 3),
        ];
        for (a, b, one, gap) in cases {
            assert_eq!((a.resembles(b), b.resembles(a)), (one, one), "{a:?} {b:?}");
            assert_eq!((a.gap(b), b.gap(a)), (gap, gap), "{a:?} {b:?}");
        }
    }
}

//! Figures as somebody states them: a floor, a ceiling, a range, a value, about a value.

use recoup_model::Quantity;

use super::random::Random;

/// By what share 'about' is wide, as the reconciler has it.
pub(super) const BAND: f64 = 0.1;

/// A stated figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) low: Option<i64>,
    pub(super) high: Option<i64>,
    pub(super) approximate: bool,
}

impl Figure {
    fn exact(value: i64) -> Self {
        Figure { low: Some(value), high: Some(value), approximate: false }
    }

    fn about(value: i64) -> Self {
        Figure { approximate: true, ..Figure::exact(value) }
    }

    fn floor(low: i64) -> Self {
        Figure { low: Some(low), high: None, approximate: false }
    }

    fn ceiling(high: i64) -> Self {
        Figure { low: None, high: Some(high), approximate: false }
    }

    /// A figure that holds the true value.
    pub(super) fn around(value: i64, random: &mut Random) -> Self {
        let drawn = match random.weighted(&[30.0, 25.0, 10.0, 15.0, 20.0]) {
            0 => Figure::exact(value),
            1 => Figure::floor(below(value, random)),
            2 => Figure::ceiling(above(value, random)),
            3 => Figure { low: Some(below(value, random)), high: Some(above(value, random)), approximate: false },
            _ => Figure::about(rounded(value as f64 * random.within(0.93, 1.07))),
        };
        // Rounding may have led a small figure too far off.
        if drawn.holds(value) { drawn } else { Figure::exact(value) }
    }

    /// A figure that is off by 40 % or more.
    pub(super) fn mistaken(value: i64, random: &mut Random) -> Self {
        let up = random.chance(0.6);
        let factor = if up { random.within(1.5, 3.0) } else { random.within(0.25, 0.5) };
        let stated = rounded(value as f64 * factor).max(1);
        match (random.weighted(&[50.0, 25.0, 25.0]), up) {
            (0, _) => Figure::exact(stated),
            (1, _) => Figure::about(stated),
            (_, true) => Figure::floor(stated),
            (_, false) => Figure::ceiling(stated),
        }
    }

    /// What was known of a value while it still grew.
    pub(super) fn so_far(value: i64, random: &mut Random) -> Self {
        let known = ((value as f64 * random.within(0.3, 0.8)) as i64).max(1);
        if random.chance(0.5) { Figure::exact(known) } else { Figure::floor(down(known)) }
    }

    /// Whether a value satisfies it.
    pub(super) fn holds(self, value: i64) -> bool {
        let slack = if self.approximate { BAND } else { 0.0 };
        let value = value as f64;
        self.low.is_none_or(|low| low as f64 * (1.0 - slack) <= value)
            && self.high.is_none_or(|high| value <= high as f64 * (1.0 + slack))
    }

    /// The figure on the wire, without its words; `None` is never given, for every figure has a bound.
    pub(super) fn quantity(self) -> Option<Quantity> {
        Quantity::new(self.low.map(|v| v as f64), self.high.map(|v| v as f64), self.approximate).ok()
    }
}

fn step(value: i64) -> i64 {
    match value {
        ..50 => 1,
        50..200 => 5,
        200..1000 => 10,
        1000..5000 => 50,
        _ => 100,
    }
}

fn down(value: i64) -> i64 {
    (value - value % step(value)).max(1)
}

fn rounded(value: f64) -> i64 {
    let value = value.round() as i64;
    down(value + step(value) / 2)
}

fn below(value: i64, random: &mut Random) -> i64 {
    down((value as f64 * random.within(0.75, 1.0)) as i64)
}

fn above(value: i64, random: &mut Random) -> i64 {
    let high = (value as f64 * random.within(1.0, 1.3)).ceil() as i64;
    let step = step(high);
    (high + step - 1) / step * step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_brackets_holds_the_truth_and_a_mistake_is_far_off() {
        let mut random = Random::new(11);
        for value in (6..400).chain([3213, 48_080]) {
            assert!(Figure::around(value, &mut random).holds(value));
            let mistake = Figure::mistaken(value, &mut random);
            assert!(!mistake.holds(value), "{mistake:?} for {value}");
            let stated = mistake.low.or(mistake.high).unwrap();
            assert!((stated - value).abs() * 100 >= value * 38, "{mistake:?} for {value}");
        }
    }
}

//! Figures as intervals: when two of them meet, agree or exclude each other.

use recoup_model::Quantity;

/// A figure as an interval of the real line; a missing end is open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bound {
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) approximate: bool,
}

impl Bound {
    pub(crate) fn of(quantity: &Quantity) -> Self {
        // Adding zero turns -0.0 into 0.0, so that equal bounds have equal bits.
        let plain = |v: f64| v + 0.0;
        Bound { low: quantity.low().map(plain), high: quantity.high().map(plain), approximate: quantity.approximate }
    }

    /// A key under which equal bounds are equal, whether or not the text says 'about'.
    pub(crate) fn key(self) -> (Option<u64>, Option<u64>) {
        (self.low.map(f64::to_bits), self.high.map(f64::to_bits))
    }

    /// 'None', 'no one': a figure in form, a denial in substance.
    pub(crate) fn is_zero(self) -> bool {
        self.low == Some(0.0) && self.high == Some(0.0)
    }

    /// A vague plural ('dozens', 'thousands'): the extractors write it as the span of its order of magnitude, up to
    /// 99, 999, 9 999 and so on.
    pub(crate) fn is_vague(self) -> bool {
        let (Some(low), Some(high)) = (self.low, self.high) else { return false };
        self.approximate && low < high && high >= 9.0 && (high + 1.0).log10().fract() == 0.0
    }

    /// Whether the text states a value, not merely a floor or a ceiling on one.
    pub(crate) fn is_value(self) -> bool {
        self.approximate || (self.low.is_some() && self.high.is_some())
    }

    /// The interval with its soft ends widened: `band` (a share, 0.1 = 10 %) where the text says 'about'. The floor of
    /// a vague plural is its meaning and stays, its ceiling is convention and doubles: fourteen thousand are still
    /// 'thousands', eighteen are not yet 'dozens'.
    fn reach(self, band: f64) -> (f64, f64) {
        let slack = |v: f64| if self.approximate { v.abs() * band } else { 0.0 };
        // 'Nearly 80' is no bare ceiling: it says about 80.
        let low = self.low.or(self.high.filter(|_| self.approximate));
        let low = low.map(|v| if self.is_vague() { v } else { v - slack(v) });
        let high = self.high.map(|v| if self.is_vague() { v * 2.0 } else { v + slack(v) });
        (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY))
    }

    /// Whether some value satisfies both.
    pub(crate) fn meets(self, other: Bound, band: f64) -> bool {
        let (a, b) = (self.reach(band), other.reach(band));
        a.0 <= b.1 && b.0 <= a.1
    }

    /// Whether `value` satisfies the bound.
    pub(crate) fn allows(self, value: f64, band: f64) -> bool {
        let (low, high) = self.reach(band);
        low <= value && value <= high
    }

    /// Whether both name the same number: as [`Bound::meets`], but a bare floor or ceiling is read as 'about' its
    /// number. 'At least 25' and 'up to 1 500' meet; they do not agree.
    pub(crate) fn agrees(self, other: Bound, band: f64) -> bool {
        self.closed().meets(other.closed(), band)
    }

    /// How many times larger the greater of the two is, by the numbers in the text; infinite beside zero.
    pub(crate) fn ratio(self, other: Bound) -> f64 {
        let (a, b) = (self.closed(), other.closed());
        match (a.low, a.high, b.low, b.high) {
            (Some(a_low), Some(a_high), Some(b_low), Some(b_high)) if a_low > b_high || b_low > a_high => {
                let (small, large) = if a_low > b_high { (b_high, a_low) } else { (a_high, b_low) };
                if small > 0.0 { large / small } else { f64::INFINITY }
            }
            _ => 1.0,
        }
    }

    fn closed(self) -> Bound {
        match (self.low, self.high) {
            (Some(_), Some(_)) => self,
            (low, high) => Bound { low: low.or(high), high: high.or(low), approximate: true },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `30..` floor, `..30` ceiling, `30` point, `20..99` range; `~` approximate.
    fn bound(text: &str) -> Bound {
        let (text, approximate) = text.strip_suffix('~').map_or((text, false), |t| (t, true));
        let number = |t: &str| t.parse::<f64>().ok();
        match text.split_once("..") {
            Some((low, high)) => Bound { low: number(low), high: number(high), approximate },
            None => Bound { low: number(text), high: number(text), approximate },
        }
    }

    #[test]
    fn bounds_meet_and_agree() {
        let cases = [
            // a, b, meet, agree
            ("25..", "..1500", true, false),
            ("30..", "30", true, true),
            ("30~", "32", true, true),
            ("20~", "17", false, false),
            ("2000..9999~", "14000..", true, true),
            ("20..99~", "18", false, false),
            ("230", "190", false, false),
            ("1200..1500", "2600~", false, false),
            ("..1000~", "1050", true, true),
        ];
        for (a, b, meet, agree) in cases {
            assert_eq!(bound(a).meets(bound(b), 0.1), meet, "{a} meets {b}");
            assert_eq!(bound(b).meets(bound(a), 0.1), meet, "{b} meets {a}");
            assert_eq!(bound(a).agrees(bound(b), 0.1), agree, "{a} agrees with {b}");
        }
    }

    #[test]
    fn only_a_span_of_one_order_of_magnitude_is_vague() {
        for (text, vague) in
            [("20..99~", true), ("2000..9999~", true), ("1200..1500~", false), ("20..99", false), ("50~", false)]
        {
            assert_eq!(bound(text).is_vague(), vague, "{text}");
        }
    }
}

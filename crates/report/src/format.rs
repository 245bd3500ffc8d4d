//! Numbers, bounds and dates in the language of the report.

use jiff::civil::Date;

use crate::md::Md;
use crate::words::Words;

impl Words {
    /// A number with its digits in groups of three and no more decimals than it has: `12 000`, `12,000`.
    pub(crate) fn figure(&self, value: f64) -> String {
        let text = value.abs().to_string();
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let mut out = String::from(if value < 0.0 { "-" } else { "" });
        for (at, digit) in whole.char_indices() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.push_str(&self.number.group);
            }
            out.push(digit);
        }
        if !decimals.is_empty() {
            out.push_str(&self.number.decimal);
            out.push_str(decimals);
        }
        out
    }

    /// A number of things: `3 documents`.
    #[expect(clippy::cast_precision_loss, reason = "nobody reads 2^53 articles")]
    pub(crate) fn count(&self, number: usize, forms: &[String; 2]) -> String {
        format!("{}\u{a0}{}", self.figure(number as f64), self.plural(forms, number as f64))
    }

    /// A bound without its unit: `at least 30`, `between 10,000 and 12,000`.
    pub(crate) fn bound(&self, low: Option<f64>, high: Option<f64>, approximate: bool) -> String {
        let words = &self.bound;
        let pattern = match (low, high, approximate) {
            (None, None, _) => return words.none.clone(),
            (Some(low), Some(high), false) if low == high => &words.point,
            (Some(low), Some(high), true) if low == high => &words.about,
            (Some(_), Some(_), false) => &words.range,
            (Some(_), Some(_), true) => &words.about_range,
            (Some(_), None, false) => &words.floor,
            (Some(_), None, true) => &words.about_floor,
            (None, Some(_), false) => &words.ceiling,
            (None, Some(_), true) => &words.about_ceiling,
        };
        let [low, high] = [low, high].map(|value| value.map(|v| self.figure(v)).unwrap_or_default());
        pattern.replace("{low}", &low).replace("{high}", &high)
    }

    /// A bound with what it counts. A unit that the words do not have is printed as it is.
    pub(crate) fn quantity(&self, low: Option<f64>, high: Option<f64>, approximate: bool, unit: Option<&str>) -> Md {
        let bound = Md::trusted(self.bound(low, high, approximate));
        let Some((unit, number)) = unit.zip(high.or(low)) else { return bound };
        let unit = match self.unit.get(unit) {
            Some(forms) => Md::trusted(self.plural(forms, number)),
            None => Md::text(unit),
        };
        Md::join(&[bound, unit], "\u{a0}")
    }

    /// A day: `16 décembre 2024`, `16 December 2024`.
    pub(crate) fn day(&self, date: Date) -> String {
        self.dated(&self.date.day, date)
    }

    /// A day, or the words for one that is not known.
    pub(crate) fn day_or_unknown(&self, date: Option<Date>) -> String {
        date.map_or_else(|| self.date.unknown.clone(), |date| self.day(date))
    }

    /// An interval of days as an adverb, or `None` where neither end is known: `in December 2024`, `from 14 to 15 December
    /// 2024`.
    pub(crate) fn days(&self, start: Option<Date>, end: Option<Date>) -> Option<String> {
        let words = &self.date;
        let (start, end) = match (start, end) {
            (None, None) => return None,
            (Some(start), None) => return Some(words.since.replace("{day}", &self.day(start))),
            (None, Some(end)) => return Some(words.until.replace("{day}", &self.day(end))),
            (Some(start), Some(end)) => (start, end),
        };
        let same_month = (start.year(), start.month()) == (end.year(), end.month());
        Some(if start == end {
            words.on.replace("{day}", &self.day(start))
        } else if start == start.first_of_year() && end == start.last_of_year() {
            words.in_month.replace("{month}", &start.year().to_string())
        } else if same_month && start.day() == 1 && end == start.last_of_month() {
            words.in_month.replace("{month}", &self.dated(&words.month, start))
        } else {
            self.between(&words.range, start, end)
        })
    }

    /// A period as a name: `14 to 15 December 2024`.
    pub(crate) fn period(&self, start: Date, end: Date) -> String {
        if start == end { self.day(start) } else { self.between(&self.date.period, start, end) }
    }

    /// Two days in a pattern, without what they have in common.
    fn between(&self, pattern: &str, start: Date, end: Date) -> String {
        let words = &self.date;
        let from = if (start.year(), start.month()) == (end.year(), end.month()) {
            self.dated("{day}", start)
        } else if start.year() == end.year() {
            self.dated(&words.day_and_month, start)
        } else {
            self.day(start)
        };
        pattern.replace("{start}", &from).replace("{end}", &self.day(end))
    }

    fn dated(&self, pattern: &str, date: Date) -> String {
        let day = if date.day() == 1 { self.date.first.clone() } else { date.day().to_string() };
        let month = usize::try_from(date.month() - 1).ok().and_then(|at| self.date.months.get(at));
        pattern
            .replace("{day}", &day)
            .replace("{month}", month.map(String::as_str).unwrap_or_default())
            .replace("{year}", &date.year().to_string())
    }

    /// Things in a row: `A, B and C`.
    pub(crate) fn list(&self, pieces: &[Md]) -> Md {
        match pieces {
            [] => Md::default(),
            [one] => one.clone(),
            [rest @ .., last] => Md::join(&[Md::join(rest, &self.list.comma), last.clone()], &self.list.and),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use jiff::civil::date;

    use super::*;

    fn words() -> [Words; 2] {
        ["fr", "en"].map(|language| Words::of(language).unwrap())
    }

    #[test]
    fn numbers() {
        let cases = [
            (0.0, "0", "0"),
            (0.5, "0,5", "0.5"),
            (999.0, "999", "999"),
            (1000.0, "1\u{202f}000", "1,000"),
            (12_000.0, "12\u{202f}000", "12,000"),
            (4_600_000.0, "4\u{202f}600\u{202f}000", "4,600,000"),
            (1234.25, "1\u{202f}234,25", "1,234.25"),
            (-1500.0, "-1\u{202f}500", "-1,500"),
        ];
        let [fr, en] = words();
        for (value, french, english) in cases {
            assert_eq!(fr.figure(value), french);
            assert_eq!(en.figure(value), english);
        }
    }

    #[test]
    fn bounds() {
        let cases = [
            (Some(7.0), Some(7.0), false, "7\u{a0}personnes", "7\u{a0}people"),
            (Some(30.0), Some(30.0), true, "environ 30\u{a0}personnes", "about 30\u{a0}people"),
            (Some(3.0), Some(4.0), false, "entre 3 et 4\u{a0}personnes", "between 3 and 4\u{a0}people"),
            (Some(20.0), Some(99.0), true, "environ 20 à 99\u{a0}personnes", "about 20 to 99\u{a0}people"),
            (Some(1.0), None, false, "au moins 1\u{a0}personne", "at least 1\u{a0}person"),
            (None, Some(50.0), false, "au plus 50\u{a0}personnes", "at most 50\u{a0}people"),
            (None, Some(50.0), true, "au plus environ 50\u{a0}personnes", "at most about 50\u{a0}people"),
            (None, None, true, "sans chiffre", "no figure"),
        ];
        let [fr, en] = words();
        for (low, high, approximate, french, english) in cases {
            assert_eq!(fr.quantity(low, high, approximate, Some("person")).as_str(), french);
            assert_eq!(en.quantity(low, high, approximate, Some("person")).as_str(), english);
        }
    }

    #[test]
    fn a_unit_without_words_is_printed_as_it_is() {
        let [fr, _] = words();
        let quantity = |unit| fr.quantity(Some(2.0), Some(2.0), false, unit).as_str().to_owned();
        assert_eq!(quantity(Some("hot_air_balloon")), "2\u{a0}hot\\_air\\_balloon");
        assert_eq!(quantity(None), "2");
    }

    #[test]
    fn dates() {
        let day = |m, d| Some(date(2024, m, d));
        let cases = [
            (day(12, 16), day(12, 16), "le 16 décembre 2024", "on 16 December 2024"),
            (day(12, 1), day(12, 1), "le 1er décembre 2024", "on 1 December 2024"),
            (day(12, 14), day(12, 15), "du 14 au 15 décembre 2024", "from 14 to 15 December 2024"),
            (day(11, 30), day(12, 2), "du 30 novembre au 2 décembre 2024", "from 30 November to 2 December 2024"),
            (day(2, 1), day(2, 29), "en février 2024", "in February 2024"),
            (day(1, 1), day(12, 31), "en 2024", "in 2024"),
            (day(8, 6), None, "depuis le 6 août 2024", "since 6 August 2024"),
            (None, day(8, 6), "jusqu’au 6 août 2024", "until 6 August 2024"),
            (
                day(12, 30),
                Some(date(2025, 1, 2)),
                "du 30 décembre 2024 au 2 janvier 2025",
                "from 30 December 2024 to 2 January 2025",
            ),
        ];
        let [fr, en] = words();
        for (start, end, french, english) in cases {
            assert_eq!(fr.days(start, end).unwrap(), french);
            assert_eq!(en.days(start, end).unwrap(), english);
        }
        assert_eq!(fr.days(None, None), None);
    }
}

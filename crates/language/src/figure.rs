//! Figures: numerals in digits and words with what makes them bounds, and what makes them no figure at all.

use std::ops::Range;

use crate::lexicon::{Bound, Class, Lexicon};
use crate::{TokenKind, Tokens};

mod numeral;
mod refusal;

use numeral::Numeral;
pub use refusal::{Read, Refusal};

/// What kind of figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureKind {
    /// A numeral or a vague plural.
    Count,
    /// The article 'un', which counts only where the noun is counted.
    One,
    /// 'aucun': zero of what follows.
    Zero,
}

/// A figure as a bound, with the tokens that say it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Modifier and numeral.
    pub tokens: Range<usize>,
    /// The numeral alone.
    pub core: Range<usize>,
    /// Lower bound.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// Whether the text says 'about', 'nearly', or a vague plural.
    pub approximate: bool,
    /// What kind.
    pub kind: FigureKind,
    /// What read it.
    pub rule: &'static str,
}

impl Figure {
    /// Applies a modifier that stands behind ('au bas mot').
    pub fn bounded(mut self, bound: Bound) -> Self {
        let (low, high) = (self.low, self.high);
        match bound {
            Bound::Floor => self.high = None,
            Bound::Ceiling => self.low = None,
            Bound::Nearly => (self.low, self.approximate) = (None, true),
            Bound::About => self.approximate = true,
            Bound::Exact | Bound::Between => {}
        }
        if self.low.is_none() && self.high.is_none() {
            (self.low, self.high) = (low.or(high), None);
        }
        self
    }
}

/// Reads figures from the tokens of one language.
pub struct Figures<'a> {
    tokens: &'a Tokens<'a>,
    lexicon: &'a Lexicon,
}

impl<'a> Figures<'a> {
    /// A reader for these tokens.
    pub fn new(tokens: &'a Tokens<'a>, lexicon: &'a Lexicon) -> Self {
        Figures { tokens, lexicon }
    }

    /// The figure that begins at token `i` and ends before `end`, or `None` where there is none or what stands
    /// there counts nothing: calibres, ages, distances, money, times, years, numbers of articles and units.
    pub fn at(&self, i: usize, end: usize) -> Option<Figure> {
        let figure = self.read(i, end)?;
        (figure.tokens.end <= end && self.refusal(&figure).is_none()).then_some(figure)
    }

    /// The modifier that begins at token `i`, behind a figure or what it counts.
    pub fn bound_after(&self, i: usize) -> Option<(usize, Bound)> {
        self.lexicon.bounds_after.longest(self.tokens, i)
    }

    fn read(&self, i: usize, end: usize) -> Option<Figure> {
        // 'no fewer than 30', 'pas moins de 30' begin with a word that alone would be a zero.
        let bound = self.lexicon.bounds.longest(self.tokens, i).map_or(0, |(len, _)| len);
        if let Some(len) =
            self.class_len(i, Class::Zero).filter(|len| *len > bound && self.tokens.kind(i + len) == TokenKind::Word)
        {
            let tokens = i..i + len;
            return Some(Figure {
                core: tokens.clone(),
                tokens,
                low: Some(0.0),
                high: Some(0.0),
                approximate: false,
                kind: FigureKind::Zero,
                rule: "figure.zero",
            });
        }
        let mut at = i;
        let mut bounds = Vec::new();
        // 'au moins quelque 50': modifiers may pile up; a quotation may open between them and the numeral.
        while at < end
            && bounds.len() < 3
            && let Some((len, bound)) = self.lexicon.bounds.longest(self.tokens, at)
        {
            bounds.push(bound);
            at += len;
            if self.tokens.is_quotation_mark(at) {
                at += 1;
            }
        }
        if bounds.is_empty()
            && self.lexicon.classes.at(self.tokens, i).any(|(_, c)| c == Class::RangeFrom)
            && let Some(range) = self.range(i, i + 1, Class::RangeTo)
        {
            return Some(range);
        }
        if bounds.contains(&Bound::Between)
            && let Some(range) = self.range(i, at, Class::And)
        {
            return Some(range);
        }
        let first = self.numeral(at)?;
        let core = at..at + first.len;
        if let Some(range) = self.range(i, at, Class::RangeTo) {
            return Some(bounds.iter().fold(range, |figure, bound| figure.bounded(*bound)));
        }
        let kind = if first.one && bounds.is_empty() { FigureKind::One } else { FigureKind::Count };
        let mut figure = Figure {
            tokens: i..core.end,
            core,
            low: Some(first.low),
            high: Some(first.high),
            approximate: first.approximate,
            kind,
            rule: rule(&bounds, &first),
        };
        for bound in bounds {
            figure = figure.bounded(bound);
        }
        if let Some((len, bound)) = self.bound_after(figure.tokens.end) {
            figure.tokens.end += len;
            figure = figure.bounded(bound);
        }
        Some(figure)
    }

    /// Two numerals that are the ends of a range: 'A à B', 'A-B', 'entre A et B'. `from` is where the first stands.
    fn range(&self, i: usize, from: usize, link: Class) -> Option<Figure> {
        let first = self.numeral(from)?;
        let mut at = from + first.len;
        let linked = self.lexicon.classes.at(self.tokens, at).any(|(_, c)| c == link)
            || link == Class::RangeTo
                && (matches!(self.tokens.raw(at), "-" | "–" | "—")
                    || self.lexicon.classes.at(self.tokens, at).any(|(_, c)| c == Class::Or));
        if !linked {
            return None;
        }
        at += 1;
        let second = self.numeral(at)?;
        let mut low = first.low;
        // 'entre trois et quatre mille': the scale of the second is meant for both.
        if let Some(scale) = second.scale
            && first.scale.is_none()
            && low < second.high / scale * 10.0
            && low * scale <= second.high
            && low < 1000.0
        {
            low *= scale;
        }
        (low < second.high).then(|| Figure {
            tokens: i..at + second.len,
            core: from..at + second.len,
            low: Some(low),
            high: Some(second.high),
            approximate: first.approximate || second.approximate,
            kind: FigureKind::Count,
            rule: "figure.range",
        })
    }

    fn scale(&self, i: usize) -> Option<f64> {
        self.lexicon.scales.get(self.tokens.lower(i)).copied()
    }

    fn has(&self, i: usize, class: Class) -> bool {
        self.class_len(i, class).is_some()
    }

    fn class_len(&self, i: usize, class: Class) -> Option<usize> {
        self.lexicon.classes.at(self.tokens, i).filter(|(_, c)| *c == class).map(|(len, _)| len).max()
    }
}

fn rule(bounds: &[Bound], numeral: &Numeral) -> &'static str {
    match bounds.last() {
        Some(Bound::Floor) => "figure.floor",
        Some(Bound::Ceiling) => "figure.ceiling",
        Some(Bound::Nearly) => "figure.nearly",
        Some(Bound::About) => "figure.about",
        _ if numeral.low < numeral.high => "figure.vague",
        _ if numeral.approximate => "figure.collective",
        _ => "figure.point",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(language: &str, text: &str) -> String {
        let tokens = Tokens::new(text, Lexicon::of(language).unwrap().vocabulary());
        let figures = Figures::new(&tokens, Lexicon::of(language).unwrap());
        let end = |v: Option<f64>| v.map_or(String::new(), |v| v.to_string());
        (0..tokens.len()).find_map(|i| figures.at(i, tokens.len())).map_or("-".to_owned(), |f| {
            format!("{}..{}{}", end(f.low), end(f.high), if f.approximate { "~" } else { "" })
        })
    }

    #[test]
    fn french_figures() {
        let cases = [
            ("au moins 30 soldats", "30.."),
            ("plus de 10.000 soldats", "10000.."),
            ("pas moins de 11 000 soldats", "11000.."),
            ("jusqu'à 3 000 soldats", "..3000"),
            ("Jusqu’à 11 000 soldats", "..11000"),
            ("près de mille soldats", "..1000~"),
            ("environ 12\u{202f}000 soldats", "12000..12000~"),
            ("quelque 50.000 hommes", "50000..50000~"),
            ("entre 10 000 et 12 000 soldats", "10000..12000"),
            ("entre trois et quatre mille hommes", "3000..4000"),
            ("de 3 500 à 4 000 soldats", "3500..4000"),
            ("3.500 à 4.000 soldats", "3500..4000"),
            ("de 10 à 12 000 hommes", "10000..12000"),
            ("au moins trente soldats", "30.."),
            ("soixante et onze personnes au moins", "71..71"),
            ("trente-trois tués", "33..33"),
            ("deux cent trente militaires", "230..230"),
            ("quatre-vingt-dix-sept civils", "97..97"),
            ("une trentaine d'habitants", "30..30~"),
            ("plus d’une centaine de soldats", "100..~"),
            ("un millier d'hommes", "1000..1000~"),
            ("une dizaine de milliers de civils", "10000..10000~"),
            ("des centaines de soldats", "200..999~"),
            ("plusieurs milliers de soldats", "2000..9999~"),
            ("4,6 millions de déplacés", "4600000..4600000"),
            ("près d'un million et demi de réfugiés", "..1500000~"),
            ("aucun mort", "0..0"),
            ("moins de cent hommes", "..100"),
            ("12 000-15 000 hommes", "12000..15000"),
            ("« au moins 200 »", "200.."),
            // what counts nothing
            ("de 170 mm", "-"),
            ("à 70 km", "-"),
            ("62 ans", "-"),
            ("85 %", "-"),
            ("60 millions de dollars", "-"),
            ("article 4", "-"),
            ("en 2024", "-"),
            ("un T-72", "1..1"),
            ("tél. 04 99 00 56 78", "-"),
            ("15 heures", "-"),
            ("09h00", "-"),
            ("5,56 mm", "-"),
            ("$1 = 2,840", "-"),
        ];
        let wrong: Vec<_> = cases.iter().filter(|(text, want)| shown("fr", text) != *want).collect();
        let got: Vec<_> = wrong.iter().map(|(text, _)| shown("fr", text)).collect();
        assert!(wrong.is_empty(), "{wrong:#?} {got:#?}");
    }

    #[test]
    fn english_figures() {
        let cases = [
            ("at least 30 soldiers", "30.."),
            ("at least thirty soldiers", "30.."),
            ("more than 10,000 troops", "10000.."),
            ("well over 1,200 fighters", "1200.."),
            ("upwards of 5,000 people", "5000.."),
            ("not less than 40 shells", "40.."),
            ("in excess of 300 rockets", "300.."),
            ("a minimum of 12 tanks", "12.."),
            ("up to 4,000", "..4000"),
            ("as many as 11,000 soldiers", "..11000"),
            ("fewer than one hundred", "..100"),
            ("not more than 60 recruits", "..60"),
            ("a maximum of 15 aircraft", "..15"),
            ("nearly 1,000 conscripts", "..1000~"),
            ("close to 500 wounded", "..500~"),
            ("just under 250 prisoners", "..250~"),
            ("about twenty drones", "20..20~"),
            ("an estimated 12,000 troops", "12000..12000~"),
            ("some 50,000 men", "50000..50000~"),
            ("at least some 80 villagers", "80..~"),
            ("roughly 3.5 million refugees", "3500000..3500000~"),
            ("a total of 71 bodies", "71..71"),
            ("another 14 children", "14..14"),
            ("a further 200 missiles", "200..200"),
            ("between 10,000 and 12,000 troops", "10000..12000"),
            ("between three and four thousand men", "3000..4000"),
            ("between twenty and thirty dead", "20..30"),
            ("from 10 to 12,000 men", "10000..12000"),
            ("3,500 to 4,000 soldiers", "3500..4000"),
            ("12,000-15,000 men", "12000..15000"),
            ("two or three soldiers", "2..3"),
            ("dozens or hundreds of fighters", "20..999~"),
            ("thirty-three dead", "33..33"),
            ("two hundred and thirty servicemen", "230..230"),
            ("one thousand two hundred recruits", "1200..1200"),
            ("ninety-seven civilians", "97..97"),
            ("one soldier", "1..1"),
            ("5 thousand men", "5000..5000"),
            ("54 million", "54000000..54000000"),
            ("4.6 million displaced people", "4600000..4600000"),
            ("half a million refugees", "500000..500000~"),
            ("a million and a half people", "1500000..1500000~"),
            ("a dozen gunmen", "12..12~"),
            ("more than two dozen pilots", "24..~"),
            ("a couple of dozen fighters", "24..24~"),
            ("a couple of hundred men", "200..200~"),
            ("more than a hundred families", "100..~"),
            ("dozens of people", "20..99~"),
            ("scores of villagers", "20..99~"),
            ("hundreds of missiles", "200..999~"),
            ("several thousand soldiers", "2000..9999~"),
            ("tens of thousands of civilians", "20000..99999~"),
            ("thirty or so wounded", "30..30~"),
            ("eighty-odd conscripts", "80..80~"),
            ("30 or more hostages", "30.."),
            ("50, if not more", "50.."),
            ("200+ drones", "200.."),
            ("six at most", "..6"),
            ("no casualties", "0..0"),
            ("not a single soldier", "0..0"),
            ("“at least 200”", "200.."),
            // what counts nothing
            ("3 miles", "-"),
            ("155 mm", "-"),
            ("a 155-mm howitzer", "-"),
            ("70 kilometres", "-"),
            ("hundreds of kilometres", "-"),
            ("62 years", "-"),
            ("a 40-year-old farmer", "-"),
            ("aged 34", "-"),
            ("2 percent", "-"),
            ("85 per cent", "-"),
            ("85%", "-"),
            ("60 million dollars", "-"),
            ("hundreds of millions of dollars", "-"),
            ("$1 = 2,840", "-"),
            ("€50 million", "-"),
            ("article 5", "-"),
            ("in 2024", "-"),
            ("4:07", "-"),
            ("11 a.m.", "-"),
            ("7 p.m.", "-"),
            ("at 7 PM", "-"),
            ("magnitude 7.7", "-"),
            ("a T-72", "1..1"),
            ("the 14th brigade", "-"),
            ("brigade 47", "-"),
            ("7 storeys", "-"),
            ("120 beds", "-"),
            ("three times", "-"),
            ("two-thirds of the force", "-"),
            ("tel. 04 99 00 56 78", "-"),
        ];
        let wrong: Vec<_> = cases.iter().filter(|(text, want)| shown("en", text) != *want).collect();
        let got: Vec<_> = wrong.iter().map(|(text, _)| shown("en", text)).collect();
        assert!(wrong.is_empty(), "{wrong:#?} {got:#?}");
    }
}

//! Numerals: digits, number words, collectives and vague plurals, without the modifiers that make them bounds.

use super::Figures;
use super::words::Cue;
use crate::lexicon::Class;
use crate::{TokenKind, numeral};

/// A numeral without what bounds it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numeral {
    /// Tokens.
    pub(super) len: usize,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) approximate: bool,
    /// Whether it is the article.
    pub(super) one: bool,
    /// What an ellipsis before it may share: 'trois à quatre cent mille' is meant in hundreds of thousands, else in
    /// thousands; 1 where there is nothing to share.
    pub(super) scales: [f64; 2],
}

impl Numeral {
    fn exact(len: usize, value: f64) -> Self {
        Numeral { len, low: value, high: value, approximate: false, one: false, scales: [1.0; 2] }
    }

    /// So many times as many: 'deux douzaines', 'des dizaines de milliers'.
    fn times(self, len: usize, factor: f64) -> Self {
        let last = self.high - self.low;
        // What follows 99 tens is 100: the interval reaches up to it.
        let high = if last > 0.0 { (self.high + 1.0) * factor - 1.0 } else { self.high * factor };
        let scales = [self.scales[0] * factor, factor];
        Numeral { len: self.len + len, low: self.low * factor, high, approximate: true, scales, ..self }
    }

    /// The lower end of a range that goes on to `second`, of which an ellipsis may leave the scale to the second:
    /// 'trois à quatre mille', '10 à 12 000', but '500 à 1 000'.
    pub(super) fn low_before(&self, second: &Numeral) -> f64 {
        let fits = |scale: &f64| {
            let low = self.low * scale;
            self.low < 1000.0 && low < second.high && second.low <= low * 10.0
        };
        let scale = second.scales.into_iter().find(fits).unwrap_or(1.0);
        // What makes sense as it stands and needs no scale is left: 'deux à trois'.
        self.low * scale
    }
}

/// How many words a numeral has at most; the longest below a thousand millions has eighteen.
const LONGEST: usize = 24;

/// How number words add up, word by word.
#[derive(Debug, Clone, Copy)]
struct Sum {
    /// What is closed by a scale.
    total: f64,
    /// What is still open, below a thousand; 'twenty-one hundred' is the exception.
    group: u32,
    /// What may still be added to the open group is no greater than this.
    room: u32,
    /// The last scale.
    scale: f64,
    /// Whether the last word was ten, which is followed by seven, eight and nine in 'dix-sept'.
    ten: bool,
    /// The number before the scales, where nothing follows on them: the 6 of 'six cent mille'.
    lead: u32,
    pure: bool,
}

impl Sum {
    const NOTHING: Sum = Sum { total: 0.0, group: 0, room: 99, scale: f64::INFINITY, ten: false, lead: 0, pure: true };

    fn value(&self) -> f64 {
        self.total + f64::from(self.group)
    }

    /// The sum with one more word, which may count by itself or not; `None` where it goes on with no numeral.
    fn with(self, value: f64, first: bool, alone: bool) -> Option<Sum> {
        if value >= 1000.0 {
            return self.scaled(value, first, alone);
        }
        let value = value as u32;
        match value {
            0 => first.then_some(Sum { room: 0, ..self }),
            100 => {
                // 'cent', 'deux cents', 'a hundred', 'twenty-one hundred'; never 'dix cents'.
                let counted = matches!(self.group, 1..=9 | 11..=99);
                let alone = self.group == 0 && alone && self.room > 0;
                let group = if counted { self.group * 100 } else { 100 };
                (counted || alone).then_some(Sum { group, room: 99, ten: false, ..self })
            }
            20 if self.room == 0 && self.group % 100 == 4 && !self.ten => {
                // 'quatre-vingts'.
                Some(Sum { group: self.group + 76, room: 19, lead: self.lead + 76, ..self })
            }
            7..=9 if self.ten => Some(Sum { group: self.group + value, room: 0, ten: false, ..self.added(value) }),
            _ if value <= self.room => {
                let group = self.group + value;
                let room = match value {
                    // 'soixante-dix'; French counts on to nineteen where no word for seventy or ninety stands.
                    60 | 80 => 19,
                    20.. => 9,
                    _ => 0,
                };
                Some(Sum { group, room, ten: value == 10, ..self.added(value) })
            }
            _ => None,
        }
    }

    fn added(self, value: u32) -> Sum {
        let pure = self.pure && self.total == 0.0 && self.group < 100;
        Sum { lead: self.lead + value, pure, ..self }
    }

    fn scaled(self, scale: f64, first: bool, alone: bool) -> Option<Sum> {
        if scale < self.scale {
            // 'mille' counts by itself, 'million' does not; what follows a greater scale was opened by it.
            let counted = self.group > 0;
            let alone = alone && (first || self.total > 0.0);
            let group = if counted { self.group } else { 1 };
            let total = self.total + f64::from(group) * scale;
            return (counted || alone).then_some(Sum { total, group: 0, room: 99, scale, ten: false, ..self });
        }
        // 'cent mille milliards'.
        (self.group == 0 && scale > self.scale).then_some(Sum { total: self.total * scale, room: 99, scale, ..self })
    }

    fn scales(&self) -> [f64; 2] {
        let whole = if self.pure && self.lead > 0 { self.value() / f64::from(self.lead) } else { 1.0 };
        let last = if self.group == 0 && self.scale.is_finite() { self.scale } else { 1.0 };
        [if self.lead > 0 { whole } else { last }, last]
    }
}

impl Figures<'_> {
    /// The numeral that begins at token `i`: a vague plural, digits, a collective, number words, or the article.
    /// `bounded` tells whether a modifier stands before it.
    pub(super) fn numeral(&self, i: usize, bounded: bool) -> Option<Numeral> {
        match self.tokens.kind(i) {
            TokenKind::Number => self.digits(i),
            TokenKind::Mixed => self.suffixed(i),
            TokenKind::Mark => None,
            TokenKind::Word if !self.words().may_count(self.tokens.word(i)) => None,
            TokenKind::Word => (self.vague(i))
                .or_else(|| self.collective(i, bounded))
                .or_else(|| self.single(i))
                .or_else(|| self.number_words(i))
                .or_else(|| self.article(i)),
        }
    }

    /// 'des dizaines', 'plusieurs centaines de milliers'.
    fn vague(&self, i: usize) -> Option<Numeral> {
        let (len, (low, high)) = self.words().vague(self.tokens, i)?;
        let numeral = Numeral { low, high, approximate: true, ..Numeral::exact(len, low) };
        let numeral = self.multiplied(i, numeral);
        // 'a score of 28 to 17'.
        let of = usize::from(self.has(i + numeral.len, Class::Partitive));
        (self.tokens.kind(i + numeral.len + of) != TokenKind::Number).then_some(numeral)
    }

    /// The numeral times the scale that follows: 'dizaines de milliers', 'a couple of hundred'.
    fn multiplied(&self, i: usize, numeral: Numeral) -> Numeral {
        let end = i + numeral.len;
        let of = self.class_len(end, Class::Partitive).unwrap_or(0);
        let scale = self.words().collective(self.tokens, end + of);
        let scale = scale.or_else(|| self.words().value(self.tokens, end + of).filter(|value| *value >= 1000.0));
        match scale {
            Some(scale) if scale > 1.0 => numeral.times(of + 1, scale),
            _ => numeral,
        }
    }

    fn digits(&self, i: usize) -> Option<Numeral> {
        let raw = self.tokens.raw(i);
        if self.tokens.hyphen(i) {
            return None;
        }
        let mut value = numeral(raw)?;
        let mut at = i + 1;
        let mut scale = 1.0;
        // Behind a year 'mille' is a number of its own.
        let multiplies = |factor: &f64| *factor >= 1e6 || *factor >= 1000.0 && value < 1000.0;
        while at < i + LONGEST
            && let Some(factor) = self.words().value(self.tokens, at).filter(multiplies)
            && !self.tokens.hyphen(at)
        {
            scale *= factor;
            at += 1;
        }
        if scale == 1.0 {
            // 'de 10 à 12 000': round thousands may be meant for both ends of a range.
            let shared = if value >= 1000.0 && value % 1000.0 == 0.0 { 1000.0 } else { 1.0 };
            let plain = Numeral { scales: [shared; 2], ..Numeral::exact(1, value) };
            return Some(match self.words().collective(self.tokens, at).filter(|_| !self.tokens.hyphen(at)) {
                Some(collective) => self.multiplied(i, plain.times(1, collective)),
                None => plain,
            });
        }
        // Nobody writes a thousand millions so: '1,125 million' is a little more than one.
        if scale >= 1e6
            && value >= 1000.0
            && raw.bytes().filter(|b| matches!(b, b'.' | b',')).count() == 1
            && raw.is_ascii()
        {
            value /= 1000.0;
        }
        value *= scale;
        if let Some(half) = self.class_len(at, Class::Half) {
            return Some(Numeral { scales: [scale; 2], ..Numeral::exact(at + half - i, value + scale / 2.0) });
        }
        // '2 millions 500 000'.
        if scale >= 1e6
            && self.tokens.kind(at) == TokenKind::Number
            && let Some(rest) = numeral(self.tokens.raw(at)).filter(|rest| *rest >= 1000.0 && *rest < scale)
        {
            return Some(Numeral::exact(at + 1 - i, value + rest));
        }
        Some(Numeral { scales: [scale; 2], ..Numeral::exact(at - i, value) })
    }

    /// '40k', '2.5m': only before what is counted, for `5m` may be metres.
    fn suffixed(&self, i: usize) -> Option<Numeral> {
        let raw = self.tokens.raw(i);
        if self.tokens.hyphen(i) || !raw.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let (digits, scale) = self.words().suffixed(raw)?;
        let value = numeral(digits)? * scale;
        self.counts(i + 1).then_some(Numeral { scales: [scale; 2], ..Numeral::exact(1, value) })
    }

    /// 'une trentaine', 'un millier', 'une dizaine de milliers', 'half a dozen', 'la dizaine de': about that many. Half
    /// of something else that is counted is exact: 'half a company'.
    fn collective(&self, i: usize, bounded: bool) -> Option<Numeral> {
        let cue = |at, cue| self.cue(at, cue).unwrap_or(0);
        let mut at = i;
        let article = self.has(i, Class::Article);
        if article {
            at += 1;
            at += cue(at, Cue::Measure);
        }
        let halved = cue(at, Cue::Halved);
        at += halved;
        let half = if halved > 0 { 0.5 } else { 1.0 };
        let scale = || self.words().value(self.tokens, at).filter(|value| halved > 0 && *value >= 100.0);
        let Some(value) = self.words().collective(self.tokens, at).or_else(scale) else {
            let noun = halved > 0
                && (article || halved > 1)
                && self.lexicon.nouns.has(self.tokens, at)
                && self.cue(at, Cue::RefuseAfter).is_none();
            return noun.then_some(Numeral::exact(at - i, 0.5));
        };
        if !article && halved == 0 && !bounded && !self.is_determined(i) {
            return None;
        }
        let mut numeral = Numeral { approximate: true, ..Numeral::exact(at + 1 - i, value * half) };
        numeral.scales = [value; 2];
        if let Some(len) = self.class_len(at + 1, Class::Half) {
            numeral = Numeral {
                len: numeral.len + len,
                low: numeral.low + value / 2.0,
                high: numeral.high + value / 2.0,
                ..numeral
            };
        }
        let end = i + numeral.len;
        let of = usize::from(self.has(end, Class::Partitive));
        // 'une quarantaine de 14 jours', 'a hundred and twenty': something else.
        let goes_on = of == 0 && self.words().value(self.tokens, at).is_some() && self.adds_up(end);
        if self.tokens.kind(end + of) == TokenKind::Number || goes_on {
            return None;
        }
        Some(self.multiplied(i, numeral))
    }

    /// Whether number words go on here: 'and twenty', 'thousand'.
    fn adds_up(&self, at: usize) -> bool {
        let joined = usize::from(self.has(at, Class::NumberJoin));
        self.has(at + joined, Class::NumberWord)
    }

    /// Whether a collective without an article counts: 'la centaine de soldats', 'the dozen fighters'.
    fn is_determined(&self, i: usize) -> bool {
        let determiners = [Class::Definite, Class::Demonstrative, Class::Possessive, Class::Quantifier];
        let determined = i > 0 && determiners.into_iter().any(|class| self.has(i - 1, class));
        determined && (self.has(i + 1, Class::Partitive) || self.counts(i + 1) || self.bound_after(i + 1).is_some())
    }

    fn number_words(&self, i: usize) -> Option<Numeral> {
        let article = self.has(i, Class::Article);
        let mut sum = Sum::NOTHING;
        let mut at = i;
        // 'a hundred' counts from one; as a round number it is about that many.
        let round = article && self.words().value(self.tokens, i).is_none();
        if round {
            self.words().value(self.tokens, i + 1).filter(|value| *value >= 100.0)?;
            sum = Sum { group: 1, room: 0, lead: 1, ..sum };
            at += 1;
        }
        let mut approximate = round;
        while at < i + LONGEST
            && let Some((value, word)) = self.next_word(at, i, &sum)
        {
            let alone = self.words().counts_alone(self.tokens, word);
            let Some(more) = sum.with(value, at == i, alone) else { break };
            approximate &= value >= 100.0;
            sum = more;
            at = word + 1;
        }
        if at == i || round && at == i + 1 {
            return None;
        }
        let one = at == i + 1 && article;
        let mut numeral = Numeral { approximate, one, scales: sum.scales(), ..Numeral::exact(at - i, sum.value()) };
        if !one && let Some(half) = self.class_len(at, Class::Half) {
            // 'two and a half million', 'un million et demi'.
            let scale = self.words().value(self.tokens, at + half).filter(|value| *value >= 1000.0);
            let unit = if sum.group == 0 && sum.scale.is_finite() { sum.scale } else { 1.0 };
            let value = sum.value() + unit / 2.0;
            numeral = match scale {
                Some(scale) => Numeral { scales: [scale; 2], ..Numeral::exact(at + half + 1 - i, value * scale) },
                None => Numeral { len: numeral.len + half, low: value, high: value, ..numeral },
            };
            numeral.approximate = approximate;
        }
        // 'deux douzaines', 'trois dizaines de milliers'.
        let collective = self.words().collective(self.tokens, i + numeral.len).filter(|_| !one && !approximate);
        Some(match collective {
            Some(collective) => self.multiplied(i, numeral.times(1, collective)),
            None => numeral,
        })
    }

    /// The number word at `at`, or behind a word that joins it to what stands before.
    fn next_word(&self, at: usize, i: usize, sum: &Sum) -> Option<(f64, usize)> {
        let value = |at: usize| self.words().value(self.tokens, at).filter(|_| self.tokens.kind(at) == TokenKind::Word);
        if at == i || !self.has(at, Class::NumberJoin) {
            return Some((value(at)?, at));
        }
        let next = value(at + 1)?;
        // 'vingt et un', 'soixante et onze'.
        let tens = matches!(sum.group % 100, 20 | 30 | 40 | 50 | 60 | 70 | 80) && sum.room > 0;
        let french = tens && (next == 1.0 || next == 11.0 && sum.group % 100 == 60);
        // 'two hundred and ten', but not 'two hundred and three hundred'.
        let mut behind = at + 1;
        while behind < at + LONGEST && value(behind).is_some_and(|value| value < 100.0) {
            behind += 1;
        }
        let closed = value(behind).is_none_or(|value| value != 100.0 && value < sum.scale);
        let english = self.words().joins_hundreds() && sum.room == 99 && next < 100.0 && next > 0.0 && closed;
        (french || english).then_some((next, at + 1))
    }

    /// 'un seul soldat'.
    fn single(&self, i: usize) -> Option<Numeral> {
        Some(Numeral::exact(self.cue(i, Cue::Single)?, 1.0))
    }

    /// 'a soldier': the article is no number word of its own, and counts where its noun does.
    fn article(&self, i: usize) -> Option<Numeral> {
        // 'a 13-year-old girl': the number is inside an adjective.
        let number = self.tokens.kind(i + 1) == TokenKind::Number || self.has(i + 1, Class::NumberWord);
        let adjective = number && self.tokens.hyphen(i + 2) && self.tokens.hyphen(i + 3);
        let noun = self.tokens.kind(i + 1) == TokenKind::Word && !self.has(i + 1, Class::NumberWord);
        let noun = (noun || adjective) && self.tokens.spaced(i + 1);
        (self.has(i, Class::Article) && noun).then_some(Numeral { one: true, ..Numeral::exact(1, 1.0) })
    }
}

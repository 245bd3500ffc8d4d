//! Numerals: digits, number words, collectives and vague plurals, without the modifiers that make them bounds.

use text2num::{get_interpreter_for, text2digits};

use super::Figures;
use crate::lexicon::Class;
use crate::{TokenKind, numeral};

/// A numeral without what bounds it.
pub(super) struct Numeral {
    /// Tokens.
    pub(super) len: usize,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) approximate: bool,
    pub(super) one: bool,
    /// The scale that the numeral ends on ('4 mille'): an ellipsis before it shares it.
    pub(super) scale: Option<f64>,
}

impl Figures<'_> {
    /// The numeral that begins at token `i`: a vague plural, digits, a collective, number words, or the article.
    pub(super) fn numeral(&self, i: usize) -> Option<Numeral> {
        let exact =
            |len, value: f64, scale| Numeral { len, low: value, high: value, approximate: false, one: false, scale };
        if let Some((len, (low, high))) = self.lexicon.vague.longest(self.tokens, i) {
            return Some(Numeral { len, low, high, approximate: true, one: false, scale: None });
        }
        if self.tokens.kind(i) == TokenKind::Number && !self.tokens.hyphen(i) {
            let value = numeral(self.tokens.raw(i))?;
            return Some(match self.scale(i + 1) {
                Some(scale) => {
                    let half = self.class_len(i + 2, Class::Half).unwrap_or(0);
                    let value = value * scale + if half > 0 { scale / 2.0 } else { 0.0 };
                    exact(2 + half, value, Some(scale))
                }
                None => {
                    // 'de 10 à 12 000': round thousands may be meant for both ends of a range.
                    exact(1, value, (value >= 1000.0 && value % 1000.0 == 0.0).then_some(1000.0))
                }
            });
        }
        self.collective(i).or_else(|| self.number_words(i)).or_else(|| {
            // 'a soldier': the article is no number word of its own.
            let noun = self.tokens.kind(i + 1) == TokenKind::Word
                && self.tokens.spaced(i + 1)
                && !self.has(i + 1, Class::NumberWord);
            (self.has(i, Class::Article) && noun).then_some(Numeral {
                len: 1,
                low: 1.0,
                high: 1.0,
                approximate: false,
                one: true,
                scale: None,
            })
        })
    }

    /// 'une trentaine', 'un millier', 'une dizaine de milliers', 'a dozen': about that many.
    fn collective(&self, i: usize) -> Option<Numeral> {
        let at = if self.has(i, Class::Article) { i + 1 } else { i };
        let value = *self.lexicon.collectives.get(self.tokens.lower(at))?;
        if at == i && value > 0.0 && !self.has(i.wrapping_sub(1), Class::NumberWord) {
            return None;
        }
        let mut len = at + 1 - i;
        let mut scale = 1.0;
        if self.has(at + 1, Class::Partitive)
            && let Some(factor) =
                self.scale(at + 2).or_else(|| self.lexicon.collectives.get(self.tokens.lower(at + 2)).copied())
        {
            scale = factor;
            len += 2;
        }
        let value = value * scale;
        Some(Numeral { len, low: value, high: value, approximate: true, one: false, scale: None })
    }

    fn number_words(&self, i: usize) -> Option<Numeral> {
        let mut at = i;
        let mut words = String::new();
        // The longest numeral of the news ('neuf cent quatre-vingt-dix-neuf mille …') has fewer words than this.
        const LONGEST: usize = 16;
        while self.tokens.kind(at) == TokenKind::Word && at < i + LONGEST {
            let is_scale = self.scale(at);
            let joins = at > i && self.has(at, Class::NumberJoin) && self.has(at + 1, Class::NumberWord);
            if !(self.has(at, Class::NumberWord) || joins || at > i && is_scale.is_some()) {
                break;
            }
            words.push_str(if words.is_empty() { "" } else { " " });
            words.push_str(self.tokens.lower(at));
            at += 1;
        }
        let language = get_interpreter_for(self.lexicon.language())?;
        // What does not make one number ('un deux') is read as far as it does.
        let (value, len) = loop {
            if words.is_empty() {
                return None;
            }
            let value = text2digits(&words, &language).ok().and_then(|digits| digits.parse::<f64>().ok());
            match value {
                Some(value) => break (value, at - i),
                None => {
                    at -= 1;
                    words.truncate(words.rfind(' ').unwrap_or(0));
                }
            }
        };
        let scale = self.scale(i + len - 1);
        let one = len == 1 && self.has(i, Class::Article);
        let half = self.class_len(i + len, Class::Half).unwrap_or(0);
        let value = value + if half > 0 { scale.unwrap_or(1.0) / 2.0 } else { 0.0 };
        Some(Numeral { len: len + half, low: value, high: value, approximate: false, one, scale })
    }
}

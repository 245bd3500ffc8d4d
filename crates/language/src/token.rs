//! One tokenisation per text; every later span is made of its tokens.

use std::ops::Range;

use recoup_model::Span;

use crate::lexicon::{Begins, Lexicon, Mask, Vocabulary, Word};
use crate::names::{FirstWord, Names};
use crate::spelling::{Sources, Spellings};
use crate::when::TimeWord;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters; dots inside an acronym belong to it (`U.N.`).
    Word,
    /// Letters and digits in one piece: `M23`, `18e`, `240mm`, `9h30`.
    Mixed,
    /// Digits with inner separators: `10.000`, `12 000`, `1,2`.
    Number,
    /// One character that is neither letter nor digit nor white space.
    Mark,
}

/// A word, numeral or mark.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    start: u32,
    end: u32,
    /// Its number among the spellings.
    spelling: u32,
    word: Word,
    begins: Begins,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether a hyphen ties it to the token before.
    pub hyphen: bool,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// Whether its first letter is a capital.
    pub capital: bool,
}

/// The tokens of a text, each with its span in the text and its folded form.
///
/// A hyphen or an apostrophe between letters is no token: `nord-coréens` is `nord` and `coreens` (hyphen), `l’armée`
/// is `l` and `armee`. So the spellings with U+2019, U+0027 and a space meet.
#[derive(Debug, Clone)]
pub struct Tokens<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    spellings: Spellings,
}

impl<'t> Tokens<'t> {
    /// Reads a text in one pass; each of its words gets the number that it has in `vocabulary`.
    pub fn new(text: &'t str, vocabulary: &Vocabulary) -> Self {
        Tokens::from_sources(text, &Sources::vocabulary(vocabulary), Spellings::default())
    }

    /// Reads a text in which `names` and times are looked for, with the spellings that texts before it have left.
    pub fn read(text: &'t str, lexicon: &Lexicon, names: &Names, mut spellings: Spellings) -> Self {
        spellings.make_room();
        Tokens::from_sources(text, &Sources::all(lexicon, names), spellings)
    }

    fn from_sources(text: &'t str, sources: &Sources<'_>, spellings: Spellings) -> Self {
        let mut tokens = Tokens { text, tokens: Vec::with_capacity(text.len() / 5), spellings };
        Scanner { text, bytes: text.as_bytes(), at: 0, sources }.run(&mut tokens);
        tokens
    }

    /// The spellings, for the next text.
    pub fn into_spellings(self) -> Spellings {
        self.spellings
    }

    /// The text that was read.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The token at an index.
    pub fn get(&self, i: usize) -> Option<&Token> {
        self.tokens.get(i)
    }

    /// The folded form: lower case, without diacritics, dots of acronyms dropped; empty past the end.
    pub fn folded(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| self.spellings.folded(t.spelling))
    }

    /// The form without capitals, diacritics kept; empty past the end. Vocabulary is looked up by it: *tue* is no *tué*.
    pub fn lower(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| self.spellings.lower(t.spelling))
    }

    /// The number of the token's lower-case form in the vocabulary; [`Word::OTHER`] past the end.
    pub(crate) fn word(&self, i: usize) -> Word {
        self.tokens.get(i).map_or(Word::OTHER, |t| t.word)
    }

    /// In which tables of the lexicon the token's word begins a phrase; in none past the end.
    pub(crate) fn begins(&self, i: usize) -> Begins {
        self.tokens.get(i).map_or(Begins::default(), |t| t.begins)
    }

    /// What the token may be as a form of a verb of which the pack says nothing.
    pub(crate) fn other_verb(&self, i: usize) -> Mask {
        self.tokens.get(i).map_or(Mask::default(), |t| self.spellings.get(t.spelling).other_verb)
    }

    /// The token as the first word of names; `None` where the text was read without any.
    pub(crate) fn first_word(&self, i: usize) -> Option<FirstWord> {
        self.spellings.get(self.tokens.get(i)?.spelling).first
    }

    /// The token as a word of time; `None` where the text was read without a calendar.
    pub(crate) fn time_word(&self, i: usize) -> Option<TimeWord> {
        self.spellings.get(self.tokens.get(i)?.spelling).time
    }

    /// Whether a name of the gazetteer may begin with the token.
    pub(crate) fn begins_town(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| self.spellings.get(t.spelling).begins_town)
    }

    /// The words as written; empty past the end.
    pub fn raw(&self, i: usize) -> &'t str {
        self.tokens.get(i).map_or("", |t| &self.text[t.start as usize..t.end as usize])
    }

    /// The kind; a [`TokenKind::Mark`] past the end.
    pub fn kind(&self, i: usize) -> TokenKind {
        self.tokens.get(i).map_or(TokenKind::Mark, |t| t.kind)
    }

    /// Whether the token is this mark.
    pub fn is_mark(&self, i: usize, mark: char) -> bool {
        self.kind(i) == TokenKind::Mark && self.raw(i).chars().eq([mark])
    }

    /// Whether the token is some opening or closing quotation mark.
    pub fn is_quotation_mark(&self, i: usize) -> bool {
        self.kind(i) == TokenKind::Mark && matches!(self.raw(i), "«" | "»" | "“" | "”" | "\"" | "„" | "‹" | "›")
    }

    /// Whether the token's first letter is a capital.
    pub fn capital(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.capital)
    }

    /// Whether a hyphen ties the token to the one before.
    pub fn hyphen(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.hyphen)
    }

    /// Whether white space stands before the token.
    pub fn spaced(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.spaced)
    }

    /// First byte of a token; the length of the text past the end.
    pub fn start(&self, i: usize) -> usize {
        self.tokens.get(i).map_or(self.text.len(), |t| t.start as usize)
    }

    /// One past the last byte of a token; the length of the text past the end.
    pub fn end(&self, i: usize) -> usize {
        self.tokens.get(i).map_or(self.text.len(), |t| t.end as usize)
    }

    /// The bytes from the first to the last token of a range; an empty span where the range is empty.
    pub fn span(&self, range: &Range<usize>) -> Span {
        let start = self.start(range.start);
        let end = if range.is_empty() { start } else { self.end(range.end - 1) };
        Span::new(start, end.max(start)).unwrap_or_else(|_| unreachable!("the end is no less than the start"))
    }

    /// The tokens that lie within a span.
    pub fn within(&self, span: Span) -> Range<usize> {
        let from = self.tokens.partition_point(|t| (t.start as usize) < span.start());
        let to = self.tokens.partition_point(|t| (t.end as usize) <= span.end());
        from..to.max(from)
    }

    /// Whether the folded forms from `i` on are these words.
    pub fn matches(&self, i: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(k, word)| self.folded(i + k) == *word)
    }

    fn push(&mut self, kind: TokenKind, range: Range<usize>, hyphen: bool, spaced: bool, sources: &Sources<'_>) {
        let (start, end) = (range.start as u32, range.end as u32);
        let number = self.spellings.number(&self.text[range], kind, sources);
        let spelling = self.spellings.get(number);
        let (word, begins, capital) = (spelling.word, spelling.begins, spelling.capital);
        self.tokens.push(Token { start, end, spelling: number, word, begins, kind, hyphen, spaced, capital });
    }
}

/// How many bytes an acronym with dots has at most; a longer row of single capitals is none, and is not read as one
/// word: each letter looks back over those before it.
const LONGEST_ACRONYM: usize = 64;

struct Scanner<'t, 'v> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    sources: &'v Sources<'v>,
}

impl Scanner<'_, '_> {
    fn run(mut self, out: &mut Tokens<'_>) {
        // Offsets are 32 bits wide; what lies past 4 GiB of one article is not read.
        let limit = self.text.len().min(u32::MAX as usize);
        let mut spaced = true;
        let mut hyphen = false;
        while self.at < limit {
            let Some(c) = self.char_at(self.at) else { break };
            let start = self.at;
            if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' || c == '\u{ad}' {
                self.at += c.len_utf8();
                spaced = true;
                continue;
            }
            let joined = !spaced && start > 0;
            if c.is_ascii_digit() {
                let kind = self.number();
                out.push(kind, start..self.at, std::mem::take(&mut hyphen), spaced, self.sources);
            } else if c.is_alphanumeric() {
                let kind = self.word();
                out.push(kind, start..self.at, std::mem::take(&mut hyphen), spaced, self.sources);
            } else {
                self.at += c.len_utf8();
                if joined && self.is_joiner(start, c) {
                    hyphen = is_hyphen(c);
                } else {
                    out.push(TokenKind::Mark, start..self.at, false, spaced, self.sources);
                }
            }
            spaced = false;
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    /// A hyphen or apostrophe between two letters or digits ties words together and is no token of its own; between
    /// two numbers a hyphen is a range and stays.
    fn is_joiner(&self, at: usize, c: char) -> bool {
        let (Some(before), Some(after)) = (self.char_before(at), self.char_at(at + c.len_utf8())) else { return false };
        let letters = before.is_alphanumeric() && after.is_alphanumeric();
        let range = before.is_ascii_digit() && after.is_ascii_digit();
        letters && (is_apostrophe(c) || is_hyphen(c) && !range)
    }

    fn word(&mut self) -> TokenKind {
        let start = self.at;
        let mut mixed = false;
        loop {
            self.at += self.bytes[self.at..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
            let Some(c) = self.char_at(self.at) else { break };
            if c.is_alphanumeric() || is_combining(c) {
                mixed |= c.is_ascii_digit();
                self.at += c.len_utf8();
            } else if c == '.' && self.acronym_goes_on(start) {
                self.at += 1;
            } else {
                break;
            }
        }
        if mixed { TokenKind::Mixed } else { TokenKind::Word }
    }

    /// `U.N.`: single capitals, each with its dot.
    fn acronym_goes_on(&self, start: usize) -> bool {
        let so_far = &self.text[start..self.at];
        let longest = so_far.len() > LONGEST_ACRONYM;
        let single = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_uppercase);
        if longest || !so_far.split('.').all(single) {
            return false;
        }
        let next = self.char_at(self.at + 1);
        let next_single = next.is_some_and(|c| c.is_uppercase())
            && self.char_at(self.at + 1 + next.map_or(0, char::len_utf8)).is_none_or(|c| c == '.');
        // The last dot belongs to the acronym only where there was one before: `M. Dupont` keeps `M`.
        next_single || so_far.contains('.')
    }

    fn number(&mut self) -> TokenKind {
        self.digits();
        let mut groups = self.bytes[..self.at].iter().rev().take_while(|b| b.is_ascii_digit()).count();
        let mut separator = None;
        while groups <= 3
            && let Some((width, sep)) = self.separator()
            && separator.is_none_or(|s| s == sep)
            && self.three_digits(self.at + width)
        {
            separator = Some(sep);
            self.at += width + 3;
            groups = 3;
        }
        if matches!(self.bytes.get(self.at), Some(b'.' | b','))
            && self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit)
        {
            self.at += 1;
            self.digits();
        }
        let mut kind = TokenKind::Number;
        while let Some(c) = self.char_at(self.at)
            && (c.is_alphanumeric() || c == '°')
            && !c.is_whitespace()
        {
            kind = TokenKind::Mixed;
            self.at += c.len_utf8();
        }
        kind
    }

    fn digits(&mut self) {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
    }

    /// The thousands separator at the current place: its width in bytes and what stands for its kind.
    fn separator(&self) -> Option<(usize, char)> {
        match self.char_at(self.at)? {
            c @ ('.' | ',' | '\'' | '’') => Some((c.len_utf8(), c)),
            c @ (' ' | '\u{a0}' | '\u{202f}' | '\u{2009}') => Some((c.len_utf8(), ' ')),
            _ => None,
        }
    }

    fn three_digits(&self, at: usize) -> bool {
        let digit = |i| self.bytes.get(i).is_some_and(u8::is_ascii_digit);
        // A fourth digit, or a letter stuck to the third, makes it no group: `2024 2025`, `15 000e`.
        digit(at) && digit(at + 1) && digit(at + 2) && !digit(at + 3)
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘')
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The value of a numeral, read as print writes it: a separator before exactly three digits groups thousands, any
/// other is a decimal point, and so is the last where it is not the one that grouped before it.
pub fn numeral(raw: &str) -> Option<f64> {
    // Most are digits alone, and few enough for a whole number.
    if raw.len() <= 15 && raw.bytes().all(|b| b.is_ascii_digit()) {
        return raw.parse::<u64>().ok().map(|whole| whole as f64);
    }
    let separators = || raw.char_indices().filter(|(_, c)| !c.is_ascii_digit());
    let last = separators().next_back().map(|(at, c)| (at, at + c.len_utf8(), c));
    let parts = || raw.split(|c: char| !c.is_ascii_digit());
    let first = parts().next()?;
    let grouped = first.len() <= 3 && first != "0" && parts().skip(1).all(|part| part.len() == 3);
    let other = last.is_some_and(|(at, _, c)| {
        matches!(c, '.' | ',') && separators().any(|(before, grouping)| before < at && grouping != c)
    });
    // Digits of both sides as one whole number, which is divided once: no rounding adds up.
    let decimals = match last {
        Some((_, behind, _)) if !grouped || other => raw.len() - behind,
        _ => 0,
    };
    let digits = raw.bytes().filter(u8::is_ascii_digit);
    let whole = digits.clone().fold(0.0, |value, digit| value * 10.0 + f64::from(digit - b'0'));
    let scale = i32::try_from(decimals).ok()?;
    (digits.count() > 0).then(|| whole / 10f64.powi(scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let tokens = Tokens::new(text, &Vocabulary::default());
        (0..tokens.len())
            .map(|i| format!("{}{}", if tokens.hyphen(i) { "-" } else { "" }, tokens.folded(i)))
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn words_numerals_and_marks() {
        let cases = [
            ("L’armée nord-coréenne", "l|armee|nord|-coreenne"),
            ("jusqu'à 12\u{202f}000 hommes", "jusqu|a|12\u{202f}000|hommes"),
            ("10.000 à 12,000 (1,2 million)", "10.000|a|12,000|(|1,2|million|)"),
            ("10 000-12 000", "10 000|-|12 000"),
            ("le 3 500e", "le|3 500e"),
            ("en 2024 300 hommes", "en|2024|300|hommes"),
            ("04 99 00 56 78", "04|99|00|56|78"),
            ("U.N. and U.S. officials. M. Dupont", "un|and|us|officials|.|m|.|dupont"),
            ("le M23, un T-72, 9h30", "le|m23|,|un|t|-72|,|9h30"),
            ("l'« assaut »", "l|'|«|assaut|»"),
        ];
        for (text, want) in cases {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    #[test]
    fn numerals_are_read_with_every_separator() {
        let cases = [
            ("10.000", 10_000.0),
            ("10 000", 10_000.0),
            ("12\u{202f}000", 12_000.0),
            ("1,130", 1130.0),
            ("1,2", 1.2),
            ("3.5", 3.5),
            ("0.125", 0.125),
            ("1.234.567", 1_234_567.0),
            ("1,234.567", 1234.567),
            ("1,234.5", 1234.5),
            ("1\u{a0}234,56", 1234.56),
            ("10’000", 10_000.0),
            ("7.62", 7.62),
            ("47", 47.0),
        ];
        for (raw, want) in cases {
            assert_eq!(numeral(raw), Some(want), "{raw}");
        }
    }
}

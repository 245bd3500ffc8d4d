//! Where sentences of French and English news text end.
//!
//! One pass from left to right. Every `.`, `!`, `?` and `…` is judged by the word before it and by what comes after it;
//! the look back and the look ahead are bounded, so the time is linear in the text.

mod abbreviations;

use recoup_model::Span;

use abbreviations::{Abbreviation, abbreviation, follows_hour, opens_sentence, takes_label};

/// Longest word, in bytes, that can be an abbreviation or open a sentence in the tables.
const LONGEST_WORD: usize = 16;

/// The sentences of the part of `text` under `within`: in order, without overlap, without surrounding white space, and
/// together holding every character that is no white space.
///
/// Closing quotes and brackets belong to the sentence they close; a quotation of several sentences is split inside too.
/// A line break is white space, a blank line ends a sentence. Copy that lost the blank after a full stop (`fin.Le`) is
/// split, abbreviations, decimals and addresses are not. Empty where `within` does not slice `text`.
///
/// ```
/// use recoup_model::Span;
/// let text = "M. Diallo a parlé. « Tenez bon ! » a-t-il dit.";
/// let all = Span::new(0, text.len())?;
/// let found: Vec<_> = recoup_language::sentences(text, all).iter().filter_map(|s| s.slice(text)).collect();
/// assert_eq!(found, ["M. Diallo a parlé.", "« Tenez bon ! » a-t-il dit."]);
/// # Ok::<(), recoup_model::InvalidSpan>(())
/// ```
pub fn sentences(text: &str, within: Span) -> Vec<Span> {
    within.slice(text).map_or_else(Vec::new, |part| Splitter::new(part, within.start()).split())
}

/// The state of the pass.
struct Splitter<'t> {
    text: &'t str,
    /// Where `text` begins in the text that spans count in.
    base: usize,
    /// First byte of the sentence in hand.
    start: usize,
    /// Whether the sentence in hand holds a letter or a digit: bare punctuation is no sentence.
    has_word: bool,
    /// Whether a straight double quote is open.
    quote_open: bool,
    found: Vec<Span>,
}

impl<'t> Splitter<'t> {
    fn new(text: &'t str, base: usize) -> Self {
        Splitter { text, base, start: 0, has_word: false, quote_open: false, found: Vec::new() }
    }

    fn split(mut self) -> Vec<Span> {
        let mut at = 0;
        while let Some(c) = first(&self.text[at..]) {
            let next = at + c.len_utf8();
            at = match c {
                _ if is_terminator(c) => self.judge(at),
                ':' if self.text[at..].starts_with("://") => self.address_end(at),
                '"' => {
                    self.quote_open = !self.quote_open;
                    next
                }
                '\n' if self.has_word && opens_with_blank_line(&self.text[next..]) => {
                    self.end_sentence(at);
                    next
                }
                _ => {
                    self.has_word |= c.is_alphanumeric();
                    next
                }
            };
        }
        self.end_text();
        self.found
    }

    /// Judges the terminators from `at` on; returns where to go on.
    fn judge(&mut self, at: usize) -> usize {
        if self.text[..at].ends_with("www") {
            return self.address_end(at);
        }
        let run_end = self.text.len() - self.text[at..].trim_start_matches(is_terminator).len();
        let end = self.take_closers(run_end);
        if self.has_word && self.is_end(at, run_end, end) {
            self.end_sentence(end);
        }
        end
    }

    /// The end of the closing quotes, brackets, note marks and stray terminators that belong to what ends at `at`.
    fn take_closers(&mut self, mut at: usize) -> usize {
        loop {
            let rest = &self.text[at..];
            let Some(c) = first(rest) else { return at };
            let after = &rest[c.len_utf8()..];
            let closes = match c {
                ')' | ']' | '»' | '”' | '›' => true,
                '’' | '\'' => !first(after).is_some_and(char::is_alphanumeric),
                '"' => self.quote_open || !first(after).is_some_and(char::is_alphanumeric),
                _ => is_terminator(c),
            };
            if closes {
                self.quote_open &= c != '"';
                at += c.len_utf8();
            } else if let Some(length) = note_mark(rest).or_else(|| self.spaced_closer(rest)) {
                at += length;
            } else {
                return at;
            }
        }
    }

    /// Length of blanks and the closer or the stray terminator behind them, as French typography sets them.
    fn spaced_closer(&self, rest: &str) -> Option<usize> {
        let inner = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let blanks = rest.len() - inner.len();
        let c = first(inner).filter(|_| blanks > 0)?;
        let after = &inner[c.len_utf8()..];
        let alone = first(after).is_none_or(|next| next.is_whitespace() || is_terminator(next));
        match c {
            '»' => Some(blanks + c.len_utf8()),
            '"' if self.quote_open && !first(after).is_some_and(char::is_alphanumeric) => Some(blanks),
            _ if is_terminator(c) && alone => Some(blanks + c.len_utf8()),
            _ => None,
        }
    }

    /// Whether the terminators in `at..run_end`, with closers up to `end`, end the sentence in hand.
    fn is_end(&self, at: usize, run_end: usize, end: usize) -> bool {
        let rest = &self.text[end..];
        let ahead = rest.trim_start();
        if ahead.is_empty() {
            return true;
        }
        if ahead.len() == rest.len() {
            return self.is_glued_end(at, run_end, end);
        }
        let bracketed = self.text[..at].ends_with(['(', '[']) && self.text[run_end..].starts_with([')', ']']);
        let opening = ahead.trim_start_matches(is_opener);
        let goes_on =
            first(opening).is_some_and(|c| c.is_lowercase() || matches!(c, ',' | ';' | ':' | ')' | ']' | '»' | '”'));
        if bracketed || goes_on {
            return false;
        }
        let is_full_stop = &self.text[at..run_end] == "." && end == run_end;
        !is_full_stop || !self.is_abbreviated(at, opening)
    }

    /// Whether terminators that no white space follows end a sentence all the same: copy that lost its blank.
    fn is_glued_end(&self, at: usize, run_end: usize, end: usize) -> bool {
        let ahead = &self.text[end..];
        let opening = ahead.trim_start_matches(is_opener);
        let mut chars = opening.chars();
        let (initial, second) = (chars.next(), chars.next());
        if !initial.is_some_and(char::is_uppercase) {
            return false;
        }
        if &self.text[at..run_end] != "." || end > run_end {
            return true;
        }
        let before = self.word_before(at);
        let whole = before.chars().nth(1).is_some() && !before.contains('.') && abbreviation(before).is_none();
        let sentence_case = second.is_none_or(|c| c.is_lowercase() || c.is_whitespace() || matches!(c, '’' | '\''));
        let names_host = opening[word_ahead(opening).len()..].starts_with(['.', '/', '@']);
        whole && sentence_case && !names_host
    }

    /// Whether the full stop at `at` is the point of an abbreviation, given what could open the next sentence.
    fn is_abbreviated(&self, at: usize, opening: &str) -> bool {
        let word = self.word_before(at);
        let next = word_ahead(opening);
        let figure_ahead = next.starts_with(|c: char| c.is_ascii_digit());
        let before = self.text[..at - word.len()].trim_end();
        let in_name = !figure_ahead && !opens_sentence(next);
        if self.is_enumerator(at, word) {
            return true;
        }
        match abbreviation(word) {
            Some(Abbreviation::Never) => true,
            Some(Abbreviation::BeforeFigure | Abbreviation::Month) => figure_ahead,
            Some(Abbreviation::MonthAfterFigure) => {
                figure_ahead && before.trim_end_matches("er").ends_with(|c: char| c.is_ascii_digit())
            }
            Some(Abbreviation::Hour) => follows_hour(next) || opening[next.len()..].trim_start().starts_with("time"),
            Some(Abbreviation::MayEnd) => in_name || figure_ahead,
            None => is_initial(word) && in_name && !takes_label(last_word(before)),
        }
    }

    /// Whether `word`, before the full stop at `at`, numbers a point: it stands first and is a short number.
    fn is_enumerator(&self, at: usize, word: &str) -> bool {
        matches!(word.len(), 1 | 2)
            && word.bytes().all(|b| b.is_ascii_digit())
            && self.text[self.start..at - word.len()].trim().is_empty()
    }

    /// The word that ends at `at`, inner full stops and hyphens included; of a word longer than any abbreviation, its
    /// tail.
    fn word_before(&self, at: usize) -> &'t str {
        let head = &self.text[self.start..at];
        let mut length = 0;
        for c in head.chars().rev().take_while(|&c| c.is_alphanumeric() || matches!(c, '.' | '-' | '°')) {
            length += c.len_utf8();
            if length > LONGEST_WORD {
                break;
            }
        }
        &head[head.len() - length..]
    }

    /// The end of the web address around `at`, without the punctuation that follows it.
    fn address_end(&mut self, at: usize) -> usize {
        self.has_word = true;
        let rest = &self.text[at..];
        let end =
            rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '»' | '”' | '<' | '>')).unwrap_or(rest.len());
        let address =
            rest[..end].trim_end_matches(|c: char| is_terminator(c) || matches!(c, ',' | ';' | ':' | ')' | ']'));
        // What is all punctuation is passed character by character.
        let length = if address.is_empty() { rest.chars().next().map_or(1, char::len_utf8) } else { address.len() };
        at + length
    }

    /// Ends the sentence in hand before `end`.
    fn end_sentence(&mut self, end: usize) {
        self.push(self.start, end);
        self.start = end;
        self.has_word = false;
    }

    /// Ends the text: what is left is a sentence, or, without a word, the tail of the one before.
    fn end_text(&mut self) {
        let left = self.text[self.start..].trim();
        match self.found.pop() {
            Some(last) if !self.has_word && !left.is_empty() => {
                self.push(last.start() - self.base, self.text.len());
            }
            last => {
                self.found.extend(last);
                self.push(self.start, self.text.len());
            }
        }
    }

    fn push(&mut self, start: usize, end: usize) {
        let part = &self.text[start..end];
        let start = start + part.len() - part.trim_start().len();
        let end = start + part.trim().len();
        if start < end {
            self.found.extend(Span::new(self.base + start, self.base + end));
        }
    }
}

fn first(text: &str) -> Option<char> {
    text.chars().next()
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

/// What may stand before the first word of a sentence.
fn is_opener(c: char) -> bool {
    c.is_whitespace() || matches!(c, '«' | '“' | '„' | '"' | '‘' | '\'' | '’' | '(' | '[' | '-' | '–' | '—' | '•')
}

fn opens_with_blank_line(text: &str) -> bool {
    text.trim_start_matches([' ', '\t', '\r', '\u{a0}']).starts_with('\n')
}

/// Length of a note mark such as `[12]` at the start of `text`.
fn note_mark(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('[')?;
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && inner[digits..].starts_with(']')).then_some(digits + 2)
}

/// The word at the start of `text`, cut at [`LONGEST_WORD`] letters.
fn word_ahead(text: &str) -> &str {
    let length = text.chars().take(LONGEST_WORD).take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    &text[..length]
}

/// The last word of `text`, or of a longer one its last [`LONGEST_WORD`] letters; empty where it ends otherwise.
fn last_word(text: &str) -> &str {
    let length: usize =
        text.chars().rev().take(LONGEST_WORD).take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    &text[text.len() - length..]
}

/// A single capital, or several as in `J.-P.`; not X, which in the news is the name of a platform.
fn is_initial(word: &str) -> bool {
    word != "X"
        && word.ends_with(char::is_uppercase)
        && word.split(['.', '-']).filter(|part| !part.is_empty()).all(|part| {
            let mut chars = part.chars();
            chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
        })
}

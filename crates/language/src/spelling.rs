//! What a word is by its spelling alone, looked up once for all places and texts in which it stands so.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;
use recoup_model::fold;

use crate::gazetteer::gazetteer;
use crate::lexicon::{Begins, Lexicon, Mask, Vocabulary, Word};
use crate::names::{FirstWord, Names};
use crate::token::TokenKind;
use crate::when::{Calendar, TimeWord};

/// What gives the words of a text their meaning.
#[derive(Clone, Copy)]
pub(crate) struct Sources<'v> {
    vocabulary: &'v Vocabulary,
    names: Option<&'v Names>,
    calendar: Option<&'static Calendar>,
}

impl<'v> Sources<'v> {
    /// The words of a pack, and nothing else.
    pub(crate) fn vocabulary(vocabulary: &'v Vocabulary) -> Self {
        Sources { vocabulary, names: None, calendar: None }
    }

    /// All that a language and a theatre know.
    pub(crate) fn all(lexicon: &'v Lexicon, names: &'v Names) -> Self {
        let calendar = Calendar::of(lexicon.language());
        Sources { vocabulary: lexicon.vocabulary(), names: Some(names), calendar }
    }
}

/// What a token is by its spelling.
#[derive(Debug, Clone)]
pub(crate) struct Spelling {
    folded: Range<u32>,
    lower: Range<u32>,
    pub(crate) word: Word,
    pub(crate) other_verb: Mask,
    pub(crate) begins: Begins,
    pub(crate) capital: bool,
    /// Whether a name of the gazetteer may begin with it.
    pub(crate) begins_town: bool,
    /// As a word of time; `None` where no calendar was asked.
    pub(crate) time: Option<TimeWord>,
    /// As the first word of names; `None` where no names were asked.
    pub(crate) first: Option<FirstWord>,
}

/// The spellings that texts were written in, each with what it is. Kept from one text to the next, it spares most
/// look-ups: nine of ten words of an article stood in those before it.
///
/// It goes with one lexicon and one theatre's names.
#[derive(Debug, Clone, Default)]
pub struct Spellings {
    numbers: HashMap<Box<str>, u32, FixedState>,
    all: Vec<Spelling>,
    /// Folded and lower-case forms, one after the other; a spelling without diacritics has one for both.
    forms: String,
}

/// How many spellings are found again. Those beyond, in a text that has so many, are looked up wherever they stand.
const MOST: usize = 1 << 14;

impl Spellings {
    /// Makes room for another text, where those before have left none.
    pub(crate) fn make_room(&mut self) {
        if self.all.len() >= MOST {
            *self = Spellings::default();
        }
    }

    pub(crate) fn get(&self, number: u32) -> &Spelling {
        &self.all[number as usize]
    }

    pub(crate) fn folded(&self, number: u32) -> &str {
        let form = &self.get(number).folded;
        &self.forms[form.start as usize..form.end as usize]
    }

    pub(crate) fn lower(&self, number: u32) -> &str {
        let form = &self.get(number).lower;
        &self.forms[form.start as usize..form.end as usize]
    }

    /// The number of a spelling.
    pub(crate) fn number(&mut self, raw: &str, kind: TokenKind, sources: &Sources<'_>) -> u32 {
        if let Some(known) = self.numbers.get(raw) {
            return *known;
        }
        let new = self.all.len() as u32;
        let spelling = self.spelling(raw, kind, sources);
        self.all.push(spelling);
        if self.numbers.len() < MOST {
            self.numbers.insert(raw.into(), new);
        }
        new
    }

    fn spelling(&mut self, raw: &str, kind: TokenKind, sources: &Sources<'_>) -> Spelling {
        let folded = self.form(|forms| match kind {
            TokenKind::Word if raw.contains('.') => {
                forms.extend(raw.chars().filter(|c| *c != '.').flat_map(char::to_lowercase));
            }
            TokenKind::Word if raw.is_ascii() => forms.extend(raw.chars().map(|c| c.to_ascii_lowercase())),
            TokenKind::Number | TokenKind::Mark => forms.push_str(raw),
            TokenKind::Word | TokenKind::Mixed => forms.push_str(&fold(raw)),
        });
        let lower = if raw.is_ascii() || kind == TokenKind::Mark {
            folded.clone()
        } else {
            self.form(|forms| forms.extend(raw.chars().filter(|c| *c != '.').flat_map(char::to_lowercase)))
        };
        let text = |form: &Range<u32>| &self.forms[form.start as usize..form.end as usize];
        let word = sources.vocabulary.number(text(&lower));
        let is_word = kind == TokenKind::Word;
        let other_verb = if is_word { sources.vocabulary.other_verb(text(&lower), word) } else { Mask::default() };
        let capital = is_capital(raw, kind);
        Spelling {
            word,
            other_verb,
            begins: sources.vocabulary.begins(word, raw),
            capital,
            begins_town: capital && (sources.names.is_none() || gazetteer().begins_with(text(&folded))),
            time: sources.calendar.map(|calendar| calendar.word(kind, text(&folded))),
            first: sources.names.map(|names| names.first(text(&folded))),
            folded,
            lower,
        }
    }

    /// Adds a form that `write` writes.
    fn form(&mut self, write: impl FnOnce(&mut String)) -> Range<u32> {
        let start = self.forms.len() as u32;
        write(&mut self.forms);
        start..self.forms.len() as u32
    }
}

/// Whether a word begins with a capital; of letters and digits in one piece, whether all letters are (`3R`).
fn is_capital(raw: &str, kind: TokenKind) -> bool {
    let mut letters = raw.chars().filter(|c| c.is_alphabetic());
    match kind {
        TokenKind::Mixed if raw.starts_with(|c: char| c.is_ascii_digit()) => {
            raw.chars().count() <= 3 && letters.all(char::is_uppercase)
        }
        _ => raw.chars().next().is_some_and(char::is_uppercase),
    }
}

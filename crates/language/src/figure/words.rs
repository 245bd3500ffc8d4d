//! What the words of a language do in figures, looked up by their number.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::Tokens;
use crate::lexicon::{ByWord, PhraseTable, Phrases, Vocabulary, Word};

/// What a word or phrase does in a figure, besides being a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Cue {
    /// Half of what follows: 'half a', 'demi'.
    Halved,
    /// Exactly one, where the article alone would count nothing: 'un seul', 'a single'.
    Single,
    /// One more of those counted before, as the subject of a verb: 'un sixième a été blessé'.
    Nth,
    /// A verb behind which 'a third' is a fraction: 'a third were killed'.
    Plural,
    /// Of a verb and its particle, which is no bound of what follows: 'handed over 230 prisoners'.
    Particle,
    /// Between the article and a collective: 'une bonne centaine'.
    Measure,
    /// Before the greater of two numbers: 'des dizaines, voire des centaines'.
    Even,
    /// Before 'from A to B', which is then no range: 'est passé de 20 à 25'.
    Change,
    /// A number in it counts nothing: 'pour cent', 'one another'.
    Idiom,
    /// A number word that behind a noun is another word: 'un char neuf'.
    Homograph,
    /// Four digits behind it are a year: 'en 1812'.
    BeforeYear,
    /// With its dot before a number: 'No. 5', 'art. 4'.
    Abbreviation,
    /// Between the parts of a ratio: 'un soldat sur dix'.
    Ratio,
    /// A number before it counts nothing: 'km', 'ans'.
    #[serde(skip)]
    RefuseAfter,
    /// A number behind it counts nothing: 'article', 'brigade'.
    #[serde(skip)]
    RefuseBefore,
}

/// The part of `[numbers]` that only figures need.
#[derive(Debug, Deserialize)]
pub(crate) struct NumberTable {
    /// Words that are numbers by themselves, each with its value.
    pub(crate) words: BTreeMap<String, f64>,
    /// Words that are numbers only behind another, which they multiply.
    pub(crate) scales: BTreeMap<String, f64>,
    /// Whether what follows on a hundred may be joined to it: 'two hundred and ten'.
    #[serde(default)]
    pub(crate) join_after_hundred: bool,
    /// What is written behind digits without a space: `40k`.
    pub(crate) suffixes: BTreeMap<String, f64>,
    /// The words and phrases of each cue.
    pub(crate) cues: BTreeMap<Cue, Vec<String>>,
}

/// What may begin with a word: most tokens are refused by this alone.
#[derive(Debug, Clone, Copy, Default)]
struct Opens {
    /// A figure: a numeral, or what bounds one.
    figure: bool,
    /// A numeral.
    numeral: bool,
    /// The phrases of these cues, one bit each.
    cues: u16,
}

impl Opens {
    fn has(self, cue: Cue) -> bool {
        self.cues & 1 << cue as u8 != 0
    }
}

/// Numbers, collectives, vague plurals and cues of one language.
#[derive(Debug, Clone)]
pub(crate) struct FigureWords {
    /// By word, what may begin with it.
    opens: Vec<Opens>,
    /// Value, and whether the word counts by itself.
    values: ByWord<(f64, bool)>,
    collectives: ByWord<f64>,
    vague: Phrases<(f64, f64)>,
    cues: Phrases<Cue>,
    suffixes: Vec<(Box<str>, f64)>,
    joins_hundreds: bool,
}

impl FigureWords {
    pub(crate) fn new() -> Self {
        FigureWords {
            opens: Vec::new(),
            values: ByWord::default(),
            collectives: ByWord::default(),
            vague: Phrases::new(PhraseTable::Vague),
            cues: Phrases::new(PhraseTable::Cues),
            suffixes: Vec::new(),
            joins_hundreds: false,
        }
    }

    /// Adds number words, scales, suffixes and cues.
    pub(crate) fn add_numbers(&mut self, vocabulary: &mut Vocabulary, table: &NumberTable) {
        let alone = table.words.iter().map(|(word, value)| (word, *value, true));
        let scales = table.scales.iter().map(|(word, value)| (word, *value, false));
        for (word, value, alone) in alone.chain(scales) {
            let word = vocabulary.learn(word);
            self.values.add(word, (value, alone));
            self.open(word, true);
        }
        for (cue, phrases) in &table.cues {
            self.add_cues(vocabulary, *cue, phrases);
        }
        self.joins_hundreds = table.join_after_hundred;
        self.suffixes = table.suffixes.iter().map(|(suffix, scale)| (suffix.as_str().into(), *scale)).collect();
    }

    /// Adds the phrases of a cue.
    pub(crate) fn add_cues(&mut self, vocabulary: &mut Vocabulary, cue: Cue, phrases: &[String]) {
        for phrase in phrases {
            let (first, _) = self.cues.add(vocabulary, phrase, cue);
            self.opens(first).cues |= 1 << cue as u8;
            // Capitals often leave *à* without its accent.
            if first == vocabulary.grave() {
                let bare = vocabulary.learn("a");
                self.opens(bare).cues |= 1 << cue as u8;
            }
            if matches!(cue, Cue::Halved | Cue::Single | Cue::Nth) {
                self.may_open(vocabulary, phrase, true);
            }
        }
    }

    /// Adds a collective in one of its numbers: 'centaine', 'centaines'.
    pub(crate) fn add_collective(&mut self, vocabulary: &mut Vocabulary, word: &str, value: f64) {
        let word = vocabulary.learn(word);
        self.collectives.add(word, value);
        self.open(word, true);
    }

    /// Adds a phrase that stands for an interval. The one that is added last holds.
    pub(crate) fn add_vague(&mut self, vocabulary: &mut Vocabulary, phrase: &str, interval: (f64, f64)) {
        self.vague.add(vocabulary, phrase, interval);
        self.may_open(vocabulary, phrase, true);
    }

    /// A figure may begin with the first word of the phrase, and so may its `numeral` where that needs nothing before.
    pub(crate) fn may_open(&mut self, vocabulary: &mut Vocabulary, phrase: &str, numeral: bool) {
        let tokens = Tokens::new(phrase, &Vocabulary::default());
        if tokens.is_empty() {
            return;
        }
        let first = vocabulary.learn(tokens.lower(0));
        self.open(first, numeral);
        // Capitals often leave *à* without its accent.
        if tokens.lower(0) == "à" {
            let bare = vocabulary.learn("a");
            self.open(bare, numeral);
        }
    }

    fn open(&mut self, word: Word, numeral: bool) {
        let opens = self.opens(word);
        opens.figure = true;
        opens.numeral |= numeral;
    }

    fn opens(&mut self, word: Word) -> &mut Opens {
        if self.opens.len() <= word.index() {
            self.opens.resize(word.index() + 1, Opens::default());
        }
        &mut self.opens[word.index()]
    }

    /// Whether a phrase of the cue may begin at token `i`.
    fn may_cue(&self, tokens: &Tokens<'_>, i: usize, cue: Cue) -> bool {
        self.opens.get(tokens.word(i).index()).is_some_and(|opens| opens.has(cue))
    }

    /// Makes the tables ready to be looked up.
    pub(crate) fn seal(&mut self) {
        self.values.seal();
        self.collectives.seal();
        self.vague.seal();
        self.cues.seal();
    }

    /// Whether a figure may begin with the word.
    pub(super) fn may_begin(&self, word: Word) -> bool {
        self.opens.get(word.index()).is_some_and(|opens| opens.figure)
    }

    /// Whether a numeral may begin with the word.
    pub(super) fn may_count(&self, word: Word) -> bool {
        self.opens.get(word.index()).is_some_and(|opens| opens.numeral)
    }

    /// The value of a number word or scale.
    pub(super) fn value(&self, tokens: &Tokens<'_>, i: usize) -> Option<f64> {
        self.values.of(tokens.word(i)).last().map(|(value, _)| *value)
    }

    /// Whether a number word counts without another before it: 'mille', but not 'thousand' or 'cents'.
    pub(super) fn counts_alone(&self, tokens: &Tokens<'_>, i: usize) -> bool {
        self.values.of(tokens.word(i)).last().is_some_and(|(_, alone)| *alone)
    }

    /// How many a collective is about.
    pub(super) fn collective(&self, tokens: &Tokens<'_>, i: usize) -> Option<f64> {
        self.collectives.of(tokens.word(i)).last().copied()
    }

    /// The longest phrase at token `i` that stands for an interval.
    pub(super) fn vague(&self, tokens: &Tokens<'_>, i: usize) -> Option<(usize, (f64, f64))> {
        self.vague.longest(tokens, i)
    }

    /// Whether a phrase of the cue with exactly so many tokens begins at token `i`.
    pub(super) fn is_cue(&self, tokens: &Tokens<'_>, i: usize, len: usize, cue: Cue) -> bool {
        self.may_cue(tokens, i, cue) && self.cues.at(tokens, i).any(|found| found == (len, cue))
    }

    /// How many tokens the longest phrase of a cue takes that begins at token `i`.
    pub(super) fn cue(&self, tokens: &Tokens<'_>, i: usize, cue: Cue) -> Option<usize> {
        if !self.may_cue(tokens, i, cue) {
            return None;
        }
        self.cues.at(tokens, i).filter(|(_, found)| *found == cue).map(|(len, _)| len).max()
    }

    /// Whether what follows on a hundred may be joined to it.
    pub(super) fn joins_hundreds(&self) -> bool {
        self.joins_hundreds
    }

    /// The number of `40k`, in digits, and its scale.
    pub(super) fn suffixed<'t>(&self, raw: &'t str) -> Option<(&'t str, f64)> {
        self.suffixes.iter().find_map(|(suffix, scale)| {
            let digits = raw.strip_suffix(&**suffix)?;
            digits.ends_with(|c: char| c.is_ascii_digit()).then_some((digits, *scale))
        })
    }
}

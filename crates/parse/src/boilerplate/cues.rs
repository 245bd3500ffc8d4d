//! The closed lists of cue phrases, from the data files, ready for matching.

use std::collections::BTreeMap;

use recoup_model::{BlockKind, fold};
use serde::Deserialize;

use super::Unit;

const SOURCES: [(&str, &str); 2] = [
    ("boilerplate.fr.toml", include_str!("../../data/boilerplate.fr.toml")),
    ("boilerplate.en.toml", include_str!("../../data/boilerplate.en.toml")),
];

/// Longest unit, in words, that a cue inside it can mark.
const HOLDS_WITHIN: usize = 30;
/// Longest unit, in words, that a brief cue inside it can mark.
const BRIEF_WITHIN: usize = 8;

/// Longest cue, in bytes, that is looked for without the blank after it.
const LONGEST_CUE: usize = 60;

/// A data file of cues that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{file} cannot be read: {cause}")]
pub(crate) struct InvalidCues {
    file: &'static str,
    cause: Box<toml::de::Error>,
}

/// The phrases of one kind of boilerplate. See the head of a data file for what the lists mean.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Phrases {
    alone: Vec<String>,
    label: Vec<String>,
    opens: Vec<String>,
    holds: Vec<String>,
    brief: Vec<String>,
    edge: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    subscribe: Phrases,
    credit: Phrases,
    related: Phrases,
    author: Phrases,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Alone,
    Label,
    Opens,
    Holds,
    Brief,
    Edge,
}

#[derive(Debug)]
struct Cue {
    /// Folded; `#` stands for a figure.
    words: Vec<String>,
    kind: BlockKind,
    reach: Reach,
}

/// Every cue, found by its first word.
#[derive(Debug)]
pub(crate) struct Cues {
    by_first_word: BTreeMap<String, Vec<Cue>>,
}

impl Cues {
    /// The cues that come with the program.
    ///
    /// # Errors
    /// A data file that is no valid TOML, or has a list of an unknown name.
    pub(crate) fn built_in() -> Result<Self, InvalidCues> {
        let mut cues = Cues { by_first_word: BTreeMap::new() };
        for (file, source) in SOURCES {
            let kinds: Kinds = toml::from_str(source).map_err(|cause| InvalidCues { file, cause: Box::new(cause) })?;
            cues.add_all(BlockKind::Subscribe, kinds.subscribe);
            cues.add_all(BlockKind::Credit, kinds.credit);
            cues.add_all(BlockKind::Related, kinds.related);
            cues.add_all(BlockKind::Author, kinds.author);
        }
        Ok(cues)
    }

    fn add_all(&mut self, kind: BlockKind, phrases: Phrases) {
        let Phrases { alone, label, opens, holds, brief, edge } = phrases;
        let lists = [
            (Reach::Alone, alone),
            (Reach::Label, label),
            (Reach::Opens, opens),
            (Reach::Holds, holds),
            (Reach::Brief, brief),
            (Reach::Edge, edge),
        ];
        for (reach, phrases) in lists {
            for phrase in phrases {
                let words: Vec<String> = phrase
                    .split_whitespace()
                    .map(|word| if word == "#" { word.to_owned() } else { fold(word) })
                    .collect();
                let Some(first) = words.first().cloned() else { continue };
                self.by_first_word.entry(first).or_default().push(Cue { words, kind, reach });
            }
        }
    }

    /// The kind of a unit that is nothing but a cue, or begins with a label and its colon.
    pub(super) fn labelled(&self, unit: &Unit<'_>) -> Option<BlockKind> {
        let words = unit.words();
        self.at(&words).find_map(|(cue, length)| {
            let fits = match cue.reach {
                Reach::Alone => length == words.len(),
                Reach::Label => length == words.len() || after_words(unit.raw, length).starts_with(':'),
                _ => false,
            };
            fits.then_some(cue.kind)
        })
    }

    /// The kind of a unit that holds a cue within the reach that the cue has.
    pub(super) fn spoken(&self, unit: &Unit<'_>) -> Option<BlockKind> {
        if let Some(kind) = self.labelled(unit) {
            return Some(kind);
        }
        let words = unit.words();
        let opens = |cue: &Cue| match cue.reach {
            Reach::Opens => true,
            Reach::Edge => unit.at_edge,
            _ => false,
        };
        let opened = self.at(&words).find(|(cue, _)| opens(cue));
        let holds = |cue: &Cue| match cue.reach {
            Reach::Holds => words.len() <= HOLDS_WITHIN && !unit.quotes(),
            Reach::Brief => words.len() <= BRIEF_WITHIN && !unit.quotes(),
            _ => false,
        };
        let inside = || (0..words.len()).find_map(|from| self.at(&words[from..]).find(|(cue, _)| holds(cue)));
        opened.or_else(inside).map(|(cue, _)| cue.kind)
    }

    /// The cue at the start of `unit` that lost the blank before the text it stands before: its kind and its bytes.
    pub(crate) fn glued(&self, unit: &str) -> Option<(BlockKind, usize)> {
        self.glued_label(unit).or_else(|| self.glued_word(unit))
    }

    /// `Related news :According to …`
    fn glued_label(&self, unit: &str) -> Option<(BlockKind, usize)> {
        let (head, text) = unit.split_once(':').filter(|(head, _)| head.len() <= LONGEST_CUE)?;
        let folded = fold(head);
        let words: Vec<&str> = folded.split(' ').collect();
        let label = |&(cue, length): &(&Cue, usize)| cue.reach == Reach::Label && length == words.len();
        let (cue, _) = self.at(&words).find(label)?;
        let is_prose = text.ends_with(['.', '!', '?', '…', '»', '”']) && text.split_whitespace().nth(7).is_some();
        (text.starts_with(char::is_alphabetic) && is_prose).then_some((cue.kind, head.len() + 1))
    }

    /// `NewsletterLe pont est coupé.`
    fn glued_word(&self, unit: &str) -> Option<(BlockKind, usize)> {
        let mut before = ' ';
        let hump = unit.char_indices().take(LONGEST_CUE).find(|&(_, c)| {
            let is_hump = c.is_uppercase() && before.is_lowercase();
            before = c;
            is_hump
        });
        let (end, _) = hump?;
        self.bare(&unit[..end]).map(|kind| (kind, end))
    }

    /// Whether `unit` is a cue without anything else.
    pub(crate) fn is_bare(&self, unit: &str) -> bool {
        unit.len() <= LONGEST_CUE && self.bare(unit).is_some()
    }

    fn bare(&self, unit: &str) -> Option<BlockKind> {
        let folded = fold(unit);
        let words: Vec<&str> = folded.split(' ').collect();
        let bare =
            |&(cue, length): &(&Cue, usize)| matches!(cue.reach, Reach::Alone | Reach::Label) && length == words.len();
        self.at(&words).find(bare).map(|(cue, _)| cue.kind)
    }

    /// The cues that stand at the start of `words`, each with how many words it takes.
    fn at<'c>(&'c self, words: &'c [&str]) -> impl Iterator<Item = (&'c Cue, usize)> {
        let first = words.first().copied().unwrap_or_default();
        let keys = [Some(first), is_figure(first).then_some("#")];
        keys.into_iter().flatten().filter_map(|key| self.by_first_word.get(key)).flatten().filter_map(|cue| {
            let mut length = 0;
            for expected in &cue.words {
                let rest = words.get(length..)?;
                length += match expected.as_str() {
                    "#" => rest.iter().take_while(|word| is_figure(word)).count().max(1),
                    _ => 1,
                };
                let fits = if expected == "#" { is_figure(rest.first()?) } else { rest.first()? == expected };
                if !fits {
                    return None;
                }
            }
            Some((cue, length))
        })
    }
}

fn is_figure(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// What follows the first `count` words of `raw`, without blanks before it.
fn after_words(raw: &str, count: usize) -> &str {
    let mut rest = raw;
    for _ in 0..count {
        let word = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        rest = word.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}'));
    }
    rest.trim_start()
}

//! Why no claim was made of something, in types and in plain words.

use std::fmt;

use recoup_language::Refusal;
use recoup_model::{Block, Span};
use serde::Serialize;

use crate::article::Article;

/// A figure or a word that could carry a claim, and of which none was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Untaken {
    /// Where it stands in the text of the document.
    pub span: Span,
    /// Its words.
    pub quote: String,
    /// What it is.
    pub what: What,
    /// Why it was not taken.
    pub reason: Reason,
}

/// What was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A numeral, with what bounds it.
    Figure,
    /// A verb with frames.
    Verb,
    /// A noun that carries an indicator.
    Noun,
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            What::Figure => "figure",
            What::Verb => "verb",
            What::Noun => "noun",
        })
    }
}

/// Why no claim was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reason {
    /// A figure of an expression of time.
    Time,
    /// A word beside the figure says that it counts nothing: a measure, money, an age, the number of a unit.
    Refused {
        /// The word.
        word: String,
        /// Whether it stands before the figure.
        before: bool,
    },
    /// The digits are a part of a longer number, mark or word.
    PartOfWord,
    /// A year.
    Year,
    /// The age behind a name.
    Age,
    /// A share, a ratio, a fraction.
    Share,
    /// A score or a vote.
    Score,
    /// Part of a phrase in which it is no number.
    Idiom,
    /// The digits are a part of a name.
    Name,
    /// The noun that is counted is in no class.
    NoClass {
        /// The noun.
        noun: String,
    },
    /// Nothing in the clause says anything of this class of nouns.
    NotAsked {
        /// The noun.
        noun: String,
        /// Its class.
        class: String,
    },
    /// A word of the clause takes this class of nouns, but not in the place where the figure stands.
    NotInRole {
        /// The word.
        trigger: String,
        /// The class.
        class: String,
    },
    /// A figure without a noun, and nothing before that it goes on with.
    Bare,
    /// A question states nothing.
    Question,
    /// A hypothesis states nothing.
    Hypothesis,
    /// A part of a whole of which no claim was made.
    PartOfNothing,
    /// A heading that the body says again.
    RepeatedHeading,
    /// The block is not read.
    Unread {
        /// What the block is: `boilerplate`, `repeat`, …
        block: String,
    },
    /// Nothing beside the word is of a class that it takes.
    NoArgument {
        /// The classes.
        classes: Vec<String>,
    },
    /// Spoken of as known, and not stated: definite, or without a figure.
    Presupposed,
    /// An infinitive or participle that nobody states.
    Ungoverned,
    /// What it says something of is in a claim of another word.
    SaidByAnother,
    /// The pipeline does not ask for this indicator.
    NotWanted {
        /// The indicator.
        indicator: String,
    },
    /// No rule took it, and which condition failed cannot be told.
    NoRule,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Time => f.write_str("belongs to an expression of time"),
            Reason::Refused { word, before: true } => {
                write!(f, "refused: “{word}” before it says that it counts nothing")
            }
            Reason::Refused { word, before: false } => {
                write!(f, "refused: “{word}” behind it says that it counts nothing")
            }
            Reason::PartOfWord => f.write_str("part of a longer number, mark or word"),
            Reason::Year => f.write_str("a year"),
            Reason::Age => f.write_str("an age"),
            Reason::Share => f.write_str("a share or a ratio"),
            Reason::Score => f.write_str("a score or a vote"),
            Reason::Idiom => f.write_str("part of a phrase in which it is no number"),
            Reason::Name => f.write_str("part of a name"),
            Reason::NoClass { noun } => write!(f, "counts “{noun}”, which is in no class of nouns"),
            Reason::NotAsked { noun, class } => {
                write!(f, "counts “{noun}” (class {class}), and nothing in its clause says anything of that class")
            }
            Reason::NotInRole { trigger, class } => {
                write!(f, "“{trigger}” takes the class {class}, but not where this figure stands")
            }
            Reason::Bare => f.write_str("has no noun, and goes on with nothing counted before"),
            Reason::Question => f.write_str("in a question"),
            Reason::Hypothesis => f.write_str("in a hypothesis"),
            Reason::PartOfNothing => f.write_str("a part of a whole that made no claim"),
            Reason::RepeatedHeading => f.write_str("a heading that the body says again"),
            Reason::Unread { block } => write!(f, "not read: {block}"),
            Reason::NoArgument { classes } => {
                write!(f, "takes {}, and finds none in its place", classes.join(" or "))
            }
            Reason::Presupposed => f.write_str("spoken of as known, not stated: definite, or without a figure"),
            Reason::Ungoverned => f.write_str("an infinitive or participle that nobody states"),
            Reason::SaidByAnother => f.write_str("what it is about is in the claim of another word"),
            Reason::NotWanted { indicator } => write!(f, "the pipeline does not ask for {indicator}"),
            Reason::NoRule => f.write_str("no rule took it"),
        }
    }
}

impl Reason {
    /// Why a numeral is no figure.
    pub(super) fn of_refusal(article: &Article<'_>, refusal: Option<Refusal>) -> Self {
        match refusal {
            Some(Refusal::Before(word)) => Reason::Refused { word: article.words(&word).to_owned(), before: true },
            Some(Refusal::After(word)) => Reason::Refused { word: article.words(&word).to_owned(), before: false },
            Some(Refusal::Part) => Reason::PartOfWord,
            Some(Refusal::Year) => Reason::Year,
            Some(Refusal::Age) => Reason::Age,
            Some(Refusal::Share) => Reason::Share,
            Some(Refusal::Score) => Reason::Score,
            Some(Refusal::Name) => Reason::Name,
            Some(Refusal::Idiom) => Reason::Idiom,
            None => Reason::NoRule,
        }
    }

    /// Why a block is not read.
    pub(super) fn unread(block: &Block) -> Self {
        let kind = || format!("{:?}", block.kind).to_lowercase();
        Reason::Unread { block: block.repeats.map_or_else(kind, |_| "repeat".to_owned()) }
    }
}

//! The names that the theatre and the base pack know, found in a text.

mod found;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use foldhash::fast::FixedState;
use recoup_model::Theatre;
use smallvec::{SmallVec, smallvec};

pub(crate) use found::Found;

use crate::Tokens;
use crate::lands::Lands;
use crate::lexicon::conjugate::{french_feminine, french_plural};
use crate::lexicon::{Lexicon, Vocabulary};

/// What a name can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// An actor by its name.
    Actor(u32),
    /// An actor by its people: adjective or noun.
    Demonym(u32),
    /// An actor by its capital, palace or regime.
    Metonym(u32),
    /// A place of the gazetteer.
    Place(u32),
    /// A source.
    Source(u32),
    /// 'Western', 'Western countries': bodies that are no actor of any theatre.
    West(u32),
    /// Somebody whom the text itself introduces.
    Introduced(u32),
}

/// What a name can stand for; seldom more than two, which then lie in the name itself.
pub type Meanings = SmallVec<[Known; 2]>;

/// A name found in a text, with everything that it can stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Meanings, in the order of [`Known`].
    pub known: Meanings,
}

impl Name {
    /// The actor that the name names, by whatever relation.
    pub fn actor(&self) -> Option<u32> {
        self.known.iter().find_map(|k| match k {
            Known::Actor(i) | Known::Demonym(i) | Known::Metonym(i) => Some(*i),
            _ => None,
        })
    }

    /// The actor, where the name is that of its people.
    pub fn demonym(&self) -> Option<u32> {
        self.known.iter().find_map(|k| if let Known::Demonym(i) = k { Some(*i) } else { None })
    }

    /// The actor, where the name is its capital, which stands for it.
    pub fn metonym(&self) -> Option<u32> {
        self.known.iter().find_map(|k| if let Known::Metonym(i) = k { Some(*i) } else { None })
    }

    /// The place; where a name is that of several, the one that was added last: the theatre's.
    pub fn place(&self) -> Option<u32> {
        self.known.iter().rev().find_map(|k| if let Known::Place(i) = k { Some(*i) } else { None })
    }

    /// The source; where a name is that of several, the one that was added last: the theatre's.
    pub fn source(&self) -> Option<u32> {
        self.known.iter().rev().find_map(|k| if let Known::Source(i) = k { Some(*i) } else { None })
    }

    /// Whom the text itself introduces.
    pub fn introduced(&self) -> Option<u32> {
        self.known.iter().find_map(|k| if let Known::Introduced(i) = k { Some(*i) } else { None })
    }

    /// The body that is no actor.
    pub fn west(&self) -> Option<u32> {
        self.known.iter().find_map(|k| if let Known::West(i) = k { Some(*i) } else { None })
    }
}

#[derive(Debug)]
struct Entry {
    /// The words behind the first, folded.
    rest: Box<[Box<str>]>,
    known: Known,
    /// The name as written begins with a capital: so must the text.
    capital: bool,
    /// Index into the exact spellings: the text must have exactly this one.
    exact: Option<u32>,
}

/// The number of a word with which names begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FirstWord(u32);

impl FirstWord {
    /// Any word with which none begins.
    const OTHER: FirstWord = FirstWord(u32::MAX);
}

/// The names that begin with one word.
#[derive(Debug, Default)]
struct Entries {
    all: Vec<Entry>,
    /// Whether one of them may stand in the text without a capital: most words are refused by this alone.
    small: bool,
}

/// All names of a theatre in one language, compiled for lookup.
pub struct Names {
    /// By first word, folded.
    first_words: HashMap<Box<str>, FirstWord, FixedState>,
    entries: Vec<Entries>,
    exact: Vec<Box<str>>,
    adjectives: BTreeMap<u32, String>,
    actors: u32,
    west: Vec<(Box<str>, Box<str>)>,
    lands: Lands,
}

/// Marks a name in the data that is found in exactly this spelling only, because it folds to a common word.
const EXACT: &str = "case:";

impl Names {
    /// Compiles the names of `theatre` for texts in the language of `lexicon`.
    pub fn new(theatre: &Theatre, lexicon: &Lexicon) -> Self {
        let mut names = Names {
            first_words: HashMap::default(),
            entries: Vec::new(),
            exact: Vec::new(),
            adjectives: BTreeMap::new(),
            actors: theatre.actors.len() as u32,
            west: Vec::new(),
            lands: Lands::new(theatre),
        };
        for (i, actor) in theatre.actors.iter().enumerate() {
            let i = i as u32;
            for name in &actor.names {
                names.add(name, Known::Actor(i));
            }
            for name in &actor.metonyms {
                names.add(name, Known::Metonym(i));
            }
            for demonym in &actor.demonyms.fr {
                names.add_french_demonym(demonym, Known::Demonym(i), lexicon);
            }
            for demonym in &actor.demonyms.en {
                names.add_english_demonym(demonym, Known::Demonym(i), lexicon);
            }
            if let Some(adjective) = actor.demonyms.en.first() {
                names.adjectives.insert(i, adjective.trim_start_matches(EXACT).to_owned());
            }
        }
        for (i, place) in theatre.places.iter().enumerate() {
            for name in &place.names {
                names.add(name, Known::Place(i as u32));
            }
        }
        for (i, source) in theatre.sources.iter().enumerate() {
            for name in &source.names {
                names.add(name, Known::Source(i as u32));
            }
        }
        for (i, west) in lexicon.west.iter().enumerate() {
            for name in &west.names {
                names.add(name, Known::West(i as u32));
            }
            for demonym in &west.demonyms {
                match lexicon.language() {
                    "fr" => names.add_french_demonym(demonym, Known::West(i as u32), lexicon),
                    _ => names.add_english_demonym(demonym, Known::West(i as u32), lexicon),
                }
            }
            names.west.push((west.name.clone(), west.adjective.clone()));
        }
        names
    }

    /// How many actors the theatre has.
    pub fn actors(&self) -> u32 {
        self.actors
    }

    /// The English adjective of an actor: 'Ukrainian'.
    pub fn adjective(&self, actor: u32) -> Option<&str> {
        self.adjectives.get(&actor).map(String::as_str)
    }

    /// Name and English adjective of a body that is no actor.
    pub fn west(&self, i: u32) -> Option<(&str, &str)> {
        self.west.get(i as usize).map(|(name, adjective)| (&**name, &**adjective))
    }

    /// The number of a folded word with which names begin.
    pub(crate) fn first(&self, folded: &str) -> FirstWord {
        self.first_words.get(folded).copied().unwrap_or(FirstWord::OTHER)
    }

    /// The longest name that begins at token `i` of a text that was read with these names or none.
    pub fn at(&self, tokens: &Tokens<'_>, i: usize) -> Option<Name> {
        let first = tokens.first_word(i).unwrap_or_else(|| self.first(tokens.folded(i)));
        let entries = self.entries.get(first.0 as usize)?;
        let capital = tokens.capital(i) || tokens.kind(i) == crate::TokenKind::Mixed;
        if !capital && !entries.small {
            return None;
        }
        let mut best: Option<Name> = None;
        for entry in &entries.all {
            let len = entry.rest.len() + 1;
            if !entry.rest.iter().enumerate().all(|(k, word)| tokens.folded(i + 1 + k) == &**word) {
                continue;
            }
            let raw = || {
                let span = tokens.span(&(i..i + len));
                span.slice(tokens.text()).unwrap_or_default().replace('.', "")
            };
            let fits = match entry.exact {
                Some(exact) => raw() == *self.exact[exact as usize],
                None => !entry.capital || capital,
            };
            if !fits {
                continue;
            }
            match &mut best {
                Some(name) if name.tokens.len() == len => {
                    if !name.known.contains(&entry.known) {
                        name.known.push(entry.known);
                    }
                }
                Some(name) if name.tokens.len() > len => {}
                _ => best = Some(Name { tokens: i..i + len, known: smallvec![entry.known] }),
            }
        }
        if let Some(name) = &mut best {
            name.known.sort_unstable();
        }
        best
    }

    /// Which state what a name stands for belongs to.
    pub(crate) fn lands(&self) -> &Lands {
        &self.lands
    }

    fn add(&mut self, name: &str, known: Known) {
        let (name, exact) = match name.strip_prefix(EXACT) {
            Some(name) => {
                self.exact.push(name.replace('.', "").into());
                (name, Some(self.exact.len() as u32 - 1))
            }
            None => (name, None),
        };
        // 'affilié à al-Qaïda': the Arabic article is often small.
        let article = ["Al-", "El-"].iter().any(|article| name.starts_with(article));
        let capital = name.chars().next().is_some_and(char::is_uppercase) && !article;
        let tokens = Tokens::new(name, &Vocabulary::default());
        let mut words = (0..tokens.len()).map(|i| Box::<str>::from(tokens.folded(i)));
        if let Some(first) = words.next() {
            let next = FirstWord(self.entries.len() as u32);
            let number = *self.first_words.entry(first).or_insert(next);
            if number == next {
                self.entries.push(Entries::default());
            }
            let entries = &mut self.entries[number.0 as usize];
            entries.small |= !capital;
            entries.all.push(Entry { rest: words.collect(), known, capital, exact });
        }
    }

    fn add_french_demonym(&mut self, demonym: &str, known: Known, lexicon: &Lexicon) {
        let (masculine, feminine) = match demonym.split_once('|') {
            Some((masculine, feminine)) => (masculine, feminine.to_owned()),
            None => (demonym, french_feminine(demonym)),
        };
        // French demonyms are adjectives without a capital; in an English text they mean nothing.
        if lexicon.language() != "fr" {
            return;
        }
        for form in [masculine, &feminine] {
            self.add(form, known);
            let plural = french_plural(form);
            if plural != form {
                self.add(&plural, known);
            }
        }
    }

    fn add_english_demonym(&mut self, demonym: &str, known: Known, lexicon: &Lexicon) {
        if lexicon.language() != "en" {
            return;
        }
        self.add(demonym, known);
        if !demonym.ends_with("ese") && !demonym.ends_with('s') && !demonym.ends_with("sh") {
            self.add(&format!("{demonym}s"), known);
        }
    }
}

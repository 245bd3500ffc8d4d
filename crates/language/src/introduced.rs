//! Bodies and armed groups that no list knows, found by form: *la Commission éthiopienne des droits de l'homme*,
//! *Sahel Arms Monitor*, *le Collectif des associations de Djugu (CAD)*. From where its acronym stands in brackets, the
//! acronym is the name.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use foldhash::fast::FixedState;
use recoup_model::{fold, slug};

use crate::lexicon::{BodyKind, Class, Classes, Form, Lexicon, NounRole};
use crate::names::{Found, Known, Meanings, Name, Names};
use crate::{TokenKind, Tokens};

/// Somebody whom the text itself introduces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introduced {
    /// Its acronym, else its name as first written.
    pub name: String,
    /// Its name as first written, in full.
    pub full: String,
    /// Slug of the name.
    pub id: String,
    /// Whether it is an armed group: it then counts as an actor.
    pub is_group: bool,
    /// The state or group of the theatre that it belongs to by its name.
    pub owner: Option<u32>,
}

/// How many words the name of a body has at most.
const LONGEST: usize = 14;

/// How many a text introduces at most. One with more is a register, and tells nothing of those behind.
const MOST: usize = 4096;

/// Finds what the text introduces and marks it in `found`, the known names by first token. The actors of the theatre
/// are `actors` in number; a group that the text introduces is counted on from there. `classes` are those of the phrases
/// that begin at each token.
pub(crate) fn introduce(
    tokens: &Tokens<'_>,
    lexicon: &Lexicon,
    classes: &[Classes],
    names: &Names,
    found: &mut Found,
) -> Vec<Introduced> {
    let mut reader = Reader {
        tokens,
        lexicon,
        classes,
        names,
        actors: names.actors(),
        found,
        all: Vec::new(),
        by_name: HashMap::default(),
        places: HashMap::default(),
        spread: HashSet::default(),
    };
    reader.unname_persons();
    let mut i = 0;
    while i < tokens.len() && reader.all.len() < MOST {
        i = match reader.body(i).or_else(|| reader.acronym_alone(i)).or_else(|| reader.called_group(i)) {
            Some(end) => end.max(i + 1),
            None => i + 1,
        };
    }
    reader.all
}

struct Reader<'r, 't> {
    tokens: &'r Tokens<'t>,
    lexicon: &'r Lexicon,
    classes: &'r [Classes],
    names: &'r Names,
    actors: u32,
    found: &'r mut Found,
    all: Vec<Introduced>,
    /// What was introduced, by folded name.
    by_name: HashMap<String, u32, FixedState>,
    /// Where each word with a capital stands; empty until somebody is introduced.
    places: HashMap<&'t str, Vec<u32>, FixedState>,
    /// By first token's word, index, and whether over other names: what is marked everywhere already.
    spread: HashSet<(&'t str, u32, bool), FixedState>,
}

impl Reader<'_, '_> {
    fn classes(&self, at: usize) -> Classes {
        self.classes.get(at).copied().unwrap_or_default()
    }

    /// 'Aden Barasa' is nobody's town: a place's name before a capitalised word that is in no list is a part of a longer
    /// name, of a person as a rule.
    fn unname_persons(&mut self) {
        let tokens = self.tokens;
        for i in 0..tokens.len() {
            let Some(name) = self.found.get(i) else { continue };
            let place = name.place().is_some() && name.known.iter().all(|k| matches!(k, Known::Place(_)));
            let end = name.tokens.end;
            let goes_on = end < tokens.len()
                && tokens.kind(end) == TokenKind::Word
                && tokens.capital(end)
                && tokens.spaced(end)
                && tokens.raw(end).chars().skip(1).any(char::is_lowercase)
                && !self.found.has(end)
                && self.classes(end) == Default::default()
                && !self.lexicon.nouns.has(tokens, end)
                && !self.lexicon.noun_roles.has(tokens, end)
                && !self.lexicon.bodies.has(tokens, end);
            if place && goes_on {
                self.found.clear(i..i + 1);
            }
        }
    }

    /// A body that begins at token `i`; where its name ends.
    fn body(&mut self, i: usize) -> Option<usize> {
        let tokens = self.tokens;
        if !tokens.capital(i) || i > 0 && tokens.hyphen(i) {
            return None;
        }
        let (end, kind) = self.headed(i).or_else(|| self.capitals(i))?;
        if self.found.get(i).is_some_and(|known| known.tokens.end >= end) {
            return None;
        }
        let acronym = self.acronym(end);
        let name = match &acronym {
            Some(at) => match self.found.get(*at) {
                // The acronym is known, and so is now its long form.
                Some(known) if (known.source().is_some() || known.actor().is_some()) && self.agrees(i..end, known) => {
                    let known = known.known.clone();
                    self.mark(i..end, known);
                    return Some(end);
                }
                _ => tokens.raw(*at).to_owned(),
            },
            None => self.words(i..end),
        };
        let owner = (i..end).find_map(|k| self.found.get(k).and_then(Name::actor));
        let full = self.words(i..end);
        let index = self.introduced(name, full, kind == BodyKind::Group && owner.is_none(), owner);
        let known = self.known(index);
        self.mark(i..end, known);
        if let Some(at) = acronym {
            // Elsewhere in the text too, whatever else is called so.
            self.spread(at, index, true);
        }
        Some(end)
    }

    /// 'la Commission éthiopienne des droits de l'homme': a capitalised head, then adjectives and complements without
    /// capitals, as long as nothing else can begin.
    fn headed(&self, i: usize) -> Option<(usize, BodyKind)> {
        if !self.lexicon.adjectives_follow {
            return None;
        }
        let (len, kind) = self.lexicon.bodies.longest(self.tokens, i)?;
        let mut end = i + len;
        let limit = (i + LONGEST).min(self.tokens.len());
        // 'la Brigade 444'.
        end += usize::from(kind == BodyKind::Group && self.tokens.kind(end) == TokenKind::Number);
        while end < limit {
            let complement = self.complement(end).or_else(|| self.is_adjective(end).then_some(end + 1));
            match complement {
                Some(next) if next <= limit => end = next,
                _ => break,
            }
        }
        let acronym = self.acronym(end).is_some();
        (end > i + len || acronym).then_some((end, kind))
    }

    /// 'des droits', 'de l'homme', 'pour la paix', 'et la démocratie' behind a complement: where it ends.
    fn complement(&self, at: usize) -> Option<usize> {
        let tokens = self.tokens;
        let classes = self.classes(at);
        let links = classes.has(Class::Of) || self.links(at);
        if !links || tokens.kind(at) != TokenKind::Word {
            return None;
        }
        let article = usize::from(self.classes(at + 1).has(Class::Definite));
        let noun = at + 1 + article;
        if let Some(known) = self.found.get(noun) {
            return Some(known.tokens.end);
        }
        let word = tokens.kind(noun) == TokenKind::Word
            && (tokens.capital(noun) || !self.is_function_word(noun))
            && !self.is_infinitive(noun);
        word.then(|| {
            let mut end = noun + 1;
            // What is longer is no name of a body.
            let limit = tokens.len().min(at + LONGEST + 1);
            while end < limit && (tokens.hyphen(end) || tokens.capital(end) && !self.found.has(end)) {
                end += 1;
            }
            // Its adjective, also one that is a noun elsewhere: 'des affaires humanitaires'.
            let adjective = tokens.kind(end) == TokenKind::Word
                && !tokens.capital(end)
                && tokens.raw(end).chars().count() > 3
                && !self.is_function_word(end)
                && self.is_no_finite_verb(end);
            end += usize::from(adjective);
            end
        })
    }

    /// A preposition that may stand inside the name of a body.
    fn links(&self, at: usize) -> bool {
        self.lexicon.body_links.iter().any(|link| **link == *self.tokens.lower(at)) && !self.tokens.capital(at)
    }

    /// A word that no name holds without a capital, but for prepositions.
    fn is_function_word(&self, at: usize) -> bool {
        self.classes(at).any(&[
            Class::Definite,
            Class::Indefinite,
            Class::Demonstrative,
            Class::Possessive,
            Class::Preposition,
            Class::Relative,
            Class::Subordinator,
            Class::Coordinator,
            Class::And,
            Class::SubjectPronoun,
            Class::Reflexive,
            Class::NegationParticle,
            Class::NumberWord,
        ])
    }

    fn is_adjective(&self, at: usize) -> bool {
        let tokens = self.tokens;
        if self.found.get(at).is_some_and(|n| n.demonym().is_some()) {
            return true;
        }
        tokens.kind(at) == TokenKind::Word
            && tokens.raw(at).chars().count() > 2
            && !self.is_function_word(at)
            && !self.lexicon.noun_roles.has(tokens, at)
            && (tokens.capital(at) || !self.lexicon.nouns.has(tokens, at))
            && self.is_no_finite_verb(at)
    }

    /// What behind 'de' is no noun: 'la mission de dialoguer'.
    fn is_infinitive(&self, at: usize) -> bool {
        let forms = self.lexicon.verb_forms(self.tokens, at);
        forms.iter().any(|(_, f)| *f == Form::Infinitive) && !forms.iter().any(|(_, f)| matches!(f, Form::Finite(_)))
    }

    fn is_no_finite_verb(&self, at: usize) -> bool {
        if self.lexicon.is_other_verb(self.tokens, at) {
            return !self.lexicon.is_verb(self.tokens, at) && !self.is_infinitive(at);
        }
        let forms = self.lexicon.verb_forms(self.tokens, at);
        !forms.iter().any(|(_, form)| matches!(form, Form::Finite(_) | Form::Infinitive))
            || self.tokens.capital(at) && self.tokens.hyphen(at)
    }

    /// 'Sudan Doctors Network', 'Union of Syrian Medical Relief Organizations': capitals with one of the heads among
    /// them.
    fn capitals(&self, i: usize) -> Option<(usize, BodyKind)> {
        let tokens = self.tokens;
        if i > 0 && tokens.capital(i - 1) && tokens.kind(i - 1) == TokenKind::Word && !self.is_plain_word(i - 1) {
            return None;
        }
        let capital =
            |k: usize| tokens.capital(k) && tokens.kind(k) == TokenKind::Word && self.classes(k) == Default::default();
        if !capital(i) {
            return None;
        }
        let mut end = i + 1;
        let mut kind = self.lexicon.bodies.longest(tokens, i).map(|(_, kind)| kind);
        while end < (i + LONGEST).min(tokens.len()) {
            let possessive = tokens.lower(end) == "s" && !tokens.spaced(end) && capital(end + 1);
            let link = self.classes(end).any(&[Class::Of, Class::And]) || self.links(end);
            let the = usize::from(self.classes(end + 1).has(Class::Definite));
            if capital(end) || tokens.hyphen(end) || possessive {
                let head = self.lexicon.bodies.longest(tokens, end);
                kind = head.map(|(_, kind)| kind).or(kind);
                end += head.map_or(1, |(len, _)| len);
            } else if link && !tokens.capital(end) && capital(end + 1 + the) && kind.is_some() {
                end += 1 + the;
            } else {
                break;
            }
        }
        // 'Thai Army', 'Defence Ministry' are roles, with whose they are.
        let role = (i..end).any(|k| {
            let role = self.lexicon.noun_roles.longest(tokens, k).filter(|(len, _)| k + len == end);
            role.is_some_and(|(_, role)| self.is_institution(role))
        });
        let known_only = self.found.get(i).is_some_and(|n| n.tokens.end == end);
        kind.filter(|_| end > i + 1 && !role && !known_only).map(|kind| (end, kind))
    }

    fn is_institution(&self, role: NounRole) -> bool {
        matches!(role, NounRole::Speaker(r) if crate::speaker::is_institution(self.lexicon.role(r)))
    }

    fn is_plain_word(&self, at: usize) -> bool {
        self.classes(at) != Default::default()
    }

    /// '(CAD)', '(NUG, opposition)' behind a name: the token of the acronym.
    fn acronym(&self, open: usize) -> Option<usize> {
        let tokens = self.tokens;
        let at = open + 1;
        if tokens.kind(open) != TokenKind::Mark {
            return None;
        }
        let brackets = matches!(tokens.raw(open), "(" | "[") && matches!(tokens.raw(at + 1), ")" | "]" | ",");
        (brackets && is_acronym(tokens.raw(at))).then_some(at)
    }

    /// '(3R)' behind words of which the pack knows no head: a group, where one of them says so.
    fn acronym_alone(&mut self, i: usize) -> Option<usize> {
        let at = self.acronym(i)?;
        let known = self.found.get(at).is_some_and(|n| n.source().is_some() || n.actor().is_some());
        let mostly_capitals = self.tokens.raw(at).chars().filter(|c| c.is_uppercase()).count() >= 2
            || self.tokens.kind(at) == TokenKind::Mixed;
        if known || !mostly_capitals || self.found.get(at).is_some_and(|n| n.place().is_some()) {
            return None;
        }
        let before = i.saturating_sub(LONGEST)..i;
        let sentence = before.rev().take_while(|k| !matches!(self.tokens.raw(*k), "." | ";" | ":" | "?" | "!"));
        let group = sentence.into_iter().any(|k| {
            let role = self.lexicon.noun_roles.longest(self.tokens, k).map(|(_, role)| role);
            matches!(role, Some(NounRole::Speaker(r)) if crate::speaker::is_group(self.lexicon.role(r)))
        });
        let name = self.tokens.raw(at).to_owned();
        let index = self.introduced(name.clone(), name, group, None);
        self.spread(at, index, false);
        Some(at + 1)
    }

    /// 'le gang Gran Grif', 'the Gran Grif gang': a common noun for a group, and a name that nobody knows beside it.
    fn called_group(&mut self, i: usize) -> Option<usize> {
        let tokens = self.tokens;
        let noun = |at: usize| {
            let (len, kind) = self.lexicon.bodies.longest(tokens, at)?;
            (kind == BodyKind::Group && !tokens.capital(at)).then_some(at + len)
        };
        let name = if self.lexicon.adjectives_follow {
            let behind = noun(i)?;
            // 'gang armé', 'gang de': one word may stand between, not 'l'armée à Kidal'.
            let between = self.classes(behind);
            if between.has(Class::Preposition) && !between.has(Class::Of) {
                return None;
            }
            (behind..behind + 2).find(|at| tokens.capital(*at)).map(|at| self.capital_run(at))?
        } else if let Some(behind) = noun(i).filter(|behind| self.fights(i) && tokens.capital(*behind)) {
            // 'the militia MSA-D'.
            self.capital_run(behind)
        } else {
            let run = self.capital_run(i);
            if run.is_empty() {
                return None;
            }
            let before = i == 0 || !tokens.capital(i - 1) || self.is_plain_word(i - 1);
            noun(run.end).filter(|_| before)?;
            run
        };
        let known = name.is_empty() || name.clone().any(|k| self.found.has(k));
        let short = name.len() == 1 && tokens.raw(name.start).chars().count() < 3;
        // 'la ligne de front de Koursk' fronts a town; a gang may go by its quarter.
        let of = name.start > i && self.classes(name.start - 1).has(Class::Of);
        let town = of
            && self.lexicon.nouns.longest(tokens, i).is_some()
            && crate::gazetteer::gazetteer().at(tokens, name.start).is_some();
        if town || known || short || tokens.hyphen(name.start) {
            return None;
        }
        let full = self.words(name.clone());
        let index = self.introduced(full.clone(), full, true, None);
        self.spread_all(&name, index);
        Some(name.end.max(i + 1))
    }

    /// Whether the word at a token is one for an armed group: 'militia', not 'army'.
    fn fights(&self, at: usize) -> bool {
        let role = self.lexicon.noun_roles.longest(self.tokens, at).map(|(_, role)| role);
        matches!(role, Some(NounRole::Speaker(r)) if crate::speaker::is_group(self.lexicon.role(r)))
    }

    /// The words with a capital from token `i` on.
    fn capital_run(&self, i: usize) -> Range<usize> {
        let tokens = self.tokens;
        let goes_on = |k: &usize| {
            tokens.kind(*k) == TokenKind::Word
                && (tokens.capital(*k) && self.classes(*k) == Default::default() || tokens.hyphen(*k))
        };
        let end = (i..(i + LONGEST).min(tokens.len())).take_while(goes_on).last().map_or(i, |last| last + 1);
        i..end
    }

    /// Marks every place where a name stands.
    fn spread_all(&mut self, name: &Range<usize>, index: u32) {
        let known = self.known(index);
        let tokens = self.tokens;
        let same = |at: usize| (1..name.len()).all(|k| tokens.raw(at + k) == tokens.raw(name.start + k));
        for at in self.unspread(name.start, index, false) {
            let at = at as usize;
            if same(at) && !self.found.has(at) {
                self.mark(at..at + name.len(), known.clone());
            }
        }
    }

    /// Whether the state that a long name names is that of what its acronym stands for: 'Syrian National Army (SNA)' is
    /// no army of Somalia.
    fn agrees(&self, long: Range<usize>, acronym: &Name) -> bool {
        let lands = self.names.lands();
        let named = long.clone().filter_map(|k| self.found.get(k)).filter(|n| n.tokens.end <= long.end);
        let mut named = named.filter_map(|n| lands.only(n));
        let known = lands.only(acronym);
        known.is_none_or(|state| named.next().is_none_or(|other| other == state))
    }

    fn words(&self, range: Range<usize>) -> String {
        let words = self.tokens.span(&range).slice(self.tokens.text()).unwrap_or_default();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The index of a name, which is introduced unless it was before.
    fn introduced(&mut self, name: String, full: String, is_group: bool, owner: Option<u32>) -> u32 {
        let folded = fold(&name);
        let next = self.all.len() as u32;
        let index = *self.by_name.entry(folded).or_insert(next);
        if index == next {
            self.all.push(Introduced { id: slug(&name), name, full, is_group, owner });
        }
        index
    }

    fn known(&self, index: u32) -> Meanings {
        let body = Known::Introduced(index);
        let actor = self.all[index as usize].is_group.then_some(Known::Actor(self.actors + index));
        actor.into_iter().chain([body]).collect()
    }

    fn mark(&mut self, range: Range<usize>, known: Meanings) {
        self.found.clear(range.start + 1..range.end);
        self.found.set(Name { tokens: range, known });
    }

    /// Marks every place where the acronym stands; `over` what else is known by it, or only where nothing is.
    fn spread(&mut self, acronym: usize, index: u32, over: bool) {
        let known = self.known(index);
        for k in self.unspread(acronym, index, over) {
            let k = k as usize;
            if over || !self.found.has(k) {
                self.found.set(Name { tokens: k..k + 1, known: known.clone() });
            }
        }
    }

    /// Where the word of a token stands, unless a name that begins with it was marked so before.
    fn unspread(&mut self, at: usize, index: u32, over: bool) -> Vec<u32> {
        let tokens = self.tokens;
        if self.places.is_empty() {
            for k in 0..tokens.len() {
                let raw = tokens.raw(k);
                if raw.bytes().any(|b| b.is_ascii_uppercase() || !b.is_ascii()) {
                    self.places.entry(raw).or_default().push(k as u32);
                }
            }
        }
        let raw = tokens.raw(at);
        if self.spread.insert((raw, index, over)) {
            self.places.get(raw).cloned().unwrap_or_default()
        } else {
            Vec::new()
        }
    }
}

/// 'CAD', '3R', 'Codeco': short, with capitals, and no word of the language can be told from its form alone.
fn is_acronym(word: &str) -> bool {
    let letters = word.chars().count();
    (2..=12).contains(&letters)
        && word.chars().all(char::is_alphanumeric)
        && word.chars().any(char::is_uppercase)
        && (word.chars().filter(|c| c.is_uppercase()).count() >= 2
            || word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()))
}

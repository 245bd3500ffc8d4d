//! Noun groups.

use std::ops::Range;

use super::{Chunk, Chunker};
use crate::figure::{Figure, FigureKind, Figures};
use crate::gazetteer::gazetteer;
use crate::lexicon::{Class, ClassId, NounRole};
use crate::names::Name;
use crate::{TokenKind, Tokens};

/// What determines a noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Determiner {
    /// 'les'.
    Definite,
    /// 'des'.
    Indefinite,
    /// 'ces'.
    Demonstrative,
    /// 'ses'.
    Possessive,
    /// 'toute', 'le moindre', 'any': not one, under a negation or denial.
    Any,
}

/// A noun with its determiner, figure and adjectives; its 'de' complements are groups of their own.
#[derive(Debug, Clone)]
pub struct NounGroup {
    /// All of its tokens.
    pub tokens: Range<usize>,
    /// What determines it.
    pub determiner: Option<Determiner>,
    /// How many; few groups say so, and all are as large as the largest.
    pub figure: Option<Box<Figure>>,
    /// The noun, or the name; empty where a figure stands alone.
    pub head: Range<usize>,
    /// The class of the noun.
    pub class: Option<ClassId>,
    /// What the noun is as a speaker.
    pub role: Option<NounRole>,
    /// Known names in it: the head, or the demonyms that qualify it.
    pub names: Vec<Name>,
    /// Capitalised words that no pack knows.
    pub proper: Option<Range<usize>>,
    /// Whether it says 'other', 'further'.
    pub other: bool,
}

impl NounGroup {
    /// Whether it is a figure without a noun.
    pub fn is_bare_figure(&self) -> bool {
        self.head.is_empty() && self.figure.is_some()
    }

    /// The figure, unless it is the article of a noun that is not counted.
    pub fn count(&self) -> Option<&Figure> {
        self.figure.as_deref().filter(|f| f.kind != FigureKind::One)
    }
}

impl Chunker<'_> {
    pub(super) fn noun_group(
        &self,
        at: usize,
        end: usize,
        figures: &Figures<'_>,
        before: &[Chunk],
    ) -> Option<NounGroup> {
        let last = before.last();
        let tokens = self.tokens;
        let mut i = at;
        let mut determiner = None;
        let mut figure = figures.at(i, end).filter(|f| !self.is_preposition_of(f, last));
        // 'un des soldats'.
        if let Some(one) = figure.as_mut().filter(|f| f.kind == FigureKind::One)
            && self.has(one.tokens.end, Class::Of)
            && !self.has(one.tokens.end, Class::Partitive)
        {
            one.kind = FigureKind::Count;
        }
        if figure.is_none() {
            determiner = self.determiner(i, before);
            if determiner.is_some() {
                i += 1;
                if self.has(i, Class::Any) && determiner == Some(Determiner::Definite) {
                    determiner = Some(Determiner::Any);
                    i += 1;
                }
                // 'l'un de ses soldats'.
                let one_of = |f: &Figure| f.kind == FigureKind::One && self.has(f.tokens.end, Class::Of);
                figure = figures.at(i, end).filter(|f| f.kind == FigureKind::Count || one_of(f));
                if let Some(figure) = &mut figure {
                    figure.kind = FigureKind::Count;
                }
            }
        }
        if let Some(figure) = &figure {
            i = figure.tokens.end;
        }
        let mut other = false;
        let mut names = Vec::new();
        loop {
            let quoted = tokens.is_quotation_mark(i) && figure.is_some() && tokens.kind(i + 1) == TokenKind::Word;
            // '45 of 60 drones': the whole is counted on its own.
            let partitive = figure.as_ref().is_some_and(|f| f.tokens.end == i)
                && self.has(i, Class::Partitive)
                && figures.at(i + 1, end).is_none();
            let qualifies = self.has(i, Class::Quantifier) && !self.is_head(i);
            // 'des centaines de ses officiers'.
            let whose =
                self.has(i, Class::Possessive) && self.has(i.wrapping_sub(1), Class::Partitive) && figure.is_some();
            if whose {
                determiner = Some(Determiner::Possessive);
                // 'one of its 11 battalions'.
                if let Some(whole) = figures.at(i + 1, end) {
                    i = whole.tokens.end;
                    continue;
                }
            }
            other |= self.has(i, Class::Other);
            let modifier =
                partitive || whose || qualifies || self.has(i, Class::Other) || quoted && self.is_head(i + 1);
            let counted = figure.is_some();
            let people = || if counted { self.people(i) } else { None };
            // 'the Houthi-run health ministry': whose it is.
            let compound = self.compound(i);
            let ruler = compound.and_then(|after| self.name(i).filter(|_| self.has(after - 1, Class::Ruled)));
            names.extend(ruler.cloned());
            let after = compound.or_else(|| self.numbered(i)).or_else(|| self.code(i)).or_else(people);
            if let Some(after) = after.filter(|after| *after < end) {
                i = after;
                continue;
            }
            if i < end
                && !modifier
                && let Some(after) = self.premodifier(i, end)
            {
                names.extend(self.name(i).cloned());
                i = after;
                continue;
            }
            if i >= end || !modifier {
                break;
            }
            i += 1;
        }
        let counted = determiner.is_some() || figure.is_some() || !names.is_empty();
        let at_figure = figure.as_ref().filter(|f| f.kind == FigureKind::Count).map_or(usize::MAX, |f| f.tokens.end);
        // Adjectives before the noun are an open class: up to two unknown words are passed over on the way to one
        // that is known.
        if counted
            && !self.is_head(i)
            && let Some(skip) = (1..=3).find(|skip| {
                i + skip < end
                    && (i..i + skip).all(|k| self.is_adjective(k, k == i && i == at_figure))
                    && self.is_head(i + skip)
                    && !tokens.capital(i + skip)
                    // 'a wedding gathering killed at least 14 people'.
                    && !self.acts_on_object(i + skip)
            })
        {
            i += skip;
        }
        if at_figure == i && self.is_coordinated_adjective(i) {
            i += 2;
        }
        let mut group = NounGroup {
            tokens: at..i,
            determiner,
            figure: figure.map(Box::new),
            head: i..i,
            class: None,
            role: None,
            names,
            proper: None,
            other,
        };
        // '23 bergers et orpailleurs': what is coordinated to a counted noun is one too.
        let coordinated = self.is_unknown(i) && i == at && self.is_second_of_counted(i, before);
        let headed = i < end && self.read_head(&mut group, i, end, counted || coordinated);
        if !headed && group.count().is_none() {
            return None;
        }
        if headed {
            self.read_modifiers(&mut group, end);
        } else if let Some(figure) = &group.figure {
            // 'trente-huit autres'.
            let others = if group.other && self.has(figure.tokens.end, Class::Other) { 1 } else { 0 };
            group.tokens.end = figure.tokens.end + others;
            group.head = group.tokens.end..group.tokens.end;
        }
        self.read_bound_after(&mut group, figures, end);
        Some(group)
    }

    /// 'des' after a noun is a preposition, not the article of a vague plural: 'la mort des dizaines de civils'.
    fn is_preposition_of(&self, figure: &Figure, last: Option<&Chunk>) -> bool {
        figure.kind == FigureKind::One
            && self.has(figure.tokens.start, Class::Of)
            && matches!(last, Some(Chunk::Noun(_)))
    }

    fn determiner(&self, i: usize, before: &[Chunk]) -> Option<Determiner> {
        let classes = self.classes(i);
        // 'a fourni à Moscou des missiles': what is given is no complement of who gets it.
        let recipient = matches!(before, [.., Chunk::Verb(_), Chunk::Word(_, to), Chunk::Noun(group)]
            if to.has(Class::To) && group.class.is_none() && group.figure.is_none());
        let after_noun = matches!(before.last(), Some(Chunk::Noun(group)) if !group.head.is_empty()) && !recipient;
        if classes.has(Class::Any)
            && !self.classes(i + 1).any(&[Class::Definite, Class::Possessive, Class::Demonstrative])
        {
            Some(Determiner::Any)
        } else if classes.has(Class::Demonstrative) {
            Some(Determiner::Demonstrative)
        } else if classes.has(Class::Possessive) {
            Some(Determiner::Possessive)
        } else if classes.has(Class::Definite) {
            Some(Determiner::Definite)
        } else if classes.has(Class::Of) && classes.has(Class::Indefinite) {
            // 'des', 'du' after a noun are complements; 'de' is an article only before an adjective.
            let article = !classes.has(Class::Partitive) || self.has(i + 1, Class::Quantifier);
            (!after_noun && article).then_some(Determiner::Indefinite)
        } else if classes.has(Class::Indefinite) || classes.has(Class::Zero) {
            Some(Determiner::Indefinite)
        } else {
            None
        }
    }

    /// Whether a known noun or role begins here.
    pub(super) fn is_noun(&self, i: usize) -> bool {
        self.lexicon.nouns.has(self.tokens, i) || self.lexicon.noun_roles.has(self.tokens, i)
    }

    /// Whether a known noun, name or role begins here.
    pub(super) fn is_head(&self, i: usize) -> bool {
        self.name(i).is_some() || self.lexicon.nouns.has(self.tokens, i) || self.lexicon.noun_roles.has(self.tokens, i)
    }

    fn read_head(&self, group: &mut NounGroup, i: usize, end: usize, counted: bool) -> bool {
        let tokens = self.tokens;
        let noun = self.lexicon.nouns.longest(tokens, i);
        let role = self.lexicon.noun_roles.longest(tokens, i);
        let name = self.name(i);
        // 'le ministère ougandais de la Défense': whose it is stands inside the name.
        let inside = self.name(i + 1).filter(|n| n.demonym().is_some());
        let around = inside.and_then(|n| self.lexicon.noun_roles.longest_around(tokens, i, n.tokens.len()));
        if let (Some((len, role)), Some(inside), None) = (around, inside, name)
            && i + len <= end
        {
            group.head = i..i + len;
            group.role = Some(role);
            group.names.push(inside.clone());
            group.tokens.end = group.head.end;
            return true;
        }
        let len_of = |range: Option<usize>| range.unwrap_or(0);
        let (noun_len, role_len) = (len_of(noun.map(|n| n.0)), len_of(role.map(|r| r.0)));
        let name_len = len_of(name.map(|n| n.tokens.len()));
        if name_len > 0 && name_len >= noun_len.max(role_len) {
            let name = name.cloned();
            group.head = i..i + name_len;
            // '120 Casques bleus': a body by name, and people who are counted.
            group.class = noun.filter(|n| n.0 == name_len && group.figure.is_some()).map(|n| n.1);
            // Most groups have but this name, and a text keeps all of them.
            group.names.reserve_exact(1);
            // The head comes before what stands in front of it: 'Russia's Kursk region' is Kursk.
            group.names.splice(0..0, name);
        } else if noun_len.max(role_len) > 0 {
            let len = noun_len.max(role_len);
            // 'paramilitary soldiers', 'militia fighters': in English the last noun is the head.
            let next = i + len;
            // 'three junta outposts': so it is with those who speak.
            if !self.lexicon.adjectives_follow
                && (noun_len > 0 || group.figure.is_some())
                && next < end
                && !tokens.lower(next - 1).ends_with('s')
                && self.lexicon.nouns.longest(tokens, next).is_some()
                && (!self.lexicon.is_verb(tokens, next) || self.precedes_helper(next))
                && !self.is_verb_by_place(next)
                && self.name(next).is_none()
            {
                return self.read_head(group, next, end, counted);
            }
            group.head = i..i + len;
            group.class = noun.filter(|n| n.0 == len || role_len == 0).map(|n| n.1);
            group.role = role.filter(|r| r.0 == len).map(|r| r.1);
        } else if let Some(proper) = proper_run(self, i, end) {
            group.head = proper.clone();
            group.proper = Some(proper);
        } else if counted
            && tokens.kind(i) != TokenKind::Mark
            && !(group.figure.is_some() && self.is_pack_verb(i) && (group.other || self.ends_phrase(i + 1)))
            && !(group.figure.is_some() && self.is_reported(i))
            && (self.is_plain(i) || self.is_noun_of_verb(i, group))
        {
            group.head = i..i + 1;
        } else {
            return false;
        }
        group.tokens.end = group.head.end;
        true
    }

    fn read_modifiers(&self, group: &mut NounGroup, end: usize) {
        let mut i = group.head.end;
        let mut unknown = 0;
        while i < end {
            if let Some(name) = self.name(i).filter(|n| n.demonym().is_some() || n.west().is_some()) {
                i = name.tokens.end;
                group.names.push(name.clone());
            } else if self.has(i, Class::And)
                && !group.names.is_empty()
                && let Some(name) = self
                    .name(i + 1)
                    .filter(|n| (n.demonym().is_some() || n.west().is_some()) && !self.tokens.capital(i + 1))
            {
                i = name.tokens.end;
                group.names.push(name.clone());
            } else if self.has(i, Class::Other) {
                group.other = true;
                i += 1;
            } else if self.is_adjective_of(group, i) {
                i += 1;
            } else if self.is_unknown(i)
                // 'the Zamfara emergency management agency'.
                && (unknown < 2 || !group.names.is_empty() && self.lexicon.bodies.has(self.tokens, i))
                // 'put out of action more than 40 vehicles'.
                && !self.lexicon.bounds.has(self.tokens, i)
                && group.proper.is_none()
                && !self.is_pack_verb(i)
                && !self.is_verb_by_place(i)
            {
                unknown += 1;
                i += 1;
            } else {
                break;
            }
            group.tokens.end = i;
        }
    }

    /// Whether nothing goes on with the words before token `i`: '38 civils tués, 17 enlevés'.
    fn ends_phrase(&self, i: usize) -> bool {
        i >= self.tokens.len() || self.tokens.kind(i) == TokenKind::Mark || self.has(i, Class::And)
    }

    /// 'le journal officiel', 'le personnel humanitaire': behind a noun a word that elsewhere is one is its adjective.
    fn is_adjective_of(&self, group: &NounGroup, i: usize) -> bool {
        let role = self.lexicon.noun_roles.longest(self.tokens, i).is_some_and(|(len, _)| len == 1);
        let noun = self.lexicon.nouns.longest(self.tokens, i).is_some_and(|(len, _)| len == 1);
        self.lexicon.adjectives_follow
            && (role && !noun && group.role.is_some() || noun && group.class.is_some())
            && !self.tokens.capital(i)
            && !self.is_pack_verb(i)
            && self.name(i).is_none()
    }

    fn read_bound_after(&self, group: &mut NounGroup, figures: &Figures<'_>, end: usize) {
        let Some(figure) = group.figure.take() else { return };
        let comma = usize::from(self.tokens.is_mark(group.tokens.end, ','));
        let at = group.tokens.end + comma;
        // 'deux tonnes et demie'.
        if let Some(len) = self.class_len(group.tokens.end, Class::Half) {
            group.tokens.end += len;
            let more = |v: Option<f64>| v.map(|v| v + 0.5);
            group.figure = Some(Box::new(Figure { low: more(figure.low), high: more(figure.high), ..*figure }));
            return;
        }
        group.figure = Some(match figures.bound_after(at) {
            // '29, at least ten of them': the modifier belongs to the figure behind it.
            Some((len, bound))
                if at + len <= end && figure.kind == FigureKind::Count && figures.at(at + len, end).is_none() =>
            {
                group.tokens.end = at + len;
                Box::new(figure.bounded(bound))
            }
            _ => figure,
        });
    }
}

/// Capitalised words that no pack knows, with the particles between them: *Jean-Rony Célestin*, *Croix-des-Bouquets*.
fn proper_run(chunker: &Chunker<'_>, i: usize, end: usize) -> Option<Range<usize>> {
    let tokens: &Tokens<'_> = chunker.tokens;
    let starts = |k: usize| {
        k < end
            && tokens.capital(k)
            && matches!(tokens.kind(k), TokenKind::Word | TokenKind::Mixed)
            && (chunker.classes(k) == Default::default() || k > i)
    };
    // 'M. Zelensky', 'J. Smith'.
    let initial =
        tokens.capital(i) && tokens.raw(i).chars().count() == 1 && tokens.is_mark(i + 1, '.') && starts(i + 2);
    if !(starts(i) && tokens.raw(i).chars().count() >= 2 || initial) {
        return None;
    }
    let mut at = i + 1;
    loop {
        let hyphenated = tokens.hyphen(at) && at < end;
        let initial = tokens.is_mark(at, '.') && tokens.raw(at - 1).chars().count() == 1;
        let particle = starts(at + 1) && matches!(tokens.lower(at), "al" | "el" | "ben" | "bin" | "von" | "van" | "d");
        if hyphenated || initial || particle || starts(at) && chunker.name(at).is_none() {
            at += 1;
        } else {
            break;
        }
    }
    // 'Deir ez-Zor', 'Rio de Janeiro': a place of several words, not all with a capital.
    let place = gazetteer().at(tokens, i).filter(|found| !found.weak && found.tokens.end <= end);
    at = place.map_or(at, |found| found.tokens.end.max(at));
    // The first word of a sentence has a capital whatever it is: alone, it is a name only if it is no known word.
    let alone = at == i + 1;
    let verb = chunker.lexicon.is_verb(tokens, i);
    (!(alone && verb)).then_some(i..at)
}

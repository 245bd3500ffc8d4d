//! Reading the speakers that a sentence names.

use super::institution::Owner;
use super::role::{self, RoleKind};
use super::{Cast, Speaker, Speakers, text};
use crate::chunk::{Chunk, Chunker, NounGroup};
use crate::lexicon::{Class, NounRole};
use crate::token::TokenKind;

/// Reads the speakers that the chunks of one sentence name.
pub(super) struct Naming<'n> {
    pub(super) speakers: &'n Speakers,
    pub(super) chunker: &'n Chunker<'n>,
    pub(super) cast: &'n Cast,
    pub(super) chunks: &'n [Chunk],
}

/// Speakers, and the index of the first chunk behind what names them.
pub(super) type Found = Option<(Vec<Speaker>, usize)>;

/// How many names can lie one in the other: 'le porte-parole du chef de la délégation de …'.
const DEEPEST: usize = 3;

impl Naming<'_> {
    pub(super) fn noun(&self, k: usize) -> Option<&NounGroup> {
        self.chunks.get(k).and_then(Chunk::noun)
    }

    pub(super) fn is(&self, k: usize, class: Class) -> bool {
        self.chunks.get(k).is_some_and(|c| c.is(class))
    }

    pub(super) fn is_mark(&self, k: usize, mark: char) -> bool {
        self.chunks.get(k).is_some_and(|c| c.is_mark(mark))
    }

    pub(super) fn role_of(&self, group: &NounGroup) -> Option<RoleKind> {
        match group.role {
            Some(NounRole::Speaker(role)) => Some(role::kind(self.chunker.lexicon.role(role))),
            _ => None,
        }
    }

    pub(super) fn words(&self, tokens: std::ops::Range<usize>) -> String {
        text(self.chunker, tokens)
    }

    /// Everybody whom the chunks from `k` on name together.
    pub(super) fn together(&self, k: usize) -> Found {
        let (mut speakers, mut next) = self.one(k, 0)?;
        // 'X et Y', 'X, Y et Z': a list only where it ends in a coordinator.
        let mut listed = Vec::new();
        let mut at = next;
        loop {
            let and = self.is(at, Class::And) || self.is(at, Class::Neither);
            if !(self.is_mark(at, ',') || and) {
                break;
            }
            let of = usize::from(self.is(at + 1, Class::Of));
            let Some((more, after)) = self.one(at + 1 + of, 0) else { break };
            listed.extend(more);
            if and {
                speakers.append(&mut listed);
                next = after;
                break;
            }
            at = after;
        }
        speakers.dedup_by(|a, b| a.id == b.id);
        Some((speakers, next))
    }

    pub(super) fn one(&self, k: usize, depth: usize) -> Found {
        let group = self.noun(k)?;
        if depth > DEEPEST {
            return None;
        }
        if let Some(titled) = self.titled(k) {
            return Some(titled);
        }
        let Some((mut speakers, mut next)) = self.head(k, group, depth) else { return self.named_in_brackets(k) };
        // 'the Houthi military spokesman', "the military's media wing": the institution speaks.
        let possessive = self.chunker.tokens.lower(group.tokens.end.saturating_sub(1)) == "s" && group.role.is_some();
        let speaks = |g: &NounGroup| {
            let role = self.role_of(g);
            g.determiner.is_none() && (role == Some(RoleKind::Spokesperson) || possessive && role.is_some())
        };
        if self.noun(next).is_some_and(speaks) {
            next += 1;
            next += usize::from(self.noun(next).is_some_and(|g| g.proper.is_some()));
        }
        next = self.behind_age(next);
        if let Some((named, after)) = self.acronym(group, next) {
            speakers = named.map_or(speakers, |speaker| vec![speaker]);
            next = after;
        }
        if self.is_mark(next, ',')
            && let Some((apposed, after)) = self.apposition(group, &speakers, next, depth)
        {
            speakers = apposed.unwrap_or(speakers);
            next = after;
        }
        Some((speakers, next))
    }

    /// 'l'autorité provinciale de gestion des catastrophes (PDMA)': whoever the words are, the brackets name them.
    fn named_in_brackets(&self, k: usize) -> Found {
        // 'la mort de 65 soldats et volontaires (VDP)': whom something befell.
        let befalls = |class| self.chunker.lexicon.noun_class(class).indicator.is_some();
        if self.noun(k)?.class.is_some_and(befalls) {
            return None;
        }
        let mut at = k + 1;
        while self.is(at, Class::Of) && at < k + 10 {
            at += 1;
            while matches!(self.chunks.get(at), Some(Chunk::Noun(_) | Chunk::Word(..))) && !self.is(at, Class::Of) {
                at += 1;
            }
        }
        let open = matches!(self.chunks.get(at), Some(Chunk::Mark(_, '(' | '[')));
        let close = matches!(self.chunks.get(at + 2), Some(Chunk::Mark(_, ')' | ']' | ',')));
        let inner = self.noun(at + 1).filter(|_| open && close)?;
        let body = self.speakers.known_source(self.chunker, inner)?;
        let behind = self.chunks[at..].iter().position(|c| matches!(c, Chunk::Mark(_, ')' | ']')))?;
        Some((vec![body], at + behind + 1))
    }

    /// 'Gouvernement d’unité nationale (NUG)': the acronym is the name from here on. The speaker that it names, if it
    /// is not the one before, and what stands behind the bracket.
    fn acronym(&self, group: &NounGroup, next: usize) -> Option<(Option<Speaker>, usize)> {
        let open = matches!(self.chunks.get(next), Some(Chunk::Mark(_, '(' | '[')));
        let inner = self.noun(next + 1).filter(|_| open)?;
        let closes = matches!(self.chunks.get(next + 2), Some(Chunk::Mark(_, ')' | ']' | ',')));
        let close = self.chunks[next..].iter().position(|c| matches!(c, Chunk::Mark(_, ')' | ']')));
        let after = next + close.map_or(3, |c| c + 1);
        if !closes {
            return None;
        }
        if group.names.iter().any(|n| n.source().is_some() || n.introduced().is_some()) {
            return Some((None, after));
        }
        let capitals = |tokens: std::ops::Range<usize>| {
            self.chunker.tokens.raw(tokens.start).chars().all(|c| c.is_uppercase() || c.is_numeric())
        };
        let named = self.speakers.known_source(self.chunker, inner).or_else(|| {
            let proper = inner.proper.clone().filter(|p| group.names.is_empty() && capitals(p.clone()))?;
            Some(self.speakers.named(self.words(proper), None))
        });
        Some((named, after))
    }

    /// 'Vadim S., du GUR', 'le porte-parole, le colonel X', 'le ministre, X': whom the apposition behind the comma at
    /// `comma` makes the speaker, if it is another, and what stands behind it.
    fn apposition(
        &self,
        group: &NounGroup,
        speakers: &[Speaker],
        comma: usize,
        depth: usize,
    ) -> Option<(Option<Vec<Speaker>>, usize)> {
        let preposition = self.is(comma + 1, Class::Of);
        let at = comma + 1 + usize::from(preposition);
        let apposed = self.noun(at)?;
        let role = self.role_of(apposed);
        let is_person = group.proper.is_some() || speakers.iter().all(|s| s.is_person);
        if is_person {
            // The institution wins over the person who speaks for it.
            let body = self.speakers.known_source(self.chunker, apposed).is_some() && preposition;
            if role.is_none() && !body {
                // 'Andriï, pilote de drones': what somebody is besides.
                let behind = (at + 1..self.chunks.len().min(at + 6)).find(|i| self.is_mark(*i, ','));
                let verb = self.chunks[at..].iter().take(6).any(|c| c.verb().is_some());
                return behind.filter(|_| apposed.proper.is_none() && !verb).map(|close| (None, close + 1));
            }
            let (apposition, after) = self.head(at, apposed, depth + 1)?;
            let after = self.close(after);
            // 'Jean X, directeur du Y', 'maire de Z': an official of a body is the body, one of a state stays a person.
            let unsaid = apposition
                .iter()
                .all(|s| s.actor.is_none() && s.role.is_some() && *s.name == *role_name(self, apposed));
            let institution = match role {
                Some(RoleKind::Spokesperson) if unsaid => false,
                Some(RoleKind::Office) => false,
                Some(RoleKind::Somebody | RoleKind::Group) => {
                    apposition.iter().all(|s| s.role.is_none() && !s.is_person)
                }
                _ => true,
            };
            if let (Some(name), true, [body]) = (&group.proper, institution, &apposition[..]) {
                self.cast.speaks_for(&self.words(name.clone()), body);
            }
            return Some((institution.then_some(apposition), after));
        }
        let kind = self.role_of(group)?;
        if let Some(proper) = &apposed.proper {
            let after = self.close(at + 1);
            // 'le ministre de l'Information, X' is X; 'le porte-parole de l'armée, le colonel X' is the army.
            let unsaid = speakers.iter().all(|s| s.actor.is_none() && *s.name == *role_name(self, group));
            let person =
                matches!(kind, RoleKind::Office | RoleKind::Local | RoleKind::Somebody | RoleKind::State) || unsaid;
            if let (false, [body]) = (person, speakers) {
                self.cast.speaks_for(&self.words(proper.clone()), body);
            }
            let actor = speakers.first().and_then(|s| s.actor);
            let role = speakers.first().and_then(|s| s.role);
            return Some((person.then(|| vec![self.person(proper.clone(), actor, role)]), after));
        }
        // 'un porte-parole de l’armée, le colonel X'.
        if role.is_some() || apposed.class.is_some() && self.noun(at + 1).is_some_and(|g| g.proper.is_some()) {
            let after = at + 1 + usize::from(self.noun(at + 1).is_some());
            return Some((None, self.close(after)));
        }
        None
    }

    /// 'le secrétaire du Conseil de sécurité, X': the name behind a noun of which nothing is known, and its complements.
    pub(super) fn apposed_name(&self, k: usize) -> Found {
        let mut at = k + 1;
        while self.is(at, Class::Of) && self.noun(at + 1).is_some() {
            at += 2;
        }
        let closes = matches!(self.chunks.get(at + 2), None | Some(Chunk::Mark(..)));
        let proper = self.noun(at + 1).filter(|_| self.is_mark(at, ',') && closes)?.proper.clone()?;
        (proper.len() > 1).then(|| (vec![self.person(proper, None, None)], at + 2))
    }

    /// 'le président X', 'le secrétaire américain à la Défense Y': the name behind the title, where it is known.
    fn titled(&self, k: usize) -> Found {
        let mut at = k + 1;
        while self.is(at, Class::Preposition) && self.noun(at + 1).is_some() {
            at += 2;
        }
        let name = self.noun(at)?;
        let bare = name.determiner.is_none() && name.figure.is_none() && name.class.is_none();
        self.speakers.known_source(self.chunker, name).filter(|_| bare).map(|source| (vec![source], at + 1))
    }

    /// Behind the comma that closes an apposition, and behind what stands in brackets before it.
    fn close(&self, at: usize) -> usize {
        let at = if self.is_mark(at, '(') {
            self.chunks[at..].iter().position(|c| c.is_mark(')')).map_or(at, |close| at + close + 1)
        } else {
            at
        };
        let at = self.behind_age(at);
        if self.is_mark(at, ',') { at + 1 } else { at }
    }

    /// The comma behind ', 36,': how old somebody is says nothing of who it is.
    fn behind_age(&self, at: usize) -> usize {
        let number = |chunk: &Chunk| {
            matches!(chunk, Chunk::Word(..)) && self.chunker.tokens.kind(chunk.tokens().start) == TokenKind::Number
        };
        let age = self.is_mark(at, ',') && self.is_mark(at + 2, ',') && number(&self.chunks[at + 1]);
        if age { at + 2 } else { at }
    }

    /// "Diyala's migration office", "Kalat's deputy commissioner": whoever the words are, whose they are comes first.
    fn possessed(&self, k: usize, group: &NounGroup) -> Found {
        let tokens = self.chunker.tokens;
        let inside =
            group.names.first().filter(|n| n.tokens.start == group.tokens.start && n.tokens.end < group.head.start);
        let apart = self
            .chunks
            .get(k + 1)
            .map(Chunk::tokens)
            .filter(|t| tokens.lower(t.start) == "s" && !tokens.spaced(t.start));
        let (owner, from, first) = match (inside, apart) {
            (Some(owner), _) if group.role.is_none() && group.class.is_none() => {
                (owner.tokens.clone(), group.head.start, k + 1)
            }
            (None, Some(possessive)) => (group.head.clone(), possessive.end, k + 2),
            _ => return None,
        };
        let belongs = |chunk: &Chunk| match chunk {
            Chunk::Word(_, classes) => *classes == Default::default(),
            Chunk::Noun(noun) => noun.figure.is_none() && noun.determiner.is_none() && noun.role.is_none(),
            _ => false,
        };
        let next = first + self.chunks.get(first..)?.iter().take_while(|c| belongs(c)).count();
        let end = self.chunks[next - 1].tokens().end;
        let actor = group.names.iter().find_map(crate::Name::actor);
        let name = || format!("{} {}", self.words(owner), self.words(from..end));
        (next > first && from < end).then(|| (vec![self.speakers.named(name(), actor)], next))
    }

    fn head(&self, k: usize, group: &NounGroup, depth: usize) -> Found {
        if let Some(source) = self.speakers.known_source(self.chunker, group) {
            // 'le NIS de Corée du Sud': whose it is adds nothing.
            let whose = |g: &NounGroup| g.class.is_none() && g.names.iter().any(|n| n.actor().is_some());
            let of = self.is(k + 1, Class::Of) && self.noun(k + 2).is_some_and(whose);
            return Some((vec![source], if of { k + 3 } else { k + 1 }));
        }
        if let Some(possessed) = self.possessed(k, group) {
            return Some(possessed);
        }
        match group.role {
            Some(NounRole::Document) => return self.document(k, group, depth),
            Some(NounRole::Speaker(role)) => return self.role(k, group, role, depth),
            None => {}
        }
        // 'le contingent rwandais', 'Russian forces': the army that they are of.
        let troops = group.class.is_some_and(|c| self.chunker.lexicon.in_group(c, "troops")) && group.count().is_none();
        if let Some(actor) = group.names.iter().find_map(crate::Name::demonym).filter(|_| troops)
            && let Some(army) = self.chunker.lexicon.role_named("army")
        {
            return Some((vec![self.composite(Owner::Actor(actor), army)?], k + 1));
        }
        let headed = group.names.iter().any(|n| n.tokens == group.head);
        // 'the Philippine disaster agency': a body of which nothing is known but whose it is.
        let english = !self.chunker.lexicon.adjectives_follow;
        let body = group.names.iter().find(|n| n.tokens == group.head && n.metonym().is_none() && n.place().is_none());
        if let Some(actor) = body.and_then(crate::Name::demonym)
            && english
            && group.figure.is_none()
            && group.tokens.end > group.head.end
        {
            let name = self.words(group.head.start..group.tokens.end);
            return Some((vec![self.speakers.named(name, Some(actor))], k + 1));
        }
        if let Some(actor) = group.names.iter().find_map(crate::Name::actor).filter(|_| headed) {
            return Some((vec![self.speakers.actor(self.chunker, actor)], k + 1));
        }
        if let Some(west) = group.names.iter().find_map(crate::Name::west).filter(|_| group.class.is_none()) {
            let (name, _) = self.chunker.names.west(west)?;
            return Some((vec![self.speakers.named(name.to_owned(), None)], k + 1));
        }
        if let Some(proper) = &group.proper {
            // 'Al Masirah television', 'Anadolu news agency': an outlet.
            let outlet = |g: &NounGroup| {
                let media =
                    matches!(g.role, Some(NounRole::Speaker(role)) if self.chunker.lexicon.role(role) == "media");
                media && g.determiner.is_none() && g.names.is_empty()
            };
            if english && self.noun(k + 1).is_some_and(outlet) {
                return Some((vec![self.speakers.named(self.words(proper.clone()), None)], k + 2));
            }
            return Some((vec![self.person(proper.clone(), None, None)], k + 1));
        }
        if let Some(body) = self.named_behind_complement(k, group) {
            return Some(body);
        }
        // 'le colonel X': a title before the name belongs to it.
        if let Some(proper) = self.noun(k + 1).and_then(|g| g.proper.clone())
            && (group.class.is_some() || group.determiner.is_some())
        {
            return Some((vec![self.person(proper, None, None)], k + 2));
        }
        None
    }

    /// 'le groupe d'analystes FrontMap': a body by the name behind its complement.
    fn named_behind_complement(&self, k: usize, group: &NounGroup) -> Found {
        let lexicon = self.chunker.lexicon;
        let count = group.class.is_some_and(|class| &*lexicon.noun_class(class).name == "count");
        let body = count || lexicon.bodies.has(self.chunker.tokens, group.head.start);
        let definite = group.determiner == Some(crate::Determiner::Definite) && group.names.is_empty();
        let bare = |g: &&NounGroup| g.determiner.is_none() && g.figure.is_none() && g.names.is_empty();
        let complement = self.noun(k + 2).filter(bare).filter(|g| g.proper.is_none());
        let proper = self.noun(k + 3).filter(bare)?.proper.clone()?;
        let named = body && definite && self.is(k + 1, Class::Of) && complement.is_some();
        named.then(|| (vec![self.speakers.named(self.words(proper), None)], k + 4))
    }

    /// Somebody by a name that no pack knows; a surname alone takes up whoever bears it.
    pub(super) fn person(&self, proper: std::ops::Range<usize>, actor: Option<u32>, role: Option<u16>) -> Speaker {
        let tokens = self.chunker.tokens;
        let title = tokens.raw(proper.start).chars().count() == 1 && tokens.is_mark(proper.start + 1, '.')
            || matches!(tokens.raw(proper.start), "Mr" | "Mrs" | "Ms" | "Mme" | "Mlle" | "Dr" | "MM");
        let surname = if title || proper.len() == 1 { Some(tokens.raw(proper.end - 1)) } else { None };
        if let Some(known) = surname.and_then(|s| self.cast.surnamed(s)) {
            return known.clone();
        }
        if let Some(body) = surname.and_then(|s| self.cast.voiced(s)) {
            return body;
        }
        let named = self.speakers.named(self.words(proper), actor);
        Speaker { role, is_person: true, ..named }
    }

    /// 'les estimations ukrainiennes', 'un communiqué du ministère': who made the text.
    fn document(&self, k: usize, group: &NounGroup, depth: usize) -> Found {
        if let Some(actor) = group.names.iter().find_map(crate::Name::actor) {
            return Some((vec![self.speakers.actor(self.chunker, actor)], k + 1));
        }
        if self.is(k + 1, Class::Of) {
            let maker = self.one(k + 2, depth + 1);
            if maker.is_some() {
                return maker;
            }
        }
        // 'les informations dévoilées par X', 'le bilan de la situation publié par X'.
        let by = (k + 1..(k + 7).min(self.chunks.len())).find(|i| self.is(*i, Class::By))?;
        // 'un bilan, communiqué lundi par X,'.
        let apposed = self.is_mark(k + 1, ',')
            && self.chunks.get(k + 2).and_then(Chunk::verb).is_some_and(|v| v.mood == crate::Mood::Participle);
        let clause = self.chunks[k + 1 + usize::from(apposed)..by]
            .iter()
            .any(|c| c.is_mark(',') || c.verb().is_some_and(|v| v.mood != crate::Mood::Participle));
        (!clause).then(|| self.one(by + 1, depth + 1))?
    }
}

/// The English head noun of a group's role.
fn role_name<'n>(naming: &Naming<'n>, group: &NounGroup) -> &'n str {
    match group.role {
        Some(NounRole::Speaker(role)) => naming.chunker.lexicon.role(role),
        _ => "",
    }
}

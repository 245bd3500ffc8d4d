//! Who a noun group names as a speaker: known sources, actors by capital or demonym, roles with a demonym
//! ('Ukrainian intelligence'), persons and bodies by form.
//!
//! Rules of the annotation guide: a capital stands for the state, a spokesman for the institution, an official of an
//! agency for the agency; the nameless go by their English head noun.

use std::collections::HashMap;
use std::sync::Arc;

use recoup_model::{ActorKind, Theatre, fold, slug};

use crate::Atlas;
use crate::chunk::{Chunk, Chunker, Determiner, NounGroup};
use crate::lexicon::{Class, NounRole};

/// Somebody who says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// Canonical id.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// The actor for whom it speaks, where that is known: index into the theatre's actors.
    pub actor: Option<u32>,
}

/// Resolves speakers against the theatre.
pub struct Speakers {
    atlas: Arc<Atlas>,
    sources: HashMap<String, usize>,
}

/// Roles that speak for an institution, which is named beside them.
const SPOKESPERSONS: [&str; 2] = ["spokesperson", "leader"];
/// Roles that stand for the state itself.
const STATE: &str = "authorities";
/// Roles that are an armed group itself where one is named.
const GROUPS: [&str; 5] = ["rebels", "gangs", "army", "officials", "authorities"];

/// Whether a role without a name is an armed group that was named before.
pub(crate) fn is_group(role: &str) -> bool {
    matches!(role, "rebels" | "gangs" | "paramilitaries" | "militants" | "insurgents")
}
/// Roles that are told apart by their place.
const LOCAL: [&str; 3] = ["mayor", "deputy mayor", "governor"];

impl Speakers {
    /// Speakers of a theatre.
    pub fn new(atlas: Arc<Atlas>) -> Self {
        let mut sources = HashMap::new();
        for (i, source) in atlas.theatre().sources.iter().enumerate() {
            for name in source.names.iter().chain(&source.name).chain(&source.name_fr) {
                // The one added last wins: the theatre's.
                sources.insert(fold(name.trim_start_matches("case:")), i);
            }
        }
        Speakers { atlas, sources }
    }

    /// The theatre, with where its references lead.
    pub fn atlas(&self) -> &Atlas {
        &self.atlas
    }

    fn theatre(&self) -> &Theatre {
        self.atlas.theatre()
    }

    /// The speakers that the chunks from `k` on name together, and the index of the first chunk behind them.
    pub fn at(&self, chunker: &Chunker<'_>, chunks: &[Chunk], k: usize) -> Option<(Vec<Speaker>, usize)> {
        let (mut speakers, mut next) = self.one(chunker, chunks, k, 0)?;
        // 'X et Y', 'X, Y et Z': a list only where it ends in a coordinator.
        let mut listed = Vec::new();
        let mut at = next;
        loop {
            let comma = chunks.get(at).is_some_and(|c| c.is_mark(','));
            let and = chunks.get(at).is_some_and(|c| c.is(Class::And) || c.is(Class::Neither));
            if !(comma || and) {
                break;
            }
            let Some((more, after)) = self.one(chunker, chunks, at + 1, 0) else { break };
            listed.extend(more);
            if and {
                speakers.append(&mut listed);
                next = after;
                break;
            }
            at = after;
        }
        speakers.dedup();
        Some((speakers, next))
    }

    fn one(&self, chunker: &Chunker<'_>, chunks: &[Chunk], k: usize, depth: usize) -> Option<(Vec<Speaker>, usize)> {
        let group = chunks.get(k)?.noun()?;
        if depth > 3 {
            return None;
        }
        if let Some(titled) = self.titled(chunks, k) {
            return Some(titled);
        }
        let (mut speakers, mut next) = self.head(chunker, chunks, k, group, depth)?;
        // 'the Houthi military spokesman': the institution speaks.
        let spokesman = |g: &NounGroup| {
            g.determiner.is_none()
                && matches!(g.role, Some(NounRole::Speaker(r)) if SPOKESPERSONS.contains(&chunker.lexicon.role(r)))
        };
        if chunks.get(next).and_then(Chunk::noun).is_some_and(spokesman) {
            next += 1;
            next += usize::from(chunks.get(next).and_then(Chunk::noun).is_some_and(|g| g.proper.is_some()));
        }
        // 'Gouvernement d’unité nationale (NUG)': the acronym is the name from here on.
        if group.names.iter().all(|n| n.source().is_none())
            && let [Chunk::Mark(_, '(' | '['), Chunk::Noun(inner), Chunk::Mark(_, ')' | ']' | ','), ..] =
                &chunks[next.min(chunks.len())..]
        {
            if let Some(source) = self.known_source(inner) {
                speakers = vec![source];
            } else if group.names.is_empty()
                && let Some(proper) = &inner.proper
                && chunker.tokens.raw(proper.start).chars().all(|c| c.is_uppercase() || c.is_numeric())
            {
                speakers = vec![self.named(text(chunker, proper.clone()), None)];
            }
            let close = chunks[next..].iter().position(|c| matches!(c, Chunk::Mark(_, ')' | ']')));
            next += close.map_or(3, |c| c + 1);
        }
        // 'Vadim S., du GUR', 'le porte-parole, le colonel X', 'Jean Y, maire adjoint': the institution wins.
        if chunks.get(next).is_some_and(|c| c.is_mark(',')) {
            let preposition = chunks.get(next + 1).is_some_and(|c| c.is(Class::Of));
            let at = next + 1 + usize::from(preposition);
            if let Some(apposed) = chunks.get(at).and_then(Chunk::noun) {
                let person = group.proper.is_some();
                let body = self.known_source(apposed).is_some() && preposition;
                let role = matches!(apposed.role, Some(NounRole::Speaker(_))) && apposed.determiner.is_none();
                if person && (body || role) {
                    if let Some((apposition, after)) = self.head(chunker, chunks, at, apposed, depth + 1) {
                        return Some((apposition, self.close_apposition(chunks, after)));
                    }
                } else if apposed.proper.is_some() && group.role.is_some() {
                    next = self.close_apposition(chunks, at + 1);
                } else if group.role.is_some() && matches!(apposed.role, Some(NounRole::Speaker(_))) {
                    // 'un porte-parole de l’armée, le colonel X'.
                    let after = at + 1 + usize::from(chunks.get(at + 1).and_then(Chunk::noun).is_some());
                    next = self.close_apposition(chunks, after);
                }
            }
        }
        Some((speakers, next))
    }

    /// 'le président X', 'le secrétaire américain à la Défense Y': the name behind the title, where it is known.
    fn titled(&self, chunks: &[Chunk], k: usize) -> Option<(Vec<Speaker>, usize)> {
        let mut at = k + 1;
        while chunks.get(at).is_some_and(|c| c.is(Class::Preposition))
            && chunks.get(at + 1).is_some_and(|c| c.noun().is_some())
        {
            at += 2;
        }
        let name = chunks.get(at).and_then(Chunk::noun)?;
        let bare = name.determiner.is_none() && name.figure.is_none() && name.class.is_none();
        self.known_source(name).filter(|_| bare).map(|source| (vec![source], at + 1))
    }

    /// An apposition ends with its comma, or where a verb follows.
    fn close_apposition(&self, chunks: &[Chunk], at: usize) -> usize {
        let parenthesis = chunks.get(at).is_some_and(|c| c.is_mark('('));
        let at = if parenthesis {
            chunks[at..].iter().position(|c| c.is_mark(')')).map_or(at, |close| at + close + 1)
        } else {
            at
        };
        if chunks.get(at).is_some_and(|c| c.is_mark(',')) { at + 1 } else { at }
    }

    fn head(
        &self,
        chunker: &Chunker<'_>,
        chunks: &[Chunk],
        k: usize,
        group: &NounGroup,
        depth: usize,
    ) -> Option<(Vec<Speaker>, usize)> {
        if let Some(source) = self.known_source(group) {
            // 'le NIS de Corée du Sud': whose it is adds nothing.
            let of = chunks.get(k + 1).is_some_and(|c| c.is(Class::Of))
                && chunks
                    .get(k + 2)
                    .and_then(Chunk::noun)
                    .is_some_and(|g| g.class.is_none() && g.names.iter().any(|n| n.actor().is_some()));
            return Some((vec![source], if of { k + 3 } else { k + 1 }));
        }
        match group.role {
            Some(NounRole::Document) => return self.document(chunker, chunks, k, group, depth),
            Some(NounRole::Speaker(role)) => return self.role(chunker, chunks, k, group, role, depth),
            None => {}
        }
        let headed = group.names.iter().any(|n| n.tokens == group.head);
        if let Some(actor) = group.names.iter().find_map(crate::Name::actor).filter(|_| headed) {
            return Some((vec![self.actor(actor)], k + 1));
        }
        if let Some(west) = group.names.iter().find_map(crate::Name::west).filter(|_| group.class.is_none()) {
            let (name, _) = chunker.names.west(west)?;
            return Some((vec![self.named(name.to_owned(), None)], k + 1));
        }
        if let Some(proper) = &group.proper {
            // 'le président X', 'le colonel X': a title before the name belongs to it.
            return Some((vec![self.named(text(chunker, proper.clone()), None)], k + 1));
        }
        if let Some(proper) = chunks.get(k + 1).and_then(Chunk::noun).and_then(|g| g.proper.clone())
            && (group.class.is_some() || group.determiner.is_some())
        {
            return Some((vec![self.named(text(chunker, proper), None)], k + 2));
        }
        None
    }

    /// 'les estimations ukrainiennes', 'un communiqué du ministère': who made the text.
    fn document(
        &self,
        chunker: &Chunker<'_>,
        chunks: &[Chunk],
        k: usize,
        group: &NounGroup,
        depth: usize,
    ) -> Option<(Vec<Speaker>, usize)> {
        if let Some(actor) = group.names.iter().find_map(crate::Name::actor) {
            return Some((vec![self.actor(actor)], k + 1));
        }
        if chunks.get(k + 1).is_some_and(|c| c.is(Class::Of)) {
            let maker = self.one(chunker, chunks, k + 2, depth + 1);
            if maker.is_some() {
                return maker;
            }
        }
        // 'les informations dévoilées par X', 'le bilan de la situation publié par X'.
        let by = (k + 1..(k + 7).min(chunks.len())).find(|i| chunks[*i].is(Class::By))?;
        let clause = chunks[k + 1..by]
            .iter()
            .any(|c| c.is_mark(',') || c.verb().is_some_and(|v| v.mood != crate::Mood::Participle));
        (!clause).then(|| self.one(chunker, chunks, by + 1, depth + 1))?
    }

    fn role(
        &self,
        chunker: &Chunker<'_>,
        chunks: &[Chunk],
        k: usize,
        group: &NounGroup,
        role: u16,
        depth: usize,
    ) -> Option<(Vec<Speaker>, usize)> {
        let role = chunker.lexicon.role(role).to_owned();
        let mut next = k + 1;
        let mut owners: Vec<Owner> = group.names.iter().filter_map(|n| Owner::of(n.actor(), n.west())).collect();
        // 'de la Corée du Sud, des États-Unis et de l’Ukraine': one head, several owners.
        let mut at = next;
        // Where a demonym says whose, a complement adds nothing: 'les rebelles houthis du Yémen'.
        let settled = !owners.is_empty();
        let speaks_for = SPOKESPERSONS.contains(&role.as_str());
        let links = |c: &Chunk, first: bool| {
            c.is(Class::Of) || first && (c.is(Class::To) || speaks_for && c.is(Class::Preposition))
        };
        while !settled && chunks.get(at).is_some_and(|c| links(c, owners.is_empty())) {
            let Some(complement) = chunks.get(at + 1).and_then(Chunk::noun) else { break };
            if SPOKESPERSONS.contains(&role.as_str()) && owners.is_empty() {
                return self.one(chunker, chunks, at + 1, depth + 1).or(Some((vec![self.named(role, None)], next)));
            }
            let name = complement.names.first();
            let Some(owner) = name.and_then(|n| Owner::of(n.actor(), n.west())) else {
                if LOCAL.contains(&role.as_str()) && (complement.proper.is_some() || name.is_some()) {
                    let place = text(chunker, complement.head.clone());
                    return Some((vec![self.named(format!("{role} of {place}"), None)], at + 2));
                }
                if let Some(source) = self.known_source(complement) {
                    return Some((vec![source], at + 2));
                }
                next = at + 2;
                break;
            };
            owners.push(owner);
            next = at + 2;
            let linked = chunks.get(next).is_some_and(|c| c.is_mark(',') || c.is(Class::And));
            at = if linked { next + 1 } else { next };
        }
        // 'le ministère ukrainien de la Défense', 'le président ukrainien X': a known name may follow the head.
        if let Some(following) = chunks.get(next).and_then(Chunk::noun)
            && following.determiner.is_none()
            && following.figure.is_none()
        {
            if let Some(source) = self.known_source(following) {
                return Some((vec![source], next + 1));
            }
            if let Some(proper) = &following.proper {
                let person = text(chunker, proper.clone());
                next += 1;
                let institution = ["army", "police", "government", "intelligence"].contains(&role.as_str());
                if !SPOKESPERSONS.contains(&role.as_str()) && !institution && owners.is_empty() && role != STATE {
                    return Some((vec![self.named(person, None)], next));
                }
            }
        }
        if owners.is_empty() {
            let possessed = group.determiner == Some(Determiner::Possessive) && SPOKESPERSONS.contains(&role.as_str());
            return (!possessed).then(|| (vec![self.named(role, None)], next));
        }
        let speakers = owners.iter().filter_map(|owner| self.composite(chunker, *owner, &role)).collect();
        Some((speakers, next))
    }

    fn composite(&self, chunker: &Chunker<'_>, owner: Owner, role: &str) -> Option<Speaker> {
        let (adjective, actor) = match owner {
            Owner::Actor(actor) if role == STATE => return Some(self.actor(actor)),
            Owner::Actor(actor) if SPOKESPERSONS.contains(&role) => return Some(self.actor(actor)),
            // 'les rebelles du M23' are the group itself.
            Owner::Actor(actor)
                if self.theatre().actors[actor as usize].kind == Some(ActorKind::ArmedGroup)
                    && GROUPS.contains(&role) =>
            {
                return Some(self.actor(actor));
            }
            Owner::Actor(actor) => {
                let adjective = chunker.names.adjective(actor).map(str::to_owned);
                (adjective.unwrap_or_else(|| self.actor(actor).name), Some(actor))
            }
            Owner::West(west) => (chunker.names.west(west)?.1.to_owned(), None),
        };
        let name = format!("{adjective} {role}");
        Some(match self.sources.get(&fold(&name)) {
            Some(source) => self.source(*source),
            None => self.named(name, actor),
        })
    }

    /// Somebody whom only a common noun names ('le groupe jihadiste'), in the words of the text; people and bodies only.
    pub fn nameless(&self, chunker: &Chunker<'_>, group: &NounGroup) -> Option<Speaker> {
        let class = group.class?;
        let speaks = ["people", "troops", "count"].iter().any(|g| chunker.lexicon.in_group(class, g));
        let words = group.head.start..group.tokens.end;
        (speaks && group.count().is_none()).then(|| self.named(text(chunker, words), None))
    }

    /// The armed group that a noun group names.
    pub(crate) fn armed_group(&self, group: &NounGroup) -> Option<u32> {
        let armed = |a: &u32| self.theatre().actors[*a as usize].kind == Some(ActorKind::ArmedGroup);
        group.names.iter().filter_map(crate::Name::actor).find(armed)
    }

    /// The source that a group names by its head.
    pub fn known_source(&self, group: &NounGroup) -> Option<Speaker> {
        group.names.iter().find_map(crate::Name::source).map(|i| self.source(i as usize))
    }

    fn source(&self, i: usize) -> Speaker {
        let source = &self.theatre().sources[i];
        Speaker {
            id: source.id.clone(),
            name: source.name.clone().unwrap_or_else(|| source.id.clone()),
            actor: self.atlas.represented(i as u32),
        }
    }

    /// An actor as a speaker.
    pub fn actor(&self, i: u32) -> Speaker {
        let actor = &self.theatre().actors[i as usize];
        Speaker { id: actor.id.clone(), name: actor.name.clone().unwrap_or_else(|| actor.id.clone()), actor: Some(i) }
    }

    /// Somebody whom no pack knows.
    pub fn named(&self, name: String, actor: Option<u32>) -> Speaker {
        match self.sources.get(&fold(&name)) {
            Some(source) => self.source(*source),
            None => Speaker { id: slug(&name), name, actor },
        }
    }
}

#[derive(Clone, Copy)]
enum Owner {
    Actor(u32),
    West(u32),
}

impl Owner {
    fn of(actor: Option<u32>, west: Option<u32>) -> Option<Self> {
        actor.map(Owner::Actor).or(west.map(Owner::West))
    }
}

/// The words of some tokens.
pub(crate) fn text(chunker: &Chunker<'_>, range: std::ops::Range<usize>) -> String {
    chunker.tokens.span(&range).slice(chunker.tokens.text()).unwrap_or_default().to_owned()
}

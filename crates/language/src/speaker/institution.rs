//! Institutions, offices and groups: whose they are, where the words say it and where they do not.

use recoup_model::ActorKind;

use super::Speaker;
use super::naming::{Found, Naming};
use super::role::{self, RoleKind};
use crate::chunk::{Chunk, Determiner, NounGroup};
use crate::lexicon::Class;

/// How far behind an institution the capital in which it speaks may stand, in chunks.
const SPEAKS_WITHIN: usize = 8;

impl Naming<'_> {
    /// Whom a group with a role names: the institution of its owner, an office and who holds it, a group.
    pub(super) fn role(&self, k: usize, group: &NounGroup, id: u16, depth: usize) -> Found {
        let role = self.chunker.lexicon.role(id);
        let kind = role::kind(role);
        let named = |name: String| Speaker { role: Some(id), ..self.speakers.named(name, None) };
        let mut next = k + 1;
        let mut owners: Vec<Owner> = group.names.iter().filter_map(|n| Owner::of(n.actor(), n.west())).collect();
        // 'the Yemeni rebels Houthis': the group by its name.
        let armed = |o: &Owner| o.actor().is_some_and(|a| self.speakers.is_armed_group(self.chunker, a));
        if kind == RoleKind::Group && owners.iter().any(armed) {
            owners.retain(armed);
        }
        // 'de la Corée du Sud, des États-Unis et de l’Ukraine': one head, several owners.
        let mut at = next;
        // Where a demonym says whose, a complement adds nothing: 'les rebelles houthis du Yémen'.
        let settled = !owners.is_empty();
        let links = |c: &Chunk, first: bool| {
            c.is(Class::Of) || first && (c.is(Class::To) || kind == RoleKind::Spokesperson && c.is(Class::Preposition))
        };
        while !settled && self.chunks.get(at).is_some_and(|c| links(c, owners.is_empty())) {
            let Some(complement) = self.noun(at + 1) else { break };
            if kind == RoleKind::Spokesperson && owners.is_empty() {
                return self.one(at + 1, depth + 1).or(Some((vec![named(role.to_owned())], at + 2)));
            }
            if let Some(group) = self.role_of(complement).filter(|k| *k == RoleKind::Group)
                && let Some((mut whose, after)) = self.one(at + 1, depth + 1)
                && let Some(actor) = whose.pop().and_then(|s| s.actor)
            {
                // 'le ministère de la Santé des rebelles'.
                debug_assert_eq!(group, RoleKind::Group);
                return Some((vec![self.composite(Owner::Actor(actor), id)?], after));
            }
            let name = complement.names.first();
            let Some(owner) = name.and_then(|n| Owner::of(n.actor(), n.west())) else {
                // 'une source médicale de l'hôpital': the source, not where it works.
                if role.ends_with(" source") || role.ends_with(" sources") {
                    let name = usize::from(self.noun(at + 2).is_some_and(|g| g.proper.is_some()));
                    return Some((vec![named(role.to_owned())], at + 2 + name));
                }
                if let Some((local, after)) = self.local_body(at + 1, id) {
                    return Some((vec![local], after));
                }
                if kind == RoleKind::Local && (complement.proper.is_some() || name.is_some()) {
                    let place = self.words(complement.head.clone());
                    return Some((vec![named(format!("{role} of {place}"))], at + 2));
                }
                if let Some(source) = self.speakers.known_source(self.chunker, complement) {
                    return Some((vec![source], at + 2));
                }
                if let Some(regional) = self.regional(complement, id) {
                    return Some((vec![regional], at + 2));
                }
                next = at + 2;
                break;
            };
            owners.push(owner);
            next = at + 2;
            at = if self.is_mark(next, ',') || self.is(next, Class::And) { next + 1 } else { next };
        }
        // 'le ministère ukrainien de la Défense', 'le président ukrainien X': a name may follow the head.
        // 'le site marocain Le Quotidien du Sud': the article is the name's.
        let tokens = self.chunker.tokens;
        if let Some(following) = self.noun(next)
            && (following.determiner.is_none() || following.proper.is_some() && tokens.capital(following.tokens.start))
            && following.figure.is_none()
        {
            if let Some(source) = self.speakers.known_source(self.chunker, following) {
                return Some((vec![source], next + 1));
            }
            // 'the Yemeni rebels Houthis': the group by its name.
            if let Some(actor) = following
                .names
                .iter()
                .find_map(crate::Name::actor)
                .filter(|a| kind == RoleKind::Group && self.speakers.is_armed_group(self.chunker, *a))
            {
                return Some((vec![self.speakers.actor(self.chunker, actor)], next + 1));
            }
            if let Some(proper) = &following.proper {
                next += 1;
                if !matches!(kind, RoleKind::Spokesperson | RoleKind::Institution) {
                    let actor = owners.iter().find_map(|o| o.actor());
                    return Some((vec![self.person(proper.clone(), actor, Some(id))], next));
                }
            }
        }
        // 'Zamfara police', 'the Poonch police': the region before its institution.
        let before = k.checked_sub(1).and_then(|p| self.noun(p)).filter(|g| g.tokens.end == group.tokens.start);
        if owners.is_empty()
            && let Some(regional) = self.regional(group, id).or_else(|| self.regional(before?, id))
        {
            return Some((vec![regional], next));
        }
        // 'Police in Poonch', but 'a defence ministry spokesman in Srinagar'.
        let in_place = owners.is_empty() && self.is(next, Class::Locative) && role::is_regional(role);
        let there = self.noun(next + 1).filter(|_| in_place);
        if let Some(regional) = there.and_then(|place| self.regional(place, id)) {
            return Some((vec![regional], next + 2));
        }
        // 'Bakou dément …; son ministère de la défense reconnaît un mort': of the state that spoke last.
        if owners.is_empty()
            && kind == RoleKind::Institution
            && group.determiner == Some(Determiner::Possessive)
            && let Some(state) = self.cast.last_actor(|a| self.speakers.kind(self.chunker, a) == Some(ActorKind::State))
        {
            owners.push(Owner::Actor(state));
        }
        if owners.is_empty() {
            let possessed = group.determiner == Some(Determiner::Possessive) && kind == RoleKind::Spokesperson;
            let speakers = (!possessed).then(|| vec![self.bare(k, group, id)])?;
            self.voiced_by(&speakers, next);
            return Some((speakers, next));
        }
        let speakers: Vec<Speaker> = owners.iter().filter_map(|owner| self.composite(*owner, id)).collect();
        self.voiced_by(&speakers, next);
        Some((speakers, next))
    }

    /// 'army spokesman Winthai S.': the name before `next` speaks for the body.
    fn voiced_by(&self, speakers: &[Speaker], next: usize) {
        let name = next.checked_sub(1).and_then(|at| self.noun(at)).and_then(|g| g.proper.clone());
        if let (Some(name), [body]) = (name, speakers) {
            self.cast.speaks_for(&self.words(name), body);
        }
    }

    /// 'la mairie de Saint-Marc', 'le parquet de l'État de Sinaloa': a body of which every town or region has one, by the
    /// place that the chunk at `at` names, or its complement.
    fn local_body(&self, at: usize, id: u16) -> Option<(Speaker, usize)> {
        let role = self.chunker.lexicon.role(id);
        if !role::is_local_body(role) {
            return None;
        }
        let named = |k: usize| {
            let group = self.noun(k)?;
            let place = group.proper.is_some() || group.names.first().is_some_and(|n| n.place().is_some());
            place.then(|| (self.words(group.head.clone()), k + 1))
        };
        let region =
            self.noun(at).is_some_and(|g| g.class.is_some() && g.count().is_none()) && self.is(at + 1, Class::Of);
        let (place, next) = named(at).or_else(|| named(at + 2).filter(|_| region))?;
        Some((Speaker { role: Some(id), ..self.speakers.named(format!("{place} {role}"), None) }, next))
    }

    /// 'la police du Zamfara', 'Manipur police': an institution of a region is not that of the state. `None` where the
    /// group names no place below a state, or the role is no institution.
    fn regional(&self, group: &NounGroup, id: u16) -> Option<Speaker> {
        let role = self.chunker.lexicon.role(id);
        if !matches!(role::kind(role), RoleKind::Institution) || role == "army" {
            return None;
        }
        let name = group.names.iter().find(|n| n.place().is_some() && n.actor().is_none() && n.source().is_none());
        // A place that no pack knows, beside no role: 'Police in Poonch'.
        let unknown = group.proper.clone().filter(|_| group.role.is_none() && name.is_none());
        let country = name.and_then(|n| n.place()).and_then(|place| self.speakers.atlas().country(place));
        let place = self.words(name.map(|n| n.tokens.clone()).or(unknown)?);
        Some(Speaker { role: Some(id), ..self.speakers.named(format!("{place} {role}"), country) })
    }

    /// A role of which nobody says whose it is: whoever had it before in the text, an institution of the country in
    /// question, else the noun itself.
    fn bare(&self, k: usize, group: &NounGroup, id: u16) -> Speaker {
        let role = self.chunker.lexicon.role(id);
        let kind = role::kind(role);
        // 'an army spokesman' is of the one army that there is.
        let definite = !matches!(group.determiner, Some(Determiner::Indefinite))
            || kind == RoleKind::Institution && group.head.len() > 1;
        // 'le porte-parole du groupe armé': the one named last.
        if let Some(actor) = self.cast.group.filter(|_| definite && kind == RoleKind::Group) {
            return Speaker { role: Some(id), ..self.speakers.actor(self.chunker, actor) };
        }
        // 'a defence ministry spokesman in Srinagar'.
        if kind == RoleKind::Spokesperson
            && let Some(local) = self.near_capital(k).and_then(|actor| self.composite(Owner::Actor(actor), id))
        {
            return local;
        }
        // 'a ministry spokeswoman', 'le porte-parole': that of the body that appeared last.
        if kind == RoleKind::Spokesperson
            && let Some(body) = self.cast.last_body()
        {
            return body.clone();
        }
        // 'le ministère': the one named last.
        let complement = self.is(k + 1, Class::Of) && self.noun(k + 2).is_some();
        if role == "ministry" && complement {
            // 'le ministère des Pêches': one of which the roles know nothing is not the one named last.
            let end = self.noun(k + 2).map_or(group.tokens.end, |g| g.tokens.end);
            return Speaker { role: Some(id), ..self.speakers.named(self.words(group.head.start..end), None) };
        }
        if role == "ministry" {
            let last = self.cast.in_role_like("Ministry", |r| self.chunker.lexicon.role(r).to_owned());
            return last.cloned().unwrap_or_else(|| self.speakers.named(role.to_owned(), None));
        }
        // 'the shadow government': not that of the state, but one that was named before.
        let modified = group.head.start > group.tokens.start + usize::from(group.determiner.is_some());
        if modified && kind == RoleKind::Institution {
            let word = self.chunker.tokens.folded(group.head.end - 1);
            if let Some(body) = self.cast.called(word, |s| self.speakers.names_of(self.chunker, s)) {
                return body.clone();
            }
        }
        let unique = matches!(kind, RoleKind::Institution | RoleKind::Office | RoleKind::State);
        if unique && definite {
            // 'À Moscou, le ministère de la Défense', 'a defence ministry spokesman in Srinagar'.
            if let Some(local) = self.near_capital(k).and_then(|actor| self.composite(Owner::Actor(actor), id)) {
                return local;
            }
            let before = self.cast.in_role(id, None).cloned();
            let country = || self.cast.country().and_then(|country| self.composite(Owner::Actor(country), id));
            let word = self.chunker.tokens.folded(group.head.end - 1);
            // 'the military': of two armies the one that speaks.
            let heard = || {
                let body = self.cast.heard(word, |s| self.speakers.names_of(self.chunker, s));
                let group = |s: &&Speaker| s.actor.is_some_and(|a| self.speakers.is_armed_group(self.chunker, a));
                body.filter(|s| !group(s)).cloned()
            };
            if let Some(speaker) = before.or_else(heard).or_else(country) {
                return speaker;
            }
        }
        Speaker { role: Some(id), ..self.speakers.named(role.to_owned(), None) }
    }

    /// The country of the capital or place that the words around a role name: before it at the head of the sentence, or
    /// right behind it.
    fn near_capital(&self, k: usize) -> Option<u32> {
        let placed = |at: usize| -> Option<u32> {
            let place = at.checked_sub(1).is_some_and(|p| self.is(p, Class::To) || self.is(p, Class::Locative));
            let group = self.noun(at).filter(|_| place)?;
            let name = group.names.first()?;
            let capital = name.metonym();
            capital.or_else(|| self.speakers.atlas().country(name.place()?))
        };
        let before = k.checked_sub(2).filter(|c| self.is_mark(c + 1, ',')).and_then(placed);
        // 'an army spokesperson said in Brasília'.
        let speaks = self.chunks.get(k + 1).is_some_and(|c| c.verb().is_some());
        // 'Dans la bande de Gaza, …, selon la Défense civile'.
        let opens = || placed(1).filter(|_| k > 2 && self.is_mark(2, ','));
        let before = before.or_else(opens);
        // 'army spokesman Pascal N. told reporters in Bujumbura'.
        let ends = |c: &Chunk| matches!(c, Chunk::Mark(..)) || c.is(Class::Subordinator);
        let reach = self.chunks.len().min(k + SPEAKS_WITHIN);
        let end = (k + 1..reach).find(|i| ends(&self.chunks[*i])).unwrap_or(reach);
        let says = (k + 1..end).find(|i| {
            let verb = self.chunks[*i].verb();
            verb.is_some_and(|v| self.chunker.lexicon.verb(v.verb).speech.is_some())
        });
        let told = || says.and_then(|verb| (verb + 2..end).find_map(placed));
        before.or_else(|| placed(k + 2)).or_else(|| placed(k + 3).filter(|_| speaks)).or_else(told)
    }

    pub(super) fn composite(&self, owner: Owner, id: u16) -> Option<Speaker> {
        let role = self.chunker.lexicon.role(id);
        let kind = role::kind(role);
        let itself = |actor| Speaker { role: Some(id), ..self.speakers.actor(self.chunker, actor) };
        let (adjective, actor) = match owner {
            Owner::Actor(actor) if matches!(kind, RoleKind::State | RoleKind::Spokesperson) => {
                return Some(itself(actor));
            }
            // 'les rebelles du M23' are the group itself.
            Owner::Actor(actor) if self.speakers.is_armed_group(self.chunker, actor) && role::is_group_itself(role) => {
                return Some(itself(actor));
            }
            Owner::Actor(actor) => {
                if kind == RoleKind::Office
                    && let Some(before) = self.cast.in_role(id, Some(actor))
                {
                    return Some(before.clone());
                }
                let adjective = self.chunker.names.adjective(actor).map(str::to_owned);
                (
                    adjective.unwrap_or_else(|| self.speakers.actor(self.chunker, actor).name.as_ref().to_owned()),
                    Some(actor),
                )
            }
            Owner::West(west) => (self.chunker.names.west(west)?.1.to_owned(), None),
        };
        Some(Speaker { role: Some(id), ..self.speakers.named(format!("{adjective} {role}"), actor) })
    }
}

#[derive(Clone, Copy)]
pub(super) enum Owner {
    Actor(u32),
    West(u32),
}

impl Owner {
    fn of(actor: Option<u32>, west: Option<u32>) -> Option<Self> {
        actor.map(Owner::Actor).or(west.map(Owner::West))
    }

    fn actor(self) -> Option<u32> {
        match self {
            Owner::Actor(actor) => Some(actor),
            Owner::West(_) => None,
        }
    }
}

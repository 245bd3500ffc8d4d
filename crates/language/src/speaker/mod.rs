//! Who a noun group names as a speaker: known sources, actors by capital or demonym, roles with a demonym
//! ('Ukrainian intelligence'), persons and bodies by form.
//!
//! Rules of the annotation guide: a capital stands for the state, a spokesman for the institution, an official of an
//! agency for the agency; an official of a state who speaks for himself stays a person; the nameless go by their
//! English head noun. An institution without a country's name is that of the country in question.

mod cast;
mod institution;
mod naming;
mod role;

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use recoup_model::{ActorKind, Theatre, fold, slug};

pub use cast::Cast;
pub(crate) use role::{is_group, is_institution, speaks_for};
pub use role::{is_military, speaks_of_its_people};

use crate::Atlas;
use crate::chunk::{Chunk, Chunker, NounGroup};
use crate::lexicon::Form;
use naming::Naming;

/// Somebody who says something; cheap to clone, for whoever speaks is taken up again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// Canonical id.
    pub id: Rc<str>,
    /// Canonical name.
    pub name: Rc<str>,
    /// The actor for whom it speaks, where that is known: index into the theatre's actors, and behind them into those
    /// that the text introduces.
    pub actor: Option<u32>,
    /// The role in which the text names it, where it names one: index into the lexicon's roles.
    pub role: Option<u16>,
    /// Whether it is a person by name.
    pub is_person: bool,
}

/// Resolves speakers against the theatre.
pub struct Speakers {
    atlas: Arc<Atlas>,
    sources: HashMap<String, usize>,
}

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
    pub fn at(&self, chunker: &Chunker<'_>, cast: &Cast, chunks: &[Chunk], k: usize) -> Option<(Vec<Speaker>, usize)> {
        Naming { speakers: self, chunker, cast, chunks }.together(k)
    }

    /// Who the apposition behind the noun at `k` and its complements names: 'le secrétaire du Conseil de sécurité, X'.
    pub(crate) fn apposed(
        &self,
        chunker: &Chunker<'_>,
        cast: &Cast,
        chunks: &[Chunk],
        k: usize,
    ) -> Option<(Vec<Speaker>, usize)> {
        Naming { speakers: self, chunker, cast, chunks }.apposed_name(k)
    }

    /// Somebody whom only a common noun names ('le groupe jihadiste'), in the words of the text: people and bodies;
    /// where the place in the sentence leaves no doubt (`sure`: 'selon le directeur'), any noun of which nothing is known.
    pub fn nameless(&self, chunker: &Chunker<'_>, group: &NounGroup, sure: bool) -> Option<Speaker> {
        let speaks = match group.class {
            Some(class) => {
                // 'la mort de seize soldats' is people and says nothing.
                let people = chunker.lexicon.noun_class(class).indicator.is_none();
                let body = chunker.lexicon.bodies.has(chunker.tokens, group.head.start);
                // 'a volunteer rescue group', 'the emergency agency'.
                let thing = || {
                    let name = &*chunker.lexicon.noun_class(class).name;
                    !matches!(name, "count" | "toll" | "side" | "control" | "idiom" | "lives")
                };
                let body = body || chunker.lexicon.bodies.has(chunker.tokens, group.head.end - 1);
                let body = body || sure && thing();
                people && (body || ["people", "troops"].iter().any(|g| chunker.lexicon.in_group(class, g)))
            }
            None => sure && group.proper.is_none() && group.role.is_none(),
        };
        let words = group.head.start..group.tokens.end;
        // 'Contacté, son représentant précise': what became of him.
        let participle = |(_, form): &(_, Form)| *form == Form::Participle;
        let speaks = speaks
            && !(group.determiner.is_none()
                && group.class.is_none()
                && chunker.lexicon.verb_forms(chunker.tokens, group.head.start).iter().any(participle));
        let counted = group.figure.as_ref().is_some_and(|f| f.kind != crate::FigureKind::One);
        (speaks && !counted && !words.is_empty()).then(|| self.named(text(chunker, words), None))
    }

    /// The armed group that a noun group names.
    pub(crate) fn armed_group(&self, chunker: &Chunker<'_>, group: &NounGroup) -> Option<u32> {
        let armed = |a: &u32| self.is_armed_group(chunker, *a);
        group.names.iter().filter_map(crate::Name::actor).find(armed)
    }

    /// Whether an actor is an armed group, of the theatre or introduced by the text.
    pub fn is_armed_group(&self, chunker: &Chunker<'_>, actor: u32) -> bool {
        self.kind(chunker, actor) == Some(ActorKind::ArmedGroup)
    }

    /// The kind of an actor, of the theatre or introduced by the text.
    pub fn kind(&self, chunker: &Chunker<'_>, actor: u32) -> Option<ActorKind> {
        match chunker.introduced_actor(actor) {
            Some(_) => Some(ActorKind::ArmedGroup),
            None => self.theatre().actors[actor as usize].kind,
        }
    }

    /// The source that a group names by its head.
    pub fn known_source(&self, chunker: &Chunker<'_>, group: &NounGroup) -> Option<Speaker> {
        let known = group.names.iter().find_map(crate::Name::source).map(|i| self.source(i as usize));
        known.or_else(|| {
            let i = group.names.iter().find_map(crate::Name::introduced)?;
            Some(self.introduced(chunker, i))
        })
    }

    /// Somebody whom the text introduces, as a speaker.
    fn introduced(&self, chunker: &Chunker<'_>, i: u32) -> Speaker {
        let body = chunker.introduced(i);
        let actor = if body.is_group { Some(chunker.names.actors() + i) } else { body.owner };
        Speaker { id: (*body.id).into(), name: (*body.name).into(), actor, role: None, is_person: false }
    }

    fn source(&self, i: usize) -> Speaker {
        let source = &self.theatre().sources[i];
        Speaker {
            id: (*source.id).into(),
            name: source.name.as_deref().unwrap_or(&source.id).into(),
            actor: self.atlas.represented(i as u32),
            role: None,
            is_person: false,
        }
    }

    /// An actor as a speaker.
    pub fn actor(&self, chunker: &Chunker<'_>, i: u32) -> Speaker {
        let (id, name) = match chunker.introduced_actor(i) {
            Some(group) => (&group.id, Some(&group.name)),
            None => {
                let actor = &self.theatre().actors[i as usize];
                (&actor.id, actor.name.as_ref())
            }
        };
        let name = name.unwrap_or(id);
        Speaker { id: (**id).into(), name: (**name).into(), actor: Some(i), role: None, is_person: false }
    }

    /// Somebody whom no pack knows.
    pub fn named(&self, name: String, actor: Option<u32>) -> Speaker {
        match self.sources.get(&fold(&name)) {
            Some(source) => self.source(*source),
            None => Speaker { id: slug(&name).into(), name: name.into(), actor, role: None, is_person: false },
        }
    }

    /// Every name under which the theatre or the text knows a speaker.
    pub(crate) fn names_of<'s>(
        &'s self,
        chunker: &'s Chunker<'_>,
        speaker: &Speaker,
    ) -> impl Iterator<Item = &'s str> + use<'s> {
        let source = self.sources.get(&fold(&speaker.name)).map(|i| &self.theatre().sources[*i]);
        let actor = speaker.actor.and_then(|i| self.theatre().actors.get(i as usize)).filter(|a| *a.id == *speaker.id);
        let introduced = chunker.introduced_as(&speaker.id).map(|i| &i.full);
        let known = source.into_iter().flat_map(|s| &s.names).chain(actor.into_iter().flat_map(|a| &a.names));
        known.chain(introduced).map(String::as_str)
    }
}

/// The words of some tokens.
pub(crate) fn text(chunker: &Chunker<'_>, range: std::ops::Range<usize>) -> String {
    chunker.tokens.span(&range).slice(chunker.tokens.text()).unwrap_or_default().to_owned()
}

//! Origins: who first said it, whoever printed it.
//!
//! The rules, in order:
//! 1. A claim belongs to its sources; whoever relays them (`via`) is no origin. A claim without a source belongs to the
//!    last relay that is known, else to the outlet that printed it.
//! 2. A source leads back through the theatre's `of` (a spokesman to his service, a title to its owner). A body with an
//!    `actor` speaks for that actor: the services, ministries and spokesmen of one state or armed group are one origin.
//!    So is a body that the theatre does not know when its name says so ("Ukrainian army").
//! 3. An outlet that speaks in its own voice is an origin under the id by which others cite it: the channel of an army is
//!    the army. Outlets without a name are at most one origin together. Documents of one copy group have one printer, the
//!    first.
//! 4. In a document that relays somebody on the question, the outlet's own sentences retell him and count for nothing.
//! 5. Those known by a role alone (residents, analysts, diplomats) are at most one origin together, and none where they
//!    speak jointly with somebody named. A crowd that may hold any of the named (Western countries, the press) counts
//!    only where nobody else does.
//! 6. An outlet that is cited on the question, and itself has it from another, is no origin: the chain is followed to
//!    its root, and a circle of outlets is one origin.
//! 7. Those whom an analyst found to be one origin are one, whatever the rules before say.

use std::collections::{BTreeMap, BTreeSet};

use recoup_model::{Actor, ActorKind, Claim, DocumentHead, Reliability, Source, SourceKind, SourceRef, slug};
use recoup_plugin::Context;

use crate::nameless::{Nameless, actor_of, nameless};
use crate::register::Register;
use crate::statement::Statement;

/// The key of all outlets without a name.
const UNNAMED_OUTLET: &str = "outlet";

/// One speaker, as far as independence goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Voice {
    /// An actor's, a body's or an outlet's id.
    Named(String),
    /// See [`Nameless::Role`].
    Role(String),
    /// See [`Nameless::Collective`].
    Collective(String),
}

/// Who makes a claim.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Origin {
    /// As printed: canonical ids, sorted; empty for an outlet without a name.
    pub(crate) ids: Vec<String>,
    /// As counted.
    pub(crate) voices: BTreeSet<Voice>,
    /// Whether it is the outlet itself.
    pub(crate) own_voice: bool,
}

impl Origin {
    /// The named ones.
    pub(crate) fn named(&self) -> BTreeSet<&str> {
        self.voices.iter().filter_map(|v| if let Voice::Named(key) = v { Some(key.as_str()) } else { None }).collect()
    }

    /// Whether nobody speaks for both.
    pub(crate) fn differs(&self, other: &Origin) -> bool {
        self.voices.is_disjoint(&other.voices)
    }

    /// Whether both are certainly the same speakers: unnamed outlets and roles never are.
    pub(crate) fn is_certainly(&self, other: &Origin) -> bool {
        let named = self.named();
        !named.is_empty() && !named.contains(UNNAMED_OUTLET) && named == other.named()
    }
}

/// Resolves origins through the theatre and the documents of the run.
pub(crate) struct Origins<'c> {
    register: &'c Register,
    heads: BTreeMap<&'c str, &'c DocumentHead>,
    copies: BTreeMap<&'c str, (usize, usize)>,
    printers: Vec<&'c str>,
    /// Voices that were decided to be one -> the one by which they are counted.
    one: BTreeMap<Voice, Voice>,
}

impl<'c> Origins<'c> {
    pub(crate) fn new(context: &'c Context, register: &'c Register) -> Self {
        let mut copies = BTreeMap::new();
        let mut printers = Vec::new();
        for (group, copy) in context.copies.iter().enumerate() {
            printers.push(copy.documents.first().map(String::as_str).unwrap_or_default());
            copies.extend(copy.documents.iter().enumerate().map(|(rank, id)| (id.as_str(), (group, rank))));
        }
        let mut origins = Origins {
            register,
            heads: context.documents.iter().map(|head| (head.id.as_str(), head)).collect(),
            copies,
            printers,
            one: BTreeMap::new(),
        };
        origins.one = origins.dependent(&context.rulings.one_origin);
        origins
    }

    /// Of sources that an analyst found to be one origin, the voice by which all are counted: that of one who fights, else
    /// the first by name. Sets that share a voice are one.
    fn dependent(&self, sets: &[Vec<String>]) -> BTreeMap<Voice, Voice> {
        let mut groups: Vec<BTreeSet<Voice>> = Vec::new();
        for set in sets {
            let mut voices: BTreeSet<Voice> = set.iter().flat_map(|id| self.voices(id)).collect();
            let (shared, others): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| !group.is_disjoint(&voices));
            voices.extend(shared.into_iter().flatten());
            groups = others;
            groups.push(voices);
        }
        let rank = |voice: &&Voice| match voice {
            Voice::Named(key) => (0, !self.fights(key)),
            Voice::Role(_) | Voice::Collective(_) => (1, true),
        };
        let of = |group: &BTreeSet<Voice>| {
            let first = group.iter().min_by_key(|voice| (rank(voice), *voice)).cloned();
            let named = |voice: &Voice| Some((voice.clone(), first.clone()?));
            group.iter().filter_map(named).collect::<Vec<_>>()
        };
        groups.iter().flat_map(of).collect()
    }

    /// The voices of a source by its id: quoted, and as an outlet in its own voice.
    fn voices(&self, id: &str) -> [Voice; 2] {
        let (_, quoted) = self.speaker(&SourceRef { id: id.to_owned(), name: id.to_owned(), cue: None });
        let outlet = self.root(id).map_or(id, |source| &source.id);
        [quoted, Voice::Named(self.body(outlet).unwrap_or(outlet).to_owned())]
    }

    fn counted(&self, voice: Voice) -> Voice {
        self.one.get(&voice).cloned().unwrap_or(voice)
    }

    /// Copy group of a document and its rank there, the first publisher being 0.
    pub(crate) fn copy(&self, document: &str) -> Option<(usize, usize)> {
        self.copies.get(document).copied()
    }

    /// What the run knows of a document.
    pub(crate) fn head(&self, document: &str) -> Option<&'c DocumentHead> {
        self.heads.get(document).copied()
    }

    /// Who makes the claim.
    pub(crate) fn of(&self, claim: &Claim) -> Origin {
        let speakers = if claim.sources.is_empty() {
            claim.via.last().into_iter().collect()
        } else {
            claim.sources.iter().collect::<Vec<_>>()
        };
        if speakers.is_empty() {
            return self.outlet(&claim.document);
        }
        let mut ids = Vec::new();
        let mut voices = BTreeSet::new();
        for speaker in speakers {
            let (id, voice) = self.speaker(speaker);
            ids.push(id);
            voices.insert(self.counted(voice));
        }
        ids.sort();
        ids.dedup();
        Origin { ids, voices, own_voice: claim.sources.is_empty() }
    }

    fn outlet(&self, document: &str) -> Origin {
        let printer = self.copy(document).and_then(|(group, _)| self.printers.get(group).copied()).unwrap_or(document);
        let outlet = self.printed_by(printer);
        let body = outlet.as_deref().and_then(|outlet| self.body(outlet)).map(str::to_owned);
        let voice = body.or_else(|| outlet.clone()).unwrap_or_else(|| UNNAMED_OUTLET.to_owned());
        let voices = BTreeSet::from([self.counted(Voice::Named(voice))]);
        Origin { ids: outlet.into_iter().collect(), voices, own_voice: true }
    }

    /// The actor of which an outlet is a body: the channel of a ministry, not the newspaper of a state.
    fn body(&self, outlet: &str) -> Option<&str> {
        match self.register.source(outlet) {
            Some(source) => self.actor(source).filter(|_| is_official(source.kind)),
            None => {
                self.register.actor(outlet).or_else(|| actor_of(outlet, self.register)).map(|actor| actor.id.as_str())
            }
        }
    }

    /// The key of the outlet that printed a document, where it has a name.
    pub(crate) fn printed_by(&self, document: &str) -> Option<String> {
        let name = self.head(document)?.outlet.as_deref()?;
        let outlet = self.register.source_named(name).map_or_else(|| slug(name), |source| source.id.clone());
        (!outlet.is_empty()).then(|| self.root(&outlet).map_or(outlet, |source| source.id.clone()))
    }

    fn speaker(&self, speaker: &SourceRef) -> (String, Voice) {
        let Some(source) = self.register.source_of(speaker) else {
            return (speaker.id.clone(), self.unregistered(&speaker.id, &speaker.name));
        };
        let service = match source.kind {
            Some(SourceKind::Person) => source.of.as_deref().unwrap_or(&source.id),
            _ => &source.id,
        };
        let voice = match (self.actor(source), self.root(&source.id)) {
            (Some(actor), _) => Voice::Named(actor.to_owned()),
            (None, Some(root)) if is_official(root.kind) => self.unregistered(&root.id, &root.id),
            (None, root) => Voice::Named(root.map_or(&source.id, |r| &r.id).clone()),
        };
        (service.to_owned(), voice)
    }

    fn unregistered(&self, id: &str, name: &str) -> Voice {
        let actor = || self.register.actor(id).or_else(|| self.register.actor_named(name));
        if let Some(actor) = actor().or_else(|| actor_of(id, self.register)) {
            return Voice::Named(actor.id.clone());
        }
        match nameless(id) {
            Some(Nameless::Role) => Voice::Role(id.to_owned()),
            Some(Nameless::Collective) => Voice::Collective(id.to_owned()),
            None => Voice::Named(id.to_owned()),
        }
    }

    /// The sources from `id` up the chain of `of`; a cycle ends where it closes.
    fn chain(&self, id: &str) -> Vec<&'c Source> {
        let mut chain: Vec<&Source> = Vec::new();
        let mut at = self.register.source(id);
        while let Some(source) = at {
            if chain.iter().any(|seen| seen.id == source.id) {
                break;
            }
            chain.push(source);
            at = source.of.as_deref().and_then(|of| self.register.source(of));
        }
        chain
    }

    fn root(&self, id: &str) -> Option<&'c Source> {
        self.chain(id).last().copied()
    }

    /// The actor for whom the source speaks. An expert or a charity of a country does not speak for it; its ministry of
    /// health does.
    fn actor(&self, source: &Source) -> Option<&'c str> {
        let independent = [SourceKind::Expert, SourceKind::ThinkTank, SourceKind::Ngo];
        self.chain(&source.id)
            .iter()
            .filter(|s| s.kind.is_none_or(|kind| !independent.contains(&kind)))
            .find_map(|s| s.actor.as_deref())
    }

    /// Whether a named speaker has a side in this conflict: the theatre says so, or it is an armed group.
    pub(crate) fn fights(&self, key: &str) -> bool {
        let fights = |actor: &Actor| actor.side.is_some() || actor.kind == Some(ActorKind::ArmedGroup);
        self.register.actor(key).is_some_and(fights)
    }

    /// The best grade among those who make the statement together: the statement is at least as good as its best source.
    pub(crate) fn reliability(&self, origin: &Origin) -> Reliability {
        let grade = |id: &String| self.chain(id).iter().find_map(|source| source.reliability);
        origin.ids.iter().filter_map(grade).min().unwrap_or(Reliability::F)
    }

    /// The name by which a reader knows a speaker, where the theatre has one.
    pub(crate) fn name(&self, id: &str, french: bool) -> Option<String> {
        let pick = |name: &Option<String>, fr: &Option<String>| {
            if french { fr.clone().or(name.clone()) } else { name.clone() }
        };
        let source = self.register.source(id).and_then(|s| pick(&s.name, &s.name_fr));
        let actor = || self.register.actor(id).and_then(|a| pick(&a.name, &a.name_fr));
        source.or_else(actor)
    }

    /// What is said on a question, as far as it bears on who is independent.
    pub(crate) fn testimony<'q>(&self, question: &[&'q Statement]) -> Testimony<'q> {
        let quoting = question.iter().filter(|s| !s.origin.own_voice);
        Testimony { relaying: quoting.map(|s| s.claim.document.as_str()).collect(), roots: self.roots(question) }
    }

    /// Outlets that are cited on the question, and there have it from somebody else -> from whom in the end.
    fn roots(&self, question: &[&Statement]) -> BTreeMap<String, String> {
        let mut cites: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        let mut speaks: BTreeSet<String> = BTreeSet::new();
        for statement in question {
            let printer = self.printed_by(&statement.claim.document);
            let Some(Voice::Named(outlet)) = printer.map(|key| self.counted(Voice::Named(key))) else { continue };
            if statement.origin.own_voice && statement.claim.via.is_empty() {
                // What an article retells of whom it quotes is not the outlet's own.
                if !statement.retells {
                    speaks.insert(outlet);
                }
            } else {
                cites.entry(outlet).or_default().extend(statement.origin.named());
            }
        }
        let next = |key: &str| -> Option<&str> {
            let cited = cites.get(key).filter(|_| !speaks.contains(key))?;
            cited.iter().copied().find(|c| *c != key)
        };
        let mut roots = BTreeMap::new();
        for start in cites.keys() {
            let mut path = vec![start.as_str()];
            while let Some(to) = path.last().and_then(|at| next(at)) {
                if let Some(closes) = path.iter().position(|p| *p == to) {
                    path.extend(path[closes..].iter().min().copied());
                    break;
                }
                path.push(to);
            }
            if let Some(root) = path.last().filter(|root| *root != start) {
                roots.insert(start.clone(), (*root).to_owned());
            }
        }
        roots
    }
}

/// See [`Origins::testimony`].
pub(crate) struct Testimony<'q> {
    relaying: BTreeSet<&'q str>,
    roots: BTreeMap<String, String>,
}

/// Who stands behind some statements, retold ones left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Backing {
    named: BTreeSet<String>,
    role: bool,
    crowd: bool,
}

impl Testimony<'_> {
    /// Who stands behind some of the statements on the question.
    pub(crate) fn backing(&self, statements: &[&Statement]) -> Backing {
        let mut backing = Backing::default();
        for statement in statements {
            let origin = &statement.origin;
            if origin.own_voice && self.relaying.contains(statement.claim.document.as_str()) {
                continue;
            }
            let mut named = false;
            for voice in &origin.voices {
                if let Voice::Named(key) = voice {
                    named = true;
                    let root = self.roots.get(key).unwrap_or(key);
                    if !backing.named.contains(root) {
                        backing.named.insert(root.clone());
                    }
                }
            }
            if !named {
                let somebody = origin.voices.iter().any(|v| matches!(v, Voice::Role(_)));
                backing.role |= somebody;
                backing.crowd |= !somebody;
            }
        }
        backing
    }
}

impl Backing {
    /// How many origins are known to be independent among those who stand behind statements; 0 where they only retell
    /// others.
    pub(crate) fn independent<'b>(backings: impl IntoIterator<Item = &'b Backing>) -> usize {
        let mut named: BTreeSet<&str> = BTreeSet::new();
        let (mut role, mut crowd) = (false, false);
        for backing in backings {
            named.extend(backing.named.iter().map(String::as_str));
            role |= backing.role;
            crowd |= backing.crowd;
        }
        let known = named.len() + usize::from(role);
        if known == 0 { usize::from(crowd) } else { known }
    }
}

fn is_official(kind: Option<SourceKind>) -> bool {
    matches!(kind, Some(SourceKind::Government | SourceKind::Military | SourceKind::Intelligence))
}

//! Names that no pack knows, where a speaker, an actor or a place would stand.

use std::collections::BTreeSet;
use std::ops::Range;

use recoup_language::lexicon::{Class, ClassId};
use recoup_language::{Chunk, NounGroup, Sentence, Speaker, TokenKind};
use recoup_model::{ActorKind, SourceKind, Span, slug};
use serde::Serialize;

use crate::article::Article;
use crate::places::places;
use crate::roles::Roles;

/// A name that no pack knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stranger {
    /// The name as the text writes it.
    pub name: String,
    /// Where it stands first.
    pub span: Span,
    /// An id that the theatre does not have yet.
    pub id: String,
    /// What it stands for.
    #[serde(flatten)]
    pub standing: Standing,
}

/// What a name stands for by its place in the sentence, with a guess of its kind where there is ground for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "stands_for", rename_all = "snake_case")]
pub enum Standing {
    /// Who says something.
    Source {
        /// What kind of source.
        kind: Option<SourceKind>,
        /// The actor for whom it speaks.
        actor: Option<String>,
    },
    /// Who does something, or whose people or things are counted.
    Actor {
        /// What kind of actor.
        kind: Option<ActorKind>,
    },
    /// Where something happens.
    Place {
        /// The country that the article is about.
        within: Option<String>,
    },
}

/// The unknown names of an article, in the order of its text. A name is listed once: as a source before an actor before
/// a place.
pub(super) fn strangers(article: &Article<'_>) -> Vec<Stranger> {
    let mut finder = Finder { article, names: BTreeSet::new(), found: Vec::new() };
    finder.sources();
    for sentence in article.sentences {
        finder.actors(sentence);
    }
    for sentence in article.sentences {
        finder.places(sentence);
    }
    let mut found = finder.found;
    found.sort_by_key(|stranger| stranger.span);
    found
}

/// Fighters of no state.
fn is_irregular(article: &Article<'_>, class: ClassId) -> bool {
    &*article.lexicon.noun_class(class).name == "irregular"
}

struct Finder<'s, 'a> {
    article: &'s Article<'a>,
    /// Their slugs.
    names: BTreeSet<String>,
    found: Vec<Stranger>,
}

impl Finder<'_, '_> {
    fn add(&mut self, tokens: &Range<usize>, standing: Standing) {
        if self.is_common(tokens) {
            return;
        }
        let name = self.article.words(tokens).to_owned();
        let slug = slug(&name);
        // A single letter or figure names nobody.
        if slug.len() < 2 || !self.names.insert(slug.clone()) {
            return;
        }
        let theatre = self.article.theatre();
        let id = match &standing {
            Standing::Place { within: Some(country) } => format!("{country}-{slug}"),
            _ => slug,
        };
        let taken = |id: &str| match &standing {
            Standing::Source { .. } => theatre.source(id).is_some(),
            Standing::Actor { .. } => theatre.actor(id).is_some(),
            Standing::Place { .. } => theatre.place(id).is_some(),
        };
        let id = if taken(&id) { format!("{id}-2") } else { id };
        self.found.push(Stranger { name, span: self.article.chunker.tokens.span(tokens), id, standing });
    }

    /// A single word that begins a sentence has a capital whatever it is: it is a name only if it has one elsewhere too.
    fn is_common(&self, name: &Range<usize>) -> bool {
        let tokens = self.article.chunker.tokens;
        let opens = |i: usize| {
            let sentence = self.article.sentences.partition_point(|s| s.tokens.end <= i);
            let start = self.article.sentences.get(sentence).map_or(0, |s| s.tokens.start);
            (start..i).all(|k| tokens.kind(k) == TokenKind::Mark) || i > 0 && tokens.kind(i - 1) == TokenKind::Mark
        };
        let same = |i: &usize| tokens.capital(*i) && tokens.folded(*i) == tokens.folded(name.start);
        name.len() == 1 && (0..tokens.len()).filter(same).all(opens)
    }

    fn sources(&mut self) {
        let article = self.article;
        for attribution in article.attributions {
            let chunks = &article.sentences[attribution.sentence].chunks;
            for speaker in attribution.speakers.iter().chain(&attribution.via) {
                if article.theatre().source(&speaker.id).is_some() || article.atlas.actor(&speaker.id).is_some() {
                    continue;
                }
                let group = chunks.iter().filter_map(Chunk::noun).find_map(|g| self.names_speaker(g, speaker));
                let Some((tokens, body)) = group else { continue };
                let actor = speaker.actor.map(|a| article.actor_id(a).to_owned());
                let kind = match (body, speaker.is_person, &actor) {
                    (_, true, _) => Some(SourceKind::Person),
                    (true, _, Some(_)) => Some(SourceKind::Government),
                    (true, _, None) => Some(SourceKind::Ngo),
                    _ => None,
                };
                // An armed group that the text introduces is no actor of the theatre yet.
                let actor = actor.filter(|id| article.atlas.actor(id).is_some());
                self.add(&tokens, Standing::Source { kind, actor });
            }
        }
    }

    /// The tokens by which a group names a speaker, and whether by the form of a body.
    fn names_speaker(&self, group: &NounGroup, speaker: &Speaker) -> Option<(Range<usize>, bool)> {
        let proper = group.proper.clone().filter(|p| *slug(self.article.words(p)) == *speaker.id);
        let introduced = || {
            let name =
                group.names.iter().find(|n| n.introduced().is_some_and(|i| *self.introduced(i) == *speaker.id))?;
            Some((name.tokens.clone(), true))
        };
        proper.map(|tokens| (tokens, false)).or_else(introduced)
    }

    fn introduced(&self, i: u32) -> &str {
        &self.article.chunker.introduced(i).id
    }

    fn actors(&mut self, sentence: &Sentence) {
        let article = self.article;
        let roles = Roles { article, sentence, counted: None };
        let chunks = &sentence.chunks;
        for (k, chunk) in chunks.iter().enumerate() {
            match chunk {
                Chunk::Verb(verb) => {
                    let entry = article.lexicon.verb(verb.verb);
                    if entry.frames.is_empty() || entry.helper.is_some() {
                        continue;
                    }
                    let doer = roles.doer(k, verb).and_then(|at| chunks[at].noun());
                    let proper =
                        doer.filter(|g| g.names.is_empty() && g.class.is_none()).and_then(|g| g.proper.clone());
                    if let Some(proper) = proper {
                        self.add(&proper, Standing::Actor { kind: None });
                    }
                }
                Chunk::Noun(group) => {
                    let introduced = group
                        .names
                        .iter()
                        .find(|n| n.introduced().is_some_and(|i| article.chunker.introduced(i).is_group));
                    if let Some(name) = introduced {
                        self.add(&name.tokens, Standing::Actor { kind: Some(ActorKind::ArmedGroup) });
                    }
                    // 'les combattants du Front X', 'rebels of the X'.
                    let fighters =
                        group.class.is_some_and(|c| is_irregular(article, c) || article.lexicon.in_group(c, "troops"));
                    let of = chunks.get(k + 1).is_some_and(|c| c.is(Class::Of));
                    let behind =
                        chunks.get(k + 2).and_then(Chunk::noun).filter(|g| fighters && of && g.names.is_empty());
                    if let Some(proper) = behind.and_then(|g| g.proper.clone()) {
                        // Any state has soldiers, and its districts too.
                        let irregular = group.class.is_some_and(|c| is_irregular(article, c));
                        let kind = irregular.then_some(ActorKind::ArmedGroup);
                        self.add(&proper, Standing::Actor { kind });
                    }
                }
                _ => {}
            }
        }
    }

    fn places(&mut self, sentence: &Sentence) {
        let article = self.article;
        let country = article.country.and_then(|c| article.theatre().actors[c as usize].place.clone());
        for found in places(article, sentence, 0..sentence.chunks.len()) {
            if found.place.id.is_none() {
                self.add(&found.tokens, Standing::Place { within: country.clone() });
            }
        }
    }
}

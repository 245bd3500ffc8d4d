//! What a text has said so far, for what its later sentences leave out.

use std::collections::BTreeMap;

use jiff::civil::Date;
use recoup_language::lexicon::{Class, ClassId, Lexicon};
use recoup_language::{Atlas, Chunker, NounGroup, Sentence};
use recoup_model::{ActorKind, BlockKind, Document, SourceKind};

/// What a text has said so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Discourse {
    /// Whose troops were mentioned last: *ces soldats*, *elles ont été retirées*.
    pub(crate) troops: Vec<u32>,
    /// First and last day of the event time mentioned last.
    pub(crate) time: Option<(Date, Date)>,
    /// The indicator of the last claim about somebody's doings, which a refusal to comment takes up.
    pub(crate) indicator: Option<String>,
    /// Who launched munitions last: those that are intercepted are theirs.
    pub(crate) launcher: Option<u32>,
    /// The indicator of the last claim with a figure, and the block that it stands in.
    pub(crate) counted: Option<(String, usize)>,
    /// Whose casualties were spoken of last: *ces pertes*.
    pub(crate) casualties: Option<Vec<u32>>,
    /// The states and groups mentioned, last first, each once.
    pub(crate) parties: Vec<u32>,
    /// What the claim before counts: bare figures and *dont N* go on with it.
    pub(crate) class: Option<ClassId>,
}

impl Discourse {
    /// What was counted last, where it was in the same block as `block` or the one before.
    pub(crate) fn counted_near(&self, block: usize) -> Option<&str> {
        let (indicator, at) = self.counted.as_ref()?;
        (at + 1 >= block).then_some(indicator.as_str())
    }
}

/// The country that an article is about: the one whose places and people it names most, its heading counting
/// twice. Where that does not settle it, where its armed groups are at home; `None` where two are still level.
///
/// A body votes for its own country, except services and persons: a spy or a president speaks of others' losses.
pub(crate) fn main_country(
    document: &Document,
    sentences: &[Sentence],
    chunker: &Chunker<'_>,
    atlas: &Atlas,
) -> Option<u32> {
    let mut votes: BTreeMap<u32, usize> = BTreeMap::new();
    // Where the armed groups that it names are at home.
    let mut homes: BTreeMap<u32, usize> = BTreeMap::new();
    let speaks_of_others = |source: u32| {
        let kind = atlas.theatre().sources[source as usize].kind;
        matches!(kind, Some(SourceKind::Intelligence | SourceKind::Person))
    };
    let states = atlas.theatre().actors.len();
    for (index, sentence) in sentences.iter().enumerate() {
        let heading = document.blocks[sentence.block].kind == BlockKind::Heading;
        let weight = if heading || index == 0 { 2 } else { 1 };
        for (k, chunk) in sentence.chunks.iter().enumerate() {
            let Some(group) = chunk.noun() else { continue };
            // A town that only the gazetteer knows, where the text goes to one.
            let somewhere = k > 0 && sentence.chunks[k - 1].is(Class::Locative);
            if let Some(proper) = group.proper.as_ref().filter(|_| somewhere)
                && let Some(town) = chunker.town(proper.start, false).filter(|t| t.tokens.end == proper.end)
                && let Some(country) = chunker.country(&town.id)
            {
                *votes.entry(country).or_default() += 2 * weight;
            }
            // Whose people they are says as much as where it happens, and more than who is named.
            let of_people = if is_of_people(group, chunker.lexicon) { 2 } else { 1 };
            for name in &group.names {
                let place = name.place().and_then(|p| atlas.country(p)).map(|country| (country, 2));
                let state = |a: &u32| {
                    (*a as usize) < states && atlas.theatre().actors[*a as usize].kind == Some(ActorKind::State)
                };
                let body = || name.source().filter(|s| !speaks_of_others(*s)).and_then(|s| atlas.represented(s));
                let named = || name.actor().or_else(body).filter(state).map(|country| (country, of_people));
                if let Some((country, votes_of)) = place.or_else(named) {
                    *votes.entry(country).or_default() += weight * votes_of;
                } else if let Some(home) = name.actor().and_then(|a| atlas.territory(a)).and_then(|p| atlas.country(p))
                {
                    *homes.entry(home).or_default() += weight;
                }
            }
        }
    }
    winner(&votes).or_else(|| {
        for (home, n) in homes {
            *votes.entry(home).or_default() += n;
        }
        winner(&votes)
    })
}

/// Who has most votes; `None` where two are level.
pub(crate) fn winner(votes: &BTreeMap<u32, usize>) -> Option<u32> {
    let most = votes.values().max().copied()?;
    let mut winners = votes.iter().filter(|(_, n)| **n == most);
    let winner = winners.next().map(|(country, _)| *country);
    winner.filter(|_| winners.next().is_none())
}

/// Whether a noun group is of people who may come to harm, or of a toll of them: 'soldats nord-coréens', not who speaks.
fn is_of_people(group: &NounGroup, lexicon: &Lexicon) -> bool {
    let of_people = |class| ["people", "troops", "losses", "toll"].iter().any(|wanted| lexicon.in_group(class, wanted));
    group.role.is_none() && group.class.is_some_and(of_people)
}

//! What a text has said so far, for what its later sentences leave out.

use std::collections::BTreeMap;

use jiff::civil::Date;
use recoup_language::Chunk;
use recoup_language::lexicon::ClassId;
use recoup_model::{ActorKind, Precision, Theatre};

use crate::article::Article;

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
    /// Whose casualties were spoken of last: *ces pertes*.
    pub(crate) casualties: Option<Vec<u32>>,
    /// The states and groups mentioned, last first, each once.
    pub(crate) parties: Vec<u32>,
    /// What the claim before counts: bare figures and *dont N* go on with it.
    pub(crate) class: Option<ClassId>,
}

/// The country of a place: the actor whose territory holds it.
pub(crate) fn country_of(theatre: &Theatre, place: u32) -> Option<u32> {
    let mut at = theatre.places.get(place as usize)?;
    for _ in 0..8 {
        let owner = theatre.actors.iter().position(|a| a.place.as_deref() == Some(at.id.as_str()));
        if let Some(owner) = owner {
            return Some(owner as u32);
        }
        if at.precision == Some(Precision::Country) {
            return None;
        }
        at = theatre.place(at.within.as_deref()?)?;
    }
    None
}

/// The country that an article is about: the one whose places and people it names most, its heading counting
/// twice. `None` where two are level.
pub(crate) fn main_country(article: &Article<'_>) -> Option<u32> {
    let mut votes: BTreeMap<u32, usize> = BTreeMap::new();
    for (index, sentence) in article.sentences.iter().enumerate() {
        let weight = if article.is_heading(index) || index == 0 { 2 } else { 1 };
        for group in sentence.chunks.iter().filter_map(Chunk::noun) {
            for name in &group.names {
                let country = name.place().and_then(|p| country_of(article.theatre, p)).or_else(|| {
                    name.actor().filter(|a| article.theatre.actors[*a as usize].kind == Some(ActorKind::State))
                });
                if let Some(country) = country {
                    *votes.entry(country).or_default() += weight;
                }
            }
        }
    }
    let most = votes.values().max().copied()?;
    let mut winners = votes.iter().filter(|(_, n)| **n == most);
    let winner = winners.next().map(|(country, _)| *country);
    winner.filter(|_| winners.next().is_none())
}

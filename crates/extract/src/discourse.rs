//! What a text has said so far, for what its later sentences leave out.

use std::collections::BTreeMap;

use jiff::civil::Date;
use recoup_language::Chunk;
use recoup_language::lexicon::ClassId;
use recoup_model::ActorKind;

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

/// The country that an article is about: the one whose places and people it names most, its heading counting
/// twice. `None` where two are level.
pub(crate) fn main_country(article: &Article<'_>) -> Option<u32> {
    let mut votes: BTreeMap<u32, usize> = BTreeMap::new();
    for (index, sentence) in article.sentences.iter().enumerate() {
        let weight = if article.is_heading(index) || index == 0 { 2 } else { 1 };
        for group in sentence.chunks.iter().filter_map(Chunk::noun) {
            for name in &group.names {
                let country = name.place().and_then(|p| article.atlas.country(p)).or_else(|| {
                    name.actor().filter(|a| article.theatre().actors[*a as usize].kind == Some(ActorKind::State))
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

//! To whom something is given, and at whom it is fired.

use recoup_language::lexicon::Class;
use recoup_language::{Chunk, Name};

use crate::candidates::Candidate;
use crate::frames::Reader;
use crate::roles::Roles;

impl Reader<'_, '_> {
    /// To whom: behind 'to', or right behind the verb.
    pub(crate) fn recipient(&self, roles_of: &Roles<'_, '_>, chunks: &[Chunk], candidate: &Candidate) -> Option<u32> {
        // 'supplied Ukraine with 31 tanks', 'gave Kyiv 31 tanks'.
        let theme = candidate.theme.map(|t| t.at);
        let receives = |k: &usize| {
            let with = chunks.get(k + 2).is_some_and(|c| c.is(Class::With)) && theme == Some(k + 3);
            let named =
                chunks.get(k + 1).and_then(Chunk::noun).is_some_and(|g| g.figure.is_none() && !g.names.is_empty());
            named && (with || theme == Some(k + 2))
        };
        if let Some(k) = candidate.verb.filter(receives)
            && let Some(owner) = roles_of.owners(k + 1).first()
        {
            return Some(*owner);
        }
        // 'a confirmé, à Bruxelles, le déploiement d'unités à Koursk': behind what says so.
        let from = candidate.verb.map_or(candidate.at, |verb| verb.max(candidate.at));
        (from + 1..chunks.len().min(from + 14)).find_map(|i| {
            if !chunks[i].is(Class::To) {
                return None;
            }
            let group = chunks.get(i + 1).and_then(Chunk::noun)?;
            let place = group.names.iter().find_map(Name::place);
            roles_of.owners(i + 1).first().copied().or_else(|| place.and_then(|p| self.article.atlas.country(p)))
        })
    }

    pub(crate) fn target(&self, roles_of: &Roles<'_, '_>, chunks: &[Chunk], candidate: &Candidate) -> Option<u32> {
        let from = candidate.verb.unwrap_or(candidate.at);
        (from + 1..chunks.len().min(from + 16)).find_map(|i| {
            let preposition = chunks[i].is(Class::Against);
            preposition.then(|| roles_of.owners(i + 1).first().copied()).flatten()
        })
    }
}

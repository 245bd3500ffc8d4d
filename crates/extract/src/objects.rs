//! To whom something is given, and at whom it is fired.

use recoup_language::lexicon::Class;
use recoup_language::{Chunk, Name};

use crate::candidates::Candidate;
use crate::frames::Reader;
use crate::roles::Roles;

impl Reader<'_, '_> {
    pub(crate) fn recipient(&self, roles_of: &Roles<'_, '_>, chunks: &[Chunk], candidate: &Candidate) -> Option<u32> {
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

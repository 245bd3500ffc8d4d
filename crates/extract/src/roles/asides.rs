//! Asides: what stands between two marks inside a sentence and is no part of its clause.

use recoup_language::lexicon::Class;
use recoup_language::{Chunk, Determiner, NounGroup, VerbGroup, is_finite};

use super::Roles;

/// How many chunks an aside between a subject and its verb holds at most.
const LONGEST_ASIDE: usize = 16;

impl Roles<'_, '_> {
    /// Where the aside begins that ends at the mark `close`: 'Uvira (Sud-Kivu) tombe', 'Pangane, à 40 km du chef-lieu, est
    /// tombé'.
    pub(crate) fn aside(&self, close: usize) -> Option<usize> {
        let chunks = self.chunks();
        let verb = chunks.get(close + 1).is_some_and(|c| c.verb().is_some());
        let mark = match chunks[close] {
            Chunk::Mark(_, ')') => '(',
            Chunk::Mark(_, ',') if verb => ',',
            _ => return None,
        };
        let from = close.saturating_sub(LONGEST_ASIDE);
        let opening = from + chunks[from..close].iter().rposition(|c| c.is_mark(mark))?;
        let inside = &chunks[opening + 1..close];
        // ', most of them women and children,'.
        let of_them = inside.iter().any(|c| c.is(Class::OfThem) || c.is(Class::Among));
        // ', which once had more than 5,000 soldiers there,'.
        let relative =
            mark == ',' && inside.first().is_some_and(|c| c.is(Class::Relative) && !c.is(Class::Subordinator));
        if relative {
            return Some(opening);
        }
        // ', une dissidence des FARC,': what the one before is.
        let one = |g: &NounGroup| g.figure.as_ref().is_some_and(|f| f.kind == recoup_language::FigureKind::One);
        let apposed = mark == ','
            && inside.first().and_then(Chunk::noun).is_some_and(|g| one(g) || self.is_apposed_plural(opening, g))
            && opening > 0
            && chunks[opening - 1].noun().is_some()
            && !inside
                .iter()
                .any(|c| c.verb().is_some() || c.is(Class::And) && !self.is_counted(opening - 1) || c.is_mark(','));
        if apposed {
            return Some(opening);
        }
        let placed =
            mark == '(' || of_them || inside.first().is_some_and(|c| c.is(Class::Preposition) && !c.is(Class::Of));
        // ', dit-il,'; ', selon la police,'.
        let says = |v: &VerbGroup| v.inverted && self.article.lexicon.verb(v.verb).speech.is_some();
        let said = inside.first().is_some_and(|c| c.verb().is_some_and(says) || c.is(Class::Before));
        // ', the ministry said in a statement on Monday,'.
        let speaks =
            |c: &Chunk| is_finite(c) && c.verb().is_some_and(|v| self.article.lexicon.verb(v.verb).speech.is_some());
        let spoken = inside.iter().position(speaks).filter(|at| {
            *at > 0
                && (inside[at - 1].noun().is_some() || inside[at - 1].is(Class::SubjectPronoun))
                && !inside.iter().any(|c| c.is(Class::Subordinator) || c.is(Class::Relative))
        });
        let said = said || spoken.is_some();
        let mut others = inside.iter().enumerate().filter(|(at, c)| c.verb().is_some() && Some(*at) != spoken);
        let verbs = others.any(|(at, _)| !(said && spoken.is_none() && at == 0));
        ((placed || said) && !verbs).then_some(opening)
    }

    fn is_counted(&self, at: usize) -> bool {
        self.chunks()[at].noun().is_some_and(|g| g.count().is_some() && !g.is_bare_figure())
    }

    /// '3 800 habitants, des femmes et des enfants en majorité, ont gagné': who those are that are counted before the comma.
    fn is_apposed_plural(&self, opening: usize, group: &NounGroup) -> bool {
        let vague = group.figure.is_none() && matches!(group.determiner, Some(Determiner::Indefinite) | None);
        opening > 0 && vague && self.is_counted(opening - 1)
    }
}

//! Clauses: within which figure, subject, place and time are bound.

use std::ops::Range;

use recoup_language::lexicon::Class;
use recoup_language::{Chunk, Mood, is_finite};

use crate::article::Article;

/// Whether a chunk ends a clause whatever follows.
pub(crate) fn is_strong(chunk: &Chunk) -> bool {
    matches!(chunk, Chunk::Mark(_, ';' | ':' | '—' | '–' | '-' | '…' | '?' | '!'))
}

/// The clauses of a sentence as ranges of chunks: between two finite verbs the limit is the last link before the
/// second one.
pub(crate) fn clauses(chunks: &[Chunk]) -> Vec<Range<usize>> {
    let mut limits = vec![0];
    let mut last: Option<usize> = None;
    for (k, chunk) in chunks.iter().enumerate() {
        let apposed = chunk.is_mark(',')
            && chunks[k + 1..]
                .iter()
                .find(|c| !matches!(c, Chunk::Word(..)))
                .and_then(Chunk::verb)
                .is_some_and(|v| v.mood == Mood::Participle);
        let aside = chunk.is_mark(',')
            && chunks.get(k + 1).is_some_and(|c| c.is(Class::Relative) && !c.is(Class::Subordinator));
        if apposed || aside {
            // ', partiellement occupée par X depuis août, ', ', qui tarde depuis six mois': a clause of its own, up to the next comma.
            limits.push(k + 1);
            if let Some(close) = chunks[k + 1..].iter().position(|c| c.is_mark(',')) {
                limits.push(k + 2 + close);
            }
        } else if is_strong(chunk) {
            limits.push(k + 1);
            last = None;
        } else if is_finite(chunk) {
            // 'ont été tués ou blessés' is one predicate.
            let joined = last.is_some_and(|previous| k == previous + 2 && chunks[k - 1].is(Class::Coordinator));
            if let Some(previous) = last.filter(|_| !joined) {
                // 'dit qu'entre mai et juin, X a …': the subordinator opens the clause, not the comma in it.
                let opens = |c: &Chunk| c.is(Class::Relative) || c.is(Class::Subordinator);
                let links = |c: &Chunk| c.is(Class::Coordinator) || c.is_mark(',');
                let between = &chunks[previous + 1..k];
                if let Some(at) = between.iter().rposition(opens).or_else(|| between.iter().rposition(links)) {
                    limits.push(previous + 1 + at);
                }
            }
            last = Some(k);
        }
    }
    limits.push(chunks.len());
    limits.sort_unstable();
    limits.dedup();
    limits.windows(2).map(|w| w[0]..w[1]).filter(|r| !r.is_empty()).collect()
}

/// The clause that holds a chunk.
pub(crate) fn clause_of(clauses: &[Range<usize>], k: usize) -> Range<usize> {
    clauses.iter().find(|c| c.contains(&k)).cloned().unwrap_or(k..k + 1)
}

/// What goes on with a clause behind an aside: 'ont tué 41 personnes, dont quinze enfants, dans la nuit de mardi'. `None`
/// where what follows has a verb of its own.
pub(crate) fn continued(chunks: &[Chunk], clause: &Range<usize>) -> Option<Range<usize>> {
    // 'ont tué dix hommes et enlevé une femme dans la nuit de lundi': two verbs, one time.
    let second = chunks.get(clause.end).is_some_and(|c| c.is(Class::And))
        && chunks.get(clause.end + 1).is_some_and(|c| c.verb().is_some());
    if second {
        let from = clause.end + 2;
        let ends = |c: &Chunk| c.verb().is_some() || is_strong(c);
        let end = chunks[from..].iter().position(ends).map_or(chunks.len(), |p| from + p);
        return Some(from..end);
    }
    // 'since fighting began on Saturday' dates what stands before.
    if chunks.get(clause.end).is_some_and(|c| c.is(Class::Since)) {
        let from = clause.end;
        let end = chunks[from..].iter().position(|c| c.is_mark(',') || is_strong(c)).map_or(chunks.len(), |p| from + p);
        return Some(from..end);
    }
    let opens = clause.end.checked_sub(1).is_some_and(|comma| chunks[comma].is_mark(','));
    let aside = opens
        && chunks.get(clause.end).is_some_and(|c| c.is(Class::Relative) || c.is(Class::Among) || c.verb().is_some());
    let close = chunks.get(clause.end..).filter(|_| aside)?.iter().position(|c| c.is_mark(','))?;
    let start = clause.end + close + 1;
    let end = chunks[start..].iter().position(|c| c.is_mark(',') || is_strong(c)).map_or(chunks.len(), |p| start + p);
    (start < end && !chunks[start..end].iter().any(is_finite)).then_some(start..end)
}

/// The chunks whose time a clause without one takes: a clause of time at the head of its sentence ('As troops closed in on
/// Sunday, gunmen killed …'), or the noun that a relative clause is about ('celle du 3 octobre, qui avait coûté la vie à …').
pub(crate) fn lending(article: &Article<'_>, chunks: &[Chunk], clause: &Range<usize>) -> Option<Range<usize>> {
    let first = chunks.first()?;
    let comma = chunks.iter().position(|c| c.is_mark(','))?;
    if article.chunker.has(first.tokens().start, Class::Simultaneous) && comma < clause.end {
        return Some(0..comma);
    }
    let relative = chunks[clause.start..].first().is_some_and(|c| c.is(Class::Relative) && !c.is(Class::Subordinator));
    let from = chunks[..clause.start].iter().rposition(is_finite).map_or(0, |verb| verb + 1);
    relative.then_some(from..clause.start)
}

/// A clause without what stands with the figures `apart` from the one at `at`: each has its own time and place from the
/// link before it on.
pub(crate) fn scope(clause: Range<usize>, at: usize, apart: &[usize]) -> Range<usize> {
    let before =
        apart.iter().filter(|a| **a <= at && clause.contains(*a)).max().map_or(clause.start, |a| a.saturating_sub(1));
    let behind = apart.iter().filter(|a| **a > at && clause.contains(*a)).min().map_or(clause.end, |a| a - 1);
    before.max(clause.start)..behind.max(at + 1)
}

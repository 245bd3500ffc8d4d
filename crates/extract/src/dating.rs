//! When what a claim says happened, and when it was said.

use std::ops::Range;

use recoup_language::lexicon::Class;
use recoup_language::{Attribution, Chunk, Direction, Modality, Mood, Sentence};
use recoup_model::{Stance, Time};

use crate::clause::{continued, lending};
use crate::frames::{Draft, Reader};
use crate::slots::{Dated, event_time};

impl Reader<'_, '_> {
    /// The time of the event: that of its clause, else of what the clause goes on with or takes its time from.
    pub(crate) fn dated(
        &self,
        sentence: &Sentence,
        draft: &Draft<'_>,
        stance: Stance,
        reported: &[usize],
    ) -> Option<Dated> {
        let (article, chunks, candidate) = (self.article, &sentence.chunks, draft.candidate);
        let direction = self.direction(chunks, draft, stance);
        let within = |range: &Range<usize>| {
            event_time(article, sentence, range, candidate.at, reported, self.discourse.time, direction)
        };
        // 's'ajoutant aux 4 millions de déplacés': those were there before.
        let added = candidate.indicator == "people.displaced"
            && candidate.verb.is_none()
            && candidate.at > 0
            && chunks[candidate.at - 1].is(Class::To);
        let behind = || continued(chunks, &draft.clause).and_then(|rest| within(&rest));
        let dated = within(&draft.clause).or_else(behind).filter(|_| !added).or_else(|| {
            // 'Le bilan de la frappe de dimanche a été revu : 14 tués': a time of the sentence where the clause has none.
            let whole = 0..chunks.len();
            let whens = chunks.iter().filter(|c| matches!(c, Chunk::When(..))).count();
            let toll = candidate.verb.is_none() && candidate.indicator.starts_with("casualties.");
            within(&whole).filter(|_| toll && whens == 1)
        });
        dated
            .or_else(|| within(&lending(article, chunks, &draft.clause)?))
            .or_else(|| within(draft.previous.as_ref().filter(|_| goes_on(chunks, &draft.clause))?))
            .or_else(|| within(&opening(chunks).filter(|_| shares_opening(chunks, &draft.clause))?))
    }

    /// Whether what a claim says lies before or behind the day on which it is said.
    fn direction(&self, chunks: &[Chunk], draft: &Draft<'_>, stance: Stance) -> Direction {
        let candidate = draft.candidate;
        let verb = candidate.verb.and_then(|k| chunks[k].verb());
        match (stance, verb.and_then(|v| v.modality)) {
            (Stance::Planned, _) | (_, Some(Modality::Future)) => Direction::Future,
            // 'a fait savoir qu'elle déploierait 500 hommes en mai': what was to come then.
            _ if verb.is_some_and(|v| v.mood == Mood::Conditional) && is_indirect(chunks, candidate.at) => {
                Direction::Future
            }
            // 'could be out of action by mid-April'.
            (_, Some(Modality::Possible))
                if verb.is_some_and(|v| !v.perfect) && self.has_deadline(chunks, &draft.clause) =>
            {
                Direction::Future
            }
            _ => Direction::Past,
        }
    }

    /// Whether a clause names a day by which something is so: 'by mid-April', 'd'ici à mai'.
    fn has_deadline(&self, chunks: &[Chunk], clause: &Range<usize>) -> bool {
        chunks[clause.clone()]
            .iter()
            .any(|c| matches!(c, Chunk::When(when, _) if self.article.whens[*when].is_deadline()))
    }

    /// When it was said, where the text says so.
    pub(crate) fn said(
        &self,
        index: usize,
        sentence: &Sentence,
        reported: &[usize],
        attribution: Option<&Attribution>,
    ) -> Option<Time> {
        let attribution = attribution.filter(|a| a.sentence == index && a.verbal)?;
        let k = sentence.chunks.iter().position(|c| c.tokens() == attribution.cue)?;
        let when = sentence.chunks.iter().enumerate().filter_map(|(i, c)| match c {
            Chunk::When(when, tokens) if reported.contains(when) => Some((i.abs_diff(k), *when, tokens.clone())),
            _ => None,
        });
        let (_, when, tokens) = when.min_by_key(|(distance, ..)| *distance)?;
        let interval = self.article.resolve(when, self.discourse.time, Direction::Past)?;
        Time::new(interval.start, interval.end, Some(self.article.words(&tokens).to_owned())).ok()
    }
}

/// The time at the head of a sentence.
fn opening(chunks: &[Chunk]) -> Option<Range<usize>> {
    let at = chunks.iter().take(3).position(|c| matches!(c, Chunk::When(..)))?;
    chunks[..at].iter().all(|c| matches!(c, Chunk::Word(..) | Chunk::Mark(..))).then_some(at..at + 1)
}

/// 'Overnight, Russia launched 653 drones, and Ukraine shot down 592'; 'Depuis janvier, ajoute-t-elle, 1 400 ont dû partir':
/// the time at the head is of the clauses that are coordinated to the first, and of the one behind an aside.
fn shares_opening(chunks: &[Chunk], clause: &Range<usize>) -> bool {
    let linked = chunks[clause.start].is(Class::And);
    let aside =
        chunks[clause.start].is_mark(',') && chunks[..clause.start].iter().filter_map(Chunk::verb).all(|v| v.inverted);
    clause.start > 0 && (linked || aside)
}

/// 'Mercredi soir, une fusillade a tué un policier et en a blessé trois': a predicate that shares its subject with the one
/// before shares its time.
fn goes_on(chunks: &[Chunk], clause: &Range<usize>) -> bool {
    let verb = chunks[clause.clone()].iter().position(|c| c.verb().is_some());
    let linked = chunks[clause.start].is(Class::And);
    linked && verb.is_some_and(|verb| chunks[clause.clone()][1..verb].iter().all(|c| matches!(c, Chunk::Word(..))))
}

/// Whether the clause of a chunk is what a verb of speech says: 'qu'elle déploierait'.
fn is_indirect(chunks: &[Chunk], at: usize) -> bool {
    let says = |before: &[Chunk]| {
        before
            .iter()
            .rev()
            .find(|c| !matches!(c, Chunk::When(..)))
            .is_some_and(|c| c.verb().is_some() || c.is(Class::Says))
    };
    let opens = |i: usize| chunks[i].is(Class::Subordinator) && says(&chunks[..i]);
    (at.saturating_sub(3)..at).any(opens)
}

//! Fills the slots of a claim from the clause that holds it.

use std::ops::Range;

use jiff::civil::Date;
use recoup_language::lexicon::{Class, NounRole};
use recoup_language::{Attribution, Chunk, Direction, Interval, Mood, Sentence, Speaker};
use recoup_model::{Document, SourceRef, Theatre, Time, slug};

use crate::article::Article;
use crate::clause::is_strong;

/// The time expressions of a sentence that date the saying and not the event: beside a verb of speech.
pub(crate) fn reported_whens(article: &Article<'_>, index: usize, sentence: &Sentence) -> Vec<usize> {
    let chunks = &sentence.chunks;
    let mut found = Vec::new();
    for attribution in article.of_sentence(index).iter().filter(|a| a.verbal) {
        let Some(k) = chunks.iter().position(|c| c.tokens() == attribution.cue) else { continue };
        // 'a rapporté mardi', 'ont indiqué mardi': behind the verb, before what is said.
        if let Some(Chunk::When(when, _)) = chunks.get(k + 1) {
            found.push(*when);
        }
        // 'Fin novembre, X a estimé', 'X, mardi, a dit': before the verb, with nothing but the speaker between.
        for i in (0..k).rev() {
            match &chunks[i] {
                Chunk::When(when, _) => {
                    // Behind a comma only where it opens the sentence: '… since January, the minister said' dates the event.
                    let apart = chunks[i..k].iter().any(|c| c.is_mark(','));
                    let opens = chunks[..i].iter().all(|c| matches!(c, Chunk::Word(..) | Chunk::Mark(..)));
                    if !apart || opens {
                        found.push(*when);
                    }
                    break;
                }
                Chunk::Verb(_) => break,
                chunk if is_strong(chunk) => break,
                _ => {}
            }
        }
    }
    // 'selon le décompte publié lundi par X', 'un bilan communiqué lundi': when it was said.
    for (k, pair) in chunks.windows(2).enumerate() {
        let [Chunk::Verb(verb), Chunk::When(when, _)] = pair else { continue };
        let says = article.lexicon.verb(verb.verb).speech.is_some() || article.chunker.has(verb.head, Class::MadeKnown);
        let document =
            chunks[..k].iter().rev().take(3).filter_map(Chunk::noun).any(|g| g.role == Some(NounRole::Document));
        if verb.mood == Mood::Participle && (says || document) {
            found.push(*when);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// A time expression, resolved.
pub(crate) struct Dated {
    pub(crate) when: usize,
    pub(crate) tokens: Range<usize>,
    pub(crate) interval: Interval,
}

impl Dated {
    /// The time on the wire.
    pub(crate) fn time(&self, article: &Article<'_>) -> Option<Time> {
        let text = article.words(&self.tokens).to_owned();
        Time::new(self.interval.start, self.interval.end, Some(text)).ok()
    }

    /// First and last day, where both are known.
    pub(crate) fn days(&self) -> Option<(Date, Date)> {
        self.interval.start.zip(self.interval.end)
    }
}

/// The time expression of a clause that is nearest to a chunk and dates the event.
pub(crate) fn event_time(
    article: &Article<'_>,
    sentence: &Sentence,
    clause: &Range<usize>,
    k: usize,
    skip: &[usize],
    last: Option<(Date, Date)>,
    direction: Direction,
) -> Option<Dated> {
    let chunks = &sentence.chunks;
    // 'En 2020, nous avons perdu 3 800 soldats en quarante jours': a date says when, a duration how long.
    let whens = clause.clone().filter_map(|i| match &chunks[i] {
        Chunk::When(when, _) => Some((article.whens[*when].is_duration(), i.abs_diff(k), *when, i)),
        _ => None,
    });
    let dated = |(.., when, at): (bool, usize, usize, usize)| {
        let since = since(chunks, at);
        if skip.contains(&when) || anchored(chunks, k, at) && !since {
            return None;
        }
        let interval = article.resolve(when, last, direction)?;
        let interval = if since { Interval { end: None, ..interval } } else { interval };
        Some(Dated { when, tokens: chunks[at].tokens(), interval })
    };
    // Most often the nearest can be resolved; only where it cannot the others are put in order.
    let nearest = whens.clone().min()?;
    dated(nearest).or_else(|| {
        let mut others: Vec<_> = whens.filter(|when| *when > nearest).collect();
        others.sort_unstable();
        others.into_iter().find_map(dated)
    })
}

/// How far before its date 'since' may stand, in chunks: 'depuis l'arrivée au pouvoir de M. Tinubu en 2023'.
const SINCE_WITHIN: usize = 8;

/// 'since fighting began on Saturday': a time that runs from the date of what began then.
fn since(chunks: &[Chunk], when: usize) -> bool {
    // 'depuis la reprise des combats, le 3 novembre'.
    let apposed = usize::from(when > 0 && chunks[when - 1].is_mark(','));
    let end = when - apposed;
    let before = chunks[end.saturating_sub(SINCE_WITHIN)..end].iter().rev();
    before.take_while(|c| !matches!(c, Chunk::Mark(..) | Chunk::When(..))).any(|c| c.is(Class::Since))
}

/// 'après leur percée en août': the time belongs to what the preposition governs.
fn anchored(chunks: &[Chunk], k: usize, when: usize) -> bool {
    k < when && chunks[k..when].iter().any(|c| c.is(Class::Anchor))
}

/// Speakers on the wire.
pub(crate) fn sources(speakers: &[Speaker], cue: Option<&str>) -> Vec<SourceRef> {
    let mut sources: Vec<SourceRef> = Vec::with_capacity(speakers.len());
    for speaker in speakers {
        if !sources.iter().any(|s| *s.id == *speaker.id) {
            let (id, name) = (speaker.id.as_ref().to_owned(), speaker.name.as_ref().to_owned());
            sources.push(SourceRef { id, name, cue: cue.map(str::to_owned) });
        }
    }
    sources
}

/// Who passed a document on, on the wire: a source of the theatre by any of its names, else the slug of the name.
pub(crate) fn relays(document: &Document, theatre: &Theatre) -> Vec<SourceRef> {
    let known = |name: &str| theatre.source_named(name).map(|s| (s.id.clone(), s.name.clone()));
    let relay = |name: &String| {
        let (id, canonical) = known(name).unwrap_or_else(|| (slug(name), None));
        SourceRef { id, name: canonical.unwrap_or_else(|| name.clone()), cue: None }
    };
    // A name without letters has no slug.
    document.relays.iter().map(relay).filter(|relay| !relay.id.is_empty()).collect()
}

/// The words of a cue; none where a quotation goes on without one.
pub(crate) fn cue<'t>(article: &'t Article<'_>, attribution: &Attribution) -> Option<&'t str> {
    (!attribution.cue.is_empty()).then(|| article.words(&attribution.cue))
}

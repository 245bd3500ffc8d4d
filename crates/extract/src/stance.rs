//! Stance: polarity and certainty, as worded. Source: the annotation guide, rule 8.

use std::ops::Range;

use recoup_language::lexicon::{Class, Speech};
use recoup_language::{Attribution, Chunk, Modality, Mood, VerbGroup, Voice};
use recoup_model::Stance;

use crate::article::Article;

/// The stance of what stands at chunk `k`, governed by `verb` where there is one. `None` where it is a hypothesis:
/// that is no claim.
pub(crate) fn stance(
    article: &Article<'_>,
    chunks: &[Chunk],
    clause: &Range<usize>,
    k: usize,
    verb: Option<&VerbGroup>,
    attribution: Option<&Attribution>,
) -> Option<Stance> {
    if is_hypothetical(chunks, k) {
        return None;
    }
    let spoken = attribution.map(|a| (a.speech, a.negated));
    match spoken {
        Some((Speech::Deny, false)) => return Some(Stance::Denied),
        Some((Speech::Deny | Speech::Say | Speech::Comment, true)) => return Some(Stance::Unconfirmed),
        Some((Speech::Refuse | Speech::Silent, false)) => return Some(Stance::Unconfirmed),
        _ => {}
    }
    if verb.is_some_and(|v| article.lexicon.verb(v.verb).plan && !article.lexicon.verb(v.verb).frames.is_empty()) {
        return Some(Stance::Planned);
    }
    if verb.is_some_and(|v| v.negated) {
        return Some(Stance::Denied);
    }
    // A finite verb stands for itself; what another governs takes on its mood.
    // '60 feared dead'.
    let near = chunks[k.saturating_sub(1)..chunks.len().min(k + 2)].iter().filter_map(Chunk::verb);
    let mut near = near.filter(|v| v.mood == Mood::Participle || v.ambiguous);
    if verb.is_none() && near.any(|v| article.lexicon.verb(v.verb).speech == Some(Speech::Fear)) {
        return Some(Stance::Hedged);
    }
    let governor = governor(chunks, clause, k);
    // 'were feared trapped'.
    let feared = governor
        .is_some_and(|g| g.voice == Voice::Passive && article.lexicon.verb(g.verb).speech == Some(Speech::Fear));
    if feared && verb.is_some_and(|v| v.ambiguous) {
        return Some(Stance::Hedged);
    }
    let governed = verb.is_none_or(|v| matches!(v.mood, Mood::Infinitive | Mood::Gerund));
    if let Some(governor) = governor.filter(|_| governed) {
        let entry = article.lexicon.verb(governor.verb);
        // 'compter' counts where a noun follows and intends where a verb does.
        if entry.plan && (verb.is_some() || entry.speech.is_none()) {
            return Some(Stance::Planned);
        }
        // 'are believed to have been killed': nobody says so, everybody does.
        if governor.voice == Voice::Passive
            && matches!(entry.speech, Some(Speech::Say | Speech::Know))
            && verb.is_some()
        {
            return Some(Stance::Hedged);
        }
        if governor.negated && entry.speech.is_none() {
            return Some(Stance::Denied);
        }
        if is_hedged(governor) && entry.speech.is_none() {
            return Some(Stance::Hedged);
        }
    }
    let hedged = verb.is_some_and(is_hedged)
        || matches!(spoken, Some((Speech::Fear, _)))
        || chunks[clause.start..k.max(clause.start)].iter().any(|c| c.is(Class::Hedge));
    Some(match verb.and_then(|v| v.modality) {
        _ if hedged => Stance::Hedged,
        Some(Modality::Future) => Stance::Planned,
        _ => Stance::Asserted,
    })
}

fn is_hedged(verb: &VerbGroup) -> bool {
    verb.mood == Mood::Conditional
        || verb.hedged
        || matches!(verb.modality, Some(Modality::Possible | Modality::Expected))
}

/// 'Si les livraisons se confirment': from the word to the next comma nothing is stated.
pub(crate) fn is_hypothetical(chunks: &[Chunk], k: usize) -> bool {
    let Some(at) = chunks[..k].iter().rposition(|c| c.is(Class::Hypothesis)) else { return false };
    // 'Si les pertes restent inconnues, le déploiement est …': French opposes with it too; either way, what it
    // governs is not stated.
    !chunks[at..k].iter().any(|c| c.is_mark(','))
}

/// The verb that governs what stands at `k`: the nearest one before it in the clause.
pub(crate) fn governor<'c>(chunks: &'c [Chunk], clause: &Range<usize>, k: usize) -> Option<&'c VerbGroup> {
    chunks[clause.start..k].iter().rev().find_map(Chunk::verb)
}

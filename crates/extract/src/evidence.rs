//! Which words fill the slots that no figure and no expression of time fills.

use std::ops::Range;

use recoup_language::lexicon::{Class, Speech};
use recoup_language::{Attribution, Chunk};
use recoup_model::{Evidence, Stance, Time};

use crate::frames::{Draft, Reader};
use crate::places::Found;
use crate::roles::Roles;

impl Reader<'_, '_> {
    pub(crate) fn evidence(&self, tokens: &Range<usize>, rule: &str) -> Evidence {
        Evidence { span: self.article.chunker.tokens.span(tokens), rule: rule.to_owned() }
    }

    /// The words of the cue. A quotation that goes on without one has none.
    pub(crate) fn source_words(&self, draft: &mut Draft<'_>, attribution: Option<&Attribution>) {
        if let Some(attribution) = attribution.filter(|a| !a.speakers.is_empty() && !a.cue.is_empty()) {
            let evidence = self.evidence(&attribution.cue, attribution.rule);
            draft.evidence.insert("sources".into(), evidence);
        }
    }

    /// The expression that dates the saying, and with it a state that is said to be.
    pub(crate) fn said_words(&self, chunks: &[Chunk], draft: &mut Draft<'_>, said: Option<&Time>) {
        let Some(text) = said.and_then(|time| time.text.as_deref()) else { return };
        let tokens = chunks.iter().find_map(|c| match c {
            Chunk::When(_, tokens) if self.article.words(tokens) == text => Some(tokens),
            _ => None,
        });
        if let Some(tokens) = tokens {
            draft.evidence.insert("time".into(), self.evidence(tokens, "time.said"));
        }
    }

    /// The name of the most specific place, and who knows it: the theatre, the gazetteer, or only the form of the words.
    pub(crate) fn place_words(&self, draft: &mut Draft<'_>, places: &[Found]) {
        let Some(found) = places.first() else { return };
        let rule = match &found.place.id {
            Some(id) if self.article.atlas.place(id).is_some() => "place.name",
            Some(_) => "place.gazetteer",
            None => "place.form",
        };
        draft.evidence.insert("places".into(), self.evidence(&found.tokens, rule));
    }

    /// The words that name the subject: of whom what is counted is, who does it, or the cue by which the speaker does.
    pub(crate) fn subject_words(
        &self,
        roles: &Roles<'_, '_>,
        draft: &mut Draft<'_>,
        attribution: Option<&Attribution>,
        subject: Option<&str>,
    ) {
        let Some(subject) = subject.filter(|_| draft.inherited.iter().all(|slot| slot != "subject")) else { return };
        let is_subject = |actors: &[u32]| self.slugs(actors).as_deref() == Some(subject);
        let chunks = &roles.sentence.chunks;
        let candidate = draft.candidate;
        let owned = || {
            let at = candidate.theme.as_ref()?.at;
            is_subject(&roles.owners(at)).then(|| (owner_words(chunks, at), "subject.owner"))
        };
        let done = || {
            let k = candidate.verb?;
            let at = roles.doer(k, chunks[k].verb()?)?;
            is_subject(&roles.owners_together(at)).then(|| (chunks[at].tokens(), "subject.agent"))
        };
        let spoken = || {
            let attribution = attribution.filter(|a| !a.cue.is_empty())?;
            let actors: Vec<u32> = attribution.speakers.iter().filter_map(|s| s.actor).collect();
            is_subject(&actors).then(|| (attribution.cue.clone(), "subject.speaker"))
        };
        // Signatories, and the troops beside losses: named in the sentence, in no role of the claim.
        let named = || {
            let near = (0..chunks.len()).filter(|at| is_subject(&roles.owners(*at)));
            let at = near.min_by_key(|at| at.abs_diff(candidate.at))?;
            Some((owner_words(chunks, at), "subject.named"))
        };
        if let Some((tokens, rule)) = owned().or_else(done).or_else(spoken).or_else(named) {
            draft.evidence.insert("subject".into(), self.evidence(&tokens, rule));
        }
    }

    /// The words that take a claim out of what is plainly stated: the cue that denies, or the verb.
    pub(crate) fn stance_words(
        &self,
        chunks: &[Chunk],
        draft: &mut Draft<'_>,
        attribution: Option<&Attribution>,
        stance: Stance,
    ) {
        if stance == Stance::Asserted {
            return;
        }
        let cue = attribution.filter(|a| {
            let says = matches!(a.speech, Speech::Deny | Speech::Refuse | Speech::Silent | Speech::Fear);
            (says || a.negated) && !a.cue.is_empty()
        });
        let verb = || draft.candidate.verb.map(|k| (chunks[k].tokens(), "stance.verb"));
        if let Some((tokens, rule)) = cue.map(|a| (a.cue.clone(), "stance.cue")).or_else(verb) {
            draft.evidence.insert("stance".into(), self.evidence(&tokens, rule));
        }
    }
}

/// The names by which a noun group belongs to somebody: its own, else those of its complement.
fn owner_words(chunks: &[Chunk], at: usize) -> Range<usize> {
    let names = |k: usize| {
        let group = chunks.get(k).and_then(Chunk::noun)?;
        Some(group.names.first()?.tokens.start..group.names.iter().map(|n| n.tokens.end).max()?)
    };
    let behind = (at + 1..chunks.len().min(at + 6)).filter(|k| chunks[k - 1].is(Class::Of)).find_map(names);
    let covered = names(at).filter(|tokens| !tokens.is_empty());
    covered.or(behind).unwrap_or_else(|| chunks[at].tokens())
}

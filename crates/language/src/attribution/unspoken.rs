//! What somebody says with no verb of speech: the verb is left out, or any verb does behind a quotation.

use std::ops::Range;

use super::reading::{Place, Reading};
use super::{Attribution, Attributions};
use crate::NounGroup;
use crate::chunk::{Chunk, Mood, VerbGroup};
use crate::lexicon::Class;

/// How far behind its participle whoever gave a toll may stand, in chunks.
const GIVEN_WITHIN: usize = 5;

impl Attributions<'_> {
    /// 'Le gouvernement avance 298 tués, la société civile 413 et MSF 276': the verb of speech is left out, and what is
    /// said is the figure that follows at once on who says it, up to `next`. The tokens of what is said.
    pub(super) fn gapped(&self, at: Place<'_>, next: usize, reading: &Reading) -> Option<Range<usize>> {
        let chunks = at.chunks();
        let spoke = reading.spoke.filter(|spoke| spoke + 1 < at.k)?;
        let parted = at.k > 0 && chunks[at.k - 1].is_mark(';');
        let linked = at.behind_comma() || parted || at.k > 0 && chunks[at.k - 1].is(Class::And);
        // '; le ministère de la Santé, de cinq civils tués'.
        let comma =
            chunks.get(next).is_some_and(|c| c.is_mark(',')) && chunks.get(next + 1).is_some_and(|c| c.is(Class::Of));
        let next = next + usize::from(comma);
        let of = usize::from(chunks.get(next).is_some_and(|c| c.is(Class::Of)));
        let figure = |k: usize| chunks.get(k).and_then(Chunk::noun).is_some_and(|g| g.count().is_some());
        let said_one = chunks[spoke + 1..at.k].iter().any(|c| c.noun().is_some_and(|g| g.count().is_some()));
        // 'cinq civils tués'.
        let participle = |c: &Chunk| c.verb().is_some_and(|v| v.mood == Mood::Participle);
        let ends = |k: usize| {
            let behind = chunks.get(k).filter(|c| participle(c)).map_or(k, |_| k + 1);
            chunks.get(behind).is_none_or(|c| matches!(c, Chunk::Mark(..)) || c.is(Class::And))
        };
        let content = next + of;
        let verbless = chunks[spoke + 1..content].iter().all(|c| c.verb().is_none() || participle(c));
        (linked && said_one && verbless && figure(content) && ends(content + 1)).then(|| chunks[content].tokens())
    }

    /// 'Deux tués, onze blessés : c'est le bilan donné ce matin par le médecin-chef': what is said stands before the copula
    /// at a place, and whoever gave it behind the noun that takes it up.
    pub(super) fn given(&self, at: Place<'_>, verb: &VerbGroup) -> Option<Attribution> {
        let (chunks, k) = (at.chunks(), at.k);
        let copula = self.chunker.lexicon.verb(verb.verb).helper == Some(crate::lexicon::Helper::Be);
        let group = chunks.get(k + 1)?.noun().filter(|_| copula && k > 1)?;
        let class = group.class.map(|class| &*self.chunker.lexicon.noun_class(class).name);
        let toll = matches!(class, Some("toll" | "count")) && group.count().is_none();
        let figure = chunks[..k].iter().filter_map(Chunk::noun).any(|g| g.count().is_some());
        let participle = |c: &Chunk| c.verb().is_some_and(|v| v.mood == Mood::Participle || v.ambiguous);
        if !(toll && figure && chunks.get(k + 2).is_some_and(participle)) {
            return None;
        }
        let ends = |c: &Chunk| crate::is_finite(c) || c.is_mark(',') || c.is_mark(';');
        let by = chunks[k + 3..].iter().take(GIVEN_WITHIN).take_while(|c| !ends(c)).position(|c| c.is(Class::By))?;
        let (speakers, _) = self.speakers_after(chunks, k + 3 + by + 1)?;
        let content = at.sentence.tokens.start..chunks[k].tokens().start;
        let said = Attribution::said(speakers, chunks[k].tokens(), content, at.index, "attribution.given");
        Some(Attribution { verbal: true, ..said })
    }

    /// ', the UN panel of experts found', ', a diplomat guessed': behind a comma at the end of a sentence, whoever does
    /// something to what stands before says it. English only: French inverts.
    pub(super) fn found_out(&mut self, at: Place<'_>, verb: &VerbGroup, reading: &mut Reading) {
        let (chunks, k) = (at.chunks(), at.k);
        let entry = self.chunker.lexicon.verb(verb.verb);
        let of_object = entry.frames.iter().all(|f| f.role == crate::lexicon::Role::Object);
        let last = chunks[..k].iter().rposition(|c| c.is_mark(',')).map_or(0, |comma| comma + 1);
        let linked = chunks[last..k].iter().any(|c| c.is(Class::And) || c.is(Class::Coordinator));
        let trails = self.trails(chunks, k) && !linked && entry.helper.is_none() && of_object;
        if self.chunker.lexicon.inverts || !trails || verb.negated {
            return;
        }
        let Some((speakers, _)) = reading.subject.clone().filter(|(s, end)| *end == k && !s.is_empty()) else { return };
        self.last.clone_from(&speakers);
        let cue = chunks[k].tokens();
        let content = at.sentence.tokens.start..cue.start;
        let said = Attribution::said(speakers, cue, content, at.index, "attribution.subject");
        reading.found.push(Attribution { verbal: true, ..said });
        reading.spoke = Some(k);
    }

    /// '« … », s'étrangle le maire', '« … », balaie un conseiller': behind a quotation any verb says it of whoever follows.
    pub(super) fn quoted(&mut self, at: Place<'_>, reading: &mut Reading) {
        let (chunks, k) = (at.chunks(), at.k);
        let comma = usize::from(at.behind_comma());
        let closes = k > comma && matches!(chunks[k - 1 - comma], Chunk::Mark(_, '»' | '”' | '"'));
        // ', s'indigne l'opposition': French inverts whatever somebody says so with, at the end of the sentence.
        let trails = comma == 1 && self.chunker.lexicon.inverts && chunks[..k].iter().any(crate::is_finite);
        let next = self.behind(chunks, k);
        let people = |class| self.chunker.lexicon.in_group(class, "people");
        let somebody = |group: &NounGroup| {
            group.role.is_some() || group.proper.is_some() || group.class.is_some_and(people) && group.count().is_none()
        };
        let trails = trails && chunks.get(next).and_then(Chunk::noun).is_some_and(|g| g.count().is_none());
        if !(closes || trails) || !chunks.get(next).and_then(Chunk::noun).is_some_and(somebody) {
            return;
        }
        let Some((speakers, after)) = self.speakers_after(chunks, next) else { return };
        let ends = chunks.get(after).is_none_or(|c| matches!(c, Chunk::Mark(..)) || c.is(Class::Of) || c.is(Class::To));
        if chunks.get(after).is_some_and(|c| c.verb().is_some()) || !closes && !ends {
            return;
        }
        self.last.clone_from(&speakers);
        let cue = chunks[k].tokens();
        let content = self.with_quotation(at.sentence.tokens.start..cue.start, cue.start);
        let said = Attribution::said(speakers, cue, content, at.index, "attribution.inverted");
        reading.found.push(Attribution { verbal: true, ..said });
        reading.spoke = Some(k);
    }
}

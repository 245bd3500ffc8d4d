//! What goes on with something said before: parts, bare figures, tolls, refusals to comment.

use super::*;

impl<'s> Finder<'_, 's, '_> {
    /// 'dont 14 enfants', 'including 90,000': a part of the claim before.
    pub(super) fn parts(&mut self) {
        let chunks = self.chunks();
        for (k, chunk) in chunks.iter().enumerate() {
            if !chunk.is(Class::Among) {
                continue;
            }
            let Some(group) = chunks.get(k + 1).and_then(Chunk::noun).filter(|g| g.count().is_some()) else { continue };
            let before =
                self.found.iter().filter(|c| c.theme.as_ref().is_some_and(|t| t.at < k && t.figure(chunks).is_some()));
            let Some(whole) = before.max_by_key(|c| c.theme.as_ref().map(|t| t.at)).cloned() else { continue };
            self.found.retain(|c| c.theme.as_ref().is_none_or(|t| t.at != k + 1));
            let start = group.tokens.start;
            self.found.push(Candidate {
                theme: Some(Theme { at: k + 1, counted_by: None, anaphor: false }),
                at: k + 1,
                said_at: start,
                part: whole.theme.map(|t| t.at),
                verb: None,
                verb_end: None,
                item: Some(group.head.start..group.tokens.end),
                rule: format!("{}/part", self.language()),
                ..whole
            });
        }
    }

    /// A figure without a noun goes on with the claim before: 'contre 25', 'l'ONU les chiffrait entre 3 000 et 4 000'.
    pub(super) fn ellipses(&mut self) {
        let chunks = self.chunks();
        for (k, chunk) in chunks.iter().enumerate() {
            let Some(group) = chunk.noun().filter(|g| g.is_bare_figure()) else { continue };
            if self.found.iter().any(|c| c.theme.as_ref().is_some_and(|t| t.at == k || t.counted_by == Some(k))) {
                continue;
            }
            let measured = chunks[..k].iter().rev().take(6).find_map(Chunk::verb).is_some_and(|v| {
                matches!(self.roles.article.lexicon.verb(v.verb).speech, Some(Speech::Say | Speech::Know))
            });
            let bounded = group.figure.as_ref().is_some_and(|f| f.tokens != f.core);
            let negated = k.checked_sub(1).is_some_and(|p| chunks[p].is(Class::NegatedFigure));
            let replaced = negated || k.checked_sub(1).is_some_and(|p| chunks[p].is(Class::WithdrawnFigure));
            let here = self
                .found
                .iter()
                .rfind(|c| c.theme.as_ref().is_some_and(|t| t.at < k && t.figure(chunks).is_some()))
                .cloned();
            if !(measured && bounded || replaced) {
                continue;
            }
            let Some(before) = here else { continue };
            self.found.push(Candidate {
                theme: Some(Theme { at: k, counted_by: None, anaphor: true }),
                at: k,
                said_at: group.tokens.start,
                part: None,
                bare: true,
                stance: negated.then_some(Stance::Denied),
                verb: None,
                verb_end: None,
                item: None,
                rule: format!("{}/ellipsis", self.language()),
                ..before
            });
        }
    }

    /// A toll that a verb puts at a figure: 'le bilan est passé à 31', 'a resident put the toll at 29'.
    pub(super) fn tolls(&mut self) {
        let chunks = self.chunks();
        for (k, chunk) in chunks.iter().enumerate() {
            if !chunk.noun().is_some_and(|g| self.class_name(g) == Some("toll") && g.count().is_none()) {
                continue;
            }
            let counter = self.roles.counter(k);
            let figure = chunks[counter].noun().and_then(NounGroup::count);
            if counter == k
                || figure.is_none()
                || self.found.iter().any(|c| c.theme.as_ref().is_some_and(|t| t.counted_by == Some(counter)))
            {
                continue;
            }
            let figure_tokens = chunks[counter].tokens();
            self.push(Candidate {
                theme: Some(Theme { at: counter, counted_by: None, anaphor: false }),
                ..Candidate::about(
                    counter,
                    figure_tokens.start,
                    "casualties.killed",
                    format!("{}/toll", self.language()),
                )
            });
        }
    }

    /// 'a refusé de commenter', 'n'a pas confirmé': a party that says nothing of what was said before.
    pub(super) fn refusals(&mut self, discourse: &Discourse) {
        let article = self.roles.article;
        let chunks = self.chunks();
        let Some(indicator) = discourse.indicator.clone() else { return };
        for (k, chunk) in chunks.iter().enumerate() {
            if chunk.verb().is_none() {
                continue;
            }
            let Some(attribution) = article.of_sentence(self.index).iter().find(|a| a.cue == chunk.tokens()) else {
                continue;
            };
            let refuses = matches!(attribution.speech, Speech::Refuse | Speech::Silent)
                || attribution.negated && matches!(attribution.speech, Speech::Say | Speech::Deny | Speech::Comment);
            let filled = self.found.iter().any(|c| attribution.content.contains(&c.said_at));
            if !refuses || filled || self.found.iter().any(|c| c.rule.ends_with("/refusal")) {
                continue;
            }
            self.push(Candidate {
                verb: Some(k),
                stance: Some(Stance::Unconfirmed),
                ..Candidate::about(
                    k,
                    attribution.content.start,
                    indicator.clone(),
                    format!("{}/refusal", self.language()),
                )
            });
        }
    }
}

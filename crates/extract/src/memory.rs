//! What a claim and a sentence leave behind for those that take up what they leave out.

use recoup_language::{Chunk, Direction, Sentence};
use recoup_model::{ActorKind, Claim, VERIFICATION};

use crate::frames::{Last, Reader};
use crate::roles::Roles;

/// How many of the states and groups that a text mentions are remembered. A text that introduces thousands takes up
/// none but the last.
const MOST_PARTIES: usize = 64;

impl Reader<'_, '_> {
    /// Whose troops and losses a claim speaks of, who launches, and what may be refused comment.
    pub(crate) fn leave(&mut self, claim: &Claim) {
        if claim.indicator.starts_with("forces.")
            && let Some(subject) = &claim.subject
        {
            self.discourse.troops = self.actors(subject);
        }
        if claim.indicator == "munitions.launched" {
            self.discourse.launcher =
                claim.subject.as_deref().and_then(|s| self.actors(s).first().copied()).or(self.discourse.launcher);
        }
        if claim.indicator.starts_with("casualties") {
            self.discourse.casualties = claim.subject.as_deref().map(|s| self.actors(s));
        }
        if indicator_is_about_doings(&claim.indicator) {
            self.discourse.indicator = Some(claim.indicator.clone());
        }
    }

    /// Remembers a claim that is about to be added as the last of its indicator.
    pub(crate) fn made_last(&mut self, claim: &Claim) {
        let at = self.claims.len();
        let last = self.last.entry(claim.indicator.clone()).or_insert(Last { any: at, counted: None });
        last.any = at;
        if claim.quantity.is_some() {
            last.counted = Some(at);
        }
    }

    /// Whose troops and which days the next sentence may take up.
    pub(crate) fn remember(&mut self, sentence: &Sentence, roles: &Roles<'_, '_>) {
        for (k, chunk) in sentence.chunks.iter().enumerate() {
            match chunk {
                Chunk::Noun(group) => {
                    if roles.in_group(group, "troops") {
                        let owners = roles.owners(k);
                        if !owners.is_empty() {
                            self.discourse.troops = owners;
                        }
                    }
                    for name in &group.names {
                        if let Some(actor) = name.actor() {
                            self.mention(actor);
                        }
                    }
                }
                Chunk::When(when, _) => {
                    let interval = self.article.resolve(*when, self.discourse.time, Direction::Past);
                    if let Some(days) = interval.and_then(|i| i.start.zip(i.end)) {
                        self.discourse.time = Some(days);
                    }
                }
                _ => {}
            }
        }
    }

    /// The subject of the claim before.
    pub(crate) fn claims_last_subject(&self) -> Option<u32> {
        self.actors(self.claims.last()?.subject.as_deref()?).first().copied()
    }

    /// A state or armed group is mentioned; alliances and the like fight no war of their own.
    fn mention(&mut self, actor: u32) {
        let kind = self.article.speakers.kind(self.article.chunker, actor);
        if !matches!(kind, Some(ActorKind::State | ActorKind::ArmedGroup)) {
            return;
        }
        self.discourse.parties.retain(|a| *a != actor);
        self.discourse.parties.insert(0, actor);
        self.discourse.parties.truncate(MOST_PARTIES);
    }
}

/// Whether a party may be asked to confirm it: what somebody does or suffers, not that it cannot be verified.
fn indicator_is_about_doings(indicator: &str) -> bool {
    indicator != VERIFICATION
}

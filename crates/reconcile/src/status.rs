//! What can be concluded: the first status that holds, and who has a part in the fighting.

use recoup_model::{Disagreement, Stance, Status, family};

use crate::disagree::disputes;
use crate::origin::{Origin, Origins, Voice};
use crate::position::Draft;

/// Who is a party to what a question is about.
pub(crate) struct Parties<'q> {
    pub(crate) origins: &'q Origins<'q>,
    pub(crate) indicator: &'q str,
    pub(crate) subject: Option<&'q str>,
    pub(crate) object: Option<&'q str>,
}

impl Parties<'_> {
    /// Whether a party is among the speakers: who fights in this conflict, or is the subject or object of the claim.
    pub(crate) fn speak_in(&self, origin: &Origin) -> bool {
        origin.voices.iter().any(|voice| match voice {
            Voice::Named(key) => {
                let concerned =
                    [self.subject, self.object].iter().flatten().any(|who| who.split('+').any(|w| w == key));
                concerned || self.origins.fights(key)
            }
            Voice::Role(_) | Voice::Collective(_) => false,
        })
    }

    /// Whether the origin is a party that speaks of its own or its enemy's losses or gains.
    pub(crate) fn interest(&self, origin: &Origin) -> bool {
        let stake =
            matches!(family(self.indicator), "casualties" | "prisoners" | "territory" | "equipment" | "munitions");
        stake && self.speak_in(origin)
    }

    /// Whether the origin concedes a loss of its own.
    pub(crate) fn concession(&self, draft: &Draft<'_>) -> bool {
        let loss = matches!(family(self.indicator), "casualties" | "prisoners")
            || matches!(self.indicator, "equipment.destroyed" | "territory.lost" | "forces.withdrawn");
        let named = draft.origin.named();
        let own = self.subject.is_some_and(|s| s.split('+').any(|who| named.contains(who)));
        loss && own && draft.stance == Stance::Asserted && !draft.statements.iter().all(|s| s.is_zero())
    }
}

/// The status of a question, `support` being the number of independent origins that assert or hedge.
pub(crate) fn status(drafts: &[Draft<'_>], disagreements: &[Disagreement], support: usize) -> Status {
    let live: Vec<&Draft<'_>> = drafts.iter().filter(|d| d.is_live()).collect();
    let all = |stance: Stance| live.iter().all(|d| d.stance == stance);
    let any = |stance: Stance| live.iter().any(|d| d.stance == stance);
    let find = |id: &String| drafts.iter().find(|d| d.id == *id);
    let disputed = disagreements.iter().any(|d| match &d.between[..] {
        [a, b] => find(a).zip(find(b)).is_some_and(|(a, b)| disputes(a, b, d.class)),
        _ => false,
    });
    match () {
        () if live.is_empty() => Status::Superseded,
        () if all(Stance::Denied) => Status::Denied,
        () if disputed => Status::Disputed,
        // Where a party refuses to confirm, conditionals alone corroborate nothing.
        () if any(Stance::Unconfirmed) && !any(Stance::Asserted) => Status::Unconfirmed,
        () if support > 1 => Status::Corroborated,
        () => Status::SingleSource,
    }
}

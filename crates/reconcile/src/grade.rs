//! Admiralty grades: reliability from the theatre, credibility by a printed rule, never averaged.

use recoup_model::{Disagreement, Grade, Likelihood, Stance, Status};

use crate::disagree::disputes;
use crate::origin::Origins;
use crate::position::{Draft, independent};
use crate::status::Parties;

/// 'Cannot be judged'.
pub(crate) const UNJUDGED: u8 = 6;

/// One line of the rule by which credibility is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CredibilityRule {
    /// The grade, 1 to 6.
    pub credibility: u8,
    /// Its name on the Admiralty scale (NATO AJP-2.1).
    pub name: &'static str,
    /// When a position has it.
    pub when: &'static str,
}

/// How credibility is computed, for the method section of a report. The last line goes before the others.
pub const CREDIBILITY: [CredibilityRule; 6] = [
    rule(1, "confirmed", "two or more other independent origins say what it allows, and none contradicts it"),
    rule(2, "probably true", "one other origin does, or a party concedes its own loss, and none contradicts it"),
    rule(
        3,
        "possibly true",
        "it stands alone, asserted by a disinterested origin; or at least as many confirm as contradict it",
    ),
    rule(
        4,
        "doubtful",
        "it stands alone, hedged or from an interested party; or more contradict than confirm it, short of 5",
    ),
    rule(5, "improbable", "two or more independent origins contradict it, and none confirms it"),
    rule(6, "cannot be judged", "a refusal to confirm, a plan, or a denial of what nobody says"),
];

const fn rule(credibility: u8, name: &'static str, when: &'static str) -> CredibilityRule {
    CredibilityRule { credibility, name, when }
}

/// What credibility a word of probability stands for, and what holds it back, for the method section of a report.
pub const LIKELIHOOD: [(Likelihood, u8); 5] = [
    (Likelihood::VeryLikely, 1),
    (Likelihood::Likely, 2),
    (Likelihood::EvenChance, 3),
    (Likelihood::Unlikely, 4),
    (Likelihood::VeryUnlikely, 5),
];

/// How probable it is that a thing is as the best graded of those say who state it. Where they all give it with a
/// reserve, it is no more than likely, for no word is stronger than theirs; nor where the finding is disputed.
pub(crate) fn likelihood(drafts: &[Draft<'_>], grades: &[Grade], status: Status) -> Option<Likelihood> {
    let said = || {
        let holds = |d: &Draft<'_>| d.is_live() && matches!(d.stance, Stance::Asserted | Stance::Hedged);
        drafts.iter().zip(grades).filter(move |(d, _)| holds(d))
    };
    let best = said().map(|(_, grade)| grade.credibility).min()?;
    let reserved = said().all(|(d, _)| d.stance == Stance::Hedged);
    let (word, _) = LIKELIHOOD.into_iter().find(|(_, credibility)| *credibility == best)?;
    Some(if reserved || status == Status::Disputed { word.max(Likelihood::Likely) } else { word })
}

/// The grade of one position among all that are taken on the question.
pub(crate) fn grade(
    draft: &Draft<'_>,
    drafts: &[Draft<'_>],
    disagreements: &[Disagreement],
    origins: &Origins<'_>,
    parties: &Parties<'_>,
    band: f64,
) -> Grade {
    let against = |other: &Draft<'_>| {
        let pair = |d: &Disagreement| d.between.contains(&draft.id) && d.between.contains(&other.id);
        other.id != draft.id && disagreements.iter().any(|d| pair(d) && disputes(draft, other, d.class))
    };
    let confirms = |other: &Draft<'_>| {
        let fits = draft.bound.zip(other.bound).is_none_or(|(a, b)| a.meets(b, band));
        draft.counts() && other.counts() && other.origin.differs(&draft.origin) && fits && !against(other)
    };
    let with =
        |others: &dyn Fn(&Draft<'_>) -> bool| independent(drafts.iter().filter(|d| d.id == draft.id || others(d)));
    // What the confirming add to the position's own origins: two outlets that cite each other add nothing.
    let confirmed = with(&confirms).saturating_sub(with(&|_| false));
    let contradicted = independent(drafts.iter().filter(|d| against(d)));
    let weak = draft.stance == Stance::Hedged || parties.interest(&draft.origin);
    let moot = match draft.stance {
        Stance::Unconfirmed | Stance::Planned => true,
        Stance::Denied => contradicted == 0,
        Stance::Asserted | Stance::Hedged => false,
    };
    let credibility = match (confirmed, contradicted) {
        _ if moot => UNJUDGED,
        (2.., 0) => 1,
        (1, 0) => 2,
        (0, 0) if parties.concession(draft) => 2,
        (0, 0) if weak => 4,
        (0, 0) => 3,
        (0, 2..) => 5,
        (confirmed, contradicted) if contradicted > confirmed => 4,
        _ => 3,
    };
    Grade { reliability: origins.reliability(&draft.origin), credibility }
}

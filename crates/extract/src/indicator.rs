//! What each indicator takes for its roles and for its count. Source: the annotation guide, rules 5 and 11.

use recoup_language::Chunk;
use recoup_model::{Measure, Time};

use crate::candidates::Candidate;

/// Who is the subject of a claim: whose people, equipment, munitions or ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Whoever owns what is counted.
    Owner,
    /// Whoever does it.
    Agent,
    /// Nobody: the indicator has no subject.
    Nobody,
}

/// Who is the object of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ToWhom {
    /// Nobody.
    Nobody,
    /// Whoever does it.
    Agent,
    /// To whom it goes.
    Recipient,
    /// Against whom it goes.
    Target,
    /// Whose ground it is.
    Owner,
}

/// The roles of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Roles {
    pub(crate) subject: Whose,
    pub(crate) object: ToWhom,
    /// Whether it is a state of things, not an event: a date of saying then dates it too (rule 9 of the guide).
    pub(crate) state: bool,
    /// Whether people are counted.
    pub(crate) people: bool,
}

/// Whether the article 'un' counts: of things and people that are counted one by one, not of treaties or aid; of
/// military units also where they are sent.
pub(crate) fn counts_one(indicator: &str, unit: bool) -> bool {
    let mut one_by_one = ["casualties.", "munitions.", "prisoners.", "equipment.destroyed"].iter();
    one_by_one.any(|prefix| indicator.starts_with(prefix))
        || unit && matches!(indicator, "forces.sent" | "forces.withdrawn")
}

/// The roles of an indicator; a theatre's own indicators count what somebody owns.
pub(crate) fn roles(indicator: &str) -> Roles {
    let (subject, object, state, people) = match indicator {
        "forces.sent" => (Whose::Owner, ToWhom::Recipient, false, true),
        "forces.present" => (Whose::Owner, ToWhom::Nobody, true, true),
        "forces.withdrawn" => (Whose::Owner, ToWhom::Nobody, false, true),
        "forces.trained" => (Whose::Owner, ToWhom::Agent, true, true),
        "prisoners.captured" => (Whose::Owner, ToWhom::Agent, false, true),
        "people.displaced" => (Whose::Owner, ToWhom::Nobody, false, true),
        "equipment.delivered" | "aid.provided" => (Whose::Agent, ToWhom::Recipient, false, false),
        "equipment.destroyed" => (Whose::Owner, ToWhom::Nobody, false, false),
        "munitions.launched" => (Whose::Agent, ToWhom::Target, false, false),
        "munitions.intercepted" => (Whose::Owner, ToWhom::Agent, false, false),
        "territory.captured" | "territory.lost" => (Whose::Agent, ToWhom::Owner, false, false),
        "territory.held" => (Whose::Agent, ToWhom::Owner, true, false),
        "agreement.signed" => (Whose::Agent, ToWhom::Recipient, false, false),
        "verification.unavailable" => (Whose::Nobody, ToWhom::Nobody, false, false),
        _ => (Whose::Owner, ToWhom::Nobody, false, indicator.starts_with("casualties.")),
    };
    Roles { subject, object, state, people }
}

/// What kind of count a figure is. Source: the annotation guide, rule 11.
pub(crate) fn measure(
    indicator: &str,
    time: Option<&Time>,
    candidate: &Candidate,
    chunks: &[Chunk],
) -> Option<Measure> {
    let further = candidate.theme.as_ref().and_then(|t| t.group(chunks)).is_some_and(|g| g.other);
    let closed = time.is_some_and(|t| t.start().is_some() && t.end().is_some());
    let open = time.is_some_and(|t| t.start().is_some() && t.end().is_none());
    Some(match indicator {
        "forces.present" | "forces.trained" | "territory.held" | "casualties.missing" => Measure::Stock,
        _ if further || closed => Measure::Increment,
        _ if open => Measure::Cumulative,
        "people.displaced" => Measure::Stock,
        "forces.sent" => Measure::Cumulative,
        _ => Measure::Increment,
    })
}

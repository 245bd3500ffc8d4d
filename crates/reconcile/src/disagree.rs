//! Disagreements: every difference between two positions is classed before anything is concluded from it.

use recoup_model::{Disagreement, DisagreementClass as Class, Stance, fold};

use crate::Options;
use crate::bound::Bound;
use crate::notes::Notes;
use crate::origin::Origins;
use crate::place::{Area, Lie, lie};
use crate::position::Draft;
use crate::scope::{is_reading, is_toll, is_total, place_matters};

/// The disagreements on a question, in the order of its positions.
pub(crate) fn disagreements(
    drafts: &[Draft<'_>],
    origins: &Origins<'_>,
    options: &Options,
    notes: &Notes<'_>,
) -> Vec<Disagreement> {
    let mut out = Vec::new();
    for (at, a) in drafts.iter().enumerate() {
        for (to, b) in drafts.iter().enumerate().skip(at + 1) {
            let replaces = a.superseded_by == Some(to) || b.superseded_by == Some(at);
            let found = if replaces { fall(a, b, options) } else { classes(a, b, origins, options) };
            for class in found {
                // Bounds that meet accuse nobody: the chain of neighbours says it all.
                if class == Class::BoundCompatible && to != at + 1 {
                    continue;
                }
                out.push(Disagreement {
                    class,
                    between: vec![a.id.clone(), b.id.clone()],
                    within_document: !a.sources().is_disjoint(&b.sources()),
                    note: notes.sentence(class, a, b),
                });
            }
        }
    }
    out
}

/// Whether the disagreement between two positions makes the finding disputed.
pub(crate) fn disputes(a: &Draft<'_>, b: &Draft<'_>, class: Class) -> bool {
    class.disputes() && a.is_live() && b.is_live() && a.origin.differs(&b.origin)
}

/// A count that only rises, and that its own origin has lowered.
fn fall(a: &Draft<'_>, b: &Draft<'_>, options: &Options) -> Vec<Class> {
    let (old, new) = if a.is_live() { (b, a) } else { (a, b) };
    let rising = old.statements.iter().any(|s| is_toll(&s.claim.indicator) || is_total(s));
    let lower = old
        .bound
        .zip(new.bound)
        .is_some_and(|(old, new)| !old.meets(new, options.band()) && new.high.or(new.low) < old.high.or(old.low));
    if rising && lower { vec![Class::Definition] } else { Vec::new() }
}

fn classes(a: &Draft<'_>, b: &Draft<'_>, origins: &Origins<'_>, options: &Options) -> Vec<Class> {
    if !a.is_live() || !b.is_live() || [a.stance, b.stance].contains(&Stance::Unconfirmed) {
        return Vec::new();
    }
    if (a.stance == Stance::Denied) != (b.stance == Stance::Denied) {
        return denial(a, b, options).into_iter().collect();
    }
    if a.stance == Stance::Denied {
        return Vec::new();
    }
    match (a.bound, b.bound) {
        (Some(_), Some(_)) => figures(a, b, origins, options),
        _ => circumstances(a, b, options),
    }
}

fn denial(a: &Draft<'_>, b: &Draft<'_>, options: &Options) -> Option<Class> {
    let same_figure = a.bound.zip(b.bound).is_none_or(|(a, b)| a.meets(b, options.band()));
    let held = [a, b].iter().all(|d| d.stance != Stance::Planned);
    (held && same_figure && a.origin.differs(&b.origin)).then_some(Class::Denial)
}

fn figures(a: &Draft<'_>, b: &Draft<'_>, origins: &Origins<'_>, options: &Options) -> Vec<Class> {
    let (Some(a_bound), Some(b_bound)) = (a.bound, b.bound) else { return Vec::new() };
    let together = !a.sources().is_disjoint(&b.sources());
    let drift = drifts(a, b, together);
    if together && in_title(a, origins) != in_title(b, origins) && a_bound.key() != b_bound.key() {
        return vec![Class::Headline];
    }
    if a_bound.key() == b_bound.key() {
        let hedge = is_hedge(a, b) && !a.origin.differs(&b.origin);
        let rounded = a_bound.approximate != b_bound.approximate;
        let classes = [(drift, Class::Attribution), (hedge, Class::Hedge), (rounded, Class::BoundCompatible)];
        return classes.into_iter().filter(|(holds, _)| *holds).map(|(_, class)| class).collect();
    }
    if a_bound.meets(b_bound, options.band()) {
        return vec![if drift { Class::Attribution } else { Class::BoundCompatible }];
    }
    let readings = [a, b].iter().all(|d| d.statements.iter().any(|s| is_reading(s)));
    let apart = a.days.zip(b.days).is_some_and(|(a, b)| a.gap(b) > i64::from(options.date_gap_days));
    vec![match () {
        () if readings && apart => Class::Stale,
        // One speaker does not contradict himself on one day: he counts two things.
        () if a.origin.is_certainly(&b.origin) => Class::Definition,
        () => Class::Genuine,
    }]
}

/// One figure credited to some of its authors, or an article that gives it in its own voice and to an author.
fn drifts(a: &Draft<'_>, b: &Draft<'_>, together: bool) -> bool {
    let (Some(a_bound), Some(b_bound)) = (a.bound, b.bound) else { return false };
    let ends = |bound: Bound| [bound.low, bound.high].into_iter().flatten();
    let number = ends(a_bound).any(|v| ends(b_bound).any(|w| v == w));
    let overlap = !a.origin.differs(&b.origin) && a.origin.voices != b.origin.voices;
    let voice = together && a.origin.own_voice != b.origin.own_voice && a_bound.key() == b_bound.key();
    overlap && number || voice
}

/// Differences in when, where and how surely, between positions of which one at least has no figure.
fn circumstances(a: &Draft<'_>, b: &Draft<'_>, options: &Options) -> Vec<Class> {
    let mut out = Vec::new();
    if let Some((a_days, b_days)) = a.days.zip(b.days)
        && a_days != b_days
    {
        if !a_days.meets(b_days) {
            // A figure is a reading of its own day; what lies too far off is no rival date.
            let near = a_days.gap(b_days) <= i64::from(options.date_gap_days);
            if a.bound.is_none() && b.bound.is_none() {
                out.push(if near { Class::Date } else { Class::Stale });
            }
        } else if a_days.contains(b_days) || b_days.contains(a_days) {
            out.push(Class::Period);
        }
    }
    let together = !a.sources().is_disjoint(&b.sources());
    let same_statement = a.bound.is_none() && b.bound.is_none() && !a.origin.differs(&b.origin);
    if is_hedge(a, b) && (same_statement || together) {
        out.push(Class::Hedge);
    }
    let place = |d: &Draft<'_>| d.areas.iter().cloned().collect::<Vec<Area>>();
    let matters = a.statements.first().is_some_and(|s| place_matters(&s.claim.indicator));
    let related = matches!(lie(&place(a), &place(b)), Lie::Shared | Lie::Apart);
    if matters && related && a.areas != b.areas && !a.origin.differs(&b.origin) {
        out.push(Class::Place);
    }
    out
}

fn is_hedge(a: &Draft<'_>, b: &Draft<'_>) -> bool {
    matches!((a.stance, b.stance), (Stance::Asserted, Stance::Hedged) | (Stance::Hedged, Stance::Asserted))
}

fn in_title(draft: &Draft<'_>, origins: &Origins<'_>) -> bool {
    draft.statements.iter().any(|s| {
        let title = origins.head(&s.claim.document).and_then(|head| head.title.as_deref());
        title.is_some_and(|title| fold(title).contains(&fold(s.claim.anchor.quote())))
    })
}

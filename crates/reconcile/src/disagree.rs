//! Disagreements: every difference between two positions is classed before anything is concluded from it.

use recoup_model::{Disagreement, DisagreementClass as Class, Stance, fold};

use crate::Options;
use crate::bound::Bound;
use crate::days::between;
use crate::notes::Notes;
use crate::origin::Origins;
use crate::place::{Area, Lie, lie};
use crate::position::Draft;
use crate::scope::{is_reading, is_toll, is_total, place_matters};
use crate::statement::Statement;

/// The disagreements on a question, in the order of its positions.
pub(crate) fn disagreements(
    drafts: &[Draft<'_>],
    origins: &Origins<'_>,
    options: &Options,
    notes: &Notes<'_>,
) -> Vec<Disagreement> {
    let pairs = Pairs { drafts, origins, options };
    let mut out = Vec::new();
    for (at, a) in drafts.iter().enumerate() {
        for (to, b) in drafts.iter().enumerate().skip(at + 1) {
            let replaces = a.superseded_by == Some(to) || b.superseded_by == Some(at);
            let found = if replaces { fall(a, b, options) } else { pairs.classes(a, b) };
            for class in found {
                // Bounds that meet accuse nobody: the chain of neighbours says it all.
                if class == Class::BoundCompatible && to != at + 1 {
                    continue;
                }
                out.push(Disagreement {
                    class,
                    between: vec![a.id.clone(), b.id.clone()],
                    within_document: !a.sources.is_disjoint(&b.sources),
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
    let own = old.origin.is_certainly(&new.origin) && old.stance != Stance::Planned;
    if own && rising && lower { vec![Class::Definition] } else { Vec::new() }
}

/// The positions on a question, to be compared by two.
struct Pairs<'p, 's> {
    drafts: &'p [Draft<'s>],
    origins: &'p Origins<'p>,
    options: &'p Options,
}

impl<'p, 's> Pairs<'p, 's> {
    fn classes(&self, a: &'p Draft<'s>, b: &'p Draft<'s>) -> Vec<Class> {
        if !a.is_live() || !b.is_live() || [a.stance, b.stance].contains(&Stance::Unconfirmed) {
            return Vec::new();
        }
        if (a.stance == Stance::Denied) != (b.stance == Stance::Denied) {
            return self.denies(a, b).then_some(Class::Denial).into_iter().collect();
        }
        if a.stance == Stance::Denied {
            return Vec::new();
        }
        match (a.bound, b.bound) {
            (Some(_), Some(_)) if a.adds() || b.adds() => Vec::new(),
            (Some(a_bound), Some(b_bound)) => self.figures(a, b, a_bound, b_bound),
            _ => circumstances(a, b, self.options),
        }
    }

    fn denies(&self, a: &Draft<'_>, b: &Draft<'_>) -> bool {
        let (denier, holder) = if a.stance == Stance::Denied { (a, b) } else { (b, a) };
        let same_figure = a.bound.zip(b.bound).is_none_or(|(a, b)| a.meets(b, self.options.band()));
        let held = holder.stance != Stance::Planned;
        held && same_figure && a.origin.differs(&b.origin) && self.is_meant(denier, holder)
    }

    /// Who gives a figure himself and denies without one denies the highest figure of others. What an outlet sums up in
    /// its own voice is denied only where it prints the denial.
    fn is_meant(&self, denier: &Draft<'_>, holder: &Draft<'_>) -> bool {
        if denier.bound.is_some() || !denier.statements.iter().any(|s| s.admits) {
            return !is_retold(holder) || !denier.sources.is_disjoint(&holder.sources);
        }
        let value = |d: &Draft<'_>| d.bound.and_then(|b| b.high.or(b.low));
        let others = self.drafts.iter().filter(|d| d.counts() && d.origin.differs(&denier.origin));
        let highest = others.filter_map(value).fold(f64::NEG_INFINITY, f64::max);
        value(holder).is_some_and(|value| value >= highest)
    }

    fn figures(&self, a: &'p Draft<'s>, b: &'p Draft<'s>, a_bound: Bound, b_bound: Bound) -> Vec<Class> {
        let together = !a.sources.is_disjoint(&b.sources);
        let drift = drifts(a, b, a_bound, b_bound, together);
        if together && in_title(a, self.origins) != in_title(b, self.origins) && a_bound.key() != b_bound.key() {
            return vec![Class::Headline];
        }
        if a_bound.key() == b_bound.key() {
            let hedge = is_hedge(a, b) && !a.origin.differs(&b.origin);
            let rounded = a_bound.approximate != b_bound.approximate;
            let classes = [(drift, Class::Attribution), (hedge, Class::Hedge), (rounded, Class::BoundCompatible)];
            return classes.into_iter().filter(|(holds, _)| *holds).map(|(_, class)| class).collect();
        }
        if a_bound.meets(b_bound, self.options.band()) {
            return vec![match () {
                () if drift => Class::Attribution,
                () if self.is_reserve(a, b) => Class::Hedge,
                () => Class::BoundCompatible,
            }];
        }
        // What an outlet says in an article that quotes others sums these up and contradicts nobody else.
        if is_retold(a) || is_retold(b) {
            return if together { vec![Class::Headline] } else { Vec::new() };
        }
        let readings = [a, b].iter().all(|d| d.statements.iter().any(|s| is_reading(s)));
        let apart = a.days.zip(b.days).is_some_and(|(a, b)| a.gap(b) > i64::from(self.options.date_gap_days));
        match () {
            () if readings && apart => vec![Class::Stale],
            // One speaker does not contradict himself on one day: he counts two things, in two periods or under one word.
            () if a.origin.is_certainly(&b.origin) && a.days != b.days => Vec::new(),
            () if a.origin.is_certainly(&b.origin) => vec![Class::Definition],
            () if counts_civilians_of(a, b) || counts_civilians_of(b, a) => vec![Class::Definition],
            () if counts_otherwise(a, b) => vec![Class::Definition],
            () => vec![Class::Genuine],
        }
    }

    /// Whether one gives with a reserve what the other, of all that asserts it, asserts nearest in time.
    fn is_reserve(&self, a: &Draft<'_>, b: &Draft<'_>) -> bool {
        let (hedged, asserted) = if a.stance == Stance::Hedged { (a, b) } else { (b, a) };
        let (Some(hedged_bound), Some(said)) = (hedged.bound, hedged.reported) else { return false };
        let far = |d: &Draft<'_>| d.reported.map(|day| between(day, said).abs());
        let rivals = self.drafts.iter().filter(|d| {
            let agrees = d.bound.is_some_and(|bound| bound.agrees(hedged_bound, self.options.band()));
            d.is_live() && d.stance == Stance::Asserted && !d.origin.own_voice && agrees
        });
        let nearest = rivals.min_by_key(|d| (far(d).is_none(), far(d), &d.id));
        is_hedge(a, b) && nearest.is_some_and(|nearest| nearest.id == asserted.id)
    }
}

/// One figure credited to some of its authors here and to others of them there, or to two bodies of one state.
fn drifts(a: &Draft<'_>, b: &Draft<'_>, a_bound: Bound, b_bound: Bound, together: bool) -> bool {
    let ends = |bound: Bound| [bound.low, bound.high].into_iter().flatten();
    let number = ends(a_bound).any(|v| ends(b_bound).any(|w| v == w));
    let overlap = !a.origin.differs(&b.origin) && a.origin.voices != b.origin.voices;
    // In two articles only: within one, both bodies may have said it.
    let bodies = !together && a.origin.voices == b.origin.voices && a.origin.ids != b.origin.ids;
    let exact = a_bound.key() == b_bound.key() && a_bound.low == a_bound.high && a_bound.low.is_some_and(is_rare);
    overlap && number || bodies && exact
}

/// A number that two speakers hardly give by chance: of three digits that are not all zeros behind the second.
fn is_rare(value: f64) -> bool {
    value >= 100.0 && value % 10_f64.powf(value.log10().floor() - 1.0) != 0.0
}

/// Differences in when, where and how surely, between positions of which one at least has no figure.
fn circumstances(a: &Draft<'_>, b: &Draft<'_>, options: &Options) -> Vec<Class> {
    let mut out = Vec::new();
    let stages = |d: &Draft<'_>| d.statements.iter().all(|s| s.stage);
    if let Some((a_days, b_days)) = a.days.zip(b.days)
        && a_days != b_days
        && stages(a) == stages(b)
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
    let together = !a.sources.is_disjoint(&b.sources);
    let named = |d: &Draft<'_>| !d.origin.own_voice && !d.origin.named().is_empty();
    let one_event = a.bound.is_none() && b.bound.is_none() && named(a) && named(b);
    if is_hedge(a, b) && together && (one_event || a.origin.voices == b.origin.voices && !a.origin.own_voice) {
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

fn is_retold(draft: &Draft<'_>) -> bool {
    draft.statements.iter().all(|s| s.retells)
}

/// Whether the first counts the civilians among those that the second counts without saying who they are.
fn counts_civilians_of(part: &Draft<'_>, whole: &Draft<'_>) -> bool {
    let civilians = |d: &Draft<'_>, want: Option<bool>| d.statements.iter().all(|s| s.claim.civilian == want);
    let least = |d: &Draft<'_>| d.bound.and_then(|b| b.low.or(b.high));
    civilians(part, Some(true)) && civilians(whole, None) && least(part).zip(least(whole)).is_some_and(|(p, w)| p <= w)
}

/// Whether one reads how many there are, and the other sums up how many there have been.
pub(crate) fn counts_otherwise(a: &Draft<'_>, b: &Draft<'_>) -> bool {
    let all = |d: &Draft<'_>, test: fn(&Statement) -> bool| d.statements.iter().all(|s| test(s));
    all(a, is_reading) && all(b, is_total) || all(a, is_total) && all(b, is_reading)
}

fn is_hedge(a: &Draft<'_>, b: &Draft<'_>) -> bool {
    matches!((a.stance, b.stance), (Stance::Asserted, Stance::Hedged) | (Stance::Hedged, Stance::Asserted))
}

fn in_title(draft: &Draft<'_>, origins: &Origins<'_>) -> bool {
    draft.statements.iter().any(|s| {
        let title = origins.head(&s.claim.document).and_then(|head| head.title.as_deref());
        let quote = fold(s.claim.anchor.quote());
        // A bare number stands in many titles.
        quote.contains(' ') && title.is_some_and(|title| fold(title).contains(&quote))
    })
}

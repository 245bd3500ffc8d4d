//! Whether two figures answer one question: unit, people counted, place, time and kind of count.

use recoup_model::{Measure, family};

use crate::Options;
use crate::days::{Days, between};
use crate::place::{Area, Lie, lie};
use crate::statement::Statement;

/// Indicators of a movement from a subject to an object: the object says where to, and the place no more than the leg
/// of the way that the article speaks of.
const FLOWS: [&str; 5] = ["forces.sent", "forces.trained", "equipment.delivered", "aid.provided", "agreement.signed"];

/// The dead.
pub(crate) const KILLED: &str = "casualties.killed";

/// The dead and the wounded together: losses of which nobody says which.
pub(crate) const KILLED_OR_WOUNDED: &str = "casualties.killed_or_wounded";

/// Figures without place or time are taken for the same question up to this factor between them.
const SAME_ORDER: f64 = 3.0;

/// Two readings with more than this factor between them are of two things.
const ONE_THING: f64 = 12.0;

/// Days by which two cumulative counts may differ in their start.
const SAME_START: i64 = 7;

/// An event lasts at most so many days; what is counted over more is a total.
const EVENT_DAYS: i64 = 31;

/// What a figure counts in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    Reading,
    Total,
    Event,
    Unsaid,
}

/// Whether the place of a claim on the indicator is part of the question.
pub(crate) fn place_matters(indicator: &str) -> bool {
    !FLOWS.contains(&indicator)
}

/// The days of the statement's event.
pub(crate) fn days(statement: &Statement) -> Option<Days> {
    Days::of(statement.claim.time.as_ref())
}

/// Whether the statement is about an event with a known, short time.
pub(crate) fn is_event(statement: &Statement) -> bool {
    let short = days(statement).and_then(Days::width).is_some_and(|width| width <= EVENT_DAYS);
    short && matches!(count(statement), Count::Event | Count::Unsaid)
}

/// Whether the statement counts up to a day since a start that it does not give.
pub(crate) fn is_total(statement: &Statement) -> bool {
    count(statement) == Count::Total
}

/// Whether the statement is a reading at a date.
pub(crate) fn is_reading(statement: &Statement) -> bool {
    count(statement) == Count::Reading
}

fn count(statement: &Statement) -> Count {
    let short = days(statement).and_then(Days::width).is_some_and(|width| width <= EVENT_DAYS);
    match statement.claim.measure {
        None => Count::Unsaid,
        Some(Measure::Stock) => Count::Reading,
        // What has come about by a day, whenever it began, is counted up to that day.
        Some(Measure::Increment) if days(statement).is_some_and(|days| days.start.is_none()) => Count::Total,
        Some(Measure::Increment) => Count::Event,
        // The running toll of one event is cumulative by its words alone.
        Some(Measure::Cumulative) if short => Count::Event,
        Some(Measure::Cumulative) => Count::Total,
    }
}

/// Whether the people of one claim may be those of the other: civilians and soldiers are two figures.
pub(crate) fn same_people(a: &Statement, b: &Statement) -> bool {
    a.claim.civilian.zip(b.claim.civilian).is_none_or(|(a, b)| a == b) && a.soldiers_apart == b.soldiers_apart
}

/// What two figures have to do with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bond {
    /// They answer different questions.
    Apart,
    /// Nothing parts them, and nothing ties them.
    Loose,
    /// They answer one question.
    Firm,
}

impl Bond {
    fn firm_if(condition: bool) -> Self {
        if condition { Bond::Firm } else { Bond::Loose }
    }
}

/// What two statements with a figure have to do with each other.
pub(crate) fn bond(a: &Statement, b: &Statement, options: &Options) -> Bond {
    let (Some(a_bound), Some(b_bound)) = (a.bound, b.bound) else { return Bond::Apart };
    if !same_unit(a, b) || !same_people(a, b) {
        return Bond::Apart;
    }
    if a.addition != b.addition {
        return addition(a, b);
    }
    let agrees = a_bound.agrees(b_bound, options.band());
    let meets = a_bound.meets(b_bound, options.band());
    let lie = if place_matters(&a.claim.indicator) { lie(&a.areas, &b.areas) } else { Lie::Unsaid };
    let place = match lie {
        Lie::Shared | Lie::Unsaid => Bond::Firm,
        // A village and its region may be two counts, unless the figure or the speaker ties them.
        Lie::Within | Lie::Contains => Bond::firm_if(agrees || meets && a.origin.is_certainly(&b.origin)),
        Lie::Unknown if agrees || vaguely_placed(a, b) && a.origin.is_certainly(&b.origin) => Bond::Firm,
        Lie::Unknown | Lie::Apart => Bond::Apart,
    };
    if place == Bond::Apart {
        return Bond::Apart;
    }
    let pair = Pair { a, b, agrees, lie, options };
    let (one_question, alike) = match (count(a), count(b)) {
        (Count::Reading, Count::Reading | Count::Unsaid) | (Count::Unsaid, Count::Reading) => (pair.same_size(), true),
        (Count::Total, Count::Total) => (pair.same_start(), true),
        (Count::Event | Count::Unsaid, Count::Event | Count::Unsaid) => (pair.same_event(), pair.alike()),
        (Count::Total, Count::Event | Count::Unsaid) => (agrees && pair.within_total(b, a) || pair.is_series(), true),
        (Count::Event | Count::Unsaid, Count::Total) => (agrees && pair.within_total(a, b) || pair.is_series(), true),
        (Count::Reading, Count::Event) | (Count::Event, Count::Reading) => {
            (pair.times_meet() && pair.near_size() || agrees && pair.of_one_speaker(), meets)
        }
        // Who has been driven out, and who is still away, are told as one figure.
        (Count::Reading, Count::Total) | (Count::Total, Count::Reading) => {
            (agrees || family(&a.claim.indicator) == "people" && pair.near_size(), true)
        }
    };
    match (one_question, alike) {
        (false, _) => Bond::Apart,
        (true, true) => place,
        (true, false) => Bond::Loose,
    }
}

/// An addition goes with what its speaker counted before it; it is no rival of anybody's count.
fn addition(a: &Statement, b: &Statement) -> Bond {
    let (more, count) = if a.addition { (a, b) } else { (b, a) };
    let near = match days(more).zip(days(count)) {
        Some((more, count)) => more.gap(count) <= EVENT_DAYS,
        None => true,
    };
    match lie(&more.areas, &count.areas) {
        Lie::Apart => Bond::Apart,
        _ => Bond::firm_if(near && more.origin.is_certainly(&count.origin)),
    }
}

/// Whether one of them is placed by a common noun alone: the border, the market.
fn vaguely_placed(a: &Statement, b: &Statement) -> bool {
    [a, b].iter().any(|s| !s.areas.is_empty() && s.areas.iter().all(Area::is_kind))
}

struct Pair<'s> {
    a: &'s Statement,
    b: &'s Statement,
    agrees: bool,
    lie: Lie,
    options: &'s Options,
}

impl Pair<'_> {
    fn is_shared(&self) -> bool {
        self.lie == Lie::Shared
    }

    fn times_meet(&self) -> bool {
        days(self.a).zip(days(self.b)).is_none_or(|(a, b)| a.meets(b))
    }

    fn ratio(&self) -> f64 {
        self.a.bound.zip(self.b.bound).map_or(1.0, |(a, b)| a.ratio(b))
    }

    /// Whether two readings may be of one thing, zero being any.
    fn same_size(&self) -> bool {
        self.a.is_zero() || self.b.is_zero() || self.ratio() <= ONE_THING
    }

    fn near_size(&self) -> bool {
        self.ratio() <= SAME_ORDER
    }

    fn same_start(&self) -> bool {
        let starts = days(self.a).and_then(|d| d.start).zip(days(self.b).and_then(|d| d.start));
        starts.is_none_or(|(a, b)| between(a, b).abs() <= SAME_START)
    }

    fn within_total(&self, event: &Statement, total: &Statement) -> bool {
        days(event).zip(days(total)).is_none_or(|(e, t)| e.end.zip(t.end).is_none_or(|(e, t)| e <= t) && e.meets(t))
    }

    fn same_event(&self) -> bool {
        match (days(self.a), days(self.b)) {
            (Some(a), Some(b)) if a.closed().is_some() && b.closed().is_some() => {
                let nested = a.contains(b) || b.contains(a);
                let repeated = nested && self.agrees && self.of_one_speaker();
                a.resembles(b) || self.is_shared() && a.meets(b) && !nested || repeated || self.is_series()
            }
            (Some(a), Some(b)) => a.meets(b) && (self.is_shared() || self.agrees),
            // Where nobody knows when it was said, it may be the same: what ties it is left to `alike`.
            (Some(event), None) => is_echo(event, self.b, self.options).unwrap_or(true),
            (None, Some(event)) => is_echo(event, self.a, self.options).unwrap_or(true),
            (None, None) => same_news(self.a, self.b, self.options),
        }
    }

    fn of_one_speaker(&self) -> bool {
        self.a.origin.is_certainly(&self.b.origin)
    }

    /// Whether one speaker counts on: over periods of one start, or without saying over which, at one place.
    fn is_series(&self) -> bool {
        let starts = days(self.a).and_then(|d| d.start).zip(days(self.b).and_then(|d| d.start));
        let one_start = starts.is_some_and(|(a, b)| between(a, b).abs() <= 1);
        let unsaid = [self.a, self.b].iter().any(|s| days(s).is_none());
        let counts_on = unsaid && self.placed_alike() && self.near_size() && same_news(self.a, self.b, self.options);
        let place = matches!(self.lie, Lie::Shared | Lie::Unsaid);
        (one_start && place || counts_on) && self.of_one_speaker()
    }

    fn placed_alike(&self) -> bool {
        self.is_shared() || vaguely_placed(self.a, self.b)
    }

    /// Whether two figures of which one has no time may be one: by their place, or by their size.
    fn alike(&self) -> bool {
        let dated = days(self.a).is_some() && days(self.b).is_some();
        let zero = self.a.is_zero() || self.b.is_zero();
        dated || self.is_shared() || zero || self.agrees || self.near_size()
    }
}

/// Whether two statements were made while both were news.
pub(crate) fn same_news(a: &Statement, b: &Statement, options: &Options) -> bool {
    a.claim.reported.zip(b.claim.reported).is_none_or(|(a, b)| between(a, b).abs() <= i64::from(options.echo_days))
}

/// Whether the statement was made while an event was news; `None` where nobody knows when it was made.
pub(crate) fn is_echo(event: Days, statement: &Statement, options: &Options) -> Option<bool> {
    let said = statement.claim.reported?;
    let begun = event.start.is_none_or(|start| start <= said);
    let recent = event.end.is_none_or(|end| between(end, said) <= i64::from(options.echo_days));
    Some(begun && recent)
}

/// Whether two statements count things under one unit; what has no unit fits any.
fn same_unit(a: &Statement, b: &Statement) -> bool {
    fn unit(s: &Statement) -> Option<&str> {
        s.claim.quantity.as_ref()?.unit.as_deref()
    }
    unit(a).zip(unit(b)).is_none_or(|(a, b)| a == b)
}

/// Whether the indicator is of a state that lasts, and that every statement describes as of its day.
pub(crate) fn lasts(indicator: &str) -> bool {
    matches!(indicator, "forces.present" | "territory.held")
}

/// Whether the count of an indicator within one event only ever rises as more becomes known.
pub(crate) fn is_toll(indicator: &str) -> bool {
    matches!(family(indicator), "casualties" | "people" | "prisoners") || indicator == "equipment.destroyed"
}

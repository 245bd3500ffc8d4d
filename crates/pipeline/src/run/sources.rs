//! Who was read, who was quoted, who fell silent and who is new.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use recoup_model::{Claim, Period, PeriodLength, Reliability, SourceState, Theatre, fold, slug};

use super::outcome::Reconciled;
use crate::Pipeline;

/// A source that spoke in so many periods in a row is expected in the next.
const IN_A_ROW: usize = 3;

/// In a period that holds so many of its usual intervals, a source is expected.
const INTERVALS: f64 = 2.0;

/// The outlets that print, then the origins that are quoted, each by id.
pub(crate) fn states(heard: &[Word<'_>], pipeline: &Pipeline, period: Period) -> Vec<SourceState> {
    let theatre = &pipeline.theatre;
    let first = heard.iter().filter(|word| word.role == Role::Outlet).filter_map(|word| word.day).min();
    let times = Times { now: period, before: before(pipeline.period, period), first };
    voices(heard).into_iter().map(|(role, voice)| voice.state(role, &times, theatre)).collect()
}

/// Once that a source was heard: a document of an outlet, or a claim of an origin.
pub(crate) struct Word<'d> {
    role: Role,
    id: String,
    name: &'d str,
    day: Option<Date>,
}

/// Tells who was heard by the spellings of a theatre.
pub(crate) struct Ears<'t>(BTreeMap<String, &'t str>);

impl<'t> Ears<'t> {
    /// Those of a theatre.
    pub(crate) fn of(theatre: &'t Theatre) -> Self {
        let names = theatre.sources.iter().flat_map(|source| {
            let names = source.names.iter().chain(&source.name).chain(&source.name_fr);
            names.map(|name| (fold(name), source.id.as_str()))
        });
        Ears(names.collect())
    }

    /// An outlet printed something on a day.
    pub(crate) fn outlet<'d>(&self, name: &'d str, day: Option<Date>) -> Word<'d> {
        let id = self.0.get(&fold(name)).map_or_else(|| slug(name), |id| (*id).to_owned());
        Word { role: Role::Outlet, id, name, day }
    }

    /// An origin was quoted on a day.
    pub(crate) fn origin<'d>(&self, id: &str, name: &'d str, day: Option<Date>) -> Word<'d> {
        Word { role: Role::Origin, id: id.to_owned(), name, day }
    }
}

/// Everyone who was heard in what is known.
pub(crate) fn heard<'d>(known: &'d Reconciled, theatre: &Theatre) -> Vec<Word<'d>> {
    let ears = Ears::of(theatre);
    let days: BTreeMap<&str, Option<Date>> =
        known.documents.iter().map(|d| (d.id.as_str(), d.published.map(|p| p.date))).collect();
    let day = |id: &str| days.get(id).copied().flatten();
    let printed = known.documents.iter().filter_map(|d| Some(ears.outlet(d.outlet.as_deref()?, day(&d.id))));
    let said = |claim: &'d Claim| claim.sources.iter().map(move |source| (claim, source));
    let quoted = known.claims.iter().flat_map(said).map(|(c, s)| ears.origin(&s.id, &s.name, day(&c.document)));
    printed.chain(quoted).collect()
}

/// What a source is heard as; they are told in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Outlet,
    Origin,
}

/// Everyone who was heard, in the order in which they are told.
fn voices<'d>(heard: &[Word<'d>]) -> Vec<(Role, Voice<'d>)> {
    let mut voices: BTreeMap<(Role, &str), Voice<'d>> = BTreeMap::new();
    for word in heard {
        let voice = || Voice { id: word.id.clone(), name: word.name, days: Vec::new() };
        voices.entry((word.role, &word.id)).or_insert_with(voice).days.push(word.day);
    }
    voices.into_iter().map(|((role, _), voice)| (role, voice)).collect()
}

/// The times at which sources are looked for.
struct Times {
    now: Period,
    /// The periods before, the latest first.
    before: Vec<Period>,
    /// The first day on which anything was published.
    first: Option<Date>,
}

/// The periods before `now`, the latest first.
fn before(length: PeriodLength, now: Period) -> Vec<Period> {
    let before = |period: &Period| length.ending(length.previous(period.end)?);
    std::iter::successors(before(&now), before).take(IN_A_ROW).collect()
}

/// One source in one role, with the day of each of its documents or claims.
struct Voice<'d> {
    id: String,
    name: &'d str,
    days: Vec<Option<Date>>,
}

impl Voice<'_> {
    fn state(self, role: Role, times: &Times, theatre: &Theatre) -> SourceState {
        let known = theatre.source(&self.id);
        let days: BTreeSet<Date> = self.days.iter().flatten().copied().collect();
        let rhythm_days = rhythm(&days);
        let in_period = self.within(times.now);
        let dated = self.days.iter().all(Option::is_some);
        SourceState {
            name: known.and_then(|source| source.name.clone()).unwrap_or_else(|| self.name.to_owned()),
            reliability: known.and_then(|source| source.reliability).unwrap_or(Reliability::F),
            role: match role {
                Role::Outlet => "outlet".to_owned(),
                Role::Origin => "origin".to_owned(),
            },
            total: self.days.len(),
            in_period,
            in_previous: times.before.first().map_or(0, |period| self.within(*period)),
            newest: days.last().copied(),
            rhythm_days,
            missing: in_period == 0 && self.is_expected(rhythm_days, times),
            new: dated
                && days.first().is_some_and(|first| times.now.contains(*first))
                && times.first.is_some_and(|first| first < times.now.start),
            id: self.id,
        }
    }

    fn within(&self, period: Period) -> usize {
        self.days.iter().flatten().filter(|day| period.contains(**day)).count()
    }

    fn is_expected(&self, rhythm: Option<f64>, times: &Times) -> bool {
        let often = rhythm.is_some_and(|days| f64::from(times.now.days()) >= INTERVALS * days);
        let always = times.before.len() == IN_A_ROW && times.before.iter().all(|period| self.within(*period) > 0);
        often || always
    }
}

/// The median of the days between one day and the next, where there are three days at least.
fn rhythm(days: &BTreeSet<Date>) -> Option<f64> {
    let following = days.iter().zip(days.iter().skip(1));
    let mut gaps: Vec<i32> = following.filter_map(|(a, b)| Some(a.until(*b).ok()?.get_days())).collect();
    if gaps.len() < 2 {
        return None;
    }
    gaps.sort_unstable();
    let (low, high) = (gaps[(gaps.len() - 1) / 2], gaps[gaps.len() / 2]);
    Some((f64::from(low) + f64::from(high)) / 2.0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// Days heard | period | cut-off | what is told.
    const CASES: &str = "
12-20 12-22 12-24 12-27 | 1 week | 12-29 | heard 2 before 2, every 2
12-20 12-22 12-24 12-27 | 1 week | 01-05 | heard 0 before 2, every 2, missing
12-20 12-22 12-24 12-27 | 3 days | 12-30 | heard 0 before 1, every 2, missing
12-20 12-22 12-24 | 3 days | 12-30 | heard 0 before 0, every 2
12-20 12-22 12-24 | week | 12-31 | heard 0 before 1, every 2
12-20 12-22 12-24 | week | 01-02 | heard 0 before 1, every 2, missing
12-01 12-01 12-02 | 1 week | 12-09 | heard 0 before 3
12-01 12-08 12-15 12-16 12-17 | 1 week | 12-31 | heard 0 before 0, every 4
12-05 12-15 12-25 | week | 01-04 | heard 0 before 1, every 10
12-05 12-12 12-19 | week | 12-29 | heard 0 before 1, every 7, missing
12-05 12-12 | week | 12-22 | heard 0 before 1
12-20 | 1 week | 12-22 | heard 1 before 0, new
12-20 ? | 1 week | 12-22 | heard 1 before 0
? | 1 week | 12-22 | heard 0 before 0
12-01 | 1 week | 12-03 | heard 1 before 0
";

    #[test]
    fn a_source_falls_silent_by_its_own_rhythm() {
        let day = |text: &str| {
            let year = if text.starts_with("01") { 2025 } else { 2024 };
            format!("{year}-{text}").parse::<Date>().unwrap()
        };
        for case in CASES.lines().filter(|line| !line.is_empty()) {
            let cells: Vec<&str> = case.split(" | ").collect();
            let [days, length, cut_off, want] = cells[..] else { panic!("{case}") };
            let days = days.split(' ').map(|text| (text != "?").then(|| day(text))).collect();
            let length: PeriodLength = length.parse().unwrap();
            let now = length.ending(day(cut_off)).unwrap();
            let times = Times { now, before: before(length, now), first: Some(day("12-01")) };
            let voice = Voice { id: "post".to_owned(), name: "Post", days };
            let state = voice.state(Role::Outlet, &times, &Theatre::default());
            let rhythm = state.rhythm_days.map(|days| format!(", every {days}")).unwrap_or_default();
            let [missing, new] =
                [(state.missing, ", missing"), (state.new, ", new")].map(|(is, word)| if is { word } else { "" });
            let told = format!("heard {} before {}{rhythm}{missing}{new}", state.in_period, state.in_previous);
            assert_eq!(told, want, "{case}");
        }
    }
}

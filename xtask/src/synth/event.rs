//! What happened: the questions of a world, each with its true answer.
//!
//! A group is one family of indicators, one subject and one object. Its events are told apart by place and time, or lie
//! within each other: a day in a village within a week in its district within a month in its region. What holds a
//! smaller scope has a clearly larger figure.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use recoup_model::{Measure, Precision};

use super::cast::{Cast, Region, Spot};
use super::random::Random;

/// The first month of the world, and how many there are.
const FIRST: Date = Date::constant(2023, 1, 1);
const MONTHS: i64 = 24;

/// No group holds more claims.
pub(super) const LARGEST: usize = 400;

/// Most groups hold few claims; this is the least.
const SMALLEST: usize = 3;

/// What is counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Family {
    Casualties,
    Displaced,
    Forces,
    Prisoners,
    Equipment,
}

const FAMILIES: [Family; 5] =
    [Family::Casualties, Family::Displaced, Family::Forces, Family::Prisoners, Family::Equipment];
const WEIGHTS: [f64; 5] = [45.0, 15.0, 20.0, 10.0, 10.0];

/// Questions on one family, subject and object.
#[derive(Debug)]
pub(super) struct Group {
    /// Places in [`Cast::states`].
    pub(super) subject: usize,
    pub(super) object: Option<usize>,
    pub(super) civilian: Option<bool>,
    pub(super) unit: &'static str,
    pub(super) events: Vec<Event>,
    /// About how many claims are made on it.
    pub(super) budget: usize,
}

/// One scope and what is counted in it.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) place: Spot,
    pub(super) start: Date,
    pub(super) end: Date,
    pub(super) measure: Option<Measure>,
    pub(super) questions: Vec<Question>,
    /// The event of the group whose scope holds this one.
    pub(super) within: Option<usize>,
}

/// One indicator of an event with the true value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Question {
    pub(super) indicator: &'static str,
    pub(super) value: i64,
}

/// Draws groups, no key of them twice.
#[derive(Debug)]
pub(super) struct Groups {
    taken: BTreeSet<(Family, usize, Option<usize>)>,
    /// Whether only movements have an object: articles do not say who fought whom.
    flows_only: bool,
}

impl Groups {
    pub(super) fn new(flows_only: bool) -> Self {
        Groups { taken: BTreeSet::new(), flows_only }
    }

    /// The next group; `None` where all keys are used up.
    pub(super) fn draw(&mut self, cast: &Cast, most: usize, random: &mut Random) -> Option<Group> {
        let key = (0..2000).map(|_| self.key(cast.states.len(), random)).find(|key| !self.taken.contains(key))?;
        self.taken.insert(key);
        let (family, subject, object) = key;
        let budget = random.heavy(SMALLEST, LARGEST).min(most);
        let civilian = match family {
            Family::Casualties => Some(random.chance(0.3)),
            Family::Displaced => Some(true),
            Family::Forces | Family::Prisoners => Some(false),
            Family::Equipment => None,
        };
        let unit = match family {
            Family::Equipment => *random.pick(&["vehicle", "aircraft"]),
            _ => "person",
        };
        let mut group = Group { subject, object, civilian, unit, events: Vec::new(), budget };
        group.fill(family, cast, random);
        Some(group)
    }

    /// A family and subject either always have an object or never: what names none could else be meant for any.
    fn key(&self, states: usize, random: &mut Random) -> (Family, usize, Option<usize>) {
        let family = FAMILIES[random.weighted(&WEIGHTS)];
        let subject = random.below(states);
        let has_object = match family {
            Family::Forces => true,
            Family::Displaced => false,
            Family::Casualties | Family::Prisoners | Family::Equipment => {
                !self.flows_only && (subject + family as usize).is_multiple_of(2)
            }
        };
        let object = (subject + 1 + random.below(states - 1)) % states;
        (family, subject, has_object.then_some(object))
    }
}

impl Group {
    /// Adds events until there are enough for the claims that are to be made.
    fn fill(&mut self, family: Family, cast: &Cast, random: &mut Random) {
        let wanted = 1 + self.budget / random.between(6, 30) as usize;
        if family == Family::Forces
            && let Some(object) = self.object.filter(|_| random.chance(0.5))
        {
            self.add_movements(&cast.states[object].country, random);
        }
        let mut slots: Vec<(usize, i64)> = Vec::new();
        // A presence is a reading of any day: two of one place would be one question.
        let months = if family == Family::Forces { 1 } else { MONTHS };
        for region in 0..cast.regions.len() {
            slots.extend((0..months).map(|month| (region, month)));
        }
        random.shuffle(&mut slots);
        for (region, month) in slots {
            if self.events.len() >= wanted {
                break;
            }
            self.add_campaign(family, &cast.regions[region], month, random);
        }
        // A small group asks one thing, which then needs no words of place or time to be told from another.
        if wanted == 1 {
            let kept = self.events.swap_remove(random.below(self.events.len()));
            self.events = vec![Event { within: None, ..kept }];
        }
    }

    /// What was sent to a country: some weeks, and the total since the first of them.
    fn add_movements(&mut self, country: &Spot, random: &mut Random) {
        let mut day = add(FIRST, random.between(30, 200).days());
        let start = day;
        let mut sum = 0;
        let weeks = random.between(1, 4);
        let total = self.events.len() + weeks as usize;
        for _ in 0..weeks {
            let value = random.heavy(300, 4000) as i64;
            let event = Event {
                place: country.clone(),
                start: day,
                end: add(day, 6.days()),
                measure: Some(Measure::Increment),
                questions: vec![Question { indicator: "forces.sent", value }],
                within: Some(total),
            };
            (sum, day) = (sum + value, add(day, random.between(35, 60).days()));
            self.events.push(event);
        }
        let value = scaled(sum, random.within(1.8, 2.6));
        self.events.push(Event {
            place: country.clone(),
            start: add(start, (-20).days()),
            end: add(day, 30.days()),
            measure: Some(Measure::Cumulative),
            questions: vec![Question { indicator: "forces.sent", value }],
            within: None,
        });
    }

    /// What happened in a region in a month: on days in villages, in a week in each district, and in all.
    fn add_campaign(&mut self, family: Family, region: &Region, month: i64, random: &mut Random) {
        let first = add(FIRST, month.months());
        let mut weeks = [0, 7, 14, 21];
        random.shuffle(&mut weeks);
        let wounded = random.within(1.4, 3.5);
        let mut drawn: Vec<Event> = Vec::new();
        let mut all = 0;
        // Where the districts stand among those drawn, with their villages before them.
        let mut under_region = Vec::new();
        for ((district, villages), week) in region.districts.iter().zip(weeks) {
            let (from, mut sum, mut under) = (add(first, week.days()), 0, Vec::new());
            for village in villages.iter().take(random.below(villages.len() + 1)) {
                let day = add(from, random.between(0, 5).days());
                let end = if random.chance(0.25) { add(day, 1.days()) } else { day };
                let count = random.heavy(8, 160) as i64;
                sum += count;
                under.push(drawn.len());
                drawn.push(event(family, village, (day, end), count, wounded, random));
            }
            let count = scaled(sum, random.within(1.7, 2.5)) + random.between(8, 20);
            all += count;
            if random.chance(0.5) {
                for at in under.drain(..) {
                    drawn[at].within = Some(drawn.len());
                }
                under_region.push(drawn.len());
                drawn.push(event(family, district, (from, add(from, 6.days())), count, wounded, random));
            }
            under_region.append(&mut under);
        }
        if random.chance(0.6) {
            for at in under_region {
                drawn[at].within = Some(drawn.len());
            }
            let count = scaled(all, random.within(1.7, 2.5));
            drawn.push(event(family, &region.spot, (first, first.last_of_month()), count, wounded, random));
        }
        let before = self.events.len();
        for event in &mut drawn {
            event.within = event.within.map(|at| at + before);
        }
        self.events.append(&mut drawn);
    }
}

fn event(
    family: Family,
    place: &Spot,
    (start, end): (Date, Date),
    count: i64,
    wounded: f64,
    random: &mut Random,
) -> Event {
    let question = |indicator, value| Question { indicator, value };
    let hurt = scaled(count, wounded);
    let (killed, hurt, both) = (
        question("casualties.killed", count),
        question("casualties.wounded", hurt),
        question("casualties.killed_or_wounded", count + hurt),
    );
    let questions = match family {
        Family::Casualties => match random.weighted(&[40.0, 15.0, 25.0, 20.0]) {
            0 => vec![killed],
            1 => vec![hurt],
            2 => vec![killed, hurt],
            _ => vec![both],
        },
        Family::Displaced => vec![question("people.displaced", count * 40)],
        Family::Forces => vec![question("forces.present", count * 20)],
        Family::Prisoners => vec![question("prisoners.captured", count)],
        Family::Equipment => vec![question("equipment.destroyed", count / 2 + 6)],
    };
    let start = if family == Family::Forces { end } else { start };
    let measure = match (family, place.precision) {
        (Family::Forces, _) => Some(Measure::Stock),
        (_, Precision::Region) => Some(Measure::Cumulative),
        _ => Some(Measure::Increment).filter(|_| random.chance(0.7)),
    };
    Event { place: place.clone(), start, end, measure, questions, within: None }
}

fn scaled(count: i64, by: f64) -> i64 {
    (count as f64 * by).round() as i64
}

/// The world lies far from the ends of the calendar.
pub(super) fn add(day: Date, span: Span) -> Date {
    day.saturating_add(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_that_hold_another_count_more_and_lie_around_it() {
        let mut random = Random::new(3);
        let cast = Cast::draw(8, 12, &mut random);
        let mut groups = Groups::new(false);
        let mut nested = 0;
        for _ in 0..60 {
            let Some(group) = groups.draw(&cast, LARGEST, &mut random) else { break };
            for event in &group.events {
                let Some(outer) = event.within.map(|at| &group.events[at]) else { continue };
                nested += 1;
                assert!(cast.theatre.lies_within(&event.place.id, &outer.place.id));
                let reading = event.measure == Some(Measure::Stock);
                assert!(reading || outer.start <= event.start && event.end <= outer.end, "{event:?} in {outer:?}");
                for question in &event.questions {
                    let same = outer.questions.iter().find(|q| q.indicator == question.indicator);
                    assert!(same.is_none_or(|q| q.value * 2 > question.value * 3), "{event:?} in {outer:?}");
                }
            }
        }
        assert!(nested > 50, "{nested}");
    }
}

//! A set: a theatre, and group by group what happened and what was written about it.

use super::article::Article;
use super::cast::Cast;
use super::coverage::Coverage;
use super::event::{Event, Group, Groups, LARGEST};
use super::random::Random;
use super::truth::Identity;

/// What a set is made of, which decides what its size counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Claims on the wire.
    Claims,
    /// Whole articles.
    Articles,
}

/// Claims on an event, where its group has so many.
const LEAST: usize = 4;

/// Draws a set of a size.
pub(super) struct Set {
    pub(super) cast: Cast,
    kind: Kind,
    left: usize,
    groups: Groups,
    number: usize,
    random: Random,
}

/// A group with the articles on each of its events.
pub(super) struct Told {
    number: usize,
    pub(super) group: Group,
    /// Place of the event among those of the group, and the articles on it.
    pub(super) coverage: Vec<(usize, Vec<Article>)>,
}

impl Set {
    pub(super) fn new(kind: Kind, seed: u64, size: usize) -> Set {
        let mut random = Random::new(seed);
        // Groups are told apart by subject and object: their number grows with the square of that of the states.
        let states = match kind {
            Kind::Claims => 8 + (size / 15).isqrt(),
            Kind::Articles => 6 + size.isqrt() / 2,
        };
        let outlets = (24 + size.isqrt() / 4).min(200);
        let cast = Cast::draw(states, outlets, &mut random);
        Set { cast, kind, left: size, groups: Groups::new(kind == Kind::Articles), number: 0, random }
    }

    /// The next group; `None` where the set is full, or there is nobody left to write about.
    pub(super) fn next_group(&mut self) -> Option<Told> {
        if self.left == 0 {
            return None;
        }
        let most = if self.kind == Kind::Claims { self.left.min(LARGEST) } else { LARGEST };
        let group = self.groups.draw(&self.cast, most, &mut self.random)?;
        let mut order: Vec<usize> = (0..group.events.len()).collect();
        self.random.shuffle(&mut order);
        let (mut budget, mut coverage) = (group.budget, Vec::new());
        for (at, event) in order.iter().enumerate() {
            if budget == 0 || self.left == 0 {
                break;
            }
            let last = at + 1 == order.len();
            let share = if last { budget } else { self.random.heavy(LEAST.min(budget), budget) };
            let mut articles = Coverage::draw(&self.cast, &group, &group.events[*event], share, &mut self.random);
            if self.kind == Kind::Articles {
                articles.truncate(self.left);
            }
            let claims: usize = articles.iter().map(|article| article.statements.len()).sum();
            budget -= claims.min(budget);
            self.left -= match self.kind {
                Kind::Claims => claims.min(self.left),
                Kind::Articles => articles.len(),
            };
            coverage.push((*event, articles));
        }
        self.number += 1;
        Some(Told { number: self.number, group, coverage })
    }
}

impl Told {
    /// What names the question of an event in the truth.
    pub(super) fn identity<'t>(&'t self, cast: &'t Cast, event: usize, indicator: &str) -> Identity<'t> {
        let subject = cast.states[self.group.subject].id.as_str();
        let object = self.group.object.map(|at| cast.states[at].id.as_str());
        let covered = |at: usize| self.coverage.iter().any(|(event, _)| *event == at);
        let asked = |event: &Event| event.questions.iter().any(|question| question.indicator == indicator);
        let outer = self.group.events[event].within.filter(|at| covered(*at) && asked(&self.group.events[*at]));
        Identity {
            id: self.id(event, indicator),
            subject,
            object,
            unit: self.group.unit,
            within: outer.map(|at| self.id(at, indicator)),
        }
    }

    fn id(&self, event: usize, indicator: &str) -> String {
        format!("q_{:06}_{event:03}_{indicator}", self.number)
    }
}

//! Positions: what one origin holds on a question.

use std::collections::BTreeSet;

use jiff::civil::Date;
use recoup_model::{ContentHasher, Stance};

use crate::bound::Bound;
use crate::days::Days;
use crate::origin::{Backing, Origin, Origins};
use crate::place::Area;
use crate::scope::days;
use crate::statement::Statement;

/// A position in the making.
#[derive(Debug)]
pub(crate) struct Draft<'s> {
    pub(crate) id: String,
    pub(crate) origin: Origin,
    pub(crate) statements: Vec<&'s Statement>,
    pub(crate) bound: Option<Bound>,
    pub(crate) stance: Stance,
    /// The day it was last said.
    pub(crate) reported: Option<Date>,
    /// The day it was first said.
    pub(crate) first: Option<Date>,
    /// The time of the event, as this origin gives it.
    pub(crate) days: Option<Days>,
    /// Every place that it names.
    pub(crate) areas: BTreeSet<Area>,
    /// Ids of the documents in which its claims stand, copies left out.
    pub(crate) sources: BTreeSet<&'s str>,
    /// Who stands behind it.
    pub(crate) backing: Backing,
    /// Index of the draft that replaces it.
    pub(crate) superseded_by: Option<usize>,
}

impl<'s> Draft<'s> {
    fn new(statement: &'s Statement, stance: Stance, bound: Option<Bound>) -> Self {
        Draft {
            id: String::new(),
            origin: statement.origin.clone(),
            statements: vec![statement],
            bound,
            stance,
            reported: statement.claim.reported,
            first: statement.claim.reported,
            days: days(statement),
            areas: statement.areas.iter().cloned().collect(),
            sources: BTreeSet::from([statement.claim.document.as_str()]),
            backing: Backing::default(),
            superseded_by: None,
        }
    }

    fn takes(&self, statement: &Statement, stance: Stance, bound: Option<Bound>) -> bool {
        let same_figure = self.bound.map(Bound::key) == bound.map(Bound::key);
        let same_time = bound.is_some() || self.days.zip(days(statement)).is_none_or(|(a, b)| a.meets(b));
        self.stance == stance && same_figure && self.origin.ids == statement.origin.ids && same_time
    }

    /// Whether an article says in its own voice what it quotes, with the same figure.
    fn is_repeated_by(&self, statement: &Statement, stance: Stance, bound: Option<Bound>) -> bool {
        let same_figure = bound.is_some() && self.bound.map(Bound::key) == bound.map(Bound::key);
        let quoted = !self.origin.own_voice && self.sources.contains(statement.claim.document.as_str());
        statement.origin.own_voice && same_figure && quoted && self.stance == stance
    }

    fn take(&mut self, statement: &'s Statement, bound: Option<Bound>) {
        self.statements.push(statement);
        self.sources.insert(&statement.claim.document);
        self.reported = self.reported.max(statement.claim.reported);
        self.first = self.first.into_iter().chain(statement.claim.reported).min();
        self.days = match (self.days, days(statement)) {
            (Some(a), Some(b)) => Some(a.cover(b)),
            (a, b) => a.or(b),
        };
        self.areas.extend(statement.areas.iter().cloned());
        if let (Some(mine), Some(other)) = (&mut self.bound, bound) {
            mine.approximate |= other.approximate;
        }
    }

    /// Whether it stands, and says that the thing is or will be so.
    pub(crate) fn counts(&self) -> bool {
        self.is_live() && matches!(self.stance, Stance::Asserted | Stance::Hedged | Stance::Planned)
    }

    /// Whether its figure comes on top of earlier ones: it bounds nothing and rivals nobody.
    pub(crate) fn adds(&self) -> bool {
        self.statements.iter().all(|s| s.addition)
    }

    /// Whether it counts some of those whom another speaker has counted: it bounds nobody's count of all of them.
    pub(crate) fn is_part(&self) -> bool {
        self.bound.is_some() && self.statements.iter().all(|s| s.of_a_rival)
    }

    /// Whether nothing has replaced it.
    pub(crate) fn is_live(&self) -> bool {
        self.superseded_by.is_none()
    }

    /// Ids of the claims, sorted.
    pub(crate) fn claims(&self) -> Vec<String> {
        let ids: BTreeSet<&String> = self.statements.iter().map(|s| &s.claim.id).collect();
        ids.into_iter().cloned().collect()
    }

    /// Ids of the documents that carry it, sorted.
    pub(crate) fn documents(&self) -> BTreeSet<&str> {
        self.statements.iter().flat_map(|s| &s.carried_by).map(String::as_str).collect()
    }
}

/// The positions on a question: claims of the same speakers with equal bounds and stance are one. 'None at all' is a
/// denial where others give a figure or deny.
pub(crate) fn positions<'s>(members: &[&'s Statement], origins: &Origins<'_>) -> Vec<Draft<'s>> {
    let denied = members.iter().any(|s| s.claim.stance == Stance::Denied || s.bound.is_some_and(|b| !b.is_zero()));
    let mut drafts: Vec<Draft<'s>> = Vec::new();
    // An article's own sentences come last: where they repeat the figure of whom it quotes, they are his.
    let (own, quoted): (Vec<&Statement>, Vec<&Statement>) = members.iter().partition(|s| s.origin.own_voice);
    for statement in quoted.into_iter().chain(own) {
        let (stance, bound) = match statement.claim.stance {
            Stance::Asserted if denied && statement.is_zero() => (Stance::Denied, None),
            stance => (stance, statement.bound),
        };
        let at = drafts.iter().position(|draft| draft.takes(statement, stance, bound));
        let at = at.or_else(|| drafts.iter().position(|draft| draft.is_repeated_by(statement, stance, bound)));
        match at.and_then(|at| drafts.get_mut(at)) {
            Some(draft) => draft.take(statement, bound),
            None => drafts.push(Draft::new(statement, stance, bound)),
        }
    }
    date_repeats(&mut drafts);
    let testimony = origins.testimony(members);
    for draft in &mut drafts {
        draft.backing = testimony.backing(&draft.statements);
        draft.id = draft.claims().iter().fold(ContentHasher::default(), ContentHasher::field).id("p");
    }
    drafts
}

/// A number that a speaker gave before is not news when a paper prints it again, with or without its 'at least'.
fn date_repeats(drafts: &mut [Draft<'_>]) {
    let number = |d: &Draft<'_>| d.bound.and_then(|b| b.low.or(b.high));
    let firsts: Vec<Option<Date>> = drafts
        .iter()
        .map(|d| {
            let same = |e: &&Draft<'_>| number(e) == number(d) && e.origin.is_certainly(&d.origin);
            number(d).and_then(|_| drafts.iter().filter(same).filter_map(|e| e.first).min()).or(d.first)
        })
        .collect();
    for (draft, first) in drafts.iter_mut().zip(firsts) {
        draft.first = first;
    }
}

/// How many independent origins stand behind some positions: one at least, where there are any.
pub(crate) fn independent<'d, 's: 'd>(supporting: impl IntoIterator<Item = &'d Draft<'s>>) -> usize {
    let mut any = false;
    let known = Backing::independent(supporting.into_iter().inspect(|_| any = true).map(|draft| &draft.backing));
    if any { known.max(1) } else { 0 }
}

//! Splits the statements of a group into questions: one finding answers each.
//!
//! Figures with a time come first and found the questions. Figures without one join the question that they fit best.
//! Statements without a figure follow, to the question of their time, else to one of their own document, else to the
//! latest that had begun when they were made. Refusals to confirm and plans are questions of their own: no refusal
//! lowers a figure, and no plan raises one. A withdrawal between them parts two presences. What an analyst decided goes
//! before all of this.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use recoup_model::{Stance, VERIFICATION, family};

use crate::Options;
use crate::days::{Days, between};
use crate::place::{Lie, lie};
use crate::scope::{
    Bond, KILLED, KILLED_OR_WOUNDED, bond, days, is_echo, is_event, is_reading, is_total, lasts, place_matters,
    same_news, same_people,
};
use crate::statement::Statement;
use crate::ties::Ties;

/// Days by which a plan may be late.
const DELAY: i64 = 3;

/// What was done of a plan is less than this many times more or less than the plan.
const PLANNED_ORDER: f64 = 1.5;

/// What kind of answer a question gathers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mode {
    /// Something is said to be so, or not to be so.
    Held,
    /// Something is intended.
    Planned,
    /// A party declines to confirm.
    Refused,
}

impl Mode {
    fn of(statement: &Statement) -> Self {
        match statement.claim.stance {
            Stance::Unconfirmed => Mode::Refused,
            Stance::Planned => Mode::Planned,
            _ if is_forecast(statement) => Mode::Planned,
            Stance::Asserted | Stance::Hedged | Stance::Denied => Mode::Held,
        }
    }
}

/// The statements on one question.
#[derive(Debug)]
pub(crate) struct Question<'s> {
    pub(crate) mode: Mode,
    pub(crate) indicator: &'s str,
    pub(crate) subject: Option<&'s str>,
    pub(crate) object: Option<String>,
    pub(crate) members: Vec<&'s Statement>,
}

/// What must be equal for two statements to be on one question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Topic<'s> {
    indicator: &'s str,
    subject: Option<&'s str>,
    object: Option<&'s str>,
    mode: Mode,
    episode: usize,
}

/// The questions of a group, in a fixed order.
pub(crate) fn questions<'s>(statements: &'s [Statement], ties: &Ties<'s>, options: &Options) -> Vec<Question<'s>> {
    let episodes = Episodes::of(statements, options);
    let objects = objects(statements);
    let dead = Dead::of(statements);
    let mut topics: BTreeMap<Topic<'s>, Vec<&'s Statement>> = BTreeMap::new();
    for statement in statements {
        let tied = ties.tied(statement);
        let lead = tied.first().copied().unwrap_or(statement);
        let claim = &lead.claim;
        let key = (claim.indicator.as_str(), claim.subject.as_deref());
        let known = objects.get(&key);
        let sole = known.filter(|set| set.len() == 1).and_then(|set| set.first().copied());
        let topic = Topic {
            indicator: if dead.are_meant(lead) { KILLED } else { key.0 },
            subject: key.1,
            object: claim.object.as_deref().or(sole),
            // Where a thing is said to be so, a plan or a refusal merged with it is about that.
            mode: tied.iter().map(|s| Mode::of(s)).find(|mode| *mode == Mode::Held).unwrap_or(Mode::of(lead)),
            episode: episodes.number(lead),
        };
        topics.entry(topic).or_default().push(statement);
    }
    let mut questions: Vec<(Topic<'s>, Question<'s>)> = Vec::new();
    for (topic, members) in topics {
        for members in split(&members, topic.mode, ties, options) {
            let question = Question {
                mode: topic.mode,
                indicator: topic.indicator,
                subject: topic.subject,
                object: topic.object.map(str::to_owned),
                members,
            };
            questions.push((topic.clone(), question));
        }
    }
    let settled = fulfil(reserve(questions, ties), ties).into_iter().map(|(_, question)| question);
    settled.filter(|question| !question.members.is_empty()).collect()
}

/// Losses of which nobody gives a figure, where figures are given of the dead: who denies losses denies these.
struct Dead<'s> {
    counted: BTreeMap<Option<&'s str>, Vec<&'s Statement>>,
    losses: BTreeSet<Option<&'s str>>,
}

impl<'s> Dead<'s> {
    fn of(statements: &'s [Statement]) -> Self {
        let figures = |indicator: &'static str| {
            statements.iter().filter(move |s| s.bound.is_some() && s.claim.indicator == indicator)
        };
        let mut counted: BTreeMap<Option<&str>, Vec<&Statement>> = BTreeMap::new();
        for statement in figures(KILLED) {
            counted.entry(statement.claim.subject.as_deref()).or_default().push(statement);
        }
        Dead { counted, losses: figures(KILLED_OR_WOUNDED).map(|s| s.claim.subject.as_deref()).collect() }
    }

    fn are_meant(&self, losses: &Statement) -> bool {
        let subject = losses.claim.subject.as_deref();
        let unsaid = losses.claim.indicator == KILLED_OR_WOUNDED && losses.bound.is_none();
        let denied = matches!(losses.claim.stance, Stance::Denied | Stance::Unconfirmed);
        unsaid
            && denied
            && !self.losses.contains(&subject)
            && self.counted.get(&subject).into_iter().flatten().any(|s| {
                let time = days(s).zip(days(losses)).is_none_or(|(a, b)| a.meets(b));
                time && same_people(s, losses) && lie(&s.areas, &losses.areas) != Lie::Apart
            })
    }
}

/// Indicator and subject -> the objects named.
fn objects(statements: &[Statement]) -> BTreeMap<(&str, Option<&str>), BTreeSet<&str>> {
    let mut objects: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for claim in statements.iter().map(|s| &s.claim) {
        let key = (claim.indicator.as_str(), claim.subject.as_deref());
        objects.entry(key).or_default().extend(claim.object.as_deref());
    }
    objects
}

/// Refusals join what they refuse to confirm where nobody asserts it, or where who refused speaks himself later on;
/// elsewhere they stay a question beside it.
fn reserve<'s>(mut questions: Vec<(Topic<'s>, Question<'s>)>, ties: &Ties<'s>) -> Vec<(Topic<'s>, Question<'s>)> {
    let asserted = |q: &Question<'_>| q.members.iter().any(|s| s.claim.stance == Stance::Asserted);
    for at in (0..questions.len()).rev() {
        if questions[at].1.mode != Mode::Refused {
            continue;
        }
        let all = held(&questions, at);
        let refusals = std::mem::take(&mut questions[at].1.members);
        for refusal in refusals {
            // Refusals that were merged stay with each other.
            let free =
                |to: &usize| ties.tied(refusal).is_empty() && !ties.part_from(refusal, &questions[*to].1.members);
            let held: Vec<usize> = all.iter().copied().filter(free).collect();
            let sole = held.first().filter(|only| held.len() == 1 && !asserted(&questions[**only].1));
            let speaks = |to: &&usize| questions[**to].1.members.iter().any(|s| gives_up(s, refusal));
            let loss = matches!(family(&refusal.claim.indicator), "casualties" | "prisoners");
            let concerns = |to: &&usize| loss && questions[**to].1.members.iter().any(|s| concerns(refusal, s));
            let to = sole.or_else(|| held.iter().find(speaks)).or_else(|| held.iter().rev().find(concerns));
            let to = to.copied().unwrap_or(at);
            questions[to].1.members.push(refusal);
        }
    }
    questions
}

/// Whether who refused to confirm says it himself, on the same event.
fn gives_up(statement: &Statement, refusal: &Statement) -> bool {
    let later = statement.claim.reported.zip(refusal.claim.reported).is_some_and(|(said, refused)| said >= refused);
    let same_time = days(statement).zip(days(refusal)).is_none_or(|(a, b)| a.meets(b));
    let said = matches!(statement.claim.stance, Stance::Asserted | Stance::Hedged) && statement.bound.is_some();
    said && later && same_time && statement.origin.is_certainly(&refusal.origin) && same_people(statement, refusal)
}

/// Whether who keeps silent on losses is asked about this figure of them.
fn concerns(refusal: &Statement, statement: &Statement) -> bool {
    let same_time = match (days(statement), days(refusal)) {
        (Some(a), Some(b)) => a.meets(b),
        // Losses of no day in particular are all of them, or those that the article speaks of.
        (None, None) => true,
        (_, None) => statement.claim.document == refusal.claim.document,
        _ => false,
    };
    statement.bound.is_some() && same_time && same_people(statement, refusal)
}

/// Whether it says what will be.
pub(crate) fn is_forecast(statement: &Statement) -> bool {
    let start = days(statement).and_then(|d| d.start);
    statement.claim.stance == Stance::Planned
        || start.zip(statement.claim.reported).is_some_and(|(start, said)| said < start)
            && statement.claim.stance == Stance::Hedged
}

/// A plan with a figure joins what was done of it: announced three hundred, handed over two hundred and seventy-seven.
fn fulfil<'s>(mut questions: Vec<(Topic<'s>, Question<'s>)>, ties: &Ties<'s>) -> Vec<(Topic<'s>, Question<'s>)> {
    for at in (0..questions.len()).rev() {
        let plan = &questions[at].1.members;
        if questions[at].1.mode != Mode::Planned || !plan.iter().any(|s| s.bound.is_some()) {
            continue;
        }
        let done = held(&questions, at).into_iter().find(|to| {
            let done = &questions[*to].1.members;
            let parted = plan.iter().any(|p| ties.part_from(p, done));
            !parted && plan.iter().any(|p| done.iter().any(|d| carries_out(d, p)))
        });
        if let Some(to) = done {
            let plan = std::mem::take(&mut questions[at].1.members);
            questions[to].1.members.extend(plan);
        }
    }
    questions
}

/// Whether a statement says that what was planned has been done: after the plan, within its time, in its order of size.
pub(crate) fn carries_out(done: &Statement, plan: &Statement) -> bool {
    // Where nobody knows when it was said, the day on which it was done tells.
    let day = done.claim.reported.or_else(|| days(done).and_then(|days| days.start));
    let later = day.zip(plan.claim.reported).is_some_and(|(done, planned)| planned < done);
    let in_time = days(done).zip(days(plan)).is_some_and(|(done, plan)| done.gap(plan) <= DELAY);
    let size = done.bound.zip(plan.bound).is_some_and(|(a, b)| a.ratio(b) < PLANNED_ORDER);
    let place = lie(&done.areas, &plan.areas) != Lie::Apart || !place_matters(&done.claim.indicator);
    done.claim.stance == Stance::Asserted && later && in_time && size && place && same_people(done, plan)
}

/// The questions of the same topic on which something is held.
fn held(questions: &[(Topic<'_>, Question<'_>)], at: usize) -> Vec<usize> {
    let Topic { indicator, subject, object, .. } = questions[at].0;
    let same = |t: &Topic<'_>| (t.indicator, t.subject, t.object) == (indicator, subject, object);
    (0..questions.len()).filter(|i| same(&questions[*i].0) && questions[*i].1.mode == Mode::Held).collect()
}

/// Presences are told apart by the withdrawals between them.
struct Episodes {
    breaks: BTreeMap<Option<String>, Vec<Date>>,
}

impl Episodes {
    fn of(statements: &[Statement], options: &Options) -> Self {
        let mut breaks: BTreeMap<Option<String>, Vec<Date>> = BTreeMap::new();
        for statement in statements {
            let said = matches!(statement.claim.stance, Stance::Asserted | Stance::Hedged);
            if said
                && statement.claim.indicator == "forces.withdrawn"
                && let Some(from) = days(statement).and_then(|d| d.start)
            {
                breaks.entry(statement.claim.subject.clone()).or_default().push(from);
            }
        }
        for dates in breaks.values_mut() {
            dates.sort();
            // Two dates for one withdrawal are one break.
            dates.dedup_by(|later, earlier| between(*earlier, *later) <= i64::from(options.date_gap_days));
        }
        Episodes { breaks }
    }

    fn number(&self, statement: &Statement) -> usize {
        if statement.claim.indicator != "forces.present" {
            return 0;
        }
        let about = days(statement).and_then(|d| d.end.or(d.start)).or(statement.claim.reported);
        let breaks = self.breaks.get(&statement.claim.subject);
        about.zip(breaks).map_or(0, |(day, breaks)| breaks.iter().filter(|from| **from <= day).count())
    }
}

fn split<'s>(members: &[&'s Statement], mode: Mode, ties: &Ties<'s>, options: &Options) -> Vec<Vec<&'s Statement>> {
    let mut ordered = members.to_vec();
    // A stable sort: equals keep the order of `prepare`.
    ordered.sort_by_key(|s| (s.bound.is_none(), s.claim.part_of.is_some(), days(s).is_none(), days(s)));
    let mut questions: Vec<Vec<&Statement>> = Vec::new();
    for statement in ordered {
        if let Some(home) = questions.iter_mut().find(|q| q.iter().any(|member| ties.tie_up(statement, member))) {
            home.push(statement);
            continue;
        }
        let may = |question: &[&Statement]| {
            let fits = mode == Mode::Refused || fits(statement, question, ties, options);
            fits && !ties.part_from(statement, question)
        };
        let fits = questions.iter().enumerate().filter(|(_, question)| may(question));
        match fits.max_by_key(|(at, q)| (affinity(statement, q, options), Reverse(*at))).map(|(at, _)| at) {
            Some(at) => questions[at].push(statement),
            None => questions.push(vec![statement]),
        }
    }
    questions
}

fn fits(statement: &Statement, question: &[&Statement], ties: &Ties<'_>, options: &Options) -> bool {
    if statement.bound.is_none() {
        return joins(statement, question, options);
    }
    let figures: Vec<&&Statement> = question.iter().filter(|s| s.bound.is_some()).collect();
    let mut firm = false;
    let bonds: Vec<(&Statement, Bond)> = figures.iter().map(|f| (**f, bond(statement, f, options))).collect();
    // What fits one of several merged figures fits them all.
    let tied = |figure| bonds.iter().any(|(other, bond)| *bond == Bond::Firm && ties.tie_up(figure, other));
    for (figure, bond) in &bonds {
        match bond {
            Bond::Apart if !tied(figure) => return false,
            Bond::Apart => {}
            Bond::Loose => {}
            Bond::Firm => firm = true,
        }
    }
    if !firm {
        return false;
    }
    // A part is no answer to the question of its whole, but may repeat or go on with what others say of it, and is a
    // rival of a whole that somebody else has counted.
    let Some(whole) = statement.claim.part_of.as_ref() else { return true };
    let agrees = |s: &Statement| s.bound.zip(statement.bound).is_some_and(|(a, b)| a.agrees(b, options.band()));
    match figures.iter().find(|s| s.claim.id == *whole) {
        Some(_) => statement.of_a_rival,
        None => figures.iter().any(|s| agrees(s) || counts_on(s, statement)),
    }
}

/// Whether the part goes on with a count of its own place: 48 at the village, then 61.
fn counts_on(count: &Statement, part: &Statement) -> bool {
    let event = days(count).is_some() && days(count) == days(part);
    let people = count.claim.civilian == part.claim.civilian;
    let place = lie(&count.areas, &part.areas) == Lie::Shared;
    part.part_elsewhere && event && people && place && count.origin.is_certainly(&part.origin)
}

/// Whether a statement without a figure belongs to the question.
fn joins(statement: &Statement, question: &[&Statement], options: &Options) -> bool {
    if !question.iter().all(|s| same_people(statement, s)) || !placed(statement, question) {
        return false;
    }
    if statement.claim.indicator == VERIFICATION {
        return question.iter().all(|s| same_news(statement, s, options));
    }
    match days(statement) {
        Some(time) => {
            question.iter().all(|s| days(s).is_none_or(|other| dated_fits(statement, s, other, time, options)))
        }
        None => undated_fits(statement, question, options),
    }
}

fn placed(statement: &Statement, question: &[&Statement]) -> bool {
    let indicator = &statement.claim.indicator;
    let apart = |s: &&Statement| match lie(&statement.areas, &s.areas) {
        Lie::Apart => true,
        // Which village was taken is the question; how a denial words the country is not.
        Lie::Unknown => indicator.starts_with("territory."),
        _ => false,
    };
    !place_matters(indicator) || !question.iter().any(apart)
}

fn dated_fits(statement: &Statement, member: &Statement, other: Days, time: Days, options: &Options) -> bool {
    match member.bound {
        // Signed in June and in force in December, it is one agreement.
        _ if statement.stage || member.stage => true,
        Some(_) if is_event(member) => other.meets(time),
        Some(_) if is_total(member) => time.start.zip(other.end).is_none_or(|(start, end)| start <= end),
        Some(_) => true,
        // Ground that is held is held on between two reports of it.
        None => member.claim.indicator == "territory.held" || time.gap(other) <= i64::from(options.date_gap_days),
    }
}

fn undated_fits(statement: &Statement, question: &[&Statement], options: &Options) -> bool {
    let figures = || question.iter().filter(|s| s.bound.is_some());
    let momentary = figures().any(|s| is_event(s)) && !figures().any(|s| is_total(s) || is_reading(s));
    // What was said before a reading is an earlier state of the same thing.
    let lasting = lasts(&statement.claim.indicator) || figures().any(|s| is_reading(s));
    question.iter().filter_map(|s| days(s).map(|time| (s, time))).all(|(s, time)| {
        if s.stage || statement.stage {
            return true;
        }
        let begun = time.start.zip(statement.claim.reported).is_none_or(|(start, said)| start <= said);
        (begun || lasting) && (!(momentary && is_event(s)) || is_echo(time, statement, options).unwrap_or(true))
    })
}

/// How well a statement fits a question that it may belong to; the greatest wins. A denial goes where there is something
/// to deny.
fn affinity(statement: &Statement, question: &[&Statement], options: &Options) -> (usize, usize, usize, Option<Date>) {
    let any = |test: &dyn Fn(&Statement) -> bool| usize::from(question.iter().any(|s| test(s)));
    let denies = statement.claim.stance == Stance::Denied;
    let contests = any(&|s| denies && s.claim.stance == Stance::Asserted && !s.is_zero());
    let agrees = any(&|s| s.bound.zip(statement.bound).is_some_and(|(a, b)| a.agrees(b, options.band())));
    let meets = any(&|s| days(s).zip(days(statement)).is_some_and(|(a, b)| a.meets(b)));
    let near = any(&|s| lie(&s.areas, &statement.areas) == Lie::Shared);
    let document = any(&|s| s.claim.document == statement.claim.document);
    let latest = question.iter().filter_map(|s| days(s).and_then(Days::anchor)).max();
    // One more is one more of those counted there.
    (contests + agrees + meets + if statement.addition { near } else { 0 }, document, near, latest)
}

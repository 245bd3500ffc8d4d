//! Claims made ready for comparison: origin, figure and places resolved, copies folded into their first printing.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use recoup_model::{Claim, Stance, family, fold};

use crate::bound::Bound;
use crate::groups::sort;
use crate::origin::{Origin, Origins};
use crate::place::{Area, Gazetteer, Lie, lie};
use crate::scope::{KILLED, KILLED_OR_WOUNDED, is_toll};

/// Words by which an article calls a count a former one, folded.
const FORMER: [&str; 14] = [
    "announced at first",
    "announced earlier",
    "annonce d abord",
    "annonces d abord",
    "bilan initial",
    "bilan precedent",
    "earlier count",
    "earlier toll",
    "initial count",
    "initial toll",
    "premier bilan",
    "precedent bilan",
    "previous count",
    "previous toll",
];

/// Words that make a figure an addition, folded.
const ADDED: [&str; 10] = [
    "additional",
    "additionnel",
    "additionnels",
    "another",
    "autre",
    "autres",
    "extra",
    "further",
    "supplementaire",
    "supplementaires",
];

/// Phrases that do.
const ADDED_PHRASES: [&str; 5] =
    ["de plus", "died of their wounds", "succombe a leurs blessures", "succombe a ses blessures", "wounded died"];

/// "Fifth", "sixième": one that follows others.
fn is_ordinal(word: &str) -> bool {
    let english = ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    english.contains(&word) || word.len() > 6 && word.ends_with("ieme")
}

/// A claim with everything that comparing it needs.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    pub(crate) claim: Claim,
    pub(crate) origin: Origin,
    pub(crate) bound: Option<Bound>,
    pub(crate) areas: Vec<Area>,
    /// Whether it is about the dead of an army, and these are a question of their own: see [`part_soldiers`].
    pub(crate) soldiers_apart: bool,
    /// Whether an article says it in its own voice that quotes somebody on the same subject.
    pub(crate) retells: bool,
    /// Whether its speakers give a figure of their own on the indicator, whatever else they deny.
    pub(crate) admits: bool,
    /// Whether the article gives its figure as a former one.
    pub(crate) former: bool,
    /// Whether its figure comes on top of what was counted before.
    pub(crate) addition: bool,
    /// Whether it is a part of a whole that lies at another place: 61 of them at the village.
    pub(crate) part_elsewhere: bool,
    /// Whether it is a part, the civilians among all, of a whole that somebody else counts.
    pub(crate) of_a_rival: bool,
    /// Whether it is of a later stage of an agreement than its conclusion.
    pub(crate) stage: bool,
    /// Ids of the claims of copies that it stands for.
    pub(crate) folded: Vec<String>,
    /// Every document that carries it: its own, and copies of it.
    pub(crate) carried_by: BTreeSet<String>,
}

impl Statement {
    /// 'None at all', said as a figure.
    pub(crate) fn is_zero(&self) -> bool {
        self.bound.is_some_and(Bound::is_zero)
    }
}

/// Whether an article gives a figure as a former one ("against 25 the day before"), by the rule that read it or by its
/// own words.
fn is_former(claim: &Claim, quote: &str) -> bool {
    let names_it = |rule: &str| rule.contains("former") || rule.contains("superseded");
    let says_it = FORMER.iter().any(|words| quote.contains(words) && quote.len() > words.len());
    names_it(&claim.rule) || says_it || claim.evidence.values().any(|e| names_it(&e.rule))
}

/// Whether a figure comes on top of what was counted before ("a fifth", "three more"), and is no count of its own.
fn is_addition(claim: &Claim, quote: &str) -> bool {
    let counts = is_toll(&claim.indicator) || family(&claim.indicator) == "territory";
    // A fifth is one more; twelve dead of a second strike are twelve.
    let one = claim.quantity.as_ref().is_some_and(|q| q.low() == Some(1.0) && q.high() == Some(1.0));
    let says_it = || quote.split(' ').any(|word| ADDED.contains(&word) || one && is_ordinal(word));
    let phrase = || ADDED_PHRASES.iter().any(|phrase| quote.contains(phrase));
    claim.quantity.is_some() && counts && (says_it() || phrase())
}

/// Words of what follows the conclusion of an agreement, folded: it is ratified, and comes into force.
const STAGES: [&str; 8] = [
    "came into effect",
    "en vigueur",
    "entry into force",
    "into force",
    "prend effet",
    "pris effet",
    "ratifi",
    "took effect",
];

fn is_stage(claim: &Claim, quote: &str) -> bool {
    family(&claim.indicator) == "agreement" && STAGES.iter().any(|words| quote.contains(words))
}

/// The statements of some claims in an order of their own, whatever the order they come in: by day of saying (unknown
/// first), document, and place in the document. A claim repeated by a copy of the text becomes another carrier of the
/// first printing's claim.
pub(crate) fn prepare(mut claims: Vec<Claim>, origins: &Origins<'_>, gazetteer: &mut Gazetteer<'_>) -> Vec<Statement> {
    sort(&mut claims);
    let mut firsts = firsts(&claims).into_iter();
    claims.retain(|_| firsts.next().unwrap_or(true));

    let carriers = carriers(&claims, origins);
    let folded: BTreeSet<String> = carriers.values().flatten().map(|(id, _)| id.clone()).collect();
    let mut statements: Vec<Statement> = claims
        .into_iter()
        .filter(|claim| !folded.contains(&claim.id))
        .map(|claim| {
            let copies = || carriers.get(&claim.id).into_iter().flatten();
            let quote = fold(claim.anchor.quote());
            Statement {
                former: is_former(&claim, &quote),
                addition: is_addition(&claim, &quote),
                origin: origins.of(&claim),
                bound: claim.quantity.as_ref().map(Bound::of),
                areas: gazetteer.leaves(&claim.places),
                soldiers_apart: false,
                retells: false,
                admits: false,
                stage: is_stage(&claim, &quote),
                part_elsewhere: false,
                of_a_rival: false,
                folded: copies().map(|(id, _)| id.clone()).collect(),
                carried_by: copies().map(|(_, document)| document).chain([&claim.document]).cloned().collect(),
                claim,
            }
        })
        .collect();
    part_soldiers(&mut statements);
    mark_retold(&mut statements);
    mark_admitted(&mut statements);
    mark_parts(&mut statements);
    statements
}

fn mark_parts(statements: &mut [Statement]) {
    let marks: Vec<(bool, bool)> = {
        let by_id: HashMap<&str, &Statement> = statements.iter().map(|s| (s.claim.id.as_str(), s)).collect();
        let marks = |part: &Statement| {
            let whole = part.claim.part_of.as_deref().and_then(|id| by_id.get(id).copied());
            let Some(whole) = whole else { return (false, false) };
            let civilians = part.claim.civilian == Some(true) && whole.claim.civilian.is_none();
            let elsewhere = !part.areas.is_empty() && lie(&part.areas, &whole.areas) != Lie::Shared;
            (elsewhere, civilians && whole.origin.differs(&part.origin))
        };
        statements.iter().map(marks).collect()
    };
    for (statement, (elsewhere, of_a_rival)) in statements.iter_mut().zip(marks) {
        (statement.part_elsewhere, statement.of_a_rival) = (elsewhere, of_a_rival);
    }
}

fn mark_admitted(statements: &mut [Statement]) {
    if statements.iter().all(|s| s.claim.stance != Stance::Denied) {
        return;
    }
    let gives = |s: &&Statement| s.claim.stance != Stance::Denied && s.bound.is_some() && !s.is_zero();
    let mut given: BTreeMap<Topic<'_>, Vec<&Origin>> = BTreeMap::new();
    for statement in statements.iter().filter(gives) {
        given.entry(topic(statement)).or_default().push(&statement.origin);
    }
    let admits = |s: &Statement| {
        let own = given.get(&topic(s)).into_iter().flatten();
        s.claim.stance == Stance::Denied && own.into_iter().any(|origin| origin.is_certainly(&s.origin))
    };
    let admits: Vec<bool> = statements.iter().map(admits).collect();
    statements.iter_mut().zip(admits).for_each(|(statement, admits)| statement.admits = admits);
}

type Topic<'s> = (&'s str, Option<&'s str>);

fn topic(statement: &Statement) -> Topic<'_> {
    (&statement.claim.indicator, statement.claim.subject.as_deref())
}

fn mark_retold(statements: &mut [Statement]) {
    fn key(s: &Statement) -> (&str, &str, Option<&str>) {
        (&s.claim.document, family(&s.claim.indicator), s.claim.subject.as_deref())
    }
    let quoting: BTreeSet<_> = statements.iter().filter(|s| !s.origin.own_voice).map(key).collect();
    let retells: Vec<bool> = statements.iter().map(|s| s.origin.own_voice && quoting.contains(&key(s))).collect();
    statements.iter_mut().zip(retells).for_each(|(statement, retells)| statement.retells = retells);
}

/// The dead of an army are a question of their own where two origins speak of them; where one alone does, it answers
/// the question of all the dead. A figure that one speaker gives of the soldiers here and of nobody in particular there
/// is of the soldiers.
fn part_soldiers(statements: &mut [Statement]) {
    let mut counted: BTreeMap<Topic<'_>, Vec<(Bound, &Origin)>> = BTreeMap::new();
    for statement in statements.iter().filter(|s| s.claim.civilian == Some(false)) {
        if let Some(bound) = statement.bound.filter(|_| family(&statement.claim.indicator) == "casualties") {
            counted.entry(topic(statement)).or_default().push((bound, &statement.origin));
        }
    }
    counted.retain(|_, of| of.iter().any(|(_, origin)| origin.differs(of[0].1)));
    let losses: BTreeSet<Option<&str>> = statements
        .iter()
        .filter(|s| s.bound.is_some() && s.claim.indicator == KILLED_OR_WOUNDED)
        .map(|s| s.claim.subject.as_deref())
        .collect();
    let apart = |s: &Statement| {
        // Losses of which nobody gives a figure may be the dead.
        let losses = s.claim.indicator == KILLED_OR_WOUNDED && !losses.contains(&s.claim.subject.as_deref());
        let dead = || counted.get(&(KILLED, s.claim.subject.as_deref())).filter(|_| losses);
        let Some(of) = counted.get(&topic(s)).or_else(dead) else { return false };
        let number = |bound: Bound| bound.low.or(bound.high);
        let same = |(bound, origin): &(Bound, &Origin)| {
            s.bound.is_some_and(|b| number(b) == number(*bound)) && origin.is_certainly(&s.origin)
        };
        s.claim.civilian.map_or_else(|| of.iter().any(same), |civilian| !civilian)
    };
    let apart: Vec<bool> = statements.iter().map(apart).collect();
    statements.iter_mut().zip(apart).for_each(|(statement, apart)| statement.soldiers_apart = apart);
}

/// Whether each claim is the first of its id.
fn firsts(claims: &[Claim]) -> Vec<bool> {
    let mut seen: HashSet<&str> = HashSet::with_capacity(claims.len());
    claims.iter().map(|claim| seen.insert(&claim.id)).collect()
}

/// Id of a claim in the first printing -> the same claim in later copies, with their documents. Where an article says
/// the same thing twice, the first of a copy repeats the first, and so on.
fn carriers(claims: &[Claim], origins: &Origins<'_>) -> BTreeMap<String, Vec<(String, String)>> {
    let mut printings: BTreeMap<_, BTreeMap<usize, Vec<&Claim>>> = BTreeMap::new();
    for claim in claims {
        if let Some((group, rank)) = origins.copy(&claim.document) {
            printings.entry((group, content(claim))).or_default().entry(rank).or_default().push(claim);
        }
    }
    let mut carriers: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for printing in printings.values_mut() {
        for same in printing.values_mut() {
            same.sort_by_key(|claim| (claim.anchor.span(), claim.id.as_str()));
        }
        let mut in_order = printing.values();
        let Some(first) = in_order.next() else { continue };
        for (at, copy) in in_order.flat_map(|same| same.iter().enumerate()) {
            if let Some(original) = first.get(at).or(first.last()) {
                carriers.entry(original.id.clone()).or_default().push((copy.id.clone(), copy.document.clone()));
            }
        }
    }
    carriers
}

type Content<'c> =
    (&'c str, Option<&'c str>, Option<&'c str>, Option<(Option<u64>, Option<u64>)>, Stance, Vec<&'c str>);

/// What a copy of a claim repeats; dates may differ where the copy bears none.
fn content(claim: &Claim) -> Content<'_> {
    (
        claim.indicator.as_str(),
        claim.subject.as_deref(),
        claim.object.as_deref(),
        claim.quantity.as_ref().map(|q| Bound::of(q).key()),
        claim.stance,
        claim.sources.iter().map(|s| s.id.as_str()).collect(),
    )
}

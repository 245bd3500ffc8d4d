//! What analysts decided about the questions that claims answer: which answer one, and which do not.

use std::collections::{BTreeSet, HashMap};

use recoup_plugin::GroupRulings;

use crate::statement::Statement;

/// Decisions on the statements of a group. A claim that was folded into its first printing stands for that.
#[derive(Default)]
pub(crate) struct Ties<'s> {
    /// Statements that answer one question, in the order in which they were named.
    sets: Vec<Vec<&'s Statement>>,
    /// Id of the claim -> its set.
    set_of: HashMap<&'s str, usize>,
    /// Ids of claims, each side with all that are tied to it.
    apart: Vec<[BTreeSet<&'s str>; 2]>,
}

impl<'s> Ties<'s> {
    pub(crate) fn of(rulings: &GroupRulings, statements: &'s [Statement]) -> Self {
        let mut ties = Ties::default();
        if rulings.together.is_empty() && rulings.apart.is_empty() {
            return ties;
        }
        let mut holders: HashMap<&str, &'s Statement> = HashMap::new();
        for statement in statements {
            let ids = statement.folded.iter().chain([&statement.claim.id]);
            holders.extend(ids.map(|id| (id.as_str(), statement)));
        }
        let known = |ids: &[String]| ids.iter().filter_map(|id| holders.get(id.as_str()).copied()).collect();
        for set in &rulings.together {
            ties.tie(known(set));
        }
        for (at, set) in ties.sets.iter().enumerate() {
            ties.set_of.extend(set.iter().map(|statement| (statement.claim.id.as_str(), at)));
        }
        for sides in &rulings.apart {
            let [one, other] = sides.each_ref().map(|side| ties.with_tied(known(side)));
            // What was merged since cannot be kept apart.
            if one.is_disjoint(&other) {
                ties.apart.push([one, other]);
            }
        }
        ties
    }

    /// Adds a set; sets that share a statement are one.
    fn tie(&mut self, set: Vec<&'s Statement>) {
        let shares = |other: &Vec<&Statement>| other.iter().any(|s| set.iter().any(|t| t.claim.id == s.claim.id));
        let (sharing, others): (Vec<_>, Vec<_>) = std::mem::take(&mut self.sets).into_iter().partition(shares);
        self.sets = others;
        let mut seen = BTreeSet::new();
        let tied: Vec<&Statement> =
            sharing.into_iter().flatten().chain(set).filter(|s| seen.insert(s.claim.id.as_str())).collect();
        if tied.len() > 1 {
            self.sets.push(tied);
        }
    }

    fn with_tied(&self, side: Vec<&'s Statement>) -> BTreeSet<&'s str> {
        let tied = side.iter().flat_map(|statement| self.tied(statement)).copied().collect::<Vec<_>>();
        side.into_iter().chain(tied).map(|statement| statement.claim.id.as_str()).collect()
    }

    /// The statements that answer one question with this one, itself among them; none where nobody decided so.
    pub(crate) fn tied(&self, statement: &Statement) -> &[&'s Statement] {
        self.set_of.get(statement.claim.id.as_str()).map_or(&[], |at| self.sets[*at].as_slice())
    }

    /// Whether two statements were decided to answer one question.
    pub(crate) fn tie_up(&self, a: &Statement, b: &Statement) -> bool {
        self.tied(a).iter().any(|s| s.claim.id == b.claim.id)
    }

    /// Whether two statements were decided to answer two questions.
    pub(crate) fn part(&self, a: &Statement, b: &Statement) -> bool {
        let (a, b) = (a.claim.id.as_str(), b.claim.id.as_str());
        self.apart
            .iter()
            .any(|[one, other]| one.contains(a) && other.contains(b) || one.contains(b) && other.contains(a))
    }

    /// Whether a statement was decided not to answer the question of some others.
    pub(crate) fn part_from(&self, statement: &Statement, question: &[&Statement]) -> bool {
        question.iter().any(|member| self.part(statement, member))
    }
}

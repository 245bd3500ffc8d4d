//! Groups: claims that can be reconciled without knowing of any other.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use recoup_model::{Claim, VERIFICATION, family};

/// What grouping looks at in a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topic<'c> {
    /// Id of the claim.
    pub id: &'c str,
    /// Its indicator.
    pub indicator: &'c str,
    /// Whose people, equipment or ground.
    pub subject: Option<&'c str>,
    /// To, with or against whom.
    pub object: Option<&'c str>,
    /// Id of the claim that it is a part of.
    pub part_of: Option<&'c str>,
}

impl<'c> From<&'c Claim> for Topic<'c> {
    fn from(claim: &'c Claim) -> Self {
        Topic {
            id: &claim.id,
            indicator: &claim.indicator,
            subject: claim.subject.as_deref(),
            object: claim.object.as_deref(),
            part_of: claim.part_of.as_deref(),
        }
    }
}

/// Cuts claims into groups by their topics alone, in some forty bytes a claim: what is to be reconciled may be larger
/// than memory.
///
/// One group is one family of indicators, one subject, one object. A claim without an object goes with the only object
/// that its family and subject have, else with the others without one. A part goes with its whole. Statements that
/// something could not be verified are a family of their own.
#[derive(Debug, Default)]
pub struct Grouping {
    words: Words,
    claims: Vec<Entry>,
    united: Vec<(u64, u64)>,
}

/// Family, subject, object, as numbers of words; 0 is none.
type Key = [u32; 3];

#[derive(Debug)]
struct Entry {
    key: Key,
    id: u64,
    whole: Option<u64>,
}

/// Words, each with a number from 1.
#[derive(Debug, Default)]
struct Words {
    numbers: HashMap<String, u32>,
    list: Vec<String>,
}

impl Words {
    fn number(&mut self, word: Option<&str>) -> u32 {
        let Some(word) = word else { return 0 };
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        self.list.push(word.to_owned());
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.to_owned(), number);
        number
    }

    fn key(&self, key: Key) -> [Option<&str>; 3] {
        key.map(|number| (number as usize).checked_sub(1).and_then(|at| self.list.get(at)).map(String::as_str))
    }
}

impl Grouping {
    /// Takes the next claim.
    pub fn add(&mut self, topic: Topic<'_>) {
        let unverified = topic.indicator == VERIFICATION;
        let family = if unverified { VERIFICATION } else { family(topic.indicator) };
        let object = topic.object.filter(|_| !unverified);
        let key = [Some(family), topic.subject, object].map(|word| self.words.number(word));
        self.claims.push(Entry { key, id: hash(topic.id), whole: topic.part_of.map(hash) });
    }

    /// Puts two claims, by id, into one group whatever their topics: an analyst decided that they answer one question.
    pub fn unite(&mut self, one: &str, other: &str) {
        self.united.push((hash(one), hash(other)));
    }

    /// Takes the claims of another grouping, behind its own: claims can be taken up in several places at once.
    pub fn append(&mut self, other: Grouping) {
        let numbers: Vec<u32> = other.words.list.iter().map(|word| self.words.number(Some(word))).collect();
        let renumbered = |number: u32| (number as usize).checked_sub(1).map_or(0, |at| numbers[at]);
        self.united.extend(other.united);
        self.claims.extend(other.claims.into_iter().map(|claim| Entry { key: claim.key.map(renumbered), ..claim }));
    }

    /// The groups, each the numbers (from 0, in the order of [`Grouping::add`]) of its claims, ascending. The order of
    /// the groups does not depend on the order of the claims.
    pub fn groups(mut self) -> Vec<Vec<usize>> {
        self.complete_objects();
        let mut sets = Sets((0..self.claims.len()).collect());
        let mut first_of: HashMap<Key, usize> = HashMap::new();
        for (at, claim) in self.claims.iter().enumerate() {
            let first = *first_of.entry(claim.key).or_insert(at);
            sets.unite(first, at);
        }
        self.unite_ties(&mut sets);
        let roots: Vec<usize> = (0..self.claims.len()).map(|at| sets.root(at)).collect();
        // A group is named by the least key in it, so that its place does not hang on dates.
        let mut names: BTreeMap<usize, [Option<&str>; 3]> = BTreeMap::new();
        for (key, at) in &first_of {
            let key = self.words.key(*key);
            let name = names.entry(roots[*at]).or_insert(key);
            *name = (*name).min(key);
        }
        let mut order: Vec<([Option<&str>; 3], usize)> = names.into_iter().map(|(root, key)| (key, root)).collect();
        order.sort_unstable();
        let slots: HashMap<usize, usize> = order.iter().enumerate().map(|(slot, (_, root))| (*root, slot)).collect();
        let mut groups: Vec<Vec<usize>> = vec![Vec::new(); slots.len()];
        for (at, root) in roots.iter().enumerate() {
            groups[slots[root]].push(at);
        }
        groups
    }

    /// Gives claims without an object the only one that their family and subject have.
    fn complete_objects(&mut self) {
        let mut objects: HashMap<(u32, u32), BTreeSet<u32>> = HashMap::new();
        for Entry { key: [family, subject, object], .. } in self.claims.iter().filter(|claim| claim.key[2] != 0) {
            objects.entry((*family, *subject)).or_default().insert(*object);
        }
        for claim in self.claims.iter_mut().filter(|claim| claim.key[2] == 0) {
            let known = objects.get(&(claim.key[0], claim.key[1])).filter(|known| known.len() == 1);
            claim.key[2] = known.and_then(BTreeSet::first).copied().unwrap_or(0);
        }
    }

    /// Parts go with their wholes, and with each other what was decided so.
    fn unite_ties(&self, sets: &mut Sets) {
        let wholes = self.claims.iter().filter_map(|claim| claim.whole);
        let named: BTreeSet<u64> = wholes.chain(self.united.iter().flat_map(|(one, other)| [*one, *other])).collect();
        if named.is_empty() {
            return;
        }
        let places: HashMap<u64, usize> =
            self.claims.iter().enumerate().filter(|(_, c)| named.contains(&c.id)).map(|(at, c)| (c.id, at)).collect();
        for (at, claim) in self.claims.iter().enumerate() {
            if let Some(whole) = claim.whole.and_then(|id| places.get(&id)) {
                sets.unite(*whole, at);
            }
        }
        for (one, other) in &self.united {
            if let Some((one, other)) = places.get(one).zip(places.get(other)) {
                sets.unite(*one, *other);
            }
        }
    }
}

/// Cuts the claims of a run into groups, see [`Grouping`].
///
/// The order of the groups, and of the claims in them, does not depend on the order of the input.
pub fn groups(claims: Vec<Claim>) -> Vec<Vec<Claim>> {
    groups_united(claims, &[])
}

/// [`groups`], with the claims of each of some sets in one group: see [`Grouping::unite`].
pub fn groups_united(mut claims: Vec<Claim>, together: &[Vec<String>]) -> Vec<Vec<Claim>> {
    sort(&mut claims);
    let mut grouping = Grouping::default();
    for claim in &claims {
        grouping.add(Topic::from(claim));
    }
    for pair in together.iter().flat_map(|set| set.windows(2)) {
        grouping.unite(&pair[0], &pair[1]);
    }
    let mut slots: Vec<Option<Claim>> = claims.into_iter().map(Some).collect();
    grouping.groups().iter().map(|group| group.iter().filter_map(|at| slots[*at].take()).collect()).collect()
}

/// Puts claims into the order in which a reconciler is given them: by day of saying (unknown first), document, place in
/// the text, id.
pub fn sort(claims: &mut [Claim]) {
    claims.sort_by(|a, b| {
        let place = |c: &Claim| (c.anchor.span().start(), c.anchor.span().end());
        let documents = || a.document.cmp(&b.document).then_with(|| place(a).cmp(&place(b)));
        let said = a.reported.cmp(&b.reported).then_with(documents).then_with(|| a.id.cmp(&b.id));
        // Only a broken extractor gives two claims one id; even so they must come in a fixed order.
        said.then_with(|| format!("{a:?}").cmp(&format!("{b:?}")))
    });
}

/// Two ids of one hash would only put two groups together, which changes no finding.
fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// Disjoint sets of claims, the root of each being its smallest index.
struct Sets(Vec<usize>);

impl Sets {
    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

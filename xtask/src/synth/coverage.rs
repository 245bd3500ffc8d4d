//! Who reports on an event, and which outlets print it: origins with their figures, and articles that relay them.
//!
//! What the articles are made of is what counting origins goes wrong by: many outlets relay one communiqué, a sentence in
//! the outlet's own voice retells whom the article quotes, an outlet cites another one that has it from somebody else or
//! from itself, a spokesman repeats his ministry, texts are copied.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use recoup_model::SourceKind;

use super::article::{Article, Statement};
use super::cast::{Cast, Voice};
use super::event::{Event, Group, add};
use super::figure::Figure;
use super::random::Random;

/// Share of the figures of an origin that are mistakes.
const MISTAKES: f64 = 0.08;

/// Share of the origins that give a figure more than once.
const REVISED: f64 = 0.25;

/// Who says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Teller {
    /// A place in [`Cast::bodies`].
    Body(usize),
    /// An outlet in its own voice.
    Outlet(usize),
    /// Two outlets that have it from each other.
    Circle(usize, usize),
}

/// One origin and what it has said, the last version first.
#[derive(Debug)]
struct Origin {
    key: String,
    teller: Teller,
    versions: Vec<Version>,
}

/// What an origin says on one day.
#[derive(Debug)]
struct Version {
    /// 0 is said first.
    number: usize,
    said: Date,
    voice: Option<Voice>,
    hedged: bool,
    /// Question, figure, whether it is a mistake.
    figures: Vec<(usize, Figure, bool)>,
}

/// The articles on one event.
pub(super) struct Coverage<'c> {
    cast: &'c Cast,
    group: &'c Group,
    event: &'c Event,
    /// How many statements may be made in all.
    budget: usize,
    /// Whether the claims must name place and time: not where the event is the only one that could be meant.
    explicit: bool,
    origins: Vec<Origin>,
    /// Owners of the outlets that speak in their own voice.
    speaking: BTreeSet<String>,
    /// Owner -> the origins that its titles relay.
    relayed: BTreeMap<String, BTreeSet<String>>,
    /// Owners whose titles must print nothing more, for who has it from whom would no longer be clear.
    settled: BTreeSet<String>,
    articles: Vec<Article>,
}

impl<'c> Coverage<'c> {
    /// Articles with at most `budget` statements on an event.
    pub(super) fn draw(
        cast: &'c Cast,
        group: &'c Group,
        event: &'c Event,
        budget: usize,
        random: &mut Random,
    ) -> Vec<Article> {
        let explicit = group.events.len() > 1 || random.chance(0.5);
        let mut coverage = Coverage {
            cast,
            group,
            event,
            budget,
            explicit,
            origins: Vec::new(),
            speaking: BTreeSet::new(),
            relayed: BTreeMap::new(),
            settled: BTreeSet::new(),
            articles: Vec::new(),
        };
        coverage.add_origins(random);
        coverage.print(random);
        coverage.articles
    }

    fn left(&self) -> usize {
        self.budget - self.articles.iter().map(|article| article.statements.len()).sum::<usize>()
    }

    fn add_origins(&mut self, random: &mut Random) {
        let wanted = 1 + random.weighted(&[45.0, 25.0, 15.0, 10.0, 5.0]);
        for _ in 0..wanted.min(self.budget) {
            let Some((key, teller)) = (0..20).find_map(|_| self.teller(random)) else { break };
            let owners: Vec<String> = match teller {
                Teller::Body(_) => Vec::new(),
                Teller::Outlet(at) => vec![self.cast.outlets[at].root.clone()],
                Teller::Circle(a, b) => [a, b].map(|at| self.cast.outlets[at].root.clone()).to_vec(),
            };
            match teller {
                Teller::Circle(..) => self.settled.extend(owners),
                _ => self.speaking.extend(owners),
            }
            let versions = self.versions(teller, random);
            self.origins.push(Origin { key, teller, versions });
        }
    }

    /// Somebody who is not yet among the origins.
    fn teller(&self, random: &mut Random) -> Option<(String, Teller)> {
        let states = self.cast.states.len();
        let (first, outlets) = (&self.group.subject, self.cast.outlets.len());
        let neutral = |kind: SourceKind, random: &mut Random| {
            let of_kind: Vec<usize> =
                (states..self.cast.bodies.len()).filter(|at| self.cast.bodies[*at].kind == kind).collect();
            Teller::Body(*random.pick(&of_kind))
        };
        let teller = match random.weighted(&[25.0, 25.0, 10.0, 15.0, 10.0, 7.0, 20.0, 3.0]) {
            0 => Teller::Body(*first),
            1 => Teller::Body(self.group.object.unwrap_or_else(|| random.below(states.min(10)))),
            2 => Teller::Body(random.below(states)),
            3 => neutral(SourceKind::Ngo, random),
            4 => neutral(SourceKind::Igo, random),
            5 => neutral(SourceKind::Medical, random),
            6 => Teller::Outlet(some_outlet(outlets, random)),
            _ => Teller::Circle(random.below(outlets), random.below(outlets)),
        };
        let root = |at: usize| self.cast.outlets[at].root.as_str();
        let free = |at: usize| !self.speaking.contains(root(at)) && !self.settled.contains(root(at));
        let key = match teller {
            Teller::Body(at) => self.cast.bodies[at].key.clone(),
            Teller::Outlet(at) => Some(root(at).to_owned()).filter(|_| free(at))?,
            Teller::Circle(a, b) => {
                (free(a) && free(b) && root(a) != root(b)).then(|| format!("{}+{}", root(a), root(b)))?
            }
        };
        self.origins.iter().all(|origin| origin.key != key).then_some((key, teller))
    }

    /// What an origin says over the days, the last first.
    fn versions(&self, teller: Teller, random: &mut Random) -> Vec<Version> {
        let count = match teller {
            Teller::Circle(..) => 1,
            _ if random.chance(REVISED) => 1 + random.heavy(1, 3),
            _ => 1,
        };
        let all: Vec<usize> = (0..self.event.questions.len()).collect();
        let some = if random.chance(0.6) { all } else { vec![*random.pick(&all)] };
        let mut day = add(self.event.end, random.between(0, 3).days());
        // A running toll grows towards the truth; what is corrected was a mistake.
        let corrected = random.chance(0.3);
        let mut versions: Vec<Version> = Vec::new();
        for number in 0..count {
            let last = number + 1 == count;
            let mut figures = Vec::new();
            for question in &some {
                let value = self.event.questions[*question].value;
                let mistake = if last { random.chance(MISTAKES) } else { corrected };
                let figure = match (mistake, last) {
                    (true, _) => Figure::mistaken(value, random),
                    (false, true) => Figure::around(value, random),
                    (false, false) => Figure::so_far(value, random),
                };
                figures.push((*question, figure, mistake));
            }
            let voice = match teller {
                Teller::Body(at) => Some(random.pick(&self.cast.bodies[at].voices).clone()),
                Teller::Outlet(at) => Some(self.cast.outlets[at].voice.clone()),
                Teller::Circle(..) => None,
            };
            versions.push(Version { number, said: day, voice, hedged: random.chance(0.25), figures });
            day = add(day, random.between(1, 4).days());
        }
        versions.reverse();
        versions
    }

    /// Prints the last word of every origin, then what came before it, then more of the same.
    fn print(&mut self, random: &mut Random) {
        let mut plan: Vec<(usize, usize)> = (0..self.origins.len()).map(|origin| (origin, 0)).collect();
        for (at, origin) in self.origins.iter().enumerate() {
            plan.extend((1..origin.versions.len()).map(|version| (at, version)));
        }
        for (origin, version) in plan {
            self.print_first(origin, version, random);
        }
        let mut idle = 0;
        while self.left() > 0 && idle < 40 {
            let before = self.left();
            match random.weighted(&[52.0, 20.0, 18.0, 10.0]) {
                0 => {
                    let origin = random.heavy(1, self.origins.len()) - 1;
                    let version = random.heavy(1, self.origins[origin].versions.len()) - 1;
                    self.relay(origin, version, random);
                }
                1 => self.copy(random),
                2 => self.relay_two(random),
                _ => self.cite(random),
            }
            idle = if self.left() == before { idle + 1 } else { 0 };
        }
    }

    /// An origin's version as it is first printed.
    fn print_first(&mut self, origin: usize, version: usize, random: &mut Random) {
        match self.origins[origin].teller {
            Teller::Body(_) => self.relay(origin, version, random),
            Teller::Outlet(at) => {
                let said = self.origins[origin].versions[version].said;
                let statements = self.statements(origin, version, None, None);
                self.publish(at, said, statements, random);
            }
            Teller::Circle(a, b) => {
                let said = self.origins[origin].versions[version].said;
                for (outlet, cited) in [(a, b), (b, a)] {
                    let voice = self.cast.outlets[cited].voice.clone();
                    let statements = self.statements(origin, version, Some(voice), None);
                    self.publish(outlet, said, statements, random);
                }
            }
        }
    }

    /// An article that quotes an origin; its own voice may say the same before it does, another outlet may stand between.
    fn relay(&mut self, origin: usize, version: usize, random: &mut Random) {
        let Some(voice) = self.origins[origin].versions[version].voice.clone() else { return };
        let Some(outlet) = self.relaying_outlet(random) else { return };
        let body = matches!(self.origins[origin].teller, Teller::Body(_));
        let via = match self.relaying_outlet(random) {
            Some(other) if body && other != outlet && random.chance(0.15) => {
                Some(self.cast.outlets[other].voice.clone())
            }
            _ => None,
        };
        let mut statements = self.statements(origin, version, Some(voice), via);
        // A retelling never stands without what it retells.
        if statements.len() < self.left()
            && random.chance(0.25)
            && let Some(first) = statements.first()
        {
            let own = Statement { source: None, via: None, ..first.clone() };
            statements.insert(0, own);
        }
        let published = self.published(origin, version, random);
        self.publish(outlet, published, statements, random);
    }

    /// An article that quotes two origins.
    fn relay_two(&mut self, random: &mut Random) {
        let quoted: Vec<usize> =
            (0..self.origins.len()).filter(|at| matches!(self.origins[*at].teller, Teller::Body(_))).collect();
        let (Some(outlet), [_, _, ..]) = (self.relaying_outlet(random), &quoted[..]) else { return };
        let first = random.below(quoted.len());
        let second = (first + 1 + random.below(quoted.len() - 1)) % quoted.len();
        let mut statements = Vec::new();
        let mut published = self.event.end;
        for origin in [quoted[first], quoted[second]] {
            let Some(voice) = self.origins[origin].versions[0].voice.clone() else { return };
            statements.extend(self.statements(origin, 0, Some(voice), None));
            published = published.max(self.published(origin, 0, random));
        }
        self.publish(outlet, published, statements, random);
    }

    /// An article that cites an outlet which itself only relays one origin.
    fn cite(&mut self, random: &mut Random) {
        let owner = |article: &Article| self.cast.outlets[article.outlet].root.clone();
        let quotes_only = |article: &&Article| {
            let quoted = article.statements.iter().all(|s| s.source.as_ref().is_some_and(|v| !self.is_outlet(v)));
            let sole = self.relayed.get(&owner(article)).is_some_and(|origins| origins.len() == 1);
            quoted && sole && article.copy_of.is_none()
        };
        let cited: Vec<&Article> = self.articles.iter().filter(quotes_only).collect();
        if cited.is_empty() {
            return;
        }
        let cited = *random.pick(&cited);
        let Some(outlet) = self.relaying_outlet(random) else { return };
        let root = self.cast.outlets[outlet].root.clone();
        if self.relayed.contains_key(&root) {
            return;
        }
        let voice = self.cast.outlets[cited.outlet].voice.clone();
        let retold =
            |s: &Statement| Statement { source: Some(voice.clone()), via: None, said: cited.published, ..s.clone() };
        let statements: Vec<Statement> = cited.statements.iter().map(retold).collect();
        let published = add(cited.published, random.between(0, 1).days());
        self.settled.extend([root, owner(cited)]);
        self.publish(outlet, published, statements, random);
    }

    fn is_outlet(&self, voice: &Voice) -> bool {
        self.cast.outlets.iter().any(|outlet| outlet.voice.id == voice.id)
    }

    /// An outlet that prints another one's text with light edits.
    fn copy(&mut self, random: &mut Random) {
        let originals: Vec<usize> =
            (0..self.articles.len()).filter(|at| self.articles[*at].copy_of.is_none()).collect();
        if originals.is_empty() {
            return;
        }
        let at = *random.pick(&originals);
        let original = &self.articles[at];
        let Some(outlet) = self.relaying_outlet(random) else { return };
        let printed = |a: &Article| a.outlet == outlet && (a.copy_of == Some(at) || std::ptr::eq(a, original));
        let same_language = self.cast.outlets[outlet].language == original.language;
        if !same_language || original.statements.len() > self.left() || self.articles.iter().any(printed) {
            return;
        }
        let copy = original.copied(at, outlet, self.cast, random);
        self.add(copy);
    }

    /// An outlet that does not speak on the event in its own voice.
    fn relaying_outlet(&self, random: &mut Random) -> Option<usize> {
        (0..12).map(|_| some_outlet(self.cast.outlets.len(), random)).find(|at| {
            let root = &self.cast.outlets[*at].root;
            !self.speaking.contains(root) && !self.settled.contains(root)
        })
    }

    fn published(&self, origin: usize, version: usize, random: &mut Random) -> Date {
        add(self.origins[origin].versions[version].said, random.between(0, 2).days())
    }

    fn statements(&self, origin: usize, version: usize, source: Option<Voice>, via: Option<Voice>) -> Vec<Statement> {
        let Origin { key, versions, .. } = &self.origins[origin];
        let version = &versions[version];
        let statement = |(question, figure, mistake): &(usize, Figure, bool)| Statement {
            question: *question,
            origin: key.clone(),
            version: version.number,
            figure: *figure,
            mistake: *mistake,
            hedged: version.hedged,
            source: source.clone(),
            via: via.clone(),
            said: version.said,
            unplaced: false,
            undated: false,
        };
        version.figures.iter().map(statement).collect()
    }

    fn publish(&mut self, outlet: usize, published: Date, mut statements: Vec<Statement>, random: &mut Random) {
        statements.truncate(self.left());
        if statements.is_empty() {
            return;
        }
        if !self.explicit {
            for statement in &mut statements {
                (statement.unplaced, statement.undated) = (random.chance(0.1), random.chance(0.1));
            }
        }
        let article = Article::write(self.cast, self.group, self.event, outlet, published, statements, random);
        self.add(article);
    }

    fn add(&mut self, article: Article) {
        let relayed = self.relayed.entry(self.cast.outlets[article.outlet].root.clone()).or_default();
        relayed.extend(article.statements.iter().map(|statement| statement.origin.clone()));
        self.articles.push(article);
    }
}

/// One of some outlets; a few print a large share of all that is printed.
fn some_outlet(outlets: usize, random: &mut Random) -> usize {
    random.heavy(4, outlets + 3) - 4
}

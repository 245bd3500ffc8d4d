//! How findings compare with the truth of a set.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use recoup_model::{Claim, Finding};
use serde::Serialize;

use super::figure::BAND;
use super::truth::{Copies, TrueQuestion, TrueStatement};

/// What the truth knows of one claim.
#[derive(Debug, Clone, Copy)]
struct Known {
    question: usize,
    origin: usize,
    mistake: bool,
    superseded: bool,
}

/// Some of many.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Share {
    pub(super) count: usize,
    pub(super) of: usize,
}

impl Share {
    /// Counts one more, and whether it holds of it.
    fn add(&mut self, holds: bool) {
        self.of += 1;
        self.count += usize::from(holds);
    }

    /// `None` of nothing.
    pub(super) fn share(self) -> Option<f64> {
        (self.of > 0).then(|| self.count as f64 / self.of as f64)
    }
}

/// What came out of comparing findings with the truth.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Judgement {
    pub(super) questions: usize,
    /// Those with a claim of the truth.
    pub(super) findings: usize,
    /// Findings that name two or more independent origins, where there is one.
    pub(super) false_corroboration: Share,
    /// Findings that name as many independent origins as their claims have.
    pub(super) origins_right: Share,
    /// Findings that name fewer, and that name more.
    pub(super) origins_missed: Share,
    pub(super) origins_invented: Share,
    /// Findings whose live figures are no mistakes, with the true value between low and high.
    pub(super) truth_inside: Share,
    /// Findings with claims on two questions or more.
    pub(super) mixed: Share,
    /// Questions with claims in two findings or more, of those with any.
    pub(super) split: Share,
    /// Claims that their origin replaced, and that the finding holds for replaced.
    pub(super) superseded_seen: Share,
}

/// Compares findings on the wire with the truth. `alias` leads from the claims of the findings to those of the truth,
/// where these are not the same.
pub(super) fn judge(
    truth: &[TrueQuestion],
    findings: &[Finding],
    alias: Option<&BTreeMap<String, String>>,
) -> Judgement {
    let known = known(truth);
    let mut out = Judgement { questions: truth.len(), ..Judgement::default() };
    let mut found_in: BTreeMap<usize, usize> = BTreeMap::new();
    for finding in findings {
        let mut claims: Vec<Known> = Vec::new();
        for position in &finding.positions {
            for id in &position.claims {
                let Some(claim) = alias.map_or(Some(id), |alias| alias.get(id)).and_then(|id| known.get(id.as_str()))
                else {
                    continue;
                };
                claims.push(*claim);
                if claim.superseded {
                    out.superseded_seen.add(position.superseded_by.is_some());
                }
            }
        }
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for claim in &claims {
            *votes.entry(claim.question).or_default() += 1;
        }
        // Of two questions with equally many claims the first.
        let Some((question, _)) = votes.iter().max_by_key(|(at, votes)| (**votes, std::cmp::Reverse(**at))) else {
            continue;
        };
        out.findings += 1;
        out.mixed.add(votes.len() > 1);
        for question in votes.keys() {
            *found_in.entry(*question).or_default() += 1;
        }
        let origins: BTreeSet<&str> =
            claims.iter().map(|c| truth[c.question].origins[c.origin].origin.as_str()).collect();
        let named = finding.independent_origins;
        out.origins_right.add(named == origins.len());
        out.origins_missed.add(named < origins.len());
        out.origins_invented.add(named > origins.len());
        if named >= 2 {
            out.false_corroboration.add(origins.len() == 1);
        }
        let mut live = claims.iter().filter(|claim| !claim.superseded).peekable();
        if live.peek().is_some() && live.all(|claim| !claim.mistake) {
            out.truth_inside.add(is_inside(finding, truth[*question].value));
        }
    }
    for findings in found_in.values() {
        out.split.add(*findings > 1);
    }
    out
}

fn known(truth: &[TrueQuestion]) -> HashMap<&str, Known> {
    let mut known = HashMap::new();
    for (question, line) in truth.iter().enumerate() {
        let (mistakes, superseded): (BTreeSet<&String>, BTreeSet<&String>) =
            (line.mistakes.iter().collect(), line.superseded.iter().collect());
        for (origin, of) in line.origins.iter().enumerate() {
            for id in &of.claims {
                let (mistake, superseded) = (mistakes.contains(id), superseded.contains(id));
                known.insert(id.as_str(), Known { question, origin, mistake, superseded });
            }
        }
    }
    known
}

/// Whether a value lies between low and high; a missing end is open, and 'about' is as wide as ever.
fn is_inside(finding: &Finding, value: i64) -> bool {
    let (value, slack) = (value as f64, if finding.approximate { BAND } else { 0.0 });
    finding.low.is_none_or(|low| low * (1.0 - slack) <= value)
        && finding.high.is_none_or(|high| value <= high * (1.0 + slack))
}

/// Document, indicator and bounds.
type Said<'s> = (&'s str, &'s str, Option<i64>, Option<i64>);

/// Claims that were extracted from the articles of a set -> what these say: the same document, indicator and bounds, one
/// to one, those first whose words meet.
pub(super) fn matched(claims: &[Claim], statements: &[TrueStatement]) -> BTreeMap<String, String> {
    let whole = |value: f64| value.round() as i64;
    let mut open: BTreeMap<Said<'_>, Vec<&TrueStatement>> = BTreeMap::new();
    for statement in statements {
        let key = (statement.doc.as_str(), statement.indicator.as_str(), statement.low, statement.high);
        open.entry(key).or_default().push(statement);
    }
    let mut out = BTreeMap::new();
    for by_words in [true, false] {
        for claim in claims.iter().filter(|claim| by_words || !out.contains_key(&claim.id)).collect::<Vec<_>>() {
            let Some(figure) = &claim.quantity else { continue };
            let bounds = (figure.low().map(whole), figure.high().map(whole));
            let key = (claim.doc.as_str(), claim.indicator.as_str(), bounds.0, bounds.1);
            let Some(said) = open.get_mut(&key) else { continue };
            let quote = claim.anchor.quote();
            let same_words =
                |s: &&TrueStatement| !by_words || s.quote.contains(quote) || quote.contains(s.quote.as_str());
            if let Some(at) = said.iter().position(same_words) {
                out.insert(claim.id.clone(), said.remove(at).id.clone());
            }
        }
    }
    out
}

/// Extracted claims that name whom their sentence quotes, of those that are matched.
pub(super) fn sources_right(claims: &[Claim], statements: &[TrueStatement], alias: &BTreeMap<String, String>) -> Share {
    let said: HashMap<&str, &TrueStatement> = statements.iter().map(|s| (s.id.as_str(), s)).collect();
    let mut out = Share::default();
    for claim in claims {
        if let Some(said) = alias.get(&claim.id).and_then(|id| said.get(id.as_str())) {
            out.add(claim.sources.iter().map(|source| &source.id).eq(&said.source));
        }
    }
    out
}

/// What came out of comparing groups of copies with the truth, in pairs of documents.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct CopyJudgement {
    /// True pairs that were found.
    pub(super) found: Share,
    /// Found pairs that are false.
    pub(super) wrong: Share,
}

/// Compares groups of copies. `keys` leads from the ids of found documents to those of the truth, where they differ.
pub(super) fn judge_copies(truth: &[Copies], found: &[Copies], keys: &BTreeMap<String, String>) -> CopyJudgement {
    let same = BTreeMap::new();
    let (truth, found) = (pairs(truth, &same), pairs(found, keys));
    let mut out = CopyJudgement::default();
    for pair in &truth {
        out.found.add(found.contains(pair));
    }
    for pair in &found {
        out.wrong.add(!truth.contains(pair));
    }
    out
}

fn pairs<'c>(groups: &'c [Copies], keys: &'c BTreeMap<String, String>) -> BTreeSet<(&'c str, &'c str)> {
    let mut pairs = BTreeSet::new();
    for group in groups {
        let documents: Vec<&str> = group.documents.iter().map(|id| keys.get(id).unwrap_or(id).as_str()).collect();
        for (at, a) in documents.iter().enumerate() {
            pairs.extend(documents[at + 1..].iter().map(|b| (*a.min(b), *a.max(b))));
        }
    }
    pairs
}

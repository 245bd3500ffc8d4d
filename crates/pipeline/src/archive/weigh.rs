//! Weighs what is known, group by group; a group that was weighed before, with all that was known of it, is not weighed
//! again.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use recoup_model::{Claim, Diagnostic, DocumentHead, Finding, SetAside};
use recoup_reconcile::{Grouping, sort};
use recoup_store::{ClaimRow, FindingRow, Print, Verdict};
use sha2::{Digest as _, Sha256};
use tracing::debug;

use super::Archive;
use super::knowledge::Known;
use crate::run::outcome::failed_on;
use crate::run::papers::Papers;
use crate::run::{reconcile, workers};
use crate::{Rulings, RunError, RunOptions};

/// So many claims are in memory together, and the largest group.
const BATCH: usize = 16_384;

/// What was concluded as of a day.
#[derive(Default)]
pub(super) struct Weighed {
    /// The rows of the findings, without the findings.
    pub(super) findings: Vec<FindingRow>,
    pub(super) set_aside: Vec<SetAside>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A group that has not been weighed before.
struct Open<'g> {
    print: Print,
    rows: &'g [i64],
}

impl Archive<'_> {
    /// The findings of all groups.
    pub(super) fn weigh(&mut self, known: &Known<'_>, options: &RunOptions<'_>) -> Result<Weighed, RunError> {
        let groups = groups(known, &self.rulings);
        let prints = Prints::of(known, self.weigher, &self.rulings);
        let prints: Vec<Print> = groups.iter().map(|rows| prints.print(rows)).collect();
        let mut open: Vec<Open<'_>> = Vec::new();
        for (print, rows) in prints.iter().zip(&groups) {
            if self.verdicts.contains_key(print) {
                continue;
            }
            match self.store.verdict(print)? {
                Some(verdict) => drop(self.verdicts.insert(*print, verdict)),
                None => open.push(Open { print: *print, rows }),
            }
        }
        debug!(groups = groups.len(), open = open.len(), as_of = %known.as_of, "Grouped.");
        let failed = self.weigh_open(&open, known, options)?;
        let mut weighed = Weighed::default();
        for verdict in prints.iter().filter_map(|print| self.verdicts.get(print)) {
            weighed.findings.extend(verdict.findings.iter().cloned());
            weighed.diagnostics.extend(serde_json::from_str::<Vec<Diagnostic>>(&verdict.said).unwrap_or_default());
        }
        weighed.set_aside = failed;
        Ok(weighed)
    }

    /// Weighs groups and keeps what comes out; gives those on which the reconciler failed, of which nothing is kept.
    fn weigh_open(
        &mut self,
        open: &[Open<'_>],
        known: &Known<'_>,
        options: &RunOptions<'_>,
    ) -> Result<Vec<SetAside>, RunError> {
        let mut failed = Vec::new();
        if open.is_empty() {
            return Ok(failed);
        }
        let papers = Papers::new(known.heads.iter().cloned(), known.copies.clone());
        let base = self.pipeline.context();
        options.progress.phase("reconcile", open.len());
        let mut rest = open;
        while !rest.is_empty() {
            let (batch, after) = rest.split_at(batch(rest));
            rest = after;
            let mut loaded: Vec<(Print, Vec<ClaimRow>)> = Vec::new();
            for group in batch {
                loaded.push((group.print, self.store.claims(group.rows)?));
            }
            let (pipeline, rulings) = (self.pipeline, &self.rulings);
            let (answers, _) = workers::each(
                options.threads,
                &loaded,
                || Ok::<_, RunError>(()),
                |(), (print, rows)| {
                    let claims = claims(rows, known, rulings)?;
                    let context = papers.context(&base, rulings, &claims);
                    let name = reconcile::group_name(&claims);
                    let answer = reconcile::answer(pipeline, claims, &context);
                    options.progress.step();
                    let answer = answer.map(|answer| verdict(&answer, &papers)).map_err(|why| failed_on(&name, &why));
                    Ok((*print, answer))
                },
                |()| (),
            )?;
            let mut verdicts = Vec::new();
            for answer in answers {
                let (print, answer) = answer.map_err(|reason: String| self.store.damaged(reason))?;
                match answer {
                    Ok(verdict) => verdicts.push((print, verdict)),
                    Err(aside) => failed.push(aside),
                }
            }
            self.store.keep_verdicts(&mut verdicts)?;
            for (print, mut verdict) in verdicts {
                verdict.findings.iter_mut().for_each(|finding| finding.json = String::new());
                self.verdicts.insert(print, verdict);
            }
        }
        Ok(failed)
    }

    /// Findings by their rows, in the order of reports.
    pub(super) fn load(&self, rows: &[i64]) -> Result<Vec<(i64, Finding)>, RunError> {
        let read = |row: &FindingRow| row.finding().map(|finding| (row.id, finding));
        let findings: Result<Vec<(i64, Finding)>, String> = self.store.findings(rows)?.iter().map(read).collect();
        let mut findings = findings.map_err(|reason| self.store.damaged(reason))?;
        let added: Vec<&str> = self.pipeline.theatre.indicators.iter().map(|indicator| indicator.id.as_str()).collect();
        findings.sort_by(|(_, a), (_, b)| reconcile::order(a, b, &added));
        Ok(findings)
    }
}

/// How many groups, one at least, hold a batch of claims.
fn batch(open: &[Open<'_>]) -> usize {
    let mut claims = 0;
    let fits = open.iter().take_while(|group| {
        let before = claims;
        claims += group.rows.len();
        before < BATCH
    });
    fits.count()
}

/// The rows of the claims of each group, ascending.
fn groups(known: &Known<'_>, rulings: &Rulings) -> Vec<Vec<i64>> {
    let mut grouping = Grouping::default();
    for topic in &known.topics {
        grouping.add(recoup_reconcile::Topic {
            id: &topic.claim,
            indicator: &topic.indicator,
            subject: topic.subject.as_deref(),
            object: topic.object.as_deref(),
            part_of: topic.part_of.as_deref(),
        });
    }
    for set in rulings.together() {
        set.windows(2).for_each(|pair| grouping.unite(&pair[0], &pair[1]));
    }
    let rows = |group: &Vec<usize>| group.iter().map(|at| known.topics[*at].id).collect();
    grouping.groups().iter().map(rows).collect()
}

/// The claims of rows as reports know them, in the order in which a reconciler is given them.
///
/// # Errors
/// What is wrong with one of them.
pub(super) fn claims(rows: &[ClaimRow], known: &Known<'_>, rulings: &Rulings) -> Result<Vec<Claim>, String> {
    let read = |row: &ClaimRow| {
        let claim = row.claim()?;
        let doc = known.head(row.document).map_or_else(|| claim.doc.clone(), |head| head.doc.clone());
        Ok(Claim { doc, ..claim })
    };
    let claims = rows.iter().map(read).collect::<Result<Vec<Claim>, String>>()?;
    let published: HashMap<&str, Option<Date>> = rows
        .iter()
        .filter_map(|row| known.head(row.document))
        .map(|head| (head.id.as_str(), head.published.map(|published| published.date)))
        .collect();
    let as_read = |id: &str| known.read_as(id, published.get(id).copied().flatten());
    let mut claims = rulings.apply_to_claims(claims, as_read);
    sort(&mut claims);
    Ok(claims)
}

fn verdict((findings, said): &reconcile::Answer, papers: &Papers) -> Verdict {
    let row = |finding: &Finding| FindingRow {
        id: 0,
        finding: finding.id.clone(),
        heard: heard(finding, papers).map(|day| day.to_string()),
        json: serde_json::to_string(finding).unwrap_or_default(),
    };
    Verdict { findings: findings.iter().map(row).collect(), said: serde_json::to_string(said).unwrap_or_default() }
}

/// The newest day on which a document speaks of the finding.
fn heard(finding: &Finding, papers: &Papers) -> Option<Date> {
    let documents = finding.positions.iter().flat_map(|position| &position.relayed_by);
    documents.filter_map(|id| papers.head(id)?.published).map(|published| published.date).max()
}

/// What identifies a group with all that its reconciler is told.
struct Prints<'k> {
    weigher: [u8; 32],
    rulings: &'k Rulings,
    /// Row of a claim -> its id.
    ids: HashMap<i64, &'k str>,
    /// Row of a claim -> row of its document.
    documents: HashMap<i64, i64>,
    /// Row of a document -> hash of its head.
    heads: HashMap<i64, [u8; 32]>,
    /// Row of a document -> index of its group of copies.
    copied: HashMap<i64, usize>,
    copies: Vec<Vec<i64>>,
}

impl<'k> Prints<'k> {
    fn of(known: &Known<'k>, weigher: [u8; 32], rulings: &'k Rulings) -> Self {
        let hash = |head: &DocumentHead| Sha256::digest(serde_json::to_vec(head).unwrap_or_default()).into();
        let rows: HashMap<&str, i64> =
            known.heads.iter().map(|h| h.id.as_str()).zip(known.rows.iter().copied()).collect();
        let group = |ids: &Vec<String>| ids.iter().filter_map(|id| rows.get(id.as_str()).copied()).collect();
        let copies: Vec<Vec<i64>> = known.copies.iter().map(|copy| group(&copy.documents)).collect();
        let copied = copies.iter().enumerate().flat_map(|(at, rows)| rows.iter().map(move |row| (*row, at))).collect();
        Prints {
            weigher,
            rulings,
            ids: known.topics.iter().map(|topic| (topic.id, topic.claim.as_str())).collect(),
            documents: known.topics.iter().map(|topic| (topic.id, topic.document)).collect(),
            heads: known.rows.iter().copied().zip(known.heads.iter().map(hash)).collect(),
            copied,
            copies,
        }
    }

    fn print(&self, claims: &[i64]) -> Print {
        let mut documents: BTreeMap<i64, Option<usize>> = BTreeMap::new();
        for row in claims.iter().filter_map(|claim| self.documents.get(claim)) {
            documents.insert(*row, self.copied.get(row).copied());
        }
        let groups: BTreeSet<usize> = documents.values().filter_map(|group| *group).collect();
        let copies: Vec<&Vec<i64>> = groups.iter().map(|at| &self.copies[*at]).collect();
        documents.extend(copies.iter().flat_map(|rows| rows.iter()).map(|row| (*row, None)));
        let mut hasher = Sha256::new();
        hasher.update(self.weigher);
        let mut number = |n: i64| hasher.update(n.to_le_bytes());
        number(claims.len() as i64);
        claims.iter().for_each(|claim| number(*claim));
        number(documents.len() as i64);
        documents.keys().for_each(|row| number(*row));
        for copy in copies {
            number(copy.len() as i64);
            copy.iter().for_each(|row| number(*row));
        }
        let ids: BTreeSet<&str> = claims.iter().filter_map(|row| self.ids.get(row).copied()).collect();
        hasher.update(self.rulings.mark(&ids));
        for row in documents.keys() {
            hasher.update(self.heads.get(row).unwrap_or(&[0; 32]));
        }
        hasher.finalize().into()
    }
}

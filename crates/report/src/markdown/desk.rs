//! What every section of the report is written with: words, names, evidence, endnotes.

use std::collections::BTreeMap;

use jiff::civil::Date;
use recoup_model::{Claim, DocumentHead, Finding, FindingTime, PlaceRef, Position, Stance};
use recoup_plugin::{Error, Result};

use super::cited::{Cited, Notes};
use crate::clocks::{has_figure, live};
use crate::md::Md;
use crate::names::Names;
use crate::stream::Report;
use crate::words::Words;

/// The writer's desk. Sections are written in the order of the report, so that the endnotes are numbered in it.
pub(super) struct Desk<'a> {
    pub(super) words: &'a Words,
    pub(super) names: &'a Names<'a>,
    notes: Notes<'a>,
    previous: Option<Date>,
    documents: BTreeMap<&'a str, &'a DocumentHead>,
    positions: BTreeMap<&'a str, (&'a Finding, &'a Position)>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(report: &'a Report, words: &'a Words, names: &'a Names<'a>) -> Self {
        let items = &report.findings;
        let positions = items.iter().flat_map(|item| item.finding.positions.iter().map(|p| (&item.finding, p)));
        Desk {
            words,
            names,
            notes: Notes::new(items.iter().flat_map(|item| &item.claims)),
            previous: report.head.previous,
            documents: items.iter().flat_map(|item| &item.documents).map(|head| (head.id.as_str(), head)).collect(),
            positions: positions.map(|(finding, p)| (p.id.as_str(), (finding, p))).collect(),
        }
    }

    /// The document with this id.
    pub(super) fn document(&self, id: &str) -> Option<&'a DocumentHead> {
        self.documents.get(id).copied()
    }

    /// The position with this id, and its finding.
    pub(super) fn position(&self, id: &str) -> Option<(&'a Finding, &'a Position)> {
        self.positions.get(id).copied()
    }

    /// What a finding asks: `Forces sent: A → B`.
    pub(super) fn question(&self, finding: &Finding) -> Md {
        let name = Md::text(&self.names.indicator(&finding.indicator));
        let [subject, object] =
            [&finding.subject, &finding.object].map(|id| id.as_deref().map(|id| Md::text(&self.names.actor(id))));
        let parties = match (subject, object) {
            (None, None) => return name,
            (Some(subject), None) => subject,
            (subject, Some(object)) => {
                // Where nobody says whose, the place of the subject is marked as open.
                let subject = subject.unwrap_or_else(|| Md::trusted("?"));
                Md::fill(&self.words.phrase.pair, &[("subject", &subject), ("object", &object)])
            }
        };
        Md::join(&[name, parties], &self.words.list.colon)
    }

    /// Where and when, never finer than the texts have it; `None` where they have neither.
    pub(super) fn scope(&self, finding: &Finding) -> Option<Md> {
        let time = finding.time.and_then(|FindingTime { start, end }| self.words.days(start, end));
        let parts: Vec<Md> = self.places(&finding.places).into_iter().chain(time.map(Md::trusted)).collect();
        (!parts.is_empty()).then(|| Md::join(&parts, &self.words.list.comma))
    }

    /// The same behind a comma, or nothing.
    pub(super) fn in_scope(&self, finding: &Finding) -> Md {
        self.scope(finding)
            .map(|scope| Md::trusted(format!("{}{}", self.words.list.comma, scope.as_str())))
            .unwrap_or_default()
    }

    fn places(&self, places: &[PlaceRef]) -> Option<Md> {
        let names: Vec<Md> = places.iter().map(|place| Md::text(&self.names.place(place))).collect();
        (!names.is_empty()).then(|| Md::join(&names, &self.words.list.comma))
    }

    /// Who holds a position.
    pub(super) fn who(&self, position: &Position) -> Md {
        let names: Vec<Md> = position.origin.iter().map(|id| Md::text(&self.names.source(id))).collect();
        if names.is_empty() { Md::trusted(&self.words.phrase.unnamed_outlet) } else { self.words.list(&names) }
    }

    /// The outlet that printed a document, and where none is known the document's key.
    pub(super) fn outlet(&self, document: &str) -> Md {
        match self.document(document) {
            Some(head) => Md::text(head.outlet.as_deref().unwrap_or(&head.doc)),
            None => Md::text(document),
        }
    }

    /// A document by who printed it and its key: ``Outlet (`key`)``.
    pub(super) fn printed(&self, id: &str) -> Md {
        let Some(head) = self.document(id) else { return Md::code(id) };
        let key = Md::code(&head.doc);
        match &head.outlet {
            Some(outlet) => Md::trusted(format!("{} ({})", Md::text(outlet).as_str(), key.as_str())),
            None => key,
        }
    }

    /// The words of an article between quotation marks.
    pub(super) fn quote(&self, quote: &str) -> Md {
        Md::fill(&self.words.phrase.quote, &[("quote", &Md::text(quote))])
    }

    /// A day, or that it is not known.
    pub(super) fn day(&self, date: Option<Date>) -> Md {
        Md::trusted(self.words.day_or_unknown(date))
    }

    /// What a position says, with its endnotes.
    pub(super) fn position_figure(&mut self, finding: &Finding, position: &Position) -> Result<Cited> {
        let Position { low, high, approximate, .. } = *position;
        let text = self.words.quantity(low, high, approximate, finding.unit.as_deref());
        self.cite(finding, &text, &position.claims)
    }

    /// The figure of a finding with its best estimate and the endnotes of what bounds it.
    pub(super) fn figure(&mut self, finding: &Finding) -> Result<Cited> {
        let text = self.figure_text(finding);
        self.cite_finding(&text, finding)
    }

    /// A text about a finding with an endnote for each of the claims.
    ///
    /// # Errors
    /// There is no claim, or one that did not come with the findings.
    pub(super) fn cite<'i>(
        &mut self,
        finding: &Finding,
        text: &Md,
        claims: impl IntoIterator<Item = &'i String>,
    ) -> Result<Cited> {
        self.notes
            .cite(text, claims)
            .map_err(|error| Error { message: format!("finding {}: {error}", finding.id), ..error })
    }

    /// The claims that were cited up to now, in the order of their numbers, from 1.
    pub(super) fn cited(&self) -> &[&'a Claim] {
        self.notes.cited()
    }

    /// The claim with this id.
    pub(super) fn claim(&self, id: &str) -> Option<&'a Claim> {
        self.notes.claim(id)
    }

    /// A text about a finding with the endnotes of what bounds it.
    pub(super) fn cite_finding(&mut self, text: &Md, finding: &Finding) -> Result<Cited> {
        self.cite(finding, text, bounding_claims(finding))
    }

    /// The figure of a finding of the report before: where the articles that it rests on are still read, with endnotes, else
    /// with a reference to that report.
    pub(super) fn earlier_figure(&mut self, finding: &Finding) -> Result<Cited> {
        let text = self.figure_text(finding);
        let claims = bounding_claims(finding);
        if !claims.is_empty() && claims.iter().all(|id| self.notes.claim(id).is_some()) {
            return self.cite(finding, &text, claims);
        }
        Ok(self.archived(finding, self.previous))
    }

    /// The figure of a finding with a reference to the report that printed it.
    pub(super) fn printed_figure(&self, finding: &Finding, report: Date) -> Cited {
        self.archived(finding, Some(report))
    }

    fn archived(&self, finding: &Finding, report: Option<Date>) -> Cited {
        let text = self.figure_text(finding);
        let pieces = [("figure", &text), ("day", &self.day(report)), ("id", &Md::code(&finding.id))];
        Cited::archived(Md::fill(&self.words.phrase.earlier_report, &pieces))
    }

    fn figure_text(&self, finding: &Finding) -> Md {
        let words = self.words;
        let bounds = words.quantity(finding.low, finding.high, finding.approximate, finding.unit.as_deref());
        let best = match finding.best {
            Some(best) if finding.low == Some(best) && finding.high == Some(best) => return bounds,
            Some(best) => Md::fill(&words.phrase.best, &[("value", &Md::trusted(words.figure(best)))]),
            None if finding.low.is_some() || finding.high.is_some() => Md::trusted(&words.phrase.no_best),
            None => return bounds,
        };
        Md::trusted(format!("{} ({})", bounds.as_str(), best.as_str()))
    }

    /// Who says so, grouped by how sure they are: "according to A and B; announced by C".
    pub(super) fn said_by(&self, positions: &[&Position]) -> Md {
        let mut speakers: BTreeMap<Stance, Vec<Md>> = BTreeMap::new();
        for position in positions {
            let names = speakers.entry(position.stance).or_default();
            let who = self.who(position);
            if !names.contains(&who) {
                names.push(who);
            }
        }
        let clauses: Vec<Md> = speakers
            .iter()
            .filter_map(|(stance, names)| {
                let several = names.len() > 1 || positions.iter().any(|p| p.stance == *stance && p.origin.len() > 1);
                let pattern = &self.words.said.get(stance)?[usize::from(several)];
                Some(Md::fill(pattern, &[("who", &self.words.list(names))]))
            })
            .collect();
        Md::join(&clauses, &self.words.list.semicolon).capitalised()
    }
}

/// The claims behind the figure of a finding: the first of each position that gives one of its bounds or its best value,
/// and where no position gives one exactly, the first of each that stands.
fn bounding_claims(finding: &Finding) -> Vec<&String> {
    let gives = |position: &&Position| {
        let meets = |bound: Option<f64>, of: Option<f64>| bound.is_some() && bound == of;
        has_figure(position)
            && (meets(position.low, finding.low)
                || meets(position.high, finding.high)
                || meets(finding.best, position.low)
                || meets(finding.best, position.high))
    };
    [live(finding).filter(gives).collect(), live(finding).collect(), finding.positions.iter().collect::<Vec<_>>()]
        .into_iter()
        .map(|positions| positions.into_iter().filter_map(|position| position.claims.first()).collect::<Vec<_>>())
        .find(|claims| !claims.is_empty())
        .unwrap_or_default()
}

//! What the targets of a ruling stand for, in the pipeline as it is now.

use std::collections::{BTreeMap, BTreeSet};

use recoup_model::{Claim, Position, slug};
use recoup_pipeline::{Extracted, Pipeline, Reconciled};

use crate::commands::explain::{Lookup, failure};
use crate::failure::Failure;
use crate::render::short;

/// Rulings and documents are found elsewhere than claims.
fn told(failure: Failure, decision: &str) -> Failure {
    match failure {
        Failure::UnknownId { id, nearest, .. } if decision == "undo" => {
            Failure::UnknownId { id, nearest, help: "`recoup rule list` shows all rulings with their ids".to_owned() }
        }
        Failure::UnknownId { id, nearest, .. } if id.starts_with("d_") => {
            let help = "`recoup claims --pipeline PIPELINE --format jsonl` shows them, as `document`".to_owned();
            Failure::UnknownId { id, nearest, help }
        }
        other => other,
    }
}

/// What can be ruled on.
pub(super) struct Desk<'a> {
    pub(super) pipeline: &'a Pipeline,
    pub(super) extracted: &'a Extracted,
    /// `None` where there is no cut-off.
    pub(super) known: Option<&'a Reconciled>,
}

impl Desk<'_> {
    /// The whole ids that some beginnings of them stand for.
    pub(super) fn targets(&self, decision: &str, given: &[String]) -> Result<Vec<String>, Failure> {
        let lookup = match decision {
            "undo" => self.rulings(),
            "depend" => return given.iter().map(|id| self.source(id)).collect(),
            _ => self.things(),
        };
        let known = |id: &String| lookup.find(id).map_err(|error| told(failure(error, id), decision));
        given.iter().map(known).collect()
    }

    /// For each target the claims that it stands for, where one of them is a finding or a position.
    pub(super) fn claims(&self, targets: &[String]) -> Vec<Vec<String>> {
        if !targets.iter().any(|id| id.starts_with("f_") || id.starts_with("p_")) {
            return Vec::new();
        }
        targets.iter().map(|target| self.claims_of(target)).collect()
    }

    fn claims_of(&self, target: &str) -> Vec<String> {
        let findings = self.known.iter().flat_map(|known| &known.findings);
        let positions = findings.flat_map(|f| f.positions.iter().map(move |p| (f.id.as_str(), p)));
        let meant: Vec<&Position> =
            positions.filter(|(finding, p)| *finding == target || p.id == target).map(|(_, p)| p).collect();
        let claims: BTreeSet<&str> = meant.iter().flat_map(|p| &p.claims).map(String::as_str).collect();
        if claims.is_empty() {
            return vec![target.to_owned()];
        }
        let by_id: BTreeMap<&str, &Claim> = self.extracted.claims.iter().map(|c| (c.id.as_str(), c)).collect();
        let said: Vec<&Claim> = claims.iter().filter_map(|id| by_id.get(id).copied()).collect();
        let repeats = |claim: &&Claim| said.iter().any(|first| self.is_copy(claim, first));
        let copied = self.extracted.claims.iter().filter(repeats).map(|claim| claim.id.as_str());
        let mut all: Vec<String> = claims.iter().copied().chain(copied).map(str::to_owned).collect();
        all.sort();
        all.dedup();
        all
    }

    /// Whether a copy of the text repeats the claim: it would stand in the place of one that is rejected.
    fn is_copy(&self, claim: &Claim, first: &Claim) -> bool {
        let mut copies = self.known.iter().flat_map(|known| &known.copies);
        let together = copies.any(|c| c.documents.contains(&claim.document) && c.documents.contains(&first.document));
        let figure = |c: &Claim| c.quantity.as_ref().map(|q| (q.low(), q.high()));
        let sources = |c: &Claim| c.sources.iter().map(|source| source.id.clone()).collect::<Vec<_>>();
        together
            && claim.document != first.document
            && (&claim.indicator, &claim.subject, &claim.object) == (&first.indicator, &first.subject, &first.object)
            && (figure(claim), claim.stance, sources(claim)) == (figure(first), first.stance, sources(first))
    }

    /// Findings, positions, claims (also rejected ones) and documents.
    fn things(&self) -> Lookup {
        let findings = self.known.map(|known| known.findings.as_slice()).unwrap_or_default();
        let mut lookup = Lookup::new(findings, &self.extracted.claims);
        for document in &self.extracted.documents {
            let outlet = document.outlet.as_deref().unwrap_or("unnamed outlet");
            lookup.add(&document.id, format!("{}: {outlet}", document.doc));
        }
        lookup
    }

    fn rulings(&self) -> Lookup {
        let mut lookup = Lookup::default();
        for ruling in self.pipeline.rulings().iter() {
            lookup.add(&ruling.id, format!("{}: {}", ruling.decision.name(), short(&ruling.because, 60)));
        }
        lookup
    }

    /// A source is named by its whole id: that of the theatre, of a claim, or the slug of an outlet.
    fn source(&self, id: &str) -> Result<String, Failure> {
        let theatre = self.pipeline.theatre();
        let speakers = self.extracted.claims.iter().flat_map(|c| c.sources.iter().chain(&c.via)).map(|s| s.id.clone());
        let outlets = self.extracted.documents.iter().filter_map(|d| d.outlet.as_deref()).map(slug);
        let quoted: BTreeSet<String> = speakers.chain(outlets).collect();
        if quoted.contains(id) || theatre.source(id).is_some() || theatre.actor(id).is_some() {
            return Ok(id.to_owned());
        }
        let known = theatre.sources.iter().map(|source| source.id.clone());
        let near = |known: &String| strsim::jaro_winkler(known, id) >= 0.85 || known.starts_with(id);
        let nearest: BTreeSet<String> = quoted.iter().cloned().chain(known).filter(near).collect();
        let help = "sources are named by the ids that stand in the theatre and in claims: \
                    `recoup claims --pipeline PIPELINE --format jsonl | jq -r '.sources[].id'`";
        Err(Failure::UnknownId {
            id: id.to_owned(),
            nearest: nearest.into_iter().take(5).collect(),
            help: help.to_owned(),
        })
    }
}

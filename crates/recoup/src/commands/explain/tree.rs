//! The tree from a finding down to the words of an article.

use std::collections::BTreeSet;
use std::io::{self, Write};

use recoup_model::{Claim, Disagreement, Document, Finding, Position, Span};

use super::slots;
use crate::render::{Layout, excerpt, hanging, line_number, plain};
use crate::{terminal, words};

/// Bytes of a page that are shown before and behind a claim.
const BESIDE: usize = 60;

/// What is known, and how to draw it.
pub(super) struct Tree<'a> {
    pub(super) findings: &'a [Finding],
    pub(super) claims: &'a [Claim],
    pub(super) documents: &'a [Document],
    /// The source of the page from which a document was taken.
    pub(super) page: &'a dyn Fn(&Document) -> Option<String>,
    pub(super) color: bool,
}

impl Tree<'_> {
    /// Draws what has the id, in its place: a position below its finding, a claim below its positions. Returns
    /// whether that is in a finding: a claim that no finding rests on stands alone.
    pub(super) fn print(&self, id: &str, out: &mut dyn Write) -> io::Result<bool> {
        let mut in_findings = false;
        for finding in self.findings {
            let whole = finding.id == id;
            let positions: Vec<(&Position, bool)> = finding
                .positions
                .iter()
                .map(|position| (position, whole || position.id == id))
                .filter(|(position, whole)| *whole || position.claims.iter().any(|claim| claim == id))
                .collect();
            if !whole && positions.is_empty() {
                continue;
            }
            if std::mem::replace(&mut in_findings, true) {
                writeln!(out)?;
            }
            self.print_finding(finding, out)?;
            for (position, whole) in positions {
                let claims: Vec<&str> =
                    position.claims.iter().map(String::as_str).filter(|claim| whole || *claim == id).collect();
                self.print_position(position, &claims, out)?;
            }
        }
        if !in_findings && let Some(claim) = self.claims.iter().find(|claim| claim.id == id) {
            self.print_claim(claim, 0, out)?;
        }
        Ok(in_findings)
    }

    fn print_finding(&self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "finding {}", finding.id)?;
        writeln!(out, "  {}", plain(&words::question(finding)))?;
        let mut field =
            |name: &str, value: String| writeln!(out, "{}", hanging(&format!("  {name:<12}"), &value, terminal::WIDTH));
        field("stated", words::bounds(finding.low, finding.high, finding.approximate))?;
        if finding.derived.low.is_some() || finding.derived.high.is_some() {
            let bounds = words::bounds(finding.derived.low, finding.derived.high, false);
            field("derived", format!("{bounds}, from {}", finding.derived.chain.join(", ")))?;
            field("", format!("rule: {}", recoup_reconcile::DERIVED))?;
        }
        let origins = words::count(finding.independent_origins, "independent origin", "independent origins");
        field("status", format!("{}, {origins}", words::status(finding.status)))?;
        field("", format!("rule: {}", recoup_reconcile::status_rule(finding.status)))?;
        if let Some(likelihood) = finding.likelihood {
            field("probability", words::likelihood(likelihood).to_owned())?;
            field("", format!("rule: {}", recoup_reconcile::LIKELIHOOD_CAP))?;
        }
        if let Some(estimates) = estimates(finding) {
            field("estimates", estimates)?;
            for (name, rule) in recoup_reconcile::ESTIMATES {
                field("", format!("{name}: {rule}"))?;
            }
        }
        if let Some(measure) = finding.measure {
            field("measure", measure.as_str().to_owned())?;
        }
        if let Some(time) = finding.time {
            field("time", words::days(time.start, time.end))?;
        }
        for disagreement in &finding.disagreements {
            field("disagree", disagreement_line(disagreement))?;
            field("", format!("rule: {}", recoup_reconcile::class_rule(disagreement.class)))?;
        }
        Ok(())
    }

    fn print_position(&self, position: &Position, claims: &[&str], out: &mut dyn Write) -> io::Result<()> {
        let bounds = words::bounds(position.low, position.high, position.approximate);
        writeln!(out, "\n  position {}", position.id)?;
        writeln!(out, "    {}: {bounds}, {}", plain(&words::origin(position)), position.stance.as_str())?;
        let grade = position.grade;
        let (reliable, credible) = (words::reliability(grade.reliability), words::credibility(grade.credibility));
        let interested = if position.interested { "; a party on its own or its enemy's figures" } else { "" };
        writeln!(out, "    {:<12}{grade} ({reliable}, {credible}{interested})", "grade")?;
        let rule = recoup_reconcile::CREDIBILITY.iter().find(|rule| rule.credibility == grade.credibility);
        if let Some(rule) = rule {
            writeln!(out, "{}", hanging(&format!("    {:<12}", ""), &format!("rule: {}", rule.when), terminal::WIDTH))?;
        }
        if let Some(day) = position.reported {
            writeln!(out, "    {:<12}{day}", "said")?;
        }
        if !position.relayed_by.is_empty() {
            let outlets: Vec<String> = position.relayed_by.iter().map(|id| self.outlet(id)).collect();
            writeln!(out, "    {:<12}{}", "printed by", plain(&outlets.join(", ")))?;
        }
        let relays = self.relays(position);
        if !relays.is_empty() {
            writeln!(out, "    {:<12}{}", "relayed by", plain(&relays.join(", ")))?;
        }
        if let Some(later) = &position.superseded_by {
            writeln!(out, "    {:<12}{later}", "replaced by")?;
            writeln!(out, "    {:<12}rule: {}", "", recoup_reconcile::REPLACED)?;
        }
        for id in claims {
            if let Some(claim) = self.claims.iter().find(|claim| claim.id == *id) {
                writeln!(out)?;
                self.print_claim(claim, 4, out)?;
            }
        }
        Ok(())
    }

    fn print_claim(&self, claim: &Claim, indent: usize, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{:indent$}claim {}", "", claim.id)?;
        let indent = indent + 2;
        writeln!(out, "{:indent$}{}, {}, by {}", "", claim.indicator, claim.stance.as_str(), claim.rule)?;
        let document = self.documents.iter().find(|document| document.id == claim.document);
        if let Some(document) = document {
            let span = claim.anchor.span();
            let file = document.path.as_deref().or(document.url.as_deref()).unwrap_or(&document.doc);
            writeln!(out, "{:indent$}{}:{}", "", plain(file), line_number(&document.text, span.start()))?;
            let sentences = document.blocks.iter().flat_map(|block| &block.sentences);
            let sentence = sentences.copied().filter(|sentence| sentence.overlap(span) > 0).reduce(|a, b| a.cover(b));
            let layout = Layout { indent, width: terminal::WIDTH, color: self.color };
            write!(out, "{}", excerpt(&document.text, sentence.unwrap_or(span), span, layout))?;
            if let Some(place) = document.page.locate(span)
                && let Some(page) = (self.page)(document)
            {
                writeln!(out, "{:indent$}in its page, bytes {} to {}", "", place.start(), place.end())?;
                write!(out, "{}", excerpt(&page, around(&page, place), place, layout))?;
            }
        }
        slots::print(claim, document, indent, out)?;
        if let Some(document) = document {
            writeln!(out, "{:indent$}{:<12}{}", "", "document", words::document(document))?;
        }
        Ok(())
    }

    /// Who stands between the origin and the outlets, as the articles say.
    fn relays(&self, position: &Position) -> Vec<String> {
        let claims = self.claims.iter().filter(|claim| position.claims.contains(&claim.id));
        let names: BTreeSet<&str> = claims.flat_map(|claim| &claim.via).map(|source| source.name.as_str()).collect();
        names.into_iter().map(str::to_owned).collect()
    }

    fn outlet(&self, document: &str) -> String {
        let known = self.documents.iter().find(|d| d.id == document);
        known.map_or_else(|| document.to_owned(), |d| d.outlet.clone().unwrap_or_else(|| d.doc.clone()))
    }
}

/// A part of a page with what stands beside it on its lines: lines of a page may be endless.
fn around(page: &str, place: Span) -> Span {
    let (start, end) = (place.start().min(page.len()), place.end().min(page.len()));
    let line = page[..page.floor_char_boundary(start)].rfind('\n').map_or(0, |at| at + 1);
    let from = page.ceil_char_boundary(line.max(start.saturating_sub(BESIDE)));
    let rest = &page[page.ceil_char_boundary(end)..];
    let to = end + rest.find('\n').unwrap_or(rest.len()).min(BESIDE);
    Span::new(from.min(start), page.floor_char_boundary(to).max(end)).unwrap_or(place)
}

/// The three rules side by side; `None` where no rule gives a value.
fn estimates(finding: &Finding) -> Option<String> {
    let rules = &finding.estimates;
    let named =
        [("most supported", rules.most_supported), ("conservative", rules.conservative), ("freshest", rules.freshest)];
    let values: Vec<String> = named
        .iter()
        .filter_map(|(rule, value)| value.map(|value| format!("{} {rule}", words::number(value))))
        .collect();
    let sensitive = if finding.rule_sensitive { " (the rules disagree)" } else { "" };
    (!values.is_empty()).then(|| format!("{}{sensitive}", values.join(", ")))
}

fn disagreement_line(disagreement: &Disagreement) -> String {
    format!("{} ({}): {}", words::class(disagreement.class), disagreement.between.join(", "), disagreement.note)
}

//! Findings without a figure.

use std::collections::BTreeMap;

use recoup_model::{Finding, Stance, Status, VERIFICATION};
use recoup_plugin::Result;

use super::figures::{is_figure, origins, status};
use crate::clocks::live;
use crate::markdown::desk::Desk;
use crate::md::Md;
use crate::stream::Report;

pub(super) fn view(report: &Report, desk: &mut Desk<'_>) -> Result<Vec<Md>> {
    let findings = report.findings.iter().map(|item| &item.finding);
    findings.filter(|finding| is_statement(finding)).map(|finding| line(finding, desk)).collect()
}

/// Whether somebody stands by a finding that has no figure. What was only denied or refused has a section of its own.
fn is_statement(finding: &Finding) -> bool {
    finding.indicator != VERIFICATION
        && !is_figure(finding)
        && finding.status != Status::Superseded
        && live(finding).any(|position| !matches!(position.stance, Stance::Denied | Stance::Unconfirmed))
}

fn line(finding: &Finding, desk: &mut Desk<'_>) -> Result<Md> {
    let mut speakers: BTreeMap<Stance, Vec<(Md, Vec<&String>)>> = BTreeMap::new();
    for position in live(finding) {
        let who = desk.who(position);
        let of_stance = speakers.entry(position.stance).or_default();
        match of_stance.iter_mut().find(|(known, _)| *known == who) {
            Some((_, claims)) => claims.extend(&position.claims),
            None => of_stance.push((who, position.claims.iter().collect())),
        }
    }
    let mut clauses = Vec::new();
    for (stance, speakers) in speakers {
        let mut names = Vec::new();
        for (who, claims) in speakers {
            names.push(desk.cite(finding, &who, claims)?.md().clone());
        }
        if let Some(pattern) = desk.words.stated.get(&stance) {
            clauses.push(Md::fill(pattern, &[("who", &desk.words.list(&names))]));
        }
    }
    clauses.extend([status(finding, desk), origins(finding, desk)]);
    let question = Md::trusted(format!("**{}**{}", desk.question(finding).as_str(), desk.in_scope(finding).as_str()));
    Ok(Md::join(&[question, Md::join(&clauses, &desk.words.list.semicolon)], &desk.words.list.colon))
}

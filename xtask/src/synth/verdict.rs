//! `cargo xtask synth judge`: reads what was found and what is so, prints the comparison, and fails out of bounds.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use recoup_model::Claim;
use serde::{Deserialize, Serialize};

use super::judge::{CopyJudgement, Judgement, Share, judge, judge_copies, matched, sources_right};
use super::truth::{Copies, TrueQuestion, TrueStatement, read};
use crate::chore::{ChoreError, at};

/// At most so many of the findings that name two origins may have one.
const FALSE_CORROBORATION: f64 = 0.02;
/// At least so many of the findings without mistakes must hold the true value.
const TRUTH_INSIDE: f64 = 0.95;
/// At least so many pairs of copies must be found.
const COPIES_FOUND: f64 = 0.95;

const USAGE: &str = "\
synth judge takes the folder of a set, and --findings FILE or --copies FILE or both; beside them
  --claims FILE       the claims of the findings, where these were extracted from articles
  --documents FILE    the documents of the copies, where these were read from articles
  --report-json FILE  where to write the comparison";

/// What was asked for.
#[derive(Debug, Default)]
struct Flags {
    set: PathBuf,
    findings: Option<PathBuf>,
    copies: Option<PathBuf>,
    claims: Option<PathBuf>,
    documents: Option<PathBuf>,
    report: Option<PathBuf>,
}

impl Flags {
    fn read(flags: &[&str]) -> Result<Flags, ChoreError> {
        let usage = || ChoreError::Usage(USAGE.to_owned());
        let [set, rest @ ..] = flags else { return Err(usage()) };
        let mut out = Flags { set: PathBuf::from(set), ..Flags::default() };
        for pair in rest.chunks(2) {
            let [flag, value] = pair else { return Err(usage()) };
            let slot = match *flag {
                "--findings" => &mut out.findings,
                "--copies" => &mut out.copies,
                "--claims" => &mut out.claims,
                "--documents" => &mut out.documents,
                "--report-json" => &mut out.report,
                _ => return Err(usage()),
            };
            *slot = Some(PathBuf::from(value));
        }
        if set.starts_with('-') || out.findings.is_none() && out.copies.is_none() { Err(usage()) } else { Ok(out) }
    }
}

/// What is written as JSON.
#[derive(Debug, Default, Serialize)]
struct Report {
    findings: Option<Judgement>,
    /// Where claims were extracted from articles.
    extraction: Option<Extraction>,
    copies: Option<CopyJudgement>,
    /// Bounds that do not hold.
    broken: Vec<String>,
}

/// How claims compare with what the articles say.
#[derive(Debug, Serialize)]
struct Extraction {
    /// Statements of which there is a claim.
    statements: Share,
    /// Claims that name whom their sentence quotes.
    sources_right: Share,
}

/// What is read of a document.
#[derive(Deserialize)]
struct Head {
    id: String,
    doc: String,
}

pub(super) fn run(flags: &[&str]) -> Result<(), ChoreError> {
    let flags = Flags::read(flags)?;
    let mut report = Report::default();
    if let Some(findings) = &flags.findings {
        let truth: Vec<TrueQuestion> = read(&flags.set.join("truth.jsonl"))?;
        let extracted = flags.claims.as_ref().map(|claims| extracted(claims, &flags.set)).transpose()?;
        let judged = judge(&truth, &read(findings)?, extracted.as_ref().map(|(alias, _)| alias));
        if judged.findings == 0 {
            let reason = "no finding has a claim of the truth; findings from articles need --claims".to_owned();
            return Err(ChoreError::Input { path: findings.clone(), reason });
        }
        report.extraction = extracted.map(|(_, extraction)| extraction);
        report.findings = Some(judged);
    }
    if let Some(copies) = &flags.copies {
        let truth: Vec<Copies> = read(&flags.set.join("copies.jsonl"))?;
        let heads: Vec<Head> = flags.documents.as_ref().map(|path| read(path)).transpose()?.unwrap_or_default();
        // The ids of the truth are keys of articles, or those of documents on the wire.
        let wire = flags.set.join("documents.jsonl").is_file();
        let key = |head: Head| (head.id.clone(), if wire { head.id } else { head.doc });
        let keys: BTreeMap<String, String> = heads.into_iter().map(key).collect();
        report.copies = Some(judge_copies(&truth, &read(copies)?, &keys));
    }
    report.broken = broken(&report);
    print!("{}", table(&report));
    if let Some(path) = &flags.report {
        let text = serde_json::to_string_pretty(&report).unwrap_or_default();
        fs::write(path, text + "\n").map_err(at(path))?;
    }
    if report.broken.is_empty() { Ok(()) } else { Err(ChoreError::OutOfBounds(report.broken.join("\n"))) }
}

/// Extracted claims -> statements of the articles, and how well they match.
fn extracted(claims: &Path, set: &Path) -> Result<(BTreeMap<String, String>, Extraction), ChoreError> {
    let statements: Vec<TrueStatement> = read(&set.join("statements.jsonl"))?;
    let claims: Vec<Claim> = read(claims)?;
    let alias = matched(&claims, &statements);
    let extraction = Extraction {
        statements: Share { count: alias.len(), of: statements.len() },
        sources_right: sources_right(&claims, &statements, &alias),
    };
    Ok((alias, extraction))
}

fn broken(report: &Report) -> Vec<String> {
    let mut broken = Vec::new();
    let mut bound = |name: &str, share: Share, limit: f64, most: bool| {
        let value = share.share().unwrap_or(limit);
        if if most { value > limit } else { value < limit } {
            let wanted = if most { "at most" } else { "at least" };
            broken.push(format!("{name}: {} where {wanted} {} % will do", percent(share), limit * 100.0));
        }
    };
    if let Some(judged) = &report.findings {
        bound("false corroboration", judged.false_corroboration, FALSE_CORROBORATION, true);
        bound("truth inside", judged.truth_inside, TRUTH_INSIDE, false);
    }
    if let Some(copies) = &report.copies {
        bound("copies found", copies.found, COPIES_FOUND, false);
    }
    broken
}

fn table(report: &Report) -> String {
    let mut rows: Vec<(&str, String)> = Vec::new();
    if let Some(extraction) = &report.extraction {
        rows.push(("statements extracted", percent(extraction.statements)));
        rows.push(("their sources right", percent(extraction.sources_right)));
    }
    if let Some(judged) = &report.findings {
        rows.push(("questions", judged.questions.to_string()));
        rows.push(("findings", judged.findings.to_string()));
        let shares = [
            ("false corroboration", judged.false_corroboration),
            ("origins right", judged.origins_right),
            ("  too few", judged.origins_missed),
            ("  too many", judged.origins_invented),
            ("truth inside", judged.truth_inside),
            ("findings that mix", judged.mixed),
            ("questions split", judged.split),
            ("superseded seen", judged.superseded_seen),
        ];
        rows.extend(shares.map(|(name, share)| (name, percent(share))));
    }
    if let Some(copies) = &report.copies {
        rows.push(("copies found", percent(copies.found)));
        rows.push(("copies wrong", percent(copies.wrong)));
    }
    rows.iter().map(|(name, value)| format!("{name:22}{value:>10}\n")).collect()
}

/// `97.5 %  (39 of 40)`.
fn percent(share: Share) -> String {
    match share.share() {
        Some(value) => format!("{:6.2} %  ({} of {})", value * 100.0, share.count, share.of),
        None => "-".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_out_of_bounds_is_named() {
        let judged = |wrong: usize, inside: usize| Judgement {
            false_corroboration: Share { count: wrong, of: 100 },
            truth_inside: Share { count: inside, of: 100 },
            ..Judgement::default()
        };
        let names = |report: Report| broken(&report).join("; ");
        assert_eq!(names(Report { findings: Some(judged(2, 95)), ..Report::default() }), "");
        let both = names(Report { findings: Some(judged(3, 94)), ..Report::default() });
        assert!(both.contains("false corroboration:   3.00 %") && both.contains("truth inside:  94.00 %"), "{both}");
        let copies = CopyJudgement { found: Share { count: 9, of: 10 }, ..CopyJudgement::default() };
        assert!(names(Report { copies: Some(copies), ..Report::default() }).contains("copies found"));
    }

    #[test]
    fn the_flags_name_a_set_and_what_to_judge() {
        assert!(Flags::read(&["set", "--findings", "f.jsonl", "--report-json", "r.json"]).is_ok());
        assert!(Flags::read(&["set", "--copies", "c.jsonl"]).is_ok());
        for wrong in [&["set"][..], &[], &["set", "--findings"], &["--findings", "f", "--x"], &["set", "--fast", "1"]] {
            assert!(Flags::read(wrong).is_err(), "{wrong:?}");
        }
    }
}

//! What holds of every set, and what the judge says of findings made by hand.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use recoup_model::{
    Claim, Derived, Document, Estimates, Finding, Grade, Lineage, Position, Reliability, Stance, Status, Theatre,
};
use tempfile::TempDir;

use super::judge::{Share, judge, judge_copies, matched, sources_right};
use super::set::Kind;
use super::truth::{Copies, TrueOrigin, TrueQuestion, TrueStatement, read};
use super::write::write;

fn drawn(kind: Kind, seed: u64, size: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(kind, seed, size, folder.path()).unwrap();
    folder
}

/// Every file below a folder with its bytes.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                out.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    out
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_one_others() {
    for kind in [Kind::Claims, Kind::Articles] {
        let [a, b, c] = [7, 7, 8].map(|seed| drawn(kind, seed, 150));
        assert_eq!(bytes(a.path()), bytes(b.path()));
        let (a, c) = (bytes(a.path()), bytes(c.path()));
        for name in ["truth.jsonl", "theatre.toml"].map(PathBuf::from) {
            assert_ne!(a[&name], c[&name], "{}", name.display());
        }
    }
}

#[test]
fn every_claim_belongs_to_one_question_and_to_one_origin_of_it() {
    let set = drawn(Kind::Claims, 1, 3000);
    let claims: Vec<Claim> = read(&set.path().join("claims.jsonl")).unwrap();
    let truth: Vec<TrueQuestion> = read(&set.path().join("truth.jsonl")).unwrap();
    assert_eq!(claims.len(), 3000);
    let ids: BTreeSet<&str> = claims.iter().map(|claim| claim.id.as_str()).collect();
    assert_eq!(ids.len(), claims.len());
    let mut owned: BTreeMap<&str, &TrueQuestion> = BTreeMap::new();
    for question in &truth {
        for id in &question.claims {
            assert!(owned.insert(id, question).is_none(), "{id} belongs to two questions");
        }
        let of_origins: Vec<&String> = question.origins.iter().flat_map(|o| &o.claims).collect();
        assert_eq!(of_origins.iter().collect::<BTreeSet<_>>().len(), question.claims.len());
        assert_eq!(of_origins.len(), question.claims.len());
        assert_eq!(question.independent_origins, question.origins.len());
    }
    assert_eq!(owned.keys().copied().collect::<BTreeSet<_>>(), ids);
    for claim in &claims {
        let question = owned[claim.id.as_str()];
        assert_eq!(claim.indicator, question.indicator);
        assert_eq!(claim.subject.as_deref(), Some(question.subject.as_str()));
        assert_eq!(claim.object, question.object);
        assert!(claim.places.iter().all(|place| place.id.as_deref() == Some(question.place.as_str())));
    }
}

#[test]
fn the_figures_of_a_bracketed_question_hold_the_truth_and_mistakes_do_not() {
    let set = drawn(Kind::Claims, 2, 3000);
    let claims: Vec<Claim> = read(&set.path().join("claims.jsonl")).unwrap();
    let claims: BTreeMap<&str, &Claim> = claims.iter().map(|claim| (claim.id.as_str(), claim)).collect();
    let truth: Vec<TrueQuestion> = read(&set.path().join("truth.jsonl")).unwrap();
    let holds = |id: &String, value: i64| {
        let quantity = claims[id.as_str()].quantity.as_ref().unwrap();
        let (value, slack) = (value as f64, if quantity.approximate { 0.1 } else { 0.0 });
        quantity.low().is_none_or(|low| low * (1.0 - slack) <= value)
            && quantity.high().is_none_or(|high| value <= high * (1.0 + slack))
    };
    let (mut bracketed, mut mistakes, mut superseded) = (0, 0, 0);
    for question in &truth {
        let live = || question.claims.iter().filter(|id| !question.superseded.contains(id));
        assert_eq!(question.bracketed, live().all(|id| holds(id, question.value)), "{}", question.id);
        for id in &question.mistakes {
            assert!(!holds(id, question.value), "{id} of {}", question.id);
        }
        bracketed += usize::from(question.bracketed);
        mistakes += usize::from(!question.mistakes.is_empty());
        superseded += usize::from(!question.superseded.is_empty());
    }
    let of = truth.len();
    assert!(bracketed * 2 > of && mistakes * 50 > of && superseded * 50 > of, "{bracketed} {mistakes} {superseded}");
}

#[test]
fn copies_differ_in_bytes_and_not_in_claims() {
    let set = drawn(Kind::Claims, 3, 4000);
    let claims: Vec<Claim> = read(&set.path().join("claims.jsonl")).unwrap();
    let documents: Vec<Document> = read(&set.path().join("documents.jsonl")).unwrap();
    let texts: BTreeMap<&str, &str> = documents.iter().map(|d| (d.id.as_str(), d.text.as_str())).collect();
    assert_eq!(texts.len(), documents.len());
    let mut said: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for claim in &claims {
        let quantity = claim.quantity.as_ref().unwrap();
        let what = format!(
            "{} {:?} {:?} {:?} {:?} {:?} {:?}",
            claim.indicator,
            claim.subject,
            quantity.low(),
            quantity.high(),
            claim.sources,
            claim.via,
            claim.stance
        );
        said.entry(&claim.document).or_default().push(what);
    }
    said.values_mut().for_each(|claims| claims.sort());
    let groups: Vec<Copies> = read(&set.path().join("copies.jsonl")).unwrap();
    assert!(groups.len() > 50, "{}", groups.len());
    for group in groups {
        let (first, rest) = group.documents.split_first().unwrap();
        assert!(!rest.is_empty());
        for copy in rest {
            assert_ne!(texts[first.as_str()], texts[copy.as_str()]);
            assert_eq!(said[first.as_str()], said[copy.as_str()]);
        }
    }
}

#[test]
fn documents_are_long_enough_and_their_claims_stand_in_them() {
    let set = drawn(Kind::Claims, 4, 2000);
    let claims: Vec<Claim> = read(&set.path().join("claims.jsonl")).unwrap();
    let documents: Vec<Document> = read(&set.path().join("documents.jsonl")).unwrap();
    let texts: BTreeMap<&str, &str> = documents.iter().map(|d| (d.id.as_str(), d.text.as_str())).collect();
    for document in &documents {
        assert!(document.text.split_whitespace().count() >= 60, "{}", document.text);
        assert!(!document.text.contains(['{', '}']) && !document.text.contains("  "), "{}", document.text);
    }
    let theatre: Theatre = toml::from_str(&fs::read_to_string(set.path().join("theatre.toml")).unwrap()).unwrap();
    for claim in &claims {
        assert_eq!(claim.anchor.span().slice(texts[claim.document.as_str()]), Some(claim.anchor.quote()));
        for source in claim.sources.iter().chain(&claim.via) {
            assert!(theatre.source(&source.id).is_some(), "{}", source.id);
        }
    }
}

#[test]
fn no_group_is_larger_than_the_bound_and_a_few_hold_much() {
    let set = drawn(Kind::Claims, 5, 20_000);
    let truth: Vec<TrueQuestion> = read(&set.path().join("truth.jsonl")).unwrap();
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for question in &truth {
        *sizes.entry(question.id.split('_').nth(1).unwrap()).or_default() += question.claims.len();
    }
    let most = sizes.values().max().copied().unwrap();
    assert!((100..=400).contains(&most), "{most}");
    let small = sizes.values().filter(|size| **size <= 10).count();
    assert!(small * 2 > sizes.len(), "{small} of {}", sizes.len());
}

#[test]
fn articles_carry_their_statements_and_their_front_matter() {
    let set = drawn(Kind::Articles, 6, 120);
    let statements: Vec<TrueStatement> = read(&set.path().join("statements.jsonl")).unwrap();
    let files = fs::read_dir(set.path().join("articles")).unwrap().count();
    assert_eq!(files, 120);
    for statement in &statements {
        let path = set.path().join("articles").join(format!("{}.txt", statement.doc));
        let text = fs::read_to_string(path).unwrap();
        let (head, body) = text.strip_prefix("+++\n").unwrap().split_once("+++\n").unwrap();
        let head: toml::Table = head.parse().unwrap();
        assert!(["published", "language", "outlet", "url", "title"].iter().all(|key| head.contains_key(*key)));
        assert!(body.contains(&statement.quote), "{} in {body}", statement.quote);
    }
}

/// A question with the value 100, on which each of these origins makes one claim, named `q/origin`.
fn question(id: &str, origins: &[&str]) -> TrueQuestion {
    let claims = |origin: &&str| TrueOrigin { origin: (*origin).to_owned(), claims: vec![format!("{id}/{origin}")] };
    let origins: Vec<TrueOrigin> = origins.iter().map(claims).collect();
    TrueQuestion {
        id: id.to_owned(),
        indicator: "casualties.killed".to_owned(),
        subject: "kalvoria".to_owned(),
        object: None,
        unit: "person".to_owned(),
        measure: None,
        place: "dorna".to_owned(),
        start: "2024-01-01".parse().unwrap(),
        end: "2024-01-02".parse().unwrap(),
        value: 100,
        within: None,
        claims: origins.iter().flat_map(|o| o.claims.clone()).collect(),
        independent_origins: origins.len(),
        origins,
        mistakes: Vec::new(),
        superseded: Vec::new(),
        bracketed: true,
    }
}

fn finding(claims: &[&str], origins: usize, low: f64, high: f64) -> Finding {
    let position = |claim: &&str| Position {
        id: "p".to_owned(),
        origin: Vec::new(),
        low: Some(low),
        high: Some(high),
        approximate: false,
        stance: Stance::Asserted,
        reported: None,
        grade: Grade { reliability: Reliability::F, credibility: 3 },
        interested: false,
        addition: false,
        claims: vec![(*claim).to_owned()],
        relayed_by: Vec::new(),
        superseded_by: None,
    };
    Finding {
        id: "f".to_owned(),
        indicator: "casualties.killed".to_owned(),
        subject: None,
        object: None,
        unit: None,
        measure: None,
        places: Vec::new(),
        time: None,
        low: Some(low),
        best: None,
        high: Some(high),
        approximate: false,
        derived: Derived::default(),
        estimates: Estimates::default(),
        rule_sensitive: false,
        status: Status::SingleSource,
        likelihood: None,
        independent_origins: origins,
        positions: claims.iter().map(position).collect(),
        disagreements: Vec::new(),
        lineage: Lineage::default(),
    }
}

#[test]
fn perfect_findings_are_judged_perfect() {
    let truth = [question("a", &["ngo", "army"]), question("b", &["ngo"])];
    let findings = [finding(&["a/ngo", "a/army"], 2, 90.0, 110.0), finding(&["b/ngo"], 1, 100.0, 100.0)];
    let judged = judge(&truth, &findings, None);
    assert_eq!((judged.questions, judged.findings), (2, 2));
    assert_eq!(judged.false_corroboration, Share { count: 0, of: 1 });
    for all in [judged.origins_right, judged.truth_inside] {
        assert_eq!(all, Share { count: 2, of: 2 });
    }
    for none in [judged.mixed, judged.split, judged.origins_missed, judged.origins_invented] {
        assert_eq!(none, Share { count: 0, of: 2 });
    }
}

#[test]
fn what_is_wrong_with_findings_is_counted() {
    let mut truth = [question("a", &["ngo", "army"]), question("b", &["ngo"]), question("c", &["ngo", "army"])];
    truth[2].mistakes.push("c/army".to_owned());
    let findings = [
        finding(&["b/ngo"], 2, 90.0, 110.0),
        finding(&["a/ngo"], 1, 10.0, 20.0),
        finding(&["a/army", "c/army"], 2, 90.0, 110.0),
        finding(&["c/ngo", "unknown"], 1, 100.0, 100.0),
        finding(&["unknown"], 1, 0.0, 0.0),
    ];
    let judged = judge(&truth, &findings, None);
    assert_eq!(judged.findings, 4);
    assert_eq!(judged.false_corroboration, Share { count: 2, of: 2 }, "one origin each: an NGO, an army");
    assert_eq!(judged.origins_right, Share { count: 2, of: 4 });
    assert_eq!(judged.origins_invented, Share { count: 2, of: 4 });
    assert_eq!(judged.truth_inside, Share { count: 2, of: 3 }, "one holds a mistake");
    assert_eq!(judged.mixed, Share { count: 1, of: 4 });
    assert_eq!(judged.split, Share { count: 2, of: 3 });
}

#[test]
fn pairs_of_copies_are_compared_by_the_keys_of_the_truth() {
    let group = |ids: &[&str]| Copies { documents: ids.iter().map(|id| (*id).to_owned()).collect() };
    let keys = BTreeMap::from([("d_1", "a"), ("d_2", "b"), ("d_4", "d")].map(|(k, v)| (k.to_owned(), v.to_owned())));
    let judged = judge_copies(&[group(&["a", "b", "c"])], &[group(&["d_2", "d_1", "d_4"])], &keys);
    assert_eq!(judged.found, Share { count: 1, of: 3 });
    assert_eq!(judged.wrong, Share { count: 2, of: 3 });
}

#[test]
fn extracted_claims_are_matched_by_document_indicator_and_figure() {
    let set = drawn(Kind::Claims, 9, 60);
    let claims: Vec<Claim> = read(&set.path().join("claims.jsonl")).unwrap();
    let whole = |value: Option<f64>| value.map(|v| v as i64);
    let statement = |claim: &Claim| TrueStatement {
        id: format!("s/{}", claim.id),
        doc: claim.doc.clone(),
        indicator: claim.indicator.clone(),
        low: whole(claim.quantity.as_ref().and_then(|q| q.low())),
        high: whole(claim.quantity.as_ref().and_then(|q| q.high())),
        quote: claim.anchor.quote().to_owned(),
        source: claim.sources.first().map(|source| source.id.clone()),
        via: claim.via.first().map(|source| source.id.clone()),
    };
    let statements: Vec<TrueStatement> = claims.iter().map(statement).collect();
    let alias = matched(&claims, &statements);
    assert_eq!(alias.len(), claims.len());
    assert_eq!(sources_right(&claims, &statements, &alias), Share { count: claims.len(), of: claims.len() });
    assert!(matched(&claims, &statements[..0]).is_empty());
}

#![allow(clippy::unwrap_used)]

use jiff::civil::date;
use recoup_model::{Derived, Estimates, Grade, Lineage, Position, Published, PublishedFrom, Reliability, Stance};

use super::*;

const PERIOD: Period = Period { start: date(2024, 12, 10), end: date(2024, 12, 16) };

/// A finding `id` with the interval and one position on each of the claims; a claim `x!` is on a replaced position.
/// The document that carries a claim has the claim's name.
fn finding(id: &str, low: Option<f64>, best: Option<f64>, high: Option<f64>, claims: &[&str]) -> Finding {
    let position = |claim: &&str| {
        let (claim, replaced) = claim.strip_suffix('!').map_or((*claim, false), |claim| (claim, true));
        Position {
            id: format!("p_{claim}"),
            origin: vec![],
            low,
            high,
            approximate: false,
            stance: Stance::Asserted,
            reported: None,
            grade: Grade { reliability: Reliability::F, credibility: 6 },
            interested: false,
            addition: false,
            claims: vec![claim.to_owned()],
            relayed_by: vec![claim.to_owned()],
            superseded_by: replaced.then(|| "p_later".to_owned()),
        }
    };
    Finding {
        id: id.to_owned(),
        indicator: "casualties.killed".to_owned(),
        subject: None,
        object: None,
        unit: None,
        measure: None,
        places: vec![],
        time: None,
        low,
        best,
        high,
        approximate: false,
        derived: Derived::default(),
        estimates: Estimates::default(),
        rule_sensitive: false,
        status: Status::SingleSource,
        likelihood: None,
        independent_origins: 1,
        positions: claims.iter().map(position).collect(),
        disagreements: vec![],
        lineage: Lineage::default(),
    }
}

fn document(id: &str, outlet: Option<&str>, day: Option<Date>) -> Document {
    Document {
        id: id.to_owned(),
        doc: id.to_owned(),
        outlet: outlet.map(str::to_owned),
        relays: vec![],
        url: None,
        path: None,
        language: None,
        published: day.map(|date| Published { date, from: PublishedFrom::Sidecar }),
        modified: None,
        title: None,
        byline: None,
        fetched: None,
        quality: None,
        page: recoup_model::PageMap::default(),
        text: String::new(),
        blocks: vec![],
    }
}

fn compare(before: &[Finding], after: &mut [Finding], documents: &[Document]) -> Vec<Change> {
    Comparison::since(Some(date(2024, 12, 9)), before, documents, PERIOD).changes(after)
}

fn kinds(changes: &[Change]) -> Vec<(ChangeKind, &str)> {
    changes.iter().map(|change| (change.change, change.finding.as_str())).collect()
}

#[test]
fn the_most_telling_kind_of_change_is_told() {
    let was = |low, best, high| finding("f", low, best, high, &["a"]);
    let is = |low, best, high| finding("f", low, best, high, &["a", "b"]);
    let heard = [document("b", None, Some(date(2024, 12, 12)))];
    let n = Some;
    for (before, after, want) in [
        (was(n(10.0), n(10.0), n(10.0)), is(n(10.0), n(20.0), n(20.0)), Some(ChangeKind::Raised)),
        (was(n(10.0), n(20.0), n(20.0)), is(n(5.0), n(10.0), n(20.0)), Some(ChangeKind::Lowered)),
        (was(n(10.0), None, n(20.0)), is(n(12.0), None, n(20.0)), Some(ChangeKind::Narrowed)),
        (was(n(30.0), None, None), is(n(30.0), None, n(40.0)), Some(ChangeKind::Narrowed)),
        (was(n(30.0), None, None), is(n(100.0), None, None), Some(ChangeKind::Raised)),
        (was(None, None, n(50.0)), is(None, None, n(40.0)), Some(ChangeKind::Lowered)),
        (was(n(10.0), None, n(20.0)), is(n(10.0), None, n(30.0)), Some(ChangeKind::Raised)),
        (was(n(10.0), None, n(20.0)), is(n(5.0), None, n(20.0)), Some(ChangeKind::Lowered)),
        (was(n(10.0), None, n(20.0)), is(None, None, None), Some(ChangeKind::Withdrawn)),
        (was(n(10.0), n(15.0), n(20.0)), is(n(10.0), n(15.0), n(20.0)), Some(ChangeKind::Unchanged)),
    ] {
        let shown = format!("{:?} -> {:?}", (before.low, before.high), (after.low, after.high));
        let changes = compare(&[before], &mut [after], &heard);
        assert_eq!(changes.first().map(|change| change.change), want, "{shown}");
    }
}

#[test]
fn a_figure_that_stays_can_rest_on_other_words() {
    let before = [finding("f", Some(10.0), None, None, &["a"])];
    let heard = [document("b", None, Some(date(2024, 12, 12)))];
    let mut replaced = [finding("f", Some(10.0), None, None, &["a!", "b"])];
    assert_eq!(compare(&before, &mut replaced, &heard)[0].change, ChangeKind::Superseded);
    let mut backed = [Finding { status: Status::Corroborated, ..finding("f", Some(10.0), None, None, &["a", "b"]) }];
    assert_eq!(compare(&before, &mut backed, &heard)[0].change, ChangeKind::Status);
    let earlier = [document("a", None, Some(date(2024, 12, 2)))];
    let mut silent = [finding("f", Some(10.0), None, None, &["a"])];
    assert_eq!(compare(&before, &mut silent, &earlier)[0].change, ChangeKind::Silent);
    // Of what had been replaced before, silence is no news.
    let replaced = Finding { status: Status::Superseded, ..finding("f", None, None, None, &["a!"]) };
    let mut still = [replaced.clone()];
    assert_eq!(compare(&[replaced], &mut still, &earlier)[0].change, ChangeKind::Unchanged);
}

#[test]
fn a_finding_is_followed_by_its_claims_through_merging_and_splitting() {
    let one = |id: &str, claims: &[&str]| finding(id, Some(1.0), None, None, claims);
    let heard = [document("e", None, Some(date(2024, 12, 12)))];

    let mut merged = [one("f_new", &["a", "b", "c", "e"])];
    let changes = compare(&[one("f_1", &["a", "b"]), one("f_2", &["c"])], &mut merged, &heard);
    assert_eq!(kinds(&changes), [(ChangeKind::Unchanged, "f_new")]);
    assert_eq!(merged[0].lineage, Lineage { merged_from: vec!["f_1".into(), "f_2".into()], split_from: None });

    let mut split = [one("f_1", &["a", "b", "e"]), one("f_new", &["c", "e"])];
    let changes = compare(&[one("f_1", &["a", "b", "c"])], &mut split, &heard);
    assert_eq!(kinds(&changes), [(ChangeKind::Unchanged, "f_1"), (ChangeKind::New, "f_new")]);
    assert_eq!(split[1].lineage, Lineage { merged_from: vec![], split_from: Some("f_1".into()) });

    let gone = compare(&[one("f_1", &["a"])], &mut [], &heard);
    assert_eq!((gone[0].change, gone[0].after.is_none()), (ChangeKind::Withdrawn, true));
}

#[test]
fn a_new_source_is_told_apart_from_news() {
    let before = [finding("f", Some(10.0), None, None, &["a"])];
    let old = document("a", Some("Post"), Some(date(2024, 12, 2)));
    for (outlet, want) in [(Some("Star"), true), (Some("Post"), false), (None, false)] {
        let mut after = [finding("f", Some(20.0), None, None, &["a", "b"])];
        let documents = [old.clone(), document("b", outlet, Some(date(2024, 12, 12)))];
        assert_eq!(compare(&before, &mut after, &documents)[0].coverage_only, want, "{outlet:?}");
    }
}

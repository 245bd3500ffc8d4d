//! Rulings by themselves: what they make of claims, whichever way these are stored.

use std::collections::BTreeSet;
use std::fs;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use recoup_model::{Claim, Theatre};
use recoup_pipeline::{Pipeline, Rulings};
use serde_json::json;
use tempfile::TempDir;

use crate::stages::REGISTRY;

const PIPELINE: &str = r#"
name = "norland"
rulings = "rulings.toml"
[[input]]
files = "*.txt"
[[parse]]
use = "text"
[[extract]]
use = "rules"
[[reconcile]]
use = "weigh"
"#;

/// One ruling a line, decided on the first of March and on the days after.
fn rulings(decisions: &[String]) -> Rulings {
    let table = |(day, decision): (usize, &String)| {
        format!(
            "[[ruling]]\nid = \"r_{day}\"\ndate = 2025-03-{:02}\nauthor = \"L\"\nbecause = \"so\"\n{decision}\n",
            day + 1
        )
    };
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("pipeline.toml"), PIPELINE).unwrap();
    let tables: String = decisions.iter().enumerate().map(table).collect();
    fs::write(folder.path().join("rulings.toml"), tables).unwrap();
    Pipeline::load_with(folder.path(), &REGISTRY).unwrap().rulings().clone()
}

/// Claim `c_0` of document `d_0`, and so on; two claims a document.
fn claims() -> Vec<Claim> {
    let claim = |at: usize| {
        json!({
            "id": format!("c_{at}"), "doc": "1", "document": format!("d_{}", at / 2), "indicator": "casualties.killed",
            "span": {"start": at, "end": at + 1}, "quote": "x", "reported": "2025-01-05", "stance": "asserted", "rule": "case",
        })
    };
    (0..6).map(|at| serde_json::from_value(claim(at)).unwrap()).collect()
}

fn published(_: &str) -> Option<Date> {
    Some(date(2025, 1, 5))
}

fn ids(claims: &[Claim]) -> String {
    claims.iter().map(|claim| claim.id.trim_start_matches("c_")).collect()
}

#[test]
fn of_two_rulings_on_one_target_the_later_holds() {
    let cases: [(&[&str], &str, &str); 14] = [
        (&["reject = 'c_1'"], "02345", ""),
        (&["reject = 'd_0'"], "2345", ""),
        (&["reject = 'd_0'", "accept = 'c_1'"], "12345", ""),
        (&["accept = 'c_1'", "reject = 'd_0'"], "2345", ""),
        (&["reject = 'c_1'", "undo = 'r_0'"], "012345", ""),
        (&["reject = 'c_1'", "undo = 'r_0'", "undo = 'r_1'"], "02345", ""),
        (&["merge = ['c_1', 'c_0']"], "012345", "1=0"),
        (&["merge = ['c_1', 'c_0']", "merge = ['c_2', 'c_0']"], "012345", "1=0=2"),
        (&["merge = ['c_1', 'c_0', 'c_2']", "apart = ['c_0', 'c_2']"], "012345", "1=0 0|2"),
        (&["apart = ['c_0', 'c_2']", "merge = ['c_2', 'c_0']"], "012345", "2=0"),
        (&["apart = ['p_0', 'c_2']\nclaims = [['c_0', 'c_1'], ['c_2']]"], "012345", "01|2"),
        (&["merge = ['c_1', 'c_0']", "reject = 'c_0'"], "12345", ""),
        (&["depend = ['gur', 'nis']"], "012345", "gur~nis"),
        (&["depend = ['gur', 'nis']", "undo = 'r_0'"], "012345", ""),
    ];
    for (decisions, left, group) in cases {
        let rulings = rulings(&owned(decisions));
        let claims = rulings.apply_to_claims(claims(), published);
        assert_eq!(ids(&claims), left, "{decisions:?}");
        let of = rulings.for_group(&claims);
        let plain = |ids: &[String], by: &str| ids.join(by).replace("c_", "");
        let together = of.together.iter().map(|set| plain(set, "="));
        let apart = of.apart.iter().map(|[one, other]| format!("{}|{}", plain(one, ""), plain(other, "")));
        let origins = of.one_origin.iter().map(|set| plain(set, "~"));
        assert_eq!(together.chain(apart).chain(origins).collect::<Vec<_>>().join(" "), group, "{decisions:?}");
    }
}

#[test]
fn a_day_goes_with_what_was_said_on_it() {
    let rulings =
        rulings(&["set_date = 'd_0'\nto = 2024-12-31".to_owned(), "set_date = 'c_2'\nto = '2024-12'".to_owned()]);
    let mut claims = claims();
    claims[1].reported = Some(date(2025, 1, 3));
    let ruled = rulings.apply_to_claims(claims, published);
    let days: Vec<String> = ruled.iter().take(3).map(|claim| claim.reported.unwrap().to_string()).collect();
    assert_eq!(days, ["2024-12-31", "2025-01-03", "2025-01-05"]);
    assert_eq!(ruled[2].time.as_ref().and_then(|time| time.edtf()), Some("2024-12"));
    assert_eq!(rulings.published("d_0", None).map(|p| p.date), Some(date(2024, 12, 31)));
}

#[test]
fn a_past_day_knows_no_later_ruling_and_its_file_has_the_hash_that_it_had() {
    let decisions = ["reject = 'c_1'".to_owned(), "reject = 'c_2'".to_owned()];
    let (both, first) = (rulings(&decisions), rulings(&decisions[..1]));
    let then = both.as_of(Some(date(2025, 3, 1)));
    assert_eq!(ids(&then.apply_to_claims(claims(), published)), "02345");
    assert_eq!(then.hashed(), first.hashed());
    assert_ne!(both.hashed(), first.hashed());
    assert_eq!(both.as_of(None).len(), 2);
}

#[test]
fn what_is_gone_is_told_and_what_is_there_is_counted() {
    let decisions = ["reject = ['c_1', 'c_9']", "reject = 'd_2'", "depend = ['gur', 'nobody']", "undo = 'r_0'"];
    for (count, want) in
        [(3, "1 [\"c_9\"]; 2 []; 0 [\"gur\", \"nobody\"]"), (4, "0 []; 2 []; 0 [\"gur\", \"nobody\"]; 0 []")]
    {
        let rulings = rulings(&owned(&decisions[..count]));
        let mut tally = rulings.tally();
        claims().iter().for_each(|claim| tally.claim(claim));
        let applied = tally.end(&Theatre::default());
        let seen: Vec<String> = applied.iter().map(|one| format!("{} {:?}", one.claims, one.gone)).collect();
        assert_eq!(seen.join("; "), want);
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn decision() -> impl Strategy<Value = String> {
    let claim = || (0..6_u8).prop_map(|at| format!("c_{at}"));
    prop_oneof![
        claim().prop_map(|c| format!("reject = '{c}'")),
        claim().prop_map(|c| format!("accept = '{c}'")),
        (0..3_u8).prop_map(|d| format!("reject = 'd_{d}'")),
        (0..3_u8, 1..28_u8).prop_map(|(d, day)| format!("set_date = 'd_{d}'\nto = 2024-12-{day:02}")),
        (claim(), 1..28_u8).prop_map(|(c, day)| format!("set_date = '{c}'\nto = '2024-12-{day:02}'")),
        claim().prop_map(|c| format!("set_place = '{c}'\nto = 'ru-kursk'")),
        (claim(), claim()).prop_map(|(a, b)| format!("merge = ['{a}', '{b}']")),
        (claim(), claim()).prop_map(|(a, b)| format!("apart = ['{a}', '{b}']")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn applying_twice_is_applying_once_in_any_order_of_claims(
        decisions in prop::collection::vec(decision(), 0..8),
        shuffled in Just(claims()).prop_shuffle(),
    ) {
        let rulings = rulings(&decisions);
        let once = rulings.apply_to_claims(claims(), published);
        prop_assert_eq!(&rulings.apply_to_claims(once.clone(), published), &once);
        let mut other = rulings.apply_to_claims(shuffled.clone(), published);
        other.sort_by(|a, b| a.id.cmp(&b.id));
        prop_assert_eq!(&other, &once);
        prop_assert_eq!(rulings.for_group(&shuffled), rulings.for_group(&claims()));
        let group = rulings.for_group(&claims());
        for [one, other] in &group.apart {
            prop_assert!(!one.is_empty() && !other.is_empty());
        }
        let mut seen = BTreeSet::new();
        prop_assert!(group.together.iter().flatten().all(|id| seen.insert(id)), "a claim in two sets");
    }

    #[test]
    fn undoing_every_ruling_leaves_the_claims_as_they_were(decisions in prop::collection::vec(decision(), 1..6)) {
        let undo: Vec<String> = (0..decisions.len()).map(|at| format!("'r_{at}'")).collect();
        let rulings = rulings(&[decisions, vec![format!("undo = [{}]", undo.join(", "))]].concat());
        prop_assert_eq!(rulings.apply_to_claims(claims(), published), claims());
        prop_assert!(rulings.for_group(&claims()).is_empty());
    }
}

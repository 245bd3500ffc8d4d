//! What holds for any claims.
#![allow(clippy::unwrap_used)]

mod dsl;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use recoup_model::{Claim, CopyGroup, Finding};

const THEATRE: &str = "\
actor mali side=mali en=Malian
actor fla side=fla
source mali-mod kind=government actor=mali reliability=D
source dirpa kind=military of=mali-mod
source minusma kind=igo reliability=B
place ml names=Mali
place ml-kidal in=ml names=Kidal
place ml-tessalit in=ml-kidal names=Tessalit
document A outlet=Studio published=2023-10-02
document B outlet=Sahel published=2023-10-05
document C
document Z outlet=Echo published=2023-12-30
---
";

fn line() -> impl Strategy<Value = String> {
    let document = prop::sample::select(vec!["A", "B", "C", "D"]);
    let reported = prop::sample::select(vec!["-", "2023-10-02", "2023-10-05", "2023-11-20"]);
    let speakers = prop::sample::select(vec![
        "-",
        "mali-mod",
        "dirpa",
        "fla",
        "minusma",
        "residents",
        "western-officials",
        "mali-mod+minusma",
        "sahel",
        "studio",
    ]);
    let indicator = prop::sample::select(vec![
        "casualties.killed",
        "casualties.killed_or_wounded",
        "forces.present",
        "forces.sent",
        "forces.withdrawn",
        "prisoners.captured",
        "verification.unavailable",
    ]);
    let actors = prop::sample::select(vec!["mali", "mali>fla", "fla", "-"]);
    let figure = prop::sample::select(vec!["-", "0", "12", "30..", "..40", "12~", "20..99~", "25..35", "-3..4"]);
    let place = prop::sample::select(vec!["", " @Kidal", " @Tessalit", " @Mali", " @Aguelhok", " @Tessalit @Kidal"]);
    let time = prop::sample::select(vec![
        "",
        " [2023-10-01/2023-10-01]",
        " [2023-10-01/2023-10-04]",
        " [../2023-10-31]",
        " [2023-10-05/..]",
        " [2023-01-01/2023-12-31]",
    ]);
    let stance = prop::sample::select(vec!["", " hedged", " denied", " unconfirmed", " planned"]);
    let measure = prop::sample::select(vec!["", " stock", " cumulative", " increment"]);
    let people = prop::sample::select(vec!["", " civilians", " soldiers"]);
    let rest = prop::sample::select(vec!["", " part=1", " part=2", " former", " via=sahel"]);
    ((document, reported, speakers, indicator, actors, figure), (place, time, stance, measure, people, rest)).prop_map(
        |((document, reported, speakers, indicator, actors, figure), (place, time, stance, measure, people, rest))| {
            format!("{document} {reported} {speakers} {indicator} {actors} {figure}{place}{time}{stance}{measure}{people}{rest}")
        },
    )
}

fn case() -> impl Strategy<Value = dsl::Case> {
    prop::collection::vec(line(), 0..14).prop_map(|lines| dsl::parse(&format!("{THEATRE}{}", lines.join("\n"))))
}

/// The same with what analysts decided: questions that are one, or two, and origins that are one.
fn ruled() -> impl Strategy<Value = dsl::Case> {
    let number = || 1..14_u8;
    let decision = prop_oneof![
        (number(), number(), number()).prop_map(|(a, b, c)| format!("together {a} {b} {c}")),
        (number(), number()).prop_map(|(a, b)| format!("apart {a} {b}")),
        Just("depend minusma studio".to_owned()),
        Just("depend fla residents sahel".to_owned()),
    ];
    (prop::collection::vec(line(), 0..14), prop::collection::vec(decision, 0..4)).prop_map(|(lines, decisions)| {
        let head = THEATRE.replace("---", &format!("{}\n---", decisions.join("\n")));
        dsl::parse(&format!("{head}{}", lines.join("\n")))
    })
}

/// Every reference of a finding leads somewhere, and its bounds are in order.
fn check(finding: &Finding, plans: &BTreeSet<String>) -> Result<(), TestCaseError> {
    let positions: BTreeMap<&str, _> = finding.positions.iter().map(|p| (p.id.as_str(), p)).collect();
    prop_assert_eq!(positions.len(), finding.positions.len(), "two positions of one id");
    prop_assert!(finding.low.zip(finding.high).is_none_or(|(low, high)| low <= high), "{:?}", finding);
    prop_assert!(finding.low.zip(finding.best).is_none_or(|(low, best)| low <= best), "{:?}", finding);
    prop_assert!(finding.best.zip(finding.high).is_none_or(|(best, high)| best <= high), "{:?}", finding);
    for disagreement in &finding.disagreements {
        prop_assert!(disagreement.between.iter().all(|id| positions.contains_key(id.as_str())));
        prop_assert!(!disagreement.note.is_empty());
    }
    for position in &finding.positions {
        prop_assert!((1..=6).contains(&position.grade.credibility));
        prop_assert!(!position.claims.is_empty() && !position.relayed_by.is_empty());
        let mut at = position;
        let mut steps = 0;
        while let Some(by) = at.superseded_by.as_deref() {
            match positions.get(by) {
                Some(next) => at = next,
                None => {
                    prop_assert!(plans.contains(by), "{} is no position", by);
                    break;
                }
            }
            steps += 1;
            prop_assert!(steps <= positions.len(), "positions that replace each other");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_claim_stands_in_one_position_and_every_reference_leads_somewhere(case in ruled()) {
        let findings = dsl::findings(case.claims.clone(), &case.context);
        let ids: BTreeSet<String> = findings.iter().flat_map(|f| &f.positions).map(|p| p.id.clone()).collect();
        let mut claims: Vec<&String> = findings.iter().flat_map(|f| &f.positions).flat_map(|p| &p.claims).collect();
        claims.sort();
        let mut want: Vec<&String> = case.claims.iter().map(|c| &c.id).collect();
        want.sort();
        prop_assert_eq!(claims, want);
        for finding in &findings {
            check(finding, &ids)?;
        }
    }

    #[test]
    fn the_order_of_the_claims_does_not_matter(
        (case, shuffled) in ruled().prop_flat_map(|case| {
            let claims = Just(case.claims.clone()).prop_shuffle();
            (Just(Arc::new(case)), claims)
        })
    ) {
        let findings = dsl::findings(case.claims.clone(), &case.context);
        prop_assert_eq!(findings, dsl::findings(shuffled, &case.context));
    }

    #[test]
    fn a_later_copy_of_an_article_is_one_more_carrier_and_nothing_else(mut case in case()) {
        let before = dsl::findings(case.claims.clone(), &case.context);
        let copy = |claim: &Claim| Claim { id: format!("{}z", claim.id), document: "d_Z".to_owned(), ..claim.clone() };
        let copies: Vec<Claim> = case.claims.iter().filter(|c| c.document == "d_A").map(copy).collect();
        let group = CopyGroup { documents: vec!["d_A".to_owned(), "d_Z".to_owned()], lag_days: vec![Some(89)] };
        case.context.copies = Arc::new(vec![group]);
        case.claims.extend(copies);
        let mut after = dsl::findings(case.claims, &case.context);
        for position in after.iter_mut().flat_map(|f| &mut f.positions) {
            let carried = position.relayed_by.iter().any(|d| d == "d_Z");
            prop_assert_eq!(carried, position.relayed_by.iter().any(|d| d == "d_A"));
            position.relayed_by.retain(|d| d != "d_Z");
        }
        prop_assert_eq!(before, after);
    }

    #[test]
    fn a_wider_interval_never_narrows(
        figures in prop::collection::vec(("1[0-9]|[2-9][0-9]", prop::sample::select(vec!["", "..", "~"])), 1..6)
    ) {
        let event = "@Kidal [2023-10-01/2023-10-01] increment";
        let speakers = ["minusma", "residents", "fla", "sahel", "dirpa", "studio"];
        let lines: Vec<String> = figures
            .iter()
            .zip(speakers)
            .map(|((number, bound), who)| format!("A 2023-10-02 {who} casualties.killed mali {number}{bound} {event}"))
            .collect();
        let case = |lines: &[String]| dsl::parse(&format!("{THEATRE}{}", lines.join("\n")));
        let findings = |case: &dsl::Case| dsl::findings(case.claims.clone(), &case.context);
        let before = findings(&case(&lines));
        let wider = format!("B 2023-10-05 mali-mod casualties.killed mali 5..500 {event}");
        let after = findings(&case(&[&lines[..], &[wider]].concat()));
        for old in &before {
            let claims: Vec<&String> = old.positions.iter().flat_map(|p| &p.claims).collect();
            let holds = |f: &&Finding| f.positions.iter().any(|p| p.claims.contains(claims[0]));
            let new = after.iter().find(holds).unwrap();
            prop_assert!(new.low.zip(old.low).is_none_or(|(new, old)| new <= old), "{:?} {:?}", old, new);
            prop_assert!(new.high.zip(old.high).is_none_or(|(new, old)| new >= old), "{:?} {:?}", old, new);
        }
    }
}

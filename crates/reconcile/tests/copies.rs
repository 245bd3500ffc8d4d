//! Near-identical texts.
#![allow(clippy::unwrap_used)]

use recoup_model::{Document, Span};
use recoup_reconcile::copies;
use serde_json::json;

/// Forty different words, so that every five-word shingle is one of a kind.
fn body(seed: &str) -> Vec<String> {
    (0..40).map(|n| format!("{seed}{n}")).collect()
}

fn document(name: &str, published: Option<&str>, words: &[String]) -> Document {
    let published = published.map(|date| json!({"date": date, "from": "sidecar"}));
    let document: Document = serde_json::from_value(json!({
        "id": format!("d_{name}"), "doc": name, "outlet": name, "published": published, "text": words.join(" "),
    }))
    .unwrap();
    document
}

/// The groups, as `first+second (lag)`.
fn grouped(documents: &[Document]) -> Vec<String> {
    let lag = |days: &Option<i32>| days.map_or("?".to_owned(), |d| d.to_string());
    copies(documents)
        .iter()
        .map(|g| format!("{} ({})", g.documents.join("+"), g.lag_days.iter().map(lag).collect::<Vec<_>>().join(",")))
        .collect()
}

#[test]
fn first_publisher_first_whatever_the_order_of_the_input() {
    let mut documents = vec![
        document("late", Some("2022-05-04"), &body("w")),
        document("undated", None, &body("w")),
        document("first", Some("2022-05-01"), &body("w")),
        document("other", Some("2022-05-01"), &body("x")),
    ];
    let want = ["d_first+d_late+d_undated (3,?)"];
    assert_eq!(grouped(&documents), want);
    documents.reverse();
    assert_eq!(grouped(&documents), want);
}

#[test]
fn an_excerpt_within_a_longer_text_is_a_copy() {
    let long: Vec<String> = body("w").into_iter().chain(body("x")).chain(body("y")).collect();
    let documents = [document("agency", Some("2022-05-01"), &body("x")), document("paper", Some("2022-05-02"), &long)];
    assert_eq!(grouped(&documents), ["d_agency+d_paper (1)"]);
}

#[test]
fn how_much_must_be_the_same() {
    // Each changed word breaks the five shingles of 36 that hold it; 80 % of 36 are 28.8.
    for (changed, want) in [(0, 1), (1, 1), (2, 0)] {
        let mut words = body("w");
        for word in words.iter_mut().step_by(13).skip(1).take(changed) {
            word.push_str("bis");
        }
        let documents = [document("a", None, &body("w")), document("b", None, &words)];
        assert_eq!(copies(&documents).len(), want, "{changed} words changed");
    }
}

#[test]
fn texts_of_less_than_thirty_words_are_never_copies() {
    let words = &body("w")[..29];
    assert_eq!(grouped(&[document("a", None, words), document("b", None, words)]), [""; 0]);
}

#[test]
fn a_common_subscription_notice_makes_no_copy() {
    let with_notice = |name: &str, seed: &str| {
        let (own, notice) = (body(seed)[..31].join(" "), body("n").join(" "));
        let mut document = document(name, None, &[own.clone(), notice.clone()]);
        let span = |start: usize, len: usize| serde_json::to_value(Span::new(start, start + len).unwrap()).unwrap();
        document.blocks = serde_json::from_value(json!([
            {"span": span(0, own.len()), "kind": "paragraph", "repeats": null},
            {"span": span(own.len() + 1, notice.len()), "kind": "subscribe", "repeats": null},
        ]))
        .unwrap();
        document
    };
    assert_eq!(grouped(&[with_notice("a", "v"), with_notice("b", "w")]), [""; 0]);
}

//! Near-identical texts.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::convert::Infallible;

use recoup_model::{Document, Span};
use recoup_reconcile::{Likeness, Sketch, copies, likenesses};
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

#[test]
fn a_text_that_sixty_outlets_print_is_one_text() {
    let documents: Vec<Document> = (10..70)
        .map(|n| document(&format!("outlet{n}"), Some(&format!("2022-05-{}", n % 20 + 10)), &body("w")))
        .collect();
    let groups = copies(&documents);
    assert_eq!(groups.iter().map(|group| group.documents.len()).collect::<Vec<_>>(), [60]);
}

#[test]
fn a_notice_that_all_print_makes_no_copies_of_what_is_above_it() {
    let with_notice = |n: usize| {
        let words: Vec<String> =
            body(&format!("own{n}x")).into_iter().chain(body("notice").into_iter().take(12)).collect();
        document(&format!("outlet{n}"), Some("2022-05-01"), &words)
    };
    let mut documents: Vec<Document> = (0..40).map(with_notice).collect();
    documents.push(Document { id: "d_copy".to_owned(), ..with_notice(33) });
    assert_eq!(grouped(&documents), ["d_copy+d_outlet33 (0)"]);
}

#[test]
fn a_long_text_is_compared_by_a_sample_of_its_shingles() {
    let long = |seed: &str, words: usize| (0..words).map(|n| format!("{seed}{n}")).collect::<Vec<_>>();
    let (text, mut edited) = (long("w", 3000), long("w", 3000));
    edited.truncate(2700);
    edited[100..160].iter_mut().for_each(|word| word.push_str("bis"));
    let other: Vec<String> = long("w", 1200).into_iter().chain(long("x", 1800)).collect();
    let documents = [
        document("agency", Some("2022-05-01"), &text),
        document("paper", Some("2022-05-02"), &edited),
        document("half", Some("2022-05-03"), &other),
    ];
    assert_eq!(grouped(&documents), ["d_agency+d_paper (1)"]);
}

/// Texts of which many are alike, some the same.
fn texts() -> Vec<(i64, Sketch)> {
    let text = |n: i64| {
        let mut words = [body(&format!("w{}x", n * 7 % 13)), body(&format!("v{}x", n % 5))].concat();
        words.truncate(80 - usize::try_from(n % 3).unwrap() * 4);
        (n, Sketch::of(&document(&format!("o{n}"), None, &words)))
    };
    (0..160).map(text).collect()
}

fn compared(new: Vec<(i64, Sketch)>, known: &[(i64, Sketch)]) -> BTreeMap<i64, Likeness> {
    let Ok(found) = likenesses(new, known.iter().cloned().map(Ok::<_, Infallible>));
    found
}

/// The first text of the same sketch, and the others of before that resemble it.
#[test]
fn looking_up_finds_what_comparing_each_with_each_finds() {
    let texts = texts();
    let mut want: BTreeMap<i64, Likeness> = BTreeMap::new();
    for (number, sketch) in &texts {
        let before = &texts[..usize::try_from(*number).unwrap()];
        let twin = before.iter().find(|(_, other)| other == sketch).map_or(*number, |(first, _)| *first);
        let is_first = |other: &i64| want[other].twin == *other;
        let like = before.iter().filter(|(_, other)| other.resembles(sketch)).map(|(number, _)| *number);
        let near = if twin == *number { like.filter(is_first).collect() } else { Vec::new() };
        want.insert(*number, Likeness { twin, near });
    }
    assert!(want.values().any(|likeness| likeness.near.len() > 1));
    assert_eq!(compared(texts, &[]), want);
}

#[test]
fn what_was_found_once_need_not_be_looked_up_again() {
    let texts = texts();
    let all = compared(texts.clone(), &[]);
    for known in [1, 40, 77, 159] {
        let mut found = compared(texts[..known].to_vec(), &[]);
        let firsts: Vec<(i64, Sketch)> =
            texts[..known].iter().filter(|(number, _)| found[number].twin == *number).cloned().collect();
        found.extend(compared(texts[known..].to_vec(), &firsts));
        assert_eq!(found, all);
    }
}

#[test]
fn a_sketch_is_as_it_was_kept() {
    for (_, sketch) in texts() {
        assert_eq!(Sketch::from_numbers(&sketch.numbers()), sketch);
    }
}

#[test]
fn a_brief_of_which_a_sample_of_a_long_text_holds_one_phrase_is_no_copy() {
    let long: Vec<String> = (0..20_000).map(|n| format!("l{n}")).collect();
    for at in 0..200 {
        let brief = [&long[at * 90..at * 90 + 12], &body(&format!("b{at}x"))[..]].concat();
        let pair = [document("long", None, &long), document("brief", None, &brief)];
        assert_eq!(grouped(&pair), [""; 0], "brief {at}");
    }
}

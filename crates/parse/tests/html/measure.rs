//! Every story in every layout: how much of the text is found, and how much else.

#![allow(clippy::unwrap_used)]

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;

use crate::layouts::LAYOUTS;
use crate::stories::stories;
use crate::{page, read};

/// Least mean F1 over all pages.
const FLOOR: f64 = 0.985;
/// Least F1 of a page.
const FLOOR_OF_ONE: f64 = 0.9;

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// F1 of the words of `found` against those of `truth`, as bags.
fn f1(truth: &str, found: &str) -> f64 {
    let (truth, found) = (words(truth), words(found));
    let mut left: HashMap<&str, usize> = HashMap::new();
    truth.iter().for_each(|word| *left.entry(word).or_default() += 1);
    let is_hit = |word: &&String| match left.get_mut(word.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    };
    let hits = found.iter().filter(is_hit).count();
    2.0 * hits as f64 / (truth.len() + found.len()) as f64
}

/// Captions count where they are found; not to find one is no fault.
#[test]
fn the_main_text_the_lead_and_the_day_are_found() {
    let (mut pages, mut total, mut faults) = (0, 0.0, Vec::new());
    for layout in LAYOUTS {
        for story in stories() {
            let parsed = read(page(&(layout.print)(&story)));
            let name = format!("{} in {}", story.name, layout.name);
            pages += 1;
            let [document] = parsed.documents.as_slice() else {
                faults.push(format!("{name}: {:?}", parsed.diagnostics));
                continue;
            };
            let score = f1(&story.truth(true), &document.text).max(f1(&story.truth(false), &document.text));
            total += score;
            if score < FLOOR_OF_ONE {
                faults.push(format!("{name}: F1 {score:.3}: {}", document.text));
            }
            if !words(&document.text).join(" ").contains(&words(&story.lead()).join(" ")) {
                faults.push(format!("{name}: the lead is lost"));
            }
            let day = document.published.map(|published| published.date.to_string());
            if day.as_deref() != layout.dated.then(|| story.day()) {
                faults.push(format!("{name}: published {day:?}"));
            }
        }
    }
    let mean = total / f64::from(pages);
    eprintln!("{pages} pages, F1 {mean:.4}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(mean >= FLOOR, "F1 {mean:.4}");
}

/// The letters and figures of a piece of a page that a reader sees.
fn seen(piece: &str) -> String {
    let mut visible = String::new();
    let mut in_tag = false;
    for c in piece.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if !in_tag => visible.push(c),
            _ => {}
        }
    }
    let visible = visible.replace("&nbsp;", " ").replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\"");
    visible.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Every sentence leads back to the place in the page that says the same, and is the only one that it says.
#[test]
fn what_is_read_is_found_in_its_page() {
    let (mut sentences, mut lost, mut wrong) = (0, Vec::new(), Vec::new());
    for layout in LAYOUTS {
        for story in stories() {
            let html = (layout.print)(&story);
            let parsed = read(page(&html));
            let source: String = html.nfc().collect();
            for document in &parsed.documents {
                for span in document.blocks.iter().flat_map(|block| &block.sentences) {
                    sentences += 1;
                    let words = span.slice(&document.text).unwrap();
                    match document.page.locate(*span).and_then(|place| place.slice(&source)) {
                        None => lost.push(format!("{} in {}: {words}", story.name, layout.name)),
                        Some(piece) if seen(piece) != seen(words) => {
                            wrong.push(format!("{} in {}: {words}\n  {piece}", story.name, layout.name));
                        }
                        Some(_) => {}
                    }
                }
            }
        }
    }
    assert!(sentences > 500, "{sentences}");
    assert!(lost.is_empty(), "{} of {sentences} lost: {:#?}", lost.len(), &lost[..lost.len().min(5)]);
    assert!(wrong.is_empty(), "{} of {sentences} wrong: {:#?}", wrong.len(), &wrong[..wrong.len().min(5)]);
}

//! Every story in every layout: how much of the text is found, and how much else.

use std::collections::HashMap;

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

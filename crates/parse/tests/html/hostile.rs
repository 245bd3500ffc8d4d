//! Pages made to break their reader: they cost no more than their size, and end in a document or a reason.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use recoup_model::{Block, Document};
use unicode_normalization::is_nfc;

use crate::layouts::LAYOUTS;
use crate::stories::stories;
use crate::support::Parsed;
use crate::{page, read};

/// Far more than any page of these sizes takes, also without optimisation and beside other tests; less than one that costs
/// the square of its size.
const PATIENCE: Duration = Duration::from_secs(60);

fn check(document: &Document) {
    for Block { span, .. } in &document.blocks {
        document.page.locate(*span);
    }
    assert!(is_nfc(&document.text));
    let mut at = 0;
    for Block { span, sentences, .. } in &document.blocks {
        assert!(at <= span.start() && !span.is_empty() && span.slice(&document.text).is_some());
        let mut within = span.start();
        for sentence in sentences {
            assert!(within <= sentence.start() && sentence.slice(&document.text).is_some());
            within = sentence.end();
        }
        assert!(within <= span.end());
        at = span.end();
    }
}

fn sound(parsed: &Parsed) {
    parsed.documents.iter().for_each(check);
    assert!(!parsed.documents.is_empty() || !parsed.diagnostics.is_empty());
}

#[test]
fn pages_that_would_take_for_ever_are_quick() {
    let prose = "<p>The bridge was hit twice before dawn and seven people were wounded, the council said.</p>";
    let many = |part: &str, count: usize| part.repeat(count);
    let cases = [
        ("nested div", many("<div>", 100_000) + prose),
        ("nested tables", many("<table><tr><td>", 50_000) + prose),
        ("end tags that close nothing", many("<div><table></div>", 30_000) + prose),
        (
            "formatting that is never closed",
            (0..30_000).map(|at| format!("<b id={at}><p>")).collect::<String>() + prose,
        ),
        ("nested lists", many("<ul><li>", 60_000) + prose),
        ("nested links", many("<a href=x>", 100_000) + prose),
        ("many paragraphs", many("<p>Hit.</p>", 60_000)),
        ("many lines", many("a<br>", 100_000)),
        ("one attribute", format!("<div class=\"{}\">{prose}</div>", "cookie-".repeat(100_000))),
        (
            "many attributes",
            format!("<div {}>{prose}</div>", (0..20_000).map(|at| format!("a{at}=1 ")).collect::<String>()),
        ),
        ("open comment", many("<!--", 100_000) + prose),
        ("open tags", many("<", 200_000) + prose),
        ("entities", many("&lt;&amp;&notanentity;&#1114112;", 20_000) + prose),
        (
            "own entities",
            format!("<!DOCTYPE html [<!ENTITY a \"{}\"><!ENTITY b \"&a;&a;&a;\">]>{prose}&b;", "x".repeat(10_000)),
        ),
        ("deep JSON-LD", format!("<script type=\"application/ld+json\">{}</script>{prose}", "[".repeat(100_000))),
        ("one long word", format!("<p>{}</p>", "x".repeat(1_000_000))),
    ];
    for (name, html) in cases {
        let start = Instant::now();
        sound(&read(page(&format!("<body>{html}"))));
        let took = start.elapsed();
        eprintln!("{name}: {took:?}");
        assert!(took < PATIENCE, "{name} took {took:?}");
    }
}

#[test]
fn a_page_too_deep_is_set_aside_with_the_reason() {
    let parsed = read(page(&format!("<body>{}", "<div>".repeat(100_000))));
    assert_eq!(parsed.diagnostics[0].code, "html.too_large");
}

/// A page with pieces taken out, doubled and put in.
fn mutated() -> impl Strategy<Value = String> {
    let pages: Vec<String> = LAYOUTS.iter().zip(stories().into_iter().cycle()).map(|(l, s)| (l.print)(&s)).collect();
    let change = (
        any::<prop::sample::Index>(),
        0usize..400,
        prop::sample::select(vec![
            "",
            "<div>",
            "</div>",
            "<table>",
            "</p>",
            "<!--",
            "\"",
            "<script>",
            "&#0;",
            "\u{301}",
            "<time datetime=\"x\">",
            "<br>",
            "{\"@type\":\"NewsArticle\"}",
            "<a href=x>",
            "</article>",
        ]),
    );
    (prop::sample::select(pages), prop::collection::vec(change, 1..8)).prop_map(|(mut page, changes)| {
        for (at, cut, put) in changes {
            let from = page.floor_char_boundary(at.index(page.len().max(1)));
            let to = page.floor_char_boundary(from + cut);
            page.replace_range(from..to, put);
        }
        page
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_mutated_page_gives_sound_documents_or_a_reason(html in mutated()) {
        sound(&read(page(&format!("<body>{html}"))));
    }

    #[test]
    fn the_same_page_gives_the_same_documents(html in mutated()) {
        prop_assert_eq!(read(page(&html)).documents, read(page(&html)).documents);
    }
}

//! What holds for any input.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use recoup_language::sentences;
use recoup_model::{Block, BlockKind, Body, Document, Span};

use crate::support::{item, parse};

/// Pieces of articles, so that random texts reach the rules.
const PIECES: &[&str] = &[
    "+++\n",
    "published = 2024-05-02\n",
    "colour = 3\n",
    "Le pont est coupé",
    "M. Sow",
    "U.S. ",
    "fin.Le",
    "7.62",
    "…",
    ". ",
    "! ",
    "?",
    "\"",
    "« ",
    " »",
    "(",
    ")",
    "[3]",
    "\n",
    "\n\n",
    "\r\n",
    "- ",
    "1. ",
    "Lire aussi",
    " : ",
    "Newsletter",
    "Subscribe here to read!",
    "Par Ana Roe",
    "AFP/",
    "Photo : ",
    "© ",
    "ADEN, 1er mai 2024 - ",
    "2024-13-45",
    "16/12/2024",
    "\u{a0}",
    "\u{202f}",
    "e\u{301}",
    "œ",
    "本",
    "https://a.example/B?C",
    "www.",
    "\u{2028}",
    "il dit que",
    ",",
    "—",
];

fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

/// The sentences of `within` are in order, apart, and hold all that is no white space.
fn check_sentences(text: &str, within: Span, sentences: &[Span]) {
    let mut at = within.start();
    for sentence in sentences {
        let gap = text.get(at..sentence.start()).unwrap();
        assert!(gap.trim().is_empty(), "left out: {gap:?}");
        let words = sentence.slice(text).unwrap();
        assert!(!words.is_empty() && words == words.trim(), "not trimmed: {words:?}");
        at = sentence.end();
    }
    let rest = text.get(at..within.end()).unwrap();
    assert!(rest.trim().is_empty(), "left out: {rest:?}");
}

fn check_document(document: &Document) {
    let mut at = 0;
    for Block { span, kind, repeats, sentences } in &document.blocks {
        assert!(at <= span.start() && !span.is_empty());
        assert!(span.slice(&document.text).is_some());
        assert!(repeats.is_none_or(|earlier| document.blocks[earlier].span.end() <= span.start()));
        if *kind == BlockKind::FrontMatter {
            assert!(sentences.is_empty());
        } else {
            check_sentences(&document.text, *span, sentences);
        }
        at = span.end();
    }
}

proptest! {
    #[test]
    fn blocks_and_sentences_slice_the_text(text in prop_oneof![any::<String>(), pieces()]) {
        parse(item("2024-05-02-a.txt", Body::Text(text))).documents.iter().for_each(check_document);
    }

    #[test]
    fn bytes_give_a_document_or_a_reason(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let parsed = parse(item("a.txt", Body::Base64(STANDARD.encode(&bytes))));
        parsed.documents.iter().for_each(check_document);
        prop_assert!(!parsed.documents.is_empty() || !parsed.diagnostics.is_empty() || bytes.contains(&b'<'));
    }

    #[test]
    fn sentences_cover_any_part_of_any_text(text in prop_oneof![any::<String>(), pieces()], a in 0usize..200, b in 0usize..200) {
        let within = Span::new(a.min(b), a.max(b)).unwrap();
        let found = sentences(&text, within);
        match within.slice(&text) {
            Some(_) => check_sentences(&text, within, &found),
            None => prop_assert!(found.is_empty()),
        }
    }

    #[test]
    fn the_same_item_gives_the_same_document(text in pieces()) {
        let once = parse(item("a.txt", Body::Text(text.clone())));
        let twice = parse(item("a.txt", Body::Text(text)));
        prop_assert_eq!(once.documents, twice.documents);
        prop_assert_eq!(once.diagnostics, twice.diagnostics);
    }
}

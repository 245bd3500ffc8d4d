//! What the fuzz targets share: the stages of a host, and what has to hold of everything that comes out of them.
//!
//! A broken promise panics, which is how a fuzzer hears of it.

use std::cell::RefCell;
use std::sync::Arc;

use recoup_extract::Rules;
use recoup_model::{Body, Claim, Diagnostic, Document, Item, Sidecar};
use recoup_parse::Text;
use recoup_plugin::{Context, Out, Sink, Stage, StageItem};

/// Keeps what a stage emits and reports.
struct Kept<T> {
    items: Vec<T>,
    diagnostics: Vec<Diagnostic>,
}

impl<T> Sink<T> for Kept<T> {
    fn emit(&mut self, item: T) {
        self.items.push(item);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

/// The stages `text` and `rules`, opened for the world without a theatre.
pub struct Stages {
    text: Text,
    rules: Rules,
}

impl Stages {
    /// Runs `then` with the stages of this thread, which are opened once.
    pub fn with<T>(then: impl FnOnce(&mut Stages) -> T) -> T {
        thread_local! {
            static STAGES: RefCell<Stages> = RefCell::new(Stages::open());
        }
        STAGES.with_borrow_mut(then)
    }

    fn open() -> Self {
        let context = Context { theatre: Arc::new(recoup_language::world().clone()), ..Context::default() };
        let text = Text::open(Default::default(), &context).expect("the stage `text` opens");
        let rules = Rules::open(Default::default(), &context).expect("the stage `rules` opens");
        Stages { text, rules }
    }

    /// The documents of an article, which is read twice to see that both readings are the same.
    pub fn documents(&mut self, body: &Body, language: Option<&str>) -> Vec<Document> {
        let published = Some("2025-03-12".parse().expect("a date"));
        let sidecar = Sidecar {
            doc: "fuzz".to_owned(),
            published: language.and(published),
            language: language.map(str::to_owned),
            ..Sidecar::default()
        };
        let item =
            || Item { origin: "fuzz.txt".to_owned(), media_type: None, body: body.clone(), sidecar: sidecar.clone() };
        let (once, twice) = (through(&mut self.text, item()), through(&mut self.text, item()));
        assert_eq!(once.items, twice.items, "the same bytes give other documents");
        assert_eq!(once.diagnostics, twice.diagnostics, "the same bytes give other diagnostics");
        once.items
    }

    /// The claims of a document, which is read twice to see that both readings are the same.
    pub fn claims(&mut self, document: &Document) -> Vec<Claim> {
        let mut read = || through(&mut self.rules, document.clone());
        let (once, twice) = (read(), read());
        assert_eq!(once.items, twice.items, "the same document gives other claims");
        assert_eq!(once.diagnostics, twice.diagnostics, "the same document gives other diagnostics");
        once.items
    }
}

fn through<S: Stage>(stage: &mut S, item: S::Item) -> Kept<<S::Item as StageItem>::Output> {
    let mut kept = Kept { items: Vec::new(), diagnostics: Vec::new() };
    if let Err(error) = stage.process(item, &mut Out::new(&mut kept)) {
        panic!("a stage gives up: {error}");
    }
    kept
}

/// Blocks stand in order and apart from each other, sentences in their block; all of them are cut between characters.
pub fn check_document(document: &Document) {
    let mut end = 0;
    for block in &document.blocks {
        assert!(block.span.start() >= end, "blocks overlap: {:?}", block.span);
        assert!(block.span.slice(&document.text).is_some(), "no words under {:?}", block.span);
        end = block.span.end();
        let mut at = block.span.start();
        for sentence in &block.sentences {
            assert!(block.span.contains(*sentence), "{sentence:?} lies outside {:?}", block.span);
            assert!(sentence.start() >= at, "sentences overlap: {sentence:?}");
            assert!(sentence.slice(&document.text).is_some(), "no words under {sentence:?}");
            at = sentence.end();
        }
    }
}

/// A claim's words and its evidence lie in the text, and its figure is a pair of bounds.
pub fn check_claim(claim: &Claim, document: &Document) {
    assert_eq!(claim.anchor.span().slice(&document.text), Some(claim.anchor.quote()), "a quote is not at its span");
    assert!(!claim.anchor.quote().is_empty(), "a claim without words");
    for (slot, evidence) in &claim.evidence {
        let words = evidence.span.slice(&document.text);
        assert!(words.is_some_and(|words| !words.is_empty()), "{slot} of «{}» has no words", claim.anchor.quote());
    }
    if let Some(quantity) = &claim.quantity {
        assert!(quantity.low().or(quantity.high()).is_some(), "a figure without bounds");
        assert!(quantity.low().zip(quantity.high()).is_none_or(|(low, high)| low <= high), "{quantity:?}");
        assert!(quantity.low().is_none_or(|low| low >= 0.0), "{quantity:?}");
    }
}

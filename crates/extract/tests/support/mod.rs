//! Runs the extractor as a host does: text through the stage `text`, its documents through the stage `rules`.

use std::sync::Arc;

use recoup_extract::{Annotation, Rules, What};
use recoup_model::{Body, Claim, Diagnostic, Document, Item, Sidecar, Span, Theatre};
use recoup_parse::Text;
use recoup_plugin::{Context, Out, Sink, Stage};

/// What came out of a stage.
pub(crate) struct Output<T> {
    pub(crate) items: Vec<T>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl<T> Sink<T> for Output<T> {
    fn emit(&mut self, item: T) {
        self.items.push(item);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

/// Both stages, opened for one theatre.
pub(crate) struct Extractor {
    text: Text,
    rules: Rules,
}

impl Extractor {
    /// Stages for the world with `theatre` on top.
    pub(crate) fn new(theatre: Theatre) -> Self {
        let mut world = recoup_language::world().clone();
        world.extend(theatre);
        let context = Context { theatre: Arc::new(world), ..Context::default() };
        let text = Text::open(Default::default(), &context).unwrap();
        let rules = Rules::open(Default::default(), &context).unwrap();
        Extractor { text, rules }
    }

    /// The documents of a text.
    pub(crate) fn documents(&mut self, text: &str, sidecar: Sidecar) -> Output<Document> {
        let body = Body::Text(text.to_owned());
        through(&mut self.text, Item { origin: "case.txt".to_owned(), media_type: None, body, sidecar })
    }

    /// The claims of a document.
    pub(crate) fn claims(&mut self, document: Document) -> Output<Claim> {
        through(&mut self.rules, document)
    }

    /// What is read in a document and what is not; nothing where there is no pack for its language.
    #[allow(dead_code, reason = "each test file uses a part of it")]
    pub(crate) fn annotation(&mut self, document: &Document) -> Annotation {
        self.rules.annotate(document).unwrap().unwrap_or_default()
    }
}

fn through<S: Stage>(stage: &mut S, item: S::Item) -> Output<<S::Item as recoup_plugin::StageItem>::Output> {
    let mut output = Output { items: Vec::new(), diagnostics: Vec::new() };
    stage.process(item, &mut Out::new(&mut output)).unwrap();
    output
}

/// Every figure of a text stands in a claim, or once among what is not taken.
#[allow(dead_code, reason = "each test file uses a part of it")]
pub(crate) fn assert_every_figure_is_told(document: &Document, annotation: &Annotation) {
    let claimed: Vec<Span> =
        annotation.claims.iter().filter_map(|c| c.evidence.get("quantity")).map(|e| e.span).collect();
    let untaken: Vec<Span> = annotation.untaken.iter().filter(|u| u.what == What::Figure).map(|u| u.span).collect();
    for (byte, c) in document.text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        let holds = |span: &&Span| span.start() <= byte && byte < span.end();
        let told = usize::from(claimed.iter().any(|s| holds(&s))) + untaken.iter().filter(holds).count();
        assert_eq!(told, 1, "{c} at byte {byte} of {}: {}", document.doc, around(&document.text, byte));
    }
    for (at, span) in untaken.iter().enumerate() {
        let others = claimed.iter().chain(&untaken[at + 1..]);
        let twice = others.into_iter().find(|other| other.overlap(*span) > 0);
        assert_eq!(twice, None, "{:?} is told twice in {}", span.slice(&document.text), document.doc);
    }
    for item in &annotation.untaken {
        assert_eq!(item.span.slice(&document.text), Some(item.quote.as_str()));
    }
}

#[allow(dead_code, reason = "each test file uses a part of it")]
fn around(text: &str, byte: usize) -> String {
    let from = text[..byte].char_indices().rev().nth(30).map_or(0, |(at, _)| at);
    text[from..].chars().take(60).collect()
}

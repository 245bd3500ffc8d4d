//! Runs the extractor as a host does: text through the stage `text`, its documents through the stage `rules`.

use std::sync::Arc;

use recoup_extract::Rules;
use recoup_model::{Body, Claim, Diagnostic, Document, Item, Sidecar, Theatre};
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
}

fn through<S: Stage>(stage: &mut S, item: S::Item) -> Output<<S::Item as recoup_plugin::StageItem>::Output> {
    let mut output = Output { items: Vec::new(), diagnostics: Vec::new() };
    stage.process(item, &mut Out::new(&mut output)).unwrap();
    output
}

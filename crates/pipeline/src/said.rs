//! What stages say of an article, shown where it stands in the article.

use std::collections::BTreeMap;
use std::sync::Arc;

use miette::NamedSource;
use recoup_model::{Diagnostic, Document, Level};

use crate::problem::{Problem, Severity, SourceFile};

/// Parts diagnostics into warnings that point into one of the documents, with their place, and the rest. Errors stay with
/// the rest: what they are about is set aside, and named there.
///
/// `document` of a diagnostic is the document's key or id; its span is bytes of the document's text.
pub fn place(diagnostics: Vec<Diagnostic>, documents: &[Document]) -> (Vec<Problem>, Vec<Diagnostic>) {
    let mut texts: BTreeMap<&str, SourceFile> = BTreeMap::new();
    let mut placed = Vec::new();
    let mut rest = Vec::new();
    for diagnostic in diagnostics {
        let named = |document: &&Document| {
            let name = diagnostic.document.as_deref();
            name == Some(&document.doc) || name == Some(&document.id)
        };
        let found = diagnostic.span.zip(documents.iter().find(named)).filter(|_| diagnostic.level == Level::Warning);
        match found.filter(|(span, document)| span.slice(&document.text).is_some()) {
            Some((span, document)) => {
                let file = texts.entry(&document.id).or_insert_with(|| {
                    let name = document.path.as_deref().unwrap_or(&document.doc);
                    Arc::new(NamedSource::new(name, document.text.clone()))
                });
                let mut problem = Problem::new(diagnostic.code, diagnostic.message).at(file, span.start()..span.end());
                problem.help = diagnostic.help.map(Into::into);
                problem.severity = Severity::Warning;
                placed.push(problem);
            }
            None => rest.push(diagnostic),
        }
    }
    (placed, rest)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use recoup_model::Span;

    #[test]
    fn what_points_into_an_article_is_shown_there_and_errors_are_not() {
        let document: Document = serde_json::from_value(serde_json::json!({
            "id": "d_1", "doc": "ledger", "path": "in/ledger.txt", "text": "Nothing of the kind.",
        }))
        .unwrap();
        let said = |level, document: &str, end| {
            let mut said = Diagnostic::new(level, "names.unknown", "Who is that?").in_document(document);
            said.span = Some(Span::new(0, end).unwrap());
            said
        };
        let all = vec![
            said(Level::Warning, "ledger", 7),
            said(Level::Warning, "d_1", 7),
            said(Level::Info, "ledger", 7),
            said(Level::Error, "ledger", 7),
            said(Level::Warning, "other", 7),
            said(Level::Warning, "ledger", 99),
        ];
        let (placed, rest) = place(all, &[document]);
        let places: Vec<_> =
            placed.iter().map(|p| (p.file.as_ref().unwrap().name(), p.span.clone(), p.severity)).collect();
        assert_eq!(places, vec![("in/ledger.txt", Some(0..7), Severity::Warning); 2]);
        assert_eq!(rest.len(), 4);
    }
}

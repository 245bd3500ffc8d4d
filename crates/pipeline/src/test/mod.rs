//! The tests of a pipeline: texts, and the claims that its stages should find in them.

mod accept;
mod compare;
mod figure;
mod slots;

use std::ops::Range;

use jiff::civil::Date;
use recoup_extract::shown;
use recoup_model::{Body, Claim, Diagnostic, Document, Item, SetAside, Sidecar};

use crate::run::{RunError, extract_items};
use crate::{Pipeline, Progress};

pub use self::accept::accept;
pub(crate) use self::figure::Figure;
pub(crate) use self::slots::{Expected, Slot};

/// One `[[test]]`.
#[derive(Debug, Clone)]
pub(crate) struct Test {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) language: Option<String>,
    pub(crate) published: Option<Date>,
    /// The claims, by any of their slots.
    pub(crate) expect: Option<Vec<Expected>>,
    /// Every sentence with its claims.
    pub(crate) expect_text: Option<String>,
    pub(crate) place: Place,
}

/// Where a test stands in the pipeline's file, in bytes.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The value of `expect_text`.
    pub(crate) expect_text: Option<Range<usize>>,
    /// The end of the last value beside it.
    pub(crate) end: usize,
    /// Whether the test is written in braces, on one line.
    pub(crate) inline: bool,
}

/// What came out of the tests of a pipeline.
#[derive(Debug, Clone)]
pub struct Tests {
    /// The tests that were run, in the order of the file.
    pub tested: Vec<Tested>,
    /// What the stages said besides.
    pub diagnostics: Vec<Diagnostic>,
}

/// What came out of one test.
#[derive(Debug, Clone)]
pub struct Tested {
    /// Its name, or its number where it has none.
    pub name: String,
    /// Every sentence of its text with the claims found.
    pub shown: String,
    /// Where what was found is not what was expected.
    pub mismatches: Vec<Mismatch>,
    /// Why nothing could be read.
    pub set_aside: Option<SetAside>,
    /// Which of the pipeline's tests it is.
    index: usize,
}

impl Tested {
    /// Whether all is as expected.
    pub fn passed(&self) -> bool {
        self.mismatches.is_empty() && self.set_aside.is_none()
    }
}

/// What was expected and what was found, each as lines of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The key of the test: `expect` or `expect_text`.
    pub key: &'static str,
    /// As the pipeline says.
    pub expected: String,
    /// As it is, in the same form.
    pub found: String,
}

/// Runs the tests of a pipeline whose names contain `filter`: each text goes through its parse and extract stages.
///
/// # Errors
/// [`RunError`] where a stage cannot go on.
pub fn test(pipeline: &Pipeline, filter: Option<&str>, progress: &dyn Progress) -> Result<Tests, RunError> {
    let chosen = |(_, test): &(usize, &Test)| filter.is_none_or(|filter| test.name.contains(filter));
    let tests: Vec<(usize, &Test)> = pipeline.tests.iter().enumerate().filter(chosen).collect();
    let items: Vec<Item> = tests.iter().map(|(index, test)| item(*index, test)).collect();
    let extracted = extract_items(pipeline, &items, progress)?;

    let tested = tests.into_iter().zip(&items).map(|((index, test), item)| {
        let own = extracted.documents.iter().filter(|document| is_of(document, item));
        let of = |document: &Document| -> Vec<Claim> {
            extracted.claims.iter().filter(|claim| claim.document == document.id).cloned().collect()
        };
        let found: Vec<(&Document, Vec<Claim>)> = own.map(|document| (document, of(document))).collect();
        let shown: String = found.iter().map(|(document, claims)| shown(document, claims)).collect();
        let claims: Vec<&Claim> = found.iter().flat_map(|(_, claims)| claims).collect();
        let set_aside = extracted.set_aside.iter().find(|aside| aside.origin == item.origin).cloned();
        let mismatches = if set_aside.is_none() { mismatches(test, &claims, &shown) } else { Vec::new() };
        Tested { name: test.name.clone(), mismatches, shown, set_aside, index }
    });
    let tested = tested.collect();
    Ok(Tests { tested, diagnostics: extracted.diagnostics })
}

/// The address keeps two tests of one text apart, and leads back from the document to the test.
fn item(index: usize, test: &Test) -> Item {
    let address = format!("test:{}", index + 1);
    Item {
        origin: address.clone(),
        media_type: Some("text/plain".to_owned()),
        body: Body::Text(test.text.clone()),
        sidecar: Sidecar {
            doc: format!("test-{}", index + 1),
            published: test.published,
            language: test.language.clone(),
            outlet: None,
            url: Some(address),
            ..Sidecar::default()
        },
    }
}

/// Whether a document was made of the item.
fn is_of(document: &Document, item: &Item) -> bool {
    let origin = Some(item.origin.as_str());
    document.url.as_deref() == origin || document.path.as_deref() == origin
}

fn mismatches(test: &Test, claims: &[&Claim], shown: &str) -> Vec<Mismatch> {
    let mut out = Vec::new();
    if let Some(expected) = &test.expect {
        out.extend(compare::mismatch(expected, claims));
    }
    // A test that expects nothing yet is waiting for its text to be accepted.
    let text = match (&test.expect_text, &test.expect) {
        (Some(text), _) => Some(text.as_str()),
        (None, None) => Some(""),
        (None, Some(_)) => None,
    };
    if let Some(text) = text.map(lines)
        && text != lines(shown)
    {
        out.push(Mismatch { key: "expect_text", expected: text, found: lines(shown) });
    }
    out
}

/// Without the blank lines around it, and without what only the system's ends of lines add.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").trim_matches('\n').to_owned()
}

//! What a store knows, for those who want to look at all of it.

use std::collections::HashMap;

use recoup_model::{Claim, Document};
use recoup_store::Store;

use super::identity;
use super::knowledge::Knowledge;
use crate::run::Done;
use crate::{Extracted, Pipeline, Rulings, RunError, RunOptions, inputs};

/// Documents and claims as [`crate::extract`] gives them: from the store of the pipeline, where it has one that this
/// pipeline has read to its end, else from its articles. Claims are as they were read, whatever was decided of them.
///
/// # Errors
/// As [`crate::extract`].
pub fn recall(pipeline: &Pipeline, options: &RunOptions<'_>) -> Result<Extracted, RunError> {
    let named = !options.inputs.is_empty() || options.manifest.is_some();
    match pipeline.store().filter(|path| !named && options.store && path.exists()) {
        None => crate::extract(pipeline, options),
        Some(path) => {
            let store = Store::read(&path)?;
            match store.known_reader(&identity::reader(pipeline))? {
                Some(reader) if store.unread(reader)?.is_empty() => {
                    let _done = Done(options);
                    let knowledge = Knowledge::load(&store, reader, i64::MAX, &Rulings::default())?;
                    known(&store, &knowledge, options)
                }
                _ => crate::extract(pipeline, options),
            }
        }
    }
}

/// The source of the page from which a document was taken, as [`recoup_model::PageMap`] counts its bytes: from the store,
/// where [`recall`] had it from there, else from the pipeline's articles. `None` where it was taken from no page, or the
/// page is gone.
///
/// # Errors
/// Those of the store.
pub fn page(pipeline: &Pipeline, options: &RunOptions<'_>, document: &Document) -> Result<Option<String>, RunError> {
    if document.page.is_empty() {
        return Ok(None);
    }
    let named = !options.inputs.is_empty() || options.manifest.is_some();
    let seen = match pipeline.store().filter(|path| !named && options.store && path.exists()) {
        Some(path) => Store::read(&path)?.article_of(&document.id)?,
        None => None,
    };
    let seen = match (seen, &document.path) {
        (None, Some(path)) => inputs::find(pipeline, options, path)?,
        (seen, _) => seen,
    };
    Ok(seen.and_then(|seen| recoup_parse::page_text(inputs::item(seen))))
}

fn known(store: &Store, knowledge: &Knowledge, options: &RunOptions<'_>) -> Result<Extracted, RunError> {
    let Some(as_of) = options.as_of.or_else(|| knowledge.newest()) else { return Ok(Extracted::default()) };
    let known = knowledge.as_of(as_of, &Rulings::default());
    let rows: Vec<i64> = known.topics.iter().map(|topic| topic.id).collect();
    let claims = super::weigh::claims(&store.claims(&rows)?, &known, &Rulings::default());
    let mut of: HashMap<String, Vec<Claim>> = HashMap::new();
    for claim in claims.map_err(|reason| store.damaged(reason))? {
        of.entry(claim.document.clone()).or_default().push(claim);
    }
    let mut extracted = Extracted { left_out: known.left_out, ..Extracted::default() };
    for (row, head) in known.rows.iter().zip(&known.heads) {
        let mut claims = of.remove(&head.id).unwrap_or_default();
        claims.sort_by(|a, b| (a.anchor.span(), &a.id).cmp(&(b.anchor.span(), &b.id)));
        extracted.claims.extend(claims);
        extracted.documents.push(Document { doc: head.doc.clone(), ..store.document(*row)? });
    }
    Ok(extracted)
}

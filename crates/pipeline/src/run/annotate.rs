//! Documents to claims and to what no claim was made of.

use recoup_extract::{Annotation, Options, Rules};
use recoup_model::Claim;
use recoup_plugin::{Kind, Stage};

use super::outcome::{Extracted, RunError};
use crate::pipeline::Opener;
use crate::{Pipeline, StageFailure};

/// What the built-in extractor of a pipeline reads in the documents, and what it does not.
#[derive(Debug, Clone)]
pub struct Annotated {
    /// By document of what was extracted, in that order; `None` where there is no pack for its language.
    pub documents: Vec<Option<Annotation>>,
    /// Whether the pipeline uses the extractor `rules` at all: others do not tell what they leave.
    pub reads: bool,
}

/// Annotates what [`extract`](super::extract) found. The claims are those of all extractors; a figure that any of them
/// took is no longer among what was not taken.
///
/// # Errors
/// [`RunError`] where the extractor cannot go on.
pub fn annotate(pipeline: &Pipeline, extracted: &Extracted) -> Result<Annotated, RunError> {
    let built_in = pipeline
        .extract
        .iter()
        .find(|stage| matches!(stage.opener, Opener::BuiltIn(_)) && stage.manifest.name == Rules::NAME);
    let Some(declared) = built_in else {
        return Ok(Annotated { documents: vec![None; extracted.documents.len()], reads: false });
    };
    let failed = |message: String| RunError::stage(Kind::Extract, StageFailure::new(Rules::NAME, message));
    let options: Options = serde_json::from_value(declared.options.clone()).map_err(|e| failed(e.to_string()))?;
    let mut rules = Rules::open(options, &pipeline.context()).map_err(|e| failed(e.to_string()))?;
    let mut documents = Vec::with_capacity(extracted.documents.len());
    for document in &extracted.documents {
        let annotation = rules.annotate(document).map_err(|e| failed(e.to_string()))?;
        let of = extracted.claims.iter().filter(|claim| claim.document == document.id);
        documents.push(annotation.map(|annotation| with_claims(annotation, of.cloned().collect())));
    }
    Ok(Annotated { documents, reads: true })
}

fn with_claims(annotation: Annotation, claims: Vec<Claim>) -> Annotation {
    let taken = |span| claims.iter().filter_map(|c| c.evidence.get("quantity")).any(|e| e.span.overlap(span) > 0);
    let untaken = annotation.untaken.into_iter().filter(|u| u.what != recoup_extract::What::Figure || !taken(u.span));
    Annotation { untaken: untaken.collect(), claims, ..annotation }
}

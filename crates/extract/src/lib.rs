//! From documents to claims: the built-in extractor `rules`.
//!
//! A cascade over one tokenisation: tokens, typed spans (figures, times, names), chunks, attributions, frames, claims.
//! Everything that a language or a conflict brings along is data; what is here is grammar.

mod annotate;
mod article;
mod candidates;
mod clause;
mod dating;
mod discourse;
mod evidence;
mod frames;
mod indicator;
mod memory;
mod objects;
mod owner;
mod parties;
mod places;
mod questions;
mod roles;
mod rules;
mod slots;
mod stance;
mod towns;
mod whose;

pub use annotate::{Annotation, Reason, Standing, Stranger, Untaken, What};
pub use recoup_model::shown::{shown, slots};
pub use rules::{Options, Rules};

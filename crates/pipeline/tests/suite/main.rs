//! What a user of pipelines sees: the mistakes that are found in them, and what a run makes of articles.
//!
//! The stages here are tiny and belong to the tests, so that no rule of a built-in stage can change a picture here.
#![allow(clippy::unwrap_used)]

mod built_in;
mod check;
mod library;
mod rulings;
mod run;
mod schema;
mod stages;

//! What the author of a stage depends on: the [`Stage`] trait, its errors, the items, and [`export_stages!`].
//!
//! A stage is a pure function over items with a beginning and an end. Linked in, it is called through this trait
//! without any encoding; as a shared library it is called through the C table that [`export_stages!`] writes.
//! The code of the stage is the same.

#[doc(hidden)]
pub mod bindings;
mod boundary;
pub mod child;
mod context;
pub mod frame;
pub mod json;
mod stage;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use boundary::abi;
#[doc(hidden)]
pub use boundary::export;
pub use boundary::export::panic_text;
pub use context::{Context, GroupRulings, ReportContext};
pub use recoup_model as model;
pub use stage::{Error, Kind, Manifest, Out, PROTOCOL, Result, Sink, Stage, StageItem};

#[doc(hidden)]
pub use {schemars, serde, serde_json};

/// Everything that a stage needs: `use recoup_plugin::prelude::*;`.
///
/// `#[derive(Deserialize)]` looks for a dependency named `serde`; with `#[serde(crate = "recoup_plugin::serde")]` a
/// plugin can do without.
pub mod prelude {
    pub use crate::{Context, Error, Out, Result, Stage, export_stages, serve_stage};
    pub use recoup_model::*;
    pub use schemars::{self, JsonSchema};
    pub use serde::{self, Deserialize, Serialize};
    pub use serde_json;
}

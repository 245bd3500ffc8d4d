//! The author's side in other languages, written from the definitions of this crate by `cargo xtask bindings`.

mod fields;
mod header;
mod python;

pub use header::{header, structs};
pub use python::python;

pub use crate::boundary::in_c::{Field, Struct};

/// `recoup.h`, as it lies in this crate.
pub const HEADER: &str = include_str!("../include/recoup.h");

/// `recoup_plugin.py`, as it lies in this crate.
pub const PYTHON: &str = include_str!("../python/recoup_plugin.py");

/// A generated file: its path below this crate's folder, and what it should hold.
pub struct Binding {
    /// Relative to the folder of this crate.
    pub path: &'static str,
    /// The whole file.
    pub text: String,
}

/// What to do about a generated file that is not as it should be.
pub const REMEDY: &str = "write it anew: cargo xtask bindings";

/// Every generated file.
pub fn all() -> [Binding; 2] {
    [Binding { path: "include/recoup.h", text: header() }, Binding { path: "python/recoup_plugin.py", text: python() }]
}

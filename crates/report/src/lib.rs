//! From findings to report files: the built-in report stages `csv`, `json` and `markdown`.
//!
//! ```text
//! ReportItem* --Collector--> Report --+-- json ------> report.json
//!                                     +-- csv -------> findings.csv, claims.csv, ... and their dictionary.csv
//!                                     +-- markdown --> report.md
//! ```
//!
//! All three print the same [`Report`]. What a reader sees of language lies in `data/words.*.toml`, the order of the
//! Markdown report in `templates/`. Articles are hostile: their words are escaped for the format they land in.

mod clocks;
mod csv;
mod format;
mod json;
mod markdown;
mod md;
mod names;
mod stream;
mod words;

pub use csv::{Csv, CsvOptions, Table};
pub use json::{Json, JsonOptions};
pub use markdown::{Markdown, MarkdownOptions};
pub use stream::Report;

//! What the author of a stage tests it with: items in, and what came out as text that a reviewer can read. Comes with the
//! feature `testing`:
//!
//! ```toml
//! [dev-dependencies]
//! recoup-plugin = { path = "../recoup/crates/plugin", features = ["testing"] }
//! ```
//!
//! A case is a file in JSON Lines: an item a line, as it crosses the boundary, after one line
//! `{"open":{"options":{…},"context":{…}}}` where the stage needs more than its defaults. What comes of each case is
//! compared with a snapshot beside the test by [insta](https://insta.rs):
//!
//! ```text
//! #[test]
//! fn cases() {
//!     recoup_plugin::testing::cases!(Tally, "tests/cases/*.jsonl");
//! }
//! ```
//!
//! Documents and claims for a case are those that `recoup run PIPELINE --keep DIR` leaves in `DIR`.

mod render;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

pub use insta;
use recoup_model::Diagnostic;
use serde::Deserialize;

use crate::export::{configured, item_noun};
use crate::{Context, Error, Out, Sink, Stage, StageItem, json};

/// Opens the stage, feeds it `items` (JSON Lines; empty lines are passed over), ends it, and shows what it did, in order:
///
/// - a file as `--- NAME` with its text below,
/// - a document as its data and its blocks, a sentence a line,
/// - an article with its claims as recoup's own cases show them: see [`recoup_model::shown`],
/// - a finding as one line of JSON,
/// - a diagnostic as `LEVEL CODE: MESSAGE` with its place and help.
///
/// `options` are those of a pipeline: an unknown one fails as it does there. Where the stage cannot go on, the last line
/// is `failed: …`, and what the failed call emitted is not shown, since no host would use it. Claims that a host would
/// refuse, because their words do not stand where they say, are shown as such.
///
/// # Panics
/// Where the stage panics: its test fails there.
pub fn run<S: Stage>(options: serde_json::Value, context: &Context, items: &str) -> String {
    let mut shown = String::new();
    if let Err(error) = session::<S>(options, context, items, &mut shown) {
        shown.push_str(&render::failure(&error));
    }
    shown
}

fn session<S: Stage>(
    options: serde_json::Value,
    context: &Context,
    items: &str,
    shown: &mut String,
) -> Result<(), Error> {
    let settings = serde_json::json!({ "options": options, "context": context });
    let mut stage: S = configured(settings.to_string().as_bytes())?;
    for (line, number) in items.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        let item: S::Item = json::read(line.as_bytes())
            .map_err(|why| Error::new(format!("line {number} is not {}: {why}", item_noun(S::Item::KIND))))?;
        let mut heard = Heard::new();
        let result = stage.process(item, &mut Out::new(&mut heard));
        heard.show::<S>(Some(line), &result, shown);
        result?;
    }
    let mut heard = Heard::new();
    let result = stage.finish(&mut Out::new(&mut heard));
    heard.show::<S>(None, &result, shown);
    result
}

/// What one call emitted and reported.
struct Heard<O> {
    emitted: Vec<O>,
    reported: Vec<Diagnostic>,
}

impl<O> Heard<O> {
    fn new() -> Self {
        Heard { emitted: Vec::new(), reported: Vec::new() }
    }

    fn show<S: Stage<Item: StageItem<Output = O>>>(
        self,
        item: Option<&str>,
        result: &Result<(), Error>,
        shown: &mut String,
    ) where
        O: serde::Serialize,
    {
        if result.is_ok() {
            // Through JSON, as between stage and host, which also makes of each output what its kind says.
            let emitted = self.emitted.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>();
            let text = emitted.and_then(|emitted| render::outputs(S::Item::KIND, item, &emitted));
            shown.push_str(&text.unwrap_or_else(|why| format!("not JSON of the protocol: {why}\n")));
        }
        self.reported.iter().for_each(|diagnostic| shown.push_str(&render::diagnostic(diagnostic)));
    }
}

impl<O> Sink<O> for Heard<O> {
    fn emit(&mut self, item: O) {
        self.emitted.push(item);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.reported.push(diagnostic);
    }
}

/// Runs the case in a file, for [`cases!`]. See [`run`] for what comes back.
///
/// # Panics
/// Where the file cannot be read, or its first line is an `open` that cannot be.
pub fn case<S: Stage>(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let (settings, items) = split(&text).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    run::<S>(settings.options, &settings.context, items)
}

/// What a stage is opened with, as in the child form.
#[derive(Deserialize)]
#[serde(default)]
struct Settings {
    options: serde_json::Value,
    context: Context,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { options: serde_json::json!({}), context: Context::default() }
    }
}

/// The settings of a case, and its items.
fn split(text: &str) -> Result<(Settings, &str), json::Unreadable> {
    #[derive(Deserialize)]
    struct Open {
        open: Settings,
    }

    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if !first.starts_with("{\"open\"") {
        return Ok((Settings::default(), text));
    }
    json::read::<Open>(first.as_bytes()).map(|frame| (frame.open, rest))
}

/// The cases that a pattern such as `tests/cases/*.jsonl` finds below the folder of a crate, each with its name, handed to
/// `compare`, for [`cases!`]. All are compared, also after one that differs.
///
/// # Panics
/// Where there is no case, and at the end where `compare` has panicked.
pub fn each_case(manifest: &str, pattern: &str, compare: impl Fn(&Path, &str)) {
    let (folder, files) = pattern.rsplit_once('/').unwrap_or((".", pattern));
    let (before, after) = files.split_once('*').unwrap_or((files, ""));
    let folder = Path::new(manifest).join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
    let mut cases: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    cases.retain(|path| {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        path.is_file() && name.len() >= before.len() + after.len() && name.starts_with(before) && name.ends_with(after)
    });
    cases.sort();
    assert!(!cases.is_empty(), "there is no case {files} in {}", folder.display());
    let differs = |path: &PathBuf| {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        // Unwind safety: nothing is used of a comparison that failed.
        catch_unwind(AssertUnwindSafe(|| compare(path, &stem))).is_err().then_some(stem)
    };
    let different: Vec<String> = cases.iter().filter_map(differs).collect();
    assert!(different.is_empty(), "these cases differ: {}", different.join(", "));
}

/// Compares what a stage makes of each case of a folder with its snapshot: `cases!(Tally, "tests/cases/*.jsonl")`. The
/// pattern is relative to the crate and has one `*`, for names of files. All cases run, also after one that
/// differs. New and changed snapshots are accepted as ever with insta: `cargo insta review`, or
/// `INSTA_UPDATE=always cargo test`.
#[macro_export]
#[doc(hidden)]
macro_rules! __cases {
    ($stage:ty, $pattern:expr) => {{
        $crate::testing::each_case(env!("CARGO_MANIFEST_DIR"), $pattern, |path, name| {
            let shown = $crate::testing::case::<$stage>(path);
            $crate::testing::insta::with_settings!({ snapshot_suffix => name, omit_expression => true }, {
                $crate::testing::insta::assert_snapshot!(shown);
            });
        });
    }};
}

#[doc(inline)]
pub use crate::__cases as cases;

#[cfg(test)]
mod tests;

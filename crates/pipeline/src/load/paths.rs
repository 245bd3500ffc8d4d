//! Where a report may be written: below the output folder, whatever the pipeline's file says.

use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use recoup_model::Period;

use crate::Problem;

/// The one placeholder of an output path.
const PERIOD: &str = "{period}";

/// Where in an output path the mistake is (bytes), and what it is.
pub(crate) type Flaw = (Range<usize>, Problem);

/// What is wrong with an output path, if anything.
pub(crate) fn flaw(path: &str) -> Option<Flaw> {
    let whole = 0..path.len();
    if path.trim().is_empty() {
        let problem = Problem::new("pipeline::output_path", "a report needs a path to be written to");
        return Some((whole, problem.help("such as \"out/{period}.md\"")));
    }
    if let Some(flaw) = unknown_placeholder(path) {
        return Some(flaw);
    }
    if below(path).is_none() {
        let problem = Problem::new("pipeline::output_path", "a report cannot be written outside the output folder")
            .label("leaves the folder")
            .help(
                "write a relative path without leading `/` and without `..`; the output folder is the pipeline's own, \
                 or the one given by --out",
            );
        return Some((whole, problem));
    }
    None
}

fn unknown_placeholder(path: &str) -> Option<Flaw> {
    let mut from = 0;
    while let Some(open) = path[from..].find(['{', '}']).map(|at| at + from) {
        if path[open..].starts_with(PERIOD) {
            from = open + PERIOD.len();
            continue;
        }
        let end = path[open..].find('}').map_or(path.len(), |at| open + at + 1);
        let problem = Problem::new("pipeline::placeholder", format!("`{}` is no placeholder", &path[open..end]))
            .label("unknown placeholder")
            .help("the only placeholder of a path is {period}, which becomes for example 2025-02-22_2025-02-28");
        return Some((open..end, problem));
    }
    None
}

/// The path with its placeholder filled in.
pub(crate) fn expand(path: &str, period: Period) -> String {
    path.replace(PERIOD, &period.to_string())
}

/// A relative path in its plain form, or `None` where it is absolute, climbs out of its folder or names nothing.
///
/// Backslashes count as separators and a colon as a drive, so that a file written on one system stays inside on all.
pub(crate) fn below(path: &str) -> Option<PathBuf> {
    let path = path.replace('\\', "/");
    if path.contains([':', '\0']) {
        return None;
    }
    let mut plain = PathBuf::new();
    for component in Path::new(&path).components() {
        match component {
            Component::Normal(name) => plain.push(name),
            Component::CurDir => {}
            Component::ParentDir if plain.pop() => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    (plain.components().next().is_some()).then_some(plain)
}

/// Whether the path takes the files that a stage names, rather than its single one.
pub(crate) fn is_folder(path: &str) -> bool {
    path.ends_with(['/', '\\'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_in_its_folder() {
        for (path, want) in [
            ("out/a.md", Some("out/a.md")),
            ("./out//a.md", Some("out/a.md")),
            ("out/../a.md", Some("a.md")),
            ("out\\a.md", Some("out/a.md")),
            ("out/", Some("out")),
            ("../a.md", None),
            ("out/../../a.md", None),
            ("..\\a.md", None),
            ("/etc/passwd", None),
            ("C:\\a.md", None),
            ("a\0.md", None),
            (".", None),
            ("", None),
        ] {
            assert_eq!(below(path).as_deref(), want.map(Path::new), "{path}");
        }
    }

    #[test]
    fn period_is_the_only_placeholder() {
        for (path, flawed) in [
            ("out/{period}.md", None),
            ("{period}/{period}.md", None),
            ("out/{date}.md", Some(4..10)),
            ("out/{period}-{lang}.md", Some(13..19)),
            ("out/{period.md", Some(4..14)),
            ("out/period}.md", Some(10..11)),
        ] {
            assert_eq!(flaw(path).map(|(span, _)| span), flawed, "{path}");
        }
    }
}

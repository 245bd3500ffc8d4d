//! From the name of a stage to what it is called in code.

use recoup_model::slug;
use recoup_pipeline::built_in_stages;

use super::NewError;
use crate::args::PluginLanguage;

const LONGEST: usize = 64;

/// Words that name nothing in Rust, or crates that every crate has.
const RUST: [&str; 57] = [
    "abstract",
    "alloc",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "core",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "proc_macro",
    "pub",
    "recoup_plugin",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
];

/// Types that the stage and the macros in it use, and a type of the stage's own would hide.
const TYPES: [&str; 43] = [
    "Anchor",
    "Block",
    "BlockKind",
    "Body",
    "Box",
    "Claim",
    "Context",
    "Default",
    "Derived",
    "Deserialize",
    "Diagnostic",
    "Document",
    "Error",
    "Estimates",
    "File",
    "Finding",
    "FindingTime",
    "Grade",
    "Item",
    "Iterator",
    "JsonSchema",
    "Level",
    "Lineage",
    "None",
    "Option",
    "Options",
    "Out",
    "Position",
    "Published",
    "PublishedFrom",
    "Quantity",
    "Reliability",
    "ReportItem",
    "Result",
    "Self",
    "Serialize",
    "Some",
    "Span",
    "Stage",
    "Stance",
    "Status",
    "String",
    "Vec",
];

/// Words that name nothing in Python, and names that the stage uses.
const PYTHON: [&str; 44] = [
    "and",
    "as",
    "assert",
    "async",
    "await",
    "break",
    "class",
    "continue",
    "def",
    "del",
    "elif",
    "else",
    "enumerate",
    "except",
    "finally",
    "finding",
    "for",
    "from",
    "global",
    "if",
    "import",
    "in",
    "int",
    "is",
    "lambda",
    "len",
    "match",
    "nonlocal",
    "not",
    "or",
    "pass",
    "raise",
    "return",
    "serve",
    "span",
    "stage",
    "str",
    "try",
    "type",
    "warn",
    "while",
    "with",
    "yield",
    "print",
];

/// Modules that Python would no longer find beside a file of their name, as far as this stage and Python's start need
/// them.
const MODULES: [&str; 47] = [
    "abc",
    "argparse",
    "ast",
    "base64",
    "bisect",
    "calendar",
    "codecs",
    "collections",
    "contextlib",
    "copy",
    "csv",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "enum",
    "errno",
    "fnmatch",
    "functools",
    "gettext",
    "glob",
    "heapq",
    "html",
    "inspect",
    "io",
    "json",
    "keyword",
    "linecache",
    "locale",
    "logging",
    "math",
    "numbers",
    "operator",
    "os",
    "pathlib",
    "random",
    "re",
    "recoup_plugin",
    "select",
    "signal",
    "site",
    "stat",
    "string",
    "struct",
    "subprocess",
    "sys",
    "types",
];

/// The same, behind the longest line of the table above.
const MORE_MODULES: [&str; 11] = [
    "threading",
    "time",
    "token",
    "tokenize",
    "traceback",
    "typing",
    "unittest",
    "urllib",
    "uuid",
    "warnings",
    "weakref",
];

/// What a stage is called.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Names {
    /// In pipelines: `harbour-log`.
    pub(super) name: String,
    /// Of crate and function: `harbour_log`.
    pub(super) identifier: String,
    /// Of the Rust type: `HarbourLog`.
    pub(super) type_name: String,
}

impl Names {
    /// What a stage of this name is called in a language.
    ///
    /// # Errors
    /// [`NewError::Name`] for a name that is none, is taken, or means something else in the language.
    pub(super) fn of(name: &str, language: PluginLanguage) -> Result<Names, NewError> {
        let refused = |reason: String, help: String| NewError::Name { name: name.to_owned(), reason, help };
        if let Some(reason) = misshapen(name) {
            let near: String =
                slug(name).trim_start_matches(|c: char| !c.is_ascii_lowercase()).chars().take(LONGEST).collect();
            let near = near.trim_end_matches('-');
            let instead = if near.is_empty() || misshapen(near).is_some() { "harbour-log" } else { near };
            return Err(refused(reason.to_owned(), format!("write small letters, digits and hyphens: `{instead}`")));
        }
        if built_in_stages().iter().any(|stage| stage.name == name) {
            let help = format!("reports name the stages they were made with: take another name, such as `my-{name}`");
            return Err(refused("recoup has a stage of that name".to_owned(), help));
        }
        let identifier = name.replace('-', "_");
        let another = format!("take another name, such as `my-{name}`");
        let is_in = |table: &[&str]| table.contains(&identifier.as_str());
        match language {
            PluginLanguage::Rust if is_in(&RUST) => {
                return Err(refused("Rust takes no crate of that name".to_owned(), another));
            }
            // The file is what Python would import; one with a hyphen it cannot.
            PluginLanguage::Python if !name.contains('-') && (is_in(&MODULES) || is_in(&MORE_MODULES)) => {
                let reason = format!("its file {name}.py would hide the module `{name}` from Python");
                return Err(refused(reason, another));
            }
            _ => {}
        }
        Ok(Names { name: name.to_owned(), type_name: type_name(name), identifier })
    }

    /// The function in Python.
    pub(super) fn function(&self) -> String {
        if PYTHON.contains(&self.identifier.as_str()) {
            format!("{}_", self.identifier)
        } else {
            self.identifier.clone()
        }
    }

    /// The file of the test in Python.
    pub(super) fn python_test(&self) -> String {
        format!("test_{}.py", self.identifier)
    }
}

/// What is wrong with the characters of a name.
fn misshapen(name: &str) -> Option<&'static str> {
    let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if name.is_empty() {
        Some("that is no name")
    } else if !name.chars().all(known) {
        Some("it has more than small letters, digits and hyphens")
    } else if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        Some("it does not begin with a letter")
    } else if name.split(['-', '_']).any(str::is_empty) {
        Some("its hyphens do not stand between words")
    } else if name.len() > LONGEST {
        Some("it is longer than 64 characters")
    } else {
        None
    }
}

/// `harbour-log` -> `HarbourLog`; `file` -> `FileStage`, since there is a `File`.
fn type_name(name: &str) -> String {
    let mut out = String::new();
    for word in name.split(['-', '_']) {
        let mut letters = word.chars();
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    if TYPES.contains(&out.as_str()) { out + "Stage" } else { out }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn names_become_identifiers() {
        let cases = [
            ("lines", "lines", "Lines", "lines"),
            ("harbour-log", "harbour_log", "HarbourLog", "harbour_log"),
            ("t72_and-t80", "t72_and_t80", "T72AndT80", "t72_and_t80"),
            ("file", "file", "FileStage", "file"),
            ("lambda", "lambda", "Lambda", "lambda_"),
        ];
        for (name, identifier, type_name, function) in cases {
            let names = Names::of(name, PluginLanguage::Rust).unwrap();
            assert_eq!((names.identifier.as_str(), names.type_name.as_str()), (identifier, type_name));
            assert_eq!(names.function(), function);
        }
    }

    #[test]
    fn names_that_mean_something_in_one_language_serve_in_another() {
        for (name, rust, python, c) in [
            ("match", false, true, true),
            ("calendar", true, false, true),
            ("re", true, false, true),
            ("rules", false, false, false),
        ] {
            let of = |language| Names::of(name, language).is_ok();
            let found = (of(PluginLanguage::Rust), of(PluginLanguage::Python), of(PluginLanguage::C));
            assert_eq!(found, (rust, python, c), "{name}");
        }
    }
}

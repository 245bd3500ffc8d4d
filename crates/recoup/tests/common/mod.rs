//! Runs the real program in a folder of its own, and shows what its user sees.
#![allow(clippy::unwrap_used)]
// Each test file uses a part of it.
#![allow(dead_code)]

use std::env::consts::DLL_SUFFIX;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// Builds a plugin of the workspace, as its author would, and gives the path of its library.
pub(crate) fn plugin(package: &str) -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--message-format=json", "--package", package])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let messages = String::from_utf8(output.stdout).unwrap();
    let artifacts = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let of_package = artifacts.filter(|message| message["target"]["name"] == package.replace('-', "_"));
    let files = of_package.filter_map(|message| message["filenames"].as_array().cloned()).flatten();
    let mut libraries = files.filter_map(|file| Some(PathBuf::from(file.as_str()?)));
    libraries.find(|file| file.to_string_lossy().ends_with(DLL_SUFFIX)).unwrap()
}

/// A folder to work in, gone after the test.
pub(crate) struct Desk {
    folder: TempDir,
}

impl Desk {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder with these files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let desk = Desk::empty();
        for (path, text) in files {
            desk.write(path, text);
        }
        desk
    }

    /// Writes a file, and its folders.
    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Where a file of the folder is.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// recoup in this folder, without anything that the machine's user has set.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_recoup"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        for variable in [
            "RECOUP_AUTHOR",
            "RECOUP_LOG",
            "RECOUP_PLUGIN_PATH",
            "NO_COLOR",
            "CLICOLOR_FORCE",
            "FORCE_COLOR",
            "COLUMNS",
            "RUST_BACKTRACE",
        ] {
            command.env_remove(variable);
        }
        command
    }

    /// Runs recoup.
    pub(crate) fn output(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// stdout of a run.
    pub(crate) fn stdout(&self, arguments: &[&str]) -> String {
        String::from_utf8(self.output(arguments).stdout).unwrap()
    }

    /// Everything that the user sees: the command, its output, its errors and its exit code.
    pub(crate) fn session(&self, arguments: &[&str]) -> String {
        self.seen(&mut self.command(arguments))
    }

    /// The same of a prepared command.
    pub(crate) fn seen(&self, command: &mut Command) -> String {
        let output = command.output().unwrap();
        let arguments: Vec<_> = command.get_args().map(|argument| argument.to_string_lossy()).collect();
        let mut seen = format!("$ recoup {}\n{}", arguments.join(" "), String::from_utf8(output.stdout).unwrap());
        if !output.stderr.is_empty() {
            seen += &format!("--- stderr\n{}", String::from_utf8(output.stderr).unwrap());
        }
        seen += &format!("--- exit code {}\n", output.status.code().unwrap());
        without_ids(&seen.replace(&self.folder.path().display().to_string(), "[folder]"))
    }

    /// A text of a file as a snapshot shows it.
    pub(crate) fn without_ids(&self, text: &str) -> String {
        without_ids(text)
    }

    /// All files below a folder, by name.
    pub(crate) fn files(&self, below: &str) -> Vec<String> {
        let mut files = Vec::new();
        collect(&self.path(below), &mut files);
        let root = self.folder.path();
        let mut names: Vec<String> =
            files.iter().map(|file| file.strip_prefix(root).unwrap().display().to_string()).collect();
        names.sort();
        names
    }
}

/// Ids are hashes of what is shown beside them: `c_0123456789abcdef` becomes `c_[id]`.
fn without_ids(text: &str) -> String {
    let is_id = |rest: &str| {
        let digits = rest.get(2..18).unwrap_or_default();
        rest.starts_with(['c', 'd', 'f', 'p', 'r'])
            && rest.get(1..2) == Some("_")
            && digits.len() == 16
            && digits.bytes().all(|b| b.is_ascii_hexdigit())
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if is_id(rest) {
            out.push_str(&rest[..2]);
            out.push_str("[id]");
            rest = &rest[18..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, into) } else { into.push(path) }
    }
}

/// A pipeline with the built-in stages and one report.
pub(crate) const PIPELINE: &str = r#"name = "ridge"
period = "1 week"
language = "en"
theatre = "theatre"

[[input]]
files = "articles/*.txt"

[[parse]]
use = "text"

[[extract]]
use = "rules"

[[reconcile]]
use = "intervals"

[[report]]
use = "json"
path = "out/{period}.json"
"#;

/// The built-in stages for saved pages and texts, with one report.
pub(crate) const STAGES_FOR_PAGES: &str = r#"
[[parse]]
use = "html"

[[parse]]
use = "text"

[[extract]]
use = "rules"

[[reconcile]]
use = "intervals"

[[report]]
use = "markdown"
path = "out/{period}.md"
"#;

/// Two sides, one town, one source of each.
pub(crate) const THEATRE: &str = r#"
[[actor]]
id = "sahel-front"
name = "Sahel Front"
kind = "armed-group"
side = "sahel-front"
names = ["Sahel Front", "Front du Sahel"]

[[place]]
id = "ml-tessit"
name = "Tessit"
names = ["Tessit"]
precision = "locality"
within = "ml"
lat = 15.2
lon = 0.3

[[source]]
id = "malian-army-staff"
name = "Malian army staff"
kind = "military"
actor = "mali"
reliability = "C"
names = ["Malian army staff", "état-major malien"]
"#;

/// An article in English, with its day and outlet.
pub(crate) const ENGLISH: &str = "+++
published = 2025-03-20
language = \"en\"
outlet = \"Gao Courier\"
+++

At least seventeen Malian soldiers were killed on Tuesday near Tessit, the Malian army staff said on Wednesday.
";

/// An article in French, with its day and outlet.
pub(crate) const FRENCH: &str = "+++
published = 2025-03-21
language = \"fr\"
outlet = \"Le Fil du Fleuve\"
+++

Près de quarante soldats maliens auraient été tués mardi près de Tessit, affirme le Front du Sahel.
";

/// The pipeline, its theatre and both articles.
pub(crate) fn ridge() -> Desk {
    Desk::with(&[
        ("pipeline.toml", PIPELINE),
        ("theatre/theatre.toml", THEATRE),
        ("articles/gao.txt", ENGLISH),
        ("articles/tessit.txt", FRENCH),
    ])
}

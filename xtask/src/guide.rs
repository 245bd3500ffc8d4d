//! `cargo xtask guide`: runs every command of the pages on a first plugin, as their reader does.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use serde::Deserialize;

use crate::chore::{ChoreError, at, cargo, output, workspace};

/// A page, and the tool without which it cannot be followed.
struct Page {
    language: &'static str,
    file: &'static str,
    tool: &'static str,
}

const PAGES: [Page; 3] = [
    Page { language: "rust", file: "docs/first-plugin-rust.md", tool: "cargo" },
    Page { language: "python", file: "docs/first-plugin-python.md", tool: "python3" },
    Page { language: "c", file: "docs/first-plugin-c.md", tool: "cc" },
];

const USAGE: &str = "guide takes --debug, and --only with rust, python or c";

/// What is read of the messages of `cargo build`; other messages have none of it.
#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    executable: Option<PathBuf>,
}

pub(crate) fn run(flags: &[&str]) -> Result<(), ChoreError> {
    let (mut only, mut debug) = (None, false);
    let mut rest = flags;
    loop {
        rest = match rest {
            [] => break,
            ["--debug", rest @ ..] => {
                debug = true;
                rest
            }
            ["--only", language, rest @ ..] if PAGES.iter().any(|page| page.language == *language) => {
                only = Some(*language);
                rest
            }
            _ => return Err(ChoreError::Usage(USAGE.to_owned())),
        };
    }
    let recoup = recoup(debug)?;
    for page in PAGES.iter().filter(|page| only.is_none_or(|only| page.language == only)) {
        if Command::new(page.tool).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
            println!("{}: skipped, there is no `{}` here", page.file, page.tool);
            continue;
        }
        let started = Instant::now();
        let blocks = follow(page, &recoup)?;
        println!("{}: {blocks} blocks, {} s", page.file, started.elapsed().as_secs());
    }
    Ok(())
}

/// Builds recoup and returns the folder of the program.
fn recoup(debug: bool) -> Result<PathBuf, ChoreError> {
    let mut build = cargo();
    build.args(["build", "--locked", "--package", "recoup", "--message-format=json-render-diagnostics"]);
    if !debug {
        build.arg("--release");
    }
    let messages = output(&mut build, "is the Rust toolchain installed?")?;
    let garbled = |reason: String| ChoreError::Garbled { program: "cargo build".to_owned(), reason };
    let lines = messages.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let messages: Result<Vec<Message>, _> = lines.map(serde_json::from_slice).collect();
    let mut programs = messages.map_err(|why| garbled(why.to_string()))?.into_iter().filter_map(|said| said.executable);
    let folder = programs.next_back().and_then(|program| program.parent().map(Path::to_owned));
    folder.ok_or_else(|| garbled("it has built no program".to_owned()))
}

/// Runs the blocks of a page, each from the folder in which the first one began; returns how many there are.
fn follow(page: &Page, recoup: &Path) -> Result<usize, ChoreError> {
    let file = workspace().join(page.file);
    let blocks = blocks(&fs::read_to_string(&file).map_err(at(&file))?);
    let folder = tempfile::tempdir().map_err(at(Path::new("a temporary folder")))?;
    if page.language == "rust" {
        share_target(folder.path(), recoup)?;
    }
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::env::join_paths(std::iter::once(recoup.to_owned()).chain(std::env::split_paths(&paths)));
    let paths = paths.map_err(|why| ChoreError::Input { path: recoup.to_owned(), reason: why.to_string() })?;
    for (number, block) in (1..).zip(&blocks) {
        let mut shell = Command::new("bash");
        // What the packages need was downloaded for the workspace.
        shell.args(["-euo", "pipefail", "-c", block]).current_dir(folder.path()).env("CARGO_NET_OFFLINE", "true");
        shell.env("PATH", &paths).env("RECOUP_SOURCE", workspace()).env("INSTA_UPDATE", "no");
        // The pages are about what works, not about how fast it does.
        shell.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0").env("CARGO_PROFILE_DEV_DEBUG", "0");
        for variable in ["CARGO_TARGET_DIR", "RECOUP_LOG", "RECOUP_PLUGIN_PATH", "INSTA_WORKSPACE_ROOT"] {
            shell.env_remove(variable);
        }
        let done = shell.stdin(Stdio::null()).output().map_err(|source| ChoreError::Missing {
            program: "bash".to_owned(),
            source,
            help: "the pages are written for it",
        })?;
        if !done.status.success() {
            return Err(ChoreError::Page {
                page: page.file,
                number,
                block: block.clone(),
                output: format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr)),
            });
        }
    }
    Ok(blocks.len())
}

/// What a reader's crate builds, it builds in its own folder: that leads to one that is kept from run to run.
fn share_target(folder: &Path, recoup: &Path) -> Result<(), ChoreError> {
    let kept = recoup.parent().unwrap_or(recoup).join("guide");
    let link = folder.join("lines");
    fs::create_dir_all(&kept).map_err(at(&kept))?;
    fs::create_dir_all(&link).map_err(at(&link))?;
    #[cfg(unix)]
    std::os::unix::fs::symlink(&kept, link.join("target")).map_err(at(&link))?;
    Ok(())
}

/// The blocks of a page that are commands.
fn blocks(page: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut block: Option<String> = None;
    for line in page.lines() {
        match &mut block {
            Some(text) if line != "```" => {
                text.push_str(line);
                text.push('\n');
            }
            Some(_) => blocks.extend(block.take()),
            None if line == "```sh" => block = Some(String::new()),
            None => {}
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_blocks_of_commands_are_run() {
        let page = "Text\n```sh\none\ntwo\n```\n```text\nthree\n```\n```sh\nfour\n```\n";
        assert_eq!(blocks(page), ["one\ntwo\n", "four\n"]);
    }
}

//! `cargo xtask fuzz`: builds a fuzz target on the stable toolchain and runs it for a while.

use std::fs;
use std::path::Path;

use recoup_language::lexicon::Lexicon;

use crate::chore::{ChoreError, at, cargo, output, workspace};

const TARGETS: [&str; 2] = ["parse", "extract"];
const SECONDS: u64 = 60;
const USAGE: &str = "fuzz takes a target, parse or extract, and --seconds N";

/// What the compiler is told, so that the fuzzer sees which branches an input takes and what it is compared with.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

const HELP: &str = "is the Rust toolchain installed, and a C++ compiler for libFuzzer?";

pub(crate) fn run(flags: &[&str]) -> Result<(), ChoreError> {
    let usage = || ChoreError::Usage(USAGE.to_owned());
    let (target, seconds) = match flags {
        [target] => (*target, SECONDS),
        [target, "--seconds", seconds] => (*target, seconds.parse().map_err(|_| usage())?),
        _ => return Err(usage()),
    };
    if !TARGETS.contains(&target) {
        return Err(usage());
    }
    let folder = workspace().join("fuzz");
    let built = workspace().join("target/fuzz");
    let host = host()?;
    // With --target named, only what is fuzzed is built with coverage, not what builds it.
    let mut build = cargo();
    build.current_dir(&folder).env("RUSTFLAGS", COVERAGE).args(["build", "--release", "--target", &host]);
    build.arg("--target-dir").arg(&built).args(["--bin", target]);
    output(&mut build, HELP)?;

    let corpus = built.join("corpus").join(target);
    let found = built.join("found");
    for folder in [&corpus, &found] {
        fs::create_dir_all(folder).map_err(at(folder))?;
    }
    let words = built.join("words.dict");
    write_words(&words)?;
    let mut fuzz = std::process::Command::new(built.join(host).join("release").join(target));
    fuzz.arg(&corpus).arg(folder.join("seeds").join(target));
    fuzz.arg(format!("-dict={}", words.display()));
    fuzz.arg(format!("-artifact_prefix={}/{target}-", found.display()));
    fuzz.arg(format!("-max_total_time={seconds}"));
    fuzz.args(["-max_len=2048", "-timeout=10", "-print_final_stats=1"]);
    output(&mut fuzz, HELP).map(|_| ())
}

/// The platform that this is built for, as rustc names it.
fn host() -> Result<String, ChoreError> {
    let mut rustc = std::process::Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let said = String::from_utf8_lossy(&output(rustc.arg("-vV"), HELP)?).into_owned();
    let host = said.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned);
    host.ok_or_else(|| ChoreError::Garbled { program: "rustc -vV".to_owned(), reason: "it names no host".to_owned() })
}

/// Writes the words of the packs as a dictionary for libFuzzer.
fn write_words(path: &Path) -> Result<(), ChoreError> {
    let lexicons = ["fr", "en"].into_iter().filter_map(Lexicon::of);
    let mut words: Vec<&str> = lexicons.flat_map(|lexicon| lexicon.vocabulary().words()).collect();
    words.sort_unstable();
    words.dedup();
    let lines: String = words.into_iter().map(entry).collect();
    fs::write(path, lines).map_err(at(path))
}

/// A line of the dictionary: a blank before the word, and in figures every byte that is no plain character.
fn entry(word: &str) -> String {
    let escaped: String = word
        .bytes()
        .map(|byte| match byte {
            b'"' | b'\\' => format!("\\{}", char::from(byte)),
            b' '..=b'~' => char::from(byte).to_string(),
            _ => format!("\\x{byte:02x}"),
        })
        .collect();
    format!("\" {escaped}\"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_with_an_accent_is_escaped() {
        assert_eq!(entry("tué"), "\" tu\\xc3\\xa9\"\n");
        assert_eq!(entry("\"\\"), "\" \\\"\\\\\"\n");
    }
}

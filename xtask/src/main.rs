//! The chores of the workspace: `cargo xtask CHORE`.

mod bench;
mod bindings;
mod chore;
mod floor;
mod fuzz;
mod guide;
mod memcheck;
mod phrases;
mod plugins;
mod score;
mod synth;
mod verbs;
mod world;

use std::env;
use std::process::ExitCode;

use crate::chore::ChoreError;

const HELP: &str = "\
cargo xtask CHORE

  bench [--quick]              measures speed, start-up, memory and texts made to be slow, and fails where one of these
                               takes too long; --quick leaves out the benchmarks of divan
  bindings [--check]           writes the C header and the Python module of crates/plugin from its definitions;
                               --check compares them
  fuzz TARGET [--seconds N]    runs a fuzz target of fuzz/ (parse, extract) for a while, 60 seconds unless told
  guide [--only rust|python|c] [--debug]
                               runs the commands of docs/first-plugin-*.md as their reader does; --debug with a recoup
                               that is not optimised
  memcheck                     runs the tests of the boundary of shared libraries under valgrind
  phrases [--check]            writes docs/phrases.md from the tables of figures and dates; --check compares it
  plugins [--release]          builds the shared libraries of plugins/ and puts them into target/plugins/
  score [--raise] [--verbose] [--gold DIR]...
                               measures extraction against the annotated articles in $RECOUP_GOLD
                               and fails below the floor in xtask/score-floor.toml; --raise lifts the floor;
                               --gold also measures a folder with manifest.toml and gold.jsonl, without a floor
  synth claims|articles --seed N --size N --out DIR
                               draws an invented world with claims or articles on it, and writes down what is true;
                               synth judge DIR --findings FILE compares findings with that, and fails out of bounds
  verbs --from FOLDER          rebuilds the tables of verb forms of the language packs from published lexicons
  world --from DIR [--check]   builds the gazetteer from the packages of xtask/data/sources.toml, unpacked in DIR;
                               --check compares it with the one that is there";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            error.exit_code()
        }
    }
}

fn run(arguments: &[&str]) -> Result<(), ChoreError> {
    match arguments {
        [] | ["-h" | "--help" | "help"] => {
            println!("{HELP}");
            Ok(())
        }
        ["bench", flags @ ..] => bench::run(flags),
        ["bindings", flags @ ..] => bindings::run(flags),
        ["fuzz", flags @ ..] => fuzz::run(flags),
        ["guide", flags @ ..] => guide::run(flags),
        ["memcheck", flags @ ..] => memcheck::run(flags),
        ["phrases", flags @ ..] => phrases::run(flags),
        ["plugins", flags @ ..] => plugins::run(flags),
        ["score", flags @ ..] => score::run(flags),
        ["synth", flags @ ..] => synth::run(flags),
        ["verbs", flags @ ..] => verbs::run(flags),
        ["world", flags @ ..] => world::run(flags),
        [other, ..] => Err(ChoreError::Usage(format!("there is no chore `{other}`\n\n{HELP}"))),
    }
}

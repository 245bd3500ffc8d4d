//! `recoup test`: the tests of a pipeline.

use std::io::{self, Write};

use recoup_pipeline::{Mismatch, Pipeline, Tested};
use similar::{ChangeTag, TextDiff};

use super::{log, warn};
use crate::args::TestArgs;
use crate::failure::{Exit, Failure};
use crate::progress::Bar;
use crate::render::plain;

/// `color` says whether stdout takes colour.
pub(crate) fn run(args: &TestArgs, color: bool, out: &mut dyn Write) -> Result<Exit, Failure> {
    let pipeline = Pipeline::load(&args.pipeline)?;
    warn(pipeline.warnings());
    let tests = recoup_pipeline::test(&pipeline, args.filter.as_deref(), &Bar::new())?;
    log(&tests.diagnostics);
    if let Some(filter) = args.filter.as_ref().filter(|_| tests.tested.is_empty()) {
        let names = pipeline.tests().map(str::to_owned).collect();
        return Err(Failure::NoTest { filter: filter.clone(), names });
    }
    if args.accept {
        recoup_pipeline::accept(&pipeline, &tests.tested)?;
    }
    let ended: Vec<(&Tested, End)> = tests.tested.iter().map(|tested| (tested, End::of(tested, args.accept))).collect();
    for (tested, end) in &ended {
        writeln!(out, "  {:8}  {}", end.word(), plain(&tested.name))?;
    }
    for (tested, _) in ended.iter().filter(|(_, end)| *end == End::Failed) {
        print(tested, args.accept, color, out)?;
    }
    let count = |wanted| ended.iter().filter(|(_, end)| *end == wanted).count();
    let mut summary = format!("{} passed, {} failed", count(End::Passed), count(End::Failed));
    if args.accept {
        summary += &format!(", {} accepted", count(End::Accepted));
    }
    writeln!(out, "{}{summary}", if ended.is_empty() { "" } else { "\n" })?;
    Ok(if count(End::Failed) == 0 { Exit::Done } else { Exit::Failed })
}

/// How a test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Passed,
    Failed,
    Accepted,
}

impl End {
    /// With `accept`, a text that was shown otherwise has been accepted; claims that differ from `expect` still do.
    fn of(tested: &Tested, accept: bool) -> End {
        match tested.passed() {
            true => End::Passed,
            false if accept && open(tested, accept).is_empty() && tested.set_aside.is_none() => End::Accepted,
            false => End::Failed,
        }
    }

    fn word(self) -> &'static str {
        match self {
            End::Passed => "passed",
            End::Failed => "failed",
            End::Accepted => "accepted",
        }
    }
}

/// The mismatches that are left.
fn open(tested: &Tested, accept: bool) -> Vec<&Mismatch> {
    tested.mismatches.iter().filter(|mismatch| !accept || mismatch.key != "expect_text").collect()
}

fn print(tested: &Tested, accept: bool, color: bool, out: &mut dyn Write) -> io::Result<()> {
    if let Some(aside) = &tested.set_aside {
        writeln!(out, "\n{}: nothing could be read: {} ({})", plain(&tested.name), plain(&aside.reason), aside.code)?;
        if let Some(help) = &aside.help {
            writeln!(out, "  {}", plain(help))?;
        }
    }
    for mismatch in open(tested, accept) {
        writeln!(out, "\n{}: not what `{}` says", plain(&tested.name), mismatch.key)?;
        // The other form shows the sentences itself.
        if mismatch.key == "expect" {
            for line in tested.shown.trim_end().lines() {
                writeln!(out, "{}", format!("    {}", plain(line)).trim_end())?;
            }
        }
        difference(mismatch, color, out)?;
    }
    Ok(())
}

/// Every line of both, with `-` before what was expected alone and `+` before what was found alone.
fn difference(mismatch: &Mismatch, color: bool, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n  - expected, + found")?;
    for change in TextDiff::from_lines(mismatch.expected.as_str(), mismatch.found.as_str()).iter_all_changes() {
        let (sign, paint) = match change.tag() {
            ChangeTag::Equal => (' ', None),
            ChangeTag::Delete => ('-', Some("\u{1b}[31m")),
            ChangeTag::Insert => ('+', Some("\u{1b}[32m")),
        };
        let line = format!("  {sign} {}", plain(change.value().trim_end_matches('\n')));
        match paint.filter(|_| color) {
            Some(paint) => writeln!(out, "{paint}{}\u{1b}[0m", line.trim_end())?,
            None => writeln!(out, "{}", line.trim_end())?,
        }
    }
    Ok(())
}

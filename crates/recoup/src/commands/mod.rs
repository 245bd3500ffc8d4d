//! The commands, one module each.

mod annotate;
mod backfill;
mod check;
mod claims;
mod completions;
mod diff;
mod explain;
mod findings;
mod fresh;
mod init;
mod man;
mod plugin;
mod report;
mod rule;
mod run;
mod schema;
mod score;
mod stages;
mod store;
mod test;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use recoup_model::{Diagnostic, Level, SetAside};
use recoup_pipeline::{Extracted, Pipeline, PluginHost, Problem, RunOptions};

use crate::args::{Cli, Command, PluginHostArgs, Threads};
use crate::failure::{Exit, Failure};
use crate::progress::Bar;
use crate::render::plain;
use crate::{logging, terminal};

pub(crate) use self::diff::NoReport;
pub(crate) use self::plugin::NewError;

/// Runs the command; what it has to say goes to `out`.
///
/// # Errors
/// [`Failure`] where the command did not do its work.
pub(crate) fn run(cli: &Cli, out: &mut dyn Write) -> Result<Exit, Failure> {
    match &cli.command {
        Command::Init(args) => init::run(args, out),
        Command::Run(args) => run::run(args, out),
        Command::Report(args) => report::run(args, out),
        Command::Backfill(args) => backfill::run(args, out),
        Command::Store(command) => store::run(command, out),
        Command::Check(args) => check::run(args, out),
        Command::Claims(args) => claims::run(args, out),
        Command::Findings(args) => findings::run(args, out),
        Command::Annotate(args) => annotate::run(args, terminal::colors_stdout(cli.global.color), out),
        Command::Explain(args) => explain::run(args, terminal::colors_stdout(cli.global.color), out),
        Command::Diff(args) => diff::run(args, out),
        Command::Rule(command) => rule::run(command, out),
        Command::Score(args) => score::run(args, cli.global.verbose > 0, out),
        Command::Stages(args) => stages::run(args, out),
        Command::Plugin(command) => plugin::run(command, out),
        Command::PluginHost(_) => Ok(Exit::Done),
        Command::Schema(args) => schema::run(args, out),
        Command::Test(args) => test::run(args, terminal::colors_stdout(cli.global.color), out),
        Command::Completions(args) => completions::run(args, out),
        Command::Man(args) => man::run(args, out),
    }
}

/// `recoup plugin-host`, before anything is set up: a library is given a bare process.
pub(crate) fn plugin_host(args: &PluginHostArgs) -> ExitCode {
    recoup_pipeline::plugin_host(&PluginHost {
        library: args.library.clone(),
        stage: args.stage.clone(),
        sha256: args.sha256.clone(),
        memory: args.memory,
        list: args.list,
    })
}

/// Reads articles with the parse and extract stages of a pipeline, else with the built-in ones; warns and logs.
///
/// # Errors
/// [`Failure`] where the pipeline or its input cannot be read.
fn read(
    pipeline: Option<&Path>,
    files: &[PathBuf],
    manifest: Option<&PathBuf>,
    threads: &Threads,
) -> Result<(Pipeline, Extracted), Failure> {
    let pipeline = match pipeline {
        Some(path) => Pipeline::load(path)?,
        None => Pipeline::built_in(),
    };
    warn(pipeline.warnings());
    let bar = Bar::new();
    let options = RunOptions {
        inputs: files.to_vec(),
        manifest: manifest.cloned(),
        threads: threads.threads,
        progress: &bar,
        ..RunOptions::default()
    };
    let extracted = recoup_pipeline::extract(&pipeline, &options)?;
    let (placed, rest) = recoup_pipeline::place(extracted.diagnostics.clone(), &extracted.documents);
    show(&placed);
    log(&rest);
    Ok((pipeline, extracted))
}

/// Shows what is odd about a pipeline and stops nothing.
fn warn(problems: &[Problem]) {
    for problem in problems {
        let report = miette::Report::new(problem.clone());
        // A closed stderr is no reason to stop.
        let _ = writeln!(io::stderr(), "{report:?}");
    }
}

/// Shows what the stages said of places in articles: for people there, for programs in the log.
fn show(placed: &[Problem]) {
    if !tracing::enabled!(tracing::Level::WARN) {
        return;
    }
    if !logging::is_json() {
        return warn(placed);
    }
    for problem in placed {
        let file = problem.file.as_ref().map(|file| file.name());
        let (start, end) = problem.span.clone().map_or((None, None), |span| (Some(span.start), Some(span.end)));
        tracing::warn!(code = &*problem.code, file, start, end, help = problem.help.as_deref(), "{}", problem.message);
    }
}

/// Logs what the stages said of the articles. Errors are left out: what they are about is set aside, and named there.
fn log(diagnostics: &[Diagnostic]) {
    for said in diagnostics {
        let (code, document) = (said.code.as_str(), said.document.as_deref().map(plain));
        let message = plain(&said.message);
        let help = said.help.as_deref().map(advice).map(tracing::field::display);
        match said.level {
            Level::Info => tracing::info!(code, document, help, "{message}"),
            Level::Warning => tracing::warn!(code, document, help, "{message}"),
            Level::Error => {}
        }
    }
}

/// What to do. Several lines are there to be copied, so they begin on one of their own.
fn advice(help: &str) -> String {
    let lines: Vec<String> = help.lines().map(plain).collect();
    if lines.len() > 1 { format!("\n{}", lines.join("\n")) } else { lines.concat() }
}

/// Names the articles that were set aside, with the reason.
fn print_set_aside(articles: &[SetAside], out: &mut dyn Write) -> io::Result<()> {
    if articles.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nSet aside:")?;
    for article in articles {
        writeln!(out, "  {}: {} ({})", plain(&article.origin), plain(&article.reason), article.code)?;
        if let Some(help) = &article.help {
            writeln!(out, "    {}", plain(help))?;
        }
    }
    Ok(())
}

//! What can be told from the file alone: no disk, no plugin.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;

use recoup_model::{InvalidPeriod, PeriodLength};
use recoup_plugin::Kind;

use super::section::{Report, Section, Unknown};
use super::{limits, paths};
use crate::nearest::advice;
use crate::spanned::{Spanned, Tree};
use crate::{Limits, Problem};

/// A pipeline as written. What is missing here was not written, or has been reported.
pub(crate) struct Written<'t> {
    pub(crate) name: String,
    pub(crate) period: PeriodLength,
    pub(crate) language: String,
    pub(crate) theatre: Option<(&'t str, Range<usize>)>,
    pub(crate) store: Option<PathBuf>,
    pub(crate) horizon: Option<PeriodLength>,
    pub(crate) fetch: recoup_fetch::Options,
    pub(crate) rulings: Option<(&'t str, Range<usize>)>,
    pub(crate) parse: Vec<WrittenStage<'t>>,
    pub(crate) extract: Vec<WrittenStage<'t>>,
    pub(crate) reconcile: Option<WrittenStage<'t>>,
    /// With the path, where it is sound.
    pub(crate) report: Vec<(WrittenStage<'t>, Option<String>)>,
}

/// A stage as written.
pub(crate) struct WrittenStage<'t> {
    /// The heading.
    pub(crate) span: Range<usize>,
    pub(crate) origin: Origin<'t>,
    pub(crate) options: Option<&'t Spanned<Tree<'t>>>,
    /// Keys that no stage has; they may be meant as options.
    pub(crate) unknown: Vec<Unknown<'t>>,
}

/// Where a stage is to come from.
pub(crate) enum Origin<'t> {
    BuiltIn {
        name: &'t str,
        span: Range<usize>,
    },
    Library {
        library: &'t str,
        span: Range<usize>,
        sha256: Option<(&'t str, Range<usize>)>,
        stage: Option<(&'t str, Range<usize>)>,
        /// Whether it runs in a process of its own.
        isolate: bool,
        limits: Limits,
    },
    Program {
        command: Vec<&'t str>,
        span: Range<usize>,
        limits: Limits,
    },
}

/// The period where none is written.
pub(crate) const DEFAULT_PERIOD: &str = "1 week";

/// The horizon where none is written: a quarter of a year.
const DEFAULT_HORIZON: &str = "13 weeks";

/// Checks everything that the file alone tells.
pub(crate) fn check<'t>(file: &Section<'t>, report: &mut Report<'_>) -> Written<'t> {
    let stages = |kind: Kind, report: &mut Report<'_>| -> Vec<WrittenStage<'t>> {
        file.sections(&kind.to_string()).iter().filter_map(|section| stage(section, report)).collect()
    };
    let parse = stages(Kind::Parse, report);
    let extract = stages(Kind::Extract, report);
    let reconcile = stages(Kind::Reconcile, report).into_iter().next();
    for kind in [Kind::Parse, Kind::Extract, Kind::Reconcile] {
        present(file, kind, report);
    }
    for extra in file.sections("reconcile").iter().skip(1) {
        let problem =
            Problem::new("pipeline::second_reconcile", "a pipeline has one [[reconcile]], and this is another");
        let help = "its stage weighs all claims on a question together, so two of them would give two answers";
        report.at(extra.span(), problem.label("one too many").help(help));
    }
    inputs(file, report);
    Written {
        name: name(file, report),
        period: period(file, report),
        language: file.text("language").map_or("en", |(language, _)| language).to_owned(),
        theatre: file.text("theatre"),
        store: file.text("store").map(|(path, _)| PathBuf::from(path)),
        horizon: horizon(file, report),
        fetch: fetch(file, report),
        rulings: file.text("rulings"),
        parse,
        extract,
        reconcile,
        report: reports(file, report),
    }
}

fn name(file: &Section<'_>, report: &mut Report<'_>) -> String {
    let Some((name, span)) = file.text("name") else { return String::new() };
    if name.trim().is_empty() {
        let problem = Problem::new("pipeline::wrong_value", "the pipeline's name is empty");
        report.at(span, problem.help("it is printed at the head of every report"));
    }
    name.to_owned()
}

/// How long a finding is printed after it was last heard of; `None` = for ever.
fn horizon(file: &Section<'_>, report: &mut Report<'_>) -> Option<PeriodLength> {
    let Some((text, span)) = file.text("horizon") else { return DEFAULT_HORIZON.parse().ok() };
    if file.value("store").is_none() {
        let problem = Problem::new("pipeline::horizon", "`horizon` has no meaning without a `store`");
        report.at(
            span.clone(),
            problem.label("nothing is left out").help("add `store = \"recoup.db\"`, or leave it out"),
        );
    }
    if text == "none" {
        return None;
    }
    let length = text.parse();
    if length.is_err() {
        let problem = Problem::new("pipeline::horizon", format!("`{text}` is no length of time"));
        report.at(span, problem.label("expected such as \"13 weeks\", or \"none\""));
    }
    length.ok()
}

fn period(file: &Section<'_>, report: &mut Report<'_>) -> PeriodLength {
    let (length, span) = match (file.text("period"), file.sections("period")) {
        (Some((text, span)), _) => (text.parse(), span),
        (None, [every]) => match (every.text("every"), every.day("start")) {
            (Some((length, span)), Some((start, _))) => (PeriodLength::every(length, start), span),
            // What is missing has been reported.
            _ => return default_period(),
        },
        _ => return default_period(),
    };
    length.unwrap_or_else(|error: InvalidPeriod| {
        let problem = Problem::new("pipeline::period", error.to_string()).label(match error {
            InvalidPeriod::Length(_) => "expected such as \"1 week\"",
            InvalidPeriod::NoStart(_) => "needs a first day",
            InvalidPeriod::Start(_) => "expected such as \"every 10 days from 2025-01-06\"",
        });
        report.at(span, problem.help(error.help()));
        default_period()
    })
}

/// The length of a period where a pipeline gives none.
pub(crate) fn default_period() -> PeriodLength {
    // A constant: it is a length for every pipeline or for none.
    match DEFAULT_PERIOD.parse() {
        Ok(length) => length,
        Err(error) => unreachable!("{error}"),
    }
}

fn present(file: &Section<'_>, kind: Kind, report: &mut Report<'_>) {
    if !file.has(&kind.to_string()) {
        let usual = match kind {
            Kind::Parse => "text",
            Kind::Extract => "rules",
            _ => "intervals",
        };
        let problem = Problem::new("pipeline::missing_section", format!("there is no [[{kind}]]"));
        report.at(file.span(), problem.help(format!("add `[[{kind}]]` and below it `use = \"{usual}\"`")));
    }
}

fn inputs(file: &Section<'_>, report: &mut Report<'_>) {
    if !file.has("input") {
        let problem =
            Problem::new("pipeline::no_input", "there is no [[input]], so articles must be named with --input");
        report.at(file.span(), problem.help("add `[[input]]` and below it `files = \"articles/*.txt\"`").warning());
    }
    for input in file.sections("input") {
        if !["files", "manifest", "feed"].iter().any(|key| input.has(key)) {
            let problem = Problem::new("pipeline::empty_input", "this [[input]] names no article");
            let help = "add `files = \"articles/*.txt\"`, a `manifest` that lists the articles, or a `feed` on the web";
            report.at(input.span(), problem.label("needs `files`, `manifest` or `feed`").help(help));
        }
        feeds(file, input, report);
        for (pattern, span) in input.texts("files") {
            if let Err(error) = glob::Pattern::new(pattern) {
                let problem = Problem::new("pipeline::pattern", format!("`{pattern}` is no pattern: {}", error.msg));
                let help = "`*` stands for any letters, `?` for one, `**` for any folders, `[ab]` for one of some";
                report.at(span, problem.help(help));
            }
        }
    }
}

fn feeds(file: &Section<'_>, input: &Section<'_>, report: &mut Report<'_>) {
    for (address, span) in input.texts("feed") {
        if let Err(error) = recoup_fetch::check_address(address) {
            let problem = Problem::new("pipeline::feed", format!("`{address}` {error}"));
            report.at(span, problem.label("cannot be fetched").help(error.help()));
        } else if file.value("store").is_none() {
            let problem = Problem::new("pipeline::feed", "what is fetched is kept, and the pipeline has no store");
            report.at(span, problem.label("needs a `store`").help("add `store = \"recoup.db\"` below the name"));
        }
    }
    if !input.has("feed")
        && let Some(span) = input.value("pages").map(|value| value.span())
    {
        let problem = Problem::new("pipeline::feed", "`pages` has no meaning without a `feed`");
        report.at(span, problem.label("no entry has a page").help("add `feed = \"https://…\"`, or leave it out"));
    }
}

/// How servers are asked.
fn fetch(file: &Section<'_>, report: &mut Report<'_>) -> recoup_fetch::Options {
    let mut options = recoup_fetch::Options::default();
    let [section] = file.sections("fetch") else { return options };
    for (key, value) in [("pause", &mut options.pause), ("patience", &mut options.patience)] {
        let Some((text, span)) = section.text(key) else { continue };
        match limits::duration(text) {
            Some(duration) => *value = duration,
            None => {
                let problem = Problem::new("pipeline::fetch", format!("`{text}` is no length of time"));
                report.at(span, problem.label("expected such as \"2 s\", \"500 ms\" or \"1 min\""));
            }
        }
    }
    if let Some((text, span)) = section.text("largest") {
        match limits::size(text) {
            Some(size) => options.largest = size,
            None => {
                let problem = Problem::new("pipeline::fetch", format!("`{text}` is no size"));
                report.at(span, problem.label("expected such as \"16 MiB\""));
            }
        }
    }
    options.contact = section.text("contact").map(|(contact, _)| contact.to_owned());
    options.allow = section.texts("allow").into_iter().map(|(host, _)| host.to_owned()).collect();
    options
}

fn stage<'t>(section: &Section<'t>, report: &mut Report<'_>) -> Option<WrittenStage<'t>> {
    let forms: Vec<&str> = ["use", "plugin", "run"].into_iter().filter(|key| section.has(key)).collect();
    let [form] = forms[..] else {
        let (message, label) = match forms.as_slice() {
            [] => ("this stage does not say what runs".to_owned(), "needs `use`, `plugin` or `run`"),
            _ => (format!("this stage has {}, and can have one of them", forms.join(" and ")), "one too many"),
        };
        let problem = Problem::new("pipeline::stage_form", message).label(label);
        let help =
            "`use` names a built-in stage (`recoup stages` lists them), `plugin` a shared library, `run` a program";
        report.at(section.span(), problem.help(help));
        return None;
    };
    let isolate = section.flag("isolate").is_none_or(|(isolate, _)| isolate);
    let caged = form == "plugin" && isolate;
    idle(section, &["stage", "sha256", "isolate"], form == "plugin", "`plugin`", report);
    idle(section, &["timeout"], caged || form == "run", "stages in a process of their own", report);
    idle(section, &["memory"], caged, "a library in a process of its own", report);
    let sha256 = section.text("sha256");
    if let Some((hash, span)) = sha256.clone()
        && (hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_hexdigit()))
    {
        let message = "a SHA-256 is written with 64 hexadecimal digits";
        report.at(span, Problem::new("pipeline::sha256", message).help("`sha256sum FILE` prints it"));
        return None;
    }
    let limits = limits(section, report);
    let origin = match (section.text("use"), section.text("plugin")) {
        (Some((name, span)), _) => Origin::BuiltIn { name, span },
        (_, Some((library, span))) => {
            let stage = section.text("stage");
            Origin::Library { library, span, sha256, stage, isolate, limits: limits? }
        }
        _ => {
            let command: Vec<&str> = section.texts("run").into_iter().map(|(word, _)| word).collect();
            let span = section.value("run")?.span();
            if command.first().is_none_or(|program| program.is_empty()) {
                let problem = Problem::new("pipeline::run", "`run` names no program");
                report.at(span, problem.label("expected such as [\"python3\", \"names.py\"]"));
                return None;
            }
            Origin::Program { command, span, limits: limits? }
        }
    };
    Some(WrittenStage {
        span: section.span(),
        origin,
        options: section.value("options"),
        unknown: section.unknown().to_vec(),
    })
}

/// Tells of keys that mean nothing for this form of stage.
fn idle(section: &Section<'_>, names: &[&str], used: bool, with: &str, report: &mut Report<'_>) {
    for key in names.iter().filter(|_| !used) {
        if let Some(value) = section.value(key) {
            let code = if with == "`plugin`" { "pipeline::only_with_plugin" } else { "pipeline::only_with_process" };
            let problem = Problem::new(code, format!("`{key}` goes with {with} only"));
            report.at(value.span(), problem.label("has no meaning here").help("leave it out"));
        }
    }
}

/// The limits of a child; `None` where one of them cannot be read.
fn limits(section: &Section<'_>, report: &mut Report<'_>) -> Option<Limits> {
    let mut limits = Limits::default();
    let mut sound = true;
    if let Some((text, span)) = section.text("timeout") {
        match limits::duration(text) {
            Some(timeout) => limits.timeout = timeout,
            None => {
                let problem = Problem::new("pipeline::timeout", format!("`{text}` is no time"));
                report.at(span, problem.label("expected such as \"30 s\"").help("units are ms, s and min"));
                sound = false;
            }
        }
    }
    if let Some((text, span)) = section.text("memory") {
        match limits::size(text) {
            Some(memory) => limits.memory = Some(memory),
            None => {
                let problem = Problem::new("pipeline::memory", format!("`{text}` is no amount of memory"));
                report.at(span, problem.label("expected such as \"2 GB\"").help("units are MB, GB, MiB and GiB"));
                sound = false;
            }
        }
    }
    sound.then_some(limits)
}

fn reports<'t>(file: &Section<'t>, report: &mut Report<'_>) -> Vec<(WrittenStage<'t>, Option<String>)> {
    let mut taken = BTreeMap::new();
    let mut out = Vec::new();
    for section in file.sections("report") {
        let stage = stage(section, report);
        let path = output_path(section, &mut taken, report);
        out.extend(stage.map(|stage| (stage, path)));
    }
    out
}

/// Where a report is written, unless something is wrong with it; `taken` are the paths of the reports before.
fn output_path<'t>(
    section: &Section<'t>,
    taken: &mut BTreeMap<PathBuf, &'t str>,
    report: &mut Report<'_>,
) -> Option<String> {
    let (path, span) = section.text("path")?;
    if let Some((within, problem)) = paths::flaw(path) {
        report.at(inside(&span, path, within), problem);
        return None;
    }
    // Two stages may share a folder: whether they name the same file is known when they have run.
    if let Some(plain) = paths::below(path).filter(|_| !paths::is_folder(path))
        && let Some(first) = taken.insert(plain, path)
    {
        let problem = Problem::new("pipeline::same_output", format!("two reports are written to `{first}`"));
        report.at(span, problem.label("taken by an earlier [[report]]").help("give each its own path"));
    }
    Some(path.to_owned())
}

/// The place of some bytes of a text within its literal; the whole literal where escapes shift them.
fn inside(literal: &Range<usize>, text: &str, within: Range<usize>) -> Range<usize> {
    if literal.len() == text.len() + 2 {
        literal.start + 1 + within.start..literal.start + 1 + within.end
    } else {
        literal.clone()
    }
}

/// What a stage of another name could have been meant to be.
pub(crate) fn unknown_stage(name: &str, kind: Kind, known: &[&str], other: Option<Kind>) -> Problem {
    let problem = Problem::new("pipeline::unknown_stage", format!("there is no built-in {kind} stage `{name}`"));
    match other {
        Some(other) => problem.label(format!("a {other} stage")).help(format!(
            "`{name}` belongs under [[{other}]]; built-in {kind} stages: {}",
            known.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ")
        )),
        None => problem.label("unknown stage").help(advice(name, &format!("built-in {kind} stages"), known)),
    }
}

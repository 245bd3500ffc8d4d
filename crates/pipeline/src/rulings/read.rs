//! Reads a file of rulings: every mistake in it at once, each with its place.
//!
//! ```toml
//! [[ruling]]
//! id = "r_5be80a17c3d92f46"     # written by recoup, optional by hand
//! date = 2025-03-01
//! author = "L. Martin"
//! reject = ["c_0123456789abcdef"]
//! because = "the outlet withdrew the article"
//! ```

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use miette::NamedSource;
use recoup_model::{DECISIONS, Decision, Ruling, Theatre};

use super::{Entry, File, Rulings, place};
use crate::load::{Report, Section};
use crate::problem::{Problem, SourceFile};
use crate::spanned::{self, Tree, to_json};

/// What places are looked up in, and the language in which they are named.
#[derive(Clone, Copy)]
pub(crate) struct Atlas<'a> {
    pub(crate) theatre: &'a Theatre,
    pub(crate) language: &'a str,
}

/// Reads the rulings that a pipeline names at `span`, relative to its folder. A file that is not there holds none yet.
pub(crate) fn read(
    folder: &Path,
    (name, span): (&str, Range<usize>),
    atlas: Atlas<'_>,
    report: &mut Report<'_>,
) -> Rulings {
    let path = folder.join(name);
    let mut file = File { path, name: name.to_owned(), source: None, length: 0 };
    let text = match fs::read_to_string(&file.path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Rulings::new(Some(file), Vec::new()),
        Err(error) => {
            let problem = Problem::new("pipeline::rulings", format!("cannot read the rulings `{name}`: {error}"));
            let help = "`rulings` names a TOML file, relative to the pipeline's folder; it may not be there yet";
            report.at(span, problem.label("not readable").help(help));
            return Rulings::new(Some(file), Vec::new());
        }
    };
    let source: SourceFile = Arc::new(NamedSource::new(file.path.display().to_string(), text.clone()));
    file.length = text.len();
    file.source = Some(Arc::clone(&source));
    let (entries, problems) = entries(&text, &source, atlas);
    report.problems.extend(problems);
    Rulings::new(Some(file), entries)
}

/// The rulings of a file with this text, and everything that is wrong with it.
pub(super) fn entries(text: &str, source: &SourceFile, atlas: Atlas<'_>) -> (Vec<Entry>, Vec<Problem>) {
    let tree = match spanned::parse(text, source) {
        Ok(tree) => tree,
        Err(problem) => return (Vec::new(), vec![problem]),
    };
    let mut report = Report { file: source, problems: Vec::new(), aside: Vec::new() };
    let file = Section::read(tree.get_ref(), 0..0, crate::load::RULINGS, &mut report);
    let read = file.sections("ruling").iter().filter_map(|section| entry(section, atlas, &mut report));
    let entries: Vec<Entry> = read.collect();
    check_order(&entries, &mut report);
    check_undone(&entries, &mut report);
    (entries, report.problems)
}

fn entry(section: &Section<'_>, atlas: Atlas<'_>, report: &mut Report<'_>) -> Option<Entry> {
    let before = report.problems.len();
    let decision = decision(section, report);
    let date = section.value("date").and_then(|value| to_json(value.get_ref()).as_str()?.parse::<Date>().ok());
    let [author, because] = ["author", "because"].map(|key| said(section, key, report));
    let (name, decision) = decision?;
    let targets: Vec<Range<usize>> = section.texts(name).into_iter().map(|(_, span)| span).collect();
    let claims = claims(section, &decision, &targets, report);
    check_targets(&decision, &targets, section, claims.is_empty(), report);
    let place = match &decision {
        Decision::SetPlace(_, Some(text)) => {
            let found = place::find(text, atlas.theatre, atlas.language);
            let span = section.value("to").map_or(section.span(), |value| value.span());
            found.map_err(|problem| report.at(span, problem)).ok()
        }
        _ => None,
    };
    let (date, author, because) = (date?, author?, because?);
    let ruling = Ruling { id: String::new(), date, author, because, decision, claims };
    let ruling = named(ruling, section, report);
    (report.problems[before..].iter().all(|problem| problem.severity != crate::Severity::Error)).then_some(Entry {
        ruling,
        span: section.span(),
        targets,
        place,
    })
}

/// A text that says something.
fn said(section: &Section<'_>, key: &str, report: &mut Report<'_>) -> Option<String> {
    let (text, span) = section.text(key)?;
    if text.trim().is_empty() {
        let problem = Problem::new("ruling::empty", format!("`{key}` says nothing"));
        report.at(span, problem.help("a ruling says who decided and why: readers of the report are told both"));
        return None;
    }
    Some(text.to_owned())
}

/// The one decision, with the name of its key.
fn decision(section: &Section<'_>, report: &mut Report<'_>) -> Option<(&'static str, Decision)> {
    let made: Vec<&'static str> = DECISIONS.into_iter().filter(|name| section.has(name)).collect();
    let [name] = made[..] else {
        let message = match made.as_slice() {
            [] if !section.unknown().is_empty() => return None,
            [] => "this ruling decides nothing".to_owned(),
            several => format!("this ruling decides several things: {}", several.join(", ")),
        };
        let problem = Problem::new("ruling::decision", message).label("needs one decision");
        report.at(section.span(), problem.help(format!("one of {}", DECISIONS.join(", "))));
        return None;
    };
    let value = section.value(name)?;
    let targets: Vec<String> = section.texts(name).into_iter().map(|(target, _)| target.to_owned()).collect();
    let to = section.value("to").and_then(|value| Some((to_json(value.get_ref()).as_str()?.to_owned(), value.span())));
    let span = to.as_ref().map_or(value.span(), |(_, span)| span.clone());
    match Decision::new(name, targets, to.as_ref().map(|(text, _)| text.as_str())) {
        Ok(decision) => Some((name, decision)),
        Err(_) if section.has("to") && to.is_none() => None,
        Err(error) => {
            let problem = Problem::new("ruling::to", error.to_string());
            let help = "a time is a day, month or year, or an interval of them: 2025-01-03, 2025-01, \
                        2025-01-03/2025-01-05, ../2025-01-31; a place is an id or a name, or \"-\" for none";
            report.at(span, problem.help(help));
            None
        }
    }
}

/// The claims that targets stand for, one list for each.
fn claims(
    section: &Section<'_>,
    decision: &Decision,
    targets: &[Range<usize>],
    report: &mut Report<'_>,
) -> Vec<Vec<String>> {
    let Some(value) = section.value("claims") else { return Vec::new() };
    let Tree::Array(lists) = value.get_ref() else { return Vec::new() };
    let texts = |list: &Tree<'_>| match list {
        Tree::Array(items) => items.iter().filter_map(|item| item.get_ref().as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    };
    let claims: Vec<Vec<String>> = lists.iter().map(|list| texts(list.get_ref())).collect();
    if claims.len() != targets.len() {
        let message =
            format!("`{}` has {} targets, and `claims` {} lists", decision.name(), targets.len(), claims.len());
        let problem = Problem::new("ruling::claims", message).label("one list for each target");
        report
            .at(value.span(), problem.help("recoup writes `claims` for findings and positions, whose ids may change"));
    }
    claims
}

/// Whether the decision can be about such targets.
fn check_targets(
    decision: &Decision,
    spans: &[Range<usize>],
    section: &Section<'_>,
    unresolved: bool,
    report: &mut Report<'_>,
) {
    let (least, most, kinds, what): (usize, usize, &[&str], &str) = match decision {
        Decision::Reject(_) | Decision::Accept(_) => {
            (1, usize::MAX, &["c_", "d_", "f_", "p_"], "claims (c_…), documents (d_…), findings or positions")
        }
        Decision::Merge(_) => (2, usize::MAX, &["c_", "f_", "p_"], "claims (c_…), findings (f_…) or positions (p_…)"),
        Decision::Apart(_) => (2, 2, &["c_", "f_", "p_"], "claims (c_…), findings (f_…) or positions (p_…)"),
        Decision::Depend(_) => (2, usize::MAX, &[""], "sources, by id"),
        Decision::SetDate(..) => (1, usize::MAX, &["c_", "d_", "f_", "p_"], "documents (d_…) or claims (c_…)"),
        Decision::SetPlace(..) => {
            (1, usize::MAX, &["c_", "f_", "p_"], "claims (c_…), findings (f_…) or positions (p_…)")
        }
        Decision::Undo(_) => (1, usize::MAX, &["r_"], "rulings (r_…)"),
    };
    let (name, targets) = (decision.name(), decision.targets());
    let whole = section.value(name).map_or(section.span(), |value| value.span());
    if targets.len() < least || targets.len() > most {
        let number = if least == most { "exactly" } else { "at least" };
        let problem = Problem::new("ruling::targets", format!("`{name}` needs {number} {least}: {what}"));
        report.at(whole, problem);
    }
    for (target, span) in targets.iter().zip(spans) {
        if target.is_empty() || !kinds.iter().any(|kind| target.starts_with(kind)) {
            let problem = Problem::new("ruling::target", format!("`{name}` cannot be about `{target}`"));
            report.at(span.clone(), problem.label(format!("expected {what}")));
        } else if unresolved && (target.starts_with("f_") || target.starts_with("p_")) {
            let problem = Problem::new("ruling::unresolved", format!("`{target}` may be gone with the next article"));
            let help = "name its claims instead, or let `recoup rule` write the ruling: it notes them";
            report.at(span.clone(), problem.label("ids of findings and positions change").help(help));
        } else if let (Decision::SetDate(_, time), true) = (decision, target.starts_with("d_"))
            && (time.start().is_none() || time.start() != time.end())
        {
            let problem = Problem::new("ruling::day", "a document is published on one day");
            let to = section.value("to").map_or(span.clone(), |value| value.span());
            report.at(to, problem.label("expected such as 2025-01-03"));
        }
    }
}

/// Gives the ruling the id that it has, or was given by hand. Words that were changed since are told of.
fn named(ruling: Ruling, section: &Section<'_>, report: &mut Report<'_>) -> Ruling {
    let sealed = ruling.seal();
    let Some((id, span)) = section.text("id") else { return sealed };
    if id != sealed.id {
        let problem = Problem::new("ruling::changed", format!("`{id}` is not the id of these words"));
        let help = format!(
            "a ruling is never changed: undo it and add another. Leave `id` out for recoup to find it, or write {}",
            sealed.id
        );
        report.at(span, problem.label("changed since it was written").help(help).warning());
    }
    Ruling { id: id.to_owned(), ..sealed }
}

/// Days do not go backwards in a file that only grows.
fn check_order(entries: &[Entry], report: &mut Report<'_>) {
    for pair in entries.windows(2) {
        let (before, after) = (&pair[0].ruling, &pair[1]);
        if after.ruling.date < before.date {
            let message = format!("a ruling of {} stands below one of {}", after.ruling.date, before.date);
            let problem = Problem::new("ruling::order", message).label("earlier than the one above");
            let help = "rulings are added at the end; of two on one target the one further down holds";
            report.at(after.span.clone(), problem.help(help).warning());
        }
    }
}

/// What is undone stands above.
fn check_undone(entries: &[Entry], report: &mut Report<'_>) {
    let mut above: BTreeSet<&str> = BTreeSet::new();
    for entry in entries {
        if let Decision::Undo(targets) = &entry.ruling.decision {
            for (target, span) in
                targets.iter().zip(&entry.targets).filter(|(target, _)| !above.contains(target.as_str()))
            {
                let problem = Problem::new("ruling::undo", format!("no ruling above has the id `{target}`"));
                let help = "`recoup rule list` shows all with their ids";
                report.at(span.clone(), problem.label("nothing to undo").help(help));
            }
        }
        above.insert(&entry.ruling.id);
    }
}

//! A comparison, for people: by kind of change, one line a finding, and the words that came or went.

use std::io::{self, Write};

use recoup_model::{Change, ChangeKind, Claim, Finding};
use recoup_pipeline::{Diff, DiffSide, Difference};

use crate::render::{plain, short};
use crate::words;

/// In the order in which a reader wants to know.
const KINDS: [(ChangeKind, &str); 9] = [
    (ChangeKind::New, "New"),
    (ChangeKind::Raised, "Raised"),
    (ChangeKind::Lowered, "Lowered"),
    (ChangeKind::Narrowed, "Narrowed"),
    (ChangeKind::Superseded, "Superseded"),
    (ChangeKind::Withdrawn, "Withdrawn"),
    (ChangeKind::Status, "Other status"),
    (ChangeKind::Silent, "Silent"),
    (ChangeKind::Unchanged, "Unchanged"),
];

/// Columns of a quote.
const QUOTE: usize = 72;

pub(super) fn text(diff: &Diff, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "before  {}", side(&diff.before))?;
    writeln!(out, "after   {}", side(&diff.after))?;
    let mut same = Vec::new();
    for (kind, name) in KINDS {
        let of_kind = diff.changes.iter().filter(|difference| difference.change.change == kind);
        let (told, rest): (Vec<&Difference>, Vec<&Difference>) = of_kind.partition(|difference| difference.differs());
        if !told.is_empty() {
            writeln!(out, "\n{name} ({})", told.len())?;
        }
        for difference in told {
            line(difference, out)?;
        }
        if !rest.is_empty() {
            same.push(format!("{} {}", rest.len(), name.to_lowercase()));
        }
    }
    match (diff.differs(), same.is_empty()) {
        (_, true) if diff.changes.is_empty() => writeln!(out, "\nNeither has a finding."),
        (false, _) => writeln!(out, "\nNo difference: {}.", same.join(", ")),
        (true, false) => writeln!(out, "\nNo difference in the others: {}.", same.join(", ")),
        (true, true) => Ok(()),
    }
}

fn side(side: &DiffSide) -> String {
    let period = side.period.map(|period| format!(", {} to {}", period.start, period.end)).unwrap_or_default();
    format!("{}{period}, {}", side.name, words::count(side.findings, "finding", "findings"))
}

fn line(difference: &Difference, out: &mut dyn Write) -> io::Result<()> {
    let change = &difference.change;
    let Some(finding) = change.after.as_deref().or(change.before.as_deref()) else { return Ok(()) };
    let note = if change.coverage_only { " (only because a new source is read)" } else { "" };
    let parts = [moved(change, figure), moved(change, |f| words::status(f.status).to_owned()), moved(change, origins)];
    let question = plain(&words::question(finding));
    writeln!(out, "  {}  {question}: {}{note}", plain(&finding.id), parts.join("; "))?;
    for (mark, claims) in [('+', &difference.came), ('-', &difference.went)] {
        for claim in claims {
            writeln!(out, "      {mark} {}", quote(claim))?;
        }
    }
    Ok(())
}

/// What a finding says then and now: `30 -> 100`, or once where it is the same; of what stands no more, what it said.
fn moved(change: &Change, say: impl Fn(&Finding) -> String) -> String {
    match (change.before.as_deref().map(&say), change.after.as_deref().map(&say)) {
        (Some(before), Some(after)) if before != after => format!("{before} -> {after}"),
        (before, after) => after.or(before).unwrap_or_default(),
    }
}

fn figure(finding: &Finding) -> String {
    let bounds = words::bounds(finding.low, finding.high, finding.approximate);
    match finding.best {
        Some(best) if finding.low != finding.high => format!("{bounds} (best {})", words::number(best)),
        _ => bounds,
    }
}

/// Who holds what stands of it, each once.
fn origins(finding: &Finding) -> String {
    let live = finding.positions.iter().filter(|position| position.superseded_by.is_none());
    let mut origins: Vec<String> = live.map(words::origin).collect();
    origins.sort();
    origins.dedup();
    if origins.is_empty() { "nobody".to_owned() } else { plain(&origins.join(", ")) }
}

fn quote(claim: &Claim) -> String {
    let by = words::sources(&claim.sources);
    let by = if by.is_empty() { String::new() } else { format!(", {}", plain(&by)) };
    format!("“{}” ({}{by})", short(claim.anchor.quote(), QUOTE), plain(&claim.doc))
}

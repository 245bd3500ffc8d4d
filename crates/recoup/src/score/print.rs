//! The numbers, to read or to work on.

use std::io::{self, Write};

use serde_json::{Map, Value, json};
use unicode_width::UnicodeWidthStr as _;

use super::gold::Entry;
use super::names::Set;
use super::numbers::{Apart, Group, Numbers, Rates, Share};
use super::slots::{Figure, Period, Slot};
use super::{Key, Scored};
use crate::render::{padded, plain, short};
use crate::{terminal, words};

/// What is printed besides the numbers.
pub(crate) struct Listing<'l> {
    /// Tables, one for each key.
    pub(crate) by: &'l [Key],
    /// Whether every miss, every false alarm and every wrong slot is listed.
    pub(crate) every_error: bool,
}

/// For people.
///
/// # Errors
/// Where `out` takes no more.
pub(crate) fn print(scored: &Scored<'_>, listing: &Listing<'_>, out: &mut dyn Write) -> io::Result<()> {
    let numbers = &scored.numbers;
    counts(numbers, out)?;
    rates(numbers, out)?;
    slots(numbers, out)?;
    if let Some(taken) = &scored.taken {
        let kinds: Vec<String> = taken.kinds.iter().map(|(kind, count)| format!("{count} {}", plain(kind))).collect();
        let kinds = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
        writeln!(out, "\n{} of {} distractors were taken for claims{kinds}", taken.taken, taken.n)?;
    }
    for key in listing.by {
        table(scored, *key, out)?;
    }
    if listing.every_error {
        errors(scored, out)?;
    }
    Ok(())
}

fn counts(numbers: &Numbers, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "  gold      {} (and {} optional)", numbers.gold, numbers.gold_optional)?;
    let ignored = format!("{} optional and {} repeated", numbers.ignored_optional, numbers.ignored_repeats);
    writeln!(out, "  claims    {} ({ignored} are not counted)", numbers.claims)?;
    writeln!(out, "  matched   {}", numbers.matched)?;
    writeln!(out, "  missed    {}", numbers.missed)?;
    writeln!(out, "  spurious  {}", numbers.spurious)
}

fn rates(numbers: &Numbers, out: &mut dyn Write) -> io::Result<()> {
    let (far, found, carried) = numbers.elsewhere;
    let local = format!("the same, but for a place or time that stands elsewhere ({far} claims)");
    let inherited = format!("strict, and these are carried over ({carried} of {found} matched)");
    let rows = [
        ("detection", numbers.detection, "found at all"),
        ("strict", numbers.strict, "found with every slot right"),
        ("strict, times meet", numbers.strict_time_overlap, "a time that overlaps is right"),
        ("strict-local", numbers.strict_local, local.as_str()),
        ("strict-inherited", numbers.strict_inherited, inherited.as_str()),
    ];
    writeln!(out, "\n  {:18}  PRECISION  RECALL  F1", "")?;
    for (name, Rates { precision, recall, f1 }, note) in rows {
        if far > 0 || !name.starts_with("strict-") {
            writeln!(out, "  {name:18}  {precision:<9.3}  {recall:<6.3}  {f1:.3}  {note}")?;
        }
    }
    Ok(())
}

fn slots(numbers: &Numbers, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n  SLOT       RIGHT  OF")?;
    for (slot, right) in Slot::ALL.into_iter().zip(numbers.slots) {
        let note = match slot {
            Slot::Figure => {
                format!("{:.3} of the {} with a number", numbers.figure_numeric.right, numbers.figure_numeric.of)
            }
            Slot::Places => {
                let (equal, jaccard) = (numbers.places_equal, numbers.places_jaccard);
                format!("{equal:.3} with equal sets, mean Jaccard {jaccard:.3}")
            }
            Slot::Time => format!("{:.3} overlap", numbers.time_overlap),
            _ => String::new(),
        };
        let row = format!("  {:9}  {right:.3}  {:<4}  {note}", slot.name(), numbers.matched);
        writeln!(out, "{}", row.trim_end())?;
    }
    for (slot, Share { right, of }) in Apart::ALL.into_iter().zip(numbers.apart) {
        let note = match slot {
            Apart::PartOf => format!("not part of strict; {} invented", numbers.part_of_invented),
            _ => "not part of strict".to_owned(),
        };
        let right = if of == 0 { format!("{:5}", "–") } else { format!("{right:.3}") };
        writeln!(out, "  {:9}  {right}  {of:<4}  {note}", slot.name())?;
    }
    let found = match numbers.not_verbatim {
        Some(0) => ", all of them in the articles".to_owned(),
        Some(count) => format!(", {} not in the articles", words::count(count, "is", "are")),
        None => String::new(),
    };
    writeln!(out, "\nQuotes are {:.2} times as long as the gold's{found}.", numbers.quote_length)
}

fn table(scored: &Scored<'_>, key: Key, out: &mut dyn Write) -> io::Result<()> {
    let groups = scored.groups(key);
    let heading = key.name().to_uppercase();
    let width = groups.keys().map(|name| plain(name).width()).chain([heading.len()]).max().unwrap_or_default();
    let heading = padded(&heading, width);
    writeln!(out, "\n  {heading}  GOLD  CLAIMS  MATCHED  PRECISION  RECALL  F1     STRICT  STRICT F1")?;
    for (name, group) in groups {
        let (Group { gold, claims, matched, strict, .. }, name) = (group, padded(&plain(&name), width));
        let Rates { precision, recall, f1 } = group.detection();
        writeln!(
            out,
            "  {name}  {gold:<4}  {claims:<6}  {matched:<7}  {precision:<9.3}  {recall:<6.3}  {f1:.3}  {strict:<6}  {:.3}",
            group.strict().f1
        )?;
    }
    Ok(())
}

fn errors(scored: &Scored<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\nWrong slots:")?;
    for judged in scored.judged.iter().filter(|j| !j.it.strict) {
        writeln!(out, "  {}", label(judged.gold))?;
        for slot in Slot::ALL.into_iter().filter(|slot| !judged.it.is_right(*slot)) {
            let (gold, claim) = (value(judged.gold, slot), value(judged.claim, slot));
            writeln!(out, "    {}: gold {gold}, claim {claim}", slot.name())?;
        }
    }
    writeln!(out, "\nMissed:")?;
    for entry in scored.missed() {
        writeln!(out, "  {}", label(entry))?;
        if let Some(hard) = &entry.hard {
            writeln!(out, "    {}", plain(hard))?;
        }
    }
    writeln!(out, "\nSpurious:")?;
    for entry in &scored.matched.spurious {
        writeln!(out, "  {}", label(entry))?;
    }
    if let Some(taken) = &scored.taken {
        writeln!(out, "\nDistractors:")?;
        for line in &taken.list {
            writeln!(out, "  {}", plain(line))?;
        }
    }
    Ok(())
}

fn label(entry: &Entry) -> String {
    let id = if entry.id.is_empty() { format!("line {}", entry.line) } else { plain(&entry.id) };
    let quote = short(&entry.quote, terminal::WIDTH - 30);
    format!("{}: {} “{quote}”  {id}", plain(&entry.doc), plain(&entry.indicator))
}

fn value(entry: &Entry, slot: Slot) -> String {
    let sets = |sets: &[Set]| sets.iter().map(|set| joined(set, " or ")).collect::<Vec<_>>().join(", ");
    let shown = match slot {
        Slot::Figure => {
            let Figure { low, high, approximate } = entry.figures[0];
            words::bounds(low, high, approximate)
        }
        Slot::Subject => joined(&entry.subjects[0], "+"),
        Slot::Places => sets(&entry.places[0]),
        Slot::Time => entry.times[0].as_ref().map_or_else(|| "not known".to_owned(), days),
        Slot::Sources => sets(&entry.sources[0]),
        Slot::Stance => entry.stances[0].clone(),
    };
    if shown.is_empty() { "none".to_owned() } else { plain(&shown) }
}

fn joined(set: &Set, by: &str) -> String {
    set.iter().map(String::as_str).collect::<Vec<_>>().join(by)
}

fn days(period: &Period) -> String {
    match (&period.start, &period.end) {
        (None, None) => "not known".to_owned(),
        (Some(start), None) => format!("{start} or later"),
        (None, Some(end)) => format!("{end} or earlier"),
        (Some(start), Some(end)) if start == end => start.clone(),
        (Some(start), Some(end)) => format!("{start} to {end}"),
    }
}

/// For programs: all numbers, and a table for each key.
pub(crate) fn to_json(scored: &Scored<'_>, by: &[Key]) -> Value {
    let numbers = &scored.numbers;
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    for (key, count) in [
        ("gold", numbers.gold),
        ("gold_optional", numbers.gold_optional),
        ("predicted", numbers.claims),
        ("matched", numbers.matched),
        ("missed", numbers.missed),
        ("spurious", numbers.spurious),
        ("ignored_optional", numbers.ignored_optional),
        ("ignored_repeats", numbers.ignored_repeats),
        ("figure_numeric_n", numbers.figure_numeric.of),
    ] {
        put(key, json!(count));
    }
    for (prefix, rates) in [
        ("", numbers.detection),
        ("strict_", numbers.strict),
        ("strict_local_", numbers.strict_local),
        ("strict_inherited_", numbers.strict_inherited),
        ("strict_time_overlap_", numbers.strict_time_overlap),
    ] {
        put(&format!("{prefix}precision"), json!(rates.precision));
        put(&format!("{prefix}recall"), json!(rates.recall));
        put(&format!("{prefix}f1"), json!(rates.f1));
    }
    let slots = Slot::ALL.into_iter().map(Slot::name).zip(numbers.slots);
    let finer = [
        ("time_overlap", numbers.time_overlap),
        ("places_equal", numbers.places_equal),
        ("places_jaccard", numbers.places_jaccard),
        ("figure_numeric", numbers.figure_numeric.right),
    ];
    put("accuracy", table_of(slots.chain(finer).map(|(name, right)| (name.to_owned(), json!(right)))));
    let (gold, matched, inherited) = numbers.elsewhere;
    put("nonlocal", json!({ "gold": gold, "matched": matched, "inherited": inherited }));
    let apart = Apart::ALL.into_iter().zip(numbers.apart).map(|(slot, share)| {
        let mut counts = json!({ "n": share.of, "right": share.right });
        if slot == Apart::PartOf {
            counts["invented"] = json!(numbers.part_of_invented);
        }
        (slot.name().to_owned(), counts)
    });
    put("extra", table_of(apart));
    put("quote_length", json!(numbers.quote_length));
    if let Some(count) = numbers.not_verbatim {
        put("quotes_not_verbatim", json!(count));
    }
    if let Some(taken) = &scored.taken {
        put("distractors", json!(taken));
    }
    for key in by {
        let groups = scored.groups(*key).into_iter().map(|(name, group)| (name, group_of(&group)));
        put(&format!("{}s", key.name()), table_of(groups));
    }
    Value::Object(out)
}

fn group_of(group: &Group) -> Value {
    let (detection, strict) = (group.detection(), group.strict());
    json!({
        "gold": group.gold,
        "predicted": group.claims,
        "matched": group.matched,
        "strict": group.strict,
        "strict_local": group.strict_local,
        "precision": detection.precision,
        "recall": detection.recall,
        "f1": detection.f1,
        "strict_precision": strict.precision,
        "strict_recall": strict.recall,
        "strict_f1": strict.f1,
    })
}

fn table_of(entries: impl Iterator<Item = (String, Value)>) -> Value {
    Value::Object(entries.collect())
}

//! `recoup score`: how well claims are found, measured on articles that people annotated.

use std::io::{self, Write};

use crate::args::{ScoreArgs, ScoreBy};
use crate::failure::{Exit, Failure};
use crate::score::{self, Key, Listing, Material, Question, Scored};

/// `every_error` lists misses, false alarms and wrong slots.
pub(crate) fn run(args: &ScoreArgs, every_error: bool, out: &mut dyn Write) -> Result<Exit, Failure> {
    let material = Material::read(&Question {
        gold: &args.gold,
        claims: &args.claims,
        manifest: args.manifest.as_deref(),
        names: args.names.as_deref(),
        aliases: &args.aliases,
        distractors: args.distractors.as_deref(),
        primary_only: args.primary_only,
    })?;
    let scored = Scored::of(&material);
    if args.json {
        writeln!(out, "{:#}", score::to_json(&scored, &keys(args, &[Key::Document, Key::Indicator])))?;
    } else {
        let usual: &[Key] = match (args.by.is_empty(), every_error) {
            (_, true) => &[Key::Document, Key::Indicator],
            (true, false) => &[Key::Indicator],
            (false, false) => &[],
        };
        score::print(&scored, &Listing { by: &keys(args, usual), every_error }, out)?;
    }
    let floors =
        [("detection F1", args.floor, scored.detection_f1()), ("strict F1", args.floor_strict, scored.strict_f1())];
    let mut exit = Exit::Done;
    for (name, floor, reached) in floors {
        if let Some(floor) = floor.filter(|floor| reached < *floor) {
            exit = Exit::Below;
            out.flush()?;
            // stdout may be read by a program.
            writeln!(io::stderr(), "{name} is {reached:.3}, the floor is {floor:.3}")?;
        }
    }
    Ok(exit)
}

/// The tables asked for, then the usual ones.
fn keys(args: &ScoreArgs, usual: &[Key]) -> Vec<Key> {
    let asked = args.by.iter().map(|by| match by {
        ScoreBy::Indicator => Key::Indicator,
        ScoreBy::Language => Key::Language,
        ScoreBy::Document => Key::Document,
        ScoreBy::Tag => Key::Tag,
    });
    let mut keys = Vec::new();
    for key in asked.chain(usual.iter().copied()) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

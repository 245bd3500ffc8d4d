//! Claims beside the words that they were read in, to be read by people and compared as text.
//!
//! Every sentence stands in one line; below it, for each claim that begins in it, carets under its quote, and its slots:
//!
//! `indicator | figure | unit | subject -> object | places | time | sources | stance | measure | civilian | ties | rule`

use std::fmt::Write as _;

use crate::{Claim, Document, PlaceRef, Quantity, SourceRef, Span};
use jiff::civil::Date;

/// Every sentence with the claims that begin in it, and every block that is not read. `claims` are those of the document,
/// in the order of its text.
pub fn shown(document: &Document, claims: &[Claim]) -> String {
    let mut out = String::new();
    // A string takes all that is written.
    let _ = show(&mut out, document, claims);
    out
}

fn show(out: &mut String, document: &Document, claims: &[Claim]) -> std::fmt::Result {
    for block in &document.blocks {
        if !block.carries_claims() {
            let why = block.repeats.map_or_else(|| format!("{:?}", block.kind).to_lowercase(), |_| "repeat".to_owned());
            writeln!(out, "{}\nnot read: {why}\n", line(document, block.span))?;
            continue;
        }
        for sentence in &block.sentences {
            let begins = |c: &&Claim| (sentence.start()..sentence.end()).contains(&c.anchor.span().start());
            let mut found = claims.iter().filter(begins).peekable();
            if found.peek().is_none() {
                writeln!(out, "{}\nno claim\n", line(document, *sentence))?;
            }
            for claim in found {
                let margin = column(document, sentence.start(), claim.anchor.span().start());
                let width = claim.anchor.quote().chars().count();
                writeln!(out, "{}\n{:margin$}{}", line(document, *sentence), "", "^".repeat(width))?;
                writeln!(out, "{}\n", slots(document, claim, claims))?;
            }
        }
    }
    Ok(())
}

/// The words under a span in one line.
fn line(document: &Document, span: Span) -> String {
    span.slice(&document.text).unwrap_or_default().replace('\n', " ")
}

/// How many characters stand between two bytes of the text.
fn column(document: &Document, from: usize, to: usize) -> usize {
    document.text.get(from..to).map_or(0, |text| text.chars().count())
}

/// The slots of a claim in one line, as [`shown`] has them; `all` are the claims among which a part finds its whole.
pub fn slots(document: &Document, claim: &Claim, all: &[Claim]) -> String {
    let figure = claim.quantity.as_ref().map_or_else(none, bound);
    let unit = claim.quantity.as_ref().and_then(|q| q.unit.clone()).unwrap_or_else(none);
    let subject = claim.subject.clone().unwrap_or_else(none);
    let parties = claim.object.as_ref().map_or_else(|| subject.clone(), |object| format!("{subject} -> {object}"));
    let time = claim.time.as_ref().and_then(|t| t.edtf()).map_or_else(none, str::to_owned);
    let civilian = match claim.civilian {
        Some(true) => "civilian".to_owned(),
        Some(false) => "not civilian".to_owned(),
        None => none(),
    };
    let slots = [
        claim.indicator.clone(),
        figure,
        unit,
        parties,
        list(&claim.places, place),
        time,
        said_by(claim, document.published.map(|p| p.date)),
        claim.stance.as_str().to_owned(),
        claim.measure.map_or_else(none, |m| m.as_str().to_owned()),
        civilian,
        ties(claim, all),
        claim.rule.clone(),
    ];
    slots.join(" | ")
}

fn none() -> String {
    "-".to_owned()
}

/// `12`, `≥12`, `≤12`, `12..20`, with `~` where it is approximate.
fn bound(quantity: &Quantity) -> String {
    let bound = match (quantity.low(), quantity.high()) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low}..{high}"),
        (Some(low), None) => format!("≥{low}"),
        (None, Some(high)) => format!("≤{high}"),
        // A quantity has a bound.
        (None, None) => none(),
    };
    if quantity.approximate { format!("~{bound}") } else { bound }
}

fn place(place: &PlaceRef) -> String {
    match &place.id {
        Some(id) => format!("{} ({id})", place.name),
        None => place.name.clone(),
    }
}

/// `gur «selon» via yonhap`; `gur «a dit» on 2025-03-10` where the text dates the saying.
fn said_by(claim: &Claim, published: Option<Date>) -> String {
    let sources = list(&claim.sources, |s: &SourceRef| s.id.clone());
    let cue = claim.sources.iter().find_map(|s| s.cue.as_ref()).map(|cue| format!(" «{cue}»")).unwrap_or_default();
    let via = if claim.via.is_empty() { String::new() } else { format!(" via {}", list(&claim.via, |s| s.id.clone())) };
    let day = claim.reported.filter(|day| Some(*day) != published).map(|day| format!(" on {day}")).unwrap_or_default();
    format!("{sources}{cue}{day}{via}")
}

/// The whole that a claim is a part of, and the slots that were carried over.
fn ties(claim: &Claim, all: &[Claim]) -> String {
    let whole = claim.part_of.as_ref().map(|id| {
        let whole = all.iter().find(|c| c.id == *id).map_or("?", |whole| whole.anchor.quote());
        format!("part of «{whole}»")
    });
    let inherited = (!claim.inherited.is_empty()).then(|| format!("inherits {}", claim.inherited.join(", ")));
    let ties: Vec<String> = whole.into_iter().chain(inherited).collect();
    if ties.is_empty() { none() } else { ties.join(", ") }
}

fn list<T>(items: &[T], name: impl Fn(&T) -> String) -> String {
    if items.is_empty() { none() } else { items.iter().map(name).collect::<Vec<_>>().join(", ") }
}

//! The slots of a claim: value, the words that gave it, and the rule that read them.

use std::io::{self, Write};

use recoup_model::{Claim, Document, Evidence};
use unicode_width::UnicodeWidthStr as _;

use crate::render::{padded, plain, short};
use crate::words;

/// Wider values and quotes are cut; the article itself is shown above them.
const WIDEST: usize = 40;

/// One line for each slot that is filled, or has words of its own.
pub(super) fn print(claim: &Claim, document: Option<&Document>, indent: usize, out: &mut dyn Write) -> io::Result<()> {
    let values = values(claim);
    let extra = claim.evidence.keys().filter(|slot| values.iter().all(|(name, _)| name != slot));
    let extra = extra.map(|slot| (slot.as_str(), String::new()));
    let rows: Vec<[String; 3]> = values
        .iter()
        .map(|(slot, value)| (*slot, value.clone()))
        .chain(extra)
        .filter(|(slot, value)| !value.is_empty() || claim.evidence.contains_key(*slot))
        .map(|(slot, value)| [slot.to_owned(), short(&value, WIDEST), reason(claim, slot, document)])
        .collect();
    let width = rows.iter().map(|[_, value, _]| value.width()).max().unwrap_or(0);
    for [slot, value, reason] in rows {
        let row = format!("{:indent$}{slot:<12}{}  {reason}", "", padded(&value, width));
        writeln!(out, "{}", row.trim_end())?;
    }
    Ok(())
}

/// The words and the rule behind a slot, or that it was carried over.
fn reason(claim: &Claim, slot: &str, document: Option<&Document>) -> String {
    match claim.evidence.get(slot) {
        Some(Evidence { span, rule }) => {
            let words = document.and_then(|document| span.slice(&document.text));
            words.map_or_else(|| plain(rule), |words| format!("“{}” {}", short(words, WIDEST), plain(rule)))
        }
        None if claim.inherited.iter().any(|inherited| inherited == slot) => {
            "carried over from elsewhere in the article".to_owned()
        }
        None => String::new(),
    }
}

/// Every slot of the wire format with its value, empty where it has none.
fn values(claim: &Claim) -> [(&'static str, String); 11] {
    let civilian = |civilian: bool| if civilian { "yes" } else { "no" }.to_owned();
    [
        ("quantity", claim.quantity.as_ref().map(words::quantity).unwrap_or_default()),
        ("subject", claim.subject.clone().unwrap_or_default()),
        ("object", claim.object.clone().unwrap_or_default()),
        ("places", words::places(&claim.places)),
        ("time", claim.time.as_ref().map(|time| words::days(time.start(), time.end())).unwrap_or_default()),
        ("sources", words::sources(&claim.sources)),
        ("via", words::sources(&claim.via)),
        // It stands in the head of the claim, and here where words speak for it.
        ("stance", claim.evidence.get("stance").map(|_| claim.stance.as_str()).unwrap_or_default().to_owned()),
        ("measure", claim.measure.map(|m| m.as_str()).unwrap_or_default().to_owned()),
        ("civilian", claim.civilian.map(civilian).unwrap_or_default()),
        ("part_of", claim.part_of.clone().unwrap_or_default()),
    ]
}

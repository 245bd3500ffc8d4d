//! `recoup claims`: the claims of some articles, to read or to work on.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _, Write};

use recoup_model::{Claim, Document};
use recoup_pipeline::Extracted;
use unicode_width::UnicodeWidthStr as _;

use super::{print_set_aside, read};
use crate::args::{ClaimsArgs, ClaimsFormat};
use crate::failure::{Exit, Failure};
use crate::render::{line_number, padded, short};
use crate::{terminal, words};

pub(crate) fn run(args: &ClaimsArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let (_, extracted) = read(args.pipeline.as_deref(), &args.files, args.manifest.as_ref(), &args.threads)?;
    match args.format.unwrap_or_else(default_format) {
        ClaimsFormat::Jsonl => print_lines(&extracted.claims, out)?,
        ClaimsFormat::Table => print_table(&extracted, out)?,
    }
    // What goes to stdout may be piped into another program, so this does not.
    print_set_aside(&extracted.set_aside, &mut io::stderr())?;
    Ok(if extracted.set_aside.is_empty() { Exit::Done } else { Exit::SetAside })
}

fn default_format() -> ClaimsFormat {
    if io::stdout().is_terminal() { ClaimsFormat::Table } else { ClaimsFormat::Jsonl }
}

fn print_lines(claims: &[Claim], out: &mut dyn Write) -> io::Result<()> {
    for claim in claims {
        serde_json::to_writer(&mut *out, claim)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// One row of the table.
type Cells = [String; 7];

const HEADINGS: [&str; 7] = ["LINE", "INDICATOR", "SUBJECT", "FIGURE", "WHEN", "SOURCE", "STANCE"];

/// A longer name is cut, so that one name does not push all columns off the screen.
const WIDEST: usize = 28;

/// By document: one line of fields a claim, then its words and its id.
fn print_table(extracted: &Extracted, out: &mut dyn Write) -> io::Result<()> {
    let documents: BTreeMap<&str, &Document> = extracted.documents.iter().map(|d| (d.id.as_str(), d)).collect();
    let mut rows: BTreeMap<&str, Vec<(&Claim, Cells)>> = BTreeMap::new();
    for claim in &extracted.claims {
        if let Some((id, document)) = documents.get_key_value(claim.document.as_str()) {
            rows.entry(id).or_default().push((claim, cells(claim, document)));
        }
    }
    let widths = widths(rows.values().flatten().map(|(_, cells)| cells));
    if !rows.is_empty() {
        writeln!(out, "{}\n", line(&HEADINGS.map(str::to_owned), &widths))?;
    }
    for (index, document) in extracted.documents.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", words::document(document))?;
        let Some(claims) = rows.get(document.id.as_str()) else {
            writeln!(out, "  no claims")?;
            continue;
        };
        for (claim, cells) in claims {
            writeln!(out, "{}", line(cells, &widths))?;
            let quote = short(claim.anchor.quote(), terminal::WIDTH - 30);
            writeln!(out, "{:1$}“{quote}”  {2}", "", widths[0] + 4, claim.id)?;
        }
    }
    Ok(())
}

fn cells(claim: &Claim, document: &Document) -> Cells {
    let time = claim.time.as_ref().and_then(|time| time.edtf());
    [
        line_number(&document.text, claim.anchor.span().start()).to_string(),
        claim.indicator.clone(),
        claim.subject.clone().unwrap_or_default(),
        claim.quantity.as_ref().map(words::quantity).unwrap_or_default(),
        time.unwrap_or_default().to_owned(),
        words::sources(&claim.sources),
        claim.stance.as_str().to_owned(),
    ]
    .map(|cell| if cell.is_empty() { "–".to_owned() } else { short(&cell, WIDEST) })
}

fn widths<'a>(rows: impl Iterator<Item = &'a Cells>) -> [usize; 7] {
    let mut widths = HEADINGS.map(str::len);
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    widths
}

fn line(cells: &Cells, widths: &[usize; 7]) -> String {
    let cells: Vec<String> = cells.iter().zip(widths).map(|(cell, width)| padded(cell, *width)).collect();
    format!("  {}", cells.join("  ")).trim_end().to_owned()
}

//! The report stage `csv`.

mod cell;
mod dictionary;
mod tables;

use std::sync::Arc;

use csv::{Terminator, WriterBuilder};
use recoup_model::{Body, File, ReportItem, Theatre};
use recoup_plugin::{Context, Error, Out, Result, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::Names;
use crate::stream::Collector;
use crate::words::Words;

/// Options of `csv`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CsvOptions {
    /// Between the cells of a row: one character of ASCII that is neither letter nor digit, such as `,`, `;` or a tab.
    pub separator: String,
    /// Whether each file begins with a byte order mark, by which Excel knows UTF-8.
    pub bom: bool,
    /// Whether a row of HXL hashtags (Humanitarian Exchange Language) stands below the header of each table.
    pub hxl: bool,
    /// Which table is written. A `path` that names a single file needs a single table.
    pub table: Table,
}

impl Default for CsvOptions {
    fn default() -> Self {
        CsvOptions { separator: ",".to_owned(), bom: false, hxl: false, table: Table::All }
    }
}

/// The tables of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// Every table, each in a file of its own.
    All,
    /// One row for each question: its figure and what can be concluded.
    Findings,
    /// One row for each position that an origin takes on a question.
    Positions,
    /// One row for each difference between two positions.
    Disagreements,
    /// One row for each claim: what one source says in one place of one document.
    Claims,
    /// One row for each column of the other tables: type, unit, meaning.
    Dictionary,
}

/// Writes tables (RFC 4180, UTF-8) and a dictionary of their columns.
///
/// Numbers are in plain machine form whatever the language (`12000`, `0.5`), days are `2024-12-16`, truth is `true` or
/// `false`, what is not known is empty. A text that a spreadsheet would run as a formula gets an apostrophe in front.
#[derive(Debug)]
pub struct Csv {
    separator: u8,
    bom: bool,
    hxl: bool,
    table: Table,
    theatre: Arc<Theatre>,
    items: Collector,
}

impl Stage for Csv {
    const NAME: &str = "csv";
    const SUMMARY: &str =
        "Writes findings, positions, disagreements and claims as CSV tables, with a dictionary of their columns.";
    type Options = CsvOptions;
    type Item = ReportItem;

    fn open(options: CsvOptions, context: &Context) -> Result<Self> {
        let CsvOptions { separator, bom, hxl, table } = options;
        let separator = separator_byte(&separator)?;
        Ok(Csv { separator, bom, hxl, table, theatre: context.theatre.clone(), items: Collector::default() })
    }

    fn process(&mut self, item: ReportItem, _: &mut Out<'_, File>) -> Result<()> {
        self.items.take(item)
    }

    fn finish(&mut self, out: &mut Out<'_, File>) -> Result<()> {
        let report = self.items.end()?;
        let words = Words::of(&report.head.language)?;
        let names = Names::new(&self.theatre, &words, &report.head.language, &report.findings);
        let tables = [
            (Table::Findings, "findings.csv", tables::findings(&report, self.hxl)),
            (Table::Positions, "positions.csv", tables::positions(&report, &names, self.hxl)),
            (Table::Disagreements, "disagreements.csv", tables::disagreements(&report, self.hxl)),
            (Table::Claims, "claims.csv", tables::claims(&report, self.hxl)),
            (Table::Dictionary, "dictionary.csv", dictionary::rows(&words, self.hxl)?),
        ];
        for (_, file, rows) in tables.iter().filter(|(table, ..)| [*table, Table::All].contains(&self.table)) {
            out.emit(File { file: Some((*file).to_owned()), body: Body::Text(self.encode(rows)?) });
        }
        Ok(())
    }
}

impl Csv {
    fn encode(&self, rows: &[Vec<String>]) -> Result<String> {
        let mut writer =
            WriterBuilder::new().delimiter(self.separator).terminator(Terminator::CRLF).from_writer(Vec::new());
        for row in rows {
            writer.write_record(row).map_err(|why| unwritable(&why))?;
        }
        let bytes = writer.into_inner().map_err(|why| unwritable(&why))?;
        let text = String::from_utf8(bytes).map_err(|why| unwritable(&why))?;
        Ok(if self.bom { format!("\u{feff}{text}") } else { text })
    }
}

fn unwritable(why: &dyn std::fmt::Display) -> Error {
    Error::new(format!("a table cannot be written: {why}"))
}

fn separator_byte(separator: &str) -> Result<u8> {
    match separator.as_bytes() {
        [byte] if (byte.is_ascii_punctuation() && *byte != b'"') || matches!(byte, b'\t' | b' ') => Ok(*byte),
        _ => Err(Error::new(format!("`{}` cannot separate the cells of a row", separator.escape_debug()))
            .at_option("separator")
            .with_help(
                r#"use one character such as ",", ";", "|" or "\t"; no letter, digit, double quote or line break"#,
            )),
    }
}

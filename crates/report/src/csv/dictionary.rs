//! The dictionary: one row for each column of the other tables.

use recoup_plugin::{Error, Result};

use super::cell::text;
use super::tables::{self, Column};
use crate::words::Words;

/// The rows of `dictionary.csv`, its header first; meanings in the language of the report, with `hxl` the hashtags in a
/// column of their own.
///
/// # Errors
/// A column without a meaning.
pub(super) fn rows(words: &Words, hxl: bool) -> Result<Vec<Vec<String>>> {
    let mut rows = vec![["file", "column", "type", "unit", "meaning", "hxl"].map(str::to_owned).to_vec()];
    describe("findings", &tables::finding_columns(), words, &mut rows)?;
    describe("positions", &tables::position_columns(), words, &mut rows)?;
    describe("disagreements", &tables::disagreement_columns(), words, &mut rows)?;
    describe("claims", &tables::claim_columns(), words, &mut rows)?;
    if !hxl {
        for row in &mut rows {
            row.pop();
        }
    }
    Ok(rows)
}

fn describe<R>(table: &str, columns: &[Column<R>], words: &Words, rows: &mut Vec<Vec<String>>) -> Result<()> {
    for column in columns {
        let meanings = words
            .column
            .get(table)
            .and_then(|of| of.get(column.name))
            .or_else(|| words.column.get("any")?.get(column.name));
        let words =
            meanings.ok_or_else(|| Error::new(format!("column `{}` of `{table}` has no meaning", column.name)))?;
        rows.push(vec![
            format!("{table}.csv"),
            column.name.to_owned(),
            column.kind.to_owned(),
            text(words.unit.as_deref().unwrap_or_default()),
            text(&words.meaning),
            column.hxl.to_owned(),
        ]);
    }
    Ok(())
}

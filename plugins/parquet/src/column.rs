//! A column: its name, its type, and how a cell is read from what makes a row.

use jiff::Timestamp;
use jiff::civil::Date;

/// A column of rows `R`.
pub(crate) struct Column<R> {
    pub(crate) name: &'static str,
    pub(crate) cell: Cell<R>,
}

/// How a cell is read. What is unknown is null; a list is never null, and may be empty.
pub(crate) enum Cell<R> {
    Text(fn(&R) -> Option<String>),
    Texts(fn(&R) -> Vec<Option<String>>),
    Number(fn(&R) -> Option<f64>),
    Count(fn(&R) -> Option<usize>),
    Truth(fn(&R) -> Option<bool>),
    Day(fn(&R) -> Option<Date>),
    Moment(fn(&R) -> Option<Timestamp>),
}

impl<R> Column<R> {
    pub(crate) const fn new(name: &'static str, cell: Cell<R>) -> Self {
        Column { name, cell }
    }

    /// The line of the column in the schema of a file.
    pub(crate) fn schema(&self) -> String {
        let name = self.name;
        let kind = match self.cell {
            Cell::Text(_) => "BYTE_ARRAY",
            Cell::Number(_) => "DOUBLE",
            Cell::Count(_) | Cell::Moment(_) => "INT64",
            Cell::Truth(_) => "BOOLEAN",
            Cell::Day(_) => "INT32",
            Cell::Texts(_) => {
                let element = "REPEATED group list { OPTIONAL BYTE_ARRAY element (STRING); }";
                return format!("REQUIRED group {name} (LIST) {{ {element} }}\n");
            }
        };
        let meaning = match self.cell {
            Cell::Text(_) => " (STRING)",
            Cell::Day(_) => " (DATE)",
            Cell::Moment(_) => " (TIMESTAMP(MICROS, true))",
            _ => "",
        };
        format!("OPTIONAL {kind} {name}{meaning};\n")
    }
}

//! A file of rows, written column by column.

use std::sync::Arc;

use jiff::civil::{Date, date};
use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use recoup_plugin::prelude::*;

use crate::column::{Cell, Column};

/// Bytes of texts after which a row group is written, however few rows it has.
const GROUP_BYTES: usize = 32 << 20;

/// A file in the making: the row groups that are whole, and the rows of the next one.
pub(crate) struct Table<R> {
    columns: Vec<(Column<R>, Values)>,
    rows: usize,
    bytes: usize,
    /// Rows of a row group.
    limit: usize,
    writer: SerializedFileWriter<Vec<u8>>,
}

impl<R> Table<R> {
    /// A table called `name`, of which a row group has `limit` rows at most.
    pub(crate) fn new(name: &str, columns: Vec<Column<R>>, limit: usize) -> Result<Self> {
        let lines: String = columns.iter().map(Column::schema).collect();
        let schema = parse_message_type(&format!("message {name} {{\n{lines}}}")).map_err(broken)?;
        let level = ZstdLevel::try_new(3).map_err(broken)?;
        let properties = WriterProperties::builder().set_compression(Compression::ZSTD(level)).build();
        let writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties)).map_err(broken)?;
        let columns = columns.into_iter().map(|column| (Values::of(&column.cell), column));
        let columns = columns.map(|(values, column)| (column, values)).collect();
        Ok(Table { columns, rows: 0, bytes: 0, limit, writer })
    }

    /// Adds a row.
    pub(crate) fn push(&mut self, row: &R) -> Result<()> {
        for (column, values) in &mut self.columns {
            self.bytes += values.push(&column.cell, row);
        }
        self.rows += 1;
        if self.rows >= self.limit || self.bytes >= GROUP_BYTES { self.write_group() } else { Ok(()) }
    }

    /// The file, with something said about all of it.
    pub(crate) fn close(&mut self, about: Option<String>) -> Result<Vec<u8>> {
        if self.rows > 0 {
            self.write_group()?;
        }
        if let Some(about) = about {
            self.writer.append_key_value_metadata(KeyValue::new("recoup".to_owned(), about));
        }
        self.writer.finish().map_err(broken)?;
        Ok(std::mem::take(self.writer.inner_mut()))
    }

    /// Whether a row was added.
    pub(crate) fn has_rows(&self) -> bool {
        self.rows > 0 || !self.writer.flushed_row_groups().is_empty()
    }

    fn write_group(&mut self) -> Result<()> {
        let mut group = self.writer.next_row_group().map_err(broken)?;
        for (_, values) in &mut self.columns {
            values.write(&mut group).map_err(broken)?;
        }
        group.close().map_err(broken)?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }
}

/// The cells of one column that are not written yet.
enum Values {
    Text(Cells<ByteArrayType>),
    Number(Cells<DoubleType>),
    Count(Cells<Int64Type>),
    Truth(Cells<BoolType>),
    Day(Cells<Int32Type>),
}

/// Values, and what the format needs to know of those that are missing.
struct Cells<T: DataType> {
    values: Vec<T::T>,
    /// How much of the path to each cell is there.
    defined: Vec<i16>,
    /// 0 where a row begins, 1 where its list goes on; empty where the column has no lists.
    repeated: Vec<i16>,
}

impl<T: DataType> Cells<T> {
    fn new() -> Self {
        Cells { values: Vec::new(), defined: Vec::new(), repeated: Vec::new() }
    }

    fn one(&mut self, value: Option<T::T>) -> usize {
        self.defined.push(i16::from(value.is_some()));
        self.values.extend(value);
        size_of::<T::T>()
    }

    /// A list whose elements may be null: 0 is no element, 1 a null, 2 a value.
    fn list(&mut self, elements: Vec<Option<T::T>>) {
        if elements.is_empty() {
            self.defined.push(0);
            self.repeated.push(0);
        }
        for (at, element) in elements.into_iter().enumerate() {
            self.defined.push(if element.is_some() { 2 } else { 1 });
            self.repeated.push(i16::from(at > 0));
            self.values.extend(element);
        }
    }

    fn write(&mut self, group: &mut SerializedRowGroupWriter<'_, Vec<u8>>) -> std::result::Result<(), ParquetError> {
        let mut column = group.next_column()?.ok_or_else(|| ParquetError::General("a column is missing".to_owned()))?;
        let repeated = (!self.repeated.is_empty()).then_some(&self.repeated[..]);
        column.typed::<T>().write_batch(&self.values, Some(&self.defined), repeated)?;
        column.close()?;
        self.values.clear();
        self.defined.clear();
        self.repeated.clear();
        Ok(())
    }
}

impl Values {
    fn of<R>(cell: &Cell<R>) -> Self {
        match cell {
            Cell::Text(_) | Cell::Texts(_) => Values::Text(Cells::new()),
            Cell::Number(_) => Values::Number(Cells::new()),
            Cell::Count(_) | Cell::Moment(_) => Values::Count(Cells::new()),
            Cell::Truth(_) => Values::Truth(Cells::new()),
            Cell::Day(_) => Values::Day(Cells::new()),
        }
    }

    /// Takes the cell of a row; says how many bytes it is.
    fn push<R>(&mut self, cell: &Cell<R>, row: &R) -> usize {
        match (self, cell) {
            (Values::Text(cells), Cell::Text(read)) => {
                let text = read(row);
                let bytes = text.as_ref().map_or(0, String::len);
                bytes + cells.one(text.map(|text| ByteArray::from(text.into_bytes())))
            }
            (Values::Text(cells), Cell::Texts(read)) => {
                let texts = read(row);
                let bytes = texts.iter().flatten().map(String::len).sum();
                cells.list(texts.into_iter().map(|text| text.map(|text| ByteArray::from(text.into_bytes()))).collect());
                bytes
            }
            (Values::Number(cells), Cell::Number(read)) => cells.one(read(row)),
            (Values::Count(cells), Cell::Count(read)) => {
                cells.one(read(row).and_then(|count| i64::try_from(count).ok()))
            }
            (Values::Count(cells), Cell::Moment(read)) => cells.one(read(row).map(|moment| moment.as_microsecond())),
            (Values::Truth(cells), Cell::Truth(read)) => cells.one(read(row)),
            (Values::Day(cells), Cell::Day(read)) => cells.one(read(row).map(since_1970)),
            // `Values::of` pairs them.
            _ => 0,
        }
    }

    fn write(&mut self, group: &mut SerializedRowGroupWriter<'_, Vec<u8>>) -> std::result::Result<(), ParquetError> {
        match self {
            Values::Text(cells) => cells.write(group),
            Values::Number(cells) => cells.write(group),
            Values::Count(cells) => cells.write(group),
            Values::Truth(cells) => cells.write(group),
            Values::Day(cells) => cells.write(group),
        }
    }
}

fn broken(why: ParquetError) -> Error {
    Error::new(format!("the table cannot be written: {why}"))
}

fn since_1970(day: Date) -> i32 {
    day.since(date(1970, 1, 1)).map_or(0, |span| span.get_days())
}

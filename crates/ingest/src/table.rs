//! Tables: CSV with a head, its columns separated by commas, semicolons or tabs.

use std::cell::Cell;
use std::collections::HashMap;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use csv::{ByteRecord, ReaderBuilder};

use crate::list::{Fields, Row};
use crate::sink::{End, Flaw, Keys, Place, Sink};
use crate::unpack::too_large;

/// Fails where one record is larger than the limit: a quote that is never closed would take in the rest of the file.
struct Limited<'r> {
    inner: &'r mut dyn BufRead,
    left: Rc<Cell<u64>>,
}

impl Read for Limited<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match self.left.get().checked_sub(read as u64) {
            Some(left) => self.left.set(left),
            None => return Err(io::Error::other("one row is too large; look for a quote that is never closed")),
        }
        Ok(read)
    }
}

pub(crate) fn unpack(place: &Place, name: &str, reader: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), End> {
    let Some(fields) = sink.fields else { return Ok(()) };
    let limit = sink.limits.article;
    let left = Rc::new(Cell::new(limit));
    let separator = separator(name, reader)?;
    let limited = Limited { inner: reader, left: Rc::clone(&left) };
    let mut table = ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(limited);
    let columns = table.byte_headers().map_err(broken)?.clone();
    let columns: HashMap<String, usize> = columns
        .iter()
        .enumerate()
        .map(|(at, name)| (text(name).trim_start_matches('\u{feff}').trim().to_owned(), at))
        .collect();
    known(fields, &columns)?;
    let mut keys = Keys::default();
    let mut record = ByteRecord::new();
    loop {
        left.set(limit);
        match table.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(error) => return Err(broken(error).into()),
        }
        let line = record.position().map_or(0, csv::Position::line);
        let row = Row::new(line, fields, |column| Some(text(record.get(*columns.get(column)?)?)));
        if record.as_slice().len() as u64 > limit {
            sink.aside(&place.within(&format!("line {line}")).origin, too_large(sink.limits))?;
        } else {
            row.article(place, &mut keys, fields, sink)?;
        }
    }
}

/// The separator that the head has most of.
fn separator(name: &str, reader: &mut dyn BufRead) -> io::Result<u8> {
    if name.to_lowercase().ends_with(".tsv") {
        return Ok(b'\t');
    }
    let head = reader.fill_buf()?;
    let head = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |separator: u8| head.iter().filter(|byte| **byte == separator).count();
    Ok([b',', b';', b'\t'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b','))
}

/// Every field must be a column.
fn known(fields: &Fields, columns: &HashMap<String, usize>) -> Result<(), Flaw> {
    let Fields { text, doc, published, language, outlet, url, title } = fields;
    let named = [
        Some(text),
        doc.as_ref(),
        published.as_ref(),
        language.as_ref(),
        outlet.as_ref(),
        url.as_ref(),
        title.as_ref(),
    ];
    let Some(missing) = named.into_iter().flatten().find(|name| !columns.contains_key(*name)) else { return Ok(()) };
    let mut names: Vec<(usize, &str)> = columns.iter().map(|(name, at)| (*at, name.as_str())).collect();
    names.sort_unstable();
    let names: Vec<String> = names.iter().take(20).map(|(_, name)| format!("`{name}`")).collect();
    let reason = format!("has no column `{missing}`; its columns are {}", names.join(", "));
    Err(Flaw::new("list.no_column", reason, "`fields` of the [[input]] names the columns of the first line"))
}

fn broken(error: csv::Error) -> Flaw {
    Flaw::new("list.broken", format!("cannot be read on: {error}"), "the rows before it are read")
}

fn text(bytes: &[u8]) -> String {
    recoup_parse::decode_text(bytes)
}

//! Lines of bytes, none longer than a limit.

use std::io::{self, BufRead};

/// What stands where a line was looked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// Nothing more.
    End,
    /// A line, with its line break, is in the buffer.
    Whole,
    /// A line that is longer than the limit; its first bytes are in the buffer, and the reader is behind it.
    TooLong,
}

/// Reads the next line into `line`.
pub(crate) fn line(reader: &mut dyn BufRead, line: &mut Vec<u8>, limit: usize) -> io::Result<Line> {
    line.clear();
    let mut length = 0;
    loop {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            break;
        }
        let end = chunk.iter().position(|byte| *byte == b'\n').map(|at| at + 1);
        let used = end.unwrap_or(chunk.len());
        let kept = used.min(limit.saturating_sub(line.len()));
        line.extend_from_slice(&chunk[..kept]);
        reader.consume(used);
        length += used;
        if end.is_some() {
            break;
        }
    }
    Ok(match length {
        0 => Line::End,
        _ if length > line.len() => Line::TooLong,
        _ => Line::Whole,
    })
}

/// A line without its line break.
pub(crate) fn chomp(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

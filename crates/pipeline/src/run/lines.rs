//! A file of JSON Lines, of which single lines are read again.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read as _, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where the lines are.
#[derive(Debug, Clone)]
pub(crate) enum Lines {
    /// In a file, which stays there.
    File(PathBuf),
    /// In memory: what came through a pipe can be read once only.
    Memory(Arc<[u8]>),
}

/// What is read by lines, and from any place.
trait Buffered: BufRead + Seek {}

impl<R: BufRead + Seek> Buffered for R {}

/// Where one line is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// From the start of the file.
    start: u64,
    length: u32,
    /// From 1.
    pub(crate) line: u32,
}

impl Place {
    /// The same, of a line before which `lines` more stand.
    pub(crate) fn behind(self, lines: u32) -> Self {
        Place { line: self.line + lines, ..self }
    }
}

/// Reads single lines; one for each worker.
pub(crate) enum Reader {
    File(BufReader<File>),
    Memory(Cursor<Arc<[u8]>>),
}

impl Lines {
    /// The lines of a file; `-` is stdin.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        if path.as_os_str() != "-" {
            return Ok(Lines::File(path.to_owned()));
        }
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        Ok(Lines::Memory(bytes.into()))
    }

    /// Gives every line that is neither empty nor a `//` comment, with its place.
    pub(crate) fn each(&self, take: impl FnMut(Place, &[u8])) -> io::Result<()> {
        self.each_of(0..u64::MAX, take).map(|_| ())
    }

    /// Stretches of about `size` bytes, to be read side by side.
    pub(crate) fn stretches(&self, size: u64) -> io::Result<Vec<Range<u64>>> {
        let length = match self {
            Lines::File(path) => std::fs::metadata(path)?.len(),
            Lines::Memory(bytes) => bytes.len() as u64,
        };
        let count = length.div_ceil(size.max(1)).max(1);
        let end = |n: u64| if n + 1 == count { u64::MAX } else { (n + 1) * size };
        Ok((0..count).map(|n| n * size..end(n)).collect())
    }

    /// The same as [`Lines::each`] of the lines that begin in a stretch; numbers count from its first. Gives how many
    /// lines there are in it.
    pub(crate) fn each_of(&self, stretch: Range<u64>, mut take: impl FnMut(Place, &[u8])) -> io::Result<u32> {
        let mut reader: Box<dyn Buffered> = match self {
            Lines::File(path) => Box::new(BufReader::with_capacity(1 << 18, File::open(path)?)),
            Lines::Memory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        };
        let (mut start, mut line, mut bytes) = (stretch.start, 0_u32, Vec::new());
        if start > 0 {
            // The line that the byte before belongs to is of the stretch before.
            reader.seek(SeekFrom::Start(start - 1))?;
            start = start - 1 + reader.read_until(b'\n', &mut bytes)? as u64;
        }
        while start < stretch.end {
            bytes.clear();
            let length = reader.read_until(b'\n', &mut bytes)?;
            if length == 0 {
                break;
            }
            line += 1;
            let content = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).trim_ascii();
            if !content.is_empty() && !content.starts_with(b"//") {
                take(Place { start, length: u32::try_from(length).unwrap_or(u32::MAX), line }, content);
            }
            start += length as u64;
        }
        Ok(line)
    }

    /// A reader of single lines.
    pub(crate) fn reader(&self) -> io::Result<Reader> {
        Ok(match self {
            Lines::File(path) => Reader::File(BufReader::with_capacity(1 << 12, File::open(path)?)),
            Lines::Memory(bytes) => Reader::Memory(Cursor::new(Arc::clone(bytes))),
        })
    }
}

impl Reader {
    /// The bytes of one line.
    pub(crate) fn read<'b>(&mut self, place: Place, into: &'b mut Vec<u8>) -> io::Result<&'b [u8]> {
        into.resize(place.length as usize, 0);
        match self {
            Reader::File(file) => {
                let at = i64::try_from(place.start).unwrap_or(i64::MAX);
                let now = i64::try_from(file.stream_position()?).unwrap_or(i64::MAX);
                // Lines of one group often follow each other, and then the buffer has the next one already.
                file.seek_relative(at - now)?;
                file.read_exact(into)?;
            }
            Reader::Memory(bytes) => {
                bytes.seek(SeekFrom::Start(place.start))?;
                bytes.read_exact(into)?;
            }
        }
        Ok(into.strip_prefix(b"\xef\xbb\xbf").unwrap_or(into).trim_ascii())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn stretches_hold_every_line_once_whatever_their_size() {
        let text = "\u{feff}{\"a\":1}\n\n// no line\n{\"b\":22}\r\n  {\"c\":333}\n{\"d\":4}";
        let lines = Lines::Memory(text.as_bytes().into());
        let mut all = Vec::new();
        lines.each(|place, bytes| all.push((place.start, place.line, bytes.to_vec()))).unwrap();
        assert_eq!(all.len(), 4);
        for size in 1..text.len() as u64 + 3 {
            let (mut found, mut before) = (Vec::new(), 0);
            for stretch in lines.stretches(size).unwrap() {
                let take = |place: Place, bytes: &[u8]| found.push((place.start, place.line + before, bytes.to_vec()));
                before += lines.each_of(stretch, take).unwrap();
            }
            assert_eq!(found, all, "stretches of {size} bytes");
        }
    }
}

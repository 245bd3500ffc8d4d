//! A file of JSON Lines, of which single lines are read again.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read as _, Seek, SeekFrom};
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

/// Where one line is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// From the start of the file.
    start: u64,
    length: u32,
    /// From 1.
    pub(crate) line: u32,
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
    pub(crate) fn each(&self, mut take: impl FnMut(Place, &[u8])) -> io::Result<()> {
        let mut reader: Box<dyn BufRead> = match self {
            Lines::File(path) => Box::new(BufReader::with_capacity(1 << 18, File::open(path)?)),
            Lines::Memory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        };
        let (mut start, mut line, mut bytes) = (0_u64, 0_u32, Vec::new());
        loop {
            bytes.clear();
            let length = reader.read_until(b'\n', &mut bytes)?;
            if length == 0 {
                return Ok(());
            }
            line += 1;
            let content = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).trim_ascii();
            if !content.is_empty() && !content.starts_with(b"//") {
                take(Place { start, length: u32::try_from(length).unwrap_or(u32::MAX), line }, content);
            }
            start += length as u64;
        }
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

//! Tar archives.

use std::io::{BufRead, Read as _};

use tar::{Archive, Entry};

use crate::sink::{End, Flaw, Keys, Place, Sink};
use crate::unpack::{inner, too_large};
use crate::zipped::{escapes, member};

pub(crate) fn unpack(place: &Place, reader: &mut dyn BufRead, depth: usize, sink: &mut Sink<'_>) -> Result<(), End> {
    let mut archive = Archive::new(reader);
    let mut keys = Keys::default();
    for (number, entry) in archive.entries()?.enumerate() {
        if number >= sink.limits.articles {
            let reason = format!("holds more than {} files", sink.limits.articles);
            return Err(Flaw::new("archive.too_many", reason, "split it into several files").into());
        }
        self::entry(place, entry?, &mut keys, depth, sink)?;
    }
    Ok(())
}

fn entry<R: std::io::Read>(
    place: &Place,
    entry: Entry<'_, R>,
    keys: &mut Keys,
    depth: usize,
    sink: &mut Sink<'_>,
) -> Result<(), End> {
    let kind = entry.header().entry_type();
    let is_link = kind.is_symlink() || kind.is_hard_link();
    if !kind.is_file() && !is_link {
        return Ok(());
    }
    let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
    let within = member(place, &keys.distinct(&path), &path);
    if let Some(flaw) = escapes(&path, is_link) {
        return sink.aside(&within.origin, flaw);
    }
    if entry.size() > sink.limits.article {
        return sink.aside(&within.origin, too_large(sink.limits));
    }
    let size = entry.size();
    let mut bytes = Vec::new();
    entry.take(size).read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < size {
        let help = "fetch or pack it again; what comes before is read";
        return Err(Flaw::new("archive.damaged", "ends in the middle of a file", help).into());
    }
    inner(&within, &path, bytes, None, depth + 1, sink)
}

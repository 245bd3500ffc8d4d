//! ZIP archives.

use std::io::{BufReader, Read as _};

use recoup_model::Sidecar;
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use crate::gzip::Guarded;
use crate::key;
use crate::sink::{End, Flaw, Keys, Place, Sink};
use crate::unpack::{Seekable, inner, too_large};

pub(crate) fn unpack(place: &Place, file: Box<dyn Seekable>, depth: usize, sink: &mut Sink<'_>) -> Result<(), End> {
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
    if archive.len() > sink.limits.articles {
        let reason = format!("holds {} files, more than {}", archive.len(), sink.limits.articles);
        return Err(Flaw::new("archive.too_many", reason, "split it into several files").into());
    }
    let mut keys = Keys::default();
    for at in 0..archive.len() {
        match archive.by_index(at) {
            Ok(file) if file.is_dir() => {}
            Ok(file) => entry(place, file, &mut keys, depth, sink)?,
            Err(error) => sink.aside(&place.within(&format!("file {}", at + 1)).origin, damaged(error))?,
        }
    }
    Ok(())
}

fn entry<R: std::io::Read>(
    place: &Place,
    file: ZipFile<'_, R>,
    keys: &mut Keys,
    depth: usize,
    sink: &mut Sink<'_>,
) -> Result<(), End> {
    let path = file.name().map(|name| name.into_owned()).unwrap_or_default();
    let within = member(place, &keys.distinct(&path), &path);
    if let Some(flaw) = escapes(&path, file.is_symlink()) {
        return sink.aside(&within.origin, flaw);
    }
    if file.size() > sink.limits.article {
        return sink.aside(&within.origin, too_large(sink.limits));
    }
    let packed = file.compressed_size();
    let mut bytes = Vec::new();
    let mut guarded = Guarded::new(file, packed, sink.limits.expansion).take(sink.limits.article + 1);
    match guarded.read_to_end(&mut bytes) {
        Err(error) => sink.aside(&within.origin, error.into()),
        // What is said of its size may be a lie.
        Ok(size) if size as u64 > sink.limits.article => sink.aside(&within.origin, too_large(sink.limits)),
        Ok(_) => inner(&within, &path, bytes, None, depth + 1, sink),
    }
}

/// The place of a file in an archive.
pub(crate) fn member(place: &Place, key: &str, path: &str) -> Place {
    let Sidecar { language, outlet, .. } = place.sidecar.clone();
    Place { sidecar: Sidecar { doc: key::stem(path), language, outlet, ..Sidecar::default() }, ..place.within(key) }
}

/// What is wrong with the path of a file in an archive. Nothing is written, but such an archive is not what it seems.
pub(crate) fn escapes(path: &str, is_link: bool) -> Option<Flaw> {
    let leads_out = path.starts_with(['/', '\\'])
        || path.get(1..2) == Some(":")
        || path.split(['/', '\\']).any(|part| part == "..")
        || path.contains('\0');
    let help = "an honest archive has no such file; look where it comes from";
    if leads_out {
        Some(Flaw::new("archive.escapes", "its path leads out of the archive", help))
    } else {
        is_link.then(|| Flaw::new("archive.link", "is a link to another file", "pack the file itself"))
    }
}

fn damaged(error: ZipError) -> Flaw {
    match error {
        ZipError::Io(error) => error.into(),
        other => Flaw::new("archive.damaged", format!("cannot be read: {other}"), "fetch or pack it again"),
    }
}

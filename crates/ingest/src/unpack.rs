//! From a file to what it holds.

use std::io::{BufRead, Cursor, Read, Seek};
use std::ops::ControlFlow;

use recoup_model::{Level, Sidecar};

use crate::list::Fields;
use crate::sink::{Article, End, Flaw, Piece, Place, Sink};
use crate::sniff::{HEAD, Kind, kind, unpacked_head};
use crate::{Limits, feed, gzip, key, list, mail, media, table, tape, warc, zipped};

/// A file to unpack.
pub struct Input<'a> {
    /// Where it was found, as the user named it.
    pub origin: &'a str,
    /// The same for the run's manifest.
    pub name: &'a str,
    /// What a manifest says of it; what it says itself of an article goes before, but for the key.
    pub sidecar: &'a Sidecar,
    /// What it is, as far as whoever handed it on says so; where it is a container, its bytes tell.
    pub media_type: Option<&'a str>,
    /// Which fields of a list are what, where the user said so.
    pub fields: Option<&'a Fields>,
    /// The file itself, to look something up in it; otherwise it is read once from front to back.
    pub seekable: Option<Box<dyn Seekable>>,
}

/// A file that can be read from any place.
pub trait Seekable: Read + Seek {}

impl<T: Read + Seek> Seekable for T {}

/// Hands on everything that a file holds, in its order, as long as `each` wants more; a file that is no container is one
/// article.
///
/// What cannot be read is a [`Piece::SetAside`], and what comes before it stays.
pub fn unpack(
    input: Input<'_>,
    reader: &mut dyn BufRead,
    limits: &Limits,
    each: &mut dyn FnMut(Piece) -> ControlFlow<()>,
) {
    let Input { origin, name, sidecar, media_type, fields, seekable } = input;
    let place = Place { origin: origin.to_owned(), name: name.to_owned(), sidecar: sidecar.clone() };
    let mut sink = Sink::new(limits, fields, each);
    let media_type = media_type.filter(|media_type| !media_type.starts_with("application/octet-stream"));
    let found = Found { reader, seekable, media_type: media_type.map(str::to_owned) };
    let result = open(&place, name, found, 0, &mut sink);
    if let Err(End::Flaw(flaw)) = result
        && sink.aside(origin, flaw).is_err()
    {
        return;
    }
    // Whoever wants no more is not told.
    let _ = sink.untold(origin);
}

/// Unpacks what lies inside a container.
pub(crate) fn inner(
    place: &Place,
    name: &str,
    bytes: Vec<u8>,
    media_type: Option<String>,
    depth: usize,
    sink: &mut Sink<'_>,
) -> Result<(), End> {
    if kind(name, &bytes[..bytes.len().min(HEAD)], false) == Kind::Article {
        return article(place, name, bytes, media_type, sink);
    }
    if depth >= sink.limits.nesting {
        let reason = format!("lies more than {} containers deep", sink.limits.nesting);
        return sink.aside(&place.origin, Flaw::new("archive.nested", reason, "unpack it and read the files"));
    }
    match open(place, name, Found::new(&mut Cursor::new(bytes)), depth, sink) {
        Err(End::Flaw(flaw)) if flaw.code != "archive.too_many" => sink.aside(&place.origin, flaw),
        result => result,
    }
}

/// What is to be opened.
struct Found<'r> {
    reader: &'r mut dyn BufRead,
    seekable: Option<Box<dyn Seekable>>,
    /// Of an article.
    media_type: Option<String>,
}

impl<'r> Found<'r> {
    fn new(reader: &'r mut dyn BufRead) -> Self {
        Found { reader, seekable: None, media_type: None }
    }
}

fn open(place: &Place, name: &str, found: Found<'_>, depth: usize, sink: &mut Sink<'_>) -> Result<(), End> {
    let Found { reader, seekable, media_type } = found;
    let mut head = Vec::new();
    reader.take(HEAD as u64).read_to_end(&mut head)?;
    let found = kind(name, &head, sink.fields.is_some());
    let mut whole = Cursor::new(head.clone()).chain(reader);
    match found {
        Kind::Article => {
            let bytes = limited(&mut whole, sink.limits)?;
            article(place, name, bytes, media_type, sink)
        }
        Kind::XmlFeed => feed::xml(place, &limited(&mut whole, sink.limits)?, sink),
        Kind::JsonFeed => feed::json(place, &limited(&mut whole, sink.limits)?, sink),
        Kind::Warc => warc::unpack(place, &mut whole, depth, sink),
        Kind::Tar => tape::unpack(place, &mut whole, depth, sink),
        Kind::Zip => match seekable {
            Some(file) => zipped::unpack(place, file, depth, sink),
            None => {
                let bytes = limited(&mut whole, sink.limits)?;
                zipped::unpack(place, Box::new(Cursor::new(bytes)), depth, sink)
            }
        },
        Kind::Office => {
            let help = "export it as text, and read that";
            Err(Flaw::new("input.office", "is an office document or an e-book, which is not read", help).into())
        }
        Kind::Mailbox => mail::mailbox(place, &mut whole, sink),
        Kind::Mail => mail::single(place, &limited(&mut whole, sink.limits)?, sink),
        Kind::Lines => list::unpack(place, &mut whole, sink),
        Kind::Table => table::unpack(place, name, &mut whole, sink),
        Kind::Gzip => packed(place, name, &head, &mut whole, depth, sink),
    }
}

/// What is packed with gzip: one file under the same name without the ending.
fn packed(
    place: &Place,
    name: &str,
    head: &[u8],
    reader: &mut dyn BufRead,
    depth: usize,
    sink: &mut Sink<'_>,
) -> Result<(), End> {
    if unpacked_head(head).starts_with(b"\x1f\x8b") {
        return Err(Flaw::new("archive.nested", "is packed twice with gzip", "unpack it and read the files").into());
    }
    let lower = name.to_lowercase();
    let name = match lower.rsplit_once('.') {
        Some((_, "gz")) => name[..name.len() - 3].to_owned(),
        Some((_, "tgz")) => format!("{}.tar", &name[..name.len() - 4]),
        _ => name.to_owned(),
    };
    let mut place = place.clone();
    if place.sidecar.doc == key::stem(&place.origin) {
        place.sidecar.doc = key::stem(&name);
    }
    let mut unpacked = gzip::members(reader, sink.limits.expansion);
    open(&place, &name, Found::new(&mut unpacked), depth, sink)
}

fn article(
    place: &Place,
    name: &str,
    bytes: Vec<u8>,
    media_type: Option<String>,
    sink: &mut Sink<'_>,
) -> Result<(), End> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let media_type = media_type.or_else(|| media::media_type(name, head).map(str::to_owned));
    let Place { origin, name, sidecar } = place.clone();
    sink.article(Article { origin, name, media_type, sidecar, bytes })
}

/// All bytes, if they are not too many.
pub(crate) fn limited(reader: &mut dyn Read, limits: &Limits) -> Result<Vec<u8>, Flaw> {
    let mut bytes = Vec::new();
    reader.take(limits.article + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limits.article { Err(too_large(limits)) } else { Ok(bytes) }
}

pub(crate) fn too_large(limits: &Limits) -> Flaw {
    let size = match limits.article >> 20 {
        0 => format!("{} bytes", limits.article),
        mebibytes => format!("{mebibytes} MiB"),
    };
    Flaw::new("input.too_large", format!("is larger than {size}"), "split it into its articles")
}

/// Tells what a container holds besides articles.
pub(crate) fn others(
    place: &Place,
    others: &std::collections::BTreeMap<String, usize>,
    sink: &mut Sink<'_>,
) -> Result<(), End> {
    if others.is_empty() {
        return Ok(());
    }
    let list: Vec<String> = others.iter().map(|(what, count)| format!("{count} {what}")).collect();
    let message = format!("what is no article is left out: {}", list.join(", "));
    sink.remark(&place.origin, Level::Info, "archive.others", message)
}

//! Answers of web servers as they came over the wire.

use std::borrow::Cow;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::Limits;
use crate::gzip::Guarded;
use crate::sink::Flaw;
use crate::unpack::limited;

/// The head of an answer, and where its body begins.
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    body: usize,
}

impl Answer {
    /// Reads the head; `None` where there is none.
    pub(crate) fn read(bytes: &[u8]) -> Option<Answer> {
        let (head, body) = split(bytes)?;
        let head = String::from_utf8_lossy(head);
        let mut lines = head.lines();
        let mut first = lines.next()?.split_whitespace();
        first.next().filter(|protocol| protocol.starts_with("HTTP/"))?;
        let status = first.next()?.parse().ok()?;
        Some(Answer { status, headers: headers(lines), body })
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// The body as the server meant it: in one piece and unpacked.
    pub(crate) fn body(&self, bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Flaw> {
        let body = bytes.get(self.body..).unwrap_or_default();
        let body = match self.header("transfer-encoding") {
            Some(coding) if coding.to_ascii_lowercase().contains("chunked") => whole(body),
            _ => Cow::Borrowed(body),
        };
        let coding = self.header("content-encoding").unwrap_or_default().trim().to_ascii_lowercase();
        let packed = body.len() as u64;
        let unpack =
            |reader: &mut dyn std::io::Read| limited(&mut Guarded::new(reader, packed, limits.expansion), limits);
        match coding.as_str() {
            "" | "identity" | "utf-8" => Ok(body.into_owned()),
            // Some archives keep the header and unpack the body.
            "gzip" | "x-gzip" if !body.starts_with(b"\x1f\x8b") => Ok(body.into_owned()),
            "gzip" | "x-gzip" => unpack(&mut MultiGzDecoder::new(&*body)),
            "deflate" if body.first().is_some_and(|byte| byte & 0x0f == 8) => unpack(&mut ZlibDecoder::new(&*body)),
            "deflate" => unpack(&mut DeflateDecoder::new(&*body)),
            other => {
                let reason = format!("its body is packed with `{}`, which is not read", other.escape_debug());
                Err(Flaw::new("archive.encoding", reason, "let the archive be written without content encoding"))
            }
        }
    }
}

/// `name: value` in each line; a line that begins with white space goes on.
pub(crate) fn headers<'l>(lines: impl Iterator<Item = &'l str>) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in lines {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = headers.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    headers
}

/// The first header of a name in lower case.
pub(crate) fn header<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
}

/// The head of an answer without the blank line, and where its body begins.
fn split(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let find = |end: &[u8]| bytes.windows(end.len()).position(|window| window == end).map(|at| (at, at + end.len()));
    let (end, body) = match (find(b"\r\n\r\n"), find(b"\n\n")) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => a.or(b)?,
    };
    Some((&bytes[..end], body))
}

/// The chunks of a body in one piece; bytes that are not in chunks after all stay as they are.
fn whole(body: &[u8]) -> Cow<'_, [u8]> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(end) = rest.iter().take(64).position(|byte| *byte == b'\n') {
        let line = String::from_utf8_lossy(&rest[..end]);
        let Ok(size) = usize::from_str_radix(line.split(';').next().unwrap_or_default().trim(), 16) else { break };
        rest = &rest[end + 1..];
        if size == 0 {
            return Cow::Owned(out);
        }
        let chunk = &rest[..size.min(rest.len())];
        out.extend_from_slice(chunk);
        rest = &rest[chunk.len()..];
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    if out.is_empty() { Cow::Borrowed(body) } else { Cow::Owned(out) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn body(head: &str, body: &[u8]) -> Result<Vec<u8>, Flaw> {
        let bytes = [format!("HTTP/1.1 200 OK\r\n{head}\r\n").as_bytes(), body].concat();
        Answer::read(&bytes).unwrap().body(&bytes, &Limits::default())
    }

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn bodies_are_put_together_and_unpacked() {
        let chunked = "Transfer-Encoding: chunked\r\n";
        assert_eq!(body("", b"page").unwrap(), b"page");
        assert_eq!(body(chunked, b"2\r\npa\r\n2;x=y\r\nge\r\n0\r\n\r\n").unwrap(), b"page");
        assert_eq!(body(chunked, b"<html>not in chunks").unwrap(), b"<html>not in chunks");
        assert_eq!(body(chunked, b"ffffffff\r\npage").unwrap(), b"page", "a chunk that ends early");
        assert_eq!(body("Content-Encoding: gzip\r\n", &gzip(b"page")).unwrap(), b"page");
        assert_eq!(body("Content-Encoding: gzip\r\n", b"page").unwrap(), b"page", "unpacked by the archiver");
        assert_eq!(body("Content-Encoding: br\r\n", b"page").unwrap_err().code, "archive.encoding");
        assert_eq!(body("Content-Encoding: gzip\r\n", &gzip(&vec![0; 9 << 20])).unwrap_err().code, "archive.bomb");
    }
}

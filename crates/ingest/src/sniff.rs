//! What a file is, told by its first bytes.

use std::io::Read as _;

use flate2::bufread::MultiGzDecoder;

/// How many bytes are looked at.
pub const HEAD: usize = 8192;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// No container.
    Article,
    /// RSS or Atom.
    XmlFeed,
    JsonFeed,
    Warc,
    Zip,
    /// An office document or an e-book, which is a ZIP too.
    Office,
    Tar,
    /// Whatever it is, packed.
    Gzip,
    Mailbox,
    Mail,
    /// JSON Lines.
    Lines,
    /// CSV.
    Table,
}

/// Whether something called `name` that begins with `head` is unpacked; `listed` where the user said which of its fields
/// are what.
pub fn is_container(name: &str, head: &[u8], listed: bool) -> bool {
    kind(name, head, listed) != Kind::Article
}

/// What something called `name` that begins with `head` is.
pub(crate) fn kind(name: &str, head: &[u8], listed: bool) -> Kind {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase();
    let extension = last.rsplit_once('.').map_or("", |(_, extension)| extension);
    let packed = |kind: Kind| if kind == Kind::Article { binary(&last, head) } else { kind };
    let text = readable(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    packed(if text.starts_with('<') || matches!(extension, "rss" | "atom") {
        if is_feed(text, extension) { Kind::XmlFeed } else { Kind::Article }
    } else if text.starts_with('{') && text.contains("jsonfeed.org") && text.contains("\"version\"") {
        Kind::JsonFeed
    } else if listed && (text.starts_with('{') || matches!(extension, "jsonl" | "ndjson" | "json")) {
        Kind::Lines
    } else if listed && matches!(extension, "csv" | "tsv" | "") {
        Kind::Table
    } else if is_mailbox(text) {
        Kind::Mailbox
    } else if extension == "eml" {
        Kind::Mail
    } else {
        Kind::Article
    })
}

fn binary(name: &str, head: &[u8]) -> Kind {
    if head.starts_with(b"WARC/") {
        Kind::Warc
    } else if head.starts_with(b"\x1f\x8b") {
        Kind::Gzip
    } else if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        let first = head.get(30..).unwrap_or_default();
        let office = first.starts_with(b"[Content_Types].xml") || first.starts_with(b"mimetype");
        if office { Kind::Office } else { Kind::Zip }
    } else if head.get(257..262) == Some(b"ustar") || (name.ends_with(".tar") && head.len() >= 512) {
        Kind::Tar
    } else {
        Kind::Article
    }
}

/// The first bytes as text, as far as ASCII goes: enough to find tags by.
fn readable(head: &[u8]) -> String {
    let head = &head[..head.len().min(HEAD)];
    match head {
        [0xFF, 0xFE, rest @ ..] => rest.iter().step_by(2).map(|byte| char::from(*byte)).collect(),
        [0xFE, 0xFF, rest @ ..] => rest.iter().skip(1).step_by(2).map(|byte| char::from(*byte)).collect(),
        _ => String::from_utf8_lossy(head).into_owned(),
    }
}

/// Whether the first element is that of a feed.
fn is_feed(text: &str, extension: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end..]);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let name = rest.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or_default();
            let local = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
            return match local.as_str() {
                "rss" | "feed" | "channel" => true,
                "rdf" => {
                    rest.contains("purl.org/rss") || rest.contains("my.netscape.com/rdf") || rest.contains("<item")
                }
                _ => matches!(extension, "rss" | "atom") && local != "html",
            };
        }
    }
    matches!(extension, "rss" | "atom")
}

/// Whether a text begins as a mailbox does: a line `From …`, then a header.
fn is_mailbox(text: &str) -> bool {
    let mut lines = text.lines();
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    let year = first.split_whitespace().any(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()));
    let header = second.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    first.starts_with("From ") && year && header
}

/// The first bytes of what is packed.
pub(crate) fn unpacked_head(head: &[u8]) -> Vec<u8> {
    let mut inner = Vec::new();
    // The head ends in the middle of what is packed, and what comes before is what counts.
    let _ = MultiGzDecoder::new(head).take(HEAD as u64).read_to_end(&mut inner);
    inner
}

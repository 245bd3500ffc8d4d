//! Media types, by the first bytes, else by the name.

/// What the first bytes give away, whatever the name says.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"OggS", "application/ogg"),
    (b"\x7fELF", "application/x-executable"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"BZh", "application/x-bzip2"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
];

/// The media type of something called `name` that begins with `head`; parse stages look at the rest themselves where
/// neither gives one.
pub fn media_type(name: &str, head: &[u8]) -> Option<&'static str> {
    let magic = || MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, media_type)| *media_type);
    magic().or_else(|| by_name(name)).or_else(|| is_page(head).then_some("text/html"))
}

fn is_page(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let opens = |tag: &[u8]| head.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    opens(b"<!doctype html") || opens(b"<html")
}

fn by_name(name: &str) -> Option<&'static str> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (_, extension) = last.rsplit_once('.')?;
    Some(match extension.to_lowercase().as_str() {
        "txt" | "text" => "text/plain",
        "md" | "markdown" => "text/markdown",
        "html" | "htm" | "xhtml" => "text/html",
        "xml" => "application/xml",
        "rss" => "application/rss+xml",
        "atom" => "application/atom+xml",
        "json" => "application/json",
        "jsonl" | "ndjson" => "application/jsonl",
        "csv" => "text/csv",
        "tsv" => "text/tab-separated-values",
        "warc" => "application/warc",
        "pdf" => "application/pdf",
        _ => return None,
    })
}

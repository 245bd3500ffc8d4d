//! What comes out of each kind of container.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::ops::ControlFlow;

use flate2::Compression;
use flate2::write::GzEncoder;
use insta::assert_snapshot;
use proptest::prelude::*;
use recoup_ingest::{Fields, Input, Limits, Piece, unpack};
use recoup_model::Sidecar;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const RSS: &str = include_str!("samples/rss2.xml");
const ATOM: &str = include_str!("samples/atom.xml");

fn pieces(name: &str, bytes: &[u8], limits: &Limits, fields: Option<&Fields>) -> Vec<Piece> {
    let sidecar = Sidecar { doc: "stem".to_owned(), ..Sidecar::default() };
    let mut pieces = Vec::new();
    let seekable = Some(Box::new(Cursor::new(bytes.to_vec())) as _);
    let input = Input { origin: name, name, sidecar: &sidecar, media_type: None, fields, seekable };
    unpack(input, &mut Cursor::new(bytes), limits, &mut |piece| {
        pieces.push(piece);
        ControlFlow::Continue(())
    });
    pieces
}

/// What a reader sees of it: each article with what is known of it, and what is set aside with the reason.
fn shown(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Article(article) => {
                let s = &article.sidecar;
                writeln!(out, "{} [{}]", article.origin, article.media_type.as_deref().unwrap_or("?")).unwrap();
                let day = s.published.map(|day| format!("{day} ({:?})", s.published_from));
                let known = [
                    ("doc", Some(s.doc.clone())),
                    ("published", day),
                    ("outlet", s.outlet.clone()),
                    ("language", s.language.clone()),
                    ("url", s.url.clone()),
                    ("title", s.title.clone()),
                ];
                for (what, value) in known.into_iter().filter_map(|(what, value)| Some((what, value?))) {
                    writeln!(out, "  {what}: {value}").unwrap();
                }
                writeln!(out, "  {:?}", String::from_utf8_lossy(&article.bytes)).unwrap();
            }
            Piece::SetAside(aside) => {
                writeln!(out, "SET ASIDE {}: {} [{}]", aside.origin, aside.reason, aside.code).unwrap()
            }
            Piece::Remark(remark) => {
                let place = remark.document.as_deref().unwrap_or_default();
                writeln!(out, "{:?} {place}: {} [{}]", remark.level, remark.message, remark.code).unwrap();
            }
        }
    }
    out
}

fn unpacked(name: &str, bytes: impl AsRef<[u8]>) -> String {
    shown(&pieces(name, bytes.as_ref(), &Limits::default(), None))
}

/// The codes of what is set aside.
fn codes(pieces: &[Piece]) -> Vec<&str> {
    pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::SetAside(aside) => Some(aside.code.as_str()),
            _ => None,
        })
        .collect()
}

fn fields() -> Fields {
    let field = |name: &str| Some(name.to_owned());
    Fields {
        text: "body".to_owned(),
        doc: field("id"),
        published: field("meta.date"),
        outlet: field("meta.source"),
        title: field("headline"),
        url: field("link"),
        language: None,
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_ustar();
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

/// A record of a web archive.
fn record(kind: &str, id: &str, url: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Target-URI: {url}\r\n\
         Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn answer(id: &str, url: &str, status: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 {status}\r\n{head}\r\n\r\n").as_bytes(), body].concat();
    record("response", id, url, "application/http; msgtype=response", &block)
}

fn warc() -> Vec<Vec<u8>> {
    let html = "Content-Type: text/html; charset=utf-8";
    vec![
        record("warcinfo", "0", "", "application/warc-fields", b"software: invented\r\n"),
        record("request", "1", "https://a.example/", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
        answer("2", "https://a.example/pont.html", "200 OK", html, b"<html><p>Pont</p></html>"),
        answer("3", "https://a.example/gone", "404 Not Found", html, b"<html>gone</html>"),
        answer("4", "https://a.example/logo", "200 OK", "Content-Type: image/png", b"\x89PNG"),
        answer(
            "5",
            "https://a.example/packed",
            "200 OK",
            &format!("{html}\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip"),
            &{
                let packed = gzip(b"<html>packed</html>");
                [format!("{:x}\r\n", packed.len()).as_bytes(), &packed, b"\r\n0\r\n\r\n"].concat()
            },
        ),
        answer("6", "https://a.example/br", "200 OK", &format!("{html}\r\nContent-Encoding: br"), b"x"),
        answer("7", "https://a.example/feed", "200 OK", "Content-Type: application/rss+xml", ATOM.as_bytes()),
        record("revisit", "8", "https://a.example/pont.html", "application/http", b""),
        record("resource", "9", "https://a.example/note.txt", "text/plain", b"A note."),
    ]
}

#[test]
fn rss_with_what_other_readers_leave_out() {
    assert_snapshot!(unpacked("rss2.xml", RSS));
}

#[test]
fn atom_and_its_kinds_of_text() {
    assert_snapshot!(unpacked("atom.xml", ATOM));
}

#[test]
fn rss_of_the_first_years_and_json() {
    let rdf = unpacked("rdf.xml", include_str!("samples/rdf.xml"));
    assert_snapshot!(rdf + &unpacked("feed.json", include_str!("samples/feed.json")));
}

#[test]
fn what_stands_before_a_mistake_is_read() {
    assert_snapshot!(unpacked("broken.rss", include_str!("samples/broken.rss")));
}

#[test]
fn entities_of_a_feed_are_not_expanded() {
    assert_snapshot!(unpacked("laughs.xml", include_str!("samples/laughs.xml")));
}

#[test]
fn a_feed_in_another_encoding() {
    let utf_16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(RSS.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(unpacked("rss2.xml", utf_16), unpacked("rss2.xml", RSS));
}

#[test]
fn a_web_archive() {
    assert_snapshot!(unpacked("crawl.warc", warc().concat()));
}

#[test]
fn a_web_archive_packed_record_by_record_or_in_one_piece_holds_the_same() {
    let plain = unpacked("crawl.warc", warc().concat());
    let records: Vec<u8> = warc().iter().flat_map(|record| gzip(record)).collect();
    assert_eq!(unpacked("crawl.warc", records), plain);
    assert_eq!(unpacked("crawl.warc", gzip(&warc().concat())), plain);
}

#[test]
fn a_web_archive_that_breaks_off() {
    let whole = warc().concat();
    assert_snapshot!(unpacked("crawl.warc", &whole[..whole.len() - 20]));
}

#[test]
fn folders_in_archives() {
    let files: &[(&str, &[u8])] = &[
        ("in/2025-01-27-pont.txt", b"Nine were killed."),
        ("in/page.html", b"<html></html>"),
        ("in/atom.xml", ATOM.as_bytes()),
        ("../../etc/passwd", b"root"),
        ("in/photo.jpg", b"\xff\xd8\xff\xe0"),
    ];
    let zipped = unpacked("all.zip", zip(files));
    assert_eq!(zipped.replace("all.zip", "all.tar"), unpacked("all.tar", tar(files)), "tar holds the same");
    assert_eq!(zipped.replace("all.zip", "all.tgz"), unpacked("all.tgz", gzip(&tar(files))), "packed too");
    assert_snapshot!(zipped);
}

#[test]
fn newsletters_in_a_mailbox() {
    assert_snapshot!(unpacked("letters.mbox", include_str!("samples/letters.mbox")));
}

#[test]
fn lists_by_their_fields() {
    let fields = fields();
    let lines = pieces("dump.jsonl", include_bytes!("samples/dump.jsonl"), &Limits::default(), Some(&fields));
    let plain = |name: &str| Some(name.to_owned());
    let columns =
        Fields { published: plain("date"), outlet: plain("source"), title: None, url: None, ..fields.clone() };
    let table = |columns| pieces("dump.csv", include_bytes!("samples/dump.csv"), &Limits::default(), Some(columns));
    assert_snapshot!([shown(&lines), shown(&table(&columns)), shown(&table(&fields))].join("\n"));
}

#[test]
fn what_is_no_container_is_one_article() {
    let cases: [(&str, &[u8], Option<&str>); 8] = [
        ("a.txt", b"Text.", Some("text/plain")),
        ("a", b"Text.", None),
        ("a", b"  <!DOCTYPE HTML><title>x</title>", Some("text/html")),
        ("a.html", b"%PDF-1.7", Some("application/pdf")),
        ("a.xml", b"<?xml version='1.0'?><note>no feed</note>", Some("application/xml")),
        ("a.json", b"{\"version\": 1}", Some("application/json")),
        ("a.jsonl", b"{\"body\": 1}", Some("application/jsonl")),
        ("a.txt", b"From here on, nothing moves.\nNote: nothing.", Some("text/plain")),
    ];
    for (name, bytes, media_type) in cases {
        let pieces = pieces(name, bytes, &Limits::default(), None);
        let [Piece::Article(article)] = &pieces[..] else { panic!("{name}: {}", shown(&pieces)) };
        assert_eq!((article.media_type.as_deref(), article.bytes.as_slice()), (media_type, bytes), "{name}");
    }
}

#[test]
fn every_limit_is_kept_and_told() {
    let small = Limits { article: 4096, articles: 2, elements: 8, nesting: 1, told: 3, ..Limits::default() };
    let large = vec![b' '; 5000];
    let deep = format!("<rss><channel><item><title>x</title>{}", "<a>".repeat(20));
    let lines = "x\n".repeat(10);
    let cases: [(&str, Vec<u8>, &[&str]); 9] = [
        ("large.txt", large.clone(), &["input.too_large"]),
        ("large.zip", zip(&[("a.txt", &large), ("b.txt", b"b")]), &["input.too_large"]),
        ("many.zip", zip(&[("a", b"a"), ("b", b"b"), ("c", b"c")]), &["archive.too_many"]),
        ("many.tar", tar(&[("a", b"a"), ("b", b"b"), ("c", b"c")]), &["archive.too_many"]),
        ("nested.zip", zip(&[("in.zip", &zip(&[("in.zip", &zip(&[("a", b"a")]))]))]), &["archive.nested"]),
        ("deep.xml", deep.into_bytes(), &["feed.malformed"]),
        ("empty.xml", b"<rss><channel></channel></rss>".to_vec(), &["feed.empty"]),
        ("twice.gz", gzip(&gzip(b"text")), &["archive.nested"]),
        ("lines.jsonl", lines.into_bytes(), &["list.bad_line", "list.bad_line", "list.bad_line", "archive.more"]),
    ];
    for (name, bytes, expected) in cases {
        let fields = fields();
        let pieces = pieces(name, &bytes, &small, Some(&fields).filter(|_| name.ends_with("jsonl")));
        assert_eq!(codes(&pieces), expected, "{name}: {}", shown(&pieces));
    }
    let zeros = gzip(&vec![0; 8 << 20]);
    assert_eq!(codes(&pieces("zeros.gz", &zeros, &Limits::default(), None)), ["archive.bomb"]);
    let zeros = zip(&[("zeros.txt", &vec![0; 8 << 20]), ("fine.txt", b"fine")]);
    let pieces = pieces("zeros.zip", &zeros, &Limits::default(), None);
    assert_eq!((codes(&pieces), pieces.len()), (vec!["archive.bomb"], 2), "the file beside it is read");
}

#[test]
fn damaged_containers_are_set_aside() {
    let office = zip(&[("[Content_Types].xml", b"<x/>")]);
    let cases: [(&str, &[u8], &str); 5] = [
        ("a.zip", b"PK\x03\x04\0\0\0\0", "archive.damaged"),
        ("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "archive.damaged"),
        ("a.gz", b"\x1f\x8b\x08\0garbage", "archive.damaged"),
        ("a.docx", &office, "input.office"),
        ("a.json", b"{\"version\": \"https://jsonfeed.org/version/1\"", "feed.malformed"),
    ];
    for (name, bytes, code) in cases {
        assert_eq!(codes(&pieces(name, bytes, &Limits::default(), None)), [code], "{name}");
    }
}

#[test]
fn who_wants_no_more_gets_no_more() {
    let sidecar = Sidecar::default();
    let input = Input { origin: "r", name: "r", sidecar: &sidecar, media_type: None, fields: None, seekable: None };
    let mut seen = 0;
    unpack(input, &mut Cursor::new(RSS), &Limits::default(), &mut |_| {
        seen += 1;
        ControlFlow::Break(())
    });
    assert_eq!(seen, 1);
}

/// Changes some bytes of a sample and cuts it.
fn spoiled(sample: &[u8], spots: &[(usize, u8)], cut: usize) -> Vec<u8> {
    let mut bytes = sample.to_vec();
    for (at, byte) in spots {
        let at = at % bytes.len();
        bytes[at] = *byte;
    }
    bytes.truncate(1 + cut % bytes.len());
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_bytes_make_it_panic_and_none_go_unsaid(
        kind in 0..8_usize,
        spots in prop::collection::vec((any::<usize>(), any::<u8>()), 0..12),
        cut in any::<usize>(),
    ) {
        let (name, sample): (&str, Vec<u8>) = match kind {
            0 => ("a.rss", RSS.into()),
            1 => ("a.atom", ATOM.into()),
            2 => ("a.json", include_bytes!("samples/feed.json").to_vec()),
            3 => ("a.warc", warc().concat()),
            4 => ("a.zip", zip(&[("a.txt", b"Text."), ("b.xml", ATOM.as_bytes())])),
            5 => ("a.tar", tar(&[("a.txt", b"Text."), ("b.xml", ATOM.as_bytes())])),
            6 => ("a.mbox", include_bytes!("samples/letters.mbox").to_vec()),
            _ => ("a.jsonl", include_bytes!("samples/dump.jsonl").to_vec()),
        };
        let fields = fields();
        let limits = Limits { article: 1 << 16, ..Limits::default() };
        let bytes = spoiled(&sample, &spots, cut);
        let found = pieces(name, &bytes, &limits, Some(&fields).filter(|_| name == "a.jsonl"));
        prop_assert_eq!(&found, &pieces(name, &bytes, &limits, Some(&fields).filter(|_| name == "a.jsonl")));
    }

    #[test]
    fn tags_in_any_order_are_no_trouble(
        tags in prop::collection::vec(prop::sample::select(vec![
            "<rss>", "</rss>", "<channel>", "</channel>", "<item>", "</item>", "<entry>", "</entry>", "<title>", "</title>",
            "<source>", "</source>", "<link href='x'/>", "<content type='xhtml'>", "</content>", "<![CDATA[", "]]>", "<!--",
            "-->", "&amp;", "&x;", "&", "<", "text", "<!DOCTYPE x [<!ENTITY a '&a;'>]>", "<p>", "</p>", "é",
        ]), 0..60),
    ) {
        let feed = format!("<rss>{}", tags.concat());
        let found = pieces("a.rss", feed.as_bytes(), &Limits::default(), None);
        prop_assert!(!found.is_empty(), "it holds something, or is set aside");
    }
}

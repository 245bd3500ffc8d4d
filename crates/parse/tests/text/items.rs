//! Items that are no plain UTF-8 file: other encodings, other formats, bytes, sidecars, options.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use encoding_rs::{ISO_8859_15, WINDOWS_1252};
use jiff::civil::date;
use recoup_model::{Body, Item, PublishedFrom, Sidecar};
use recoup_parse::{Options, Text};
use recoup_plugin::{Context, Stage};

use crate::support::{item, parse, parse_with, render};

const PROSE: &str = "Le cœur de la cité a été bombardé dans la nuit. L'hôpital n'a reçu ni médecin ni médicament depuis \
                     l'été, et chaque foyer a perdu 400 €.";

fn bytes(bytes: &[u8]) -> Body {
    Body::Base64(STANDARD.encode(bytes))
}

fn text(text: &str) -> Body {
    Body::Text(text.to_owned())
}

#[test]
fn every_encoding_of_a_text_gives_the_same_document() {
    let utf_16_le: Vec<u8> = [0xFF, 0xFE].into_iter().chain(PROSE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let expected = parse(item("a.txt", text(PROSE))).documents;
    let bodies = [
        ("UTF-8", bytes(PROSE.as_bytes())),
        ("Windows-1252", bytes(&WINDOWS_1252.encode(PROSE).0)),
        ("Latin-9", bytes(&ISO_8859_15.encode(PROSE).0)),
        ("UTF-16LE", bytes(&utf_16_le)),
    ];
    for (name, body) in bodies {
        assert_eq!(parse(item("a.txt", body)).documents, expected, "{name}");
    }
}

#[test]
fn a_guess_is_told() {
    insta::assert_snapshot!(render(&parse(item("a.txt", bytes(&WINDOWS_1252.encode(PROSE).0)))));
}

#[test]
fn line_breaks_of_every_system_make_the_same_blocks() {
    let unix = "Un titre\n\nLe pont est coupé.\nLe gué aussi.\n";
    let blocks = |text: &str| {
        let document = parse(item("a.txt", Body::Text(text.to_owned()))).documents.remove(0);
        let words = |block: &recoup_model::Block| (block.kind, block.span.slice(&document.text).unwrap().to_owned());
        document.blocks.iter().map(words).collect::<Vec<_>>()
    };
    assert_eq!(blocks(&unix.replace('\n', "\r\n")), blocks(unix));
    assert_eq!(blocks(&unix.replace('\n', "\r")), blocks(unix));
}

#[test]
fn what_is_no_text_is_refused_with_a_reason() {
    let noise: Vec<u8> = (0u32..3_000).map(|n| (n.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    let refused = [
        ("empty", text(" \n")),
        ("zip", bytes(b"PK\x03\x04\0\0\0\0")),
        ("noise", bytes(&noise)),
        ("not base64", Body::Base64("?".to_owned())),
        ("too large", text(&"a".repeat(5_001))),
    ];
    let mut shown = String::new();
    for (name, body) in refused {
        let parsed = parse_with(Options { max_bytes: 5_000, ..Options::default() }, item("a.txt", body));
        assert!(parsed.documents.is_empty(), "{name}");
        assert_eq!(parsed.diagnostics[0].document.as_deref(), Some("a"), "{name}");
        shown += &format!("# {name}\n{}\n", render(&parsed));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn other_formats_are_left_to_other_stages() {
    let with_type = |media_type: Option<&str>, body: &str| Item {
        media_type: media_type.map(str::to_owned),
        ..item("a", text(body))
    };
    let declined = [
        with_type(Some("application/pdf"), "%PDF"),
        with_type(Some("text/html; charset=utf-8"), "<!DOCTYPE html><p>Le pont</p>"),
        with_type(Some("text/csv"), "a,b"),
        with_type(None, "\u{feff} <!DOCTYPE HTML><p>Le pont</p>"),
        with_type(None, "<html lang=\"fr\">"),
        with_type(None, "<?xml version=\"1.0\"?><rss/>"),
    ];
    for item in declined {
        assert_eq!(render(&parse(item)), "not for this stage\n");
    }
    for accepted in ["text/plain", "TEXT/PLAIN; charset=utf-8", "text/markdown", "text/html; charset=utf-8"] {
        assert_eq!(parse(with_type(Some(accepted), PROSE)).documents.len(), 1, "{accepted}");
    }
}

#[test]
fn a_declared_encoding_is_used_where_the_bytes_are_not_utf_8() {
    let latin_2 = encoding_rs::Encoding::for_label(b"iso-8859-2").unwrap();
    let media_type = Some("text/plain; charset=iso-8859-2".to_owned());
    let found = parse(Item { media_type, ..item("a", bytes(&latin_2.encode("Żagań").0)) });
    assert_eq!(found.documents[0].text, "Żagań");
}

#[test]
fn the_manifest_goes_before_the_front_matter_and_the_dateline() {
    let body = "+++\npublished = 2024-05-02\nlanguage = \"fr\"\noutlet = \"L'Estafette\"\n+++\n\
                ADEN, 1er mai 2024 - Le port a été touché deux fois dans la nuit, a dit le gouverneur.\n";
    let sidecar = Sidecar {
        doc: "017".to_owned(),
        published: Some(date(2024, 5, 3)),
        language: Some("ar".to_owned()),
        outlet: Some("La Vigie".to_owned()),
        url: Some("https://vigie.example/17".to_owned()),
        ..Sidecar::default()
    };
    let parsed = parse(Item { sidecar, ..item("2024-05-03-aden.txt", text(body)) });
    assert_eq!(parsed.documents[0].doc, "017");
    assert_eq!(parsed.documents[0].published.unwrap().from, PublishedFrom::Sidecar);
    insta::assert_snapshot!(render(&parsed));
}

#[test]
fn an_address_is_no_path() {
    let from = |origin: &str| {
        let document = parse(item(origin, text(PROSE))).documents.remove(0);
        (document.doc, document.path, document.url)
    };
    let address = "https://estafette.example/aden.txt".to_owned();
    assert_eq!(from(&address), ("aden".to_owned(), None, Some(address.clone())));
    assert_eq!(from("in/aden.txt"), ("aden".to_owned(), Some("in/aden.txt".to_owned()), None));
}

#[test]
fn boilerplate_is_not_marked_where_the_options_say_so() {
    let options = Options { boilerplate: false, ..Options::default() };
    let parsed =
        parse_with(options, item("a.txt", text("Le port a été touché deux fois. Abonnez-vous ici !\n\nPar Ana Roe")));
    assert!(parsed.documents[0].blocks.iter().all(recoup_model::Block::carries_claims));
}

#[test]
fn an_unknown_encoding_is_an_error_at_its_option() {
    let options = Options { encoding: Some("latin-neuf".to_owned()), ..Options::default() };
    let error = Text::open(options, &Context::default()).unwrap_err();
    assert_eq!(error.path.as_deref(), Some("options.encoding"));
    assert_eq!(error.to_string(), "`latin-neuf` is no known encoding");
}

#[test]
fn a_file_of_one_line_without_end_is_read_in_one_pass() {
    let lines = [
        "Lire aussi\n",
        "Un titre\n",
        "- \n",
        "(\n",
        "Par Ana Roe\n",
        "Photo : a. B. ",
        "Newsletter",
        "16/12/2024 ",
        "+++\n",
    ];
    for line in lines {
        let text = line.repeat(40_000);
        let document = parse(item("a.txt", Body::Text(text.clone()))).documents.remove(0);
        assert_eq!(document.text, text);
    }
}

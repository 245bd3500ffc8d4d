//! Pipelines that name feeds on the web. The servers are on loopback.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "../../fetch/tests/loopback/server.rs"]
mod server;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use common::{Desk, STAGES_FOR_PAGES};
use insta::assert_snapshot;

use self::server::{Request, Server, answer, missing, page};

/// A pipeline that names a feed of a server, which may be asked as often as it takes.
fn pipeline(desk: &Desk, server: &Server, input: &str) {
    let head = "name = \"lake\"\nlanguage = \"en\"\nstore = \"recoup.db\"\nperiod = \"week\"\n";
    let fetch =
        "[fetch]\npause = \"1 ms\"\npatience = \"1 s\"\ncontact = \"desk@lake.example\"\nallow = [\"127.0.0.1\"]\n";
    let input = input.replace("SERVER", &server.url(""));
    desk.write("pipeline.toml", format!("{head}\n{fetch}\n[[input]]\n{input}\n{STAGES_FOR_PAGES}"));
}

fn run(desk: &Desk, server: &Server, taken_in: &str, more: &[&str]) -> String {
    let session = desk.session(&[&["run", ".", "--taken-in", taken_in], more].concat());
    session.replace(&format!("127.0.0.1:{}", server.port), "127.0.0.1:PORT")
}

fn feed(entries: &[(&str, &str, &str)]) -> Vec<u8> {
    let entry = |(link, day, text): &(&str, &str, &str)| {
        format!("<item><link>{link}</link><pubDate>{day}</pubDate><title>{text}</title></item>")
    };
    let entries: String = entries.iter().map(entry).collect();
    let rss = format!("<rss version=\"2.0\"><channel><title>Lake Wire</title>{entries}</channel></rss>");
    answer("200 OK\r\nContent-Type: application/rss+xml\r\nETag: \"7\"", rss.as_bytes())
}

fn article(title: &str, text: &str) -> Vec<u8> {
    let more = "The lake has been contested since last year, when the ferry was sold and the boats were moved to the \
                southern shore, where most of the families who live from fishing have their houses and nets.";
    page(&format!(
        "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p><p>{more}</p></article>\
         </body></html>"
    ))
}

const STRIKE: &str = "At least 12 soldiers were killed near Tessit, the Malian army says";
const FLIGHT: &str = "About 3,000 people have fled Ansongo, the UN refugee agency says";

/// A feed with two entries, of which one leads to its page by another address.
fn lake(request: &Request) -> Vec<u8> {
    match request.path.as_str() {
        "/feed" if request.header("if-none-match") == Some("\"7\"") => {
            b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".to_vec()
        }
        "/feed" => {
            let host = request.header("host").unwrap();
            feed(&[
                (&format!("http://{host}/go/1"), "Wed, 05 Mar 2025 08:00:00 GMT", STRIKE),
                (&format!("http://{host}/flight"), "Fri, 07 Mar 2025 08:00:00 GMT", FLIGHT),
            ])
        }
        "/go/1" => answer("302 Found\r\nLocation: /strike", b""),
        "/strike" => article("Strike at Tessit", &format!("{STRIKE}. Seven soldiers are missing.")),
        "/flight" => article("Flight from Ansongo", &format!("{FLIGHT}.")),
        _ => missing(),
    }
}

#[test]
fn a_feed_and_the_pages_of_its_entries_are_read_and_not_asked_for_again() {
    let server = Server::new(lake);
    let desk = Desk::empty();
    pipeline(&desk, &server, "feed = \"SERVER/feed\"\npages = true");
    assert_snapshot!(run(&desk, &server, "2025-03-10T06:00Z", &[]));
    let asked = ["/robots.txt", "/feed", "/flight", "/go/1", "/strike"];
    assert_eq!(server.asked(), asked);
    assert_eq!(server.last().header("user-agent").unwrap().split_once(' ').unwrap().1, "(+desk@lake.example)");

    let again = run(&desk, &server, "2025-03-11T06:00Z", &[]);
    assert!(again.contains("documents  2") && again.contains("set aside  0"), "{again}");
    assert_eq!(server.asked()[asked.len()..], ["/robots.txt", "/feed"]);

    let offline = run(&desk, &server, "2025-03-12T06:00Z", &["--offline"]);
    assert!(offline.contains("documents  2"), "{offline}");
    assert_eq!(server.asked().len(), asked.len() + 2);
}

#[test]
fn without_pages_the_entries_are_what_is_read() {
    let server = Server::new(lake);
    let desk = Desk::empty();
    pipeline(&desk, &server, "feed = \"SERVER/feed\"");
    assert_snapshot!(run(&desk, &server, "2025-03-10T06:00Z", &[]));
    assert_eq!(server.asked(), ["/robots.txt", "/feed"]);
}

#[test]
fn what_cannot_be_fetched_is_told_and_what_was_taken_in_before_stays() {
    let down = Arc::new(AtomicUsize::new(0));
    let state = Arc::clone(&down);
    let server = Server::new(move |request| match (state.load(Ordering::Relaxed), request.path.as_str()) {
        (_, "/robots.txt") => answer("200 OK", b"User-agent: *\nDisallow: /flight\n"),
        (0, _) => lake(request),
        _ => answer("500 Internal Server Error", b""),
    });
    let desk = Desk::empty();
    pipeline(&desk, &server, "feed = [\"SERVER/feed\", \"SERVER/none\"]\npages = true");
    let mut seen = run(&desk, &server, "2025-03-10T06:00Z", &[]);
    down.store(1, Ordering::Relaxed);
    seen += &run(&desk, &server, "2025-03-11T06:00Z", &[]);
    assert_snapshot!(seen);
}

#[test]
fn an_outlet_that_changes_its_page_under_a_changed_entry_is_found_out() {
    let text = Arc::new(Mutex::new("At least 12 soldiers were killed near Tessit, the Malian army says".to_owned()));
    let now = Arc::clone(&text);
    let server = Server::new(move |request| {
        let (host, text) = (request.header("host").unwrap(), now.lock().unwrap().clone());
        match request.path.as_str() {
            "/feed" => feed(&[(&format!("http://{host}/strike"), "Wed, 05 Mar 2025 08:00:00 GMT", &text)]),
            "/strike" => article("Strike at Tessit", &format!("{text}.")),
            _ => missing(),
        }
    });
    let desk = Desk::empty();
    pipeline(&desk, &server, "feed = \"SERVER/feed\"\npages = true");
    run(&desk, &server, "2025-03-06T06:00Z", &["--as-of", "2025-03-06"]);
    *text.lock().unwrap() = "At least 19 soldiers were killed near Tessit, the Malian army says".to_owned();
    run(&desk, &server, "2025-03-10T06:00Z", &["--as-of", "2025-03-16"]);
    let report = std::fs::read_to_string(desk.path("out/2025-03-10_2025-03-16.md")).unwrap();
    assert!(report.contains("12 → 19") || report.contains("at least 19"), "{report}");
}

#[test]
fn a_page_that_is_had_only_later_has_the_day_of_its_entry() {
    let up = Arc::new(AtomicUsize::new(0));
    let state = Arc::clone(&up);
    let server = Server::new(move |request| match (state.load(Ordering::Relaxed), request.path.as_str()) {
        (0, "/strike" | "/flight") => answer("502 Bad Gateway", b""),
        _ => lake(request),
    });
    let desk = Desk::empty();
    pipeline(&desk, &server, "feed = \"SERVER/feed\"\npages = true");
    let entries = run(&desk, &server, "2025-03-10T06:00Z", &[]);
    assert!(entries.contains("documents  2") && entries.contains("claims     2"), "{entries}");
    up.store(1, Ordering::Relaxed);
    let pages = run(&desk, &server, "2025-03-11T06:00Z", &[]);
    assert!(pages.contains("lake, 2025-03-03 to 2025-03-07"), "{pages}");
    assert!(pages.contains("documents  2") && pages.contains("claims     5"), "{pages}");
    assert!(pages.contains("set aside  0"), "{pages}");
}

#[test]
fn a_pipeline_that_fetches_says_so_rightly() {
    let desk = Desk::empty();
    let head = "name = \"lake\"\n\n[fetch]\npause = \"soon\"\nlargest = \"big\"\nagent = \"x\"\n";
    let inputs = "[[input]]\nfeed = [\"lake.example/feed\", \"https://lake.example/feed\"]\n\n\
                  [[input]]\nfiles = \"pipeline.toml\"\npages = true\n";
    desk.write("pipeline.toml", format!("{head}\n{inputs}\n{STAGES_FOR_PAGES}"));
    assert_snapshot!(desk.session(&["check", "."]));
}

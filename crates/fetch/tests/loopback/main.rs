//! Servers on loopback: well-behaved, slow, lying, hostile.
#![allow(clippy::unwrap_used)]

mod server;

use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use recoup_fetch::{Answer, FetchError, Fetcher, Got, Options, Wanted};

use self::server::{Request, Server, answer, drip, missing, page};

fn options() -> Options {
    Options {
        allow: vec!["127.0.0.1".to_owned()],
        pause: Duration::ZERO,
        patience: Duration::from_secs(5),
        largest: 1 << 20,
        ..Options::default()
    }
}

fn fetch(options: Options, addresses: &[&str]) -> Vec<Result<Got, FetchError>> {
    let wanted = addresses.iter().map(|address| Wanted { address: (*address).to_owned(), ..Wanted::default() });
    Fetcher::new(options).fetch(&wanted.collect::<Vec<_>>(), || ())
}

fn one(options: Options, address: &str) -> Result<Got, FetchError> {
    fetch(options, &[address]).remove(0)
}

fn body(got: &Result<Got, FetchError>) -> &str {
    match got {
        Ok(Got::Page(answer)) => std::str::from_utf8(&answer.bytes).unwrap(),
        other => panic!("{other:?}"),
    }
}

/// A server without a `robots.txt`.
fn open(answer: impl Fn(&Request) -> Vec<u8> + Send + Sync + 'static) -> Server {
    Server::new(move |request| if request.path == "/robots.txt" { missing() } else { answer(request) })
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_page_comes_with_what_the_server_says_of_it() {
    let server = open(|_| {
        let head = "200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\nETag: \"v7\"\r\n\
                    Last-Modified: Tue, 04 Mar 2025 08:00:00 GMT";
        answer(head, b"<p>Le port est ferm\xe9.")
    });
    let contact = Some("desk@newsroom.example".to_owned());
    let got = one(Options { contact, ..options() }, &server.url("/port#top")).unwrap();
    let want = Answer {
        address: server.url("/port"),
        media_type: Some("text/html; charset=iso-8859-1".to_owned()),
        etag: Some("\"v7\"".to_owned()),
        modified: Some("Tue, 04 Mar 2025 08:00:00 GMT".to_owned()),
        bytes: b"<p>Le port est ferm\xe9.".to_vec(),
    };
    assert_eq!(got, Got::Page(want));
    let agent = server.last().header("user-agent").unwrap().to_owned();
    assert!(agent.starts_with("recoup/") && agent.ends_with("(+desk@newsroom.example)"), "{agent}");
}

#[test]
fn what_is_known_is_sent_only_if_it_changed() {
    let server = open(|request| match request.header("if-none-match") {
        Some("\"v7\"") => b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".to_vec(),
        _ => page("new"),
    });
    let wanted = |etag: Option<&str>| Wanted {
        address: server.url("/port"),
        etag: etag.map(str::to_owned),
        modified: etag.map(|_| "Tue, 04 Mar 2025 08:00:00 GMT".to_owned()),
    };
    let got = Fetcher::new(options()).fetch(&[wanted(Some("\"v7\"")), wanted(Some("\"v6\"")), wanted(None)], || ());
    assert_eq!(got[0], Ok(Got::Unchanged));
    assert_eq!((body(&got[1]), body(&got[2])), ("new", "new"));
    assert_eq!(server.last().header("if-modified-since"), None);
}

#[test]
fn nothing_unchanged_is_believed_that_was_not_asked_for() {
    let server = open(|_| b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".to_vec());
    assert_eq!(one(options(), &server.url("/")), Err(FetchError::Status { status: 304 }));
}

#[test]
fn what_robots_txt_asks_is_done() {
    let rules = "User-agent: *\nDisallow: /private\n\nUser-agent: Recoup\nDisallow: /archive/\nAllow: /archive/open\n";
    let server = Server::new(move |request| match request.path.as_str() {
        "/robots.txt" => answer("200 OK", rules.as_bytes()),
        _ => page("read"),
    });
    let paths = ["/private", "/archive/1999", "/archive/open/1", "/"].map(|path| server.url(path));
    let got = fetch(options(), &paths.each_ref().map(String::as_str));
    let host = format!("127.0.0.1:{}", server.port);
    assert_eq!(got[1], Err(FetchError::Robots { host }));
    assert_eq!([body(&got[0]), body(&got[2]), body(&got[3])], ["read"; 3]);
    assert_eq!(server.asked(), ["/robots.txt", "/private", "/archive/open/1", "/"], "asked for once, then kept to");
}

#[test]
fn without_knowing_what_robots_txt_asks_nothing_is_fetched() {
    for status in ["500 Internal Server Error", "503 Service Unavailable", "429 Too Many Requests"] {
        let server = Server::new(move |_| answer(status, b""));
        let got = one(options(), &server.url("/")).unwrap_err();
        assert!(matches!(got, FetchError::RobotsUnknown { .. }), "{status}: {got}");
        assert_eq!(server.asked(), ["/robots.txt"]);
    }
    for status in ["404 Not Found", "403 Forbidden"] {
        let server = Server::new(move |r| if r.path == "/robots.txt" { answer(status, b"") } else { page("read") });
        assert_eq!(body(&one(options(), &server.url("/"))), "read", "{status}: RFC 9309, 2.3.1.3");
    }
}

#[test]
fn private_networks_are_left_alone_unless_a_server_in_them_is_named() {
    let server = open(|_| page("router"));
    let refused = |address: &str| {
        let got = one(Options { allow: Vec::new(), ..options() }, address).unwrap_err();
        assert!(matches!(got, FetchError::Private { .. }), "{address}: {got}");
    };
    let port = server.port;
    for host in ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]"] {
        refused(&format!("http://{host}:{port}/"));
    }
    for address in ["http://10.0.0.1/", "http://192.168.1.1/admin", "https://169.254.169.254/latest/meta-data/"] {
        refused(address);
    }
    assert_eq!(server.asked(), [""; 0]);
    let by_port = Options { allow: vec![format!("localhost:{port}")], ..options() };
    assert_eq!(body(&one(by_port, &format!("http://localhost:{port}/"))), "router");
}

#[test]
fn a_public_page_does_not_lead_into_a_private_network() {
    let router = open(|_| page("router"));
    let inside = format!("http://localhost:{}/", router.port);
    let leads = open(move |_| answer(&format!("302 Found\r\nLocation: {inside}"), b""));
    let got = one(options(), &leads.url("/")).unwrap_err();
    assert!(matches!(got, FetchError::Private { .. }), "{got}");
    assert_eq!(router.asked(), [""; 0]);
}

#[test]
fn redirects_are_followed_and_their_end_is_told() {
    let server = open(|request| match request.path.as_str() {
        "/short" => answer("301 Moved Permanently\r\nLocation: /a/long", b""),
        "/a/long" => answer("307 Temporary Redirect\r\nLocation: name#top", b""),
        "/a/name" => page("read"),
        _ => missing(),
    });
    let Ok(Got::Page(got)) = one(options(), &server.url("/short")) else { panic!("no page") };
    assert_eq!((got.address, got.bytes), (server.url("/a/name"), b"read".to_vec()));
}

#[test]
fn redirects_in_circles_and_without_end_are_left() {
    let count = AtomicUsize::new(0);
    let server = open(move |request| {
        let next = match request.path.as_str() {
            "/circle" => "/back".to_owned(),
            "/back" => "/circle".to_owned(),
            "/file" => "file:///etc/hostname".to_owned(),
            "/odd" => "http://[".to_owned(),
            _ => format!("/on/{}", count.fetch_add(1, Ordering::Relaxed)),
        };
        answer(&format!("302 Found\r\nLocation: {next}"), b"")
    });
    let code = |path: &str| one(options(), &server.url(path)).unwrap_err().code();
    assert_eq!(code("/circle"), "fetch.redirects");
    assert_eq!(code("/on"), "fetch.redirects");
    assert_eq!(code("/file"), "fetch.address");
    assert_eq!(code("/odd"), "fetch.address");
    assert!(server.asked().len() < 24, "{:?}", server.asked());
}

#[test]
fn robots_txt_of_the_server_that_a_page_leads_to_counts() {
    let closed = Server::new(|r| match r.path.as_str() {
        "/robots.txt" => answer("200 OK", b"User-agent: *\nDisallow: /"),
        _ => page("read"),
    });
    let there = closed.url("/");
    let leads = open(move |_| answer(&format!("302 Found\r\nLocation: {there}"), b""));
    assert_eq!(one(options(), &leads.url("/")).unwrap_err().code(), "fetch.robots");
}

#[test]
fn a_slow_server_costs_its_own_address_alone() {
    let slow = open(|_| drip(page(&"slow ".repeat(1000))));
    let quick = open(|_| page("quick"));
    let patience = Duration::from_millis(600);
    let begun = Instant::now();
    let addresses = [slow.url("/"), quick.url("/")];
    let got = fetch(Options { patience, ..options() }, &addresses.each_ref().map(String::as_str));
    assert_eq!(got[0], Err(FetchError::Slow { patience }));
    assert_eq!(body(&got[1]), "quick");
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[test]
fn a_server_that_does_not_talk_is_waited_for_once() {
    let silent = Server::new(|_| drip(page(&"slow ".repeat(1000))));
    let patience = Duration::from_millis(400);
    let paths = ["/1", "/2", "/3", "/4"].map(|path| silent.url(path));
    let begun = Instant::now();
    let got = fetch(Options { patience, ..options() }, &paths.each_ref().map(String::as_str));
    assert!(got.iter().all(|got| *got == Err(FetchError::Slow { patience })), "{got:?}");
    assert!(begun.elapsed() < Duration::from_millis(1500), "{:?}", begun.elapsed());
    assert_eq!(silent.asked(), ["/robots.txt"]);
}

#[test]
fn a_body_that_breaks_off_is_no_body() {
    let cut = |head: &str, body: &[u8]| {
        let bytes = [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes(), body].concat();
        let server = open(move |_| bytes.clone());
        one(options(), &server.url("/"))
    };
    assert_eq!(cut("Content-Length: 500", b"At least 30 were k").unwrap_err().code(), "fetch.connection");
    assert_eq!(cut("Transfer-Encoding: chunked", b"5\r\nAt le\r\n").unwrap_err().code(), "fetch.connection");
    assert_eq!(cut("Transfer-Encoding: chunked", b"zz\r\nAt le\r\n").unwrap_err().code(), "fetch.connection");
    assert_eq!(body(&cut("Content-Length: 8", b"At least 30 were k")), "At least", "what is beyond is no part of it");
    let whole = packed(&b"At least 30 were killed. ".repeat(400));
    let half = whole.len() / 2;
    assert!(cut("Content-Encoding: gzip\r\nConnection: close", &whole[..half]).is_err());
    assert!(cut("Content-Encoding: gzip\r\nConnection: close", b"no gzip").is_err());
}

#[test]
fn nothing_unfolds_beyond_the_limit() {
    let bomb = packed(&vec![b' '; 64 << 20]);
    assert!(bomb.len() < 1 << 17);
    let server = open(move |_| answer("200 OK\r\nContent-Encoding: gzip", &bomb));
    assert_eq!(one(options(), &server.url("/")), Err(FetchError::TooLarge { largest: 1 << 20 }));
    let server = open(|_| answer("200 OK", &vec![b' '; (1 << 20) + 1]));
    assert_eq!(one(options(), &server.url("/")), Err(FetchError::TooLarge { largest: 1 << 20 }));
    let server = open(|_| answer("200 OK\r\nContent-Encoding: gzip", &packed(b"small")));
    assert_eq!(body(&one(options(), &server.url("/"))), "small");
}

#[test]
fn heads_without_end_and_nonsense_are_refused() {
    for bytes in [
        format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "y".repeat(1 << 20)).into_bytes(),
        "X-Header: y\r\n".repeat(1 << 16).into_bytes(),
        b"SSH-2.0-OpenSSH_9.6\r\n".to_vec(),
        vec![0; 4096],
        Vec::new(),
    ] {
        let server = open(move |_| bytes.clone());
        assert_eq!(one(options(), &server.url("/")).unwrap_err().code(), "fetch.connection");
    }
}

#[test]
fn a_server_that_wants_no_more_requests_gets_none() {
    let server = open(|request| match request.path.as_str() {
        "/1" => page("read"),
        _ => answer("429 Too Many Requests\r\nRetry-After: 3600", b""),
    });
    let paths = ["/1", "/2", "/3"].map(|path| server.url(path));
    let got = fetch(options(), &paths.each_ref().map(String::as_str));
    assert_eq!(body(&got[0]), "read");
    assert_eq!([&got[1], &got[2]].map(|got| got.as_ref().unwrap_err().code()), ["fetch.busy"; 2]);
    assert_eq!(server.asked(), ["/robots.txt", "/1", "/2"]);
}

#[test]
fn a_server_is_asked_again_only_after_a_pause() {
    let server = open(|_| page("read"));
    let paths = ["/1", "/2"].map(|path| server.url(path));
    let begun = Instant::now();
    fetch(Options { pause: Duration::from_millis(150), ..options() }, &paths.each_ref().map(String::as_str));
    assert!(begun.elapsed() >= Duration::from_millis(300), "robots.txt, /1 and /2 with two pauses");
    let wants = Server::new(|r| match r.path.as_str() {
        "/robots.txt" => answer("200 OK", b"User-agent: *\nCrawl-delay: 0.4"),
        _ => page("read"),
    });
    let begun = Instant::now();
    one(options(), &wants.url("/")).unwrap();
    assert!(begun.elapsed() >= Duration::from_millis(400), "as robots.txt wants");
}

#[test]
fn what_is_no_address_of_the_web_is_told() {
    let got = fetch(
        options(),
        &["file:///etc/hostname", "ftp://a.example/", "a.example/feed", "", "https://", "https://me:secret@a.example/"],
    );
    for got in got {
        assert_eq!(got.unwrap_err().code(), "fetch.address");
    }
}

#[test]
fn nobody_listens() {
    let server = open(|_| page("read"));
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    let addresses = [format!("http://127.0.0.1:{port}/"), server.url("/")];
    let got = fetch(options(), &addresses.each_ref().map(String::as_str));
    assert_eq!(got[0].as_ref().unwrap_err().code(), "fetch.connection");
    assert_eq!(body(&got[1]), "read");
}

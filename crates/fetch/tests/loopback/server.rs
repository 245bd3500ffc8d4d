//! A web server on loopback that does as it is told.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What a server was asked: path, and headers in lower case.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) path: String,
    headers: Vec<String>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

pub(crate) struct Server {
    pub(crate) port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Answers each request with the bytes that `answer` gives; [`drip`] breaks them into pieces.
    pub(crate) fn new(answer: impl Fn(&Request) -> Vec<u8> + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (seen, answer) = (Arc::clone(&requests), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
                thread::spawn(move || talk(stream, &seen, &*answer));
            }
        });
        Server { port, requests }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        self.requests.lock().unwrap().iter().map(|request| request.path.clone()).collect()
    }

    pub(crate) fn last(&self) -> Request {
        self.requests.lock().unwrap().last().unwrap().clone()
    }
}

/// One request, one answer, and the line is cut.
fn talk(mut stream: TcpStream, seen: &Mutex<Vec<Request>>, answer: &dyn Fn(&Request) -> Vec<u8>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let Some(path) = lines.next().and_then(|line| Some(line.split(' ').nth(1)?.to_owned())) else { return };
    let headers = lines.take_while(|line| !line.is_empty()).map(|line| {
        let (name, value) = line.split_once(": ").unwrap_or((&line, ""));
        format!("{}: {value}", name.to_lowercase())
    });
    let request = Request { path, headers: headers.collect() };
    seen.lock().unwrap().push(request.clone());
    let bytes = answer(&request);
    match bytes.strip_prefix(DRIP) {
        Some(bytes) => {
            for piece in bytes.chunks(1) {
                if stream.write_all(piece).is_err() {
                    return;
                }
                thread::sleep(Duration::from_millis(20));
            }
        }
        None => drop(stream.write_all(&bytes)),
    }
}

const DRIP: &[u8] = b"drip:";

/// The same, a byte at a time.
// Not every test that uses this server has a slow one.
#[allow(dead_code)]
pub(crate) fn drip(answer: Vec<u8>) -> Vec<u8> {
    [DRIP, &answer].concat()
}

/// An answer with a body of the length that it says.
pub(crate) fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

pub(crate) fn page(body: &str) -> Vec<u8> {
    answer("200 OK\r\nContent-Type: text/html; charset=utf-8", body.as_bytes())
}

pub(crate) fn missing() -> Vec<u8> {
    answer("404 Not Found", b"")
}

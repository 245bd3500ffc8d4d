//! How servers are asked.

use std::time::Duration;

/// How servers are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Whom a webmaster can write to: an address of mail or of a page. It is part of the name that servers are told.
    pub contact: Option<String>,
    /// Pause between two requests to one server; a longer one that the server's `robots.txt` wants is kept too, up to a
    /// minute.
    pub pause: Duration,
    /// Longest that one request may take, from the name of the server to the last byte.
    pub patience: Duration,
    /// Most bytes of a body, unpacked.
    pub largest: u64,
    /// Names of servers, with or without a port, that may lie in a private network.
    pub allow: Vec<String>,
    /// Servers that are asked at the same time.
    pub at_once: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            contact: None,
            pause: Duration::from_secs(2),
            patience: Duration::from_secs(30),
            largest: 16 << 20,
            allow: Vec::new(),
            at_once: 8,
        }
    }
}

//! From addresses to bodies.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use robotxt::{AccessResult, Robots};
use tracing::debug;
use url::Url;

use crate::client::{Client, Condition, Reply};
use crate::hosts::{Host, Hosts};
use crate::{FetchError, Options};

/// What `robots.txt` calls us.
const NAME: &str = "recoup";

/// How often an address may lead on to another; RFC 9309, 2.3.1.2 wants five for `robots.txt`.
const REDIRECTS: usize = 5;

/// An address, with what is known of its page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The address.
    pub address: String,
    /// `ETag` of the version that is known.
    pub etag: Option<String>,
    /// `Last-Modified` of the version that is known.
    pub modified: Option<String>,
}

/// What came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Got {
    /// A page.
    Page(Answer),
    /// What is known is the newest there is.
    Unchanged,
}

/// A page as a server gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Where it was in the end.
    pub address: String,
    /// As the server calls it, with the encoding.
    pub media_type: Option<String>,
    /// The server's name of this version.
    pub etag: Option<String>,
    /// When the server says that it changed last, as it says it.
    pub modified: Option<String>,
    /// The body, unpacked.
    pub bytes: Vec<u8>,
}

/// Asks servers for pages, and remembers what they said of themselves.
#[derive(Debug)]
pub struct Fetcher {
    client: Client,
    hosts: Hosts,
    options: Options,
}

impl Fetcher {
    /// Asks as `options` say.
    pub fn new(options: Options) -> Self {
        Fetcher { client: Client::new(&options), hosts: Hosts::default(), options }
    }

    /// What comes of each address, in the order of the addresses; `step` is told of each, from any thread.
    ///
    /// Servers are asked side by side, each for one thing at a time.
    pub fn fetch(&self, wanted: &[Wanted], step: impl Fn() + Sync) -> Vec<Result<Got, FetchError>> {
        let parsed: Vec<Result<Url, FetchError>> = wanted.iter().map(|wanted| address(&wanted.address)).collect();
        let mut queues: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, url) in parsed.iter().enumerate() {
            let server = url.as_ref().map(|url| url.origin().ascii_serialization()).unwrap_or_default();
            queues.entry(server).or_default().push(at);
        }
        let queues: Vec<Vec<usize>> = queues.into_values().collect();
        let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(wanted.len())));
        let work = || {
            while let Some(queue) = queues.get(next.fetch_add(1, Ordering::Relaxed)) {
                for at in queue {
                    let got = parsed[*at].clone().and_then(|url| self.one(&wanted[*at], url));
                    step();
                    done.lock().unwrap_or_else(PoisonError::into_inner).push((*at, got));
                }
            }
        };
        thread::scope(|scope| {
            for _ in 0..self.options.at_once.clamp(1, queues.len().max(1)) {
                scope.spawn(work);
            }
        });
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_unstable_by_key(|(at, _)| *at);
        done.into_iter().map(|(_, got)| got).collect()
    }

    fn one(&self, wanted: &Wanted, url: Url) -> Result<Got, FetchError> {
        let condition = Condition { etag: wanted.etag.as_deref(), modified: wanted.modified.as_deref() };
        let (url, reply) = self.follow(url, |url| {
            let host = self.hosts.of(url);
            if let Some(status) = host.busy() {
                return Err(FetchError::Busy { host: name(url), status });
            }
            if !self.robots(&host, url)?.is_url_allowed(url) {
                return Err(FetchError::Robots { host: name(url) });
            }
            let reply = host.ask(self.options.pause, || self.client.get(url, condition))?;
            if let Reply::Status(status @ (429 | 503)) = reply {
                host.is_busy(status);
                return Err(FetchError::Busy { host: name(url), status });
            }
            Ok(reply)
        })?;
        debug!(address = wanted.address, landed = url.as_str(), "Fetched.");
        match reply {
            Reply::Page { media_type, etag, modified, bytes } => {
                Ok(Got::Page(Answer { address: url.into(), media_type, etag, modified, bytes }))
            }
            Reply::Unchanged => Ok(Got::Unchanged),
            Reply::Status(status) => Err(FetchError::Status { status }),
            // A server that leads elsewhere was followed.
            Reply::Elsewhere(address) => Err(FetchError::Astray { most: REDIRECTS, address }),
        }
    }

    /// Asks from address to address until one leads no further.
    fn follow(
        &self,
        mut url: Url,
        ask: impl Fn(&Url) -> Result<Reply, FetchError>,
    ) -> Result<(Url, Reply), FetchError> {
        let mut seen = Vec::new();
        loop {
            let reply = ask(&url)?;
            let Reply::Elsewhere(elsewhere) = reply else { return Ok((url, reply)) };
            let next = url.join(&elsewhere).map_err(|error| FetchError::Address {
                reason: format!("{url} leads to `{}`: {error}", elsewhere.escape_debug()),
            })?;
            let next = of_the_web(next)?;
            seen.push(std::mem::replace(&mut url, next));
            if seen.contains(&url) {
                return Err(FetchError::Circle { address: url.into() });
            }
            if seen.len() > REDIRECTS {
                return Err(FetchError::Astray { most: REDIRECTS, address: url.into() });
            }
        }
    }

    /// What a server's `robots.txt` asks of us.
    fn robots(&self, host: &Host, url: &Url) -> Result<Arc<Robots>, FetchError> {
        match host.robots() {
            Some(known) => known,
            None => host.learn(self.fetch_robots(url)),
        }
    }

    fn fetch_robots(&self, url: &Url) -> Result<Robots, FetchError> {
        let own = robotxt::robots_url(url).map_err(|error| FetchError::Address { reason: error.to_string() })?;
        let reply = self.follow(own, |url| {
            self.hosts.of(url).ask(self.options.pause, || self.client.get(url, Condition::default()))
        });
        let unknown = |reason: String| FetchError::RobotsUnknown { host: name(url), reason };
        let access = match &reply {
            Ok((_, Reply::Page { bytes, .. })) => AccessResult::Successful(bytes),
            Ok((_, Reply::Status(status))) if (400..500).contains(status) && *status != 429 => {
                AccessResult::Unavailable
            }
            Ok((_, Reply::Status(status))) => return Err(unknown(format!("the server answers {status}"))),
            Ok(_) | Err(FetchError::Astray { .. } | FetchError::Circle { .. }) => AccessResult::TooManyRedirects,
            Err(FetchError::TooLarge { .. }) => return Err(unknown("it is too large".to_owned())),
            // A server that does not talk has no page to give either.
            Err(error) => return Err(error.clone()),
        };
        Ok(Robots::from_access(access, NAME))
    }
}

/// Whether a text is an address that can be fetched at all.
///
/// # Errors
/// [`FetchError::Address`].
pub fn check_address(text: &str) -> Result<(), FetchError> {
    address(text).map(drop)
}

fn address(text: &str) -> Result<Url, FetchError> {
    let url = Url::parse(text.trim()).map_err(|error| FetchError::Address { reason: error.to_string() })?;
    of_the_web(url)
}

/// Without what only a browser needs, and without what nobody should send to strangers.
fn of_the_web(mut url: Url) -> Result<Url, FetchError> {
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return Err(FetchError::Address { reason: format!("`{}` has no server", url.as_str().escape_debug()) });
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(FetchError::Address { reason: "it holds a name or password".to_owned() });
    }
    url.set_fragment(None);
    Ok(url)
}

fn name(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

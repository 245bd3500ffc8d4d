//! What is known of each server, and whose turn it is.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use robotxt::Robots;
use url::Url;

use crate::FetchError;

/// A server may want a longer pause than this between two requests; it gets this one.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// The servers of a run.
#[derive(Debug, Default)]
pub(crate) struct Hosts(Mutex<HashMap<String, Arc<Host>>>);

/// One server.
#[derive(Debug, Default)]
pub(crate) struct Host {
    /// When it last answered; whoever holds it is asking.
    turn: Mutex<Option<Instant>>,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    robots: Option<Result<Arc<Robots>, FetchError>>,
    /// With what it said that it wants no more requests.
    busy: Option<u16>,
}

impl Hosts {
    /// The server of an address: scheme, name and port (RFC 9309, 2.3).
    pub(crate) fn of(&self, url: &Url) -> Arc<Host> {
        let mut hosts = lock(&self.0);
        Arc::clone(hosts.entry(url.origin().ascii_serialization()).or_default())
    }
}

impl Host {
    /// Asks it something when a pause has passed since it last answered.
    pub(crate) fn ask<T>(&self, pause: Duration, ask: impl FnOnce() -> T) -> T {
        let mut last = lock(&self.turn);
        let wanted = match &lock(&self.known).robots {
            Some(Ok(robots)) => robots.crawl_delay().unwrap_or_default().min(LONGEST_PAUSE),
            _ => Duration::ZERO,
        };
        if let Some(last) = *last {
            thread::sleep(pause.max(wanted).saturating_sub(last.elapsed()));
        }
        let answer = ask();
        *last = Some(Instant::now());
        answer
    }

    /// Its rules, or why it cannot be asked for anything; `None` where nobody has asked yet.
    pub(crate) fn robots(&self) -> Option<Result<Arc<Robots>, FetchError>> {
        lock(&self.known).robots.clone()
    }

    pub(crate) fn learn(&self, robots: Result<Robots, FetchError>) -> Result<Arc<Robots>, FetchError> {
        lock(&self.known).robots.get_or_insert(robots.map(Arc::new)).clone()
    }

    /// With what it said that it wants no more requests, if it did.
    pub(crate) fn busy(&self) -> Option<u16> {
        lock(&self.known).busy
    }

    pub(crate) fn is_busy(&self, status: u16) {
        lock(&self.known).busy = Some(status);
    }
}

/// What is kept behind the lock is whole even where another thread ended while it held it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

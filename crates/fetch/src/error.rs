//! Why an address was not fetched.

use std::net::IpAddr;
use std::time::Duration;

/// Why an address was not fetched. Nothing of its body is used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// It is no address, or none of the web.
    #[error("is no address of the web: {reason}")]
    Address {
        /// What is wrong with it.
        reason: String,
    },
    /// The server lies in a network that is nobody else's business.
    #[error("`{host}` is {address}, which is no public address")]
    Private {
        /// Name of the server.
        host: String,
        /// Where it lies.
        address: IpAddr,
    },
    /// The server's `robots.txt` asks that it be left alone.
    #[error("the robots.txt of `{host}` asks not to fetch it")]
    Robots {
        /// Name of the server.
        host: String,
    },
    /// The server's `robots.txt` could not be had, so that it is not known what it asks.
    #[error("the robots.txt of `{host}` cannot be had, so that nothing is fetched there: {reason}")]
    RobotsUnknown {
        /// Name of the server.
        host: String,
        /// Why not.
        reason: String,
    },
    /// It leads from one address to the next.
    #[error("leads on more than {most} times, the last time to {address}")]
    Astray {
        /// Addresses that are followed.
        most: usize,
        /// The last one.
        address: String,
    },
    /// It leads back to an address that led here.
    #[error("leads in a circle, back to {address}")]
    Circle {
        /// Where it leads.
        address: String,
    },
    /// More than what is read of a page.
    #[error("is larger than {} MiB", largest >> 20)]
    TooLarge {
        /// Most bytes of a body.
        largest: u64,
    },
    /// The server takes too long.
    #[error("did not arrive within {} seconds", patience.as_secs_f64())]
    Slow {
        /// Longest time.
        patience: Duration,
    },
    /// The server wants to be left alone for a while.
    #[error("`{host}` answers {status}: it wants no more requests now")]
    Busy {
        /// Name of the server.
        host: String,
        /// Its answer.
        status: u16,
    },
    /// The server has no page to give.
    #[error("the server answers {status}")]
    Status {
        /// Its answer.
        status: u16,
    },
    /// The server cannot be talked to.
    #[error("cannot be fetched: {reason}")]
    Connection {
        /// What happened.
        reason: String,
    },
}

impl FetchError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            FetchError::Address { .. } => "fetch.address",
            FetchError::Private { .. } => "fetch.private",
            FetchError::Robots { .. } | FetchError::RobotsUnknown { .. } => "fetch.robots",
            FetchError::Astray { .. } | FetchError::Circle { .. } => "fetch.redirects",
            FetchError::TooLarge { .. } => "fetch.too_large",
            FetchError::Slow { .. } => "fetch.slow",
            FetchError::Busy { .. } => "fetch.busy",
            FetchError::Status { .. } => "fetch.status",
            FetchError::Connection { .. } => "fetch.connection",
        }
    }

    /// What to do.
    pub fn help(&self) -> &'static str {
        match self {
            FetchError::Address { .. } => "addresses begin with https:// or http://",
            FetchError::Private { .. } => "if you mean it, name the server in `allow` of [fetch]",
            FetchError::Robots { .. } => "save the page by hand, or ask the outlet; see its robots.txt",
            FetchError::RobotsUnknown { .. } => "run again later",
            FetchError::Astray { .. } | FetchError::Circle { .. } => "open it in a browser and name where it ends",
            FetchError::TooLarge { .. } => "raise `largest` of [fetch], or save it by hand",
            FetchError::Slow { .. } => "run again later, or raise `patience` of [fetch]",
            FetchError::Busy { .. } => {
                "run again later, or raise `pause` of [fetch]; what was taken in before is known"
            }
            FetchError::Status { status: 401 | 402 | 403 | 451 } => "save the page by hand where you may read it",
            FetchError::Status { status: 404 | 410 } => "check the address: the page is gone",
            FetchError::Status { .. } => "run again later; what was taken in before is known",
            FetchError::Connection { .. } => "check the address and the connection; what was taken in before is known",
        }
    }
}

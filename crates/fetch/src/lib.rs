//! Pages and feeds from the web, asked for politely.
//!
//! [`Fetcher`] asks one server at most one thing at a time and not again at once, does what `robots.txt` says (RFC 9309),
//! says who it is, asks for what it has only if it changed (RFC 9110, 13.1), and keeps out of private networks. A server
//! may be slow, lie about lengths, redirect in circles or send what unfolds without end: each costs its own address,
//! within the limits of [`Options`].

mod client;
mod error;
mod fetcher;
mod hosts;
mod networks;
mod options;

pub use error::FetchError;
pub use fetcher::{Answer, Fetcher, Got, Wanted, check_address};
pub use options::Options;

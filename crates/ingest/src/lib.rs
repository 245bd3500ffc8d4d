//! Containers to articles: feeds, web archives, mailboxes, lists, ZIP and tar are unpacked into a stream of articles.
//!
//! What a file is, its first bytes tell, and its name only where they do not. A container is read as a stream: no more
//! than one article is in memory, but for feeds and what lies inside another container. Nothing is dropped silently, and
//! nothing is written to the disk.

mod dates;
mod feed;
mod gzip;
mod html;
mod http;
mod key;
mod limits;
mod lines;
mod list;
mod mail;
mod media;
mod sink;
mod sniff;
mod table;
mod tape;
mod unpack;
mod warc;
mod zipped;

pub use key::document as key_of;
pub use limits::Limits;
pub use list::Fields;
pub use media::media_type;
pub use sink::{Article, Piece};
pub use sniff::{HEAD, is_container};
pub use unpack::{Input, unpack};

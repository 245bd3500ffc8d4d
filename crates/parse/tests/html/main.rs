//! The stage `html`, seen from outside: pages in, documents and remarks out.
#![allow(clippy::unwrap_used)]

mod filler;
mod hostile;
mod layouts;
mod measure;
mod pages;
mod stories;
#[allow(dead_code, reason = "shared with the tests of the stage `text`")]
#[path = "../text/support.rs"]
mod support;

use recoup_model::{Body, Item};
use recoup_parse::{Html, HtmlOptions};
use support::{Parsed, item, through};

/// A page as a host finds it in a file.
pub(crate) fn page(html: &str) -> Item {
    Item { media_type: Some("text/html".to_owned()), ..item("in/page.html", Body::Text(html.to_owned())) }
}

/// What the stage makes of an item, with its default options.
pub(crate) fn read(item: Item) -> Parsed {
    through::<Html>(HtmlOptions::default(), item)
}

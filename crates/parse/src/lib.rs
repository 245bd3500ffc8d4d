//! From articles as found to documents: clean text, its blocks and sentences as byte spans, and where its date, language
//! and outlet come from.
//!
//! Boilerplate is marked and never lost, so that every span counts bytes of the whole text. What the article does not
//! say stays unknown.

mod blocks;
mod boilerplate;
mod credits;
mod dateline;
mod dates;
mod decode;
mod fragment;
mod front_matter;
mod function_words;
mod headings;
mod html;
mod items;
mod language;
mod lines;
mod paragraphs;
mod published;
mod text;

pub use decode::{decode_markup, decode_text};
pub use fragment::fragment_text;
pub use html::{Html, HtmlOptions, page_text};
pub use text::{Options, Text};

/// The data files of the crate with their contents, for the run manifest.
pub fn pack_files() -> impl Iterator<Item = (&'static str, &'static str)> {
    [
        ("boilerplate.en.toml", include_str!("../data/boilerplate.en.toml")),
        ("boilerplate.fr.toml", include_str!("../data/boilerplate.fr.toml")),
        ("function_words.toml", include_str!("../data/function_words.toml")),
        ("pages.toml", include_str!("../data/pages.toml")),
    ]
    .into_iter()
}

//! Items: articles as found.

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::PublishedFrom;

/// One article as found, before any parsing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// Where it was found: a path as the user named it, or an address.
    pub origin: String,
    /// Media type where one is known (`text/plain`, `text/html`).
    pub media_type: Option<String>,
    /// The bytes.
    #[serde(flatten)]
    pub body: Body,
    /// What a manifest says of it, or the feed or archive that held it.
    pub sidecar: Sidecar,
}

/// The content of an item: text, or base64 of bytes that are not known to be UTF-8.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// UTF-8 text.
    Text(String),
    /// Bytes of any kind in base64 (RFC 4648, standard alphabet, padded).
    Base64(String),
}

/// What stands beside an article and not in it. Nothing here is guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sidecar {
    /// The document's key; the stem of the file where no manifest gives one.
    pub doc: String,
    /// Day of publication.
    pub published: Option<Date>,
    /// Where that day was found; in a manifest unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_from: Option<PublishedFrom>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// Who printed it.
    pub outlet: Option<String>,
    /// Where it was found on the web.
    pub url: Option<String>,
    /// When it was fetched from there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched: Option<Timestamp>,
    /// The headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

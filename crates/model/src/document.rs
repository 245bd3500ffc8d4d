//! Documents: articles as the extractors see them.

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ContentHasher, PageMap, Span};

/// One article: clean text with its structure as byte spans, and what is known of where it comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// `d_` and a hash of outlet, address, date and text; see [`Document::seal`].
    #[serde(default)]
    pub id: String,
    /// Key in the manifest, else the stem of the file.
    pub doc: String,
    /// Who printed it.
    pub outlet: Option<String>,
    /// Who passed the text on before this outlet printed it, by name, nearest first: a channel that forwards another's
    /// message prints what that one wrote.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relays: Vec<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// The file it was read from, as the user named it.
    pub path: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// The day of publication; a date that is nowhere stays unknown.
    pub published: Option<Published>,
    /// The day of its last change, where that is another than the day of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<Published>,
    /// When its page was fetched, as whoever fetched it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched: Option<Timestamp>,
    /// The headline, where it is told apart from the text.
    pub title: Option<String>,
    /// Who wrote it, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// How sure the parse stage is that it found the article, the whole and nothing else: from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality: Option<f64>,
    /// The text in Unicode normal form C. All spans count bytes of it.
    pub text: String,
    /// Headings, paragraphs, boilerplate, in order and without overlap.
    #[serde(default)]
    pub blocks: Vec<Block>,
    /// Of a text that was taken from a page: where it stands there.
    #[serde(default, skip_serializing_if = "PageMap::is_empty")]
    pub page: PageMap,
}

impl Document {
    /// Gives the document its id, derived from outlet, address, date and text.
    pub fn seal(mut self) -> Self {
        self.id = ContentHasher::default()
            .field(self.outlet.as_deref().unwrap_or_default())
            .field(self.url.as_deref().unwrap_or_default())
            .field(self.published.map(|p| p.date.to_string()).unwrap_or_default())
            .field(&self.text)
            .id("d");
        self
    }

    /// What reports print of the document, without its text.
    pub fn head(&self) -> DocumentHead {
        DocumentHead {
            id: self.id.clone(),
            doc: self.doc.clone(),
            outlet: self.outlet.clone(),
            relays: self.relays.clone(),
            url: self.url.clone(),
            path: self.path.clone(),
            language: self.language.clone(),
            published: self.published,
            title: self.title.clone(),
        }
    }
}

/// A document without its text: what reconcilers and writers need of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentHead {
    /// See [`Document::id`].
    pub id: String,
    /// See [`Document::doc`].
    pub doc: String,
    /// See [`Document::outlet`].
    pub outlet: Option<String>,
    /// See [`Document::relays`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relays: Vec<String>,
    /// See [`Document::url`].
    pub url: Option<String>,
    /// See [`Document::path`].
    pub path: Option<String>,
    /// See [`Document::language`].
    pub language: Option<String>,
    /// See [`Document::published`].
    pub published: Option<Published>,
    /// See [`Document::title`].
    pub title: Option<String>,
}

/// A day of publication and where it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Published {
    /// The day.
    pub date: Date,
    /// Where the day was found.
    pub from: PublishedFrom,
}

/// Where a day of publication was found, most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PublishedFrom {
    /// An analyst's ruling.
    Ruling,
    /// A manifest beside the article.
    Sidecar,
    /// The article's own front matter.
    Metadata,
    /// The JSON-LD of a page.
    JsonLd,
    /// A `meta` element of a page.
    Meta,
    /// The microdata of a page.
    Microdata,
    /// A feed that carried it.
    Feed,
    /// A feed that led to its page.
    FeedLink,
    /// A `time` element of a page.
    TimeElement,
    /// The dateline in the text.
    Dateline,
    /// The address, such as `/2025/02/27/`.
    Address,
    /// The name of the file.
    FileName,
}

/// A run of text with one role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Block {
    /// The text of the block, without surrounding white space.
    pub span: Span,
    /// Its role.
    pub kind: BlockKind,
    /// Index of the earlier block whose words it repeats.
    pub repeats: Option<usize>,
    /// The sentences of the block, in order and without overlap.
    #[serde(default)]
    pub sentences: Vec<Span>,
}

impl Block {
    /// Whether claims are looked for in the block: boilerplate carries none, and a repeat has been read before.
    pub fn carries_claims(&self) -> bool {
        self.kind.is_content() && self.repeats.is_none()
    }
}

/// The role of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Title or cross-heading.
    Heading,
    /// Running text.
    Paragraph,
    /// One point of a list.
    ListItem,
    /// Words of another that stand by themselves.
    Quote,
    /// What stands under a picture.
    Caption,
    /// One row of a table, its cells with ` | ` between them.
    TableRow,
    /// Metadata at the top of a file.
    FrontMatter,
    /// Subscribe calls, contact lines, prices, share and cookie notices.
    Subscribe,
    /// Photo and agency credits.
    Credit,
    /// 'Lire aussi', 'Related news', tags, rankings.
    Related,
    /// A line about the author.
    Author,
}

impl BlockKind {
    /// Whether it is of the article, and not boilerplate.
    pub fn is_content(self) -> bool {
        use BlockKind::{Caption, Heading, ListItem, Paragraph, Quote, TableRow};
        matches!(self, Heading | Paragraph | ListItem | Quote | Caption | TableRow)
    }
}

//! Claims: one thing that one source says in one place of one document.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::{ContentHasher, Document, Precision, Span, Time};

/// One thing that one source says in one place of one document.
///
/// No slot has a default: what the text does not say, and what cannot be resolved without inventing, is null.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// `c_` and a hash of document, span, indicator, figure, subject and sources; see [`Claim::seal`].
    #[serde(default)]
    pub id: String,
    /// The document's key: in the manifest, else the stem of its file.
    pub doc: String,
    /// The document's id.
    pub document: String,
    /// Where the claim stands, and its words.
    #[serde(flatten)]
    pub anchor: Anchor,
    /// Dotted name from the pipeline's vocabulary, such as `casualties.killed`.
    pub indicator: String,
    /// Whose people, equipment or ground: the slug of an actor, or several joined by `+`.
    pub subject: Option<String>,
    /// To, with or against whom.
    pub object: Option<String>,
    /// The figure as a bound; null where the text has none. A quantity without bounds is read as null.
    #[serde(default, deserialize_with = "figure")]
    pub quantity: Option<Quantity>,
    /// Where, most specific first, never finer than the text.
    #[serde(default)]
    pub places: Vec<PlaceRef>,
    /// When the event took place; not when it was said.
    pub time: Option<Time>,
    /// When it was said: the date on the reporting verb, else the day of publication, else null.
    pub reported: Option<Date>,
    /// Who makes the claim; empty = the outlet itself.
    #[serde(default)]
    pub sources: Vec<SourceRef>,
    /// Who relays it.
    #[serde(default)]
    pub via: Vec<SourceRef>,
    /// Polarity and certainty, as worded.
    pub stance: Stance,
    /// What kind of count the figure is; null where the text does not tell.
    pub measure: Option<Measure>,
    /// Whether the people counted are civilians; null for mixed or unsaid.
    pub civilian: Option<bool>,
    /// Id of the claim that this one is a part of.
    pub part_of: Option<String>,
    /// Slots that were carried over from elsewhere in the document.
    #[serde(default)]
    pub inherited: Vec<String>,
    /// The rule that made the claim.
    pub rule: String,
    /// Span and rule of each slot that has words of its own.
    #[serde(default)]
    pub evidence: BTreeMap<String, Evidence>,
}

impl Claim {
    /// Gives the claim its id, derived from its content. Two claims on the same words differ by indicator,
    /// subject, figure or source; what equals in all of these is one claim.
    pub fn seal(mut self) -> Self {
        let figure = self.quantity.as_ref().map(|q| format!("{:?}..{:?}", q.low, q.high)).unwrap_or_default();
        let sources: Vec<&str> = self.sources.iter().map(|s| s.id.as_str()).collect();
        self.id = ContentHasher::default()
            .field(&self.document)
            .field(format!("{}..{}", self.anchor.span.start(), self.anchor.span.end()))
            .field(&self.indicator)
            .field(self.subject.as_deref().unwrap_or_default())
            .field(figure)
            .field(sources.join("+"))
            .id("c");
        self
    }
}

/// A place in a document's text together with its exact words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "RawAnchor")]
#[schemars(!try_from)]
pub struct Anchor {
    span: Span,
    quote: String,
}

#[derive(Deserialize)]
struct RawAnchor {
    span: Span,
    quote: String,
}

impl TryFrom<RawAnchor> for Anchor {
    type Error = String;

    fn try_from(raw: RawAnchor) -> Result<Self, String> {
        if raw.span.len() == raw.quote.len() {
            Ok(Anchor { span: raw.span, quote: raw.quote })
        } else {
            Err(format!("the span holds {} bytes, the quote {}", raw.span.len(), raw.quote.len()))
        }
    }
}

impl Anchor {
    /// The words of `document` under `span`; `None` where the span leaves the text or cuts a character.
    pub fn new(document: &Document, span: Span) -> Option<Self> {
        Some(Anchor { span, quote: span.slice(&document.text)?.to_owned() })
    }

    /// Bytes of the document's text.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Exactly the text under the span.
    pub fn quote(&self) -> &str {
        &self.quote
    }
}

/// A figure as a bound: floor, ceiling, closed range or point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "RawQuantity")]
#[schemars(!try_from)]
pub struct Quantity {
    low: Option<f64>,
    high: Option<f64>,
    /// Whether the text says 'about', 'nearly', or a vague plural.
    pub approximate: bool,
    /// What is counted, from the list of the annotation guide (`person`, `drone`, `km2` ...).
    pub unit: Option<String>,
    /// What is counted, in the words of the text.
    pub item: Option<String>,
    /// The words of the figure with its modifier.
    pub text: Option<String>,
}

/// A figure that is no bound.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum InvalidQuantity {
    /// `low` above `high`.
    #[error("the lower bound {low} lies above the upper bound {high}")]
    Inverted {
        /// Lower bound.
        low: f64,
        /// Upper bound.
        high: f64,
    },
    /// Neither bound, or one that is no finite number.
    #[error("a quantity needs a finite bound; use null where there is no figure")]
    Unbounded,
}

/// People who annotate write an absent figure as a quantity without bounds.
fn figure<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Quantity>, D::Error> {
    let raw = Option::<RawQuantity>::deserialize(deserializer)?;
    let bounded = raw.filter(|raw| raw.low.is_some() || raw.high.is_some());
    bounded.map(Quantity::try_from).transpose().map_err(D::Error::custom)
}

#[derive(Deserialize)]
struct RawQuantity {
    low: Option<f64>,
    high: Option<f64>,
    #[serde(default)]
    approximate: bool,
    unit: Option<String>,
    item: Option<String>,
    text: Option<String>,
}

impl TryFrom<RawQuantity> for Quantity {
    type Error = InvalidQuantity;

    fn try_from(raw: RawQuantity) -> Result<Self, InvalidQuantity> {
        Quantity::new(raw.low, raw.high, raw.approximate).map(|q| Quantity {
            unit: raw.unit,
            item: raw.item,
            text: raw.text,
            ..q
        })
    }
}

impl Quantity {
    /// A bound without unit or words.
    ///
    /// # Errors
    /// [`InvalidQuantity`] where `low > high`, both are missing, or one is not finite.
    pub fn new(low: Option<f64>, high: Option<f64>, approximate: bool) -> Result<Self, InvalidQuantity> {
        if low.is_none() && high.is_none() || [low, high].iter().flatten().any(|v| !v.is_finite()) {
            return Err(InvalidQuantity::Unbounded);
        }
        if let (Some(low), Some(high)) = (low, high)
            && low > high
        {
            return Err(InvalidQuantity::Inverted { low, high });
        }
        Ok(Quantity { low, high, approximate, unit: None, item: None, text: None })
    }

    /// The lower bound.
    pub fn low(&self) -> Option<f64> {
        self.low
    }

    /// The upper bound.
    pub fn high(&self) -> Option<f64> {
        self.high
    }
}

/// A place as the text has it, linked to the gazetteer where it is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceRef {
    /// As written.
    pub name: String,
    /// Id in the theatre's or the world's places.
    pub id: Option<String>,
    /// How fine the place is.
    pub precision: Option<Precision>,
    /// Latitude in degrees.
    pub lat: Option<f64>,
    /// Longitude in degrees.
    pub lon: Option<f64>,
}

/// Somebody who says something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct SourceRef {
    /// Canonical id: of the theatre or the world, else a slug of the name.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// The words that attribute ('selon', 'a déclaré').
    pub cue: Option<String>,
}

/// Span and rule behind one slot of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The words.
    #[serde(flatten)]
    pub span: Span,
    /// What read them.
    pub rule: String,
}

/// Polarity and certainty of a claim, as worded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Stated as a fact.
    Asserted,
    /// Reportive conditional, epistemic modal or adverb.
    Hedged,
    /// A negative statement.
    Denied,
    /// The named party declines to confirm.
    Unconfirmed,
    /// Intention, preparation, promise.
    Planned,
}

impl Stance {
    /// Its name, as on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Stance::Asserted => "asserted",
            Stance::Hedged => "hedged",
            Stance::Denied => "denied",
            Stance::Unconfirmed => "unconfirmed",
            Stance::Planned => "planned",
        }
    }
}

/// What kind of count a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// A reading at a date.
    Stock,
    /// Since a start.
    Cumulative,
    /// In a period or an event.
    Increment,
}

impl Measure {
    /// Its name, as on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Measure::Stock => "stock",
            Measure::Cumulative => "cumulative",
            Measure::Increment => "increment",
        }
    }
}

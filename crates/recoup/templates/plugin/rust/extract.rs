//! An extract stage of recoup: takes each figure that stands before a certain word, as in `30 drones`, for a claim.

use recoup_plugin::prelude::*;

export_stages!(@TYPE@);

/// What a pipeline can set.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, crate = "recoup_plugin::serde")]
pub struct Options {
    /// The word behind the figure.
    word: String,
    /// What such a figure says.
    indicator: String,
}

impl Default for Options {
    fn default() -> Self {
        Options { word: "drones".to_owned(), indicator: "munitions.launched".to_owned() }
    }
}

pub struct @TYPE@(Options);

impl Stage for @TYPE@ {
    const NAME: &str = "@NAME@";
    const SUMMARY: &str = "Takes each figure before a certain word for a claim.";
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    type Options = Options;
    type Item = Document;

    fn open(options: Options, _: &Context) -> Result<Self> {
        if options.word.is_empty() {
            return Err(Error::new("without a word every figure would be a claim").at_option("word"));
        }
        Ok(@TYPE@(options))
    }

    fn process(&mut self, document: Document, out: &mut Out<'_, Claim>) -> Result<()> {
        // Subscription calls, credits and repeats are blocks, too.
        for block in document.blocks.iter().filter(|block| block.carries_claims()) {
            let Some(text) = block.span.slice(&document.text) else { continue };
            for (start, end, figure) in figures(text, &self.0.word) {
                // Spans count bytes of the whole text. An anchor takes the words from there: no claim without its words.
                let span = Span::new(block.span.start() + start, block.span.start() + end);
                if let Some(anchor) = span.ok().and_then(|span| Anchor::new(&document, span)) {
                    out.emit(self.claim(&document, anchor, figure));
                }
            }
        }
        Ok(())
    }
}

impl @TYPE@ {
    /// What the words do not say stays `None`.
    fn claim(&self, document: &Document, anchor: Anchor, figure: u32) -> Claim {
        let mut quantity = Quantity::new(Some(f64::from(figure)), Some(f64::from(figure)), false).ok();
        if let Some(quantity) = &mut quantity {
            quantity.item = Some(self.0.word.clone());
        }
        Claim {
            id: String::new(), // recoup gives the id
            doc: document.doc.clone(),
            document: document.id.clone(),
            anchor,
            indicator: self.0.indicator.clone(),
            subject: None,
            object: None,
            quantity,
            places: Vec::new(),
            time: None,
            reported: document.published.map(|published| published.date),
            sources: Vec::new(), // the outlet itself
            via: Vec::new(),
            stance: Stance::Asserted,
            measure: None,
            civilian: None,
            part_of: None,
            inherited: Vec::new(),
            rule: "@NAME@.word".to_owned(),
            evidence: Default::default(),
        }
    }
}

/// Start and end of each figure with its word, and the figure. `1,500 drones` is none: it takes more to read that.
fn figures<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = (usize, usize, u32)> + 't {
    text.match_indices(word).filter_map(move |(at, _)| {
        let before = text[..at].strip_suffix(' ')?;
        let start = before.len() - before.bytes().rev().take_while(u8::is_ascii_digit).count();
        let end = at + word.len();
        let apart = before[..start].chars().next_back().is_none_or(char::is_whitespace)
            && !before[..start].trim_end().ends_with(|c: char| c.is_ascii_digit())
            && !text[end..].starts_with(char::is_alphanumeric);
        let figure = before[start..].parse().ok()?;
        apart.then_some((start, end, figure))
    })
}

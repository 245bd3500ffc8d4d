//! How sure it is that the article was found, the whole and nothing else.

use recoup_model::{Diagnostic, Level};

/// Words of an article that is certainly no teaser.
const FULL: f64 = 100.0;

/// What the score is made of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signs {
    pub(crate) words: usize,
    /// Bytes of the text, and of these in links.
    pub(crate) length: usize,
    pub(crate) linked: usize,
    /// Whether the lead that the page describes is in the text.
    pub(crate) lead: Option<bool>,
    pub(crate) is_dated: bool,
    pub(crate) is_titled: bool,
}

/// The score from 0 to 1, in hundredths: 35 for length, 25 for text outside links, 15 for the lead, 15 for the date, 10 for
/// the title.
pub(crate) fn score(signs: Signs) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "lengths of texts")]
    let (words, length, linked) = (signs.words as f64, signs.length.max(1) as f64, signs.linked as f64);
    let lead = signs.lead.map_or(10.0, |kept| if kept { 15.0 } else { 0.0 });
    let points = 35.0 * (words / FULL).min(1.0)
        + 25.0 * (1.0 - linked / length).max(0.0)
        + lead
        + if signs.is_dated { 15.0 } else { 0.0 }
        + if signs.is_titled { 10.0 } else { 0.0 };
    points.round() / 100.0
}

/// That a page is not good enough.
pub(crate) fn too_low(score: f64, least: f64, signs: Signs) -> Diagnostic {
    let share = signs.linked * 100 / signs.length.max(1);
    let message = format!(
        "the quality of the page is {score:.2}, under {least:.2}: {} words, {share} % of the text in links, {} date, {} title",
        signs.words,
        if signs.is_dated { "a" } else { "no" },
        if signs.is_titled { "a" } else { "no" },
    );
    Diagnostic::new(Level::Error, "html.low_quality", message)
        .with_help("Look at the page; where it is an article, lower `min_quality` in the options of this stage.")
}

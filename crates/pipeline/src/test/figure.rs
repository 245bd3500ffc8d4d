//! Figures as a test writes them: `30..`, `..30`, `10000..12000~`.

use std::fmt;

use recoup_model::Quantity;

/// The bounds of a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Figure {
    low: Option<f64>,
    high: Option<f64>,
    approximate: bool,
}

impl Figure {
    /// Reads `30`, `30..`, `..30`, `10..12`, each with a `~` before or behind; also the signs `≥` and `≤`.
    pub(crate) fn read(text: &str) -> Option<Figure> {
        let text = text.trim();
        let bare = text.strip_suffix('~').or_else(|| text.strip_prefix('~')).unwrap_or(text);
        let approximate = bare.len() < text.len();
        let (low, high) = if let Some(low) = bare.strip_prefix('≥') {
            (Some(number(low)?), None)
        } else if let Some(high) = bare.strip_prefix('≤') {
            (None, Some(number(high)?))
        } else if let Some((low, high)) = bare.split_once("..") {
            let side = |side: &str| if side.is_empty() { Some(None) } else { number(side).map(Some) };
            (side(low)?, side(high)?)
        } else {
            let point = number(bare)?;
            (Some(point), Some(point))
        };
        // The same bounds that a claim can have.
        Quantity::new(low, high, approximate).ok()?;
        Some(Figure { low, high, approximate })
    }
}

impl From<&Quantity> for Figure {
    fn from(quantity: &Quantity) -> Self {
        Figure { low: quantity.low(), high: quantity.high(), approximate: quantity.approximate }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low == high => write!(f, "{low}")?,
            (low, high) => {
                let side = |side: Option<f64>| side.map(|bound| bound.to_string()).unwrap_or_default();
                write!(f, "{}..{}", side(low), side(high))?;
            }
        }
        if self.approximate { f.write_str("~") } else { Ok(()) }
    }
}

/// Digits and at most one point.
fn number(text: &str) -> Option<f64> {
    let plain = text.starts_with(|c: char| c.is_ascii_digit()) && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_they_are_shown() {
        for text in ["30", "30..", "..30", "10000..12000~", "2..9~", "30~", "0.5", "0"] {
            assert_eq!(Figure::read(text).map(|figure| figure.to_string()).as_deref(), Some(text));
        }
        for (text, want) in [("≥30", "30.."), ("~≤40", "..40~"), ("~10..12", "10..12~"), ("7..7", "7")] {
            assert_eq!(Figure::read(text).map(|figure| figure.to_string()).as_deref(), Some(want));
        }
        for text in ["", "..", "~", "12..10", "30-40", "many", "-3", "1 000", "1e3", "inf", "1.2.3"] {
            assert_eq!(Figure::read(text), None, "{text}");
        }
    }
}

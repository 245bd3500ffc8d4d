//! Boilerplate: what an outlet prints around an article. Only closed lists of cues and a few fixed shapes count, since
//! running text that is taken for boilerplate is lost to every stage after this one.

mod cues;
mod shapes;

use recoup_model::{BlockKind, fold};

pub(crate) use cues::Cues;

/// Longest unit, in bytes, that can be boilerplate.
const LONGEST: usize = 400;

/// A paragraph or a sentence under judgement.
pub(crate) struct Unit<'t> {
    raw: &'t str,
    folded: String,
    /// Whether it stands in the first or last paragraphs, where bylines and lives of authors stand.
    at_edge: bool,
}

impl<'t> Unit<'t> {
    /// `None` where `raw` is too long to be boilerplate.
    pub(crate) fn new(raw: &'t str, at_edge: bool) -> Option<Self> {
        (raw.len() <= LONGEST).then(|| Unit { raw, folded: fold(raw), at_edge })
    }

    fn words(&self) -> Vec<&str> {
        self.folded.split(' ').filter(|word| !word.is_empty()).collect()
    }

    /// Whether the unit quotes somebody, and so may be about what a cue says rather than say it.
    fn quotes(&self) -> bool {
        self.raw.contains(['«', '“', '"'])
    }
}

/// What kind of boilerplate a whole paragraph is by its label or its shape, if any.
pub(crate) fn paragraph(unit: &Unit<'_>, cues: &Cues) -> Option<BlockKind> {
    cues.labelled(unit).or_else(|| shapes::of_line(unit))
}

/// What kind of boilerplate a sentence is, if any.
pub(crate) fn sentence(unit: &Unit<'_>, cues: &Cues) -> Option<BlockKind> {
    cues.spoken(unit).or_else(|| shapes::of_sentence(unit))
}

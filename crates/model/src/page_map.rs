//! From the text of a document back to the page that it was taken from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Span;

/// Where the text of a document stands in its page: runs of `[text, bytes, page, bytes]`, in the order of the text. Bytes of
/// the page are those of its source as it is decoded into UTF-8, in normal form C and without byte order mark.
///
/// Runs of the same length on both sides are letter for letter the same. What the text has of its own is in no run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct PageMap(Vec<[usize; 4]>);

impl PageMap {
    /// A map without runs.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds what stands behind all that is known; it is joined with the last run where both go on side by side, with one
    /// byte of white space between.
    pub fn push(&mut self, text: Span, page: Span) {
        let verbatim = text.len() == page.len();
        if let Some([from, length, at, on_page]) = self.0.last_mut()
            && verbatim
            && length == on_page
            && *from + *length + 1 == text.start()
            && *at + *on_page + 1 == page.start()
        {
            *length = text.end() - *from;
            *on_page = page.end() - *at;
            return;
        }
        self.0.push([text.start(), text.len(), page.start(), page.len()]);
    }

    /// The part of the page that holds a part of the text, with the markup in it; `None` where that is not from the page.
    pub fn locate(&self, span: Span) -> Option<Span> {
        let end_of = |run: &[usize; 4]| run[0].saturating_add(run[1]);
        let first = self.0.partition_point(|run| end_of(run) <= span.start());
        let behind = self.0.partition_point(|run| run[0] < span.end());
        let (first, last) = (self.0.get(first)?, self.0.get(behind.checked_sub(1)?)?);
        let [text, length, page, on_page] = *first;
        if text >= span.end() {
            return None;
        }
        let start = match length == on_page {
            true => page.saturating_add(span.start().saturating_sub(text)),
            false => page,
        };
        let [text, length, page, on_page] = *last;
        let end = match length == on_page {
            true => page.saturating_add(span.end().saturating_sub(text).min(length)),
            false => page.saturating_add(on_page),
        };
        Span::new(start, end).ok()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn span(start: usize, end: usize) -> Span {
        Span::new(start, end).unwrap()
    }

    #[test]
    fn parts_of_a_text_are_found_in_its_page() {
        // text: "At least 12 killed"; page: "<p>At least <b>12</b>&nbsp;killed"
        let mut map = PageMap::default();
        map.push(span(0, 2), span(3, 5));
        map.push(span(3, 8), span(6, 11));
        map.push(span(9, 11), span(15, 17));
        map.push(span(12, 18), span(27, 33));
        assert_eq!(serde_json::to_string(&map).unwrap(), "[[0,8,3,8],[9,2,15,2],[12,6,27,6]]");
        assert_eq!(map.locate(span(0, 18)), Some(span(3, 33)));
        assert_eq!(map.locate(span(3, 11)), Some(span(6, 17)));
        assert_eq!(map.locate(span(10, 14)), Some(span(16, 29)));
        assert_eq!(map.locate(span(18, 20)), None);
        assert_eq!(PageMap::default().locate(span(0, 1)), None);
    }

    #[test]
    fn a_word_that_is_written_otherwise_is_found_as_a_whole() {
        let mut map = PageMap::default();
        map.push(span(0, 8), span(10, 30));
        assert_eq!(map.locate(span(2, 5)), Some(span(10, 30)));
    }

    #[test]
    fn odd_maps_lead_nowhere_and_harm_nobody() {
        let max = usize::MAX;
        let map: PageMap = serde_json::from_str(&format!("[[5,{max},{max},{max}],[2,0,9,1],[0,1,0,0]]")).unwrap();
        for start in 0..8 {
            for end in start..9 {
                map.locate(span(start, end));
            }
        }
    }
}

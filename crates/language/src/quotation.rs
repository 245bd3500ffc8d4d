//! Quotations: the words between quotation marks.

use std::ops::Range;

use crate::{TokenKind, Tokens};

/// Quotations as ranges of tokens, marks excluded, outermost only. A quotation may reach over the sentences of its
/// block; one that is not closed ends with the block.
pub fn quotations(tokens: &Tokens<'_>, block: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Where the quotation begins, and the mark that closes it.
    let mut open: Option<(usize, &str)> = None;
    for i in block.clone() {
        if tokens.kind(i) != TokenKind::Mark {
            continue;
        }
        match (tokens.raw(i), open) {
            ("«", None) => open = Some((i + 1, "»")),
            ("“" | "„", None) => open = Some((i + 1, "”")),
            ("\"", None) => open = Some((i + 1, "\"")),
            (mark, Some((start, close))) if mark == close => {
                found.push(start..i);
                open = None;
            }
            _ => {}
        }
    }
    if let Some((start, _)) = open {
        found.push(start..block.end);
    }
    found
}

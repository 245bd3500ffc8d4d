//! Lines of a text as byte spans.

use recoup_model::Span;

/// One line, without its line break and surrounding white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    /// Bytes of the text; empty for a blank line.
    pub(crate) span: Span,
}

/// The lines of `text` from byte `from` on. A line ends with LF, CR LF, CR, or a Unicode line or paragraph separator.
pub(crate) fn lines(text: &str, from: usize) -> impl Iterator<Item = Line> + '_ {
    let mut next = Some(from);
    std::iter::from_fn(move || {
        let start = next?;
        let rest = text.get(start..)?;
        let end = rest.find(['\n', '\r', '\u{2028}', '\u{2029}']);
        next = end.map(|end| start + end + break_length(&rest[end..]));
        Some(Line { span: trimmed(text, start, end.map_or(text.len(), |end| start + end))? })
    })
}

fn break_length(rest: &str) -> usize {
    if rest.starts_with("\r\n") { 2 } else { rest.chars().next().map_or(0, char::len_utf8) }
}

/// The span of `text[start..end]` without surrounding white space; `None` where these bytes slice nothing.
pub(crate) fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let part = text.get(start..end)?;
    let start = start + part.len() - part.trim_start().len();
    Span::new(start, start + part.trim().len()).ok()
}

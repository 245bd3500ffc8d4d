//! Markdown that is safe to print: whatever comes from outside is text, and nothing else.

use serde::{Serialize, Serializer};

/// A piece of Markdown. Text from outside becomes one through [`Md::text`], which escapes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Md(String);

impl Md {
    /// Text from outside, such as a quote or a name: shown as it is, on one line, never read as markup.
    pub(crate) fn text(text: &str) -> Self {
        Md(escape(text))
    }

    /// Markdown of the program's own making.
    pub(crate) fn trusted(markdown: impl Into<String>) -> Self {
        Md(markdown.into())
    }

    /// Text from outside as code: `` `text` ``.
    pub(crate) fn code(text: &str) -> Self {
        let text = one_line(text);
        // A code span ends at a run of backticks as long as the one that opens it.
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
        let fence = "`".repeat(longest + 1);
        let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
        Md(format!("{fence}{pad}{text}{pad}{fence}"))
    }

    /// An address: a link where it is one of the web, else text.
    pub(crate) fn address(address: &str) -> Self {
        let lower = address.to_ascii_lowercase();
        let web = lower.starts_with("https://") || lower.starts_with("http://");
        let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '`' | '\\');
        if web && address.chars().all(plain) { Md(format!("<{address}>")) } else { Md::text(address) }
    }

    /// `pattern` with each `{name}` replaced by the piece of that name.
    pub(crate) fn fill(pattern: &str, pieces: &[(&str, &Md)]) -> Self {
        let mut out = String::with_capacity(pattern.len());
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, after)) = after.split_once('}') else { break };
            if let Some((_, piece)) = pieces.iter().find(|(known, _)| *known == name) {
                out.push_str(&piece.0);
            }
            rest = after;
        }
        out.push_str(rest);
        Md(out)
    }

    /// The pieces with `separator` between them.
    pub(crate) fn join(pieces: &[Md], separator: &str) -> Self {
        Md(pieces.iter().map(Md::as_str).collect::<Vec<_>>().join(separator))
    }

    /// The same with a capital at its beginning.
    pub(crate) fn capitalised(&self) -> Self {
        let mut chars = self.0.chars();
        Md(chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for Md {
    /// For templates: a string that is not escaped again.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        minijinja::Value::from_safe_string(self.0.clone()).serialize(serializer)
    }
}

/// Escapes what Markdown (CommonMark and the tables, footnotes, strike-through and mathematics of its dialects) could read
/// as markup, at any place of a line.
pub(crate) fn escape(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len() + 8);
    // `12. ` at the beginning of a line opens a list, and so do `- ` and `+ `; `---` and `===` underline a heading.
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in text.char_indices() {
        let next = text[at..].chars().nth(1);
        let opens_a_block = match c {
            '-' | '+' | '=' => at == 0 && next.is_none_or(|n| n == ' ' || n == c),
            '.' => at > 0 && at == digits && next.is_none_or(|n| n == ' '),
            _ => false,
        };
        if opens_a_block || is_markup(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn is_markup(c: char) -> bool {
    matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '<' | '>' | '#' | '|' | '~' | '$' | '&')
}

/// Without line breaks and without characters that nobody sees but that change how the rest of the line is shown.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let turns_the_line = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if c == '\n' || c == '\r' || c == '\t' || c == ' ' || matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}') {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !c.is_control() && !turns_the_line {
            out.push(c);
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;

    #[test]
    fn markup_in_a_text_is_shown_and_not_obeyed() {
        let cases = [
            ("a *bold* _claim_", r"a \*bold\* \_claim\_"),
            ("[click](javascript:alert(1))", r"\[click\]\(javascript:alert\(1\)\)"),
            ("<script>", r"\<script\>"),
            ("# not a heading", r"\# not a heading"),
            ("a|b `c` \\d", r"a\|b \`c\` \\d"),
            ("two\r\n\r\nlines", "two lines"),
            ("- no list", r"\- no list"),
            ("2024. No list", r"2024\. No list"),
            ("12.5 and - 3", "12.5 and - 3"),
            ("-5 degrees", "-5 degrees"),
            ("---", r"\---"),
            ("\u{202e}desrever", "desrever"),
            ("l’armée : « oui »", "l’armée : « oui »"),
        ];
        for (text, want) in cases {
            assert_eq!(escape(text), want);
        }
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        let cases = [
            ("https://example.org/a_b?c=(d)", "<https://example.org/a_b?c=(d)>"),
            ("HTTP://example.org", "<HTTP://example.org>"),
            ("javascript:alert(1)", r"javascript:alert\(1\)"),
            ("https://example.org/> [x](y)", r"https://example.org/\> \[x\]\(y\)"),
            ("data:text/html,<b>", r"data:text/html,\<b\>"),
        ];
        for (address, want) in cases {
            assert_eq!(Md::address(address).as_str(), want);
        }
    }

    #[test]
    fn a_code_span_outlasts_its_backticks() {
        for (text, want) in [("a", "`a`"), ("a`b", "``a`b``"), ("``", "``` `` ```"), ("{\"a\":1}", "`{\"a\":1}`")] {
            assert_eq!(Md::code(text).as_str(), want);
        }
    }

    /// What a reader of `markdown` sees, if it is one paragraph of plain text.
    fn shown(markdown: &str) -> Option<String> {
        let mut shown = String::new();
        let dialects = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_MATH
            | Options::ENABLE_GFM;
        for event in Parser::new_ext(markdown, dialects) {
            match event {
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                Event::Text(text) => shown.push_str(&text),
                _ => return None,
            }
        }
        Some(shown)
    }

    proptest! {
        #[test]
        fn a_text_is_shown_as_it_is(text in r"[-a-z0-9 .,:;!?*_\[\]()<>#|~$&`\\+=^{}éœ«»\n]{0,60}") {
            prop_assert_eq!(shown(&escape(&text)), Some(one_line(&text)));
        }
    }
}

//! The text of HTML that is no page: what feeds and newsletters carry as the body of an article.
//!
//! A makeshift until a stage reads HTML: tags go, paragraphs stay. Main text, lists of links and layout are not told apart.

use quick_xml::escape::resolve_html5_entity;
use quick_xml::escape::unescape_with;

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
];

/// Elements of which the content is no text.
const SILENT: &[&str] = &["script", "style", "noscript", "template", "iframe", "svg", "head"];

/// The text of some HTML without its tags: a blank line between blocks, `- ` before list items, entities resolved.
pub fn fragment_text(html: &str) -> String {
    let mut out = Out::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.text(&rest[..at]);
        let tag = &rest[at..];
        if let Some(comment) = tag.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let is_tag = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let Some(end) = tag.find('>').filter(|_| is_tag) else {
            out.text("<");
            rest = &tag[1..];
            continue;
        };
        let name = name(&tag[1..end]);
        rest = &tag[end + 1..];
        if SILENT.contains(&name.as_str()) {
            rest = after(rest, &name);
        } else {
            out.tag(&name);
        }
    }
    out.text(rest);
    out.text.trim().to_owned()
}

/// `/P class=x` -> `/p`
fn name(tag: &str) -> String {
    let end = tag.char_indices().skip(1).find(|(_, c)| !c.is_ascii_alphanumeric()).map_or(tag.len(), |(at, _)| at);
    tag[..end].to_ascii_lowercase()
}

/// What stands behind the end tag of an element; nothing where it has none.
fn after<'h>(html: &'h str, name: &str) -> &'h str {
    let mut rest = html;
    while let Some(at) = rest.find("</") {
        rest = &rest[at + 2..];
        if rest.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return rest.find('>').map_or("", |end| &rest[end + 1..]);
        }
    }
    ""
}

#[derive(Default)]
struct Out {
    text: String,
}

impl Out {
    /// Text between tags: white space of any length is one space.
    fn text(&mut self, raw: &str) {
        let resolved = unescape_with(raw, resolve_html5_entity);
        let plain = resolved.as_deref().unwrap_or(raw);
        for c in plain.chars() {
            let c = if c == '\u{a0}' { ' ' } else { c };
            if !c.is_whitespace() {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
    }

    fn tag(&mut self, name: &str) {
        let element = name.trim_start_matches('/');
        match element {
            "br" => self.break_line(1),
            "li" => {
                self.break_line(1);
                if !name.starts_with('/') {
                    self.text.push_str("- ");
                }
            }
            "td" | "th" => self.text(" "),
            _ if BLOCKS.contains(&element) => self.break_line(2),
            _ => {}
        }
    }

    fn break_line(&mut self, breaks: usize) {
        let kept = self.text.trim_end_matches(' ').len();
        self.text.truncate(kept);
        let there = self.text.len() - self.text.trim_end_matches('\n').len();
        if !self.text.is_empty() {
            self.text.extend(std::iter::repeat_n('\n', breaks.saturating_sub(there)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_fragments() {
        let cases = [
            ("plain", "plain"),
            ("<p>Le pont\n  est ferm&eacute;.</p><p>Rien d&#8217;autre.</p>", "Le pont est fermé.\n\nRien d’autre."),
            ("a<br/>b<BR>c", "a\nb\nc"),
            ("<ul><li>one</li><li>two</li></ul>after", "- one\n- two\n\nafter"),
            ("x <script>if (a<b) {}</script>y", "x y"),
            ("<!-- no -->2 < 3 &amp; 4 > 3", "2 < 3 & 4 > 3"),
            ("<p>open", "open"),
            ("a<", "a<"),
            ("<script>never closed", ""),
            ("&unknown; & &#x110000;", "&unknown; & &#x110000;"),
        ];
        for (html, text) in cases {
            assert_eq!(fragment_text(html), text, "{html}");
        }
    }
}

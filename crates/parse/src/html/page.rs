//! A page as a tree, read within limits.

use ego_tree::{NodeId, NodeRef};
use html5ever::driver::{ParseOpts, parse_document};
use html5ever::tendril::TendrilSink;
use scraper::{Html, HtmlTreeSink, Node};

/// Bytes that are parsed before the limits are looked at again.
const CHUNK: usize = 16_384;

/// Attributes of one tag: the parser compares each with all others.
const ATTRIBUTES: usize = 5_000;

/// How large a tree may grow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Elements within one another.
    pub(crate) depth: usize,
    /// Elements and runs of text.
    pub(crate) nodes: usize,
}

/// A page that is not read, since its tree would be too large.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TooLarge {
    /// Deeper than [`Limits::depth`].
    #[error("its elements stand more than {0} deep within one another")]
    Deep(usize),
    /// More than [`Limits::nodes`].
    #[error("it has more than {0} elements and runs of text")]
    Many(usize),
    /// More than [`ATTRIBUTES`] in one tag.
    #[error("one of its tags has more than {0} attributes")]
    Attributes(usize),
}

/// The tree of a page.
///
/// The parser works a chunk at a time, for some short pages make trees that cost it the square of their size.
///
/// # Errors
/// [`TooLarge`] where the tree outgrows the limits.
pub(crate) fn parse(html: &str, limits: Limits) -> Result<Html, TooLarge> {
    if has_endless_tag(html) {
        return Err(TooLarge::Attributes(ATTRIBUTES));
    }
    let mut parser = parse_document(HtmlTreeSink::new(Html::new_document()), ParseOpts::default());
    let mut rest = html;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(rest.floor_char_boundary(CHUNK));
        parser.process(chunk.into());
        check(&parser.tokenizer.sink.sink.0.borrow(), limits)?;
        rest = after;
    }
    let page = parser.finish();
    check(&page, limits)?;
    Ok(page)
}

/// Whether one tag holds too many words outside quotes. What stands in scripts is passed over.
fn has_endless_tag(html: &str) -> bool {
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let raw = ["script", "style"].into_iter().find(|raw| starts_with(rest, raw));
        let (words, length) = tag(rest);
        if words > ATTRIBUTES {
            return true;
        }
        rest = &rest[length..];
        if let Some(raw) = raw {
            rest = after_raw(rest, raw);
        }
    }
    false
}

/// How many words stand in the tag at the start of `text` outside quotes, and how long it is.
fn tag(text: &str) -> (usize, usize) {
    let (mut words, mut quote) = (0, None);
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return (words, at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b' ' | b'\t' | b'\n' | b'\r' | b'/') => words += 1,
            (Some(mark), byte) if mark == byte => quote = None,
            _ => {}
        }
    }
    (words, text.len())
}

/// What follows the end of a script or a style sheet that `text` is in.
fn after_raw<'t>(text: &'t str, raw: &str) -> &'t str {
    let end = text.match_indices("</").find(|(at, _)| starts_with(&text[at + 2..], raw));
    end.map_or("", |(at, _)| &text[at..])
}

fn starts_with(text: &str, name: &str) -> bool {
    text.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
}

/// The newest node stands about where the parser does, so its depth is that of the open elements.
fn check(page: &Html, limits: Limits) -> Result<(), TooLarge> {
    let mut nodes = page.tree.nodes();
    if nodes.len() > limits.nodes {
        return Err(TooLarge::Many(limits.nodes));
    }
    let too_deep = nodes.next_back().is_some_and(|last| last.ancestors().nth(limits.depth).is_some());
    if too_deep { Err(TooLarge::Deep(limits.depth)) } else { Ok(()) }
}

/// The name of an element; empty for what is none.
pub(crate) fn name<'a>(node: NodeRef<'a, Node>) -> &'a str {
    node.value().as_element().map_or("", |element| element.name())
}

/// An attribute of an element, without white space around it; `None` where it is empty.
pub(crate) fn attribute<'a>(node: NodeRef<'a, Node>, name: &str) -> Option<&'a str> {
    let mut attributes = node.value().as_element()?.attrs();
    attributes.find(|(key, _)| *key == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
}

/// The elements in and under `root`, in order.
pub(crate) fn elements<'a>(root: NodeRef<'a, Node>) -> impl Iterator<Item = NodeRef<'a, Node>> {
    root.descendants().filter(|node| node.value().is_element())
}

/// The first element of this name in and under `root`.
pub(crate) fn first<'a>(root: NodeRef<'a, Node>, wanted: &str) -> Option<NodeRef<'a, Node>> {
    elements(root).find(|&node| name(node) == wanted)
}

/// The text in and under `node` as it is printed within a line, white space collapsed.
pub(crate) fn text_of(node: NodeRef<'_, Node>) -> String {
    let mut text = String::new();
    node.descendants().filter_map(|node| node.value().as_text()).for_each(|part| text.push_str(part));
    collapse(&text)
}

/// `text` with one blank for each run of white space, and none around it. Blanks that forbid a line break stay.
pub(crate) fn collapse(text: &str) -> String {
    let is_blank = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}');
    let mut out = String::with_capacity(text.len());
    for word in text.split(is_blank).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.trim().to_owned()
}

/// Takes a node out of its page.
pub(crate) fn detach(page: &mut Html, id: NodeId) {
    if let Some(mut node) = page.tree.get_mut(id) {
        node.detach();
    }
}

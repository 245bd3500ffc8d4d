//! A page as a list of paragraphs, headings, points, rows and captions, in order.

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use recoup_model::{BlockKind, fold};
use scraper::{Html, Node};

use super::page::{attribute, collapse, name, text_of};

/// Longest cell, in bytes, of a table that holds data rather than the page.
const CELL: usize = 200;

/// One paragraph, heading, point, row or caption.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    /// Its text in one line.
    pub(crate) text: String,
    /// Folded.
    pub(crate) words: Vec<String>,
    pub(crate) kind: BlockKind,
    /// The element that holds it.
    pub(crate) node: NodeId,
    /// Bytes of it that are in links.
    pub(crate) linked: usize,
}

impl Unit {
    fn new(text: String, kind: BlockKind, node: NodeId, linked: usize) -> Option<Self> {
        let words: Vec<String> = fold(&text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        (!words.is_empty()).then_some(Unit { text, words, kind, node, linked })
    }

    /// Whether most of it is links.
    pub(crate) fn is_linked(&self) -> bool {
        self.linked * 2 > self.text.len()
    }
}

/// The units of a page, in order.
pub(crate) fn units(page: &Html) -> Vec<Unit> {
    let mut reader =
        Reader { units: Vec::new(), line: String::new(), linked: 0, holders: Vec::new(), links: 0, skip: None };
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) => reader.open(node),
            Edge::Close(node) => reader.close(node),
        }
    }
    reader.units
}

struct Reader {
    units: Vec<Unit>,
    line: String,
    linked: usize,
    /// The open elements that begin a unit, with what kind of units stand in them.
    holders: Vec<(NodeId, BlockKind)>,
    /// Open links.
    links: usize,
    /// The element that is passed over until it closes.
    skip: Option<NodeId>,
}

impl Reader {
    fn open(&mut self, node: NodeRef<'_, Node>) {
        if self.skip.is_some() {
            return;
        }
        match node.value() {
            Node::Text(text) => {
                self.line.push_str(text);
                self.linked += if self.links > 0 { text.len() } else { 0 };
            }
            Node::Element(element) => match element.name() {
                "head" => self.skip = Some(node.id()),
                "a" => self.links += 1,
                "br" => self.line.push('\n'),
                "tr" if is_row_of_data(node) => {
                    self.flush();
                    let cells: Vec<String> = node
                        .children()
                        .filter(|cell| is_cell(*cell))
                        .map(text_of)
                        .filter(|cell| !cell.is_empty())
                        .collect();
                    self.units.extend(Unit::new(cells.join(" | "), BlockKind::TableRow, node.id(), 0));
                    self.skip = Some(node.id());
                }
                named if is_block(named) => {
                    self.flush();
                    let around = self.holders.last().map_or(BlockKind::Paragraph, |&(_, kind)| kind);
                    self.holders.push((node.id(), kind_in(node, around)));
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn close(&mut self, node: NodeRef<'_, Node>) {
        if self.skip.is_some() {
            if self.skip == Some(node.id()) {
                self.skip = None;
            }
            return;
        }
        let named = name(node);
        if named == "a" {
            self.links = self.links.saturating_sub(1);
        } else if is_block(named) {
            self.flush();
            self.holders.pop();
        }
    }

    /// Ends the unit in hand: one for each of its lines.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        let linked = std::mem::take(&mut self.linked);
        let Some(&(node, kind)) = self.holders.last() else { return };
        let mut lines: Vec<String> = Vec::new();
        for part in line.split('\n').map(collapse) {
            let goes_on = part.starts_with(char::is_lowercase)
                && lines.last().is_some_and(|last| last.ends_with(|c: char| c.is_alphanumeric() || c == ','));
            match lines.last_mut().filter(|_| goes_on) {
                Some(last) => *last = format!("{last} {part}"),
                None => lines.push(part),
            }
        }
        let alone = lines.iter().filter(|line| !line.is_empty()).count() == 1;
        for text in lines {
            self.units.extend(Unit::new(text, kind, node, if alone { linked } else { 0 }));
        }
    }
}

pub(crate) fn is_block(name: &str) -> bool {
    !matches!(
        name,
        "" | "a"
            | "b"
            | "i"
            | "em"
            | "strong"
            | "span"
            | "font"
            | "u"
            | "s"
            | "small"
            | "big"
            | "sub"
            | "sup"
            | "abbr"
            | "cite"
            | "q"
            | "time"
            | "mark"
            | "code"
            | "tt"
            | "ins"
            | "del"
            | "acronym"
            | "bdi"
            | "bdo"
            | "br"
            | "wbr"
            | "img"
            | "label"
            | "amp-img"
            | "data"
            | "var"
            | "samp"
            | "kbd"
            | "dfn"
            | "strike"
            | "center"
            | "nobr"
    )
}

/// What kind of units stand in an element, within one that holds units of the kind `around`.
fn kind_in(node: NodeRef<'_, Node>, around: BlockKind) -> BlockKind {
    let is_caption = |class: &str| class.split_whitespace().any(|word| word.contains("caption"));
    match name(node) {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
        "li" | "dd" | "dt" => BlockKind::ListItem,
        "blockquote" => BlockKind::Quote,
        "figcaption" => BlockKind::Caption,
        "p" | "div" if attribute(node, "class").is_some_and(is_caption) => BlockKind::Caption,
        "td" | "th" | "table" | "body" | "article" | "section" => BlockKind::Paragraph,
        _ => around,
    }
}

fn is_cell(node: NodeRef<'_, Node>) -> bool {
    matches!(name(node), "td" | "th")
}

/// Whether a row holds cells of data: several, all short, none of them a table.
fn is_row_of_data(row: NodeRef<'_, Node>) -> bool {
    let mut filled = 0;
    for cell in row.children().filter(|&cell| is_cell(cell)) {
        let mut length = 0;
        for node in cell.descendants() {
            match node.value() {
                Node::Text(text) => length += text.trim().len(),
                Node::Element(element) if matches!(element.name(), "table" | "ul" | "h1" | "h2" | "div") => {
                    return false;
                }
                _ => {}
            }
            if length > CELL {
                return false;
            }
        }
        filled += usize::from(length > 0);
    }
    filled >= 2
}

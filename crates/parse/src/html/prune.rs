//! What is plainly no article is taken out of a page before the library looks for its main text: the library is both
//! surer and faster on what is left.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use foldhash::{HashMap, HashMapExt as _};
use scraper::{Html, Node};

use super::page::{attribute, detach, name};

/// Elements that hold no article, whatever is in them.
const NEVER: &[&str] = &[
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "canvas",
    "iframe",
    "object",
    "embed",
    "nav",
    "button",
    "select",
    "input",
    "textarea",
    "audio",
    "video",
    "map",
    "dialog",
    "amp-sidebar",
    "amp-ad",
    "amp-consent",
];

/// Elements in which a list of links or a river of teasers comes.
const CONTAINERS: &[&str] = &[
    "div", "section", "ul", "ol", "li", "aside", "table", "tr", "td", "p", "dl", "article", "header", "footer", "span",
];

/// Words in the class or the id of an element that holds something else than the article.
const ELSEWHERE: &[&str] = &[
    "newsletter",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "related",
    "relatedposts",
    "mostread",
    "most-read",
    "read-next",
    "readnext",
    "sharedaddy",
    "share-tools",
    "social-share",
    "outbrain",
    "taboola",
    "ad-slot",
    "adslot",
    "advert",
    "advertisement",
    "comments",
    "disqus",
    "breadcrumb",
    "breadcrumbs",
    "read-more",
    "readmore",
    "inread",
    "promo",
    "links-block",
    "tag-list",
];

/// Share of its text in links from which on a container is a list of links.
const LINKED: usize = 70;
/// Fewest links in a list of links.
const LINKS: usize = 3;
/// Shortest run of text, in bytes, that may be of the article though links stand around it.
const PROSE: usize = 100;
/// Fewest siblings that make a river of teasers.
const TEASERS: usize = 3;
/// Longest teaser, in bytes of text.
const TEASER: usize = 600;

/// What stands in and under a node.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    /// Bytes of text.
    text: usize,
    /// Of these, in links.
    linked: usize,
    links: usize,
    /// Bytes of the longest run of text that is in no link.
    prose: usize,
    /// Whether a heading is a link to another page.
    heads_elsewhere: bool,
}

impl Weight {
    fn add(&mut self, other: Weight) {
        self.text += other.text;
        self.linked += other.linked;
        self.links += other.links;
        self.prose = self.prose.max(other.prose);
        self.heads_elsewhere |= other.heads_elsewhere;
    }
}

/// What was taken out of a page.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Pruned {
    /// Teasers of other articles.
    pub(crate) teasers: usize,
}

/// Takes out of `page` what is not for readers, or hidden from them.
pub(crate) fn strip(page: &mut Html) {
    let never: Vec<NodeId> =
        page.tree.root().descendants().filter(|&node| is_never(node)).map(|node| node.id()).collect();
    never.into_iter().for_each(|id| detach(page, id));
}

/// Takes out of a stripped page what is plainly no article.
pub(crate) fn prune(page: &mut Html) -> Pruned {
    let weights = weigh(page);
    let total = weights.get(&page.tree.root().id()).copied().unwrap_or_default();
    let mut found = Pruned { teasers: 0 };
    let mut out: Vec<NodeId> = Vec::new();
    for node in page.tree.root().descendants() {
        let Some(weight) = weights.get(&node.id()) else { continue };
        if is_elsewhere(node, *weight, total) || is_link_list(node, *weight) {
            out.push(node.id());
        }
        let teasers = teasers_in(node, &weights);
        found.teasers += teasers.len();
        out.extend(teasers);
    }
    out.into_iter().for_each(|id| detach(page, id));
    found
}

fn is_never(node: NodeRef<'_, Node>) -> bool {
    match node.value() {
        Node::Comment(_) | Node::ProcessingInstruction(_) => true,
        Node::Element(element) => {
            let is_hidden = |(key, value): (&str, &str)| match key {
                "hidden" => true,
                "aria-hidden" => value == "true",
                "style" => is_hidden_style(value),
                _ => false,
            };
            NEVER.contains(&element.name())
                || element.attrs().any(is_hidden) && !matches!(element.name(), "html" | "body" | "main" | "article")
        }
        _ => false,
    }
}

fn is_hidden_style(style: &str) -> bool {
    style.split(';').any(|rule| {
        let mut halves = rule.split(':').map(str::trim);
        matches!((halves.next(), halves.next()), (Some("display"), Some(value)) if value.starts_with("none"))
    })
}

/// The weight of every element, from the leaves to the root.
fn weigh(page: &Html) -> HashMap<NodeId, Weight> {
    let mut weights: HashMap<NodeId, Weight> = HashMap::new();
    let mut open: Vec<Weight> = vec![Weight::default()];
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(_) => open.push(Weight::default()),
            Edge::Close(node) => {
                let mut weight = open.pop().unwrap_or_default();
                match node.value() {
                    Node::Text(text) => {
                        weight.text = text.split_whitespace().map(str::len).sum();
                        weight.prose = weight.text;
                    }
                    Node::Element(_) => close(node, &mut weight),
                    _ => {}
                }
                if !node.value().is_text() {
                    weights.insert(node.id(), weight);
                }
                if let Some(parent) = open.last_mut() {
                    parent.add(weight);
                }
            }
        }
    }
    weights
}

fn close(node: NodeRef<'_, Node>, weight: &mut Weight) {
    let named = name(node);
    if named == "a" {
        let elsewhere = attribute(node, "href").is_some_and(|to| !to.starts_with('#'));
        let holds_heading = node.descendants().any(|node| is_heading(name(node)));
        weight.linked = weight.text;
        weight.links = 1;
        weight.prose = 0;
        weight.heads_elsewhere = elsewhere && holds_heading;
    } else if is_heading(named) {
        let elsewhere = node
            .descendants()
            .any(|node| name(node) == "a" && attribute(node, "href").is_some_and(|to| !to.starts_with('#')));
        weight.heads_elsewhere = elsewhere && weight.linked * 10 >= weight.text * 9 && weight.text > 0;
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_elsewhere(node: NodeRef<'_, Node>, weight: Weight, total: Weight) -> bool {
    let Some(element) = node.value().as_element() else { return false };
    if !CONTAINERS.contains(&element.name()) || (weight.text - weight.linked) * 3 > total.text - total.linked {
        return false;
    }
    element.attrs().any(|(key, value)| matches!(key, "class" | "id") && names_elsewhere(value))
}

/// Whether one of the words stands in a class or an id, such as `c-newsletter-box`.
fn names_elsewhere(names: &str) -> bool {
    static WORDS: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(ELSEWHERE).ok());
    let is_edge = |byte: Option<&u8>| byte.is_none_or(|byte| matches!(byte, b'-' | b'_' | b' ' | b'\n' | b'\t'));
    let bytes = names.as_bytes();
    WORDS.as_ref().is_some_and(|words| {
        let is_word = |found: aho_corasick::Match| {
            is_edge(found.start().checked_sub(1).and_then(|at| bytes.get(at))) && is_edge(bytes.get(found.end()))
        };
        words.find_overlapping_iter(names).any(is_word)
    })
}

fn is_link_list(node: NodeRef<'_, Node>, weight: Weight) -> bool {
    CONTAINERS.contains(&name(node))
        && weight.links >= LINKS
        && weight.linked * 100 >= weight.text * LINKED
        && weight.prose < PROSE
}

/// The children of `node` that are teasers of other articles, where there are enough of them.
fn teasers_in(node: NodeRef<'_, Node>, weights: &HashMap<NodeId, Weight>) -> Vec<NodeId> {
    let is_teaser = |child: &NodeRef<'_, Node>| {
        let weight = weights.get(&child.id()).copied().unwrap_or_default();
        CONTAINERS.contains(&name(*child)) && weight.heads_elsewhere && weight.text <= TEASER
    };
    let teasers: Vec<NodeId> = node.children().filter(is_teaser).map(|child| child.id()).collect();
    if teasers.len() >= TEASERS { teasers } else { Vec::new() }
}

//! Live blogs: pages that tell an event post by post.

use ego_tree::NodeRef;
use recoup_model::fold;
use scraper::{Html, Node};

use super::json_ld;
use super::metadata::Metadata;
use super::page::{Limits, attribute, elements, name, parse, text_of};
use super::units::{Unit, units};
use super::verdict::{PageCues, says};

/// Fewest posts of a live blog.
const POSTS: usize = 3;
/// Shortest post, in bytes.
const SHORTEST: usize = 40;
/// Posts that are read.
const MOST: usize = 2_000;

/// One post.
#[derive(Debug)]
pub(crate) struct Post {
    pub(crate) headline: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) units: Vec<Unit>,
}

/// The posts of a stripped page; none where it is no live blog.
pub(crate) fn posts(page: &Html, metadata: &Metadata, cues: &PageCues, limits: Limits) -> Vec<Post> {
    let linked = &metadata.linked.posts;
    if linked.len() >= 2 {
        return linked.iter().take(MOST).filter_map(|post| of_linked(post, limits)).collect();
    }
    if !is_live(page, metadata, cues) {
        return Vec::new();
    }
    let within = |node: NodeRef<'_, Node>| node.children().filter(|&child| is_post(child)).count();
    let stream = elements(page.tree.root()).map(|node| (within(node), node)).filter(|&(count, _)| count >= POSTS);
    let stream = stream.reduce(|best, next| if next.0 > best.0 { next } else { best });
    stream
        .into_iter()
        .flat_map(|(_, node)| node.children())
        .filter(|&node| is_post(node))
        .take(MOST)
        .filter_map(|node| of_element(node, limits))
        .collect()
}

fn of_linked(post: &json_ld::Post, limits: Limits) -> Option<Post> {
    let units = units_of(&post.body, limits);
    (!units.is_empty()).then(|| Post { headline: post.headline.clone(), published: post.published.clone(), units })
}

/// The units of a piece of HTML, or of plain text.
pub(crate) fn units_of(source: &str, limits: Limits) -> Vec<Unit> {
    let is_markup = source.contains("</") || source.contains("<br");
    let broken = if is_markup { source.to_owned() } else { source.replace('<', "&lt;").replace('\n', "<br><br>") };
    parse(&format!("<body>{broken}"), limits).map(|page| units(&page)).unwrap_or_default()
}

fn is_live(page: &Html, metadata: &Metadata, cues: &PageCues) -> bool {
    let title = metadata.page_title.as_deref().or(metadata.title.as_deref()).map(fold).unwrap_or_default();
    let names_it = |node: NodeRef<'_, Node>| {
        let classes = [attribute(node, "class"), attribute(node, "id")];
        classes.into_iter().flatten().any(|class| says(&fold(class), &cues.live))
    };
    says(&title, &cues.live) || elements(page.tree.root()).any(names_it)
}

/// Whether an element is a post: a time of its own, and some text.
fn is_post(node: NodeRef<'_, Node>) -> bool {
    let mut times = 0;
    let mut length = 0;
    if !matches!(name(node), "article" | "div" | "li" | "section") {
        return false;
    }
    for inner in node.descendants() {
        times += usize::from(name(inner) == "time" && attribute(inner, "datetime").is_some());
        length += inner.value().as_text().map_or(0, |text| text.trim().len());
        if times > 1 {
            return false;
        }
    }
    times == 1 && length >= SHORTEST
}

fn of_element(node: NodeRef<'_, Node>, limits: Limits) -> Option<Post> {
    let element = scraper::ElementRef::wrap(node)?;
    let time = elements(node).find(|&node| name(node) == "time").map(text_of).unwrap_or_default();
    let heading = elements(node).find(|&node| matches!(name(node), "h1" | "h2" | "h3" | "h4")).map(text_of);
    let published = elements(node).find_map(|node| attribute(node, "datetime")).map(str::to_owned);
    let all = units_of(&element.html(), limits);
    let units: Vec<Unit> =
        all.into_iter().filter(|unit| unit.text != time && Some(&unit.text) != heading.as_ref()).collect();
    (!units.is_empty()).then_some(Post { headline: heading.filter(|text| !text.is_empty()), published, units })
}

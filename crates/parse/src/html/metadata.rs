//! Title, author, outlet, address and language, as a page gives them for other programs.

use foldhash::{HashMap, HashMapExt as _};
use scraper::Html;

use super::json_ld::{self, Linked};
use super::page::{attribute, collapse, elements, first, name, text_of};

/// What a page says of itself.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) descriptions: Vec<String>,
    /// Its `title` element, whole.
    pub(crate) page_title: Option<String>,
    /// Whether it says that it is an article.
    pub(crate) is_article: bool,
    pub(crate) linked: Linked,
    /// The `meta` elements, by name or property in lower case; the first of each.
    pub(crate) metas: HashMap<String, String>,
}

/// Reads the head of a whole page.
pub(crate) fn read(page: &Html) -> Metadata {
    let linked = json_ld::read(page);
    let metas = metas(page);
    let meta = |keys: &[&str]| keys.iter().find_map(|&key| metas.get(key)).cloned();
    let root = page.tree.root();
    let page_title = first(root, "title").map(text_of).filter(|title| !title.is_empty());
    let heading = elements(root).find(|&node| name(node) == "h1").map(text_of).filter(|text| !text.is_empty());
    let url =
        canonical(page).or_else(|| meta(&["og:url"])).or_else(|| linked.url.clone()).filter(|url| is_of_article(url));
    let site = meta(&["og:site_name"]).or_else(|| linked.publisher.clone()).or_else(|| meta(&["application-name"]));
    let title = linked.headline.clone().or_else(|| meta(&["og:title", "twitter:title"])).or(heading);
    let title = title.or_else(|| page_title.clone()).map(|title| without_site(&title, site.as_deref()));
    let authors = (!linked.authors.is_empty()).then(|| linked.authors.join(", "));
    let byline = authors.or_else(|| meta(&["author", "article:author", "dc.creator"])).or_else(|| byline(page));
    let descriptions = [meta(&["og:description"]), linked.description.clone(), meta(&["description"])];
    Metadata {
        title,
        byline: byline.filter(|line| !line.starts_with("http")),
        outlet: site.or_else(|| url.as_deref().and_then(host)),
        language: attribute_of_root(page)
            .or_else(|| linked.language.clone())
            .or_else(|| meta(&["og:locale"]))
            .and_then(|tag| primary(&tag)),
        descriptions: descriptions.into_iter().flatten().collect(),
        is_article: linked.is_article || has_article_body(page) || meta(&["og:type"]).as_deref() == Some("article"),
        url,
        page_title,
        linked,
        metas,
    }
}

fn metas(page: &Html) -> HashMap<String, String> {
    let mut found = HashMap::new();
    for node in elements(page.tree.root()).filter(|&node| name(node) == "meta") {
        let key = attribute(node, "property").or_else(|| attribute(node, "name"));
        if let (Some(key), Some(content)) = (key, attribute(node, "content")) {
            found.entry(key.to_ascii_lowercase()).or_insert_with(|| collapse(content));
        }
    }
    found
}

fn canonical(page: &Html) -> Option<String> {
    let is_canonical = |rel: &str| rel.eq_ignore_ascii_case("canonical");
    elements(page.tree.root())
        .filter(|&node| name(node) == "link" && attribute(node, "rel").is_some_and(is_canonical))
        .find_map(|node| attribute(node, "href"))
        .map(str::to_owned)
}

/// Whether an address is that of a page and not of a whole site.
fn is_of_article(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.and_then(|rest| rest.split_once('/')).is_some_and(|(host, path)| !host.is_empty() && !path.is_empty())
}

/// The host of an address, without `www.`.
pub(crate) fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next().filter(|host| host.contains('.'))?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_ascii_lowercase())
}

/// What stands between a title and the name of the site.
pub(crate) const MARKS: [&str; 4] = [" | ", " - ", " – ", " — "];

/// A title without the name of the site behind it.
fn without_site(title: &str, site: Option<&str>) -> String {
    let cut = MARKS.iter().find_map(|mark| {
        let (head, tail) = title.rsplit_once(mark)?;
        let is_site = site.is_some_and(|site| tail.trim().eq_ignore_ascii_case(site));
        (is_site && !head.trim().is_empty()).then(|| head.trim().to_owned())
    });
    cut.unwrap_or_else(|| title.to_owned())
}

fn attribute_of_root(page: &Html) -> Option<String> {
    first(page.tree.root(), "html").and_then(|node| attribute(node, "lang")).map(str::to_owned)
}

/// `fr` of `fr-FR` or `fr_CA`.
fn primary(tag: &str) -> Option<String> {
    let code = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())).then_some(code)
}

/// Whether microdata say where the text of the article stands.
fn has_article_body(page: &Html) -> bool {
    elements(page.tree.root()).any(|node| attribute(node, "itemprop") == Some("articleBody"))
}

/// The line of the author in the page.
fn byline(page: &Html) -> Option<String> {
    let is_author = |node: &ego_tree::NodeRef<'_, scraper::Node>| {
        attribute(*node, "itemprop") == Some("author") || attribute(*node, "rel") == Some("author")
    };
    let line = elements(page.tree.root()).find(is_author).map(text_of)?;
    (!line.is_empty() && line.len() <= 120).then_some(line)
}

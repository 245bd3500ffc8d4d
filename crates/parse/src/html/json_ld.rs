//! What a page says of its article in JSON-LD.

use scraper::Html;
use serde_json::Value;

use super::page::{attribute, collapse, elements, name};

/// Longest script that is read, in bytes.
const LONGEST: usize = 2_000_000;
/// Objects within one another that are looked into.
const DEPTH: usize = 8;

/// What is said of an article.
#[derive(Debug, Clone, Default)]
pub(crate) struct Linked {
    pub(crate) headline: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) body: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) url: Option<String>,
    /// Whether the page says that the article is for subscribers.
    pub(crate) is_closed: bool,
    /// Whether there is an article at all.
    pub(crate) is_article: bool,
    pub(crate) posts: Vec<Post>,
}

/// One post of a live blog.
#[derive(Debug, Clone, Default)]
pub(crate) struct Post {
    pub(crate) headline: Option<String>,
    pub(crate) body: String,
    pub(crate) published: Option<String>,
}

/// The article among all that the scripts of a page describe: the first of a type that is one.
pub(crate) fn read(page: &Html) -> Linked {
    let mut found = Linked::default();
    let is_data = |kind: &str| kind.to_ascii_lowercase().starts_with("application/ld+json");
    for script in elements(page.tree.root()).filter(|&node| name(node) == "script") {
        if !attribute(script, "type").is_some_and(is_data) {
            continue;
        }
        let source: String =
            script.descendants().filter_map(|node| node.value().as_text()).map(|text| &**text).collect();
        if source.len() > LONGEST {
            continue;
        }
        if let Ok(value) = serde_json::from_str::<Value>(source.trim().trim_end_matches(';')) {
            look(&value, &mut found, 0);
        }
    }
    found
}

fn look(value: &Value, found: &mut Linked, depth: usize) {
    if depth > DEPTH {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| look(value, found, depth + 1)),
        Value::Object(object) => {
            if is_article(value) && !found.is_article {
                take(value, found);
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = object.get(key) {
                    look(inner, found, depth + 1);
                }
            }
        }
        _ => {}
    }
}

fn is_article(value: &Value) -> bool {
    let is_one = |kind: &str| kind.ends_with("Article") || matches!(kind, "BlogPosting" | "LiveBlogPosting" | "Report");
    strings(value.get("@type")).iter().any(|kind| is_one(kind))
}

fn take(value: &Value, found: &mut Linked) {
    let text = |key: &str| strings(value.get(key)).into_iter().next().map(collapse).filter(|text| !text.is_empty());
    let closed =
        |free: &Value| free.as_bool() == Some(false) || free.as_str().is_some_and(|s| s.eq_ignore_ascii_case("false"));
    *found = Linked {
        headline: text("headline").or_else(|| text("name")),
        description: text("description"),
        body: strings(value.get("articleBody")).into_iter().next().map(str::to_owned),
        published: text("datePublished").or_else(|| text("dateCreated")),
        modified: text("dateModified"),
        language: text("inLanguage"),
        authors: names(value.get("author")),
        publisher: names(value.get("publisher")).into_iter().next(),
        url: text("mainEntityOfPage").or_else(|| text("url")),
        is_closed: value.get("isAccessibleForFree").is_some_and(closed),
        is_article: true,
        posts: value.get("liveBlogUpdate").and_then(Value::as_array).into_iter().flatten().filter_map(post).collect(),
    };
}

fn post(value: &Value) -> Option<Post> {
    let text = |key: &str| strings(value.get(key)).into_iter().next().map(str::to_owned);
    let body = text("articleBody").filter(|body| !body.trim().is_empty())?;
    Some(Post { headline: text("headline").map(|head| collapse(&head)), body, published: text("datePublished") })
}

/// The strings that a value is, or its list holds, or the `@id` of an object.
fn strings(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
        Some(Value::Object(object)) => object.get("@id").and_then(Value::as_str).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The names of persons or bodies, given as strings, objects or lists of either.
fn names(value: Option<&Value>) -> Vec<String> {
    let named = |value: &Value| {
        let name = value.as_str().or_else(|| value.get("name")?.as_str())?;
        Some(collapse(name)).filter(|name| !name.is_empty())
    };
    match value {
        Some(Value::Array(values)) => values.iter().filter_map(named).collect(),
        Some(value) => named(value).into_iter().collect(),
        None => Vec::new(),
    }
}

//! Entries of feeds and the pages that they refer to.

use std::collections::BTreeMap;

use recoup_model::{Diagnostic, Document, Level, Published, PublishedFrom};

/// Where the page of an entry was read too, the page stays: it has the whole text. It gets the day that the feed gives,
/// and the outlet where it names none.
pub(super) fn join(documents: &mut Vec<Document>, diagnostics: &mut Vec<Diagnostic>) {
    let mut pages: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, document) in documents.iter().enumerate().filter(|(_, document)| !is_entry(document)) {
        if let Some(url) = &document.url {
            pages.entry(same(url)).or_default().push(at);
        }
    }
    // Told before a page gets the day of a feed.
    let entries: Vec<bool> = documents.iter().map(is_entry).collect();
    let all = std::mem::take(documents);
    let mut joined: Vec<Option<Document>> = all.into_iter().map(Some).collect();
    for at in 0..joined.len() {
        let Some(entry) = joined[at].take_if(|_| entries[at]) else { continue };
        let Some(pages) = entry.url.as_deref().and_then(|url| pages.get(&same(url))) else {
            joined[at] = Some(entry);
            continue;
        };
        for page in pages {
            if let Some(document) = joined[*page].take() {
                diagnostics.push(told(&entry, &document));
                joined[*page] = Some(with(document, &entry));
            }
        }
    }
    documents.extend(joined.into_iter().flatten());
}

fn is_entry(document: &Document) -> bool {
    document.published.is_some_and(|published| published.from == PublishedFrom::Feed)
}

/// A page with what the feed says of it.
fn with(page: Document, entry: &Document) -> Document {
    let better = |published: &Published| published.from < PublishedFrom::Feed;
    let listed = entry.published.map(|published| Published { from: PublishedFrom::FeedLink, ..published });
    Document {
        published: page.published.filter(better).or(listed),
        outlet: page.outlet.or_else(|| entry.outlet.clone()),
        title: page.title.or_else(|| entry.title.clone()),
        ..page
    }
    .seal()
}

fn told(entry: &Document, page: &Document) -> Diagnostic {
    let place = |document: &Document| document.path.clone().unwrap_or_else(|| document.doc.clone());
    let message = format!("the page `{}` is read in place of the feed's entry", place(page));
    Diagnostic::new(Level::Info, "feed.page", message).in_document(place(entry))
}

/// An address without what does not tell pages apart: scheme, `www.`, fragment, parameters of campaigns.
fn same(url: &str) -> String {
    let rest = url.split('#').next().unwrap_or_default();
    let rest = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://")).unwrap_or(rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let campaign = |parameter: &&str| parameter.starts_with("utm_") || matches!(*parameter, "xtor" | "at_medium");
    let query: Vec<&str> = query.split('&').filter(|parameter| !parameter.is_empty() && !campaign(parameter)).collect();
    let path = path.trim_end_matches('/');
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_page() {
        let page = same("https://www.courrier.example/2025/pont?id=7");
        assert_eq!(page, same("http://courrier.example/2025/pont/?utm_source=rss&id=7#haut"));
        assert_ne!(page, same("https://courrier.example/2025/pont?id=8"));
    }
}

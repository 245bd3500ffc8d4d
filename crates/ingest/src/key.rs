//! Keys of articles: what claims and reports call them.

use recoup_model::slug;

/// Longest key, in characters.
const LONGEST: usize = 160;
/// Longest slug that is taken for a key.
const LONGEST_SLUG: usize = 80;

/// A key without white space at its ends, line breaks and an endless tail.
pub(crate) fn short(key: &str) -> String {
    key.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect()
}

/// The document's key from the first of some names that gives one: addresses by their last part, other names by their
/// slug.
pub fn document<'n>(names: impl IntoIterator<Item = Option<&'n str>>) -> Option<String> {
    names.into_iter().flatten().find_map(|name| {
        let key = if is_address(name) { of_address(name) } else { slug(name.trim()) };
        let key: String = key.trim_matches('-').chars().take(LONGEST_SLUG).collect();
        (!key.is_empty()).then_some(key)
    })
}

/// Whether a text is an address on the web.
pub(crate) fn is_address(text: &str) -> bool {
    let text = text.trim();
    ["https://", "http://"]
        .iter()
        .any(|scheme| text.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme)))
}

/// `https://a.example/2025/port-strike.html?x=1` -> `port-strike`; the query where the path says nothing, else the host.
fn of_address(address: &str) -> String {
    let (_, rest) = address.trim().split_once("://").unwrap_or(("", address));
    let rest = rest.split('#').next().unwrap_or_default();
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = path.split_once('/').unwrap_or((path, ""));
    let last = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let candidates = [slug(stem), slug(query), slug(host)];
    candidates.into_iter().find(|key| !key.is_empty()).unwrap_or_default()
}

/// The stem of a path's last part.
pub(crate) fn stem(path: &str) -> String {
    let name = path.rsplit(['/', '\\', '#']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_names() {
        let cases = [
            ("https://a.example/2025/port-strike.html?x=1#top", Some("port-strike")),
            ("https://a.example/2025/port-strike/", Some("port-strike")),
            ("https://a.example/?p=123", Some("p-123")),
            ("HTTP://a.example", Some("a-example")),
            ("tag:a.example,2025:7", Some("tag-a-example-2025-7")),
            ("Le port est fermé", Some("le-port-est-ferme")),
            ("  ", None),
            ("://", None),
        ];
        for (name, key) in cases {
            assert_eq!(document([Some(name)]).as_deref(), key, "{name}");
        }
    }
}

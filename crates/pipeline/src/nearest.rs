//! The nearest valid name to one that is not.

/// The candidate that `word` most likely stands for: at most a third of its letters wrong, or the same beginning.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = plain(word);
    let length = word.chars().count();
    let allowed = (length / 3).max(1);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let other = plain(candidate);
            let distance = strsim::damerau_levenshtein(&word, &other);
            let likeness = strsim::jaro_winkler(&word, &other);
            ((distance <= allowed && distance < length) || likeness >= 0.9).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// What to do about a name that is not known: the nearest one, then all of them (`kind` says what they are).
pub(crate) fn advice(word: &str, kind: &str, candidates: &[&str]) -> String {
    const SHOWN: usize = 24;
    let mut out =
        nearest(word, candidates.iter().copied()).map(|n| format!("did you mean `{n}`? ")).unwrap_or_default();
    if candidates.is_empty() {
        out.push_str(&format!("there are no {kind}"));
        return out;
    }
    let names: Vec<String> = candidates.iter().take(SHOWN).map(|c| format!("`{c}`")).collect();
    out.push_str(&format!("{kind}: {}", names.join(", ")));
    if candidates.len() > SHOWN {
        out.push_str(&format!(" and {} more", candidates.len() - SHOWN));
    }
    out
}

fn plain(word: &str) -> String {
    word.to_lowercase().replace(['-', ' '], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_a_likely_one() {
        let keys = ["files", "manifest", "min_confidence", "north-korea", "use"];
        for (word, want) in [
            ("file", Some("files")),
            ("flies", Some("files")),
            ("minconfidence", Some("min_confidence")),
            ("min-confidence", Some("min_confidence")),
            ("North Korea", Some("north-korea")),
            ("manifesto", Some("manifest")),
            ("ues", Some("use")),
            ("folder", None),
            ("u", None),
            ("x", None),
        ] {
            assert_eq!(nearest(word, keys), want, "{word}");
        }
    }
}

//! One line of the gold or of the claims, as it is compared.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::json::{at, text, truthy};
use super::matching::tokens;
use super::names::{Kind, Names, Set};
use super::slots::{Figure, Period};

/// A line of the gold or of the claims. Each slot is a list of answers: the one that the line gives, and in the gold
/// those that are accepted too.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) id: String,
    /// Key of the document.
    pub(crate) doc: String,
    /// Number of its line, from 1.
    pub(crate) line: usize,
    pub(crate) quote: String,
    pub(crate) tokens: Vec<String>,
    pub(crate) indicator: String,
    pub(crate) indicators: BTreeSet<String>,
    /// Neither a hit nor a false alarm.
    pub(crate) optional: bool,
    /// How often the sentence stands in the article.
    pub(crate) occurrences: u64,
    pub(crate) tags: Vec<String>,
    pub(crate) figures: Vec<Figure>,
    pub(crate) subjects: Vec<Set>,
    pub(crate) objects: Vec<Set>,
    pub(crate) places: Vec<Vec<Set>>,
    pub(crate) times: Vec<Option<Period>>,
    pub(crate) sources: Vec<Vec<Set>>,
    pub(crate) stances: Vec<String>,
    pub(crate) civilian: Vec<Value>,
    pub(crate) measure: Vec<Value>,
    pub(crate) part_of: Value,
    /// What makes it hard, in the annotator's words.
    pub(crate) hard: Option<String>,
    /// Where the quote may stand, in characters of the article; empty where the article is not there.
    pub(crate) spans: Vec<(usize, usize)>,
    /// As the line has it: characters of the article, or bytes.
    characters: Option<(usize, usize)>,
    bytes: Option<(usize, usize)>,
}

impl Entry {
    /// Reads a line; `alternates` says whether the answers under `…_alt` count.
    ///
    /// # Errors
    /// What is missing or cannot be read, in words.
    pub(crate) fn read(line: &Value, number: usize, names: &Names, alternates: bool) -> Result<Entry, String> {
        let doc = line.get("doc").or(line.get("document")).unwrap_or(&Value::Null);
        let doc = match doc {
            Value::Object(_) => text(Some(at(doc, "id")).filter(|id| truthy(id)).unwrap_or(at(doc, "name"))),
            other => text(other),
        };
        let doc = doc.rsplit('/').next().unwrap_or_default().to_owned();
        if doc.is_empty() {
            return Err("`doc` is missing: the key of the document".to_owned());
        }
        let indicator = text(at(line, "indicator")).trim().to_lowercase();
        if indicator.is_empty() {
            return Err("`indicator` is missing".to_owned());
        }
        let quote = at(line, "quote");
        let quote = text(if quote.is_object() { at(quote, "text") } else { quote });
        let others = |slot: &str| match at(line, &format!("{slot}_alt")) {
            _ if !alternates => Ok(&[][..]),
            Value::Null => Ok(&[][..]),
            Value::Array(items) => Ok(items.as_slice()),
            _ => Err(format!("`{slot}_alt` must be a list of further answers")),
        };
        let lower = |value: &Value| text(value).to_lowercase();
        let places = |value: &Value| names.meanings(value, Kind::Places);
        let sources = |value: &Value| names.meanings(value, Kind::Sources);
        let stance = if truthy(at(line, "stance")) { lower(at(line, "stance")) } else { "asserted".to_owned() };
        let pair = |value: &Value| {
            let number = |key| at(value, key).as_u64().and_then(|n| usize::try_from(n).ok());
            number("start").zip(number("end"))
        };
        Ok(Entry {
            id: text(at(line, "id")),
            doc,
            line: number,
            tokens: tokens(&quote),
            quote,
            indicators: others("indicator")?.iter().map(lower).chain([indicator.clone()]).collect(),
            indicator,
            optional: truthy(at(line, "optional")),
            occurrences: at(line, "occurrences").as_u64().filter(|count| *count > 0).unwrap_or(1),
            tags: at(line, "tags").as_array().map(|tags| tags.iter().map(text).collect()).unwrap_or_default(),
            figures: all(Figure::read(line), others("figure")?, Figure::read),
            subjects: all(names.subject(at(line, "subject")), others("subject")?, |v| names.subject(v)),
            objects: all(names.subject(at(line, "object")), others("object")?, |v| names.subject(v)),
            places: all(places(at(line, "places")), others("places")?, places),
            times: all(Period::read(at(line, "time")), others("time")?, Period::read),
            sources: all(sources(at(line, "sources")), others("sources")?, sources),
            stances: all(stance, others("stance")?, lower),
            civilian: all(at(line, "civilian").clone(), others("civilian")?, Value::clone),
            measure: all(at(line, "measure").clone(), others("measure")?, Value::clone),
            part_of: at(line, "part_of").clone(),
            hard: Some(text(at(line, "hard"))).filter(|hard| !hard.is_empty()),
            spans: Vec::new(),
            characters: pair(line),
            bytes: pair(at(line, "span")),
        })
    }

    /// Both sides of an agreement.
    pub(crate) fn parties(&self) -> Set {
        self.subjects[0].union(&self.objects[0]).cloned().collect()
    }

    /// Whether it has a tag.
    pub(crate) fn has_tag(&self, tag: &str) -> bool {
        self.tags.iter().any(|own| own == tag)
    }
}

fn all<T>(first: T, others: &[Value], read: impl Fn(&Value) -> T) -> Vec<T> {
    std::iter::once(first).chain(others.iter().map(read)).collect()
}

/// Gives claims of `port-strike.txt` or `port-strike_1f` the key `port-strike` that the gold has.
pub(crate) fn align(gold: &[Entry], claims: &mut [Entry]) {
    let keys: BTreeSet<&str> = gold.iter().map(|entry| entry.doc.as_str()).collect();
    let mut longest: Vec<&str> = keys.iter().copied().collect();
    longest.sort_by_key(|key| std::cmp::Reverse(key.chars().count()));
    for claim in claims.iter_mut().filter(|claim| !keys.contains(claim.doc.as_str())) {
        let begins = |key: &&&str| {
            let rest = claim.doc.strip_prefix(**key);
            rest.is_some_and(|rest| !rest.chars().next().is_some_and(char::is_alphanumeric))
        };
        if let Some(key) = longest.iter().find(begins) {
            claim.doc = (*key).to_owned();
        }
    }
}

/// The articles, by key: quotes are found in them, so that two of equal words in two places are told apart.
#[derive(Debug, Default)]
pub(crate) struct Texts(pub(crate) BTreeMap<String, String>);

impl Texts {
    /// Fills in where the quotes stand.
    pub(crate) fn locate(&self, entries: &mut [Entry]) {
        for entry in entries {
            let text = self.0.get(&entry.doc).filter(|text| !text.is_empty() && !entry.quote.is_empty());
            entry.spans = text.map(|text| spans(text, entry)).unwrap_or_default();
        }
    }
}

/// Exactly one place where the line's offsets say so, else wherever the quote stands.
fn spans(text: &str, entry: &Entry) -> Vec<(usize, usize)> {
    let quote = entry.quote.as_str();
    let length = quote.chars().count();
    if let Some((start, end)) = entry.characters.filter(|_| entry.occurrences == 1)
        && end.checked_sub(start) == Some(length)
        && text.chars().skip(start).take(length).eq(quote.chars())
    {
        return vec![(start, end)];
    }
    let characters = |byte: usize| text[..byte].chars().count();
    if let Some((start, end)) = entry.bytes
        && text.get(start..end) == Some(quote)
    {
        return vec![(characters(start), characters(start) + length)];
    }
    text.match_indices(quote).map(|(byte, _)| (characters(byte), characters(byte) + length)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    fn entry(line: Value) -> Result<Entry, String> {
        Entry::read(&line, 1, &Names::default(), true)
    }

    #[test]
    fn what_a_line_needs_is_asked_for() {
        assert!(entry(json!({"indicator": "forces.sent"})).unwrap_err().contains("`doc`"));
        assert!(entry(json!({"doc": "a"})).unwrap_err().contains("`indicator`"));
        let line = json!({"doc": "a", "indicator": "forces.sent", "time_alt": "2024"});
        assert!(entry(line).unwrap_err().contains("`time_alt`"));
    }

    #[test]
    fn names_of_files_become_keys() {
        let gold = [entry(json!({"doc": "port", "indicator": "x"})).unwrap()];
        for (doc, want) in [("in/port.txt", "port"), ("port_1f.txt", "port"), ("portal", "portal")] {
            let mut claims = [entry(json!({"doc": doc, "indicator": "x"})).unwrap()];
            align(&gold, &mut claims);
            assert_eq!(claims[0].doc, want);
        }
    }

    #[test]
    fn a_quote_is_found_by_its_offsets_or_wherever_it_stands() {
        let texts = Texts(BTreeMap::from([("a".to_owned(), "é neuf, é neuf".to_owned())]));
        let located = |mut line: Value| {
            line["doc"] = json!("a");
            line["indicator"] = json!("x");
            line["quote"] = json!("é neuf");
            let mut entries = [entry(line).unwrap()];
            texts.locate(&mut entries);
            entries[0].spans.clone()
        };
        assert_eq!(located(json!({"start": 8, "end": 14})), [(8, 14)]);
        assert_eq!(located(json!({"span": {"start": 9, "end": 16}})), [(8, 14)]);
        assert_eq!(located(json!({"start": 3, "end": 9})), [(0, 6), (8, 14)]);
        assert_eq!(located(json!({"start": 8, "end": 14, "occurrences": 2})), [(0, 6), (8, 14)]);
    }
}

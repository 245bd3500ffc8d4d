//! When two names are one: folding, aliases, kinds of place.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;

use super::json::{text, truthy};
use super::words::{PlaceWords, WORDS};

/// Canonical names. An alias that several share (`the army`) is a set of more than one.
pub(crate) type Set = BTreeSet<String>;

/// Folded name -> the canonical names that it may stand for.
type Table = BTreeMap<String, Set>;

/// The three kinds of names that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Sources,
    Places,
    Subjects,
}

impl Kind {
    /// All of them, with the key under which a file of names holds them.
    pub(crate) const ALL: [(Kind, &'static str); 3] =
        [(Kind::Sources, "sources"), (Kind::Places, "places"), (Kind::Subjects, "subjects")];
}

/// What is known of names: the files of aliases, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Names {
    sources: Table,
    places: Table,
    subjects: Table,
    canonical: Vec<(Kind, String)>,
}

impl Names {
    fn table(&self, kind: Kind) -> &Table {
        match kind {
            Kind::Sources => &self.sources,
            Kind::Places => &self.places,
            Kind::Subjects => &self.subjects,
        }
    }

    fn table_mut(&mut self, kind: Kind) -> &mut Table {
        match kind {
            Kind::Sources => &mut self.sources,
            Kind::Places => &mut self.places,
            Kind::Subjects => &mut self.subjects,
        }
    }

    /// Adds aliases of a canonical name. A name that already stands for one other name becomes an alias of that.
    pub(crate) fn add(&mut self, kind: Kind, canonical: &str, names: &[&str]) {
        let table = self.table_mut(kind);
        let canonical = match table.get(&fold(canonical)) {
            Some(known) if known.len() == 1 => known.iter().next().cloned().unwrap_or_default(),
            _ => canonical.to_owned(),
        };
        for name in std::iter::once(canonical.as_str()).chain(names.iter().copied()) {
            let folded = fold(name);
            if !folded.is_empty() {
                table.entry(folded).or_default().insert(canonical.clone());
            }
        }
        self.canonical.push((kind, canonical));
    }

    /// To be called after the last file: a canonical name stands for itself alone.
    pub(crate) fn settle(&mut self) {
        for (kind, canonical) in std::mem::take(&mut self.canonical) {
            self.table_mut(kind).insert(fold(&canonical), Set::from([canonical]));
        }
    }

    /// What each name of a list may mean. An entry is a text, or a table with `name` or `id`.
    pub(crate) fn meanings(&self, value: &Value, kind: Kind) -> Vec<Set> {
        candidates(value).iter().map(|names| self.meaning(names, kind)).collect()
    }

    fn meaning(&self, names: &[String], kind: Kind) -> Set {
        let table = self.table(kind);
        let mut plain = String::new();
        for name in names {
            let folded = fold(name);
            let bare = match kind {
                Kind::Places => GENERIC.replace_all(&folded, "").trim().to_owned(),
                _ => String::new(),
            };
            let tries = [Some(&folded), Some(&bare).filter(|bare| !bare.is_empty() && **bare != folded)];
            if let Some(known) = tries.into_iter().flatten().find_map(|name| table.get(name)) {
                return known.clone();
            }
            if plain.is_empty() {
                plain = tries.into_iter().flatten().next_back().cloned().unwrap_or_default();
            }
        }
        let inside = || names.iter().find_map(|name| named_inside(&fold(name), table));
        if kind == Kind::Places { None } else { inside() }.unwrap_or_else(|| Set::from([plain]))
    }

    /// The slugs of a subject or object: one, or several joined by `+`.
    pub(crate) fn subject(&self, value: &Value) -> Set {
        let value = match value {
            Value::Object(table) => {
                table.get("id").filter(|id| truthy(id)).or(table.get("name")).unwrap_or(&Value::Null)
            }
            other => other,
        };
        let joined = match value {
            Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join("+"),
            other if truthy(other) => text(other),
            _ => return Set::new(),
        };
        let parts = joined.split(['+', ',', '&', ';', '/']).map(fold).filter(|part| !part.is_empty());
        parts.map(|part| self.subjects.get(&part).and_then(Set::first).cloned().unwrap_or(part)).collect()
    }
}

/// What was claimed as a set of names; a name that may mean several is read as the gold reads it.
pub(crate) fn settle(claimed: &[Set], gold: &Set) -> Set {
    claimed.iter().filter_map(|meaning| meaning.intersection(gold).next().or(meaning.first()).cloned()).collect()
}

/// A gold answer as a set of names: each stands for its own canonical one.
pub(crate) fn canonical(answer: &[Set]) -> Set {
    answer.iter().filter_map(Set::first).cloned().collect()
}

/// Lower case, no diacritics, single spaces, no article before the first word.
pub(crate) fn fold(name: &str) -> String {
    let plain = unmarked(&name.replace('ı', "i"));
    let words: Vec<&str> = plain.split(|c: char| !c.is_ascii_digit() && !c.is_ascii_lowercase()).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let articles =
        words.iter().take_while(|word| WORDS.articles.leading.iter().any(|article| article == *word)).count();
    // A name of articles alone keeps its last word.
    words.get(articles.min(words.len().saturating_sub(1))..).unwrap_or_default().join(" ")
}

/// Compatibility form, without combining marks, in lower case.
pub(crate) fn unmarked(text: &str) -> String {
    text.nfkd().filter(|c| canonical_combining_class(*c) == 0).collect::<String>().to_lowercase()
}

fn candidates(value: &Value) -> Vec<Vec<String>> {
    let entries = match value {
        Value::Array(items) => items.as_slice(),
        other => std::slice::from_ref(other),
    };
    let names = |entry: &Value| match entry {
        Value::Object(table) => {
            let keys = ["name", "canonical", "id", "text"].into_iter();
            keys.filter_map(|key| table.get(key)).filter(|name| truthy(name)).map(text).collect()
        }
        other if truthy(other) => vec![text(other)],
        _ => Vec::new(),
    };
    entries.iter().map(names).filter(|names: &Vec<String>| !names.is_empty()).collect()
}

fn named_inside(folded: &str, table: &Table) -> Option<Set> {
    let padded = format!(" {folded} ");
    let inside = |canonical: &&String| {
        table.iter().any(|(name, meanings)| {
            meanings.contains(*canonical) && name.len() > 2 && padded.contains(&format!(" {name} "))
        })
    };
    WORDS.inside.iter().find(inside).map(|canonical| Set::from([canonical.clone()]))
}

static GENERIC: LazyLock<Regex> = LazyLock::new(|| {
    let PlaceWords { kinds, before, between, after } = &WORDS.place;
    let (kinds, before, between, after) = (kinds.join("|"), before.join("|"), between.join("|"), after.join("|"));
    let pattern = format!("^(?:(?:{kinds}|{before}) (?:(?:{between}) )*)+|(?: (?:{kinds}|{after}))+$");
    match Regex::new(&pattern) {
        Ok(regex) => regex,
        // Made of words that are compiled in.
        Err(error) => unreachable!("{error}"),
    }
});

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn names() -> Names {
        let mut names = Names::default();
        names.add(Kind::Sources, "Coast Guard", &["garde-côtes", "the service"]);
        names.add(Kind::Sources, "Port Office", &["capitainerie", "the service"]);
        names.add(Kind::Places, "Tessit", &["Tessite"]);
        names.add(Kind::Subjects, "mali", &["ml", "mlı"]);
        names.settle();
        names
    }

    fn set(names: &[&str]) -> Set {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn names_are_folded() {
        let cases = [
            ("L’Armée nord-coréenne", "armee nord coreenne"),
            ("  the  Port Office ", "port office"),
            ("La", "la"),
            ("de la", "la"),
            ("Hodeïda", "hodeida"),
            ("\u{feff}—", ""),
        ];
        for (name, want) in cases {
            assert_eq!(fold(name), want, "{name}");
        }
    }

    #[test]
    fn an_alias_stands_for_its_canonical_name() {
        let names = names();
        assert_eq!(names.meanings(&json!(["Garde-Côtes"]), Kind::Sources), [set(&["Coast Guard"])]);
        assert_eq!(
            names.meanings(&json!([{"id": "capitainerie", "name": "harbour"}]), Kind::Sources),
            [set(&["Port Office"])]
        );
        assert_eq!(names.meanings(&json!(["a captain"]), Kind::Sources), [set(&["a captain"])]);
        assert_eq!(names.meanings(&Value::Null, Kind::Sources), Vec::<Set>::new());
        assert_eq!(names.subject(&json!("ML+Niger")), set(&["mali", "niger"]));
    }

    #[test]
    fn an_alias_of_two_is_read_as_the_gold_reads_it() {
        let claimed = names().meanings(&json!(["the service"]), Kind::Sources);
        assert_eq!(settle(&claimed, &set(&["Port Office"])), set(&["Port Office"]));
        assert_eq!(settle(&claimed, &set(&["somebody"])), set(&["Coast Guard"]));
    }

    #[test]
    fn the_kind_of_a_place_does_not_tell_places_apart() {
        let names = names();
        for place in ["Tessit district", "marché de Tessit", "Camp de déplacés de Tessite", "the town of Tessit"] {
            assert_eq!(names.meanings(&json!([place]), Kind::Places), [set(&["Tessit"])], "{place}");
        }
        assert_eq!(names.meanings(&json!(["Menaka region"]), Kind::Places), [set(&["menaka"])]);
    }

    #[test]
    fn some_sources_are_found_inside_a_longer_name() {
        let mut names = Names::default();
        names.add(Kind::Sources, "ISW", &["institute for the study of war"]);
        names.settle();
        assert_eq!(names.meanings(&json!(["analysts of ISW"]), Kind::Sources), [set(&["ISW"])]);
    }
}

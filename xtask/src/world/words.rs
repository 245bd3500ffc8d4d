//! Words that are no place unless the text says so: common words, and the names of people.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use recoup_model::fold;

use super::sources::Packages;
use crate::chore::{ChoreError, at};

/// What a name is compared with.
pub(crate) struct Words {
    /// Words of closed classes and of time, titles: never a place.
    never: BTreeSet<String>,
    /// Common words.
    common: BTreeSet<String>,
    /// Given and family names.
    people: BTreeSet<String>,
}

/// Languages whose given and family names are read: those of English and French texts, and of the countries in the news.
pub(crate) const PERSONS: [&str; 25] = [
    "de_CH", "de_DE", "en", "en_GB", "en_IN", "en_KE", "en_NG", "en_PK", "en_US", "es_CO", "es_ES", "es_MX", "fr_BE",
    "fr_CA", "fr_DZ", "fr_FR", "ha_NG", "id_ID", "it_IT", "pt_BR", "sw", "tr_TR", "tw_GH", "uz_UZ", "yo_NG",
];

/// Words in the names of places, folded, of which the rest may be the names of people: 'Saint-Louis', 'Santiago de Cuba'.
const PLACE_WORDS: [&str; 22] = [
    "al", "bir", "de", "del", "des", "du", "el", "fort", "khan", "la", "las", "les", "los", "of", "on", "port",
    "saint", "sainte", "san", "santa", "santo", "sur",
];

impl Words {
    /// Reads the word lists of the packages, and the program's own packs in `pack`.
    pub(crate) fn read(packages: &Packages, pack: &Path) -> Result<Self, ChoreError> {
        let mut words = Words { never: BTreeSet::new(), common: BTreeSet::new(), people: BTreeSet::new() };
        for language in ["fr", "en"] {
            for (file, closed) in
                [("words.toml", true), ("time.toml", true), ("nouns.toml", false), ("verbs.toml", false)]
            {
                let path = pack.join(language).join(file);
                let text = fs::read_to_string(&path).map_err(at(&path))?;
                let value: toml::Table = toml::from_str(&text)
                    .map_err(|error| ChoreError::Input { path: path.clone(), reason: error.to_string() })?;
                let into = if closed { &mut words.never } else { &mut words.common };
                collect(&toml::Value::Table(value), into);
            }
        }
        // In word lists proper names begin with a capital, and are no common words.
        let lower = |word: &&str| word.chars().all(|c| c.is_lowercase() || c == '-');
        let english = packages.text("wamerican", "usr/share/dict/american-english")?;
        words.common.extend(english.lines().filter(lower).map(fold));
        let french: Vec<String> = packages.json("an-array-of-french-words", "package/index.json")?;
        words.common.extend(french.iter().map(|word| fold(word)));
        for locale in PERSONS {
            let text = packages.text("Faker", &format!("faker/providers/person/{locale}/__init__.py"))?;
            words.people.extend(literals(&text).map(fold));
        }
        Ok(words)
    }

    /// Whether a name, folded, is never a place.
    pub(crate) fn never(&self, key: &str) -> bool {
        key.chars().count() < 3 || self.never.contains(key)
    }

    /// Whether a name, folded, is a common word or the name of people as well: one word that is such, or several that
    /// all are names of people, as given and family name are.
    pub(crate) fn weak(&self, key: &str) -> bool {
        if key.contains(' ') {
            key.split(' ').all(|word| self.people.contains(word) && !PLACE_WORDS.contains(&word))
        } else {
            self.common.contains(key) || self.people.contains(key)
        }
    }
}

/// The strings of a table, folded, and the keys of those that are keyed by words.
fn collect(value: &toml::Value, into: &mut BTreeSet<String>) {
    match value {
        toml::Value::String(text) => {
            into.extend(text.split('/').map(fold));
        }
        toml::Value::Array(values) => values.iter().for_each(|value| collect(value, into)),
        toml::Value::Table(table) => {
            for (key, value) in table {
                into.insert(fold(key));
                collect(value, into);
            }
        }
        _ => {}
    }
}

/// The string literals of a Python file that begin with a capital.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2).filter(|s| s.chars().next().is_some_and(char::is_uppercase) && !s.contains('{'))
}

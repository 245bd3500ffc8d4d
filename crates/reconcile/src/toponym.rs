//! Names of places that no gazetteer knows, as they are told in two languages.

use recoup_model::fold;

/// What French and English call the same kind of place, folded.
#[rustfmt::skip]
const KINDS: &[(&str, &[&str])] = &[
    ("airport", &["aerodrome", "aeroport", "airfield", "airport"]),
    ("barracks", &["barracks", "caserne", "casernes"]),
    ("base", &["air base", "base", "base aerienne", "base militaire", "military base"]),
    ("border", &["border", "frontier", "frontiere"]),
    ("bridge", &["bridge", "pont"]),
    ("camp", &["camp"]),
    ("capital", &["capital", "capitale"]),
    ("church", &["church", "eglise"]),
    ("city", &["city", "town", "ville"]),
    ("dam", &["barrage", "dam"]),
    ("depot", &["depot", "entrepot", "warehouse"]),
    ("embassy", &["ambassade", "embassy"]),
    ("front", &["front", "front line", "ligne de front"]),
    ("hospital", &["clinic", "clinique", "hopital", "hospital"]),
    ("market", &["marche", "market"]),
    ("mine", &["mine"]),
    ("monastery", &["monastere", "monastery"]),
    ("mosque", &["mosque", "mosquee"]),
    ("outpost", &["avant poste", "outpost", "poste", "post"]),
    ("plant", &["centrale", "plant", "power plant", "power station"]),
    ("port", &["harbour", "port"]),
    ("prison", &["jail", "prison"]),
    ("refinery", &["raffinerie", "refinery"]),
    ("school", &["ecole", "school"]),
    ("station", &["gare", "station"]),
    ("university", &["universite", "university"]),
    ("village", &["village"]),
];

/// Common nouns of an area that has no border, folded.
const AREAS: [&str; 8] = ["area", "areas", "region", "regions", "secteur", "secteurs", "zone", "zones"];

/// Common nouns of what a state or a party holds, folded: "territoire russe", "Russian soil".
const TERRITORY: [&str; 4] = ["sol", "soil", "territoire", "territory"];

/// Whose territory a folded name speaks of, as the name has it.
pub(crate) fn territory_of(folded: &str) -> Option<String> {
    let (of, rest): (Vec<&str>, Vec<&str>) = folded.split(' ').partition(|word| TERRITORY.contains(word));
    (!of.is_empty() && !rest.is_empty()).then(|| rest.join(" "))
}

/// What the key of a common noun begins with; no name sounds so.
pub(crate) const KIND: &str = "kind:";

/// A key under which two tellings of one unknown name are equal: Aïn Zebdé and Ain Zebdeh, la caserne voisine and the
/// barracks. A common noun stands for the place of its kind that the article speaks of.
pub(crate) fn key(name: &str) -> String {
    let folded = fold(name);
    if name.chars().next().is_some_and(char::is_lowercase) {
        if let Some(kind) = kind(&folded) {
            return format!("{KIND}{kind}");
        }
        // Of areas there are many: each is told by all of its words.
        if folded.split(' ').any(|word| AREAS.contains(&word)) {
            return format!("{KIND}{folded}");
        }
    }
    sound(&folded)
}

fn kind(folded: &str) -> Option<&'static str> {
    let holds = |words: &&&str| format!(" {folded} ").contains(&format!(" {words} "));
    KINDS.iter().find(|(_, names)| names.iter().any(|words| holds(&words))).map(|(kind, _)| *kind)
}

/// How a name sounds, as far as the transliterations of Arabic, Cyrillic and their like into French and English differ:
/// ou/u, ch/sh, dj/j, gu/g, q/k, y/i, doubled letters, a final h or mute e, the article.
fn sound(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    for word in folded.split(' ').filter(|word| !matches!(*word, "al" | "el" | "le" | "la" | "les" | "the")) {
        if !out.is_empty() {
            out.push(' ');
        }
        let mut word = word.to_owned();
        for (from, to) in SPELLINGS {
            word = word.replace(from, to);
        }
        let mut last = None;
        let start = out.len();
        for c in word.chars() {
            if last != Some(c) {
                out.push(c);
            }
            last = Some(c);
        }
        while out.len() > start + 3 && (out.ends_with('h') || out.ends_with('e')) {
            out.pop();
        }
    }
    out
}

/// Longer spellings first.
const SPELLINGS: [(&str, &str); 20] = [
    ("shch", "c"),
    ("chtch", "c"),
    ("tch", "c"),
    ("sch", "c"),
    ("sh", "c"),
    ("ch", "c"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("dj", "j"),
    ("kh", "k"),
    ("gh", "g"),
    ("gu", "g"),
    ("ph", "f"),
    ("q", "k"),
    ("x", "ks"),
    ("w", "u"),
    ("v", "u"),
    ("y", "i"),
    ("z", "s"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_told_in_two_languages() {
        let cases = [
            ("Aïn Zebdé", "Ain Zebdeh", true),
            ("Abou Chouk", "Abu Shouk", true),
            ("Darkouch", "Darkush", true),
            ("Hadrout", "Hadrut", true),
            ("El-Facher", "El Fasher", true),
            ("Tchassiv Iar", "Chasiv Yar", true),
            ("caserne voisine du camp", "barracks", true),
            ("aéroport", "airport", true),
            ("aéroport", "caserne", false),
            ("Vovtchansk", "Kharkiv", false),
            ("Kolimana", "Sorofara", false),
            ("Tessalit", "Tessit", false),
        ];
        for (a, b, same) in cases {
            assert_eq!(key(a) == key(b), same, "{a} ({}) and {b} ({})", key(a), key(b));
        }
    }
}

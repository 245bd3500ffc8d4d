//! Which language a text is written in.

use whatlang::{Detector, Lang};

use crate::function_words::{FunctionWords, Hits};

/// Bytes of running text that are looked at: enough to be sure, little enough to be quick.
const SAMPLE: usize = 1_500;
/// Bytes from which on function words alone decide, where they are as many as in any prose.
const ENOUGH: usize = 200;

/// What the words of a text tell of its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detected<'w> {
    /// `fr` or `en`.
    Known(&'static str),
    /// A language that is not read here, by its English name.
    Foreign(&'w str),
    /// Too short or too mixed to tell.
    Unclear,
}

/// Looks at the beginning of `text`.
///
/// To count words is cheap. To compare the letters with those of all languages is not, and is done only where the words
/// leave a doubt. In a short text neither is sure of itself, and the two together mostly are.
pub(crate) fn detect<'w>(text: &str, words: &'w FunctionWords) -> Detected<'w> {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let hits = words.count(sample);
    let lead = Lead::of(&hits);
    if let Some(lead) = &lead
        && sample.len() >= ENOUGH
        && lead.is_prose(&hits)
    {
        return Detected::Known(lead.code);
    }
    let guess = Detector::new().detect(sample);
    let guessed = guess.as_ref().and_then(|guess| code(guess.lang()));
    if let Some(foreign) = guess.filter(|guess| guess.is_reliable() && guessed.is_none()) {
        return Detected::Foreign(foreign.lang().eng_name());
    }
    match lead {
        Some(lead) if lead.is_clear(&hits) || lead.is_confirmed(&hits, guessed) => Detected::Known(lead.code),
        _ if hits.neighbour >= hits.french.max(hits.english) + 2 => Detected::Foreign(hits.neighbour_name),
        _ => Detected::Unclear,
    }
}

fn code(lang: Lang) -> Option<&'static str> {
    match lang {
        Lang::Fra => Some("fr"),
        Lang::Eng => Some("en"),
        _ => None,
    }
}

/// French or English, whichever has at least twice as many function words as the other.
struct Lead {
    code: &'static str,
    hits: usize,
    other: usize,
}

impl Lead {
    fn of(hits: &Hits<'_>) -> Option<Lead> {
        let french = Lead { code: "fr", hits: hits.french, other: hits.english };
        let english = Lead { code: "en", hits: hits.english, other: hits.french };
        [french, english].into_iter().find(|lead| lead.hits > lead.other && lead.hits >= 2 * lead.other)
    }

    /// Whether one word in four is a function word of this language: in prose it is one in three, in a language that
    /// only shares some of them one in eight.
    fn is_prose(&self, hits: &Hits<'_>) -> bool {
        self.hits > hits.neighbour && self.hits * 4 >= hits.words
    }

    /// Whether the words alone decide.
    fn is_clear(&self, hits: &Hits<'_>) -> bool {
        self.hits > hits.neighbour && self.hits >= self.other + 2
    }

    /// Whether few words and the letters say the same.
    fn is_confirmed(&self, hits: &Hits<'_>, guessed: Option<&str>) -> bool {
        self.hits >= hits.neighbour && guessed == Some(self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn scratch() {
        let words = FunctionWords::built_in().unwrap();
        for f in ["c", "m", "s", "l"] {
            let mut tally = std::collections::BTreeMap::new();
            for l in std::fs::read_to_string(format!("/tmp/wl/{f}.txt")).unwrap().lines() {
                let (c, t) = l.split_once(' ').unwrap();
                let d = detect(t, &words);
                if f == "l" { let h = words.count(&t[..t.floor_char_boundary(1500)]); println!("{c} {d:?} {h:?}"); }
                *tally.entry((c.to_owned(), format!("{d:?}"))).or_insert(0) += 1;
            }
            println!("{f} {tally:?}");
        }
    }
}

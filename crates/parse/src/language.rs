//! Which language a text is written in.

use whatlang::{Detector, Lang};

/// Bytes of running text that the detector looks at: enough to be sure, little enough to be quick.
const SAMPLE: usize = 1_500;
/// Bytes from which on a reliable verdict for a third language is believed.
const ENOUGH: usize = 200;

/// What the words of a text tell of its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detected {
    /// `fr` or `en`.
    Known(&'static str),
    /// A language that is not read here, by its English name.
    Foreign(&'static str),
    /// Too short or too mixed to tell.
    Unclear,
}

/// Words without which one hardly writes a sentence, and that the neighbouring languages do not share. Sorted.
const FRENCH: &[&str] = &[
    "au", "aux", "avec", "ce", "cette", "dans", "des", "du", "elle", "est", "et", "il", "ils", "le", "les", "leur",
    "ont", "ou", "par", "pas", "pour", "qu", "qui", "sont", "sur", "une", "à", "été",
];
const ENGLISH: &[&str] = &[
    "after", "and", "at", "been", "but", "by", "for", "from", "had", "has", "have", "is", "it", "its", "of", "on",
    "said", "that", "the", "their", "they", "to", "was", "were", "which", "who", "with",
];

/// Looks at the beginning of `text`.
///
/// To tell two languages apart is cheap. Comparing with all the others is not, and is done only where the common words
/// of the one found are missing.
pub(crate) fn detect(text: &str) -> Detected {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let reliable = |detector: Detector| detector.detect(sample).filter(whatlang::Info::is_reliable).map(|i| i.lang());
    let found = match reliable(Detector::with_allowlist(vec![Lang::Fra, Lang::Eng])) {
        Some(Lang::Fra) => Some(("fr", FRENCH)),
        Some(Lang::Eng) => Some(("en", ENGLISH)),
        _ => None,
    };
    match found {
        Some((code, words)) if is_worded(sample, words) => Detected::Known(code),
        _ => match reliable(Detector::new()) {
            Some(lang) if !matches!(lang, Lang::Fra | Lang::Eng) && sample.len() >= ENOUGH => {
                Detected::Foreign(lang.eng_name())
            }
            _ => found.map_or(Detected::Unclear, |(code, _)| Detected::Known(code)),
        },
    }
}

/// Whether at least one word in eight is one of `words`.
fn is_worded(sample: &str, words: &[&str]) -> bool {
    let (hits, all) = sample
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .fold((0, 0), |(hits, all), word| (hits + usize::from(words.binary_search(&word).is_ok()), all + 1));
    hits * 8 >= all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted_for_binary_search() {
        assert!(FRENCH.is_sorted() && ENGLISH.is_sorted());
    }

    #[test]
    fn french_english_others_and_the_unclear() {
        let spanish = "El gobierno anunció que las tropas se retirarán de la ciudad antes del fin de semana, pero los \
                       vecinos dicen que los combates continúan en los barrios del norte y que nadie puede salir de sus \
                       casas desde hace tres días.";
        let cases = [
            ("Les habitants ont quitté la ville avant l'aube, a dit le maire de la commune.", Detected::Known("fr")),
            ("Residents left the town before dawn, the mayor of the district told reporters.", Detected::Known("en")),
            (spanish, Detected::Foreign("Spanish")),
            ("12 345 / 678", Detected::Unclear),
        ];
        for (text, language) in cases {
            assert_eq!(detect(text), language, "{text}");
        }
    }
}

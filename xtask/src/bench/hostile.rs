//! Texts that nobody writes: each repeats without end what a rule looks back or ahead over.

/// How long they are, in bytes.
const SIZE: usize = 10_000_000;

/// What stands before each: its language, and a sentence that is prose.
const HEAD: &str = "+++\nlanguage = \"fr\"\n+++\nLe bilan reste provisoire, a dit lundi un officier de la ville. ";

/// The texts, by name.
pub(super) fn texts() -> Vec<(&'static str, String)> {
    let again = |words: &str| words.repeat(SIZE / words.len());
    let bodies = [
        ("one-sentence", again("des hommes armés ont tué douze soldats maliens mardi à Goma et ")),
        ("one-paragraph", again("Trois soldats maliens ont été tués mardi à Goma, selon l’armée. ")),
        ("quotation-marks", "«“\"".repeat(100_000 / 3)),
        ("quoted-words", "« “ \" mot ".repeat(100_000 / 3)),
        ("digits", again("1234567890")),
        ("one-word", again("soldats ")),
        ("commas", again(",")),
        ("capitals", again("Aaa Bbb ")),
        ("capitals-each-new", each(5, |letters| format!("{}{} ", letters[..1].to_uppercase(), &letters[1..]))),
        ("acronyms", each(5, |letters| format!("({}) ", letters.to_uppercase()))),
        ("groups", each(4, |letters| format!("Front {0}rouge ({0}) ", letters.to_uppercase()))),
        ("bodies", again("Commission bleue (ABC) ")),
        ("dotted-capitals", again("A.")),
        ("according-to", again("selon X, ")),
        ("parts", again("dont 3 ")),
        ("complements", again("de la ")),
        ("number-words", again("cent mille ")),
        ("figures", again("3 et ")),
        ("days", again("mardi ")),
    ];
    bodies.map(|(name, body)| (name, format!("{HEAD}{body}"))).into()
}

/// What `word` makes of all rows of so many letters, in order, until the text is long enough.
fn each(letters: u32, word: impl Fn(&str) -> String) -> String {
    let mut text = String::with_capacity(SIZE + 32);
    for number in 0..26_usize.pow(letters) {
        let letter = |place: u32| char::from(b'a' + (number / 26_usize.pow(place) % 26) as u8);
        text.push_str(&word(&(0..letters).rev().map(letter).collect::<String>()));
        if text.len() >= SIZE {
            break;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_new() {
        let text = each(4, |letters| format!("{letters} "));
        let mut words: Vec<&str> = text.split(' ').take(1_000).collect();
        words.dedup();
        assert_eq!(words.len(), 1_000);
    }
}

//! From the body of an item to text in Unicode normal form C.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_15, UTF_8, WINDOWS_1252};
use recoup_model::Body;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Top-level domain that tips a close decision of the detector to the encoding of the languages read here.
const LIKELY_DOMAIN: &[u8] = b"fr";
/// How far down markup declares its encoding.
const DECLARED_WITHIN: usize = 1024;

/// What is known of the encoding of some bytes before one looks at them.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hints {
    /// Asked for in the options: only a byte order mark overrules it.
    pub(crate) forced: Option<&'static Encoding>,
    /// Declared beside the bytes: used where they are not UTF-8.
    pub(crate) declared: Option<&'static Encoding>,
}

/// A text, without byte order mark and in normal form C.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// The encoding, where nothing but the bytes themselves spoke for it.
    pub(crate) guessed: Option<&'static Encoding>,
}

/// Why a body is no text.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoText {
    /// Nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// The item is not what it says it is.
    #[error("the body is no valid base64: {0}")]
    Base64(#[from] base64::DecodeError),
    /// Characters that no article holds.
    #[error("the file is no text: {found} of its {characters} characters {are}")]
    Binary {
        /// How many of them.
        found: usize,
        /// Of how many.
        characters: usize,
        /// What they are.
        are: &'static str,
    },
}

/// The text of `body`.
///
/// # Errors
/// [`NoText`] where there is none.
pub(crate) fn decode(body: Body, hints: Hints) -> Result<Decoded, NoText> {
    let (text, guessed) = match body {
        Body::Text(text) => (text, None),
        Body::Base64(encoded) => decode_bytes(STANDARD.decode(encoded)?, hints),
    };
    let text = normalize(text);
    check(&text)?;
    Ok(Decoded { text, guessed })
}

/// The text of some bytes: by byte order mark, as UTF-8, or in the encoding that they look like.
pub fn decode_text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text).to_owned(),
        Err(_) => decode_bytes(bytes.to_vec(), Hints::default()).0,
    }
}

/// The text of XML or HTML: by byte order mark, as UTF-8, in the encoding that it declares, or in one that it looks like.
pub fn decode_markup(bytes: &[u8]) -> String {
    let declared = declared_encoding(&bytes[..bytes.len().min(DECLARED_WITHIN)]);
    decode_bytes(bytes.to_vec(), Hints { forced: None, declared }).0
}

/// `encoding="windows-1252"`, `charset=utf-8`
fn declared_encoding(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let (at, key) = ["encoding=", "charset="].into_iter().filter_map(|key| Some((head.find(key)?, key))).min()?;
    let value = head[at + key.len()..].trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '?' | '>' | ';' | '/'))?;
    Encoding::for_label(&value.as_bytes()[..end])
}

fn decode_bytes(bytes: Vec<u8>, hints: Hints) -> (String, Option<&'static Encoding>) {
    if let Some((marked, mark)) = Encoding::for_bom(&bytes) {
        return (marked.decode_without_bom_handling(&bytes[mark..]).0.into_owned(), None);
    }
    if let Some(forced) = hints.forced {
        return (forced.decode_without_bom_handling(&bytes).0.into_owned(), None);
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let bytes = error.as_bytes();
            let encoding = hints.declared.filter(|&declared| declared != UTF_8).unwrap_or_else(|| guess(bytes));
            let guessed = (hints.declared != Some(encoding)).then_some(encoding);
            (encoding.decode_without_bom_handling(bytes).0.into_owned(), guessed)
        }
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(Some(LIKELY_DOMAIN), Utf8Detection::Deny);
    if encoding == WINDOWS_1252 && is_latin_9(bytes) { ISO_8859_15 } else { encoding }
}

/// Latin-9 is Latin-1 with `€` for `¤` and `œ` for `½`; the detector does not know it. Windows-1252 puts punctuation
/// between 0x80 and 0x9F, where Latin-9 has nothing; a half inside a word is an `œ`.
fn is_latin_9(bytes: &[u8]) -> bool {
    let letter = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0xC0);
    let ligature = |pair: &[u8]| matches!(pair, [0xBC | 0xBD, after] if letter(Some(after)));
    let windows = bytes.iter().any(|byte| (0x80..=0x9F).contains(byte));
    !windows && (bytes.contains(&0xA4) || bytes.windows(2).any(ligature))
}

fn normalize(text: String) -> String {
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    if is_nfc_quick(text.chars()) == IsNormalized::Yes { text } else { text.nfc().collect() }
}

fn check(text: &str) -> Result<(), NoText> {
    let (mut characters, mut nulls, mut controls, mut replaced, mut blank) = (0, 0, 0, 0, true);
    for c in text.chars() {
        characters += 1;
        blank &= c.is_whitespace();
        match c {
            '\t' | '\n' | '\r' | '\u{c}' | '\u{85}' => {}
            '\0' => nulls += 1,
            '\u{fffd}' => replaced += 1,
            _ if c.is_control() => controls += 1,
            _ => {}
        }
    }
    if nulls > 0 {
        Err(NoText::Binary { found: nulls, characters, are: "are null" })
    } else if controls * 100 > characters {
        Err(NoText::Binary { found: controls, characters, are: "are control characters" })
    } else if replaced * 50 > characters {
        Err(NoText::Binary { found: replaced, characters, are: "are unreadable" })
    } else if blank {
        Err(NoText::Empty)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const PROSE: &str = "À Zabid, le cœur de la cité a été bombardé : vingt-trois blessés, et 400 € d’aide par foyer. \
                         L’hôpital français n’a reçu ni médecin ni médicament depuis l’été.";

    fn bytes(bytes: &[u8]) -> Body {
        Body::Base64(STANDARD.encode(bytes))
    }

    fn encoded(text: &str, encoding: &'static Encoding) -> Body {
        bytes(&encoding.encode(text).0)
    }

    fn utf_16_le(text: &str) -> Vec<u8> {
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    }

    #[test]
    fn encodings_of_french_copy_are_told_apart() {
        let latin_9 = PROSE.replace('’', "'");
        let marked = format!("\u{feff}{PROSE}");
        let cases = [
            (encoded(PROSE, WINDOWS_1252), PROSE, Some("windows-1252")),
            (encoded(&latin_9, ISO_8859_15), &latin_9, Some("ISO-8859-15")),
            (bytes(&utf_16_le(PROSE)), PROSE, None),
            (encoded(PROSE, UTF_8), PROSE, None),
            (encoded(&marked, UTF_8), PROSE, None),
            (Body::Text(marked.clone()), PROSE, None),
        ];
        for (body, text, guessed) in cases {
            let decoded = decode(body, Hints::default()).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.guessed.map(Encoding::name)), (text, guessed));
        }
    }

    #[test]
    fn a_half_hour_in_windows_1252_is_no_ligature() {
        let text = "La trêve a duré 1½ heure près du marché, à l'été passé.";
        assert_eq!(decode(encoded(text, WINDOWS_1252), Hints::default()).unwrap().text, text);
    }

    #[test]
    fn a_forced_encoding_beats_the_guess_and_a_declared_one_needs_no_guess() {
        let koi8 = Encoding::for_label(b"koi8-r").unwrap();
        let body = || encoded("Мост", koi8);
        let forced = decode(body(), Hints { forced: Some(koi8), declared: None }).unwrap();
        let declared = decode(body(), Hints { forced: None, declared: Some(koi8) }).unwrap();
        assert_eq!((forced.text.as_str(), forced.guessed), ("Мост", None));
        assert_eq!((declared.text.as_str(), declared.guessed), ("Мост", None));
    }

    #[test]
    fn text_is_brought_to_normal_form_c() {
        let decoded = decode(Body::Text("Le ge\u{301}ne\u{301}ral".to_owned()), Hints::default()).unwrap();
        assert_eq!(decoded.text, "Le général");
    }

    #[test]
    fn what_is_no_text_is_told() {
        let noise: Vec<u8> = (0u32..4_000).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let cases = [
            (Body::Text(String::new()), "the file is empty"),
            (Body::Text(" \r\n\t".to_owned()), "the file is empty"),
            (bytes(&[0xFF, 0xFE]), "the file is empty"),
            (Body::Base64("&&&".to_owned()), "the body is no valid base64: Invalid symbol 38, offset 0."),
            (Body::Text("PK\0\0".to_owned()), "the file is no text: 2 of its 4 characters are null"),
            (
                Body::Text("abc\u{1}\u{2}".to_owned()),
                "the file is no text: 2 of its 5 characters are control characters",
            ),
            (Body::Text("ab\u{fffd}\u{fffd}".to_owned()), "the file is no text: 2 of its 4 characters are unreadable"),
        ];
        for (body, message) in cases {
            assert_eq!(decode(body, Hints::default()).unwrap_err().to_string(), message);
        }
        assert!(matches!(decode(bytes(&noise), Hints::default()), Err(NoText::Binary { .. })));
    }
}

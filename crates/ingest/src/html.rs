//! Text that feeds write with tags and entities in it.

pub(crate) use recoup_parse::fragment_text as text;

/// Whether a text has tags or entities, and is to be read as HTML.
pub(crate) fn is_html(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(2).enumerate().any(|(at, pair)| match pair {
        [b'<', next] => next.is_ascii_alphabetic() || matches!(next, b'/' | b'!'),
        [b'&', b'#' | b'a'..=b'z' | b'A'..=b'Z'] => {
            let rest = &bytes[at + 1..bytes.len().min(at + 12)];
            let name = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
            rest.get(name) == Some(&b';')
        }
        _ => false,
    })
}

/// The same in one line, without tags and entities.
pub(crate) fn line(text: &str) -> String {
    let plain = if is_html(text) { self::text(text) } else { text.to_owned() };
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

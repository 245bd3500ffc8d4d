//! Finds the text of a document in the source of its page, word by word.
//!
//! The tree of a page does not know where its parts stood in the source. The words of the source are read once more,
//! without tags and with entities resolved, and those of the text are found among them in their order.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

use foldhash::fast::RandomState;
use quick_xml::escape::resolve_html5_entity;
use recoup_model::{PageMap, Span};

use super::units::is_block;

/// Where text takes up at another place of the page, so many words must agree as there are, to tell places apart.
const AGREE: usize = 8;
/// Places that are looked at.
const PLACES: usize = 64;
/// Longest entity, in bytes.
const ENTITY: usize = 33;

/// Stands between the cells of a row in the text, and may stand anywhere in a page.
const BAR: &str = "|";

/// Elements whose content is not markup, and of which no word is in the text.
const RAW: &[&str] = &["script", "style", "template", "textarea", "noscript", "iframe", "svg"];

/// A word of the source, which tags and entities may run through.
#[derive(Debug)]
struct Word<'p> {
    text: Cow<'p, str>,
    start: usize,
    end: usize,
}

/// Where the words of `text` stand in `page`.
pub(crate) fn map(page: &str, text: &str) -> PageMap {
    let source = words(page);
    let mut places: HashMap<(&str, &str), Vec<usize>, RandomState> = HashMap::default();
    for (at, pair) in source.windows(2).enumerate() {
        places.entry((&pair[0].text, &pair[1].text)).or_default().push(at);
    }
    let wanted: Vec<(usize, &str)> = split(text).filter(|(_, word)| *word != BAR).collect();
    let agreeing = |place: usize, at: usize| {
        let pairs = source[place..].iter().zip(&wanted[at..]).take(AGREE);
        pairs.take_while(|(word, (_, wanted))| word.text == *wanted).count()
    };
    let mut map = PageMap::default();
    let mut next = 0;
    for (at, (start, word)) in wanted.iter().enumerate() {
        let begins = at == 0 || text[wanted[at - 1].0..*start].contains('\n');
        if begins || source.get(next).is_none_or(|here| here.text != *word) {
            let behind = wanted.get(at + 1).map_or("", |(_, word)| word);
            let known = places.get(&(*word, behind)).map(Vec::as_slice).unwrap_or_default();
            let later = known.partition_point(|place| *place < next);
            let best = known[later..].iter().chain(&known[..later]).take(PLACES);
            // Of several that agree as far, the first from here on.
            match best.min_by_key(|place| Reverse(agreeing(**place, at))) {
                Some(place) => next = *place,
                None if source.get(next).is_some_and(|here| here.text == *word) => {}
                None => continue,
            }
        }
        let found = &source[next];
        next += 1;
        if let (Ok(text), Ok(page)) = (Span::new(*start, start + word.len()), Span::new(found.start, found.end)) {
            map.push(text, page);
        }
    }
    map
}

fn split(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let origin = text.as_ptr() as usize;
    text.split_whitespace().map(move |word| (word.as_ptr() as usize - origin, word))
}

/// The words that a reader sees, and some that he does not, in the order of the source.
fn words(page: &str) -> Vec<Word<'_>> {
    let mut reader = Reader { page, words: Vec::new(), word: None };
    let mut at = 0;
    while let Some(c) = page[at..].chars().next() {
        let rest = &page[at..];
        at += match c {
            '<' => reader.tag(at, rest),
            '&' => reader.entity(at, rest),
            _ if c.is_whitespace() => {
                reader.end();
                c.len_utf8()
            }
            _ => {
                let length = rest.find(|c: char| matches!(c, '<' | '&') || c.is_whitespace()).unwrap_or(rest.len());
                reader.letters(at, length, &rest[..length]);
                length
            }
        };
    }
    reader.end();
    reader.words
}

struct Reader<'p> {
    page: &'p str,
    words: Vec<Word<'p>>,
    /// The word in hand.
    word: Option<Word<'p>>,
}

impl<'p> Reader<'p> {
    /// Letters, and the bytes of the page that stand for them.
    fn letters(&mut self, at: usize, length: usize, letters: &str) {
        let end = at + length;
        match &mut self.word {
            None => {
                let verbatim = &self.page[at..end];
                let text = if verbatim == letters { Cow::Borrowed(verbatim) } else { Cow::Owned(letters.to_owned()) };
                self.word = Some(Word { text, start: at, end });
            }
            Some(word) => {
                let joins = word.end == at && &self.page[at..end] == letters;
                match &mut word.text {
                    Cow::Borrowed(text) if joins => *text = &self.page[word.start..end],
                    text => text.to_mut().push_str(letters),
                }
                word.end = end;
            }
        }
    }

    fn end(&mut self) {
        self.words.extend(self.word.take().filter(|word| word.text != BAR));
    }

    /// A tag, comment or declaration, with the content of elements that hold no markup; gives its length.
    fn tag(&mut self, at: usize, rest: &str) -> usize {
        if let Some(comment) = rest.strip_prefix("<!--") {
            return comment.find("-->").map_or(rest.len(), |end| end + 7);
        }
        let named = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
        if !named.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
            self.letters(at, 1, "<");
            return 1;
        }
        let name = named.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        let length = tag_length(rest);
        if is_block(&name) || matches!(name.as_str(), "br" | "wbr" | "img") {
            self.end();
        }
        if RAW.contains(&name.as_str()) && !rest.starts_with("</") && !rest[..length].ends_with("/>") {
            return length + raw_length(&rest[length..], &name);
        }
        length
    }

    fn entity(&mut self, at: usize, rest: &str) -> usize {
        let head = rest.as_bytes().iter().take(ENTITY).position(|byte| *byte == b';');
        let named = head.and_then(|end| Some((rest.get(1..end)?, end + 1)));
        let resolved = named.and_then(|(name, length)| Some((resolve(name)?, length)));
        match resolved {
            Some((text, length)) if text.chars().all(char::is_whitespace) => {
                self.end();
                length
            }
            Some((text, length)) => {
                self.letters(at, length, &text);
                length
            }
            None => {
                self.letters(at, 1, "&");
                1
            }
        }
    }
}

fn resolve(name: &str) -> Option<Cow<'static, str>> {
    let Some(number) = name.strip_prefix('#') else { return resolve_html5_entity(name).map(Cow::Borrowed) };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    // What Windows has between 128 and 159 is written so as well (HTML, 13.2.5.80).
    let windows = u8::try_from(code).ok().filter(|code| (0x80..0xa0).contains(code));
    match windows {
        Some(code) => Some(encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[code]).0.into_owned().into()),
        None => char::from_u32(code).map(|c| c.to_string().into()),
    }
}

/// Up to the `>` that is in no quotes.
fn tag_length(rest: &str) -> usize {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            // Quotes count only where a value begins.
            (None, b'"' | b'\'') if rest[..at].trim_end().ends_with('=') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    rest.len()
}

/// Up to the tag that closes the element.
fn raw_length(rest: &str, name: &str) -> usize {
    let mut at = 0;
    while let Some(found) = rest[at..].find("</") {
        at += found + 2;
        if rest.as_bytes()[at..].get(..name.len()).is_some_and(|here| here.eq_ignore_ascii_case(name.as_bytes())) {
            return at - 2;
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// The part of the page that holds the part of the text.
    fn found<'p>(page: &'p str, text: &str, part: &str) -> Option<&'p str> {
        let start = text.find(part).unwrap();
        map(page, text).locate(Span::new(start, start + part.len()).unwrap())?.slice(page)
    }

    #[test]
    fn words_are_found_through_tags_and_entities() {
        let page = "<title>Tessit</title><script>var x = \"<p>At least 12\";</script><p class=\"a > b\">At least \
                    <b>12</b>&nbsp;soldiers<br>died\n   near T&eacute;ssit &#8211; 3<sup>rd</sup> <!-- x --> clash</p>";
        let text = "At least 12 soldiers died near Téssit – 3rd clash";
        assert_eq!(found(page, text, "At least"), Some("At least"));
        assert_eq!(found(page, text, "12 soldiers"), Some("12</b>&nbsp;soldiers"));
        assert_eq!(found(page, text, "died near"), Some("died\n   near"));
        assert_eq!(found(page, text, "Téssit"), Some("T&eacute;ssit"));
        assert_eq!(found(page, text, "– 3rd clash"), Some("&#8211; 3<sup>rd</sup> <!-- x --> clash"));
    }

    #[test]
    fn of_several_places_the_one_that_agrees_longest_is_taken() {
        let page = "<li><a>At least 12 killed, says army</a></li><h1>At least 12 killed</h1>\
                    <p>At least 12 killed near Tessit on Monday.</p><p>Other</p>";
        let text = "At least 12 killed near Tessit on Monday.";
        let map = map(page, text);
        let at = map.locate(Span::new(0, text.len()).unwrap()).unwrap();
        assert_eq!(at.slice(page), Some(text));
    }

    #[test]
    fn what_the_page_does_not_have_is_nowhere() {
        let page = "<p>At least 12 killed.</p>";
        assert_eq!(found(page, "Something else. At least 12 killed.", "Something else."), None);
        assert_eq!(found(page, "Something else. At least 12 killed.", "12"), Some("12"));
        assert_eq!(found(page, "", ""), None);
    }

    #[test]
    fn rows_of_tables_have_bars_of_their_own() {
        let page = "<tr><td>Killed</td><td>12</td></tr><tr><td>Wounded</td><td>30</td></tr>";
        assert_eq!(found(page, "Killed | 12\nWounded | 30", "30"), Some("30"));
        assert_eq!(found(page, "Killed | 12\nWounded | 30", "Wounded | 30"), Some("Wounded</td><td>30"));
    }

    #[test]
    fn broken_markup_is_no_trouble() {
        for page in ["<", "&", "<p", "<!--", "<script>", "a<b&c;&#xD800;&#x110000;&#;<a href='", "</", "é<é>&é;"] {
            map(page, "a b");
        }
    }
}

//! Headings among the paragraphs.

use recoup_model::{Block, BlockKind, Span};

/// Longest heading, in characters.
const LONGEST: usize = 120;
/// Longest heading, in characters, where every word begins with a capital.
const LONGEST_TITLE_CASE: usize = 200;
/// Longest heading, in words, at the end of a text, where no paragraph shows that it is one.
const LABEL_WORDS: usize = 6;
/// Fewest words of a headline, as against a label such as 'Key points'.
const HEADLINE_WORDS: usize = 4;

/// Makes a heading of each paragraph that is one: short, without a full stop, over something else.
pub(crate) fn mark(text: &str, blocks: &mut [Block]) {
    let mut at_top = true;
    for at in 0..blocks.len() {
        let line = blocks[at].span.slice(text).unwrap_or_default();
        let next = blocks.get(at + 1).and_then(|next| next.span.slice(text));
        if blocks[at].kind == BlockKind::Paragraph && is_heading(line, next, at_top) {
            blocks[at].kind = BlockKind::Heading;
        }
        at_top &= blocks[at].kind == BlockKind::Heading;
    }
}

/// The headline of a text that gives no title: the first heading at its top that is more than a label.
pub(crate) fn headline(text: &str, blocks: &[Block]) -> Option<String> {
    let is_content =
        |block: &&Block| matches!(block.kind, BlockKind::Heading | BlockKind::Paragraph | BlockKind::ListItem);
    blocks
        .iter()
        .filter(is_content)
        .take_while(|block| block.kind == BlockKind::Heading)
        .filter_map(|block| block.span.slice(text))
        .find(|heading| heading.split_whitespace().nth(HEADLINE_WORDS - 1).is_some())
        .map(str::to_owned)
}

/// Whether a line reads as a headline: short and without a full stop.
pub(crate) fn is_headline(text: &str, span: Span) -> bool {
    span.slice(text).is_some_and(|line| is_short(line) && !ends_sentence(line))
}

fn is_heading(line: &str, next: Option<&str>, at_top: bool) -> bool {
    let asks = line.ends_with(['?', '!']) && !line.starts_with(['«', '“', '"', '–', '—']) && one_sentence(line);
    let ended = ends_sentence(line) && !(asks && (at_top || is_title_case(line)));
    let goes_on = next.is_some_and(|next| next.starts_with(char::is_lowercase));
    let is_label = !at_top && line.split_whitespace().nth(LABEL_WORDS).is_none();
    is_short(line) && !ended && !goes_on && (next.is_some() || is_label) && !line.starts_with(char::is_lowercase)
}

fn is_short(line: &str) -> bool {
    let length = line.chars().count();
    length <= LONGEST || length <= LONGEST_TITLE_CASE && is_title_case(line)
}

/// Whether a line ends as running text does, within closing quotes or brackets too.
fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(['»', '”', '"', '’', '\'', ')', ']', ' ', '\u{a0}', '\u{202f}']);
    line.ends_with(['.', '!', '?', '…', ':', ',', ';', '—', '–'])
}

fn one_sentence(line: &str) -> bool {
    line.trim_end_matches(['?', '!', ' ', '\u{a0}', '\u{202f}']).find(['.', '?', '!']).is_none()
}

/// Whether nearly every longer word begins with a capital.
fn is_title_case(line: &str) -> bool {
    let long = line.split_whitespace().filter(|word| word.chars().count() >= 4);
    let (capital, all) =
        long.fold((0, 0), |(capital, all), word| (capital + usize::from(word.contains(char::is_uppercase)), all + 1));
    all >= 3 && capital * 10 >= all * 8
}

//! Paragraphs: one line each, or several where the file is hard-wrapped.

use recoup_model::Span;

use crate::lines::Line;

/// Widest line, in characters, of a hard-wrapped file.
const WIDEST: usize = 100;
/// Shortest line, in characters, that can be the broken half of a sentence rather than a heading or an entry.
const BROKEN: usize = 40;
/// How many lines must go on in the next one before a file counts as hard-wrapped.
const CONTINUED: usize = 3;

/// The paragraphs of `text` made of `lines`, in order, none empty.
///
/// A line is one; a line goes on with the next where the file is hard-wrapped, or where it breaks off within a sentence.
pub(crate) fn paragraphs(text: &str, lines: &[Line]) -> Vec<Span> {
    let wrap = wrap_width(text, lines);
    let mut found: Vec<Span> = Vec::new();
    let mut before: Option<Span> = None;
    for line in lines.iter().map(|line| line.span) {
        if line.is_empty() {
            before = None;
            continue;
        }
        let joins = before.is_some_and(|before| {
            let wrapped = wrap.is_some_and(|width| is_full(text, before, width));
            let broken = width(text, before) >= BROKEN && goes_on(text, before, line);
            (wrapped || broken) && bullet(text, line).is_none()
        });
        match found.last_mut().filter(|_| joins) {
            Some(last) => *last = last.cover(line),
            None => found.push(line),
        }
        before = Some(line);
    }
    found
}

/// Length in bytes of the bullet or number and the blanks at the start of a list item.
pub(crate) fn bullet(text: &str, line: Span) -> Option<usize> {
    let line = line.slice(text)?;
    let rest = match line.chars().next()? {
        mark @ ('-' | '–' | '—' | '•' | '*' | '◦' | '▪' | '►' | '>') => &line[mark.len_utf8()..],
        _ => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let marked = (1..=2).contains(&digits) && line[digits..].starts_with(['.', ')']);
            marked.then(|| &line[digits + 1..])?
        }
    };
    let item = rest.trim_start();
    (item.len() < rest.len() && !item.is_empty()).then(|| line.len() - item.len())
}

/// The width at which the lines were wrapped, in characters; `None` where a line is a paragraph.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let widths: Vec<usize> = lines.iter().map(|line| width(text, line.span)).filter(|&width| width > 0).collect();
    let wide = widths.iter().filter(|&&width| width > WIDEST).count();
    let longest = widths.iter().copied().filter(|&width| width <= WIDEST).max()?;
    if wide * 20 > widths.len() {
        return None;
    }
    let (mut adjacent, mut continued) = (0, 0);
    for pair in lines.windows(2).filter(|pair| pair.iter().all(|line| !line.span.is_empty())) {
        adjacent += 1;
        continued += usize::from(is_full(text, pair[0].span, longest) && goes_on(text, pair[0].span, pair[1].span));
    }
    (continued >= CONTINUED && continued * 3 >= adjacent).then_some(longest)
}

fn width(text: &str, line: Span) -> usize {
    line.slice(text).map_or(0, |line| line.chars().count())
}

/// Whether a line is about as wide as the widest, so that the next one may belong to its paragraph.
fn is_full(text: &str, line: Span, widest: usize) -> bool {
    width(text, line) * 10 >= widest * 7
}

/// Whether a line breaks off within a sentence that the next one goes on with.
fn goes_on(text: &str, line: Span, next: Span) -> bool {
    let breaks_off =
        line.slice(text).is_some_and(|line| !line.ends_with(['.', '!', '?', '…', ':', ';', '»', '”', '"']));
    breaks_off && next.slice(text).is_some_and(|next| next.starts_with(char::is_lowercase))
}

//! Excerpts of articles, with carets under the words in question.
//!
//! Articles are hostile: what could steer a terminal or turn the direction of the text is replaced before it is shown.

use std::fmt::Write as _;

use recoup_model::Span;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// How an excerpt is laid out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    /// Columns before the line number.
    pub(crate) indent: usize,
    /// Columns in all.
    pub(crate) width: usize,
    /// Whether the carets are coloured.
    pub(crate) color: bool,
}

/// The part of `text` under `around`, each line with its number in `text`, wrapped to the layout, with carets under
/// `words`. Spans that leave the text are cut to it.
pub(crate) fn excerpt(text: &str, around: Span, words: Span, layout: Layout) -> String {
    let around = around.cover(words);
    let last_line = line_number(text, around.end());
    let digits = last_line.to_string().len();
    let room = layout.width.saturating_sub(layout.indent + digits + 3).max(20);
    let mut out = String::new();
    let mut start = 0;
    for (index, line) in text.split('\n').enumerate() {
        let from = around.start().max(start);
        let to = around.end().min(start + line.len());
        if let Some(part) = text.get(from..to).filter(|part| !part.trim().is_empty()) {
            let mut label = (index + 1).to_string();
            for row in rows(part, from, room) {
                let indent = layout.indent;
                let _ = writeln!(out, "{:indent$}{label:>digits$} | {}", "", row.text());
                let carets = row.carets(words);
                if !carets.is_empty() {
                    let (on, off) = if layout.color { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") };
                    let _ = writeln!(out, "{:indent$}{:>digits$} | {on}{carets}{off}", "", "");
                }
                label.clear();
            }
        }
        start += line.len() + 1;
    }
    out
}

/// The number of the line that holds a byte, counted from 1.
pub(crate) fn line_number(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|b| *b == b'\n').count()
}

/// Text of an article or a name from it, safe to print and on one line.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(shown).collect()
}

/// The same, cut to `width` columns with an ellipsis.
pub(crate) fn short(text: &str, width: usize) -> String {
    let text = plain(text);
    if text.width() <= width {
        return text;
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        out.push(c);
    }
    format!("{}…", out.trim_end())
}

/// Prose broken at spaces into lines of at most `width` columns; the first begins with `head`, the others below its end.
pub(crate) fn hanging(head: &str, text: &str, width: usize) -> String {
    let indent = head.width();
    let text = plain(text);
    let mut out = head.to_owned();
    for (index, row) in rows(&text, 0, width.saturating_sub(indent).max(20)).iter().enumerate() {
        if index > 0 {
            let _ = write!(out, "\n{:indent$}", "");
        }
        out.push_str(&row.text());
    }
    out
}

/// Pads to `width` columns; longer text stays whole.
pub(crate) fn padded(text: &str, width: usize) -> String {
    format!("{text}{:1$}", "", width.saturating_sub(text.width()))
}

struct Row {
    chars: Vec<(usize, char)>,
}

impl Row {
    fn text(&self) -> String {
        self.chars.iter().map(|(_, c)| *c).collect::<String>().trim_end().to_owned()
    }

    fn carets(&self, words: Span) -> String {
        let mut out = String::new();
        for (at, c) in self.chars.iter().take(self.text().chars().count()) {
            let mark = if words.start() <= *at && *at < words.end() { '^' } else { ' ' };
            out.extend(std::iter::repeat_n(mark, c.width().unwrap_or(0)));
        }
        out.trim_end().to_owned()
    }
}

/// Breaks at spaces into rows of at most `room` columns; a longer word gets a row of its own.
fn rows(part: &str, offset: usize, room: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut row = Row { chars: Vec::new() };
    let mut used = 0;
    for word in words_with_space(part, offset) {
        let width: usize = word.iter().filter_map(|(_, c)| c.width()).sum();
        let bare = width - word.iter().rev().take_while(|(_, c)| *c == ' ').count();
        if used > 0 && used + bare > room {
            rows.push(std::mem::replace(&mut row, Row { chars: Vec::new() }));
            used = 0;
        }
        used += width;
        row.chars.extend(word);
    }
    rows.push(row);
    rows
}

/// Words, each with the spaces behind it; every character with its byte in the document.
fn words_with_space(part: &str, offset: usize) -> Vec<Vec<(usize, char)>> {
    let mut words: Vec<Vec<(usize, char)>> = vec![Vec::new()];
    let mut after_space = false;
    for (at, c) in part.char_indices() {
        let c = shown(c);
        if after_space && c != ' ' {
            words.push(Vec::new());
        }
        after_space = c == ' ';
        if let Some(word) = words.last_mut() {
            word.push((offset + at, c));
        }
    }
    words
}

/// Control characters could steer the terminal, direction marks could make a sentence read otherwise than it is.
fn shown(c: char) -> char {
    match c {
        '\t' | '\n' => ' ',
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn marked(text: &str, words: &str, width: usize) -> String {
        let start = text.find(words).unwrap();
        let words = Span::new(start, start + words.len()).unwrap();
        excerpt(text, Span::new(0, text.len()).unwrap(), words, Layout { indent: 0, width, color: false })
    }

    #[test]
    fn carets_stand_under_the_words() {
        insta::assert_snapshot!(marked("Le port a été touché : « au moins douze dockers » sont morts.", "au moins douze dockers", 80), @r"
        1 | Le port a été touché : « au moins douze dockers » sont morts.
          |                          ^^^^^^^^^^^^^^^^^^^^^^
        ");
    }

    #[test]
    fn a_long_sentence_wraps_with_its_carets() {
        insta::assert_snapshot!(marked("The ministry said on Friday that more than two hundred fishing boats had been lost off Mocha.", "more than two hundred fishing boats", 50), @r"
        1 | The ministry said on Friday that more than two
          |                                  ^^^^^^^^^^^^^
          | hundred fishing boats had been lost off Mocha.
          | ^^^^^^^^^^^^^^^^^^^^^
        ");
    }

    #[test]
    fn wide_characters_take_two_columns() {
        insta::assert_snapshot!(marked("국방부 said 40 ships left.", "40 ships", 80), @r"
        1 | 국방부 said 40 ships left.
          |             ^^^^^^^^
        ");
    }

    #[test]
    fn lines_keep_their_numbers() {
        let text = "Headline\n\nA crew of\nnine drowned.";
        let words = Span::new(10, text.len()).unwrap();
        let layout = Layout { indent: 2, width: 60, color: false };
        insta::assert_snapshot!(excerpt(text, words, Span::new(20, 32).unwrap(), layout), @r"
          3 | A crew of
          4 | nine drowned.
            | ^^^^^^^^^^^^
        ");
    }

    #[test]
    fn nothing_in_an_article_steers_the_terminal() {
        assert_eq!(plain("\u{1b}[2Jten\tdead\u{202e}"), "\u{fffd}[2Jten dead\u{fffd}");
    }

    #[test]
    fn prose_hangs_below_its_head() {
        let text = "Whether convoys count as shipping or as supplies.";
        insta::assert_snapshot!(hanging("  convoys: ", text, 40), @r"
          convoys: Whether convoys count as
                   shipping or as supplies.
        ");
    }

    #[test]
    fn what_is_too_long_is_cut() {
        let cases = [("dockers", 7, "dockers"), ("dockers", 6, "docke…"), ("two dockers", 5, "two…")];
        for (text, width, want) in cases {
            assert_eq!(short(text, width), want);
        }
    }
}

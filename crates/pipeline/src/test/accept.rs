//! Writes what was found into the pipeline's file, as what is expected from now on.

use std::fmt::Write as _;
use std::fs;
use std::ops::Range;

use recoup_model::content_hash;

use super::{Place, Tested, lines};
use crate::run::RunError;
use crate::{Pipeline, Problem};

/// Sets `expect_text` of every test whose text is shown otherwise than the file says, or that expects nothing yet. All
/// else in the file stays as it is.
///
/// # Errors
/// [`RunError`] where the file has changed since it was read, or cannot be written.
pub fn accept(pipeline: &Pipeline, tested: &[Tested]) -> Result<(), RunError> {
    let outdated = |tested: &&Tested| {
        tested.set_aside.is_none() && tested.mismatches.iter().any(|mismatch| mismatch.key == "expect_text")
    };
    let outdated: Vec<&Tested> = tested.iter().filter(outdated).collect();
    let Some(file) = pipeline.file.as_ref().filter(|_| !outdated.is_empty()) else { return Ok(()) };
    let path = pipeline.folder.join(&file.name);
    let io = |verb| {
        let path = path.clone();
        move |source| RunError::Io { verb, path, source }
    };
    let text = fs::read_to_string(&path).map_err(io("read"))?;
    if content_hash(text.as_bytes()) != file.sha256 {
        let message = format!("{} was changed while its tests ran", path.display());
        let problem = Problem::new("test::changed", message).help("nothing was written; run the command again");
        return Err(RunError::Problems(problem.into()));
    }
    let edits = outdated.iter().map(|tested| edit(&text, &pipeline.tests[tested.index].place, &tested.shown));
    let mut edits: Vec<(Range<usize>, String)> = edits.collect();
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = text.clone();
    for (range, new) in edits.into_iter().rev() {
        out.replace_range(range, &new);
    }
    fs::write(&path, out).map_err(io("write"))
}

/// What to write where.
fn edit(file: &str, place: &Place, shown: &str) -> (Range<usize>, String) {
    let end = if file.contains("\r\n") { "\r\n" } else { "\n" };
    let value = match place.inline {
        true => one_line(&lines(shown)),
        false => several_lines(&lines(shown)).replace('\n', end),
    };
    match &place.expect_text {
        Some(range) => (range.clone(), value),
        None if place.inline => (place.end..place.end, format!(", expect_text = {value}")),
        None => {
            // Below the last key, and below a comment behind it.
            let rest = &file[place.end..];
            let line = rest.find('\n').map_or(rest.len(), |at| at + 1);
            let at = place.end + line;
            let before = if file[..at].ends_with('\n') { "" } else { end };
            (at..at, format!("{before}expect_text = {value}{end}"))
        }
    }
}

/// A text over several lines, without escapes where there is a way to write it so.
fn several_lines(text: &str) -> String {
    let control = |c: char| c.is_control() && c != '\n';
    let plain = !text.contains(control);
    if plain && !text.contains('\\') && !text.contains("\"\"\"") && !text.ends_with('"') {
        format!("\"\"\"\n{text}\n\"\"\"")
    } else if plain && !text.contains("'''") {
        format!("'''\n{text}\n'''")
    } else {
        one_line(text)
    }
}

fn one_line(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {
                // A string takes all that is written.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_text_is_read_as_it_was_written() {
        for text in ["", "a\nb", "say \"\"\"", "c:\\d", "'''\\", "tab\tand \"", "«é»\n  ^^\n"] {
            for literal in [several_lines(text), one_line(text)] {
                let file: toml::Table = toml::from_str(&format!("text = {literal}\n")).unwrap();
                assert_eq!(lines(file["text"].as_str().unwrap()), lines(text), "{literal}");
            }
        }
    }
}

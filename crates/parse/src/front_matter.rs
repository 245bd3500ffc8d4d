//! Front matter: what an article's file says of itself, as TOML between two lines `+++`.
//!
//! YAML between two lines `---` is known as front matter too, but not read.

use std::collections::BTreeSet;

use jiff::civil::Date;
use recoup_model::{Diagnostic, Level, Span};
use toml::de::{DeTable, DeValue};

use crate::lines::{Line, lines};

const FENCE: &str = "+++";
const YAML_FENCE: &str = "---";
/// Lines from the top within which YAML front matter ends: further down, `---` is a rule between two parts of a text.
const YAML_LINES: usize = 40;
/// Longest front matter in bytes.
const LONGEST: usize = 16_384;
const KEYS: &str = "published, language, outlet, url, title";

/// What the front matter says; empty where there is none.
#[derive(Debug, Default)]
pub(crate) struct FrontMatter {
    /// The front matter with both its fences.
    pub(crate) span: Option<Span>,
    pub(crate) published: Option<Date>,
    pub(crate) language: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) title: Option<String>,
}

/// Reads the front matter at the start of `text`, with a remark on everything in it that cannot be used.
pub(crate) fn read(text: &str) -> (FrontMatter, Vec<Diagnostic>) {
    let is_fence = |line: &Line| line.span.slice(text) == Some(FENCE);
    let mut lines = lines(text, 0);
    let Some(open) = lines.next().filter(is_fence) else { return yaml(text) };
    let within = |line: &Line| line.span.end() <= LONGEST;
    let Some(close) = lines.take_while(within).find(is_fence) else {
        let remark = remark(open.span, "line 1 opens front matter that no later line `+++` closes".to_owned());
        return (FrontMatter::default(), vec![remark.with_help("End the front matter with a line `+++`.")]);
    };
    let mut reader = Reader { text, base: open.span.end(), front: FrontMatter::default(), remarks: Vec::new() };
    reader.front.span = Some(open.span.cover(close.span));
    reader.read(close.span.start());
    (reader.front, reader.remarks)
}

/// Front matter in YAML: its keys are not read, but it is no text of the article either.
fn yaml(text: &str) -> (FrontMatter, Vec<Diagnostic>) {
    let is_fence = |line: &Line| line.span.slice(text) == Some(YAML_FENCE);
    let mut lines = lines(text, 0).take(YAML_LINES);
    let Some(open) = lines.next().filter(is_fence) else { return Default::default() };
    let mut keys = 0;
    let mut close = None;
    for line in lines {
        let words = line.span.slice(text).unwrap_or_default();
        if words == YAML_FENCE {
            close = Some(line.span);
            break;
        }
        if is_yaml_entry(words) {
            keys += 1;
        } else if !words.is_empty() && !words.starts_with('#') {
            break;
        }
    }
    // A rule above the text is no front matter.
    if keys == 0 {
        return Default::default();
    }
    let (span, taken) = match close {
        Some(close) => (Some(open.span.cover(close)), "it is left out of the text, and its keys are not read"),
        None => (None, "it is read as text, since no `---` ends a block of lines `key: value`"),
    };
    let message = format!("line 1 opens front matter in YAML: {taken}");
    let help = format!("Write front matter as TOML, `key = \"value\"`, between two lines `+++`. Known keys: {KEYS}.");
    let front = FrontMatter { span, ..FrontMatter::default() };
    (front, vec![remark(open.span, message).with_help(help)])
}

/// Whether a line has the form `key: value` or `key:`.
fn is_yaml_entry(line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else { return false };
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    is_key && (value.is_empty() || value.starts_with([' ', '\t']))
}

struct Reader<'t> {
    text: &'t str,
    /// First byte of the TOML that is being read.
    base: usize,
    front: FrontMatter,
    remarks: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn read(&mut self, end: usize) {
        let (table, errors) = DeTable::parse_recoverable(&self.text[self.base..end]);
        if errors.is_empty() {
            self.take_all(table.get_ref())
        } else {
            self.read_by_line(end)
        }
        self.remarks.sort_by_key(|remark| remark.span);
    }

    /// Reads each line on its own, so that a mistake costs its line and not those below.
    fn read_by_line(&mut self, end: usize) {
        let text = self.text;
        let mut seen = BTreeSet::new();
        for line in lines(text, self.base).take_while(|line| line.span.start() < end) {
            self.base = line.span.start();
            let (table, errors) = DeTable::parse_recoverable(line.span.slice(text).unwrap_or_default());
            if let Some(error) = errors.first() {
                let whole = 0..line.span.end() - line.span.start();
                let at = error.span().filter(|at| !at.is_empty()).unwrap_or(whole);
                let message = format!("no valid TOML: {}", error.message());
                self.remark(at, message, "Write `key = \"value\"`.".to_owned());
                continue;
            }
            let again = table.get_ref().iter().find(|(key, _)| !seen.insert(key.get_ref().to_string()));
            match again {
                Some((key, _)) => {
                    let message = format!("`{}` is given twice, and the first counts", key.get_ref());
                    self.remark(key.span(), message, "Remove one of them.".to_owned());
                }
                None => self.take_all(table.get_ref()),
            }
            // What stands below the heading of a table is no key of the front matter.
            if line.span.slice(text).is_some_and(|line| line.starts_with('[')) {
                break;
            }
        }
    }

    fn take_all(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            self.take(key.get_ref(), key.span(), value.get_ref(), value.span());
        }
    }

    fn take(&mut self, key: &str, key_span: Bytes, value: &DeValue<'_>, value_span: Bytes) {
        let slot = match key {
            "published" => match date(value) {
                Some(date) => return self.front.published = Some(date),
                None => {
                    let message = "`published` is no date".to_owned();
                    return self.remark(value_span, message, "Write `published = 2024-12-16`.".to_owned());
                }
            },
            "language" => &mut self.front.language,
            "outlet" => &mut self.front.outlet,
            "url" => &mut self.front.url,
            "title" => &mut self.front.title,
            _ => return self.remark(key_span, format!("`{key}` is unknown"), format!("Known keys: {KEYS}.")),
        };
        match value.as_str().map(str::trim) {
            Some(words) if !words.is_empty() => *slot = Some(words.to_owned()),
            Some(_) => self.remark(value_span, format!("`{key}` is empty"), format!("Give a value or remove `{key}`.")),
            None => self.remark(value_span, format!("`{key}` is no text"), format!("Write `{key} = \"…\"`.")),
        }
    }

    fn remark(&mut self, at: Bytes, message: String, help: String) {
        let (start, end) = (self.base + at.start, self.base + at.end);
        let line = 1 + self.text[..start].matches('\n').count();
        if let Ok(span) = Span::new(start, end) {
            self.remarks.push(remark(span, format!("line {line}: {message}")).with_help(help));
        }
    }
}

type Bytes = std::ops::Range<usize>;

fn remark(span: Span, message: String) -> Diagnostic {
    Diagnostic { span: Some(span), ..Diagnostic::new(Level::Warning, "parse.front_matter", message) }
}

/// The day in a TOML date or date-time, or in a string that begins with one (`2024-12-16`, `2024-12-16T08:00:00Z`).
fn date(value: &DeValue<'_>) -> Option<Date> {
    if let Some(datetime) = value.as_datetime() {
        let date = datetime.date?;
        let year = i16::try_from(date.year).ok()?;
        return Date::new(year, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok();
    }
    let words = value.as_str()?.trim();
    let (day, rest) = words.split_at_checked(10)?;
    (rest.is_empty() || rest.starts_with(['T', ' '])).then(|| day.parse().ok())?
}

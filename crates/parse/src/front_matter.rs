//! Front matter: what an article's file says of itself, as TOML between two lines `+++`.

use jiff::civil::Date;
use recoup_model::{Diagnostic, Level, Span};
use toml::de::{DeTable, DeValue};

use crate::lines::{Line, lines};

const FENCE: &str = "+++";
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
    let Some(open) = lines.next().filter(is_fence) else { return Default::default() };
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

struct Reader<'t> {
    text: &'t str,
    /// First byte of the TOML.
    base: usize,
    front: FrontMatter,
    remarks: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn read(&mut self, end: usize) {
        let (table, errors) = DeTable::parse_recoverable(&self.text[self.base..end]);
        let broken: Vec<Bytes> = errors.iter().map(|error| error.span().unwrap_or(0..end - self.base)).collect();
        for (error, at) in errors.iter().zip(&broken) {
            let message = format!("no valid TOML: {}", error.message());
            self.remark(at.clone(), message, "Write `key = \"value\"`.".to_owned());
        }
        for (key, value) in table.get_ref() {
            let entry = key.span().start..value.span().end;
            if !broken.iter().any(|at| at.start <= entry.end && entry.start <= at.end) {
                self.take(key.get_ref(), key.span(), value.get_ref(), value.span());
            }
        }
        self.remarks.sort_by_key(|remark| remark.span);
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

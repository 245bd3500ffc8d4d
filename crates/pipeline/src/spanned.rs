//! TOML with the place of every value, and how it becomes a type of ours without losing these places.

use std::ops::Range;

use serde::de::DeserializeOwned;
use serde_json::{Number, Value};
use toml::de::ValueDeserializer;

use crate::nearest::advice;
use crate::problem::{Problem, SourceFile};

pub(crate) use toml::Spanned;
pub(crate) use toml::de::{DeTable as Table, DeValue as Tree};

/// What is wrong with one value, and where in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(crate) code: &'static str,
    pub(crate) span: Range<usize>,
    pub(crate) message: String,
    pub(crate) label: Option<String>,
    pub(crate) help: Option<String>,
}

impl Mistake {
    /// A key that is none of the `known` ones.
    pub(crate) fn unknown_key(key: &str, span: Range<usize>, known: &[&str]) -> Self {
        Mistake {
            code: "pipeline::unknown_key",
            span,
            message: format!("`{key}` is not a key here"),
            label: Some("unknown key".to_owned()),
            help: Some(advice(key, "valid keys", known)),
        }
    }

    pub(crate) fn in_file(self, file: &SourceFile) -> Problem {
        let problem = Problem::new(self.code, self.message).at(file, self.span);
        Problem { label: self.label.map(Into::into), help: self.help.map(Into::into), ..problem }
    }
}

/// The tree of a TOML file, or the place where it stops being TOML.
pub(crate) fn parse<'t>(text: &'t str, file: &SourceFile) -> Result<Spanned<Table<'t>>, Problem> {
    let (tree, mut errors) = Table::parse_recoverable(text);
    // One mistake can look like several to a parser: the first is the one to mend.
    errors.sort_by_key(|error| error.span().map(|span| span.start));
    errors.into_iter().next().map_or(Ok(tree), |error| {
        let span = error.span().unwrap_or(0..0);
        let problem = Problem::new("pipeline::syntax", "this is not TOML").at(file, span).label(error.message());
        Err(match error.message().contains("duplicate key") {
            true => Problem { message: "a key is given twice".to_owned(), ..problem },
            false => problem.help("texts stand in quotes, lists in [ ], and each key on a line of its own"),
        })
    })
}

/// A value as a `T`, or everything that is wrong with it: after a mistake in one key, the others are tried too.
pub(crate) fn typed<T: DeserializeOwned>(value: &Spanned<Tree<'_>>) -> Result<T, Vec<Mistake>> {
    let mut value = value.clone();
    dates_as_text(value.get_mut());
    let mut mistakes = Vec::new();
    let mut left_out = Vec::new();
    loop {
        let error = match T::deserialize(ValueDeserializer::from(value.clone())) {
            Ok(typed) if mistakes.is_empty() => return Ok(typed),
            Ok(_) => return Err(mistakes),
            Err(error) => error,
        };
        let span = error.span().unwrap_or_else(|| value.span());
        if !left_out.iter().any(|key| error.message() == format!("missing field `{key}`")) {
            mistakes.push(mistake(error.message(), span.clone()));
        }
        let Some(key) = remove_at(value.get_mut(), &span) else { return Err(mistakes) };
        left_out.push(key);
    }
}

/// Takes out the entry of a table that holds `span`.
fn remove_at(tree: &mut Tree<'_>, span: &Range<usize>) -> Option<String> {
    let Tree::Table(table) = tree else { return None };
    let holds = |range: Range<usize>| range.start <= span.start && span.end <= range.end;
    let key = table.iter().find(|(key, value)| holds(key.span()) || holds(value.span())).map(|(key, _)| key.clone())?;
    table.remove(&key);
    Some(key.into_inner().into_owned())
}

/// Says what serde says in the words of somebody who edits a file.
fn mistake(message: &str, span: Range<usize>) -> Mistake {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let first = quoted.first().copied().unwrap_or_default();
    let others = quoted.get(1..).unwrap_or_default();
    let expected = message.split_once(", expected ").map(|(_, expected)| expected.to_owned());
    let made = |code, message, label, help| Mistake { code, span: span.clone(), message, label, help };
    if message.starts_with("unknown field") {
        Mistake::unknown_key(first, span, others)
    } else if message.starts_with("unknown variant") {
        let help = advice(first, "valid values", others);
        made(
            "pipeline::unknown_value",
            format!("`{first}` is not a value here"),
            Some("unknown value".into()),
            Some(help),
        )
    } else if message.starts_with("missing field") {
        made("pipeline::missing_key", format!("`{first}` is missing"), Some(format!("needs `{first}`")), None)
    } else if let Some(rest) = message.strip_prefix("invalid type: ") {
        let found = rest.split_once(", expected ").map_or(rest, |(found, _)| found);
        let expected = in_plain_words(expected.as_deref().unwrap_or("another type"));
        let message = format!("{} stands where {expected} is expected", in_plain_words(found));
        made("pipeline::wrong_type", message, Some(format!("expected {expected}")), None)
    } else {
        let label = expected.map(|e| format!("expected {e}"));
        made("pipeline::wrong_value", message.to_owned(), label, None)
    }
}

/// What serde calls a type, for somebody who does not program: `string "high"` -> `the text "high"`.
fn in_plain_words(kind: &str) -> String {
    let (name, value) = kind.split_once(' ').unwrap_or((kind, ""));
    let value = value.trim_matches('`');
    match (name, value) {
        ("string", _) => format!("the text {value}"),
        ("integer" | "boolean", _) => value.to_owned(),
        ("floating", _) => value.trim_start_matches("point `").to_owned(),
        ("sequence", _) | ("a", "sequence") => "a list".to_owned(),
        ("an", "array of length 2") => "a list of two".to_owned(),
        ("map", _) | ("a", "map") | ("struct", _) => "a table".to_owned(),
        ("a", "string") => "a text in quotes".to_owned(),
        ("a", "boolean") => "true or false".to_owned(),
        ("f32" | "f64", _) => "a number".to_owned(),
        ("u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" | "isize", _) => {
            "a whole number".to_owned()
        }
        _ => kind.to_owned(),
    }
}

/// Options have no dates of TOML's own: to a stage, a bare date and a quoted one are the same text.
fn dates_as_text(tree: &mut Tree<'_>) {
    match tree {
        Tree::Datetime(date) => *tree = Tree::String(date.to_string().into()),
        Tree::Array(items) => items.iter_mut().for_each(|item| dates_as_text(item.get_mut())),
        Tree::Table(table) => table.iter_mut().for_each(|(_, value)| dates_as_text(value.get_mut())),
        Tree::String(_) | Tree::Integer(_) | Tree::Float(_) | Tree::Boolean(_) => {}
    }
}

/// A value in JSON, as it crosses to a stage. What JSON cannot hold (an infinite number) is null.
pub(crate) fn to_json(tree: &Tree<'_>) -> Value {
    match tree {
        Tree::String(text) => Value::String(text.clone().into_owned()),
        Tree::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).map_or(Value::Null, Value::from),
        Tree::Float(n) => n.as_str().parse().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number),
        Tree::Boolean(flag) => Value::Bool(*flag),
        Tree::Datetime(date) => Value::String(date.to_string()),
        Tree::Array(items) => items.iter().map(|item| to_json(item.get_ref())).collect(),
        Tree::Table(table) => {
            table.iter().map(|(key, value)| (key.get_ref().to_string(), to_json(value.get_ref()))).collect()
        }
    }
}

/// The place of `options.a.b` in the value of `options`: the deepest part of the path that is there.
pub(crate) fn locate(options: &Spanned<Tree<'_>>, path: &str) -> Range<usize> {
    let mut at = options;
    for key in path.strip_prefix("options").unwrap_or(path).split('.').filter(|key| !key.is_empty()) {
        let next = match at.get_ref() {
            Tree::Table(table) => table.iter().find(|(k, _)| k.get_ref() == key).map(|(_, value)| value),
            Tree::Array(items) => key.parse::<usize>().ok().and_then(|n| items.get(n)),
            _ => None,
        };
        match next {
            Some(next) => at = next,
            None => break,
        }
    }
    at.span()
}

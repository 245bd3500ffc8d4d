//! What stages are tried with: invented items of every kind, and what can be wrong with an item.

use recoup_model::{Claim, Document, Item, ReportItem};
use recoup_plugin::{Context, Kind, json};
use serde_json::Value;

const PARSE: &str = include_str!("../../data/conformance/parse.jsonl");
const EXTRACT: &str = include_str!("../../data/conformance/extract.jsonl");
const RECONCILE: &str = include_str!("../../data/conformance/reconcile.jsonl");
const REPORT: &str = include_str!("../../data/conformance/report.jsonl");
const CONTEXT: &str = include_str!("../../data/conformance/context.json");

/// Maps whose keys are data: one more key would be one more entry.
const MAPS: [&str; 2] = ["evidence", "files"];

/// A line that is no item of the kind that a stage reads.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, miette::Diagnostic)]
#[error("line {line} is no item for a {kind} stage: {reason}")]
#[diagnostic(
    code(conformance::item),
    help("one JSON object a line; the items of recoup's own suite are in crates/pipeline/data/conformance")
)]
pub struct UnreadableItem {
    /// Its number, from 1.
    pub line: usize,
    /// What kind of stage the items are for.
    pub kind: Kind,
    /// What is wrong with it.
    pub reason: String,
}

/// The items for a kind of stage, from `lines` or else the suite's own.
///
/// # Errors
/// [`UnreadableItem`] for the first line that is none.
pub(super) fn items(kind: Kind, lines: Option<&str>) -> Result<Vec<Value>, UnreadableItem> {
    let lines = lines.unwrap_or(match kind {
        Kind::Parse => PARSE,
        Kind::Extract => EXTRACT,
        Kind::Reconcile => RECONCILE,
        Kind::Report => REPORT,
    });
    let numbered = lines.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let read = |(text, line): (&str, usize)| {
        let unreadable = |why: json::Unreadable| UnreadableItem { line, kind, reason: why.to_string() };
        typed(kind, text.as_bytes()).map_err(unreadable)?;
        json::read(text.as_bytes()).map_err(unreadable)
    };
    numbered.map(read).collect()
}

fn typed(kind: Kind, line: &[u8]) -> Result<(), json::Unreadable> {
    match kind {
        Kind::Parse => json::read::<Item>(line).map(drop),
        Kind::Extract => json::read::<Document>(line).map(drop),
        Kind::Reconcile => json::read::<Claim>(line).map(drop),
        Kind::Report => json::read::<ReportItem>(line).map(drop),
    }
}

/// The context that goes with the suite's items.
pub(super) fn context() -> Context {
    // A test reads it; a stage that is told nothing is still a stage.
    json::read(CONTEXT.as_bytes()).unwrap_or_default()
}

/// The item as a later version of recoup might send it: with fields of which nobody has heard, wherever there can be
/// fields.
pub(super) fn of_a_later_version(item: &Value) -> Value {
    match item {
        Value::Object(fields) => {
            let later = |(key, value): (&String, &Value)| {
                let known = MAPS.contains(&key.as_str());
                (key.clone(), if known { value.clone() } else { of_a_later_version(value) })
            };
            let mut fields: serde_json::Map<String, Value> = fields.iter().map(later).collect();
            fields.insert("of_a_later_version".to_owned(), serde_json::json!({"weather": ["snow", null, 7]}));
            Value::Object(fields)
        }
        Value::Array(items) => items.iter().map(of_a_later_version).collect(),
        other => other.clone(),
    }
}

/// The item with a number where anything else should be; what kind of item it is, it still says.
pub(super) fn of_other_types(item: &Value) -> Value {
    let spoil = |(key, value): (&String, &Value)| {
        let value = if key == "kind" { value.clone() } else { Value::from(7) };
        (key.clone(), value)
    };
    Value::Object(item.as_object().into_iter().flatten().map(spoil).collect())
}

/// Options with one that the stage does not have, as near to one that it has as a slip of the hand; and its name.
pub(super) fn misspelt(options: &Value, schema: &Value) -> (Value, String) {
    let known = schema.get("properties").and_then(Value::as_object);
    let real = known.and_then(|known| known.iter().next());
    let (name, value) = match real {
        Some((name, option)) => {
            let last = name.chars().last().unwrap_or('x');
            (format!("{name}{last}"), option.get("default").cloned().unwrap_or(Value::Bool(true)))
        }
        None => ("no_such_option".to_owned(), Value::Bool(true)),
    };
    let mut options = options.as_object().cloned().unwrap_or_default();
    options.insert(name.clone(), value);
    (Value::Object(options), name)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use super::*;

    #[test]
    fn the_items_and_the_context_can_be_read_now_and_later() {
        assert!(!json::read::<Context>(CONTEXT.as_bytes()).unwrap().documents.is_empty());
        for (kind, count) in [(Kind::Parse, 5), (Kind::Extract, 3), (Kind::Reconcile, 3), (Kind::Report, 9)] {
            let items = items(kind, None).unwrap();
            assert_eq!(items.len(), count, "{kind}");
            for item in items {
                typed(kind, of_a_later_version(&item).to_string().as_bytes()).unwrap();
                assert!(typed(kind, of_other_types(&item).to_string().as_bytes()).is_err(), "{kind}");
            }
        }
    }

    #[test]
    fn a_line_that_is_no_item_is_named() {
        let error = items(Kind::Extract, Some("\n{\"doc\": 7}\n")).unwrap_err();
        assert_eq!((error.line, error.kind), (2, Kind::Extract));
    }

    #[test]
    fn an_option_is_misspelt_by_one_letter() {
        let schema = json!({"properties": {"width": {"default": 8}}});
        assert_eq!(misspelt(&json!({"a": 1}), &schema), (json!({"a": 1, "widthh": 8}), "widthh".to_owned()));
        assert_eq!(misspelt(&json!({}), &json!({})).1, "no_such_option");
    }
}

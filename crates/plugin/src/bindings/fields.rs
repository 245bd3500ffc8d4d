//! The types of the items in words, from their schemas.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use schemars::JsonSchema;
use serde_json::{Map, Value};

const WIDTH: usize = 116;

/// The schemas of types and of all that they refer to, by name.
#[derive(Default)]
pub(super) struct Fields(BTreeMap<String, Map<String, Value>>);

impl Fields {
    pub(super) fn add<T: JsonSchema>(&mut self) {
        let mut schema = schemars::schema_for!(T).to_value();
        if let Some(Value::Object(definitions)) = schema.get_mut("$defs").map(Value::take) {
            self.0.extend(definitions.into_iter().filter_map(|(name, schema)| Some((name, object(schema)?))));
        }
        self.0.extend(object(schema).map(|schema| (T::schema_name().into_owned(), schema)));
    }

    /// The types sorted by name, and their fields too: the order says nothing, and so does not change.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (name, schema) in &self.0 {
            let variants = schema.get("oneOf").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            let constants: Vec<String> =
                variants.iter().filter_map(|variant| constant(variant.get("const")?)).collect();
            if !constants.is_empty() {
                wrapped(&mut text, "", &format!("{name} = {}", constants.join(" | ")));
                text.push('\n');
                continue;
            }
            let mut fields = BTreeMap::new();
            collect(schema, &mut fields);
            // Of a body that is text or bytes, one is there.
            for variant in variants.iter().filter_map(Value::as_object) {
                match variant.get("$ref") {
                    Some(_) => tagged(&mut text, name, variant),
                    None => collect(&optional(variant), &mut fields),
                }
            }
            if fields.is_empty() {
                if variants.is_empty() {
                    wrapped(&mut text, "", &format!("{name} = {}", type_of(schema)));
                }
                text.push('\n');
                continue;
            }
            let _ = writeln!(text, "{name}");
            for (field, (kind, doc)) in fields {
                wrapped(
                    &mut text,
                    "    ",
                    &format!("{field}: {kind}{}{doc}", if doc.is_empty() { "" } else { "  # " }),
                );
            }
            text.push('\n');
        }
        text
    }
}

/// One variant of a type that is told apart by a tag.
fn tagged(text: &mut String, name: &str, variant: &Map<String, Value>) {
    let mut tags = BTreeMap::new();
    collect(variant, &mut tags);
    let tags: Vec<String> = tags.into_iter().map(|(tag, (kind, _))| format!("{tag}: {kind}")).collect();
    wrapped(text, "", &format!("{name} with {}, and the fields of {}", tags.join(", "), type_of(variant)));
}

fn optional(schema: &Map<String, Value>) -> Map<String, Value> {
    schema.iter().filter(|(key, _)| *key != "required").map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// The fields of a schema: type and the first sentence of the documentation.
fn collect(schema: &Map<String, Value>, into: &mut BTreeMap<String, (String, String)>) {
    let required = schema.get("required").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    for (name, field) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let Value::Object(field) = field else { continue };
        let mark = if required.iter().any(|required| required == name) { "" } else { "?" };
        let doc = field.get("description").and_then(Value::as_str).unwrap_or_default();
        let doc = doc.split("\n\n").next().unwrap_or_default().replace('\n', " ").replace(['[', ']', '`'], "");
        // A reference to the documentation of another field helps nobody here.
        let doc = if doc.starts_with("See ") { "" } else { &doc };
        let doc = doc.split_once(". ").map_or(doc, |(first, _)| first).trim_end_matches('.');
        into.insert(format!("{name}{mark}"), (type_of(field), doc.to_owned()));
    }
}

/// A type in one word or two; whether it may be null is said elsewhere.
fn type_of(schema: &Map<String, Value>) -> String {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        return name.rsplit('/').next().unwrap_or(name).to_owned();
    }
    if let Some(constant) = schema.get("const").and_then(constant) {
        return constant;
    }
    for key in ["anyOf", "oneOf", "allOf"] {
        if let Some(Value::Array(variants)) = schema.get(key) {
            let types: Vec<String> =
                variants.iter().filter_map(Value::as_object).map(type_of).filter(|name| name != "null").collect();
            return types.join(" | ");
        }
    }
    let name = match schema.get("type") {
        Some(Value::Array(types)) => types.iter().find(|name| *name != "null").and_then(Value::as_str),
        Some(name) => name.as_str(),
        None => None,
    };
    let inner = |key| schema.get(key).and_then(Value::as_object).map_or_else(|| "any".to_owned(), type_of);
    match (name, schema.get("format").and_then(Value::as_str)) {
        (Some("array"), _) if schema.contains_key("prefixItems") => {
            let items = schema.get("prefixItems").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            let items: Vec<String> = items.iter().filter_map(Value::as_object).map(type_of).collect();
            format!("[{}]", items.join(", "))
        }
        (Some("array"), _) => format!("list of {}", inner("items")),
        (Some("object"), _) => format!("dict of {}", inner("additionalProperties")),
        (Some("string"), Some("date")) => "date".to_owned(),
        (Some(name), _) => name.to_owned(),
        (None, _) => "any".to_owned(),
    }
}

fn constant(value: &Value) -> Option<String> {
    Some(format!("\"{}\"", value.as_str()?))
}

fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

/// Writes a line, or several where it is too long; those that follow are set in further.
fn wrapped(text: &mut String, indent: &str, line: &str) {
    let mut width = indent.len();
    text.push_str(indent);
    for (word, number) in line.split(' ').zip(0..) {
        if number > 0 && width + 1 + word.chars().count() > WIDTH {
            let _ = write!(text, "\n{indent}        ");
            width = indent.len() + 8;
        } else if number > 0 {
            text.push(' ');
            width += 1;
        }
        text.push_str(word);
        width += word.chars().count();
    }
    text.push('\n');
}

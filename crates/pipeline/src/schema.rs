//! The JSON Schemas of the files that a user writes, for editors.

use recoup_model::Theatre;
use recoup_plugin::{Kind, Manifest};
use schemars::schema_for;
use serde_json::{Map, Value, json};

use crate::load::{Key, PIPELINE, Shape};
use crate::registry::built_in_stages;

/// JSON Schema (2020-12) of a pipeline's file, with the options of every built-in stage.
pub fn pipeline_schema() -> Value {
    let stages = built_in_stages();
    let mut definitions = Map::new();
    let mut schema = table(PIPELINE);
    for kind in [Kind::Parse, Kind::Extract, Kind::Reconcile, Kind::Report] {
        let stages: Vec<&Manifest> = stages.iter().filter(|manifest| manifest.kind == kind).collect();
        let section = &mut schema["properties"][kind.to_string()];
        let keys = &mut section["items"]["properties"];
        keys["use"]["examples"] = stages.iter().map(|stage| stage.name.as_str()).collect();
        section["items"]["oneOf"] = ["use", "plugin", "run"].iter().map(|key| json!({ "required": [key] })).collect();
        section["items"]["allOf"] = stages.iter().map(|stage| options_of(stage, &mut definitions)).collect();
    }
    schema["properties"]["reconcile"]["maxItems"] = json!(1);
    schema["required"] = json!(["name", "parse", "extract", "reconcile"]);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("recoup pipeline");
    schema["$defs"] = Value::Object(definitions);
    schema
}

/// JSON Schema (2020-12) of a theatre's file. A stage that is handed a theatre ignores unknown keys; in a user's file they
/// are mistakes.
pub fn theatre_schema() -> Value {
    let mut schema = schema_for!(Theatre).to_value();
    close(&mut schema);
    schema["$defs"].as_object_mut().into_iter().flatten().for_each(|(_, definition)| close(definition));
    schema
}

/// Allows a table no keys but its own.
fn close(schema: &mut Value) {
    if schema.get("properties").is_some() {
        schema["additionalProperties"] = json!(false);
    }
}

/// Where `use` names the stage, `options` are its own. Its definitions are moved beside those of the others.
fn options_of(stage: &Manifest, definitions: &mut Map<String, Value>) -> Value {
    let name = format!("{}.{}", stage.kind, stage.name);
    let mut options = stage.options.clone();
    if let Some(object) = options.as_object_mut() {
        object.remove("$schema");
        // A schema with an id of its own keeps its `#/$defs/...` references to itself.
        object.insert("$id".to_owned(), json!(format!("recoup:options:{name}")));
    }
    definitions.insert(name.clone(), options);
    json!({
        "if": { "properties": { "use": { "const": stage.name } }, "required": ["use"] },
        "then": { "properties": { "options": { "$ref": format!("#/$defs/{name}") } } },
    })
}

fn table(keys: &[Key]) -> Value {
    let properties: Map<String, Value> = keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn property(key: &Key) -> Value {
    let mut schema = match key.shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::OneOf(values) => json!({ "type": "string", "enum": values }),
        Shape::Texts => {
            json!({ "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
        }
        Shape::TextOr(keys) => json!({ "oneOf": [{ "type": "string" }, table(keys)] }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Day => json!({ "type": "string", "format": "date" }),
        Shape::Options => json!({ "type": "object" }),
        Shape::Table(keys) => table(keys),
        Shape::FlagOrNone => json!({ "enum": [true, false, "-"] }),
        Shape::Number => json!({ "type": "number" }),
        Shape::TextLists => json!({ "type": "array", "items": { "type": "array", "items": { "type": "string" } } }),
        Shape::Time | Shape::TimeOrPlace => json!({ "type": "string" }),
        Shape::Tables(keys) | Shape::Sections(keys) => json!({ "type": "array", "items": table(keys) }),
    };
    schema["description"] = json!(key.doc);
    schema
}

//! The schema that editors read.

use recoup_pipeline::{built_in_stages, pipeline_schema, theatre_schema};
use serde_json::Value;

#[test]
fn the_schema_knows_every_key_and_every_stage() {
    let schema = pipeline_schema();
    let mut keys = String::new();
    list(&schema, "", &mut keys);
    insta::assert_snapshot!(keys);
    for stage in built_in_stages() {
        let options = &schema["$defs"][format!("{}.{}", stage.kind, stage.name)];
        assert_eq!(options["properties"], stage.options["properties"], "{}", stage.name);
    }
}

#[test]
fn the_schema_of_a_theatre_allows_no_other_keys() {
    let schema = theatre_schema();
    let definitions = schema["$defs"].as_object().unwrap().iter().map(|(name, table)| (name.as_str(), table));
    let tables = definitions.chain([("a file", &schema)]).filter_map(|(name, table)| {
        let keys: Vec<&str> = table["properties"].as_object()?.keys().map(String::as_str).collect();
        let others = if table["additionalProperties"] == false { "nothing else" } else { "anything else" };
        Some(format!("{name}: {}, {others}", keys.join(", ")))
    });
    insta::assert_snapshot!(tables.collect::<Vec<_>>().join("\n"));
}

fn list(schema: &Value, indent: &str, out: &mut String) {
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        let table = &property["oneOf"][1];
        let other = match (property["enum"].is_array(), table["type"] == "object") {
            (true, _) => "one of several values",
            (_, true) => "a string or a table",
            _ => "one or several strings",
        };
        let kind = property["type"].as_str().unwrap_or(other);
        out.push_str(&format!("{indent}{key} ({kind}): {}\n", property["description"].as_str().unwrap()));
        list(&property["items"], &format!("{indent}  "), out);
        list(table, &format!("{indent}  "), out);
    }
}

//! The schema that editors read.

use recoup_pipeline::{built_in_stages, pipeline_schema};
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

fn list(schema: &Value, indent: &str, out: &mut String) {
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        let kind = property["type"].as_str().unwrap_or("one or several strings");
        out.push_str(&format!("{indent}{key} ({kind}): {}\n", property["description"].as_str().unwrap()));
        list(&property["items"], &format!("{indent}  "), out);
    }
}

//! `recoup stages`: what a pipeline can use, with every option.

use std::io::{self, Write};

use recoup_pipeline::{Form, Pipeline, built_in_stages};
use recoup_plugin::{Kind, Manifest};
use serde_json::Value;

use super::warn;
use crate::args::StagesArgs;
use crate::failure::{Exit, Failure};
use crate::render::{hanging, plain};
use crate::terminal::WIDTH;

const KINDS: [Kind; 4] = [Kind::Parse, Kind::Extract, Kind::Reconcile, Kind::Report];

pub(crate) fn run(args: &StagesArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut stages: Vec<Listed> =
        built_in_stages().into_iter().map(|m| Listed { manifest: m, library: None }).collect();
    if let Some(path) = &args.pipeline {
        let pipeline = Pipeline::load(path)?;
        warn(pipeline.warnings());
        for stage in pipeline.stages() {
            let library = match stage.form {
                Form::BuiltIn => continue,
                Form::Library { path, .. } => path.display().to_string(),
                Form::Program { command, .. } => command.join(" "),
            };
            let listed = Listed { manifest: stage.manifest, library: Some(library) };
            if !stages.contains(&listed) {
                stages.push(listed);
            }
        }
    }
    if args.json {
        let manifests: Vec<&Manifest> = stages.iter().map(|stage| &stage.manifest).collect();
        writeln!(out, "{:#}", serde_json::to_value(manifests).map_err(io::Error::from)?)?;
    } else {
        print(&stages, out)?;
    }
    Ok(Exit::Done)
}

#[derive(PartialEq)]
struct Listed {
    manifest: Manifest,
    /// The file, where it is no built-in.
    library: Option<String>,
}

fn print(stages: &[Listed], out: &mut dyn Write) -> io::Result<()> {
    for (index, kind) in KINDS.into_iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "[[{kind}]]")?;
        for Listed { manifest, library } in stages.iter().filter(|stage| stage.manifest.kind == kind) {
            let stage = format!("{}: {}", manifest.name, manifest.summary);
            writeln!(out, "{}", hanging("  ", &stage, WIDTH))?;
            if let Some(library) = library {
                writeln!(out, "    from {library}, version {}", plain(&manifest.version))?;
            }
            for (name, what) in options(&manifest.options) {
                writeln!(out, "{}", hanging(&format!("    {} ", plain(name)), &what, WIDTH))?;
            }
        }
    }
    Ok(())
}

/// The options of a JSON Schema: the name of each; its type, default, and the first paragraph of its documentation.
fn options(schema: &Value) -> Vec<(&str, String)> {
    let properties = schema.get("properties").and_then(Value::as_object);
    properties.into_iter().flatten().map(|(name, option)| (name.as_str(), describe(option, schema))).collect()
}

fn describe(option: &Value, schema: &Value) -> String {
    let default = option.get("default").filter(|default| !default.is_null());
    let default = default.map(|default| format!(", by default {default}")).unwrap_or_default();
    let text = option.get("description").and_then(Value::as_str).unwrap_or_default();
    let text = text.lines().take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    let kind = type_name(option, schema);
    format!("({kind}{default}): {text}").trim_end_matches([':', ' ']).to_owned()
}

/// The type of an option in words: `number`, `list of text`, `"a" or "b"`.
fn type_name(option: &Value, schema: &Value) -> String {
    if let Some(name) = option.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next()) {
        return schema.get("$defs").and_then(|defs| defs.get(name)).map_or_else(any, |def| type_name(def, schema));
    }
    if let Some(values) = option.get("enum").and_then(Value::as_array) {
        return values.iter().map(Value::to_string).collect::<Vec<_>>().join(" or ");
    }
    if let Some(constant) = option.get("const") {
        return constant.to_string();
    }
    for key in ["anyOf", "oneOf", "allOf"] {
        if let Some(variants) = option.get(key).and_then(Value::as_array) {
            let variants = variants.iter().filter(|v| v.get("type").and_then(Value::as_str) != Some("null"));
            return variants.map(|v| type_name(v, schema)).collect::<Vec<_>>().join(" or ");
        }
    }
    match option.get("type") {
        Some(Value::String(name)) if name == "array" => {
            let items = option.get("items").map_or_else(any, |items| type_name(items, schema));
            format!("list of {items}")
        }
        Some(Value::String(name)) => word(name),
        Some(Value::Array(names)) => {
            let names = names.iter().filter_map(Value::as_str).filter(|name| *name != "null");
            names.map(word).collect::<Vec<_>>().join(" or ")
        }
        _ => any(),
    }
}

fn word(json: &str) -> String {
    match json {
        "string" => "text",
        "boolean" => "true or false",
        "integer" => "whole number",
        "object" => "table",
        other => other,
    }
    .to_owned()
}

fn any() -> String {
    "any value".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn options_are_described_in_words() {
        let schema = json!({
            "properties": {
                "indent": {"type": "boolean", "default": true, "description": "Whether lines are indented."},
                "separator": {"type": "string", "default": ",", "description": "Between cells.\n\nOne character."},
                "template": {"type": ["string", "null"], "default": null, "description": "A template\nof your own."},
                "table": {"$ref": "#/$defs/Table", "description": "What to write."},
                "width": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
                "outlets": {"type": "array", "items": {"type": "string"}, "default": []},
                "anything": true
            },
            "$defs": {"Table": {"oneOf": [{"const": "findings"}, {"const": "claims"}]}}
        });
        assert_eq!(
            options(&schema),
            [
                ("indent", "(true or false, by default true): Whether lines are indented."),
                ("separator", "(text, by default \",\"): Between cells."),
                ("template", "(text): A template of your own."),
                ("table", "(\"findings\" or \"claims\"): What to write."),
                ("width", "(whole number)"),
                ("outlets", "(list of text, by default [])"),
                ("anything", "(any value)"),
            ]
            .map(|(name, what)| (name, what.to_owned()))
        );
    }
}

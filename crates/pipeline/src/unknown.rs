//! Keys that a JSON Schema does not know, each with its place.

use serde_json::Value;

use crate::spanned::{Mistake, Spanned, Tree};

/// Every key of `tree`, at any depth, that stands where `schema` allows no other keys than its own. Its references lead
/// into `root`.
pub(crate) fn unknown_keys(root: &Value, schema: &Value, tree: &Spanned<Tree<'_>>) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    walk(root, schema, tree, &mut mistakes);
    mistakes
}

fn walk(root: &Value, schema: &Value, tree: &Spanned<Tree<'_>>, mistakes: &mut Vec<Mistake>) {
    let schema = resolved(root, schema);
    match tree.get_ref() {
        Tree::Array(items) => items.iter().for_each(|item| walk(root, &schema["items"], item, mistakes)),
        Tree::Table(table) => {
            let others = &schema["additionalProperties"];
            for (key, value) in table {
                let name = key.get_ref().as_ref();
                match schema["properties"].get(name) {
                    Some(property) => walk(root, property, value, mistakes),
                    None if *others == Value::Bool(false) => {
                        mistakes.push(Mistake::unknown_key(name, key.span(), &keys(schema)));
                    }
                    None => walk(root, others, value, mistakes),
                }
            }
        }
        Tree::String(_) | Tree::Integer(_) | Tree::Float(_) | Tree::Boolean(_) | Tree::Datetime(_) => {}
    }
}

/// The keys that `schema` itself knows.
pub(crate) fn keys(schema: &Value) -> Vec<&str> {
    schema["properties"].as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect()
}

/// The schema itself, or the definition to which it leads.
fn resolved<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    let reference = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    reference.and_then(|pointer| root.pointer(pointer)).unwrap_or(schema)
}

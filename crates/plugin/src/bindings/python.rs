//! The Python module: a template, with what both sides must agree on filled in.

use recoup_model::{Claim, Document, Item, ReportItem};
use schemars::JsonSchema;

use super::fields::Fields;
use crate::{Context, PROTOCOL, StageItem};

const TEMPLATE: &str = include_str!("template.py");

/// The text of `recoup_plugin.py`.
pub fn python() -> String {
    let mut fields = Fields::default();
    fields.add::<Context>();
    let kinds = [
        kind::<Item>(&mut fields),
        kind::<Document>(&mut fields),
        kind::<Claim>(&mut fields),
        kind::<ReportItem>(&mut fields),
    ];
    let names = kinds.each_ref().map(|kind| format!("\"{}\"", kind.name)).join(", ");
    let table =
        kinds.each_ref().map(|kind| format!("    {:<9} reads {}, yields {}", kind.name, kind.reads, kind.yields));
    let fields = format!(
        "Kinds of stage:\n\n{}\n\nTypes in JSON. A field with `?` may be missing or null; a date is a string, \"2025-02-28\"; a \
         span counts bytes.\n\n{}",
        table.join("\n"),
        fields.text().replace('\\', "\\\\")
    );
    TEMPLATE.replace("@PROTOCOL@", PROTOCOL).replace("@KINDS@", &names).replace("@FIELDS@", fields.trim_end())
}

struct KindRow {
    name: String,
    reads: String,
    yields: String,
}

fn kind<I: StageItem<Output: JsonSchema> + JsonSchema>(fields: &mut Fields) -> KindRow {
    fields.add::<I>();
    fields.add::<I::Output>();
    KindRow {
        name: I::KIND.to_string(),
        reads: I::schema_name().into_owned(),
        yields: I::Output::schema_name().into_owned(),
    }
}

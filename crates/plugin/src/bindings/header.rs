//! The C header.

use std::fmt::Write as _;

use crate::boundary::abi;
use crate::boundary::in_c::{Field, Struct};

const HEAD: &str = r#"/* The boundary of a stage in a shared library of recoup. Written by `cargo xtask bindings`: change it in
   crates/plugin/src/boundary/abi.rs.

   A library exports one symbol, `recoup_plugin_v1`, and needs nothing else. Ownership: input belongs to the host and lives
   until the call returns; what goes through `emit` and `report` is copied before they return; an instance is made by
   `open` and freed by `close`, both in the library. Nothing else outlives a call, and nobody frees the memory of the
   other side. C99, C++11. */
#ifndef RECOUP_H
#define RECOUP_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
"#;

const TAIL: &str = r"
#ifdef __cplusplus
}
#endif

#endif
";

/// The text of `recoup.h`.
pub fn header() -> String {
    let mut text = HEAD.to_owned();
    let _ = writeln!(text, "\n/* The version of these tables, and of the messages that go through them. */");
    let _ = writeln!(text, "#define RECOUP_ABI {}\n#define RECOUP_PROTOCOL \"{}\"", abi::ABI, crate::PROTOCOL);
    let _ =
        writeln!(text, "\n/* What a verb returns; any other value counts as RECOUP_FAILED. Nothing that a failed call");
    let _ = writeln!(text, "   emitted is used: it should say why with `report`, at level \"error\". */");
    let codes = [("RECOUP_OK", abi::OK), ("RECOUP_FAILED", abi::FAILED), ("RECOUP_PANICKED", abi::PANICKED)];
    let codes = codes.map(|(name, code)| format!("{name} = {code}")).join(", ");
    let _ = writeln!(text, "enum {{ {codes} }};");
    for Struct { name, doc, fields, .. } in structs() {
        let _ = writeln!(text, "\n{}", comment("", doc));
        let _ = writeln!(text, "typedef struct {name} {{");
        for Field { doc, declaration, .. } in fields {
            let _ = writeln!(text, "{}\n  {declaration};", comment("  ", doc));
        }
        let _ = writeln!(text, "}} {name};");
    }
    let entry = abi::SYMBOL.to_string_lossy();
    let _ = writeln!(text, "\n{}", comment("", "The only symbol: the table of stage 0, 1, ...; NULL past the last."));
    let _ = writeln!(text, "#if defined(_WIN32)\n__declspec(dllexport)");
    let _ = writeln!(text, "#elif defined(__GNUC__)\n__attribute__((visibility(\"default\")))\n#endif");
    let _ = writeln!(text, "const recoup_stage_table *{entry}(uint32_t index);");
    text.push_str(TAIL);
    text
}

/// The structs of the header. The preamble is no struct of its own there: its fields begin the two tables.
pub fn structs() -> Vec<Struct> {
    let mut all = abi::in_c();
    let preamble = all.remove(0);
    for of in &mut all {
        if of.fields[0].name == "preamble" {
            let own = preamble.fields.iter().map(|field| Field { declaration: field.declaration.clone(), ..*field });
            of.fields.splice(..1, own).for_each(drop);
        }
    }
    all
}

/// A documentation comment as one of C.
fn comment(indent: &str, doc: &str) -> String {
    let lines: Vec<&str> = doc.trim_end().lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let text = lines.join(&format!("\n{indent}   ")).replace(['[', ']', '`'], "").replace('…', "...");
    format!("{indent}/* {text} */")
}

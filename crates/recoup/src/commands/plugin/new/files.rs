//! The files of a new stage, from the templates.

use recoup_plugin::bindings;

use super::Plan;
use crate::args::{PluginKind, PluginLanguage};

/// A template of this crate.
macro_rules! template {
    ($path:literal) => {
        include_str!(concat!("../../../../templates/plugin/", $path))
    };
}

/// The templates of one kind of stage.
struct Templates {
    rust: &'static str,
    python: &'static str,
    c: &'static str,
    /// What the file in C says of itself.
    about: &'static str,
    /// What the stage is given in its test, a line an item.
    items: &'static str,
    /// What it makes of that, as a snapshot of `recoup_plugin::testing`.
    snapshot: &'static str,
    /// The same as frames, in the order of a library.
    expected: &'static str,
}

impl Templates {
    fn of(kind: PluginKind) -> Templates {
        match kind {
            PluginKind::Parse => Templates {
                rust: template!("rust/parse.rs"),
                python: template!("python/parse.py"),
                c: template!("c/parse.c"),
                about: "A parse stage of recoup: reads a log with a message a line, `2025-02-28 | Outlet | Words`, each as a document.",
                items: template!("items/parse.jsonl"),
                snapshot: template!("items/parse.snap"),
                expected: template!("items/parse.expected.jsonl"),
            },
            PluginKind::Extract => Templates {
                rust: template!("rust/extract.rs"),
                python: template!("python/extract.py"),
                c: template!("c/extract.c"),
                about: "An extract stage of recoup: takes each figure that stands before a certain word, as in `30 drones`, for a claim.",
                items: template!("items/extract.jsonl"),
                snapshot: template!("items/extract.snap"),
                expected: template!("items/extract.expected.jsonl"),
            },
            PluginKind::Reconcile => Templates {
                rust: template!("rust/reconcile.rs"),
                python: template!("python/reconcile.py"),
                c: template!("c/reconcile.c"),
                about: "A reconcile stage of recoup: a finding for each claim. Nothing is merged and nothing weighed.",
                items: template!("items/reconcile.jsonl"),
                snapshot: template!("items/reconcile.snap"),
                expected: template!("items/reconcile.expected.jsonl"),
            },
            PluginKind::Report => Templates {
                rust: template!("rust/report.rs"),
                python: template!("python/report.py"),
                c: template!("c/report.c"),
                about: "A report stage of recoup: a table with a line for each finding.",
                items: template!("items/report.jsonl"),
                snapshot: template!("items/report.snap"),
                expected: template!("items/report.expected.jsonl"),
            },
        }
    }
}

/// Every file of the stage: its path below the stage's folder, and its text.
pub(super) fn files(plan: &Plan) -> Vec<(String, String)> {
    let templates = Templates::of(plan.kind);
    let name = &plan.names.name;
    let written = match plan.language {
        PluginLanguage::Rust => vec![
            ("Cargo.toml".to_owned(), template!("rust/Cargo.toml")),
            ("rustfmt.toml".to_owned(), template!("rust/rustfmt.toml")),
            ("src/lib.rs".to_owned(), templates.rust),
            ("tests/cases.rs".to_owned(), template!("rust/cases.rs")),
            ("tests/cases/first.jsonl".to_owned(), templates.items),
            ("tests/snapshots/cases__cases@first.snap".to_owned(), templates.snapshot),
        ],
        PluginLanguage::Python => vec![
            (format!("{name}.py"), templates.python),
            ("recoup_plugin.py".to_owned(), bindings::PYTHON),
            (plan.names.python_test(), template!("python/test.py")),
            ("items.jsonl".to_owned(), templates.items),
            // What a library reports has been through recoup, which writes every field.
            (
                "expected.jsonl".to_owned(),
                match plan.kind {
                    PluginKind::Parse => template!("items/parse.expected.python.jsonl"),
                    _ => templates.expected,
                },
            ),
        ],
        PluginLanguage::C => vec![
            (format!("{name}.c"), templates.c),
            ("recoup.h".to_owned(), bindings::HEADER),
            ("test.sh".to_owned(), template!("c/test.sh")),
            ("items.jsonl".to_owned(), templates.items),
            ("expected.jsonl".to_owned(), templates.expected),
        ],
    };
    let verbatim = [bindings::PYTHON, bindings::HEADER];
    written
        .into_iter()
        .map(|(file, text)| {
            (file, if verbatim.contains(&text) { text.to_owned() } else { fill(text, plan, &templates) })
        })
        .collect()
}

fn fill(template: &str, plan: &Plan, templates: &Templates) -> String {
    let names = &plan.names;
    let (source, place) = dependency(plan.checkout.as_deref());
    let file = match plan.language {
        PluginLanguage::Rust => "src/lib.rs".to_owned(),
        PluginLanguage::Python => format!("{}.py", names.name),
        PluginLanguage::C => format!("{}.c", names.name),
    };
    // Parts first: they have places of their own.
    let places = [
        ("@HEAD@", template!("c/head.c")),
        ("@JSON@", template!("c/json.c")),
        ("@IS@", template!("c/is.c")),
        ("@EMIT@", template!("c/emit.c")),
        ("@ABOUT@", templates.about),
        ("@NAME@", &names.name),
        ("@CRATE@", &names.identifier),
        ("@TYPE@", &names.type_name),
        ("@FUNCTION@", &names.function()),
        ("@TEST@", &names.python_test()),
        ("@FILE@", &file),
        ("@LIBRARY@", &plan.library()),
        ("@SOURCE@", source),
        ("@WHERE@", &place),
    ];
    places.iter().fold(template.to_owned(), |text, (place, with)| text.replace(place, with))
}

/// Where Cargo finds recoup-plugin, and what stands above it.
fn dependency(checkout: Option<&str>) -> (&'static str, String) {
    match checkout {
        Some(checkout) => {
            let path = toml::Value::String(format!("{checkout}/crates/plugin"));
            ("", format!("path = {path}"))
        }
        None => (
            "# No registry has recoup-plugin. Put the address of recoup's repository here, twice; or the path of a checkout:\n\
             # recoup-plugin = { path = \"../recoup/crates/plugin\" }\n",
            "git = \"https://example.invalid/recoup.git\"".to_owned(),
        ),
    }
}

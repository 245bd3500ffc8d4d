//! The keys of a pipeline's file. One table serves the check of the file, its messages and its JSON Schema.

/// One key.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    pub(crate) required: bool,
    pub(crate) doc: &'static str,
}

/// What stands behind a key.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    /// A text.
    Text,
    /// One of some texts.
    OneOf(&'static [&'static str]),
    /// A text or a list of texts.
    Texts,
    /// `true` or `false`.
    Flag,
    /// A day: `2024-12-16`, bare or quoted.
    Day,
    /// A table whose keys somebody else knows.
    Options,
    /// A list of tables whose keys somebody else knows.
    Tables,
    /// `[[section]]`, any number of them.
    Sections(&'static [Key]),
}

impl Shape {
    /// What was expected, in words.
    pub(crate) fn expected(self) -> String {
        match self {
            Shape::Text => "a text in quotes".to_owned(),
            Shape::OneOf(values) => values.iter().map(|value| format!("{value:?}")).collect::<Vec<_>>().join(" or "),
            Shape::Texts => "a text in quotes, or a list of them in [ ]".to_owned(),
            Shape::Flag => "true or false".to_owned(),
            Shape::Day => "a day such as 2024-12-16".to_owned(),
            Shape::Options => "a table such as { key = 1 }".to_owned(),
            Shape::Tables => "a list of tables".to_owned(),
            Shape::Sections(_) => "sections with two brackets".to_owned(),
        }
    }
}

const fn key(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, shape, required: false, doc }
}

const fn required(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, shape, required: true, doc }
}

/// Languages of a report.
pub(crate) const LANGUAGES: &[&str] = &["fr", "en"];

/// The keys of the file itself.
pub(crate) const PIPELINE: &[Key] = &[
    required("name", Shape::Text, "Name of the pipeline, printed at the head of its reports."),
    key("period", Shape::Text, "Length of a reporting period: \"1 week\" (the default), \"10 days\", \"1 month\"."),
    key("language", Shape::OneOf(LANGUAGES), "Language of the report; \"en\" unless said. Articles carry their own."),
    key("theatre", Shape::Text, "Folder or file that says who fights, where, and who speaks of it."),
    key("input", Shape::Sections(INPUT), "Where the articles are."),
    key(
        "parse",
        Shape::Sections(STAGE),
        "What makes documents of articles; the first that accepts an article reads it.",
    ),
    key("extract", Shape::Sections(STAGE), "What finds claims in documents; all run."),
    key("reconcile", Shape::Sections(STAGE), "What makes findings of claims; exactly one."),
    key("report", Shape::Sections(REPORT), "What writes the findings down."),
    key("test", Shape::Sections(TEST), "A text, and the claims that are expected of it."),
];

const INPUT: &[Key] = &[
    key("files", Shape::Texts, "Articles, as patterns relative to the pipeline: \"articles/*.txt\"."),
    key("manifest", Shape::Text, "File that says of articles what they do not say themselves; alone, it lists them."),
];

const USE: Key = key("use", Shape::Text, "Name of a built-in stage.");
const PLUGIN: Key = key("plugin", Shape::Text, "Shared library: its name without prefix or suffix, or its path.");
const RUN: Key = key("run", Shape::Texts, "Command of a child process. Not in this version.");
const STAGE_NAME: Key = key("stage", Shape::Text, "Which stage of the library, where it has several.");
const SHA256: Key = key("sha256", Shape::Text, "SHA-256 of the library; any other bytes are refused.");
const ISOLATE: Key = key("isolate", Shape::Flag, "false: the library runs inside recoup. Must be written out.");
const OPTIONS: Key = key("options", Shape::Options, "Options of the stage; `recoup stages` lists them.");

/// The keys of a stage.
pub(crate) const STAGE: &[Key] = &[USE, PLUGIN, RUN, STAGE_NAME, SHA256, ISOLATE, OPTIONS];

/// The keys of a report stage.
pub(crate) const REPORT: &[Key] = &[
    required(
        "path",
        Shape::Text,
        "File to write, relative to the pipeline; `{period}` becomes the days of the period. Ends in `/` where the \
         stage names its files itself.",
    ),
    USE,
    PLUGIN,
    RUN,
    STAGE_NAME,
    SHA256,
    ISOLATE,
    OPTIONS,
];

const TEST: &[Key] = &[
    key("name", Shape::Text, "What the test shows."),
    required("text", Shape::Text, "The text to read."),
    key("language", Shape::Text, "Language of the text."),
    key("published", Shape::Day, "Day of publication, against which relative dates are resolved."),
    key("expect", Shape::Tables, "The claims expected: any slots of each; none = the text holds no claim."),
];

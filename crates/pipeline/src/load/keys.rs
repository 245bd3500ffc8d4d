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
    /// A list of lists of texts.
    TextLists,
    /// `true` or `false`.
    Flag,
    /// A day: `2024-12-16`, bare or quoted.
    Day,
    /// `true`, `false`, or `"-"` where the text tells neither.
    FlagOrNone,
    /// A number.
    Number,
    /// A day, month, year or interval in EDTF.
    Time,
    /// The same, or the id or name of a place.
    TimeOrPlace,
    /// A table whose keys somebody else knows.
    Options,
    /// A text, or one table with these keys.
    TextOr(&'static [Key]),
    /// One table with these keys.
    Table(&'static [Key]),
    /// A list of tables, also `[[section.key]]`.
    Tables(&'static [Key]),
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
            Shape::TextLists => "a list of lists such as [[\"c_…\"], [\"c_…\", \"c_…\"]]".to_owned(),
            Shape::Flag => "true or false".to_owned(),
            Shape::Day => "a day such as 2024-12-16".to_owned(),
            Shape::FlagOrNone => "true, false or \"-\"".to_owned(),
            Shape::Number => "a number".to_owned(),
            Shape::Time => "a time such as 2024-12-16, \"2024-12\" or \"2024-12-14/2024-12-15\"".to_owned(),
            Shape::TimeOrPlace => "a time such as 2024-12-16, or a place in quotes".to_owned(),
            Shape::Options => "a table such as { key = 1 }".to_owned(),
            Shape::TextOr(keys) => {
                let keys: Vec<&str> = keys.iter().map(|key| key.name).collect();
                format!("a text in quotes, or a table with {}", keys.join(" and "))
            }
            Shape::Table(keys) => {
                let keys: Vec<String> = keys.iter().map(|key| format!("`{}`", key.name)).collect();
                let first = keys.first().map_or("", |key| key.trim_matches('`'));
                format!("a table such as {{ {first} = \"…\" }}; its keys are {}", keys.join(", "))
            }
            Shape::Tables(_) => "a list of tables".to_owned(),
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
    key(
        "period",
        Shape::TextOr(EVERY),
        "How long a reporting period is: \"1 week\" (the default) or \"10 days\" up to the cut-off, \"week\" or \"month\" of \
         the calendar, or { every = \"10 days\", start = 2025-01-06 }.",
    ),
    key("language", Shape::OneOf(LANGUAGES), "Language of the report; \"en\" unless said. Articles carry their own."),
    key("theatre", Shape::Text, "Folder or file that says who fights, where, and who speaks of it."),
    key("store", Shape::Text, "File that keeps what was read and reported, so that reports follow each other."),
    key(
        "horizon",
        Shape::Text,
        "Findings of which nothing was heard for longer are no longer printed: \"13 weeks\" unless said, or \"none\". \
         Needs a `store`.",
    ),
    key("fetch", Shape::Table(FETCH), "How servers are asked for the feeds that [[input]] names."),
    key("rulings", Shape::Text, "File of what analysts decided; `recoup rule` writes it."),
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

const EVERY: &[Key] = &[
    required("every", Shape::Text, "Length of each period: \"10 days\", \"2 weeks\", \"1 month\"."),
    required("start", Shape::Day, "A day on which a period begins; the others lie before and behind."),
];

const INPUT: &[Key] = &[
    key("files", Shape::Texts, "Articles, as patterns relative to the pipeline: \"articles/*.txt\"."),
    key("manifest", Shape::Text, "File that says of articles what they do not say themselves; alone, it lists them."),
    key(
        "fields",
        Shape::Table(FIELDS),
        "What the fields of lists (JSON Lines, CSV) mean: { text = \"body\", published = \"date\" }.",
    ),
    key("feed", Shape::Texts, "Feeds on the web: \"https://…\". They are fetched at each run. Needs a `store`."),
    key("pages", Shape::Flag, "true: the pages of new entries are fetched too. false unless said."),
];

/// The keys of `[fetch]`.
pub(crate) const FETCH: &[Key] = &[
    key("contact", Shape::Text, "Whom a webmaster can write to; servers are told: \"desk@newsroom.example\"."),
    key("pause", Shape::Text, "Pause between two requests to one server: \"2 s\" unless said."),
    key("patience", Shape::Text, "Longest that one request may take: \"30 s\" unless said."),
    key("largest", Shape::Text, "Most that a page may hold, unpacked: \"16 MiB\" unless said."),
    key("allow", Shape::Texts, "Servers that may lie in a private network, by name: \"intranet\", \"localhost:8080\"."),
];

/// The keys of `fields`: what an article has, and behind it the name that the list has for it.
const FIELDS: &[Key] = &[
    required("text", Shape::Text, "Field that holds the text, plain or HTML; `a.b` is the field b of a."),
    key("doc", Shape::Text, "Field that holds the article's key."),
    key("published", Shape::Text, "Field that holds the day of publication."),
    key("language", Shape::Text, "Field that holds the language."),
    key("outlet", Shape::Text, "Field that says who printed it."),
    key("url", Shape::Text, "Field that holds the address."),
    key("title", Shape::Text, "Field that holds the headline."),
];

const USE: Key = key("use", Shape::Text, "Name of a built-in stage.");
const PLUGIN: Key = key("plugin", Shape::Text, "Shared library: its name without prefix or suffix, or its path.");
const RUN: Key = key("run", Shape::Texts, "Program that is a stage, with its arguments: [\"python3\", \"names.py\"].");
const STAGE_NAME: Key = key("stage", Shape::Text, "Which stage of the library, where it has several.");
const SHA256: Key = key("sha256", Shape::Text, "SHA-256 of the library; any other bytes are refused.");
const ISOLATE: Key = key(
    "isolate",
    Shape::Flag,
    "true (the default): the library runs in a process of its own. false: it runs inside recoup.",
);
const TIMEOUT: Key = key("timeout", Shape::Text, "How long a process may take for one item: \"60 s\" unless said.");
const MEMORY: Key = key("memory", Shape::Text, "Memory of a library in its process: \"4 GiB\" unless said.");
const OPTIONS: Key = key("options", Shape::Options, "Options of the stage; `recoup stages` lists them.");

/// The keys of a stage.
pub(crate) const STAGE: &[Key] = &[USE, PLUGIN, RUN, STAGE_NAME, SHA256, ISOLATE, TIMEOUT, MEMORY, OPTIONS];

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
    TIMEOUT,
    MEMORY,
    OPTIONS,
];

/// The keys of a test.
pub(crate) const TEST: &[Key] = &[
    key("name", Shape::Text, "What the test shows."),
    required("text", Shape::Text, "The text to read."),
    key("language", Shape::Text, "Language of the text."),
    key("published", Shape::Day, "Day of publication, against which relative dates are resolved."),
    key("expect", Shape::Tables(EXPECT), "The claims expected, any slots of each: [] = the text holds no claim."),
    key(
        "expect_text",
        Shape::Text,
        "Every sentence with its claims as `recoup test` shows them; `recoup test --accept` writes it.",
    ),
];

/// Stances, as on the wire.
const STANCES: &[&str] = &["asserted", "hedged", "denied", "unconfirmed", "planned"];
/// Measures, as on the wire, and none.
const MEASURES: &[&str] = &["stock", "cumulative", "increment", "-"];

/// The slots of an expected claim, in the order in which they are shown. `-` stands for a slot that is empty.
pub(crate) const EXPECT: &[Key] = &[
    key("quote", Shape::Text, "The words of the claim, exactly."),
    key("indicator", Shape::Text, "What is claimed: `casualties.killed`."),
    key("figure", Shape::Text, "`30`, `30..` (at least), `..30` (at most), `10..12`; `~` behind it = about."),
    key("low", Shape::Number, "The lower bound of the figure."),
    key("high", Shape::Number, "The upper bound of the figure."),
    key("approximate", Shape::Flag, "Whether the text says about."),
    key("unit", Shape::Text, "What is counted: `person`."),
    key("item", Shape::Text, "What is counted, in the words of the text."),
    key("subject", Shape::Text, "Whose people, equipment or ground: the id of an actor."),
    key("object", Shape::Text, "To, with or against whom: the id of an actor."),
    key("places", Shape::Texts, "Where: names or ids, all of them."),
    key("time", Shape::Time, "When it took place."),
    key("reported", Shape::Day, "When it was said."),
    key("sources", Shape::Texts, "Who says it: names or ids, all of them; [] = the outlet itself."),
    key("via", Shape::Texts, "Who relays it: names or ids, all of them."),
    key("stance", Shape::OneOf(STANCES), "Polarity and certainty, as worded."),
    key("measure", Shape::OneOf(MEASURES), "What kind of count the figure is."),
    key("civilian", Shape::FlagOrNone, "Whether the people counted are civilians."),
    key("part_of", Shape::Flag, "Whether it is a part of another claim."),
    key("inherited", Shape::Texts, "The slots that were carried over from elsewhere in the article, all of them."),
];

/// The keys of a file of rulings.
pub(crate) const RULINGS: &[Key] = &[key("ruling", Shape::Sections(RULING), "What was decided, by whom and why.")];

const RULING: &[Key] = &[
    key("id", Shape::Text, "Written by recoup; optional by hand."),
    required("date", Shape::Day, "The day on which it was decided."),
    required("author", Shape::Text, "Who decided; readers of the report are told."),
    required("because", Shape::Text, "Why; readers of the report are told."),
    key("reject", Shape::Texts, "Claims, or documents with all their claims, that do not count."),
    key("accept", Shape::Texts, "Claims that were checked against their source; takes back that they were rejected."),
    key("merge", Shape::Texts, "Claims that answer one question; the first says which."),
    key("apart", Shape::Texts, "Two targets whose claims answer two questions."),
    key("depend", Shape::Texts, "Sources, by id, that are one origin."),
    key("set_date", Shape::Texts, "Documents that were published, or claims of which the event took place, at `to`."),
    key("set_place", Shape::Texts, "Claims of which the event took place at `to`."),
    key("undo", Shape::Texts, "Earlier rulings, by id, that hold no more."),
    key("to", Shape::TimeOrPlace, "The time or place that is set; \"-\" is no place."),
    key("claims", Shape::TextLists, "For each target the claims that it stood for; written by recoup."),
];

//! Invented articles of which every word is known, to be printed in many layouts.

use std::path::Path;

/// One article.
#[derive(Debug, Clone, Default)]
pub(crate) struct Story {
    pub(crate) name: String,
    pub(crate) language: String,
    pub(crate) title: String,
    pub(crate) outlet: String,
    pub(crate) byline: String,
    /// An instant in ISO 8601.
    pub(crate) published: String,
    pub(crate) modified: Option<String>,
    pub(crate) slug: String,
    pub(crate) parts: Vec<Part>,
}

/// One part of the body of an article.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    Paragraph(String),
    Heading(String),
    Quote(String),
    Item(String),
    Row(Vec<String>),
    Caption(String),
}

impl Part {
    fn read(line: &str) -> Part {
        let marked = |mark| line.strip_prefix(mark).map(str::to_owned);
        if let Some(text) = marked("## ") {
            Part::Heading(text)
        } else if let Some(text) = marked("> ") {
            Part::Quote(text)
        } else if let Some(text) = marked("- ") {
            Part::Item(text)
        } else if let Some(text) = marked("^ ") {
            Part::Caption(text)
        } else if let Some(row) = line.strip_prefix("| ") {
            Part::Row(row.split(" | ").map(str::to_owned).collect())
        } else {
            Part::Paragraph(line.to_owned())
        }
    }

    pub(crate) fn words(&self) -> String {
        match self {
            Part::Row(cells) => cells.join(" "),
            Part::Paragraph(text)
            | Part::Heading(text)
            | Part::Quote(text)
            | Part::Item(text)
            | Part::Caption(text) => text.clone(),
        }
    }
}

impl Story {
    /// The day of publication where the article was written.
    pub(crate) fn day(&self) -> &str {
        &self.published[..10]
    }

    /// The paragraph that the article begins with.
    pub(crate) fn lead(&self) -> String {
        self.parts[0].words()
    }

    /// The words of the body; captions count where they are asked for.
    pub(crate) fn truth(&self, captions: bool) -> String {
        let counts = |part: &&Part| captions || !matches!(part, Part::Caption(_));
        self.parts.iter().filter(counts).map(Part::words).collect::<Vec<_>>().join("\n")
    }

    fn read(name: &str, file: &str) -> Story {
        let (head, body) = file.split_once("\n\n").unwrap();
        let field = |key: &str| {
            let line = head.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
            line.map(|value| value.trim().to_owned())
        };
        Story {
            name: name.to_owned(),
            language: name.split('.').nth(1).unwrap().to_owned(),
            title: field("title").unwrap(),
            outlet: field("outlet").unwrap(),
            byline: field("byline").unwrap_or_default(),
            published: field("published").unwrap(),
            modified: field("modified"),
            slug: field("slug").unwrap(),
            parts: body.lines().filter(|line| !line.is_empty()).map(Part::read).collect(),
        }
    }
}

/// All stories, by name.
pub(crate) fn stories() -> Vec<Story> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/html/stories");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: &std::path::PathBuf| {
        Story::read(path.file_stem().unwrap().to_str().unwrap(), &std::fs::read_to_string(path).unwrap())
    };
    files.iter().map(read).collect()
}

pub(crate) fn story(name: &str) -> Story {
    stories().into_iter().find(|story| story.name == name).unwrap()
}

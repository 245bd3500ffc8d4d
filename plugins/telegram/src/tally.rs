//! What is said once of a chat, and not of each of its messages.

use recoup_plugin::prelude::*;

/// How many messages of a chat became documents, and why others did not.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) documents: usize,
    pub(crate) broken: usize,
    pub(crate) no_text: usize,
    pub(crate) short: usize,
    pub(crate) forwards: usize,
    /// Documents of which the text is of a later day than they are dated.
    pub(crate) edited: usize,
    /// Keys of the documents of which the language could not be told.
    pub(crate) language: Vec<String>,
}

impl Tally {
    /// One remark for each thing that there is to say of `chat`.
    pub(crate) fn remarks(&self, chat: &str) -> Vec<Diagnostic> {
        let info = Level::Info;
        let counted = [
            (
                self.no_text,
                "telegram.no_text",
                "without words left out",
                "photos, films, voices and polls are not read; write down what matters in them",
            ),
            (self.short, "telegram.short", "shorter than `min_length` left out", "lower `min_length` to read them"),
            (
                self.forwards,
                "telegram.forwards",
                "passed on from elsewhere left out",
                "set `forwards = \"keep\"` to read them",
            ),
            (
                self.edited,
                "telegram.edited",
                "edited on a later day than they are dated",
                "an export holds the last wording and the first day: see the chat where it matters when a figure was known",
            ),
        ];
        let counted = counted.into_iter().filter(|(number, ..)| *number > 0);
        let mut remarks: Vec<Diagnostic> = counted
            .map(|(number, code, what, help)| {
                Diagnostic::new(info, code, format!("{chat}: {} {what}", messages(number))).with_help(help)
            })
            .collect();
        if let Some(first) = self.language.first() {
            let number = messages(self.language.len());
            let message = format!("{chat}: {number} in a language that cannot be told or read, `{first}` the first");
            let remark = Diagnostic::new(Level::Warning, "telegram.language", message);
            remarks.push(remark.with_help("give the language of the file in a manifest: `language = \"fr\"`"));
        }
        remarks
    }
}

fn messages(number: usize) -> String {
    format!("{number} message{}", if number == 1 { "" } else { "s" })
}

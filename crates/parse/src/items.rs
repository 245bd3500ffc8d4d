//! What the stages for text and for pages ask of an item.

use encoding_rs::Encoding;
use recoup_model::{Body, Diagnostic, Level, Sidecar};

use crate::dates::NumericOrder;
use crate::decode::NoText;
use crate::function_words::FunctionWords;
use crate::language::{Detected, detect};

/// How a date in figures is read in a text of some language.
pub(crate) fn numeric_order(language: Option<&str>) -> NumericOrder {
    if language == Some("fr") { NumericOrder::DayFirst } else { NumericOrder::Unknown }
}

/// The language of a text, or why it is not known.
pub(crate) fn detected_language(body: &str, words: &FunctionWords) -> (Option<String>, Option<Diagnostic>) {
    let unknown = |message: String| {
        Diagnostic::new(Level::Warning, "parse.language_unknown", message)
            .with_help("Give the language in the manifest or the front matter: `language = \"fr\"`.")
    };
    match detect(body.trim_start(), words) {
        Detected::Known(code) => (Some(code.to_owned()), None),
        Detected::Foreign(name) => {
            (None, Some(unknown(format!("the text seems to be {name}, which is not read here"))))
        }
        Detected::Unclear => (None, Some(unknown("the language of the text cannot be told".to_owned()))),
    }
}

/// The document's key: from the manifest, else the stem of the file.
pub(crate) fn document_key(origin: &str, sidecar: &Sidecar) -> String {
    if !sidecar.doc.is_empty() {
        return sidecar.doc.clone();
    }
    let name = origin.rsplit(['/', '\\']).next().unwrap_or(origin);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

/// Whether an origin is an address on the web rather than a file.
pub(crate) fn is_address(origin: &str) -> bool {
    origin.starts_with("https://") || origin.starts_with("http://")
}

/// The encoding that a media type names.
pub(crate) fn declared_encoding(media_type: &str) -> Option<&'static Encoding> {
    let (_, parameters) = media_type.split_once(';')?;
    let label = parameters.split(';').find_map(|parameter| parameter.trim().strip_prefix("charset="))?;
    Encoding::for_label(label.trim_matches(['"', ' ']).as_bytes())
}

/// Whether a text is a web page or XML, which other stages read.
pub(crate) fn is_markup(text: &str) -> bool {
    let start = text.trim_start();
    ["<!doctype", "<html", "<head", "<body", "<?xml"]
        .iter()
        .any(|open| start.get(..open.len()).is_some_and(|head| head.eq_ignore_ascii_case(open)))
}

/// Bytes of the body, in base64 as many as it stands for.
pub(crate) fn byte_length(body: &Body) -> usize {
    match body {
        Body::Text(text) => text.len(),
        Body::Base64(encoded) => encoded.len() / 4 * 3,
    }
}

/// That an item is larger than what is read.
pub(crate) fn too_large(size: usize, max_bytes: usize) -> Diagnostic {
    let message = format!("the file is larger ({size} bytes) than what is read ({max_bytes})");
    Diagnostic::new(Level::Error, "parse.too_large", message)
        .with_help("Raise `max_bytes` in the options of this stage.")
}

/// That an item is no text.
pub(crate) fn refusal(no_text: &NoText) -> Diagnostic {
    let (code, help) = match no_text {
        NoText::Empty => ("parse.empty", "Remove the file from the input, or fetch the article again."),
        NoText::Base64(_) => {
            ("parse.not_text", "The body of an item is `text`, or `base64` with the standard alphabet.")
        }
        NoText::Binary { .. } => (
            "parse.not_text",
            "If it is an article in a rare encoding, name that in the options (`encoding = \"utf-16le\"`); else remove it.",
        ),
    };
    Diagnostic::new(Level::Error, code, no_text.to_string()).with_help(help)
}

/// That an encoding was found by the letters alone.
pub(crate) fn guessed_encoding(encoding: &'static Encoding) -> Diagnostic {
    let message = format!("the file is not UTF-8 and was read as {}", encoding.name());
    Diagnostic::new(Level::Info, "parse.encoding_guessed", message)
        .with_help("If letters are wrong, name the encoding in the options of this stage.")
}

//! Reads a frame as the packs write it: *indicator role classes*, and what narrows it.

use super::classes::{Frame, Role};
use super::load::PackError;

/// The frame that `text` spells for the verb `lemma`: `casualties.killed object people agent + lives`.
///
/// # Errors
///
/// [`PackError::Frame`] where a part is missing or no such role is known.
pub(super) fn frame(lemma: &str, text: &str) -> Result<Frame, PackError> {
    let unreadable = || PackError::Frame { lemma: lemma.to_owned(), frame: text.to_owned() };
    let (text, object) = match text.split_once(" + ") {
        Some((text, object)) => (text, Some(object.into())),
        None => (text, None),
    };
    let words: Vec<&str> = text.split(' ').collect();
    let [indicator, role, classes, rest @ ..] = words.as_slice() else { return Err(unreadable()) };
    let role = match *role {
        "subject" => Role::Subject,
        "self" => Role::Itself,
        "object" => Role::Object,
        "de" => Role::Of,
        "à" => Role::To,
        "par" => Role::By,
        "avec" => Role::With,
        "receive" => Role::Received,
        _ => return Err(unreadable()),
    };
    let (agent, negated) = match rest {
        [] => (false, false),
        ["agent"] => (true, false),
        ["not"] => (false, true),
        _ => return Err(unreadable()),
    };
    let classes = classes.split('|').map(Into::into).collect();
    Ok(Frame { indicator: (*indicator).into(), role, classes, object, agent, negated })
}

//! Reading the JSON that crosses the boundary, with errors that name the field.

use std::fmt;

use serde::de::DeserializeOwned;

/// JSON that is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The field to blame, from the root: `positions[0].grade`. `None` where it is the whole.
    pub path: Option<String>,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{} (in `{path}`)", self.reason),
            None => f.write_str(&self.reason),
        }
    }
}

impl std::error::Error for Unreadable {}

/// Reads one value.
///
/// # Errors
/// [`Unreadable`] where the bytes are no JSON, or JSON of another shape.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unreadable> {
    // To follow the path costs a third more, and only an error has use of it.
    serde_json::from_slice(bytes).or_else(|_| read_with_path(bytes))
}

fn read_with_path<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unreadable> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(blame)?;
    json.end().map_err(|error| Unreadable { path: None, reason: error.to_string() })?;
    Ok(value)
}

/// Types a value that was read before.
///
/// # Errors
/// [`Unreadable`] where the value has another shape.
pub fn typed<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, Unreadable> {
    serde_path_to_error::deserialize(value).map_err(blame)
}

fn blame(error: serde_path_to_error::Error<serde_json::Error>) -> Unreadable {
    let path = error.path().to_string();
    let error = error.into_inner();
    // A message is one line of JSON, so its `line 1` tells nobody anything.
    let position = format!(" at line {} column {}", error.line(), error.column());
    let text = error.to_string();
    let reason = match text.strip_suffix(&position) {
        Some(reason) if error.column() > 0 => format!("{reason}, at byte {}", error.column()),
        Some(reason) => reason.to_owned(),
        None => text,
    };
    Unreadable { path: (path != "." && path != "?").then_some(path), reason }
}

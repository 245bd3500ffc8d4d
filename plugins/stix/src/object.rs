//! The objects of STIX 2.1 that a bundle of recoup is made of, with no property beyond the standard's own.

use std::collections::BTreeMap;

use jiff::civil::Date;
use recoup_plugin::prelude::*;
use uuid::{Uuid, uuid};

/// Recoup's own namespace: the standard keeps its own for objects that everybody derives alike.
const NAMESPACE: Uuid = uuid!("5de8ca5f-e1df-4caf-a8c9-bfa836fbba69");

/// The version of the standard, in every object.
pub(crate) const SPEC_VERSION: &str = "2.1";

/// A set of objects, the file's one value.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename = "bundle", crate = "recoup_plugin::serde")]
pub(crate) struct Bundle {
    pub(crate) id: String,
    pub(crate) objects: Vec<Object>,
}

/// One object.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case", crate = "recoup_plugin::serde")]
pub(crate) enum Object {
    MarkingDefinition(crate::tlp::Marking),
    Identity(Identity),
    Report(Report),
    Note(Note),
    Opinion(Opinion),
}

/// What all objects have but the marking.
#[derive(Debug, Serialize)]
#[serde(crate = "recoup_plugin::serde")]
pub(crate) struct Common {
    pub(crate) spec_version: &'static str,
    pub(crate) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) created_by_ref: Option<String>,
    pub(crate) created: String,
    pub(crate) modified: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) revoked: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) labels: Vec<String>,
    pub(crate) lang: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) external_references: Vec<ExternalReference>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) object_marking_refs: Vec<&'static str>,
}

/// Who made the bundle, or who said or printed something.
#[derive(Debug, Serialize)]
#[serde(crate = "recoup_plugin::serde")]
pub(crate) struct Identity {
    #[serde(flatten)]
    pub(crate) common: Common,
    pub(crate) name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) roles: Vec<&'static str>,
    pub(crate) identity_class: &'static str,
}

/// The report of a period.
#[derive(Debug, Serialize)]
#[serde(crate = "recoup_plugin::serde")]
pub(crate) struct Report {
    #[serde(flatten)]
    pub(crate) common: Common,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) report_types: [&'static str; 1],
    pub(crate) published: String,
    pub(crate) object_refs: Vec<String>,
}

/// A finding.
#[derive(Debug, Serialize)]
#[serde(crate = "recoup_plugin::serde")]
pub(crate) struct Note {
    #[serde(flatten)]
    pub(crate) common: Common,
    #[serde(rename = "abstract")]
    pub(crate) summary: String,
    pub(crate) content: String,
    pub(crate) object_refs: Vec<String>,
}

/// A dispute of a finding.
#[derive(Debug, Serialize)]
#[serde(crate = "recoup_plugin::serde")]
pub(crate) struct Opinion {
    #[serde(flatten)]
    pub(crate) common: Common,
    pub(crate) explanation: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) authors: Vec<String>,
    pub(crate) opinion: &'static str,
    pub(crate) object_refs: Vec<String>,
}

/// What lies outside the bundle: an article, or a file that went into the run.
#[derive(Debug, Serialize)]
#[serde(crate = "recoup_plugin::serde")]
pub(crate) struct ExternalReference {
    pub(crate) source_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) hashes: BTreeMap<&'static str, String>,
    pub(crate) external_id: String,
}

impl ExternalReference {
    /// A file that went into the run. It has no address: a hash beside one would vouch for what stands there today.
    pub(crate) fn file(source_name: &str, description: &str, file: &Hashed) -> Self {
        ExternalReference {
            source_name: source_name.to_owned(),
            description: Some(description.to_owned()),
            url: None,
            hashes: BTreeMap::from([("SHA-256", file.sha256.clone())]),
            external_id: one_line(&file.name),
        }
    }
}

/// An id that follows from `kind` and `key` alone (UUID version 5); the length before each part keeps `["ab", "c"]` and
/// `["a", "bc"]` apart.
pub(crate) fn id<'k>(kind: &'k str, key: impl IntoIterator<Item = &'k str>) -> String {
    let name: String = std::iter::once(kind).chain(key).map(|part| format!("{}:{part},", part.len())).collect();
    format!("{kind}--{}", Uuid::new_v5(&NAMESPACE, name.as_bytes()))
}

/// A day as the standard writes an instant: recoup knows days, and the first instant stands for the day.
pub(crate) fn instant(day: Date) -> String {
    format!("{day}T00:00:00.000Z")
}

/// Text from outside on one line, without characters that nobody sees but that change how a line is shown: no article
/// can bring a further position into a note.
pub(crate) fn one_line(text: &str) -> String {
    let shown = |c: &char| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let spaced = |c: char| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c };
    let text: String = text.chars().filter(shown).map(spaced).collect();
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A word as the wire has it, such as `single-source`.
pub(crate) fn wire(word: impl Serialize) -> String {
    let word = serde_json::to_value(word).ok();
    word.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

/// An address of the web, if it is one.
pub(crate) fn web_address(address: &str) -> Option<String> {
    let lower = address.to_ascii_lowercase();
    let web = ["https://", "http://"].iter().any(|scheme| lower.len() > scheme.len() && lower.starts_with(scheme));
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}');
    (web && address.chars().all(plain)).then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_from_kind_and_key() {
        assert_eq!(id("note", ["ab", "c"]), id("note", ["ab", "c"]));
        assert_ne!(id("note", ["ab", "c"]), id("note", ["a", "bc"]));
        assert_ne!(id("note", ["ab"])["note--".len()..], id("opinion", ["ab"])["opinion--".len()..]);
    }

    #[test]
    fn text_from_outside_stays_on_its_line() {
        assert_eq!(one_line(" two\r\n- forged: 0\u{2028}dead\u{202e} "), "two - forged: 0 dead");
    }

    #[test]
    fn only_addresses_of_the_web_are_addresses() {
        assert_eq!(web_address("HTTPS://a.example/b_c?d=(e)").as_deref(), Some("HTTPS://a.example/b_c?d=(e)"));
        for no in ["javascript:alert(1)", "https://", "https://a.example/ b", "https://a.example/é", "leaflet", ""] {
            assert_eq!(web_address(no), None, "{no}");
        }
    }
}

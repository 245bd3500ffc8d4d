//! Whether what a stage made of the items is sound: typed, and true to what it was made of.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use recoup_model::{Body, Claim, Diagnostic, Document, File, Finding};
use recoup_plugin::{Kind, json};
use serde::de::DeserializeOwned;

use super::session::Spoken;
use crate::{load, run};

/// What is wrong with the output of a whole session, if anything; `calls` are the answers to `items`, then to the end.
pub(super) fn flaw(kind: Kind, stage: &str, items: &[Vec<u8>], calls: &[Spoken]) -> Option<String> {
    let remark = calls.iter().flat_map(|call| &call.reported).find_map(|bytes| json::read::<Diagnostic>(bytes).err());
    if let Some(why) = remark {
        return Some(format!("it reports what is no diagnostic: {why}"));
    }
    let emitted = calls.iter().flat_map(|call| &call.emitted);
    match kind {
        Kind::Parse => emitted.into_iter().find_map(|bytes| match typed::<Document>(bytes, "document") {
            Ok(document) => run::sound(document).err().map(|reason| format!("it makes a document with {reason}")),
            Err(flaw) => Some(flaw),
        }),
        Kind::Extract => {
            let documents: Vec<Document> = items.iter().filter_map(|item| json::read(item).ok()).collect();
            calls.iter().enumerate().find_map(|(at, call)| {
                call.emitted.iter().find_map(|bytes| claim(bytes, documents.get(at), &documents, stage))
            })
        }
        Kind::Reconcile => {
            let claims = items.iter().filter_map(|item| json::read::<Claim>(item).ok());
            let given: BTreeSet<String> = claims.map(|claim| claim.id).collect();
            emitted.into_iter().find_map(|bytes| finding(bytes, &given))
        }
        Kind::Report => files(emitted),
    }
}

fn typed<T: DeserializeOwned>(bytes: &[u8], noun: &str) -> Result<T, String> {
    json::read(bytes).map_err(|why| format!("it emits what is no {noun}: {why}"))
}

fn claim(bytes: &[u8], own: Option<&Document>, documents: &[Document], stage: &str) -> Option<String> {
    let claim: Claim = match typed(bytes, "claim") {
        Ok(claim) => claim,
        Err(flaw) => return Some(flaw),
    };
    // At the end no document is in hand, and the claim alone says of which it is.
    let own = own.or_else(|| documents.iter().find(|document| document.id == claim.document));
    let Some(document) = own else {
        return Some(format!("it emits a claim of a document that it was not given: `{}`", claim.document));
    };
    if claim.document != document.id {
        return Some(format!("it was given the document `{}`, and its claim names `{}`", document.id, claim.document));
    }
    run::admit(claim, document, stage).err().map(|diagnostic| diagnostic.message)
}

fn finding(bytes: &[u8], given: &BTreeSet<String>) -> Option<String> {
    let finding: Finding = match typed(bytes, "finding") {
        Ok(finding) => finding,
        Err(flaw) => return Some(flaw),
    };
    let claims = finding.positions.iter().flat_map(|position| &position.claims).chain(&finding.derived.chain);
    let other = claims.into_iter().find(|id| !given.contains(*id));
    other.map(|id| format!("its finding rests on the claim `{id}`, which it was not given"))
}

fn files<'b>(emitted: impl Iterator<Item = &'b Vec<u8>>) -> Option<String> {
    let mut names: BTreeSet<Option<String>> = BTreeSet::new();
    for bytes in emitted {
        let file: File = match typed(bytes, "file") {
            Ok(file) => file,
            Err(flaw) => return Some(flaw),
        };
        if let Some(name) = file.file.as_deref().filter(|name| load::below(name).is_none()) {
            return Some(format!("it names a file outside the output folder: `{name}`"));
        }
        if let Body::Base64(text) = &file.body
            && let Err(why) = STANDARD.decode(text)
        {
            return Some(format!("it makes a file that is not base64: {why}"));
        }
        if !names.insert(file.file.clone()) {
            let name = file.file.map_or_else(|| "without a name".to_owned(), |name| format!("named `{name}`"));
            return Some(format!("it makes two files {name}"));
        }
    }
    match names.contains(&None) && names.len() > 1 {
        true => Some("it makes several files, and one of them has no name".to_owned()),
        false => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::items;
    use super::*;
    use serde_json::{Value, json};

    fn told(kind: Kind, emitted: &[Value]) -> Option<String> {
        let lines: Vec<Vec<u8>> =
            items(kind, None).into_iter().flatten().map(|item| item.to_string().into_bytes()).collect();
        let emitted = emitted.iter().map(|item| item.to_string().into_bytes()).collect();
        flaw(kind, "tried", &lines, &[Spoken { emitted, reported: Vec::new() }])
    }

    /// The first item for a kind of stage, with a change.
    fn changed(kind: Kind, change: impl Fn(&mut Value)) -> Value {
        let mut item = items(kind, None).into_iter().flatten().next().unwrap_or_default();
        change(&mut item);
        item
    }

    #[test]
    fn what_is_sound_and_what_is_not() {
        let document = |change: fn(&mut Value)| told(Kind::Parse, &[changed(Kind::Extract, change)]);
        assert_eq!(document(|_| ()), None);
        assert!(document(|d| d["blocks"][0]["span"]["end"] = json!(9999)).is_some_and(|flaw| flaw.contains("leaves")));
        let claim = |change: fn(&mut Value)| told(Kind::Extract, &[changed(Kind::Reconcile, change)]);
        assert_eq!(claim(|_| ()), None);
        assert!(claim(|c| c["span"] = json!({"start": 0, "end": 36})).is_some_and(|flaw| flaw.contains("quotes")));
        assert!(claim(|c| c["document"] = json!("d_other")).is_some_and(|flaw| flaw.contains("d_other")));
        let file = |name: Value| json!({"file": name, "text": ""});
        assert_eq!(told(Kind::Report, &[file(json!("a/b.txt"))]), None);
        assert!(told(Kind::Report, &[file(json!("../b.txt"))]).is_some_and(|flaw| flaw.contains("outside")));
        assert!(
            told(Kind::Report, &[file(json!("a")), file(Value::Null)]).is_some_and(|flaw| flaw.contains("no name"))
        );
        assert!(told(Kind::Report, &[json!({"file": "a", "base64": "?"})]).is_some_and(|flaw| flaw.contains("base64")));
    }

    #[test]
    fn a_finding_rests_on_the_claims_that_were_given() {
        let report = items(Kind::Report, None).unwrap_or_default();
        let mut finding = report[1]["finding"].clone();
        assert_eq!(told(Kind::Reconcile, std::slice::from_ref(&finding)), None);
        finding["derived"]["chain"] = json!(["c_other"]);
        assert!(told(Kind::Reconcile, &[finding]).is_some_and(|flaw| flaw.contains("c_other")));
    }
}

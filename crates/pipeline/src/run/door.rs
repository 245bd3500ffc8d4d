//! What every claim must show before it goes on, whoever found it.

use recoup_model::{Anchor, Claim, Diagnostic, Document, Level};

/// The claim with its id and its document's key, if its words stand where it says.
///
/// # Errors
/// What is wrong with it. It is dropped: a figure that cannot be followed back to its words is none.
pub(crate) fn admit(claim: Claim, document: &Document, stage: &str) -> Result<Claim, Box<Diagnostic>> {
    let refused = |code: &str, message: String| {
        let diagnostic = Diagnostic::new(Level::Warning, code, message).in_document(&document.doc);
        let help = format!("this is a mistake in the stage `{stage}`; the claim was dropped");
        Box::new(Diagnostic { span: Some(claim.anchor.span()), ..diagnostic }.with_help(help))
    };
    let quote = claim.anchor.quote();
    let there = Anchor::new(document, claim.anchor.span());
    if there.as_ref().map(Anchor::quote) != Some(quote) || quote.is_empty() {
        let found = there.map_or_else(|| "no text".to_owned(), |anchor| format!("{:?}", anchor.quote()));
        return Err(refused("claim.quote", format!("a claim quotes {quote:?} where the document has {found}")));
    }
    if let Some((slot, _)) = claim.evidence.iter().find(|(_, e)| e.span.slice(&document.text).is_none()) {
        return Err(refused("claim.evidence", format!("the evidence of `{slot}` leaves the document")));
    }
    let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if claim.indicator.split('.').count() < 2 || !claim.indicator.split('.').all(word) {
        return Err(refused("claim.indicator", format!("`{}` is no name of an indicator", claim.indicator)));
    }
    let claim = Claim { doc: document.doc.clone(), ..claim };
    Ok(if claim.id.is_empty() { claim.seal() } else { claim })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::{Value, json};

    use super::*;

    const TEXT: &str = "À Norville, 30 morts.";

    fn document() -> Document {
        serde_json::from_value(json!({ "id": "d_x", "doc": "key", "text": TEXT })).unwrap()
    }

    fn claim(change: impl Fn(&mut Value)) -> Claim {
        let mut claim = json!({
            "doc": "other", "document": "d_x", "span": { "start": 13, "end": 21 }, "quote": "30 morts",
            "indicator": "casualties.killed", "stance": "asserted", "rule": "test",
        });
        change(&mut claim);
        serde_json::from_value(claim).unwrap()
    }

    #[test]
    fn a_sound_claim_gets_its_id_and_the_key_of_its_document() {
        let admitted = admit(claim(|_| ()), &document(), "rules").unwrap();
        assert_eq!((admitted.doc.as_str(), admitted.id.starts_with("c_")), ("key", true));
        let own = admit(claim(|c| c["id"] = json!("c_own")), &document(), "rules").unwrap();
        assert_eq!(own.id, "c_own");
    }

    #[test]
    fn a_claim_whose_words_are_not_there_is_refused() {
        type Spoil = fn(&mut Value);
        let cases: [(&str, Spoil); 6] = [
            ("claim.quote", |c| c["quote"] = json!("31 morts")),
            ("claim.quote", |c| c["span"] = json!({ "start": 90, "end": 98 })),
            ("claim.quote", |c| (c["span"], c["quote"]) = (json!({ "start": 1, "end": 2 }), json!("x"))),
            ("claim.quote", |c| (c["span"], c["quote"]) = (json!({ "start": 3, "end": 3 }), json!(""))),
            ("claim.evidence", |c| c["evidence"] = json!({ "time": { "start": 0, "end": 99, "rule": "r" } })),
            ("claim.indicator", |c| c["indicator"] = json!("Casualties")),
        ];
        for (code, change) in cases {
            let refused = admit(claim(change), &document(), "rules").unwrap_err();
            assert_eq!((refused.code.as_str(), refused.document.as_deref()), (code, Some("key")));
        }
    }
}

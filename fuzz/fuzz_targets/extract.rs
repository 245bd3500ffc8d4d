//! Any text through the stages `text` and `rules`, once as French and once as English.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recoup_fuzz::{Stages, check_claim, check_document};
use recoup_model::Body;

fuzz_target!(|bytes: &[u8]| {
    let body = Body::Text(String::from_utf8_lossy(bytes).into_owned());
    Stages::with(|stages| {
        for language in ["fr", "en"] {
            for document in stages.documents(&body, Some(language)) {
                check_document(&document);
                stages.claims(&document).iter().for_each(|claim| check_claim(claim, &document));
            }
        }
    });
});

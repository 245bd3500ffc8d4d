//! Any bytes through the stage `text`.
#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use libfuzzer_sys::fuzz_target;
use recoup_fuzz::{Stages, check_document};
use recoup_model::Body;

fuzz_target!(|bytes: &[u8]| {
    let body = Body::Base64(STANDARD.encode(bytes));
    Stages::with(|stages| stages.documents(&body, None).iter().for_each(check_document));
});

//! Small sets of claims and what is concluded from them.
#![allow(clippy::unwrap_used)]

mod dsl;

use recoup_plugin::{Context, Stage};
use recoup_reconcile::{Intervals, Options};

#[test]
fn cases() {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "cases" }, {
        insta::glob!("cases/*.txt", |path| {
            let case = dsl::parse(&std::fs::read_to_string(path).unwrap());
            insta::assert_snapshot!(dsl::render(&case));
        });
    });
}

#[test]
fn a_band_that_is_no_percentage_is_refused() {
    let options = Options { band_percent: 250.0, ..Options::default() };
    let error = Intervals::open(options, &Context::default()).unwrap_err();
    assert_eq!(error.path.as_deref(), Some("options.band_percent"));
    assert_eq!(error.message, "the band is a percentage from 0 to 100");
}

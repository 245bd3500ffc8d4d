//! The stage `text`, seen from outside: items in, documents and remarks out.
#![allow(clippy::unwrap_used)]

mod boilerplate;
mod items;
mod properties;
mod support;

use recoup_model::Body;
use support::{item, parse, render};

/// One small file a behaviour; its snapshot shows head, blocks, sentences and remarks.
#[test]
fn cases() {
    insta::glob!("..", "cases/*.txt", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let origin = path.file_name().unwrap().to_str().unwrap();
        let shown = render(&parse(item(origin, Body::Text(text))));
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(shown) });
    });
}

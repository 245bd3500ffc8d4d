//! What the stage makes of each case of `tests/cases/`, against the snapshots in `tests/snapshots/`.
//!
//! A case holds an item a line, as recoup hands it over. Its first line may set options: `{"open":{"options":{…}}}`.
//! After a change, look at the new snapshots and keep them: `INSTA_UPDATE=always cargo test`, or `cargo insta review`.

use @CRATE@::@TYPE@;

#[test]
fn cases() {
    recoup_plugin::testing::cases!(@TYPE@, "tests/cases/*.jsonl");
}

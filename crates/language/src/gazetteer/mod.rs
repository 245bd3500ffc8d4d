//! The places of the world that nobody has written into a theatre: towns and divisions of all countries, by name.
//!
//! The table is built by `cargo xtask world` and lies in the program as it lies on the disk. Nothing of it is read
//! before a name is looked up, and then only the bytes along that name.

mod choose;
mod table;

pub use choose::Town;
pub use table::{Candidate, Gazetteer, LIST, MAGIC, Match, NOWHERE, OTHER_NAME, RECORD, WEAK, class, division};

/// The table, and what it was made of.
const TABLE: &[u8] = include_bytes!("../../data/gazetteer/gazetteer.bin");

/// The gazetteer that is built in.
pub fn gazetteer() -> &'static Gazetteer {
    static GAZETTEER: std::sync::OnceLock<Gazetteer> = std::sync::OnceLock::new();
    GAZETTEER.get_or_init(|| {
        // The table is part of the program, and a test reads it: this fails on no input.
        Gazetteer::new(TABLE).unwrap_or_else(|| unreachable!("the gazetteer is of another format"))
    })
}

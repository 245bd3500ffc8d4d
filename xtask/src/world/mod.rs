//! `cargo xtask world`: builds the gazetteer from packages of open data, the same to the byte from the same packages.

mod build;
mod encode;
mod read;
mod sources;
mod words;

use std::fs;
use std::path::Path;

use crate::chore::{ChoreError, at, workspace};
use sources::Sources;

const USAGE: &str = "\
world takes --from DIR, the folder with the unpacked packages, and --check to compare and write nothing;
which packages, and the commands that fetch them, stand in xtask/data/sources.toml";

pub(crate) fn run(flags: &[&str]) -> Result<(), ChoreError> {
    let (folder, check) = match flags {
        ["--from", folder] => (Path::new(folder), false),
        ["--from", folder, "--check"] | ["--check", "--from", folder] => (Path::new(folder), true),
        _ => return Err(ChoreError::Usage(USAGE.to_owned())),
    };
    let sources = Sources::read(&workspace().join("xtask/data/sources.toml"))?;
    let packages = sources.open(folder)?;
    let pack = workspace().join("crates/language/data");
    let places = build::places(&packages, &sources, &words::Words::read(&packages, &pack)?)?;
    let table = encode::table(&places)?;
    let about = sources.about(&places, &table);
    let files =
        [(pack.join("gazetteer/gazetteer.bin"), table), (pack.join("gazetteer/gazetteer.toml"), about.into_bytes())];
    for (path, bytes) in files {
        let same = fs::read(&path).is_ok_and(|before| before == bytes);
        let shown = path.strip_prefix(workspace()).unwrap_or(&path).display();
        match (same, check) {
            (true, _) => println!("{shown}: {} bytes, unchanged", bytes.len()),
            (false, true) => {
                return Err(ChoreError::Usage(format!(
                    "{shown} is not what the packages give; build it with `cargo xtask world --from DIR`"
                )));
            }
            (false, false) => {
                fs::write(&path, &bytes).map_err(at(&path))?;
                println!("{shown}: {} bytes, written", bytes.len());
            }
        }
    }
    Ok(())
}

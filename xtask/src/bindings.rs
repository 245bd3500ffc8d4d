//! `cargo xtask bindings`: writes the C header and the Python module of crates/plugin from its definitions.

use std::fs;

use recoup_plugin::bindings::{self, Binding};

use crate::chore::{ChoreError, at, workspace};

pub(crate) fn run(flags: &[&str]) -> Result<(), ChoreError> {
    let check = match flags {
        [] => false,
        ["--check"] => true,
        _ => return Err(ChoreError::Usage("bindings takes --check and nothing else".to_owned())),
    };
    for Binding { path, text } in bindings::all() {
        let file = workspace().join("crates/plugin").join(path);
        if !check {
            fs::create_dir_all(file.parent().unwrap_or(&file)).map_err(at(&file))?;
            fs::write(&file, text).map_err(at(&file))?;
        } else if fs::read_to_string(&file).map_err(at(&file))? != text {
            let what = format!("{} is not what the definitions say; {}", file.display(), bindings::REMEDY);
            return Err(ChoreError::Usage(what));
        }
    }
    Ok(())
}

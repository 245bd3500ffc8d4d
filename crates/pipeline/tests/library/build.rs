//! Makes the libraries that are loaded here.

use std::env::consts::DLL_SUFFIX;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Builds a plugin of the workspace, as its author would, and gives the path of its library.
pub(crate) fn plugin(package: &str) -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--message-format=json", "--package", package])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let messages = String::from_utf8(output.stdout).unwrap();
    let artifacts = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let of_package = artifacts.filter(|message| message["target"]["name"] == package.replace('-', "_"));
    let files = of_package.filter_map(|message| message["filenames"].as_array().cloned()).flatten();
    let mut libraries = files.filter_map(|file| Some(PathBuf::from(file.as_str()?)));
    libraries.find(|file| file.to_string_lossy().ends_with(DLL_SUFFIX)).unwrap()
}

/// What the compiler says to the author of a plugin that cannot unwind.
pub(crate) fn errors_without_unwinding(package: &str) -> String {
    let output = Command::new(env!("CARGO"))
        .args(["rustc", "--quiet", "--lib", "--profile", "check", "--package", package, "--", "-C", "panic=abort"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    text.lines().filter(|line| line.starts_with("error")).map(|line| format!("{line}\n")).collect()
}

/// Compiles `stage.c` with some definitions into `folder`, under a name that says what is special about it.
pub(crate) fn c_stage(folder: &Path, name: &str, definitions: &[&str]) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/library/stage.c");
    let definitions: Vec<String> = definitions.iter().map(|definition| format!("-D{definition}")).collect();
    c_library(&source, folder, name, &definitions)
}

/// Compiles the C example of recoup-plugin, which gives no cause for a warning.
pub(crate) fn c_example(folder: &Path) -> PathBuf {
    let strict = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"].map(str::to_owned);
    c_library(&plugin_crate().join("examples/lines.c"), folder, "lines", &strict)
}

fn plugin_crate() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../plugin")
}

fn c_library(source: &Path, folder: &Path, name: &str, flags: &[String]) -> PathBuf {
    let library = folder.join(format!("{name}{DLL_SUFFIX}"));
    let status = Command::new("cc")
        .args(["-std=c99", "-shared", "-fPIC", "-I"])
        .arg(plugin_crate().join("include"))
        .args(flags)
        .arg(source)
        .arg("-o")
        .arg(&library)
        .status()
        .unwrap();
    assert!(status.success(), "{name} does not compile");
    library
}

//! The author's side in other languages says what this crate says.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use recoup_plugin::bindings::{self, Binding};

#[test]
fn generated_files_are_those_of_the_definitions() {
    for Binding { path, text } in bindings::all() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let same = fs::read_to_string(file).is_ok_and(|written| written == text);
        assert!(same, "crates/plugin/{path} is not what the definitions say; {}", bindings::REMEDY);
    }
}

/// Asks the C compiler where it puts each field of the header, and how large it makes it.
#[test]
fn c_lays_the_structs_out_as_rust_does() {
    let mut program = String::from("#include <stdio.h>\n#include \"recoup.h\"\n\nint main(void) {\n");
    let mut expected = String::new();
    for of in bindings::structs() {
        let name = of.name;
        writeln!(program, "  printf(\"{name}: %zu\\n\", sizeof({name}));").unwrap();
        writeln!(expected, "{name}: {}", of.size).unwrap();
        for field in of.fields {
            let at = field.name;
            let measured = format!("offsetof({name}, {at}), sizeof((({name} *)0)->{at})");
            writeln!(program, "  printf(\"{name}.{at}: %zu, %zu\\n\", {measured});").unwrap();
            writeln!(expected, "{name}.{at}: {}, {}", field.offset, field.size).unwrap();
        }
    }
    program.push_str("  return 0;\n}\n");
    let folder = tempfile::tempdir().unwrap();
    let (source, measure) = (folder.path().join("measure.c"), folder.path().join("measure"));
    fs::write(&source, program).unwrap();
    compile(Command::new("cc").arg("-std=c99").arg(&source).arg("-o").arg(&measure));
    let measured = Command::new(&measure).output().unwrap();
    assert_eq!(String::from_utf8(measured.stdout).unwrap(), expected);
}

#[test]
fn the_header_is_one_of_cpp_too() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("plugin.cpp");
    fs::write(&source, "#include \"recoup.h\"\n#include \"recoup.h\"\n").unwrap();
    let mut compiler = Command::new("c++");
    if compiler.arg("--version").output().is_err() {
        eprintln!("skipped: there is no C++ compiler `c++`");
        return;
    }
    compile(Command::new("c++").args(["-std=c++11", "-fsyntax-only"]).arg(&source));
}

/// Runs a compiler that finds the header and takes no warning.
fn compile(compiler: &mut Command) {
    let include = Path::new(env!("CARGO_MANIFEST_DIR")).join("include");
    let output = compiler.args(["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I"]).arg(include).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

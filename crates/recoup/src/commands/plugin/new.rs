//! `recoup plugin new`: the beginning of a stage, with its test.

mod files;
mod name;

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use miette::Diagnostic;
use thiserror::Error;

use self::files::files;
use self::name::Names;
use crate::args::{PluginKind, PluginLanguage, PluginNewArgs};
use crate::commands::fresh;
use crate::failure::{Exit, Failure};
use crate::words;

/// Why no stage was begun.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum NewError {
    /// A name that stages cannot have.
    #[error("a stage cannot be called `{name}`: {reason}")]
    #[diagnostic(help("{help}"))]
    Name {
        /// As given.
        name: String,
        /// What is wrong with it.
        reason: String,
        /// What to write instead.
        help: String,
    },
    /// `--recoup` names something else.
    #[error("{} is no checkout of recoup: it has no crates/plugin/Cargo.toml", path.display())]
    #[diagnostic(help("name the folder of recoup's source, the one with its Cargo.lock and its crates/"))]
    NoCheckout {
        /// As given.
        path: PathBuf,
    },
    /// `--recoup` for a language that needs none.
    #[error("--recoup is for stages in Rust: one in {language} carries all that it needs with it")]
    #[diagnostic(help("leave --recoup out"))]
    CheckoutUnused {
        /// The language in words.
        language: &'static str,
    },
    /// `--recoup` names a path that Cargo.toml cannot hold, or the current folder is gone.
    #[error("cannot tell where {} is", path.display())]
    Path {
        /// As given.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// What is to be begun.
struct Plan {
    names: Names,
    kind: PluginKind,
    language: PluginLanguage,
    /// The checkout of recoup, absolute.
    checkout: Option<String>,
}

impl Plan {
    /// The file of the shared library, below the folder of the stage.
    fn library(&self) -> String {
        match self.language {
            PluginLanguage::Rust => format!("target/release/{DLL_PREFIX}{}{DLL_SUFFIX}", self.names.identifier),
            PluginLanguage::Python | PluginLanguage::C => format!("{DLL_PREFIX}{}{DLL_SUFFIX}", self.names.name),
        }
    }

    /// Its name in a pipeline, which holds on every system.
    fn plugin(&self) -> String {
        match self.language {
            PluginLanguage::Rust => format!("target/release/{}", self.names.identifier),
            PluginLanguage::Python | PluginLanguage::C => self.names.name.clone(),
        }
    }
}

pub(crate) fn run(args: &PluginNewArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let names = Names::of(&args.name, args.language)?;
    let checkout = args.recoup.as_deref().map(|path| checkout(path, args.language)).transpose()?;
    let plan = Plan { names, kind: args.kind, language: args.language, checkout };
    let folder = args.path.clone().unwrap_or_else(|| PathBuf::from(&args.name));

    let files = files(&plan);
    let targets: Vec<PathBuf> = files.iter().map(|(file, _)| folder.join(file)).collect();
    fresh::all_new(&targets, "name another folder with --path")?;
    for ((_, text), target) in files.iter().zip(&targets) {
        fresh::write(target, text)?;
    }

    writeln!(out, "Written:")?;
    for target in &targets {
        writeln!(out, "  {}", words::path(target))?;
    }
    next_steps(&plan, &folder, out)?;
    Ok(Exit::Done)
}

/// The absolute path of a checkout. Not canonical: a path with links in it stays as its user knows it.
fn checkout(path: &Path, language: PluginLanguage) -> Result<String, NewError> {
    match language {
        PluginLanguage::Rust => {}
        PluginLanguage::Python => return Err(NewError::CheckoutUnused { language: "Python" }),
        PluginLanguage::C => return Err(NewError::CheckoutUnused { language: "C" }),
    }
    if !path.join("crates/plugin/Cargo.toml").is_file() {
        return Err(NewError::NoCheckout { path: path.to_owned() });
    }
    let absolute = std::path::absolute(path).map_err(|source| NewError::Path { path: path.to_owned(), source })?;
    let text = absolute.into_os_string().into_string();
    text.map_err(|_| NewError::Path { path: path.to_owned(), source: io::Error::other("its path is no Unicode") })
}

fn next_steps(plan: &Plan, folder: &Path, out: &mut dyn Write) -> io::Result<()> {
    let name = &plan.names.name;
    let cd = words::path(folder);
    if plan.language == PluginLanguage::Rust && plan.checkout.is_none() {
        let manifest = words::path(&folder.join("Cargo.toml"));
        writeln!(out, "\nFirst say in {manifest} where recoup's source is: no registry has recoup-plugin.")?;
        writeln!(out, "With a checkout on this machine, `--recoup PATH` says it for you.")?;
    }
    let steps = match plan.language {
        PluginLanguage::Rust => ["cargo test".to_owned(), "cargo build --release".to_owned()].to_vec(),
        PluginLanguage::Python => vec![format!("python3 {}", plan.names.python_test())],
        PluginLanguage::C => vec!["sh test.sh".to_owned()],
    };
    writeln!(out, "\n{} it:", if plan.language == PluginLanguage::Python { "Test" } else { "Test and build" })?;
    for step in [format!("cd {cd}")].iter().chain(&steps) {
        writeln!(out, "  {step}")?;
    }

    let below = |file: &str| words::path(&folder.join(file));
    let (stage, checked) = match plan.language {
        PluginLanguage::Python => {
            let file = below(&format!("{name}.py"));
            (format!("run = [\"python3\", \"{file}\"]"), format!("--run python3 {file}"))
        }
        PluginLanguage::Rust | PluginLanguage::C => {
            (format!("plugin = \"{}\"", below(&plan.plugin())), below(&plan.library()))
        }
    };
    writeln!(out, "\nUse it in a pipeline; its paths begin at the folder of its file:")?;
    writeln!(out, "  [[{}]]\n  {stage}", plan.kind.as_str())?;
    if plan.kind == PluginKind::Report {
        writeln!(out, "  path = \"out/{{period}}.csv\"")?;
    }
    writeln!(out, "\nSee whether it does all that recoup expects of a stage:\n  recoup plugin check {checked}")
}

impl PluginKind {
    /// The name of its section in a pipeline.
    fn as_str(self) -> &'static str {
        match self {
            PluginKind::Parse => "parse",
            PluginKind::Extract => "extract",
            PluginKind::Reconcile => "reconcile",
            PluginKind::Report => "report",
        }
    }
}

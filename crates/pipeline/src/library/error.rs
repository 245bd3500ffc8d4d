//! What can be wrong with a shared library, and what to do about it.

use std::io;
use std::path::PathBuf;

use recoup_plugin::{Kind, Manifest, PROTOCOL, abi};

use crate::running::StageFailure;

/// Why a library cannot be used. The message says what is wrong with which file, the help what to do.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum LibraryError {
    /// There is no such file.
    #[error("there is no library `{name}`")]
    #[diagnostic(
        code(plugin::not_found),
        help(
            "tried, in this order:\n{}\nbuild the library, or correct `plugin`; \
             a bare name is also looked for in the folders of RECOUP_PLUGIN_PATH",
            places(tried)
        )
    )]
    NotFound {
        /// As the pipeline has it.
        name: String,
        /// Every place tried, in order.
        tried: Vec<PathBuf>,
    },

    /// The file is there and cannot be read.
    #[error("the library {} cannot be read: {source}", path.display())]
    #[diagnostic(code(plugin::unreadable), help("`plugin` must name a file that you may read"))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },

    /// The file has other bytes than the pipeline asks for.
    #[error(
        "the library {} is not the one that the pipeline asks for\n  expected {expected}\n  found    {found}",
        path.display()
    )]
    #[diagnostic(
        code(plugin::wrong_hash),
        help("nothing of it was run; find out why the file differs, and write `sha256 = \"{found}\"` if it should")
    )]
    WrongHash {
        /// The file.
        path: PathBuf,
        /// SHA-256 in the pipeline.
        expected: String,
        /// SHA-256 of the file.
        found: String,
    },

    /// The private copy from which a library is loaded cannot be made.
    #[error("the library {} cannot be copied into the temporary folder: {source}", path.display())]
    #[diagnostic(
        code(plugin::no_copy),
        help(
            "a library is loaded from a private copy, so that what runs is what was hashed; \
             set TMPDIR to a folder with room"
        )
    )]
    NoCopy {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },

    /// The system does not load the file.
    #[error("{} cannot be loaded as a shared library: {reason}", path.display())]
    #[diagnostic(
        code(plugin::not_a_library),
        help(
            "build it as a `cdylib` for this system and processor; \
             if the folder for temporary files forbids execution, set TMPDIR to another"
        )
    )]
    NotALibrary {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },

    /// The file is a library without the symbol.
    #[error(
        "{} is a shared library, but not one of recoup's: it does not export `{}`",
        path.display(),
        abi::SYMBOL.to_string_lossy()
    )]
    #[diagnostic(code(plugin::no_symbol), help("end the library with `export_stages!(...)`, or correct `plugin`"))]
    NoSymbol {
        /// The file.
        path: PathBuf,
    },

    /// A table of an ABI that this program does not know.
    #[error("stage {index} of {} was built for ABI {found}; this recoup loads ABI {}", path.display(), abi::ABI)]
    #[diagnostic(code(plugin::abi), help("{}", other_abi(*found)))]
    Abi {
        /// The file.
        path: PathBuf,
        /// Which of its stages, from 0.
        index: u32,
        /// The ABI of the table.
        found: u32,
    },

    /// A table that breaks its own rules.
    #[error("the table of stage {index} of {} is broken: {reason}", path.display())]
    #[diagnostic(
        code(plugin::table),
        help("this is a mistake in the library: build it with `export_stages!`, or correct its C table")
    )]
    Table {
        /// The file.
        path: PathBuf,
        /// Which of its stages, from 0.
        index: u32,
        /// Which rule.
        reason: String,
    },

    /// A manifest that cannot be read.
    #[error("the manifest of stage {index} of {} cannot be read: {reason}", path.display())]
    #[diagnostic(
        code(plugin::manifest),
        help("this is a mistake in the library: `export_stages!` writes a manifest that can be read")
    )]
    Manifest {
        /// The file.
        path: PathBuf,
        /// Which of its stages, from 0.
        index: u32,
        /// What is wrong with it.
        reason: String,
    },

    /// Messages of another major version.
    #[error("stage `{stage}` of {} speaks protocol {found}; this recoup speaks {PROTOCOL}", path.display())]
    #[diagnostic(
        code(plugin::protocol),
        help("the number before the dot must be the same: build the library with the `recoup-plugin` of this recoup")
    )]
    Protocol {
        /// The file.
        path: PathBuf,
        /// Name of the stage.
        stage: String,
        /// Its protocol.
        found: String,
    },

    /// It needs what this program does not have.
    #[error("stage `{stage}` of {} needs what this recoup does not have: {}", path.display(), needs.join(", "))]
    #[diagnostic(code(plugin::needs), help("update recoup, or use a version of the library that does without"))]
    Needs {
        /// The file.
        path: PathBuf,
        /// Name of the stage.
        stage: String,
        /// What it needs, as far as it is not there.
        needs: Vec<String>,
    },

    /// It does not read JSON.
    #[error("stage `{stage}` of {} does not read JSON; its codecs are [{}]", path.display(), codecs.join(", "))]
    #[diagnostic(code(plugin::codec), help("`codecs` in its manifest must list \"json\""))]
    Codec {
        /// The file.
        path: PathBuf,
        /// Name of the stage.
        stage: String,
        /// What it reads.
        codecs: Vec<String>,
    },

    /// Two stages of one name.
    #[error("{} exports two stages named `{stage}`", path.display())]
    #[diagnostic(
        code(plugin::same_name),
        help("this is a mistake in the library: names are unique, and past the last stage the table is NULL")
    )]
    SameName {
        /// The file.
        path: PathBuf,
        /// The name.
        stage: String,
    },

    /// A library without stages.
    #[error("{} exports no stage", path.display())]
    #[diagnostic(code(plugin::empty), help("name at least one stage in `export_stages!(...)`"))]
    Empty {
        /// The file.
        path: PathBuf,
    },

    /// No stage of that name.
    #[error("there is no stage `{stage}` in {}", path.display())]
    #[diagnostic(code(plugin::unknown_stage), help("it has {known}"))]
    UnknownStage {
        /// The file.
        path: PathBuf,
        /// The name in the pipeline.
        stage: String,
        /// The stages that it has, with their kinds.
        known: String,
    },

    /// No stage of the kind that the pipeline's table calls for.
    #[error("there is no {kind} stage in {}", path.display())]
    #[diagnostic(code(plugin::wrong_kind), help("it has {known}"))]
    NoStageOfKind {
        /// The file.
        path: PathBuf,
        /// The kind that was wanted.
        kind: Kind,
        /// The stages that it has, with their kinds.
        known: String,
    },

    /// Several stages of the kind, and no name.
    #[error("there are several {kind} stages in {}", path.display())]
    #[diagnostic(code(plugin::several_stages), help("say which with `stage = \"...\"`: {known}"))]
    SeveralStages {
        /// The file.
        path: PathBuf,
        /// The kind that was wanted.
        kind: Kind,
        /// The stages of that kind.
        known: String,
    },

    /// The named stage is of another kind.
    #[error("stage `{stage}` of {} is for `[[{found}]]`, not for `[[{wanted}]]`", path.display())]
    #[diagnostic(code(plugin::wrong_kind), help("move it to `[[{found}]]`, or name a {wanted} stage"))]
    WrongKind {
        /// The file.
        path: PathBuf,
        /// The name in the pipeline.
        stage: String,
        /// Its kind.
        found: Kind,
        /// The kind that was wanted.
        wanted: Kind,
    },

    /// A program that is not there.
    #[error("there is no program `{name}`")]
    #[diagnostic(
        code(plugin::no_program),
        help(
            "tried, in this order:\n{}\ninstall it, or correct `run`; a name without `/` is looked for in the folders of PATH",
            places(tried)
        )
    )]
    NoProgram {
        /// As the pipeline has it.
        name: String,
        /// Every place tried, in order.
        tried: Vec<PathBuf>,
    },

    /// A program that cannot be started.
    #[error("{} cannot be started: {source}", path.display())]
    #[diagnostic(code(plugin::not_started), help("`run` must name a program that you may execute"))]
    NotStarted {
        /// The program.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },

    /// A program that does not speak as a stage.
    #[error("{} does not say hello: {reason}", path.display())]
    #[diagnostic(
        code(plugin::no_hello),
        help("a stage in a process writes `{{\"hello\":{{manifest}}}}` as its first line, and nothing else on stdout")
    )]
    NoHello {
        /// The program.
        path: PathBuf,
        /// What it did instead.
        reason: String,
    },

    /// What the cage says of a library that it has tried to load.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Told(#[from] Told),

    /// The stage refuses its options.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Stage(#[from] StageFailure),
}

/// An error that another process has found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Told {
    /// Of the diagnostic: `plugin::abi`.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Told {
    /// What another process is to be told of an error.
    pub(crate) fn of(error: &LibraryError) -> Self {
        use miette::Diagnostic as _;
        Told {
            code: error.code().map_or_else(|| "plugin::failed".to_owned(), |code| code.to_string()),
            message: error.to_string(),
            help: error.help().map(|help| help.to_string()),
        }
    }
}

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Told {}

impl miette::Diagnostic for Told {
    fn code<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn std::fmt::Display + 'a>)
    }
}

fn other_abi(found: u32) -> &'static str {
    if found > abi::ABI {
        "update recoup, or build the library with an older `recoup-plugin`"
    } else {
        "build the library with a newer `recoup-plugin`"
    }
}

fn places(tried: &[PathBuf]) -> String {
    tried.iter().map(|path| format!("  {}", path.display())).collect::<Vec<_>>().join("\n")
}

/// Stages with their kinds, for messages: `` `bulletin` (report), `drones` (extract) ``.
pub(super) fn list<'a>(manifests: impl IntoIterator<Item = &'a Manifest>) -> String {
    let names: Vec<String> = manifests.into_iter().map(|m| format!("`{}` ({})", m.name, m.kind)).collect();
    names.join(", ")
}

//! The cage: a library is loaded by a child of recoup itself, which speaks the child form.
//!
//! It limits crashes, hangs and memory, not malice: the child is the same user with the same rights.

use std::ffi::OsString;
use std::io::{self, BufRead as _, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::OnceLock;

use recoup_plugin::child::{Ended, converse};
use recoup_plugin::{Manifest, json};
use serde::{Deserialize, Serialize};

use crate::child::{Launch, Limits};
use crate::library::Told;
use crate::{Library, LibraryError};

/// The hidden command that is the cage.
const COMMAND: &str = "plugin-host";

/// The program that is the cage, where it is not this one.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Says which program is the cage: tests and other programs than recoup are none themselves. The first call counts.
pub fn set_cage_program(program: PathBuf) {
    let _ = PROGRAM.set(program);
}

/// What the cage is asked for.
#[derive(Debug, Clone, Default)]
pub struct PluginHost {
    /// The library.
    pub library: PathBuf,
    /// Which of its stages is served.
    pub stage: Option<String>,
    /// SHA-256 of the library; any other bytes are refused before they can run.
    pub sha256: Option<String>,
    /// Bytes of address space.
    pub memory: Option<u64>,
    /// Say which stages there are, and leave.
    pub list: bool,
}

/// What the cage says of a library.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Listed {
    /// Its stages.
    Stages { path: PathBuf, sha256: String, manifests: Vec<Manifest> },
    /// Why it cannot be used.
    Refused(Told),
}

/// A library as the cage has seen it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Seen {
    pub(crate) path: PathBuf,
    pub(crate) sha256: String,
    pub(crate) manifests: Vec<Manifest>,
}

fn program() -> io::Result<PathBuf> {
    PROGRAM.get().map_or_else(std::env::current_exe, |program| Ok(program.clone()))
}

/// The arguments of the cage for one library.
fn arguments(library: &Path, sha256: Option<&str>, limits: Limits) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = vec![COMMAND.into(), library.into()];
    if let Some(sha256) = sha256 {
        arguments.extend(["--sha256".into(), sha256.into()]);
    }
    if let Some(memory) = limits.memory {
        arguments.extend(["--memory".into(), memory.to_string().into()]);
    }
    arguments
}

/// How the cage of one stage is started.
///
/// # Errors
/// Where nobody knows which program this is.
pub(crate) fn launch(seen: &Seen, stage: &str, folder: &Path, limits: Limits) -> io::Result<Launch> {
    let mut arguments = arguments(&seen.path, Some(&seen.sha256), limits);
    arguments.extend(["--stage".into(), stage.into()]);
    Ok(Launch { program: program()?, arguments, folder: folder.to_owned(), limits, reusable: true })
}

/// Has a cage look into a library: it is not loaded here.
///
/// # Errors
/// What the cage says; or that the cage itself died, which a library can bring about when it is loaded.
pub(crate) fn look(library: &Path, sha256: Option<&str>, limits: Limits) -> Result<Seen, LibraryError> {
    let unstarted = |source| LibraryError::NotStarted { path: PathBuf::from(COMMAND), source };
    let mut command = Command::new(program().map_err(unstarted)?);
    command.args(arguments(library, sha256, limits)).arg("--list").stdin(Stdio::null());
    let done = command.output().map_err(unstarted)?;
    let listed = done.stdout.lines().map_while(Result::ok).find_map(|line| json::read::<Listed>(line.as_bytes()).ok());
    match listed {
        Some(Listed::Stages { path, sha256, manifests }) => Ok(Seen { path, sha256, manifests }),
        Some(Listed::Refused(told)) => Err(told.into()),
        None => Err(Told {
            code: "plugin::died".to_owned(),
            message: format!(
                "{} kills the process that loads it: {}",
                library.display(),
                crate::child::told(done.status)
            ),
            help: Some("this is a mistake in the library: what it does when it is loaded goes wrong".to_owned()),
        }
        .into()),
    }
}

/// The whole of `recoup plugin-host`: loads a library and serves one of its stages on stdin and stdout.
pub fn plugin_host(host: &PluginHost) -> ExitCode {
    match serve(host) {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(io::stderr(), "plugin-host: {error}");
            ExitCode::from(2)
        }
    }
}

fn serve(host: &PluginHost) -> io::Result<ExitCode> {
    let mut out = own_stdout()?;
    confine(host.memory)?;
    let library = Library::load(&host.library, host.sha256.as_deref());
    if host.list {
        let listed = match &library {
            Ok(library) => Listed::Stages {
                path: library.path().to_owned(),
                sha256: library.sha256().to_owned(),
                manifests: library.manifests().to_vec(),
            },
            Err(error) => Listed::Refused(Told::of(error)),
        };
        let mut line = serde_json::to_vec(&listed)?;
        line.push(b'\n');
        out.write_all(&line)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut stage = match library.and_then(|library| library.caged(host.stage.as_deref())) {
        Ok(stage) => stage,
        Err(error) => {
            let _ = writeln!(io::stderr(), "{error}");
            return Ok(ExitCode::from(2));
        }
    };
    Ok(match converse(&mut stage, &mut io::stdin().lock(), &mut out)? {
        Ended::Left => ExitCode::SUCCESS,
        Ended::Failed => ExitCode::FAILURE,
    })
}

/// The real stdout, for the protocol alone: what a library prints goes to stderr.
#[cfg(unix)]
fn own_stdout() -> io::Result<Box<dyn Write>> {
    let own = rustix::io::dup(rustix::stdio::stdout())?;
    rustix::stdio::dup2_stdout(rustix::stdio::stderr())?;
    Ok(Box::new(std::fs::File::from(own)))
}

#[cfg(not(unix))]
fn own_stdout() -> io::Result<Box<dyn Write>> {
    Ok(Box::new(io::stdout()))
}

/// Sets the limit of memory, and sees to it that no cage outlives its host.
#[cfg(target_os = "linux")]
fn confine(memory: Option<u64>) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, Signal, set_parent_process_death_signal, setrlimit};
    set_parent_process_death_signal(Some(Signal::KILL))?;
    if let Some(memory) = memory {
        setrlimit(Resource::As, Rlimit { current: Some(memory), maximum: Some(memory) })?;
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn confine(_: Option<u64>) -> io::Result<()> {
    Ok(())
}

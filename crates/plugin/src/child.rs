//! The child form, seen from the child: a stage that speaks frames on stdin and stdout.

use std::io::{self, BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use recoup_model::{Diagnostic, Level};
use serde::Serialize;

use crate::abi::{FAILED_CODE, PANICKED_CODE};
use crate::export::{configured, item_noun, panic_text};
use crate::frame::{ToChild, ToHost};
use crate::{Error, Manifest, Out, Result, Sink, Stage, StageItem, json};

/// What one call of a stage said, in JSON.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Said {
    /// What it emitted; not used where it failed.
    pub emitted: Vec<Vec<u8>>,
    /// What it reported. Where it failed, the last says why.
    pub reported: Vec<Vec<u8>>,
    /// Whether it cannot go on.
    pub failed: bool,
}

impl Said {
    /// Adds why the stage cannot go on.
    pub fn fail(mut self, code: &str, Error { message, path, help }: Error) -> Self {
        let why = Diagnostic { path, help, ..Diagnostic::new(Level::Error, code, message) };
        self.reported.extend(serde_json::to_vec(&why));
        self.failed = true;
        self
    }
}

/// A stage that can be served to a host, whatever stands behind it.
pub trait Served {
    /// Its manifest in JSON.
    fn manifest(&self) -> Vec<u8>;
    /// Begins a session; `settings` are `{"options":{…},"context":{…}}`.
    fn open(&mut self, settings: &[u8]) -> Said;
    /// Reads one item.
    fn process(&mut self, item: &[u8]) -> Said;
    /// Ends the session.
    fn finish(&mut self) -> Said;
}

/// How a conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The host has left.
    Left,
    /// The stage cannot go on, and has said why.
    Failed,
}

/// Serves a stage until its host leaves or the stage fails. After a session another may begin.
///
/// # Errors
/// Where the host cannot be read or written to.
pub fn converse(stage: &mut dyn Served, input: &mut dyn BufRead, output: &mut dyn Write) -> io::Result<Ended> {
    let mut said = Vec::new();
    ToHost::Hello(&stage.manifest()).write(&mut said);
    send(output, &mut said)?;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(Ended::Left);
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let answer = match ToChild::read(&line) {
            Some(ToChild::Open(settings)) => stage.open(settings),
            Some(ToChild::Item(item)) => stage.process(item),
            Some(ToChild::Finish) => stage.finish(),
            Some(ToChild::Flush(number)) => {
                ToHost::Ok(number).write(&mut said);
                send(output, &mut said)?;
                continue;
            }
            None => Said::default().fail(FAILED_CODE, Error::new(unknown_frame(&line))),
        };
        if !answer.failed {
            answer.emitted.iter().for_each(|item| ToHost::Emit(item).write(&mut said));
        }
        answer.reported.iter().for_each(|diagnostic| ToHost::Report(diagnostic).write(&mut said));
        if answer.failed {
            send(output, &mut said)?;
            return Ok(Ended::Failed);
        }
        if matches!(ToChild::read(&line), Some(ToChild::Finish)) {
            ToHost::Done.write(&mut said);
            send(output, &mut said)?;
        }
    }
}

fn send(output: &mut dyn Write, said: &mut Vec<u8>) -> io::Result<()> {
    output.write_all(said)?;
    output.flush()?;
    said.clear();
    Ok(())
}

fn unknown_frame(line: &[u8]) -> String {
    let start: String = String::from_utf8_lossy(line.trim_ascii()).chars().take(40).collect();
    format!("the host sent what is no frame of this protocol: {start}")
}

/// Serves the stage `S` on stdin and stdout: the whole `main` of a child process. See [`serve_stage!`](crate::serve_stage).
pub fn serve<S: Stage>() -> ExitCode {
    match serve_on::<S>(&mut io::stdin().lock(), &mut io::stdout().lock()) {
        Ok(Ended::Left) => ExitCode::SUCCESS,
        Ok(Ended::Failed) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{}: the host cannot be reached: {error}", S::NAME);
            ExitCode::FAILURE
        }
    }
}

/// [`serve`] on other streams.
///
/// # Errors
/// As [`converse`].
pub fn serve_on<S: Stage>(input: &mut dyn BufRead, output: &mut dyn Write) -> io::Result<Ended> {
    converse(&mut Linked::<S> { stage: None }, input, output)
}

/// Writes the `main` of a child process that serves one stage: `serve_stage!(Count);`.
#[macro_export]
macro_rules! serve_stage {
    ($stage:ty $(,)?) => {
        fn main() -> ::std::process::ExitCode {
            $crate::child::serve::<$stage>()
        }
    };
}

/// A stage that is linked in, behind frames.
struct Linked<S: Stage> {
    stage: Option<S>,
}

impl<S: Stage> Linked<S> {
    fn call(&mut self, call: impl FnOnce(&mut S, &mut Heard) -> Result<()>) -> Said {
        let Some(mut stage) = self.stage.take() else {
            return Said::default().fail(FAILED_CODE, Error::new("the host sent an item before it opened the stage"));
        };
        let mut heard = Heard::default();
        let result = guarded(|| call(&mut stage, &mut heard));
        self.stage = Some(stage);
        heard.conclude(result)
    }
}

impl<S: Stage> Served for Linked<S> {
    fn manifest(&self) -> Vec<u8> {
        // A manifest has only strings for keys, which is all that could fail; the host refuses an empty one.
        serde_json::to_vec(&Manifest::of::<S>()).unwrap_or_default()
    }

    fn open(&mut self, settings: &[u8]) -> Said {
        let result = guarded(|| {
            self.stage = Some(configured::<S>(settings)?);
            Ok(())
        });
        Heard::default().conclude(result)
    }

    fn process(&mut self, item: &[u8]) -> Said {
        self.call(|stage, heard| {
            let item = json::read(item)
                .map_err(|why| Error::new(format!("the item is not {}: {why}", item_noun(S::Item::KIND))))?;
            stage.process(item, &mut Out::new(heard))
        })
    }

    fn finish(&mut self) -> Said {
        let said = self.call(|stage, heard| stage.finish(&mut Out::new(heard)));
        self.stage = None;
        said
    }
}

/// Why a call failed: the stage's own error, or its panic.
enum Fault {
    Error(Error),
    Panic(String),
}

fn guarded(call: impl FnOnce() -> Result<()>) -> std::result::Result<(), Fault> {
    // Unwind safety: after a panic the process ends.
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(result) => result.map_err(Fault::Error),
        Err(payload) => Err(Fault::Panic(panic_text(payload.as_ref()))),
    }
}

#[derive(Default)]
struct Heard {
    said: Said,
    /// Why something that was emitted or reported cannot be written as JSON.
    unwritable: Option<String>,
}

impl Heard {
    fn conclude(self, result: std::result::Result<(), Fault>) -> Said {
        match (result, self.unwritable) {
            (Err(Fault::Panic(text)), _) => self.said.fail(PANICKED_CODE, Error::new(text)),
            (Err(Fault::Error(error)), _) => self.said.fail(FAILED_CODE, error),
            (Ok(()), Some(why)) => self.said.fail(FAILED_CODE, Error::new(why)),
            (Ok(()), None) => self.said,
        }
    }

    fn write(&mut self, value: &impl Serialize) -> Vec<u8> {
        serde_json::to_vec(value).unwrap_or_else(|error| {
            self.unwritable = Some(format!("what the stage emitted cannot be written as JSON: {error}"));
            Vec::new()
        })
    }
}

impl<O: Serialize> Sink<O> for Heard {
    fn emit(&mut self, item: O) {
        let written = self.write(&item);
        self.said.emitted.push(written);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        let written = self.write(&diagnostic);
        self.said.reported.push(written);
    }
}

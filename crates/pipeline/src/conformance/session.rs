//! Sessions with a stage: what it is sent, what it says, and how it breaks off.

use recoup_model::{Diagnostic, Level};
use recoup_plugin::abi::PANICKED_CODE;
use recoup_plugin::frame::ToChild;
use recoup_plugin::json;
use serde::Serialize;
use serde_json::Value;

use super::Outcome;
use crate::child::{Answer, Expected, Gone, Launch, Process, Start};

/// Hangs after which a stage is tried no further: each costs its whole deadline.
const HANGS: usize = 2;

/// What a stage said up to an answer, in JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spoken {
    pub(super) emitted: Vec<Vec<u8>>,
    pub(super) reported: Vec<Vec<u8>>,
}

/// Why a session came to no good end.
#[derive(Debug, Clone)]
pub(super) enum Broken {
    /// The stage said that it cannot go on, and why.
    Refused(Box<Diagnostic>),
    /// It panicked, with this text.
    Panicked(String),
    /// Its process ended, hung or talked nonsense, as told.
    Fell(String),
    /// It has hung too often to be tried again.
    GivenUp,
}

impl Broken {
    /// How a check ends that wanted the session to end well.
    pub(super) fn outcome(&self, help: &str) -> Outcome {
        match self {
            Broken::Refused(why) => Outcome::failed(format!("it fails: {}", why.message), help),
            Broken::Panicked(text) => {
                Outcome::failed(format!("it panics: {text}"), "a panic is a mistake of the stage")
            }
            Broken::Fell(how) => Outcome::failed(how, FELL),
            Broken::GivenUp => Outcome::skipped("it hung too often to be tried again"),
        }
    }
}

/// What to do about a process that ends before its time.
pub(super) const FELL: &str = "a stage answers every flush and `finish`, and ends only when stdin is closed; one that \
                               cannot go on reports an error first";

/// Starts the processes of one stage, and remembers what none of them should do.
pub(super) struct Host<'s> {
    launch: &'s Launch,
    context: Value,
    /// The first line on stdout that was no frame, and how many there were.
    pub(super) noise: Option<(String, usize)>,
    /// How processes ended that should not have.
    pub(super) falls: Vec<String>,
    hangs: usize,
}

/// A process with a session.
pub(super) struct Session {
    process: Process,
    flushed: u64,
}

impl<'s> Host<'s> {
    pub(super) fn new(launch: &'s Launch, context: &impl Serialize) -> Self {
        // A context has only strings for keys, which is all that could fail.
        let context = serde_json::to_value(context).unwrap_or_default();
        Host { launch, context, noise: None, falls: Vec::new(), hangs: 0 }
    }

    /// Starts a process and opens the stage in it.
    pub(super) fn open(&mut self, options: &Value) -> Result<Session, Broken> {
        if self.hangs >= HANGS {
            return Err(Broken::GivenUp);
        }
        let (process, _) = Process::start(self.launch).map_err(|error| match error {
            Start::Spawn(why) => self.fell(format!("its process cannot be started: {why}"), &[]),
            Start::Silent(gone) => self.gone(gone, None),
        })?;
        let mut session = Session { process, flushed: 0 };
        self.begin(&mut session, options)?;
        Ok(session)
    }

    /// Opens the stage in a process in which no session is open.
    pub(super) fn begin(&mut self, session: &mut Session, options: &Value) -> Result<(), Broken> {
        let settings = serde_json::json!({"options": options, "context": self.context});
        let mut frames = Vec::new();
        ToChild::Open(settings.to_string().as_bytes()).write(&mut frames);
        session.flushed = 0;
        ToChild::Flush(0).write(&mut frames);
        session.process.send(frames);
        let spoken = self.answer(session, Expected::Ok(0))?;
        match spoken.emitted.is_empty() {
            true => Ok(()),
            false => Err(self.fell("it emitted something before it was given an item".to_owned(), &[])),
        }
    }

    /// Gives it items, `ahead` at a time, each with a flush; what it said of each.
    pub(super) fn items(
        &mut self,
        session: &mut Session,
        items: &[Vec<u8>],
        ahead: usize,
    ) -> Result<Vec<Spoken>, Broken> {
        let mut calls = Vec::with_capacity(items.len());
        for items in items.chunks(ahead) {
            let first = session.flushed + 1;
            let mut frames = Vec::new();
            for (item, number) in items.iter().zip(first..) {
                ToChild::Item(item).write(&mut frames);
                ToChild::Flush(number).write(&mut frames);
                session.flushed = number;
            }
            session.process.send(frames);
            for (_, number) in items.iter().zip(first..) {
                calls.push(self.answer(session, Expected::Ok(number))?);
            }
        }
        Ok(calls)
    }

    /// Tells it that there are no more items; what it said to that.
    pub(super) fn finish(&mut self, session: &mut Session) -> Result<Spoken, Broken> {
        let mut frames = Vec::new();
        ToChild::Finish.write(&mut frames);
        session.process.send(frames);
        self.answer(session, Expected::Done)
    }

    /// Gives it items and finishes, in an open session; what it said of each item, and at last of the end.
    pub(super) fn play(
        &mut self,
        session: &mut Session,
        items: &[Vec<u8>],
        ahead: usize,
    ) -> Result<Vec<Spoken>, Broken> {
        let mut calls = self.items(session, items, ahead)?;
        calls.push(self.finish(session)?);
        Ok(calls)
    }

    /// A whole session in a process of its own.
    pub(super) fn run(&mut self, options: &Value, items: &[Vec<u8>], ahead: usize) -> Result<Vec<Spoken>, Broken> {
        let mut session = self.open(options)?;
        self.play(&mut session, items, ahead)
    }

    /// Closes stdin; the exit status, or `None` where the process had to be killed.
    pub(super) fn close(&mut self, session: &mut Session) -> Option<std::process::ExitStatus> {
        session.process.close()
    }

    fn answer(&mut self, session: &mut Session, expected: Expected) -> Result<Spoken, Broken> {
        match session.process.answer(expected) {
            Ok(answer) => Ok(self.heard(&answer)),
            Err(gone) => Err(self.gone(gone, Some(&session.process))),
        }
    }

    fn heard(&mut self, answer: &Answer) -> Spoken {
        if let Some((line, count)) = &answer.noise {
            self.noise.get_or_insert_with(|| (line.clone(), 0)).1 += count;
        }
        let owned = |bytes: &[u8]| bytes.to_vec();
        Spoken { emitted: answer.emitted().map(owned).collect(), reported: answer.reported().map(owned).collect() }
    }

    fn gone(&mut self, gone: Gone, process: Option<&Process>) -> Broken {
        let tail = process.map(Process::tail).unwrap_or_default();
        match gone {
            Gone::Hung(timeout) => {
                self.hangs += 1;
                self.fell(format!("it gave no answer within {} s", timeout.as_secs_f64()), &tail)
            }
            Gone::Astray(message) => self.fell(message, &tail),
            Gone::Died(ended, answer) => {
                let said = self.heard(&answer).reported;
                let read = said.iter().rev().filter_map(|bytes| json::read::<Diagnostic>(bytes).ok());
                match read.into_iter().find(|diagnostic| diagnostic.level == Level::Error) {
                    Some(why) if why.code == PANICKED_CODE => Broken::Panicked(why.message),
                    Some(why) => Broken::Refused(Box::new(why)),
                    None => self.fell(ended, &tail),
                }
            }
        }
    }

    fn fell(&mut self, how: String, tail: &[String]) -> Broken {
        let how = match tail.last() {
            Some(last) => format!("{how}; last on stderr: {last}"),
            None => how,
        };
        self.falls.push(how.clone());
        Broken::Fell(how)
    }
}

//! A stage in a child process, opened.

use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use recoup_model::{Diagnostic, Level};
use recoup_plugin::abi::PANICKED_CODE;
use recoup_plugin::frame::ToChild;
use recoup_plugin::{Context, Kind, Sink, StageItem};
use serde::Serialize;
use serde_json::Value;

use super::process::{Answer, Expected, Gone};
use super::{Launch, Process, Start};
use crate::running::{Call, Heard, How, Running, StageFailure, emitted, reported};

/// Failures in a row after which a stage is given up: it would cost a restart for each item, or a deadline.
const DEATHS: u32 = 20;
const HANGS: u32 = 3;

/// Code of the remark that holds the last lines of stderr.
const STDERR: &str = "stage.stderr";

/// Where the children of one declared stage come from.
#[derive(Debug)]
pub(crate) struct Kennel {
    stage: String,
    launch: Launch,
    /// Children that have said hello and have no session.
    idle: Mutex<Vec<Process>>,
    /// What has been said of sessions that were opened: every worker opens one, and restarts too, with the same to say.
    told: Mutex<Vec<Diagnostic>>,
}

impl fmt::Debug for Process {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Process").finish_non_exhaustive()
    }
}

impl Kennel {
    /// The children of `stage`, of which one may have been started already.
    pub(crate) fn new(stage: &str, launch: Launch, first: Option<Process>) -> Self {
        Kennel {
            stage: stage.to_owned(),
            launch,
            idle: Mutex::new(first.into_iter().collect()),
            told: Mutex::default(),
        }
    }

    /// Those of the remarks that no session has made yet when it was opened.
    fn untold(&self, mut remarks: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        remarks.retain(|remark| !told.contains(remark));
        told.extend(remarks.iter().cloned());
        remarks
    }

    fn idle(&self) -> Option<Process> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn start(&self) -> Result<Process, StageFailure> {
        Process::start(&self.launch).map(|(process, _)| process).map_err(|error| match error {
            Start::Spawn(error) => {
                let program = self.launch.program.display();
                StageFailure::new(&self.stage, format!("`{program}` cannot be started: {error}"))
            }
            Start::Silent(gone) => self.failure(gone, &mut Vec::new()),
        })
    }

    pub(super) fn give_back(&self, process: Process) {
        if self.launch.reusable {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(process);
        }
    }

    /// A child with an open session; `settings` is its frame.
    pub(super) fn session(&self, settings: &[u8], said: &mut Vec<Diagnostic>) -> Result<Process, StageFailure> {
        let mut frames = settings.to_vec();
        ToChild::Flush(0).write(&mut frames);
        // One that waited may have left in the meantime, and is no loss.
        while let Some(mut process) = self.idle() {
            process.send(frames.clone());
            match process.answer(Expected::Ok(0)) {
                Err(Gone::Died(_, answer)) if answer.is_empty() => {}
                answered => return self.opened(process, answered, said),
            }
        }
        let mut process = self.start()?;
        process.send(frames);
        let answered = process.answer(Expected::Ok(0));
        self.opened(process, answered, said)
    }

    fn opened(
        &self,
        process: Process,
        answered: Result<Answer, Gone>,
        said: &mut Vec<Diagnostic>,
    ) -> Result<Process, StageFailure> {
        match answered {
            Ok(answer) => {
                self.remarks(&answer, said);
                match answer.emitted().next() {
                    None => Ok(process),
                    Some(_) => Err(self.mistake("it emitted something before it was given an item")),
                }
            }
            Err(gone) => Err(self.gone(&process, gone, said)),
        }
    }

    /// The frame that opens a session.
    pub(super) fn settings(&self, options: &Value, context: &Context) -> Result<Vec<u8>, StageFailure> {
        #[derive(Serialize)]
        struct Settings<'a> {
            options: &'a Value,
            context: &'a Context,
        }

        let body = serde_json::to_vec(&Settings { options, context })
            .map_err(|why| StageFailure::new(&self.stage, format!("its settings cannot be written as JSON: {why}")))?;
        let mut settings = Vec::with_capacity(body.len() + 16);
        ToChild::Open(&body).write(&mut settings);
        Ok(settings)
    }

    /// The frame of an item.
    pub(super) fn frame<I: StageItem>(&self, item: &I) -> Result<Vec<u8>, StageFailure> {
        let body = serde_json::to_vec(item)
            .map_err(|why| StageFailure::new(&self.stage, format!("its input cannot be written as JSON: {why}")))?;
        let mut frame = Vec::with_capacity(body.len() + 12);
        ToChild::Item(&body).write(&mut frame);
        Ok(frame)
    }

    /// What an answer emitted.
    pub(super) fn emitted<I: StageItem>(&self, answer: &Answer) -> Result<Vec<I::Output>, StageFailure> {
        emitted(&self.stage, I::KIND, answer.emitted())
    }

    /// Opens the stage.
    pub(crate) fn open<I: StageItem>(
        self: &Arc<Self>,
        options: &Value,
        context: &Context,
    ) -> Result<ChildStage<I>, StageFailure> {
        let settings = self.settings(options, context)?;
        let mut opening = Vec::new();
        match self.session(&settings, &mut opening) {
            Ok(process) => Ok(ChildStage {
                kennel: Arc::clone(self),
                settings,
                process: Some(process),
                flushed: 0,
                given: Vec::new(),
                opening,
                remarks: Vec::new(),
                strikes: Strikes::default(),
                items: PhantomData,
            }),
            Err(failure) => Err(StageFailure { remarks: opening.into(), ..failure }),
        }
    }

    fn mistake(&self, message: impl Into<String>) -> StageFailure {
        StageFailure::mistake(&self.stage, message)
    }

    /// What an answer reported, and what else stood on stdout.
    pub(super) fn remarks(&self, answer: &Answer, said: &mut Vec<Diagnostic>) {
        said.extend(answer.reported().map(|bytes| reported(&self.stage, bytes)));
        if let Some((line, count)) = &answer.noise {
            let more = if *count > 1 { format!(" (and {} more)", count - 1) } else { String::new() };
            let message = format!("Stage `{}` wrote on stdout what is no frame: {line}{more}", self.stage);
            let help = "stdout belongs to the protocol: write logs to stderr";
            said.push(Diagnostic::new(Level::Warning, "plugin.stdout", message).with_help(help));
        }
    }

    /// Why a child is gone, with the last lines of its stderr as a remark.
    pub(super) fn gone(&self, process: &Process, gone: Gone, said: &mut Vec<Diagnostic>) -> StageFailure {
        let failure = self.failure(gone, said);
        let tail = process.tail();
        if matches!(failure.how, How::Died | How::Hung) && !tail.is_empty() {
            let message = format!("Stage `{}` wrote last on stderr:\n  {}", self.stage, tail.join("\n  "));
            said.push(Diagnostic::new(Level::Warning, STDERR, message));
        }
        failure
    }

    fn failure(&self, gone: Gone, said: &mut Vec<Diagnostic>) -> StageFailure {
        match gone {
            Gone::Hung(timeout) => StageFailure {
                how: How::Hung,
                help: Some("if its work takes long, raise `timeout` in the pipeline".to_owned()),
                ..StageFailure::new(&self.stage, format!("no answer within {}", seconds(timeout)))
            },
            Gone::Astray(message) => self.mistake(message),
            Gone::Died(ended, answer) => {
                let from = said.len();
                self.remarks(&answer, said);
                let why = said[from..].iter().rposition(|diagnostic| diagnostic.level == Level::Error);
                match why.map(|at| said.remove(from + at)) {
                    Some(Diagnostic { code, message, .. }) if code == PANICKED_CODE => {
                        StageFailure::panicked(&self.stage, message)
                    }
                    Some(Diagnostic { message, path, help, .. }) => {
                        StageFailure { path, help, ..StageFailure::new(&self.stage, message) }
                    }
                    None => StageFailure { how: How::Died, ..StageFailure::new(&self.stage, ended) },
                }
            }
        }
    }
}

fn seconds(time: Duration) -> String {
    if time.subsec_millis() == 0 { format!("{} s", time.as_secs()) } else { format!("{} ms", time.as_millis()) }
}

/// Failures in a row.
#[derive(Debug, Default)]
struct Strikes {
    deaths: u32,
    hangs: u32,
    /// The last failure, once there were too many: the answer to whatever is asked further.
    out: Option<StageFailure>,
}

impl Strikes {
    fn count(&mut self, failure: &StageFailure) {
        match failure.how {
            How::Hung => self.hangs += 1,
            How::Died => self.deaths += 1,
            How::Failed | How::Panicked => return,
        }
        if self.hangs >= HANGS || self.deaths >= DEATHS {
            let help = "it failed too often in a row and was given no more items".to_owned();
            self.out = Some(StageFailure { help: Some(help), ..failure.clone() });
        }
    }

    fn clear(&mut self) {
        (self.deaths, self.hangs) = (0, 0);
    }
}

/// A stage in a child process. Items go in and come out as frames; a child that dies is replaced.
pub(crate) struct ChildStage<I> {
    kennel: Arc<Kennel>,
    /// The frame that opens a session.
    settings: Vec<u8>,
    /// `None` after a failure: the next item gets a new child.
    process: Option<Process>,
    /// The number of the last flush.
    flushed: u64,
    /// What reconcile and report stages were given: all of it is replayed if their child dies.
    given: Vec<u8>,
    /// What the stage reported when it was opened; goes out with its first call, and not if it is never used.
    opening: Vec<Diagnostic>,
    /// What is still to be said of children that are gone.
    remarks: Vec<Diagnostic>,
    strikes: Strikes,
    items: PhantomData<fn(I)>,
}

impl<I> fmt::Debug for ChildStage<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChildStage").field("name", &self.kennel.stage).finish_non_exhaustive()
    }
}

impl<I: StageItem> ChildStage<I> {
    /// The child with the open session, else another; it is given back by whoever is done with it.
    fn child(&mut self, said: &mut Vec<Diagnostic>) -> Result<Process, StageFailure> {
        let process = match self.process.take() {
            Some(process) => process,
            None => {
                self.flushed = 0;
                let mut opening = Vec::new();
                match self.kennel.session(&self.settings, &mut opening) {
                    Ok(process) => {
                        self.opening = opening;
                        process
                    }
                    Err(failure) => {
                        said.append(&mut opening);
                        return Err(failure);
                    }
                }
            }
        };
        said.extend(self.kennel.untold(std::mem::take(&mut self.opening)));
        Ok(process)
    }

    /// Gives the items to a child, as many ahead as it takes, and adds what came of each. Stops behind the first
    /// at which the child failed.
    fn stretch(&mut self, items: &[Vec<u8>], calls: &mut Vec<Call<I::Output>>) -> Result<(), StageFailure> {
        let mut said = std::mem::take(&mut self.remarks);
        let child = self.child(&mut said);
        self.remarks = said;
        let mut process = child?;
        let first = self.flushed + 1;
        let mut frames = Vec::with_capacity(items.iter().map(|item| item.len() + 24).sum());
        for (item, number) in items.iter().zip(first..) {
            frames.extend_from_slice(item);
            ToChild::Flush(number).write(&mut frames);
        }
        self.flushed += items.len() as u64;
        process.send(frames);
        for (_, number) in items.iter().zip(first..) {
            match process.answer(Expected::Ok(number)) {
                Ok(answer) => {
                    let mut heard = Heard { emitted: Vec::new(), reported: std::mem::take(&mut self.remarks) };
                    self.kennel.remarks(&answer, &mut heard.reported);
                    let result = self.kennel.emitted::<I>(&answer).map(|emitted| heard.emitted = emitted);
                    calls.push((heard, result));
                }
                Err(gone) => {
                    let mut said = std::mem::take(&mut self.remarks);
                    let failure = self.kennel.gone(&process, gone, &mut said);
                    self.remarks = said;
                    return Err(failure);
                }
            }
        }
        self.process = Some(process);
        Ok(())
    }

    /// One session from its beginning to its end, for stages that are given everything at once.
    fn session(&mut self, said: &mut Vec<Diagnostic>) -> Result<Vec<I::Output>, StageFailure> {
        let mut process = self.child(said)?;
        let mut frames = self.given.clone();
        ToChild::Finish.write(&mut frames);
        process.send(frames);
        match process.answer(Expected::Done) {
            Ok(answer) => {
                self.kennel.remarks(&answer, said);
                let emitted = self.kennel.emitted::<I>(&answer);
                self.kennel.give_back(process);
                emitted
            }
            Err(gone) => Err(self.kennel.gone(&process, gone, said)),
        }
    }

    /// Whether the stage reads items one by one, each for itself.
    fn is_pure() -> bool {
        matches!(I::KIND, Kind::Parse | Kind::Extract)
    }
}

impl<I: StageItem> Running<I> for ChildStage<I> {
    fn each(&mut self, items: Vec<I>) -> Result<Vec<Call<I::Output>>, Vec<I>> {
        if !Self::is_pure() {
            return Err(items);
        }
        let mut calls: Vec<Call<I::Output>> = Vec::with_capacity(items.len());
        let Ok(frames) = items.iter().map(|item| self.kennel.frame(item)).collect::<Result<Vec<_>, _>>() else {
            return Err(items);
        };
        // Whether the item in hand was in hand already when a child died.
        let mut again = false;
        while let Some(rest) = frames.get(calls.len()..).filter(|rest| !rest.is_empty()) {
            if let Some(failure) = &self.strikes.out {
                calls.push((Heard::default(), Err(failure.clone())));
                continue;
            }
            let before = calls.len();
            let stretch = if again { &rest[..1] } else { rest };
            let result = self.stretch(stretch, &mut calls);
            if calls.len() > before {
                self.strikes.clear();
                again = false;
            }
            match result {
                Ok(()) => {}
                Err(failure) if again || matches!(failure.how, How::Failed | How::Panicked) => {
                    self.strikes.count(&failure);
                    let reported = std::mem::take(&mut self.remarks);
                    calls.push((Heard { emitted: Vec::new(), reported }, Err(failure)));
                    again = false;
                }
                Err(_) => {
                    again = true;
                    // If it fails alone too, that says it again.
                    self.remarks.retain(|remark| remark.code != STDERR);
                }
            }
        }
        Ok(calls)
    }

    fn process(&mut self, items: Vec<I>, sink: &mut dyn Sink<I::Output>) -> Result<(), StageFailure> {
        if !Self::is_pure() {
            for item in &items {
                let frame = self.kennel.frame(item)?;
                self.given.extend_from_slice(&frame);
            }
            return Ok(());
        }
        let calls = self
            .each(items)
            .map_err(|_| StageFailure::new(&self.kennel.stage, "its input cannot be written as JSON"))?;
        let mut emitted = Vec::new();
        for (heard, result) in calls {
            heard.reported.into_iter().for_each(|diagnostic| sink.report(diagnostic));
            result?;
            emitted.extend(heard.emitted);
        }
        emitted.into_iter().for_each(|item| sink.emit(item));
        Ok(())
    }

    fn finish(&mut self, sink: &mut dyn Sink<I::Output>) -> Result<(), StageFailure> {
        if Self::is_pure() && self.process.is_none() {
            return Ok(());
        }
        let mut said = std::mem::take(&mut self.remarks);
        let mut result = self.session(&mut said);
        // Once more with a new child: what killed the first may have come from outside.
        if !Self::is_pure() && result.as_ref().is_err_and(|f| matches!(f.how, How::Died | How::Hung)) {
            said.retain(|remark| remark.code != STDERR);
            result = self.session(&mut said);
        }
        said.into_iter().for_each(|diagnostic| sink.report(diagnostic));
        result?.into_iter().for_each(|item| sink.emit(item));
        Ok(())
    }
}

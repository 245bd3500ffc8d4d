//! A session with a child whose items are too many to be kept.

use std::sync::Arc;

use recoup_plugin::frame::ToChild;
use recoup_plugin::{Context, StageItem};
use serde_json::Value;

use super::process::{Answer, Expected, Gone};
use super::{Kennel, Process};
use crate::StageFailure;
use crate::running::Heard;

/// Bytes of frames after which the child is waited for: what it has not read yet lies in memory.
const PORTION: usize = 1 << 20;

/// A stage in a child process that is handed its items as they come. They are not kept, so a child that dies is not
/// replaced, and the session ends with it.
pub(crate) struct Stream<I: StageItem> {
    kennel: Arc<Kennel>,
    process: Process,
    /// What has not been sent yet.
    frames: Vec<u8>,
    /// The number of the last flush.
    flushed: u64,
    heard: Heard<I::Output>,
}

impl<I: StageItem> Stream<I> {
    /// Opens the stage.
    pub(crate) fn open(kennel: &Arc<Kennel>, options: &Value, context: &Context) -> Result<Self, StageFailure> {
        let mut heard = Heard::default();
        match kennel.session(&kennel.settings(options, context)?, &mut heard.reported) {
            Ok(process) => Ok(Stream { kennel: Arc::clone(kennel), process, frames: Vec::new(), flushed: 0, heard }),
            Err(failure) => Err(StageFailure { remarks: heard.reported.into(), ..failure }),
        }
    }

    /// Hands on an item.
    pub(crate) fn give(&mut self, item: &I) -> Result<(), StageFailure> {
        let frame = self.kennel.frame(item)?;
        self.frames.extend_from_slice(&frame);
        if self.frames.len() < PORTION {
            return Ok(());
        }
        self.flushed += 1;
        ToChild::Flush(self.flushed).write(&mut self.frames);
        self.ask(Expected::Ok(self.flushed))
    }

    /// Ends the session; gives all that was heard in it.
    pub(crate) fn finish(mut self) -> Result<Heard<I::Output>, StageFailure> {
        ToChild::Finish.write(&mut self.frames);
        self.ask(Expected::Done)?;
        self.kennel.give_back(self.process);
        Ok(self.heard)
    }

    /// Sends what waits, and takes up the answer. A failure tells what the stage had reported.
    fn ask(&mut self, expected: Expected) -> Result<(), StageFailure> {
        self.process.send(std::mem::take(&mut self.frames));
        let answered = self.process.answer(expected);
        self.take(answered).map_err(|failure| {
            let reported = std::mem::take(&mut self.heard.reported);
            StageFailure { remarks: reported.into(), ..failure }
        })
    }

    fn take(&mut self, answered: Result<Answer, Gone>) -> Result<(), StageFailure> {
        match answered {
            Ok(answer) => {
                self.kennel.remarks(&answer, &mut self.heard.reported);
                self.heard.emitted.extend(self.kennel.emitted::<I>(&answer)?);
                Ok(())
            }
            Err(gone) => Err(self.kennel.gone(&self.process, gone, &mut self.heard.reported)),
        }
    }
}

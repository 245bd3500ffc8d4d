//! Stages that have been opened, whatever their form: linked in, or from a shared library.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use recoup_model::{Diagnostic, Level};
use recoup_plugin::json::{self, Unreadable};
use recoup_plugin::{Context, Error, Kind, Out, Sink, Stage, StageItem};
use serde::de::DeserializeOwned;

/// A stage that has been opened, whatever its form.
///
/// What a failed call emitted is not used; what it reported is. After a failure the instance is spent: every further
/// call fails too, and whoever wants to go on opens another.
pub trait Running<I: StageItem>: Send {
    /// Reads each item by itself, in order, where the stage is faster that way than by calls of [`Running::process`];
    /// else gives the items back. A failure costs its item and leaves the instance sound.
    ///
    /// # Errors
    /// The items, where the stage has no such way.
    fn each(&mut self, items: Vec<I>) -> Result<Vec<Call<I::Output>>, Vec<I>> {
        Err(items)
    }

    /// Reads some items, in order.
    ///
    /// # Errors
    /// [`StageFailure`] where the stage cannot go on.
    fn process(&mut self, items: Vec<I>, sink: &mut dyn Sink<I::Output>) -> Result<(), StageFailure>;

    /// Called once after the last item.
    ///
    /// # Errors
    /// As for [`Running::process`].
    fn finish(&mut self, sink: &mut dyn Sink<I::Output>) -> Result<(), StageFailure>;
}

/// What a stage emitted and reported.
#[derive(Debug)]
pub struct Heard<O> {
    /// What it emitted, in order.
    pub emitted: Vec<O>,
    /// What it reported, in order.
    pub reported: Vec<Diagnostic>,
}

/// What one call of a stage gave: what was heard, and whether it went well.
pub type Call<O> = (Heard<O>, Result<(), StageFailure>);

impl<O> Default for Heard<O> {
    fn default() -> Self {
        Heard { emitted: Vec::new(), reported: Vec::new() }
    }
}

impl<O> Sink<O> for Heard<O> {
    fn emit(&mut self, item: O) {
        self.emitted.push(item);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.reported.push(diagnostic);
    }
}

/// Why a stage could not be opened, or cannot go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, miette::Diagnostic)]
#[diagnostic(code(stage::failed))]
#[error("stage `{stage}` {how}: {message}")]
pub struct StageFailure {
    /// Name of the stage.
    pub stage: String,
    /// In what way.
    pub how: How,
    /// One sentence, or the text of the panic.
    pub message: String,
    /// The option to blame: `options.separator`.
    pub path: Option<String>,
    /// What to do.
    #[help]
    pub help: Option<String>,
    /// What else a stage said that could not be opened. The remarks of other calls go to their sink.
    pub remarks: Box<[Diagnostic]>,
}

/// In what way a stage failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It said that it cannot go on.
    Failed,
    /// It panicked: a mistake in the stage rather than in what it was given.
    Panicked,
    /// Its process ended.
    Died,
    /// Its process gave no answer in time.
    Hung,
}

impl How {
    /// The code of what is set aside because of it.
    pub fn code(self) -> &'static str {
        match self {
            How::Failed => "stage.failed",
            How::Panicked => "stage.panicked",
            How::Died => "stage.died",
            How::Hung => "stage.hung",
        }
    }
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            How::Failed => "failed",
            How::Panicked => "panicked",
            How::Died => "died",
            How::Hung => "hung",
        })
    }
}

impl StageFailure {
    /// A failure with neither place nor help.
    pub(crate) fn new(stage: &str, message: impl Into<String>) -> Self {
        StageFailure {
            stage: stage.to_owned(),
            how: How::Failed,
            message: message.into(),
            path: None,
            help: None,
            remarks: Box::default(),
        }
    }

    /// A stage that broke the rules of a stage.
    pub(crate) fn mistake(stage: &str, message: impl Into<String>) -> Self {
        let help = "this is a mistake in the stage, not in the pipeline: tell its author".to_owned();
        StageFailure { help: Some(help), ..StageFailure::new(stage, message) }
    }

    /// A stage that panicked with this text.
    pub(crate) fn panicked(stage: &str, text: impl Into<String>) -> Self {
        StageFailure { how: How::Panicked, ..StageFailure::mistake(stage, text) }
    }

    /// The failure of any call on an instance after one that failed.
    pub(crate) fn spent(stage: &str) -> Self {
        StageFailure::new(stage, "the instance was closed after an earlier failure")
    }

    fn from_error(stage: &str, error: Error) -> Self {
        StageFailure { path: error.path, help: error.help, ..StageFailure::new(stage, error.message) }
    }

    fn from_panic(stage: &str, payload: &(dyn Any + Send)) -> Self {
        StageFailure::panicked(stage, recoup_plugin::panic_text(payload))
    }
}

/// A stage that is linked in: plain calls of its trait, nothing is encoded.
pub struct Builtin<S: Stage> {
    /// `None` once a call failed.
    stage: Option<S>,
}

impl<S: Stage> fmt::Debug for Builtin<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builtin").field("name", &S::NAME).field("open", &self.stage.is_some()).finish()
    }
}

impl<S: Stage> Builtin<S> {
    /// Makes an instance.
    ///
    /// # Errors
    /// [`StageFailure`] where the stage refuses its options.
    pub fn open(options: S::Options, context: &Context) -> Result<Self, StageFailure> {
        guarded::<S, _>(|| S::open(options, context)).map(|stage| Builtin { stage: Some(stage) })
    }

    fn call(
        &mut self,
        sink: &mut dyn Sink<<S::Item as StageItem>::Output>,
        call: impl FnOnce(&mut S, &mut Out<'_, <S::Item as StageItem>::Output>) -> recoup_plugin::Result<()>,
    ) -> Result<(), StageFailure> {
        let mut stage = self.stage.take().ok_or_else(|| StageFailure::spent(S::NAME))?;
        let mut held = Held { emitted: Vec::new(), sink };
        guarded::<S, _>(|| call(&mut stage, &mut Out::new(&mut held)))?;
        held.release();
        self.stage = Some(stage);
        Ok(())
    }
}

impl<S: Stage> Running<S::Item> for Builtin<S> {
    fn process(
        &mut self,
        items: Vec<S::Item>,
        sink: &mut dyn Sink<<S::Item as StageItem>::Output>,
    ) -> Result<(), StageFailure> {
        self.call(sink, |stage, out| items.into_iter().try_for_each(|item| stage.process(item, out)))
    }

    fn finish(&mut self, sink: &mut dyn Sink<<S::Item as StageItem>::Output>) -> Result<(), StageFailure> {
        self.call(sink, S::finish)
    }
}

/// Calls into a stage. A panic there is the stage's failure and not the program's: a stage that panics inside a
/// library fails in the same way.
fn guarded<S: Stage, T>(call: impl FnOnce() -> recoup_plugin::Result<T>) -> Result<T, StageFailure> {
    // Unwind safety: a stage that panicked is dropped, and what it had emitted with it.
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(result) => result.map_err(|error| StageFailure::from_error(S::NAME, error)),
        Err(payload) => Err(StageFailure::from_panic(S::NAME, payload.as_ref())),
    }
}

/// Holds back what a call emits until it is known to have succeeded.
struct Held<'a, O> {
    emitted: Vec<O>,
    sink: &'a mut dyn Sink<O>,
}

impl<O> Held<'_, O> {
    fn release(self) {
        for item in self.emitted {
            self.sink.emit(item);
        }
    }
}

impl<O> Sink<O> for Held<'_, O> {
    fn emit(&mut self, item: O) {
        self.emitted.push(item);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.sink.report(diagnostic);
    }

    fn cancelled(&self) -> bool {
        self.sink.cancelled()
    }
}

/// What a stage of the kind emits, with its article.
fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Parse => "a document",
        Kind::Extract => "a claim",
        Kind::Reconcile => "a finding",
        Kind::Report => "a file",
    }
}

/// A diagnostic in JSON as a stage reported it; one that cannot be read is told of instead.
pub(crate) fn reported(stage: &str, bytes: &[u8]) -> Diagnostic {
    json::read(bytes).unwrap_or_else(|why| {
        let message = format!("Stage `{stage}` reported something that is no diagnostic: {why}.");
        Diagnostic::new(Level::Warning, "plugin.unreadable_report", message)
    })
}

/// What a stage of the kind emitted in JSON.
pub(crate) fn emitted<'b, O: DeserializeOwned>(
    stage: &str,
    kind: Kind,
    items: impl Iterator<Item = &'b [u8]>,
) -> Result<Vec<O>, StageFailure> {
    let read = |(bytes, number): (&[u8], usize)| {
        let mistake = |why: Unreadable| format!("item {number} that it emitted is not {}: {why}", noun(kind));
        json::read(bytes).map_err(|why| StageFailure::mistake(stage, mistake(why)))
    };
    items.zip(1..).map(read).collect()
}

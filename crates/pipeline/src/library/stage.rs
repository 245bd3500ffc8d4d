//! A stage of a library, opened.

use std::ffi::c_void;
use std::fmt;
use std::marker::PhantomData;
use std::ptr;

use recoup_model::Diagnostic;
use recoup_plugin::abi::{Bytes, Host, OK};
use recoup_plugin::{Context, Sink, StageItem};
use serde::Serialize;

use super::heard::Heard;
use super::tables::Verbs;
use crate::running::{Running, StageFailure};

/// An instance of a stage in a shared library: items go in and come out as lines of JSON.
pub struct LibraryStage<I> {
    name: String,
    verbs: Verbs,
    /// `None` once a call failed.
    instance: Option<Instance>,
    /// What the stage reported when it was opened; goes out with its first call.
    remarks: Vec<Diagnostic>,
    items: PhantomData<fn(I)>,
}

impl<I> fmt::Debug for LibraryStage<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LibraryStage").field("name", &self.name).field("open", &self.instance.is_some()).finish()
    }
}

/// What the library made in `open`; closed when dropped.
pub(super) struct Instance {
    pub(super) stage: *mut c_void,
    pub(super) close: unsafe extern "C" fn(*mut c_void),
}

// SAFETY: the boundary lets an instance move from thread to thread, as long as one uses it at a time; `&mut` sees to
// that.
unsafe impl Send for Instance {}

impl Drop for Instance {
    fn drop(&mut self) {
        // SAFETY: made by a successful `open` of the same table, and closed here only.
        unsafe { (self.close)(self.stage) };
    }
}

impl<I: StageItem> LibraryStage<I> {
    pub(super) fn open(
        name: &str,
        verbs: Verbs,
        options: &serde_json::Value,
        context: &Context,
    ) -> Result<Self, StageFailure> {
        #[derive(Serialize)]
        struct Settings<'a> {
            options: &'a serde_json::Value,
            context: &'a Context,
        }

        let mut settings = Vec::new();
        write_line(name, &mut settings, &Settings { options, context })?;
        let mut stage = ptr::null_mut();
        let mut instance = None;
        let heard = Heard::during(name, &|| false, |host| {
            // SAFETY: the host and the settings live until the call returns, and `stage` has room for a pointer.
            let code = unsafe { (verbs.open)(host, Bytes::lend(&settings), &raw mut stage) };
            instance = (code == OK).then_some(Instance { stage, close: verbs.close });
            code
        });
        let (remarks, result) = heard.into_opened();
        match result {
            Ok(()) => Ok(LibraryStage { name: name.to_owned(), verbs, instance, remarks, items: PhantomData }),
            Err(failure) => Err(StageFailure { remarks: remarks.into(), ..failure }),
        }
    }

    fn call(
        &mut self,
        sink: &mut dyn Sink<I::Output>,
        verb: impl FnOnce(Verbs, *mut c_void, *const Host) -> i32,
    ) -> Result<(), StageFailure> {
        let instance = self.instance.take().ok_or_else(|| StageFailure::spent(&self.name))?;
        let cancelled = || sink.cancelled();
        let heard = Heard::during(&self.name, &cancelled, |host| verb(self.verbs, instance.stage, host));
        let (diagnostics, result) = heard.into_output(I::KIND);
        self.remarks.drain(..).chain(diagnostics).for_each(|diagnostic| sink.report(diagnostic));
        result?.into_iter().for_each(|item| sink.emit(item));
        self.instance = Some(instance);
        Ok(())
    }
}

impl<I: StageItem> Running<I> for LibraryStage<I> {
    fn process(&mut self, items: Vec<I>, sink: &mut dyn Sink<I::Output>) -> Result<(), StageFailure> {
        let mut lines = Vec::new();
        for item in &items {
            write_line(&self.name, &mut lines, item)?;
        }
        self.call(sink, |verbs, stage, host| {
            // SAFETY: the instance is open and used by this thread alone; host and lines live until the call returns.
            unsafe { (verbs.process)(stage, host, Bytes::lend(&lines)) }
        })
    }

    fn finish(&mut self, sink: &mut dyn Sink<I::Output>) -> Result<(), StageFailure> {
        self.call(sink, |verbs, stage, host| {
            // SAFETY: the instance is open and used by this thread alone; the host lives until the call returns.
            unsafe { (verbs.finish)(stage, host) }
        })
    }
}

fn write_line(stage: &str, lines: &mut Vec<u8>, value: &impl Serialize) -> Result<(), StageFailure> {
    serde_json::to_writer(&mut *lines, value)
        .map_err(|why| StageFailure::new(stage, format!("its input cannot be written as JSON: {why}")))?;
    lines.push(b'\n');
    Ok(())
}

//! What a library says during one call: copied as it comes, read when the call is over.

use std::ffi::c_void;

use recoup_model::{Diagnostic, Level};
use recoup_plugin::abi::{Bytes, FAILED, FAILED_CODE, Host, OK, PANICKED, PANICKED_CODE, Preamble};
use recoup_plugin::child::Said;
use recoup_plugin::{Error, Kind};
use serde::de::DeserializeOwned;

use crate::running::{How, StageFailure, emitted, reported};

/// Everything that one call emitted and reported.
pub(super) struct Heard<'a> {
    stage: &'a str,
    code: i32,
    emitted: Vec<Vec<u8>>,
    reported: Vec<Vec<u8>>,
    /// Whether a null pointer came where bytes should be.
    null: bool,
}

/// What the callbacks find behind their context.
struct Listener<'a> {
    heard: Heard<'a>,
    cancelled: &'a dyn Fn() -> bool,
}

impl<'a> Heard<'a> {
    /// Makes a call with a host that listens to it.
    pub(super) fn during(
        stage: &'a str,
        cancelled: &'a dyn Fn() -> bool,
        call: impl FnOnce(*const Host) -> i32,
    ) -> Heard<'a> {
        let heard = Heard { stage, code: OK, emitted: Vec::new(), reported: Vec::new(), null: false };
        let mut listener = Listener { heard, cancelled };
        let host = Host {
            preamble: Preamble::of::<Host>(),
            ctx: (&raw mut listener).cast(),
            emit: Some(emit),
            report: Some(report),
            cancelled: Some(is_cancelled),
        };
        let code = call(&raw const host);
        Heard { code, ..listener.heard }
    }

    /// The diagnostics of `process` or `finish`, and what was emitted or why nothing of it counts.
    pub(super) fn into_output<O: DeserializeOwned>(
        self,
        kind: Kind,
    ) -> (Vec<Diagnostic>, Result<Vec<O>, StageFailure>) {
        self.conclude(|heard| emitted(heard.stage, kind, heard.emitted.iter().map(Vec::as_slice)))
    }

    /// The diagnostics of `open`, and whether it succeeded: nothing may be emitted there.
    pub(super) fn into_opened(self) -> (Vec<Diagnostic>, Result<(), StageFailure>) {
        self.conclude(|heard| match heard.emitted.len() {
            0 => Ok(()),
            _ => Err(heard.mistake("it emitted something before it was given an item")),
        })
    }

    /// The same for a host in another process: nothing is read, and why it failed is the last of the reports.
    pub(super) fn into_said(mut self) -> Said {
        let emitted = std::mem::take(&mut self.emitted);
        let (diagnostics, result) = self.conclude(|_| Ok(()));
        let reported = diagnostics.iter().filter_map(|diagnostic| serde_json::to_vec(diagnostic).ok()).collect();
        let said = Said { emitted, reported, failed: false };
        match result {
            Ok(()) => said,
            Err(StageFailure { how, message, path, help, .. }) => {
                let code = if how == How::Panicked { PANICKED_CODE } else { FAILED_CODE };
                said.fail(code, Error { message, path, help })
            }
        }
    }

    fn conclude<T>(
        self,
        read: impl FnOnce(&Self) -> Result<T, StageFailure>,
    ) -> (Vec<Diagnostic>, Result<T, StageFailure>) {
        let mut diagnostics: Vec<Diagnostic> = self.reported.iter().map(|bytes| reported(self.stage, bytes)).collect();
        let result = match self.code {
            OK if self.null => Err(self.mistake("it handed out a null pointer where bytes should be")),
            OK => read(&self),
            _ => Err(self.failure(&mut diagnostics)),
        };
        (diagnostics, result)
    }

    fn mistake(&self, message: impl Into<String>) -> StageFailure {
        StageFailure::mistake(self.stage, message)
    }

    /// A stage that fails says why in its last error, which then is the failure itself and no remark beside it.
    fn failure(&self, diagnostics: &mut Vec<Diagnostic>) -> StageFailure {
        let why = diagnostics.iter().rposition(|diagnostic| diagnostic.level == Level::Error);
        match (self.code, why.map(|at| diagnostics.remove(at))) {
            (PANICKED, Some(Diagnostic { message, .. })) => StageFailure::panicked(self.stage, message),
            (PANICKED, None) => StageFailure::panicked(self.stage, "it did not say why"),
            (_, Some(Diagnostic { message, path, help, .. })) => {
                StageFailure { path, help, ..StageFailure::new(self.stage, message) }
            }
            (FAILED, None) => self.mistake("it did not say why"),
            (code, None) => self.mistake(format!("it returned {code}, which means nothing, and did not say why")),
        }
    }
}

/// # Safety
/// `ctx` is the context of the host that this call was given, and `bytes` is readable until this function returns.
unsafe fn hear(ctx: *mut c_void, bytes: Bytes, take: fn(&mut Heard<'_>, Vec<u8>)) {
    // SAFETY: by the contract of this function. Nobody else looks at the listener during the call.
    let Some(listener) = (unsafe { ctx.cast::<Listener<'_>>().as_mut() }) else { return };
    // SAFETY: by the contract of this function.
    match unsafe { bytes.as_slice() } {
        Some(bytes) => take(&mut listener.heard, bytes.to_vec()),
        None => listener.heard.null = true,
    }
}

unsafe extern "C" fn emit(ctx: *mut c_void, item: Bytes) {
    // SAFETY: the library hands back the context of this call, from the thread of the call.
    unsafe { hear(ctx, item, |heard, bytes| heard.emitted.push(bytes)) };
}

unsafe extern "C" fn report(ctx: *mut c_void, diagnostic: Bytes) {
    // SAFETY: as in `emit`.
    unsafe { hear(ctx, diagnostic, |heard, bytes| heard.reported.push(bytes)) };
}

unsafe extern "C" fn is_cancelled(ctx: *mut c_void) -> u32 {
    // SAFETY: as in `emit`.
    let listener = unsafe { ctx.cast::<Listener<'_>>().as_ref() };
    listener.map_or(0, |listener| u32::from((listener.cancelled)()))
}

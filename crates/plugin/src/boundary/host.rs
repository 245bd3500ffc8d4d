//! The host as a library sees it: checked once in each call, then used without `unsafe`.

use std::ffi::c_void;
use std::marker::PhantomData;

use recoup_model::Diagnostic;
use serde::Serialize;

use super::abi::{ABI, Bytes, Host, Preamble};
use crate::{Error, Result, Sink};

/// A host's table that was found sound, for the time of one call.
pub(crate) struct LentHost<'a> {
    ctx: *mut c_void,
    emit: unsafe extern "C" fn(*mut c_void, Bytes),
    report: unsafe extern "C" fn(*mut c_void, Bytes),
    cancelled: unsafe extern "C" fn(*mut c_void) -> u32,
    lent: PhantomData<&'a Host>,
}

impl LentHost<'_> {
    /// Reads the table behind `host`; `None` where it is missing, older than ABI 1, too short or incomplete: then
    /// there is nobody to report to. A newer host is fine, its table begins in the same way.
    ///
    /// # Safety
    /// `host` is null, or points to a table of as many bytes as its preamble says, for the lifetime of the result.
    pub(crate) unsafe fn new(host: *const Host) -> Option<Self> {
        if host.is_null() || !host.is_aligned() {
            return None;
        }
        // SAFETY: not null, aligned, and every table begins with a preamble.
        let Preamble { abi, size } = unsafe { host.cast::<Preamble>().read() };
        if abi < ABI || size < Preamble::of::<Host>().size {
            return None;
        }
        // SAFETY: as long as a table of ABI 1, by its preamble.
        let Host { ctx, emit, report, cancelled, .. } = unsafe { host.read() };
        Some(LentHost { ctx, emit: emit?, report: report?, cancelled: cancelled?, lent: PhantomData })
    }

    pub(crate) fn report(&self, diagnostic: &Diagnostic) {
        // A diagnostic has only strings for keys, which is all that could fail.
        let json = serde_json::to_vec(diagnostic).unwrap_or_default();
        // SAFETY: the host's own context, in the call that it was lent for; the bytes are copied before it returns.
        unsafe { (self.report)(self.ctx, Bytes::lend(&json)) };
    }

    fn emit(&self, item: &[u8]) {
        // SAFETY: as in `report`.
        unsafe { (self.emit)(self.ctx, Bytes::lend(item)) };
    }

    fn cancelled(&self) -> bool {
        // SAFETY: as in `report`.
        unsafe { (self.cancelled)(self.ctx) != 0 }
    }
}

/// Encodes what a stage emits and hands it to the host.
pub(crate) struct HostSink<'a> {
    host: &'a LentHost<'a>,
    buffer: Vec<u8>,
    unwritable: Option<Error>,
}

impl<'a> HostSink<'a> {
    pub(crate) fn new(host: &'a LentHost<'a>) -> Self {
        HostSink { host, buffer: Vec::new(), unwritable: None }
    }

    /// Whether everything that was emitted could be encoded.
    pub(crate) fn into_result(self) -> Result<()> {
        self.unwritable.map_or(Ok(()), Err)
    }
}

impl<O: Serialize> Sink<O> for HostSink<'_> {
    fn emit(&mut self, item: O) {
        self.buffer.clear();
        match serde_json::to_writer(&mut self.buffer, &item) {
            Ok(()) => self.host.emit(&self.buffer),
            Err(why) => self.unwritable = Some(Error::new(format!("an output item cannot be written as JSON: {why}"))),
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.host.report(&diagnostic);
    }

    fn cancelled(&self) -> bool {
        self.host.cancelled()
    }
}

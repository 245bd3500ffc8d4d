//! The C table, ABI 1: all that crosses the boundary of a shared library.
//!
//! A library exports one symbol, [`SYMBOL`], of type [`Entry`]. It hands out static [`StageTable`]s; with each call the
//! host passes a [`Host`]. Only C layouts and UTF-8 JSON cross, never a Rust type.
//!
//! **Ownership.** Input belongs to the caller and lives until the call returns. What goes through [`Host::emit`] and
//! [`Host::report`] is copied before they return. An instance is made by [`StageTable::open`] and freed by
//! [`StageTable::close`], both in the library. Nothing else outlives a call, and nobody frees the other side's memory.
//!
//! **Threads.** An instance is used by one thread at a time and may move from one to another. The functions of [`Host`]
//! are called from the thread that made the call, and during the call only.
//!
//! **Growth.** `abi` and `size` are the first fields of both tables and never move; functions are only appended.
//! Each side checks both fields before it reads on.

use std::ffi::{CStr, c_void};
use std::{ptr, slice};

use super::in_c::c_structs;

/// The ABI that this crate describes.
pub const ABI: u32 = 1;
/// The only symbol of a library; the number is the major version of the boundary.
pub const SYMBOL: &CStr = c"recoup_plugin_v1";

/// The call succeeded. Any value other than [`OK`] and [`PANICKED`] counts as [`FAILED`].
pub const OK: i32 = 0;
/// The stage cannot go on; nothing that the call emitted is used.
pub const FAILED: i32 = 1;
/// The stage panicked and the panic was caught; otherwise as [`FAILED`].
pub const PANICKED: i32 = 2;

/// Code of the diagnostic that says why a call returned [`FAILED`].
pub const FAILED_CODE: &str = "plugin.failed";
/// Code of the diagnostic that carries the text of a panic.
pub const PANICKED_CODE: &str = "plugin.panicked";

/// Gives the table of stage 0, 1, ...; null past the last.
pub type Entry = unsafe extern "C" fn(index: u32) -> *const StageTable;

c_structs! {
    /// What both tables begin with, in every ABI.
    Preamble as recoup_preamble {
        /// The ABI of the table that follows.
        abi: u32,
        /// Size of the whole table in bytes.
        size: u32,
    } functions {}

    /// Borrowed bytes without a closing NUL; `ptr` may be null where `len` is 0. Whoever is given them may read them
    /// until the call returns.
    Bytes as recoup_bytes {
        /// The first byte.
        ptr: *const u8,
        /// How many.
        len: usize,
    } functions {}

    /// What the host lends a stage for the time of one call; its functions are for the thread of that call.
    Host as recoup_host {
        /// ABI and size of this struct.
        preamble: Preamble,
        /// Handed back in each call below.
        ctx: *mut c_void,
    } functions {
        /// Takes one output item in JSON, and copies it before it returns.
        emit(ctx: *mut c_void, item: Bytes),
        /// Takes one diagnostic in JSON, and copies it before it returns.
        report(ctx: *mut c_void, diagnostic: Bytes),
        /// Nonzero: the stage should return soon.
        cancelled(ctx: *mut c_void) -> u32,
    }

    /// What a library says of one stage, and the four verbs; static for the life of the process.
    ///
    /// None of the functions may be null. An instance is used by one thread at a time and may move.
    StageTable as recoup_stage_table {
        /// ABI and size of this struct.
        preamble: Preamble,
        /// The manifest in JSON, static for the life of the process.
        manifest: Bytes,
    } functions {
        /// Makes an instance from `{"options":{…},"context":{…}}` and puts it into `stage`; the library owns it.
        open(host: *const Host, settings: Bytes, stage: *mut *mut c_void) -> i32,
        /// Reads items: JSON, one a line, each line ended by `\n`, the last too.
        process(stage: *mut c_void, host: *const Host, items: Bytes) -> i32,
        /// There are no more items.
        finish(stage: *mut c_void, host: *const Host) -> i32,
        /// Frees the instance: once per successful `open`, also after a failure.
        close(stage: *mut c_void),
    }
}

impl Bytes {
    /// No bytes.
    pub const EMPTY: Bytes = Bytes { ptr: ptr::null(), len: 0 };

    /// Lends `bytes` to the other side; the caller keeps them alive for as long as the boundary demands.
    pub fn lend(bytes: &[u8]) -> Self {
        Bytes { ptr: bytes.as_ptr(), len: bytes.len() }
    }

    /// The bytes, or `None` where the pair cannot be a slice: null with a length, or longer than the address space.
    ///
    /// # Safety
    /// A pointer that is not null must point to `len` readable bytes that nobody changes during `'a`.
    pub unsafe fn as_slice<'a>(self) -> Option<&'a [u8]> {
        match self {
            Bytes { len: 0, .. } => Some(&[]),
            Bytes { ptr, .. } if ptr.is_null() => None,
            Bytes { len, .. } if isize::try_from(len).is_err() => None,
            // SAFETY: neither null nor too long; readable and unchanging by the contract of this function.
            Bytes { ptr, len } => Some(unsafe { slice::from_raw_parts(ptr, len) }),
        }
    }
}

impl Preamble {
    /// The preamble of a `T` of ABI 1.
    pub const fn of<T>() -> Self {
        assert!(size_of::<T>() <= u32::MAX as usize);
        Preamble { abi: ABI, size: size_of::<T>() as u32 }
    }
}

// SAFETY: a table is never written after it was made, its manifest is static, and functions may be called from anywhere.
unsafe impl Send for StageTable {}
// SAFETY: as above.
unsafe impl Sync for StageTable {}

#[cfg(test)]
mod tests {
    use std::mem::offset_of;

    use super::*;

    /// The numbers that a C compiler gives on a machine with eight-byte pointers.
    #[test]
    #[cfg(target_pointer_width = "64")]
    fn layouts_are_those_of_the_c_declarations() {
        assert_eq!((offset_of!(Preamble, abi), offset_of!(Preamble, size), size_of::<Preamble>()), (0, 4, 8));
        assert_eq!((offset_of!(Bytes, ptr), offset_of!(Bytes, len), size_of::<Bytes>()), (0, 8, 16));
        assert_eq!(
            [offset_of!(Host, ctx), offset_of!(Host, emit), offset_of!(Host, report), offset_of!(Host, cancelled)],
            [8, 16, 24, 32]
        );
        assert_eq!(size_of::<Host>(), 40);
        assert_eq!(
            [
                offset_of!(StageTable, manifest),
                offset_of!(StageTable, open),
                offset_of!(StageTable, process),
                offset_of!(StageTable, finish),
                offset_of!(StageTable, close),
            ],
            [8, 24, 32, 40, 48]
        );
        assert_eq!(size_of::<StageTable>(), 56);
    }

    #[test]
    fn null_is_a_slice_only_without_a_length() {
        // SAFETY: no pair here points anywhere it would be read.
        unsafe {
            assert_eq!(Bytes::EMPTY.as_slice(), Some(&[][..]));
            assert_eq!(Bytes { ptr: ptr::null(), len: 3 }.as_slice(), None);
            assert_eq!(Bytes { ptr: ptr::dangling(), len: usize::MAX }.as_slice(), None);
        }
    }
}

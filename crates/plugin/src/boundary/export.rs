//! The library's side of the C table: what stands behind the symbol that [`export_stages!`](crate::export_stages) writes.

use std::any::Any;
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::sync::OnceLock;

use recoup_model::{Diagnostic, Level};
use serde::Deserialize;

use super::abi::{Bytes, FAILED, FAILED_CODE, Host, OK, PANICKED, PANICKED_CODE, Preamble, StageTable};
use super::host::{HostSink, LentHost};
use crate::{Context, Error, Kind, Manifest, Out, Result, Stage, StageItem, json};

/// Exports stages from a shared library (`crate-type = ["cdylib"]`): writes the one symbol that recoup looks for.
///
/// Call it once in a library, at its root. `crate = "recoup_plugin::serde"` saves the library a dependency of its own
/// on serde:
///
/// ```
/// use recoup_plugin::prelude::*;
///
/// #[derive(Default, Deserialize, JsonSchema)]
/// #[serde(deny_unknown_fields, default, crate = "recoup_plugin::serde")]
/// struct NoOptions {}
///
/// struct Count(usize);
///
/// impl Stage for Count {
///     const NAME: &str = "count";
///     const SUMMARY: &str = "Writes the number of findings.";
///     const VERSION: &str = env!("CARGO_PKG_VERSION");
///     type Options = NoOptions;
///     type Item = ReportItem;
///
///     fn open(_: NoOptions, _: &Context) -> Result<Self> {
///         Ok(Count(0))
///     }
///
///     fn process(&mut self, item: ReportItem, _: &mut Out<'_, File>) -> Result<()> {
///         self.0 += usize::from(matches!(item, ReportItem::Finding(_)));
///         Ok(())
///     }
///
///     fn finish(&mut self, out: &mut Out<'_, File>) -> Result<()> {
///         out.emit(File { file: None, body: Body::Text(format!("{}\n", self.0)) });
///         Ok(())
///     }
/// }
///
/// export_stages!(Count);
/// # fn main() {}
/// ```
///
/// The stages keep their order. An error or a panic of a stage is reported to the host and costs the call, not the
/// process; that takes unwinding, so a library built with `panic = "abort"` is refused by the compiler.
#[macro_export]
macro_rules! export_stages {
    ($($stage:ty),+ $(,)?) => {
        #[cfg(panic = "abort")]
        ::core::compile_error!(
            "a stage in a shared library must unwind, so that a panic costs one call and not the whole run: \
             remove `panic = \"abort\"` from the profile"
        );

        /// Gives the table of stage 0, 1, ...; null past the last.
        // A plugin crate may deny unsafe code: what is unsafe here is the name of the symbol, and it is ours.
        #[allow(unsafe_code)]
        #[unsafe(no_mangle)]
        pub extern "C" fn recoup_plugin_v1(index: u32) -> *const $crate::abi::StageTable {
            static TABLES: $crate::export::Tables =
                $crate::export::Tables::new(&[$($crate::export::table::<$stage>),+]);
            TABLES.get(index)
        }
    };
}

/// The tables of a library, made when they are first asked for.
pub struct Tables {
    makers: &'static [fn() -> StageTable],
    made: OnceLock<Vec<StageTable>>,
}

impl Tables {
    /// Tables that `makers` will make, in their order.
    pub const fn new(makers: &'static [fn() -> StageTable]) -> Self {
        Tables { makers, made: OnceLock::new() }
    }

    /// The table at `index`; null past the last, and null where a manifest cannot be made at all.
    pub fn get(&'static self, index: u32) -> *const StageTable {
        let make = || self.made.get_or_init(|| self.makers.iter().map(|make| make()).collect());
        let table = catch_unwind(make).ok().zip(usize::try_from(index).ok()).and_then(|(made, at)| made.get(at));
        table.map_or(ptr::null(), ptr::from_ref)
    }
}

/// Makes the table of a stage. Called once for each stage of a library: the manifest is leaked, since the host may
/// read it as long as the process lives.
pub fn table<S: Stage>() -> StageTable {
    // A manifest has only strings for keys, which is all that could fail; the host refuses an empty one with a message.
    let manifest = serde_json::to_vec(&Manifest::of::<S>()).unwrap_or_default();
    StageTable {
        preamble: Preamble::of::<StageTable>(),
        manifest: Bytes::lend(manifest.leak()),
        open: Some(open::<S>),
        process: Some(process::<S>),
        finish: Some(finish::<S>),
        close: Some(close::<S>),
    }
}

/// The text of a panic, as far as there is one.
pub fn panic_text(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("(no text)").to_owned()
}

unsafe extern "C" fn open<S: Stage>(host: *const Host, settings: Bytes, stage: *mut *mut c_void) -> i32 {
    // SAFETY: the host lends its table for the time of this call.
    let Some(host) = (unsafe { LentHost::new(host) }) else { return FAILED };
    answer(&host, || {
        if stage.is_null() {
            return Err(Error::new("the host gave no room for the instance"));
        }
        // SAFETY: the host keeps its bytes until this call returns.
        let opened: S = configured(unsafe { input(settings) }?)?;
        // SAFETY: not null, and the host made room for one pointer. `close` frees the box.
        unsafe { stage.write(Box::into_raw(Box::new(opened)).cast()) };
        Ok(())
    })
}

unsafe extern "C" fn process<S: Stage>(stage: *mut c_void, host: *const Host, items: Bytes) -> i32 {
    // SAFETY: the host lends its table for the time of this call.
    let Some(host) = (unsafe { LentHost::new(host) }) else { return FAILED };
    answer(&host, || {
        // SAFETY: `stage` is what `open::<S>` made, and the host uses an instance from one thread at a time.
        let stage: &mut S = unsafe { instance(stage) }?;
        // SAFETY: the host keeps its bytes until this call returns.
        let items = unsafe { input(items) }?;
        let mut sink = HostSink::new(&host);
        process_lines(stage, items, &mut Out::new(&mut sink))?;
        sink.into_result()
    })
}

unsafe extern "C" fn finish<S: Stage>(stage: *mut c_void, host: *const Host) -> i32 {
    // SAFETY: the host lends its table for the time of this call.
    let Some(host) = (unsafe { LentHost::new(host) }) else { return FAILED };
    answer(&host, || {
        // SAFETY: `stage` is what `open::<S>` made, and the host uses an instance from one thread at a time.
        let stage: &mut S = unsafe { instance(stage) }?;
        let mut sink = HostSink::new(&host);
        stage.finish(&mut Out::new(&mut sink))?;
        sink.into_result()
    })
}

unsafe extern "C" fn close<S: Stage>(stage: *mut c_void) {
    if !stage.is_null() {
        // SAFETY: `open::<S>` made it from a box, and the host closes an instance once.
        let stage = unsafe { Box::from_raw(stage.cast::<S>()) };
        // There is no host to tell of a panic in the stage's `drop`; it only must not leave this function.
        let _ = catch_unwind(AssertUnwindSafe(|| drop(stage)));
    }
}

/// Runs a call to its code; why it failed is reported.
fn answer(host: &LentHost<'_>, call: impl FnOnce() -> Result<()>) -> i32 {
    // Unwind safety: after a panic the host closes the instance and uses nothing that the call emitted.
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(())) => OK,
        Ok(Err(Error { message, path, help })) => {
            host.report(&Diagnostic { path, help, ..Diagnostic::new(Level::Error, FAILED_CODE, message) });
            FAILED
        }
        Err(payload) => {
            host.report(&Diagnostic::new(Level::Error, PANICKED_CODE, panic_text(payload.as_ref())));
            PANICKED
        }
    }
}

/// # Safety
/// As for [`Bytes::as_slice`].
unsafe fn input<'a>(bytes: Bytes) -> Result<&'a [u8]> {
    // SAFETY: by the contract of this function.
    unsafe { bytes.as_slice() }.ok_or_else(|| Error::new("the host gave a null pointer where bytes should be"))
}

/// # Safety
/// `stage` is null or was made by `open::<S>`, is not closed, and is not in use elsewhere.
unsafe fn instance<'a, S: Stage>(stage: *mut c_void) -> Result<&'a mut S> {
    // SAFETY: by the contract of this function.
    unsafe { stage.cast::<S>().as_mut() }.ok_or_else(|| Error::new("the host gave a null pointer for the instance"))
}

/// Opens a stage from `{"options":{…},"context":{…}}`.
pub(crate) fn configured<S: Stage>(settings: &[u8]) -> Result<S> {
    #[derive(Deserialize)]
    #[serde(default)]
    struct Settings {
        options: serde_json::Value,
        context: Context,
    }

    impl Default for Settings {
        fn default() -> Self {
            Settings { options: serde_json::json!({}), context: Context::default() }
        }
    }

    let settings: Settings =
        json::read(settings).map_err(|why| Error::new(format!("the settings of the stage cannot be read: {why}")))?;
    let options = json::typed(settings.options).map_err(|why| {
        let error = Error::new(why.reason);
        match why.path {
            Some(path) => error.at_option(&path),
            None => error,
        }
    })?;
    S::open(options, &settings.context)
}

/// Hands each line to the stage as an item.
fn process_lines<S: Stage>(
    stage: &mut S,
    items: &[u8],
    out: &mut Out<'_, <S::Item as StageItem>::Output>,
) -> Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    let lines = items.strip_suffix(b"\n").ok_or_else(|| Error::new("the last line of the items has no end"))?;
    for (line, number) in lines.split(|&byte| byte == b'\n').zip(1..) {
        let item = json::read(line).map_err(|why| {
            Error::new(format!("line {number} of the items is not {}: {why}", item_noun(S::Item::KIND)))
        })?;
        stage.process(item, out)?;
    }
    Ok(())
}

pub(crate) fn item_noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Parse => "an article as found",
        Kind::Extract => "a document",
        Kind::Reconcile => "a claim",
        Kind::Report => "a report item",
    }
}

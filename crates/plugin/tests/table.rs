//! The exported table as any host sees it: raw calls in, codes, items and reports out.
#![allow(clippy::unwrap_used, unsafe_code)]

use std::ffi::c_void;
use std::fmt::Write as _;
use std::ptr;

use recoup_plugin::abi::{self, Bytes, Host, Preamble, StageTable};
use recoup_plugin::prelude::*;

export_stages!(Lines, Unwritable);

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Options {
    /// Whether to write in capitals.
    capitals: bool,
    /// The article over which to panic.
    panic_at: Option<String>,
}

/// Writes one file for each article that was set aside.
struct Lines(Options);

impl Stage for Lines {
    const NAME: &str = "lines";
    const SUMMARY: &str = "Writes why articles were set aside.";
    const VERSION: &str = "2.1.0";
    type Options = Options;
    type Item = ReportItem;

    fn open(options: Options, _: &Context) -> Result<Self> {
        Ok(Lines(options))
    }

    fn process(&mut self, item: ReportItem, out: &mut Out<'_, File>) -> Result<()> {
        let ReportItem::SetAside(article) = item else { return Ok(()) };
        if self.0.panic_at.as_ref() == Some(&article.origin) {
            panic!("cannot bear {}", article.origin);
        }
        if article.reason.is_empty() {
            return Err(Error::new(format!("{} has no reason", article.origin)).with_help("give one"));
        }
        let text = if self.0.capitals { article.reason.to_uppercase() } else { article.reason };
        out.emit(File { file: Some(article.origin), body: Body::Text(text) });
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_, File>) -> Result<()> {
        out.report(Diagnostic::new(Level::Info, "lines.end", "That was all."));
        Ok(())
    }
}

/// Emits what JSON cannot hold.
struct Unwritable;

#[derive(Serialize, Deserialize)]
struct AnyItem(serde_json::Value);

#[derive(Serialize, Deserialize)]
struct ByPair(std::collections::BTreeMap<(u8, u8), u8>);

impl recoup_plugin::StageItem for AnyItem {
    const KIND: recoup_plugin::Kind = recoup_plugin::Kind::Report;
    type Output = ByPair;
}

impl Stage for Unwritable {
    const NAME: &str = "unwritable";
    const SUMMARY: &str = "Emits a map whose keys are no text.";
    type Options = Options;
    type Item = AnyItem;

    fn open(_: Options, _: &Context) -> Result<Self> {
        Ok(Unwritable)
    }

    fn process(&mut self, _: AnyItem, out: &mut Out<'_, ByPair>) -> Result<()> {
        out.emit(ByPair([((1, 2), 3)].into()));
        Ok(())
    }
}

/// A host that writes down what it is told.
#[derive(Default)]
struct Transcript(String);

impl Transcript {
    fn host(&mut self) -> Host {
        Host {
            preamble: Preamble::of::<Host>(),
            ctx: ptr::from_mut(self).cast(),
            emit: Some(emit),
            report: Some(report),
            cancelled: Some(never),
        }
    }
}

unsafe extern "C" fn emit(ctx: *mut c_void, item: Bytes) {
    // SAFETY: `ctx` is the transcript of the call, and the bytes live as long as the call.
    let (transcript, item) = unsafe { (&mut *ctx.cast::<Transcript>(), item.as_slice().unwrap()) };
    writeln!(transcript.0, "  emit   {}", str::from_utf8(item).unwrap()).unwrap();
}

unsafe extern "C" fn report(ctx: *mut c_void, diagnostic: Bytes) {
    // SAFETY: as in `emit`.
    let (transcript, bytes) = unsafe { (&mut *ctx.cast::<Transcript>(), diagnostic.as_slice().unwrap()) };
    let Diagnostic { level, code, message, path, help, .. } = serde_json::from_slice(bytes).unwrap();
    let level = serde_json::to_value(level).unwrap();
    let rest: String = [path, help].into_iter().flatten().map(|text| format!(" [{text}]")).collect();
    writeln!(transcript.0, "  report {} {code}: {message}{rest}", level.as_str().unwrap()).unwrap();
}

unsafe extern "C" fn never(_: *mut c_void) -> u32 {
    0
}

fn stage_table(index: u32) -> &'static StageTable {
    // SAFETY: a table that is not null is static.
    unsafe { recoup_plugin_v1(index).as_ref() }.unwrap()
}

fn said(code: i32) -> &'static str {
    ["OK", "FAILED", "PANICKED"][usize::try_from(code).unwrap()]
}

/// Opens a stage, feeds it and closes it; gives each call, what was said during it, and its code.
fn talk(index: u32, settings: &str, calls: &[&str]) -> String {
    let mut transcript = Transcript(format!("open {settings}\n"));
    let table = stage_table(index);
    let mut stage = ptr::null_mut();
    let lend = |text: &str| Bytes::lend(text.as_bytes());
    // SAFETY: host, settings, items and the room for the instance live until each call returns.
    unsafe {
        let opened = table.open.unwrap()(&transcript.host(), lend(settings), &raw mut stage);
        writeln!(transcript.0, "  -> {}", said(opened)).unwrap();
        if opened != abi::OK {
            return transcript.0;
        }
        for items in calls {
            writeln!(transcript.0, "process {}", items.trim_end().replace('\n', "\n        ")).unwrap();
            let processed = table.process.unwrap()(stage, &transcript.host(), lend(items));
            writeln!(transcript.0, "  -> {}", said(processed)).unwrap();
        }
        writeln!(transcript.0, "finish").unwrap();
        let finished = table.finish.unwrap()(stage, &transcript.host());
        writeln!(transcript.0, "  -> {}", said(finished)).unwrap();
        table.close.unwrap()(stage);
    }
    transcript.0
}

const ARTICLE: &str = r#"{"kind":"set_aside","origin":"a.txt","code":"parse.empty","reason":"Nothing in it."}"#;

#[test]
fn the_manifest() {
    // SAFETY: a manifest is static.
    let json = unsafe { stage_table(0).manifest.as_slice() }.unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(json).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&manifest).unwrap());
}

#[test]
fn null_past_the_last_stage() {
    assert!(recoup_plugin_v1(2).is_null());
    assert!(recoup_plugin_v1(u32::MAX).is_null());
    assert_eq!(recoup_plugin_v1(1), recoup_plugin_v1(1), "tables are static");
}

#[test]
fn items_go_in_as_lines_and_come_out_one_by_one() {
    let items = format!("{ARTICLE}\n{}\n", ARTICLE.replace("a.txt", "b.txt"));
    insta::assert_snapshot!(talk(0, r#"{"options":{"capitals":true},"context":{}}"#, &[&items]));
}

#[test]
fn the_same_input_twice_gives_the_same_bytes() {
    let items = format!("{ARTICLE}\n");
    let once = talk(0, "{}", &[&items]);
    assert!(once.contains("emit"));
    assert_eq!(once, talk(0, "{}", &[&items]));
}

#[test]
fn fields_of_the_future_are_ignored() {
    let item = ARTICLE.replace('}', r#","since":"protocol 1.7","nested":{"deep":[1,2]}}"#);
    insta::assert_snapshot!(talk(
        0,
        r#"{"options":{},"context":{"weather":"fine"},"mood":7}"#,
        &[&format!("{item}\n")]
    ));
}

#[test]
fn options_that_are_refused_say_which() {
    let cases = [r#"{"options":{"capital":true}}"#, r#"{"options":{"capitals":"yes"}}"#, r#"{"options":"yes"}"#, "{"];
    insta::assert_snapshot!(cases.map(|settings| talk(0, settings, &[])).join("\n"));
}

#[test]
fn items_that_are_none_say_where() {
    let wrong_type = ARTICLE.replace(r#""a.txt""#, "7");
    let cases = [
        format!("{ARTICLE}\n{wrong_type}\n"),
        "{\"kind\":\"finding\",\"doc\":\"a\"}\n".to_owned(),
        "{\"kind\":\n".to_owned(),
        "\n".to_owned(),
        ARTICLE.to_owned(),
    ];
    insta::assert_snapshot!(cases.map(|items| talk(0, "{}", &[&items])).join("\n"));
}

#[test]
fn no_items_are_no_mistake() {
    insta::assert_snapshot!(talk(0, "{}", &[""]));
}

#[test]
fn an_error_is_reported_with_its_help() {
    let item = ARTICLE.replace("Nothing in it.", "");
    insta::assert_snapshot!(talk(0, "{}", &[&format!("{item}\n")]));
}

#[test]
fn a_panic_is_caught_and_its_text_kept() {
    insta::assert_snapshot!(talk(0, r#"{"options":{"panic_at":"a.txt"}}"#, &[&format!("{ARTICLE}\n")]));
}

#[test]
fn what_json_cannot_hold_fails_the_call() {
    insta::assert_snapshot!(talk(1, "{}", &["7\n"]));
}

#[test]
fn a_host_is_checked_before_it_is_used() {
    let mut transcript = Transcript::default();
    let sound = transcript.host();
    let with = |abi, size| Host { preamble: Preamble { abi, size }, ..sound };
    let size = sound.preamble.size;
    let cases = [
        ("of the future", with(2, size + 64), abi::OK),
        ("without an ABI", with(0, size), abi::FAILED),
        ("too short", with(1, size - 8), abi::FAILED),
        ("without a way to report", Host { report: None, ..sound }, abi::FAILED),
    ];
    let table = stage_table(0);
    let open = |host: *const Host| {
        let mut stage = ptr::null_mut();
        // SAFETY: the host is null or lives longer than the call, and so does the room for the instance.
        unsafe {
            let code = table.open.unwrap()(host, Bytes::lend(b"{}"), &raw mut stage);
            table.close.unwrap()(stage);
            code
        }
    };
    for (what, host, expected) in &cases {
        assert_eq!(open(host), *expected, "a host {what}");
    }
    assert_eq!(open(ptr::null()), abi::FAILED, "no host");
    assert_eq!(transcript.0, "", "nothing is said to a host that is not sound");
}

#[test]
fn null_where_something_should_be_is_a_failure_and_no_crash() {
    let mut transcript = Transcript::default();
    let host = transcript.host();
    let null = Bytes { ptr: ptr::null(), len: 9 };
    let table = stage_table(0);
    let mut stage = ptr::null_mut();
    // SAFETY: what is not null lives longer than the calls; that the rest is null is what is tested.
    unsafe {
        assert_eq!(table.open.unwrap()(&host, Bytes::lend(b"{}"), ptr::null_mut()), abi::FAILED);
        assert_eq!(table.open.unwrap()(&host, null, &raw mut stage), abi::FAILED);
        assert_eq!(table.process.unwrap()(ptr::null_mut(), &host, Bytes::EMPTY), abi::FAILED);
        assert_eq!(table.finish.unwrap()(ptr::null_mut(), &host), abi::FAILED);
        table.close.unwrap()(ptr::null_mut());
    }
    insta::assert_snapshot!(transcript.0);
}

//! Stages that fail while they run: what the user reads, and what is kept.

use std::fmt::Write as _;
use std::path::Path;

use recoup_pipeline::{Builtin, Library, LibraryError, Running, StageFailure};
use recoup_plugin::model::{File, ReportItem};
use recoup_plugin::prelude::*;
use serde_json::json;

use crate::{Said, build, open, shown, stream};

/// What came of one call: the error, what reached the sink, and what a further call says.
fn told(
    stage: &mut dyn Running<ReportItem>,
    call: impl Fn(&mut dyn Running<ReportItem>, &mut Said) -> Outcome,
) -> String {
    let mut said = Said::default();
    let mut told = match call(stage, &mut said) {
        Ok(()) => "no error\n".to_owned(),
        Err(failure) => shown(&failure, Path::new("/nowhere")),
    };
    writeln!(told, "files: {}", said.files.len()).unwrap();
    for Diagnostic { code, message, .. } in said.diagnostics {
        writeln!(told, "remark: {code}: {message}").unwrap();
    }
    if let Err(failure) = stage.process(stream(), &mut Said::default()) {
        writeln!(told, "then: {failure}").unwrap();
    }
    told
}

type Outcome = Result<(), StageFailure>;

fn process(stage: &mut dyn Running<ReportItem>, said: &mut Said) -> Outcome {
    stage.process(stream()[..1].to_vec(), said)
}

fn finish(stage: &mut dyn Running<ReportItem>, said: &mut Said) -> Outcome {
    stage.finish(said)
}

#[test]
fn a_library_that_fails_costs_the_call_and_not_the_process() {
    let library = Library::load(&build::plugin("recoup-misbehaving"), None).unwrap();
    let open = |behaviour: &str| {
        library.open::<ReportItem>(Some("misbehaving"), &json!({"behaviour": behaviour}), &Context::default())
    };
    let running =
        ["fail", "panic", "emit_no_file"].map(|behaviour| (behaviour, told(&mut open(behaviour).unwrap(), process)));
    let at_the_end = [("panic_in_finish", told(&mut open("panic_in_finish").unwrap(), finish))];
    let refused = ["refuse", "panic_in_open", "dance"].map(|behaviour| match open(behaviour) {
        Err(LibraryError::Stage(failure)) => {
            let path = failure.path.as_ref().map(|path| format!("path: {path}\n")).unwrap_or_default();
            (behaviour, format!("{}{path}", shown(&failure, Path::new("/nowhere"))))
        }
        other => panic!("{behaviour}: {other:?}"),
    });
    let cases = refused.into_iter().chain(running).chain(at_the_end);
    insta::assert_snapshot!(
        cases.map(|(behaviour, told)| format!("# {behaviour}\n{told}")).collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn a_plugin_that_cannot_unwind_is_refused_by_the_compiler() {
    insta::assert_snapshot!(build::errors_without_unwinding("recoup-report-bulletin"));
}

#[test]
fn a_panic_while_an_instance_is_freed_harms_nobody() {
    let library = Library::load(&build::plugin("recoup-misbehaving"), None).unwrap();
    let options = json!({"behaviour": "panic_in_close"});
    let open = || library.open::<ReportItem>(Some("misbehaving"), &options, &Context::default()).unwrap();
    drop(open());
    let mut said = Said::default();
    process(&mut open(), &mut said).unwrap();
    assert_eq!(said.text(), "the first half");
}

#[test]
fn a_c_stage_can_break_more_rules() {
    let folder = tempfile::tempdir().unwrap();
    let emit = |what: &str| format!("ON_PROCESS=host->emit(host->ctx, {what});");
    let cases = [
        ("code-17", "ON_PROCESS=return 17;".to_owned()),
        ("fails-silently", "ON_PROCESS=return 1;".to_owned()),
        ("emits-no-json", emit("TEXT(\"{\\\"file\\\": tally}\")")),
        ("emits-half-a-line", emit("TEXT(\"{\\\"file\\\":\\\"tal\")")),
        ("emits-null", emit("((recoup_bytes){NULL, 12})")),
        ("reports-no-diagnostic", "ON_PROCESS=host->report(host->ctx, TEXT(\"oops\"));".to_owned()),
    ];
    let told = cases.map(|(name, definition)| {
        let library = build::c_stage(folder.path(), name, &[&definition]);
        format!("# {name}\n{}", told(&mut open(&library).unwrap(), process))
    });
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn nothing_may_be_emitted_before_the_first_item() {
    let folder = tempfile::tempdir().unwrap();
    let library = build::c_stage(folder.path(), "hasty", &["ON_OPEN=host->emit(host->ctx, TEXT(\"{}\"));"]);
    let error = open(&library).unwrap_err();
    insta::assert_snapshot!(shown(&error, folder.path()));
}

#[test]
fn remarks_of_opening_come_with_the_first_call_or_with_the_refusal() {
    let folder = tempfile::tempdir().unwrap();
    let remark = |level: &str| {
        let json = format!(
            "{{\\\"level\\\":\\\"{level}\\\",\\\"code\\\":\\\"tally.{level}\\\",\\\"message\\\":\\\"Old option.\\\"}}"
        );
        format!("host->report(host->ctx, TEXT(\"{json}\"));")
    };
    let opened = build::c_stage(folder.path(), "remarks", &[&format!("ON_OPEN={}", remark("warning"))]);
    let mut said = Said::default();
    process(&mut open(&opened).unwrap(), &mut said).unwrap();
    assert_eq!(said.diagnostics.iter().map(|d| &*d.code).collect::<Vec<_>>(), ["tally.warning"]);

    let both = format!("ON_OPEN={}{} return 1;", remark("warning"), remark("error"));
    let refused = build::c_stage(folder.path(), "refuses", &[&both]);
    let Err(LibraryError::Stage(failure)) = open(&refused) else { panic!("the stage was opened") };
    assert_eq!(failure.message, "Old option.");
    assert_eq!(failure.remarks.iter().map(|d| &*d.code).collect::<Vec<_>>(), ["tally.warning"]);
}

/// A stage that is linked in, and no better than those of the library.
struct Fragile(String);

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, crate = "recoup_plugin::serde")]
struct Options {
    behaviour: String,
}

impl Stage for Fragile {
    const NAME: &str = "misbehaving";
    const SUMMARY: &str = "Breaks.";
    type Options = Options;
    type Item = ReportItem;

    fn open(options: Options, _: &Context) -> Result<Self> {
        match &*options.behaviour {
            "refuse" => Err(Error::new("no behaviour suits me").at_option("behaviour").with_help("ask another stage")),
            "panic_in_open" => panic!("I do not want to be opened"),
            _ => Ok(Fragile(options.behaviour)),
        }
    }

    fn process(&mut self, _: ReportItem, out: &mut Out<'_, File>) -> Result<()> {
        out.emit(File { file: None, body: Body::Text("the first half".to_owned()) });
        out.report(Diagnostic::new(Level::Info, "misbehaving.remark", "Something is about to happen."));
        match &*self.0 {
            "panic" => panic!("item {} was too much", 1),
            "fail" => Err(Error::new("this item is more than I can take").with_help("take it away")),
            _ => Ok(()),
        }
    }
}

#[test]
fn a_stage_that_is_linked_in_fails_in_the_same_way() {
    let library = Library::load(&build::plugin("recoup-misbehaving"), None).unwrap();
    let context = Context::default();
    for behaviour in ["fail", "panic", "none"] {
        let mut linked_in = Builtin::<Fragile>::open(Options { behaviour: behaviour.to_owned() }, &context).unwrap();
        let mut loaded =
            library.open::<ReportItem>(Some("misbehaving"), &json!({"behaviour": behaviour}), &context).unwrap();
        assert_eq!(told(&mut linked_in, process), told(&mut loaded, process), "{behaviour}");
    }
    for behaviour in ["refuse", "panic_in_open"] {
        let linked_in = Builtin::<Fragile>::open(Options { behaviour: behaviour.to_owned() }, &context).unwrap_err();
        match library.open::<ReportItem>(Some("misbehaving"), &json!({"behaviour": behaviour}), &context) {
            Err(LibraryError::Stage(loaded)) => assert_eq!(loaded, linked_in, "{behaviour}"),
            other => panic!("{behaviour}: {other:?}"),
        }
    }
}

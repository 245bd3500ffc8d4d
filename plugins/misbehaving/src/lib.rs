//! A library that does everything wrong, for tests: a report stage with an option that says what goes wrong, and an
//! extract stage that breaks over certain words.

mod fragile;

use recoup_plugin::StageItem;
use recoup_plugin::prelude::*;
use serde_json::{Value, json};

pub use fragile::Fragile;

export_stages!(Misbehaving, Spare, Fragile);

/// What goes wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", crate = "recoup_plugin::serde")]
enum Behaviour {
    /// Nothing.
    #[default]
    None,
    /// Refuses to open.
    Refuse,
    /// Panics while it is opened.
    PanicInOpen,
    /// Emits a file and a remark, then panics over the item.
    Panic,
    /// Panics when there are no more items.
    PanicInFinish,
    /// Panics while its memory is freed.
    PanicInClose,
    /// Emits a file and a remark, then fails.
    Fail,
    /// Emits what is no file.
    EmitNoFile,
}

/// The options.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, crate = "recoup_plugin::serde")]
struct Options {
    /// What goes wrong.
    behaviour: Behaviour,
}

/// A report item that is not looked into; what comes out is no less free.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent, crate = "recoup_plugin::serde")]
struct Anything(Value);

impl StageItem for Anything {
    const KIND: recoup_plugin::Kind = recoup_plugin::Kind::Report;
    type Output = Value;
}

struct Misbehaving(Behaviour);

impl Stage for Misbehaving {
    const NAME: &str = "misbehaving";
    const SUMMARY: &str = "Does what a stage must not do.";
    type Options = Options;
    type Item = Anything;

    fn open(options: Options, _: &Context) -> Result<Self> {
        match options.behaviour {
            Behaviour::Refuse => {
                Err(Error::new("no behaviour suits me").at_option("behaviour").with_help("ask another stage"))
            }
            Behaviour::PanicInOpen => panic!("I do not want to be opened"),
            behaviour => Ok(Misbehaving(behaviour)),
        }
    }

    fn process(&mut self, _: Anything, out: &mut Out<'_, Value>) -> Result<()> {
        out.emit(json!({"file": "half.txt", "text": "the first half"}));
        out.report(Diagnostic::new(Level::Info, "misbehaving.remark", "Something is about to happen."));
        match self.0 {
            Behaviour::Panic => panic!("item {} was too much", 1),
            Behaviour::Fail => Err(Error::new("this item is more than I can take").with_help("take it away")),
            Behaviour::EmitNoFile => {
                out.emit(json!({"file": 7, "text": "seven"}));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn finish(&mut self, _: &mut Out<'_, Value>) -> Result<()> {
        if self.0 == Behaviour::PanicInFinish {
            panic!("I do not want to end");
        }
        Ok(())
    }
}

impl Drop for Misbehaving {
    fn drop(&mut self) {
        if self.0 == Behaviour::PanicInClose {
            panic!("I do not want to be freed");
        }
    }
}

/// A second stage of the same kind, so that a pipeline has to choose.
struct Spare;

impl Stage for Spare {
    const NAME: &str = "spare";
    const SUMMARY: &str = "Does nothing.";
    type Options = Options;
    type Item = Anything;

    fn open(_: Options, _: &Context) -> Result<Self> {
        Ok(Spare)
    }

    fn process(&mut self, _: Anything, _: &mut Out<'_, Value>) -> Result<()> {
        Ok(())
    }
}

//! The checks, in their order.

use recoup_plugin::{Kind, Manifest};
use serde_json::Value;

use super::samples::{context, items, misspelt, of_a_later_version, of_other_types};
use super::session::{Broken, FELL, Host, Spoken};
use super::{Check, Given, Outcome, Subject, UnreadableItem, sound};

/// How many items are sent before the first answer is waited for, as in a run.
const AHEAD: usize = 64;

/// Everything that the checks share.
pub(super) struct Suite<'s> {
    manifest: &'s Manifest,
    caged: bool,
    host: Host<'s>,
    given: Option<Value>,
    /// What the stage is opened with.
    options: Value,
    samples: Vec<Value>,
    items: Vec<Vec<u8>>,
    checks: Vec<Check>,
}

impl<'s> Suite<'s> {
    /// # Errors
    /// [`UnreadableItem`] where a given line is no item for the stage.
    pub(super) fn new(subject: &'s Subject, given: &Given) -> Result<Self, UnreadableItem> {
        let samples = items(subject.manifest.kind, given.items.as_deref())?;
        Ok(Suite {
            manifest: &subject.manifest,
            caged: subject.caged,
            host: Host::new(&subject.launch, &context()),
            given: given.options.clone(),
            options: given.options.clone().unwrap_or_else(none),
            items: samples.iter().map(line).collect(),
            samples,
            checks: Vec::new(),
        })
    }

    /// Every check.
    pub(super) fn run(mut self) -> Vec<Check> {
        self.add("says what it is", Outcome::Passed);
        self.add("fills in its manifest", manifest(self.manifest));
        self.add("documents its options", schema(&self.manifest.options));
        let without = self.opens_without_options();
        let mut opens = without == Outcome::Passed;
        self.add("opens without options", without);
        if self.given.is_some() {
            let given = self.host.open(&self.options).map(drop);
            opens = given.is_ok();
            let outcome = given
                .err()
                .map_or(Outcome::Passed, |broken| broken.outcome("correct --options, or what `open` makes of it"));
            self.add("opens with the options given", outcome);
        }
        if opens {
            self.opened()
        } else {
            self.unopened()
        }
        self.overall();
        self.checks
    }

    fn add(&mut self, name: &'static str, outcome: Outcome) {
        self.checks.push(Check { name, outcome });
    }

    fn opens_without_options(&mut self) -> Outcome {
        match self.host.open(&none()) {
            Ok(_) => Outcome::Passed,
            Err(Broken::Refused(why)) if self.given.is_some() => {
                Outcome::skipped(format!("it needs options: {}", why.message))
            }
            Err(broken) => {
                broken.outcome("give every option a default; where that cannot be, try the stage with --options")
            }
        }
    }

    /// The checks of a stage that opens.
    fn opened(&mut self) {
        let outcome = self.refuses_a_misspelt_option();
        self.add(CHECKS[0], outcome);
        let outcome = self.ends_without_items();
        self.add(CHECKS[1], outcome);
        let reference = self.host.run(&self.options, &self.items, AHEAD);
        let outcome = match &reference {
            Ok(calls) => self.sound(calls),
            Err(broken) => broken.outcome(
                "an item that cannot be handled is a report, and the flush behind it is answered all the same",
            ),
        };
        self.add(CHECKS[2], outcome);
        match reference {
            Ok(reference) => self.repeated(&reference),
            Err(_) => {
                CHECKS[3..7].iter().for_each(|name| self.add(name, Outcome::skipped("it fails on the sample items")));
            }
        }
        let outcome = self.refuses_what_is_no_item();
        self.add(CHECKS[7], outcome);
        let outcome = self.survives_other_types();
        self.add(CHECKS[8], outcome);
        let outcome = self.leaves();
        self.add(CHECKS[9], outcome);
    }

    fn unopened(&mut self) {
        CHECKS.iter().for_each(|name| self.add(name, Outcome::skipped("the stage does not open")));
    }

    /// What is compared with a session that went well.
    fn repeated(&mut self, reference: &[Spoken]) {
        let again = self.host.run(&self.options, &self.items, AHEAD);
        let help = "use no clock, no randomness, and no order of a hash map";
        let outcome = same(reference, again, help);
        let steady = outcome == Outcome::Passed;
        self.add(CHECKS[3], outcome);
        // Otherwise every comparison would fail for that one reason.
        if !steady {
            let reason = "it does not make the same bytes twice";
            CHECKS[4..7].iter().for_each(|name| self.add(name, Outcome::skipped(reason)));
            return;
        }
        let later: Vec<Vec<u8>> = self.samples.iter().map(|item| line(&of_a_later_version(item))).collect();
        let later = self.host.run(&self.options, &later, AHEAD);
        let help = "fields are added to items, and a stage passes over those that it does not know";
        self.add(CHECKS[4], same(reference, later, help));
        let outcome = match self.manifest.kind {
            Kind::Parse | Kind::Extract => self.one_or_many(),
            Kind::Reconcile | Kind::Report => Outcome::skipped("it is given its items all at once"),
        };
        self.add(CHECKS[5], outcome);
        let outcome = match self.caged {
            true => self.anew(reference),
            false => Outcome::skipped("a program has one session in its life"),
        };
        self.add(CHECKS[6], outcome);
    }

    fn refuses_a_misspelt_option(&mut self) -> Outcome {
        let (options, name) = misspelt(&self.options, &self.manifest.options);
        let help = format!(
            "fail in `open` with an error whose `path` is \"options.{name}\"; in Rust, `deny_unknown_fields` on the options"
        );
        match self.host.open(&options) {
            Ok(_) => Outcome::failed(format!("it opens with the option `{name}`, which it does not have"), help),
            Err(Broken::Refused(why)) if why.path.as_deref().is_some_and(|path| path.starts_with("options")) => {
                Outcome::Passed
            }
            Err(Broken::Refused(why)) => {
                let place = why.path.map_or_else(|| "says no `path`".to_owned(), |path| format!("says `{path}`"));
                Outcome::failed(format!("it refuses the option `{name}` and {place}: {}", why.message), help)
            }
            Err(broken) => broken.outcome(&help),
        }
    }

    fn ends_without_items(&mut self) -> Outcome {
        let head = match self.manifest.kind {
            Kind::Report => self.items.iter().take(1).cloned().collect(),
            Kind::Parse | Kind::Extract | Kind::Reconcile => Vec::new(),
        };
        let result = match self.host.run(&self.options, &[], AHEAD) {
            // A report has a head, and a stage may insist on it; then it has to make do with that.
            Err(Broken::Refused(_)) if !head.is_empty() => self.host.run(&self.options, &head, AHEAD),
            result => result,
        };
        match result {
            Ok(calls) => self.flaw(&[], &calls),
            Err(broken) => broken.outcome("a session may end before anything came; emit what can be said, or nothing"),
        }
    }

    fn flaw(&self, items: &[Vec<u8>], calls: &[Spoken]) -> Outcome {
        match sound::flaw(self.manifest.kind, &self.manifest.name, items, calls) {
            Some(flaw) => Outcome::failed(flaw, "recoup checks what comes out, and would not use it"),
            None => Outcome::Passed,
        }
    }

    fn sound(&self, calls: &[Spoken]) -> Outcome {
        let outcome = self.flaw(&self.items, calls);
        if outcome == Outcome::Passed && calls.iter().all(|call| call.emitted.is_empty()) {
            return Outcome::skipped("it makes nothing of the sample items; give it others with --items");
        }
        outcome
    }

    fn one_or_many(&mut self) -> Outcome {
        let many: Vec<Vec<u8>> = self.items.iter().cycle().take(AHEAD.max(self.items.len())).cloned().collect();
        match self.host.run(&self.options, &many, 1) {
            Ok(single) => same(
                &single,
                self.host.run(&self.options, &many, AHEAD),
                "what is made of an item may depend on that item alone",
            ),
            Err(broken) => broken.outcome(FELL),
        }
    }

    /// A second session in the process that had one.
    fn anew(&mut self, reference: &[Spoken]) -> Outcome {
        let second = self.host.open(&self.options).and_then(|mut session| {
            self.host.play(&mut session, &self.items, AHEAD)?;
            self.host.begin(&mut session, &self.options)?;
            self.host.play(&mut session, &self.items, AHEAD)
        });
        same(reference, second, "keep what a session knows in the instance that `open` makes, not in a static")
    }

    fn refuses_what_is_no_item(&mut self) -> Outcome {
        let help = "report an error for what cannot be read, or fail with one";
        match self.host.run(&self.options, &[b"7".to_vec()], 1) {
            // A parse stage passes over what is not for it without a word.
            Ok(_) if self.manifest.kind == Kind::Parse => Outcome::Passed,
            Ok(calls) if calls.iter().any(|call| !call.reported.is_empty() && call.emitted.is_empty()) => {
                Outcome::Passed
            }
            Ok(_) => Outcome::failed("it takes the number 7 for an item and says nothing", help),
            Err(Broken::Refused(_)) => Outcome::Passed,
            Err(broken) => broken.outcome(help),
        }
    }

    fn survives_other_types(&mut self) -> Outcome {
        for sample in &self.samples {
            match self.host.run(&self.options, &[line(&of_other_types(sample))], 1) {
                // Where items have no types, an exception is how a stage refuses; it was caught and told.
                Ok(_) | Err(Broken::Refused(_) | Broken::Panicked(_)) => {}
                Err(broken) => return broken.outcome("report an error for what cannot be read, or fail with one"),
            }
        }
        Outcome::Passed
    }

    fn leaves(&mut self) -> Outcome {
        let help = "end when stdin has ended, without waiting for anything";
        let opened = self.host.open(&self.options).and_then(|mut session| {
            self.host.items(&mut session, &self.items[..self.items.len().min(1)], 1)?;
            Ok(session)
        });
        // An item that it fails on has been told of already.
        let opened = opened.or_else(|_| self.host.open(&self.options));
        match opened.map(|mut session| self.host.close(&mut session)) {
            Ok(Some(status)) if status.code().is_some() => Outcome::Passed,
            Ok(Some(status)) => Outcome::failed(crate::child::told(status), help),
            Ok(None) => Outcome::failed("it is still there 2 s after stdin was closed, and was killed", help),
            Err(broken) => broken.outcome(help),
        }
    }

    /// What was seen in all sessions together.
    fn overall(&mut self) {
        let outcome = match (&self.host.noise, self.caged) {
            (_, true) => Outcome::skipped("what a library prints goes to stderr"),
            (None, false) => Outcome::Passed,
            (Some((line, count)), false) => Outcome::failed(
                format!("it writes what is no frame, {}: {line}", times(*count)),
                "stdout belongs to the protocol: write logs to stderr",
            ),
        };
        self.add("writes nothing but frames on stdout", outcome);
        let outcome = match self.host.falls.first() {
            None => Outcome::Passed,
            Some(first) => {
                let count = times(self.host.falls.len());
                Outcome::failed(format!("it ended before its time {count}; at first: {first}"), FELL)
            }
        };
        self.add("never ends before its time", outcome);
    }
}

/// What is checked of a stage that opens, in this order.
const CHECKS: [&str; 10] = [
    "refuses a misspelt option and names it",
    "ends without items",
    "makes sound output of the sample items",
    "makes the same bytes twice",
    "passes over fields of later versions",
    "makes the same one item at a time and 64 ahead",
    "begins every session anew",
    "refuses what is no item",
    "survives fields of the wrong type",
    "leaves within 2 s once stdin is closed",
];

fn none() -> Value {
    Value::Object(serde_json::Map::new())
}

fn line(item: &Value) -> Vec<u8> {
    item.to_string().into_bytes()
}

fn times(count: usize) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

/// What a manifest lacks.
fn manifest(manifest: &Manifest) -> Outcome {
    let slug = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    let mut flaws = Vec::new();
    if manifest.name.is_empty() || !manifest.name.chars().all(slug) {
        flaws.push(format!("its `name` is {:?}", manifest.name));
    }
    for (field, text) in [("version", &manifest.version), ("summary", &manifest.summary)] {
        if text.trim().is_empty() {
            flaws.push(format!("its `{field}` is empty"));
        }
    }
    if flaws.is_empty() {
        return Outcome::Passed;
    }
    let help = "a name is made of a-z, 0-9, `-` and `_`; the summary is one sentence, shown by `recoup stages`";
    Outcome::failed(flaws.join(", "), help)
}

/// What the schema of the options lacks.
fn schema(schema: &Value) -> Outcome {
    let help = "`options` in the manifest is a JSON Schema of type \"object\"; each property has a `description`, in Rust \
                its doc comment";
    if schema.get("type").and_then(Value::as_str) != Some("object") {
        return Outcome::failed("the schema of its options is not that of an object", help);
    }
    let text = |option: &Value| option.get("description").and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    let target = |option: &Value| {
        let pointer = option.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix('#'));
        pointer.and_then(|pointer| schema.pointer(pointer)).map(text).unwrap_or_default()
    };
    let properties = schema.get("properties").and_then(Value::as_object);
    let bare =
        properties.into_iter().flatten().filter(|(_, option)| text(option).is_empty() && target(option).is_empty());
    let bare: Vec<String> = bare.map(|(name, _)| format!("`{name}`")).collect();
    match bare.is_empty() {
        true => Outcome::Passed,
        false => Outcome::failed(format!("nothing is said of {}", bare.join(", ")), help),
    }
}

/// Whether a session said the same as another.
fn same(reference: &[Spoken], other: Result<Vec<Spoken>, Broken>, help: &str) -> Outcome {
    match other {
        Ok(other) => match difference(reference, &other) {
            Some(difference) => Outcome::failed(difference, help),
            None => Outcome::Passed,
        },
        Err(broken) => broken.outcome(help),
    }
}

/// Where two sessions differ first in what was emitted.
fn difference(one: &[Spoken], other: &[Spoken]) -> Option<String> {
    let at = one.iter().zip(other).position(|(one, other)| one.emitted != other.emitted)?;
    let when = if at + 1 == one.len() { "at the end".to_owned() } else { format!("about item {}", at + 1) };
    let (one, other) = (&one[at].emitted, &other[at].emitted);
    if one.len() != other.len() {
        return Some(format!("{when} it emits {} items once and {} another time", one.len(), other.len()));
    }
    let (one, other) = one.iter().zip(other).find(|(one, other)| one != other)?;
    let byte = one.iter().zip(other).position(|(one, other)| one != other).unwrap_or(one.len().min(other.len()));
    let excerpt = |bytes: &[u8]| {
        let from = byte.saturating_sub(20);
        String::from_utf8_lossy(&bytes[from..bytes.len().min(byte + 20)]).into_owned()
    };
    Some(format!("{when} it emits `…{}…` once and `…{}…` another time", excerpt(one), excerpt(other)))
}

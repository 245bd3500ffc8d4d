//! A parse stage in a shared library: the messages of a Telegram Desktop export, each of them a document.
//!
//! ```text
//! {"name": "Harbour Watch", "type": "public_channel", "id": 1500100900, "messages": [
//!  {"id": 41, "type": "message", "date": "2031-05-04T14:31:00", "from": "Harbour Watch",
//!   "forwarded_from": "Norland Army Press", "text": ["Two ferries were hit. ", {"type": "link", "text": "…"}]}]}
//! ```
//!
//! becomes a document `harbour-watch-41` of the outlet `Harbour Watch`, published on 2031-05-04, which `Norland Army
//! Press` passed on. The export of one chat is read (`result.json`), and that of a whole account. In a pipeline, before
//! stages that read any JSON:
//!
//! ```toml
//! [[parse]]
//! plugin = "../../target/plugins/recoup_parse_telegram"
//! isolate = false
//! options = { min_length = 20, forwards = "keep" }
//! ```

mod export;
mod message;
mod reader;
mod tally;

use std::collections::BTreeMap;

use export::{Chat, Export};
use reader::Reader;
use recoup_parse::Text;
use recoup_plugin::prelude::*;

export_stages!(Telegram);

/// What a pipeline can set.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, crate = "recoup_plugin::serde")]
pub struct Options {
    /// Characters that a message must have; shorter ones are left out.
    pub min_length: usize,
    /// What becomes of messages that a chat passes on from elsewhere.
    pub forwards: Forwards,
    /// The chats to read, by name; empty means the one chat of the file, and of a whole account every channel and group.
    pub chats: Vec<String>,
}

/// What becomes of messages that a chat passes on from elsewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", crate = "recoup_plugin::serde")]
pub enum Forwards {
    /// They are read, and who wrote them counts as their origin.
    #[default]
    Keep,
    /// They are left out.
    Skip,
}

/// The stage: its options, and the stage `text`, which finds language and sentences.
#[derive(Debug)]
pub struct Telegram {
    options: Options,
    text: Text,
}

impl Stage for Telegram {
    const NAME: &str = "telegram";
    const SUMMARY: &str = "Reads the messages of a Telegram Desktop export in JSON, each as a document.";
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    type Options = Options;
    type Item = Item;

    fn open(options: Options, context: &Context) -> Result<Self> {
        if options.chats.iter().any(|name| name.trim().is_empty()) {
            return Err(Error::new("a chat without a name cannot be chosen")
                .at_option("chats")
                .with_help("give the names as Telegram shows them, or leave `chats` out"));
        }
        let text = Text::open(recoup_parse::Options::default(), context)?;
        Ok(Telegram { options, text })
    }

    fn process(&mut self, item: Item, out: &mut Out<'_, Document>) -> Result<()> {
        let Body::Text(content) = &item.body else { return Ok(()) };
        let (chats, account) = match Export::read(content) {
            Export::Other => return Ok(()),
            Export::Damaged(reason) => {
                out.report(damaged(&reason));
                return Ok(());
            }
            Export::Chat(chat) => (vec![chat], false),
            Export::Account(chats) => (chats, true),
        };
        let (chosen, others): (Vec<Chat>, Vec<Chat>) = chats.into_iter().partition(|chat| self.chooses(chat, account));
        if !others.is_empty() {
            out.report(not_chosen(&others, account));
        }
        let manifest = manifest_key(&item);
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        for chat in &chosen {
            *taken.entry(chat.key()).or_default() += 1;
        }
        let mut found = false;
        for chat in chosen {
            let key = key(manifest, &chat, account, &taken);
            let reader = Reader { options: &self.options, item: &item, alone: !account, chat: &chat, key };
            found |= reader.read(&mut self.text, out)?;
        }
        if !found && others.is_empty() {
            let message = "the export holds no message that somebody wrote";
            let remark = Diagnostic::new(Level::Warning, "telegram.empty", message);
            out.report(remark.with_help("export the chat again with its messages, or leave the file out of the input"));
        }
        Ok(())
    }
}

impl Telegram {
    /// Of an account, nobody means what he and his family write each other.
    fn chooses(&self, chat: &Chat, account: bool) -> bool {
        let wanted = |name: &String| chat.name.as_deref() == Some(name.trim());
        if self.options.chats.is_empty() {
            !(account && chat.is_private())
        } else {
            self.options.chats.iter().any(wanted)
        }
    }
}

/// The key that a manifest gives the file; the stem of its name is none, every export is called `result`.
fn manifest_key(item: &Item) -> Option<&str> {
    let name = item.origin.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Some(item.sidecar.doc.as_str()).filter(|doc| !doc.is_empty() && *doc != stem)
}

/// The key of a chat, the same on every day and for every selection of messages.
fn key(manifest: Option<&str>, chat: &Chat, account: bool, taken: &BTreeMap<String, usize>) -> String {
    let mut key = chat.key();
    if taken.get(&key).is_some_and(|chats| *chats > 1)
        && let Some(id) = chat.id
    {
        key = format!("{key}-{id}");
    }
    match manifest {
        Some(given) if account => format!("{given}-{key}"),
        Some(given) => given.to_owned(),
        None => key,
    }
}

fn damaged(reason: &str) -> Diagnostic {
    let message = format!("the file begins as a Telegram export and cannot be read to its end: {reason}");
    Diagnostic::new(Level::Error, "telegram.damaged", message)
        .with_help("export it again, and copy it whole: an export that is interrupted leaves half a file")
}

/// Names channels and groups only: who keeps the report need not learn with whom the owner of an account talks.
fn not_chosen(others: &[Chat], account: bool) -> Diagnostic {
    const SHOWN: usize = 5;
    let (private, open): (Vec<&Chat>, Vec<&Chat>) = others.iter().partition(|chat| chat.is_private());
    let mut left: Vec<String> = open.iter().take(SHOWN).map(|chat| chat.label()).collect();
    if open.len() > SHOWN {
        left.push(format!("{} more", open.len() - SHOWN));
    }
    if !private.is_empty() {
        left.push(format!("{} private chat{}", private.len(), if private.len() == 1 { "" } else { "s" }));
    }
    let message = format!("left out: {}", left.join(", "));
    let help = if account {
        "of an account, channels and groups are read; to read others, name all that is to be read in `chats`"
    } else {
        "the option `chats` names others; add this one, or leave the option out"
    };
    Diagnostic::new(Level::Info, "telegram.chat_left_out", message).with_help(help)
}

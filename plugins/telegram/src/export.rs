//! The chats of an export.

use recoup_plugin::prelude::*;
use serde_json::Value;
use serde_json::error::Category;

/// What a file turned out to be.
pub(crate) enum Export {
    /// No export of Telegram.
    Other,
    /// An export that breaks off or is damaged, with the reason.
    Damaged(String),
    /// The export of one chat.
    Chat(Chat),
    /// The export of an account with all its chats.
    Account(Vec<Chat>),
}

/// A channel, a group or a conversation.
pub(crate) struct Chat {
    /// As its readers see it; `None` for one that is unnamed or deleted.
    pub(crate) name: Option<String>,
    /// As Telegram numbers it.
    pub(crate) id: Option<i64>,
    kind: String,
    /// Each as it stands in the file: a broken one costs itself only.
    pub(crate) messages: Vec<Value>,
}

/// Chats that many read, by their `type`.
const OPEN: [&str; 5] =
    ["public_channel", "private_channel", "public_supergroup", "private_supergroup", "private_group"];
/// Chats between two, or with oneself.
const PRIVATE: [&str; 5] = ["personal_chat", "bot_chat", "saved_messages", "replies", "verification_codes"];

#[derive(Deserialize)]
#[serde(crate = "recoup_plugin::serde")]
struct RawChat {
    #[serde(default)]
    name: Value,
    #[serde(default, rename = "type")]
    kind: Value,
    #[serde(default)]
    id: Value,
    messages: Option<Vec<Value>>,
}

#[derive(Deserialize)]
#[serde(crate = "recoup_plugin::serde")]
struct RawAccount {
    chats: RawList,
    left_chats: Option<RawList>,
}

#[derive(Deserialize)]
#[serde(crate = "recoup_plugin::serde")]
struct RawList {
    list: Vec<RawChat>,
}

impl Export {
    /// Reads `result.json`.
    pub(crate) fn read(text: &str) -> Export {
        let text = text.trim_start_matches('\u{feff}').trim();
        // Other JSON is not read twice to find out that it is none.
        if !text.starts_with('{') || !text.contains("\"messages\"") {
            return Export::Other;
        }
        match serde_json::from_str::<RawAccount>(text) {
            Ok(account) => {
                let left = account.left_chats.map(|left| left.list).unwrap_or_default();
                let chats: Vec<Chat> = account.chats.list.into_iter().chain(left).filter_map(Chat::read).collect();
                if chats.is_empty() { Export::Other } else { Export::Account(chats) }
            }
            Err(error) if error.classify() != Category::Data => damaged(text, &error),
            Err(_) => match serde_json::from_str::<RawChat>(text) {
                Ok(chat) => Chat::read(chat).map_or(Export::Other, Export::Chat),
                Err(error) if error.classify() != Category::Data => damaged(text, &error),
                Err(_) => Export::Other,
            },
        }
    }
}

/// What is no whole JSON is an export all the same where it says so before it breaks.
fn damaged(text: &str, error: &serde_json::Error) -> Export {
    let head = text.split("\"messages\"").next().unwrap_or_default();
    let says_so = head.contains("\"type\"") && OPEN.iter().chain(&PRIVATE).any(|kind| head.contains(kind));
    if says_so { Export::Damaged(error.to_string()) } else { Export::Other }
}

impl Chat {
    fn read(raw: RawChat) -> Option<Chat> {
        let kind = raw.kind.as_str().filter(|kind| OPEN.contains(kind) || PRIVATE.contains(kind))?.to_owned();
        let name = raw.name.as_str().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        Some(Chat { name, id: raw.id.as_i64(), kind, messages: raw.messages? })
    }

    /// Whether only two can read it.
    pub(crate) fn is_private(&self) -> bool {
        PRIVATE.contains(&self.kind.as_str())
    }

    /// How it is called in a remark.
    pub(crate) fn label(&self) -> String {
        match (&self.name, self.id) {
            (Some(name), _) => format!("`{name}`"),
            (None, Some(id)) => format!("chat {id}"),
            (None, None) => "a chat without a name".to_owned(),
        }
    }

    /// The key under which its messages are numbered: the slug of its name, else its number.
    pub(crate) fn key(&self) -> String {
        let name = slug(self.name.as_deref().unwrap_or_default());
        match self.id {
            _ if !name.is_empty() => name,
            Some(id) => format!("chat-{id}"),
            None => "chat".to_owned(),
        }
    }

    /// Where its members, or of a public one all, find a message: groups of the small kind and conversations have no
    /// addresses.
    pub(crate) fn address(&self, message: i64) -> Option<String> {
        let addressed = self.kind.ends_with("_channel") || self.kind.ends_with("_supergroup");
        self.id.filter(|_| addressed).map(|id| format!("https://t.me/c/{id}/{message}"))
    }
}

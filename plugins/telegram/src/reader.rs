//! From the messages of one chat to documents.

use recoup_parse::Text;
use recoup_plugin::Sink;
use recoup_plugin::prelude::*;

use crate::export::Chat;
use crate::message::{Flaw, Forward, Message};
use crate::tally::Tally;
use crate::{Forwards, Options};

/// The name of who wrote what was passed on and is not named: a speaker whom nobody counts as independent.
const UNNAMED: &str = "unnamed source";

/// Reads the messages of one chat.
pub(crate) struct Reader<'a> {
    pub(crate) options: &'a Options,
    /// The file.
    pub(crate) item: &'a Item,
    /// Whether the file holds no other chat, so that what a manifest says of it holds for the chat.
    pub(crate) alone: bool,
    pub(crate) chat: &'a Chat,
    /// Stands before the number of a message in its key.
    pub(crate) key: String,
}

/// What the stage `text` makes of one message.
#[derive(Default)]
struct Heard {
    documents: Vec<Document>,
    remarks: Vec<Diagnostic>,
}

impl Sink<Document> for Heard {
    fn emit(&mut self, document: Document) {
        self.documents.push(document);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.remarks.push(diagnostic);
    }
}

impl Reader<'_> {
    /// Emits the documents of the chat and says what was left out; whether there was anything to emit or to say.
    pub(crate) fn read(&self, text: &mut Text, out: &mut Out<'_, Document>) -> Result<bool> {
        let mut tally = Tally::default();
        for (at, entry) in self.chat.messages.iter().enumerate() {
            if out.cancelled() {
                break;
            }
            match Message::read(entry) {
                Ok(Some(message)) if self.wants(&message, &mut tally) => {
                    self.document(message, text, &mut tally, out)?;
                }
                Ok(_) => {}
                Err(flaw) => {
                    tally.broken += 1;
                    out.report(self.broken(at, &flaw));
                }
            }
        }
        let remarks = tally.remarks(&self.chat.label());
        let found = tally.documents + tally.broken > 0 || !remarks.is_empty();
        remarks.into_iter().for_each(|remark| out.report(remark));
        Ok(found)
    }

    /// Whether a message is to be a document; what is not is counted.
    fn wants(&self, message: &Message, tally: &mut Tally) -> bool {
        let length = message.text.trim().chars().count();
        // Signs and pictures alone say nothing that could be read.
        if !message.text.contains(char::is_alphanumeric) {
            tally.no_text += 1;
        } else if message.forward.is_some() && self.options.forwards == Forwards::Skip {
            tally.forwards += 1;
        } else if length < self.options.min_length {
            tally.short += 1;
        } else {
            return true;
        }
        false
    }

    fn document(
        &self,
        message: Message,
        text: &mut Text,
        tally: &mut Tally,
        out: &mut Out<'_, Document>,
    ) -> Result<()> {
        let Message { id, day, edited_later, forward, text: content } = message;
        let key = format!("{}-{id}", self.key);
        let given = &self.item.sidecar;
        let sidecar = Sidecar { doc: key.clone(), language: given.language.clone(), ..Sidecar::default() };
        let body = Body::Text(content);
        let item = Item { origin: String::new(), media_type: Some("text/plain".to_owned()), body, sidecar };
        let mut heard = Heard::default();
        text.process(item, &mut Out::new(&mut heard))?;
        // What costs the message must not cost the file.
        let refused = heard.remarks.iter().find(|remark| remark.level == Level::Error);
        if heard.documents.is_empty() {
            let what = match refused {
                Some(refused) => format!("cannot be read ({})", refused.message),
                None => "is a page of markup".to_owned(),
            };
            tally.broken += 1;
            out.report(self.broken(0, &Flaw { id: Some(id), what, expected: "running text" }));
            return Ok(());
        }
        for remark in heard.remarks {
            // A channel of short messages would say so of half of them.
            if remark.code == "parse.language_unknown" {
                tally.language.push(key.clone());
            } else {
                out.report(remark);
            }
        }
        for document in heard.documents {
            tally.documents += 1;
            tally.edited += usize::from(edited_later);
            out.emit(self.signed(Document {
                outlet: given.outlet.clone().filter(|_| self.alone).or_else(|| self.chat.name.clone()),
                relays: self.relays(forward.as_ref()),
                url: self.address(id),
                path: Some(self.item.origin.clone()),
                published: Some(Published { date: day, from: PublishedFrom::Metadata }),
                modified: None,
                title: None,
                byline: None,
                fetched: None,
                quality: None,
                page: PageMap::default(),
                ..document
            }));
        }
        Ok(())
    }

    /// Who wrote what the chat passes on, unless that is the chat itself.
    fn relays(&self, forward: Option<&Forward>) -> Vec<String> {
        let name = match forward {
            Some(Forward::From(name)) if self.chat.name.as_ref() != Some(name) => name.clone(),
            Some(Forward::Unknown) => UNNAMED.to_owned(),
            _ => return Vec::new(),
        };
        vec![name]
    }

    /// Below the address that a manifest gives the chat, else as Telegram itself links to it.
    fn address(&self, message: i64) -> Option<String> {
        let given = self.item.sidecar.url.as_deref().filter(|_| self.alone);
        given.map(|chat| format!("{}/{message}", chat.trim_end_matches('/'))).or_else(|| self.chat.address(message))
    }

    /// The document with its id. The address tells messages with the same words apart; without one the key does.
    fn signed(&self, document: Document) -> Document {
        let sealed = document.seal();
        if sealed.url.is_some() {
            return sealed;
        }
        Document { id: ContentHasher::default().field(&sealed.id).field(&sealed.doc).id("d"), ..sealed }
    }

    fn broken(&self, at: usize, flaw: &Flaw) -> Diagnostic {
        let which = match flaw.id {
            Some(id) => format!("message {id}"),
            None => format!("the message at place {} (it has no readable `id`)", at + 1),
        };
        let message = format!("{which} of {} {} and was left out", self.chat.label(), flaw.what);
        let help =
            format!("what is expected: {}; export the chat again, or mend that message in the file", flaw.expected);
        Diagnostic::new(Level::Warning, "telegram.broken_message", message).with_help(help)
    }
}

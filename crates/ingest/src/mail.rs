//! Mailboxes (mbox) and single messages: newsletters, each an article.

use std::io::BufRead;

use jiff::civil::Date;
use mail_parser::{Message, MessageParser, PartType};
use recoup_model::{PublishedFrom, Sidecar};

use crate::lines::{Line, chomp, line};
use crate::sink::{Article, End, Flaw, Keys, Place, Sink};
use crate::unpack::too_large;
use crate::{html, key};

/// Reads a mailbox, message by message.
pub(crate) fn mailbox(place: &Place, reader: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), End> {
    let limit = usize::try_from(sink.limits.article).unwrap_or(usize::MAX);
    let mut keys = Keys::default();
    let (mut number, mut message, mut bytes) = (0, Vec::new(), Vec::new());
    let (mut blank, mut too_long) = (true, false);
    loop {
        let found = line(reader, &mut bytes, limit)?;
        let begins = found == Line::Whole && blank && bytes.starts_with(b"From ");
        if begins || found == Line::End {
            if number > 0 {
                let content = std::mem::take(&mut message);
                if too_long {
                    sink.aside(&place.within(&format!("message {number}")).origin, too_large(sink.limits))?;
                } else {
                    self::message(place, &content, number, &mut keys, sink)?;
                }
            }
            if found == Line::End {
                return Ok(());
            }
            (number, blank, too_long) = (number + 1, false, false);
            continue;
        }
        blank = chomp(&bytes).is_empty();
        // `>From` at the start of a line was `From` before it was put into a mailbox.
        let quoted = bytes.iter().take_while(|byte| **byte == b'>').count();
        let content = if quoted > 0 && bytes[quoted..].starts_with(b"From ") { &bytes[1..] } else { &bytes[..] };
        too_long |= found == Line::TooLong || message.len() + content.len() > limit;
        if !too_long {
            message.extend_from_slice(content);
        }
    }
}

/// Reads one message.
pub(crate) fn single(place: &Place, bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), End> {
    message(place, bytes, 1, &mut Keys::default(), sink)
}

fn message(place: &Place, bytes: &[u8], number: usize, keys: &mut Keys, sink: &mut Sink<'_>) -> Result<(), End> {
    let fallback = format!("message {number}");
    let Some(message) = MessageParser::default().parse(bytes) else {
        let flaw = Flaw::new("mail.malformed", "is no message", "export the mailbox again");
        return sink.aside(&place.within(&fallback).origin, flaw);
    };
    let within = place.within(&keys.distinct(message.message_id().unwrap_or(&fallback)));
    let Some((text, media_type)) = body(&message) else {
        let flaw = Flaw::new("mail.no_text", "the message has no text", "attachments are not read");
        return sink.aside(&within.origin, flaw);
    };
    let title = message.subject().map(in_one_line).filter(|title| !title.is_empty());
    let published = sent(&message);
    let sidecar = Sidecar {
        doc: key::document([title.as_deref(), message.message_id()]).unwrap_or(fallback),
        published,
        published_from: published.map(|_| PublishedFrom::Metadata),
        language: place.sidecar.language.clone(),
        outlet: place.sidecar.outlet.clone().or_else(|| sender(&message)),
        url: None,
        fetched: place.sidecar.fetched,
        title,
    };
    let Place { origin, name, .. } = within;
    sink.article(Article { origin, name, media_type: Some(media_type.to_owned()), sidecar, bytes: text.into_bytes() })
}

/// The text of a message, plain before HTML.
fn body(message: &Message<'_>) -> Option<(String, &'static str)> {
    let bodies = message.text_bodies().chain(message.html_bodies());
    let texts = bodies.filter_map(|part| match &part.body {
        PartType::Text(text) => Some((0, text.as_ref(), "text/plain")),
        PartType::Html(text) => Some((1, text.as_ref(), "text/html")),
        _ => None,
    });
    let filled = texts.filter(|(_, text, _)| !html::line(text).is_empty());
    filled.min_by_key(|(rank, ..)| *rank).map(|(_, text, media_type)| (text.to_owned(), media_type))
}

/// The day on which it was sent, where it was sent.
fn sent(message: &Message<'_>) -> Option<Date> {
    let date = message.date()?;
    let year = i16::try_from(date.year).ok().filter(|year| (1970..=2200).contains(year))?;
    Date::new(year, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
}

/// Who sent it: the name, else the host.
fn sender(message: &Message<'_>) -> Option<String> {
    let from = message.from()?.first()?;
    let name = from.name.as_deref().map(in_one_line).filter(|name| !name.is_empty());
    name.or_else(|| from.address.as_deref()?.rsplit('@').next().map(str::to_owned))
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

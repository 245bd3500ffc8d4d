//! Where articles go, and what is said of those that go nowhere.

use std::collections::HashMap;
use std::io;
use std::ops::ControlFlow;

use recoup_model::{Diagnostic, Level, SetAside, Sidecar};

use crate::gzip::Bomb;
use crate::list::Fields;
use crate::{Limits, key};

/// An article as found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Where: the container as the user named it, `#`, and the place within.
    pub origin: String,
    /// The same for the run's manifest.
    pub name: String,
    /// Media type where one is known.
    pub media_type: Option<String>,
    /// What the container says of it.
    pub sidecar: Sidecar,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// What comes out of a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// An article.
    Article(Article),
    /// Something that cannot be read, with the reason.
    SetAside(SetAside),
    /// A remark, in the document of its origin.
    Remark(Diagnostic),
}

/// Why nothing more is read of a container.
#[derive(Debug)]
pub(crate) enum End {
    /// The host wants no more.
    Enough,
    /// It cannot be read on.
    Flaw(Flaw),
}

/// Why something is set aside.
#[derive(Debug)]
pub(crate) struct Flaw {
    pub(crate) code: &'static str,
    pub(crate) reason: String,
    pub(crate) help: &'static str,
}

impl Flaw {
    pub(crate) fn new(code: &'static str, reason: impl Into<String>, help: &'static str) -> Self {
        Flaw { code, reason: reason.into(), help }
    }
}

impl From<Flaw> for End {
    fn from(flaw: Flaw) -> Self {
        End::Flaw(flaw)
    }
}

impl From<io::Error> for Flaw {
    fn from(error: io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Bomb>()) {
            Some(bomb) => Flaw::new("archive.bomb", bomb.to_string(), "if it is sound, unpack it and read the files"),
            None => Flaw::new("archive.damaged", format!("cannot be read on: {error}"), "fetch or pack it again"),
        }
    }
}

impl From<io::Error> for End {
    fn from(error: io::Error) -> Self {
        End::Flaw(error.into())
    }
}

/// Where a container, or what it holds, was found.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) origin: String,
    pub(crate) name: String,
    /// What stands beside the container.
    pub(crate) sidecar: Sidecar,
}

impl Place {
    /// The place of something within.
    pub(crate) fn within(&self, key: &str) -> Place {
        let extend = |base: &str| format!("{base}#{key}");
        Place { origin: extend(&self.origin), name: extend(&self.name), sidecar: self.sidecar.clone() }
    }
}

/// Takes the pieces of one file and keeps to the limits.
pub(crate) struct Sink<'a> {
    pub(crate) limits: &'a Limits,
    pub(crate) fields: Option<&'a Fields>,
    each: &'a mut dyn FnMut(Piece) -> ControlFlow<()>,
    articles: usize,
    told: usize,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(
        limits: &'a Limits,
        fields: Option<&'a Fields>,
        each: &'a mut dyn FnMut(Piece) -> ControlFlow<()>,
    ) -> Self {
        Sink { limits, fields, each, articles: 0, told: 0 }
    }

    pub(crate) fn article(&mut self, article: Article) -> Result<(), End> {
        if self.articles == self.limits.articles {
            let reason = format!("holds more than {} articles", self.limits.articles);
            return Err(Flaw::new("archive.too_many", reason, "split it into several files").into());
        }
        self.articles += 1;
        self.hand_on(Piece::Article(article))
    }

    /// Sets something aside; from the limit on only counted, see [`Sink::untold`].
    pub(crate) fn aside(&mut self, origin: &str, flaw: Flaw) -> Result<(), End> {
        self.told += 1;
        if self.told > self.limits.told {
            return Ok(());
        }
        let Flaw { code, reason, help } = flaw;
        let help = Some(help.to_owned()).filter(|help| !help.is_empty());
        self.hand_on(Piece::SetAside(SetAside { origin: origin.to_owned(), code: code.to_owned(), reason, help }))
    }

    pub(crate) fn remark(&mut self, origin: &str, level: Level, code: &str, message: String) -> Result<(), End> {
        self.hand_on(Piece::Remark(Diagnostic::new(level, code, message).in_document(origin)))
    }

    /// Tells how many more were set aside than were told of.
    pub(crate) fn untold(&mut self, origin: &str) -> Result<(), End> {
        let Some(more) = self.told.checked_sub(self.limits.told).filter(|more| *more > 0) else { return Ok(()) };
        self.hand_on(Piece::SetAside(SetAside {
            origin: origin.to_owned(),
            code: "archive.more".to_owned(),
            reason: format!("holds {more} more that are set aside, beside those that are listed"),
            help: Some("see to those that are listed first".to_owned()),
        }))
    }

    fn hand_on(&mut self, piece: Piece) -> Result<(), End> {
        match (self.each)(piece) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(End::Enough),
        }
    }
}

/// Gives each thing within a container a key of its own.
#[derive(Default)]
pub(crate) struct Keys(HashMap<String, usize>);

impl Keys {
    /// `key`, or `key~2` where there was one before.
    pub(crate) fn distinct(&mut self, key: &str) -> String {
        let key = key::short(key);
        let times = self.0.entry(key.clone()).or_default();
        *times += 1;
        if *times == 1 { key } else { format!("{key}~{times}") }
    }
}

//! Writes a set and the truth about it.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use recoup_model::{Anchor, Claim, Document, Published, PublishedFrom, Span, Stance, Time};
use serde::Serialize;

use super::article::{Article, Statement};
use super::cast::{Cast, Voice};
use super::event::{Event, Group};
use super::set::{Kind, Set, Told};
use super::truth::{Copies, TrueQuestion, TrueStatement, truth};
use crate::chore::{ChoreError, at};

/// What was written.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) groups: usize,
    pub(super) questions: usize,
    pub(super) documents: usize,
    pub(super) claims: usize,
}

/// Writes a set into a folder, which is made where it is missing.
pub(super) fn write(kind: Kind, seed: u64, size: usize, folder: &Path) -> Result<Counts, ChoreError> {
    let mut set = Set::new(kind, seed, size);
    let mut out = Out::new(kind, folder)?;
    out.file("theatre.toml", &theatre(&set.cast, folder)?)?;
    out.file("pipeline.toml", PIPELINE)?;
    while let Some(told) = set.next_group() {
        out.group(&told, &set.cast)?;
    }
    out.finish()
}

const PIPELINE: &str = r#"# An invented world, drawn by `cargo xtask synth`; truth.jsonl says what is so in it.
name = "synth"
period = "1 month"
language = "fr"
theatre = "theatre.toml"

[[input]]
files = "articles/*.txt"

[[parse]]
use = "text"

[[extract]]
use = "rules"

[[reconcile]]
use = "intervals"

[[report]]
use = "json"
path = "out/{period}.json"
"#;

fn theatre(cast: &Cast, folder: &Path) -> Result<String, ChoreError> {
    toml::to_string(&cast.theatre)
        .map_err(|error| ChoreError::Input { path: folder.join("theatre.toml"), reason: error.to_string() })
}

/// A file of JSON Lines in the making.
struct Lines {
    path: PathBuf,
    file: BufWriter<File>,
}

impl Lines {
    fn create(path: PathBuf) -> Result<Lines, ChoreError> {
        let file = BufWriter::new(File::create(&path).map_err(at(&path))?);
        Ok(Lines { path, file })
    }

    fn line(&mut self, value: &impl Serialize) -> Result<(), ChoreError> {
        let written = serde_json::to_writer(&mut self.file, value).map_err(std::io::Error::from);
        written.and_then(|()| self.file.write_all(b"\n")).map_err(at(&self.path))
    }

    fn finish(mut self) -> Result<(), ChoreError> {
        self.file.flush().map_err(at(&self.path))
    }
}

/// What depends on the kind of set.
enum Texts {
    Wire { claims: Lines, documents: Lines },
    Files { statements: Lines },
}

struct Out {
    folder: PathBuf,
    texts: Texts,
    truth: Lines,
    copies: Lines,
    counts: Counts,
}

impl Out {
    fn new(kind: Kind, folder: &Path) -> Result<Out, ChoreError> {
        let articles = folder.join("articles");
        let needed = if kind == Kind::Articles { &articles } else { folder };
        // Articles of an earlier set would be read with those of this one.
        if articles.is_dir() {
            fs::remove_dir_all(&articles).map_err(at(&articles))?;
        }
        fs::create_dir_all(needed).map_err(at(needed))?;
        let lines = |name: &str| Lines::create(folder.join(name));
        let texts = match kind {
            Kind::Claims => Texts::Wire { claims: lines("claims.jsonl")?, documents: lines("documents.jsonl")? },
            Kind::Articles => Texts::Files { statements: lines("statements.jsonl")? },
        };
        Ok(Out {
            folder: folder.to_owned(),
            texts,
            truth: lines("truth.jsonl")?,
            copies: lines("copies.jsonl")?,
            counts: Counts::default(),
        })
    }

    fn file(&self, name: &str, text: &str) -> Result<(), ChoreError> {
        let path = self.folder.join(name);
        fs::write(&path, text).map_err(at(&path))
    }

    fn group(&mut self, told: &Told, cast: &Cast) -> Result<(), ChoreError> {
        self.counts.groups += 1;
        for (at, articles) in &told.coverage {
            let event = &told.group.events[*at];
            // Key of each article, and the ids of its claims.
            let (mut keys, mut ids) = (Vec::new(), Vec::new());
            for article in articles {
                let (key, claims) = self.article(article, &told.group, event, cast)?;
                self.counts.documents += 1;
                self.counts.claims += claims.len();
                keys.push(key);
                ids.push(claims);
            }
            for original in 0..articles.len() {
                let copies = (0..articles.len()).filter(|copy| articles[*copy].copy_of == Some(original));
                let documents: Vec<String> =
                    [original].into_iter().chain(copies).map(|article| keys[article].clone()).collect();
                if documents.len() > 1 {
                    self.copies.line(&Copies { documents })?;
                }
            }
            for (number, question) in event.questions.iter().enumerate() {
                let identity = told.identity(cast, *at, question.indicator);
                let line: Option<TrueQuestion> = truth(identity, event, (number, *question), articles, &ids);
                if let Some(line) = line {
                    self.truth.line(&line)?;
                    self.counts.questions += 1;
                }
            }
        }
        Ok(())
    }

    /// Writes an article; gives its id, and those of its claims.
    fn article(
        &mut self,
        article: &Article,
        group: &Group,
        event: &Event,
        cast: &Cast,
    ) -> Result<(String, Vec<String>), ChoreError> {
        let outlet = &cast.outlets[article.outlet].voice;
        let key = format!("{:07}-{}", self.counts.documents + 1, outlet.id);
        let url = format!("https://{}.example/{key}", outlet.id);
        match &mut self.texts {
            Texts::Wire { claims, documents } => {
                let (document, made) = wire(article, group, event, cast, (&key, url));
                documents.line(&document)?;
                for claim in &made {
                    claims.line(claim)?;
                }
                Ok((document.id, made.into_iter().map(|claim| claim.id).collect()))
            }
            Texts::Files { statements } => {
                let path = self.folder.join("articles").join(format!("{key}.txt"));
                fs::write(&path, printed(article, outlet, &url)).map_err(at(&path))?;
                let (text, spans) = article.laid_out();
                let mut ids = Vec::new();
                for (number, (statement, (start, end))) in article.statements.iter().zip(spans).enumerate() {
                    let line = TrueStatement {
                        id: format!("{key}#{number}"),
                        doc: key.clone(),
                        indicator: event.questions[statement.question].indicator.to_owned(),
                        low: statement.figure.low,
                        high: statement.figure.high,
                        quote: text.get(start..end).unwrap_or_default().to_owned(),
                        source: statement.source.as_ref().map(|voice| voice.id.clone()),
                        via: statement.via.as_ref().map(|voice| voice.id.clone()),
                    };
                    statements.line(&line)?;
                    ids.push(line.id);
                }
                Ok((key, ids))
            }
        }
    }

    fn finish(self) -> Result<Counts, ChoreError> {
        match self.texts {
            Texts::Wire { claims, documents } => {
                claims.finish()?;
                documents.finish()?;
            }
            Texts::Files { statements } => statements.finish()?,
        }
        self.truth.finish()?;
        self.copies.finish()?;
        Ok(self.counts)
    }
}

/// The article as a file: front matter, then the text.
fn printed(article: &Article, outlet: &Voice, url: &str) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    format!(
        "+++\npublished = {}\nlanguage = {}\noutlet = {}\nurl = {}\ntitle = {}\n+++\n{}\n",
        article.published,
        quoted(article.language.code()),
        quoted(&outlet.name),
        quoted(url),
        quoted(&article.title),
        article.text(),
    )
}

/// The article as a document with its claims.
pub(super) fn wire(
    article: &Article,
    group: &Group,
    event: &Event,
    cast: &Cast,
    (key, url): (&str, String),
) -> (Document, Vec<Claim>) {
    let (text, spans) = article.laid_out();
    let document = Document {
        id: String::new(),
        doc: key.to_owned(),
        outlet: Some(cast.outlets[article.outlet].voice.name.clone()),
        relays: Vec::new(),
        url: Some(url),
        path: None,
        language: Some(article.language.code().to_owned()),
        published: Some(Published { date: article.published, from: PublishedFrom::Metadata }),
        modified: None,
        title: Some(article.title.clone()),
        byline: None,
        fetched: None,
        quality: None,
        page: recoup_model::PageMap::default(),
        text,
        blocks: Vec::new(),
    }
    .seal();
    let anchors = spans.into_iter().map(|(start, end)| Anchor::new(&document, Span::new(start, end).ok()?));
    let claims = (article.statements.iter().zip(&article.figures).zip(anchors))
        .filter_map(|((statement, figure), anchor)| {
            claim(&document, article, statement, (figure, anchor?), group, event, cast)
        })
        .collect();
    (document, claims)
}

fn claim(
    document: &Document,
    article: &Article,
    statement: &Statement,
    (figure, anchor): (&str, Anchor),
    group: &Group,
    event: &Event,
    cast: &Cast,
) -> Option<Claim> {
    let mut quantity = statement.figure.quantity()?;
    (quantity.unit, quantity.text) = (Some(group.unit.to_owned()), Some(figure.to_owned()));
    let time = Time::new(Some(event.start), Some(event.end), None).ok().filter(|_| !statement.undated);
    let references = |voice: &Option<Voice>| voice.iter().map(Voice::reference).collect();
    let claim = Claim {
        id: String::new(),
        doc: document.doc.clone(),
        document: document.id.clone(),
        anchor,
        indicator: event.questions[statement.question].indicator.to_owned(),
        subject: Some(cast.states[group.subject].id.clone()),
        object: group.object.map(|at| cast.states[at].id.clone()),
        quantity: Some(quantity),
        places: (!statement.unplaced).then(|| event.place.reference(article.language)).into_iter().collect(),
        time,
        reported: Some(if statement.source.is_some() { statement.said } else { article.published }),
        sources: references(&statement.source),
        via: references(&statement.via),
        stance: if statement.hedged { Stance::Hedged } else { Stance::Asserted },
        measure: event.measure,
        civilian: group.civilian,
        part_of: None,
        inherited: Vec::new(),
        rule: "synth".to_owned(),
        evidence: Default::default(),
    };
    Some(claim.seal())
}

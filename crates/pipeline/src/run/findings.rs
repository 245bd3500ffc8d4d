//! Findings of claims that lie in a file, group by group: memory holds a few bytes for each claim and the groups in
//! work, never the file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use recoup_model::{Claim, Diagnostic, Document, DocumentHead, SetAside};
use recoup_plugin::Context;
use recoup_reconcile::{Grouping, Topic};
use serde::Deserialize;
use serde_json::Value;
use tracing::{debug, info, info_span};

use super::lines::{Lines, Place, Reader};
use super::outcome::{RunError, failed_on};
use super::papers::Papers;
use super::{reconcile, workers};
use crate::{Pipeline, Progress, Rulings};

/// Groups of so many claims together are reconciled before their findings are written.
const BATCH: usize = 16_384;

/// What [`findings`] is told besides its pipeline.
pub struct FindingsOptions<'a> {
    /// JSON Lines of claims, as `recoup claims` prints them; `-` is stdin.
    pub claims: PathBuf,
    /// JSON Lines of the documents of the claims, as `recoup run --keep` leaves them: outlets, days, titles, and texts
    /// to find copies. Without it nobody knows who printed a claim.
    pub documents: Option<PathBuf>,
    /// The cut-off: claims of documents published later are left out, and those said later of which the document is
    /// not known. `None` = all claims.
    pub as_of: Option<Date>,
    /// Threads for groups; 0 = as many as the machine offers. No result depends on it.
    pub threads: usize,
    /// Who is told how far the run is.
    pub progress: &'a dyn Progress,
}

/// What [`findings`] did.
#[derive(Debug, Clone, Default)]
pub struct Weighed {
    /// How many claims were read.
    pub claims: usize,
    /// How many were left out because of the cut-off.
    pub left_out: usize,
    /// In how many groups they fell.
    pub groups: usize,
    /// How many findings were written.
    pub findings: usize,
    /// Lines that could not be read, and groups on which the stage failed, with the reason.
    pub set_aside: Vec<SetAside>,
    /// What the stage said besides.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reconciles the claims of a file with the reconcile stage of the pipeline, and writes the findings to `out` as JSON
/// Lines, in the order of the groups. The order of the claims does not matter.
///
/// # Errors
/// [`RunError::Io`] where a file cannot be read or `out` not be written, and nothing else: a line that is no claim, and a
/// group on which the stage fails, are in [`Weighed::set_aside`].
pub fn findings(pipeline: &Pipeline, options: &FindingsOptions<'_>, out: &mut dyn Write) -> Result<Weighed, RunError> {
    let _entered = info_span!("findings", pipeline = pipeline.name).entered();
    let result = weigh(pipeline, options, out);
    options.progress.done();
    result
}

fn weigh(pipeline: &Pipeline, options: &FindingsOptions<'_>, out: &mut dyn Write) -> Result<Weighed, RunError> {
    let mut weighed = Weighed::default();
    let rulings = pipeline.rulings.as_of(options.as_of);
    let (papers, read) = match &options.documents {
        Some(path) => papers(path, &rulings, &mut weighed)?,
        None => Default::default(),
    };
    let name = shown(&options.claims);
    let unreadable = |source| RunError::Io { verb: "read", path: options.claims.clone(), source };
    let lines = Lines::open(&options.claims).map_err(unreadable)?;
    let (places, mut grouping) = index(&lines, &name, options, &papers, &mut weighed).map_err(unreadable)?;
    for pair in rulings.together().iter().flat_map(|set| set.windows(2)) {
        grouping.unite(&pair[0], &pair[1]);
    }
    let groups = grouping.groups();
    weighed.groups = groups.len();
    options.progress.phase("reconcile", groups.len());
    debug!(claims = places.len(), groups = groups.len(), "Grouped.");

    let desk = Desk { pipeline, rulings, papers, read, base: pipeline.context(), lines, places, name };
    let mut rest = &groups[..];
    while !rest.is_empty() {
        let (batch, after) = rest.split_at(batch(rest));
        rest = after;
        let (answers, _) = workers::each(
            options.threads,
            batch,
            || desk.lines.reader(),
            |reader, group| {
                let answer = desk.answer(reader, group);
                options.progress.step();
                answer
            },
            |_| (),
        )
        .map_err(unreadable)?;
        for answer in answers {
            let answer = answer?;
            weighed.findings += answer.findings;
            weighed.claims += answer.claims;
            weighed.set_aside.extend(answer.set_aside);
            weighed.diagnostics.extend(answer.diagnostics);
            let path = PathBuf::from("stdout");
            out.write_all(&answer.lines).map_err(|source| RunError::Io { verb: "write", path, source })?;
        }
    }
    let Weighed { claims, left_out, groups, findings, .. } = weighed;
    info!(claims, left_out, groups, findings, "Done.");
    weighed.set_aside.sort_by(|a, b| (&a.code, &a.origin).cmp(&(&b.code, &b.origin)));
    Ok(weighed)
}

/// A line as text: checked once, where reading bytes checks every string by itself.
fn text(line: &[u8]) -> Result<&str, serde_json::Error> {
    std::str::from_utf8(line).map_err(serde::de::Error::custom)
}

/// How many groups, one at least, hold a batch of claims.
fn batch(groups: &[Vec<usize>]) -> usize {
    let mut claims = 0;
    let fits = groups.iter().take_while(|group| {
        let before = claims;
        claims += group.len();
        before < BATCH
    });
    fits.count()
}

/// What grouping and the cut-off need of a claim.
#[derive(Deserialize)]
struct Line<'l> {
    #[serde(borrow)]
    id: Cow<'l, str>,
    #[serde(borrow)]
    document: Cow<'l, str>,
    #[serde(borrow)]
    indicator: Cow<'l, str>,
    #[serde(borrow)]
    subject: Option<Cow<'l, str>>,
    #[serde(borrow)]
    object: Option<Cow<'l, str>>,
    #[serde(borrow)]
    part_of: Option<Cow<'l, str>>,
    reported: Option<Date>,
}

impl Line<'_> {
    fn is_known(&self, as_of: Option<Date>, papers: &Papers) -> bool {
        let published = papers.head(&self.document).and_then(|head| head.published).map(|published| published.date);
        as_of.zip(published.or(self.reported)).is_none_or(|(as_of, day)| day <= as_of)
    }
}

/// Bytes that a worker indexes at a time.
const STRETCH: u64 = 1 << 23;

/// What one stretch of the file holds; lines are counted from its first.
#[derive(Default)]
struct Indexed {
    lines: u32,
    places: Vec<Place>,
    grouping: Grouping,
    left_out: usize,
    broken: Vec<(Place, serde_json::Error)>,
}

/// Reads of every claim what grouping needs.
fn index(
    lines: &Lines,
    name: &str,
    options: &FindingsOptions<'_>,
    papers: &Papers,
    weighed: &mut Weighed,
) -> std::io::Result<(Vec<Place>, Grouping)> {
    let stretches = lines.stretches(STRETCH)?;
    let stretch = |(): &mut (), stretch: &Range<u64>| index_stretch(lines, stretch.clone(), options.as_of, papers);
    let (parts, _) = workers::each(options.threads, &stretches, || Ok::<_, std::io::Error>(()), stretch, |()| ())?;
    let (mut places, mut grouping, mut before) = (Vec::new(), Grouping::default(), 0);
    for part in parts {
        let part = part?;
        let numbered = |place: Place| place.behind(before);
        places.extend(part.places.into_iter().map(numbered));
        grouping.append(part.grouping);
        weighed.left_out += part.left_out;
        weighed.set_aside.extend(part.broken.iter().map(|(place, error)| no_claim(name, numbered(*place), error)));
        before += part.lines;
    }
    Ok((places, grouping))
}

fn index_stretch(lines: &Lines, of: Range<u64>, as_of: Option<Date>, papers: &Papers) -> std::io::Result<Indexed> {
    let mut indexed = Indexed::default();
    let count = lines.each_of(of, |place, bytes| match text(bytes).and_then(serde_json::from_str::<Line<'_>>) {
        Ok(line) if line.is_known(as_of, papers) => {
            indexed.grouping.add(Topic {
                id: &line.id,
                indicator: &line.indicator,
                subject: line.subject.as_deref(),
                object: line.object.as_deref(),
                part_of: line.part_of.as_deref(),
            });
            indexed.places.push(place);
        }
        Ok(_) => indexed.left_out += 1,
        Err(error) => indexed.broken.push((place, error)),
    })?;
    Ok(Indexed { lines: count, ..indexed })
}

/// What all groups have in common.
struct Desk<'p> {
    pipeline: &'p Pipeline,
    rulings: Rulings,
    papers: Papers,
    /// Days of publication as they were read, where a ruling sets another.
    read: BTreeMap<String, Date>,
    base: Context,
    lines: Lines,
    places: Vec<Place>,
    name: String,
}

#[derive(Default)]
struct Answer {
    lines: Vec<u8>,
    findings: usize,
    claims: usize,
    set_aside: Vec<SetAside>,
    diagnostics: Vec<Diagnostic>,
}

impl Desk<'_> {
    fn answer(&self, reader: &mut Reader, group: &[usize]) -> Result<Answer, RunError> {
        let mut answer = Answer::default();
        let mut claims: Vec<Claim> = Vec::with_capacity(group.len());
        let mut bytes = Vec::new();
        for at in group {
            let place = self.places[*at];
            let path = || PathBuf::from(&self.name);
            let line =
                reader.read(place, &mut bytes).map_err(|e| RunError::Io { verb: "read", path: path(), source: e })?;
            match text(line).and_then(serde_json::from_str::<Claim>) {
                Ok(claim) => claims.push(claim),
                Err(error) => answer.set_aside.push(no_claim(&self.name, place, &error)),
            }
        }
        let mut claims = self.rulings.apply_to_claims(claims, |document| self.read.get(document).copied());
        recoup_reconcile::sort(&mut claims);
        answer.claims = claims.len();
        if claims.is_empty() {
            return Ok(answer);
        }
        let context = self.papers.context(&self.base, &self.rulings, &claims);
        let name = reconcile::group_name(&claims);
        let findings = match reconcile::answer(self.pipeline, claims, &context) {
            Ok((findings, diagnostics)) => {
                answer.diagnostics = diagnostics;
                findings
            }
            Err(failure) => {
                answer.set_aside.push(failed_on(&name, &failure));
                answer.diagnostics = failure.remarks.into_vec();
                Vec::new()
            }
        };
        answer.findings = findings.len();
        for finding in &findings {
            let written = serde_json::to_writer(&mut answer.lines, finding);
            written.map_err(|e| RunError::Io { verb: "write", path: PathBuf::from("stdout"), source: e.into() })?;
            answer.lines.push(b'\n');
        }
        Ok(answer)
    }
}

/// Documents, with or without their texts, and the copies among them; and the days as they were read of those that were
/// given another.
fn papers(path: &Path, rulings: &Rulings, weighed: &mut Weighed) -> Result<(Papers, BTreeMap<String, Date>), RunError> {
    let unreadable = |source| RunError::Io { verb: "read", path: path.to_owned(), source };
    let name = shown(path);
    let mut documents: Vec<Document> = Vec::new();
    Lines::open(path)
        .and_then(|lines| {
            lines.each(|place, bytes| match document(bytes) {
                Ok(document) => documents.push(document),
                Err(error) => weighed.set_aside.push(SetAside {
                    origin: format!("{name}, line {}", place.line),
                    code: "documents.line".to_owned(),
                    reason: format!("this is no document: {}", plain(&error)),
                    help: Some(
                        "a line is a document as `recoup run --keep DIR` leaves it in documents.jsonl".to_owned(),
                    ),
                }),
            })
        })
        .map_err(unreadable)?;
    let mut read = BTreeMap::new();
    for document in &mut documents {
        let ruled = rulings.published(&document.id, document.published);
        if let Some(day) = document.published.filter(|_| ruled != document.published) {
            read.insert(document.id.clone(), day.date);
        }
        document.published = ruled;
    }
    let copies = recoup_reconcile::copies(&documents);
    let heads: Vec<DocumentHead> = documents.iter().map(Document::head).collect();
    Ok((Papers::new(heads, copies), read))
}

/// A head without text is a document of which nothing is a copy.
fn document(bytes: &[u8]) -> Result<Document, serde_json::Error> {
    let mut value: Value = serde_json::from_slice(bytes)?;
    if let Some(table) = value.as_object_mut() {
        table.entry("text").or_insert_with(|| Value::String(String::new()));
    }
    serde_json::from_value(value)
}

fn no_claim(name: &str, place: Place, error: &serde_json::Error) -> SetAside {
    SetAside {
        origin: format!("{name}, line {}", place.line),
        code: "claims.line".to_owned(),
        reason: format!("this is no claim: {}", plain(error)),
        help: Some(
            "a line is a claim as `recoup claims --format jsonl` prints it; see `recoup schema claim`".to_owned(),
        ),
    }
}

/// The line that serde names is that of the string, not of the file.
fn plain(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column", " at column").replace(" at column 0", "")
}

fn shown(path: &Path) -> String {
    if path.as_os_str() == "-" { "stdin".to_owned() } else { path.display().to_string() }
}

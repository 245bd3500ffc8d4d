//! Tiny stages: a text has a day and an outlet on its first line, and says who was `killed` or `sent` by whose word.
//!
//! ```text
//! 2024-12-16 Morning Post
//! gur: at least 30 norland killed
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;

use recoup_pipeline::{Entry, Registry};
use recoup_plugin::prelude::*;

pub(crate) static REGISTRY: Registry = Registry {
    parse: &[Entry::of::<Text>()],
    extract: &[Entry::of::<Rules>(), Entry::of::<Second>()],
    reconcile: &[Entry::of::<Weigh>()],
    report: &[Entry::of::<List>(), Entry::of::<Parts>()],
};

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct NoOptions {}

/// Texts with a head of one line.
pub(crate) struct Text;

impl Stage for Text {
    const NAME: &str = "text";
    const SUMMARY: &str = "Reads texts with a head of one line.";
    type Options = NoOptions;
    type Item = Item;

    fn open(_: NoOptions, _: &Context) -> Result<Self> {
        Ok(Text)
    }

    fn process(&mut self, item: Item, out: &mut Out<'_, Document>) -> Result<()> {
        if item.media_type.as_deref() == Some("text/html") {
            return Ok(());
        }
        let Body::Text(text) = item.body else {
            let help = "save it as UTF-8";
            out.report(Diagnostic::new(Level::Error, "parse.not_text", "is no text").with_help(help));
            return Ok(());
        };
        assert!(!text.contains("PANIC"), "the text says so");
        let head = text.lines().next().unwrap_or_default();
        let (day, outlet) = head.split_once(' ').unwrap_or((head, ""));
        let stated = day.parse().ok().map(|date| Published { date, from: PublishedFrom::Metadata });
        let sidecar = item.sidecar.published.map(|date| Published { date, from: PublishedFrom::Sidecar });
        let document = Document {
            id: String::new(),
            doc: item.sidecar.doc,
            outlet: item.sidecar.outlet.or_else(|| (!outlet.is_empty()).then(|| outlet.to_owned())),
            relays: Vec::new(),
            url: item.sidecar.url,
            path: Some(item.origin),
            language: item.sidecar.language,
            published: sidecar.or(stated),
            modified: None,
            title: None,
            byline: None,
            fetched: None,
            quality: None,
            page: recoup_model::PageMap::default(),
            text,
            blocks: Vec::new(),
        };
        out.emit(document.seal());
        Ok(())
    }
}

/// Options of [`Rules`].
#[derive(Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct RulesOptions {
    /// Claims below it are dropped.
    min_confidence: f64,
    /// Languages to read.
    languages: Vec<String>,
    /// How to go about it.
    mode: Mode,
}

impl Default for RulesOptions {
    fn default() -> Self {
        RulesOptions { min_confidence: 0.5, languages: Vec::new(), mode: Mode::Strict }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Mode {
    Strict,
    Lenient,
}

/// Lines such as `gur: at least 30 norland killed`.
pub(crate) struct Rules;

impl Stage for Rules {
    const NAME: &str = "rules";
    const SUMMARY: &str = "Finds what stands on a line of its own.";
    type Options = RulesOptions;
    type Item = Document;

    fn open(options: RulesOptions, _: &Context) -> Result<Self> {
        if !(0.0..=1.0).contains(&options.min_confidence) {
            return Err(Error::new("a confidence lies between 0 and 1").at_option("min_confidence"));
        }
        let _ = (options.languages, options.mode);
        Ok(Rules)
    }

    fn process(&mut self, document: Document, out: &mut Out<'_, Claim>) -> Result<()> {
        lines(&document, "rules", out);
        Ok(())
    }
}

/// The same, of another name.
pub(crate) struct Second;

impl Stage for Second {
    const NAME: &str = "second";
    const SUMMARY: &str = "Finds the same again.";
    type Options = NoOptions;
    type Item = Document;

    fn open(_: NoOptions, _: &Context) -> Result<Self> {
        Ok(Second)
    }

    fn process(&mut self, document: Document, out: &mut Out<'_, Claim>) -> Result<()> {
        lines(&document, "second", out);
        Ok(())
    }
}

fn lines(document: &Document, rule: &str, out: &mut Out<'_, Claim>) {
    let mut start = 0;
    for line in document.text.split_inclusive('\n') {
        if let Some(claim) = claim(document, line.trim_end(), start, rule) {
            out.emit(claim.seal());
        }
        start += line.len();
    }
}

fn claim(document: &Document, line: &str, start: usize, rule: &str) -> Option<Claim> {
    let (source, said) = line.split_once(": ")?;
    let at_least = said.strip_prefix("at least ");
    let mut words = at_least.unwrap_or(said).split(' ');
    let n: f64 = words.next()?.parse().ok()?;
    let subject = words.next()?.to_owned();
    let indicator = match words.next()? {
        "killed" => "casualties.killed",
        "sent" => "forces.sent",
        _ => return None,
    };
    let span = Span::new(start + source.len() + 2, start + line.len()).ok()?;
    let reported = document.published.map(|p| p.date);
    Some(Claim {
        id: String::new(),
        doc: document.doc.clone(),
        document: document.id.clone(),
        anchor: Anchor::new(document, span)?,
        indicator: indicator.to_owned(),
        subject: Some(subject),
        object: None,
        quantity: Quantity::new(Some(n), at_least.is_none().then_some(n), false).ok(),
        places: Vec::new(),
        time: None,
        reported,
        sources: vec![SourceRef { id: source.to_owned(), name: source.to_uppercase(), cue: None }],
        via: Vec::new(),
        stance: Stance::Asserted,
        measure: None,
        civilian: None,
        part_of: None,
        inherited: Vec::new(),
        rule: rule.to_owned(),
        evidence: BTreeMap::new(),
    })
}

/// One finding for each group; a source's later word replaces its earlier one.
#[derive(Default)]
pub(crate) struct Weigh {
    claims: Vec<Claim>,
}

impl Stage for Weigh {
    const NAME: &str = "weigh";
    const SUMMARY: &str = "Lets the last word of each source stand.";
    type Options = NoOptions;
    type Item = Claim;

    fn open(_: NoOptions, _: &Context) -> Result<Self> {
        Ok(Weigh::default())
    }

    fn process(&mut self, claim: Claim, _: &mut Out<'_, Finding>) -> Result<()> {
        self.claims.push(claim);
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_, Finding>) -> Result<()> {
        self.claims.sort_by(|a, b| (a.reported, &a.id).cmp(&(b.reported, &b.id)));
        let mut by_question: BTreeMap<(String, Option<String>), Vec<Position>> = BTreeMap::new();
        for claim in &self.claims {
            let positions = by_question.entry((claim.indicator.clone(), claim.subject.clone())).or_default();
            let id = format!("p_{}", &claim.id[2..]);
            let origin: Vec<String> = claim.sources.iter().map(|s| s.id.clone()).collect();
            let (low, high) = claim.quantity.as_ref().map_or((None, None), |q| (q.low(), q.high()));
            let said = positions.iter_mut().find(|p| p.origin == origin && (p.low, p.high) == (low, high));
            if let Some(said) = said {
                said.claims.push(claim.id.clone());
                said.relayed_by.push(claim.document.clone());
                continue;
            }
            for earlier in positions.iter_mut().filter(|p| p.origin == origin) {
                earlier.superseded_by.get_or_insert(id.clone());
            }
            positions.push(Position {
                id,
                origin,
                low,
                high,
                approximate: false,
                stance: claim.stance,
                reported: claim.reported,
                grade: Grade { reliability: Reliability::F, credibility: 6 },
                interested: false,
                addition: false,
                claims: vec![claim.id.clone()],
                relayed_by: vec![claim.document.clone()],
                superseded_by: None,
            });
        }
        for ((indicator, subject), positions) in by_question {
            out.emit(finding(indicator, subject, positions).seal());
        }
        Ok(())
    }
}

fn finding(indicator: String, subject: Option<String>, positions: Vec<Position>) -> Finding {
    let live = || positions.iter().filter(|p| p.superseded_by.is_none());
    let origins = live().count();
    Finding {
        id: String::new(),
        indicator,
        subject,
        object: None,
        unit: Some("person".to_owned()),
        measure: None,
        places: Vec::new(),
        time: None,
        low: live().filter_map(|p| p.low).reduce(f64::min),
        best: None,
        high: live().all(|p| p.high.is_some()).then(|| live().filter_map(|p| p.high).reduce(f64::max)).flatten(),
        approximate: false,
        derived: Derived::default(),
        estimates: Estimates::default(),
        rule_sensitive: false,
        status: if origins > 1 { Status::Corroborated } else { Status::SingleSource },
        likelihood: None,
        independent_origins: origins,
        positions,
        disagreements: Vec::new(),
        lineage: Lineage::default(),
    }
}

/// Options of [`List`].
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ListOptions {
    /// A file with the first line.
    template: Option<String>,
    /// Between the columns; one character.
    separator: Option<String>,
}

/// Lists the stream that report stages read.
pub(crate) struct List {
    title: String,
    lines: String,
}

impl Stage for List {
    const NAME: &str = "list";
    const SUMMARY: &str = "Lists everything that it is given.";
    type Options = ListOptions;
    type Item = ReportItem;

    fn open(options: ListOptions, context: &Context) -> Result<Self> {
        if options.separator.is_some_and(|separator| separator.chars().count() != 1) {
            let error = Error::new("a separator is one character");
            return Err(error.at_option("separator").with_help("write \",\" or \";\""));
        }
        let title = match options.template {
            None => String::new(),
            Some(name) => match context.report.files.get(&name) {
                Some(text) => text.clone(),
                None => return Err(Error::new(format!("there is no file `{name}`")).at_option("template")),
            },
        };
        Ok(List { title, lines: String::new() })
    }

    fn process(&mut self, item: ReportItem, _: &mut Out<'_, File>) -> Result<()> {
        let out = &mut self.lines;
        let figure = |f: &Finding| {
            let bound = |n: Option<f64>| n.map_or_else(|| "?".to_owned(), |n| n.to_string());
            let status = serde_json::to_value(f.status).unwrap_or_default();
            format!(
                "{} {} {}..{} {}",
                f.indicator,
                f.subject.as_deref().unwrap_or("?"),
                bound(f.low),
                bound(f.high),
                status
            )
        };
        let written = match item {
            ReportItem::Head(head) => writeln!(
                out,
                "period    {} (before: {:?}), {} documents, {} claims, undated {:?}\nmethod    {}\ninputs    {}",
                head.period,
                head.previous.map(|day| day.to_string()),
                head.documents,
                head.claims,
                head.undated,
                head.method.iter().map(|step| step.name.as_str()).collect::<Vec<_>>().join(", "),
                head.manifest.inputs.iter().map(|input| input.name.as_str()).collect::<Vec<_>>().join(", "),
            ),
            ReportItem::Finding(item) => {
                let quotes: Vec<&str> = item.claims.iter().map(|claim| claim.anchor.quote()).collect();
                let docs: Vec<&str> = item.documents.iter().map(|head| head.doc.as_str()).collect();
                writeln!(out, "finding   {}  <- {quotes:?} in {docs:?}", figure(&item.finding))
            }
            ReportItem::Change(change) => writeln!(
                out,
                "change    {} {} -> {}{}",
                serde_json::to_value(change.change).unwrap_or_default(),
                change.before.as_deref().map_or_else(|| "nothing".to_owned(), figure),
                change.after.as_deref().map_or_else(|| "nothing".to_owned(), figure),
                if change.coverage_only { ", only because a new source was read" } else { "" },
            ),
            ReportItem::Source(s) => writeln!(
                out,
                "source    {} {} {:?} {} in all, {} in the period, {} before, newest {:?}{}{}{}",
                s.role,
                s.name,
                s.reliability,
                s.total,
                s.in_period,
                s.in_previous,
                s.newest.map(|day| day.to_string()),
                s.rhythm_days.map(|days| format!(", every {days} days")).unwrap_or_default(),
                if s.missing { ", missing" } else { "" },
                if s.new { ", new" } else { "" },
            ),
            ReportItem::SetAside(s) => writeln!(out, "set aside {} ({}): {}", s.origin, s.code, s.reason),
            _ => Ok(()),
        };
        written.map_err(|error| Error::new(error.to_string()))
    }

    fn finish(&mut self, out: &mut Out<'_, File>) -> Result<()> {
        let text = format!("{}{}", self.title, self.lines);
        out.emit(File { file: None, body: Body::Text(text) });
        Ok(())
    }
}

/// Options of [`Parts`].
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PartsOptions {
    /// The names of the files to make.
    names: Vec<String>,
}

/// Makes files of any name.
pub(crate) struct Parts(Vec<String>);

impl Stage for Parts {
    const NAME: &str = "parts";
    const SUMMARY: &str = "Makes files of any name.";
    type Options = PartsOptions;
    type Item = ReportItem;

    fn open(options: PartsOptions, _: &Context) -> Result<Self> {
        Ok(Parts(options.names))
    }

    fn process(&mut self, _: ReportItem, _: &mut Out<'_, File>) -> Result<()> {
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_, File>) -> Result<()> {
        for name in &self.0 {
            out.emit(File { file: Some(name.clone()), body: Body::Text(format!("{name}\n")) });
        }
        Ok(())
    }
}

//! From the stream of a report to its bundle.

use std::collections::BTreeMap;

use jiff::civil::Date;
use recoup_plugin::prelude::*;

use crate::Options;
use crate::identity::Identities;
use crate::names::Names;
use crate::object::{self, Bundle, Common, ExternalReference, Object, SPEC_VERSION, id, instant, one_line};
use crate::tlp::Tlp;
use crate::words::Language;
use crate::{note, opinion};

/// The items of the stream.
#[derive(Debug)]
pub(crate) struct Collected {
    pub(crate) head: Head,
    pub(crate) findings: Vec<FindingItem>,
    pub(crate) changes: Vec<Change>,
    pub(crate) sources: Vec<SourceState>,
    set_aside: usize,
}

impl Collected {
    pub(crate) fn new(head: Head) -> Self {
        Collected { head, findings: Vec::new(), changes: Vec::new(), sources: Vec::new(), set_aside: 0 }
    }

    /// Takes what follows the head.
    pub(crate) fn take(&mut self, item: ReportItem) {
        match item {
            ReportItem::Head(_) => {}
            ReportItem::Finding(item) => self.findings.push(*item),
            ReportItem::Change(change) => self.changes.push(change),
            ReportItem::Source(source) => self.sources.push(source),
            ReportItem::SetAside(_) => self.set_aside += 1,
            _ => {}
        }
    }
}

/// What every object of a bundle is made with.
pub(crate) struct Desk<'a> {
    pub(crate) report: &'a Collected,
    pub(crate) names: Names<'a>,
    pub(crate) language: Language,
    /// Id of who made the bundle.
    pub(crate) producer: String,
    /// Two producers, pipelines or languages may speak of one finding: their objects are not versions of one another.
    scope: [String; 3],
    tlp: Option<Tlp>,
}

impl Desk<'_> {
    /// The cut-off, of which day every object is a version.
    pub(crate) fn cut_off(&self) -> Date {
        self.report.head.period.end
    }

    /// The id of an object of this producer, pipeline and language.
    pub(crate) fn id(&self, kind: &str, key: &[&str]) -> String {
        id(kind, self.scope.iter().map(String::as_str).chain(key.iter().copied()))
    }

    /// What all objects have. `created` stands for good: a later report brings the same object with the same `created`
    /// and a later `modified`.
    pub(crate) fn common(&self, id: String, created: Date) -> Common {
        Common {
            spec_version: SPEC_VERSION,
            created_by_ref: (id != self.producer).then(|| self.producer.clone()),
            id,
            created: instant(created.min(self.cut_off())),
            modified: instant(self.cut_off()),
            revoked: false,
            labels: Vec::new(),
            lang: self.language.code(),
            external_references: Vec::new(),
            object_marking_refs: self.tlp.map(Tlp::id).into_iter().collect(),
        }
    }

    /// The report's id.
    pub(crate) fn report_id(&self) -> String {
        self.id("report", &[&self.report.head.period.to_string()])
    }
}

/// The bundle of a report, and what was left out of it.
///
/// Objects stand in this order: the marking, who made it, who says and prints, the report, then each finding with its
/// disputes, then the findings that no longer stand.
pub(crate) fn bundle(report: &Collected, options: &Options, theatre: &Theatre) -> (Bundle, Vec<Diagnostic>) {
    let head = &report.head;
    let language = options.language.unwrap_or_else(|| Language::of(&head.language));
    let producer = one_line(options.producer.as_deref().unwrap_or(&head.pipeline));
    let scope = [producer.clone(), head.pipeline.clone(), language.code().to_owned()];
    let desk = Desk {
        report,
        names: Names::new(theatre, language, report),
        language,
        // The ids of sources have one part more.
        producer: id("identity", scope.iter().map(String::as_str).chain(["producer"])),
        scope,
        tlp: options.tlp,
    };

    let identities = Identities::of(&desk);
    let mut objects: Vec<Object> =
        options.tlp.map(|tlp| Object::MarkingDefinition(tlp.marking())).into_iter().collect();
    let class = if options.producer.is_some() { "organization" } else { "system" };
    let people = std::iter::once(desk.producer(producer, class)).chain(identities.objects(&desk));
    objects.extend(people.map(Object::Identity));

    let (said, remarks) = findings(&desk, &identities);
    let refs = objects.iter().chain(&said).filter_map(described).map(str::to_owned).collect();
    objects.push(Object::Report(summary(&desk, refs)));
    objects.extend(said);
    let key = [head.period.to_string(), options.tlp.map(Tlp::id).unwrap_or_default().to_owned()];
    let id = desk.id("bundle", &key.each_ref().map(String::as_str));
    (Bundle { id, objects }, remarks)
}

/// Notes and opinions, those of one finding together.
fn findings(desk: &Desk<'_>, identities: &Identities<'_>) -> (Vec<Object>, Vec<Diagnostic>) {
    let positions = opinion::positions(desk);
    let mut changes: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
    for change in &desk.report.changes {
        changes.entry(&change.finding).or_default().push(change);
    }
    let (mut objects, mut remarks) = (Vec::new(), Vec::new());
    for item in &desk.report.findings {
        let changes = changes.get(item.finding.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        objects.push(Object::Note(note::note(desk, item, changes, identities, &positions)));
        let (opinions, lost) = opinion::opinions(desk, &item.finding, &positions);
        objects.extend(opinions.into_iter().map(Object::Opinion));
        remarks.extend(lost);
    }
    objects.extend(note::withdrawn(desk, identities).map(Object::Note));
    (objects, remarks)
}

fn summary(desk: &Desk<'_>, object_refs: Vec<String>) -> object::Report {
    let Collected { head, findings, set_aside, .. } = desk.report;
    let language = desk.language;
    let counts = [
        language.count(head.documents, ["document", "documents"], ["document", "documents"]),
        language.count(head.claims, ["énoncé", "énoncés"], ["claim", "claims"]),
        language.count(findings.len(), ["constat", "constats"], ["finding", "findings"]),
        language.count(*set_aside, ["article écarté", "articles écartés"], ["article set aside", "articles set aside"]),
    ];
    let cut_off = language.choose("Rien de ce qui a été publié après le", "Nothing published after");
    let read = language.choose("n’est lu", "is read");
    let mut common = desk.common(desk.report_id(), desk.cut_off());
    common.labels = vec!["situation-report".to_owned()];
    common.external_references = inputs(&head.manifest, language);
    object::Report {
        common,
        name: format!("{}, {}/{}", one_line(&head.pipeline), head.period.start, head.period.end),
        description: format!("{} {} {read}. {}.", cut_off, head.period.end, counts.join(", ")),
        report_types: ["threat-report"],
        published: instant(desk.cut_off()),
        object_refs,
    }
}

/// What the report can be made again from; the articles stand at their findings.
fn inputs(manifest: &RunManifest, language: Language) -> Vec<ExternalReference> {
    let program = one_line(&format!("recoup {}", manifest.version));
    let pipeline = manifest.pipeline.iter().map(|file| (file, language.choose("chaîne", "pipeline")));
    let packs = manifest.packs.iter().map(|file| (file, language.choose("théâtre et lexiques", "theatre and packs")));
    let plugins = manifest.plugins.iter().map(|file| (file, language.choose("bibliothèque", "library")));
    let file = |(file, what): (&Hashed, &str)| ExternalReference::file(&program, what, file);
    pipeline.chain(packs).chain(plugins).map(file).collect()
}

/// The id of an object that the report is about: all but its marking.
fn described(object: &Object) -> Option<&str> {
    match object {
        Object::MarkingDefinition(_) => None,
        Object::Identity(object) => Some(&object.common.id),
        Object::Report(object) => Some(&object.common.id),
        Object::Note(object) => Some(&object.common.id),
        Object::Opinion(object) => Some(&object.common.id),
    }
}

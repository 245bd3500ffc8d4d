//! Who made the bundle, who says something and who prints it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use recoup_plugin::prelude::*;

use crate::bundle::Desk;
use crate::object::Identity;

/// Nobody knows since when somebody is somebody, and `created` has to stay the same in every report.
const ALWAYS: Date = date(1970, 1, 1);

/// The sources, outlets and relayers of a report by id, each with what it does in it.
pub(crate) struct Identities<'a>(BTreeMap<&'a str, BTreeSet<&'static str>>);

impl<'a> Identities<'a> {
    /// All that the report names.
    pub(crate) fn of(desk: &Desk<'a>) -> Self {
        let mut roles: BTreeMap<&str, BTreeSet<&'static str>> = BTreeMap::new();
        let mut add = |id: &'a str, role| {
            roles.entry(id).or_default().insert(role);
        };
        let report = desk.report;
        for source in &report.sources {
            add(&source.id, if source.role == "outlet" { "outlet" } else { "origin" });
        }
        for item in &report.findings {
            item.finding.positions.iter().flat_map(|position| &position.origin).for_each(|id| add(id, "origin"));
            item.claims.iter().flat_map(|claim| &claim.via).for_each(|source| add(&source.id, "relay"));
        }
        // Findings that no longer stand name their origins too.
        for before in report.changes.iter().filter(|change| change.after.is_none()).filter_map(|c| c.before.as_deref())
        {
            before.positions.iter().flat_map(|position| &position.origin).for_each(|id| add(id, "origin"));
        }
        Identities(roles)
    }

    /// The objects, by the ids of the sources.
    pub(crate) fn objects<'d>(&'d self, desk: &'d Desk<'_>) -> impl Iterator<Item = Identity> + 'd {
        self.0.iter().map(|(id, roles)| {
            let source = desk.names.theatre.source(id);
            let reliability = source.and_then(|source| source.reliability);
            let mut common = desk.common(identity_id(desk, id), ALWAYS);
            common.labels = reliability.map(|letter| format!("reliability:{letter:?}")).into_iter().collect();
            Identity {
                common,
                name: desk.names.source(id),
                roles: roles.iter().copied().collect(),
                identity_class: class(desk.names.theatre, id, roles),
            }
        })
    }

    /// Ids of the objects of these sources, in the order of the sources and each once.
    pub(crate) fn refs<'i>(&self, desk: &Desk<'_>, sources: impl Iterator<Item = &'i String>) -> Vec<String> {
        let known: BTreeSet<&str> = sources.map(String::as_str).filter(|id| self.0.contains_key(id)).collect();
        known.into_iter().map(|id| identity_id(desk, id)).collect()
    }
}

impl Desk<'_> {
    /// Who made the bundle.
    pub(crate) fn producer(&self, name: String, identity_class: &'static str) -> Identity {
        let common = self.common(self.producer.clone(), ALWAYS);
        Identity { common, name, roles: Vec::new(), identity_class }
    }
}

fn identity_id(desk: &Desk<'_>, source: &str) -> String {
    desk.id("identity", &["source", source])
}

/// By what the theatre says of the source, or of the actor of that id; of one that it does not know, that it prints is
/// known at most.
fn class(theatre: &Theatre, id: &str, roles: &BTreeSet<&'static str>) -> &'static str {
    let source = theatre.source(id).and_then(|source| source.kind).map(|kind| match kind {
        SourceKind::Person => "individual",
        // One analyst, or an observatory.
        SourceKind::Expert => "unknown",
        SourceKind::Medical | SourceKind::Local => "group",
        SourceKind::Government
        | SourceKind::Military
        | SourceKind::Intelligence
        | SourceKind::Media
        | SourceKind::Agency
        | SourceKind::Ngo
        | SourceKind::Igo
        | SourceKind::ThinkTank => "organization",
    });
    let actor = || {
        theatre.actor(id).and_then(|actor| actor.kind).map(|kind| match kind {
            ActorKind::State | ActorKind::Organisation => "organization",
            ActorKind::ArmedGroup | ActorKind::Alliance => "group",
        })
    };
    source.or_else(actor).unwrap_or(if roles.contains("outlet") { "organization" } else { "unknown" })
}

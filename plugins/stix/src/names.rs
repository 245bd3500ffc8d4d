//! Names that a reader knows, for ids.

use std::collections::BTreeMap;

use recoup_plugin::prelude::*;

use crate::bundle::Collected;
use crate::object::one_line;
use crate::words::Language;

/// Display names: the theatre's, else as the articles have them, else the id; each on one line.
pub(crate) struct Names<'a> {
    pub(crate) theatre: &'a Theatre,
    language: Language,
    /// Who says and prints, by id, as the articles have them.
    given: BTreeMap<&'a str, &'a str>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(theatre: &'a Theatre, language: Language, report: &'a Collected) -> Self {
        let mut given = BTreeMap::new();
        for claim in report.findings.iter().flat_map(|item| &item.claims) {
            for source in claim.sources.iter().chain(&claim.via) {
                given.insert(source.id.as_str(), source.name.as_str());
            }
        }
        given.extend(report.sources.iter().map(|source| (source.id.as_str(), source.name.as_str())));
        Names { theatre, language, given }
    }

    /// Somebody who says or prints something.
    pub(crate) fn source(&self, id: &str) -> String {
        let source = self.theatre.source(id);
        let known = source.and_then(|source| self.language.name(source.name_fr.as_deref(), source.name.as_deref()));
        one_line(known.or_else(|| self.known_actor(id)).or_else(|| self.given.get(id).copied()).unwrap_or(id))
    }

    /// Who holds a position.
    pub(crate) fn origin(&self, position: &Position) -> String {
        match &position.origin[..] {
            [] => self.language.choose("un média non nommé", "an unnamed outlet").to_owned(),
            [one] => self.source(one),
            [rest @ .., last] => {
                let rest: Vec<String> = rest.iter().map(|id| self.source(id)).collect();
                format!("{} {} {}", rest.join(", "), self.language.choose("et", "and"), self.source(last))
            }
        }
    }

    /// What a finding asks, where and when: `Forces sent: A → B, Place, 2031-03-12/2031-03-13`.
    pub(crate) fn question(&self, finding: &Finding) -> String {
        let [subject, object] = [&finding.subject, &finding.object].map(|id| id.as_deref().map(|id| self.actor(id)));
        let parties = match (subject, object) {
            (subject, None) => subject,
            // Where nobody says whose, the place of the subject is marked as open.
            (subject, Some(object)) => Some(format!("{} → {object}", subject.as_deref().unwrap_or("?"))),
        };
        let places = finding.places.iter().map(|place| self.place(place));
        // EDTF, as the claims have it: an open end is `..`.
        let time = finding.time.and_then(|FindingTime { start, end }| match (start, end) {
            (None, None) => None,
            (Some(start), Some(end)) if start == end => Some(start.to_string()),
            (start, end) => {
                let [start, end] = [start, end].map(|day| day.map_or_else(|| "..".to_owned(), |day| day.to_string()));
                Some(format!("{start}/{end}"))
            }
        });
        let scope: Vec<String> = parties.into_iter().chain(places).chain(time).collect();
        let name = self.indicator(&finding.indicator);
        if scope.is_empty() { name } else { format!("{name}{}{}", self.language.colon(), scope.join(", ")) }
    }

    fn indicator(&self, id: &str) -> String {
        let added = self.theatre.indicators.iter().find(|indicator| indicator.id == id);
        let named = added.and_then(|added| self.language.name(added.name_fr.as_deref(), added.name.as_deref()));
        one_line(named.unwrap_or_else(|| self.language.indicator(id)))
    }

    /// A state, armed group, alliance; several are joined by `+`, in the id as in the name.
    fn actor(&self, id: &str) -> String {
        let name = |id| one_line(self.known_actor(id).unwrap_or(id));
        id.split('+').map(name).collect::<Vec<_>>().join(" + ")
    }

    fn place(&self, place: &PlaceRef) -> String {
        let known = place.id.as_deref().and_then(|id| self.theatre.place(id));
        let name = known.and_then(|place| self.language.name(place.name_fr.as_deref(), place.name.as_deref()));
        one_line(name.unwrap_or(&place.name))
    }

    fn known_actor(&self, id: &str) -> Option<&str> {
        self.theatre.actor(id).and_then(|actor| self.language.name(actor.name_fr.as_deref(), actor.name.as_deref()))
    }
}

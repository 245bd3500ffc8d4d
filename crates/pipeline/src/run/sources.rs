//! Who was read, who was quoted, and who fell silent.

use std::collections::BTreeMap;

use jiff::civil::Date;
use recoup_model::{Period, Reliability, SourceState, Theatre, fold, slug};

use super::outcome::Reconciled;

/// The outlets that print, then the origins that are quoted, each by id.
pub(crate) fn states(known: &Reconciled, period: Period, theatre: &Theatre) -> Vec<SourceState> {
    let names: BTreeMap<String, &str> = theatre
        .sources
        .iter()
        .flat_map(|source| {
            let names = source.names.iter().chain(&source.name).chain(&source.name_fr);
            names.map(|name| (fold(name), source.id.as_str()))
        })
        .collect();
    let mut states: BTreeMap<(u8, String), SourceState> = BTreeMap::new();
    let mut count = |role: (u8, &str), id: String, name: &str, day: Option<Date>| {
        let state = states.entry((role.0, id.clone())).or_insert_with(|| SourceState {
            name: theatre.source(&id).and_then(|source| source.name.clone()).unwrap_or_else(|| name.to_owned()),
            reliability: theatre.source(&id).and_then(|source| source.reliability).unwrap_or(Reliability::F),
            id,
            role: role.1.to_owned(),
            total: 0,
            in_period: 0,
            newest: None,
        });
        state.total += 1;
        state.in_period += usize::from(day.is_some_and(|day| period.start <= day && day <= period.end));
        state.newest = state.newest.max(day);
    };
    for document in &known.documents {
        if let Some(outlet) = &document.outlet {
            let id = names.get(&fold(outlet)).map_or_else(|| slug(outlet), |id| (*id).to_owned());
            count((0, "outlet"), id, outlet, document.published.map(|p| p.date));
        }
    }
    let days: BTreeMap<&str, Option<Date>> =
        known.documents.iter().map(|d| (d.id.as_str(), d.published.map(|p| p.date))).collect();
    for claim in &known.claims {
        for source in &claim.sources {
            count((1, "origin"), source.id.clone(), &source.name, days.get(claim.document.as_str()).copied().flatten());
        }
    }
    states.into_values().collect()
}

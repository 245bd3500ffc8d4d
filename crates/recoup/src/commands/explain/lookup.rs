//! Finds what an id, or the beginning of one, stands for.

use std::collections::BTreeMap;

use recoup_model::{Claim, Finding};
use strsim::damerau_levenshtein;

use crate::render::short;
use crate::words;

/// More would not help to choose.
const NEAREST: usize = 3;

/// Ids of 64 bits differ in most of their digits; nearer than this is a slip of the finger.
const SLIP: usize = 3;

/// Everything that has an id, each with a few words on it.
#[derive(Default)]
pub(in crate::commands) struct Lookup {
    known: BTreeMap<String, String>,
}

/// An id that does not stand for one thing.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::commands) enum NotFound {
    /// It stands for nothing; these ids resemble it.
    Unknown(Vec<String>),
    /// Several ids begin so; each with a few words on it.
    Ambiguous(Vec<String>),
}

impl Lookup {
    /// Over the findings, their positions, and the claims.
    pub(in crate::commands) fn new(findings: &[Finding], claims: &[Claim]) -> Self {
        let mut known = BTreeMap::new();
        for finding in findings {
            known.insert(finding.id.clone(), words::question(finding));
            for position in &finding.positions {
                let bounds = words::bounds(position.low, position.high, position.approximate);
                known.insert(position.id.clone(), format!("{}: {bounds}", words::origin(position)));
            }
        }
        for claim in claims {
            known.insert(claim.id.clone(), format!("“{}”", short(claim.anchor.quote(), 60)));
        }
        Lookup { known }
    }

    /// Adds something else that has an id.
    pub(in crate::commands) fn add(&mut self, id: &str, what: String) {
        self.known.insert(id.to_owned(), what);
    }

    /// The one id that is, or begins with, `id`.
    pub(in crate::commands) fn find(&self, id: &str) -> Result<String, NotFound> {
        if self.known.contains_key(id) {
            return Ok(id.to_owned());
        }
        let beginning: Vec<(&String, &String)> =
            self.known.range(id.to_owned()..).take_while(|(known, _)| known.starts_with(id)).collect();
        match beginning.as_slice() {
            [] => Err(NotFound::Unknown(self.nearest(id))),
            [(only, _)] => Ok((*only).clone()),
            several => Err(NotFound::Ambiguous(several.iter().map(|(id, what)| format!("{id}  {what}")).collect())),
        }
    }

    /// Ids that `id` is a slip away from, or a slip away from the beginning of.
    fn nearest(&self, id: &str) -> Vec<String> {
        let length = id.chars().count();
        let mut near: Vec<(usize, &String)> = self
            .known
            .keys()
            .map(|known| (damerau_levenshtein(id, &known.chars().take(length).collect::<String>()), known))
            .filter(|(distance, _)| *distance <= SLIP.min(length / 3))
            .collect();
        near.sort();
        near.into_iter().take(NEAREST).map(|(_, known)| known.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lookup(ids: &[&str]) -> Lookup {
        Lookup { known: ids.iter().map(|id| ((*id).to_owned(), "a claim".to_owned())).collect() }
    }

    #[test]
    fn the_beginning_of_one_id_is_enough() {
        let lookup = lookup(&["c_12ab", "c_12cd", "f_99"]);
        assert_eq!(lookup.find("f_"), Ok("f_99".to_owned()));
        assert_eq!(lookup.find("c_12a"), Ok("c_12ab".to_owned()));
        let both = vec!["c_12ab  a claim".to_owned(), "c_12cd  a claim".to_owned()];
        assert_eq!(lookup.find("c_12"), Err(NotFound::Ambiguous(both)));
    }

    #[test]
    fn a_whole_id_is_meant_even_where_another_begins_so() {
        assert_eq!(lookup(&["c_12", "c_123"]).find("c_12"), Ok("c_12".to_owned()));
    }

    #[test]
    fn a_slip_of_the_finger_names_the_id_that_was_meant() {
        let lookup = lookup(&["c_0123456789abcdef", "c_ffffffffffffffff"]);
        let meant = NotFound::Unknown(vec!["c_0123456789abcdef".to_owned()]);
        assert_eq!(lookup.find("c_0132456789abcdef"), Err(meant));
        assert_eq!(lookup.find("c_7777"), Err(NotFound::Unknown(Vec::new())));
    }
}

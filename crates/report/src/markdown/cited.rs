//! Figures that cannot be printed without a reference.

use std::collections::BTreeMap;

use recoup_model::Claim;
use recoup_plugin::{Error, Result};
use serde::Serialize;

use crate::md::Md;

/// A piece of Markdown together with its references, which no template can part.
///
/// There are two ways to make one: [`Notes::cite`], which gives it endnotes and fails where it cannot, and
/// [`Cited::archived`], which refers to an earlier report.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub(super) struct Cited(Md);

impl Cited {
    /// A piece that an earlier report printed; `reference` says which, and under what id.
    pub(super) fn archived(reference: Md) -> Self {
        Cited(reference)
    }

    /// The same with a capital at its beginning.
    pub(super) fn capitalised(&self) -> Self {
        Cited(self.0.capitalised())
    }

    pub(super) fn md(&self) -> &Md {
        &self.0
    }
}

/// The endnotes, numbered in the order in which the report cites them.
#[derive(Debug)]
pub(super) struct Notes<'a> {
    claims: BTreeMap<&'a str, &'a Claim>,
    numbers: BTreeMap<&'a str, usize>,
    cited: Vec<&'a Claim>,
}

impl<'a> Notes<'a> {
    pub(super) fn new(claims: impl IntoIterator<Item = &'a Claim>) -> Self {
        let claims = claims.into_iter().map(|claim| (claim.id.as_str(), claim)).collect();
        Notes { claims, numbers: BTreeMap::new(), cited: Vec::new() }
    }

    /// The claim with this id.
    pub(super) fn claim(&self, id: &str) -> Option<&'a Claim> {
        self.claims.get(id).copied()
    }

    /// Adds an endnote for each of the claims to `text`.
    ///
    /// # Errors
    /// There is no claim, or one that did not come with the findings.
    pub(super) fn cite<'i>(&mut self, text: &Md, claims: impl IntoIterator<Item = &'i String>) -> Result<Cited> {
        let mut references = String::new();
        for id in claims {
            let number = self
                .number(id)
                .ok_or_else(|| unreferenced(text, &format!("claim {id} did not come with its finding")))?;
            let reference = format!("[^{number}]");
            if !references.contains(&reference) {
                references.push_str(&reference);
            }
        }
        if references.is_empty() {
            return Err(unreferenced(text, "it rests on no claim"));
        }
        Ok(Cited(Md::trusted(format!("{}{references}", text.as_str()))))
    }

    /// The claims that were cited, in the order of their numbers, from 1.
    pub(super) fn cited(&self) -> &[&'a Claim] {
        &self.cited
    }

    fn number(&mut self, id: &str) -> Option<usize> {
        if let Some(number) = self.numbers.get(id) {
            return Some(*number);
        }
        let claim = self.claim(id)?;
        self.cited.push(claim);
        self.numbers.insert(&claim.id, self.cited.len());
        Some(self.cited.len())
    }
}

fn unreferenced(text: &Md, why: &str) -> Error {
    Error::new(format!("`{}` cannot be printed without a reference: {why}", text.as_str()))
        .with_help("a reconcile stage names the claims of each position, and hands on no figure without one")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn claim(id: &str) -> Claim {
        serde_json::from_value(serde_json::json!({
            "id": id, "doc": "1", "document": "d_1", "span": {"start": 0, "end": 2}, "quote": "30",
            "indicator": "casualties.killed", "stance": "asserted", "rule": "test"
        }))
        .unwrap()
    }

    fn cite(notes: &mut Notes<'_>, ids: &[&str]) -> Result<String> {
        let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        notes.cite(&Md::text("30"), &ids).map(|cited| cited.md().as_str().to_owned())
    }

    #[test]
    fn notes_are_numbered_in_the_order_of_the_report() {
        let claims = [claim("c_a"), claim("c_b"), claim("c_c")];
        let mut notes = Notes::new(&claims);
        assert_eq!(cite(&mut notes, &["c_c"]).unwrap(), "30[^1]");
        assert_eq!(cite(&mut notes, &["c_a", "c_c", "c_a"]).unwrap(), "30[^2][^1]");
        let cited: Vec<&str> = notes.cited().iter().map(|claim| claim.id.as_str()).collect();
        assert_eq!(cited, ["c_c", "c_a"]);
    }

    #[test]
    fn a_figure_without_a_reference_is_an_error() {
        let claims = [claim("c_a")];
        let mut notes = Notes::new(&claims);
        let none = cite(&mut notes, &[]).unwrap_err();
        assert_eq!(none.message, "`30` cannot be printed without a reference: it rests on no claim");
        let unknown = cite(&mut notes, &["c_a", "c_x"]).unwrap_err();
        assert_eq!(
            unknown.message,
            "`30` cannot be printed without a reference: claim c_x did not come with its finding"
        );
    }
}

//! The documents of a run, of which every group is told its own.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use recoup_model::{Claim, CopyGroup, DocumentHead};
use recoup_plugin::Context;

use crate::Rulings;

/// The documents of a run and the copies among them.
#[derive(Debug, Default)]
pub(crate) struct Papers {
    heads: HashMap<String, DocumentHead>,
    copies: Vec<CopyGroup>,
    /// Document -> index of its copy group.
    copied: HashMap<String, usize>,
}

impl Papers {
    /// Documents, and groups of near-identical texts among them.
    pub(crate) fn new(heads: impl IntoIterator<Item = DocumentHead>, copies: Vec<CopyGroup>) -> Self {
        let groups = copies.iter().enumerate();
        let copied = groups.flat_map(|(at, group)| group.documents.iter().map(move |id| (id.clone(), at))).collect();
        Papers { heads: heads.into_iter().map(|head| (head.id.clone(), head)).collect(), copies, copied }
    }

    /// What is known of a document.
    pub(crate) fn head(&self, id: &str) -> Option<&DocumentHead> {
        self.heads.get(id)
    }

    /// What the reconciler of these claims is told: their documents and the copies of these, in a fixed order, and what
    /// was ruled on them.
    pub(crate) fn context(&self, base: &Context, rulings: &Rulings, claims: &[Claim]) -> Context {
        let mut documents: BTreeSet<&str> = claims.iter().map(|claim| claim.document.as_str()).collect();
        let groups: BTreeSet<usize> = documents.iter().filter_map(|id| self.copied.get(*id)).copied().collect();
        let copies: Vec<CopyGroup> = groups.iter().map(|at| self.copies[*at].clone()).collect();
        documents.extend(groups.iter().flat_map(|at| &self.copies[*at].documents).map(String::as_str));
        Context {
            documents: Arc::new(documents.iter().filter_map(|id| self.heads.get(*id)).cloned().collect()),
            copies: Arc::new(copies),
            rulings: Arc::new(rulings.for_group(claims)),
            ..base.clone()
        }
    }
}

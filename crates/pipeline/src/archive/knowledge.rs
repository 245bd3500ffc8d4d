//! What is known: of everything that was taken in up to an intake, what was published up to a day.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use recoup_model::{CopyGroup, DocumentHead, PublishedFrom};
use recoup_reconcile::{Likeness, copy_groups};
use recoup_store::{DocumentRow, Reader, Store, Topic};

use super::likeness;
use crate::run::parse::distinct_keys;
use crate::{Rulings, RunError};

/// Every version of every document that was taken in up to an intake, and what is said in them.
pub(super) struct Knowledge {
    pub(super) documents: Vec<DocumentRow>,
    /// In the order of their rows.
    pub(super) topics: Vec<Topic>,
    /// Row of a document -> its topics.
    said: HashMap<i64, std::ops::Range<usize>>,
    /// Row of a document -> the near-identical ones.
    likenesses: BTreeMap<i64, Likeness>,
    /// Days of publication as they were read, where it was decided otherwise; by id of the document.
    read: HashMap<String, Option<Date>>,
}

/// What was known as of a day.
pub(super) struct Known<'k> {
    /// The cut-off.
    pub(super) as_of: Date,
    /// The newest version of each document by then, in the order of reports; each with a key of its own.
    pub(super) heads: Vec<DocumentHead>,
    /// Their rows.
    pub(super) rows: Vec<i64>,
    /// Row -> index in `heads`.
    pub(super) at: HashMap<i64, usize>,
    /// What is said in them, in the order of the rows.
    pub(super) topics: Vec<&'k Topic>,
    /// Near-identical texts among them.
    pub(super) copies: Vec<CopyGroup>,
    /// How many documents were published later.
    pub(super) left_out: usize,
    read: &'k HashMap<String, Option<Date>>,
}

impl Knowledge {
    /// Reads from the store what `reader` made of everything taken in up to an intake, with the days that were decided.
    pub(super) fn load(store: &Store, reader: Reader, up_to: i64, rulings: &Rulings) -> Result<Self, RunError> {
        let mut documents = store.documents(reader, up_to)?;
        let mut read = HashMap::new();
        for document in &mut documents {
            let published = document.published();
            rulings.apply_to_document(&mut document.head);
            if document.published() != published {
                read.insert(document.head.id.clone(), published);
            }
        }
        let topics = store.topics(reader, up_to)?;
        let mut said: HashMap<i64, std::ops::Range<usize>> = HashMap::new();
        for (at, topic) in topics.iter().enumerate() {
            said.entry(topic.document).or_insert(at..at).end = at + 1;
        }
        Ok(Knowledge { documents, topics, said, likenesses: likeness::all(store)?, read })
    }

    /// The newest day of publication.
    pub(super) fn newest(&self) -> Option<Date> {
        self.documents.iter().filter_map(DocumentRow::published).max()
    }

    /// Whether anything was published up to a day.
    pub(super) fn reaches(&self, day: Date) -> bool {
        self.documents.iter().filter_map(DocumentRow::published).any(|published| published <= day)
    }

    /// For each address the index of the version that was the newest one taken in, of those published up to `as_of` and
    /// taken in up to the intake `up_to`.
    pub(super) fn versions(&self, as_of: Date, up_to: i64) -> BTreeMap<&str, usize> {
        let mut newest: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, document) in self.documents.iter().enumerate() {
            if document.run > up_to || document.published().is_some_and(|day| day > as_of) {
                continue;
            }
            let known = newest.entry(&document.address).or_insert(at);
            // The entry of a feed does not replace the page that it refers to.
            let is_page = |at: usize| {
                let published = self.documents[at].head.published;
                published.is_none_or(|published| published.from != PublishedFrom::Feed)
            };
            let age = |at: usize| (is_page(at), self.documents[at].item, self.documents[at].id);
            if age(at) > age(*known) {
                *known = at;
            }
        }
        newest
    }

    /// What is said in a document.
    pub(super) fn said(&self, document: i64) -> &[Topic] {
        self.said.get(&document).map_or(&[], |range| &self.topics[range.clone()])
    }

    /// What was known as of a day; claims that were rejected are not.
    pub(super) fn as_of(&self, as_of: Date, rulings: &Rulings) -> Known<'_> {
        let mut live: Vec<usize> = self.versions(as_of, i64::MAX).into_values().collect();
        let head = |at: &usize| &self.documents[*at].head;
        live.sort_by(|a, b| {
            let key = |at: &usize| {
                let head = head(at);
                (head.published.map(|p| p.date), &head.outlet, &head.doc, &head.id, &head.path, &head.title)
            };
            key(a).cmp(&key(b)).then(self.documents[*a].id.cmp(&self.documents[*b].id))
        });
        // The same document at two addresses counts once.
        let mut seen = HashSet::new();
        live.retain(|at| seen.insert(head(at).id.as_str()));
        let mut heads: Vec<DocumentHead> = live.iter().map(|at| head(at).clone()).collect();
        distinct_keys(heads.iter_mut().map(|head| (&mut head.doc, head.id.as_str())).collect());
        let rows: Vec<i64> = live.iter().map(|at| self.documents[*at].id).collect();
        let at: HashMap<i64, usize> = rows.iter().enumerate().map(|(at, row)| (*row, at)).collect();
        let numbered: Vec<(&DocumentHead, i64)> = heads.iter().zip(rows.iter().copied()).collect();
        let copies = copy_groups(&numbered, &self.likenesses);
        let counts = |topic: &&Topic| {
            let head = at.get(&topic.document).map(|at| &heads[*at]);
            head.is_some_and(|head| !rulings.rejects(&topic.claim, &head.id))
        };
        let topics = self.topics.iter().filter(counts).collect();
        let later = |document: &&DocumentRow| document.published().is_some_and(|day| day > as_of);
        let left_out = self.documents.iter().filter(later).count();
        Known { as_of, heads, rows, at, topics, copies, left_out, read: &self.read }
    }
}

impl Known<'_> {
    /// The day of publication of a document as it was read, whatever was decided of it.
    pub(super) fn read_as(&self, id: &str, decided: Option<Date>) -> Option<Date> {
        self.read.get(id).copied().unwrap_or(decided)
    }

    /// The document of a row.
    pub(super) fn head(&self, row: i64) -> Option<&DocumentHead> {
        self.at.get(&row).map(|at| &self.heads[*at])
    }
}

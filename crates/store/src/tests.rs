//! What the store promises to those who use it as a library.
#![allow(clippy::unwrap_used)]

use jiff::Timestamp;
use recoup_model::Sidecar;
use tempfile::TempDir;

use crate::{Seen, Store, StoreError};

fn moment(hour: i64) -> Timestamp {
    Timestamp::from_second(1_741_564_800 + hour * 3600).unwrap()
}

fn seen(origin: &str, text: &str) -> Seen {
    Seen {
        origin: origin.to_owned(),
        name: origin.to_owned(),
        media_type: None,
        sidecar: Sidecar { doc: origin.to_owned(), ..Sidecar::default() },
        bytes: text.as_bytes().to_vec(),
    }
}

fn store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("deep/recoup.db")).unwrap();
    (folder, store)
}

#[test]
fn an_article_found_again_is_a_version_only_where_it_differs() {
    let (_folder, mut store) = store();
    let run = store.begin(moment(0), "1").unwrap();
    store.take_in(run, &[seen("a", "30 dead"), seen("b", "30 dead")]).unwrap();
    let latest = store.latest().unwrap();
    assert!(!latest.is_new(&seen("a", "30 dead")));
    assert!(latest.is_new(&seen("a", "35 dead")));
    assert!(latest.is_new(&seen("c", "30 dead")));
    let other = Seen { sidecar: Sidecar::default(), ..seen("a", "30 dead") };
    assert!(latest.is_new(&other));
    store.take_in(run, &[seen("a", "35 dead"), seen("a", "30 dead")]).unwrap();
    assert!(!store.latest().unwrap().is_new(&seen("a", "30 dead")), "the newest version counts");
    let texts: Vec<Vec<u8>> = store.items(&[1, 3, 4]).unwrap().into_iter().map(|item| item.seen.bytes).collect();
    assert_eq!(texts, [b"30 dead", b"35 dead", b"30 dead"]);
}

#[test]
fn what_one_reader_has_read_another_has_not() {
    let (_folder, mut store) = store();
    let parts = |words: &str| vec![("words".to_owned(), words.to_owned())];
    let run = store.begin(moment(0), "1").unwrap();
    store.take_in(run, &[seen("a", "30 dead"), seen("b", "31 dead")]).unwrap();
    let (one, other) = (store.reader(&parts("1")).unwrap(), store.reader(&parts("2")).unwrap());
    assert_eq!(store.reader(&parts("1")).unwrap(), one);
    let readings = [1, 2].map(|item| crate::Reading { item, ..crate::Reading::default() });
    store.keep_readings(run, one, &readings).unwrap();
    assert_eq!((store.unread(one).unwrap(), store.unread(other).unwrap()), (vec![], vec![1, 2]));
    assert!(store.keep_readings(run, one, &readings).is_err(), "nothing is read twice");
}

#[test]
fn a_full_disk_is_told_and_costs_only_what_did_not_fit() {
    let (_folder, mut store) = store();
    let run = store.begin(moment(0), "1").unwrap();
    store.take_in(run, &[seen("a", "30 dead")]).unwrap();
    let pages: i64 = store.db.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    store.db.pragma_update_and_check(None, "max_page_count", pages + 2, |_| Ok(())).unwrap();
    // Text that does not shrink.
    let noise = |seed: u32| {
        let next = |state: &u32| Some(state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
        let states = std::iter::successors(Some(seed), next).take(20_000);
        states.map(|state| char::from(b' ' + (state >> 24) as u8 % 90)).collect::<String>()
    };
    let articles: Vec<Seen> = (1..20).map(|n| seen(&format!("b{n}"), &noise(n))).collect();
    let full = store.take_in(run, &articles).unwrap_err();
    assert!(matches!(full, StoreError::Full { .. }), "{full}");
    assert!(!store.latest().unwrap().is_new(&seen("a", "30 dead")));
    assert!(store.check().unwrap().faults.is_empty());
}

#[test]
fn two_cannot_write_and_any_number_can_read() {
    let (_folder, store) = store();
    let locked = Store::open(store.path()).unwrap_err();
    assert!(matches!(&locked, StoreError::Locked { by: Some(by), .. } if by.starts_with("process ")), "{locked}");
    assert!(Store::read(store.path()).is_ok() && Store::read(store.path()).is_ok());
}

#[test]
fn intakes_follow_each_other() {
    let (_folder, mut store) = store();
    store.begin(moment(2), "1").unwrap();
    assert!(matches!(store.begin(moment(1), "1"), Err(StoreError::Backwards { .. })));
    assert!(store.begin(moment(2), "1").is_ok());
}

#[test]
fn bytes_that_are_not_those_of_their_hash_are_found() {
    let (_folder, mut store) = store();
    let run = store.begin(moment(0), "1").unwrap();
    store.take_in(run, &[seen("a", "30 dead")]).unwrap();
    assert!(store.check().unwrap().faults.is_empty());
    store.db.execute("UPDATE blob SET packed = x'00'", []).unwrap();
    assert_eq!(store.check().unwrap().faults, ["the bytes of blob 1 are not those of its hash"]);
    assert!(matches!(store.items(&[1]), Err(StoreError::Damaged { .. })));
}

#[test]
fn an_older_form_is_brought_forward_by_who_writes_and_left_alone_by_who_reads() {
    let (_folder, mut store) = store();
    let run = store.begin(moment(0), "1").unwrap();
    store.take_in(run, &[seen("a", "30 dead")]).unwrap();
    store.db.execute_batch("DROP TABLE likeness; DROP TABLE answer; PRAGMA user_version = 1").unwrap();
    let path = store.path().to_owned();
    drop(store);
    assert!(matches!(Store::read(&path).unwrap_err(), StoreError::Older { found: 1, .. }));
    let store = Store::open(&path).unwrap();
    assert!(store.likenesses().unwrap().is_empty());
    assert!(!store.latest().unwrap().is_new(&seen("a", "30 dead")));
    drop(store);
    assert!(Store::read(&path).is_ok());
}

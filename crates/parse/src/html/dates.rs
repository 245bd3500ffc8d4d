//! The days that a page gives for its publication and its last change, with where each was found.

use ego_tree::NodeRef;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use recoup_model::{Diagnostic, Level, Published, PublishedFrom};
use scraper::{Html, Node};

use super::metadata::Metadata;
use super::page::{attribute, elements, name, text_of};
use crate::dates::{NumericOrder, date_at, iso};
use crate::published;

/// The names of `meta` elements that give the day of publication, surest first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publish-date",
    "publishdate",
    "publication_date",
    "published_time",
    "article.published",
    "cxenseparse:recs:publishtime",
    "dcterms.date",
    "dc.date",
    "date",
];
/// Those that give the day of the last change.
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "og:article:modified_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "revised",
];
/// Words of the class of a `time` element that gives the day of publication.
const TIME_CLASSES: &[&str] = &["published", "entry-date", "pubdate", "publication", "date-published", "post-date"];

/// Reads the days of publication that the head and the microdata of a whole page give.
pub(crate) fn published(page: &Html, metadata: &Metadata, order: NumericOrder) -> Vec<Published> {
    let linked = metadata.linked.published.as_deref().and_then(|value| read(value, order));
    let url = metadata.url.as_deref().and_then(in_address);
    [
        (linked, PublishedFrom::JsonLd),
        (in_metas(metadata, PUBLISHED, order), PublishedFrom::Meta),
        (in_microdata(page, "datePublished", order), PublishedFrom::Microdata),
        (url, PublishedFrom::Address),
    ]
    .into_iter()
    .filter_map(|(date, from)| Some(Published { date: date?, from }))
    .collect()
}

/// Leaves out days on which the page had been fetched already, as templates print them that give today's; a day more is
/// left for the zones of the earth.
pub(crate) fn until(days: &mut Vec<Published>, fetched: Option<Timestamp>) -> Option<Diagnostic> {
    let last = fetched?.to_zoned(TimeZone::UTC).date().saturating_add(1.day());
    // Who gives a day beside the page means it.
    let is_late = |day: &Published| day.date > last && day.from != PublishedFrom::Sidecar;
    let late = days.iter().copied().find(is_late)?;
    days.retain(|day| !is_late(day));
    let (from, date) = (published::place(late.from), late.date);
    let message = format!("{from} says {date}, when the page had been fetched already; that day is not used");
    Some(Diagnostic::new(Level::Warning, "html.published_later", message))
}

/// Reads the day of the last change, from the surest place that gives it.
pub(crate) fn modified(page: &Html, metadata: &Metadata, order: NumericOrder) -> Option<Published> {
    let linked = metadata.linked.modified.as_deref().and_then(|value| read(value, order));
    [
        (linked, PublishedFrom::JsonLd),
        (in_metas(metadata, MODIFIED, order), PublishedFrom::Meta),
        (in_microdata(page, "dateModified", order), PublishedFrom::Microdata),
    ]
    .into_iter()
    .find_map(|(date, from)| Some(Published { date: date?, from }))
}

/// The day in the `time` element of a pruned page that is most likely that of its publication.
pub(crate) fn in_time_element(page: &Html, order: NumericOrder) -> Option<Date> {
    let times = || elements(page.tree.root()).filter(|&node| name(node) == "time");
    let is_marked = |node: &NodeRef<'_, Node>| {
        let classes = attribute(*node, "class").unwrap_or_default().to_ascii_lowercase();
        attribute(*node, "pubdate").is_some() || TIME_CLASSES.iter().any(|class| classes.contains(class))
    };
    let day = |node: NodeRef<'_, Node>| {
        attribute(node, "datetime").and_then(|value| read(value, order)).or_else(|| read(&text_of(node), order))
    };
    times().filter(is_marked).find_map(day).or_else(|| times().find_map(day))
}

fn in_metas(metadata: &Metadata, keys: &[&str], order: NumericOrder) -> Option<Date> {
    keys.iter().filter_map(|&key| metadata.metas.get(key)).find_map(|value| read(value, order))
}

fn in_microdata(page: &Html, property: &str, order: NumericOrder) -> Option<Date> {
    let holds = |node: &NodeRef<'_, Node>| {
        attribute(*node, "itemprop").is_some_and(|props| props.split_whitespace().any(|prop| prop == property))
    };
    elements(page.tree.root()).filter(holds).find_map(|node| {
        let value = attribute(node, "content").or_else(|| attribute(node, "datetime"));
        value.map_or_else(|| read(&text_of(node), order), |value| read(value, order))
    })
}

/// The day of an instant or of a date as it is written, in its own time zone.
pub(crate) fn read(value: &str, order: NumericOrder) -> Option<Date> {
    let value = value.trim();
    let compact = || {
        let digits = value.get(..8).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
        let ends = !value[8..].starts_with(|c: char| c.is_ascii_digit());
        ends.then(|| format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]).parse().ok())?
    };
    let date =
        iso(value).map(|(date, _)| date).or_else(compact).or_else(|| date_at(value, order).map(|(date, _)| date));
    date.filter(|date: &Date| (1990..=2199).contains(&date.year()))
}

/// The day in an address: `/2025/02/27/`, `/2025-02-27-`, `/20250227/`.
pub(crate) fn in_address(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest).split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let is_number = |part: &str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    let parted = parts.windows(3).find_map(|three| match three {
        [year, month, day] if is_number(year, 4) && is_number(month, 2) && is_number(day, 2) => {
            read(&format!("{year}-{month}-{day}"), NumericOrder::Unknown)
        }
        _ => None,
    });
    let joined = |part: &&str| {
        let head = part
            .get(..10)
            .filter(|head| iso(head).is_some())
            .or_else(|| part.get(..8).filter(|head| is_number(head, 8)))?;
        let ends = !part[head.len()..].starts_with(|c: char| c.is_ascii_digit());
        ends.then(|| read(head, NumericOrder::Unknown)).flatten()
    };
    parted.or_else(|| parts.iter().find_map(joined))
}

/// The surest day of publication, with a warning on every one that differs from it by more than a day: the hours that
/// lie between two time zones are no disagreement.
pub(crate) fn choose(mut found: Vec<Published>) -> (Option<Published>, Vec<Diagnostic>) {
    found.sort_by_key(|published| published.from);
    let Some((&best, others)) = found.split_first() else { return (None, Vec::new()) };
    let differs = |other: &&Published| days_between(best.date, other.date) > 1;
    (Some(best), others.iter().filter(differs).map(|&other| published::disagreement(best, other)).collect())
}

fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |span| span.get_days().abs())
}

//! The day of publication: which of several is taken, and what is said where they differ.

use jiff::civil::Date;
use recoup_model::{Diagnostic, Level, Published, PublishedFrom};

use crate::dates::iso;

/// The most trusted of `found`, with a remark on every one that differs from it.
pub(crate) fn choose(found: impl IntoIterator<Item = Published>) -> (Option<Published>, Vec<Diagnostic>) {
    let mut found: Vec<Published> = found.into_iter().collect();
    found.sort_by_key(|published| published.from);
    let Some((&best, others)) = found.split_first() else { return (None, Vec::new()) };
    let remarks =
        others.iter().filter(|other| other.date != best.date).map(|other| disagreement(best, *other)).collect();
    (Some(best), remarks)
}

pub(crate) fn disagreement(best: Published, other: Published) -> Diagnostic {
    let message = format!(
        "{} gives {} as the day of publication, {} gives {}; {} is taken",
        place(best.from),
        best.date,
        place(other.from),
        other.date,
        best.date,
    );
    Diagnostic::new(Level::Warning, "parse.published_disagree", message)
        .with_help("Where another day is right, give it in the manifest as `published`.")
}

pub(crate) fn place(from: PublishedFrom) -> &'static str {
    match from {
        PublishedFrom::Ruling => "a ruling",
        PublishedFrom::Sidecar => "the manifest",
        PublishedFrom::Metadata => "the front matter",
        PublishedFrom::JsonLd => "the JSON-LD of the page",
        PublishedFrom::Meta => "a `meta` element",
        PublishedFrom::Microdata => "the microdata of the page",
        PublishedFrom::TimeElement => "a `time` element",
        PublishedFrom::Address => "the address",
        PublishedFrom::Feed | PublishedFrom::FeedLink => "the feed",
        PublishedFrom::Dateline => "the dateline",
        PublishedFrom::FileName => "the file name",
    }
}

/// The ISO date in the name of a file: at its start, or the only one in it (`2024-12-16-slug.txt`).
pub(crate) fn in_file_name(origin: &str) -> Option<Date> {
    // Behind `#` stands what a container holds: the date of its name is not that of each article.
    let name = origin.rsplit(['/', '\\', '#']).next()?;
    let delimited = |start: usize, rest: &str| {
        !name[..start].ends_with(|c: char| c.is_ascii_digit()) && !rest.starts_with(|c: char| c.is_ascii_digit())
    };
    let mut dates = name.char_indices().filter_map(|(start, _)| {
        let (date, rest) = iso(&name[start..])?;
        delimited(start, rest).then_some((start, date))
    });
    let (start, date) = dates.next()?;
    (start == 0 || dates.all(|(_, other)| other == date)).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names() {
        let cases = [
            ("in/2024-12-16-slug.txt", Some("2024-12-16")),
            ("in/wire_2024-12-16.txt", Some("2024-12-16")),
            ("2024-12-16-vs-2024-12-17.txt", Some("2024-12-16")),
            ("from-2024-12-16-to-2024-12-17.txt", None),
            ("2024-12-16/slug.txt", None),
            ("2024-13-16-slug.txt", None),
            ("12024-12-16.txt", None),
            ("éclair-2024-12-16", Some("2024-12-16")),
        ];
        for (name, date) in cases {
            assert_eq!(in_file_name(name).map(|date| date.to_string()).as_deref(), date, "{name}");
        }
    }
}

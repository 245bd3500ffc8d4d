//! `cargo xtask phrases`: writes docs/phrases.md, what is read of figures and of dates, from the tables that the tests go
//! through and from the packs.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use serde::Deserialize;

use crate::chore::{ChoreError, at, workspace};

const PAGE: &str = "docs/phrases.md";
const LANGUAGE: &str = "crates/language";

const HEAD: &str = "\
# Figures and dates, phrase by phrase

What recoup reads in each of these phrases. The tests go through the same tables,
`crates/language/src/figure/tests/{fr,en}.txt` and `crates/language/src/when/tests/{fr,en}.txt`; this page is written from
them, and from the packs, by `cargo xtask phrases`. To correct a reading, add a line to a table.

A figure is a number, a floor (*30 or more*), a ceiling (*up to 30*) or both; *about* says that the text rounds. The
intervals of vague words are a convention, which a theatre can [change](theatre.md#vague-words). A date is resolved
against the day of publication, the time that the article mentioned last, and whether the clause looks back or ahead;
days stand as in ISO 8601, `..` for an end that is open.
";

/// The tables of a pack that the page shows.
#[derive(Deserialize)]
struct Words {
    vague: BTreeMap<String, (f64, f64)>,
    collectives: BTreeMap<String, f64>,
}

pub(crate) fn run(flags: &[&str]) -> Result<(), ChoreError> {
    let check = match flags {
        [] => false,
        ["--check"] => true,
        _ => return Err(ChoreError::Usage("phrases takes --check and nothing else".to_owned())),
    };
    let page = page()?;
    let path = workspace().join(PAGE);
    if !check {
        return fs::write(&path, page).map_err(at(&path));
    }
    let written = fs::read_to_string(&path).map_err(at(&path))?;
    if written == page {
        Ok(())
    } else {
        Err(ChoreError::Usage(format!("{PAGE} is not what the tables say; write it anew: cargo xtask phrases")))
    }
}

fn page() -> Result<String, ChoreError> {
    let mut page = HEAD.to_owned();
    for (code, language) in [("fr", "French"), ("en", "English")] {
        let words = read(&format!("{LANGUAGE}/data/{code}/words.toml"))?;
        let words: Words = toml::from_str(&words).map_err(|error| ChoreError::Garbled {
            program: format!("data/{code}/words.toml"),
            reason: error.to_string(),
        })?;
        let _ = write!(page, "\n## {language}\n\n### Vague words\n\n| Words | From | To |\n| --- | --- | --- |\n");
        let mut vague: Vec<_> = words.vague.iter().collect();
        vague.sort_by(|(a, x), (b, y)| x.0.total_cmp(&y.0).then(x.1.total_cmp(&y.1)).then(a.cmp(b)));
        for (words, (low, high)) in vague {
            let _ = writeln!(page, "| {words} | {} | {} |", number(*low), number(*high));
        }
        page.push_str("\n### Collectives\n\n| Word | About |\n| --- | --- |\n");
        let mut collectives: Vec<_> = words.collectives.iter().collect();
        collectives.sort_by(|(a, x), (b, y)| x.total_cmp(y).then(a.cmp(b)));
        for (word, value) in collectives {
            let _ = writeln!(page, "| {word} | {} |", number(*value));
        }
        let figures = read(&format!("{LANGUAGE}/src/figure/tests/{code}.txt"))?;
        table(&mut page, "Figures", &["Phrase", "Figure"], &figures, |case, taken| {
            vec![text(case), taken.split("; ").map(figure).collect::<Vec<_>>().join("; ")]
        });
        let dates = read(&format!("{LANGUAGE}/src/when/tests/{code}.txt"))?;
        table(
            &mut page,
            "Dates",
            &["Phrase", "Published", "Mentioned last", "Looks", "Days"],
            &dates,
            |case, taken| {
                let mut cells: Vec<String> = case.split(" | ").map(text).collect();
                if let Some(looks) = cells.last_mut() {
                    *looks = if looks == "past" { "back" } else { "ahead" }.to_owned();
                }
                cells.push(text(if taken == "none" { "no date" } else { taken }));
                cells
            },
        );
    }
    Ok(page)
}

fn read(path: &str) -> Result<String, ChoreError> {
    let path = workspace().join(path);
    fs::read_to_string(&path).map_err(at(&path))
}

/// The cases of a file as tables, one for each of its headings. The first line of a file says how it is read.
fn table(page: &mut String, title: &str, columns: &[&str], file: &str, row: impl Fn(&str, &str) -> Vec<String>) {
    let _ = write!(page, "\n### {title}\n");
    let mut headed = false;
    for line in file.lines().skip(1) {
        if let Some(heading) = line.strip_prefix("# ") {
            let _ = write!(page, "\n#### {heading}\n");
            headed = false;
        } else if let Some((case, taken)) = line.split_once(" -> ") {
            if !headed {
                let _ = write!(page, "\n| {} |\n|{}\n", columns.join(" | "), " --- |".repeat(columns.len()));
                headed = true;
            }
            let _ = writeln!(page, "| {} |", row(case, taken).join(" | "));
        }
    }
}

/// A figure in words: `plus de 200 = 200..` -> `200 or more`.
fn figure(taken: &str) -> String {
    let Some((_, bounds)) = taken.rsplit_once(" = ") else { return "nothing".to_owned() };
    let (bounds, article) = bounds.strip_suffix(" (article)").map_or((bounds, ""), |bounds| (bounds, " (an article)"));
    let (bounds, about) = bounds.strip_suffix('~').map_or((bounds, ""), |bounds| (bounds, "about "));
    let value = |text: &str| text.parse().map_or_else(|_| text.to_owned(), number);
    let said = match bounds.split_once("..") {
        Some(("", high)) => format!("up to {about}{}", value(high)),
        Some((low, "")) => format!("{about}{} or more", value(low)),
        Some((low, high)) if low == high => format!("{about}{}", value(low)),
        Some((low, high)) => format!("{about}{} to {}", value(low), value(high)),
        None => bounds.to_owned(),
    };
    said + article
}

/// A number with its thousands apart.
fn number(value: f64) -> String {
    let text = value.to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    fraction.map_or(grouped.clone(), |fraction| format!("{grouped}.{fraction}"))
}

/// Words of a table as Markdown shows them; spaces that look like others by their number.
fn text(words: &str) -> String {
    let mut shown = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once("\\u{") {
        let (number, behind) = after.split_once('}').unwrap_or((after, ""));
        shown.push_str(&escaped(before));
        let _ = write!(shown, "`U+{:0>4}`", number.to_uppercase());
        rest = behind;
    }
    shown + &escaped(rest)
}

fn escaped(words: &str) -> String {
    words.chars().fold(String::new(), |mut out, c| {
        if matches!(c, '|' | '*' | '_' | '<' | '[' | '`' | '~') {
            out.push('\\');
        }
        out.push(c);
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_said_in_words() {
        let cases = [
            ("200 = 200..200", "200"),
            ("plus de 10.000 = 10000..", "10,000 or more"),
            ("près de mille = ..1000~", "up to about 1,000"),
            ("des dizaines = 20..99~", "about 20 to 99"),
            ("un = 1..1 (article)", "1 (an article)"),
            ("2,5 = 2.5..2.5", "2.5"),
            ("-", "nothing"),
        ];
        for (taken, said) in cases {
            assert_eq!(figure(taken), said, "{taken}");
        }
    }

    #[test]
    fn odd_spaces_show_their_number_and_marks_of_markdown_show_themselves() {
        assert_eq!(text("10\\u{a0}000 * 2"), "10`U+00A0`000 \\* 2");
    }
}

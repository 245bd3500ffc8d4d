//! Cells: machine form, and safe to open in a spreadsheet.

use std::fmt::Display;

/// A text from outside, safe to open: where a spreadsheet would read a formula, an apostrophe stands in front.
///
/// A text that already begins with apostrophes before such a character gets one more, so that taking one away always
/// gives the text back.
pub(super) fn text(text: &str) -> String {
    if text.trim_start_matches('\'').starts_with(opens_formula) { format!("'{text}") } else { text.to_owned() }
}

/// The same for a text that may be unknown.
pub(super) fn maybe(value: Option<&str>) -> String {
    value.map(text).unwrap_or_default()
}

/// What cannot be a formula: a number, a day, a truth, a word of the wire format. Empty where it is unknown.
pub(super) fn plain(value: Option<impl Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Several texts in one cell, with ` | ` between them.
pub(super) fn several<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    text(&texts.into_iter().collect::<Vec<_>>().join(" | "))
}

/// The characters behind which spreadsheets read a formula (OWASP, "CSV Injection"), their full-width forms included.
fn opens_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use csv::{ReaderBuilder, Terminator, WriterBuilder};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_text() {
        let cases = [
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("+33 1 23", "'+33 1 23"),
            ("-5 tanks", "'-5 tanks"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tcmd", "'\tcmd"),
            ("\rcmd", "'\rcmd"),
            ("＝1+1", "'＝1+1"),
            ("'=1+1", "''=1+1"),
            ("'tis so", "'tis so"),
            ("5 - 3 = 2", "5 - 3 = 2"),
            ("", ""),
        ];
        for (given, want) in cases {
            assert_eq!(text(given), want);
        }
    }

    #[test]
    fn numbers_stay_numbers() {
        assert_eq!(plain(Some(-1500.5)), "-1500.5");
        assert_eq!(plain(Some(12_000.0)), "12000");
        assert_eq!(plain(None::<f64>), "");
    }

    fn unguarded(cell: &str) -> &str {
        match cell.strip_prefix('\'') {
            Some(rest) if rest.trim_start_matches('\'').starts_with(opens_formula) => rest,
            _ => cell,
        }
    }

    proptest! {
        #[test]
        fn a_text_comes_back_apart_from_its_guard(
            texts in proptest::collection::vec(r#"['=+@\-\t\r\n",;| a-zé＝]{0,12}"#, 2..5),
            separator in prop::sample::select(vec![b',', b';', b'\t', b'\'']),
        ) {
            let mut writer =
                WriterBuilder::new().delimiter(separator).terminator(Terminator::CRLF).from_writer(Vec::new());
            writer.write_record(texts.iter().map(|t| text(t))).unwrap();
            let bytes = writer.into_inner().unwrap();
            let mut reader = ReaderBuilder::new().delimiter(separator).has_headers(false).from_reader(bytes.as_slice());
            let record = reader.records().next().unwrap().unwrap();
            let back: Vec<&str> = record.iter().map(unguarded).collect();
            prop_assert_eq!(back, texts);
        }
    }
}

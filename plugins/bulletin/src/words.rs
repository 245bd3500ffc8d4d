//! The words and figures of a bulletin, in French and English.

use recoup_plugin::prelude::*;

/// The language of a bulletin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    French,
    English,
}

impl Language {
    /// The language of a code such as `fr`; English where it is none that a bulletin can be written in.
    pub(crate) fn of(code: &str) -> Self {
        if code == "fr" { Language::French } else { Language::English }
    }

    /// The text in this language.
    pub(crate) fn choose<T>(self, french: T, english: T) -> T {
        match self {
            Language::French => french,
            Language::English => english,
        }
    }

    pub(crate) fn heading(self, pipeline: &str, as_of: impl std::fmt::Display) -> String {
        format!("{pipeline}{}{as_of}", self.choose(", au ", ", as of "))
    }

    /// The bounds of a finding: `10,000–12,000`, `at least 30`.
    pub(crate) fn bounds(self, low: Option<f64>, high: Option<f64>, approximate: bool) -> String {
        let about = if approximate { self.choose("environ ", "about ") } else { "" };
        let figure = |value| self.figure(value);
        match (low, high) {
            (Some(low), Some(high)) if low == high => format!("{about}{}", figure(low)),
            (Some(low), Some(high)) => format!("{about}{}–{}", figure(low), figure(high)),
            (Some(low), None) => format!("{} {about}{}", self.choose("au moins", "at least"), figure(low)),
            (None, Some(high)) => format!("{} {about}{}", self.choose("au plus", "at most"), figure(high)),
            (None, None) => self.choose("sans chiffre", "no figure").to_owned(),
        }
    }

    /// A number with its digits in groups of three: `12 000` with a narrow no-break space, `12,000`.
    fn figure(self, value: f64) -> String {
        let text = value.to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let mut out = String::new();
        for (at, digit) in whole.char_indices() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                out.push(self.choose('\u{202f}', ','));
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(self.choose(',', '.'));
            out.push_str(fraction);
        }
        out
    }

    pub(crate) fn status(self, status: Status) -> &'static str {
        match status {
            Status::Superseded => self.choose("remplacé", "superseded"),
            Status::Denied => self.choose("démenti", "denied"),
            Status::Disputed => self.choose("contesté", "disputed"),
            Status::Corroborated => self.choose("recoupé", "corroborated"),
            Status::Unconfirmed => self.choose("non confirmé", "unconfirmed"),
            Status::SingleSource => self.choose("source unique", "single source"),
        }
    }

    pub(crate) fn origins(self, number: usize) -> String {
        // French counts none as singular, English as plural.
        let plural = self.choose(number > 1, number != 1);
        format!("{number} {}{}", self.choose("origine", "origin"), if plural { "s" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_bounds() {
        let cases = [
            (Some(7.0), Some(7.0), false, "7", "7"),
            (Some(1500.0), Some(2000.0), false, "1\u{202f}500–2\u{202f}000", "1,500–2,000"),
            (Some(250_000.5), Some(250_000.5), false, "250\u{202f}000,5", "250,000.5"),
            (Some(40.0), None, false, "au moins 40", "at least 40"),
            (None, Some(999.0), true, "au plus environ 999", "at most about 999"),
            (None, None, true, "sans chiffre", "no figure"),
        ];
        for (low, high, approximate, french, english) in cases {
            assert_eq!(Language::French.bounds(low, high, approximate), french);
            assert_eq!(Language::English.bounds(low, high, approximate), english);
        }
    }

    #[test]
    fn none_is_singular_in_french_and_plural_in_english() {
        assert_eq!(Language::French.origins(0), "0 origine");
        assert_eq!(Language::English.origins(0), "0 origins");
        assert_eq!(Language::French.origins(2), "2 origines");
        assert_eq!(Language::English.origins(1), "1 origin");
    }
}
